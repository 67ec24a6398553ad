/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-transfer-syntax"

#include "config.h"

#include "dicos/bag-transfer-syntax.h"

#include "description/bag-error.h"

#include <string.h>

/* Transfer syntaxes (PS3.6 annex A): those that are read, and the names of the
 * others, so that a refusal can say what the file is. */

static const BagTransferSyntax syntaxes[] = {
  { "1.2.840.10008.1.2", "implicit little endian", TRUE, TRUE, FALSE, BAG_FRAME_CODEC_NATIVE },
  { "1.2.840.10008.1.2.1", "explicit little endian", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_NATIVE },
  { "1.2.840.10008.1.2.1.99", "deflated explicit little endian", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_DEFLATED },
  { "1.2.840.10008.1.2.2", "explicit big endian", TRUE, FALSE, TRUE, BAG_FRAME_CODEC_NATIVE },
  { "1.2.840.10008.1.2.5", "RLE", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_RLE },
  { "1.2.840.10008.1.2.4.50", "JPEG baseline (lossy)", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG },
  { "1.2.840.10008.1.2.4.51", "JPEG extended (lossy)", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG },
  { "1.2.840.10008.1.2.4.57", "JPEG lossless", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_LOSSLESS },
  { "1.2.840.10008.1.2.4.70", "JPEG lossless, first-order prediction", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_LOSSLESS },
  { "1.2.840.10008.1.2.4.80", "JPEG-LS lossless", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_LS },
  { "1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_LS },
  { "1.2.840.10008.1.2.4.90", "JPEG 2000 lossless", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_2000 },
  { "1.2.840.10008.1.2.4.91", "JPEG 2000", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_2000 },
  { "1.2.840.10008.1.2.4.201", "high-throughput JPEG 2000 lossless", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_2000 },
  { "1.2.840.10008.1.2.4.202", "high-throughput JPEG 2000 lossless, RPCL", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_2000 },
  { "1.2.840.10008.1.2.4.203", "high-throughput JPEG 2000", TRUE, FALSE, FALSE, BAG_FRAME_CODEC_JPEG_2000 },
  { .uid = "1.2.840.10008.1.2.1.64", .name = "explicit little endian for pixel data over 4 GB", .is_read = TRUE, .codec = BAG_FRAME_CODEC_NATIVE, .is_extended = TRUE },
  { .uid = "1.2.840.10008.1.2.1.98", .name = "encapsulated uncompressed" },
  { .uid = "1.2.840.10008.1.2.4.92", .name = "JPEG 2000 multi-component lossless" },
  { .uid = "1.2.840.10008.1.2.4.93", .name = "JPEG 2000 multi-component" },
  { .uid = "1.2.840.10008.1.2.4.94", .name = "JPIP referenced pixel data" },
  { .uid = "1.2.840.10008.1.2.4.95", .name = "JPIP referenced pixel data, deflated" },
  { .uid = "1.2.840.10008.1.2.4.100", .name = "MPEG-2 video" },
  { .uid = "1.2.840.10008.1.2.4.101", .name = "MPEG-2 video, high level" },
  { .uid = "1.2.840.10008.1.2.4.102", .name = "MPEG-4 video" },
  { .uid = "1.2.840.10008.1.2.4.103", .name = "MPEG-4 video, Blu-ray compatible" },
  { .uid = "1.2.840.10008.1.2.4.107", .name = "HEVC video" },
  { .uid = "1.2.840.10008.1.2.4.110", .name = "JPEG XL lossless" },
  { .uid = "1.2.840.10008.1.2.4.112", .name = "JPEG XL" },
};

/**
 * bag_transfer_syntax_find:
 * @uid: a transfer syntax as a file names it
 * @error: %BAG_ERROR_UNSUPPORTED_SYNTAX with its name in plain words
 *
 * Returns: (transfer none): a syntax that is read, or %NULL
 */
const BagTransferSyntax *
bag_transfer_syntax_find (const char *uid, GError **error)
{
  g_return_val_if_fail (uid != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    {
      if (strcmp (uid, syntaxes[i].uid) != 0)
        continue;
      if (syntaxes[i].is_read)
        return &syntaxes[i];
      g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_SYNTAX, "The file is stored as %s (%s), which is not read", syntaxes[i].name, uid);
      return NULL;
    }

  g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_SYNTAX, "The file is stored in an unknown transfer syntax (%s)", uid);
  return NULL;
}
