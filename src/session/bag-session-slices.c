/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-session-status.h"

#include <glib/gi18n.h>

/* The pool of the session, and the slice that is drawn. */

#define LEAST_SLOTS 8
#define FREE_SLOTS 2 /* beyond a whole scan: the pool's reserve, which prefetch leaves */
#define SLOT_ALIGNMENT 64

static guint64
get_stride (BagScan *scan)
{
  return ((guint64) bag_scan_get_slice_bytes (scan) + SLOT_ALIGNMENT - 1) / SLOT_ALIGNMENT * SLOT_ALIGNMENT;
}

/* All slices when they fit into the budget, else as many as do, and never so few that
 * scrolling has no neighbour to show. */
static guint
get_n_slots (BagSession *self, BagScan *scan)
{
  guint64 n_wanted = (guint64) bag_scan_get_n_slices (scan) + FREE_SLOTS;

  return (guint) MIN (n_wanted, MAX (bag_session_get_budget_in_force (self) / get_stride (scan), LEAST_SLOTS));
}

static gboolean
check_budget (BagSession *self, BagScan *scan, GError **error)
{
  g_autofree char *slice = NULL;
  g_autofree char *budget = NULL;

  if (get_stride (scan) <= bag_session_get_budget_in_force (self))
    return TRUE;

  slice = g_format_size_full (get_stride (scan), G_FORMAT_SIZE_IEC_UNITS);
  budget = g_format_size_full (bag_session_get_budget_in_force (self), G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("One slice takes %1$s, more than the memory budget of %2$s (setting pool-budget)."), slice, budget);

  return FALSE;
}

static gboolean
translate_pool_error (GError *pool_error, GError **error)
{
  g_debug ("pool: %s", pool_error->message);
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("There is not enough memory for its slices."));

  return FALSE;
}

/* The present pool with slots of this size and number. */
static BagPool *
fit_pool (BagSession *self, const BagPoolStats *stats, gsize slice_bytes, guint n_slots, GError **error)
{
  gboolean is_fitting = stats->slot_size == slice_bytes ? bag_pool_resize (self->pool, n_slots, error)
                                                        : bag_pool_divide (self->pool, slice_bytes, n_slots, error);

  return is_fitting ? bag_pool_ref (self->pool) : NULL;
}

/* Divides the pool for @scan, or makes a new one when the budget has outgrown the
 * addresses reserved. @pool: (out) (transfer full): the pool to use. On error all is as
 * it was. */
gboolean
bag_session_prepare_pool (BagSession *self, BagScan *scan, BagPool **pool, GError **error)
{
  g_autoptr (GError) pool_error = NULL;
  gsize slice_bytes = bag_scan_get_slice_bytes (scan);
  guint n_slots = get_n_slots (self, scan);
  guint64 bytes = n_slots * get_stride (scan);
  BagPoolStats stats = { 0 };

  if (!check_budget (self, scan, error))
    return FALSE;

  if (self->pool != NULL)
    bag_pool_get_stats (self->pool, &stats);
  if (self->pool != NULL && bytes <= stats.bytes_reserved)
    *pool = fit_pool (self, &stats, slice_bytes, n_slots, &pool_error);
  else
    *pool = bag_pool_new_with_reservation (MAX (bytes, bag_session_get_budget_in_force (self)), slice_bytes, n_slots, &pool_error);

  return *pool != NULL || translate_pool_error (pool_error, error);
}

/* Slices of the former pool stay valid as long as anybody holds them. */
void
bag_session_use_pool (BagSession *self, BagPool *pool)
{
  if (pool == self->pool)
    return;

  if (self->pool != NULL)
    bag_pool_close (self->pool, NULL);
  g_clear_pointer (&self->pool, bag_pool_unref);
  self->pool = bag_pool_ref (pool);
  bag_pool_monitor_set_pool (self->monitor, pool);
  bag_session_notify (self, BAG_SESSION_PROP_POOL);
}

