/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-writer"

#include "config.h"
#include "writer/bag-element-writer.h"

#include "output/bag-output-file.h"

#include <string.h>

/* The grammar is that of PS3.5 section 7; sequences and items have undefined
 * lengths, so that nothing needs to be known before it is written. */

#define UNDEFINED_LENGTH 0xffffffffu
#define TAG_ITEM 0xfffee000u
#define TAG_ITEM_END 0xfffee00du
#define TAG_SEQUENCE_END 0xfffee0ddu
#define PREAMBLE_SIZE 128

struct _BagElementWriter
{
  BagElementEncoding encoding;

  /* Owned */
  BagOutputFile *file;
  GByteArray *meta; /* elements of the file meta group while it is being written */
};

/* VRs with a 32-bit length in the explicit encoding (PS3.5 section 7.1.2). */
static gboolean
is_long_vr (const char *vr)
{
  return strstr ("OB OD OF OL OW SQ UC UN UR UT", vr) != NULL;
}

static char
get_padding (const char *vr)
{
  return strstr ("UI OB OW UN", vr) != NULL ? '\0' : ' ';
}

static void
append_16 (BagElementWriter *self, guint16 number)
{
  guint16 bytes = GUINT16_TO_LE (number);

  bag_element_writer_append (self, &bytes, sizeof bytes);
}

static void
append_32 (BagElementWriter *self, guint32 number)
{
  guint32 bytes = GUINT32_TO_LE (number);

  bag_element_writer_append (self, &bytes, sizeof bytes);
}

static void
append_tag (BagElementWriter *self, guint32 tag)
{
  append_16 (self, (guint16) (tag >> 16));
  append_16 (self, (guint16) (tag & 0xffffu));
}

static void
append_delimiter (BagElementWriter *self, guint32 tag, guint32 length)
{
  append_tag (self, tag);
  append_32 (self, length);
}

/**
 * bag_element_writer_new:
 * @path: the file to be, as for bag_output_file_new()
 * @error: return location, in the domain %BAG_ERROR
 *
 * Starts with the preamble.
 *
 * Returns: (transfer full): a writer, or %NULL
 */
BagElementWriter *
bag_element_writer_new (const char *path, GError **error)
{
  const char preamble[PREAMBLE_SIZE] = { 0 };
  BagOutputFile *file = bag_output_file_new (path, error);
  BagElementWriter *self;

  if (file == NULL)
    return NULL;

  self = g_new0 (BagElementWriter, 1);
  self->file = file;
  bag_element_writer_append (self, preamble, sizeof preamble);
  bag_element_writer_append (self, "DICM", 4);

  return self;
}

/**
 * bag_element_writer_free:
 *
 * Without a bag_element_writer_close() before, nothing of the file remains.
 */
void
bag_element_writer_free (BagElementWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->meta, g_byte_array_unref);
  g_clear_pointer (&self->file, bag_output_file_free);
  g_free (self);
}

/**
 * bag_element_writer_close:
 * @error: the first thing that failed since bag_element_writer_new()
 *
 * Gives the file its name. Nothing can be written any more.
 *
 * Returns: as bag_output_file_close()
 */
gboolean
bag_element_writer_close (BagElementWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->meta == NULL, FALSE);

  return bag_output_file_close (self->file, error);
}

/**
 * bag_element_writer_begin_meta:
 *
 * Starts the file meta group, always explicit (PS3.10 section 7.1).
 */
void
bag_element_writer_begin_meta (BagElementWriter *self)
{
  g_return_if_fail (self->meta == NULL);

  self->encoding = BAG_ELEMENT_ENCODING_EXPLICIT;
  self->meta = g_byte_array_new ();
}

/**
 * bag_element_writer_end_meta:
 * @encoding: of the elements that follow
 *
 * Writes the group's length and the group.
 */
void
bag_element_writer_end_meta (BagElementWriter *self, BagElementEncoding encoding)
{
  g_autoptr (GByteArray) meta = g_steal_pointer (&self->meta);
  guint32 size;

  g_return_if_fail (meta != NULL);

  size = GUINT32_TO_LE (meta->len);
  bag_element_writer_add_bytes (self, 0x00020000, "UL", &size, sizeof size);
  bag_element_writer_append (self, meta->data, meta->len);
  self->encoding = encoding;
}

/**
 * bag_element_writer_begin_value:
 * @size: bytes of the value, even
 *
 * Writes what stands before a value; bag_element_writer_append() does the rest.
 */
void
bag_element_writer_begin_value (BagElementWriter *self, guint32 tag, const char *vr, guint32 size)
{
  append_tag (self, tag);
  if (self->encoding == BAG_ELEMENT_ENCODING_IMPLICIT)
    {
      append_32 (self, size);
      return;
    }

  bag_element_writer_append (self, vr, 2);
  if (is_long_vr (vr))
    {
      append_16 (self, 0);
      append_32 (self, size);
    }
  else
    {
      g_assert (size <= G_MAXUINT16);
      append_16 (self, (guint16) size);
    }
}

/**
 * bag_element_writer_append:
 * @size: bytes of @data
 *
 * Writes bytes of a value that bag_element_writer_begin_value() started.
 *
 * Returns: whether nothing has failed so far: else there is no use in going on
 */
