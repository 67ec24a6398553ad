/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-settings"

#include "config.h"

#include "app/bag-settings.h"

/* The settings, when there are any: a program that runs from the folder it was
 * built in has no schema installed, and g_settings_new() would abort there. */

/**
 * bag_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL when the schema
 *   is not installed: the defaults hold then, and nothing is remembered
 */
GSettings *
bag_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, BAG_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_debug ("schema %s is not installed", BAG_APP_ID);
      return NULL;
    }

  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * bag_settings_get_pool_budget:
 * @settings: (nullable): settings
 *
 * Returns: memory for slices in bytes; 0: the default
 */
guint64
bag_settings_get_pool_budget (GSettings *settings)
{
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), 0);

  return settings != NULL ? (guint64) g_settings_get_uint (settings, "pool-budget") << 20 : 0;
}
