/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-tile-parts"

#include "config.h"

#include "dicos/bag-tile-parts.h"

#include "dicos/bag-byte-reader.h"

/* Whether a JPEG 2000 codestream has all of its tiles. OpenJPEG leaves those that
 * are missing black, in strict mode as well, and says nothing. */

#define MARKER_SOT 0xff90u
#define SOT_BYTES 12u

typedef struct
{
  guint8 seen, wanted; /* tile-parts; 0 wanted when no part says how many */
} Tile;

/* From SOC over the segments of the main header (T.800 A.2) to the first tile-part. */
static gboolean
pass_main_header (const guint8 *data, gsize size, gsize *position)
{
  *position = 2;
  while (size - *position >= 4 && bag_be16 (data + *position) != MARKER_SOT)
    {
      gsize length = 2 + (gsize) bag_be16 (data + *position + 2);

      if (data[*position] != 0xff || length < 4 || length > size - *position)
        return FALSE;
      *position += length;
    }

  return size - *position >= SOT_BYTES;
}

/* T.800 A.4.2. The last tile-part may leave its length out: then it reaches to the end. */
static gboolean
pass_tile_part (const guint8 *data, gsize size, Tile *tiles, guint n_tiles, gsize *position)
{
  const guint8 *sot = data + *position;
  guint tile = bag_be16 (sot + 4);
  guint32 length = bag_be32 (sot + 6);

  if (tile >= n_tiles || (length != 0 && (length < SOT_BYTES || length > size - *position)))
    return FALSE;

  tiles[tile].seen = (guint8) MIN (tiles[tile].seen + 1, G_MAXUINT8);
  tiles[tile].wanted = MAX (tiles[tile].wanted, sot[11]);
  *position = length != 0 ? *position + length : size;

  return TRUE;
}

/**
 * bag_tile_parts_check:
 * @data: a codestream, from its SOC marker on
 * @size: its bytes
 * @n_tiles: how many tiles its SIZ segment gives
 *
 * Returns: whether each tile is there, with all of its parts, and none reaches beyond @size
 */
gboolean
bag_tile_parts_check (const guint8 *data, gsize size, guint n_tiles)
{
  g_autofree Tile *tiles = g_new0 (Tile, n_tiles);
  gsize position = 0;

  g_return_val_if_fail (size >= 2, FALSE);

  if (!pass_main_header (data, size, &position))
    return FALSE;
  while (size - position >= SOT_BYTES && bag_be16 (data + position) == MARKER_SOT)
    if (!pass_tile_part (data, size, tiles, n_tiles, &position))
      return FALSE;

  for (guint i = 0; i < n_tiles; i++)
    if (tiles[i].seen == 0 || tiles[i].seen < tiles[i].wanted)
      return FALSE;

  return TRUE;
}
