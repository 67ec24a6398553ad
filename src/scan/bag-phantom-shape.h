/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Places inside the made-up bag are whole numbers: sixteenths of a millimetre
 * in a tunnel of 640 x 640 x 750 mm, however many voxels cut it. */
#define BAG_PHANTOM_MM(mm) ((gint32) ((mm) *16))
#define BAG_PHANTOM_WIDTH BAG_PHANTOM_MM (640)
#define BAG_PHANTOM_HEIGHT BAG_PHANTOM_MM (640)
#define BAG_PHANTOM_LENGTH BAG_PHANTOM_MM (750)

/* The axes along which edges are rounded: two make a cylinder, three a pebble. */
typedef enum
{
  BAG_PHANTOM_ROUND_NONE = 0,
  BAG_PHANTOM_ROUND_XY = 1 | 2,
  BAG_PHANTOM_ROUND_XZ = 1 | 4,
  BAG_PHANTOM_ROUND_YZ = 2 | 4,
  BAG_PHANTOM_ROUND_ALL = 1 | 2 | 4,
} BagPhantomRounding;

/* A turn in the plane of the slices, about a point; sine and cosine times 16384. */
typedef struct
{
  gint32 x, y;
  gint32 cosine, sine;
} BagPhantomPose;

/**
 * BagPhantomShape:
 *
 * A box with rounded edges, in units.
 */
typedef struct
{
  gint32 center[3];
  gint32 half[3];
  gint32 radius;
  BagPhantomRounding rounding;
} BagPhantomShape;

/* Turns a place of the slice into the frame of @pose. */
static inline void
bag_phantom_pose_apply (const BagPhantomPose *pose, gint32 *x, gint32 *y)
{
  gint32 dx = *x - pose->x;
  gint32 dy = *y - pose->y;

  *x = pose->x + (dx * pose->cosine + dy * pose->sine) / 16384;
  *y = pose->y + (dy * pose->cosine - dx * pose->sine) / 16384;
}

static inline gboolean
bag_phantom_shape_contains (const BagPhantomShape *self, gint32 x, gint32 y, gint32 z)
{
  gint32 place[3] = { x, y, z };
  gint64 square = 0;

  for (guint i = 0; i < 3; i++)
    {
      gint32 distance = ABS (place[i] - self->center[i]);
      gint32 past = distance - (self->half[i] - self->radius);

      if (distance > self->half[i])
        return FALSE;
      if ((self->rounding >> i & 1) != 0 && past > 0)
        square += (gint64) past * past;
    }
  return square <= (gint64) self->radius * self->radius;
}

G_END_DECLS
