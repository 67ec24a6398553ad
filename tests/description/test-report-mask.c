/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "description/bag-report-mask.h"

#include <string.h>

/* Masks on their way between two processes. */

static BagReportPlace *
get_place (BagReport *self)
{
  const BagReportObject *object = g_ptr_array_index (self->objects, 0);

  return g_ptr_array_index (object->places, 0);
}

static BagReport *
make_report (void)
{
  BagReport *self = bag_report_new ();
  BagReportObject *object = bag_report_object_new ();
  BagReportPlace *place = bag_report_place_new ();

  place->flags = BAG_REPORT_PLACE_HAS_REGION | BAG_REPORT_PLACE_HAS_MASK;
  g_ptr_array_add (object->places, place);
  g_ptr_array_add (self->objects, object);

  return self;
}

static BagReport *
roundtrip (const BagReport *self, GError **error)
{
  g_autoptr (GBytes) bytes = bag_report_to_bytes (self);

  return bag_report_from_bytes (bytes, error);
}

/* A mask of nine voxels, four of them marked; each test changes one thing about it. */
static BagReport *
make_masked (const char *bits, gsize length)
{
  BagReport *self = make_report ();
  BagReportPlace *place = get_place (self);

  place->extents[0] = place->extents[1] = 3;
  place->extents[2] = 1;
  place->n_masked = 4;
  place->mask = g_bytes_new (bits, length);

  return self;
}

static void
test_mask (void)
{
  g_autoptr (BagReport) before = make_masked ("\x07\x01", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagReport) after = roundtrip (before, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (get_place (after)->mask, get_place (before)->mask));
  g_assert_cmpuint (bag_report_get_mask_bytes (after), ==, 2);
  g_assert_cmpuint (bag_report_drop_masks (after), ==, 1);
  g_assert_null (get_place (after)->mask);
  g_assert_cmpuint (get_place (after)->n_masked, ==, 4);
  g_assert_cmpuint (bag_report_get_mask_bytes (after), ==, 0);
}

typedef struct
{
  const char *name;
  const char *bits;
  gsize length;
  BagReportPlaceFlags without;
  double width;
} BrokenMask;

static const BrokenMask broken_masks[] = {
  { "short", "\x0f", 1, 0, 3 },
  { "long", "\x07\x01\x00", 3, 0, 3 },
  { "behind-last-voxel", "\x07\x02", 2, 0, 3 },
  { "count", "\x07\x00", 2, 0, 3 },
  { "not-announced", "\x07\x01", 2, BAG_REPORT_PLACE_HAS_MASK, 3 },
  { "half-voxels", "\x07\x01", 2, 0, 2.5 },
  { "endless", "\x07\x01", 2, 0, 1e12 },
};

static void
test_broken_mask (gconstpointer data)
{
  const BrokenMask *one = data;
  g_autoptr (BagReport) before = make_masked (one->bits, one->length);
  g_autoptr (BagReport) after = NULL;
  g_autoptr (GError) error = NULL;

  get_place (before)->flags &= ~(guint) one->without;
  get_place (before)->extents[0] = one->width;
  after = roundtrip (before, &error);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_null (after);
}

/* Two masks that are good alone, and too much together. */
static void
test_large_masks (void)
{
  const gsize half = BAG_MAX_REPORT_MASK_BYTES / 2;
  g_autofree guint8 *bits = g_malloc0 (half);
  g_autoptr (BagReport) report = make_report ();

  get_place (report)->extents[0] = get_place (report)->extents[1] = 8192;
  get_place (report)->extents[2] = 1;
  get_place (report)->n_masked = 0;
  get_place (report)->mask = g_bytes_new (bits, half);
  for (guint n = 1; n < 4; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagReport) after = roundtrip (report, &error);
      BagReportPlace *more = bag_report_place_new ();

      g_assert_true ((after != NULL) == (n < 3));
      more->flags = get_place (report)->flags;
      memcpy (more->extents, get_place (report)->extents, sizeof more->extents);
      more->mask = g_bytes_ref (get_place (report)->mask);
      g_ptr_array_add (((BagReportObject *) g_ptr_array_index (report->objects, 0))->places, more);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-mask/good", test_mask);
  g_test_add_func ("/report-mask/large", test_large_masks);
  for (guint i = 0; i < G_N_ELEMENTS (broken_masks); i++)
    {
      g_autofree char *path = g_strconcat ("/report-mask/broken/", broken_masks[i].name, NULL);

      g_test_add_data_func (path, &broken_masks[i], test_broken_mask);
    }

  return g_test_run ();
}
