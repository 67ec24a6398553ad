/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-main-files"

#include "config.h"

#include "decoder/bag-decoder-main-files.h"

#include "decoder/bag-decoder-main-file.h"
#include "decoder/bag-decoder-protocol.h"
#include "dicos/bag-ct-image.h"

#include <string.h>

/* Several files for one request. */

static GBytes *
describe (int fd, const BagLimits *limits, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, limits, error);
  g_autoptr (BagDescription) description = reader != NULL ? bag_ct_image_describe (reader, error) : NULL;

  return description != NULL ? bag_description_to_bytes (description) : NULL;
}

static GBytes *
get_words (const GError *error, guint32 *status)
{
  gboolean is_ours = error->domain == BAG_ERROR;

  *status = 1u + (is_ours ? (guint32) error->code : BAG_ERROR_NO_ACCESS);

  return g_bytes_new (error->message, MIN (strlen (error->message), BAG_DECODER_MAX_MESSAGE_BYTES));
}

/* What does not fit is asked for alone. @room: at least a part. Returns: bytes written */
static gsize
write_part (int fd, const BagLimits *limits, guint8 *dest, gsize room)
{
  g_autoptr (GError) error = NULL;
  BagDecoderPart part = { .status = 0 };
  g_autoptr (GBytes) bytes = describe (fd, limits, &error);

  if (bytes == NULL)
    bytes = get_words (error, &part.status);
  if (g_bytes_get_size (bytes) > room - sizeof part)
    part.status = BAG_DECODER_ALONE;
  else
    part.length = (guint32) g_bytes_get_size (bytes);
  memcpy (dest, &part, sizeof part);
  if (part.length > 0)
    memcpy (dest + sizeof part, g_bytes_get_data (bytes, NULL), part.length);

  return sizeof part + part.length;
}

/**
 * bag_decoder_main_files_describe:
 * @fds: (array length=n_fds): files
 * @n_fds: how many, at most %BAG_DECODER_MAX_FILES
 * @limits: for what is read from them
 * @half: (out caller-allocates): where the answers go, a #BagDecoderPart before each
 * @half_bytes: size of @half, at least %BAG_DECODER_MIN_HALF_BYTES
 *
 * Returns: bytes of all answers
 */
guint32
bag_decoder_main_files_describe (const int *fds, guint n_fds, const BagLimits *limits, guint8 *half, gsize half_bytes)
{
  gsize done = 0;

  for (guint i = 0; i < n_fds; i++)
    {
      gsize of_later = (n_fds - i - 1) * sizeof (BagDecoderPart);

      done += write_part (fds[i], limits, half + done, half_bytes - done - of_later);
    }

  return (guint32) done;
}
