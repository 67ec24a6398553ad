/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetcher-private.h"

/*
 * Every step of the operator makes the plan anew, so nothing queues up here:
 * there is only what is under way, and that is little.
 *
 * Two slices under way keep two decoders busy. A third place is kept for the
 * slice looked at, so that it never waits for a prefetch to end.
 *
 * A slice that failed is tried again when the operator comes back to it, for a
 * file share that was away for a moment. One that has cost three decoders their
 * lives is left alone until the bag is opened again.
 */
#define MAX_BACKGROUND BAG_PREFETCH_AT_ONCE
#define MAX_IN_FLIGHT (MAX_BACKGROUND + 1)
#define MAX_DEATHS 3

enum
{
  SIGNAL_SLICE_READY,
  SIGNAL_SLICE_FAILED,
  SIGNAL_STATE_CHANGED,
  SIGNAL_ACTIVITY_CHANGED,
  SIGNAL_STALL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BagPrefetcher, bag_prefetcher, G_TYPE_OBJECT)

static void pump (BagPrefetcher *self);

void
bag_prefetcher_mark_changed (BagPrefetcher *self, guint index)
{
  self->changed_first = MIN (self->changed_first, index);
  self->changed_last = MAX (self->changed_last, index);
}

static void
tell_changed (BagPrefetcher *self)
{
  guint first = self->changed_first;
  guint last = self->changed_last;

  self->changed_first = G_MAXUINT;
  self->changed_last = 0;
  if (first <= last)
    g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0, first, last);
}

static void
make_plan (BagPrefetcher *self, guint index)
{
  bag_slice_ranking_focus (self->ranking, index, g_get_monotonic_time (), self->load_us / G_USEC_PER_SEC, bag_slot_claim_get_capacity (&self->claim));
  self->next_planned = 0;
  bag_prefetcher_note_plan (self);
}

/* Its slot comes home when the worker has stopped writing to it. */
static void
forget_request (BagPrefetcher *self, BagFillRequest *request)
{
  self->entries[request->index].request = NULL;
  g_ptr_array_remove_fast (self->requests, request);
  bag_prefetcher_mark_changed (self, request->index);
}

void
bag_prefetcher_cancel_request (BagPrefetcher *self, BagFillRequest *request)
{
  forget_request (self, request);
  bag_prefetcher_note_absent (self, request->index);
  g_cancellable_cancel (request->cancellable);
}

static void
cancel_all (BagPrefetcher *self)
{
  while (self->requests->len > 0)
    bag_prefetcher_cancel_request (self, g_ptr_array_index (self->requests, 0));
}

/* Whoever still writes to them does so for nobody, and may never come back. */
static void
give_up_slots (BagPrefetcher *self)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      BagFillRequest *request = g_ptr_array_index (self->requests, i);

      bag_slice_quarantine (request->slice);
    }
}

static void
cancel_useless (BagPrefetcher *self)
{
  for (guint i = self->requests->len; i-- > 0;)
    {
      BagFillRequest *request = g_ptr_array_index (self->requests, i);

      if (bag_slice_ranking_get_rank (self->ranking, request->index) == G_MAXUINT)
        bag_prefetcher_cancel_request (self, request);
    }
}

static void
take_failure (BagPrefetcher *self, guint index, GError *error)
{
  BagPrefetchEntry *entry = &self->entries[index];
  g_autoptr (GError) copy = g_error_copy (error);

  g_debug ("slice %u: %s", index + 1, error->message);
  g_clear_error (&entry->error);
  entry->error = error;
  g_signal_emit (self, signals[SIGNAL_SLICE_FAILED], 0, index, copy);
}

/* Half of it is the last slice, so that a few tell what a scan costs. */
static void
learn_load_time (BagPrefetcher *self, gint64 elapsed_us)
{
  self->load_us = self->load_us > 0 ? (self->load_us + (double) elapsed_us) / 2 : (double) elapsed_us;
}

static void
take_result (BagPrefetcher *self, BagFillRequest *request, gint64 elapsed_us, GError *error)
{
  guint index = request->index;

  forget_request (self, request);
  if (error != NULL)
    {
      take_failure (self, index, g_error_copy (error));
      return;
    }

  bag_slice_set_ready (request->slice);
  bag_pool_count_fill (self->claim.pool, elapsed_us);
  learn_load_time (self, elapsed_us);
  bag_prefetcher_note_ready (self, request);
  bag_slice_cache_insert (self->cache, index, request->slice);
  g_signal_emit (self, signals[SIGNAL_SLICE_READY], 0, index);
}

