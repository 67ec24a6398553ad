/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"

#include "widgets/bag-pool-chart.h"
#include "widgets/bag-pool-panel.h"
#include "widgets/bag-pool-strip.h"

#include "pool/bag-slice.h"

#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define WIDTH 240 /* a pixel a sample */
#define HEIGHT 92

static const GdkRGBA foregrounds[] = { { 0.18f, 0.2f, 0.21f, 1 }, { 0.93f, 0.93f, 0.92f, 1 } };

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  if (strcmp (gtk_widget_get_name (widget), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_text (gpointer widget, const char *name, const char *text)
{
  GtkWidget *label = find_named (widget, name);

  g_assert_true (GTK_IS_LABEL (label));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, text);
}

/* Grey in grey, on a background between the two foregrounds. */
static cairo_surface_t *
draw (const BagPoolHistory *history, const BagPoolStripColors *colors, int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * scale, HEIGHT * scale);
  cairo_t *cr = NULL;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_paint (cr);
  bag_pool_strip_draw (cr, colors, history, WIDTH, HEIGHT, scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static gboolean
looks_equal (cairo_surface_t *a, cairo_surface_t *b)
{
  gsize n_bytes = (gsize) cairo_image_surface_get_stride (a) * (gsize) cairo_image_surface_get_height (a);

  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), n_bytes) == 0;
}

static guint
get_grey (cairo_surface_t *surface, int x, int y)
{
  return cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x];
}

static BagPoolStripColors
new_grey_colors (const GdkRGBA *foreground)
{
  BagPoolStripColors colors;

  bag_pool_strip_colors_init (&colors, foreground);
  for (guint i = 0; i < BAG_N_POOL_BANDS; i++)
    colors.bands[i] = (GdkRGBA){ 0.3f, 0.3f, 0.3f, 1 };

  return colors;
}

/* Half of the slots in one band. */
static BagPoolStats
new_stats (BagPoolBand band)
{
  BagPoolStats stats = { .n_slots = 100, .in_use = 50 };

  if (band == BAG_POOL_BAND_QUARANTINED)
    stats.by_state[BAG_SLOT_QUARANTINED] = 50;
  else
    stats.by_class[band] = 50;

  return stats;
}

static void
free_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

static void
assert_all_differ (GPtrArray *surfaces)
{
  for (guint i = 0; i < surfaces->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_false (looks_equal (surfaces->pdata[i], surfaces->pdata[j]));
}

/* The bands and nothing at all differ without colour, in both themes, at each scale. */
static void
test_bands (void)
{
  for (guint k = 0; k < 2 * G_N_ELEMENTS (foregrounds); k++)
    {
      g_autoptr (GPtrArray) surfaces = g_ptr_array_new_with_free_func (free_surface);
      BagPoolStripColors colors = new_grey_colors (&foregrounds[k % 2]);
      g_autoptr (BagPoolHistory) unknown = bag_pool_history_new ();

      g_ptr_array_add (surfaces, draw (unknown, &colors, 1 + k / 2));
      for (int band = 0; band <= BAG_N_POOL_BANDS; band++)
        {
          g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
          BagPoolStats stats = { .n_slots = 100 };

          if (band < BAG_N_POOL_BANDS)
            stats = new_stats ((BagPoolBand) band);
          bag_pool_history_add (history, START, &stats);
          stats.acquires = 1;
          bag_pool_history_add (history, START + 100 * SECOND, &stats);
          g_ptr_array_add (surfaces, draw (history, &colors, 1 + k / 2));
        }
      assert_all_differ (surfaces);
    }
}

static void
test_swatches (void)
{
  for (guint k = 0; k < 2 * G_N_ELEMENTS (foregrounds); k++)
    {
      g_autoptr (GPtrArray) surfaces = g_ptr_array_new_with_free_func (free_surface);
      BagPoolStripColors colors = new_grey_colors (&foregrounds[k % 2]);

      for (int item = 0; item < BAG_N_POOL_STRIP_ITEMS; item++)
        {
          cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 28, 28);
          cairo_t *cr = cairo_create (surface);

          bag_pool_strip_draw_swatch (cr, &colors, (BagPoolStripItem) item, 14, 1 + k / 2);
          cairo_destroy (cr);
          cairo_surface_flush (surface);
          g_ptr_array_add (surfaces, surface);
        }
      assert_all_differ (surfaces);
    }
}

