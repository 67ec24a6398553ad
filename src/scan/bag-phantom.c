/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom"

#include "config.h"
#include "scan/bag-phantom.h"

#include "description/bag-error.h"
#include "scan/bag-phantom-canvas.h"
#include "scan/bag-phantom-contents.h"
#include "scan/bag-phantom-grain.h"
#include "scan/bag-phantom-hash.h"

#include <string.h>

/* The made-up bag cut into any number of voxels: places of columns, rows and
 * slices, and what is drawn there. The same whole-number arithmetic everywhere,
 * so a slice has one SHA-256 for all machines. */

/* Ten blocks of 4x4 voxels tell the slice's number. */
#define N_BLOCKS 10u
#define BLOCK_SIZE 4u
#define BLOCK_VALUE 6000u
#define MIN_COLUMNS (N_BLOCKS * BLOCK_SIZE)
#define MIN_ROWS 16u
#define MIN_SLICES 3u
#define MAX_SIDE 4096u
#define MAX_SLICES ((1u << N_BLOCKS) - 1)

struct _BagPhantom
{
  guint columns, rows, n_slices;
  guint64 seed;
  guint32 hash_seed;
  BagPhantomBox threat;

  /* Owned */
  gint32 *x, *y, *z; /* places of the voxels' middles, in units */
};

static gint32 *
make_places (guint n_places, gint32 length)
{
  gint32 *places = g_new (gint32, n_places);

  for (guint i = 0; i < n_places; i++)
    places[i] = (gint32) ((gint64) (2 * i + 1) * length / (2 * n_places));
  return places;
}

static void
widen (guint place[2], guint index)
{
  place[0] = MIN (place[0], index);
  place[1] = MAX (place[1], index + 1);
}

/* Looks at every voxel where the marked object may be. */
static gboolean
find_threat (BagPhantom *self)
{
  guint found[3][2] = { { G_MAXUINT, 0 }, { G_MAXUINT, 0 }, { G_MAXUINT, 0 } };
  gint32 start[3], end[3];

  bag_phantom_contents_get_threat_reach (start, end);
  for (guint index = 0; index < self->n_slices; index++)
    for (guint row = 0; row < self->rows && self->z[index] >= start[2] && self->z[index] <= end[2]; row++)
      for (guint column = 0; column < self->columns && self->y[row] >= start[1] && self->y[row] <= end[1]; column++)
        if (bag_phantom_contents_is_threat (self->x[column], self->y[row], self->z[index]))
          {
            widen (found[0], column);
            widen (found[1], row);
            widen (found[2], index);
          }
  for (guint i = 0; i < 3 && found[0][1] > 0; i++)
    {
      self->threat.base[i] = found[i][0];
      self->threat.extents[i] = found[i][1] - found[i][0];
    }
  return found[0][1] > 0;
}

static gboolean
check_size (guint columns, guint rows, guint n_slices, GError **error)
{
  if (columns >= MIN_COLUMNS && columns <= MAX_SIDE && rows >= MIN_ROWS && rows <= MAX_SIDE && n_slices >= MIN_SLICES && n_slices <= MAX_SLICES)
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "A made-up bag of %ux%ux%u voxels cannot be drawn: from %ux%ux%u to %ux%ux%u are possible", columns, rows, n_slices, MIN_COLUMNS, MIN_ROWS, MIN_SLICES, MAX_SIDE, MAX_SIDE, MAX_SLICES);
  return FALSE;
}

/* The slice's number from 1, most significant block first. */
static void
draw_number (const BagPhantom *self, guint index, guint16 *values)
{
  for (guint row = 0; row < BLOCK_SIZE; row++)
    for (guint column = 0; column < N_BLOCKS * BLOCK_SIZE; column++)
      {
        guint bit = N_BLOCKS - 1 - column / BLOCK_SIZE;

        values[(gsize) row * self->columns + column] = ((index + 1) >> bit & 1u) != 0 ? BLOCK_VALUE : 0;
      }
}

