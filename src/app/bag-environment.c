/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-environment"

#include "config.h"

#include "app/bag-environment.h"

/* What the environment must say before GTK starts, where the user has not said
 * otherwise. A slice is painted by cairo; the GL renderer would copy it through
 * a software rasteriser on every machine without a GPU and costs tens of
 * milliseconds a frame there, and merely initialising GL doubles the start. */

static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (address != NULL && *address != '\0')
    return !g_str_has_prefix (address, "disabled:");

  return g_file_test (socket, G_FILE_TEST_EXISTS);
}

/**
 * bag_environment_prepare:
 *
 * Sets GSK_RENDERER and GDK_DEBUG when they are unset. Without a session bus,
 * tells GLib and GTK so: otherwise both would start one of their own, which
 * outlives the program, or warn about it. Call it first in main(), before any
 * other thread exists.
 */
void
bag_environment_prepare (void)
{
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);

  if (has_session_bus ())
    return;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", FALSE);
  g_setenv ("GTK_A11Y", "none", FALSE);
}
