/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-common.h"

#include "decoder/bag-isolation-wish.h"
#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <stdio.h>
#include <string.h>

/* What all subcommands share on the command line: usage, errors on stderr, and
 * the few forms that options have. */

/**
 * bag_cli_usage_error:
 * @format: what is wrong with the command line, in plain words
 *
 * Returns: %BAG_CLI_USAGE, for the caller to return
 */
int
bag_cli_usage_error (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "bagscope-cli: %s\n", message);
  fprintf (stderr, "%s\n", _ ("“bagscope-cli --help” tells what can be done."));

  return BAG_CLI_USAGE;
}

/**
 * bag_cli_print_error:
 * @path: the input that failed, as it was typed
 * @error: why
 *
 * Prints `PATH: message in plain words [name]` on stderr.
 */
void
bag_cli_print_error (const char *path, const GError *error)
{
  g_return_if_fail (path != NULL && error != NULL);

  fprintf (stderr, "%s: %s [%s]\n", path, error->message, bag_error_name_of (error));
}

/**
 * bag_cli_print_slice_error:
 * @number: of the slice, from 1
 *
 * Like bag_cli_print_error(), for one slice of an input that is good otherwise.
 */
void
bag_cli_print_slice_error (const char *path, guint number, const GError *error)
{
  g_return_if_fail (path != NULL && error != NULL);

  fprintf (stderr, _ ("%s: slice %u: %s [%s]\n"), path, number, error->message, bag_error_name_of (error));
}

static gboolean
take_isolation (const char *option, const char *value, gpointer data, GError **error)
{
  if (bag_isolation_wish_set (value))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--isolation takes one of %s"), BAG_ISOLATION_WISHES);

  return FALSE;
}

/* For the decoders of this process, as the command line says. */
static BagLimits limits;

static gboolean
take_limit (const char *option, const char *value, gpointer data, GError **error)
{
  return bag_limits_parse (&limits, value, error);
}

/**
 * bag_cli_get_limits:
 *
 * Returns: how far this process goes with a file: as it comes, but for what `--limit` says
 */
BagLimits
bag_cli_get_limits (void)
{
  BagLimits all;

  bag_limits_init (&all);
  bag_limits_override (&all, &limits);

  return all;
}

static const GOptionEntry common_entries[] = {
  { "isolation", 0, 0, G_OPTION_ARG_CALLBACK, take_isolation, N_ ("Shut the decoder in: auto, full, seccomp, off"), N_ ("HOW") },
  { "limit", 0, 0, G_OPTION_ARG_CALLBACK, take_limit, N_ ("Go so far with a file: see bagscope-cli(1)"), N_ ("NAME=NUMBER") },
  { NULL }
};

/**
 * bag_cli_parse:
 * @entries: options of the subcommand, NULL-terminated
 * @arguments: what follows the options, as `--help` shows it
 * @summary: what the subcommand does
 * @argc: (inout): as main() got it, the name of the subcommand first
 * @argv: (inout): likewise
 * @exit_code: (out): what to return when the subcommand is not to go on
 *
 * Returns: %FALSE after a mistake, which has been printed
 */
gboolean
bag_cli_parse (const GOptionEntry *entries,
               const char *arguments,
               const char *summary,
               int *argc,
               char ***argv,
               int *exit_code)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autofree char *program = g_strdup_printf ("bagscope-cli %s", (*argv)[0]);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common_entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  *exit_code = bag_cli_usage_error ("%s", error->message);

  return FALSE;
}

static gboolean
parse_count (const char *text, guint *count)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, BAG_CLI_MAX_SIDE, &value, NULL))
    return FALSE;
  *count = (guint) value;

  return TRUE;
}

/**
 * bag_cli_parse_size:
 * @text: "WIDTHxHEIGHT", each from 1 to 16384
 *
 * Returns: whether @text has that form
 */
gboolean
bag_cli_parse_size (const char *text, guint *columns, guint *rows)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", -1);

  return g_strv_length (parts) == 2 && parse_count (parts[0], columns) && parse_count (parts[1], rows);
}

static gboolean
parse_number (const char *text, double *number)
{
  char *end = NULL;

  *number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && *number >= -1e15 && *number <= 1e15;
}

/**
 * bag_cli_parse_window:
 * @text: "CENTRE:WIDTH" in values; the width is at least 1
 *
 * Returns: whether @text has that form
 */
gboolean
bag_cli_parse_window (const char *text, double *center, double *width)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);

  return g_strv_length (parts) == 2 && parse_number (parts[0], center) && parse_number (parts[1], width) && *width >= 1.0;
}

/**
 * bag_cli_path_to_text:
 * @path: a path as it was typed: any bytes
 *
 * Returns: (transfer full): valid UTF-8; equal to @path where that is valid
 */
char *
bag_cli_path_to_text (const char *path)
{
  return g_utf8_make_valid (path, -1);
}
