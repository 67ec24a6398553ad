/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-window-level.h"

#include <math.h>

/*
 * The one definition of how a value becomes a grey level, and the rule by which
 * a scan without a window of its own gets one. Everything faster is tested
 * against bag_window_level_map().
 */

/* Up to here a double still tells apart values an eighth from each other, so the
 * halves in the formula of the standard do not vanish. */
#define MAX_MAGNITUDE 1e15

/* Without such halves. */
#define MAX_MAGNITUDE_EXACT 1e30

#define N_STORED 65536u

/* Stored values in the order of the values they mean: rising, whatever the signs
 * of the samples and of the slope. */
typedef struct
{
  const guint64 *counts;
  gboolean is_signed, is_falling;
} Order;

static guint
order_get_pattern (const Order *order,
                   guint rank)
{
  guint rising = order->is_falling ? N_STORED - 1 - rank : rank;

  return order->is_signed ? (rising + N_STORED / 2) % N_STORED : rising;
}

static guint64
order_get_count (const Order *order,
                 guint rank)
{
  return order->counts[order_get_pattern (order, rank)];
}

static double
order_get_value (const Order *order,
                 guint rank,
                 double slope,
                 double intercept)
{
  guint pattern = order_get_pattern (order, rank);
  double stored = order->is_signed && pattern >= N_STORED / 2 ? (double) pattern - N_STORED : (double) pattern;

  return slope * stored + intercept;
}

/* The smallest rank from @first on that at least @fraction of the voxels from
 * @first on do not exceed; @first when there are none. */
static guint
order_get_percentile (const Order *order,
                      guint first,
                      double fraction)
{
  double total = 0, sum = 0;

  for (guint rank = first; rank < N_STORED; rank++)
    total += (double) order_get_count (order, rank);

  for (guint rank = first; rank < N_STORED && total > 0; rank++)
    {
      sum += (double) order_get_count (order, rank);
      if (sum > 0 && sum >= fraction * total)
        return rank;
    }

  return first;
}

/* The peak of the lower half between @first and @last, both rank: the air around
 * and in the bag. Sought in 128 equal steps so that noise does not decide, then
 * taken to the fullest value of the fullest step. */
static guint
order_find_air (const Order *order,
                guint first,
                guint last)
{
  guint step = MAX ((last - first) / 256, 1);
  guint end = first + (last - first) / 2;
  guint fullest = first, air;
  guint64 most = 0;

  for (guint start = first; start <= end; start += step)
    {
      guint64 sum = 0;

      for (guint rank = start; rank < start + step && rank < N_STORED; rank++)
        sum += order_get_count (order, rank);
      if (sum > most)
        {
          most = sum;
          fullest = start;
        }
    }

  air = fullest;
  for (guint rank = fullest; rank < fullest + step && rank < N_STORED; rank++)
    if (order_get_count (order, rank) > order_get_count (order, air))
      air = rank;

  return air;
}

/* What shall be white: see bag_window_level_from_histogram(). */
static guint
order_find_white (const Order *order,
                  guint air,
                  guint last)
{
  guint object = MIN (air + (last - air) / 16 + 1, last);
  guint most = order_get_percentile (order, object, 0.995);
  guint dense = order_get_percentile (order, object, 0.90);

  return MIN (most, air + 2 * (dense - air));
}

/* Black and white of bag_window_level_from_histogram(), in values. */
static void
order_find_ends (const Order *order,
                 double slope,
                 double intercept,
                 double *low,
                 double *high)
{
  guint first = order_get_percentile (order, 0, 0.001);
  guint last = order_get_percentile (order, 0, 0.999);
  guint air = order_find_air (order, first, last);
  guint white = order_find_white (order, air, last);

  *low = order_get_value (order, air, slope, intercept);
  *high = order_get_value (order, MAX (air, white), slope, intercept);
}

/* C.11.2.1.2.1 */
static guint8
map_linear (const BagWindowLevel *self,
            double value)
{
  double width = MAX (self->width, BAG_WINDOW_MIN_WIDTH);
  double middle = self->center - 0.5;
  double half = (width - 1.0) / 2.0;
  double grey;

  if (!(value > middle - half))
    return 0;
  if (value > middle + half)
    return 255;

  /* ((value - middle) / (width - 1) + 1/2) * 255 + 1/2, with a single rounding: it is
   * exact where all three are whole or half numbers, halfway cases included. */
  grey = floor ((value - middle) * 255.0 / (width - 1.0) + 128.0);

  return (guint8) CLAMP (grey, 0.0, 255.0);
}

/* C.11.2.1.3.2 */
static guint8
map_linear_exact (const BagWindowLevel *self,
                  double value)
{
  double width = MAX (self->width, BAG_WINDOW_LEAST_WIDTH);
  double half = width / 2.0;
  double grey;

  if (!(value > self->center - half))
    return 0;
  if (value > self->center + half)
    return 255;

  /* ((value - center) / width + 1/2) * 255 + 1/2, rounded once as above. */
  grey = floor ((value - self->center) * 255.0 / width + 128.0);

  return (guint8) CLAMP (grey, 0.0, 255.0);
}

