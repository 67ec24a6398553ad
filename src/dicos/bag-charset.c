/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-charset"

#include "config.h"

#include "dicos/bag-charset.h"

#include "description/bag-description.h"

#include <errno.h>
#include <string.h>

/*
 * Specific Character Set (PS3.3 C.12.1.1.2) to UTF-8, with code extensions
 * (PS3.5 section 6.1.2.5 and annexes H to K): a byte below 0x80 is read in the
 * set that stands in G0, any other in that of G1, and escape sequences put sets
 * there. Whatever cannot be read becomes U+FFFD; nothing here fails.
 */

#define REPLACEMENT 0xfffdu
#define ESCAPE 0x1b
#define MAX_TERMS 16
#define MAX_OUTPUT_BYTES (BAG_MAX_TEXT * 4u)
#define MAX_INPUT_BYTES (MAX_OUTPUT_BYTES * 4u) /* escape sequences take some */

typedef struct
{
  guint number;         /* in the ISO-IR register; 0 for sets without one */
  const char *encoding; /* of the C library, where one is needed: with its bytes in G1 */
  const char *escape;   /* what follows ESC to designate it, or NULL */
  gboolean is_right;    /* it belongs in G1 */
  gboolean is_double;   /* two bytes a character */
  const char *prefix;   /* what @encoding wants in front of each character, or NULL */
  const char *name;     /* defined term without spaces, of the sets without code extensions */
} BagCharset;

static const BagCharset charsets[] = {
  { .number = 6, .escape = "(B" },
  { .number = 14, .escape = "(J" },
  { .number = 13, .escape = ")I", .is_right = TRUE },
  { .number = 100, .escape = "-A", .is_right = TRUE },
  { .number = 101, .encoding = "ISO-8859-2", .escape = "-B", .is_right = TRUE },
  { .number = 109, .encoding = "ISO-8859-3", .escape = "-C", .is_right = TRUE },
  { .number = 110, .encoding = "ISO-8859-4", .escape = "-D", .is_right = TRUE },
  { .number = 144, .encoding = "ISO-8859-5", .escape = "-L", .is_right = TRUE },
  { .number = 127, .encoding = "ISO-8859-6", .escape = "-G", .is_right = TRUE },
  { .number = 126, .encoding = "ISO-8859-7", .escape = "-F", .is_right = TRUE },
  { .number = 138, .encoding = "ISO-8859-8", .escape = "-H", .is_right = TRUE },
  { .number = 148, .encoding = "ISO-8859-9", .escape = "-M", .is_right = TRUE },
  { .number = 203, .encoding = "ISO-8859-15", .escape = "-b", .is_right = TRUE },
  { .number = 166, .encoding = "TIS-620", .escape = "-T", .is_right = TRUE },
  { .number = 87, .encoding = "EUC-JP", .escape = "$B", .is_double = TRUE },
  { .number = 159, .encoding = "EUC-JP", .escape = "$(D", .is_double = TRUE, .prefix = "\x8f" },
  { .number = 149, .encoding = "EUC-KR", .escape = "$)C", .is_right = TRUE, .is_double = TRUE },
  { .number = 58, .encoding = "EUC-CN", .escape = "$)A", .is_right = TRUE, .is_double = TRUE },
  { .number = 192, .name = "UTF8" },
  { .encoding = "GB18030", .name = "GB18030" },
  { .encoding = "GBK", .name = "GBK" },
};

/* What a file says about its texts, ready for use. */
typedef struct
{
  const BagCharset *g0, *g1; /* at the start of each value; g1: NULL when nothing stands there */
  const BagCharset *whole;   /* a set that takes all bytes, or NULL */
  gboolean is_extended;      /* escape sequences count */
  gboolean is_given;
} Plan;

typedef struct
{
  const Plan *plan;
  const BagCharset *g0, *g1;
  gboolean is_name;
  GString *out;
} Reading;

struct _BagCharsetTables
{
  GIConv descriptors[G_N_ELEMENTS (charsets)];
};

/**
 * bag_charset_tables_open:
 *
 * Opens a conversion descriptor of each set. The C library keeps what belongs to
 * an open descriptor in memory: as long as the tables live, conversions need no
 * file, so a process may give up its right to open any.
 *
 * Returns: (transfer full): the tables
 */
BagCharsetTables *
bag_charset_tables_open (void)
{
  BagCharsetTables *self = g_new0 (BagCharsetTables, 1);

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    self->descriptors[i] = charsets[i].encoding != NULL ? g_iconv_open ("UTF-8", charsets[i].encoding) : (GIConv) -1;

  return self;
}

/**
 * bag_charset_tables_free:
 * @self: (transfer full) (nullable): tables
 */
void
bag_charset_tables_free (BagCharsetTables *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (self->descriptors[i] != (GIConv) -1)
      g_iconv_close (self->descriptors[i]);
  g_free (self);
}

static const BagCharset *
find_number (guint64 number)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (charsets[i].number == number)
      return &charsets[i];

  return NULL;
}

