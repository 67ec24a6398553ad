/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-elements-panel"

#include "config.h"

#include "widgets/bag-elements-panel.h"

#include "session/bag-element-node.h"
#include "session/bag-element-text.h"
#include "widgets/bag-element-cell.h"
#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

/**
 * BagElementsPanel:
 *
 * All data elements of the file as a tree that can be searched. They are read only
 * while they are seen. What is about a person is hidden until it is revealed, by
 * two presses, for the scan on screen alone.
 */
struct _BagElementsPanel
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;

  /* Template */
  GtkWidget *box;
  GtkSearchEntry *search;
  GtkWidget *scroller;
  GtkListView *view;
  GtkLabel *text;
  GtkStack *reveal;
};

/* A search may find all frames of a scan: so many sequences are opened by themselves. */
#define MOST_OPENED 2000u

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagElementsPanel, bag_elements_panel, GTK_TYPE_WIDGET)

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  return bag_element_node_get_children (item);
}

/* What leads to something that was found is open. */
static void
open_found (GtkTreeListModel *tree)
{
  guint n_opened = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)) && n_opened < MOST_OPENED; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
      g_autoptr (BagElementNode) node = gtk_tree_list_row_get_item (row);

      if (!bag_element_node_has_found (node))
        continue;
      gtk_tree_list_row_set_expanded (row, TRUE);
      n_opened++;
    }
}

static GtkSelectionModel *
new_rows (BagElementList *list, const char *search)
{
  g_autoptr (GtkTreeListModel) tree = gtk_tree_list_model_new (bag_element_node_new_tree (list, search), FALSE, FALSE, create_children, NULL, NULL);
  GtkSingleSelection *rows = NULL;

  open_found (tree);
  rows = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (rows, FALSE);
  gtk_single_selection_set_can_unselect (rows, TRUE);
  gtk_single_selection_set_model (rows, G_LIST_MODEL (tree));

  return GTK_SELECTION_MODEL (rows);
}

static void
update_rows (BagElementsPanel *self)
{
  BagElementList *list = self->session != NULL ? bag_session_get_element_list (self->session) : NULL;
  g_autoptr (GtkSelectionModel) rows = list != NULL ? new_rows (list, gtk_editable_get_text (GTK_EDITABLE (self->search))) : NULL;

  gtk_list_view_set_model (self->view, rows);
  gtk_widget_set_visible (self->scroller, list != NULL);
}

static void
update_text (BagElementsPanel *self)
{
  const char *text = self->session != NULL ? bag_session_get_elements_text (self->session) : NULL;

  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL);
}

static void
update_revealed (BagElementsPanel *self)
{
  gboolean revealed = self->session != NULL && bag_session_get_elements_revealed (self->session);

  gtk_stack_set_visible_child_name (self->reveal, revealed ? "revealed" : "hidden");
}

static void
update_scan (BagElementsPanel *self)
{
  BagScan *scan = self->session != NULL ? bag_session_get_scan (self->session) : NULL;
  gboolean has_files = scan != NULL && bag_scan_has_elements (scan);

  gtk_widget_set_visible (GTK_WIDGET (self), scan != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search), has_files);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal), has_files);
  update_revealed (self);
}

/* The list costs a reading of the file, so it is read for nobody who does not look. */
static void
update_shown (BagElementsPanel *self)
{
  if (self->session != NULL)
    bag_session_show_elements (self->session, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/* Enter goes on to what was found. */
static void
on_search_activated (BagElementsPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Escape takes the search back, and then gives the keys to the picture. */
static void
on_search_stopped (BagElementsPanel *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
}

static void
on_reveal_clicked (BagElementsPanel *self)
{
  gtk_stack_set_visible_child_name (self->reveal, "asked");
  gtk_widget_child_focus (GTK_WIDGET (self->reveal), GTK_DIR_TAB_FORWARD);
}

static void
on_cancel_clicked (BagElementsPanel *self)
{
  update_revealed (self);
  gtk_widget_child_focus (GTK_WIDGET (self->reveal), GTK_DIR_TAB_FORWARD);
}

static void
on_confirm_clicked (BagElementsPanel *self)
{
  if (self->session != NULL)
    bag_session_reveal_elements (self->session, TRUE);
}

static void
on_hide_clicked (BagElementsPanel *self)
{
  if (self->session != NULL)
    bag_session_reveal_elements (self->session, FALSE);
}

static GtkTreeListRow *
get_selected (BagElementsPanel *self)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (self->view);

  return rows != NULL ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (rows)) : NULL;
}

static void
on_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkTreeListRow *row = get_selected (BAG_ELEMENTS_PANEL (widget));
  g_autoptr (BagElementNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  g_autofree char *line = node != NULL ? bag_element_node_format_line (node) : NULL;

  if (line != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), line);
}

