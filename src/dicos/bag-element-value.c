/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-value"

#include "config.h"

#include "dicos/bag-element-value.h"

#include "dicos/bag-decimal.h"

#include <math.h>
#include <string.h>

/* From the bytes of one element to a text or numbers. A value that cannot be
 * read or makes no sense comes out empty or as NaN: the caller judges whether
 * the image can do without it. */

#define MAX_VALUE_BYTES (BAG_MAX_TEXT * 4)

static const guint8 *
peek_value (BagByteReader *reader, const BagElement *element, gsize *length)
{
  *length = MIN (element->length, MAX_VALUE_BYTES);

  return bag_byte_reader_peek (reader, element->offset, *length, NULL);
}

/* Padding is a trailing space or NUL (PS3.5 section 6.2); some writers lead with spaces. */
static const char *
trim (const guint8 *bytes, gsize *length)
{
  const char *start = (const char *) bytes;

  while (*length > 0 && (start[*length - 1] == ' ' || start[*length - 1] == '\0'))
    --*length;
  while (*length > 0 && *start == ' ')
    {
      start++;
      --*length;
    }

  return start;
}

/* These bytes mean the same in all character sets, whatever was said before; the tilde does not
 * (ISO-IR 14). Most texts need no look at their set. */
static gboolean
is_common (const char *text, gsize length)
{
  if (length > BAG_MAX_TEXT)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (text[i] < ' ' || text[i] > '}')
      return FALSE;

  return TRUE;
}

/**
 * bag_element_get_text:
 * @reader: the file
 * @element: an element of a text type
 * @charset: Specific Character Set of the file, all its terms
 *
 * Returns: (transfer full): its value, harmless, without padding; "" when it has none
 */
char *
bag_element_get_text (BagByteReader *reader, const BagElement *element, const char *charset)
{
  g_autofree char *utf8 = NULL;
  const char *start = NULL;
  gsize length = 0;
  const guint8 *bytes = peek_value (reader, element, &length);

  if (bytes == NULL)
    return g_strdup ("");

  start = trim (bytes, &length);
  if (is_common (start, length))
    return g_strndup (start, length);

  utf8 = bag_charset_to_utf8 (start, length, charset, strcmp (element->vr, "PN") == 0);

  return bag_text_sanitize (utf8, -1);
}

/**
 * bag_element_get_ascii:
 * @reader: the file
 * @element: an element of a type that no character set touches: UI, CS, DA ...
 *
 * Returns: (transfer full): its value, harmless, without padding
 */
char *
bag_element_get_ascii (BagByteReader *reader, const BagElement *element)
{
  return bag_element_get_text (reader, element, "ISO_IR 192");
}

static double
read_float (const guint8 *p, gboolean is_big_endian)
{
  guint32 bits = bag_read32 (p, is_big_endian);
  float value;

  memcpy (&value, &bits, sizeof value);
  return (double) value;
}

static double
read_double (const guint8 *p, gboolean is_big_endian)
{
  guint32 first = bag_read32 (p, is_big_endian);
  guint32 second = bag_read32 (p + 4, is_big_endian);
  guint64 bits = is_big_endian ? (guint64) first << 32 | second : (guint64) second << 32 | first;
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static BagValueKind
find_kind (const BagElement *element, BagValueKind kind)
{
  if (strcmp (element->vr, "US") == 0)
    return BAG_VALUE_US;
  if (strcmp (element->vr, "FL") == 0)
    return BAG_VALUE_FLOAT;
  if (strcmp (element->vr, "FD") == 0)
    return BAG_VALUE_DOUBLE;
  if (element->vr[0] != '\0' && strcmp (element->vr, "UN") != 0)
    return BAG_VALUE_TEXT;

  return kind;
}

static void
append_number (GString *out, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (out->len > 0)
    g_string_append_c (out, '\\');
  g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%g", value));
}

/**
 * bag_element_get_display:
 * @reader: the file
 * @element: an element
 * @kind: what it holds when the file does not say
 * @charset: Specific Character Set of the file, all its terms
 *
 * Returns: (transfer full): its value for people; several are parted by backslashes
 */
char *
bag_element_get_display (BagByteReader *reader, const BagElement *element, BagValueKind kind, const char *charset)
{
  static const gsize sizes[] = { 1, 2, 4, 8 };
  GString *out = NULL;
  gsize length = 0;
  const guint8 *bytes = NULL;
  gsize step = 0;

  kind = find_kind (element, kind);
  if (kind == BAG_VALUE_TEXT)
    return bag_element_get_text (reader, element, charset);

  bytes = peek_value (reader, element, &length);
  out = g_string_new (NULL);
  step = sizes[kind];
  for (gsize i = 0; bytes != NULL && i + step <= MIN (length, 16 * step); i += step)
    {
      if (kind == BAG_VALUE_US)
        append_number (out, bag_read16 (bytes + i, element->is_big_endian));
      else
        append_number (out, kind == BAG_VALUE_FLOAT ? read_float (bytes + i, element->is_big_endian) : read_double (bytes + i, element->is_big_endian));
    }

  return g_string_free (out, FALSE);
}

static double
parse_decimal (const char *text)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  while (end != NULL && *end == ' ')
    end++;

  return end == text || (end != NULL && *end != '\0') ? NAN : value;
}

