/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bagscope"

#include "config.h"

#include "app/bag-application.h"
#include "app/bag-environment.h"
#include "description/bag-heap.h"

#include <glib/gi18n.h>

#include <locale.h>

#define EXIT_USAGE 2

static int
run (BagOptions *options, char *argv[])
{
  g_autoptr (BagApplication) application = bag_application_new (options);
  int status = g_application_run (G_APPLICATION (application), 1, argv);

  return status != 0 ? status : bag_application_get_exit_status (application);
}

int
main (int argc, char *argv[])
{
  g_autoptr (BagOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  bag_heap_keep ();
  bag_environment_prepare ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BAG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  options = bag_options_parse ((const char *const *) argv, &error);
  if (options == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_USAGE;
    }
  if (options->show_version)
    {
      g_print ("Bagscope %s\n", BAG_VERSION);
      return 0;
    }

  return run (g_steal_pointer (&options), argv);
}
