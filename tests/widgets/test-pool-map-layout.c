/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-pool-map-layout.h"

typedef struct
{
  guint n_slots, slots_per_cell, n_cells;
} Row;

static const Row rows[] = {
  { 0, 1, 0 },
  { 1, 1, 1 },
  { 8, 1, 8 },
  { 16, 1, 16 },
  { 64, 1, 64 },
  { 600, 1, 600 },
  { 602, 1, 602 },
  { 720, 1, 720 },
  { 721, 2, 361 },
  { 2000, 4, 500 },
  { 3000, 5, 600 },
  { 7200, 10, 720 },
  { 10000, 20, 500 },
  { 65535, 100, 656 },
  { G_MAXUINT, 10000000, 430 },
};

/* Several slots are one cell only where there are too many, and then a round number. */
static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int width = 160; width <= 400; width += 20)
      {
        BagPoolMapLayout layout;

        bag_pool_map_layout_init (&layout, rows[i].n_slots, width);
        g_assert_cmpuint (layout.slots_per_cell, ==, rows[i].slots_per_cell);
        g_assert_cmpuint (layout.n_cells, ==, rows[i].n_cells);
      }
}

/* Each cell is as large as can be told apart, inside the map, and found where it is. */
static void
check_places (const BagPoolMapLayout *layout, int width)
{
  int size = bag_pool_map_layout_get_cell_size (layout);
  int height = bag_pool_map_layout_get_height (layout);

  g_assert_cmpint (size, >=, 5);
  g_assert_cmpint (size, <=, 18);
  g_assert_cmpint (height, <=, 168);
  for (guint cell = 0; cell < layout->n_cells; cell++)
    {
      int x = bag_pool_map_layout_get_x (layout, cell);
      int y = bag_pool_map_layout_get_y (layout, cell);

      g_assert_cmpint (x, >=, 0);
      g_assert_cmpint (y, >=, 0);
      g_assert_cmpint (x + size, <=, width);
      g_assert_cmpint (y + size, <=, height);
      g_assert_cmpuint (bag_pool_map_layout_get_cell_at (layout, x, y), ==, cell);
      g_assert_cmpuint (bag_pool_map_layout_get_cell_at (layout, x + size - 0.25, y + size - 0.25), ==, cell);
    }
}

/* Each slot is in one cell, and cells follow each other without a hole. */
static void
check_slots (const BagPoolMapLayout *layout)
{
  guint next = 0;

  for (guint cell = 0; cell < layout->n_cells; cell++)
    {
      g_assert_cmpuint (bag_pool_map_layout_get_first_slot (layout, cell), ==, next);
      g_assert_cmpuint (bag_pool_map_layout_get_length (layout, cell), >=, 1);
      next += bag_pool_map_layout_get_length (layout, cell);
      g_assert_cmpuint ((next - 1) / layout->slots_per_cell, ==, cell);
    }
  g_assert_cmpuint (next, ==, layout->n_slots);
}

static void
test_places (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int width = 160; width <= 400; width++)
      {
        BagPoolMapLayout layout;

        bag_pool_map_layout_init (&layout, rows[i].n_slots, width);
        check_places (&layout, width);
        check_slots (&layout);
      }
}

static void
test_beside (void)
{
  BagPoolMapLayout layout;
  int width, height;

  bag_pool_map_layout_init (&layout, 602, 288);
  width = (int) layout.n_columns * layout.pitch;
  height = bag_pool_map_layout_get_height (&layout);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, -1, 1), ==, G_MAXUINT);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, 1, -0.5), ==, G_MAXUINT);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, width, 1), ==, G_MAXUINT);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, 1, height), ==, G_MAXUINT);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, width - 1, height - 1), ==, G_MAXUINT);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, 1e30, 1e30), ==, G_MAXUINT);
}

/* Before it has a place on screen, and with nothing to show. */
static void
test_without_room (void)
{
  BagPoolMapLayout layout;

  bag_pool_map_layout_init (&layout, 8, 0);
  g_assert_cmpuint (layout.n_columns, ==, 1);
  g_assert_cmpuint (layout.n_rows, ==, 8);
  bag_pool_map_layout_init (&layout, 8, -1);
  g_assert_cmpuint (layout.n_columns, ==, 1);
  bag_pool_map_layout_init (&layout, 0, 288);
  g_assert_cmpint (bag_pool_map_layout_get_height (&layout), ==, 20);
  g_assert_cmpuint (bag_pool_map_layout_get_cell_at (&layout, 1, 1), ==, G_MAXUINT);
}

/* 36 columns and 17 rows; the last row has 26 cells, 576 to 601. */
static void
test_moves (void)
{
  static const struct
  {
    guint from;
    guint to[BAG_N_POOL_MAP_MOVES]; /* previous, next, up, down, row start, row end, page up, page down, first, last */
  } moves[] = {
    { 0, { 0, 1, 0, 36, 0, 35, 0, 144, 0, 601 } },
    { 35, { 34, 36, 35, 71, 0, 35, 35, 179, 0, 601 } },
    { 36, { 35, 37, 0, 72, 36, 71, 0, 180, 0, 601 } },
    { 300, { 299, 301, 264, 336, 288, 323, 156, 444, 0, 601 } },
    { 575, { 574, 576, 539, 601, 540, 575, 431, 601, 0, 601 } },
    { 576, { 575, 577, 540, 576, 576, 601, 432, 576, 0, 601 } },
    { 601, { 600, 601, 565, 601, 576, 601, 457, 601, 0, 601 } },
  };
  BagPoolMapLayout layout;

  bag_pool_map_layout_init (&layout, 602, 288);
  g_assert_cmpuint (layout.n_columns, ==, 36);
  g_assert_cmpuint (layout.n_rows, ==, 17);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint move = 0; move < BAG_N_POOL_MAP_MOVES; move++)
      g_assert_cmpuint (bag_pool_map_layout_move (&layout, moves[i].from, (BagPoolMapMove) move), ==, moves[i].to[move]);
}

static void
test_moves_of_one (void)
{
  BagPoolMapLayout layout;

  bag_pool_map_layout_init (&layout, 1, 288);
  for (guint move = 0; move < BAG_N_POOL_MAP_MOVES; move++)
    g_assert_cmpuint (bag_pool_map_layout_move (&layout, 0, (BagPoolMapMove) move), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pool-map-layout/table", test_table);
  g_test_add_func ("/pool-map-layout/places", test_places);
  g_test_add_func ("/pool-map-layout/beside", test_beside);
  g_test_add_func ("/pool-map-layout/without-room", test_without_room);
  g_test_add_func ("/pool-map-layout/moves", test_moves);
  g_test_add_func ("/pool-map-layout/moves-of-one", test_moves_of_one);

  return g_test_run ();
}
