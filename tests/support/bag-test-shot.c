/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-shot.h"

#include "bag-test-display.h"

/**
 * bag_test_shot_take:
 * @self: a shot, cleared first
 * @widget: a widget that is shown
 */
void
bag_test_shot_take (BagTestShot *self, GtkWidget *widget)
{
  g_autoptr (GdkTexture) picture = bag_test_take_picture (widget);

  bag_test_shot_clear (self);
  self->width = (guint) gdk_texture_get_width (picture);
  self->height = (guint) gdk_texture_get_height (picture);
  self->pixels = g_new (guint32, (gsize) self->width * self->height);
  gdk_texture_download (picture, (guchar *) self->pixels, (gsize) self->width * 4);
}

/**
 * bag_test_shot_clear:
 * @self: a shot
 */
void
bag_test_shot_clear (BagTestShot *self)
{
  g_clear_pointer (&self->pixels, g_free);
}

/**
 * bag_test_shot_get_pixel:
 * @self: a shot
 * @x: pixels from the left
 * @y: pixels from the top
 *
 * Returns: 0xRRGGBB
 */
guint32
bag_test_shot_get_pixel (const BagTestShot *self, double x, double y)
{
  g_assert_true (x >= 0 && y >= 0 && x < self->width && y < self->height);

  return self->pixels[(gsize) y * self->width + (gsize) x] & 0xffffff;
}

/**
 * bag_test_pixel_of:
 * @color: an opaque color
 *
 * Returns: 0xRRGGBB
 */
guint32
bag_test_pixel_of (const GdkRGBA *color)
{
  return (guint32) (color->red * 255 + 0.5f) << 16 | (guint32) (color->green * 255 + 0.5f) << 8 | (guint32) (color->blue * 255 + 0.5f);
}
