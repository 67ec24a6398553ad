/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-strip"

#include "config.h"

#include "widgets/bag-pool-strip.h"

#include "widgets/bag-pool-cell.h"

#include <glib/gi18n.h>

#include <math.h>

/*
 * Above, the slots in use as bands that lie on each other, and over them the hit rate as a
 * line; below, the fills as bars. Each band has a texture of its own: solid, lined, dotted,
 * crossed. Where nobody watched there is no ground, and the base line is broken.
 */

#define N_SAMPLES BAG_POOL_HISTORY_SAMPLES
#define BARS_PART 0.22 /* of the height */
#define ROW_GAP 7.0
#define MARGIN 2.0 /* so that the line is whole at 0 and 100 % */
#define TILE_SIZE 4
#define LINE_WIDTH 2.0

typedef struct
{
  cairo_t *cr;
  const BagPoolStripColors *colors;
  int scale;
  double top, bottom;           /* of the bands */
  double bars_top, bars_bottom; /* of the bars */

  /* Looked up and computed once */
  const BagPoolSample *samples[N_SAMPLES];
  double x[N_SAMPLES + 1];
  double levels[BAG_N_POOL_BANDS + 1][N_SAMPLES]; /* where a band ends and the next begins */
  double rates[N_SAMPLES];                        /* upper edge of the line, negative for none */
} Drawing;

/**
 * bag_pool_strip_colors_init:
 * @foreground: the text colour, which tells a light theme from a dark one
 *
 * Each stands out against either background by more than 3 to 1 (WCAG 2.1, success
 * criterion 1.4.11).
 */
void
bag_pool_strip_colors_init (BagPoolStripColors *self, const GdkRGBA *foreground)
{
  BagPoolCellColors cells;
  gboolean is_dark = foreground->red + foreground->green + foreground->blue > 1.5f;

  bag_pool_cell_colors_init (&cells, foreground);
  self->ink = *foreground;
  gdk_rgba_parse (&self->ground, is_dark ? "#303030" : "#fafafa");
  gdk_rgba_parse (&self->bands[BAG_POOL_BAND_VIEW], is_dark ? "#e08a3c" : "#b85500");
  self->bands[BAG_POOL_BAND_LOAD] = cells.ready;
  gdk_rgba_parse (&self->bands[BAG_POOL_BAND_PREFETCH], is_dark ? "#4fb8a6" : "#1c7a6c");
  self->bands[BAG_POOL_BAND_QUARANTINED] = cells.quarantined;
}

static void
set_ink (cairo_t *cr, const GdkRGBA *ink, double alpha)
{
  cairo_set_source_rgba (cr, (double) ink->red, (double) ink->green, (double) ink->blue, (double) ink->alpha * alpha);
}

static void
draw_texture (cairo_t *cr, BagPoolBand band)
{
  cairo_set_line_width (cr, 1);
  if (band == BAG_POOL_BAND_LOAD)
    {
      cairo_rectangle (cr, 0, 0, TILE_SIZE, 1.5);
      cairo_fill (cr);
    }
  else if (band == BAG_POOL_BAND_PREFETCH)
    {
      cairo_rectangle (cr, 0, 0, 1.5, 1.5);
      cairo_rectangle (cr, 2, 2, 1.5, 1.5);
      cairo_fill (cr);
    }
  else if (band == BAG_POOL_BAND_QUARANTINED)
    {
      cairo_move_to (cr, -1, -1);
      cairo_line_to (cr, TILE_SIZE + 1, TILE_SIZE + 1);
      cairo_move_to (cr, TILE_SIZE + 1, -1);
      cairo_line_to (cr, -1, TILE_SIZE + 1);
      cairo_stroke (cr);
    }
}

/* A tile in pixels of the screen, so that the textures are sharp at each scale. Returns
 * (transfer full). */
static cairo_pattern_t *
new_texture (const GdkRGBA *color, BagPoolBand band, int scale)
{
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE_SIZE * scale, TILE_SIZE * scale);
  cairo_pattern_t *pattern = NULL;
  cairo_t *cr = NULL;

  cairo_surface_set_device_scale (tile, scale, scale);
  cr = cairo_create (tile);
  set_ink (cr, color, band == BAG_POOL_BAND_VIEW ? 1 : 0.3);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, color);
  draw_texture (cr, band);
  cairo_destroy (cr);

  pattern = cairo_pattern_create_for_surface (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_surface_destroy (tile);

  return pattern;
}

