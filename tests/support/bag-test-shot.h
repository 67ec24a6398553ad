/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a widget shows, as pixels 0xXXRRGGBB. */
typedef struct
{
  guint32 *pixels; /* (owned), row by row */
  guint width, height;
} BagTestShot;

void bag_test_shot_take (BagTestShot *self, GtkWidget *widget);
void bag_test_shot_clear (BagTestShot *self);
guint32 bag_test_shot_get_pixel (const BagTestShot *self, double x, double y);
guint32 bag_test_pixel_of (const GdkRGBA *color);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagTestShot, bag_test_shot_clear)

G_END_DECLS
