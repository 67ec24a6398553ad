/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-common.h"
#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-make-bag.h"
#include "description/bag-heap.h"

#include <glib/gi18n.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (int argc, char *argv[]);
  const char *summary;
} BagCliCommand;

static const BagCliCommand commands[] = {
  { "info", bag_cli_info, N_ ("tell what a scan says about itself") },
  { "hash", bag_cli_hash, N_ ("print range, mean and SHA-256 of each slice") },
  { "analyze", bag_cli_analyze, N_ ("measure the density of scans through one pool") },
  { "render", bag_cli_render, N_ ("write the picture of one slice") },
  { "make-bag", bag_cli_make_bag, N_ ("write a made-up bag and its threat report") },
  { "bench", bag_cli_bench, N_ ("measure the program's own paths") },
};

static void
print_help (void)
{
  printf (_ ("Usage: bagscope-cli COMMAND [OPTION...] [PATH...]\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %-10s%s\n", commands[i].name, _ (commands[i].summary));
  printf (_ ("\n“bagscope-cli COMMAND --help” tells the options of a command.\n"
             "Exit: 0 good, 1 some input failed or some slice was unreadable, 2 wrong usage.\n"));
}

/* Texts follow the locale, numbers do not: what is printed is read by programs as well. */
static void
prepare_locale (void)
{
  setlocale (LC_CTYPE, "");
  setlocale (LC_MESSAGES, "");
  bindtextdomain (GETTEXT_PACKAGE, BAG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
run_command (int argc, char *argv[])
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return commands[i].run (argc - 1, argv + 1);

  return bag_cli_usage_error (_ ("there is no command “%s”"), argv[1]);
}

int
main (int argc, char *argv[])
{
  bag_heap_keep ();
  prepare_locale ();

  if (argc < 2)
    return bag_cli_usage_error (_ ("a command is missing"));
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help ();
      return BAG_CLI_GOOD;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("bagscope-cli %s\n", BAG_VERSION);
      return BAG_CLI_GOOD;
    }

  return run_command (argc, argv);
}
