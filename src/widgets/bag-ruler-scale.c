/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-ruler-scale.h"

/**
 * bag_ruler_scale_get_y:
 *
 * Returns: where slice @index begins; the middle of it is half a slice further
 */
double
bag_ruler_scale_get_y (guint n_slices,
                       double height,
                       guint index)
{
  return n_slices > 0 ? height * index / n_slices : 0;
}

/**
 * bag_ruler_scale_get_index:
 *
 * Returns: the slice at @y; the first or the last one for a place beside the ruler
 */
guint
bag_ruler_scale_get_index (guint n_slices,
                           double height,
                           double y)
{
  if (n_slices == 0 || !(height > 0) || !(y > 0))
    return 0;

  return y >= height ? n_slices - 1 : MIN ((guint) (y / height * n_slices), n_slices - 1);
}

/**
 * bag_ruler_scale_get_step:
 *
 * Returns: the distance of numbered slices: 1, 2 or 5 times a power of ten, at least
 *   @least_distance apart
 */
guint
bag_ruler_scale_get_step (guint n_slices,
                          double height,
                          double least_distance)
{
  guint power = 1;

  if (n_slices == 0 || !(height > 0))
    return 1;

  for (; power < n_slices; power *= 10)
    for (guint factor = 1; factor <= 5; factor += factor == 1 ? 1 : 3)
      if (height / n_slices * (power * factor) >= least_distance)
        return power * factor;

  return power;
}

/**
 * bag_ruler_scale_get_worst:
 * @states: BagSliceState of each slice
 *
 * What to show where several slices, from @first up to but without @end, share a
 * pixel: a failure must not hide behind its neighbours, and what is not there
 * yet not behind what is.
 */
BagSliceState
bag_ruler_scale_get_worst (const guint8 *states,
                           guint first,
                           guint end)
{
  static const guint8 badness[] = {
    [BAG_SLICE_STATE_ABSENT] = 1,
    [BAG_SLICE_STATE_LOADING] = 2,
    [BAG_SLICE_STATE_READY] = 0,
    [BAG_SLICE_STATE_FAILED] = 3,
  };
  guint8 worst = states[first];

  for (guint index = first + 1; index < end; index++)
    if (badness[states[index]] > badness[worst])
      worst = states[index];

  return (BagSliceState) worst;
}

/**
 * bag_ruler_scale_is_all_seen:
 * @seen: whether each slice was seen
 *
 * Returns: whether all slices from @first up to but without @end were, which share a
 *   pixel: one that was not seen must not hide behind its neighbours
 */
gboolean
bag_ruler_scale_is_all_seen (const guint8 *seen,
                             guint first,
                             guint end)
{
  for (guint index = first; index < end; index++)
    if (!seen[index])
      return FALSE;

  return TRUE;
}
