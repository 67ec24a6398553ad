/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-elements.h"
#include "cli/bag-cli-record.h"
#include "cli/bag-cli-visit.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* `info`: what scans say about themselves, for people or as JSON. */
typedef struct
{
  BagCliVisit visit;
  gboolean measure;
  gboolean elements, reveal;
  int slice; /* whose file's elements, from 1 */
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

static BagElementList *
find_elements (BagCliInfo *self, BagScan *scan, const char *path)
{
  g_autoptr (GError) error = NULL;
  BagElementList *list = NULL;
  guint n_slices = bag_scan_get_n_slices (scan);

  if (self->slice < 1 || (guint) self->slice > n_slices)
    {
      self->visit.exit_code = bag_cli_usage_error (_ ("info: there is no slice %d: the scan has %u"), self->slice, n_slices);
      return NULL;
    }

  list = bag_cli_elements_read (self->visit.decoder, scan, (guint) self->slice - 1, self->reveal, &error);
  if (list == NULL)
    bag_cli_visit_fail (&self->visit, path, error);

  return list;
}

static void
tell_scan (BagCliVisit *visit, const char *path, BagScan *scan, guint number, gpointer user_data)
{
  BagCliInfo *self = user_data;
  BagCliRecord record = { .path = path, .scan = scan, .number = number, .has_elements = self->elements };
  g_autoptr (BagElementList) elements = NULL;

  find_window (self, scan, &record);
  if (self->elements)
    elements = find_elements (self, scan, path);
  record.elements = elements;
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
  BagCliInfo self = { .visit.scan = BAG_CLI_ALL_SCANS, .slice = 1 };
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.visit.json, N_ ("Print an array of records"), NULL },
    { "window", 0, 0, G_OPTION_ARG_NONE, &self.measure, N_ ("Measure the window of the data"), NULL },
    { "elements", 0, 0, G_OPTION_ARG_NONE, &self.elements, N_ ("List all data elements of the file as well"), NULL },
    { "slice", 0, 0, G_OPTION_ARG_INT, &self.slice, N_ ("Of the file that slice N stands in, from 1"), "N" },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &self.reveal, N_ ("List personal data in clear"), NULL },
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
