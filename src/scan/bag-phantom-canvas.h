/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom-field.h"
#include "scan/bag-phantom-shape.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_PHANTOM_SOLID,  /* even */
  BAG_PHANTOM_CLOTH,  /* folded layers, @grain thick */
  BAG_PHANTOM_ROLL,   /* layers about the shape's middle, @grain thick */
  BAG_PHANTOM_PAPER,  /* pages along the shape, @grain apart */
  BAG_PHANTOM_CHIPS,  /* random blocks, @grain wide */
  BAG_PHANTOM_LIQUID, /* settled: air above @grain from the middle */
} BagPhantomTexture;

/* One thing in the bag: where it is and what it is made of. */
typedef struct
{
  BagPhantomShape shape;
  guint16 value; /* MHU */
  BagPhantomTexture texture;
  gint32 grain;
  const BagPhantomPose *pose; /* or NULL: not turned */
} BagPhantomPart;

/**
 * BagPhantomCanvas:
 *
 * One slice while it is painted, back to front. @x and @y are the places of
 * the columns' and rows' middles.
 */
typedef struct
{
  guint columns, rows;
  const gint32 *x, *y;
  gint32 z;
  guint32 seed;
  guint16 *values;
  BagPhantomField folds, creases;
} BagPhantomCanvas;

void bag_phantom_canvas_init (BagPhantomCanvas *self,
                              guint columns,
                              guint rows,
                              const gint32 *x,
                              const gint32 *y,
                              gint32 z,
                              guint32 seed,
                              guint16 *values);
void bag_phantom_canvas_paint (BagPhantomCanvas *self, const BagPhantomPart *part);
void bag_phantom_canvas_paint_line (BagPhantomCanvas *self,
                                    const gint32 from[3],
                                    const gint32 to[3],
                                    gint32 radius,
                                    guint16 value);

G_END_DECLS
