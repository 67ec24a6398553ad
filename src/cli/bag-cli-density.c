/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-density.h"

#include "cli/bag-cli-common.h"
#include "cli/bag-cli-sums.h"
#include "description/bag-error.h"
#include "pool/bag-slice.h"

#include <glib/gi18n.h>

#include <math.h>
#include <sys/resource.h>

/* Density of a whole scan, read through slots of a pool that serves scan after
 * scan: all slices at once where the budget allows it, as the viewer holds
 * them, else one after the other. With a pool of a given size all slices are held, and
 * those that find no slot stand on the heap, which is counted. */

static guint64
count_page_faults (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_SELF, &usage);

  return (guint64) usage.ru_minflt + (guint64) usage.ru_majflt;
}

/* A slot takes at most one page more than the slice that it is for. */
static guint
count_slots (BagScan *scan)
{
  guint64 slot_bytes = bag_scan_get_slice_bytes (scan) + 4096;

  return (guint) MIN (bag_pool_get_default_budget () / slot_bytes, bag_scan_get_n_slices (scan));
}

/* Divides the memory anew only when the scan does not fit the slots there are:
 * a scan of the same size takes the same slots. */
static gboolean
fit_pool (BagPool *pool, BagScan *scan, guint n_slots, GError **error)
{
  BagPoolStats stats = { 0 };

  bag_pool_get_stats (pool, &stats);
  if (stats.slot_size == bag_scan_get_slice_bytes (scan) && stats.n_slots >= n_slots)
    return TRUE;

  return bag_pool_divide (pool, bag_scan_get_slice_bytes (scan), n_slots, error);
}

/* Of the memory that is available a quarter stays, also when the heap has to do. */
static gboolean
check_heap (BagScan *scan, GError **error)
{
  guint64 bytes = (guint64) bag_scan_get_slice_bytes (scan) * bag_scan_get_n_slices (scan);

  if (bytes <= bag_pool_get_available_bytes () / 4 * 3)
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("to hold all of its slices takes more memory than is available"));
  return FALSE;
}

static gboolean
prepare_given_pool (BagPool **pool, BagScan *scan, guint n_slots, GError **error)
{
  if (!check_heap (scan, error))
    return FALSE;
  if (*pool != NULL && n_slots > 0)
    return fit_pool (*pool, scan, n_slots, error);
  if (*pool == NULL)
    *pool = n_slots > 0 ? bag_pool_new_with_reservation (bag_pool_get_default_budget (), bag_scan_get_slice_bytes (scan), n_slots, error)
                        : bag_pool_new_without_slots ();

  return *pool != NULL;
}

static gboolean
prepare_pool (BagPool **pool, BagScan *scan, GError **error)
{
  gsize slice_bytes = bag_scan_get_slice_bytes (scan);
  guint n_slots = count_slots (scan);

  if (n_slots == 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("one slice needs more than the memory budget"));
      return FALSE;
    }
  if (*pool != NULL)
    return fit_pool (*pool, scan, n_slots, error);

  *pool = bag_pool_new_with_reservation (bag_pool_get_default_budget (), slice_bytes, n_slots, error);

  return *pool != NULL;
}

static BagSlice *
take_slice (BagPool *pool, gsize size, GError **error)
{
  BagSlice *slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, size, NULL);

  return slice != NULL ? slice : bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, size, error);
}

static void
add_slice (BagCliDensity *self, BagScan *scan, guint index, BagSlice *slice)
{
  const BagFrame *frame = &bag_scan_get_slice (scan, index)->frame;
  gsize n_values = bag_slice_get_size (slice) / sizeof (guint16);
  BagCliSums sums = { 0 };

  bag_cli_sums_measure (&sums, bag_slice_get_data (slice), n_values, bag_scan_get_layout (scan)->is_signed);
  self->sum += frame->slope * (double) sums.sum + frame->intercept * (double) n_values;
  self->maximum = fmax (self->maximum, frame->slope * (frame->slope < 0.0 ? sums.min : sums.max) + frame->intercept);
  self->n_voxels += n_values;
}

/* Wide samples: from the file, and not from what they are rounded to in a slot. */
static void
add_sums (BagCliDensity *self, BagScan *scan, guint index, const BagSampleSums *sums)
{
  const BagFrame *frame = &bag_scan_get_slice (scan, index)->frame;

  self->n_no_value += sums->n_invalid;
  if (sums->n == 0)
    return;

  self->sum += frame->slope * sums->sum + frame->intercept * (double) sums->n;
  self->maximum = fmax (self->maximum, frame->slope * (frame->slope < 0.0 ? sums->min : sums->max) + frame->intercept);
  self->n_voxels += sums->n;
}

