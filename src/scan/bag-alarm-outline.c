/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm-outline"

#include "config.h"

#include "scan/bag-alarm-outline.h"

/*
 * Walks around what is marked, with it at the right hand. Where two marked voxels
 * touch at a corner alone the way turns right, and they get a loop each. A loop is
 * found at its topmost left corner, which is where its first line to the right begins.
 */

typedef enum
{
  RIGHT,
  DOWN,
  LEFT,
  UP,
} Direction;

static const int step_x[] = { 1, 0, -1, 0 };
static const int step_y[] = { 0, 1, 0, -1 };

/* One plane of a mask, as far as it lies in the scan. */
typedef struct
{
  const guint8 *bits;
  guint64 first_bit; /* of the upper left voxel that is in the scan */
  guint64 row_bits;  /* from row to row */
  guint width, height;
  guint8 *seen; /* a bit for each voxel whose upper edge was walked along */
} Plane;

static gboolean
is_marked (const Plane *self, gint64 x, gint64 y)
{
  guint64 bit;

  if (x < 0 || y < 0 || x >= self->width || y >= self->height)
    return FALSE;

  bit = self->first_bit + (guint64) y * self->row_bits + (guint64) x;

  return (self->bits[bit / 8] >> bit % 8 & 1) != 0;
}

static void
set_seen (Plane *self, guint x, guint y)
{
  gsize bit = (gsize) y * self->width + x;

  self->seen[bit / 8] |= (guint8) (1u << bit % 8);
}

static gboolean
begins_loop (const Plane *self, guint x, guint y)
{
  gsize bit = (gsize) y * self->width + x;

  return is_marked (self, x, y) && !is_marked (self, x, (gint64) y - 1) && (self->seen[bit / 8] >> bit % 8 & 1) == 0;
}

/* The voxels at the right and at the left of the way that leads on from a corner. */
static gboolean
is_marked_ahead (const Plane *self, gint64 x, gint64 y, Direction direction, gboolean at_right)
{
  gint64 column = direction == LEFT || (direction == DOWN && at_right) || (direction == UP && !at_right) ? x - 1 : x;
  gint64 row = direction == UP || (direction == RIGHT && !at_right) || (direction == LEFT && at_right) ? y - 1 : y;

  return is_marked (self, column, row);
}

static Direction
turn (const Plane *self, gint64 x, gint64 y, Direction direction)
{
  if (!is_marked_ahead (self, x, y, direction, TRUE))
    return (Direction) ((direction + 1) % 4);
  if (is_marked_ahead (self, x, y, direction, FALSE))
    return (Direction) ((direction + 3) % 4);

  return direction;
}

/* Returns: %FALSE when there are more corners than may be */
static gboolean
walk (Plane *self, guint first_x, guint first_y, guint most, GArray *corners)
{
  Direction direction = RIGHT;
  guint x = first_x;
  guint y = first_y;

  do
    {
      const BagAlarmCorner corner = { x, y };
      Direction former = direction;

      if (corners->len == most)
        return FALSE;
      g_array_append_val (corners, corner);
      do
        {
          if (direction == RIGHT)
            set_seen (self, x, y);
          x = (guint) ((int) x + step_x[direction]);
          y = (guint) ((int) y + step_y[direction]);
          direction = turn (self, x, y, direction);
        }
      while (direction == former);
    }
  while (x != first_x || y != first_y || direction != RIGHT);

  return TRUE;
}

static gboolean
find_loops (Plane *plane, guint most, BagAlarmOutline *outline)
{
  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x < plane->width; x++)
      if (begins_loop (plane, x, y))
        {
          if (!walk (plane, x, y, most, outline->corners))
            return FALSE;
          g_array_append_val (outline->ends, outline->corners->len);
        }

  return TRUE;
}

static void
move_corners (GArray *corners, guint x, guint y)
{
  for (guint i = 0; i < corners->len; i++)
    {
      g_array_index (corners, BagAlarmCorner, i).x += x;
      g_array_index (corners, BagAlarmCorner, i).y += y;
    }
}

/* Where the part of the mask that lies in the scan begins in its bits. */
static gboolean
init_plane (Plane *self, const BagReportPlace *place, const BagAlarmBox *box, guint frame)
{
  const guint64 width = (guint64) place->extents[0];
  const guint64 height = (guint64) place->extents[1];
  gint64 z = (gint64) frame - box->mask_base[2];

  if (z < 0 || z >= (gint64) place->extents[2])
    return FALSE;

  *self = (Plane){
    .bits = g_bytes_get_data (place->mask, NULL),
    .first_bit = (guint64) z * width * height + (guint64) (box->y - box->mask_base[1]) * width + (guint64) (box->x - box->mask_base[0]),
    .row_bits = width,
    .width = box->width,
    .height = box->height,
  };

  return TRUE;
}

static BagAlarmOutline *
outline_new_empty (void)
{
  BagAlarmOutline *self = g_new0 (BagAlarmOutline, 1);

  self->corners = g_array_new (FALSE, FALSE, sizeof (BagAlarmCorner));
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

/**
 * bag_alarm_outline_new:
 * @alarm: an alarm whose box has a mask
 * @frame: the stored frame of the slice, from 0; 0 for a box that does not count frames
 * @allowance: (inout): what it may cost
 *
 * Returns: (transfer full) (nullable): the edge of what is marked on that frame, without
 *   loops where nothing is; %NULL when it costs more than @allowance has left
 */
BagAlarmOutline *
bag_alarm_outline_new (BagAlarm *alarm, guint frame, BagAlarmOutlineAllowance *allowance)
{
  g_autoptr (BagAlarmOutline) self = NULL;
  g_autofree guint8 *seen = NULL;
  const BagAlarmBox *box = NULL;
  Plane plane;
  guint n_voxels;

  g_return_val_if_fail (BAG_IS_ALARM (alarm) && allowance != NULL, NULL);

  box = bag_alarm_get_box (alarm);
  g_return_val_if_fail (box != NULL && box->has_mask, NULL);

  self = outline_new_empty ();
  if (!init_plane (&plane, bag_alarm_get_place (alarm), box, frame))
    return g_steal_pointer (&self);
  if (!g_uint_checked_mul (&n_voxels, box->width, box->height) || n_voxels > allowance->voxels)
    return NULL;
  allowance->voxels -= n_voxels;
  plane.seen = seen = g_try_malloc0 (n_voxels / 8 + 1);
  if (seen == NULL || !find_loops (&plane, allowance->corners, self))
    return NULL;

  allowance->corners -= self->corners->len;
  move_corners (self->corners, box->x, box->y);

  return g_steal_pointer (&self);
}

/**
 * bag_alarm_outline_free:
 * @self: (transfer full): an outline
 */
void
bag_alarm_outline_free (BagAlarmOutline *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->corners, g_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  g_free (self);
}
