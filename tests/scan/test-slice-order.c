/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-slice-order.h"

#include <math.h>
#include <string.h>

#define MAX_SLICES 8
#define NONE NAN /* no position */

typedef enum
{
  AXIAL,
  REVERSED, /* row direction x column direction points down the z axis */
  OBLIQUE,
  MIXED,
  FLAT, /* both directions the same: no plane */
} Orientation;

typedef struct
{
  const char *name;
  Orientation orientation;
  guint n;
  double along[MAX_SLICES]; /* mm along z, in stored order */
  double sideways;          /* mm along x from slice to slice */
  const char *order;        /* stored numbers, from 0 */
  gboolean is_by_position;
  double spacing;
  const char *warnings; /* names, separated by blanks */
} Case;

static const Case cases[] = {
  { "ascending", AXIAL, 4, { 0, 2, 4, 6 }, 0, "0123", TRUE, 2, "" },
  { "descending", AXIAL, 4, { 6, 4, 2, 0 }, 0, "3210", TRUE, 2, "" },
  { "shuffled", AXIAL, 5, { 4, 0, 8, 2, 6 }, 0, "13042", TRUE, 2, "" },
  { "negative normal", REVERSED, 3, { 0, 1, 2 }, 0, "210", TRUE, 1, "" },
  { "oblique", OBLIQUE, 3, { 5, 2.5, 0 }, 0, "210", TRUE, 0, "" },
  { "two", AXIAL, 2, { 1, -1 }, 0, "10", TRUE, 2, "" },
  { "one", AXIAL, 1, { 5 }, 0, "0", FALSE, 0, "" },
  { "one without", AXIAL, 1, { NONE }, 0, "0", FALSE, 0, "" },
  { "two sections", AXIAL, 6, { 0, 10, 20, -520, -510, -500 }, 0, "345012", TRUE, 10, "gap" },
  { "jitter", AXIAL, 5, { 0, 1, 2.02, 3, 4 }, 0, "01234", TRUE, 1, "" },
  { "uneven", AXIAL, 5, { 0, 1, 2.2, 3, 4 }, 0, "01234", TRUE, 1, "uneven-spacing" },
  { "gap and uneven", AXIAL, 6, { 0, 1, 2, 3.2, 4, 9 }, 0, "012345", TRUE, 1, "gap uneven-spacing" },
  { "duplicates", AXIAL, 5, { 0, 2, 2, 4, 6 }, 0, "01234", TRUE, 2, "duplicate-position" },
  { "later duplicate", AXIAL, 5, { 0, 4, 2, 2, 6 }, 0, "02314", TRUE, 2, "duplicate-position" },
  { "all in one place", AXIAL, 4, { 3, 3, 3, 3 }, 0, "0123", FALSE, 0, "duplicate-position" },
  { "one missing", AXIAL, 4, { 6, NONE, 2, 0 }, 0, "0123", FALSE, 0, "no-position" },
  { "all missing", AXIAL, 4, { NONE, NONE, NONE, NONE }, 0, "0123", FALSE, 0, "no-position" },
  { "tilted", AXIAL, 3, { 4, 2, 0 }, 0.5, "210", TRUE, 2, "gantry-tilt" },
  { "hardly tilted", AXIAL, 3, { 0, 2, 4 }, 0.01, "012", TRUE, 2, "" },
  { "mixed", MIXED, 3, { 4, 2, 0 }, 0, "012", FALSE, 0, "mixed-orientation" },
  { "no plane", FLAT, 3, { 4, 2, 0 }, 0, "012", FALSE, 0, "no-position" },
};

static const double orientations[][6] = {
  [AXIAL] = { 1, 0, 0, 0, 1, 0 },
  [REVERSED] = { 0, 1, 0, 1, 0, 0 },
  [OBLIQUE] = { 1, 0, 0, 0, 0.6, 0.8 },
  [MIXED] = { 0, 1, 0, 0, 0, 1 },
  [FLAT] = { 1, 0, 0, 1, 0, 0 },
};

static BagFrame
make_frame (const Case *data, guint i)
{
  Orientation orientation = data->orientation == MIXED && i == 0 ? AXIAL : data->orientation;
  BagFrame frame = { .flags = BAG_FRAME_HAS_ORIENTATION, .slope = 1.0 };

  memcpy (frame.orientation, orientations[orientation], sizeof frame.orientation);
  if (!isnan (data->along[i]))
    {
      frame.flags |= BAG_FRAME_HAS_POSITION;
      frame.position[0] = i * data->sideways;
      frame.position[2] = data->along[i];
    }

  return frame;
}

