/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-alarm-outline-draw.h"

/*
 * A thin line around what a mask marks, in the manner of the box's: beside the marked
 * voxels and over none of them. What is marked is cut out of the drawing, so that the
 * half of each stroke that would lie on it is not drawn.
 */

#define BAND 1.0 /* of dark on either side of the line */
#define LINE 1.0
#define DARKNESS 0.55

static void
add_path (cairo_t *cr, const BagAlarmOutline *outline, const BagSliceTransform *transform)
{
  guint i = 0;

  for (guint loop = 0; loop < outline->ends->len; loop++)
    {
      guint end = g_array_index (outline->ends, guint, loop);

      cairo_new_sub_path (cr);
      for (; i < end; i++)
        {
          const BagAlarmCorner *corner = &g_array_index (outline->corners, BagAlarmCorner, i);

          cairo_line_to (cr, transform->x + corner->x * transform->scale_x, transform->y + corner->y * transform->scale_y);
        }
      cairo_close_path (cr);
    }
}

/* By the even-odd rule: the view without what lies inside of the loops. */
static void
clip_to_unmarked (cairo_t *cr, const BagAlarmOutline *outline, const BagSliceTransform *transform, const graphene_rect_t *view)
{
  cairo_new_path (cr);
  cairo_rectangle (cr, view->origin.x, view->origin.y, view->size.width, view->size.height);
  add_path (cr, outline, transform);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
}

/* To @reach pixels from what is marked. */
static void
stroke (cairo_t *cr, double reach)
{
  cairo_set_line_width (cr, 2 * reach);
  cairo_stroke_preserve (cr);
}

/**
 * bag_alarm_outline_draw:
 * @outline: the edge of what is marked
 * @cr: where to draw
 * @style: how the box of the alarm is drawn
 * @transform: where the slice lies
 * @view: what is seen of it
 */
void
bag_alarm_outline_draw (const BagAlarmOutline *outline, cairo_t *cr, const BagAlarmStyle *style, const BagSliceTransform *transform, const graphene_rect_t *view)
{
  g_return_if_fail (outline != NULL && cr != NULL && style != NULL && transform != NULL);

  if (outline->ends->len == 0)
    return;

  cairo_save (cr);
  clip_to_unmarked (cr, outline, transform, view);
  add_path (cr, outline, transform);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_source_rgba (cr, 0, 0, 0, DARKNESS);
  stroke (cr, BAND + LINE + BAND);
  cairo_set_dash (cr, style->dashes, (int) style->n_dashes, 0);
  gdk_cairo_set_source_rgba (cr, &style->color);
  stroke (cr, BAND + LINE);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_source_rgb (cr, 0, 0, 0);
  stroke (cr, BAND);
  cairo_new_path (cr);
  cairo_restore (cr);
}
