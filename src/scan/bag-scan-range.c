/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan"

#include "config.h"

#include "scan/bag-scan-private.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdlib.h>

/*
 * The range that the 16 bits of a slot are spread over, where samples have 32 or
 * 64. It is one for the whole scan: brightness must not change while scrolling.
 * Of a scan of at most 64 MiB each sample is looked at, else those of slices
 * spread over it, and the range gets room on both sides for what was not seen.
 * Fill values far from all else (-1e30) would leave nothing to tell apart, and
 * lie beyond the range.
 */

#define MOST_BYTES (64u << 20)
#define LEAST_SLICES 9u  /* of a large scan */
#define MOST_KEPT 65536u /* samples, evenly spread, that percentiles are taken from */
#define MOST_SPANS 32.0  /* the range may reach so many times that of the middle 98 % beyond it */
#define FILL_GAP 1024.0  /* so many times the range of all others away: a fill value */
#define UNSEEN_ROOM 0.5  /* of the range, on each side */

typedef struct
{
  BagSampleSums sums;
  GArray *kept; /* (element-type double) */
  guint64 stride, n_seen;
  guint n_examined;
} Survey;

static void
take_samples (const double *numbers, gsize n, gpointer user_data)
{
  Survey *survey = user_data;

  bag_sample_sums_add (&survey->sums, numbers, n);
  for (gsize i = (survey->stride - survey->n_seen % survey->stride) % survey->stride; i < n; i += survey->stride)
    if (isfinite (numbers[i]))
      g_array_append_val (survey->kept, numbers[i]);
  survey->n_seen += n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* How many samples at the low end are one value, far from all others: @kept rises. */
static guint
count_low_fill (const double *kept, guint n)
{
  guint fill = 1;

  while (fill < n && kept[fill] == kept[0])
    fill++;

  return fill < n && kept[n - 1] > kept[fill] && kept[fill] - kept[0] > FILL_GAP * (kept[n - 1] - kept[fill]) ? fill : 0;
}

static guint
count_high_fill (const double *kept, guint n)
{
  guint end = n - 1;

  while (end > 0 && kept[end - 1] == kept[n - 1])
    end--;

  return end > 0 && kept[end - 1] > kept[0] && kept[n - 1] - kept[end - 1] > FILL_GAP * (kept[end - 1] - kept[0]) ? n - end : 0;
}

/* A fill value lies beyond the range, and alone at that end of it. */
static void
leave_out_fill (const double **kept, guint *n, BagScanRange *range)
{
  guint low = count_low_fill (*kept, *n);
  guint high;
  double room;

  *kept += low;
  *n -= low;
  high = count_high_fill (*kept, *n);
  *n -= high;
  range->has_low_fill = low > 0;
  range->has_high_fill = high > 0;
  room = floor (UNSEEN_ROOM * ((*kept)[*n - 1] - (*kept)[0])) + 1;
  if (low > 0)
    range->low = fmax (range->low, (*kept)[0] - room);
  if (high > 0)
    range->high = fmin (range->high, (*kept)[*n - 1] + room);
}

/* So that few samples far away do not take the steps of all others. */
static void
leave_out_far (Survey *survey, BagScanRange *range)
{
  const double *kept = (const double *) (gpointer) survey->kept->data;
  guint n = survey->kept->len;
  double span;

  g_array_sort (survey->kept, compare_numbers);
  leave_out_fill (&kept, &n, range);
  span = MOST_SPANS * (kept[n - 1 - n / 100] - kept[n / 100]);
  if (!(span > 0 && isfinite (span)))
    return;

  range->low = fmax (range->low, kept[n / 100] - span);
  range->high = fmin (range->high, kept[n - 1 - n / 100] + span);
}

static void
settle_ends (Survey *survey, gboolean is_whole, BagScanRange *range)
{
  range->low = survey->sums.n > 0 ? survey->sums.min : 0;
  range->high = survey->sums.n > 0 ? survey->sums.max : 0;
  if (survey->kept->len > 0)
    leave_out_far (survey, range);
  range->is_whole = is_whole && range->low <= survey->sums.min && range->high >= survey->sums.max;
}

/* Room for what was not seen; whole numbers stay whole. */
static void
add_room (const BagPixelLayout *layout, gboolean is_whole, BagScanRange *range)
{
  double room = is_whole ? 0 : UNSEEN_ROOM * (range->high - range->low);

  if (!layout->is_float)
    room = floor (room);
  bag_sample_map_make (&range->map, layout, range->low - room, range->high + room);
  if (range->is_whole)
    return;

  range->low = range->map.offset + range->map.first * range->map.step;
  range->high = range->map.offset + G_MAXUINT16 * range->map.step;
}

static GArray *
find_present (BagScan *self)
{
  GArray *present = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < bag_scan_get_n_slices (self); i++)
    if ((bag_scan_get_slice (self, i)->frame.flags & BAG_FRAME_MISSING) == 0)
      g_array_append_val (present, i);

  return present;
}

/* @every: of so many blocks of a slice one is looked at */
static gboolean
survey_slice (BagScan *self, guint index, gsize every, Survey *survey, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  gsize n = bag_scan_get_slice_bytes (self) / sizeof (guint16);
  gsize block = every > 1 ? BAG_SAMPLE_BLOCK : n;

  for (gsize first = 0; first < n; first += block * every)
    if (!bag_scan_read_samples (self, index, first, MIN (block, n - first), child, take_samples, survey, cancellable, error))
      return FALSE;
  survey->n_examined++;

  return TRUE;
}

