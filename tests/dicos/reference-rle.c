/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "reference-codecs.h"

/* PS3.5 annex G. */

static gsize
le32 (const guint8 *p)
{
  return (gsize) p[0] | (gsize) p[1] << 8 | (gsize) p[2] << 16 | (gsize) p[3] << 24;
}

static gboolean
decode_segment (const guint8 *data, gsize position, gsize end, guint8 *out, gsize n, gsize stride)
{
  gsize done = 0;

  while (done < n)
    {
      guint control = 0;
      gboolean is_repeat = FALSE;
      guint run = 0;

      if (position >= end)
        return FALSE;
      control = data[position++];
      is_repeat = control > 128;
      run = control == 128 ? 0 : (is_repeat ? 257 - control : control + 1);
      for (guint i = 0; i < run; i++)
        {
          if (position >= end || done >= n)
            return FALSE;
          out[done++ * stride] = data[position];
          if (!is_repeat || i + 1 == run)
            position++;
        }
    }

  return TRUE;
}

/**
 * reference_decode_rle:
 * @data: a frame
 * @size: its bytes
 * @layout: what it should hold
 * @samples: (out caller-allocates): room for it
 *
 * Returns: whether it does
 */
gboolean
reference_decode_rle (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples)
{
  gsize n_segments = layout->bits_allocated / 8u;
  gsize n = (gsize) layout->rows * layout->columns;

  if (size < 64 || le32 (data) != n_segments)
    return FALSE;
  for (gsize i = 0; i < n_segments; i++)
    {
      gsize start = le32 (data + 4 + 4 * i);
      gsize end = i + 1 < n_segments ? le32 (data + 8 + 4 * i) : size;

      if (start < 64 || end > size || start > end)
        return FALSE;
      if (!decode_segment (data, start, end, samples + (n_segments - 1 - i), n, n_segments))
        return FALSE;
    }

  return TRUE;
}
