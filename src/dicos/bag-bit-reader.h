/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <string.h>

G_BEGIN_DECLS

/* Readable zeros that stand behind the last bit. */
#define BAG_BIT_READER_PADDING 16u

/**
 * BagBitReader:
 *
 * A place in a run of bits, most significant bit first. Nothing but the place is
 * kept: each window is loaded anew, so that no state can run ahead of it. The
 * padding lets a load begin anywhere, without a case for the end.
 */
typedef struct
{
  /* Borrowed */
  const guint8 *data; /* the bits, then BAG_BIT_READER_PADDING zeros */

  guint64 position, end; /* in bits, @position not beyond @end */
} BagBitReader;

/* The bits from @position on, left-justified: 57 at least, then zeros.
 * @position must not be beyond the end. */
static inline guint64
bag_bit_reader_peek (const guint8 *data, guint64 position)
{
  guint64 word;

  memcpy (&word, data + (position >> 3), sizeof word);
  return GUINT64_FROM_BE (word) << (position & 7);
}

G_END_DECLS
