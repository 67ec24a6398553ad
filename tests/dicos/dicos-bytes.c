/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  GByteArray *bytes;
  gboolean is_implicit, is_big_endian;
  TestShape shape;
  const TestChange *changes;
  guint n_changes;
  guint64 used; /* bit mask of changes already made */
  guint starts[16];
  guint depth;
} File;

static void
put16 (File *self, guint value)
{
  guint8 bytes[2] = { (guint8) value, (guint8) (value >> 8) };
  guint8 swapped[2] = { bytes[1], bytes[0] };

  g_byte_array_append (self->bytes, self->is_big_endian ? swapped : bytes, 2);
}

static void
put32 (File *self, guint32 value)
{
  put16 (self, self->is_big_endian ? value >> 16 : value & 0xffff);
  put16 (self, self->is_big_endian ? value & 0xffff : value >> 16);
}

static void
put_tag (File *self, guint32 tag)
{
  put16 (self, tag >> 16);
  put16 (self, tag & 0xffff);
}

static void
put_head (File *self, guint32 tag, const char *vr, guint32 length)
{
  put_tag (self, tag);
  if (self->is_implicit)
    {
      put32 (self, length);
      return;
    }

  g_byte_array_append (self->bytes, (const guint8 *) vr, 2);
  if (strstr ("OB OW OV SQ UN", vr) != NULL)
    {
      put16 (self, 0);
      put32 (self, length);
    }
  else
    put16 (self, length);
}

static void
put_value (File *self, guint32 tag, const char *vr, const char *value)
{
  gsize length = strlen (value);

  if (strcmp (vr, "US") == 0 || strcmp (vr, "RAW") == 0)
    {
      put_head (self, tag, strcmp (vr, "US") == 0 ? "US" : "IS", 2);
      put16 (self, (guint) atoi (value));
      return;
    }

  put_head (self, tag, vr, (guint32) (length + (length & 1)));
  g_byte_array_append (self->bytes, (const guint8 *) value, (guint) length);
  if (length & 1)
    g_byte_array_append (self->bytes, (const guint8 *) (strcmp (vr, "UI") == 0 ? "" : " "), 1);
}

static void
put (File *self, guint32 tag, const char *vr, const char *value)
{
  for (guint i = 0; i < self->n_changes; i++)
    if (self->changes[i].tag == tag)
      {
        self->used |= G_GUINT64_CONSTANT (1) << i;
        vr = self->changes[i].vr;
        value = self->changes[i].value;
      }
  if (value != NULL)
    put_value (self, tag, vr, value);
}

static void
put_added (File *self)
{
  for (guint i = 0; i < self->n_changes; i++)
    if ((self->used & (G_GUINT64_CONSTANT (1) << i)) == 0 && self->changes[i].tag < 0x52000000u && self->changes[i].value != NULL)
      put_value (self, self->changes[i].tag, self->changes[i].vr, self->changes[i].value);
}

static void
begin (File *self, guint32 tag)
{
  guint32 undefined = 0xffffffffu;

  if (tag == 0xfffee000u)
    {
      put_tag (self, tag);
      put32 (self, undefined);
    }
  else
    put_head (self, tag, self->shape & TEST_UNKNOWN && self->depth == 0 ? "UN" : "SQ", undefined);
  self->starts[self->depth++] = self->bytes->len;
  if ((self->shape & TEST_UNKNOWN) != 0)
    {
      self->is_implicit = TRUE;
      self->is_big_endian = FALSE;
    }
}

static void
end (File *self, guint32 tag)
{
  guint start = self->starts[--self->depth];

  if ((self->shape & TEST_DEFINED) != 0)
    {
      guint32 length = self->bytes->len - start;

      length = self->is_big_endian && !self->is_implicit ? GUINT32_TO_BE (length) : GUINT32_TO_LE (length);
      memcpy (self->bytes->data + start - 4, &length, 4);
    }
  else
    {
      put_tag (self, tag == 0xfffee000u ? 0xfffee00du : 0xfffee0ddu);
      put32 (self, 0);
    }
}

static void
begin_sequence (File *self, guint32 tag)
{
  begin (self, tag);
  begin (self, 0xfffee000u);
}

static void
end_sequence (File *self)
{
  end (self, 0xfffee000u);
  end (self, 0);
}

static void
put_shared_groups (File *self)
{
  gboolean was_implicit = self->is_implicit;
  gboolean was_big_endian = self->is_big_endian;

  begin_sequence (self, 0x52009229u);
  begin_sequence (self, 0x00289145u);
  put (self, 0x00281052u, "DS", "-5");
  put (self, 0x00281053u, "DS", "2");
  put (self, 0x00281054u, "LO", "MHU");
  end_sequence (self);
  begin_sequence (self, 0x00289110u);
  put (self, 0x00280030u, "DS", "1.25\\1.0");
  put (self, 0x00180050u, "DS", "2");
  end_sequence (self);
  begin_sequence (self, 0x00209116u);
  put (self, 0x00200037u, "DS", "1\\0\\0\\0\\1\\0");
  end_sequence (self);
  begin_sequence (self, 0x00289132u);
  put (self, 0x00281050u, "DS", "1000\\5");
  put (self, 0x00281051u, "DS", "2000\\6");
  end_sequence (self);
  end_sequence (self);
  self->is_implicit = was_implicit;
  self->is_big_endian = was_big_endian;
}

