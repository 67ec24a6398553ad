/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slice-order"

#include "config.h"

#include "scan/bag-slice-order.h"

#include <glib/gi18n.h>

#include <math.h>

/*
 * Where slices lie along the normal of their planes (PS3.3 C.7.6.2.1.1), and
 * what is odd about it. Stored order is not spatial order, and slice thickness
 * is not slice spacing: both are taken from the positions or not at all.
 */

#define SAME_PLACE_MM 1e-3
#define SAME_DIRECTION 1e-3
#define UNEVEN_SHARE 0.05
#define GAP_RATIO 1.5
#define MAX_TILT_DEGREES 0.5
#define MAX_LISTED 8u /* places that a warning names */

typedef struct
{
  double position; /* mm along the normal */
  guint index;     /* in stored order */
} PlacedSlice;

static const BagFrame *
get_frame (const GArray *slices, guint i)
{
  return &g_array_index (slices, BagScanSlice, i).frame;
}

static double
dot (const double a[3], const double b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * bag_slice_order_get_normal:
 * @frame: a frame
 * @normal: (out): row direction x column direction, of length 1
 *
 * Returns: whether the frame has an orientation that makes a plane
 */
gboolean
bag_slice_order_get_normal (const BagFrame *frame, double normal[3])
{
  const double *row = frame->orientation;
  const double *column = frame->orientation + 3;
  double length;

  if ((frame->flags & BAG_FRAME_HAS_ORIENTATION) == 0)
    return FALSE;

  normal[0] = row[1] * column[2] - row[2] * column[1];
  normal[1] = row[2] * column[0] - row[0] * column[2];
  normal[2] = row[0] * column[1] - row[1] * column[0];
  length = sqrt (dot (normal, normal));
  if (!isfinite (length) || length < SAME_DIRECTION)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    normal[i] /= length;

  return TRUE;
}

static gboolean
has_same_orientation (const BagFrame *a, const BagFrame *b)
{
  for (guint i = 0; i < 6; i++)
    if (fabs (a->orientation[i] - b->orientation[i]) > SAME_DIRECTION)
      return FALSE;

  return TRUE;
}

static guint
count_unplaced (const GArray *slices)
{
  double normal[3];
  guint n = 0;

  for (guint i = 0; i < slices->len; i++)
    {
      const BagFrame *frame = get_frame (slices, i);

      n += (frame->flags & BAG_FRAME_HAS_POSITION) == 0 || !bag_slice_order_get_normal (frame, normal);
    }

  return n;
}

static gboolean
has_one_orientation (const GArray *slices)
{
  for (guint i = 1; i < slices->len; i++)
    if (!has_same_orientation (get_frame (slices, 0), get_frame (slices, i)))
      return FALSE;

  return TRUE;
}

/* All slices have a position along one and the same normal. */
static gboolean
can_be_placed (const GArray *slices, double normal[3])
{
  return slices->len > 1 && count_unplaced (slices) == 0 && bag_slice_order_get_normal (get_frame (slices, 0), normal) && has_one_orientation (slices);
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const PlacedSlice *first = a;
  const PlacedSlice *second = b;

  if (first->position != second->position)
    return first->position < second->position ? -1 : 1;

  return first->index < second->index ? -1 : 1;
}

static GArray *
place (const GArray *slices, const double normal[3])
{
  GArray *placed = g_array_sized_new (FALSE, FALSE, sizeof (PlacedSlice), slices->len);

  for (guint i = 0; i < slices->len; i++)
    {
      PlacedSlice slice = { .position = dot (get_frame (slices, i)->position, normal), .index = i };

      g_array_append_val (placed, slice);
    }

  return placed;
}

/**
 * bag_slice_order_sort:
 * @slices: (element-type BagScanSlice): slices in stored order
 *
 * Sorts slices by position along their normal, smallest first. Slices in one
 * place stay in stored order, and so does the whole scan when a position is
 * missing or the planes are not parallel.
 */
void
bag_slice_order_sort (GArray *slices)
{
  g_autoptr (GArray) placed = NULL;
  g_autoptr (GArray) stored = NULL;
  double normal[3];

  g_return_if_fail (slices != NULL);

  if (!can_be_placed (slices, normal))
    return;

  placed = place (slices, normal);
  g_array_sort (placed, compare_placed);
  stored = g_array_copy (slices);
  for (guint i = 0; i < slices->len; i++)
    {
      guint from = g_array_index (placed, PlacedSlice, i).index;

      g_array_index (slices, BagScanSlice, i) = g_array_index (stored, BagScanSlice, from);
    }
}

static void
warn_unplaced (const GArray *slices, BagDescription *description)
{
  guint n = count_unplaced (slices);

  if (n == slices->len && (get_frame (slices, 0)->flags & BAG_FRAME_HAS_POSITION) != 0)
    bag_description_add_warning (description, "no-position", "%s", _ ("The slices do not say which way they face: they are shown in the order of the file, and their spacing is unknown."));
  else if (n == slices->len)
    bag_description_add_warning (description, "no-position", "%s", _ ("The slices have no positions: they are shown in the order of the file, and their spacing is unknown."));
  else if (n > 0)
    bag_description_add_warning (description, "no-position", ngettext ("%u of %u slices has no position: all are shown in the order of the file, and their spacing is unknown.", "%u of %u slices have no position: all are shown in the order of the file, and their spacing is unknown.", n), n, slices->len);
  else
    bag_description_add_warning (description, "mixed-orientation", "%s", _ ("The slices are not parallel: they are shown in the order of the file, and their spacing is unknown."));
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
get_gap (const GArray *placed, guint i)
{
  return g_array_index (placed, PlacedSlice, i + 1).position - g_array_index (placed, PlacedSlice, i).position;
}

/* Slices in one place say nothing about the distance to the next. */
static double
get_median_gap (const GArray *placed)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i + 1 < placed->len; i++)
    {
      double gap = get_gap (placed, i);

      if (gap >= SAME_PLACE_MM)
        g_array_append_val (gaps, gap);
    }
  if (gaps->len == 0)
    return 0.0;

  g_array_sort (gaps, compare_doubles);

  return g_array_index (gaps, double, gaps->len / 2);
}

