/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagPhantomGrain:
 *
 * What a scanner adds to one slice: a soft lens, grain that is stronger in the
 * middle of the bag, streaks from metal, and nothing outside the circle it sees.
 */
typedef struct _BagPhantomGrain BagPhantomGrain;

BagPhantomGrain *bag_phantom_grain_new (guint columns,
                                        guint rows,
                                        const gint32 *x,
                                        const gint32 *y,
                                        gint32 z,
                                        guint32 seed);
void bag_phantom_grain_free (BagPhantomGrain *self);
void bag_phantom_grain_apply (BagPhantomGrain *self, guint16 *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagPhantomGrain, bag_phantom_grain_free)

G_END_DECLS
