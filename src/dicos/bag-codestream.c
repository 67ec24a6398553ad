/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codestream"

#include "config.h"

#include "dicos/bag-codestream.h"

#include "description/bag-error.h"
#include "dicos/bag-byte-reader.h"

#include <string.h>

/* The frame header of a codestream, read by ourselves before any library sees a
 * byte of it: a file that lies about its size must not get as far as an
 * allocation, and the description of a scan needs no more than this. */

#define MAX_TILES 16384u

enum
{
  MARKER_SOF0 = 0xc0,
  MARKER_SOF2 = 0xc2,
  MARKER_SOF3 = 0xc3,
  MARKER_DHT = 0xc4,
  MARKER_JPG = 0xc8,
  MARKER_DAC = 0xcc,
  MARKER_SOF15 = 0xcf,
  MARKER_RST0 = 0xd0,
  MARKER_SOS = 0xda,
  MARKER_SOF55 = 0xf7,
};

static gboolean
is_frame_header (guint marker)
{
  return marker == MARKER_SOF55 || (marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT && marker != MARKER_JPG && marker != MARKER_DAC);
}

/* T.81 table B.1 and T.87 annex C.1: which process a frame header announces. */
static gboolean
find_codec (guint marker, BagFrameCodec *codec)
{
  if (marker == MARKER_SOF55)
    *codec = BAG_FRAME_CODEC_JPEG_LS;
  else if (marker == MARKER_SOF3)
    *codec = BAG_FRAME_CODEC_JPEG_LOSSLESS;
  else if (marker >= MARKER_SOF0 && marker <= MARKER_SOF2)
    *codec = BAG_FRAME_CODEC_JPEG;
  else
    return FALSE;

  return TRUE;
}

/* T.81 B.2.2: precision, lines, samples a line, components. */
static BagCodestreamState
read_frame_header (BagCodestream *self, guint marker, const guint8 *data, gsize size)
{
  if (!find_codec (marker, &self->codec))
    return BAG_CODESTREAM_BAD;
  if (size < 8)
    return BAG_CODESTREAM_CUT;

  self->precision = data[2];
  self->rows = bag_be16 (data + 3);
  self->columns = bag_be16 (data + 5);
  self->components = data[7];

  return self->precision != 0 ? BAG_CODESTREAM_GOOD : BAG_CODESTREAM_BAD;
}

/* @position is behind a marker's two bytes. */
static BagCodestreamState
read_jpeg_segment (BagCodestream *self, guint marker, const guint8 *data, gsize size, gsize *position)
{
  gsize left = size - *position;
  guint length = 0;

  if (is_frame_header (marker))
    return read_frame_header (self, marker, data + *position, left);
  if (marker < MARKER_SOF0 || (marker >= MARKER_RST0 && marker <= MARKER_SOS))
    return BAG_CODESTREAM_BAD;
  if (left < 2)
    return BAG_CODESTREAM_CUT;
  length = bag_be16 (data + *position);
  if (length < 2)
    return BAG_CODESTREAM_BAD;
  if (length >= left)
    return BAG_CODESTREAM_CUT;
  *position += length;

  return BAG_CODESTREAM_GOOD;
}

static BagCodestreamState
read_jpeg (BagCodestream *self, const guint8 *data, gsize size)
{
  gsize position = 2;

  while (position < size)
    {
      BagCodestreamState state = BAG_CODESTREAM_GOOD;

      if (data[position] != 0xff)
        return BAG_CODESTREAM_BAD;
      while (position < size && data[position] == 0xff)
        position++; /* any number of fill bytes may stand in front of a marker */
      if (position == size)
        break;
      position++;
      state = read_jpeg_segment (self, data[position - 1], data, size, &position);
      if (state != BAG_CODESTREAM_GOOD || self->precision != 0)
        return state;
    }

  return BAG_CODESTREAM_CUT;
}

/* T.800 B.3: as many as it takes from the tile offset to the edge of the picture. */
static guint64
count_tiles (guint32 edge, guint32 picture_offset, guint32 tile_offset, guint32 tile)
{
  if (tile == 0 || tile_offset > picture_offset || (guint64) tile_offset + tile <= picture_offset)
    return 0;

  return ((guint64) edge - tile_offset + tile - 1) / tile;
}

/* T.800 A.5.1: SIZ follows SOC at once. @siz begins with Rsiz. */
static BagCodestreamState
read_siz (BagCodestream *self, const guint8 *siz)
{
  guint32 right = bag_be32 (siz + 2);
  guint32 bottom = bag_be32 (siz + 6);
  guint32 left = bag_be32 (siz + 10);
  guint32 top = bag_be32 (siz + 14);

  if (left >= right || top >= bottom)
    return BAG_CODESTREAM_BAD;

  self->codec = BAG_FRAME_CODEC_JPEG_2000;
  self->columns = right - left;
  self->rows = bottom - top;
  self->components = bag_be16 (siz + 34);
  self->precision = (siz[36] & 0x7fu) + 1u;
  self->has_sign = TRUE;
  self->is_signed = (siz[36] & 0x80u) != 0;
  self->n_tiles = count_tiles (right, left, bag_be32 (siz + 26), bag_be32 (siz + 18)) * count_tiles (bottom, top, bag_be32 (siz + 30), bag_be32 (siz + 22));

  return siz[37] == 1 && siz[38] == 1 ? BAG_CODESTREAM_GOOD : BAG_CODESTREAM_BAD;
}

static BagCodestreamState
read_jpeg_2000 (BagCodestream *self, const guint8 *data, gsize size)
{
  static const guint8 soc_siz[] = { 0xff, 0x4f, 0xff, 0x51 };

  if (size < 45)
    return BAG_CODESTREAM_CUT;

  return memcmp (data, soc_siz, sizeof soc_siz) == 0 ? read_siz (self, data + 6) : BAG_CODESTREAM_BAD;
}

