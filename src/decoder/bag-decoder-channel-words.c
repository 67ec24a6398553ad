/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-channel"

#include "config.h"

#include "decoder/bag-decoder-channel.h"

#include <glib/gi18n.h>

/* What the decoder says of a file in words: shown to the operator, and so made harmless first. */

static const char *const default_messages[BAG_N_ERRORS] = {
  [BAG_ERROR_CORRUPT_FRAME] = N_ ("This slice is damaged."),
  [BAG_ERROR_LIMIT] = N_ ("This is larger than Bagscope reads."),
  [BAG_ERROR_NO_ACCESS] = N_ ("The file could not be read."),
  [BAG_ERROR_NO_MEMORY] = N_ ("There is not enough memory for this."),
};

static const char *
get_default_message (BagError code)
{
  return default_messages[code] != NULL ? _ (default_messages[code]) : _ ("This file cannot be shown.");
}

/**
 * bag_decoder_channel_take_error:
 * @status: of a checked answer, not 0
 * @words: its message; may change while it is looked at
 * @length: bytes of @words
 * @error: return location
 *
 * Says what the decoder has found wrong with a file.
 */
void
bag_decoder_channel_take_error (guint32 status, gconstpointer words, gsize length, GError **error)
{
  BagError code = (BagError) (status - 1);
  g_autofree char *copy = g_strndup (words, length);
  g_autofree char *message = bag_text_sanitize (copy, -1);

  g_set_error_literal (error, BAG_ERROR, (int) code, *message != '\0' ? message : get_default_message (code));
}
