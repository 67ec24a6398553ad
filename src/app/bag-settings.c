/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-settings"

#include "config.h"

#include "app/bag-settings.h"

/* The settings, when there are any: a program that runs from the folder it was
 * built in has no schema installed, and g_settings_new() would abort there. */

#define BAG_SETTINGS_LARGEST_BUDGET (1u << 20) /* MiB; the range of the schema */

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

static gboolean
mib_to_bytes (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint64 (value, (guint64) g_variant_get_uint32 (variant) << 20);

  return TRUE;
}

/* Less than a MiB is kept as one, for 0 means the default. */
static GVariant *
bytes_to_mib (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint64 bytes = g_value_get_uint64 (value);

  return g_variant_new_uint32 ((guint32) MIN (bytes / (1 << 20) + (bytes % (1 << 20) > 0 ? 1 : 0), BAG_SETTINGS_LARGEST_BUDGET));
}

/**
 * bag_settings_bind_budget:
 * @settings: settings
 * @session: takes the memory for slices from @settings, and keeps it there
 */
void
bag_settings_bind_budget (GSettings *settings, BagSession *session)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (BAG_IS_SESSION (session));

  g_settings_bind_with_mapping (settings, "pool-budget", session, "pool-budget", G_SETTINGS_BIND_DEFAULT, mib_to_bytes, bytes_to_mib, NULL, NULL);
}

typedef struct
{
  GSettings *settings; /* (owned) once kept */
  BagSession *session; /* (not owned): this goes with it */
  BagLimits given;
} LimitsBinding;

/* Whatever stands in the file of the settings is made one that may be set. */
static void
take_limits (LimitsBinding *self)
{
  BagLimits limits;

  bag_limits_init (&limits);
  for (guint i = 0; self->settings != NULL && i < BAG_N_LIMITS; i++)
    bag_limits_set (&limits, (BagLimit) i, g_settings_get_uint (self->settings, bag_limit_get_info ((BagLimit) i)->name));
  bag_limits_override (&limits, &self->given);
  bag_session_set_limits (self->session, &limits);
}

static void
on_settings_changed (GSettings *settings, const char *key, LimitsBinding *binding)
{
  take_limits (binding);
}

static void
free_binding (gpointer data, GObject *session)
{
  LimitsBinding *self = data;

  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_object_unref (self->settings);
  g_free (self);
}

/**
 * bag_settings_bind_limits:
 * @settings: (nullable): settings
 * @session: takes how far it goes with the next file from @settings, from now on
 * @given: what the command line says instead; 0 for each limit that it does not name
 */
void
bag_settings_bind_limits (GSettings *settings, BagSession *session, const BagLimits *given)
{
  LimitsBinding binding = { .settings = settings, .session = session };
  LimitsBinding *kept = NULL;

  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));
  g_return_if_fail (BAG_IS_SESSION (session) && given != NULL);

  binding.given = *given;
  take_limits (&binding);
  if (settings == NULL)
    return;

  kept = g_memdup2 (&binding, sizeof binding);
  g_object_ref (settings);
  g_signal_connect (settings, "changed", G_CALLBACK (on_settings_changed), kept);
  g_object_weak_ref (G_OBJECT (session), free_binding, kept);
}

/**
 * bag_settings_bind_window:
 * @settings: settings
 * @window: takes its size from @settings, and keeps it there
 */
void
bag_settings_bind_window (GSettings *settings, GtkWindow *window)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_settings_bind (settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
}

/**
 * bag_settings_bind_panels:
 * @settings: settings
 *
 * Has the panels of a window take from @settings whether they are shown, and keep it there.
 */
void
bag_settings_bind_panels (GSettings *settings, GtkWidget *facts, GtkWidget *levels, GtkWidget *pool, GtkWidget *scans)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_settings_bind (settings, "show-facts", facts, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-levels", levels, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-pool", pool, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-scans", scans, "shown", G_SETTINGS_BIND_DEFAULT);
}
