/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-cell"

#include "config.h"

#include "widgets/bag-pool-cell.h"

#include <glib/gi18n.h>

/*
 * Each state has a shape of its own, so that it can be told from the others without
 * colour: free is an empty frame, filling is hatched, ready is solid, shown is solid in a
 * thick frame with a dot, quarantined is crossed out. A cell that stands for several slots
 * has the shape of the most telling of them, and is filled as high as slots are in use.
 *
 * All cells of one state are one path for each thing drawn: thousands cost little more
 * than one.
 */

/* Below these the fine strokes run together and give way to plainer shapes. */
#define LEAST_THICK_SIZE 5
#define LEAST_HATCH_SIZE 8
#define LEAST_CROSS_SIZE 10 /* for a cross within a frame */
#define LEAST_DOT_SIZE 10

/* Cells of one state and one size. */
typedef struct
{
  cairo_t *cr;
  const BagPoolCell *cells;
  guint n_cells;
  int size;
} Group;

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

static gboolean
is_full (const BagPoolCell *cell)
{
  return cell->n_in_use >= cell->n_slots;
}

/* Of a cell that is not full: in pixels from the lower edge of the inside up. Slots that are
 * neither all in use nor all free look neither full nor empty. */
static int
get_level (const BagPoolCell *cell, int size)
{
  int inside = size - 2;

  if (cell->n_in_use == 0)
    return 0;

  return CLAMP ((int) ((guint64) inside * cell->n_in_use / cell->n_slots), 1, MAX (inside - 1, 1));
}

static void
fill_path (const Group *group, const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (group->cr, color);
  cairo_fill (group->cr);
}

static void
stroke_path (const Group *group, const GdkRGBA *color, double width)
{
  gdk_cairo_set_source_rgba (group->cr, color);
  cairo_set_line_width (group->cr, width);
  cairo_stroke (group->cr);
}

/* What a cell is full of: its whole square, or a part of its inside. */
static void
fill_levels (const Group *group, const GdkRGBA *color)
{
  int size = group->size;

  for (guint i = 0; i < group->n_cells; i++)
    {
      const BagPoolCell *cell = &group->cells[i];
      int level = get_level (cell, size);

      if (is_full (cell))
        cairo_rectangle (group->cr, cell->x, cell->y, size, size);
      else if (level > 0)
        cairo_rectangle (group->cr, cell->x + 1, cell->y + size - 1 - level, size - 2, level);
    }
  fill_path (group, color);
}

/* Under strokes that say more a level is only a breath; one slot alone needs none. */
static void
tint_levels (const Group *group, const GdkRGBA *color)
{
  GdkRGBA tint = *color;

  tint.alpha *= 0.2f;
  if (group->cells[0].n_slots > 1)
    fill_levels (group, &tint);
}

static gboolean
has_frame (const BagPoolCell *cell)
{
  return cell->state != BAG_SLOT_READY || !is_full (cell);
}

/* Inside the square, as four edges of whole pixels. */
static void
draw_frames (const Group *group, const GdkRGBA *color, int width)
{
  int inside = group->size - 2 * width;

  for (guint i = 0; i < group->n_cells; i++)
    {
      const BagPoolCell *cell = &group->cells[i];

      if (!has_frame (cell))
        continue;
      cairo_rectangle (group->cr, cell->x, cell->y, group->size, width);
      cairo_rectangle (group->cr, cell->x, cell->y + width, width, inside);
      cairo_rectangle (group->cr, cell->x + group->size - width, cell->y + width, width, inside);
      cairo_rectangle (group->cr, cell->x, cell->y + group->size - width, group->size, width);
    }
  fill_path (group, color);
}

/* Three strokes from the lower left to the upper right. */
static void
add_hatch (cairo_t *cr, double x, double y, int size)
{
  double inside = size - 2;

  for (guint i = 1; i < 6; i += 2)
    {
      double along = inside * 2 * i / 6;
      double over = MAX (along - inside, 0);

      cairo_move_to (cr, x + 1 + over, y + 1 + along - over);
      cairo_line_to (cr, x + 1 + along - over, y + 1 + over);
    }
}

static void
add_triangle (cairo_t *cr, double x, double y, int size)
{
  cairo_move_to (cr, x, y + size);
  cairo_line_to (cr, x + size, y + size);
  cairo_line_to (cr, x + size, y);
  cairo_close_path (cr);
}

