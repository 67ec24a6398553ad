/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"

#include <gio/gio.h>

static void
test_names (void)
{
  for (guint code = 0; code < BAG_N_ERRORS; code++)
    g_assert_nonnull (bag_error_get_name (code));

  g_assert_cmpstr (bag_error_get_name (BAG_ERROR_NOT_DICOM), ==, "not-dicom");
  g_assert_cmpstr (bag_error_get_name (BAG_ERROR_CANCELLED), ==, "cancelled");
}

static void
test_other_domains (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) missing = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "x");

  g_assert_cmpstr (bag_error_name_of (cancelled), ==, "cancelled");
  g_assert_cmpstr (bag_error_name_of (missing), ==, "no-access");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/names", test_names);
  g_test_add_func ("/error/other-domains", test_other_domains);

  return g_test_run ();
}
