/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-cell"

#include "config.h"

#include "widgets/bag-pool-cell.h"

#include <glib/gi18n.h>

/*
 * One cell for one slot. Each state has a shape of its own, so that it can be told
 * from the others without colour: free is an empty frame, filling is hatched, ready is
 * solid, shown is solid in a thick frame with a dot, quarantined is crossed out.
 */

/* Below this the fine strokes run together and give way to plainer shapes. */
#define FINE_SIZE 8.0

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * (double) color->red + 0.7152 * (double) color->green + 0.0722 * (double) color->blue;
}

/**
 * bag_pool_cell_colors_init:
 * @foreground: the text colour, which tells a light theme from a dark one
 *
 * What each state is drawn with stands out against the background of either theme by
 * more than 3 to 1 (WCAG 2.1, success criterion 1.4.11); of a shown slot that is its
 * frame, and its dot against the fill.
 */
void
bag_pool_cell_colors_init (BagPoolCellColors *self, const GdkRGBA *foreground)
{
  gboolean is_dark = get_luminance (foreground) > 0.5;

  self->foreground = *foreground;
  self->outline = *foreground;
  self->outline.alpha *= 0.5f;
  gdk_rgba_parse (&self->ready, is_dark ? "#5f9be0" : "#2a6fc4");
  gdk_rgba_parse (&self->shown, is_dark ? "#b85500" : "#ffb454");
  gdk_rgba_parse (&self->quarantined, is_dark ? "#ff8a75" : "#b3141f");
}

static void
stroke_frame (cairo_t *cr, const GdkRGBA *color, double x, double y, double size, double width)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_rectangle (cr, x + width / 2, y + width / 2, size - width, size - width);
  cairo_stroke (cr);
}

static void
fill (cairo_t *cr, const GdkRGBA *color, double x, double y, double size)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);
}

/* Three strokes from the lower left to the upper right; a triangle where there is no room. */
static void
draw_filling (cairo_t *cr, const BagPoolCellColors *colors, double x, double y, double size)
{
  double inner = size - 2;

  stroke_frame (cr, &colors->foreground, x, y, size, 1);
  gdk_cairo_set_source_rgba (cr, &colors->foreground);
  if (size < FINE_SIZE)
    {
      cairo_move_to (cr, x, y + size);
      cairo_line_to (cr, x + size, y + size);
      cairo_line_to (cr, x + size, y);
      cairo_fill (cr);
      return;
    }

  cairo_set_line_width (cr, 1.25);
  for (guint i = 1; i < 6; i += 2)
    {
      double along = inner * 2 * i / 6;
      double over = MAX (along - inner, 0);

      cairo_move_to (cr, x + 1 + over, y + 1 + along - over);
      cairo_line_to (cr, x + 1 + along - over, y + 1 + over);
    }
  cairo_stroke (cr);
}

static void
draw_shown (cairo_t *cr, const BagPoolCellColors *colors, double x, double y, double size)
{
  fill (cr, &colors->shown, x, y, size);
  if (size < FINE_SIZE)
    {
      stroke_frame (cr, &colors->foreground, x, y, size, 1);
      return;
    }

  stroke_frame (cr, &colors->foreground, x, y, size, 2);
  gdk_cairo_set_source_rgba (cr, &colors->foreground);
  cairo_arc (cr, x + size / 2, y + size / 2, size / 7, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_quarantined (cairo_t *cr, const BagPoolCellColors *colors, double x, double y, double size)
{
  double inset = size < FINE_SIZE ? 0 : size / 4;

  if (size >= FINE_SIZE)
    stroke_frame (cr, &colors->quarantined, x, y, size, 1);
  gdk_cairo_set_source_rgba (cr, &colors->quarantined);
  cairo_set_line_width (cr, size < FINE_SIZE ? 1 : 1.5);
  cairo_move_to (cr, x + inset, y + inset);
  cairo_line_to (cr, x + size - inset, y + size - inset);
  cairo_move_to (cr, x + inset, y + size - inset);
  cairo_line_to (cr, x + size - inset, y + inset);
  cairo_stroke (cr);
}

/**
 * bag_pool_cell_draw:
 * @x, @y: upper left corner, in whole pixels
 * @size: of the square, in pixels; at least 3
 */
void
bag_pool_cell_draw (cairo_t *cr, const BagPoolCellColors *colors, BagSlotState state, double x, double y, double size)
{
  switch (state)
    {
    case BAG_SLOT_FREE:
      stroke_frame (cr, &colors->outline, x, y, size, 1);
      break;
    case BAG_SLOT_FILLING:
      draw_filling (cr, colors, x, y, size);
      break;
    case BAG_SLOT_READY:
      fill (cr, &colors->ready, x, y, size);
      break;
    case BAG_SLOT_SHOWN:
      draw_shown (cr, colors, x, y, size);
      break;
    case BAG_SLOT_QUARANTINED:
      draw_quarantined (cr, colors, x, y, size);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_pool_cell_get_label:
 *
 * Returns: (transfer none): the translated name of @state
 */
const char *
bag_pool_cell_get_label (BagSlotState state)
{
  switch (state)
    {
    case BAG_SLOT_FREE:
      return _ ("free");
    case BAG_SLOT_FILLING:
      return _ ("filling");
    case BAG_SLOT_READY:
      return _ ("ready");
    case BAG_SLOT_SHOWN:
      return _ ("shown");
    case BAG_SLOT_QUARANTINED:
      return _ ("quarantined");
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_pool_cell_get_help:
 *
 * Returns: (transfer none): what @state means, in the operator's words
 */
const char *
bag_pool_cell_get_help (BagSlotState state)
{
  switch (state)
    {
    case BAG_SLOT_FREE:
      return _ ("Holds nothing and can take a slice");
    case BAG_SLOT_FILLING:
      return _ ("A slice is being read into it");
    case BAG_SLOT_READY:
      return _ ("Holds a slice that can be shown at once");
    case BAG_SLOT_SHOWN:
      return _ ("Holds the slice on screen");
    case BAG_SLOT_QUARANTINED:
      return _ ("Set aside until somebody who still uses its memory has let go of it");
    default:
      g_assert_not_reached ();
    }
}
