/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagScrollVelocity:
 *
 * How fast and how steadily the operator goes through the slices, from the steps made so
 * far. A plain value; give it the steps of one scan, in the order of time.
 */
typedef struct
{
  gboolean has_index;
  guint index; /* of the last step */
  gint64 time; /* of it, in µs of a monotonic clock */
  int direction;
  double fast, slow; /* slices a second, signed, over the short and the long half-life */
  double slow_speed; /* the same without sign, over the long one */
} BagScrollVelocity;

/* What the next moments will likely bring. */
typedef struct
{
  int direction;  /* 1 towards higher indices, -1 towards lower, 0 not known */
  double speed;   /* slices a second in that direction, 0 at rest */
  double turning; /* from 0: goes on as it does, to 1: goes to and fro and gets nowhere */
} BagScrollForecast;

void bag_scroll_velocity_init (BagScrollVelocity *self);
void bag_scroll_velocity_step (BagScrollVelocity *self, guint index, gint64 time);
void bag_scroll_velocity_get (const BagScrollVelocity *self, gint64 time, BagScrollForecast *forecast);

G_END_DECLS
