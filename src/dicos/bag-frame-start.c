/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-start"

#include "config.h"

#include "dicos/bag-frame-start.h"

#include "dicos/bag-byte-reader.h"

#include <string.h>

#define RLE_HEAD 64u
#define SIGNATURE_BYTES 8u
#define MAX_SEGMENTS 15u

/* PS3.5 annex G.5: number of segments, ascending offsets, the first is 64. */
static gboolean
begins_as_rle (const guint8 *head)
{
  guint32 n = bag_le32 (head);
  guint32 last = 0;

  if (n == 0 || n > MAX_SEGMENTS || bag_le32 (head + 4) != RLE_HEAD)
    return FALSE;
  for (guint i = 1; i <= MAX_SEGMENTS; i++)
    {
      guint32 offset = bag_le32 (head + 4 * i);

      if (i <= n ? offset <= last : offset != 0)
        return FALSE;
      last = offset;
    }

  return TRUE;
}

/* SOI and the next marker, SOC and SIZ, or the signature box of JP2: of @n bytes. */
static gboolean
begins_as_codestream (const guint8 *head, gsize n)
{
  static const guint8 soc_siz[] = { 0xff, 0x4f, 0xff, 0x51 };
  static const guint8 signature[SIGNATURE_BYTES] = { 0, 0, 0, 12, 'j', 'P', ' ', ' ' };

  if (n >= 3 && head[0] == 0xff && head[1] == 0xd8)
    return head[2] == 0xff;
  if (n >= sizeof soc_siz && memcmp (head, soc_siz, sizeof soc_siz) == 0)
    return TRUE;

  return n >= sizeof signature && memcmp (head, signature, sizeof signature) == 0;
}

/**
 * bag_frame_start_check:
 * @codec: what fragments hold
 * @head: the first bytes of one
 * @n: how many, at most %BAG_FRAME_START_BYTES
 *
 * Returns: whether a frame begins there
 */
gboolean
bag_frame_start_check (BagFrameCodec codec, const guint8 *head, gsize n)
{
  g_return_val_if_fail (head != NULL, FALSE);

  if (codec == BAG_FRAME_CODEC_RLE)
    return n >= RLE_HEAD && begins_as_rle (head);

  return begins_as_codestream (head, n);
}
