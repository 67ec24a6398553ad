/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-limits"

#include "config.h"

#include "description/bag-limits.h"

#include "description/bag-description.h"
#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <string.h>

/*
 * The limits that an operator may set, and how far each may be set: beyond the
 * most the program itself could not follow, and below the least no scan would
 * open. The schema of the settings has the same numbers; a test compares them.
 */
static const BagLimitInfo infos[BAG_N_LIMITS] = {
  [BAG_LIMIT_FILE_SIZE] = { "limit-file-size", 1, 8192, (guint32) (BAG_MAX_FILE_BYTES >> 20) },
  [BAG_LIMIT_HEADER_SIZE] = { "limit-header-size", 1, 64, BAG_MAX_HEADER_BYTES >> 20 },
  [BAG_LIMIT_ELEMENTS] = { "limit-elements", 100, 1000000, BAG_MAX_ELEMENTS },
  [BAG_LIMIT_DEPTH] = { "limit-depth", 4, 64, BAG_MAX_DEPTH },
  [BAG_LIMIT_ROWS_COLUMNS] = { "limit-rows-columns", 1, 16384, BAG_MAX_ROWS },
  [BAG_LIMIT_FRAMES] = { "limit-frames", 1, 65535, BAG_MAX_FRAMES },
  [BAG_LIMIT_COMPRESSION_RATIO] = { "limit-compression-ratio", 1, 2000, 1000000 },
  [BAG_LIMIT_HEADER_TIME] = { "deadline-header", 100, 2000, 600000 },
  [BAG_LIMIT_SLICE_TIME] = { "deadline-slice", 100, 2000, 600000 },
  [BAG_LIMIT_PIXEL_TIME] = { "deadline-pixels", 1, 1000, 600000 },
};

/**
 * bag_limit_get_info:
 * @limit: a limit
 *
 * Returns: (transfer none): what its setting is called, and which values it may have
 */
const BagLimitInfo *
bag_limit_get_info (BagLimit limit)
{
  g_return_val_if_fail ((guint) limit < BAG_N_LIMITS, NULL);

  return &infos[limit];
}

/**
 * bag_limits_init:
 * @self: memory for them
 *
 * Makes each what it is unless somebody sets it.
 */
void
bag_limits_init (BagLimits *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    self->values[i] = infos[i].usual;
}

/**
 * bag_limits_init_widest:
 * @self: memory for them
 *
 * Makes each as wide as anybody may set it.
 */
void
bag_limits_init_widest (BagLimits *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    self->values[i] = infos[i].most;
}

/**
 * bag_limits_check:
 * @self: limits as they came from elsewhere
 *
 * Returns: whether each is one that may be set
 */
gboolean
bag_limits_check (const BagLimits *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    if (self->values[i] < infos[i].least || self->values[i] > infos[i].most)
      return FALSE;

  return TRUE;
}

/**
 * bag_limits_set:
 * @self: limits
 * @limit: one of them
 * @value: what it shall be; as near to that as it may be set
 */
void
bag_limits_set (BagLimits *self, BagLimit limit, guint64 value)
{
  g_return_if_fail (self != NULL && (guint) limit < BAG_N_LIMITS);

  self->values[limit] = (guint32) CLAMP (value, infos[limit].least, infos[limit].most);
}

/**
 * bag_limits_get_bytes:
 * @self: limits
 * @limit: one that counts MiB
 *
 * Returns: bytes
 */
guint64
bag_limits_get_bytes (const BagLimits *self, BagLimit limit)
{
  g_return_val_if_fail (self != NULL && (limit == BAG_LIMIT_FILE_SIZE || limit == BAG_LIMIT_HEADER_SIZE), 0);

  return (guint64) self->values[limit] << 20;
}

static gboolean
find (const char *text, gsize length, BagLimit *limit)
{
  for (guint i = 0; i < BAG_N_LIMITS; i++)
    if (strlen (infos[i].name) == length && strncmp (infos[i].name, text, length) == 0)
      {
        *limit = (BagLimit) i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
fail_unknown (GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", infos[i].name);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--limit takes NAME=NUMBER with one of these names: %s"), names->str);

  return FALSE;
}

/**
 * bag_limits_parse:
 * @self: limits; changed only on success
 * @text: "NAME=NUMBER", as on a command line
 * @error: return location, in the domain %G_OPTION_ERROR
 *
 * Returns: whether that names a limit and a value that it may have
 */
gboolean
bag_limits_parse (BagLimits *self, const char *text, GError **error)
{
  const char *equals = NULL;
  const BagLimitInfo *info = NULL;
  BagLimit limit = BAG_LIMIT_FILE_SIZE;
  guint64 value = 0;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  equals = strchr (text, '=');
  if (equals == NULL || !find (text, (gsize) (equals - text), &limit))
    return fail_unknown (error);

  info = &infos[limit];
  if (!g_ascii_string_to_unsigned (equals + 1, 10, info->least, info->most, &value, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--limit %s takes a number from %u to %u"), info->name, info->least, info->most);
      return FALSE;
    }
  self->values[limit] = (guint32) value;

  return TRUE;
}

/**
 * bag_limits_override:
 * @self: limits
 * @given: what was given for this once; 0 for each that was not
 */
void
bag_limits_override (BagLimits *self, const BagLimits *given)
{
  g_return_if_fail (self != NULL && given != NULL);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    if (given->values[i] != 0)
      self->values[i] = given->values[i];
}

static const char *
get_unit (BagLimit limit)
{
  return limit == BAG_LIMIT_FILE_SIZE || limit == BAG_LIMIT_HEADER_SIZE ? " MiB" : "";
}

/**
 * bag_limits_set_error:
 * @error: return location, set to %BAG_ERROR_LIMIT
 * @self: limits
 * @limit: the one that a file goes beyond
 * @format: what the file has
 *
 * Says that, what the limit is, and the name of the setting. Not translated: mostly it is the
 * decoder that says it.
 */
void
bag_limits_set_error (GError **error, const BagLimits *self, BagLimit limit, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  g_return_if_fail (self != NULL && (guint) limit < BAG_N_LIMITS && format != NULL);

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "%s, more than the limit of %u%s (setting %s)", what, self->values[limit], get_unit (limit), infos[limit].name);
}
