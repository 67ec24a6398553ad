/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sample-rows"

#include "config.h"

#include "dicos/bag-sample-rows.h"

#include "dicos/bag-row-predictor.h"

/* T.81 H.1.1: the first row of an interval is predicted from the left, the first
 * sample of each further row from above. Samples of two bytes that need no shift
 * are made in the frame itself. */

/**
 * bag_sample_rows_init:
 * @self: the rows
 * @header: of the codestream
 * @bytes: of a sample, 1 or 2
 * @samples: (out caller-allocates): room for the frame, little endian
 * @memory: room for two rows
 *
 * An interval must begin next.
 */
void
bag_sample_rows_init (BagSampleRows *self, const BagJpegHeader *header, guint bytes, guint8 *samples, guint16 *memory)
{
  gboolean is_aligned = GPOINTER_TO_SIZE (samples) % sizeof (guint16) == 0;

  *self = (BagSampleRows){
    .columns = header->columns,
    .predictor = header->predictor,
    .point_transform = header->point_transform,
    .bytes = bytes,
    .first = (guint16) (1u << (header->precision - header->point_transform - 1)),
    .is_direct = bytes == 2 && header->point_transform == 0 && is_aligned && G_BYTE_ORDER == G_LITTLE_ENDIAN,
    .samples = samples,
    .row = memory,
    .above = memory + header->columns,
  };
  if (self->is_direct)
    self->row = self->above = (gpointer) samples;
}

/**
 * bag_sample_rows_begin_interval:
 * @self: rows, the current one not begun
 */
void
bag_sample_rows_begin_interval (BagSampleRows *self)
{
  self->is_first_row = TRUE;
}

static void
store_row (const BagSampleRows *self)
{
  for (gsize x = 0; x < self->columns; x++)
    {
      guint value = (guint) self->row[x] << self->point_transform;

      for (gsize i = 0; i < self->bytes; i++)
        self->samples[x * self->bytes + i] = (guint8) (value >> (8 * i));
    }
}

static void
end_row (BagSampleRows *self)
{
  guint16 *done = self->row;

  if (self->is_direct)
    self->row += self->columns;
  else
    {
      store_row (self);
      self->row = self->above;
    }
  self->above = done;
  self->samples += (gsize) self->columns * self->bytes;
  self->is_first_row = FALSE;
  self->x = 0;
}

/* @n is one at least and goes no further than the row. */
static void
add_part (BagSampleRows *self, const guint16 *differences, guint n)
{
  guint predictor = self->is_first_row ? 1 : self->predictor;

  if (self->x == 0)
    {
      guint before = self->is_first_row ? self->first : self->above[0];

      self->row[0] = (guint16) (before + differences[0]);
      self->x = 1;
      differences++;
      n--;
    }
  if (n > 0)
    bag_row_predict (predictor, differences, self->above + self->x, self->row + self->x, n);
  self->x += n;
  if (self->x == self->columns)
    end_row (self);
}

/**
 * bag_sample_rows_add:
 * @self: rows of an interval
 * @differences: those that follow
 * @n: how many; never more than the frame has left
 */
void
bag_sample_rows_add (BagSampleRows *self, const guint16 *differences, gsize n)
{
  while (n > 0)
    {
      guint part = (guint) MIN (n, self->columns - self->x);

      add_part (self, differences, part);
      differences += part;
      n -= part;
    }
}