static guint
parse_decimals (const char *text, double *values, guint n_values)
{
  g_auto (GStrv) parts = g_strsplit (text, "\\", (int) n_values + 1);
  guint n = 0;

  for (; n < n_values && parts[n] != NULL; n++)
    values[n] = parse_decimal (parts[n]);

  return n;
}

/* Numbers written plainly, parted by backslashes. Returns how many, at most @n_values;
 * -1 when anything else stands there. */
static int
read_plain_decimals (const guint8 *bytes, gsize length, double *values, guint n_values)
{
  const char *text = trim (bytes, &length);
  const char *end = text + length;
  guint n = 0;

  while (n < n_values && length > 0)
    {
      text = bag_decimal_read (text, end, &values[n]);
      while (text != NULL && text < end && *text == ' ')
        text++;
      if (text == NULL || (text < end && *text != '\\'))
        return -1;
      n++;
      if (text == end)
        break;
      text++;
    }

  return (int) n;
}

/**
 * bag_element_get_doubles:
 * @reader: the file
 * @element: an element of type DS, FL or FD
 * @values: room for @n_values numbers
 * @n_values: how many are wanted
 *
 * What does not read as a number comes out as NaN.
 *
 * Returns: how many the element has, at most @n_values
 */
guint
bag_element_get_doubles (BagByteReader *reader, const BagElement *element, double *values, guint n_values)
{
  BagValueKind kind = find_kind (element, BAG_VALUE_TEXT);
  g_autofree char *text = NULL;
  gsize length = 0;
  gsize step = kind == BAG_VALUE_FLOAT ? 4 : 8;
  const guint8 *bytes = peek_value (reader, element, &length);
  guint n = 0;

  if (kind == BAG_VALUE_TEXT || kind == BAG_VALUE_US)
    {
      int n_plain = bytes != NULL ? read_plain_decimals (bytes, length, values, n_values) : -1;

      if (n_plain >= 0)
        return (guint) n_plain;
      text = bag_element_get_ascii (reader, element);
      return *text == '\0' ? 0 : parse_decimals (text, values, n_values);
    }

  for (; bytes != NULL && n < n_values && (n + 1) * step <= length; n++)
    values[n] = kind == BAG_VALUE_FLOAT ? read_float (bytes + n * step, element->is_big_endian) : read_double (bytes + n * step, element->is_big_endian);

  return n;
}

/**
 * bag_element_get_uint:
 * @reader: the file
 * @element: an element of type US
 * @fallback: for an empty or odd one
 *
 * Returns: its first value
 */
guint
bag_element_get_uint (BagByteReader *reader, const BagElement *element, guint fallback)
{
  gsize length = 0;
  const guint8 *bytes = peek_value (reader, element, &length);

  if (bytes == NULL || length < 2)
    return fallback;

  return length == 4 && strcmp (element->vr, "UL") == 0 ? bag_read32 (bytes, element->is_big_endian) : bag_read16 (bytes, element->is_big_endian);
}

/**
 * bag_element_get_binary_count:
 * @reader: the file
 * @element: NumberOfFrames
 *
 * Returns: its two bytes as a binary number, where they can be one; 0 for text
 *   such as "-1", which would be 12,589
 */
guint
bag_element_get_binary_count (BagByteReader *reader, const BagElement *element)
{
  gsize length = 0;
  const guint8 *bytes = peek_value (reader, element, &length);

  if (bytes == NULL || length != 2 || (g_ascii_isprint ((char) bytes[0]) && g_ascii_isprint ((char) bytes[1])))
    return 0;

  return bag_le16 (bytes);
}

/**
 * bag_element_get_count:
 * @reader: the file
 * @element: NumberOfFrames or InstanceNumber
 *
 * The standard says digits (IS). The main DICOS toolkit writes a binary US, and
 * its files keep the two raw bytes when they are turned into implicit syntax.
 *
 * Returns: the count, 0 when there is none
 */
guint
bag_element_get_count (BagByteReader *reader, const BagElement *element)
{
  g_autofree char *text = NULL;
  guint64 value = 0;

  if (strcmp (element->vr, "US") == 0 || strcmp (element->vr, "UL") == 0)
    return bag_element_get_uint (reader, element, 0);

  text = bag_element_get_ascii (reader, element);
  if (g_ascii_string_to_unsigned (text + (*text == '+'), 10, 0, G_MAXINT32, &value, NULL))
    return (guint) value;

  return bag_element_get_binary_count (reader, element);
}
