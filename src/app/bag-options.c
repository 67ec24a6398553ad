/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-options"

#include "config.h"

#include "app/bag-options.h"

#include "decoder/bag-isolation-wish.h"

#include <glib/gi18n.h>

/* The command line, read before GTK starts, so that a mistake in it is told
 * even without a display. GApplication's own parser is not used: it ends with
 * status 1 where scripts expect 2 for a mistake in usage. */

#define NOT_GIVEN G_MININT

typedef struct
{
  int slice;
  char *size;
  gint64 pool_budget;
  char *isolation;
  char **limits;
} RawOptions;

static gboolean
fail (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);

  return FALSE;
}

static gboolean
parse_length (const char *text, int *length)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, BAG_OPTIONS_MAX_SIZE, &value, NULL))
    return FALSE;

  *length = (int) value;

  return TRUE;
}

static gboolean
parse_size (const char *text, BagOptions *options, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", -1);

  if (g_strv_length (parts) == 2 && parse_length (parts[0], &options->width) && parse_length (parts[1], &options->height))
    return TRUE;

  return fail (error, _ ("--size takes WIDTHxHEIGHT in pixels, such as 1280x900"));
}

static gboolean
take_limits (BagOptions *self, char **limits, GError **error)
{
  for (guint i = 0; limits != NULL && limits[i] != NULL; i++)
    if (!bag_limits_parse (&self->limits, limits[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
take_raw_options (BagOptions *self, const RawOptions *raw, GError **error)
{
  if (raw->slice != NOT_GIVEN && raw->slice < 1)
    return fail (error, _ ("--slice counts from 1"));
  if (raw->pool_budget != NOT_GIVEN && (raw->pool_budget < 1 || raw->pool_budget > (G_MAXINT64 >> 20)))
    return fail (error, _ ("--pool-budget takes a number of MiB, at least 1"));

  if (raw->isolation != NULL && !bag_isolation_wish_set (raw->isolation))
    return fail (error, _ ("--isolation takes one of " BAG_ISOLATION_WISHES));

  self->slice = raw->slice != NOT_GIVEN ? (guint) raw->slice : 0;
  self->pool_budget = raw->pool_budget != NOT_GIVEN ? (guint64) raw->pool_budget << 20 : 0;

  return take_limits (self, raw->limits, error) && (raw->size == NULL || parse_size (raw->size, self, error));
}

static gboolean
check (const BagOptions *self, GError **error)
{
  if (self->open_demo && self->paths != NULL)
    return fail (error, _ ("--demo opens a made-up bag: no file can be given with it"));
  if (self->screenshot != NULL && *self->screenshot == '\0')
    return fail (error, _ ("--screenshot needs the name of a file"));
  if (self->screenshot != NULL && !self->open_demo && self->paths == NULL)
    return fail (error, _ ("--screenshot needs something to open"));

  return TRUE;
}

/**
 * bag_options_new:
 *
 * Returns: (transfer full): options as without any argument
 */
BagOptions *
bag_options_new (void)
{
  return g_new0 (BagOptions, 1);
}

/**
 * bag_options_parse:
 * @argv: (array zero-terminated=1): the arguments, program name first
 *
 * `--help` prints the usage and ends the program. What `--isolation` says holds for this
 * process from now on.
 *
 * Returns: (transfer full): the options, or %NULL with @error set
 */
BagOptions *
bag_options_parse (const char *const *argv, GError **error)
{
  g_autoptr (BagOptions) self = bag_options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("[FILE|FOLDER…]"));
  g_auto (GStrv) arguments = g_strdupv ((char **) argv);
  g_autofree char *size = NULL;
  g_autofree char *isolation = NULL;
  g_auto (GStrv) limits = NULL;
  RawOptions raw = { .slice = NOT_GIVEN, .pool_budget = NOT_GIVEN };
  const GOptionEntry entries[] = {
    { "slice", 0, 0, G_OPTION_ARG_INT, &raw.slice, N_ ("Show slice N, counted from 1"), N_ ("N") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &raw.size, N_ ("Size of the window in pixels"), N_ ("WxH") },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &self->screenshot, N_ ("Save the window to a PNG file and quit"), N_ ("FILE") },
    { "pool-budget", 0, 0, G_OPTION_ARG_INT64, &raw.pool_budget, N_ ("Memory for slices, in MiB"), N_ ("MIB") },
    { "isolation", 0, 0, G_OPTION_ARG_STRING, &raw.isolation, N_ ("Shut the decoder in: auto, full, seccomp, off"), N_ ("HOW") },
    { "limit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw.limits, N_ ("Go so far with a file, instead of what the setting NAME says"), N_ ("NAME=NUMBER") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->open_demo, N_ ("Open a made-up bag"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->show_version, N_ ("Print the version and quit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
    { NULL },
  };
  gboolean parsed;

  g_return_val_if_fail (argv != NULL, NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Look through CT scans of bags, slice by slice."));
  parsed = g_option_context_parse_strv (context, &arguments, error);
  size = raw.size;
  isolation = raw.isolation;
  limits = raw.limits;
  if (!parsed || !take_raw_options (self, &raw, error) || !check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * bag_options_free:
 * @self: (transfer full): options
 */
void
bag_options_free (BagOptions *self)
{
  g_clear_pointer (&self->screenshot, g_free);
  g_clear_pointer (&self->paths, g_strfreev);
  g_free (self);
}
