/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-rle"

#include "config.h"

#include "dicos/bag-codec-rle.h"

#include "description/bag-error.h"
#include "dicos/bag-byte-reader.h"

#include <string.h>

/* RLE of DICOM (PS3.5 annex G): a header of 16 numbers, then one segment of
 * PackBits for each byte of a sample, most significant byte first.
 *
 * All segments are unpacked a block at a time, so that their bytes come together
 * while they are in the nearest cache. Most runs are short, and which kind comes
 * next is as good as random. So a run is written by two stores of 16 bytes of
 * either kind, without a branch on kind or length, and only longer ones go on. */

#define HEAD 64u
#define MAX_PLANES 2u
#define MAX_RUN 128u
#define SHORT_RUN 32u
#define BLOCK 2048u

typedef guint8 Bytes __attribute__ ((vector_size (16)));

typedef struct
{
  gsize left;  /* bytes that the segment has still to yield */
  gsize ready; /* unpacked bytes */
  guint8 bytes[BLOCK + MAX_RUN + SHORT_RUN];

  /* Borrowed */
  const guint8 *in, *end;
} Plane;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The RLE data of this slice are damaged: %s", what);
  return FALSE;
}

static gboolean
find_segment (const guint8 *data, gsize size, guint n, guint index, Plane *plane)
{
  guint32 start = bag_le32 (data + 4 + 4 * index);
  gsize end = index + 1 < n ? bag_le32 (data + 8 + 4 * index) : size;

  if (start < HEAD || end > size || start > end)
    return FALSE;
  plane->in = data + start;
  plane->end = data + end;

  return TRUE;
}

static inline Bytes
load (const guint8 *from)
{
  Bytes bytes;

  memcpy (&bytes, from, sizeof bytes);
  return bytes;
}

static inline void
store (guint8 *to, Bytes bytes)
{
  memcpy (to, &bytes, sizeof bytes);
}

static inline Bytes
spread (guint8 byte)
{
  Bytes bytes = { 0 };

  return bytes + byte;
}

/* One run, wherever the segment ends. */
static gboolean
unpack_run (Plane *self)
{
  gsize control = 0;
  gsize run = 0;
  gsize n = 1;

  if (self->in == self->end)
    return FALSE;
  control = *self->in++;
  if (control == 128)
    return TRUE;

  run = control < 128 ? control + 1 : 257 - control;
  n = control < 128 ? run : 1;
  if (run > self->left || (gsize) (self->end - self->in) < n)
    return FALSE;
  if (control < 128)
    memcpy (self->bytes + self->ready, self->in, run);
  else
    memset (self->bytes + self->ready, *self->in, run);
  self->in += n;
  self->ready += run;
  self->left -= run;

  return TRUE;
}

/* Runs while there are bytes and room for the longest. */
static void
unpack_runs (Plane *self)
{
  const guint8 *in = self->in;
  guint8 *out = self->bytes + self->ready;
  guint8 *stop = self->bytes + MIN (BLOCK, self->ready + self->left - MIN (self->left, MAX_RUN));

  while (out < stop && self->end - in > (gssize) MAX_RUN)
    {
      guint control = *in++;
      guint is_repeat = control >> 7;
      guint run = control < 128 ? control + 1 : 257 - control;
      Bytes mask = spread ((guint8) -is_repeat);
      Bytes same = spread (in[0]) & mask;
      Bytes first = (load (in) & ~mask) | same;
      Bytes second = (load (in + 16) & ~mask) | same;

      if (G_UNLIKELY (control == 128))
        continue;

      store (out, first);
      store (out + 16, second);
      if (run > SHORT_RUN && is_repeat)
        memset (out + SHORT_RUN, in[0], run - SHORT_RUN);
      else if (run > SHORT_RUN)
        memcpy (out + SHORT_RUN, in + SHORT_RUN, run - SHORT_RUN);
      in += is_repeat ? 1 : run;
      out += run;
    }
  self->left -= (gsize) (out - self->bytes) - self->ready;
  self->ready = (gsize) (out - self->bytes);
  self->in = in;
}

static gboolean
unpack_block (Plane *self, gsize n)
{
  unpack_runs (self);
  while (self->ready < n)
    if (!unpack_run (self))
      return FALSE;

  return TRUE;
}

static void
join_two (const guint8 *high, const guint8 *low, guint8 *out, gsize n)
{
  gsize i = 0;

  for (; i + 16 <= n; i += 16)
    {
      Bytes h = load (high + i);
      Bytes l = load (low + i);

      store (out + 2 * i, __builtin_shufflevector (l, h, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      store (out + 2 * i + 16, __builtin_shufflevector (l, h, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
    }
  for (; i < n; i++)
    {
      out[2 * i] = low[i];
      out[2 * i + 1] = high[i];
    }
}

/* Takes @n bytes of each plane. */
static void
join_planes (Plane *planes, guint n_planes, guint8 *out, gsize n)
{
  if (n_planes == 1)
    memcpy (out, planes[0].bytes, n);
  else
    join_two (planes[0].bytes, planes[1].bytes, out, n);

  for (guint i = 0; i < n_planes; i++)
    {
      planes[i].ready -= n;
      memmove (planes[i].bytes, planes[i].bytes + n, planes[i].ready);
    }
}

static gboolean
decode_planes (Plane *planes, guint n_planes, guint8 *out, gsize n)
{
  while (n > 0)
    {
      gsize block = MIN (n, BLOCK);

      for (guint i = 0; i < n_planes; i++)
        if (!unpack_block (&planes[i], block))
          return FALSE;
      join_planes (planes, n_planes, out, block);
      out += block * n_planes;
      n -= block;
    }

  return TRUE;
}

/**
 * bag_codec_rle_decode:
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME
 *
 * Returns: whether exactly one frame came out
 */
gboolean
bag_codec_rle_decode (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples, GError **error)
{
  Plane planes[MAX_PLANES];
  guint n_planes = layout->bits_allocated / 8u;
  gsize n = (gsize) layout->rows * layout->columns;

  g_return_val_if_fail (n_planes >= 1 && n_planes <= MAX_PLANES, FALSE);

  if (size < HEAD)
    return fail (error, "the header is cut");
  if (bag_le32 (data) != n_planes)
    return fail (error, "the number of segments does not fit the samples");

  for (guint i = 0; i < n_planes; i++)
    {
      if (!find_segment (data, size, n_planes, i, &planes[i]))
        return fail (error, "a segment lies outside");
      planes[i].left = n;
      planes[i].ready = 0;
    }
  if (!decode_planes (planes, n_planes, samples, n))
    return fail (error, "a segment has too few or too many bytes");

  return TRUE;
}
