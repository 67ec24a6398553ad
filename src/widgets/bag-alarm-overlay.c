/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-alarm-overlay.h"

#include "widgets/bag-alarm-outline-draw.h"
#include "widgets/bag-alarm-style.h"

#include <glib/gi18n.h>

/*
 * A line runs around the voxels of an object and covers none of them: what is
 * marked stays to be seen. It lies on a dark band, legible over white matter. Within
 * it a thinner one runs around what the mask of the object marks; that is looked for
 * once a slice, and drawing it takes no more than a fixed number of corners.
 */

#define BAND 1.0           /* of dark on either side of a line */
#define SELECTED_EXTRA 2.0 /* wider line of the alarm gone to */
#define PADDING 4.0f       /* around words */
#define GAP 3.0f           /* between a box and its words */
#define MOST_WORDS 64u     /* boxes of one slice that say what they are; the list says the rest */

typedef struct
{
  BagAlarmBox box;
  const BagAlarmStyle *style;
  gboolean is_selected;
  BagAlarmOutline *outline; /* or NULL */
  PangoLayout *words;       /* or NULL */
} Item;

struct _BagAlarmOverlay
{
  GArray *items; /* (element-type Item), the gravest first */

  /* What they were made of */
  GListModel *alarms;
  guint index, selected;
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->words);
  g_clear_pointer (&item->outline, bag_alarm_outline_free);
}

/**
 * bag_alarm_overlay_new:
 *
 * Returns: (transfer full): an overlay without boxes
 */
BagAlarmOverlay *
bag_alarm_overlay_new (void)
{
  BagAlarmOverlay *self = g_new0 (BagAlarmOverlay, 1);

  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  self->index = self->selected = G_MAXUINT;

  return self;
}

/**
 * bag_alarm_overlay_free:
 * @self: (transfer full): an overlay
 */
void
bag_alarm_overlay_free (BagAlarmOverlay *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->items, g_array_unref);
  g_clear_object (&self->alarms);
  g_free (self);
}

static void
add_outline (BagAlarmOverlay *self, BagScan *scan, BagAlarm *alarm, BagAlarmOutlineAllowance *allowance, Item *item)
{
  const guint frame = item->box.is_by_frame ? bag_scan_get_slice (scan, self->index)->frame_number : 0;

  if (item->box.has_mask)
    item->outline = bag_alarm_outline_new (alarm, frame, allowance);
}

/* Says it where there is a mask that would cost too much to draw. */
static char *
format_words (BagAlarm *alarm, const Item *item)
{
  g_autofree char *text = bag_alarm_format (alarm);

  return item->box.has_mask && item->outline == NULL ? g_strdup_printf (_ ("%s · mask too fine to draw"), text) : g_steal_pointer (&text);
}

static void
add_item (BagAlarmOverlay *self, GtkWidget *widget, BagScan *scan, BagAlarm *alarm, gboolean is_selected, BagAlarmOutlineAllowance *allowance)
{
  Item item = { *bag_alarm_get_box (alarm), bag_alarm_style_get (bag_alarm_get_flag (alarm)), is_selected, NULL, NULL };
  g_autofree char *text = NULL;

  add_outline (self, scan, alarm, allowance, &item);
  text = format_words (alarm, &item);

  if (self->items->len < MOST_WORDS || is_selected)
    item.words = gtk_widget_create_pango_layout (widget, text);
  g_array_append_val (self->items, item);
}

static void
add_items (BagAlarmOverlay *self, GtkWidget *widget, BagScan *scan)
{
  BagAlarmOutlineAllowance allowance = { BAG_ALARM_OUTLINE_MOST_VOXELS, BAG_ALARM_OUTLINE_MOST_CORNERS };

  for (guint i = 0; i < g_list_model_get_n_items (self->alarms); i++)
    {
      g_autoptr (BagAlarm) alarm = g_list_model_get_item (self->alarms, i);
      const BagAlarmBox *box = bag_alarm_get_box (alarm);

      if (box != NULL && bag_alarm_box_covers (box, scan, self->index))
        add_item (self, widget, scan, alarm, i == self->selected, &allowance);
    }
}

