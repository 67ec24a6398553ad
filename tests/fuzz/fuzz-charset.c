/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "description/bag-description.h"
#include "dicos/bag-charset.h"

#include <string.h>

/* The terms up to the first line feed, then the value: whatever it is, out comes
 * UTF-8 of bounded length, and a text that can be shown. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  const unsigned char *end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize n = end != NULL ? (gsize) (end - data) : size;
  g_autofree char *charset = g_strndup ((const char *) data, n);
  g_autofree char *unknown = bag_charset_find_unknown (charset);

  g_assert_true (unknown == NULL || (*unknown != '\0' && strlen (unknown) <= strlen (charset)));
  for (guint is_name = 0; end != NULL && is_name < 2; is_name++)
    {
      g_autofree char *text = bag_charset_to_utf8 ((const char *) end + 1, size - n - 1, charset, is_name);
      g_autofree char *clean = bag_text_sanitize (text, -1);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <=, 64u << 10);
      g_assert_cmpint (g_utf8_strlen (clean, -1), <=, BAG_MAX_TEXT);
    }

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const char *const texts[] = {
    "\\ISO 2022 IR 87\\ISO 2022 IR 159\nYamada^Tarou=\033$B;3ED\033(B^\033$(D0!\033(B",
    "ISO 2022 IR 13\\ISO 2022 IR 87\n\xd4\xcf\xc0\xde=\033$B;3ED\033(J",
    "\\ISO 2022 IR 149\nHong=\033$)C\xfb\xf3^\033$)C\xd1\xce\\\xd1",
    "\\ISO 2022 IR 58\n\033$)A\xd5\xc5",
    "ISO 2022 IR 100\\ISO 2022 IR 144\n\xe9\033-L\xb6",
    "GB18030\n\xcd\xf5\x81\x30\x81\x30",
    "GBK\n\xcd\xf5",
    "ISO_IR 192\nK\xc3\xa4se",
    "ISO_IR 126\n\xe1\xff",
  };
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GByteArray *seed = g_byte_array_new ();

      g_byte_array_append (seed, (const guint8 *) texts[i], (guint) strlen (texts[i]));
      g_ptr_array_add (seeds, seed);
    }

  return seeds;
}
