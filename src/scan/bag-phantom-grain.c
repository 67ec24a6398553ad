/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom-grain"

#include "config.h"
#include "scan/bag-phantom-grain.h"

#include "scan/bag-phantom-contents.h"
#include "scan/bag-phantom-hash.h"

#include <string.h>

/* Grain is white noise under the same 1-2-1 lens as the picture, which gives it
 * the lumps of a reconstruction. It works row by row in place: three rows of
 * each, blurred along the row, are kept. The marked object alone stays sharp, so
 * that its voxels are exactly the marked ones. Shifts of negative numbers round
 * down, as GNU C promises. */

#define N_DIRECTIONS 4
#define N_BINS 2048
#define BIN_ORIGIN 1024 /* bins are 1 mm wide, counted from the tunnel's middle */

/* Normals of the streaks, times 256. */
static const gint32 normals[N_DIRECTIONS][2] = { { 0, 256 }, { 62, 248 }, { -88, 240 }, { 226, 121 } };

struct _BagPhantomGrain
{
  guint columns, rows;
  gint32 z;
  guint32 seed;

  /* Borrowed */
  const gint32 *x, *y;

  /* Owned */
  gint32 *column_strength;
  guint16 *sharp;        /* one row of the marked object, 0 elsewhere */
  gint32 *noise;         /* one row, a column more on either side */
  gint32 *noise_rows[3]; /* above, here, below; each blurred along the row */
  gint32 *picture_rows[3];
  gboolean has_streaks;
  gint16 streaks[N_DIRECTIONS][N_BINS];
};

static gint32
get_bin (guint direction, gint32 x, gint32 y)
{
  gint32 dx = x - BAG_PHANTOM_WIDTH / 2;
  gint32 dy = y - BAG_PHANTOM_HEIGHT / 2;

  return BIN_ORIGIN + ((dx * normals[direction][0] + dy * normals[direction][1]) >> 12);
}

/* A fan of light and dark bands, weaker outwards. They change every few
 * millimetres along the belt, as the metal does. */
static void
add_streak (BagPhantomGrain *self, guint direction, const BagPhantomMetal *metal, gint32 z)
{
  const gint32 reach = 26;
  gint32 middle = get_bin (direction, metal->x, metal->y);

  for (gint32 i = -reach; i <= reach; i++)
    {
      guint32 band = bag_phantom_hash (self->seed, (guint32) (middle + i) / 2, direction, (guint32) z / BAG_PHANTOM_MM (5));
      gint32 strength = metal->strength * (reach - ABS (i)) / reach;

      self->streaks[direction][middle + i] = (gint16) (self->streaks[direction][middle + i] + bag_phantom_bell (band) * strength / 256);
    }
}

static void
add_streaks (BagPhantomGrain *self, gint32 z)
{
  guint n_metals;
  const BagPhantomMetal *metals = bag_phantom_contents_get_metals (&n_metals);

  for (guint i = 0; i < n_metals; i++)
    if (z >= metals[i].start && z <= metals[i].end)
      {
        self->has_streaks = TRUE;
        for (guint direction = 0; direction < N_DIRECTIONS; direction++)
          add_streak (self, direction, &metals[i], z);
      }
}

/* 0 at the shell, 256 in the middle of the bag. */
static gint32
get_depth (gint32 place, gint32 middle, gint32 half)
{
  gint32 distance = MIN (ABS (place - middle), half);

  return 256 - distance * 16 / half * (distance * 16 / half);
}

static void
make_noise_row (BagPhantomGrain *self, guint row, gint32 *blurred)
{
  guint32 key = bag_phantom_mix (self->seed + row * 0x9e3779b9u);
  gint32 *noise = self->noise;

  for (guint i = 0; i < self->columns + 2; i++)
    noise[i] = bag_phantom_bell (bag_phantom_mix (key + i * 0x85157af5u));
  for (guint i = 0; i < self->columns; i++)
    blurred[i] = noise[i] + 2 * noise[i + 1] + noise[i + 2];
}

static void
make_picture_row (const guint16 *values, guint columns, gint32 *blurred)
{
  for (guint i = 0; i < columns; i++)
    {
      guint left = i == 0 ? 0 : i - 1;
      guint right = i + 1 == columns ? i : i + 1;

      blurred[i] = values[left] + 2 * values[i] + values[right];
    }
}

static void
advance (gint32 *rows[3])
{
  gint32 *above = rows[0];

  rows[0] = rows[1];
  rows[1] = rows[2];
  rows[2] = above;
}

