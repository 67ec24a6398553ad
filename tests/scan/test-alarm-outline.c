/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-report.h"
#include "scan/bag-alarm-outline.h"

#include <math.h>

/* Outlines of masks in a volume of 20 columns, 16 rows and 6 slices. */

#define COLUMNS 20
#define ROWS 16
#define SLICES 6

typedef struct
{
  int base[3];
  guint extents[3];
  guint8 *voxels; /* 1 where marked */
  BagScan *scan;
  BagAlarm *alarm;
} Fixture;

/* Bit by bit, as the format says. */
static GBytes *
pack (const Fixture *self)
{
  gsize n = (gsize) self->extents[0] * self->extents[1] * self->extents[2];
  guint8 *bits = g_malloc0 ((n + 7) / 8);

  for (gsize i = 0; i < n; i++)
    if (self->voxels[i])
      bits[i / 8] |= (guint8) (1u << i % 8);

  return g_bytes_new_take (bits, (n + 7) / 8);
}

static void
make_alarm (Fixture *self)
{
  const BagTestVolume volume = { COLUMNS, ROWS, SLICES, 1, 1, 1 };
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  const double base[] = { self->base[0], self->base[1], self->base[2] };
  const double extents[] = { self->extents[0], self->extents[1], self->extents[2] };
  BagReportPlace *place = bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN), base, extents);

  place->flags |= BAG_REPORT_PLACE_HAS_MASK;
  place->mask = pack (self);
  self->scan = bag_test_scan_new (&volume, "BAG");
  bag_report_attach (report, self->scan);
  self->alarm = g_list_model_get_item (bag_scan_get_alarms (self->scan), 0);
}

static void
clear (Fixture *self)
{
  g_clear_pointer (&self->voxels, g_free);
  g_clear_object (&self->alarm);
  g_clear_object (&self->scan);
}

static gboolean
is_marked (const Fixture *self, int x, int y, int z)
{
  int column = x - self->base[0], row = y - self->base[1], plane = z - self->base[2];

  if (column < 0 || row < 0 || plane < 0 || column >= (int) self->extents[0] || row >= (int) self->extents[1] || plane >= (int) self->extents[2])
    return FALSE;

  return self->voxels[((gsize) plane * self->extents[1] + (gsize) row) * self->extents[0] + (gsize) column] != 0;
}

/* How often loops go round the middle of a voxel: by a line from it to the left, down counts -1 and up 1. */
static int
count_turns (const BagAlarmOutline *outline, int x, int y)
{
  int turns = 0;
  guint begin = 0;

  for (guint loop = 0; loop < outline->ends->len; loop++)
    {
      guint end = g_array_index (outline->ends, guint, loop);

      for (guint i = begin; i < end; i++)
        {
          const BagAlarmCorner *from = &g_array_index (outline->corners, BagAlarmCorner, i);
          const BagAlarmCorner *to = &g_array_index (outline->corners, BagAlarmCorner, i + 1 < end ? i + 1 : begin);

          g_assert_true ((from->x == to->x) != (from->y == to->y));
          if (from->x == to->x && (int) from->x <= x && ((int) from->y <= y) != ((int) to->y <= y))
            turns += to->y > from->y ? -1 : 1;
        }
      begin = end;
    }

  return turns;
}

/* Every marked voxel is gone round once, with it at the right; no other one is. */
static void
check_slice (Fixture *self, guint frame)
{
  BagAlarmOutlineAllowance allowance = { 1000, 1000 };
  g_autoptr (BagAlarmOutline) outline = bag_alarm_outline_new (self->alarm, frame, &allowance);

  g_assert_nonnull (outline);
  g_assert_cmpuint (allowance.corners, ==, 1000 - outline->corners->len);
  for (int y = 0; y < ROWS; y++)
    for (int x = 0; x < COLUMNS; x++)
      g_assert_cmpint (count_turns (outline, x, y), ==, is_marked (self, x, y, (int) frame) ? 1 : 0);
}

