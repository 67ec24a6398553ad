/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-view-private.h"

/*
 * Tells the session which slices the operator has had before the eyes: the wanted one, when
 * a frame with it has been painted. Slices that come and go between two frames are
 * in none, and are not told of. Only the frame of a slice that is new to
 * the eyes is watched.
 */

static gboolean
is_new_to_the_eyes (BagSession *session)
{
  return bag_session_is_exact (session) && !bag_session_is_slice_seen (session, bag_session_get_drawn_index (session));
}

static void
on_after_paint (BagSliceView *self)
{
  g_signal_group_set_target (self->frames, NULL);
  if (self->session != NULL && bag_session_get_drawn_index (self->session) == self->painted_index)
    bag_session_mark_seen (self->session);
}

/* The picture may have been painted while another slice was wanted, and need not change to be
 * the wanted one: it takes one more frame to be sure that it is there. */
static void
on_exact_changed (BagSliceView *self)
{
  if (is_new_to_the_eyes (self->session))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bag_slice_view_watch_frames (BagSliceView *self)
{
  self->frames = g_signal_group_new (GDK_TYPE_FRAME_CLOCK);
  g_signal_group_connect_swapped (self->frames, "after-paint", G_CALLBACK (on_after_paint), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::exact", G_CALLBACK (on_exact_changed), self);
}

/* To be called while the frame with the slice drawn is put together. */
void
bag_slice_view_note_painted (BagSliceView *self)
{
  if (!is_new_to_the_eyes (self->session))
    return;

  self->painted_index = bag_session_get_drawn_index (self->session);
  g_signal_group_set_target (self->frames, gtk_widget_get_frame_clock (GTK_WIDGET (self)));
}