/**
 * bag_alarm_overlay_update:
 * @self: an overlay
 * @widget: whose font the words have
 * @session: (nullable): whose alarms
 * @index: the slice that is drawn, from 0
 *
 * Costs a comparison when nothing has changed.
 *
 * Returns: whether it has to be drawn anew
 */
gboolean
bag_alarm_overlay_update (BagAlarmOverlay *self, GtkWidget *widget, BagSession *session, guint index)
{
  GListModel *alarms = session != NULL ? bag_session_get_alarms (session) : NULL;
  guint selected = session != NULL ? bag_session_get_alarm_index (session) : BAG_SESSION_NO_ALARM;
  guint former_n = self->items->len;

  if (self->alarms == alarms && self->index == index && self->selected == selected)
    return FALSE;

  g_set_object (&self->alarms, alarms);
  self->index = index;
  self->selected = selected;
  g_array_set_size (self->items, 0);
  if (alarms != NULL)
    add_items (self, widget, bag_session_get_scan (session));

  return former_n > 0 || self->items->len > 0;
}

/**
 * bag_alarm_overlay_get_n_boxes:
 *
 * Returns: how many boxes are on the slice
 */
guint
bag_alarm_overlay_get_n_boxes (const BagAlarmOverlay *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * bag_alarm_overlay_get_bounds:
 * @box: where an object lies
 * @transform: where the slice lies
 * @bounds: (out): the voxels of the box, and nothing around them
 */
void
bag_alarm_overlay_get_bounds (const BagAlarmBox *box, const BagSliceTransform *transform, graphene_rect_t *bounds)
{
  g_return_if_fail (box != NULL && transform != NULL && bounds != NULL);

  graphene_rect_init (bounds,
                      (float) (transform->x + box->x * transform->scale_x),
                      (float) (transform->y + box->y * transform->scale_y),
                      (float) (box->width * transform->scale_x),
                      (float) (box->height * transform->scale_y));
}

static double
get_line_width (const Item *item)
{
  return item->style->line_width + (item->is_selected ? SELECTED_EXTRA : 0);
}

static void
get_outer_bounds (const Item *item, const BagSliceTransform *transform, graphene_rect_t *bounds)
{
  float reach = (float) (get_line_width (item) + 2 * BAND);

  bag_alarm_overlay_get_bounds (&item->box, transform, bounds);
  graphene_rect_inset (bounds, -reach, -reach);
}

static void
stroke_around (cairo_t *cr, const graphene_rect_t *bounds, double reach, double line_width)
{
  cairo_rectangle (cr, bounds->origin.x - reach, bounds->origin.y - reach, bounds->size.width + 2 * reach, bounds->size.height + 2 * reach);
  cairo_set_line_width (cr, line_width);
  cairo_stroke (cr);
}

static void
draw_box (cairo_t *cr, const Item *item, const BagSliceTransform *transform)
{
  double line_width = get_line_width (item);
  double reach = line_width / 2 + BAND;
  graphene_rect_t bounds;

  bag_alarm_overlay_get_bounds (&item->box, transform, &bounds);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.75);
  stroke_around (cr, &bounds, reach, line_width + 2 * BAND);
  cairo_set_dash (cr, item->style->dashes, (int) item->style->n_dashes, 0);
  gdk_cairo_set_source_rgba (cr, &item->style->color);
  stroke_around (cr, &bounds, reach, line_width);
}

typedef enum
{
  WORDS_ABOVE,
  WORDS_BELOW,
  WORDS_RIGHT,
  WORDS_LEFT,
  WORDS_INSIDE,
} WordsPlace;

static void
place_words (const graphene_rect_t *box, const graphene_rect_t *view, WordsPlace place, graphene_rect_t *words)
{
  float x = box->origin.x;
  float y = box->origin.y;

  if (place == WORDS_ABOVE)
    y -= GAP + words->size.height;
  else if (place == WORDS_BELOW)
    y += box->size.height + GAP;
  else if (place == WORDS_RIGHT)
    x += box->size.width + GAP;
  else if (place == WORDS_LEFT)
    x -= words->size.width + GAP;

  words->origin.x = MAX (0, MIN (x, view->size.width - words->size.width));
  words->origin.y = MAX (0, MIN (y, view->size.height - words->size.height));
}

