/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <zlib.h>

G_BEGIN_DECLS

/* Most points kept: 20 MiB. */
#define BAG_RESTART_POINTS_MAX 512u

typedef struct
{
  guint64 output;  /* inflated bytes before it */
  guint64 input;   /* offset in the source of the next deflated byte */
  z_stream *state; /* owned; its input pointer means nothing */
} BagRestartPoint;

/**
 * BagRestartPoints:
 *
 * Places in a deflate stream that inflating can begin at.
 */
typedef struct _BagRestartPoints BagRestartPoints;

BagRestartPoints *bag_restart_points_new (guint64 interval);
void bag_restart_points_free (BagRestartPoints *self);

guint bag_restart_points_get_n (const BagRestartPoints *self);
guint64 bag_restart_points_get_next_output (const BagRestartPoints *self);
void bag_restart_points_add (BagRestartPoints *self, z_stream *stream, guint64 output, guint64 input);
const BagRestartPoint *bag_restart_points_find (const BagRestartPoints *self, guint64 output);

z_stream *bag_restart_stream_copy (z_stream *stream);
void bag_restart_stream_free (z_stream *stream);

G_END_DECLS
