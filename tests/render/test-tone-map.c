/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-tone-map.h"

#include <math.h>
#include <string.h>

/* The formulas as PS3.3 C.11.2.1.2.1 and C.11.2.1.3 write them, term by term, in numbers
 * longer than those of the program. */
static guint32
get_plain_grey (const BagWindowLevel *window,
                double value)
{
  long double x = value, c = window->center, w = window->width, y;

  if (window->function == BAG_VOI_FUNCTION_SIGMOID)
    y = 255 / (1 + expl (-4 * (x - c) / w));
  else if (window->function == BAG_VOI_FUNCTION_LINEAR_EXACT)
    y = x <= c - w / 2 ? 0 : x > c + w / 2 ? 255
                                           : ((x - c) / w + 0.5L) * 255;
  else
    y = x <= c - 0.5L - (w - 1) / 2 ? 0 : x > c - 0.5L + (w - 1) / 2 ? 255
                                                                     : ((x - (c - 0.5L)) / (w - 1) + 0.5L) * 255;

  /* Halves that are none for the rounding of the last place are. */
  return (guint32) floorl (y + 0.5L + 1e-12L);
}

/* Every stored value through the map, against the definition. */
static void
check_all_values (BagToneMap *map,
                  const BagWindowLevel *window,
                  double slope,
                  double intercept,
                  gboolean is_signed,
                  gboolean inverted)
{
  g_autofree guint16 *stored = g_new (guint16, 65536);
  g_autofree guint32 *pixels = g_new (guint32, 65536);

  for (guint i = 0; i < 65536; i++)
    stored[i] = (guint16) i;

  bag_tone_map_prepare (map, window, slope, intercept, is_signed, inverted);
  bag_tone_map_apply (map, stored, 256, 256, pixels, 256);

  for (int i = 0; i < 65536; i++)
    {
      int sample = is_signed && i >= 32768 ? i - 65536 : i;
      guint32 grey = bag_window_level_map (window, slope * sample + intercept);

      if (inverted)
        grey = 255 - grey;
      if ((pixels[i] & 0xffffff) != grey * 0x010101u)
        g_error ("stored %d: %06x instead of %u", i, pixels[i], grey);
    }
}

static void
test_equals_definition (void)
{
  static const BagWindowLevel windows[] = {
    { 0, 1 },
    { 40, 400 },
    { 2048, 4096 },
    { 1000, 2000 },
    { 32768, 65536 },
    { 40.5, 7 },
    { 300.25, 317.75 },
    { -1000, 1.5 },
    { 1e15, 1e15 },
  };
  static const double rescales[][2] = { { 1, 0 }, { 1, -1024 }, { 0.5, 3.25 }, { -2, 1000 }, { 0, 40 }, { 1e-3, 0 } };
  g_autoptr (BagToneMap) map = bag_tone_map_new ();

  for (guint path = 0; path < BAG_N_TONE_PATHS; path++)
    if (bag_tone_path_is_there ((BagTonePath) path))
      {
        bag_tone_map_set_best_path (map, (BagTonePath) path);
        for (guint w = 0; w < G_N_ELEMENTS (windows); w++)
          for (guint r = 0; r < G_N_ELEMENTS (rescales); r++)
            for (guint flags = 0; flags < 4; flags++)
              check_all_values (map, &windows[w], rescales[r][0], rescales[r][1], (flags & 1) != 0, (flags & 2) != 0);
      }
}

/* Windows of an operator's, 1 wide apart, by whole numbers, on the unit and the half: all, or nearly all, are
 * worked out, and by each path the same. */
static void
test_works_out (void)
{
  g_autoptr (BagToneMap) map = bag_tone_map_new ();
  guint n_windows = 0, n_worked_out = 0;

  for (guint path = BAG_TONE_PATH_PLAIN; path < BAG_N_TONE_PATHS; path++)
    for (guint i = 0; bag_tone_path_is_there ((BagTonePath) path) && i < 60; i++)
      {
        const BagWindowLevel window = { -1000 + 53 * (double) i, 2 + 67 * (double) i, i % 2 == 0 ? BAG_VOI_FUNCTION_LINEAR : BAG_VOI_FUNCTION_LINEAR_EXACT };

        bag_tone_map_set_best_path (map, (BagTonePath) path);
        check_all_values (map, &window, 1, -1024, i % 3 == 0, i % 5 == 0);
        n_windows++;
        n_worked_out += bag_tone_map_get_path (map) == (BagTonePath) path ? 1 : 0;
      }
  g_test_message ("%u of %u windows are worked out", n_worked_out, n_windows);
  g_assert_cmpuint (n_worked_out * 10, >=, n_windows * 9);
}

/* A line that no single precision can follow is looked up. */
static void
test_looks_up (void)
{
  static const BagWindowLevel windows[] = { { 40, 400, BAG_VOI_FUNCTION_SIGMOID }, { 40, 1 }, { 0, 1e-30, BAG_VOI_FUNCTION_LINEAR_EXACT } };
  g_autoptr (BagToneMap) map = bag_tone_map_new ();

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      bag_tone_map_prepare (map, &windows[i], 1, 0, FALSE, FALSE);
      g_assert_cmpint (bag_tone_map_get_path (map), ==, BAG_TONE_PATH_TABLE);
    }
}

