/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli-make-bag"

#include "config.h"
#include "cli/bag-cli-make-bag.h"

#include "cli/bag-cli-common.h"

#include "writer/bag-dicos-writer.h"
#include "writer/bag-threat-report-writer.h"

#include <glib/gi18n.h>

/* `bagscope-cli make-bag`: a made-up scan and its threat report as files. */

#define REPORT_SUFFIX ".tdr.dcs"

typedef struct
{
  guint columns, rows, n_slices;
  BagDicosSyntax syntax;
  BagDicosFlavor flavor;
  guint64 seed;

  /* Owned */
  char *path;
} MakeBag;

/* What stood on the command line. */
typedef struct
{
  char *size;
  char *syntax;
  char *flavor;
  char *seed;
  char **paths;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->size);
  g_free (self->syntax);
  g_free (self->flavor);
  g_free (self->seed);
  g_strfreev (self->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
read_arguments (Arguments *self, int argc, char **argv, int *exit_code)
{
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size, N_ ("voxels: columns, rows, slices (512x512x600)"), "CxRxN" },
    { "syntax", 0, 0, G_OPTION_ARG_STRING, &self->syntax, N_ ("explicit, implicit, rle or jpeg-lossless (explicit)"), N_ ("NAME") },
    { "flavor", 0, 0, G_OPTION_ARG_STRING, &self->flavor, N_ ("standard or toolkit (toolkit)"), N_ ("NAME") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed, N_ ("another number is another bag (1)"), "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
    { NULL },
  };

  return bag_cli_parse (entries, _ ("OUT"), _ ("Writes a made-up scan to OUT, and its threat report beside it as OUT.tdr.dcs."), &argc, &argv, exit_code);
}

/* The place of @name among @names, -1 when it is not there. */
static int
find_name (const char *name, const char *const *names)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (name, names[i]))
      return i;
  return -1;
}

static gboolean
parse_size (MakeBag *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", -1);
  guint *sides[] = { &self->columns, &self->rows, &self->n_slices };

  if (g_strv_length (parts) != G_N_ELEMENTS (sides))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      guint64 side;

      if (!g_ascii_string_to_unsigned (parts[i], 10, 1, G_MAXUINT16, &side, NULL))
        return FALSE;
      *sides[i] = (guint) side;
    }
  return TRUE;
}

static gboolean
parse_names (MakeBag *self, const Arguments *arguments, int *exit_code)
{
  const char *const syntaxes[] = { "explicit", "implicit", "rle", "jpeg-lossless", NULL };
  const char *const flavors[] = { "standard", "toolkit", NULL };
  int syntax = arguments->syntax == NULL ? BAG_DICOS_SYNTAX_EXPLICIT : find_name (arguments->syntax, syntaxes);
  int flavor = arguments->flavor == NULL ? BAG_DICOS_FLAVOR_TOOLKIT : find_name (arguments->flavor, flavors);

  if (syntax < 0)
    *exit_code = bag_cli_usage_error (_ ("there is no syntax “%s”"), arguments->syntax);
  else if (flavor < 0)
    *exit_code = bag_cli_usage_error (_ ("there is no flavor “%s”"), arguments->flavor);
  self->syntax = (BagDicosSyntax) syntax;
  self->flavor = (BagDicosFlavor) flavor;
  return syntax >= 0 && flavor >= 0;
}

static gboolean
parse_numbers (MakeBag *self, const Arguments *arguments, int *exit_code)
{
  gboolean is_size = arguments->size == NULL || parse_size (self, arguments->size);
  gboolean is_seed = arguments->seed == NULL || g_ascii_string_to_unsigned (arguments->seed, 10, 0, G_MAXUINT64, &self->seed, NULL);

  if (!is_size)
    *exit_code = bag_cli_usage_error (_ ("a size is three numbers like 512x512x600, not “%s”"), arguments->size);
  else if (!is_seed)
    *exit_code = bag_cli_usage_error (_ ("a seed is a number, not “%s”"), arguments->seed);
  return is_size && is_seed;
}

static gboolean
parse (MakeBag *self, int argc, char **argv, int *exit_code)
{
  g_auto (Arguments) arguments = { 0 };

  if (!read_arguments (&arguments, argc, argv, exit_code))
    return FALSE;
  if (arguments.paths == NULL || g_strv_length (arguments.paths) != 1)
    {
      *exit_code = bag_cli_usage_error (_ ("one file to write must be named"));
      return FALSE;
    }
  if (!parse_names (self, &arguments, exit_code) || !parse_numbers (self, &arguments, exit_code))
    return FALSE;
  self->path = g_strdup (arguments.paths[0]);
  return TRUE;
}

static int
report (const char *path, const GError *error)
{
  bag_cli_print_error (path, error);
  return BAG_CLI_FAILED;
}

static int
make_bag (const MakeBag *self, const BagPhantom *phantom)
{
  g_autofree char *report_path = g_strconcat (self->path, REPORT_SUFFIX, NULL);
  g_autoptr (GError) error = NULL;

  if (!bag_dicos_writer_write (phantom, self->path, self->syntax, self->flavor, &error))
    return report (self->path, error);
  if (!bag_threat_report_writer_write (phantom, report_path, &error))
    return report (report_path, error);
  return BAG_CLI_GOOD;
}

/**
 * bag_cli_make_bag:
 * @argv: the arguments from the subcommand's name on
 *
 * Returns: 0 when both files were written, 1 when not, 2 when the arguments make no sense
 */
int
bag_cli_make_bag (int argc, char *argv[])
{
  MakeBag self = { BAG_PHANTOM_COLUMNS, BAG_PHANTOM_ROWS, BAG_PHANTOM_SLICES, .seed = BAG_PHANTOM_SEED };
  g_autofree char *path = NULL;
  g_autoptr (BagPhantom) phantom = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code = BAG_CLI_USAGE;

  if (!parse (&self, argc, argv, &exit_code))
    return exit_code;

  path = self.path;
  phantom = bag_phantom_new (self.columns, self.rows, self.n_slices, self.seed, &error);
  if (phantom == NULL)
    return report (path, error);
  return make_bag (&self, phantom);
}
