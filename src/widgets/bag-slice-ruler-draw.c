/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-ruler-private.h"

#include "widgets/bag-ruler-scale.h"

#include <math.h>

/* How the ruler looks. States differ by width as well as by colour: a hairline
 * for what is not there, half a strip for what is coming, the whole strip for
 * what is ready, and a failure juts out. A line beside them runs along what was
 * seen. Where slices are missing the strip is cut through; a slice in the place
 * of the one before it has a dot. */

#define STRIP_LEFT 36.0f
#define STRIP_WIDTH 12.0f
#define FAILURE_WIDTH (STRIP_WIDTH + 4)
#define SEEN_LEFT (STRIP_LEFT + FAILURE_WIDTH + 2)
#define SEEN_WIDTH 3.0f
#define END_MARGIN 10.0 /* so that the mark of the first and last slice is whole */
#define TICK_DISTANCE 44.0
#define MARK_HEIGHT 20.0f

/* What slices from @first up to but without @end, which share a pixel, are as one. */
typedef guint (*CellFunc) (BagSliceRuler *self, guint first, guint end);
typedef void (*RunFunc) (BagSliceRuler *self, GtkSnapshot *snapshot, guint value, float top, float bottom);

static const GdkRGBA accent = { 0.208f, 0.518f, 0.894f, 1 };
#define GAP_LEFT (STRIP_LEFT - 4)
#define GAP_WIDTH (FAILURE_WIDTH + 4)
#define DOT_LEFT (SEEN_LEFT + SEEN_WIDTH)
#define DOT_SIZE 3.0f

static const GdkRGBA odd = { 0.9f, 0.45f, 0, 1 };
static const GdkRGBA failure = { 0.93f, 0.2f, 0.23f, 1 };

static double
bag_slice_ruler_get_length (BagSliceRuler *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - 2 * END_MARGIN, 1);
}

/* The middle of a slice, in the widget. */
static double
bag_slice_ruler_get_middle (BagSliceRuler *self,
                            guint index)
{
  double length = bag_slice_ruler_get_length (self);

  return END_MARGIN + bag_ruler_scale_get_y (self->n_slices, length, index) + length / self->n_slices / 2;
}

/* The slice at @y; the nearest one for a place beside the strip. */
guint
bag_slice_ruler_get_index_at (BagSliceRuler *self,
                              double y)
{
  return bag_ruler_scale_get_index (self->n_slices, bag_slice_ruler_get_length (self), y - END_MARGIN);
}

/* The row of a slice, at least a pixel high. */
void
bag_slice_ruler_get_area (BagSliceRuler *self,
                          guint index,
                          GdkRectangle *area)
{
  double length = bag_slice_ruler_get_length (self);
  double top = END_MARGIN + bag_ruler_scale_get_y (self->n_slices, length, index);

  area->x = 0;
  area->y = (int) top;
  area->width = gtk_widget_get_width (GTK_WIDGET (self));
  area->height = MAX ((int) (top + length / self->n_slices) - area->y, 1);
}

/* The colour of text in this theme. */
static void
get_ink (GtkWidget *widget,
         float alpha,
         GdkRGBA *ink)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ink);
  ink->alpha *= alpha;
}

/* One run of slices in the same state, from @top to @bottom. */
static void
bag_slice_ruler_append_state (BagSliceRuler *self,
                              GtkSnapshot *snapshot,
                              guint state,
                              float top,
                              float bottom)
{
  float width = STRIP_WIDTH;
  GdkRGBA color;

  switch ((BagSliceState) state)
    {
    case BAG_SLICE_STATE_READY:
      get_ink (GTK_WIDGET (self), 0.5f, &color);
      break;
    case BAG_SLICE_STATE_LOADING:
      color = accent;
      width = STRIP_WIDTH / 2;
      break;
    case BAG_SLICE_STATE_FAILED:
      color = failure;
      width = FAILURE_WIDTH;
      bottom = MAX (bottom, top + 2);
      break;
    case BAG_SLICE_STATE_ABSENT:
    default:
      get_ink (GTK_WIDGET (self), 0.4f, &color);
      width = 2;
      break;
    }

  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (STRIP_LEFT, top, width, bottom - top));
}