static const BagCharset *
find_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (g_strcmp0 (charsets[i].name, name) == 0)
      return &charsets[i];

  return NULL;
}

/* Writers disagree about spaces, '_' and '-' in the terms; letters and digits are enough. */
static void
squeeze (const char *term, gsize length, char *out, gsize size)
{
  gsize n = 0;

  for (gsize i = 0; i < length && n + 1 < size; i++)
    if (g_ascii_isalnum (term[i]))
      out[n++] = g_ascii_toupper (term[i]);
  out[n] = '\0';
}

static const BagCharset *
find_charset (const char *term, gsize length, gboolean *is_extended)
{
  char name[32];
  const char *rest = name;
  guint64 number = 0;

  squeeze (term, length, name, sizeof name);
  *is_extended = g_str_has_prefix (name, "ISO2022");
  if (*name == '\0')
    return &charsets[0];
  if (*is_extended)
    rest += strlen ("ISO2022");
  else if (g_str_has_prefix (name, "ISO"))
    rest += strlen ("ISO");
  if (g_str_has_prefix (rest, "IR") && g_ascii_string_to_unsigned (rest + 2, 10, 1, G_MAXUINT16, &number, NULL) && number != 14)
    return find_number (number);

  return find_name (rest);
}

static void
set_first (Plan *plan, const BagCharset *charset)
{
  if (charset == NULL)
    return;

  if (charset->escape == NULL)
    plan->whole = charset;
  else if (charset->is_right)
    plan->g1 = charset;
  if (charset->number == 13)
    plan->g0 = find_number (14);
}

static void
make_plan (Plan *plan, const char *charset)
{
  gboolean is_extended = FALSE;
  const char *end = NULL;

  memset (plan, 0, sizeof *plan);
  plan->g0 = &charsets[0];
  plan->is_given = *charset != '\0';
  for (guint i = 0; i < MAX_TERMS; i++, charset = end + 1)
    {
      const BagCharset *found = NULL;

      end = strchrnul (charset, '\\');
      found = find_charset (charset, (gsize) (end - charset), &is_extended);
      plan->is_extended = plan->is_extended || is_extended || i > 0;
      if (i == 0)
        set_first (plan, found);
      if (*end == '\0')
        return;
    }
}

/**
 * bag_charset_find_unknown:
 * @charset: Specific Character Set of a file, as it stands there
 *
 * Returns: (transfer full) (nullable): the first term that this program does not
 *   know, or %NULL when it knows all
 */
char *
bag_charset_find_unknown (const char *charset)
{
  gboolean is_extended = FALSE;

  g_return_val_if_fail (charset != NULL, NULL);

  for (const char *end = NULL;; charset = end + 1)
    {
      end = strchrnul (charset, '\\');
      if (find_charset (charset, (gsize) (end - charset), &is_extended) == NULL)
        return g_strndup (charset, (gsize) (end - charset));
      if (*end == '\0')
        return NULL;
    }
}

/* Appends what converts, and U+FFFD for each character of @width bytes that does not. */
static void
append_converted (GString *out, const char *encoding, char *in, gsize in_left, gsize width)
{
  GIConv descriptor = g_iconv_open ("UTF-8", encoding);
  char buffer[256];

  while (in_left > 0 && out->len < MAX_OUTPUT_BYTES)
    {
      char *to = buffer;
      gsize to_left = sizeof buffer;
      gboolean is_stuck = descriptor == (GIConv) -1 || (g_iconv (descriptor, &in, &in_left, &to, &to_left) == (gsize) -1 && errno != E2BIG);
      gsize skip = 0;

      g_string_append_len (out, buffer, to - buffer);
      if (!is_stuck || in_left == 0)
        continue;
      skip = MIN (width, in_left);
      g_string_append_unichar (out, REPLACEMENT);
      in += skip;
      in_left -= skip;
      if (descriptor != (GIConv) -1)
        g_iconv (descriptor, NULL, NULL, NULL, NULL);
    }
  if (descriptor != (GIConv) -1)
    g_iconv_close (descriptor);
}

/* ISO-IR 14 differs from ASCII in two characters; the yen sign is the delimiter's
 * code and stays what it is (PS3.5 section 6.1.2.3). */
static gunichar
convert_plain (const BagCharset *charset, guint8 byte)
{
  if (charset == NULL)
    return REPLACEMENT;

  switch (charset->number)
    {
    case 14:
      return byte == '~' ? 0x203eu : byte;
    case 13:
      return byte >= 0xa1 && byte <= 0xdf ? 0xff61u + byte - 0xa1u : REPLACEMENT;
    default:
      return byte;
    }
}