static gboolean
is_free (const GArray *taken, const graphene_rect_t *words)
{
  for (guint i = 0; i < taken->len; i++)
    if (graphene_rect_intersection (&g_array_index (taken, graphene_rect_t, i), words, NULL))
      return FALSE;

  return TRUE;
}

/* Within the view, off all boxes and other words where there is such a place. */
static void
find_room (const GArray *boxes, const GArray *taken, const graphene_rect_t *box, const graphene_rect_t *view, graphene_rect_t *words)
{
  for (WordsPlace place = WORDS_ABOVE; place < WORDS_INSIDE; place++)
    {
      place_words (box, view, place, words);
      if (is_free (boxes, words) && is_free (taken, words))
        return;
    }
  for (WordsPlace place = WORDS_ABOVE; place <= WORDS_INSIDE; place++)
    {
      place_words (box, view, place, words);
      if (is_free (taken, words))
        return;
    }
  place_words (box, view, WORDS_ABOVE, words);
}

/* Of the alarm gone to: black on its colour; of others the other way round. */
static void
append_words (GtkSnapshot *snapshot, const Item *item, const graphene_rect_t *bounds)
{
  const GdkRGBA dark = { 0, 0, 0, 0.75f }, black = { 0, 0, 0, 1 };

  gtk_snapshot_append_color (snapshot, item->is_selected ? &item->style->color : &dark, bounds);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (bounds->origin.x + PADDING, bounds->origin.y + PADDING / 2));
  gtk_snapshot_append_layout (snapshot, item->words, item->is_selected ? &black : &item->style->color);
  gtk_snapshot_restore (snapshot);
}

/* The first ones only: more than that cannot be kept apart anyway. */
static GArray *
list_boxes (const BagAlarmOverlay *self, const BagSliceTransform *transform)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  for (guint i = 0; i < MIN (self->items->len, MOST_WORDS); i++)
    {
      graphene_rect_t box;

      get_outer_bounds (&g_array_index (self->items, Item, i), transform, &box);
      g_array_append_val (boxes, box);
    }

  return boxes;
}

static void
snapshot_words (const BagAlarmOverlay *self, GtkSnapshot *snapshot, const BagSliceTransform *transform, const graphene_rect_t *view)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) boxes = list_boxes (self, transform);

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      graphene_rect_t box, words;
      int width, height;

      get_outer_bounds (item, transform, &box);
      if (item->words == NULL || !graphene_rect_intersection (&box, view, NULL))
        continue;
      pango_layout_get_pixel_size (item->words, &width, &height);
      graphene_rect_init (&words, 0, 0, (float) width + 2 * PADDING, (float) height + PADDING);
      find_room (boxes, taken, &box, view, &words);
      append_words (snapshot, item, &words);
      g_array_append_val (taken, words);
    }
}

/* Below the boxes, and the gravest on top. */
static void
draw_outlines (const BagAlarmOverlay *self, cairo_t *cr, const BagSliceTransform *transform, const graphene_rect_t *view)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const Item *item = &g_array_index (self->items, Item, i - 1);

      if (item->outline != NULL)
        bag_alarm_outline_draw (item->outline, cr, item->style, transform, view);
    }
}

/**
 * bag_alarm_overlay_snapshot:
 * @self: an overlay
 * @snapshot: where to draw
 * @transform: where the slice lies
 * @width: of the view
 * @height: of the view
 *
 * The alarm gone to lies on top of the others.
 */
void
bag_alarm_overlay_snapshot (const BagAlarmOverlay *self, GtkSnapshot *snapshot, const BagSliceTransform *transform, double width, double height)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr;

  g_return_if_fail (self != NULL);

  if (self->items->len == 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &view);
  draw_outlines (self, cr, transform, &view);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = self->items->len; i > 0; i--)
      {
        const Item *item = &g_array_index (self->items, Item, i - 1);

        if (item->is_selected == (pass == 1))
          draw_box (cr, item, transform);
      }
  cairo_destroy (cr);
  snapshot_words (self, snapshot, transform, &view);
}
