/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-scan-chooser.h"

#include "widgets/bag-scan-row.h"

#include <glib/gi18n.h>

/**
 * BagScanChooser:
 *
 * The scans behind a path, in their order, beside the picture: a click or Enter puts one
 * on screen. There only when there are several, and as long as it is wanted. It asks for
 * small pictures of those rows that can be seen.
 *
 * Properties: "session"; "shown" (rw): whether it is wanted; "several" (r): whether
 * there is more than one scan, so that it can be there.
 */
struct _BagScanChooser
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *shelf_signals;
  GSignalGroup *session_signals;
  guint look_id; /* for when rows have their places */
  gboolean is_shown;
  gboolean is_several;

  /* Template */
  GtkWidget *box;
  GtkLabel *heading;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkLabel *more;
};

/* Each row is some widgets; what lies beyond is reached by the keys. */
#define MOST_ROWS 200u

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_SHOWN,
  PROP_SEVERAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagScanChooser, bag_scan_chooser, GTK_TYPE_WIDGET)

static BagScanShelf *
get_shelf (BagScanChooser *self)
{
  return self->session != NULL ? bag_session_get_shelf (self->session) : NULL;
}

static guint
get_n_scans (BagScanChooser *self)
{
  return self->session != NULL ? g_list_model_get_n_items (G_LIST_MODEL (get_shelf (self))) : 0;
}

/* --- Which rows are seen --- */

/* By the place in the list, which scrolling does not change: the list itself moves only
 * with the next frame. */
static gboolean
is_seen (BagScanChooser *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double top = gtk_adjustment_get_value (adjustment);
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    return FALSE;

  return bounds.size.height > 0 && bounds.origin.y < top + gtk_adjustment_get_page_size (adjustment) && bounds.origin.y + bounds.size.height > top;
}

static void
look (BagScanChooser *self)
{
  GtkListBoxRow *row = NULL;
  guint first = 0;
  guint n = 0;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, (int) i)) != NULL; i++)
    if (is_seen (self, GTK_WIDGET (row)))
      {
        first = n == 0 ? i : first;
        n = i + 1 - first;
      }
  if (self->session != NULL)
    bag_scan_shelf_want (get_shelf (self), first, n);
}

static gboolean
on_look (gpointer data)
{
  BagScanChooser *self = data;

  self->look_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Rows have their places once the frame that begins now is laid out. */
static void
look_soon (BagScanChooser *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add (on_look, self);
}

/* --- What is shown --- */

static void
update_visible (BagScanChooser *self)
{
  gboolean is_visible = self->is_shown && get_n_scans (self) > 1;

  gtk_widget_set_visible (GTK_WIDGET (self), is_visible);
  if (self->session != NULL)
    bag_session_set_scans_listed (self->session, is_visible);
  look_soon (self);
}

static void
update_words (BagScanChooser *self)
{
  guint n_scans = get_n_scans (self);
  guint n_more = n_scans - MIN (n_scans, MOST_ROWS);
  g_autofree char *heading = g_strdup_printf (ngettext ("%u scan", "%u scans", n_scans), n_scans);
  g_autofree char *more = g_strdup_printf (ngettext ("%u more scan: Ctrl+Page Down leads to it", "%u more scans: Ctrl+Page Down leads to them", n_more), n_more);

  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
}

static GtkListBoxRow *
find_current_row (BagScanChooser *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (bag_scan_entry_is_current (bag_scan_row_get_entry (BAG_SCAN_ROW (row))))
      return row;

  return NULL;
}

static void
scroll_to (BagScanChooser *self, GtkListBoxRow *row)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
update_current (BagScanChooser *self)
{
  GtkListBoxRow *row = find_current_row (self);

  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    scroll_to (self, row);
}

static void
on_scans_changed (BagScanChooser *self)
{
  gboolean is_several = get_n_scans (self) > 1;

  update_words (self);
  update_visible (self);
  if (self->is_several == is_several)
    return;

  self->is_several = is_several;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEVERAL]);
}

static void
on_row_activated (BagScanChooser *self, GtkListBoxRow *row)
{
  if (self->session != NULL)
    bag_session_choose_scan (self->session, (guint) gtk_list_box_row_get_index (row));
}

static void
update_rows (BagScanChooser *self)
{
  BagScanShelf *shelf = get_shelf (self);
  g_autoptr (GtkSliceListModel) rows = gtk_slice_list_model_new (shelf != NULL ? G_LIST_MODEL (g_object_ref (shelf)) : NULL, 0, MOST_ROWS);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (rows), bag_scan_row_new, NULL, NULL);
}