/**
 * bag_phantom_new:
 * @columns: voxels from left to right, 40 to 4096
 * @rows: voxels from top to bottom, 16 to 4096
 * @n_slices: slices along the belt, 3 to 1023
 * @seed: another seed is another bag of the same kind
 * @error: BAG_ERROR_LIMIT for other sizes
 *
 * The bag is always the same 640 x 640 x 750 mm, cut into the voxels asked for.
 *
 * Returns: (transfer full): the bag, or NULL with @error set
 */
BagPhantom *
bag_phantom_new (guint columns, guint rows, guint n_slices, guint64 seed, GError **error)
{
  g_autoptr (BagPhantom) self = NULL;

  if (!check_size (columns, rows, n_slices, error))
    return NULL;

  self = g_new0 (BagPhantom, 1);
  self->columns = columns;
  self->rows = rows;
  self->n_slices = n_slices;
  self->seed = seed;
  self->hash_seed = bag_phantom_hash (0, (guint32) seed, (guint32) (seed >> 32), 1);
  self->x = make_places (columns, BAG_PHANTOM_WIDTH);
  self->y = make_places (rows, BAG_PHANTOM_HEIGHT);
  self->z = make_places (n_slices, BAG_PHANTOM_LENGTH);
  if (!find_threat (self))
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "A made-up bag of %ux%ux%u voxels is too coarse for its marked object", columns, rows, n_slices);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * bag_phantom_free:
 * @self: (transfer full) (nullable): a bag that no thread draws any more
 */
void
bag_phantom_free (BagPhantom *self)
{
  if (self == NULL)
    return;
  g_free (self->x);
  g_free (self->y);
  g_free (self->z);
  g_free (self);
}

/**
 * bag_phantom_get_size:
 * @columns: (out) (optional):
 * @rows: (out) (optional):
 * @n_slices: (out) (optional):
 *
 * Tells how many voxels it is cut into.
 */
void
bag_phantom_get_size (const BagPhantom *self, guint *columns, guint *rows, guint *n_slices)
{
  g_return_if_fail (self != NULL);

  if (columns != NULL)
    *columns = self->columns;
  if (rows != NULL)
    *rows = self->rows;
  if (n_slices != NULL)
    *n_slices = self->n_slices;
}

/**
 * bag_phantom_get_seed:
 *
 * Returns: the seed it was made with
 */
guint64
bag_phantom_get_seed (const BagPhantom *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->seed;
}

/**
 * bag_phantom_draw_slice:
 * @index: the slice, from 0
 * @values: (out caller-allocates): columns * rows values in MHU, row by row
 *
 * Draws one slice. Any thread, any number at once.
 */
void
bag_phantom_draw_slice (const BagPhantom *self, guint index, guint16 *values)
{
  g_autoptr (BagPhantomGrain) grain = NULL;
  BagPhantomCanvas canvas;

  g_return_if_fail (self != NULL && values != NULL);
  g_return_if_fail (index < self->n_slices);

  memset (values, 0, (gsize) self->columns * self->rows * sizeof *values);
  bag_phantom_canvas_init (&canvas, self->columns, self->rows, self->x, self->y, self->z[index], self->hash_seed, values);
  bag_phantom_contents_paint (&canvas);
  bag_phantom_contents_paint_threat (&canvas);
  grain = bag_phantom_grain_new (self->columns, self->rows, self->x, self->y, self->z[index], self->hash_seed);
  bag_phantom_grain_apply (grain, values);
  draw_number (self, index, values);
}

/**
 * bag_phantom_get_threat:
 * @box: (out caller-allocates): the smallest box around the marked object
 */
void
bag_phantom_get_threat (const BagPhantom *self, BagPhantomBox *box)
{
  g_return_if_fail (self != NULL && box != NULL);

  *box = self->threat;
}

/**
 * bag_phantom_is_threat:
 *
 * Returns: whether the voxel belongs to the marked object
 */
gboolean
bag_phantom_is_threat (const BagPhantom *self, guint column, guint row, guint index)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (column < self->columns && row < self->rows && index < self->n_slices, FALSE);

  return bag_phantom_contents_is_threat (self->x[column], self->y[row], self->z[index]);
}
