/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder.h"
#include "scan/bag-scan.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BagCliVisit:
 *
 * The way of a subcommand through scan after scan of path after path. With @json
 * it prints one array of what was added to @builder. One thread.
 */
typedef struct _BagCliVisit BagCliVisit;

typedef void (*BagCliVisitFunc) (BagCliVisit *self, const char *path, BagScan *scan, guint number, gpointer user_data);

struct _BagCliVisit
{
  /* Given by the command line */
  gboolean json;
  int scan; /* from 1, or BAG_CLI_ALL_SCANS */
  char **paths;

  /* There while paths are visited */
  BagDecoder *decoder;
  JsonBuilder *builder;
  int exit_code;
};

int bag_cli_visit_paths (BagCliVisit *self, BagCliVisitFunc func, gpointer user_data);
void bag_cli_visit_fail (BagCliVisit *self, const char *path, const GError *error);

G_END_DECLS
