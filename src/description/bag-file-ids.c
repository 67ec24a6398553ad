/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-description"

#include "config.h"

#include "description/bag-file-ids.h"

#include "description/bag-description.h"
#include "description/bag-error.h"

#include <string.h>

/* PS3.10 section 8.2.1 allows 8 components of 8 capital letters, digits and
 * underscores. Discs that are off in the letters are common, and do no harm. */
#define MAX_COMPONENTS 8u
#define MAX_COMPONENT_BYTES 255u

/**
 * bag_file_ids_to_bytes:
 * @ids: (element-type utf8): file IDs
 *
 * Returns: (transfer full): what bag_file_ids_from_bytes() takes
 */
GBytes *
bag_file_ids_to_bytes (const GPtrArray *ids)
{
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (ids != NULL, NULL);

  variant = g_variant_ref_sink (g_variant_new_strv ((const char *const *) ids->pdata, (gssize) ids->len));

  return g_variant_get_data_as_bytes (variant);
}

static gboolean
fail (GError **error, const char *reason)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's list of files is not valid: %s", reason);

  return FALSE;
}

/**
 * bag_file_ids_from_bytes:
 * @bytes: what the decoder sent
 * @error: %BAG_ERROR_MALFORMED
 *
 * Checks form and number; which of the IDs may be followed is for bag_file_id_split().
 *
 * Returns: (transfer full) (element-type utf8): file IDs, harmless as texts; or %NULL
 */
GPtrArray *
bag_file_ids_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (GVariant) variant = NULL;
  GPtrArray *ids = NULL;
  gsize n;

  g_return_val_if_fail (bytes != NULL, NULL);

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_STRING_ARRAY, bytes, FALSE));
  n = g_variant_n_children (variant);
  if (!g_variant_is_normal_form (variant) || n > BAG_MAX_FILE_IDS)
    {
      fail (error, n > BAG_MAX_FILE_IDS ? "too many" : "not in normal form");
      return NULL;
    }

  ids = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n; i++)
    {
      const char *id = NULL;

      g_variant_get_child (variant, i, "&s", &id);
      g_ptr_array_add (ids, bag_text_sanitize (id, -1));
    }

  return ids;
}

static gboolean
is_name (const char *component)
{
  gsize length = strlen (component);

  return length > 0 && length <= MAX_COMPONENT_BYTES && strchr (component, '/') == NULL && strcmp (component, ".") != 0 && strcmp (component, "..") != 0;
}

/**
 * bag_file_id_split:
 * @id: a file ID
 *
 * Returns: (transfer full) (nullable): the names of the folders and of the file, each one that can
 *   only lead down; %NULL when @id is none
 */
char **
bag_file_id_split (const char *id)
{
  g_auto (GStrv) names = NULL;
  guint n;

  g_return_val_if_fail (id != NULL, NULL);

  names = g_strsplit (id, "\\", MAX_COMPONENTS + 1);
  n = g_strv_length (names);
  for (guint i = 0; i < n; i++)
    if (!is_name (g_strstrip (names[i])))
      return NULL;

  return n > 0 && n <= MAX_COMPONENTS ? g_steal_pointer (&names) : NULL;
}
