/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos/bag-charset.h"

#include <stdio.h>
#include <string.h>

/* usage: convert-text TERMS [PN]: the bytes on standard input, as UTF-8. */
int
main (int argc, char *argv[])
{
  g_autofree char *text = NULL;
  char bytes[8192];
  gsize length = fread (bytes, 1, sizeof bytes, stdin);

  g_return_val_if_fail (argc >= 2, 2);

  text = bag_charset_to_utf8 (bytes, length, argv[1], argc > 2 && strcmp (argv[2], "PN") == 0);
  fputs (text, stdout);

  return 0;
}
