/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-slice-painter.h"

#include <math.h>

/*
 * Makes the pixels of a slice when its inputs change, and paints them when asked.
 *
 * The reference on the slice is its identity: while it is held no other slice
 * can stand at the same address, so comparing pointers is enough to know that
 * nothing has changed. It goes with the next slice or bag_slice_painter_clear().
 */
struct _BagSlicePainter
{
  /* Owned */
  BagToneMap *tone_map;
  cairo_surface_t *surface;
  BagSlice *slice;

  BagPaintParameters parameters;
  double device_scale;
  guint64 n_updates;
};

/* From this many device pixels a voxel on it is shown as the square it is. */
#define NEAREST_FROM 2.0

static gboolean
parameters_equal (const BagPaintParameters *a,
                  const BagPaintParameters *b)
{
  return a->columns == b->columns && a->rows == b->rows && !a->is_signed == !b->is_signed && a->slope == b->slope && a->intercept == b->intercept && !a->inverted == !b->inverted && bag_window_level_equal (&a->window, &b->window);
}

static gboolean
slice_is_large_enough (BagSlice *slice,
                       guint columns,
                       guint rows)
{
  gsize size;

  return g_size_checked_mul (&size, columns, rows) && g_size_checked_mul (&size, size, sizeof (guint16)) && bag_slice_get_size (slice) >= size;
}

/* Keeps the surface while the size stays; FALSE when cairo cannot make one. */
static gboolean
bag_slice_painter_ensure_surface (BagSlicePainter *self,
                                  guint columns,
                                  guint rows)
{
  if (self->surface != NULL && (guint) cairo_image_surface_get_width (self->surface) == columns && (guint) cairo_image_surface_get_height (self->surface) == rows)
    return TRUE;

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (columns == 0 || rows == 0 || columns > G_MAXINT16 || rows > G_MAXINT16)
    return FALSE;

  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) columns, (int) rows);
  if (cairo_surface_status (self->surface) == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  return FALSE;
}

static void
bag_slice_painter_draw (BagSlicePainter *self)
{
  const BagPaintParameters *parameters = &self->parameters;
  guint stride = (guint) cairo_image_surface_get_stride (self->surface);

  bag_tone_map_prepare (self->tone_map,
                        &parameters->window,
                        parameters->slope,
                        parameters->intercept,
                        parameters->is_signed,
                        parameters->inverted);

  /* Frames that still hold the surface get their own copy at the flush. */
  cairo_surface_flush (self->surface);
  bag_tone_map_apply (self->tone_map,
                      bag_slice_get_data (self->slice),
                      parameters->columns,
                      parameters->rows,
                      (guint32 *) (gpointer) cairo_image_surface_get_data (self->surface),
                      stride / sizeof (guint32));
  cairo_surface_mark_dirty (self->surface);
  self->n_updates++;
}

/* How many pixels of the device one voxel covers in its shorter direction. */
static double
bag_slice_painter_measure_voxel (BagSlicePainter *self,
                                 cairo_t *cr,
                                 const BagSliceTransform *transform)
{
  double ax = transform->scale_x, ay = 0, bx = 0, by = transform->scale_y;
  double surface_x, surface_y;

  cairo_user_to_device_distance (cr, &ax, &ay);
  cairo_user_to_device_distance (cr, &bx, &by);
  cairo_surface_get_device_scale (cairo_get_target (cr), &surface_x, &surface_y);

  return MIN (hypot (ax * surface_x, ay * surface_y), hypot (bx * surface_x, by * surface_y)) * self->device_scale;
}

/* Clips to the picture, at whole pixels: an edge between two would need a mask,
 * which costs more than the picture itself. */
static void
clip_to_picture (cairo_t *cr,
                 const BagSliceTransform *transform,
                 double columns,
                 double rows)
{
  double left = transform->x, top = transform->y;
  double right = left + columns * transform->scale_x, bottom = top + rows * transform->scale_y;

  cairo_user_to_device (cr, &left, &top);
  cairo_user_to_device (cr, &right, &bottom);
  left = round (left);
  top = round (top);
  right = MAX (round (right), left + 1);
  bottom = MAX (round (bottom), top + 1);
  cairo_device_to_user (cr, &left, &top);
  cairo_device_to_user (cr, &right, &bottom);

  cairo_rectangle (cr, left, top, right - left, bottom - top);
  cairo_clip (cr);
}