static void
on_fill_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagFillRequest) request = user_data;
  g_autoptr (BagPrefetcher) self = g_weak_ref_get (&request->prefetcher);
  g_autoptr (GError) error = NULL;

  bag_scan_fill_finish (BAG_SCAN (source), result, &error);
  if (self == NULL)
    return;

  self->n_in_flight--;
  if (bag_scan_fill_has_been_fatal (result))
    self->entries[request->index].n_deaths++;
  if (self->entries[request->index].request == request)
    take_result (self, request, bag_scan_fill_get_elapsed_us (result), error);
  g_clear_pointer (&request->slice, bag_slice_unref);
  pump (self);
  if (self->n_in_flight == 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVITY_CHANGED], 0);
}

static gboolean
start (BagPrefetcher *self, guint index, BagPoolClass class)
{
  BagSlice *slice = NULL;
  BagFillRequest *request = NULL;

  bag_prefetcher_make_room (self, index, class);
  slice = bag_slot_claim_acquire (&self->claim, class, index);
  if (slice == NULL)
    return FALSE;

  request = bag_fill_request_new (self, index, class, slice);
  self->entries[index].request = request;
  g_ptr_array_add (self->requests, request);
  if (self->n_in_flight++ == 0)
    g_signal_emit (self, signals[SIGNAL_ACTIVITY_CHANGED], 0);
  bag_prefetcher_note_begun (self, index);
  bag_prefetcher_mark_changed (self, index);
  bag_scan_fill_async (self->scan, index, slice, self->decoder, class, request->cancellable, on_fill_ready, request);

  return TRUE;
}

static gboolean
is_absent (BagPrefetcher *self, guint index)
{
  return bag_prefetcher_get_state (self, index) == BAG_SLICE_STATE_ABSENT;
}

/* A whole scan that fits is being loaded; around the slice looked at in a larger one,
 * neighbours are got in advance. */
static BagPoolClass
get_background_class (BagPrefetcher *self)
{
  return bag_slice_ranking_get_n_planned (self->ranking) == self->n_slices ? BAG_POOL_CLASS_LOAD : BAG_POOL_CLASS_PREFETCH;
}

static gboolean
start_planned (BagPrefetcher *self)
{
  for (; self->next_planned < bag_slice_ranking_get_n_planned (self->ranking); self->next_planned++)
    {
      guint index = bag_slice_ranking_get_planned (self->ranking, self->next_planned);

      if (is_absent (self, index))
        return start (self, index, get_background_class (self));
    }

  return FALSE;
}

static gboolean
start_next (BagPrefetcher *self)
{
  guint current = bag_slice_ranking_get_current (self->ranking);

  if (self->claim.is_refused || self->n_in_flight >= MAX_IN_FLIGHT)
    return FALSE;
  if (is_absent (self, current))
    return start (self, current, BAG_POOL_CLASS_VIEW);

  return self->n_in_flight < MAX_BACKGROUND && start_planned (self);
}

static gboolean
is_at_work (BagPrefetcher *self)
{
  return self->cache != NULL && bag_slice_ranking_get_current (self->ranking) != BAG_SLICE_CACHE_NONE;
}

static void
pump (BagPrefetcher *self)
{
  if (!is_at_work (self))
    return;

  while (start_next (self))
    ;
  bag_prefetcher_update_stall (self);
  bag_prefetcher_tell_queue (self);
  tell_changed (self);
}

static void
bag_prefetcher_dispose (GObject *object)
{
  BagPrefetcher *self = BAG_PREFETCHER (object);

  bag_prefetcher_stop (self);
  g_clear_object (&self->decoder);

  G_OBJECT_CLASS (bag_prefetcher_parent_class)->dispose (object);
}

static void
bag_prefetcher_finalize (GObject *object)
{
  BagPrefetcher *self = BAG_PREFETCHER (object);

  for (guint i = 0; i < self->n_slices; i++)
    g_clear_error (&self->entries[i].error);
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->ranking, bag_slice_ranking_free);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  bag_slot_claim_clear (&self->claim);
  bag_prefetcher_clear_stall (self);
  g_clear_object (&self->scan);

  G_OBJECT_CLASS (bag_prefetcher_parent_class)->finalize (object);
}

