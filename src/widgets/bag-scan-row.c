/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-scan-row.h"

/**
 * BagScanRow:
 *
 * One of several scans: a small picture of its middle slice, and below it what tells it
 * from the others. Its accessible name says all of that.
 */
struct _BagScanRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  BagScanEntry *entry;

  /* Template */
  GtkImage *picture;
  GtkWidget *missing;
  GtkWidget *mark;
  GtkLabel *bag_id;
  GtkLabel *extent;
  GtkLabel *alarms;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (BagScanRow, bag_scan_row, GTK_TYPE_LIST_BOX_ROW)

static GdkTexture *
make_texture (const BagThumbnail *thumbnail)
{
  return gdk_memory_texture_new ((int) thumbnail->width, (int) thumbnail->height, GDK_MEMORY_DEFAULT, thumbnail->pixels, thumbnail->width * sizeof (guint32));
}

static void
update_picture (BagScanRow *self)
{
  const BagThumbnail *thumbnail = bag_scan_entry_get_thumbnail (self->entry);
  g_autoptr (GdkTexture) texture = thumbnail != NULL ? make_texture (thumbnail) : NULL;

  gtk_image_set_from_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->missing, bag_scan_entry_get_thumbnail_state (self->entry) == BAG_THUMBNAIL_FAILED);
  gtk_widget_set_tooltip_text (self->missing, bag_scan_entry_get_problem (self->entry));
}

static void
update_current (BagScanRow *self)
{
  gboolean is_current = bag_scan_entry_is_current (self->entry);
  g_autofree char *name = bag_scan_entry_format_name (self->entry);

  gtk_widget_set_visible (self->mark, is_current);
  if (is_current)
    gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
bag_scan_row_dispose (GObject *object)
{
  BagScanRow *self = BAG_SCAN_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_SCAN_ROW);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (bag_scan_row_parent_class)->dispose (object);
}

static void
bag_scan_row_class_init (BagScanRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bag_scan_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-scan-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, picture);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, missing);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, mark);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, bag_id);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, extent);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, alarms);
  gtk_widget_class_bind_template_child (widget_class, BagScanRow, time);
  gtk_widget_class_set_css_name (widget_class, "scanrow");
}

static void
bag_scan_row_init (BagScanRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bag_scan_row_new:
 * @entry: a #BagScanEntry
 * @user_data: not used
 *
 * A #GtkListBoxCreateWidgetFunc.
 *
 * Returns: (transfer full): a row that follows @entry
 */
GtkWidget *
bag_scan_row_new (gpointer entry, gpointer user_data)
{
  BagScanRow *self = g_object_new (BAG_TYPE_SCAN_ROW, NULL);

  self->entry = g_object_ref (BAG_SCAN_ENTRY (entry));
  set_label (self->bag_id, bag_scan_entry_get_bag_id (entry));
  set_label (self->extent, bag_scan_entry_get_extent (entry));
  set_label (self->alarms, bag_scan_entry_get_alarms (entry));
  set_label (self->time, bag_scan_entry_get_time (entry));
  g_signal_connect_object (entry, "notify::thumbnail", G_CALLBACK (update_picture), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::current", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  update_picture (self);
  update_current (self);

  return GTK_WIDGET (self);
}

/**
 * bag_scan_row_get_entry:
 *
 * Returns: (transfer none): what it shows
 */
BagScanEntry *
bag_scan_row_get_entry (BagScanRow *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ROW (self), NULL);

  return self->entry;
}
