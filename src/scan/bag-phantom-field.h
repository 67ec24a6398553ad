/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_PHANTOM_FIELD_NODES 48u

/**
 * BagPhantomField:
 *
 * A smooth random height over one slice, -256 to 256: hashes on a lattice,
 * blended between. It folds the clothes of the made-up bag.
 */
typedef struct
{
  guint shift; /* a cell is 2^shift units wide */
  gint16 nodes[BAG_PHANTOM_FIELD_NODES][BAG_PHANTOM_FIELD_NODES];
  gint16 row[BAG_PHANTOM_FIELD_NODES]; /* nodes blended for the row at hand */
} BagPhantomField;

void bag_phantom_field_init (BagPhantomField *self, guint32 seed, guint shift, gint32 z);
void bag_phantom_field_set_row (BagPhantomField *self, gint32 y);

static inline gint32
bag_phantom_field_ease (gint32 value, guint shift)
{
  gint32 t = (value & ((1 << shift) - 1)) << 8 >> shift;

  return (t * t * (768 - 2 * t)) >> 16;
}

static inline gint32
bag_phantom_field_at (const BagPhantomField *self, gint32 x)
{
  const gint16 *node = &self->row[x >> self->shift];

  return node[0] + (node[1] - node[0]) * bag_phantom_field_ease (x, self->shift) / 256;
}

G_END_DECLS
