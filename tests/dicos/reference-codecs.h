/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/* The codecs once more, as plainly as the standards put them: a bit at a time, a
 * byte at a time. What these say is right, and wrong where they return FALSE. */

typedef struct
{
  guint8 counts[16]; /* codes of 1..16 bits */
  guint8 values[17]; /* their categories */
  guint n_values;
} ReferenceCode;

gboolean reference_code_is_possible (const ReferenceCode *code);
gboolean reference_read_difference (const ReferenceCode *code, const guint8 *bytes, gsize n_bits, gsize *position, guint16 *difference);

gboolean reference_decode_jpeg (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples);
gboolean reference_decode_rle (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples);

G_END_DECLS
