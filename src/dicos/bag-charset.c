/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-charset"

#include "config.h"

#include "dicos/bag-element-value.h"

#include <string.h>

/* Specific Character Set (PS3.3 C.12.1.1.2) to UTF-8. Unicode and Latin-1 are
 * done here; the rest needs tables of the C library, which the sandbox may not
 * let it load: then each byte beyond ASCII is shown as a question mark. */

static const struct
{
  const char *term, *name;
} charsets[] = {
  { "ISO_IR 101", "ISO-8859-2" },
  { "ISO_IR 109", "ISO-8859-3" },
  { "ISO_IR 110", "ISO-8859-4" },
  { "ISO_IR 144", "ISO-8859-5" },
  { "ISO_IR 127", "ISO-8859-6" },
  { "ISO_IR 126", "ISO-8859-7" },
  { "ISO_IR 138", "ISO-8859-8" },
  { "ISO_IR 148", "ISO-8859-9" },
  { "ISO_IR 203", "ISO-8859-15" },
  { "ISO_IR 166", "TIS-620" },
  { "ISO_IR 13", "SHIFT_JIS" },
  { "ISO 2022 IR 87", "ISO-2022-JP" },
  { "ISO 2022 IR 149", "EUC-KR" },
  { "GB18030", "GB18030" },
  { "GBK", "GBK" },
};

static char *
from_latin1 (const char *bytes, gsize length)
{
  GString *out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (out, (guchar) bytes[i]);

  return g_string_free (out, FALSE);
}

static char *
from_ascii (const char *bytes, gsize length)
{
  char *out = g_strndup (bytes, length);

  for (char *p = out; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      *p = '?';

  return out;
}

static const char *
find_name (const char *charset)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (strcmp (charset, charsets[i].term) == 0)
      return charsets[i].name;

  return NULL;
}

/**
 * bag_charset_to_utf8:
 * @bytes: the value of a text element
 * @length: its length
 * @charset: a defined term, or "" where the file gives none
 *
 * Returns: (transfer full): UTF-8, or bytes that are not valid where the file
 *   claimed that they were; bag_text_sanitize() comes after this
 */
char *
bag_charset_to_utf8 (const char *bytes, gsize length, const char *charset)
{
  const char *name = NULL;
  char *out = NULL;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (charset != NULL, NULL);

  if (strcmp (charset, "ISO_IR 192") == 0)
    return g_strndup (bytes, length);
  if (strcmp (charset, "ISO_IR 100") == 0 || strcmp (charset, "ISO 2022 IR 100") == 0)
    return from_latin1 (bytes, length);
  if (*charset == '\0' || strcmp (charset, "ISO_IR 6") == 0 || strcmp (charset, "ISO 2022 IR 6") == 0)
    return g_utf8_validate (bytes, (gssize) length, NULL) ? g_strndup (bytes, length) : from_latin1 (bytes, length);

  name = find_name (charset);
  if (name != NULL)
    out = g_convert (bytes, (gssize) length, "UTF-8", name, NULL, NULL, NULL);

  return out != NULL ? out : from_ascii (bytes, length);
}
