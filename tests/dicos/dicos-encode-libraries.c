/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include <charls/charls.h>
#include <openjpeg.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* Frames as CharLS, OpenJPEG and libjpeg write them. */

#define CHECK_CHARLS(call) g_assert_cmpint ((call), ==, CHARLS_JPEGLS_ERRC_SUCCESS)
#define ROOM(how) ((gsize) (how)->rows * (how)->columns * 4 + 4096)

static guint8 *
to_bytes (const TestPicture *how, const guint16 *samples, gsize *size)
{
  gsize n = (gsize) how->rows * how->columns;
  guint8 *bytes = g_malloc (n * 2);

  for (gsize i = 0; i < n; i++)
    if (how->precision <= 8)
      bytes[i] = (guint8) samples[i];
    else
      memcpy (bytes + 2 * i, samples + i, 2);
  *size = how->precision <= 8 ? n : 2 * n;

  return bytes;
}

/**
 * test_encode_jpeg_ls:
 * @out: takes the codestream
 * @how: extents and coding
 * @samples: of at most @how->precision bits
 */
void
test_encode_jpeg_ls (GByteArray *out, const TestPicture *how, const guint16 *samples)
{
  charls_jpegls_encoder *encoder = charls_jpegls_encoder_create ();
  const charls_frame_info info = { how->columns, how->rows, (gint32) how->precision, 1 };
  g_autofree guint8 *buffer = g_malloc (ROOM (how));
  gsize size = 0;
  g_autofree guint8 *bytes = to_bytes (how, samples, &size);

  CHECK_CHARLS (charls_jpegls_encoder_set_frame_info (encoder, &info));
  CHECK_CHARLS (charls_jpegls_encoder_set_near_lossless (encoder, (gint32) how->near));
  CHECK_CHARLS (charls_jpegls_encoder_set_destination_buffer (encoder, buffer, ROOM (how)));
  CHECK_CHARLS (charls_jpegls_encoder_encode_from_buffer (encoder, bytes, size, 0));
  CHECK_CHARLS (charls_jpegls_encoder_get_bytes_written (encoder, &size));
  charls_jpegls_encoder_destroy (encoder);
  g_byte_array_append (out, buffer, (guint) size);
}

typedef struct
{
  guint8 *data;
  gsize size, position, room;
} Memory;

static OPJ_SIZE_T
write_memory (void *buffer, OPJ_SIZE_T n, void *user_data)
{
  Memory *self = user_data;

  g_assert_cmpuint (n, <=, self->room - self->position);
  memcpy (self->data + self->position, buffer, n);
  self->position += n;
  self->size = MAX (self->size, self->position);

  return n;
}

static OPJ_BOOL
seek_memory (OPJ_OFF_T position, void *user_data)
{
  Memory *self = user_data;

  self->position = (gsize) position;

  return OPJ_TRUE;
}

static OPJ_OFF_T
skip_memory (OPJ_OFF_T n, void *user_data)
{
  Memory *self = user_data;

  self->position += (gsize) n;

  return n;
}

static opj_image_t *
make_image (const TestPicture *how, const guint16 *samples)
{
  opj_image_cmptparm_t parameters = { .dx = 1, .dy = 1, .w = how->columns, .h = how->rows, .prec = how->precision, .sgnd = (OPJ_UINT32) how->is_signed };
  opj_image_t *image = opj_image_create (1, &parameters, OPJ_CLRSPC_GRAY);
  gint32 sign = how->is_signed ? 1 << (how->precision - 1) : 0;

  image->x1 = how->columns;
  image->y1 = how->rows;
  for (gsize i = 0; i < (gsize) how->rows * how->columns; i++)
    image->comps[0].data[i] = (samples[i] ^ sign) - sign;

  return image;
}

static opj_stream_t *
open_stream (Memory *memory)
{
  opj_stream_t *stream = opj_stream_create (4096, OPJ_FALSE);

  opj_stream_set_user_data (stream, memory, NULL);
  opj_stream_set_write_function (stream, write_memory);
  opj_stream_set_seek_function (stream, seek_memory);
  opj_stream_set_skip_function (stream, skip_memory);

  return stream;
}

/**
 * test_encode_jpeg_2000:
 * @out: takes the codestream, or the JP2 file around it
 * @how: extents and coding
 * @samples: of at most @how->precision bits
 */
void
test_encode_jpeg_2000 (GByteArray *out, const TestPicture *how, const guint16 *samples)
{
  Memory memory = { g_malloc (ROOM (how)), 0, 0, ROOM (how) };
  opj_codec_t *codec = opj_create_compress (how->has_boxes ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_image_t *image = make_image (how, samples);
  opj_stream_t *stream = open_stream (&memory);
  opj_cparameters_t parameters;

  opj_set_default_encoder_parameters (&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 3;
  parameters.irreversible = how->near != 0;
  parameters.tile_size_on = how->tile != 0;
  parameters.cp_tdx = parameters.cp_tdy = (int) how->tile;
  g_assert_true (opj_setup_encoder (codec, &parameters, image));
  g_assert_true (opj_start_compress (codec, image, stream) && opj_encode (codec, stream) && opj_end_compress (codec, stream));
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  opj_image_destroy (image);
  g_byte_array_append (out, memory.data, (guint) memory.size);
  g_free (memory.data);
}

/* The first coefficient, then the others one by one, each in two steps. */
static void
fill_scans (jpeg_scan_info *scans, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      int coefficient = (int) (i + 1) / 2;
      gboolean is_rest = i > 0 && i % 2 == 0;

      scans[i] = (jpeg_scan_info){
        .comps_in_scan = 1,
        .Ss = coefficient,
        .Se = coefficient,
        .Ah = is_rest ? 1 : 0,
        .Al = i == 0 || is_rest ? 0 : 1,
      };
    }
}

/**
 * test_encode_jpeg_lossy:
 * @out: takes the codestream
 * @how: extents and coding; 8 bits
 * @samples: of 8 bits
 */
void
test_encode_jpeg_lossy (GByteArray *out, const TestPicture *how, const guint16 *samples)
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jpeg_scan_info scans[127];
  gsize n = 0;
  g_autofree guint8 *bytes = to_bytes (how, samples, &n);
  unsigned char *buffer = NULL;
  unsigned long size = 0;

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &buffer, &size);
  info.image_width = how->columns;
  info.image_height = how->rows;
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults (&info);
  if (how->n_scans > 0)
    {
      fill_scans (scans, how->n_scans);
      info.scan_info = scans;
      info.num_scans = (int) how->n_scans;
    }
  jpeg_start_compress (&info, TRUE);
  while (info.next_scanline < info.image_height)
    {
      JSAMPROW row = bytes + (gsize) info.next_scanline * how->columns;

      jpeg_write_scanlines (&info, &row, 1);
    }
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  g_byte_array_append (out, buffer, (guint) size);
  free (buffer);
}
