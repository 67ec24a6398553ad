/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos/bag-charset.h"

#include <glib-object.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* The rules of Specific Character Set on bytes written out by hand; the oracle
 * test holds whole sets against other programs. */

typedef struct
{
  const char *name;
  const char *charset;
  const char *bytes;
  const char *wanted;
  gboolean is_name;
} TextCase;

#define KANJI "\033$B;3ED\033(B"
#define KANJI_UTF8 "山田"
#define KOREAN "\033$)C\xb1\xe8"
#define KOREAN_UTF8 "김"

static const TextCase text_cases[] = {
  /* PS3.5 annex H, example 1 and 2 */
  { "japanese-1", "\\ISO 2022 IR 87", "Yamada^Tarou=" KANJI "^\033$BB@O:\033(B=\033$B$d$^$@\033(B^\033$B$?$m$&\033(B", "Yamada^Tarou=山田^太郎=やまだ^たろう", TRUE },
  { "japanese-2", "ISO 2022 IR 13\\ISO 2022 IR 87", "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\033$B;3ED\033(J^\033$BB@O:\033(J", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎", TRUE },
  { "katakana-without-extension", "ISO_IR 13", "\xd4\xcf ~", "ﾔﾏ ‾", FALSE },
  { "jis-x-0212", "\\ISO 2022 IR 87\\ISO 2022 IR 159", "\033$(D0!\033(B", "丂", FALSE },
  /* annex I */
  { "korean", "\\ISO 2022 IR 149", "Hong^Gildong=\033$)C\xfb\xf3^\033$)C\xd1\xce\xd4\xd7=\033$)C\xc8\xab^\033$)C\xb1\xe6\xb5\xbf", "Hong^Gildong=洪^吉洞=홍^길동", TRUE },
  /* annexes J and K */
  { "chinese-utf-8", "ISO_IR 192", "Wang^XiaoDong=王^小東", "Wang^XiaoDong=王^小東", TRUE },
  { "chinese-gb18030", "GB18030", "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang^XiaoDong=王^小东", TRUE },
  { "chinese-58", "\\ISO 2022 IR 58", "\033$)A\xd5\xc5^\033$)A\xd0\xa1", "张^小", TRUE },
  /* What ends a code extension */
  { "g1-ends-at-backslash", "\\ISO 2022 IR 149", KOREAN "\\\xb1\xe8", KOREAN_UTF8 "\\\xef\xbf\xbd\xef\xbf\xbd", FALSE },
  { "g1-ends-at-line-feed", "\\ISO 2022 IR 149", KOREAN "\r\n\xb1", KOREAN_UTF8 "\r\n\xef\xbf\xbd", FALSE },
  { "g1-ends-at-form-feed", "\\ISO 2022 IR 149", KOREAN "\f\xb1", KOREAN_UTF8 "\f\xef\xbf\xbd", FALSE },
  { "g1-ends-at-caret-of-name", "\\ISO 2022 IR 149", KOREAN "^\xb1", KOREAN_UTF8 "^\xef\xbf\xbd", TRUE },
  { "g1-ends-at-equals-of-name", "\\ISO 2022 IR 149", KOREAN "=\xb1", KOREAN_UTF8 "=\xef\xbf\xbd", TRUE },
  { "g1-stays-at-caret-of-text", "\\ISO 2022 IR 149", KOREAN "^\xb1\xe8", KOREAN_UTF8 "^" KOREAN_UTF8, FALSE },
  { "g1-stays-at-tab-and-space", "\\ISO 2022 IR 149", KOREAN "\t \xb1\xe8", KOREAN_UTF8 "\t " KOREAN_UTF8, FALSE },
  { "g1-comes-back-to-first-set", "ISO 2022 IR 100\\ISO 2022 IR 144", "\033-L\xb6\\\xe9", "Ж\\é", FALSE },
  { "g0-ends-at-line-feed", "\\ISO 2022 IR 87", "\033$B;3\n;3", "山\n;3", FALSE },
  { "kanji-with-the-code-of-a-backslash", "\\ISO 2022 IR 87", "\033$B\\5\033(B\\x", "楜\\x", FALSE },
  { "kanji-with-the-code-of-a-caret", "\\ISO 2022 IR 87", "\033$B$^\033(B^x", "ま^x", TRUE },
  /* What is broken */
  { "escape-at-the-end", "\\ISO 2022 IR 87", "ab\033", "ab\xef\xbf\xbd", FALSE },
  { "escape-cut-short", "\\ISO 2022 IR 87", "ab\033$", "ab\xef\xbf\xbd$", FALSE },
  { "escape-cut-shorter-than-its-set", "\\ISO 2022 IR 159", "ab\033$(", "ab\xef\xbf\xbd$(", FALSE },
  { "escape-unknown", "\\ISO 2022 IR 87", "a\033$Zb", "a\xef\xbf\xbd$Zb", FALSE },
  { "half-a-kanji", "\\ISO 2022 IR 87", "\033$B;3E\033(Bx", "山\xef\xbf\xbdx", FALSE },
  { "unassigned-kanji", "\\ISO 2022 IR 87", "\033$B/!;3\033(B", "\xef\xbf\xbd山", FALSE },
  { "unassigned-jis-x-0212", "\\ISO 2022 IR 159", "\033$(D!!0!\033(B", "\xef\xbf\xbd丂", FALSE },
  { "half-a-gbk", "GBK", "a\xcd", "a\xef\xbf\xbd", FALSE },
  { "bad-utf-8", "ISO_IR 192", "a\xffz", "a\xef\xbf\xbdz", FALSE },
  { "latin-1-as-ascii", "ISO_IR 6", "a\xe9z", "a\xef\xbf\xbdz", FALSE },
  { "unassigned-greek", "ISO_IR 126", "\xe1\xff", "α\xef\xbf\xbd", FALSE },
  { "upper-half-of-katakana", "ISO_IR 13", "\xe0\xd4", "\xef\xbf\xbdﾔ", FALSE },
  /* What files say about their set */
  { "no-set", "", "a\xe9z", "a\xef\xbf\xbdz", FALSE },
  { "no-set-but-utf-8", "", "Käse", "Käse", FALSE },
  { "unknown-set", "ISO_IR 999", "a\xe9z", "a\xef\xbf\xbdz", FALSE },
  { "no-escape-without-extension", "ISO_IR 100", "a\033-Lz", "a\033-Lz", FALSE },
  { "loose-writing", "iso-ir 144 ", "\xb6", "Ж", FALSE },
  { "first-of-many", "ISO 2022 IR 101\\ISO 2022 IR 87", "\xa3\033$B;3", "Ł山", FALSE },
  { "extension-as-first-value", "ISO 2022 IR 149", "\xb1\xe8", KOREAN_UTF8, FALSE },
  { "empty", "ISO_IR 100", "", "", FALSE },
};

static void
test_text (gconstpointer data)
{
  const TextCase *it = data;
  g_autofree char *text = bag_charset_to_utf8 (it->bytes, strlen (it->bytes), it->charset, it->is_name);

  g_assert_cmpstr (text, ==, it->wanted);
}

static void
test_nul (void)
{
  static const char *const sets[] = { "", "ISO_IR 100", "ISO_IR 144", "ISO_IR 192", "GBK", "\\ISO 2022 IR 87" };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *text = bag_charset_to_utf8 ("a\0b", 3, sets[i], FALSE);

      g_assert_cmpuint (strlen (text), >=, 3);
      g_assert_true (g_str_has_suffix (text, "b"));
    }
}

