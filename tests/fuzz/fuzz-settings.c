/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "app/bag-options.h"
#include "app/bag-paths.h"
#include "app/bag-settings.h"
#include "cli/bag-cli-common.h"
#include "decoder/bag-isolation-wish.h"
#include "render/bag-window-preset.h"
#include "session/bag-budget-scale.h"

#include <math.h>
#include <string.h>

/* Texts that say how the program is to be: the first byte chooses between its arguments, the
 * values of its settings, a size or a window, and pasted paths; the rest is the text. What is
 * taken must lie within the limits that stand in the documents. */

#define MAX_ARGUMENTS 16u

/* Help and version texts end the program. */
static gboolean
asks_for_help (const char *argument)
{
  if (g_str_has_prefix (argument, "--help"))
    return TRUE;

  return argument[0] == '-' && argument[1] != '-' && strpbrk (argument, "h?") != NULL;
}

static void
parse_arguments (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, "\n", MAX_ARGUMENTS);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (BagOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (gpointer) "bagscope");
  for (guint i = 0; words[i] != NULL; i++)
    if (asks_for_help (words[i]))
      return;
    else
      g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);

  options = bag_options_parse ((const char *const *) argv->pdata, &error);
  g_assert_true ((options == NULL) != (error == NULL));
  if (options == NULL)
    return;
  g_assert_true (options->width >= 0 && options->width <= BAG_OPTIONS_MAX_SIZE && options->height >= 0 && options->height <= BAG_OPTIONS_MAX_SIZE);
  g_assert_true ((options->width == 0) == (options->height == 0) && options->slice <= G_MAXINT);
  g_assert_true (options->pool_budget % (1u << 20) == 0 && !(options->open_demo && options->paths != NULL));
}

static void
check_window (double center, double width)
{
  static const char *const units[] = { "HU", "MHU", "raw" };
  const BagWindowLevel window = bag_window_level_sanitize (center, width);

  g_assert_true (isfinite (window.center) && isfinite (window.width) && window.width >= BAG_WINDOW_MIN_WIDTH);
  g_assert_cmpuint (bag_window_level_map (&window, -INFINITY), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&window, INFINITY), ==, 255);
  for (guint number = 0; number <= BAG_N_WINDOW_PRESETS + 1; number++)
    {
      BagWindowLevel preset = window;

      bag_window_preset_get (number, units[number % G_N_ELEMENTS (units)], &window, &preset);
      g_assert_true (isfinite (preset.center) && isfinite (preset.width) && preset.width >= BAG_WINDOW_MIN_WIDTH);
    }
}

static void
parse_values (const char *text)
{
  guint columns = 0;
  guint rows = 0;
  double center = 0;
  double width = 0;

  if (bag_cli_parse_size (text, &columns, &rows))
    g_assert_true (columns >= 1 && columns <= BAG_MAX_COLUMNS && rows >= 1 && rows <= BAG_MAX_ROWS);
  if (bag_cli_parse_window (text, &center, &width))
    check_window (center, width);
  if (bag_isolation_wish_set (text))
    g_assert_cmpuint (bag_isolation_wish_choose (0), <, BAG_N_ISOLATIONS);
}

static void
parse_paths (const char *text)
{
  g_auto (GStrv) paths = bag_paths_from_text (text);

  for (guint i = 0; paths[i] != NULL; i++)
    g_assert_true (g_path_is_absolute (paths[i]));
}

/* As a file of settings gives it: any value of the type, but what is outside of the range counts
 * for nothing. */
static void
set (GSettings *settings, GSettingsSchemaKey *key, const char *text)
{
  g_autoptr (GVariant) value = g_variant_parse (g_settings_schema_key_get_value_type (key), text, NULL, NULL, NULL);

  if (value != NULL && g_settings_schema_key_range_check (key, value))
    g_settings_set_value (settings, g_settings_schema_key_get_name (key), value);
}

static void
check_budget (GSettings *settings, BagSession *session)
{
  guint64 budget = bag_session_get_pool_budget (session);
  guint n_steps = bag_budget_scale_get_n_steps (budget);

  g_assert_cmpuint (budget, ==, (guint64) g_settings_get_uint (settings, "pool-budget") << 20);
  g_assert_cmpuint (budget, <=, (guint64) 1 << 40);
  g_assert_cmpuint (bag_budget_scale_get_step (budget, budget), <=, n_steps);
  g_assert_cmpuint (bag_budget_scale_get_bytes (n_steps, budget), <=, MAX (budget, 2 * BAG_BUDGET_SCALE_LEAST));
}

static void
read_settings (const char *text)
{
  static GSettings *settings;
  static BagSession *session;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  if (settings == NULL)
    {
      settings = bag_settings_new ();
      session = bag_session_new (0);
      g_assert_nonnull (settings);
      bag_settings_bind_budget (settings, session);
    }
  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL))
    return;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);
      g_autofree char *value = g_key_file_get_value (file, "settings", keys[i], NULL);

      if (value != NULL)
        set (settings, key, value);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_budget (settings, session);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  static void (*const readers[]) (const char *text) = { parse_arguments, read_settings, parse_values, parse_paths };
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  readers[data[0] % G_N_ELEMENTS (readers)](text);

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const char *const texts[] = {
    "\004--size=1280x900\n--slice=3\n--pool-budget=256\n--isolation=seccomp\n/a\n/b",
    "\004--demo\n--screenshot=x.png",
    "\004--version\n--\n--demo",
    "\004--size\n16385x1\n--demo",
    "\004--pool-budget\n9223372036854775807",
    "\005[settings]\npool-budget=uint32 256\nwindow-width=800\nwindow-maximized=true\nshow-pool=false\n",
    "\005[settings]\npool-budget=4294967295\nwindow-height=-1\n",
    "\006512x400",
    "\00640:400",
    "\006-1e15:1e15",
    "\0061:1e-400",
    "\006nan:inf",
    "\006full",
    "\007/tmp/a.dcs\nfile:///tmp/b%20c.dcs\n",
    "\007file://host/x\nrelative",
  };
  GPtrArray *seeds = fuzz_seeds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seeds_add (seeds, texts[i], strlen (texts[i]));

  return seeds;
}