static GArray *
make_slices (const Case *data)
{
  GArray *slices = g_array_new (FALSE, FALSE, sizeof (BagScanSlice));

  for (guint i = 0; i < data->n; i++)
    {
      BagScanSlice slice = { .frame = make_frame (data, i), .frame_number = i };

      g_array_append_val (slices, slice);
    }

  return slices;
}

static char *
get_order (const GArray *slices)
{
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < slices->len; i++)
    g_string_append_printf (order, "%u", g_array_index (slices, BagScanSlice, i).frame_number);

  return g_string_free (order, FALSE);
}

static char *
get_warnings (const BagDescription *description)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < description->warnings->len; i++)
    {
      const BagNote *note = g_ptr_array_index (description->warnings, i);

      g_assert_cmpuint (strlen (note->text), >, 10);
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", note->name);
    }

  return g_string_free (names, FALSE);
}

static void
test_case (gconstpointer user_data)
{
  const Case *data = user_data;
  g_autoptr (BagDescription) description = bag_description_new ();
  g_autoptr (GArray) slices = make_slices (data);
  g_autofree char *order = NULL;
  g_autofree char *warnings = NULL;
  g_auto (BagSliceOrder) measured = { 0 };

  bag_slice_order_sort (slices);
  measured = bag_slice_order_measure (slices, description);
  order = get_order (slices);
  warnings = get_warnings (description);

  g_assert_cmpstr (order, ==, data->order);
  g_assert_cmpint (measured.is_by_position, ==, data->is_by_position);
  if (data->orientation == OBLIQUE)
    g_assert_cmpfloat_with_epsilon (measured.spacing, 2.5 * 0.6, 1e-9);
  else
    g_assert_cmpfloat_with_epsilon (measured.spacing, data->spacing, 1e-9);
  if (data->orientation != OBLIQUE)
    g_assert_cmpstr (warnings, ==, data->warnings);
}

/* The first gap is named by the numbers that an operator sees. */
static void
test_words (void)
{
  const Case gap = { "gap", AXIAL, 5, { 0, 2, 4, 10, 12 }, 0, "", TRUE, 2, "gap" };
  g_autoptr (BagDescription) description = bag_description_new ();
  g_autoptr (GArray) slices = make_slices (&gap);
  g_auto (BagSliceOrder) order = { 0 };
  const BagNote *note;

  order = bag_slice_order_measure (slices, description);
  g_assert_cmpuint (description->warnings->len, ==, 1);
  note = g_ptr_array_index (description->warnings, 0);
  g_assert_cmpstr (note->text, ==, "Slices are missing in 1 place: between slices 3 and 4 (6 mm apart). Others are 2 mm apart.");
}

static void
assert_marks (const Case *data, const guint8 *wanted)
{
  g_autoptr (BagDescription) description = bag_description_new ();
  g_autoptr (GArray) slices = make_slices (data);
  g_auto (BagSliceOrder) order = { 0 };

  bag_slice_order_sort (slices);
  order = bag_slice_order_measure (slices, description);
  if (wanted == NULL)
    {
      g_assert_null (order.marks);
      return;
    }

  g_assert_nonnull (order.marks);
  g_assert_cmpmem (order.marks->data, order.marks->len, wanted, data->n);
}

/* Which slices a gap lies between, and which slice stands where another one does. */
static void
test_marks (void)
{
  const Case even = { "even", AXIAL, 4, { 0, 2, 4, 6 }, 0, "", TRUE, 2, "" };
  const Case gap = { "gap", AXIAL, 5, { 10, 12, 4, 2, 0 }, 0, "", TRUE, 2, "" };
  const Case twice = { "twice", AXIAL, 5, { 0, 2, 2, 4, 12 }, 0, "", TRUE, 2, "" };
  const Case one_place = { "one-place", AXIAL, 3, { 5, 5, 5 }, 0, "", FALSE, 0, "" };
  const guint8 gap_marks[] = { 0, 0, BAG_SLICE_MARK_GAP_AFTER, BAG_SLICE_MARK_GAP_BEFORE, 0 };
  const guint8 twice_marks[] = { 0, 0, BAG_SLICE_MARK_DUPLICATE, BAG_SLICE_MARK_GAP_AFTER, BAG_SLICE_MARK_GAP_BEFORE };

  assert_marks (&even, NULL);
  assert_marks (&gap, gap_marks);
  assert_marks (&twice, twice_marks);
  assert_marks (&one_place, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/slice-order/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/slice-order/words", test_words);
  g_test_add_func ("/slice-order/marks", test_marks);

  return g_test_run ();
}
