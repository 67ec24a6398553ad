/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-overlay.h"

#define HATCH_STEP 14.0
#define SCALE_MARGIN 16.0f
#define SCALE_TICK 6.0f

/**
 * bag_slice_overlay_draw_hatch:
 *
 * Fills @bounds with a field that no bag looks like: there is no picture.
 */
void
bag_slice_overlay_draw_hatch (cairo_t *cr,
                              const graphene_rect_t *bounds)
{
  double left = bounds->origin.x, top = bounds->origin.y;
  double width = bounds->size.width, height = bounds->size.height;

  cairo_rectangle (cr, left, top, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.11, 0.11, 0.11);
  cairo_paint (cr);

  for (double offset = 0; offset < width + height; offset += HATCH_STEP)
    {
      cairo_move_to (cr, left + offset, top);
      cairo_line_to (cr, left + offset - height, top + height);
    }
  cairo_set_line_width (cr, 2);
  cairo_set_source_rgb (cr, 0.22, 0.22, 0.22);
  cairo_stroke (cr);
}

static void
append_bar (GtkSnapshot *snapshot,
            float x,
            float y,
            float width,
            float height)
{
  const GdkRGBA light = { 1, 1, 1, 0.85f };

  gtk_snapshot_append_color (snapshot, &light, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/**
 * bag_slice_overlay_snapshot_scale:
 * @text: what the bar stands for
 * @length: of the bar; 0: none
 * @height: of the view
 *
 * Puts a scale into the bottom left corner, on a shade that keeps it legible
 * over white matter.
 */
void
bag_slice_overlay_snapshot_scale (GtkSnapshot *snapshot,
                                  PangoLayout *text,
                                  double length,
                                  double height)
{
  const GdkRGBA shade = { 0, 0, 0, 0.6f }, light = { 1, 1, 1, 0.85f };
  float way = (float) length, bottom = (float) height - SCALE_MARGIN;
  int text_width, text_height;
  float top;

  if (!(length > 0))
    return;

  pango_layout_get_pixel_size (text, &text_width, &text_height);
  top = bottom - SCALE_TICK - 2 - (float) text_height;
  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (SCALE_MARGIN - 6, top - 2, MAX (way, (float) text_width) + 12, bottom - top + 8));
  append_bar (snapshot, SCALE_MARGIN, bottom - 1, way, 1);
  append_bar (snapshot, SCALE_MARGIN, bottom - SCALE_TICK, 1, SCALE_TICK - 1);
  append_bar (snapshot, SCALE_MARGIN + way - 1, bottom - SCALE_TICK, 1, SCALE_TICK - 1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (SCALE_MARGIN, top));
  gtk_snapshot_append_layout (snapshot, text, &light);
  gtk_snapshot_restore (snapshot);
}