/* Ten samples of hits, ten without any, ten of misses; sample 239 is the last. */
static BagPoolHistory *
new_rates (void)
{
  BagPoolHistory *history = bag_pool_history_new ();
  BagPoolStats stats = { .n_slots = 100 };

  bag_pool_history_add (history, START - 100 * SECOND, &stats);
  for (guint i = 0; i < 30; i++)
    {
      stats.hits += i < 10;
      stats.misses += i >= 20;
      bag_pool_history_add (history, START + (gint64) i * BAG_POOL_HISTORY_PERIOD, &stats);
    }

  return history;
}

/* Black ink on white: where is it dark? */
static void
test_hit_rate (void)
{
  g_autoptr (BagPoolHistory) history = new_rates ();
  BagPoolStripColors colors = new_grey_colors (&foregrounds[0]);
  cairo_surface_t *surface = draw (history, &colors, 1);
  int bottom = HEIGHT - 1 - 20 - 7;

  g_assert_cmpuint (get_grey (surface, 215, 2), <, 80);
  g_assert_cmpuint (get_grey (surface, 215, bottom), >, 80);
  g_assert_cmpuint (get_grey (surface, 224, 2), >, 80);
  g_assert_cmpuint (get_grey (surface, 224, bottom / 2), >, 80);
  g_assert_cmpuint (get_grey (surface, 224, bottom - 1), >, 80);
  g_assert_cmpuint (get_grey (surface, 234, 2), >, 80);
  g_assert_cmpuint (get_grey (surface, 234, bottom - 1), <, 80);
  cairo_surface_destroy (surface);
}

/* Where nobody watched: no ground, no slots, and base lines of dots. */
static void
test_gap (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStripColors colors = new_grey_colors (&foregrounds[0]);
  BagPoolStats stats = { .n_slots = 100 };
  cairo_surface_t *surface = NULL;
  int bottom = HEIGHT - 1 - 20 - 7;
  guint n_dark[2] = { 0 };

  bag_pool_history_add (history, START - 100 * SECOND, &stats);
  bag_pool_history_pause (history, START);
  bag_pool_history_add (history, START + 30 * SECOND, &stats);
  surface = draw (history, &colors, 1);

  g_assert_cmpuint (get_grey (surface, 60, bottom / 2), <, 127);
  g_assert_cmpuint (get_grey (surface, 180, bottom / 2), ==, 128);
  for (int x = 0; x < 100; x++)
    {
      n_dark[0] += get_grey (surface, 10 + x, bottom) < 100;
      n_dark[1] += get_grey (surface, 130 + x, bottom) < 100;
    }
  g_assert_cmpuint (n_dark[0], ==, 100);
  g_assert_cmpuint (n_dark[1], >=, 20);
  g_assert_cmpuint (n_dark[1], <=, 60);
  cairo_surface_destroy (surface);
}

/* The tallest bar fills its row, half as many fills half of it, none are no bar. */
static void
test_fills (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStripColors colors = new_grey_colors (&foregrounds[0]);
  BagPoolStats stats = { .n_slots = 100 };
  const guint fills[] = { 0, 40, 20, 0 };
  cairo_surface_t *surface = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      stats.fills += fills[i];
      stats.acquires++;
      bag_pool_history_add (history, START + (gint64) i * BAG_POOL_HISTORY_PERIOD, &stats);
    }
  surface = draw (history, &colors, 1);

  g_assert_cmpuint (get_grey (surface, 237, HEIGHT - 20), <, 100);
  g_assert_cmpuint (get_grey (surface, 238, HEIGHT - 20), >, 100);
  g_assert_cmpuint (get_grey (surface, 238, HEIGHT - 10), <, 100);
  g_assert_cmpuint (get_grey (surface, 239, HEIGHT - 3), >, 100);
  cairo_surface_destroy (surface);
}

