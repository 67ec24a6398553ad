/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "bag-test-shot.h"
#include "bag-test-report.h"
#include "scan/bag-alarm-outline.h"
#include "widgets/bag-alarm-style.h"
#include "widgets/bag-slice-view-private.h"

#include <math.h>

/* The outline of a mask on a black bag whose pixels are twice as high as wide. The box is
 * 20 x 16 voxels over five frames; what is marked moves a voxel to the right from frame to frame. */

#define VIEW_SIZE 600
#define BOX_X 20
#define BOX_Y 15
#define BOX_WIDTH 20
#define BOX_HEIGHT 16
#define FIRST_FRAME 4
#define N_FRAMES 5

typedef struct
{
  BagSession *session;
  GtkWidget *window;
  GtkWidget *view;
  BagTestShot shot;
} Fixture;

/* An L with a hole, in voxels of the box. */
static gboolean
is_marked (int x, int y, int frame)
{
  int column = x - frame;
  gboolean is_in = column >= 3 && column < 9 && y >= 3 && y < 12;
  gboolean is_foot = column >= 9 && column < 13 && y >= 9 && y < 12;

  return (is_in || is_foot) && !(column >= 5 && column < 7 && y >= 5 && y < 8);
}

static GBytes *
pack (void)
{
  const gsize n_bits = BOX_WIDTH * BOX_HEIGHT * N_FRAMES;
  guint8 *bits = g_malloc0 (n_bits / 8);

  for (guint i = 0; i < n_bits; i++)
    if (is_marked ((int) (i % BOX_WIDTH), (int) (i / BOX_WIDTH % BOX_HEIGHT), (int) (i / BOX_WIDTH / BOX_HEIGHT)))
      bits[i / 8] |= (guint8) (1u << i % 8);

  return g_bytes_new_take (bits, n_bits / 8);
}

static void
open_bag (Fixture *fixture, BagThreatFlag flag, double slice_step)
{
  const BagTestVolume volume = { 64, 48, 20, 2, 1, slice_step };
  const double base[] = { BOX_X, BOX_Y, FIRST_FRAME }, extents[] = { BOX_WIDTH, BOX_HEIGHT, N_FRAMES };
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportPlace *place = bag_test_report_place (bag_test_report_add (report, flag, "EXPLOSIVE", 0.91), base, extents);
  BagScan *scan = bag_test_scan_new (&volume, "BAG");

  place->flags |= BAG_REPORT_PLACE_HAS_MASK;
  place->mask = pack ();
  bag_report_attach (report, scan);
  g_ptr_array_add (scans, scan);
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == scan && bag_session_is_exact (fixture->session));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = bag_session_new (0);
  fixture->view = bag_slice_view_new ();
  gtk_widget_set_size_request (fixture->view, VIEW_SIZE, VIEW_SIZE);
  bag_slice_view_set_session (BAG_SLICE_VIEW (fixture->view), fixture->session);
  fixture->window = bag_test_show (fixture->view, VIEW_SIZE, VIEW_SIZE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bag_test_shot_clear (&fixture->shot);
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  bag_test_wait_until (fixture->view == NULL);
  bag_session_close (fixture->session);
  g_assert_finalize_object (fixture->session);
}

static guint32
get_color (BagThreatFlag flag)
{
  return bag_test_pixel_of (&bag_alarm_style_get (flag)->color);
}

/* Left, top, right and bottom of a voxel of the box, on the screen. */
static void
get_voxel (Fixture *fixture, int x, int y, double rect[4])
{
  BagSliceTransform transform;

  bag_viewport_get_transform (&BAG_SLICE_VIEW (fixture->view)->viewport, &transform);
  rect[0] = transform.x + (BOX_X + x) * transform.scale_x;
  rect[1] = transform.y + (BOX_Y + y) * transform.scale_y;
  rect[2] = rect[0] + transform.scale_x;
  rect[3] = rect[1] + transform.scale_y;
}

