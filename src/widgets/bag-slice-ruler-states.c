/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-ruler-private.h"

/*
 * The ruler's copy of what the session knows of each slice. The session tells of every
 * slice that is loaded: the ruler only notes the range, and reads the states of all
 * that changed once, when the next frame is drawn. So loading never waits for the ruler,
 * and while it is hidden it reads nothing.
 */

static void
clear_changed (BagSliceRuler *self)
{
  self->changed_first = G_MAXUINT;
  self->changed_last = 0;
}

/* Another scan, or none. */
void
bag_slice_ruler_reset_states (BagSliceRuler *self)
{
  g_free (self->states);
  g_free (self->seen);
  self->states = g_new0 (guint8, self->n_slices);
  self->seen = g_new0 (guint8, self->n_slices);
  clear_changed (self);
  if (self->n_slices > 0)
    bag_slice_ruler_mark_changed (self, 0, self->n_slices - 1);
}

void
bag_slice_ruler_mark_changed (BagSliceRuler *self,
                              guint first,
                              guint last)
{
  self->changed_first = MIN (self->changed_first, first);
  self->changed_last = MAX (self->changed_last, last);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Once a frame. */
void
bag_slice_ruler_read_changed (BagSliceRuler *self)
{
  guint first = self->changed_first;
  guint last = self->changed_last;

  clear_changed (self);
  if (first > last)
    return;

  for (guint index = first; index <= last && index < self->n_slices; index++)
    {
      self->states[index] = (guint8) bag_session_get_slice_state (self->session, index);
      self->seen[index] = bag_session_is_slice_seen (self->session, index);
    }
  self->n_reads++;
  if (first <= self->index && self->index <= last)
    bag_slice_ruler_update_accessible (self);
}
