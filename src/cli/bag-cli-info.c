/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-record.h"
#include "cli/bag-cli-visit.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* `info`: what scans say about themselves, for people or as JSON. */
typedef struct
{
  BagCliVisit visit;
  gboolean measure;
} BagCliInfo;

static void
find_window (BagCliInfo *self, BagScan *scan, BagCliRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (!self->measure)
    {
      if (bag_scan_get_window (scan, &record->center, &record->width))
        record->window_origin = "file";
    }
  else if (bag_cli_measure_window (self->visit.decoder, scan, &record->center, &record->width, &error))
    record->window_origin = "data";
  else
    bag_cli_visit_fail (&self->visit, record->path, error);
}

static void
tell_scan (BagCliVisit *visit, const char *path, BagScan *scan, guint number, gpointer user_data)
{
  BagCliRecord record = { .path = path, .scan = scan, .number = number };

  find_window (user_data, scan, &record);
  record.isolation = bag_decoder_get_isolation (visit->decoder);
  if (visit->json)
    bag_cli_record_add_json (&record, visit->builder);
  else
    bag_cli_record_print (&record);
}

/**
 * bag_cli_info:
 *
 * Decodes no pixels unless `--window` asks for the window of the data.
 */
int
bag_cli_info (int argc, char *argv[])
{
  BagCliInfo self = { .visit.scan = BAG_CLI_ALL_SCANS };
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.visit.json, N_ ("Print an array of records"), NULL },
    { "window", 0, 0, G_OPTION_ARG_NONE, &self.measure, N_ ("Measure the window of the data"), NULL },
    { "scan", 0, 0, G_OPTION_ARG_INT, &self.visit.scan, N_ ("Only scan K of each path, from 1"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH..."), _ ("Tells what scans say about themselves."), &argc, &argv, &self.visit.exit_code))
    return self.visit.exit_code;
  if (paths == NULL)
    return bag_cli_usage_error (_ ("info: a path is missing"));

  self.visit.paths = paths;

  return bag_cli_visit_paths (&self.visit, tell_scan, &self);
}