/* --- Object --- */

static void
bag_scan_chooser_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BagScanChooser *self = BAG_SCAN_CHOOSER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->is_shown);
      break;
    case PROP_SEVERAL:
      g_value_set_boolean (value, bag_scan_chooser_get_several (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_scan_chooser_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BagScanChooser *self = BAG_SCAN_CHOOSER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      bag_scan_chooser_set_session (self, g_value_get_object (value));
      break;
    case PROP_SHOWN:
      bag_scan_chooser_set_shown (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_scan_chooser_dispose (GObject *object)
{
  BagScanChooser *self = BAG_SCAN_CHOOSER (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->shelf_signals);
  g_clear_object (&self->session_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_SCAN_CHOOSER);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_scan_chooser_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-scan-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BagScanChooser, box);
  gtk_widget_class_bind_template_child (widget_class, BagScanChooser, heading);
  gtk_widget_class_bind_template_child (widget_class, BagScanChooser, scroller);
  gtk_widget_class_bind_template_child (widget_class, BagScanChooser, list);
  gtk_widget_class_bind_template_child (widget_class, BagScanChooser, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
bag_scan_chooser_class_init (BagScanChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bag_scan_chooser_get_property;
  object_class->set_property = bag_scan_chooser_set_property;
  object_class->dispose = bag_scan_chooser_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, flags);
  properties[PROP_SEVERAL] = g_param_spec_boolean ("several", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BAG_TYPE_SCAN_ROW);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "scanchooser");
}

static void
bag_scan_chooser_init (BagScanChooser *self)
{
  GtkAdjustment *adjustment = NULL;

  self->is_shown = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  self->shelf_signals = g_signal_group_new (BAG_TYPE_SCAN_SHELF);
  g_signal_group_connect_swapped (self->shelf_signals, "items-changed", G_CALLBACK (on_scans_changed), self);
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (update_current), self);
  update_visible (self);
}

/**
 * bag_scan_chooser_new:
 *
 * Returns: (transfer full): a chooser without a session
 */
GtkWidget *
bag_scan_chooser_new (void)
{
  return g_object_new (BAG_TYPE_SCAN_CHOOSER, NULL);
}

/**
 * bag_scan_chooser_get_session:
 *
 * Returns: (transfer none) (nullable): whose scans are listed
 */
BagSession *
bag_scan_chooser_get_session (BagScanChooser *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_CHOOSER (self), NULL);

  return self->session;
}

/**
 * bag_scan_chooser_set_session:
 * @session: (nullable): whose scans to list
 */
void
bag_scan_chooser_set_session (BagScanChooser *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_SCAN_CHOOSER (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  update_rows (self);
  g_signal_group_set_target (self->shelf_signals, get_shelf (self));
  g_signal_group_set_target (self->session_signals, session);
  on_scans_changed (self);
  update_current (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * bag_scan_chooser_get_shown:
 *
 * Returns: whether it is wanted
 */
gboolean
bag_scan_chooser_get_shown (BagScanChooser *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_CHOOSER (self), FALSE);

  return self->is_shown;
}

/**
 * bag_scan_chooser_set_shown:
 * @shown: whether it is wanted, whenever there are several scans
 */
void
bag_scan_chooser_set_shown (BagScanChooser *self, gboolean shown)
{
  g_return_if_fail (BAG_IS_SCAN_CHOOSER (self));

  if (self->is_shown == shown)
    return;

  self->is_shown = shown;
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

/**
 * bag_scan_chooser_get_several:
 *
 * Returns: whether there is more than one scan
 */
gboolean
bag_scan_chooser_get_several (BagScanChooser *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_CHOOSER (self), FALSE);

  return self->is_several;
}

/**
 * bag_scan_chooser_has_focus:
 *
 * Returns: whether keys go to it
 */
gboolean
bag_scan_chooser_has_focus (BagScanChooser *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_CHOOSER (self), FALSE);

  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
}

/**
 * bag_scan_chooser_take_focus:
 *
 * Has keys go to the row of the scan on screen, or the first.
 */
void
bag_scan_chooser_take_focus (BagScanChooser *self)
{
  GtkListBoxRow *row = NULL;

  g_return_if_fail (BAG_IS_SCAN_CHOOSER (self));

  row = find_current_row (self);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
