/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-error"

#include "config.h"

#include "description/bag-error.h"

#include <gio/gio.h>

/* Not G_DEFINE_QUARK(): that keeps the number where threads race to write it. */
GQuark
bag_error_quark (void)
{
  return g_quark_from_static_string ("bag-error-quark");
}

static const char *const names[BAG_N_ERRORS] = {
  [BAG_ERROR_NOT_DICOM] = "not-dicom",
  [BAG_ERROR_NOT_AN_IMAGE] = "not-an-image",
  [BAG_ERROR_UNSUPPORTED_SYNTAX] = "unsupported-syntax",
  [BAG_ERROR_UNSUPPORTED_IMAGE] = "unsupported-image",
  [BAG_ERROR_UNSUPPORTED_OBJECT] = "unsupported-object",
  [BAG_ERROR_MALFORMED] = "malformed",
  [BAG_ERROR_TRUNCATED] = "truncated",
  [BAG_ERROR_CORRUPT_FRAME] = "corrupt-frame",
  [BAG_ERROR_LIMIT] = "limit",
  [BAG_ERROR_TIMEOUT] = "timeout",
  [BAG_ERROR_DECODER_DIED] = "decoder-died",
  [BAG_ERROR_FILE_CHANGED] = "file-changed",
  [BAG_ERROR_NO_ACCESS] = "no-access",
  [BAG_ERROR_NO_MEMORY] = "no-memory",
  [BAG_ERROR_CANCELLED] = "cancelled",
};

/**
 * bag_error_get_name:
 * @code: an error code
 *
 * Returns: (transfer none): the kebab-case name that people and programs see
 */
const char *
bag_error_get_name (BagError code)
{
  g_return_val_if_fail ((guint) code < BAG_N_ERRORS, "malformed");

  return names[code];
}

/**
 * bag_error_name_of:
 * @error: any error
 *
 * Returns: (transfer none): the name for @error; errors of other domains are
 *   told apart only by what an operator can do about them
 */
const char *
bag_error_name_of (const GError *error)
{
  g_return_val_if_fail (error != NULL, "malformed");

  if (error->domain == BAG_ERROR && (guint) error->code < BAG_N_ERRORS)
    return names[error->code];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return names[BAG_ERROR_CANCELLED];
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return names[BAG_ERROR_LIMIT];

  return names[BAG_ERROR_NO_ACCESS];
}
