/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-window"

#include "config.h"

#include "scan/bag-scan-private.h"

#include "render/bag-window-level.h"

#include <glib/gi18n.h>

#include <math.h>

#define N_SAMPLED_SLICES 9u
#define N_VALUES 65536u

/* A window for scans that bring none: from a histogram of slices spread over
 * the whole scan, because the first slices of a bag are mostly air. */

/* What is not a number, and fill values beyond the range, are no values of the bag. */
static void
forget_no_values (BagScan *self, guint64 *counts)
{
  BagScanRange range;

  if (!bag_scan_is_wide (self) || !bag_scan_peek_range (self, &range))
    return;

  if (range.map.first > 0)
    counts[0] = 0;
  if (range.has_low_fill)
    counts[range.map.first] = 0;
  if (range.has_high_fill)
    counts[N_VALUES - 1] = 0;
}

/**
 * bag_scan_make_window:
 * @self: a scan
 * @index: the slice whose scale the counts have, from 0
 * @counts: (inout) (array fixed-size=65536): how often what a slot holds is there
 *
 * The counts of what is not a number and of fill values go.
 *
 * Returns: a window that shows these values, LINEAR; LINEAR_EXACT where samples are wide,
 *   whose values may lie closer together than 1
 */
BagWindowLevel
bag_scan_make_window (BagScan *self, guint index, guint64 *counts)
{
  BagSlotScale scale = bag_scan_get_slot_scale (self, index);

  forget_no_values (self, counts);
  if (bag_scan_is_wide (self))
    return bag_window_level_from_histogram_exact (counts, scale.slope, scale.intercept);

  return bag_window_level_from_histogram (counts, scale.is_signed, scale.slope, scale.intercept);
}

static void
count_values (const guint16 *values, gsize n, guint64 *counts)
{
  for (gsize i = 0; i < n; i++)
    counts[values[i]]++;
}

/* Slices may each have their own slope and intercept: what they hold is counted as
 * the stored value that the first slice would have for it. */
static void
add_as_first (const BagSlotScale *scale, const BagSlotScale *first, const guint64 *own, guint64 *counts)
{
  const double lowest = first->is_signed ? G_MININT16 : 0;
  const double highest = first->is_signed ? G_MAXINT16 : G_MAXUINT16;

  for (guint i = 0; i < N_VALUES; i++)
    {
      double value = scale->slope * (scale->is_signed ? (gint16) i : (int) i) + scale->intercept;
      double stored = (value - first->intercept) / first->slope;

      stored = stored > lowest ? MIN (stored, highest) : lowest;
      counts[(guint16) (gint32) floor (stored + 0.5)] += own[i];
    }
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("There is not enough memory for a slice of this scan."));

  return FALSE;
}

static gboolean
count_slice (BagScan *self, guint index, const guint16 *values, gsize n, guint64 *counts, GError **error)
{
  BagSlotScale scale = bag_scan_get_slot_scale (self, index);
  BagSlotScale first = bag_scan_get_slot_scale (self, 0);
  g_autofree guint64 *own = NULL;

  if (scale.slope == first.slope && scale.intercept == first.intercept)
    {
      count_values (values, n, counts);
      return TRUE;
    }

  own = g_try_malloc0 (N_VALUES * sizeof *own);
  if (own == NULL)
    return fail_memory (error);
  count_values (values, n, own);
  forget_no_values (self, own);
  add_as_first (&scale, &first, own, counts);

  return TRUE;
}

/* The first and the last slice and those evenly between them. */
static guint
get_sample (guint i, guint n_samples, guint n_slices)
{
  return n_samples > 1 ? (guint) ((guint64) i * (n_slices - 1) / (n_samples - 1)) : 0;
}

/* Unreadable slices are left out, unless all are. */
static gboolean
count_slices (BagScan *self, BagDecoderChild *child, guint16 *values, guint64 *counts, GCancellable *cancellable, GError **error)
{
  guint n_slices = bag_scan_get_n_slices (self);
  guint n_samples = MIN (n_slices, N_SAMPLED_SLICES);
  gsize size = bag_scan_get_slice_bytes (self);
  g_autoptr (GError) last = NULL;
  guint n_read = 0;

  for (guint i = 0, index = 0; i < n_samples && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_clear_error (&last);
      index = get_sample (i, n_samples, n_slices);
      if (bag_scan_read_slice (self, index, child, values, size, cancellable, &last))
        n_read += count_slice (self, index, values, size / sizeof *values, counts, &last);
    }

  if (g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("Given up because something else was wanted."));
  else if (n_read > 0)
    return TRUE;
  else
    g_propagate_error (error, g_steal_pointer (&last));

  return FALSE;
}

/**
 * bag_scan_measure_window:
 * @self: a scan
 * @child: (nullable): a decoder of this thread, wherever slices need one
 * @cancellable: (nullable): gives the call up
 * @center: (out): in values
 * @width: (out): in values
 * @error: return location, in the domain %BAG_ERROR
 *
 * Finds a window that shows something from the values of up to nine slices,
 * with slope and intercept of the first. Blocks; any thread.
 *
 * Returns: whether a slice could be read
 */
gboolean
bag_scan_measure_window (BagScan *self,
                         BagDecoderChild *child,
                         GCancellable *cancellable,
                         double *center,
                         double *width,
                         GError **error)
{
  g_autofree guint64 *counts = NULL;
  g_autofree guint16 *values = NULL;
  BagWindowLevel window;

  g_return_val_if_fail (BAG_IS_SCAN (self) && center != NULL && width != NULL, FALSE);

  counts = g_try_malloc0 (N_VALUES * sizeof *counts);
  values = g_try_malloc (bag_scan_get_slice_bytes (self));
  if (counts == NULL || values == NULL)
    return fail_memory (error);
  if (!count_slices (self, child, values, counts, cancellable, error))
    return FALSE;

  window = bag_scan_make_window (self, 0, counts);
  *center = window.center;
  *width = window.width;

  return TRUE;
}