gboolean
bag_element_writer_append (BagElementWriter *self, gconstpointer data, gsize size)
{
  if (self->meta == NULL)
    return bag_output_file_write (self->file, data, size);

  g_byte_array_append (self->meta, data, (guint) size);

  return TRUE;
}

/**
 * bag_element_writer_add_bytes:
 * @size: bytes of @data; an odd number is padded as @vr wants it
 */
void
bag_element_writer_add_bytes (BagElementWriter *self, guint32 tag, const char *vr, gconstpointer data, guint32 size)
{
  const char padding = get_padding (vr);

  bag_element_writer_begin_value (self, tag, vr, size + (size & 1u));
  bag_element_writer_append (self, data, size);
  if ((size & 1u) != 0)
    bag_element_writer_append (self, &padding, 1);
}

/**
 * bag_element_writer_add_text:
 *
 * Writes an element with a text of ASCII characters, padded as @vr wants it.
 */
void
bag_element_writer_add_text (BagElementWriter *self, guint32 tag, const char *vr, const char *text)
{
  bag_element_writer_add_bytes (self, tag, vr, text, (guint32) strlen (text));
}

/** Writes an element of VR US. */
void
bag_element_writer_add_number (BagElementWriter *self, guint32 tag, guint16 number)
{
  guint16 bytes = GUINT16_TO_LE (number);

  bag_element_writer_add_bytes (self, tag, "US", &bytes, sizeof bytes);
}

/** Writes an element of VR FL. */
void
bag_element_writer_add_float (BagElementWriter *self, guint32 tag, const float *numbers, guint n_numbers)
{
  bag_element_writer_begin_value (self, tag, "FL", n_numbers * 4);
  for (guint i = 0; i < n_numbers; i++)
    {
      guint32 bits;

      memcpy (&bits, &numbers[i], sizeof bits);
      append_32 (self, bits);
    }
}

/** Writes an element of VR FD. */
void
bag_element_writer_add_double (BagElementWriter *self, guint32 tag, double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bag_element_writer_begin_value (self, tag, "FD", 8);
  append_32 (self, (guint32) (bits & G_MAXUINT32));
  append_32 (self, (guint32) (bits >> 32));
}

/** Writes an element of VR DS: at most 16 characters each, whatever the locale (PS3.5 section 6.2). */
void
bag_element_writer_add_decimals (BagElementWriter *self, guint32 tag, const double *numbers, guint n_numbers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_numbers; i++)
    {
      char decimal[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s", i == 0 ? "" : "\\", g_ascii_formatd (decimal, sizeof decimal, "%.10g", numbers[i]));
    }
  bag_element_writer_add_text (self, tag, "DS", text->str);
}

/**
 * bag_element_writer_begin_sequence:
 *
 * Starts a sequence of undefined length; items follow.
 */
void
bag_element_writer_begin_sequence (BagElementWriter *self, guint32 tag)
{
  bag_element_writer_begin_value (self, tag, "SQ", UNDEFINED_LENGTH);
}

/** Ends the sequence started last. */
void
bag_element_writer_end_sequence (BagElementWriter *self)
{
  append_delimiter (self, TAG_SEQUENCE_END, 0);
}

/** Starts an item of undefined length; elements follow. */
void
bag_element_writer_begin_item (BagElementWriter *self)
{
  append_delimiter (self, TAG_ITEM, UNDEFINED_LENGTH);
}

/** Ends the item started last. */
void
bag_element_writer_end_item (BagElementWriter *self)
{
  append_delimiter (self, TAG_ITEM_END, 0);
}

/** Starts a sequence of one item, as functional groups are. */
void
bag_element_writer_begin_group (BagElementWriter *self, guint32 tag)
{
  bag_element_writer_begin_sequence (self, tag);
  bag_element_writer_begin_item (self);
}

/** Ends the sequence of one item started last. */
void
bag_element_writer_end_group (BagElementWriter *self)
{
  bag_element_writer_end_item (self);
  bag_element_writer_end_sequence (self);
}

/**
 * bag_element_writer_begin_fragments:
 *
 * Starts an encapsulated value with an empty offset table (PS3.5 section A.4).
 */
void
bag_element_writer_begin_fragments (BagElementWriter *self, guint32 tag, const char *vr)
{
  bag_element_writer_begin_value (self, tag, vr, UNDEFINED_LENGTH);
  append_delimiter (self, TAG_ITEM, 0);
}

/**
 * bag_element_writer_add_fragment:
 * @size: bytes of @data; an odd number is padded with a zero
 *
 * Returns: as bag_element_writer_append()
 */
gboolean
bag_element_writer_add_fragment (BagElementWriter *self, gconstpointer data, gsize size)
{
  g_return_val_if_fail (size < UNDEFINED_LENGTH - 1, FALSE);

  append_delimiter (self, TAG_ITEM, (guint32) (size + (size & 1u)));
  bag_element_writer_append (self, data, size);

  return bag_element_writer_append (self, "", size & 1u);
}

/** Ends the encapsulated value. */
void
bag_element_writer_end_fragments (BagElementWriter *self)
{
  append_delimiter (self, TAG_SEQUENCE_END, 0);
}
