/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom-canvas"

#include "config.h"
#include "scan/bag-phantom-canvas.h"

#include "scan/bag-phantom-hash.h"

#include <math.h>

/* Paints parts into one slice. Whole numbers throughout; the one root is
 * sqrt(), which IEEE 754 rounds alike everywhere. */

#define SEE_THROUGH G_MAXUINT16 /* no paint here: what lies behind stays */

typedef struct
{
  guint column_start, column_end;
  guint row_start, row_end;
} Span;

/* First of the ascending @places that is not less than @limit. */
static guint
find_place (const gint32 *places, guint n_places, gint32 limit)
{
  guint start = 0;
  guint end = n_places;

  while (start < end)
    {
      guint middle = start + (end - start) / 2;

      if (places[middle] < limit)
        start = middle + 1;
      else
        end = middle;
    }
  return start;
}

static Span
find_span (const BagPhantomCanvas *self, gint32 left, gint32 right, gint32 top, gint32 bottom)
{
  Span span = {
    find_place (self->x, self->columns, left),
    find_place (self->x, self->columns, right + 1),
    find_place (self->y, self->rows, top),
    find_place (self->y, self->rows, bottom + 1),
  };

  return span;
}

/* The turned shape stands within a circle about its turned middle. */
static Span
find_part_span (const BagPhantomCanvas *self, const BagPhantomPart *part)
{
  const gint32 *center = part->shape.center;
  gint32 half_x = part->shape.half[0];
  gint32 half_y = part->shape.half[1];
  gint32 x = center[0];
  gint32 y = center[1];

  if (part->pose != NULL)
    {
      BagPhantomPose back = *part->pose;

      back.sine = -back.sine;
      bag_phantom_pose_apply (&back, &x, &y);
      half_x += part->shape.half[1] * ABS (back.sine) / 16384 + 2;
      half_y += part->shape.half[0] * ABS (back.sine) / 16384 + 2;
    }
  return find_span (self, x - half_x, x + half_x, y - half_y, y + half_y);
}

/* One of many layers: each has a density of its own, and air between. */
static guint16
shade_layer (const BagPhantomCanvas *self, const BagPhantomPart *part, gint32 depth, gint32 crease)
{
  gint32 layer = depth / part->grain;
  guint32 hash = bag_phantom_hash (self->seed, (guint32) layer, part->value, (guint32) part->grain);
  gint32 value = part->value * (gint32) (160 + hash % 160) / 240;

  if (depth % part->grain < BAG_PHANTOM_MM (1) + (gint32) (hash >> 8 & 15))
    value /= 4;
  return (guint16) MAX (0, value + value * crease / 1024);
}

static guint16
shade_cloth (const BagPhantomCanvas *self, const BagPhantomPart *part, gint32 x, gint32 y)
{
  gint32 fold = bag_phantom_field_at (&self->folds, x);
  gint32 crease = bag_phantom_field_at (&self->creases, x);
  gint32 top = part->shape.center[1] - part->shape.half[1];
  gint32 depth = y - top - BAG_PHANTOM_MM (16) + fold + crease / 4;

  if (depth < 0)
    return SEE_THROUGH;
  return shade_layer (self, part, depth, crease);
}

static guint16
shade_roll (const BagPhantomCanvas *self, const BagPhantomPart *part, gint32 x, gint32 y)
{
  gint32 dx = x - part->shape.center[0];
  gint32 dy = y - part->shape.center[1];
  gint32 crease = bag_phantom_field_at (&self->creases, x);
  gint32 depth = (gint32) sqrt ((double) (dx * dx + dy * dy)) + 256 + crease / 6;

  return shade_layer (self, part, depth, crease);
}

static guint16
shade_chips (const BagPhantomCanvas *self, const BagPhantomPart *part, gint32 x, gint32 y)
{
  guint32 hash = bag_phantom_hash (self->seed,
                                   (guint32) (x / part->grain),
                                   (guint32) (y / part->grain),
                                   (guint32) (self->z / part->grain / 2));

  return (guint16) (part->value * (40 + hash % 160) / 120);
}

static guint16
shade (const BagPhantomCanvas *self, const BagPhantomPart *part, gint32 x, gint32 y)
{
  switch (part->texture)
    {
    case BAG_PHANTOM_CLOTH:
      return shade_cloth (self, part, x, y);
    case BAG_PHANTOM_ROLL:
      return shade_roll (self, part, x, y);
    case BAG_PHANTOM_PAPER:
      return (guint16) (y / part->grain % 2 == 0 ? part->value : part->value * 7 / 8);
    case BAG_PHANTOM_CHIPS:
      return shade_chips (self, part, x, y);
    case BAG_PHANTOM_LIQUID:
      return y - part->shape.center[1] >= part->grain ? part->value : 0;
    case BAG_PHANTOM_SOLID:
    default:
      return part->value;
    }
}