static void
on_expand (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkTreeListRow *row = get_selected (BAG_ELEMENTS_PANEL (widget));

  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, TRUE);
}

static void
on_collapse (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkTreeListRow *row = get_selected (BAG_ELEMENTS_PANEL (widget));

  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, FALSE);
}

static void
on_row_activated (BagElementsPanel *self, guint position)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (self->view);
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (rows), position);

  gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
on_cell_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_widget_set_focusable (expander, FALSE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), bag_element_cell_new ());
  gtk_list_item_set_child (list_item, expander);
}

static void
on_cell_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  g_autoptr (BagElementNode) node = gtk_tree_list_row_get_item (row);
  g_autofree char *value = bag_element_format_value (bag_element_node_get_row (node));

  gtk_tree_expander_set_list_row (expander, row);
  bag_element_cell_set_node (BAG_ELEMENT_CELL (gtk_tree_expander_get_child (expander)), node);
  /* GTK names the expander after the cell, but does not describe it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value, -1);
}

static void
bag_elements_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bag_elements_panel_parent_class)->map (widget);
  update_shown (BAG_ELEMENTS_PANEL (widget));
}

static void
bag_elements_panel_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bag_elements_panel_parent_class)->unmap (widget);
  update_shown (BAG_ELEMENTS_PANEL (widget));
}

static void
bag_elements_panel_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_ELEMENTS_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_elements_panel_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_elements_panel_set_session (BAG_ELEMENTS_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_elements_panel_dispose (GObject *object)
{
  BagElementsPanel *self = BAG_ELEMENTS_PANEL (object);

  g_clear_object (&self->session_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_ELEMENTS_PANEL);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_elements_panel_parent_class)->dispose (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "elements.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "elements.expand", NULL, on_expand);
  gtk_widget_class_install_action (widget_class, "elements.collapse", NULL, on_collapse);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "elements.copy", NULL);
}

static void
bag_elements_panel_class_init (BagElementsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_elements_panel_get_property;
  object_class->set_property = bag_elements_panel_set_property;
  object_class->dispose = bag_elements_panel_dispose;
  widget_class->map = bag_elements_panel_map;
  widget_class->unmap = bag_elements_panel_unmap;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-elements-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, box);
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, search);
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, view);
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, text);
  gtk_widget_class_bind_template_child (widget_class, BagElementsPanel, reveal);
  gtk_widget_class_bind_template_callback (widget_class, update_rows);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hide_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_bind);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "elementspanel");
  add_actions (widget_class);
}

/* The list view would keep both keys for itself, though it has nowhere to go with them. */
static void
add_tree_keys (BagElementsPanel *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Right"), gtk_named_action_new ("elements.expand")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Left"), gtk_named_action_new ("elements.collapse")));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static void
bag_elements_panel_init (BagElementsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tree_keys (self);
  bag_named_label_set_name (self->text, _ ("Data elements: note"));
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (update_scan), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::elements", G_CALLBACK (update_rows), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::elements-text", G_CALLBACK (update_text), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::elements-revealed", G_CALLBACK (update_revealed), self);
  update_scan (self);
}

/**
 * bag_elements_panel_new:
 *
 * Returns: (transfer full): a panel without a session
 */
GtkWidget *
bag_elements_panel_new (void)
{
  return g_object_new (BAG_TYPE_ELEMENTS_PANEL, NULL);
}

/**
 * bag_elements_panel_get_session:
 *
 * Returns: (transfer none) (nullable): whose elements are listed
 */
BagSession *
bag_elements_panel_get_session (BagElementsPanel *self)
{
  g_return_val_if_fail (BAG_IS_ELEMENTS_PANEL (self), NULL);

  return self->session;
}

/**
 * bag_elements_panel_set_session:
 * @session: (nullable): whose elements to list
 */
void
bag_elements_panel_set_session (BagElementsPanel *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_ELEMENTS_PANEL (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  update_scan (self);
  update_rows (self);
  update_text (self);
  update_shown (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
