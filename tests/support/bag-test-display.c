/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"

static void
fail_without_display (void)
{
  g_test_fail_printf ("there is no display");
}

/**
 * bag_test_init_display:
 *
 * Starts GTest and GTK. Without a display no widget may be made: the only test is
 * then one that fails, for nothing was tested.
 *
 * Returns: whether there is a display
 */
gboolean
bag_test_init_display (int *argc,
                       char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (gtk_init_check ())
    return TRUE;

  g_test_add_func ("/display", fail_without_display);
  return FALSE;
}

/**
 * bag_test_find_controller:
 * @button: the button of a gesture; 0: any
 *
 * Returns: (transfer none): the first controller of that type and button; never NULL
 */
GtkEventController *
bag_test_find_controller (GtkWidget *widget,
                          GType type,
                          guint button)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type) && (button == 0 || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == button))
        return controller;
    }

  g_error ("%s has no %s", G_OBJECT_TYPE_NAME (widget), g_type_name (type));
  return NULL;
}

/**
 * bag_test_show:
 *
 * Returns: (transfer none): a window with @child, on the screen; destroy it
 */
GtkWidget *
bag_test_show (GtkWidget *child,
               int width,
               int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  bag_test_wait_until (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 1);

  return window;
}

/**
 * bag_test_take_picture:
 *
 * Returns: (transfer full): what @widget draws with the next frame
 */
GdkTexture *
bag_test_take_picture (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GError) error = NULL;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkTexture *texture;

  gtk_test_widget_wait_for_draw (widget);
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);

  gsk_renderer_realize (renderer, NULL, &error);
  g_assert_no_error (error);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_renderer_unrealize (renderer);

  return texture;
}

/**
 * bag_test_find_widget:
 * @id: (nullable): buildable id in a template, or NULL for any
 *
 * Returns: (transfer none) (nullable): the first such widget under @root
 */
GtkWidget *
bag_test_find_widget (GtkWidget *root,
                      GType type,
                      const char *id)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (id == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = bag_test_find_widget (child, type, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}