/* C.11.2.1.3.1; far from the centre the power is infinite, and the level an end. */
static guint8
map_sigmoid (const BagWindowLevel *self,
             double value)
{
  double width = MAX (self->width, BAG_WINDOW_LEAST_WIDTH);

  if (isnan (value))
    return 0;

  return (guint8) floor (255.0 / (1.0 + exp (-4.0 * (value - self->center) / width)) + 0.5);
}

/**
 * bag_window_level_map:
 * @self: a window; a width under bag_voi_function_get_min_width() counts as that
 * @value: a value, after slope and intercept
 *
 * The function of the window, from DICOM PS3.3 sections C.11.2.1.2.1 and
 * C.11.2.1.3, to 0..255, rounded half up. What is not a number is black.
 */
guint8
bag_window_level_map (const BagWindowLevel *self,
                      double value)
{
  switch (self->function)
    {
    case BAG_VOI_FUNCTION_LINEAR_EXACT:
      return map_linear_exact (self, value);
    case BAG_VOI_FUNCTION_SIGMOID:
      return map_sigmoid (self, value);
    case BAG_VOI_FUNCTION_LINEAR:
    default:
      return map_linear (self, value);
    }
}

/**
 * bag_voi_function_get_min_width:
 *
 * Returns: the least width that a sane window with this function has
 */
double
bag_voi_function_get_min_width (BagVoiFunction function)
{
  return function == BAG_VOI_FUNCTION_LINEAR ? BAG_WINDOW_MIN_WIDTH : BAG_WINDOW_LEAST_WIDTH;
}

/**
 * bag_window_level_equal:
 *
 * Whether two windows are the same, number for number and by their function.
 */
gboolean
bag_window_level_equal (const BagWindowLevel *a,
                        const BagWindowLevel *b)
{
  return a->center == b->center && a->width == b->width && a->function == b->function;
}

/**
 * bag_window_level_sanitize:
 *
 * bag_window_level_make_sane() of a LINEAR window.
 */
BagWindowLevel
bag_window_level_sanitize (double center,
                           double width)
{
  const BagWindowLevel window = { center, width, BAG_VOI_FUNCTION_LINEAR };

  return bag_window_level_make_sane (&window);
}

/**
 * bag_window_level_make_sane:
 * @window: any two numbers and a function
 *
 * A window that can be computed with: finite, not beyond 1e15
 * (1e30 with LINEAR_EXACT), the width at
 * least bag_voi_function_get_min_width(). No number becomes 0 as a centre and
 * BAG_WINDOW_MIN_WIDTH as a width; no function becomes LINEAR.
 */
BagWindowLevel
bag_window_level_make_sane (const BagWindowLevel *window)
{
  BagWindowLevel sane = { .function = BAG_VOI_FUNCTION_LINEAR };
  double most = MAX_MAGNITUDE;

  if ((guint) window->function < BAG_N_VOI_FUNCTIONS)
    sane.function = window->function;
  if (sane.function == BAG_VOI_FUNCTION_LINEAR_EXACT)
    most = MAX_MAGNITUDE_EXACT;
  sane.center = isnan (window->center) ? 0.0 : CLAMP (window->center, -most, most);
  sane.width = isnan (window->width) ? BAG_WINDOW_MIN_WIDTH : CLAMP (window->width, bag_voi_function_get_min_width (sane.function), most);

  return sane;
}

/**
 * bag_window_level_from_histogram:
 * @counts: voxels of each stored value, by its 16-bit pattern
 *
 * A window that shows a bag, from the voxels of the whole scan alone:
 *
 * - the range is that of the values from the 0.1st to the 99.9th percentile, so
 *   that single bad voxels do not count;
 * - black is air, the fullest value of the lower half of that range: it fills
 *   most of the picture and would drag any percentile of all voxels to itself;
 * - objects begin a sixteenth of the range above air;
 * - white is the 99.5th percentile of the object voxels, but at most twice as far
 *   above air as their 90th: a laptop's metal goes white, and the plastics and
 *   liquids under it keep their contrast.
 *
 * Black and white are the first and the last value of the LINEAR ramp of
 * bag_window_level_map(). A scan of one value gets the least width around it; an
 * empty histogram counts as a scan of the value 0.
 */
BagWindowLevel
bag_window_level_from_histogram (const guint64 counts[65536],
                                 gboolean is_signed,
                                 double slope,
                                 double intercept)
{
  Order order = { .counts = counts, .is_signed = is_signed, .is_falling = slope < 0 };
  double low, high;

  order_find_ends (&order, slope, intercept, &low, &high);

  return bag_window_level_sanitize ((low + high + 1.0) / 2.0, high - low + 1.0);
}

/**
 * bag_window_level_from_histogram_exact:
 * @counts: voxels of each stored value, none of them negative
 *
 * The same black and white as bag_window_level_from_histogram() finds, as the ends of a
 * LINEAR_EXACT ramp: for values that lie closer together, or farther apart, than whole
 * numbers.
 */
BagWindowLevel
bag_window_level_from_histogram_exact (const guint64 counts[65536],
                                       double slope,
                                       double intercept)
{
  Order order = { .counts = counts, .is_falling = slope < 0 };
  BagWindowLevel window = { .function = BAG_VOI_FUNCTION_LINEAR_EXACT };
  double low, high;

  order_find_ends (&order, slope, intercept, &low, &high);
  window.center = (low + high) / 2.0;
  window.width = high > low ? high - low : fabs (slope);

  return bag_window_level_make_sane (&window);
}
