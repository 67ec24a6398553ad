/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-description.h"
#include "description/bag-error.h"

#include <string.h>

static void
test_texts (void)
{
  static const struct
  {
    const char *in;
    gssize length;
    const char *out;
  } rows[] = {
    { NULL, -1, "" },
    { "plain", -1, "plain" },
    { "plain", 2, "pl" },
    { "a\tb\nc", -1, "a b c" },
    { "a\x1b[31m", -1, "a\xef\xbf\xbd[31m" },
    { "a\0b", 3, "a\xef\xbf\xbd"
                 "b" },
    { "bag\xe2\x80\xae"
      "gnp",
      -1,
      "bag\xef\xbf\xbdgnp" },
    { "\xe2\x81\xa6x", -1, "\xef\xbf\xbdx" },
    { "\xff\xfe", -1, "\xef\xbf\xbd\xef\xbf\xbd" },
    { "K\xc3\xb6ln", -1, "K\xc3\xb6ln" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *out = bag_text_sanitize (rows[i].in, rows[i].length);

      g_assert_cmpstr (out, ==, rows[i].out);
    }
}

static void
test_long_text (void)
{
  g_autofree char *in = g_strnfill (100000, 'x');
  g_autofree char *out = bag_text_sanitize (in, -1);

  g_assert_cmpuint (strlen (out), ==, BAG_MAX_TEXT);
}

static void
test_note_limit (void)
{
  g_autoptr (BagDescription) self = bag_description_new ();

  for (guint i = 0; i < BAG_MAX_NOTES + 10; i++)
    {
      bag_description_add_fact (self, "a", "b");
      bag_description_add_warning (self, "a", "%s", "b");
    }
  g_assert_cmpuint (self->facts->len, ==, BAG_MAX_NOTES);
  g_assert_cmpuint (self->warnings->len, ==, BAG_MAX_NOTES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/texts", test_texts);
  g_test_add_func ("/note/long-text", test_long_text);
  g_test_add_func ("/note/limit", test_note_limit);

  return g_test_run ();
}
