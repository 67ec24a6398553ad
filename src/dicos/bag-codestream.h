/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_CODESTREAM_GOOD,
  BAG_CODESTREAM_CUT, /* the bytes end before the frame header does */
  BAG_CODESTREAM_BAD,
} BagCodestreamState;

/**
 * BagCodestream:
 *
 * What the header of a JPEG, JPEG-LS or JPEG 2000 codestream says of its samples.
 */
typedef struct
{
  BagFrameCodec codec;
  gsize start;                  /* where it begins: JPEG 2000 may stand behind JP2 boxes */
  guint32 rows, columns;        /* as written: any number */
  guint components;             /* 0..65535 */
  guint precision;              /* bits a sample, 1..38; JPEG: 0..255 */
  gboolean has_sign, is_signed; /* the JPEG family leaves the sign to the file's header */
  guint64 n_tiles;              /* JPEG 2000; 0 when they are not possible */
} BagCodestream;

BagCodestreamState bag_codestream_read (BagCodestream *self, const guint8 *data, gsize size);
gboolean bag_codestream_is_whole_cells (const BagCodestream *self, const BagPixelLayout *layout);
gboolean bag_codestream_check (const BagCodestream *self, BagFrameCodec codec, const BagPixelLayout *layout, GError **error);
const char *bag_codestream_get_name (const BagCodestream *self);

G_END_DECLS