static void
test_words (void)
{
  const char *description = "87 % of the slots in use, hit rate 98 %, fills 312/s";
  BagPoolChart *chart = g_object_ref_sink (bag_pool_chart_new ());
  GtkWidget *strip = find_named (GTK_WIDGET (chart), "history");
  BagPoolStats stats = { .n_slots = 600, .in_use = 526 };

  assert_text (chart, "history-hit-rate", "–");
  assert_text (chart, "history-scale", "no fills");

  stats.by_class[BAG_POOL_CLASS_VIEW] = 1;
  stats.by_class[BAG_POOL_CLASS_PREFETCH] = 525;
  bag_pool_chart_add (chart, START, &stats);
  stats.hits = 98, stats.misses = 2, stats.fills = 312;
  bag_pool_chart_add (chart, START + SECOND, &stats);
  assert_text (chart, "history-view", "< 1 %");
  assert_text (chart, "history-load", "0 %");
  assert_text (chart, "history-prefetch", "87 %");
  assert_text (chart, "history-quarantined", "0 %");
  assert_text (chart, "history-hit-rate", "98 %");
  assert_text (chart, "history-fills", "312/s");
  assert_text (chart, "history-scale", "fills: up to 1248/s");

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_LABEL, "Pool history");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  for (guint i = 0; i < BAG_N_POOL_STRIP_ITEMS; i++)
    {
      GtkWidget *value = find_named (GTK_WIDGET (chart), bag_pool_strip_get_name ((BagPoolStripItem) i));
      g_autofree char *name = g_strdup_printf ("History: %s", bag_pool_strip_get_label ((BagPoolStripItem) i));

      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      g_assert_cmpstr (gtk_widget_get_tooltip_text (value), ==, bag_pool_strip_get_help ((BagPoolStripItem) i));
    }
  g_assert_finalize_object (chart);
}

static void
count_draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
assert_drawn (GtkWidget *window, guint *n_draws, guint expected)
{
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpuint (*n_draws, ==, expected);
  *n_draws = 0;
}

/* One frame for what is new, none for what is not, and none while nobody sees it. */
static void
test_draws (void)
{
  BagPoolChart *chart = bag_pool_chart_new ();
  GtkWidget *window = bag_test_show (GTK_WIDGET (chart), 300, 300);
  GtkWidget *strip = find_named (GTK_WIDGET (chart), "history");
  BagPoolStats stats = new_stats (BAG_POOL_BAND_LOAD);
  guint n_draws = 0;

  bag_pool_chart_add (chart, START, &stats);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (strip), count_draw, &n_draws, NULL);
  gtk_test_widget_wait_for_draw (window);
  n_draws = 0;

  for (guint i = 1; i < 5; i++)
    {
      stats.refused_exhausted++;
      bag_pool_chart_add (chart, START + i * SECOND, &stats);
      assert_drawn (window, &n_draws, 0);
    }
  stats.fills++;
  bag_pool_chart_add (chart, START + 5 * SECOND, &stats);
  stats.fills++;
  bag_pool_chart_add (chart, START + 6 * SECOND, &stats);
  assert_drawn (window, &n_draws, 1);

  gtk_widget_set_visible (GTK_WIDGET (chart), FALSE);
  stats.fills++;
  bag_pool_chart_add (chart, START + 7 * SECOND, &stats);
  assert_drawn (window, &n_draws, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What the pool did while the panel was hidden is not taken for what it does now. */
static void
test_panel (void)
{
  BagPool *pool = bag_pool_new (1000, 12, NULL);
  g_autoptr (BagPoolMonitor) monitor = bag_pool_monitor_new ();
  BagPoolPanel *panel = bag_pool_panel_new ();
  GtkWidget *window = NULL;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_panel_set_monitor (panel, monitor);
  window = bag_test_show (GTK_WIDGET (panel), 320, 700);
  assert_text (panel, "history-fills", "0/s");
  bag_pool_count_fill (pool, 1);
  bag_test_wait_until (strcmp (gtk_label_get_text (GTK_LABEL (find_named (GTK_WIDGET (panel), "history-fills"))), "1/s") == 0);

  gtk_widget_set_visible (GTK_WIDGET (panel), FALSE);
  bag_test_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (panel)));
  for (guint i = 0; i < 500; i++)
    bag_pool_count_fill (pool, 1);
  run_pending ();
  gtk_widget_set_visible (GTK_WIDGET (panel), TRUE);
  bag_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (panel)));
  run_pending ();
  assert_text (panel, "history-scale", "fills: up to 4/s");

  gtk_window_destroy (GTK_WINDOW (window));
  run_pending ();
  bag_pool_unref (pool);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/pool-chart/bands", test_bands);
      g_test_add_func ("/pool-chart/swatches", test_swatches);
      g_test_add_func ("/pool-chart/hit-rate", test_hit_rate);
      g_test_add_func ("/pool-chart/gap", test_gap);
      g_test_add_func ("/pool-chart/fills", test_fills);
      g_test_add_func ("/pool-chart/words", test_words);
      g_test_add_func ("/pool-chart/draws", test_draws);
      g_test_add_func ("/pool-chart/panel", test_panel);
    }

  return g_test_run ();
}