static void
set_drawn (BagSession *self, BagSlice *slice, guint index)
{
  if (self->slice != slice)
    {
      if (self->slice != NULL)
        bag_slice_set_shown (self->slice, FALSE);
      g_clear_pointer (&self->slice, bag_slice_unref);
      if (slice != NULL)
        {
          self->slice = bag_slice_ref (slice);
          bag_slice_set_shown (slice, TRUE);
        }
      bag_session_notify (self, BAG_SESSION_PROP_SLICE);
    }
  if (self->drawn_index != index)
    {
      self->drawn_index = index;
      bag_session_notify (self, BAG_SESSION_PROP_DRAWN_INDEX);
    }
}

static void
update_exact (BagSession *self)
{
  gboolean exact = self->slice != NULL && self->drawn_index == self->slice_index;

  if (self->exact == exact)
    return;

  self->exact = exact;
  bag_session_notify (self, BAG_SESSION_PROP_EXACT);
}

static void
update_slice_error (BagSession *self)
{
  const GError *error = NULL;

  if (self->prefetcher != NULL && !self->exact)
    error = bag_prefetcher_get_error (self->prefetcher, self->slice_index);

  self->slice_error_name = error != NULL ? bag_error_name_of (error) : NULL;
  bag_session_set_text (self,
                        &self->slice_error,
                        BAG_SESSION_PROP_SLICE_ERROR,
                        error != NULL ? bag_format_slice_error (self->slice_index, error) : NULL);
}

void
bag_session_update_status (BagSession *self)
{
  g_autofree char *status = NULL;
  double z = 0;

  if (self->scan == NULL)
    status = g_strdup ("");
  else
    status = bag_format_status (self->slice_index,
                                bag_scan_get_n_slices (self->scan),
                                bag_scan_get_position_mm (self->scan, self->slice_index, &z) ? &z : NULL,
                                bag_scan_get_units (self->scan));
  bag_session_set_text (self, &self->status, BAG_SESSION_PROP_STATUS, bag_format_waiting (status, self->waiting));
}

static gboolean
on_prefault_idle (gpointer pool)
{
  bag_pool_prefault_async (pool);

  return G_SOURCE_REMOVE;
}

/* The operator has a picture: from now on the rest of the memory may be got. Idle, so that
 * the picture is drawn before; a pool that was exchanged by then is closed and does nothing. */
static void
prefault_when_idle (BagSession *self)
{
  guint id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_prefault_idle, bag_pool_ref (self->pool), (GDestroyNotify) bag_pool_unref);

  g_source_set_name_by_id (id, "[bagscope] prefault the pool");
  self->prefault_is_due = FALSE;
}

/* Everything that follows from the wanted slice and from what is in memory. */
void
bag_session_update_slice (BagSession *self)
{
  BagSlice *wanted = self->cache != NULL ? bag_slice_cache_peek (self->cache, self->slice_index) : NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (wanted != NULL)
    set_drawn (self, wanted, self->slice_index);
  update_exact (self);
  update_slice_error (self);
  bag_session_update_status (self);
  bag_session_update_alarm_text (self);
  bag_session_update_probe (self);
  g_object_thaw_notify (G_OBJECT (self));
  if (wanted != NULL && self->prefault_is_due)
    prefault_when_idle (self);
}

void
bag_session_drop_slice (BagSession *self)
{
  set_drawn (self, NULL, BAG_SESSION_NO_SLICE);
}

static void
on_slice_ready (BagSession *self, guint index)
{
  if (index == self->slice_index)
    bag_session_update_slice (self);
}

static void
on_slice_failed (BagSession *self, guint index, GError *error)
{
  if (index == self->slice_index)
    bag_session_update_slice (self);
}

