/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-rle-encoder"

#include "config.h"
#include "writer/bag-rle-encoder.h"

/* RLE as in PS3.5 annex G: one segment for the high bytes, one for the low
 * bytes, each row by itself. */

#define HEADER_SIZE 64u
#define N_SEGMENTS 2u
#define MAX_RUN 128u
#define MIN_RUN 3u /* two alike cost no less as a run */

static guint
get_run (const guint8 *bytes, guint n_bytes)
{
  guint run = 1;

  while (run < n_bytes && run < MAX_RUN && bytes[run] == bytes[0])
    run++;
  return run;
}

/* How many bytes may stand as they are before a run pays. */
static guint
get_literal (const guint8 *bytes, guint n_bytes)
{
  guint length = 0;

  while (length < n_bytes && length < MAX_RUN && get_run (bytes + length, n_bytes - length) < MIN_RUN)
    length++;
  return length;
}

static void
encode_row (const guint8 *bytes, guint n_bytes, GByteArray *frame)
{
  while (n_bytes > 0)
    {
      guint run = get_run (bytes, n_bytes);
      guint length = run >= MIN_RUN ? run : get_literal (bytes, n_bytes);
      guint8 control = (guint8) (run >= MIN_RUN ? 257 - run : length - 1);

      g_byte_array_append (frame, &control, 1);
      g_byte_array_append (frame, bytes, run >= MIN_RUN ? 1 : length);
      bytes += length;
      n_bytes -= length;
    }
}

static void
encode_segment (const guint16 *samples, guint columns, guint rows, guint shift, GByteArray *frame)
{
  g_autofree guint8 *bytes = g_new (guint8, columns);

  for (guint row = 0; row < rows; row++)
    {
      const guint16 *line = samples + (gsize) row * columns;

      for (guint i = 0; i < columns; i++)
        bytes[i] = (guint8) (line[i] >> shift & 0xff);
      encode_row (bytes, columns, frame);
    }
  if (frame->len % 2 != 0)
    g_byte_array_append (frame, (const guint8 *) "", 1);
}

static void
set_header (GByteArray *frame, guint field, guint32 number)
{
  for (guint i = 0; i < 4; i++)
    frame->data[field * 4 + i] = (guint8) (number >> 8 * i & 0xff);
}

/**
 * bag_rle_encode:
 * @samples: (array): columns * rows samples of 16 bits
 * @frame: (inout): becomes the frame; what it held is gone
 *
 * Compresses one frame (PS3.5 annex G).
 */
void
bag_rle_encode (const guint16 *samples, guint columns, guint rows, GByteArray *frame)
{
  const guint8 header[HEADER_SIZE] = { 0 };

  g_return_if_fail (samples != NULL && frame != NULL && columns > 0 && rows > 0);

  g_byte_array_set_size (frame, 0);
  g_byte_array_append (frame, header, sizeof header);
  set_header (frame, 0, N_SEGMENTS);
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      set_header (frame, 1 + i, frame->len);
      encode_segment (samples, columns, rows, 8 * (N_SEGMENTS - 1 - i), frame);
    }
}