/* However long the value is, the text is not longer than what is ever shown. */
static void
test_bounded (void)
{
  static const char *const sets[] = { "", "ISO_IR 100", "ISO_IR 144", "ISO_IR 192", "GBK", "\\ISO 2022 IR 149" };
  g_autofree char *bytes = g_malloc (1u << 20);

  memset (bytes, 0xc1, 1u << 20);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *text = bag_charset_to_utf8 (bytes, 1u << 20, sets[i], FALSE);

      g_assert_cmpuint (strlen (text), <, 64u << 10);
    }
}

static void
test_find_unknown (void)
{
  g_autofree char *none = bag_charset_find_unknown ("");
  g_autofree char *known = bag_charset_find_unknown ("\\ISO 2022 IR 87\\ISO 2022 IR 159");
  g_autofree char *second = bag_charset_find_unknown ("ISO_IR 100\\ISO 2022 IR 999");
  g_autofree char *first = bag_charset_find_unknown ("EBCDIC");
  g_autofree char *overflow = bag_charset_find_unknown ("ISO_IR 4294967302");

  g_assert_null (none);
  g_assert_null (known);
  g_assert_cmpstr (second, ==, "ISO 2022 IR 999");
  g_assert_cmpstr (first, ==, "EBCDIC");
  g_assert_cmpstr (overflow, ==, "ISO_IR 4294967302");
}

static void
forbid_files (void)
{
  struct rlimit limit = { 0, 0 };

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

/* As in the decoder: the tables are open, then nothing can be opened any more. */
static void
test_without_files (void)
{
  static const struct
  {
    const char *charset, *bytes, *wanted;
  } texts[] = {
    { "ISO_IR 101", "\xa3", "Ł" },
    { "ISO_IR 109", "\xa1", "Ħ" },
    { "ISO_IR 110", "\xa3", "Ŗ" },
    { "ISO_IR 144", "\xb6", "Ж" },
    { "ISO_IR 127", "\xc7", "ا" },
    { "ISO_IR 126", "\xe1", "α" },
    { "ISO_IR 138", "\xe0", "א" },
    { "ISO_IR 148", "\xd0", "Ğ" },
    { "ISO_IR 203", "\xa4", "€" },
    { "ISO_IR 166", "\xa1", "ก" },
    { "\\ISO 2022 IR 87", "\033$B;3", "山" },
    { "\\ISO 2022 IR 159", "\033$(D0!", "丂" },
    { "\\ISO 2022 IR 149", "\033$)C\xb1\xe8", "김" },
    { "\\ISO 2022 IR 58", "\033$)A\xd5\xc5", "张" },
    { "GB18030", "\xcd\xf5", "王" },
    { "GBK", "\xcd\xf5", "王" },
  };
  g_autoptr (BagCharsetTables) tables = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  tables = bag_charset_tables_open ();
  forbid_files ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = bag_charset_to_utf8 (texts[i].bytes, strlen (texts[i].bytes), texts[i].charset, FALSE);

      g_assert_cmpstr (text, ==, texts[i].wanted);
    }
  _exit (0); /* what a sanitizer does at the end wants files */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/charset/%s", text_cases[i].name);

      g_test_add_data_func (path, &text_cases[i], test_text);
    }
  g_test_add_func ("/charset/nul", test_nul);
  g_test_add_func ("/charset/bounded", test_bounded);
  g_test_add_func ("/charset/find-unknown", test_find_unknown);
  g_test_add_func ("/charset/without-files", test_without_files);

  return g_test_run ();
}