static gboolean
is_gap (const GArray *placed, guint i, double median)
{
  return get_gap (placed, i) > GAP_RATIO * median;
}

static gboolean
is_duplicate (const GArray *placed, guint i)
{
  return get_gap (placed, i) < SAME_PLACE_MM;
}

/* "3 and 4 (6 mm apart), 9 and 10 (8 mm apart)" */
static char *
list_gaps (const GArray *placed, double median, guint *n_gaps)
{
  GString *text = g_string_new (NULL);

  *n_gaps = 0;
  for (guint i = 0; i + 1 < placed->len; i++)
    {
      if (!is_gap (placed, i, median))
        continue;
      if (*n_gaps < MAX_LISTED)
        g_string_append_printf (text, _ ("%1$s%2$u and %3$u (%4$.4g mm apart)"), *n_gaps > 0 ? ", " : "", i + 1, i + 2, get_gap (placed, i));
      (*n_gaps)++;
    }
  if (*n_gaps > MAX_LISTED)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

static void
warn_gap (const GArray *placed, double median, BagDescription *description)
{
  guint n = 0;
  g_autofree char *places = list_gaps (placed, median, &n);

  if (n > 0)
    bag_description_add_warning (description, "gap", ngettext ("Slices are missing in %1$u place: between slices %2$s. Others are %3$.4g mm apart.", "Slices are missing in %1$u places: between slices %2$s. Others are %3$.4g mm apart.", n), n, places, median);
}

static void
warn_uneven (const GArray *placed, double median, BagDescription *description)
{
  double smallest = median, largest = median;

  for (guint i = 0; i + 1 < placed->len; i++)
    {
      double gap = get_gap (placed, i);

      if (gap < SAME_PLACE_MM || gap > GAP_RATIO * median)
        continue;
      smallest = MIN (smallest, gap);
      largest = MAX (largest, gap);
    }
  if (largest - median <= UNEVEN_SHARE * median && median - smallest <= UNEVEN_SHARE * median)
    return;

  bag_description_add_warning (description, "uneven-spacing", _ ("The slices are not evenly spaced: from %.4g mm to %.4g mm apart."), smallest, largest);
}

static void
warn_duplicates (const GArray *placed, BagDescription *description)
{
  guint first = 0, n = 0;

  for (guint i = 0; i + 1 < placed->len; i++)
    if (is_duplicate (placed, i) && n++ == 0)
      first = i;
  if (n == 0)
    return;

  if (n + 1 == placed->len)
    bag_description_add_warning (description, "duplicate-position", "%s", _ ("All slices claim the same position: they are shown in the order of the file, and their spacing is unknown."));
  else
    bag_description_add_warning (description, "duplicate-position", ngettext ("%u slice has the position of the one before it, first slice %u.", "%u slices have the position of the one before them, first slice %u.", n), n, first + 2);
}

/* Positions that move sideways as well as along the normal: a tilted gantry. */
static double
measure_tilt (const GArray *slices, const double normal[3], BagDescription *description)
{
  const double *first = get_frame (slices, 0)->position;
  const double *last = get_frame (slices, slices->len - 1)->position;
  double way[3] = { last[0] - first[0], last[1] - first[1], last[2] - first[2] };
  double along = dot (way, normal);
  double sideways = sqrt (MAX (dot (way, way) - along * along, 0.0));
  double degrees = atan2 (sideways, fabs (along)) * 180.0 / G_PI;

  if (sideways < SAME_PLACE_MM || degrees <= MAX_TILT_DEGREES)
    return 0.0;

  bag_description_add_warning (description, "gantry-tilt", _ ("The slices are shifted against each other by %.1f degrees: nothing is measured, and there are no views across them."), degrees);

  return degrees;
}

static guint8
find_marks (const GArray *placed, guint i, double median)
{
  guint8 marks = 0;

  if (i > 0 && is_gap (placed, i - 1, median))
    marks |= BAG_SLICE_MARK_GAP_BEFORE;
  if (i > 0 && is_duplicate (placed, i - 1))
    marks |= BAG_SLICE_MARK_DUPLICATE;
  if (i + 1 < placed->len && is_gap (placed, i, median))
    marks |= BAG_SLICE_MARK_GAP_AFTER;

  return marks;
}

static GArray *
mark (const GArray *placed, double median)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (guint8));
  gboolean has_any = FALSE;

  for (guint i = 0; i < placed->len; i++)
    {
      guint8 found = find_marks (placed, i, median);

      has_any = has_any || found != 0;
      g_array_append_val (marks, found);
    }

  return has_any ? g_steal_pointer (&marks) : NULL;
}

