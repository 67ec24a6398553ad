/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obedience.h"

#include <glib/gstdio.h>

#include <unistd.h>

/*
 * Tells decoders that are started from now on what to do. The fake decoder
 * obeys the name that it is started by, for that reaches it however far it is
 * shut in; so each order is a link to it.
 */
static char *program, *folder;
static GPtrArray *orders; /* (element-type filename) */

/**
 * obedience_begin:
 *
 * Call it first, with the path of the fake decoder in BAGSCOPE_DECODER.
 */
void
obedience_begin (void)
{
  program = g_strdup (g_getenv ("BAGSCOPE_DECODER"));
  folder = g_dir_make_tmp ("bagscope-XXXXXX", NULL);
  orders = g_ptr_array_new_with_free_func (g_free);
  g_assert_nonnull (folder);
}

/**
 * obedience_end:
 *
 * Takes all orders back.
 */
void
obedience_end (void)
{
  behave ();
  for (guint i = 0; i < orders->len; i++)
    g_remove (g_ptr_array_index (orders, i));
  g_rmdir (folder);
  g_clear_pointer (&orders, g_ptr_array_unref);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&program, g_free);
}

/**
 * obey_late:
 * @action: what fake-decoder.c knows
 * @kind: requests that it answers so; 0: before any
 * @n: from the how manieth of them on, from 1
 */
void
obey_late (const char *action, BagDecoderKind kind, guint n)
{
  g_autofree char *name = g_strdup_printf ("%s@%u@%u", action, kind, n);
  char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_assert_cmpint (symlink (program, path), ==, 0);
      g_ptr_array_add (orders, g_strdup (path));
    }
  g_setenv ("BAGSCOPE_DECODER", path, TRUE);
  g_free (path);
}

/**
 * obey:
 * @action: what fake-decoder.c knows
 * @kind: requests that it answers so
 */
void
obey (const char *action, BagDecoderKind kind)
{
  obey_late (action, kind, 1);
}

/**
 * behave:
 *
 * Decoders that are started from now on do what they should.
 */
void
behave (void)
{
  g_setenv ("BAGSCOPE_DECODER", program, TRUE);
}