static void
put_frame_groups (File *self)
{
  gboolean was_implicit = self->is_implicit;
  gboolean was_big_endian = self->is_big_endian;

  begin (self, 0x52009230u);
  for (guint i = 0; i < TEST_FRAMES; i++)
    {
      g_autofree char *position = g_strdup_printf ("-1\\2.5\\%u", 10 * i);

      begin (self, 0xfffee000u);
      begin_sequence (self, 0x00209113u);
      put (self, 0x00200032u, "DS", position);
      end_sequence (self);
      end (self, 0xfffee000u);
    }
  end (self, 0);
  self->is_implicit = was_implicit;
  self->is_big_endian = was_big_endian;
}

static void
put_icon (File *self)
{
  begin_sequence (self, 0x00880200u);
  put_head (self, 0x7fe00010u, "OB", 0xffffffffu);
  for (guint i = 0; i < 2; i++)
    {
      put_tag (self, 0xfffee000u);
      put32 (self, 4);
      put32 (self, 0x12345678u);
    }
  put_tag (self, 0xfffee0ddu);
  put32 (self, 0);
  end_sequence (self);
}

/**
 * test_fill_frame:
 * @frame: from 0
 * @samples: (out caller-allocates): %TEST_PIXELS samples that no other frame has
 */
void
test_fill_frame (guint frame, guint16 *samples)
{
  for (guint i = 0; i < TEST_PIXELS; i++)
    samples[i] = (guint16) (frame * 1000 + i * i * 13 + (i % 3) * 300);
}

static void
put_item (File *self, const guint8 *data, guint length)
{
  put_tag (self, 0xfffee000u);
  put32 (self, length);
  g_byte_array_append (self->bytes, data, length);
}

/* Returns the bytes of the codestream, without padding. */
static guint
put_frame (File *self, const char *syntax, guint frame)
{
  const TestPicture picture = { .rows = TEST_ROWS, .columns = TEST_COLUMNS, .precision = 16 };
  const TestJpeg how = { TEST_ROWS, TEST_COLUMNS, 16, 1, 0, 0, FALSE };
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[TEST_PIXELS];
  guint size = 0;
  guint cut = 0;

  test_fill_frame (frame, samples);
  if (strcmp (syntax, TEST_RLE) == 0)
    test_encode_rle (stream, samples, TEST_PIXELS);
  else if (strcmp (syntax, TEST_JPEG_LS) == 0)
    test_encode_jpeg_ls (stream, &picture, samples);
  else if (strcmp (syntax, TEST_JPEG_2000) == 0)
    test_encode_jpeg_2000 (stream, &picture, samples);
  else
    test_encode_jpeg (stream, &how, samples);
  size = stream->len;
  if (stream->len & 1)
    g_byte_array_append (stream, (const guint8 *) "", 1);

  if ((self->shape & TEST_SPLIT) != 0)
    cut = strcmp (syntax, TEST_RLE) == 0 ? 68 : stream->len / 4 * 2;
  if (cut > 0)
    put_item (self, stream->data, cut);
  put_item (self, stream->data + cut, stream->len - cut);

  return size;
}

/* What an extended table says of a frame; numbers of 64 bits. */
static void
set_number (File *self, guint table, guint frame, guint64 value)
{
  value = GUINT64_TO_LE (value);
  if (table > 0)
    memcpy (self->bytes->data + table + 8 * frame, &value, 8);
}

static guint
put_numbers (File *self, guint32 tag)
{
  put_head (self, tag, "OV", 8 * TEST_FRAMES);
  for (guint i = 0; i < 2 * TEST_FRAMES; i++)
    put32 (self, 0);

  return self->bytes->len - 8 * TEST_FRAMES;
}