/**
 * bag_slice_painter_new:
 *
 * Returns: (transfer full): a painter that paints nothing until it is updated
 */
BagSlicePainter *
bag_slice_painter_new (void)
{
  BagSlicePainter *self = g_new0 (BagSlicePainter, 1);

  self->tone_map = bag_tone_map_new ();
  self->device_scale = 1.0;

  return self;
}

void
bag_slice_painter_free (BagSlicePainter *self)
{
  bag_slice_painter_clear (self);
  bag_tone_map_free (self->tone_map);
  g_free (self);
}

/**
 * bag_slice_painter_update:
 * @slice: a ready slice of columns * rows 16-bit stored values
 *
 * Makes the pixels if the slice or a parameter differs from the last time, and
 * holds a reference on @slice until another comes or bag_slice_painter_clear().
 * Without memory for the pixels, or with a slice too small for them, it ends up
 * empty.
 *
 * Returns: whether the picture has changed
 */
gboolean
bag_slice_painter_update (BagSlicePainter *self,
                          BagSlice *slice,
                          const BagPaintParameters *parameters)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (slice != NULL, FALSE);
  g_return_val_if_fail (parameters != NULL, FALSE);

  if (self->slice == slice && parameters_equal (&self->parameters, parameters))
    return FALSE;

  if (!slice_is_large_enough (slice, parameters->columns, parameters->rows) || !bag_slice_painter_ensure_surface (self, parameters->columns, parameters->rows))
    {
      bag_slice_painter_clear (self);
      return TRUE;
    }

  if (self->slice != slice)
    {
      g_clear_pointer (&self->slice, bag_slice_unref);
      self->slice = bag_slice_ref (slice);
    }
  self->parameters = *parameters;
  bag_slice_painter_draw (self);

  return TRUE;
}

/**
 * bag_slice_painter_clear:
 *
 * Lets go of the slice and its pixels; paints nothing until the next update.
 */
void
bag_slice_painter_clear (BagSlicePainter *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->slice, bag_slice_unref);
}

/**
 * bag_slice_painter_is_empty:
 *
 * Whether there is nothing to paint.
 */
gboolean
bag_slice_painter_is_empty (const BagSlicePainter *self)
{
  return self->surface == NULL;
}

/**
 * bag_slice_painter_set_device_scale:
 * @device_scale: device pixels for each unit that cairo's matrix does not know of
 *
 * A recording surface is played back at the scale of the screen, of which its
 * own matrix says nothing; GTK's scale factor goes here. 1 at first.
 */
void
bag_slice_painter_set_device_scale (BagSlicePainter *self,
                                    double device_scale)
{
  g_return_if_fail (device_scale > 0);

  self->device_scale = device_scale;
}

/**
 * bag_slice_painter_paint:
 *
 * Paints the slice, and nothing beside it. Voxels of two device pixels and more
 * are squares; smaller ones are interpolated linearly, never with the filters
 * of cairo that take tens of milliseconds when a picture shrinks.
 */
void
bag_slice_painter_paint (BagSlicePainter *self,
                         cairo_t *cr,
                         const BagSliceTransform *transform)
{
  gboolean is_large;

  g_return_if_fail (self != NULL);

  if (self->surface == NULL)
    return;

  is_large = bag_slice_painter_measure_voxel (self, cr, transform) >= NEAREST_FROM;

  cairo_save (cr);
  clip_to_picture (cr, transform, self->parameters.columns, self->parameters.rows);
  cairo_translate (cr, transform->x, transform->y);
  cairo_scale (cr, transform->scale_x, transform->scale_y);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), is_large ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_restore (cr);
}

/**
 * bag_slice_painter_get_n_updates:
 *
 * Returns: how often pixels have been made
 */
guint64
bag_slice_painter_get_n_updates (const BagSlicePainter *self)
{
  return self->n_updates;
}
