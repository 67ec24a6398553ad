/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-alarm-outline.h"
#include "scan/bag-source.h"

#include <stdio.h>

/* Prints what the program draws of the masks in a scan: a line "ALARM SLICE X Y" for each marked
 * voxel, with alarms and voxels from 0 and slices from 1. */

static void
print_row (const BagAlarmOutline *outline, guint alarm, guint slice, guint columns, guint row)
{
  g_autofree guint8 *crossings = g_malloc0 (columns + 1);
  guint begin = 0;
  guint is_in = 0;

  for (guint loop = 0; loop < outline->ends->len; loop++)
    {
      guint end = g_array_index (outline->ends, guint, loop);

      for (guint i = begin; i < end; i++)
        {
          const BagAlarmCorner *from = &g_array_index (outline->corners, BagAlarmCorner, i);
          const BagAlarmCorner *to = &g_array_index (outline->corners, BagAlarmCorner, i + 1 < end ? i + 1 : begin);

          if (from->x == to->x && (from->y <= row) != (to->y <= row))
            crossings[from->x] ^= 1;
        }
      begin = end;
    }
  for (guint column = 0; column < columns; column++)
    {
      is_in ^= crossings[column];
      if (is_in)
        printf ("%u %u %u %u\n", alarm, slice + 1, column, row);
    }
}

static void
print_alarm (BagScan *scan, BagAlarm *alarm, guint number)
{
  const BagAlarmBox *box = bag_alarm_get_box (alarm);

  for (guint slice = 0; slice < bag_scan_get_n_slices (scan); slice++)
    {
      BagAlarmOutlineAllowance allowance = { G_MAXUINT, G_MAXUINT };
      g_autoptr (BagAlarmOutline) outline = NULL;

      if (box == NULL || !box->has_mask || !bag_alarm_box_covers (box, scan, slice))
        continue;
      outline = bag_alarm_outline_new (alarm, box->is_by_frame ? bag_scan_get_slice (scan, slice)->frame_number : 0, &allowance);
      for (guint row = 0; row < bag_scan_get_layout (scan)->rows; row++)
        print_row (outline, number, slice, bag_scan_get_layout (scan)->columns, row);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  BagScan *scan = NULL;

  if (argc != 2)
    return 2;
  scans = bag_source_open (argv[1], child, NULL, &error);
  if (scans == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  scan = g_ptr_array_index (scans, 0);
  for (guint i = 0; i < g_list_model_get_n_items (bag_scan_get_alarms (scan)); i++)
    {
      g_autoptr (BagAlarm) alarm = g_list_model_get_item (bag_scan_get_alarms (scan), i);

      print_alarm (scan, alarm, i);
    }

  return 0;
}