static void
put_fragments (File *self, const char *syntax)
{
  gboolean is_extended = (self->shape & (TEST_EXTENDED | TEST_WRONG_LENGTHS | TEST_OTHER_EXTENDED)) != 0;
  guint offsets = is_extended ? put_numbers (self, 0x7fe00001u) : 0;
  guint lengths = is_extended ? put_numbers (self, 0x7fe00002u) : 0;
  guint table = 0;
  guint first = 0;

  put_head (self, 0x7fe00010u, "OW", 0xffffffffu);
  put_tag (self, 0xfffee000u);
  put32 (self, self->shape & (TEST_TABLE | TEST_WRONG_TABLE) ? 4 * TEST_FRAMES : 0);
  table = self->bytes->len;
  if (self->shape & (TEST_TABLE | TEST_WRONG_TABLE))
    for (guint i = 0; i < TEST_FRAMES; i++)
      put32 (self, 4 * i);
  first = self->bytes->len;
  for (guint i = 0; i < TEST_FRAMES; i++)
    {
      guint32 offset = GUINT32_TO_LE (self->bytes->len - first);

      if ((self->shape & TEST_TABLE) != 0)
        memcpy (self->bytes->data + table + 4 * i, &offset, 4);
      set_number (self, offsets, i, self->bytes->len - first + ((self->shape & TEST_OTHER_EXTENDED) != 0 ? 2 * i : 0));
      set_number (self, lengths, i, put_frame (self, syntax, i) + ((self->shape & TEST_WRONG_LENGTHS) != 0 ? 2 : 0));
    }
  put_tag (self, 0xfffee0ddu);
  put32 (self, 0);
}

static void
put_native (File *self)
{
  put_head (self, 0x7fe00010u, "OW", TEST_FRAMES * TEST_PIXELS * 2);
  for (guint frame = 0; frame < TEST_FRAMES; frame++)
    {
      guint16 samples[TEST_PIXELS];

      test_fill_frame (frame, samples);
      for (guint i = 0; i < TEST_PIXELS; i++)
        put16 (self, samples[i]);
    }
}

static gboolean
is_native (const char *syntax)
{
  return strcmp (syntax, TEST_EXPLICIT) == 0 || strcmp (syntax, TEST_IMPLICIT) == 0 || strcmp (syntax, TEST_BIG_ENDIAN) == 0 || strcmp (syntax, TEST_DEFLATED) == 0;
}

static void
put_pixels (File *self, const char *syntax)
{
  for (guint i = 0; i < self->n_changes; i++)
    if (self->changes[i].tag >= 0x7fe00000u)
      {
        if (self->changes[i].value != NULL)
          put_value (self, self->changes[i].tag, self->changes[i].vr, self->changes[i].value);
        return;
      }

  if (is_native (syntax))
    put_native (self);
  else
    put_fragments (self, syntax);
}

static void
put_attributes (File *self)
{
  put (self, 0x00080005u, "CS", "ISO_IR 100");
  put (self, 0x00080008u, "CS", "ORIGINAL\\HIGH ENERGY\\VOLUME\\NONE");
  put (self, 0x00080016u, "UI", "1.2.840.10008.5.1.4.1.1.501.1");
  put (self, 0x00080018u, "UI", "1.2.3");
  put (self, 0x00080020u, "DA", "20240102");
  put (self, 0x00080030u, "TM", "030405");
  put (self, 0x00081010u, "SH", "K\xf6ln 4");
  put (self, 0x00100020u, "LO", "BAG 7");
  put (self, 0x0020000eu, "UI", "1.2.3.4");
  put (self, 0x00280002u, "US", "1");
  put (self, 0x00280004u, "CS", "MONOCHROME2");
  put (self, 0x00280008u, "US", "3");
  put (self, 0x00280010u, "US", "4");
  put (self, 0x00280011u, "US", "5");
  put (self, 0x00280100u, "US", "16");
  put (self, 0x00280101u, "US", "16");
  put (self, 0x00280102u, "US", "15");
  put (self, 0x00280103u, "US", "0");
}

/**
 * test_file_new:
 * @syntax: transfer syntax
 * @shape: how it is written
 * @changes: (array length=n_changes): to the standard file
 * @n_changes: at most 64
 *
 * Returns: (transfer full): a DICOS CT of three frames
 */
GByteArray *
test_file_new (const char *syntax, TestShape shape, const TestChange *changes, guint n_changes)
{
  File self = { g_byte_array_new (), FALSE, FALSE, shape, changes, n_changes };
  guint8 preamble[128] = { 0 };
  guint start = 0;

  g_byte_array_append (self.bytes, preamble, sizeof preamble);
  g_byte_array_append (self.bytes, (const guint8 *) "DICM", 4);
  put (&self, 0x00020002u, "UI", "1.2.840.10008.5.1.4.1.1.501.1");
  put (&self, 0x00020010u, "UI", syntax);
  start = self.bytes->len;

  self.is_implicit = strcmp (syntax, TEST_IMPLICIT) == 0;
  self.is_big_endian = strcmp (syntax, TEST_BIG_ENDIAN) == 0;
  put_attributes (&self);
  put_shared_groups (&self);
  put_added (&self);
  put_frame_groups (&self);
  if ((shape & TEST_ICON) != 0)
    put_icon (&self);
  put_pixels (&self, syntax);
  if (strcmp (syntax, TEST_DEFLATED) == 0)
    test_deflate (self.bytes, start, (shape & TEST_STORED) != 0 ? 0 : 6);

  return self.bytes;
}
