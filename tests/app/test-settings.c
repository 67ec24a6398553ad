/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-settings.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>

/* The budget is kept from one run of the program to the next. */
static void
test_budget (void)
{
  g_autoptr (GSettings) settings = bag_settings_new ();
  g_autoptr (BagSession) session = bag_session_new (0);
  g_autoptr (BagSession) next = bag_session_new (0);

  g_assert_nonnull (settings);
  g_settings_set_uint (settings, "pool-budget", 256);
  bag_settings_bind_budget (settings, session);
  g_assert_cmpuint (bag_session_get_pool_budget (session), ==, 256u << 20);

  bag_session_set_pool_budget (session, 16u << 20);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 16);
  bag_session_set_pool_budget (session, (16u << 20) + 1);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 17);
  bag_settings_bind_budget (settings, next);
  g_assert_cmpuint (bag_session_get_pool_budget (next), ==, 17u << 20);

  /* Nothing set is the default, and stays so. */
  bag_session_set_pool_budget (next, 0);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 0);
  g_assert_cmpuint (bag_session_get_budget_in_force (session), ==, bag_session_get_default_budget (session));
  bag_session_set_pool_budget (next, G_MAXUINT64);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 1u << 20);
}

static guint32
get_limit (BagSession *session, BagLimit limit)
{
  return bag_session_get_limits (session)->values[limit];
}

/* The schema and the program have the same names, usual values and ranges. */
static void
test_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (source, BAG_APP_ID, TRUE);

  for (guint i = 0; i < BAG_N_LIMITS; i++)
    {
      const BagLimitInfo *info = bag_limit_get_info ((BagLimit) i);
      g_autoptr (GSettingsSchemaKey) key = NULL;
      g_autoptr (GVariant) usual = NULL;
      g_autoptr (GVariant) range = NULL;
      g_autofree char *text = NULL;
      g_autofree char *wanted = g_strdup_printf ("('range', <(uint32 %u, uint32 %u)>)", info->least, info->most);

      g_assert_true (g_settings_schema_has_key (schema, info->name));
      key = g_settings_schema_get_key (schema, info->name);
      usual = g_settings_schema_key_get_default_value (key);
      range = g_settings_schema_key_get_range (key);
      text = g_variant_print (range, TRUE);
      g_assert_cmpuint (g_variant_get_uint32 (usual), ==, info->usual);
      g_assert_cmpstr (text, ==, wanted);
    }
}

/* What the settings say counts at once for what is opened next; what the command line says goes before. */
static void
test_limits (void)
{
  g_autoptr (GSettings) settings = bag_settings_new ();
  BagSession *session = bag_session_new (0);
  BagLimits given = { { 0 } };

  g_settings_set_uint (settings, "limit-depth", 90);
  given.values[BAG_LIMIT_FRAMES] = 77;
  bag_settings_bind_limits (settings, session, &given);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_DEPTH), ==, 90);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_FRAMES), ==, 77);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_FILE_SIZE), ==, 8192);

  g_settings_set_uint (settings, "limit-depth", 91);
  g_settings_set_uint (settings, "limit-frames", 1000);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_DEPTH), ==, 91);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_FRAMES), ==, 77);

  g_assert_finalize_object (session);
  g_settings_reset (settings, "limit-depth"); /* with the session its handler has gone */
}

/* A file of settings may hold anything. */
static void
test_hostile (void)
{
  const char *const text = "[org/bagscope/Bagscope]\nlimit-depth=uint32 4000000000\nlimit-frames='many'\nlimit-elements=uint32 0\nlimit-rows-columns=uint32 2000\n";
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("settings-XXXXXX", &path, NULL);
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (BagSession) session = bag_session_new (0);
  const BagLimits given = { { 0 } };

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  backend = g_keyfile_settings_backend_new (path, "/", NULL);
  settings = g_settings_new_with_backend (BAG_APP_ID, backend);
  bag_settings_bind_limits (settings, session, &given);
  g_assert_true (bag_limits_check (bag_session_get_limits (session)));
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_DEPTH), ==, 64);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_FRAMES), ==, 65535);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_ELEMENTS), ==, 1000000);
  g_assert_cmpuint (get_limit (session, BAG_LIMIT_ROWS_COLUMNS), ==, 2000);
  g_remove (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/budget", test_budget);
  g_test_add_func ("/settings/schema", test_schema);
  g_test_add_func ("/settings/limits", test_limits);
  g_test_add_func ("/settings/hostile", test_hostile);

  return g_test_run ();
}
