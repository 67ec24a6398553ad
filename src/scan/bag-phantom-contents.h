/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom-canvas.h"

G_BEGIN_DECLS

/* Where metal stands and how strongly it streaks the slices it lies in. */
typedef struct
{
  gint32 x, y;
  gint32 start, end; /* along the belt */
  gint32 strength;
} BagPhantomMetal;

void bag_phantom_contents_paint (BagPhantomCanvas *canvas);
void bag_phantom_contents_paint_threat (BagPhantomCanvas *canvas);
gboolean bag_phantom_contents_is_threat (gint32 x, gint32 y, gint32 z);
void bag_phantom_contents_get_threat_reach (gint32 start[3], gint32 end[3]);
const BagPhantomMetal *bag_phantom_contents_get_metals (guint *n_metals);

G_END_DECLS
