/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-pool-cell.h"

/* Colour is never the only cue: all colours of the states become one grey here, and each two
 * states must still differ, large and small, in both themes, one slot or several. */

#define AREA 20
#define N_SLOTS 8
#define LEAST_STEP 24  /* of 255: a difference that can be seen */
#define LEAST_PIXELS 3 /* so many of them make a shape */

#define FILL_LEVEL 153 /* of 255 */

static const GdkRGBA fill = { 0.6f, 0.6f, 0.6f, 1 };

typedef struct
{
  GdkRGBA foreground, background;
} Theme;

static const Theme themes[] = {
  { { 0.2f, 0.2f, 0.2f, 1 }, { 0.96f, 0.96f, 0.96f, 1 } },
  { { 0.93f, 0.93f, 0.93f, 1 }, { 0.21f, 0.21f, 0.21f, 1 } },
};

static cairo_surface_t *
draw_grey (const Theme *theme, const BagPoolCell *cell, int size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, AREA, AREA);
  cairo_t *cr = cairo_create (surface);
  BagPoolCellColors colors;

  bag_pool_cell_colors_init (&colors, &theme->foreground);
  colors.ready = colors.shown = colors.quarantined = fill;
  gdk_cairo_set_source_rgba (cr, &theme->background);
  cairo_paint (cr);
  bag_pool_cell_draw (cr, &colors, cell, 1, size);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static guint
count_different (cairo_surface_t *one, cairo_surface_t *other)
{
  guint n = 0;

  for (int i = 0; i < AREA * AREA; i++)
    {
      int offset = i / AREA * cairo_image_surface_get_stride (one) + i % AREA * 4;

      n += ABS (cairo_image_surface_get_data (one)[offset] - cairo_image_surface_get_data (other)[offset]) >= LEAST_STEP;
    }

  return n;
}

/* Each state with each filling that it can have. */
static guint
list_cells (BagPoolCell *cells, guint n_slots)
{
  guint n = 0;

  for (guint state = 0; state < BAG_N_SLOT_STATES; state++)
    for (guint n_in_use = state == BAG_SLOT_FREE ? 0 : 1; n_in_use <= (state == BAG_SLOT_FREE ? 0 : n_slots); n_in_use++)
      cells[n++] = (BagPoolCell){ .x = 1, .y = 1, .state = (BagSlotState) state, .n_slots = n_slots, .n_in_use = n_in_use };

  return n;
}

static void
check_told_apart (const Theme *theme, guint n_slots, int size)
{
  BagPoolCell cells[BAG_N_SLOT_STATES * N_SLOTS];
  cairo_surface_t *surfaces[BAG_N_SLOT_STATES * N_SLOTS];
  guint n_cells = list_cells (cells, n_slots);

  for (guint i = 0; i < n_cells; i++)
    surfaces[i] = draw_grey (theme, &cells[i], size);
  for (guint i = 0; i < n_cells; i++)
    for (guint j = 0; j < i; j++)
      if (cells[i].state != cells[j].state && count_different (surfaces[i], surfaces[j]) < LEAST_PIXELS)
        g_error ("%d pixels: %s with %u of %u looks like %s with %u",
                 size,
                 bag_pool_cell_get_label (cells[i].state),
                 cells[i].n_in_use,
                 n_slots,
                 bag_pool_cell_get_label (cells[j].state),
                 cells[j].n_in_use);
  for (guint i = 0; i < n_cells; i++)
    cairo_surface_destroy (surfaces[i]);
}

static void
test_told_apart (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    for (int size = 5; size <= 18; size++)
      {
        check_told_apart (&themes[i], 1, size);
        check_told_apart (&themes[i], N_SLOTS, size);
      }
}

static guint
count_ready_pixels (guint n_in_use, guint n_slots, int size)
{
  BagPoolCell cell = { .x = 1, .y = 1, .state = BAG_SLOT_READY, .n_slots = n_slots, .n_in_use = n_in_use };
  cairo_surface_t *surface = draw_grey (&themes[0], &cell, size);
  guint n = 0;

  for (int i = 0; i < AREA * AREA; i++)
    n += cairo_image_surface_get_data (surface)[i / AREA * cairo_image_surface_get_stride (surface) + i % AREA * 4] == FILL_LEVEL;
  cairo_surface_destroy (surface);

  return n;
}

/* One slot of many shows, and one that is missing shows too. */
static void
test_share (void)
{
  for (int size = 5; size <= 18; size++)
    {
      guint inside = (guint) ((size - 2) * (size - 2));

      g_assert_cmpuint (count_ready_pixels (100, 100, size), ==, size * size);
      g_assert_cmpuint (count_ready_pixels (1, 100, size), ==, size - 2);
      g_assert_cmpuint (count_ready_pixels (99, 100, size), ==, inside - (guint) (size - 2));
      g_assert_cmpuint (count_ready_pixels (0, 100, size), ==, 0);
    }
  g_assert_cmpuint (count_ready_pixels (50, 100, 8), ==, 3 * 6);
  g_assert_cmpuint (count_ready_pixels (G_MAXUINT / 2, G_MAXUINT, 8), ==, 2 * 6);
}

/* Whole pixels: at any whole scale the edges of cells are sharp. */
static void
test_all_at_once (void)
{
  BagPoolCell cells[] = {
    { .x = 0, .y = 0, .state = BAG_SLOT_READY, .n_slots = 1, .n_in_use = 1 },
    { .x = 10, .y = 0, .state = BAG_SLOT_FREE, .n_slots = 1 },
    { .x = 10, .y = 10, .state = BAG_SLOT_READY, .n_slots = 1, .n_in_use = 1 },
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, AREA, AREA);
  cairo_t *cr = cairo_create (surface);
  BagPoolCellColors colors;
  guint n_solid = 0;

  bag_pool_cell_colors_init (&colors, &themes[0].foreground);
  bag_pool_cell_draw (cr, &colors, cells, G_N_ELEMENTS (cells), 8);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int i = 0; i < AREA * AREA; i++)
    {
      guchar alpha = cairo_image_surface_get_data (surface)[i / AREA * cairo_image_surface_get_stride (surface) + i % AREA];

      g_assert_true (alpha == 0 || alpha == 127 || alpha == 128 || alpha == 255);
      n_solid += alpha == 255;
    }
  g_assert_cmpuint (n_solid, ==, 2 * 64);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pool-cell/told-apart", test_told_apart);
  g_test_add_func ("/pool-cell/share", test_share);
  g_test_add_func ("/pool-cell/all-at-once", test_all_at_once);

  return g_test_run ();
}
