/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-visit.h"

#include "cli/bag-cli-common.h"
#include "cli/bag-cli-json.h"

/* A path that fails is named, and the next one has its turn all the same. */

/**
 * bag_cli_visit_fail:
 * @path: the input that failed
 * @error: why
 *
 * Says so on stderr and by the exit code.
 */
void
bag_cli_visit_fail (BagCliVisit *self, const char *path, const GError *error)
{
  bag_cli_print_error (path, error);
  self->exit_code = MAX (self->exit_code, BAG_CLI_FAILED);
}

static void
visit_path (BagCliVisit *self, const char *path, BagCliVisitFunc func, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_cli_open (self->decoder, path, &error);
  BagCliRange range = { 0 };

  if (scans == NULL)
    {
      bag_cli_visit_fail (self, path, error);
      bag_cli_json_add_failure (self->builder, path, error);
    }
  else if (!bag_cli_pick (scans, path, self->scan, &range))
    self->exit_code = BAG_CLI_USAGE;

  for (guint i = range.first; i < range.last; i++)
    func (self, path, g_ptr_array_index (scans, i), i + 1, user_data);
}

/**
 * bag_cli_visit_paths:
 * @func: called for each scan that is wanted, with its number from 1
 *
 * Returns: the exit code
 */
int
bag_cli_visit_paths (BagCliVisit *self, BagCliVisitFunc func, gpointer user_data)
{
  g_autoptr (BagDecoder) decoder = bag_cli_decoder_new ((const char *const *) self->paths);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  self->decoder = decoder;
  self->builder = builder;
  json_builder_begin_array (builder);
  for (char **path = self->paths; *path != NULL; path++)
    visit_path (self, *path, func, user_data);
  json_builder_end_array (builder);
  if (self->json)
    bag_cli_json_print (builder);
  self->builder = NULL;
  self->decoder = NULL;

  return self->exit_code;
}
