/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/**
 * BagPhantom:
 *
 * A made-up bag, the same for the same arguments on every machine: shell,
 * clothes, bottle, laptop, cable and one marked threat, in MHU (air 0, water
 * 1000), with noise that compresses like that of a real scanner. Immutable;
 * any thread may draw any slice.
 */
typedef struct _BagPhantom BagPhantom;

typedef struct
{
  guint base[3];    /* column, row, slice, from 0 */
  guint extents[3]; /* columns, rows, slices */
} BagPhantomBox;

#define BAG_PHANTOM_COLUMNS 512u
#define BAG_PHANTOM_ROWS 512u
#define BAG_PHANTOM_SLICES 600u
#define BAG_PHANTOM_SEED 1u

BagPhantom *bag_phantom_new (guint columns, guint rows, guint n_slices, guint64 seed, GError **error);
void bag_phantom_free (BagPhantom *self);
void bag_phantom_get_size (const BagPhantom *self, guint *columns, guint *rows, guint *n_slices);
guint64 bag_phantom_get_seed (const BagPhantom *self);
void bag_phantom_draw_slice (const BagPhantom *self, guint index, guint16 *values);
void bag_phantom_get_threat (const BagPhantom *self, BagPhantomBox *box);
gboolean bag_phantom_is_threat (const BagPhantom *self, guint column, guint row, guint index);
BagDescription *bag_phantom_describe (const BagPhantom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagPhantom, bag_phantom_free)

G_END_DECLS