/* Fills the path. */
static void
fill_with_texture (cairo_t *cr, const BagPoolStripColors *colors, BagPoolBand band, int scale)
{
  cairo_pattern_t *pattern = new_texture (&colors->bands[band], band, scale);

  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

/* On whole pixels of the screen: cairo fills such boxes several times faster. */
static double
snap (const Drawing *self, double x)
{
  return floor (x * self->scale + 0.5) / self->scale;
}

static double
get_y (const Drawing *self, double share)
{
  return snap (self, self->bottom - MIN (share, 1) * (self->bottom - self->top));
}

static void
look_up_sample (Drawing *self, const BagPoolHistory *history, guint i)
{
  double sum = 0;
  double rate = 0;

  self->samples[i] = bag_pool_history_get_sample (history, i);
  self->levels[0][i] = get_y (self, 0);
  for (guint band = 0; band < BAG_N_POOL_BANDS; band++)
    {
      sum += (double) self->samples[i]->shares[band];
      self->levels[band + 1][i] = get_y (self, sum);
    }
  self->rates[i] = bag_pool_history_get_hit_rate_at (history, i, &rate) ? get_y (self, rate) - LINE_WIDTH / 2 : -1;
}

static void
look_up (Drawing *self, const BagPoolHistory *history, double width)
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      self->x[i] = snap (self, width * i / N_SAMPLES);
      look_up_sample (self, history, i);
    }
  self->x[N_SAMPLES] = snap (self, width);
}

/* The samples from @first that are known, or not, like it. Returns the first other one. */
static guint
find_end (const Drawing *self, guint first)
{
  guint end = first;

  while (end < N_SAMPLES && self->samples[end]->is_known == self->samples[first]->is_known)
    end++;

  return end;
}

static void
stroke_level (const Drawing *self, guint first, guint end, double y, double alpha)
{
  set_ink (self->cr, &self->colors->ink, alpha);
  cairo_set_line_width (self->cr, 1);
  cairo_move_to (self->cr, self->x[first], y);
  cairo_line_to (self->cr, self->x[end], y);
  cairo_stroke (self->cr);
}

static void
draw_ground (const Drawing *self, guint first, guint end)
{
  const double gaps[] = { 1, 3 };
  gboolean is_known = self->samples[first]->is_known;
  double x = self->x[first];

  if (is_known)
    {
      set_ink (self->cr, &self->colors->ink, 0.07);
      cairo_rectangle (self->cr, x, self->top, self->x[end] - x, self->bottom - self->top);
      cairo_fill (self->cr);
    }

  cairo_set_dash (self->cr, gaps, is_known ? 0 : G_N_ELEMENTS (gaps), 0);
  stroke_level (self, first, end, self->top - 0.5, 0.3);
  stroke_level (self, first, end, self->bottom + 0.5, 0.6);
  stroke_level (self, first, end, self->bars_bottom + 0.5, 0.6);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

static gboolean
looks_equal (const Drawing *self, guint i, guint k, BagPoolBand band)
{
  return self->levels[band][i] == self->levels[band][k] && self->levels[band + 1][i] == self->levels[band + 1][k];
}

/* A box for as many samples as look the same. */
static void
draw_band (const Drawing *self, BagPoolBand band)
{
  gboolean is_empty = TRUE;

  for (guint first = 0, end = 0; first < N_SAMPLES; first = end)
    {
      double top = self->levels[band + 1][first];
      double height = self->levels[band][first] - top;

      for (end = first + 1; end < N_SAMPLES && looks_equal (self, first, end, band);)
        end++;
      if (height > 0)
        {
          cairo_rectangle (self->cr, self->x[first], top, self->x[end] - self->x[first], height);
          is_empty = FALSE;
        }
    }

  if (!is_empty)
    fill_with_texture (self->cr, self->colors, band, self->scale);
}

static void
add_box (cairo_t *cr, double left, double top, double right, double bottom, double grow)
{
  cairo_rectangle (cr, left - grow, top - grow, right - left + 2 * grow, bottom - top + 2 * grow);
}

/* Broken where nothing was looked at. @grow: by how much to each side. */
static void
add_hit_rate (const Drawing *self, double grow)
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      double before = i > 0 ? self->rates[i - 1] : -1;
      double y = self->rates[i];
      double x = self->x[i];

      if (y >= 0)
        add_box (self->cr, x, y, MAX (self->x[i + 1], x + LINE_WIDTH), y + LINE_WIDTH, grow);
      if (y >= 0 && before >= 0 && before != y)
        add_box (self->cr, x, MIN (y, before), x + LINE_WIDTH, MAX (y, before) + LINE_WIDTH, grow);
    }
}

/* Light around the line, so that it is seen on each band. */
static void
draw_hit_rate (const Drawing *self)
{
  add_hit_rate (self, 1);
  set_ink (self->cr, &self->colors->ground, 0.85);
  cairo_fill (self->cr);
  add_hit_rate (self, 0);
  gdk_cairo_set_source_rgba (self->cr, &self->colors->ink);
  cairo_fill (self->cr);
}

static void
draw_fills (const Drawing *self)
{
  double most = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    most = MAX (most, (double) self->samples[i]->fills);

  for (guint i = 0; i < N_SAMPLES && most > 0; i++)
    {
      double fills = (double) self->samples[i]->fills;
      double height = MAX (fills / most * (self->bars_bottom - self->bars_top), 1);

      if (fills > 0)
        cairo_rectangle (self->cr, self->x[i], snap (self, self->bars_bottom - height), self->x[i + 1] - self->x[i], snap (self, height));
    }
  set_ink (self->cr, &self->colors->ink, 0.75);
  cairo_fill (self->cr);
}

