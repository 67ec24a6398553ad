/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-jpeg-header.h"

G_BEGIN_DECLS

/**
 * BagSampleRows:
 *
 * Turns the differences of a frame into samples, in pieces of any length.
 */
typedef struct
{
  guint columns, predictor, point_transform;
  guint bytes;           /* of a sample */
  guint16 first;         /* what stands before an interval */
  gboolean is_first_row; /* of its interval */
  gboolean is_direct;    /* samples are made where they belong, not in two rows of memory */
  guint x;               /* how far the current row is */

  /* Borrowed */
  guint8 *samples; /* where the current row belongs */
  guint16 *row;
  guint16 *above; /* the row before; what it holds at first is not looked at */
} BagSampleRows;

void bag_sample_rows_init (BagSampleRows *self, const BagJpegHeader *header, guint bytes, guint8 *samples, guint16 *memory);
void bag_sample_rows_begin_interval (BagSampleRows *self);
void bag_sample_rows_add (BagSampleRows *self, const guint16 *differences, gsize n);

G_END_DECLS