/* A cache and a prefetcher for the scan on screen, at the slice wanted. */
void
bag_session_start_slices (BagSession *self)
{
  self->cache = bag_slice_cache_new (self->pool, bag_scan_get_n_slices (self->scan));
  self->prefetcher = bag_prefetcher_new (self->scan, self->pool, self->cache, self->decoder, self->bag_number);
  g_signal_connect_object (self->prefetcher, "slice-ready", G_CALLBACK (on_slice_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prefetcher, "slice-failed", G_CALLBACK (on_slice_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prefetcher, "state-changed", G_CALLBACK (bag_session_emit_states_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prefetcher, "activity-changed", G_CALLBACK (bag_session_update_shelf), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prefetcher, "stall-changed", G_CALLBACK (bag_session_update_waiting), self, G_CONNECT_SWAPPED);
  self->prefault_is_due = TRUE;
  bag_prefetcher_focus (self->prefetcher, self->slice_index);
  bag_session_update_shelf (self);
}

/* What is being filled comes home by itself; the slice drawn stays. */
void
bag_session_stop_slices (BagSession *self)
{
  if (self->prefetcher != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->prefetcher, self);
      bag_prefetcher_stop (self->prefetcher);
    }
  g_clear_object (&self->prefetcher);
  bag_session_update_waiting (self);
  g_clear_pointer (&self->cache, bag_slice_cache_free);
  if (self->shelf != NULL)
    bag_scan_shelf_set_idle (self->shelf, FALSE);
}

static void
change_budget (BagSession *self)
{
  g_autoptr (BagPool) pool = NULL;
  g_autoptr (GError) error = NULL;

  if (!bag_session_prepare_pool (self, self->scan, &pool, &error))
    {
      bag_session_set_text (self, &self->message, BAG_SESSION_PROP_MESSAGE, g_strdup_printf (_ ("The memory budget cannot be used for the bag on screen: %s"), error->message));
      return;
    }

  if (pool == self->pool)
    {
      bag_prefetcher_pool_changed (self->prefetcher);
      self->prefault_is_due = TRUE;
      bag_session_update_slice (self);
      return;
    }

  bag_session_stop_slices (self);
  bag_session_use_pool (self, pool);
  bag_session_start_slices (self);
  bag_session_emit_states_changed (self, 0, bag_scan_get_n_slices (self->scan) - 1);
}

/**
 * bag_session_set_pool_budget:
 * @budget: bytes that slices may take; 0 for the default
 *
 * Divides the pool anew at once when there is a bag; what does not fit any more is given
 * back, and got again when it is wanted.
 */
void
bag_session_set_pool_budget (BagSession *self, guint64 budget)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->pool_budget == budget)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->pool_budget = budget;
  bag_session_notify (self, BAG_SESSION_PROP_BUDGET_IN_FORCE);
  if (self->scan != NULL)
    change_budget (self);
  bag_session_notify (self, BAG_SESSION_PROP_POOL_BUDGET);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_clear_cache:
 *
 * Forgets all slices but the one on screen; they are read again, the nearest first.
 */
void
bag_session_clear_cache (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->prefetcher != NULL)
    bag_prefetcher_clear (self->prefetcher);
}

/**
 * bag_session_reset_counters:
 *
 * The figures of the pool start anew.
 */
void
bag_session_reset_counters (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->pool != NULL)
    bag_pool_reset_counters (self->pool);
}

/**
 * bag_session_set_slice_index:
 * @index: the wanted slice, from 0; clamped to the scan. Nothing happens without one.
 */
void
bag_session_set_slice_index (BagSession *self, guint index)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->scan == NULL)
    return;
  index = MIN (index, bag_scan_get_n_slices (self->scan) - 1);
  if (self->slice_index == index)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->slice_index = index;
  bag_session_notify (self, BAG_SESSION_PROP_SLICE_INDEX);
  bag_session_notify (self, BAG_SESSION_PROP_SLICE_NUMBER);
  bag_prefetcher_focus (self->prefetcher, index);
  bag_session_update_slice (self);
  bag_session_update_elements (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_step:
 * @n_slices: how far to go, towards higher numbers when positive; stops at the ends
 */
void
bag_session_step (BagSession *self, int n_slices)
{
  gint64 index = 0;

  g_return_if_fail (BAG_IS_SESSION (self));

  index = (gint64) self->slice_index + n_slices;
  bag_session_set_slice_index (self, (guint) CLAMP (index, 0, G_MAXINT));
}