/* Not one pixel that lies wholly on a marked voxel is drawn over. */
static void
check_uncovered (Fixture *fixture, int frame)
{
  for (int y = 0; y < BOX_HEIGHT; y++)
    for (int x = 0; x < BOX_WIDTH; x++)
      {
        double rect[4];

        get_voxel (fixture, x, y, rect);
        for (double row = ceil (rect[1]); is_marked (x, y, frame) && row + 1 <= floor (rect[3]); row++)
          for (double column = ceil (rect[0]); column + 1 <= floor (rect[2]); column++)
            g_assert_cmphex (bag_test_shot_get_pixel (&fixture->shot, column + 0.5, row + 0.5), ==, 0);
      }
}

/* The line is beside each marked voxel that has an unmarked neighbour, and nowhere else. */
static void
check_line (Fixture *fixture, int frame, guint32 color)
{
  for (int y = 0; y < BOX_HEIGHT; y++)
    for (int x = 0; x < BOX_WIDTH; x++)
      {
        double rect[4];

        get_voxel (fixture, x, y, rect);
        if (is_marked (x, y, frame))
          continue;
        g_assert_cmpint (bag_test_shot_get_pixel (&fixture->shot, rect[0] + 1.5, (rect[1] + rect[3]) / 2) == color, ==, is_marked (x - 1, y, frame));
        g_assert_cmpint (bag_test_shot_get_pixel (&fixture->shot, rect[2] - 1.5, (rect[1] + rect[3]) / 2) == color, ==, is_marked (x + 1, y, frame));
        g_assert_cmpint (bag_test_shot_get_pixel (&fixture->shot, (rect[0] + rect[2]) / 2, rect[1] + 1.5) == color, ==, is_marked (x, y - 1, frame));
        g_assert_cmpint (bag_test_shot_get_pixel (&fixture->shot, (rect[0] + rect[2]) / 2, rect[3] - 1.5) == color, ==, is_marked (x, y + 1, frame));
      }
}

/* At eight pixels a voxel, on whole pixels; for both ways that a file may store its slices. */
static void
test_outline (Fixture *fixture, gconstpointer data)
{
  const double steps[] = { 2, -2 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      open_bag (fixture, BAG_THREAT_FLAG_HIGH_THREAT, steps[i]);
      bag_slice_view_set_zoom (BAG_SLICE_VIEW (fixture->view), 8);
      bag_slice_view_pan_to (BAG_SLICE_VIEW (fixture->view), BOX_X + BOX_WIDTH / 2, BOX_Y + BOX_HEIGHT / 2);
      for (int frame = 0; frame < N_FRAMES; frame++)
        {
          guint stored = FIRST_FRAME + (guint) frame;

          bag_session_set_slice_index (fixture->session, steps[i] < 0 ? 19 - stored : stored);
          bag_test_wait_until (bag_session_is_exact (fixture->session));
          bag_test_shot_take (&fixture->shot, fixture->view);
          check_uncovered (fixture, frame);
          check_line (fixture, frame, get_color (BAG_THREAT_FLAG_HIGH_THREAT));
        }
    }
}

/* At any zoom: what is marked stays to be seen, in each colour. */
static void
test_uncovered (Fixture *fixture, gconstpointer data)
{
  const double zooms[] = { 1, 3.7, 5, 11.3 };

  for (guint flag = 0; flag < BAG_N_THREAT_FLAGS; flag++)
    {
      open_bag (fixture, (BagThreatFlag) flag, 2);
      bag_session_set_slice_index (fixture->session, FIRST_FRAME);
      bag_test_wait_until (bag_session_is_exact (fixture->session));
      for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
        {
          bag_slice_view_set_zoom (BAG_SLICE_VIEW (fixture->view), zooms[i]);
          bag_slice_view_pan_to (BAG_SLICE_VIEW (fixture->view), BOX_X + BOX_WIDTH / 2 - 0.3, BOX_Y + BOX_HEIGHT / 2 + 0.2);
          bag_test_shot_take (&fixture->shot, fixture->view);
          check_uncovered (fixture, 0);
        }
    }
}

#define ADD(name, func) g_test_add ("/alarm-mask/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      ADD ("outline", test_outline);
      ADD ("uncovered", test_uncovered);
    }

  return g_test_run ();
}
