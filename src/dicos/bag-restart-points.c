/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-restart-points"

#include "config.h"

#include "dicos/bag-restart-points.h"

/* The state of the inflater is kept each 4 MiB of output: its window of 32 KiB,
 * its code tables, and where it stands in the file. Going back then costs one
 * such interval at most. Of streams beyond 2 GiB each second point is dropped
 * and the interval doubled, as often as it takes: memory stays bounded.
 *
 * Rejected: points at the borders of deflate blocks, which need the window
 * alone, 32 instead of 40 KiB. How long a block gets is the writer's choice: one
 * may hold the whole scan, and there would be no point in it. */

struct _BagRestartPoints
{
  GPtrArray *points; /* (owned) (element-type BagRestartPoint), ascending */
  guint64 interval;
};

/**
 * bag_restart_stream_copy:
 * @stream: an inflater of zlib
 *
 * Returns: (transfer full) (nullable): another in the same state; %NULL when
 *   there is no memory for it
 */
z_stream *
bag_restart_stream_copy (z_stream *stream)
{
  z_stream *copy = g_new0 (z_stream, 1);

  if (inflateCopy (copy, stream) == Z_OK)
    return copy;

  g_free (copy);
  return NULL;
}

/**
 * bag_restart_stream_free:
 * @stream: (transfer full): an inflater of zlib
 */
void
bag_restart_stream_free (z_stream *stream)
{
  inflateEnd (stream);
  g_free (stream);
}

static void
point_free (BagRestartPoint *point)
{
  bag_restart_stream_free (point->state);
  g_free (point);
}

/**
 * bag_restart_points_new:
 * @interval: bytes of output between two points
 *
 * Returns: (transfer full): no points yet
 */
BagRestartPoints *
bag_restart_points_new (guint64 interval)
{
  BagRestartPoints *self = g_new0 (BagRestartPoints, 1);

  self->points = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  self->interval = interval;

  return self;
}

/**
 * bag_restart_points_free:
 * @self: (transfer full): points
 */
void
bag_restart_points_free (BagRestartPoints *self)
{
  g_ptr_array_unref (self->points);
  g_free (self);
}

/**
 * bag_restart_points_get_n:
 * @self: points
 *
 * Returns: how many there are, some 40 KiB each
 */
guint
bag_restart_points_get_n (const BagRestartPoints *self)
{
  return self->points->len;
}

/**
 * bag_restart_points_get_next_output:
 * @self: points
 *
 * Returns: how many inflated bytes stand before the place where the next point belongs
 */
guint64
bag_restart_points_get_next_output (const BagRestartPoints *self)
{
  const BagRestartPoint *last = self->points->len > 0 ? g_ptr_array_index (self->points, self->points->len - 1) : NULL;

  return (last != NULL ? last->output : 0) + self->interval;
}

static void
drop_each_second (BagRestartPoints *self)
{
  for (guint i = 0; i < self->points->len; i++)
    g_ptr_array_remove_index (self->points, i);
  self->interval *= 2;
}

/**
 * bag_restart_points_add:
 * @self: points
 * @stream: an inflater of zlib
 * @output: inflated bytes before where it stands, behind all points so far
 * @input: offset of the next deflated byte
 *
 * Keeps a copy of @stream. Without memory for it, going back just costs more.
 */
void
bag_restart_points_add (BagRestartPoints *self, z_stream *stream, guint64 output, guint64 input)
{
  z_stream *state = bag_restart_stream_copy (stream);
  BagRestartPoint *point = NULL;

  if (state == NULL)
    return;

  point = g_new0 (BagRestartPoint, 1);
  point->output = output;
  point->input = input;
  point->state = state;
  g_ptr_array_add (self->points, point);
  if (self->points->len == BAG_RESTART_POINTS_MAX)
    drop_each_second (self);
}

/**
 * bag_restart_points_find:
 * @self: points
 * @output: a number of inflated bytes
 *
 * Returns: (transfer none) (nullable): the last point at or before @output;
 *   %NULL when that is the start of the stream
 */
const BagRestartPoint *
bag_restart_points_find (const BagRestartPoints *self, guint64 output)
{
  guint low = 0;
  guint high = self->points->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const BagRestartPoint *point = g_ptr_array_index (self->points, middle);

      if (point->output <= output)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? g_ptr_array_index (self->points, low - 1) : NULL;
}
