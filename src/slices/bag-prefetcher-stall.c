/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetcher-private.h"

/*
 * A worker that reads an uncompressed slice sleeps in the kernel when a share or a drive does not answer, and
 * nobody can wake it. So that is seen from here: by the age of the oldest such read that still counts.
 * One that was given up counts no more, whether its worker comes back or not. What a decoder reads
 * is watched by the decoder's own thread.
 *
 * The timer is due at most once in the time that a read may take, and only while there are reads.
 */
#define USUAL_PATIENCE (3 * G_USEC_PER_SEC)

static gint64
find_oldest (BagPrefetcher *self)
{
  gint64 oldest = G_MAXINT64;

  for (guint i = 0; i < self->requests->len; i++)
    {
      const BagFillRequest *request = g_ptr_array_index (self->requests, i);

      if (self->decoder == NULL || !bag_scan_needs_decoder (self->scan, request->index))
        oldest = MIN (oldest, request->begin_time);
    }

  return oldest;
}

/* An earlier time that is set already stays: then it is looked at again. */
static void
set_timer (BagPrefetcher *self, gint64 oldest)
{
  gint64 present = g_source_get_ready_time (self->stall_timer);

  if (oldest == G_MAXINT64 || self->is_stalled)
    g_source_set_ready_time (self->stall_timer, -1);
  else if (present < 0 || present > oldest + self->patience)
    g_source_set_ready_time (self->stall_timer, oldest + self->patience);
}

/* To be called when a read has begun, has come back or was given up. */
void
bag_prefetcher_update_stall (BagPrefetcher *self)
{
  gint64 oldest = find_oldest (self);
  gboolean is_stalled = oldest != G_MAXINT64 && g_get_monotonic_time () >= oldest + self->patience;
  gboolean has_changed = self->is_stalled != is_stalled;

  self->is_stalled = is_stalled;
  set_timer (self, oldest);
  if (has_changed)
    g_signal_emit_by_name (self, "stall-changed");
}

static gboolean
on_timer (gpointer user_data)
{
  BagPrefetcher *self = user_data;

  g_source_set_ready_time (self->stall_timer, -1);
  bag_prefetcher_update_stall (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch };

void
bag_prefetcher_init_stall (BagPrefetcher *self)
{
  self->patience = USUAL_PATIENCE;
  self->stall_timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->stall_timer, "[bagscope] stall");
  g_source_set_callback (self->stall_timer, on_timer, self, NULL);
  g_source_attach (self->stall_timer, g_main_context_get_thread_default ());
}

void
bag_prefetcher_clear_stall (BagPrefetcher *self)
{
  g_source_destroy (self->stall_timer);
  g_clear_pointer (&self->stall_timer, g_source_unref);
}

/* For tests, which do not wait so long. */
void
bag_prefetcher_set_patience (BagPrefetcher *self, gint64 patience)
{
  self->patience = patience;
  bag_prefetcher_update_stall (self);
}

/**
 * bag_prefetcher_is_stalled:
 *
 * Returns: whether a slice that is read without a decoder waits for the storage
 */
gboolean
bag_prefetcher_is_stalled (BagPrefetcher *self)
{
  g_return_val_if_fail (BAG_IS_PREFETCHER (self), FALSE);

  return self->is_stalled;
}