/* Pictures of any width, wherever they begin: also what is left over at the end of a row. */
static void
test_widths (void)
{
  const BagWindowLevel window = { 500, 900 };
  g_autoptr (BagToneMap) map = bag_tone_map_new ();
  guint16 stored[201];
  guint32 pixels[2 * 128];

  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    stored[i] = (guint16) (i * 37);
  for (guint path = 0; path < BAG_N_TONE_PATHS; path++)
    for (guint columns = 1; columns <= 100 && bag_tone_path_is_there ((BagTonePath) path); columns++)
      {
        bag_tone_map_set_best_path (map, (BagTonePath) path);
        bag_tone_map_prepare (map, &window, 1, 0, FALSE, FALSE);
        g_assert_cmpint (bag_tone_map_get_path (map), ==, (BagTonePath) path);
        memset (pixels, 0xa5, sizeof pixels);
        bag_tone_map_apply (map, stored + 1, columns, 2, pixels + 3, 110);
        for (guint i = 0; i < 2 * 128; i++)
          {
            guint row = i < 3 ? 2 : (i - 3) / 110, column = i < 3 ? 0 : (i - 3) % 110;
            gboolean is_inside = row < 2 && column < columns;

            g_assert_cmphex (pixels[i], ==, is_inside ? bag_window_level_map (&window, stored[1 + row * columns + column]) * 0x010101u : 0xa5a5a5a5);
          }
      }
}

/* Every stored value of each function against a reference that shares no code with it. */
static void
check_function (BagToneMap *map,
                const BagWindowLevel *window,
                double slope,
                gboolean is_signed)
{
  g_autofree guint16 *stored = g_new (guint16, 65536);
  g_autofree guint32 *pixels = g_new (guint32, 65536);
  guint n_levels = 0;
  gboolean seen[256] = { FALSE };

  for (guint i = 0; i < 65536; i++)
    stored[i] = (guint16) i;
  g_assert_true (bag_tone_map_prepare (map, window, slope, -5, is_signed, FALSE));
  bag_tone_map_apply (map, stored, 256, 256, pixels, 256);
  for (int i = 0; i < 65536; i++)
    {
      int sample = is_signed && i >= 32768 ? i - 65536 : i;
      guint32 grey = get_plain_grey (window, slope * sample - 5);

      if ((pixels[i] & 0xffffff) != grey * 0x010101u)
        g_error ("function %d, window %g:%g, stored %d: %06x instead of %u", window->function, window->center, window->width, sample, pixels[i], grey);
      n_levels += !seen[grey];
      seen[grey] = TRUE;
    }
  g_assert_cmpuint (n_levels, >=, 2);
}

static void
test_functions (void)
{
  static const double numbers[][2] = { { 40, 400 }, { 1000, 1 }, { 100, 0.5 }, { 2047.5, 4096 }, { 300.25, 317.75 }, { 20000, 65536 }, { 0, 1e-9 } };
  g_autoptr (BagToneMap) map = bag_tone_map_new ();

  for (guint f = 0; f < BAG_N_VOI_FUNCTIONS; f++)
    for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
      {
        const BagWindowLevel any = { numbers[n][0], numbers[n][1], (BagVoiFunction) f };
        const BagWindowLevel window = bag_window_level_make_sane (&any);

        g_assert_true (window.width == any.width || f == BAG_VOI_FUNCTION_LINEAR);
        check_function (map, &window, 1, FALSE);
        check_function (map, &window, 0.125, TRUE);
        check_function (map, &window, -2, TRUE);
      }
}

static void
test_prepares_once (void)
{
  g_autoptr (BagToneMap) map = bag_tone_map_new ();
  BagWindowLevel window = { 40, 400 };

  g_assert_true (bag_tone_map_prepare (map, &window, 1, 0, FALSE, FALSE));
  g_assert_false (bag_tone_map_prepare (map, &window, 1, 0, FALSE, FALSE));
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 0, FALSE, FALSE));
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, FALSE, FALSE));
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, TRUE, FALSE));
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, TRUE, TRUE));
  g_assert_false (bag_tone_map_prepare (map, &window, 2, 1, 7, 7));
  window.width = 401;
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, TRUE, TRUE));
  window.center = 41;
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, TRUE, TRUE));
  window.function = BAG_VOI_FUNCTION_SIGMOID;
  g_assert_true (bag_tone_map_prepare (map, &window, 2, 1, TRUE, TRUE));
  g_assert_false (bag_tone_map_prepare (map, &window, 2, 1, TRUE, TRUE));
}

static void
test_stride (void)
{
  g_autoptr (BagToneMap) map = bag_tone_map_new ();
  const BagWindowLevel window = { 0.5, 1 };
  const guint16 stored[6] = { 0, 1, 1, 0, 1, 1 };
  guint32 pixels[12];

  for (guint i = 0; i < 12; i++)
    pixels[i] = 0xdeadbeef;

  bag_tone_map_prepare (map, &window, 1, 0, FALSE, FALSE);
  bag_tone_map_apply (map, stored, 3, 2, pixels, 5);

  g_assert_cmphex (pixels[0], ==, 0x000000);
  g_assert_cmphex (pixels[2], ==, 0xffffff);
  g_assert_cmphex (pixels[3], ==, 0xdeadbeef);
  g_assert_cmphex (pixels[4], ==, 0xdeadbeef);
  g_assert_cmphex (pixels[5], ==, 0x000000);
  g_assert_cmphex (pixels[7], ==, 0xffffff);
  g_assert_cmphex (pixels[8], ==, 0xdeadbeef);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tone-map/equals-definition", test_equals_definition);
  g_test_add_func ("/tone-map/works-out", test_works_out);
  g_test_add_func ("/tone-map/looks-up", test_looks_up);
  g_test_add_func ("/tone-map/widths", test_widths);
  g_test_add_func ("/tone-map/functions", test_functions);
  g_test_add_func ("/tone-map/prepares-once", test_prepares_once);
  g_test_add_func ("/tone-map/stride", test_stride);

  return g_test_run ();
}