static void
bag_slice_ruler_append_seen (BagSliceRuler *self,
                             GtkSnapshot *snapshot,
                             guint is_seen,
                             float top,
                             float bottom)
{
  GdkRGBA ink;

  if (!is_seen)
    return;

  get_ink (GTK_WIDGET (self), 0.85f, &ink);
  gtk_snapshot_append_color (snapshot, &ink, &GRAPHENE_RECT_INIT (SEEN_LEFT, top, SEEN_WIDTH, bottom - top));
}

static guint
bag_slice_ruler_get_state (BagSliceRuler *self,
                           guint first,
                           guint end)
{
  return bag_ruler_scale_get_worst (self->states, first, end);
}

static guint
bag_slice_ruler_is_seen (BagSliceRuler *self,
                         guint first,
                         guint end)
{
  return bag_ruler_scale_is_all_seen (self->seen, first, end);
}

/* Slices that share a pixel of the screen are one cell, and cells alike one run. */
static void
bag_slice_ruler_snapshot_runs (BagSliceRuler *self,
                               GtkSnapshot *snapshot,
                               CellFunc get_value,
                               RunFunc append_run)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double length = bag_slice_ruler_get_length (self) * scale;
  guint n_cells = MIN (self->n_slices, (guint) length);
  guint value = 0;
  double start = 0;

  for (guint cell = 0; cell <= n_cells; cell++)
    {
      double y = round (length * cell / n_cells) / scale;
      guint first = (guint) ((guint64) self->n_slices * cell / n_cells);
      guint end = (guint) ((guint64) self->n_slices * (cell + 1) / n_cells);
      guint next = cell < n_cells ? get_value (self, first, end) : value;

      if (cell > 0 && (next != value || cell == n_cells))
        {
          append_run (self, snapshot, value, (float) (END_MARGIN + start), (float) (END_MARGIN + y));
          start = y;
        }
      value = next;
    }
}

static void
bag_slice_ruler_append_number (BagSliceRuler *self,
                               GtkSnapshot *snapshot,
                               guint number,
                               double y,
                               const GdkRGBA *color)
{
  char text[16];
  int width, height;

  g_snprintf (text, sizeof text, "%u", number);
  pango_layout_set_text (self->text, text, -1);
  pango_layout_get_pixel_size (self->text, &width, &height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (STRIP_LEFT - 8 - (float) width, (float) round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, self->text, color);
  gtk_snapshot_restore (snapshot);
}

static void
bag_slice_ruler_append_tick (BagSliceRuler *self,
                             GtkSnapshot *snapshot,
                             guint index)
{
  double y = bag_slice_ruler_get_middle (self, index);
  double mark = bag_slice_ruler_get_middle (self, self->index);
  GdkRGBA ink;

  get_ink (GTK_WIDGET (self), 0.7f, &ink);
  gtk_snapshot_append_color (snapshot, &ink, &GRAPHENE_RECT_INIT (STRIP_LEFT - 5, (float) floor (y), 4, 1));
  if (fabs (y - mark) >= MARK_HEIGHT)
    bag_slice_ruler_append_number (self, snapshot, index + 1, y, &ink);
}

/* The first slice, round numbers, and the last slice where it has room. */
static void
bag_slice_ruler_snapshot_ticks (BagSliceRuler *self,
                                GtkSnapshot *snapshot)
{
  double length = bag_slice_ruler_get_length (self);
  guint step = bag_ruler_scale_get_step (self->n_slices, length, TICK_DISTANCE);
  double per_slice = length / self->n_slices;

  bag_slice_ruler_append_tick (self, snapshot, 0);
  for (guint number = step; number < self->n_slices; number += step)
    if (number > 1 && (self->n_slices - number) * per_slice >= TICK_DISTANCE / 2 && (number - 1) * per_slice >= TICK_DISTANCE / 2)
      bag_slice_ruler_append_tick (self, snapshot, number - 1);
  if (self->n_slices > 1)
    bag_slice_ruler_append_tick (self, snapshot, self->n_slices - 1);
}

static void
bag_slice_ruler_snapshot_mark (BagSliceRuler *self,
                               GtkSnapshot *snapshot)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  double y = bag_slice_ruler_get_middle (self, self->index);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (0, (float) round (y) - MARK_HEIGHT / 2, STRIP_LEFT - 4, MARK_HEIGHT),
                                   4);
  gtk_snapshot_append_color (snapshot, &accent, &GRAPHENE_RECT_INIT (STRIP_LEFT - 6, (float) round (y) - 1, STRIP_WIDTH + 8, 3));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &accent, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  bag_slice_ruler_append_number (self, snapshot, self->index + 1, y, &white);
}