/* Unreadable slices are left out, unless all are. */
static gboolean
survey_slices (BagScan *self, const GArray *present, guint n_wanted, gsize every, Survey *survey, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < n_wanted && !g_cancellable_is_cancelled (cancellable); i++)
    {
      guint place = n_wanted > 1 ? (guint) ((guint64) i * (present->len - 1) / (n_wanted - 1)) : 0;

      g_clear_error (&last);
      survey_slice (self, g_array_index (present, guint, place), every, survey, child, cancellable, &last);
    }

  if (g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("Given up because something else was wanted."));
  else if (survey->n_examined > 0)
    return TRUE;
  else if (last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, _ ("The file ends before its first slice does. Copy it again from where it came."));

  return FALSE;
}

static gboolean
survey_scan (BagScan *self, Survey *survey, BagScanRange *range, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  const BagPixelLayout *layout = bag_scan_get_layout (self);
  guint64 frame_bytes = bag_pixel_layout_get_frame_bytes (layout);
  g_autoptr (GArray) present = find_present (self);
  gboolean needs_decoder = bag_scan_needs_decoder (self, 0);
  guint n_wanted = (guint) CLAMP (MOST_BYTES / frame_bytes, needs_decoder ? 1 : LEAST_SLICES, BAG_MAX_FRAMES);
  gsize every = 1;

  n_wanted = MIN (n_wanted, present->len);
  if (!needs_decoder)
    every = (gsize) MAX ((n_wanted * frame_bytes + MOST_BYTES - 1) / MOST_BYTES, 1);
  survey->stride = MAX ((n_wanted * frame_bytes / every) / (layout->bits_allocated / 8u) / MOST_KEPT, 1);
  if (!survey_slices (self, present, n_wanted, every, survey, child, cancellable, error))
    return FALSE;

  range->n_slices = present->len;
  range->n_examined = survey->n_examined;
  settle_ends (survey, survey->n_examined == present->len && every == 1, range);
  add_room (layout, survey->n_examined == present->len && every == 1, range);

  return TRUE;
}

/**
 * bag_scan_is_wide:
 * @self: a scan
 *
 * Returns: whether its samples have 32 or 64 bits, and what slots hold is made from them
 */
gboolean
bag_scan_is_wide (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  return bag_pixel_layout_is_wide (bag_scan_get_layout (self));
}

/**
 * bag_scan_measure_range:
 * @self: a scan
 * @child: (nullable): a decoder of this thread, wherever slices need one
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Finds out, once, what range of samples the slots of a scan with wide samples show.
 * Reads up to 64 MiB; nothing for other scans. Blocks; any thread.
 *
 * Returns: whether that is known now
 */
gboolean
bag_scan_measure_range (BagScan *self, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  Survey survey = { 0 };
  BagScanRange range = { 0 };
  gboolean good;

  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  if (!bag_scan_is_wide (self) || bag_scan_peek_range (self, &range))
    return TRUE;

  bag_sample_sums_init (&survey.sums);
  survey.kept = g_array_new (FALSE, FALSE, sizeof (double));
  good = survey_scan (self, &survey, &range, child, cancellable, error);
  g_array_unref (survey.kept);
  if (good)
    bag_scan_publish_range (self, &range);

  return good;
}

/**
 * bag_scan_get_slot_scale:
 * @self: a scan
 * @index: a slice, from 0
 *
 * Any thread. Of a scan with wide samples only once bag_scan_measure_range() is through,
 * as it is when a slice was read.
 *
 * Returns: how what a slot holds becomes values
 */
BagSlotScale
bag_scan_get_slot_scale (BagScan *self, guint index)
{
  BagSlotScale scale = { .slope = 1 };
  const BagFrame *frame;
  BagScanRange range;

  g_return_val_if_fail (BAG_IS_SCAN (self) && index < bag_scan_get_n_slices (self), scale);

  frame = &bag_scan_get_slice (self, index)->frame;
  scale = (BagSlotScale){ frame->slope, frame->intercept, bag_scan_get_layout (self)->is_signed };
  if (!bag_scan_is_wide (self) || !bag_scan_peek_range (self, &range))
    return scale;

  scale.intercept += frame->slope * range.map.offset;
  scale.slope *= range.map.step;
  scale.is_signed = FALSE;

  return scale;
}

static char *
format_end (const BagFrame *frame, double sample)
{
  double value = frame->slope * sample + frame->intercept + 0.0;

  return g_strdup_printf (rint (value) == value && fabs (value) < 1e15 ? "%.0f" : "%.6g", value);
}

/**
 * bag_scan_describe_range:
 * @self: a scan
 *
 * Returns: (transfer full) (nullable): for the operator, which values the picture tells
 *   apart; %NULL for a scan that shows its samples as they are, or was not measured
 */
char *
bag_scan_describe_range (BagScan *self)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const BagFrame *frame;
  BagScanRange range;

  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  if (!bag_scan_is_wide (self) || !bag_scan_peek_range (self, &range))
    return NULL;

  frame = &bag_scan_get_slice (self, 0)->frame;
  first = format_end (frame, range.low);
  last = format_end (frame, range.high);
  if (range.is_whole)
    return g_strdup_printf (_ ("All values are shown, from %1$s to %2$s %3$s."), first, last, bag_scan_get_units (self));

  return g_strdup_printf (_ ("Values from %1$s to %2$s %3$s are shown, by %4$u of %5$u slices: what is beyond looks like these ends."), first, last, bag_scan_get_units (self), range.n_examined, range.n_slices);
}
