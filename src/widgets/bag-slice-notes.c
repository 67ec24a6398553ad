/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-notes.h"

#include "session/bag-session-status.h"
#include "widgets/bag-scan-facts.h"

#include <glib/gi18n.h>

/* Labels over the picture, so that what is said there can be read by a screen
 * reader as well. */
struct _BagSliceNotes
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;

  /* Template */
  GtkLabel *mark;
  GtkLabel *place;
  GtkLabel *error;
  GtkLabel *training;
};

G_DEFINE_FINAL_TYPE (BagSliceNotes, bag_slice_notes, GTK_TYPE_WIDGET)

static void
set_note (GtkLabel *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* "Slice 12…" while another slice, or none, is on the screen. */
static void
bag_slice_notes_update_mark (BagSliceNotes *self,
                             gboolean is_late)
{
  g_autofree char *text = NULL;

  if (is_late)
    text = g_strdup_printf (_ ("Slice %u…"), bag_session_get_slice_index (self->session) + 1);

  set_note (self->mark, text);
}

/* What is odd about the place of the slice asked for. */
static void
bag_slice_notes_update_place (BagSliceNotes *self,
                              BagScan *scan)
{
  g_autofree char *text = scan != NULL ? bag_format_marks (scan, bag_session_get_slice_index (self->session)) : NULL;

  set_note (self->place, text);
}

static void
bag_slice_notes_update (BagSliceNotes *self)
{
  gboolean has_scan = self->session != NULL && bag_session_get_scan (self->session) != NULL;
  const char *error = has_scan ? bag_session_get_slice_error (self->session) : NULL;

  bag_slice_notes_update_place (self, has_scan ? bag_session_get_scan (self->session) : NULL);
  set_note (self->error, error);
  set_note (self->training, has_scan && bag_scan_facts_is_training (bag_session_get_scan (self->session)) ? _ ("Training image") : NULL);
  bag_slice_notes_update_mark (self, has_scan && error == NULL && !bag_session_is_exact (self->session));
}

static void
bag_slice_notes_dispose (GObject *object)
{
  BagSliceNotes *self = BAG_SLICE_NOTES (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_SLICE_NOTES);

  G_OBJECT_CLASS (bag_slice_notes_parent_class)->dispose (object);
}

static void
bag_slice_notes_class_init (BagSliceNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bag_slice_notes_dispose;

  gtk_widget_class_set_css_name (widget_class, "slicenotes");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-slice-notes.ui");
  gtk_widget_class_bind_template_child (widget_class, BagSliceNotes, mark);
  gtk_widget_class_bind_template_child (widget_class, BagSliceNotes, place);
  gtk_widget_class_bind_template_child (widget_class, BagSliceNotes, error);
  gtk_widget_class_bind_template_child (widget_class, BagSliceNotes, training);
}

static void
bag_slice_notes_init (BagSliceNotes *self)
{
  static const char *const changes[] = { "notify::scan", "notify::slice-index", "notify::exact", "notify::slice-error" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_group_connect_swapped (self->session_signals, changes[i], G_CALLBACK (bag_slice_notes_update), self);
  bag_slice_notes_update (self);
}

/**
 * bag_slice_notes_new:
 *
 * Returns: (transfer floating): notes that say nothing
 */
GtkWidget *
bag_slice_notes_new (void)
{
  return g_object_new (BAG_TYPE_SLICE_NOTES, NULL);
}

/**
 * bag_slice_notes_set_session:
 * @session: (nullable):
 */
void
bag_slice_notes_set_session (BagSliceNotes *self,
                             BagSession *session)
{
  g_return_if_fail (BAG_IS_SLICE_NOTES (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  bag_slice_notes_update (self);
}