/* T.800 annex I: DICOM wants the bare codestream, some writers put the file around it. */
static BagCodestreamState
pass_boxes (const guint8 *data, gsize size, gsize *start)
{
  *start = 0;
  while (size - *start >= 8)
    {
      const guint8 *box = data + *start;
      guint64 length = bag_be32 (box);
      gboolean is_long = length == 1;

      if (is_long && size - *start < 16)
        return BAG_CODESTREAM_CUT;
      if (is_long)
        length = (guint64) bag_be32 (box + 8) << 32 | bag_be32 (box + 12);
      if (memcmp (box + 4, "jp2c", 4) == 0)
        {
          *start += is_long ? 16 : 8;
          return BAG_CODESTREAM_GOOD;
        }
      if (length < 8)
        return BAG_CODESTREAM_BAD;
      if (length > size - *start)
        return BAG_CODESTREAM_CUT;
      *start += (gsize) length;
    }

  return BAG_CODESTREAM_CUT;
}

/**
 * bag_codestream_read:
 * @self: (out caller-allocates): what it says
 * @data: the beginning of a frame, fragments joined
 * @size: its bytes
 *
 * Reads up to the frame header (T.81 SOFn, T.87 SOF55, T.800 SIZ) and not further.
 * Pure; allocates nothing.
 *
 * Returns: whether @self was filled in; %BAG_CODESTREAM_CUT when more bytes may help
 */
BagCodestreamState
bag_codestream_read (BagCodestream *self, const guint8 *data, gsize size)
{
  static const guint8 signature[] = { 0, 0, 0, 12, 'j', 'P', ' ', ' ' };
  BagCodestreamState state = BAG_CODESTREAM_GOOD;

  memset (self, 0, sizeof *self);
  if (size < sizeof signature)
    return BAG_CODESTREAM_CUT;
  if (data[0] == 0xff && data[1] == 0xd8)
    return read_jpeg (self, data, size);
  if (memcmp (data, signature, sizeof signature) == 0)
    state = pass_boxes (data, size, &self->start);

  return state == BAG_CODESTREAM_GOOD ? read_jpeg_2000 (self, data + self->start, size - self->start) : state;
}

/**
 * bag_codestream_is_whole_cells:
 * @self: a header
 * @layout: the layout that the file's header gives
 *
 * Encoders commonly compress all bits allocated, whatever is stored in them (dcmcjpeg,
 * dcmcjpls and gdcmconv do so by default): values then lie in the samples as they would
 * without compression, and the bits stored and the high bit say where.
 *
 * Returns: whether that is so here
 */
gboolean
bag_codestream_is_whole_cells (const BagCodestream *self, const BagPixelLayout *layout)
{
  return self->precision == layout->bits_allocated && (!self->has_sign || !self->is_signed == !layout->is_signed);
}

/* Every value that the codestream can hold must come out of @layout as it is. */
static gboolean
is_within (const BagCodestream *self, const BagPixelLayout *layout)
{
  if (bag_codestream_is_whole_cells (self, layout))
    return TRUE;
  if (layout->high_bit + 1u != layout->bits_stored)
    return FALSE;
  if (!layout->is_signed || self->is_signed)
    return !self->is_signed == !layout->is_signed && self->precision <= layout->bits_stored;

  return self->has_sign ? self->precision < layout->bits_stored : self->precision == layout->bits_stored;
}

/**
 * bag_codestream_check:
 * @self: a header
 * @codec: what the scan is compressed with
 * @layout: the layout of the scan's frames
 * @error: %BAG_ERROR_CORRUPT_FRAME
 *
 * Returns: whether the frame can be one of that scan
 */
gboolean
bag_codestream_check (const BagCodestream *self, BagFrameCodec codec, const BagPixelLayout *layout, GError **error)
{
  if (self->codec != codec)
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice is %s, unlike the scan", bag_codestream_get_name (self));
  else if (self->rows != layout->rows || self->columns != layout->columns)
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has %u rows and %u columns, the scan has %u and %u", self->rows, self->columns, layout->rows, layout->columns);
  else if (self->components != 1)
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has %u samples a pixel instead of one", self->components);
  else if (self->precision > layout->bits_allocated || !is_within (self, layout))
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has samples of %u bits, the scan %u stored of %u", self->precision, layout->bits_stored, layout->bits_allocated);
  else if (codec == BAG_FRAME_CODEC_JPEG_2000 && (self->n_tiles == 0 || self->n_tiles > MAX_TILES))
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice is cut into %" G_GUINT64_FORMAT " tiles: 1 to %u are read", self->n_tiles, MAX_TILES);
  else
    return TRUE;

  return FALSE;
}

/**
 * bag_codestream_get_name:
 * @self: a header
 *
 * Returns: (transfer none): its process, in words
 */
const char *
bag_codestream_get_name (const BagCodestream *self)
{
  switch (self->codec)
    {
    case BAG_FRAME_CODEC_JPEG_LOSSLESS:
      return "JPEG lossless";
    case BAG_FRAME_CODEC_JPEG_LS:
      return "JPEG-LS";
    case BAG_FRAME_CODEC_JPEG_2000:
      return "JPEG 2000";
    case BAG_FRAME_CODEC_JPEG:
      return "lossy JPEG";
    case BAG_FRAME_CODEC_NATIVE:
    case BAG_FRAME_CODEC_DEFLATED:
    case BAG_FRAME_CODEC_RLE:
    default:
      g_assert_not_reached ();
    }
}