static void
draw_filling (const Group *group, const BagPoolCellColors *colors)
{
  gboolean has_room = group->size >= LEAST_HATCH_SIZE;

  tint_levels (group, &colors->foreground);
  draw_frames (group, &colors->foreground, 1);
  for (guint i = 0; i < group->n_cells; i++)
    (has_room ? add_hatch : add_triangle) (group->cr, group->cells[i].x, group->cells[i].y, group->size);
  if (has_room)
    stroke_path (group, &colors->foreground, 1.25);
  else
    fill_path (group, &colors->foreground);
}

static void
add_dot (cairo_t *cr, double x, double y, int size)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + size / 2.0, y + size / 2.0, size / 7.0, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* The thick frame stays at any size: it is what one looks for. */
static void
draw_shown (const Group *group, const BagPoolCellColors *colors)
{
  fill_levels (group, &colors->shown);
  draw_frames (group, &colors->foreground, group->size < LEAST_THICK_SIZE ? 1 : 2);
  for (guint i = 0; group->size >= LEAST_DOT_SIZE && i < group->n_cells; i++)
    add_dot (group->cr, group->cells[i].x, group->cells[i].y, group->size);
  fill_path (group, &colors->foreground);
}

static void
add_cross (cairo_t *cr, double x, double y, int size)
{
  double inset = size < LEAST_CROSS_SIZE ? 0 : size / 4.0;

  cairo_move_to (cr, x + inset, y + inset);
  cairo_line_to (cr, x + size - inset, y + size - inset);
  cairo_move_to (cr, x + inset, y + size - inset);
  cairo_line_to (cr, x + size - inset, y + inset);
}

static void
draw_quarantined (const Group *group, const BagPoolCellColors *colors)
{
  gboolean has_room = group->size >= LEAST_CROSS_SIZE;

  tint_levels (group, &colors->quarantined);
  if (has_room)
    draw_frames (group, &colors->quarantined, 1);
  for (guint i = 0; i < group->n_cells; i++)
    add_cross (group->cr, group->cells[i].x, group->cells[i].y, group->size);
  stroke_path (group, &colors->quarantined, has_room ? 1.5 : 1);
}

static void
draw_group (const Group *group, const BagPoolCellColors *colors, BagSlotState state)
{
  switch (state)
    {
    case BAG_SLOT_FREE:
      draw_frames (group, &colors->outline, 1);
      break;
    case BAG_SLOT_FILLING:
      draw_filling (group, colors);
      break;
    case BAG_SLOT_READY:
      fill_levels (group, &colors->ready);
      draw_frames (group, &colors->outline, 1);
      break;
    case BAG_SLOT_SHOWN:
      draw_shown (group, colors);
      break;
    case BAG_SLOT_QUARANTINED:
      draw_quarantined (group, colors);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_pool_cell_draw:
 * @cells: (array length=n_cells): squares that do not overlap; @x and @y are whole pixels
 * @size: of each square, in pixels; at least 3
 */
void
bag_pool_cell_draw (cairo_t *cr, const BagPoolCellColors *colors, const BagPoolCell *cells, guint n_cells, int size)
{
  g_autofree BagPoolCell *same = g_new (BagPoolCell, n_cells);
  Group group = { .cr = cr, .cells = same, .size = size };

  for (guint state = 0; state < BAG_N_SLOT_STATES; state++)
    {
      group.n_cells = 0;
      for (guint i = 0; i < n_cells; i++)
        if (cells[i].state == (BagSlotState) state)
          same[group.n_cells++] = cells[i];
      if (group.n_cells > 0)
        draw_group (&group, colors, (BagSlotState) state);
    }
}

/**
 * bag_pool_cell_draw_state:
 *
 * Draws the cell of one slot in @state at 0,0.
 */
void
bag_pool_cell_draw_state (cairo_t *cr, const BagPoolCellColors *colors, BagSlotState state, int size)
{
  BagPoolCell cell = { .state = state, .n_slots = 1, .n_in_use = state == BAG_SLOT_FREE ? 0 : 1 };

  bag_pool_cell_draw (cr, colors, &cell, 1, size);
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