/* First and last column inside the circle that the scanner sees. */
static void
find_chord (const BagPhantomGrain *self, guint row, guint *start, guint *end)
{
  const gint64 radius = BAG_PHANTOM_MM (318);
  gint64 dy = self->y[row] - BAG_PHANTOM_HEIGHT / 2;

  *start = 0;
  *end = self->columns;
  while (*start < *end)
    {
      gint64 dx = self->x[*start] - BAG_PHANTOM_WIDTH / 2;

      if (dx * dx + dy * dy <= radius * radius)
        break;
      (*start)++;
      (*end)--;
    }
}

/* Keeps the marked object's values of a row, untouched by the lens. */
static void
find_sharp (BagPhantomGrain *self, guint row, const guint16 *values)
{
  gint32 start[3], end[3];

  bag_phantom_contents_get_threat_reach (start, end);
  memset (self->sharp, 0, self->columns * sizeof *self->sharp);
  if (self->z < start[2] || self->z > end[2] || self->y[row] < start[1] || self->y[row] > end[1])
    return;

  for (guint i = 0; i < self->columns; i++)
    if (self->x[i] >= start[0] && self->x[i] <= end[0] && bag_phantom_contents_is_threat (self->x[i], self->y[row], self->z))
      self->sharp[i] = values[i];
}

static void
finish_row (BagPhantomGrain *self, guint row, guint16 *values)
{
  gint32 *const *noise = self->noise_rows;
  gint32 *const *picture = self->picture_rows;
  gint32 row_strength = get_depth (self->y[row], BAG_PHANTOM_MM (330), BAG_PHANTOM_MM (190));
  guint start, end;

  find_sharp (self, row, values);
  find_chord (self, row, &start, &end);
  memset (values, 0, self->columns * sizeof *values);
  for (guint i = start; i < end; i++)
    {
      gint32 strength = 1900 + (self->column_strength[i] * row_strength >> 6);
      gint32 grain = noise[0][i] + 2 * noise[1][i] + noise[2][i];
      gint32 value = self->sharp[i];

      if (value == 0)
        value = (picture[0][i] + 2 * picture[1][i] + picture[2][i] + 8) >> 4;
      for (guint direction = 0; self->has_streaks && direction < N_DIRECTIONS; direction++)
        value += self->streaks[direction][get_bin (direction, self->x[i], self->y[row])];
      value += grain * strength >> 16;
      values[i] = (guint16) CLAMP (value, 0, G_MAXUINT16);
    }
}

/*
 * bag_phantom_grain_new:
 * @x: (array length=columns): places of the columns in units; borrowed, like @y
 * @z: place of the slice
 *
 * Returns: (transfer full): what the scanner does to the slice at @z
 */
BagPhantomGrain *
bag_phantom_grain_new (guint columns, guint rows, const gint32 *x, const gint32 *y, gint32 z, guint32 seed)
{
  BagPhantomGrain *self = g_new0 (BagPhantomGrain, 1);

  self->columns = columns;
  self->rows = rows;
  self->x = x;
  self->y = y;
  self->z = z;
  self->seed = bag_phantom_hash (seed, (guint32) z, 2, 3);
  self->column_strength = g_new (gint32, columns);
  self->sharp = g_new (guint16, columns);
  self->noise = g_new (gint32, columns + 2);
  for (guint i = 0; i < 3; i++)
    {
      self->noise_rows[i] = g_new (gint32, columns);
      self->picture_rows[i] = g_new (gint32, columns);
    }
  for (guint i = 0; i < columns; i++)
    self->column_strength[i] = get_depth (x[i], BAG_PHANTOM_WIDTH / 2, BAG_PHANTOM_MM (280));
  add_streaks (self, z);
  return self;
}

/*
 * bag_phantom_grain_free:
 * @self: (transfer full) (nullable):
 */
void
bag_phantom_grain_free (BagPhantomGrain *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->noise_rows[i]);
      g_free (self->picture_rows[i]);
    }
  g_free (self->column_strength);
  g_free (self->sharp);
  g_free (self->noise);
  g_free (self);
}

/*
 * bag_phantom_grain_apply:
 * @values: (inout): the painted slice, columns * rows
 *
 * Turns the painted slice into the scanned one, in place.
 */
void
bag_phantom_grain_apply (BagPhantomGrain *self, guint16 *values)
{
  guint columns = self->columns;

  make_picture_row (values, columns, self->picture_rows[0]);
  make_picture_row (values, columns, self->picture_rows[1]);
  make_noise_row (self, 0, self->noise_rows[0]);
  make_noise_row (self, 1, self->noise_rows[1]);
  for (guint row = 0; row < self->rows; row++)
    {
      guint below = MIN (row + 1, self->rows - 1);

      make_picture_row (values + (gsize) below * columns, columns, self->picture_rows[2]);
      make_noise_row (self, row + 2, self->noise_rows[2]);
      finish_row (self, row, values + (gsize) row * columns);
      advance (self->picture_rows);
      advance (self->noise_rows);
    }
}
