/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-jpeg"

#include "config.h"

#include "dicos/bag-codec-jpeg.h"

#include "description/bag-error.h"
#include "dicos/bag-sample-bytes.h"

#include <setjmp.h>
#include <stdio.h>

/* Each needs what stands before it. */
#include <jpeglib.h>

#include <jerror.h>

/* Lossy JPEG (ITU-T T.81 with DCT): baseline, extended and progressive, 8 bits, and
 * 12 where libjpeg-turbo has them (from 3.0 on).
 *
 * The library leaves by longjmp when it gives up. It is called from decode_guarded()
 * and below only, where no function owns anything: all that is to be freed hangs on
 * the library's own object, which its caller destroys. Warnings of the library mean
 * made-up pixels, such as grey below a cut, and count as failures. */

/* A picture of one component can have 14 * 64 scans without a contradiction, and has about
 * ten in practice. Each costs a pass over all blocks, whatever it holds. */
#define MAX_SCANS 100

/* Beside the picture, for tables, and for the coefficients of a progressive one. */
#define MAX_LIBRARY_BYTES (16L << 20)
#define COEFFICIENT_BYTES 4

typedef struct
{
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf give_up;
  char message[JMSG_LENGTH_MAX];
} Decoder;

/**
 * bag_codec_jpeg_reads_12_bits:
 *
 * Returns: whether the library that this build found has samples of 12 bits
 */
gboolean
bag_codec_jpeg_reads_12_bits (void)
{
#ifdef BAG_HAVE_JPEG_12
  return TRUE;
#else
  return FALSE;
#endif
}

G_GNUC_NORETURN static void
on_error (j_common_ptr info)
{
  Decoder *self = info->client_data;

  info->err->format_message (info, self->message);
  longjmp (self->give_up, 1);
}

static void
on_message (j_common_ptr info, int level)
{
  if (level < 0)
    on_error (info);
}

static void
on_output (j_common_ptr info)
{
}

static void
on_progress (j_common_ptr info)
{
  Decoder *self = info->client_data;

  if (self->info.input_scan_number > MAX_SCANS)
    ERREXIT (info, JERR_BAD_PROGRESSION);
}

static void
prepare (Decoder *self, gsize n_samples)
{
  self->info.err = jpeg_std_error (&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->errors.output_message = on_output;
  self->info.client_data = self;
  jpeg_create_decompress (&self->info);
  self->progress.progress_monitor = on_progress;
  self->info.progress = &self->progress;
  self->info.mem->max_memory_to_use = MAX_LIBRARY_BYTES + (long) (n_samples * COEFFICIENT_BYTES);
}

static void
read_rows (Decoder *self, guint columns, guint8 *dest)
{
  while (self->info.output_scanline < self->info.output_height)
    {
      JSAMPROW row = dest + (gsize) self->info.output_scanline * columns;

      jpeg_read_scanlines (&self->info, &row, 1);
    }
}

#ifdef BAG_HAVE_JPEG_12
static void
read_rows_12 (Decoder *self, guint columns, guint8 *samples)
{
  while (self->info.output_scanline < self->info.output_height)
    {
      J12SAMPROW row = (J12SAMPROW) (gpointer) (samples + 2 * (gsize) self->info.output_scanline * columns);

      jpeg12_read_scanlines (&self->info, &row, 1);
    }
}
#endif

static void
read_picture (Decoder *self, const BagPixelLayout *layout, guint8 *samples)
{
  gsize n = (gsize) layout->rows * layout->columns;

#ifdef BAG_HAVE_JPEG_12
  if (self->info.data_precision == 12)
    {
      read_rows_12 (self, layout->columns, samples);
      bag_sample_bytes_to_little_endian (samples, n);
      return;
    }
#endif
  read_rows (self, layout->columns, samples + bag_pixel_layout_get_frame_bytes (layout) - n);
  if (layout->bits_allocated == 16)
    bag_sample_bytes_widen (samples, n);
}

/* Owns nothing: see above. */
static gboolean
decode_guarded (Decoder *self, const guint8 *data, gsize size, const BagCodestream *codestream, const BagPixelLayout *layout, guint8 *samples)
{
  if (setjmp (self->give_up) != 0)
    return FALSE;

  prepare (self, (gsize) layout->rows * layout->columns);
  jpeg_mem_src (&self->info, data, size);
  jpeg_read_header (&self->info, TRUE);
  if (self->info.num_components != 1 || self->info.image_width != layout->columns || self->info.image_height != layout->rows || (guint) self->info.data_precision != codestream->precision)
    ERREXIT (&self->info, JERR_BAD_LENGTH);

  self->info.out_color_space = JCS_GRAYSCALE;
  self->info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress (&self->info);
  read_picture (self, layout, samples);
  jpeg_finish_decompress (&self->info);

  return TRUE;
}

static gboolean
check_precision (const BagCodestream *codestream, const BagPixelLayout *layout, GError **error)
{
  if (codestream->precision == 8 || (codestream->precision == 12 && layout->bits_allocated == 16 && bag_codec_jpeg_reads_12_bits ()))
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "Lossy JPEG of %u bits is not read", codestream->precision);
  return FALSE;
}

/**
 * bag_codec_jpeg_decode:
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @codestream: its header, which bag_codestream_check() found good
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME
 *
 * Returns: whether exactly one frame of that layout came out
 */
gboolean
bag_codec_jpeg_decode (const guint8 *data,
                       gsize size,
                       const BagCodestream *codestream,
                       const BagPixelLayout *layout,
                       guint8 *samples,
                       GError **error)
{
  Decoder self = { 0 };
  gboolean good = FALSE;

  if (!check_precision (codestream, layout, error))
    return FALSE;

  good = decode_guarded (&self, data, size, codestream, layout, samples);
  jpeg_destroy_decompress (&self.info);
  if (!good)
    g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The JPEG data of this slice are damaged: %s", self.message);

  return good;
}
