/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-jpeg-2000"

#include "config.h"

#include "dicos/bag-codec-jpeg-2000.h"

#include "description/bag-error.h"
#include "dicos/bag-tile-parts.h"

#include <openjpeg.h>
#include <errno.h>
#include <string.h>

/* JPEG 2000 (ITU-T T.800), and its high-throughput form (T.814) as far as the
 * installed OpenJPEG has it. The library gets the bare codestream, never the JP2
 * boxes around it: palettes and channel definitions are no business of a
 * grayscale picture's. Strict mode: a codestream that is cut gives no picture. */

#define STREAM_BUFFER 65536u

typedef struct
{
  const guint8 *data;
  gsize size, position;
} Memory;

typedef opj_codec_t Codec;
typedef opj_image_t Image;
typedef opj_stream_t Stream;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Codec, opj_destroy_codec)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Image, opj_image_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, opj_stream_destroy)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The JPEG 2000 data of this slice are damaged: %s", what);
  return FALSE;
}

static OPJ_SIZE_T
read_memory (void *buffer, OPJ_SIZE_T wanted, void *user_data)
{
  Memory *self = user_data;
  gsize n = MIN (wanted, self->size - self->position);

  if (n == 0)
    return (OPJ_SIZE_T) -1;
  memcpy (buffer, self->data + self->position, n);
  self->position += n;

  return n;
}

static OPJ_OFF_T
skip_memory (OPJ_OFF_T n, void *user_data)
{
  Memory *self = user_data;

  if (n < 0 || (guint64) n > self->size - self->position)
    return -1;
  self->position += (gsize) n;

  return n;
}

static OPJ_BOOL
seek_memory (OPJ_OFF_T position, void *user_data)
{
  Memory *self = user_data;

  if (position < 0 || (guint64) position > self->size)
    return OPJ_FALSE;
  self->position = (gsize) position;

  return OPJ_TRUE;
}

static Stream *
open_stream (Memory *memory)
{
  Stream *stream = opj_stream_create (STREAM_BUFFER, OPJ_TRUE);

  if (stream == NULL)
    return NULL;
  opj_stream_set_user_data (stream, memory, NULL);
  opj_stream_set_user_data_length (stream, memory->size);
  opj_stream_set_read_function (stream, read_memory);
  opj_stream_set_skip_function (stream, skip_memory);
  opj_stream_set_seek_function (stream, seek_memory);

  return stream;
}

static Codec *
open_codec (void)
{
  opj_dparameters_t parameters;
  g_autoptr (Codec) codec = opj_create_decompress (OPJ_CODEC_J2K);

  if (codec == NULL)
    return NULL;
  opj_set_default_decoder_parameters (&parameters);
  if (!opj_setup_decoder (codec, &parameters) || !opj_decoder_set_strict_mode (codec, OPJ_TRUE))
    return NULL;

  return g_steal_pointer (&codec);
}

/* What the library has read must be what was read before it, or what it decodes is something else. */
static gboolean
check_image (const Image *image, const BagCodestream *codestream, const BagPixelLayout *layout)
{
  const opj_image_comp_t *component = image->comps;

  return image->numcomps == 1 && component->w == layout->columns && component->h == layout->rows && component->dx == 1 && component->dy == 1 && component->factor == 0 && component->prec == codestream->precision && !component->sgnd == !codestream->is_signed;
}

static void
store_8 (const OPJ_INT32 *values, gsize n, guint8 *samples)
{
  for (gsize i = 0; i < n; i++)
    samples[i] = (guint8) values[i];
}

static void
store_16 (const OPJ_INT32 *values, gsize n, guint8 *samples)
{
  for (gsize i = 0; i < n; i++)
    {
      samples[2 * i] = (guint8) values[i];
      samples[2 * i + 1] = (guint8) (values[i] >> 8);
    }
}

static gboolean
decode (Codec *codec, Stream *stream, const BagCodestream *codestream, const BagPixelLayout *layout, guint8 *samples, GError **error)
{
  gsize n = (gsize) layout->rows * layout->columns;
  g_autoptr (Image) image = NULL;

  if (!opj_read_header (stream, codec, &image))
    return fail (error, "its main header is not valid");
  if (!check_image (image, codestream, layout))
    return fail (error, "its main header is not that of the scan");
  if (!opj_decode (codec, stream, image) || !opj_end_decompress (codec, stream))
    return fail (error, "its data end too early or contradict themselves");
  if (!check_image (image, codestream, layout) || image->comps[0].data == NULL)
    return fail (error, "it decodes to something else than it said");

  if (layout->bits_allocated == 8)
    store_8 (image->comps[0].data, n, samples);
  else
    store_16 (image->comps[0].data, n, samples);

  return TRUE;
}

/* The library does not tell what is damaged from what there was no memory for; the C library does. */
static gboolean
blame_memory (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory for decoding a slice");

  return FALSE;
}

/**
 * bag_codec_jpeg_2000_decode:
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @codestream: its header, which bag_codestream_check() found good
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME, %BAG_ERROR_NO_MEMORY
 *
 * Returns: whether exactly one frame of that layout came out
 */
gboolean
bag_codec_jpeg_2000_decode (const guint8 *data,
                            gsize size,
                            const BagCodestream *codestream,
                            const BagPixelLayout *layout,
                            guint8 *samples,
                            GError **error)
{
  Memory memory = { data + codestream->start, size - codestream->start, 0 };
  g_autoptr (Stream) stream = open_stream (&memory);
  g_autoptr (Codec) codec = open_codec ();

  if (!bag_tile_parts_check (memory.data, memory.size, (guint) codestream->n_tiles))
    return fail (error, "a part of it is missing");
  if (stream == NULL || codec == NULL)
    return blame_memory (error);

  errno = 0;
  if (decode (codec, stream, codestream, layout, samples, error))
    return TRUE;

  return errno == ENOMEM ? blame_memory (error) : FALSE;
}