/**
 * bag_slice_order_clear:
 * @self: an order
 */
void
bag_slice_order_clear (BagSliceOrder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->marks, g_array_unref);
}

/**
 * bag_slice_order_measure:
 * @slices: (element-type BagScanSlice): slices as bag_slice_order_sort() left them
 * @description: gets a warning for all that is odd
 *
 * The spacing is the median of the distances between neighbours.
 *
 * Returns: what the positions tell, for bag_slice_order_clear()
 */
BagSliceOrder
bag_slice_order_measure (const GArray *slices, BagDescription *description)
{
  g_autoptr (GArray) placed = NULL;
  BagSliceOrder order = { .is_by_position = FALSE };
  double normal[3];

  g_return_val_if_fail (slices != NULL && description != NULL, order);

  if (slices->len < 2)
    return order;
  if (!can_be_placed (slices, normal))
    {
      warn_unplaced (slices, description);
      return order;
    }

  placed = place (slices, normal);
  order.spacing = get_median_gap (placed);
  order.is_by_position = order.spacing > 0.0;
  warn_duplicates (placed, description);
  if (!order.is_by_position)
    return order;

  warn_gap (placed, order.spacing, description);
  warn_uneven (placed, order.spacing, description);
  order.tilt = measure_tilt (slices, normal, description);
  order.marks = mark (placed, order.spacing);

  return order;
}