static void
bag_prefetcher_class_init (BagPrefetcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bag_prefetcher_dispose;
  object_class->finalize = bag_prefetcher_finalize;

  signals[SIGNAL_SLICE_READY] = g_signal_new ("slice-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SLICE_FAILED] = g_signal_new ("slice-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ERROR);
  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_STALL_CHANGED] = g_signal_new ("stall-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVITY_CHANGED] = g_signal_new ("activity-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bag_prefetcher_init (BagPrefetcher *self)
{
  self->requests = g_ptr_array_new ();
  self->changed_first = G_MAXUINT;
  bag_prefetcher_init_stall (self);
}

/**
 * bag_prefetcher_new:
 * @scan: the scan whose slices are wanted
 * @pool: where they go; its slots hold a slice of @scan
 * @cache: (transfer none): where to put them; has to live until bag_prefetcher_stop()
 * @decoder: (nullable): for compressed slices
 * @bag: number of the bag, from 1; with the slice's index it is the tag of a slot
 *
 * Does nothing before the first bag_prefetcher_focus().
 *
 * Returns: (transfer full): a prefetcher
 */
BagPrefetcher *
bag_prefetcher_new (BagScan *scan, BagPool *pool, BagSliceCache *cache, BagDecoder *decoder, guint bag)
{
  BagPrefetcher *self = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);
  g_return_val_if_fail (pool != NULL && cache != NULL, NULL);
  g_return_val_if_fail (decoder == NULL || BAG_IS_DECODER (decoder), NULL);

  self = g_object_new (BAG_TYPE_PREFETCHER, NULL);
  self->scan = g_object_ref (scan);
  self->cache = cache;
  self->decoder = decoder != NULL ? g_object_ref (decoder) : NULL;
  self->n_slices = bag_scan_get_n_slices (scan);
  self->entries = g_new0 (BagPrefetchEntry, self->n_slices);
  self->ranking = bag_slice_ranking_new (self->n_slices);
  bag_slot_claim_init (&self->claim, pool, bag_scan_get_slice_bytes (scan), bag);

  return self;
}

/**
 * bag_prefetcher_focus:
 * @index: the slice that the operator looks at, from 0
 *
 * Makes the plan around @index, drops what has become useless and gets @index before
 * all else. Counts a hit or a miss. Returns at once.
 */
void
bag_prefetcher_focus (BagPrefetcher *self, guint index)
{
  BagPrefetchEntry *entry = NULL;

  g_return_if_fail (BAG_IS_PREFETCHER (self));
  g_return_if_fail (index < self->n_slices);

  if (self->cache == NULL)
    return;

  g_debug ("look %" G_GINT64_FORMAT " %u", g_get_monotonic_time (), index);
  bag_prefetcher_note_focus (self, index);
  bag_slice_cache_lookup (self->cache, index);
  entry = &self->entries[index];
  if (entry->error != NULL && entry->n_deaths < MAX_DEATHS && index != bag_slice_ranking_get_current (self->ranking))
    g_clear_error (&entry->error);

  make_plan (self, index);
  cancel_useless (self);
  pump (self);
}

/**
 * bag_prefetcher_pool_changed:
 *
 * To be called when slots have come home or the pool was divided anew: serves what was
 * refused, and gives back what the pool has no more room for. Cheap when neither is so.
 */
void
bag_prefetcher_pool_changed (BagPrefetcher *self)
{
  g_return_if_fail (BAG_IS_PREFETCHER (self));

  if (!is_at_work (self))
    return;

  switch (bag_slot_claim_pool_changed (&self->claim))
    {
    case BAG_SLOT_CLAIM_DIVIDED:
      make_plan (self, bag_slice_ranking_get_current (self->ranking));
      bag_prefetcher_fit_to_division (self);
      cancel_useless (self);
      pump (self);
      break;
    case BAG_SLOT_CLAIM_MAY_TRY:
      pump (self);
      break;
    case BAG_SLOT_CLAIM_SAME:
    default:
      break;
    }
}

/**
 * bag_prefetcher_stop:
 *
 * Cancels everything and forgets the cache. Slots under way are quarantined until their
 * workers have finished; nobody has to wait for that, nor to keep the prefetcher.
 */
void
bag_prefetcher_stop (BagPrefetcher *self)
{
  g_return_if_fail (BAG_IS_PREFETCHER (self));

  if (self->cache == NULL)
    return;

  self->cache = NULL;
  give_up_slots (self);
  cancel_all (self);
  bag_prefetcher_update_stall (self);
  bag_prefetcher_tell_queue (self);
}

/**
 * bag_prefetcher_clear:
 *
 * Forgets all slices but those on screen, and gets them again. That is no want of room:
 * nothing counts as evicted, nor as wasted.
 */
void
bag_prefetcher_clear (BagPrefetcher *self)
{
  g_return_if_fail (BAG_IS_PREFETCHER (self));

  if (!is_at_work (self))
    return;

  cancel_all (self);
  bag_prefetcher_empty_cache (self);
  make_plan (self, bag_slice_ranking_get_current (self->ranking));
  pump (self);
}
