/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report-bytes.h"

#include <string.h>

typedef struct
{
  GByteArray *bytes;
  const ReportShape *shape;
  gboolean is_implicit;
  guint starts[8];
  guint depth;
} Writer;

static void
put_number (GByteArray *bytes, guint64 value, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (value >> 8 * i);

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
put_head (Writer *self, guint32 tag, const char *vr, guint32 length)
{
  put_number (self->bytes, tag >> 16, 2);
  put_number (self->bytes, tag & 0xffff, 2);
  if (self->is_implicit || tag >> 16 == 0xfffe)
    {
      put_number (self->bytes, length, 4);
      return;
    }

  g_byte_array_append (self->bytes, (const guint8 *) vr, 2);
  if (strstr ("OB SQ", vr) != NULL)
    put_number (self->bytes, 0, 2);
  put_number (self->bytes, length, strstr ("OB SQ", vr) != NULL ? 4 : 2);
}

static void
put (Writer *self, guint32 tag, const char *vr, gconstpointer value, gsize length)
{
  for (guint i = 0; i < self->shape->n_changes; i++)
    if (self->shape->changes[i].tag == tag)
      {
        value = self->shape->changes[i].value;
        length = self->shape->changes[i].length;
      }
  if (value == NULL)
    return;

  put_head (self, tag, vr, (guint32) (length + (length & 1)));
  g_byte_array_append (self->bytes, value, (guint) length);
  if ((length & 1) != 0)
    put_number (self->bytes, strcmp (vr, "UI") == 0 || strcmp (vr, "OB") == 0 ? 0 : ' ', 1);
}

static void
put_text (Writer *self, guint32 tag, const char *vr, const char *text)
{
  put (self, tag, vr, text, strlen (text));
}

static void
put_us (Writer *self, guint32 tag, guint value)
{
  const guint8 bytes[] = { (guint8) value, (guint8) (value >> 8) };

  put (self, tag, "US", bytes, sizeof bytes);
}

static void
put_floats (Writer *self, guint32 tag, const float *values, guint n)
{
  guint8 bytes[4 * 6];

  for (guint i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_TO_LE (bits);
      memcpy (bytes + 4 * i, &bits, sizeof bits);
    }
  put (self, tag, "FL", bytes, 4 * n);
}

static void
begin (Writer *self, guint32 tag)
{
  put_head (self, tag, "SQ", 0xffffffffu);
  self->starts[self->depth++] = self->bytes->len;
}

static void
end (Writer *self, gboolean is_item)
{
  guint start = self->starts[--self->depth];
  guint32 length = GUINT32_TO_LE (self->bytes->len - start);

  if (self->shape->with_lengths)
    memcpy (self->bytes->data + start - 4, &length, 4);
  else
    put_head (self, is_item ? 0xfffee00du : 0xfffee0ddu, "", 0);
}

static void
begin_item (Writer *self)
{
  begin (self, 0xfffee000u);
}

static void
put_reference (Writer *self, const char *instance)
{
  begin_item (self);
  put_text (self, 0x00081150u, "UI", "1.2.840.10008.5.1.4.1.1.501.1");
  put_text (self, 0x00081155u, "UI", instance);
  end (self, TRUE);
}

/* All of 8 x 8 x 6 voxels but the last 32: the last four bytes are empty, and one is padding. */
static void
put_region (Writer *self)
{
  const float base[] = { 10, 20, 1 };
  const float extents[] = { 8, 8, 6 };
  guint8 mask[48];

  memset (mask, 0xff, 44);
  memset (mask + 44, 0, 4);
  begin (self, 0x40101001u);
  begin_item (self);
  put_floats (self, 0x40101004u, base, 3);
  put_floats (self, 0x40101005u, extents, 3);
  put (self, 0x40101006u, "OB", mask, sizeof mask);
  end (self, TRUE);
  end (self, FALSE);
}

static void
put_place (Writer *self)
{
  const float mass = 120.5f, density = 1.5f, z_effective = 7.25f, volume = 80;
  const float polygon[] = { 5, -6, 70, -1, 2, 30 };

  begin_item (self);
  begin (self, 0x0008114au);
  put_reference (self, "1.2.3");
  end (self, FALSE);
  put_region (self);
  put_floats (self, 0x40101017u, &mass, 1);
  put_floats (self, 0x40101018u, &density, 1);
  put_floats (self, 0x40101019u, &z_effective, 1);
  put_floats (self, 0x4010101du, polygon, 6);
  put_floats (self, 0x40101023u, &volume, 1);
  put_text (self, 0x40101078u, "CS", "left");
  end (self, TRUE);
}

static void
put_opinion (Writer *self, const char *category, const char *flag, gboolean is_first)
{
  const float probability = 0.91f;

  begin (self, 0x40101038u);
  begin_item (self);
  put_text (self, 0x40101012u, "CS", category);
  if (is_first)
    {
      put_text (self, 0x40101013u, "LT", "A bl\xf6"
                                         "ck");
      put_text (self, 0x40101014u, "CS", "SHIELD");
    }
  put_text (self, 0x40101015u, "CS", flag);
  if (is_first)
    put_floats (self, 0x40101016u, &probability, 1);
  end (self, TRUE);
  end (self, FALSE);
}

static void
put_more_places (Writer *self)
{
  for (guint i = 0; i < self->shape->n_more_places; i++)
    {
      begin_item (self);
      end (self, TRUE);
    }
}

static void
put_objects (Writer *self)
{
  begin (self, 0x40101011u);
  begin_item (self);
  put_us (self, 0x40101010u, 7);
  begin (self, 0x40101037u);
  put_place (self);
  put_more_places (self);
  end (self, FALSE);
  put_opinion (self, "EXPLOSIVE", "THREAT", TRUE);
  end (self, TRUE);

  begin_item (self);
  put_us (self, 0x40101010u, 8);
  put_opinion (self, "ANOMALY", "NO_THREAT", FALSE);
  end (self, TRUE);

  for (guint i = 0; i < self->shape->n_more_objects; i++)
    {
      begin_item (self);
      end (self, TRUE);
    }
  end (self, FALSE);
}

static void
put_result (Writer *self)
{
  put_objects (self);
  put_text (self, 0x40101021u, "CS", "TIMEOUT");
  put_text (self, 0x40101024u, "CS", "SUCCESS");
  put_text (self, 0x40101027u, "CS", "MACHINE");
  put_text (self, 0x40101029u, "LO", "Finder\\2.1");
  put_text (self, 0x4010102bu, "DT", "20260102030405");
  put_text (self, 0x40101031u, "CS", "ALARM");
  put_us (self, 0x40101033u, 2 + self->shape->n_more_objects);
}

static void
put_scans (Writer *self)
{
  begin (self, 0x00081110u);
  put_reference (self, "1.2.3");
  for (guint i = 0; i < self->shape->n_more_scans; i++)
    put_reference (self, "1.2.4");
  end (self, FALSE);
}

/**
 * report_bytes_new:
 *
 * Returns: (transfer full): a whole Part 10 file
 */
GByteArray *
report_bytes_new (const ReportShape *shape)
{
  Writer self = { .bytes = g_byte_array_new (), .shape = shape };
  guint8 preamble[128] = { 0 };

  g_byte_array_append (self.bytes, preamble, sizeof preamble);
  g_byte_array_append (self.bytes, (const guint8 *) "DICM", 4);
  put_text (&self, 0x00020002u, "UI", "1.2.840.10008.5.1.4.1.1.501.3");
  put_text (&self, 0x00020010u, "UI", shape->syntax);

  self.is_implicit = strcmp (shape->syntax, REPORT_IMPLICIT) == 0;
  put_text (&self, 0x00080005u, "CS", "ISO_IR 100");
  put_text (&self, 0x00080016u, "UI", "1.2.840.10008.5.1.4.1.1.501.3");
  put_text (&self, 0x00080018u, "UI", "1.2.3.501");
  put_scans (&self);
  put_text (&self, 0x00100020u, "LO", "BAG 7");
  put_text (&self, 0x0020000du, "UI", "1.2.30");
  put_text (&self, 0x0020000eu, "UI", "1.2.31");
  put_text (&self, 0x00200052u, "UI", "1.2.32");
  put_result (&self);

  return self.bytes;
}