/**
 * bag_pool_strip_draw:
 * @width, @height: to fill, in pixels
 * @scale: pixels of the screen in one of these
 */
void
bag_pool_strip_draw (cairo_t *cr, const BagPoolStripColors *colors, const BagPoolHistory *history, int width, int height, int scale)
{
  double bars = (double) (int) (height * BARS_PART);
  Drawing drawing = {
    .cr = cr,
    .colors = colors,
    .scale = scale,
    .top = MARGIN,
    .bottom = height - 1 - bars - ROW_GAP,
    .bars_top = height - 1 - bars,
    .bars_bottom = height - 1,
  };

  g_return_if_fail (width > 0 && drawing.bottom > drawing.top && scale > 0);

  look_up (&drawing, history, width);
  for (guint first = 0, end = 0; first < N_SAMPLES; first = end)
    {
      end = find_end (&drawing, first);
      draw_ground (&drawing, first, end);
    }
  for (int band = 0; band < BAG_N_POOL_BANDS; band++)
    draw_band (&drawing, (BagPoolBand) band);
  draw_hit_rate (&drawing);
  draw_fills (&drawing);
}

/**
 * bag_pool_strip_draw_swatch:
 * @item: what to explain
 * @size: of the square, in pixels
 * @scale: pixels of the screen in one of these
 */
void
bag_pool_strip_draw_swatch (cairo_t *cr, const BagPoolStripColors *colors, BagPoolStripItem item, double size, int scale)
{
  if (item == BAG_POOL_STRIP_HIT_RATE)
    {
      add_box (cr, 0, size - 5, size / 2 + 1, size - 3, 0);
      add_box (cr, size / 2 - 1, 3, size / 2 + 1, size - 3, 0);
      add_box (cr, size / 2 - 1, 3, size, 5, 0);
      gdk_cairo_set_source_rgba (cr, &colors->ink);
      cairo_fill (cr);
    }
  else if (item == BAG_POOL_STRIP_FILLS)
    {
      for (guint i = 0; i < 3; i++)
        cairo_rectangle (cr, 1 + i * size / 3, size * (3 - i) / 4, size / 3 - 1.5, size * (1 + i) / 4);
      set_ink (cr, &colors->ink, 0.75);
      cairo_fill (cr);
    }
  else
    {
      cairo_rectangle (cr, 0, 0, size, size);
      fill_with_texture (cr, colors, (BagPoolBand) item, scale);
    }
}

/* What each item is called, and what it means. */
static const struct
{
  const char *name;
  const char *label;
  const char *help;
} words[BAG_N_POOL_STRIP_ITEMS] = {
  [BAG_POOL_STRIP_VIEW] = { "history-view", N_ ("view"), N_ ("Slots taken for a slice that you went to before it was in memory") },
  [BAG_POOL_STRIP_LOAD] = { "history-load", N_ ("load"), N_ ("Slots taken while a bag that fits into memory was loaded") },
  [BAG_POOL_STRIP_PREFETCH] = { "history-prefetch", N_ ("prefetch"), N_ ("Slots taken for neighbours of the slice on screen, read in advance") },
  [BAG_POOL_STRIP_QUARANTINED] = { "history-quarantined", N_ ("quarantined"), N_ ("Slots set aside until somebody who still uses their memory has let go of it") },
  [BAG_POOL_STRIP_HIT_RATE] = { "history-hit-rate", N_ ("hit rate"), N_ ("How many of the slices you went to were in memory already, in the last second in which you moved. The line is broken where you did not move") },
  [BAG_POOL_STRIP_FILLS] = { "history-fills", N_ ("fills"), N_ ("Slices read or decoded a second, in the second up to the last change") },
};

/**
 * bag_pool_strip_get_name:
 *
 * Returns: (transfer none): a kebab-case name, not translated
 */
const char *
bag_pool_strip_get_name (BagPoolStripItem item)
{
  g_return_val_if_fail ((guint) item < BAG_N_POOL_STRIP_ITEMS, "");

  return words[item].name;
}

/**
 * bag_pool_strip_get_label:
 *
 * Returns: (transfer none): what stands beside the swatch
 */
const char *
bag_pool_strip_get_label (BagPoolStripItem item)
{
  g_return_val_if_fail ((guint) item < BAG_N_POOL_STRIP_ITEMS, "");

  return _ (words[item].label);
}

/**
 * bag_pool_strip_get_help:
 *
 * Returns: (transfer none): what it means, in the operator's words
 */
const char *
bag_pool_strip_get_help (BagPoolStripItem item)
{
  g_return_val_if_fail ((guint) item < BAG_N_POOL_STRIP_ITEMS, "");

  return _ (words[item].help);
}