/* A cut between two slices, so that neither is taken for the missing one. */
static void
bag_slice_ruler_append_gap (BagSliceRuler *self,
                            GtkSnapshot *snapshot,
                            guint index)
{
  float y = (float) round (END_MARGIN + bag_ruler_scale_get_y (self->n_slices, bag_slice_ruler_get_length (self), index));

  gtk_snapshot_append_color (snapshot, &odd, &GRAPHENE_RECT_INIT (GAP_LEFT, y - 1, GAP_WIDTH, 2));
}

static void
bag_slice_ruler_append_dot (BagSliceRuler *self,
                            GtkSnapshot *snapshot,
                            guint index)
{
  float y = (float) round (bag_slice_ruler_get_middle (self, index));

  gtk_snapshot_append_color (snapshot, &odd, &GRAPHENE_RECT_INIT (DOT_LEFT, y - DOT_SIZE / 2, DOT_SIZE, DOT_SIZE));
}

static void
bag_slice_ruler_snapshot_marks (BagSliceRuler *self,
                                GtkSnapshot *snapshot)
{
  BagScan *scan = bag_session_get_scan (self->session);

  for (guint index = 0; scan != NULL && index < self->n_slices; index++)
    {
      BagSliceMarks marks = bag_scan_get_marks (scan, index);

      if ((marks & BAG_SLICE_MARK_GAP_BEFORE) != 0)
        bag_slice_ruler_append_gap (self, snapshot, index);
      if ((marks & BAG_SLICE_MARK_DUPLICATE) != 0)
        bag_slice_ruler_append_dot (self, snapshot, index);
    }
}

/* The numbers and the mark stay as they are while slices are loaded: they are put together
 * once, so that a frame with new states costs little more than any other. */
static void
bag_slice_ruler_snapshot_scale (BagSliceRuler *self,
                                GtkSnapshot *snapshot)
{
  if (self->scale == NULL)
    {
      GtkSnapshot *scale = gtk_snapshot_new ();

      bag_slice_ruler_snapshot_ticks (self, scale);
      bag_slice_ruler_snapshot_marks (self, scale);
      bag_slice_ruler_snapshot_mark (self, scale);
      self->scale = gtk_snapshot_free_to_node (scale);
    }

  gtk_snapshot_append_node (snapshot, self->scale);
}

/* To be called when the slice looked at, the scan, the size or the style is another. */
void
bag_slice_ruler_scale_changed (BagSliceRuler *self)
{
  g_clear_pointer (&self->scale, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bag_slice_ruler_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  BagSliceRuler *self = BAG_SLICE_RULER (widget);

  if (self->n_slices == 0 || gtk_widget_get_height (widget) < 2 * END_MARGIN)
    return;

  bag_slice_ruler_read_changed (self);
  bag_slice_ruler_snapshot_runs (self, snapshot, bag_slice_ruler_get_state, bag_slice_ruler_append_state);
  bag_slice_ruler_snapshot_runs (self, snapshot, bag_slice_ruler_is_seen, bag_slice_ruler_append_seen);
  bag_slice_ruler_snapshot_scale (self, snapshot);
}
