/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-alarm-outline.h"
#include "scan/bag-phantom.h"
#include "scan/bag-source.h"
#include "writer/bag-dicos-writer.h"
#include "writer/bag-threat-report-writer.h"

#include <glib/gstdio.h>

/* The made-up bag and its report as files: box and mask cover exactly the marked object, as
 * the bag itself knows it, voxel by voxel. */

#define COLUMNS 96u
#define ROWS 64u
#define SLICES 50u

static gboolean
is_marked_on (const BagPhantom *phantom, guint slice)
{
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      if (bag_phantom_is_threat (phantom, column, row, slice))
        return TRUE;

  return FALSE;
}

/* Least and greatest column and row over all slices. */
static void
find_edges (const BagPhantom *phantom, guint low[2], guint high[2])
{
  low[0] = low[1] = G_MAXUINT;
  high[0] = high[1] = 0;
  for (guint slice = 0; slice < SLICES; slice++)
    for (guint row = 0; row < ROWS; row++)
      for (guint column = 0; column < COLUMNS; column++)
        if (bag_phantom_is_threat (phantom, column, row, slice))
          {
            low[0] = MIN (low[0], column);
            high[0] = MAX (high[0], column + 1);
            low[1] = MIN (low[1], row);
            high[1] = MAX (high[1], row + 1);
          }
}

static guint64
count_marked (const BagPhantom *phantom)
{
  guint64 n = 0;

  for (guint slice = 0; slice < SLICES; slice++)
    for (guint row = 0; row < ROWS; row++)
      for (guint column = 0; column < COLUMNS; column++)
        n += bag_phantom_is_threat (phantom, column, row, slice) ? 1 : 0;

  return n;
}

/* Whether a line from the left crosses the loops an odd number of times before the middle of a voxel. */
static gboolean
is_inside (const BagAlarmOutline *outline, guint column, guint row)
{
  gboolean is_in = FALSE;
  guint begin = 0;

  for (guint loop = 0; loop < outline->ends->len; loop++)
    {
      guint end = g_array_index (outline->ends, guint, loop);

      for (guint i = begin; i < end; i++)
        {
          const BagAlarmCorner *from = &g_array_index (outline->corners, BagAlarmCorner, i);
          const BagAlarmCorner *to = &g_array_index (outline->corners, BagAlarmCorner, i + 1 < end ? i + 1 : begin);

          if (from->x == to->x && from->x <= column && (from->y <= row) != (to->y <= row))
            is_in = !is_in;
        }
      begin = end;
    }

  return is_in;
}

static void
check_mask (const BagPhantom *phantom, BagScan *scan, BagAlarm *alarm)
{
  g_assert_true (bag_alarm_get_box (alarm)->has_mask);
  for (guint slice = 0; slice < SLICES; slice++)
    {
      BagAlarmOutlineAllowance allowance = { BAG_ALARM_OUTLINE_MOST_VOXELS, BAG_ALARM_OUTLINE_MOST_CORNERS };
      g_autoptr (BagAlarmOutline) outline = bag_alarm_outline_new (alarm, bag_scan_get_slice (scan, slice)->frame_number, &allowance);

      g_assert_nonnull (outline);
      for (guint row = 0; row < ROWS; row++)
        for (guint column = 0; column < COLUMNS; column++)
          g_assert_cmpint (is_inside (outline, column, row), ==, bag_phantom_is_threat (phantom, column, row, slice));
    }
}

static void
check_alarm (const BagPhantom *phantom, BagScan *scan)
{
  g_autoptr (BagAlarm) alarm = g_list_model_get_item (bag_scan_get_alarms (scan), 0);
  const BagAlarmBox *box = bag_alarm_get_box (alarm);
  guint low[2], high[2];

  g_assert_cmpuint (g_list_model_get_n_items (bag_scan_get_alarms (scan)), ==, 1);
  g_assert_nonnull (box);
  find_edges (phantom, low, high);
  g_assert_cmpuint (box->x, ==, low[0]);
  g_assert_cmpuint (box->y, ==, low[1]);
  g_assert_cmpuint (box->x + box->width, ==, high[0]);
  g_assert_cmpuint (box->y + box->height, ==, high[1]);
  g_assert_cmpuint (bag_alarm_get_place (alarm)->n_masked, ==, count_marked (phantom));
  check_mask (phantom, scan, alarm);
  for (guint slice = 0; slice < SLICES; slice++)
    g_assert_cmpint (bag_alarm_box_covers (box, scan, slice), ==, is_marked_on (phantom, slice));
  g_assert_true (bag_alarm_box_covers (box, scan, box->middle_slice));
}

static void
open_and_check (const BagPhantom *phantom, const char *path, BagDecoderChild *child)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_source_open (path, child, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scans->len, ==, 1);
  check_alarm (phantom, scans->pdata[0]);
}

static void
test_made_up_bag (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bag-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bag.dcs", NULL);
  g_autofree char *report = g_strconcat (path, ".tdr.dcs", NULL);
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();

  for (guint64 seed = 1; seed < 4; seed++)
    {
      g_autoptr (BagPhantom) phantom = bag_phantom_new (COLUMNS, ROWS, SLICES, seed, NULL);

      g_assert_true (bag_dicos_writer_write (phantom, path, BAG_DICOS_SYNTAX_RLE, BAG_DICOS_FLAVOR_TOOLKIT, NULL));
      g_assert_true (bag_threat_report_writer_write (phantom, report, NULL));
      open_and_check (phantom, path, child);
      open_and_check (phantom, report, child);
      open_and_check (phantom, folder, child);
    }

  g_remove (report);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-phantom/made-up-bag", test_made_up_bag);

  return g_test_run ();
}
