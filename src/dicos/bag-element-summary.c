/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-summary"

#include "config.h"

#include "dicos/bag-element-summary.h"

#include "description/bag-element-list.h"
#include "dicos/bag-element-value.h"

#include <math.h>
#include <string.h>

/* The beginning of any value as a short text: words as they are, numbers parted by
 * backslashes as the standard parts several values, bytes and words in hexadecimal. */

typedef char *(*FormatFunc) (const guint8 *bytes, gboolean is_big_endian);

static guint64
read64 (const guint8 *p, gboolean is_big_endian)
{
  guint64 first = bag_read32 (p, is_big_endian);
  guint64 second = bag_read32 (p + 4, is_big_endian);

  return is_big_endian ? first << 32 | second : second << 32 | first;
}

static char *
format_us (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%u", bag_read16 (bytes, is_big_endian));
}

static char *
format_ss (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%d", (gint16) bag_read16 (bytes, is_big_endian));
}

static char *
format_ul (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%u", bag_read32 (bytes, is_big_endian));
}

static char *
format_sl (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%d", (gint32) bag_read32 (bytes, is_big_endian));
}

static char *
format_uv (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, read64 (bytes, is_big_endian));
}

static char *
format_sv (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) read64 (bytes, is_big_endian));
}

static char *
format_at (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("(%04X,%04X)", bag_read16 (bytes, is_big_endian), bag_read16 (bytes + 2, is_big_endian));
}

/* With no more digits than it takes to tell the number from its neighbours. */
static char *
format_fl (const guint8 *bytes, gboolean is_big_endian)
{
  const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint32 bits = bag_read32 (bytes, is_big_endian);
  float value;

  memcpy (&value, &bits, sizeof value);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if ((float) g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, formats[i], (double) value), NULL) == value)
      break;

  return g_strdup (digits);
}

static char *
format_fd (const guint8 *bytes, gboolean is_big_endian)
{
  const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 bits = read64 (bytes, is_big_endian);
  double value;

  memcpy (&value, &bits, sizeof value);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, formats[i], value), NULL) == value)
      break;

  return g_strdup (digits);
}

static char *
format_byte (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%02X", bytes[0]);
}

static char *
format_word (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%04X", bag_read16 (bytes, is_big_endian));
}

static char *
format_long (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%08X", bag_read32 (bytes, is_big_endian));
}

static char *
format_very_long (const guint8 *bytes, gboolean is_big_endian)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "X", read64 (bytes, is_big_endian));
}

typedef struct
{
  char vr[3];
  guint8 size; /* of one value */
  char separator;
  FormatFunc format;
} Binary;

/* PS3.5 section 6.2. UN comes last: what is not known at all is bytes. */
static const Binary binaries[] = {
  { "AT", 4, '\\', format_at },
  { "FD", 8, '\\', format_fd },
  { "FL", 4, '\\', format_fl },
  { "OB", 1, ' ', format_byte },
  { "OD", 8, '\\', format_fd },
  { "OF", 4, '\\', format_fl },
  { "OL", 4, ' ', format_long },
  { "OV", 8, ' ', format_very_long },
  { "OW", 2, ' ', format_word },
  { "SL", 4, '\\', format_sl },
  { "SS", 2, '\\', format_ss },
  { "SV", 8, '\\', format_sv },
  { "UL", 4, '\\', format_ul },
  { "US", 2, '\\', format_us },
  { "UV", 8, '\\', format_uv },
  { "UN", 1, ' ', format_byte },
};

static const Binary *
find_binary (const char *vr)
{
  for (guint i = 0; i < G_N_ELEMENTS (binaries); i++)
    if (strcmp (binaries[i].vr, vr) == 0)
      return &binaries[i];

  return NULL;
}

static gboolean
is_in_charset (const char *vr)
{
  static const char *const ones[] = { "LO", "LT", "PN", "SH", "ST", "UC", "UT", NULL };

  return g_strv_contains (ones, vr);
}

static char *
shorten (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *kept = NULL;

  if (g_utf8_strlen (text, -1) <= (glong) BAG_MAX_ELEMENT_TEXT)
    return g_steal_pointer (&owned);

  kept = g_utf8_substring (text, 0, BAG_MAX_ELEMENT_TEXT - 1);

  return g_strconcat (kept, "…", NULL);
}

static char *
summarize_binary (BagByteReader *reader, const BagElement *element, const Binary *binary)
{
  /* The shortest value takes one character and the separator another. */
  guint64 n = element->length / binary->size;
  guint64 n_read = MIN (n, BAG_MAX_ELEMENT_TEXT / 2 + 1);
  const guint8 *bytes = bag_byte_reader_peek (reader, element->offset, n_read * binary->size, NULL);
  GString *out = g_string_new (NULL);
  guint64 i = 0;

  for (; bytes != NULL && i < n_read && out->len <= BAG_MAX_ELEMENT_TEXT; i++)
    {
      g_autofree char *one = binary->format (bytes + i * binary->size, element->is_big_endian);

      if (i > 0)
        g_string_append_c (out, binary->separator);
      g_string_append (out, one);
    }
  if (i < n && out->len > 0)
    g_string_append (out, "…");

  return g_string_free (out, FALSE);
}

/* The reader takes the first kilobyte of a text, and a file may hold more. */
static char *
summarize_text (BagByteReader *reader, const BagElement *element, const char *vr, const char *charset)
{
  BagElement typed = *element;

  g_strlcpy (typed.vr, vr, sizeof typed.vr);

  return is_in_charset (vr) ? bag_element_get_text (reader, &typed, charset) : bag_element_get_ascii (reader, &typed);
}

/**
 * bag_element_summarize:
 * @reader: the file
 * @element: an element of it that is neither a sequence nor pixel data
 * @vr: what it holds
 * @charset: Specific Character Set where it stands, all its terms
 *
 * Returns: (transfer full): the beginning of its value, harmless, at most
 *   %BAG_MAX_ELEMENT_TEXT characters, ending in "…" when there is more
 */
char *
bag_element_summarize (BagByteReader *reader, const BagElement *element, const char *vr, const char *charset)
{
  const Binary *binary = find_binary (vr);

  if (binary != NULL)
    return shorten (summarize_binary (reader, element, binary));

  return shorten (summarize_text (reader, element, vr, charset));
}
