/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-huffman-table.h"

G_BEGIN_DECLS

/* What the markers of a lossless codestream say, up to its scan. */
typedef struct
{
  BagHuffmanTable tables[4]; /* kept from frame to frame */
  gboolean has_table[4];     /* defined in this codestream */
  guint precision, rows, columns;
  guint component;        /* its identifier */
  guint restart_interval; /* samples, 0 for none */
  guint table, predictor, point_transform;
} BagJpegHeader;

gboolean bag_jpeg_header_read (BagJpegHeader *self, const guint8 *data, gsize size, gsize *scan, GError **error);

G_END_DECLS
