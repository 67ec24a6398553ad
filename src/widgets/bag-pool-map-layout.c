/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-map-layout"

#include "config.h"

#include "widgets/bag-pool-map-layout.h"

/*
 * The cells are as large as fit into a calm block, row by row. With more slots than MAX_CELLS
 * a cell stands for several, a round number of them, so that people can reckon with it. That
 * number hangs on the slots alone: a cell means the same at any width of the window.
 */

#define PREFERRED_HEIGHT 168
#define MAX_PITCH 20
#define MIN_PITCH 6        /* cells of 5 pixels */
#define MIN_TUNED_PITCH 10 /* below, size is worth more than a straight edge */
#define MAX_CELLS 720      /* what fits at MIN_PITCH into the least width that the map asks for */
#define PAGES 4            /* Page Down goes through the map in so many */

static const guint round_numbers[] = { 1, 2, 4, 5 };

static guint
count_cells (guint n_slots, guint slots_per_cell)
{
  return n_slots / slots_per_cell + (n_slots % slots_per_cell > 0 ? 1 : 0);
}

/* The least of 1, 2, 4, 5, 10, 20, 40, 50, 100 ... with which there are not too many cells.
 * G_MAXUINT slots are 720 cells of ten million at most: nothing overflows. */
static guint
get_slots_per_cell (guint n_slots)
{
  guint least = count_cells (n_slots, MAX_CELLS);

  for (guint power = 1;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (round_numbers); i++)
      if (round_numbers[i] * power >= least)
        return round_numbers[i] * power;
}

static int
get_gap (int pitch)
{
  return pitch >= 10 ? 2 : 1;
}

static guint
get_n_columns (int width, int pitch)
{
  return (guint) MAX ((width + get_gap (pitch)) / pitch, 1);
}

static int
get_height (guint n_cells, int width, int pitch)
{
  return (int) count_cells (n_cells, get_n_columns (width, pitch)) * pitch;
}

/* The largest with which all cells fit, or one a little smaller with which the rows end
 * nearer to the right edge. */
static int
get_pitch (guint n_cells, int width)
{
  int pitch = MAX_PITCH;
  int best = 0;

  while (pitch > MIN_PITCH && get_height (n_cells, width, pitch) > PREFERRED_HEIGHT)
    pitch--;

  best = pitch;
  for (int p = pitch - 1; p >= MAX (pitch - 4, MIN_TUNED_PITCH); p--)
    if ((width + get_gap (p)) % p < (width + get_gap (best)) % best)
      best = p;

  return best;
}

/**
 * bag_pool_map_layout_init:
 * @n_slots: of the pool
 * @width: of the map; below one cell there is still one column
 */
void
bag_pool_map_layout_init (BagPoolMapLayout *self, guint n_slots, int width)
{
  width = MAX (width, 0);
  self->n_slots = n_slots;
  self->slots_per_cell = get_slots_per_cell (n_slots);
  self->n_cells = count_cells (n_slots, self->slots_per_cell);
  self->pitch = get_pitch (self->n_cells, width);
  self->gap = get_gap (self->pitch);
  self->n_columns = get_n_columns (width, self->pitch);
  self->n_rows = count_cells (self->n_cells, self->n_columns);
}

/**
 * bag_pool_map_layout_get_cell_size:
 *
 * Returns: width and height of a cell, without the gap
 */
int
bag_pool_map_layout_get_cell_size (const BagPoolMapLayout *self)
{
  return self->pitch - self->gap;
}

/**
 * bag_pool_map_layout_get_height:
 *
 * Returns: of the rows; that of one large cell at least, so that an empty map has a place
 */
int
bag_pool_map_layout_get_height (const BagPoolMapLayout *self)
{
  return MAX ((int) self->n_rows * self->pitch, MAX_PITCH);
}

int
bag_pool_map_layout_get_x (const BagPoolMapLayout *self, guint cell)
{
  return (int) (cell % self->n_columns) * self->pitch;
}

int
bag_pool_map_layout_get_y (const BagPoolMapLayout *self, guint cell)
{
  return (int) (cell / self->n_columns) * self->pitch;
}

/**
 * bag_pool_map_layout_get_cell_at:
 *
 * The gap right of a cell and below it belongs to the cell.
 *
 * Returns: the cell at a place, or G_MAXUINT
 */
guint
bag_pool_map_layout_get_cell_at (const BagPoolMapLayout *self, double x, double y)
{
  double column = x / self->pitch;
  double row = y / self->pitch;
  guint cell = 0;

  if (!(column >= 0 && row >= 0 && column < self->n_columns && row < self->n_rows))
    return G_MAXUINT;

  cell = (guint) row * self->n_columns + (guint) column;

  return cell < self->n_cells ? cell : G_MAXUINT;
}

guint
bag_pool_map_layout_get_first_slot (const BagPoolMapLayout *self, guint cell)
{
  return cell * self->slots_per_cell;
}

/**
 * bag_pool_map_layout_get_length:
 *
 * Returns: for how many slots @cell stands; the last one may have fewer
 */
guint
bag_pool_map_layout_get_length (const BagPoolMapLayout *self, guint cell)
{
  return MIN (self->slots_per_cell, self->n_slots - bag_pool_map_layout_get_first_slot (self, cell));
}

/* Stays in its column; a column that the last row does not reach ends in the row's last cell. */
static guint
move_by_rows (const BagPoolMapLayout *self, guint cell, int n_rows)
{
  guint column = cell % self->n_columns;
  int row = CLAMP ((int) (cell / self->n_columns) + n_rows, 0, (int) self->n_rows - 1);

  return MIN ((guint) row * self->n_columns + column, self->n_cells - 1);
}

/**
 * bag_pool_map_layout_move:
 * @cell: a cell of the map, which is not empty
 *
 * Nothing leads out of the map: at an edge the cell stays, or the nearest one is taken.
 *
 * Returns: the cell that a key leads to
 */
guint
bag_pool_map_layout_move (const BagPoolMapLayout *self, guint cell, BagPoolMapMove move)
{
  guint last = self->n_cells - 1;
  guint row_start = cell - cell % self->n_columns;
  int page = MAX ((int) self->n_rows / PAGES, 1);

  g_return_val_if_fail (cell < self->n_cells, 0);

  switch (move)
    {
    case BAG_POOL_MAP_MOVE_PREVIOUS:
      return MAX (cell, 1) - 1;
    case BAG_POOL_MAP_MOVE_NEXT:
      return MIN (cell + 1, last);
    case BAG_POOL_MAP_MOVE_UP:
      return move_by_rows (self, cell, -1);
    case BAG_POOL_MAP_MOVE_DOWN:
      return move_by_rows (self, cell, 1);
    case BAG_POOL_MAP_MOVE_ROW_START:
      return row_start;
    case BAG_POOL_MAP_MOVE_ROW_END:
      return MIN (row_start + self->n_columns - 1, last);
    case BAG_POOL_MAP_MOVE_PAGE_UP:
      return move_by_rows (self, cell, -page);
    case BAG_POOL_MAP_MOVE_PAGE_DOWN:
      return move_by_rows (self, cell, page);
    case BAG_POOL_MAP_MOVE_FIRST:
      return 0;
    case BAG_POOL_MAP_MOVE_LAST:
      return last;
    default:
      g_assert_not_reached ();
    }
}
