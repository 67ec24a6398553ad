/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-window.h"

#include "cli/bag-cli-bench-file.h"
#include "cli/bag-cli-bench.h"
#include "description/bag-error.h"
#include "render/bag-tone-map.h"
#include "scan/bag-phantom.h"

#include <glib/gi18n.h>

#include <string.h>

/* How long it takes to make the pixels of a slice of 512 x 512 stored values, by each
 * path that the processor has, beside a plain copy of as many bytes as are written, in
 * turns; and to prepare for another window. Slices of the made-up bag, one after the
 * other, as when somebody scrolls. */

#define SIZE 512u
#define N_VALUES (SIZE * SIZE)
#define N_SLICES 8u
#define N_FRAMES 40u /* a round */
#define N_WINDOWS 20u

typedef struct
{
  BagToneMap *map; /* owned */
  guint16 *stored; /* owned; N_SLICES slices */
  guint32 *pixels; /* owned; of two pictures */
} BagCliWindowBench;

static void
bench_clear (BagCliWindowBench *self)
{
  g_clear_pointer (&self->map, bag_tone_map_free);
  g_clear_pointer (&self->stored, g_free);
  g_clear_pointer (&self->pixels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagCliWindowBench, bench_clear)

static gboolean
prepare (BagCliWindowBench *self, GError **error)
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (SIZE, SIZE, N_SLICES, 1, error);

  if (phantom == NULL)
    return FALSE;

  self->map = bag_tone_map_new ();
  self->stored = g_try_new (guint16, N_SLICES * N_VALUES);
  self->pixels = g_try_new0 (guint32, 2 * N_VALUES);
  if (self->stored == NULL || self->pixels == NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for the slices"));
      return FALSE;
    }
  for (guint i = 0; i < N_SLICES; i++)
    bag_phantom_draw_slice (phantom, i, self->stored + (gsize) i * N_VALUES);

  return TRUE;
}

static void
choose_window (BagCliWindowBench *self, double center)
{
  const BagWindowLevel window = { center, 2000, BAG_VOI_FUNCTION_LINEAR };

  bag_tone_map_prepare (self->map, &window, 1, -1024, FALSE, FALSE);
}

static void
make_pixels (BagCliWindowBench *self)
{
  for (guint i = 0; i < N_FRAMES; i++)
    bag_tone_map_apply (self->map, self->stored + (gsize) (i % N_SLICES) * N_VALUES, SIZE, SIZE, self->pixels, SIZE);
}

static void
copy_pixels (BagCliWindowBench *self)
{
  for (guint i = 0; i < N_FRAMES; i++)
    memcpy (self->pixels + (i % 2) * N_VALUES, self->pixels + (1 - i % 2) * N_VALUES, N_VALUES * sizeof *self->pixels);
}

static void
change_windows (BagCliWindowBench *self)
{
  for (guint i = 0; i < N_WINDOWS; i++)
    choose_window (self, 300 + i);
}

static void
measure (BagCliWindowBench *self, const char *name, void (*run) (BagCliWindowBench *), guint n, GArray *results)
{
  gint64 times[BAG_CLI_BENCH_ROUNDS], floors[BAG_CLI_BENCH_ROUNDS];
  BagCliBenchResult result = { .name = name, .unit = "ms" };

  for (guint round = 0; round <= BAG_CLI_BENCH_ROUNDS; round++)
    {
      guint place = round > 0 ? round - 1 : 0;
      gint64 start = g_get_monotonic_time ();

      run (self);
      times[place] = g_get_monotonic_time () - start;
      start = g_get_monotonic_time ();
      copy_pixels (self);
      floors[place] = g_get_monotonic_time () - start;
    }
  result.value = bag_cli_bench_get_median_ms (times) / n;
  result.floor = bag_cli_bench_get_median_ms (floors) / N_FRAMES;
  g_array_append_val (results, result);
}

/**
 * bag_cli_bench_window:
 * @path: (nullable): has to be %NULL
 * @results: (element-type BagCliBenchResult): gets medians a slice, in ms
 */
gboolean
bag_cli_bench_window (const char *path, GArray *results, GError **error)
{
  static const char *const names[BAG_N_TONE_PATHS] = { "slice-by-table", "slice-worked-out", "slice-worked-out-avx2" };
  g_auto (BagCliWindowBench) self = { 0 };

  if (path != NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("bench window takes no file"));
      return FALSE;
    }
  if (!prepare (&self, error))
    return FALSE;

  for (guint i = 0; i < BAG_N_TONE_PATHS; i++)
    {
      if (!bag_tone_path_is_there ((BagTonePath) i))
        continue;
      bag_tone_map_set_best_path (self.map, (BagTonePath) i);
      choose_window (&self, 40);
      measure (&self, names[i], make_pixels, N_FRAMES, results);
    }
  measure (&self, "another-window", change_windows, N_WINDOWS, results);

  return TRUE;
}