static gboolean
is_inside (const BagPhantomCanvas *self, const BagPhantomPart *part, guint column, guint row)
{
  gint32 x = self->x[column];
  gint32 y = self->y[row];

  if (part->pose != NULL)
    bag_phantom_pose_apply (part->pose, &x, &y);
  if (part->texture == BAG_PHANTOM_CLOTH)
    x += bag_phantom_field_at (&self->folds, x) / 2 + bag_phantom_field_at (&self->creases, x) / 8;
  return bag_phantom_shape_contains (&part->shape, x, y, self->z);
}

/* Shapes are convex: between two voxels inside there is none outside. Cloth bulges
 * a little, which this may cut short. */
static void
paint_row (BagPhantomCanvas *self, const BagPhantomPart *part, const Span *span, guint row)
{
  guint16 *values = self->values + (gsize) row * self->columns;
  guint start = span->column_start;
  guint end = span->column_end;

  while (start < end && !is_inside (self, part, start, row))
    start++;
  while (start < end && !is_inside (self, part, end - 1, row))
    end--;
  for (guint column = start; column < end; column++)
    {
      gint32 x = self->x[column];
      gint32 y = self->y[row];
      guint16 value;

      if (part->pose != NULL)
        bag_phantom_pose_apply (part->pose, &x, &y);
      value = shade (self, part, x, y);
      if (value != SEE_THROUGH)
        values[column] = value;
    }
}

/* Squared distance of @place from the line between two points, in whole units. */
static gint64
square_distance (const gint32 from[3], const gint32 to[3], const gint32 place[3])
{
  gint64 along = 0;
  gint64 length = 0;
  gint64 square = 0;

  for (guint i = 0; i < 3; i++)
    {
      along += (gint64) (place[i] - from[i]) * (to[i] - from[i]);
      length += (gint64) (to[i] - from[i]) * (to[i] - from[i]);
    }
  along = CLAMP (along, 0, length);
  for (guint i = 0; i < 3; i++)
    {
      gint64 nearest = from[i] + (length == 0 ? 0 : along * (to[i] - from[i]) / length);

      square += (place[i] - nearest) * (place[i] - nearest);
    }
  return square;
}

/*
 * bag_phantom_canvas_init:
 * @x: (array length=columns): ascending places of the columns; borrowed, like @y
 * @values: columns * rows values, already filled with what lies behind everything
 *
 * Prepares one slice for painting; nothing needs to be freed.
 */
void
bag_phantom_canvas_init (BagPhantomCanvas *self,
                         guint columns,
                         guint rows,
                         const gint32 *x,
                         const gint32 *y,
                         gint32 z,
                         guint32 seed,
                         guint16 *values)
{
  self->columns = columns;
  self->rows = rows;
  self->x = x;
  self->y = y;
  self->z = z;
  self->seed = seed;
  self->values = values;
  bag_phantom_field_init (&self->folds, seed, 10, z);
  bag_phantom_field_init (&self->creases, seed + 1, 8, z);
}

/*
 * bag_phantom_canvas_paint:
 *
 * Paints @part where this slice cuts it, over what was painted before.
 */
void
bag_phantom_canvas_paint (BagPhantomCanvas *self, const BagPhantomPart *part)
{
  Span span;

  if (ABS (self->z - part->shape.center[2]) > part->shape.half[2])
    return;

  span = find_part_span (self, part);
  for (guint row = span.row_start; row < span.row_end; row++)
    {
      if (part->texture == BAG_PHANTOM_CLOTH || part->texture == BAG_PHANTOM_ROLL)
        {
          bag_phantom_field_set_row (&self->folds, self->y[row]);
          bag_phantom_field_set_row (&self->creases, self->y[row]);
        }
      paint_row (self, part, &span, row);
    }
}

/*
 * bag_phantom_canvas_paint_line:
 *
 * Paints a round rod from @from to @to (units, ends rounded) where this slice cuts it.
 */
void
bag_phantom_canvas_paint_line (BagPhantomCanvas *self,
                               const gint32 from[3],
                               const gint32 to[3],
                               gint32 radius,
                               guint16 value)
{
  Span span;

  if (self->z < MIN (from[2], to[2]) - radius || self->z > MAX (from[2], to[2]) + radius)
    return;

  span = find_span (self, MIN (from[0], to[0]) - radius, MAX (from[0], to[0]) + radius, MIN (from[1], to[1]) - radius, MAX (from[1], to[1]) + radius);
  for (guint row = span.row_start; row < span.row_end; row++)
    for (guint column = span.column_start; column < span.column_end; column++)
      {
        const gint32 place[3] = { self->x[column], self->y[row], self->z };

        if (square_distance (from, to, place) <= (gint64) radius * radius)
          self->values[(gsize) row * self->columns + column] = value;
      }
}
