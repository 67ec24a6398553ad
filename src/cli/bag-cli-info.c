/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-record.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* `info`: what scans say about themselves, for people or as JSON. */
typedef struct
{
  gboolean json, measure;
  int scan;
  char **paths;

  BagDecoder *decoder;
  JsonBuilder *builder;
  int exit_code;
} BagCliInfo;

static void
fail (BagCliInfo *self, const char *path, const GError *error)
{
  bag_cli_print_error (path, error);
  self->exit_code = MAX (self->exit_code, BAG_CLI_FAILED);
}

static void
find_window (BagCliInfo *self, BagScan *scan, BagCliRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (!self->measure)
    {
      if (bag_scan_get_window (scan, &record->center, &record->width))
        record->window_origin = "file";
    }
  else if (bag_cli_measure_window (self->decoder, scan, &record->center, &record->width, &error))
    record->window_origin = "data";
  else
    fail (self, record->path, error);
}

static void
tell_scan (BagCliInfo *self, const char *path, BagScan *scan, guint number)
{
  BagCliRecord record = { .path = path, .scan = scan, .number = number };

  find_window (self, scan, &record);
  record.isolation = bag_decoder_get_isolation (self->decoder);
  if (self->json)
    bag_cli_record_add_json (&record, self->builder);
  else
    bag_cli_record_print (&record);
}

static void
tell_path (BagCliInfo *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_cli_open (self->decoder, path, &error);
  BagCliRange range = { 0 };

  if (scans == NULL)
    {
      fail (self, path, error);
      if (self->json)
        bag_cli_json_add_failure (self->builder, path, error);
    }
  else if (!bag_cli_pick (scans, path, self->scan, &range))
    self->exit_code = BAG_CLI_USAGE;

  for (guint i = range.first; i < range.last; i++)
    tell_scan (self, path, g_ptr_array_index (scans, i), i + 1);
}

static int
tell_paths (BagCliInfo *self)
{
  g_autoptr (BagDecoder) decoder = bag_decoder_new (1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  self->decoder = decoder;
  self->builder = builder;
  json_builder_begin_array (builder);
  for (char **path = self->paths; *path != NULL; path++)
    tell_path (self, *path);
  json_builder_end_array (builder);
  if (self->json)
    bag_cli_json_print (builder);

  return self->exit_code;
}

/**
 * bag_cli_info:
 *
 * Decodes no pixels unless `--window` asks for the window of the data.
 */
int
bag_cli_info (int argc, char *argv[])
{
  BagCliInfo self = { .scan = BAG_CLI_ALL_SCANS };
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print an array of records"), NULL },
    { "window", 0, 0, G_OPTION_ARG_NONE, &self.measure, N_ ("Measure the window of the data"), NULL },
    { "scan", 0, 0, G_OPTION_ARG_INT, &self.scan, N_ ("Only scan K of each path, from 1"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH..."), _ ("Tells what scans say about themselves."), &argc, &argv, &self.exit_code))
    return self.exit_code;
  if (paths == NULL)
    return bag_cli_usage_error (_ ("info: a path is missing"));

  self.paths = paths;

  return tell_paths (&self);
}
