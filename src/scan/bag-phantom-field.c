/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom-field"

#include "config.h"
#include "scan/bag-phantom-field.h"

#include "scan/bag-phantom-hash.h"

/* Value noise in whole numbers: no result depends on a maths library. */

static gint32
get_node (guint32 seed, guint column, guint row, guint plane)
{
  return (gint32) (bag_phantom_hash (seed, column, row, plane) & 511u) - 256;
}

/*
 * bag_phantom_field_init:
 * @seed: another seed is another field
 * @shift: a cell is 2^@shift units wide; at most 47 cells cover the slice
 * @z: place of the slice in units, not negative
 *
 * Makes the field's cut at @z.
 */
void
bag_phantom_field_init (BagPhantomField *self, guint32 seed, guint shift, gint32 z)
{
  guint plane = (guint) z >> shift;
  gint32 ease = bag_phantom_field_ease (z, shift);

  g_return_if_fail (self != NULL && z >= 0);

  self->shift = shift;
  for (guint row = 0; row < BAG_PHANTOM_FIELD_NODES; row++)
    for (guint column = 0; column < BAG_PHANTOM_FIELD_NODES; column++)
      {
        gint32 near = get_node (seed, column, row, plane);
        gint32 far = get_node (seed, column, row, plane + 1);

        self->nodes[row][column] = (gint16) (near + (far - near) * ease / 256);
      }
  bag_phantom_field_set_row (self, 0);
}

/*
 * bag_phantom_field_set_row:
 * @y: units from the top, not negative
 *
 * Blends the nodes above and below @y, for the bag_phantom_field_at() that follow.
 */
void
bag_phantom_field_set_row (BagPhantomField *self, gint32 y)
{
  const gint16 *above = self->nodes[y >> self->shift];
  const gint16 *below = self->nodes[(y >> self->shift) + 1];
  gint32 ease = bag_phantom_field_ease (y, self->shift);

  for (guint i = 0; i < BAG_PHANTOM_FIELD_NODES; i++)
    self->row[i] = (gint16) (above[i] + (below[i] - above[i]) * ease / 256);
}