static void
append_run (Reading *self, const BagCharset *charset, const char *bytes, gsize length)
{
  g_autoptr (GString) moved = NULL;

  if (charset == NULL || charset->encoding == NULL)
    {
      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (self->out, convert_plain (charset, (guint8) bytes[i]));
      return;
    }

  moved = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    {
      if (charset->prefix != NULL && i % 2 == 0)
        g_string_append (moved, charset->prefix);
      g_string_append_c (moved, (char) ((guint8) bytes[i] | 0x80u));
    }
  append_converted (self->out, charset->encoding, moved->str, moved->len, charset->prefix != NULL ? 3 : charset->is_double ? 2
                                                                                                                           : 1);
}

static void
reset (Reading *self)
{
  self->g0 = self->plan->g0;
  self->g1 = self->plan->g1;
}

/* Where sets fall back to those of the first value (PS3.5 section 6.1.2.5.3). */
static gboolean
ends_extension (const Reading *self, char c)
{
  return c == '\n' || c == '\f' || c == '\r' || c == '\\' || (self->is_name && (c == '^' || c == '='));
}

static gsize
read_escape (Reading *self, const char *bytes, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      const BagCharset *charset = &charsets[i];
      gsize n = charset->escape != NULL ? strlen (charset->escape) : 0;

      if (n == 0 || n >= length || memcmp (bytes + 1, charset->escape, n) != 0)
        continue;
      if (charset->is_right)
        self->g1 = charset;
      else
        self->g0 = charset;
      return n + 1;
    }

  g_string_append_unichar (self->out, REPLACEMENT);

  return 1;
}

/* Bytes that go together through the set of one half. */
static gsize
measure_run (const Reading *self, const char *bytes, gsize length)
{
  gboolean is_right = ((guint8) bytes[0] & 0x80u) != 0;
  gboolean is_double = !is_right && self->g0->is_double;
  gsize n = 1;

  while (n < length && (((guint8) bytes[n] & 0x80u) != 0) == is_right && (guint8) bytes[n] > 0x20 && (is_double || !ends_extension (self, bytes[n])))
    n++;

  return n;
}

static gsize
read_some (Reading *self, const char *bytes, gsize length)
{
  gboolean is_control = (guint8) bytes[0] <= 0x20;
  gsize n = 1;

  if (bytes[0] == ESCAPE && self->plan->is_extended)
    return read_escape (self, bytes, length);
  if (bytes[0] == '\0')
    {
      g_string_append_unichar (self->out, REPLACEMENT);
      return 1;
    }
  if (is_control || (ends_extension (self, bytes[0]) && !self->g0->is_double))
    {
      g_string_append_c (self->out, bytes[0]);
      if (ends_extension (self, bytes[0]))
        reset (self);
      return 1;
    }

  n = measure_run (self, bytes, length);
  append_run (self, (guint8) bytes[0] < 0x80 ? self->g0 : self->g1, bytes, n);

  return n;
}

static char *
read_halves (const Plan *plan, const char *bytes, gsize length, gboolean is_name)
{
  Reading self = { .plan = plan, .is_name = is_name, .out = g_string_new (NULL) };

  reset (&self);
  for (gsize i = 0; i < length && self.out->len < MAX_OUTPUT_BYTES;)
    i += read_some (&self, bytes + i, length - i);

  return g_string_free (self.out, FALSE);
}

static char *
read_whole (const BagCharset *charset, const char *bytes, gsize length)
{
  g_autofree char *copy = NULL;
  GString *out = NULL;

  if (charset->encoding == NULL)
    return g_utf8_make_valid (bytes, (gssize) MIN (length, MAX_OUTPUT_BYTES));

  /* A NUL would end the text; another control character is made harmless later. */
  copy = g_memdup2 (bytes, length);
  for (gsize i = 0; i < length; i++)
    copy[i] = copy[i] != '\0' ? copy[i] : '\x1a';
  out = g_string_new (NULL);
  append_converted (out, charset->encoding, copy, length, 1);

  return g_string_free (out, FALSE);
}

/**
 * bag_charset_to_utf8:
 * @bytes: the value of a text element
 * @length: its length
 * @charset: Specific Character Set as it stands in the file, with '\' between
 *   its terms; "" where the file gives none
 * @is_name: whether it is of type PN, whose parts end code extensions
 *
 * Bytes that mean nothing in their set become U+FFFD; a term that is not known
 * counts as ASCII. Where a file names no set at all, bytes that are UTF-8 are
 * taken for that.
 *
 * Returns: (transfer full): valid UTF-8, bounded whatever @length is, in which control
 *   characters may still stand; bag_text_sanitize() comes after this
 */
char *
bag_charset_to_utf8 (const char *bytes, gsize length, const char *charset, gboolean is_name)
{
  Plan plan;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (charset != NULL, NULL);

  if (length == 0)
    return g_strdup ("");

  length = MIN (length, MAX_INPUT_BYTES);
  make_plan (&plan, charset);
  if (plan.whole != NULL)
    return read_whole (plan.whole, bytes, length);
  if (!plan.is_given && g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, MIN (length, MAX_OUTPUT_BYTES));

  return read_halves (&plan, bytes, length, is_name);
}
