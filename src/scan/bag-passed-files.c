/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-passed-files"

#include "config.h"

#include "scan/bag-passed-files.h"

#include "description/bag-error.h"

#define MAX_NAMES 3u

/**
 * bag_passed_files_init:
 * @self: memory for it
 */
void
bag_passed_files_init (BagPassedFiles *self)
{
  *self = (BagPassedFiles){ .names = g_string_new (NULL) };
}

/**
 * bag_passed_files_clear:
 * @self: files
 */
void
bag_passed_files_clear (BagPassedFiles *self)
{
  g_string_free (self->names, TRUE);
  *self = (BagPassedFiles){ 0 };
}

/**
 * bag_passed_files_add:
 * @self: files
 * @name: of another one, fit to be shown
 * @error: (nullable): why it was passed over
 */
void
bag_passed_files_add (BagPassedFiles *self, const char *name, const GError *error)
{
  if (self->n++ >= MAX_NAMES)
    return;

  g_string_append_printf (self->names, "%s%s", self->names->len > 0 ? ", " : "", name);
  if (error != NULL)
    g_string_append_printf (self->names, " [%s]", bag_error_name_of (error));
}

/**
 * bag_passed_files_get_more:
 * @self: files
 *
 * Returns: (transfer none): what goes behind the names when there are more files than names
 */
const char *
bag_passed_files_get_more (const BagPassedFiles *self)
{
  return self->n > MAX_NAMES ? ", …" : "";
}