static gboolean
read_slice (BagCliDensity *self, BagScan *scan, guint index, BagSlice *slice, BagDecoder *decoder, GError **error)
{
  gpointer data = bag_slice_get_data (slice);
  gsize size = bag_slice_get_size (slice);
  BagSampleSums sums;

  if (!bag_scan_is_wide (scan))
    {
      if (!bag_cli_read_slice (decoder, scan, index, data, size, error))
        return FALSE;
      add_slice (self, scan, index, slice);
      return TRUE;
    }
  if (!bag_cli_sum_slice (decoder, scan, index, data, size, &sums, error))
    return FALSE;
  add_sums (self, scan, index, &sums);

  return TRUE;
}

static gboolean
measure_slice (BagCliDensity *self, BagScan *scan, guint index, BagSlice *slice, BagDecoder *decoder)
{
  g_autoptr (GError) error = NULL;

  if (!read_slice (self, scan, index, slice, decoder, &error))
    {
      bag_cli_print_slice_error (bag_scan_get_path (scan), index + 1, error);
      self->n_unreadable++;
      return FALSE;
    }

  bag_slice_set_tag (slice, index);
  bag_slice_set_ready (slice);
  if (bag_slice_get_memory_policy (slice) == BAG_MEMORY_POLICY_SLOT)
    self->slices_in_slots++;
  else
    self->slices_on_heap++;

  return TRUE;
}

/* Slices stay in @held until the end when it has room for each. */
static gboolean
measure_slices (BagCliDensity *self, BagScan *scan, BagDecoder *decoder, BagPool *pool, GPtrArray *held, GError **error)
{
  gboolean holds_all = held->len == bag_scan_get_n_slices (scan);

  for (guint i = 0; i < bag_scan_get_n_slices (scan); i++)
    {
      g_autoptr (BagSlice) slice = take_slice (pool, bag_scan_get_slice_bytes (scan), error);

      if (slice == NULL)
        return FALSE;
      if (measure_slice (self, scan, i, slice, decoder) && holds_all)
        g_ptr_array_index (held, i) = g_steal_pointer (&slice);
    }

  return TRUE;
}

static void
unref_if_set (gpointer slice)
{
  if (slice != NULL)
    bag_slice_unref (slice);
}

static void
take_figures (BagCliDensity *self, const BagPoolStats *before, const BagPoolStats *after)
{
  self->slots_reused = after->reuses - before->reuses;
  self->slots_new = after->slots_new - before->slots_new;
  self->heap_fallbacks = after->heap_fallbacks - before->heap_fallbacks;
}

/**
 * bag_cli_density_measure:
 * @n_slots: how many slots the pool is to have, 0 for none, or %BAG_CLI_DENSITY_BY_BUDGET
 * @pool: (inout): the pool of all scans; made with the first one
 * @error: (out): when the scan could not be measured at all
 *
 * Adds what was found to @self, which the caller has set to zeros. Slices that
 * cannot be read are told on stderr, counted, and left out.
 *
 * Returns: whether the scan was measured
 */
gboolean
bag_cli_density_measure (BagCliDensity *self, BagScan *scan, BagDecoder *decoder, int n_slots, BagPool **pool, GError **error)
{
  guint64 faults = count_page_faults ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (unref_if_set);
  BagPoolStats before = { 0 }, after = { 0 };
  gboolean good = FALSE;

  if (n_slots < 0 ? !prepare_pool (pool, scan, error) : !prepare_given_pool (pool, scan, (guint) n_slots, error))
    return FALSE;

  bag_pool_get_stats (*pool, &before);
  if (n_slots >= 0 || before.n_slots >= bag_scan_get_n_slices (scan))
    g_ptr_array_set_size (held, (int) bag_scan_get_n_slices (scan));
  self->maximum = -INFINITY;
  good = measure_slices (self, scan, decoder, *pool, held, error);
  bag_pool_count_scan (*pool);
  bag_pool_get_stats (*pool, &after);
  take_figures (self, &before, &after);
  self->page_faults = count_page_faults () - faults;
  self->time_ms = (double) (g_get_monotonic_time () - start) / 1000.0;

  return good;
}