/* In the middle of the slice, and over each of its edges. */
static void
test_random (void)
{
  const int bases[][3] = { { 3, 2, 1 }, { -4, 5, 0 }, { 5, -3, -1 }, { 14, 10, 3 } };

  for (guint i = 0; i < 200; i++)
    {
      const int *base = bases[i % G_N_ELEMENTS (bases)];
      Fixture self = { .base = { base[0], base[1], base[2] }, .extents = { 9, 7, 3 } };
      gsize n = 9 * 7 * 3;

      self.voxels = g_malloc0 (n);
      for (gsize k = 0; k < n; k++)
        self.voxels[k] = (guint) g_test_rand_int_range (0, 200) < i ? 1 : 0;
      make_alarm (&self);
      for (guint frame = 0; frame < SLICES; frame++)
        check_slice (&self, frame);
      clear (&self);
    }
}

typedef struct
{
  const char *name;
  const char *rows; /* of three, # marked */
  guint n_loops, n_corners;
} Shape;

static const Shape shapes[] = {
  { "nothing", "... ... ...", 0, 0 },
  { "voxel", "... .#. ...", 1, 4 },
  { "bar", "... ### ...", 1, 4 },
  { "corner", "##. #.. ...", 1, 6 },
  { "hole", "### #.# ###", 2, 8 },
  { "touching", "#.. .#. ..#", 3, 12 },
  { "everything", "### ### ###", 1, 4 },
};

static void
test_shape (gconstpointer data)
{
  const Shape *shape = data;
  Fixture self = { .base = { 4, 4, 2 }, .extents = { 3, 3, 1 } };
  BagAlarmOutlineAllowance allowance = { 9, shape->n_corners };
  g_autoptr (BagAlarmOutline) outline = NULL;

  self.voxels = g_malloc0 (9);
  for (guint i = 0; i < 9; i++)
    self.voxels[i] = shape->rows[i / 3 * 4 + i % 3] == '#';
  make_alarm (&self);
  check_slice (&self, 2);
  outline = bag_alarm_outline_new (self.alarm, 2, &allowance);
  g_assert_nonnull (outline);
  g_assert_cmpuint (outline->ends->len, ==, shape->n_loops);
  g_assert_cmpuint (outline->corners->len, ==, shape->n_corners);
  g_assert_cmpuint (allowance.voxels, ==, 0);
  g_assert_cmpuint (allowance.corners, ==, 0);
  clear (&self);
}

/* One corner or one voxel more than may be: no outline, and nothing half drawn. */
static void
test_allowance (void)
{
  Fixture self = { .base = { 4, 4, 2 }, .extents = { 3, 3, 1 } };
  BagAlarmOutlineAllowance few_corners = { 9, 11 }, few_voxels = { 8, 12 };

  self.voxels = g_malloc0 (9);
  self.voxels[0] = self.voxels[4] = self.voxels[8] = 1;
  make_alarm (&self);
  g_assert_null (bag_alarm_outline_new (self.alarm, 2, &few_corners));
  g_assert_cmpuint (few_corners.corners, ==, 11);
  g_assert_null (bag_alarm_outline_new (self.alarm, 2, &few_voxels));
  g_assert_cmpuint (few_voxels.voxels, ==, 8);
  clear (&self);
}

/* A region that begins between two voxels says of no voxel whether it is marked. */
static void
test_between_voxels (void)
{
  const BagTestVolume volume = { COLUMNS, ROWS, SLICES, 1, 1, 1 };
  const double base[] = { 3.5, 4, 1 }, extents[] = { 4, 2, 1 };
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportPlace *place = bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN), base, extents);
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagAlarm) alarm = NULL;
  const GPtrArray *warnings = bag_scan_get_warnings (scan);

  place->flags |= BAG_REPORT_PLACE_HAS_MASK;
  place->mask = g_bytes_new ("\xff", 1);
  bag_report_attach (report, scan);
  alarm = g_list_model_get_item (bag_scan_get_alarms (scan), 0);
  g_assert_nonnull (bag_alarm_get_box (alarm));
  g_assert_false (bag_alarm_get_box (alarm)->has_mask);
  g_assert_cmpstr (((const BagNote *) g_ptr_array_index (warnings, warnings->len - 1))->name, ==, "mask-not-drawn");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm-outline/random", test_random);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strconcat ("/alarm-outline/shape/", shapes[i].name, NULL);

      g_test_add_data_func (path, &shapes[i], test_shape);
    }
  g_test_add_func ("/alarm-outline/allowance", test_allowance);
  g_test_add_func ("/alarm-outline/between-voxels", test_between_voxels);

  return g_test_run ();
}
