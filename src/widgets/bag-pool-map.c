/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-map"

#include "config.h"

#include "widgets/bag-pool-map.h"

#include "widgets/bag-pool-cell.h"

#include <glib/gi18n.h>

/*
 * The slots are copied when they change and compared with what is on screen: a change
 * that nobody can see draws nothing. The map asks for a height that goes with its
 * width and holds cells as large as fit into a calm block, from a handful of large ones
 * to thousands of small ones.
 */

#define MIN_WIDTH 160
#define NATURAL_WIDTH 280
#define PREFERRED_HEIGHT 168
#define MAX_PITCH 20
#define MIN_PITCH 4
#define MIN_TUNED_PITCH 10 /* below, size is worth more than a straight edge */

struct _BagPoolMap
{
  GtkWidget parent_instance;

  /* Owned */
  GArray *slots; /* of BagSlotInfo */
};

G_DEFINE_FINAL_TYPE (BagPoolMap, bag_pool_map, GTK_TYPE_WIDGET)

static const BagSlotInfo *
get_slots (BagPoolMap *self)
{
  return (const BagSlotInfo *) (gpointer) self->slots->data;
}

static int
get_gap (int pitch)
{
  return pitch >= 10 ? 2 : 1;
}

static int
get_n_columns (int width, int pitch)
{
  return MAX ((width + get_gap (pitch)) / pitch, 1);
}

static int
get_height (BagPoolMap *self, int width, int pitch)
{
  int n_columns = get_n_columns (width, pitch);

  return ((int) self->slots->len + n_columns - 1) / n_columns * pitch;
}

/* The distance from cell to cell. The largest with which all slots fit, or one a little
 * smaller with which the rows end nearer to the right edge. */
static int
get_pitch (BagPoolMap *self, int width)
{
  int pitch = MAX_PITCH;
  int best = 0;

  while (pitch > MIN_PITCH && get_height (self, width, pitch) > PREFERRED_HEIGHT)
    pitch--;

  best = pitch;
  for (int p = pitch - 1; p >= MAX (pitch - 4, MIN_TUNED_PITCH); p--)
    if ((width + get_gap (p)) % p < (width + get_gap (best)) % best)
      best = p;

  return best;
}

static void
bag_pool_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  BagPoolMap *self = BAG_POOL_MAP (widget);
  int width = for_size > 0 ? for_size : NATURAL_WIDTH;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = *natural = MAX (get_height (self, width, get_pitch (self, width)), MAX_PITCH);
    }
}

static GtkSizeRequestMode
bag_pool_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bag_pool_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BagPoolMap *self = BAG_POOL_MAP (widget);
  int width = gtk_widget_get_width (widget);
  int pitch = get_pitch (self, width);
  int n_columns = get_n_columns (width, pitch);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) get_height (self, width, pitch));
  BagPoolCellColors colors;
  GdkRGBA foreground;
  cairo_t *cr = NULL;

  if (self->slots->len == 0 || width <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &foreground);
  bag_pool_cell_colors_init (&colors, &foreground);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  for (int i = 0; i < (int) self->slots->len; i++)
    bag_pool_cell_draw (cr, &colors, get_slots (self)[i].state, i % n_columns * pitch, i / n_columns * pitch, pitch - get_gap (pitch));
  cairo_destroy (cr);
}

static gboolean
bag_pool_map_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  BagPoolMap *self = BAG_POOL_MAP (widget);
  guint slot = keyboard_tooltip ? G_MAXUINT : bag_pool_map_get_slot_at (self, x, y);
  g_autofree char *text = NULL;

  if (slot == G_MAXUINT)
    return FALSE;

  text = bag_pool_map_describe_slot (self, slot);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
bag_pool_map_finalize (GObject *object)
{
  BagPoolMap *self = BAG_POOL_MAP (object);

  g_array_unref (self->slots);

  G_OBJECT_CLASS (bag_pool_map_parent_class)->finalize (object);
}

static void
bag_pool_map_class_init (BagPoolMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = bag_pool_map_finalize;
  widget_class->measure = bag_pool_map_measure;
  widget_class->get_request_mode = bag_pool_map_get_request_mode;
  widget_class->snapshot = bag_pool_map_snapshot;
  widget_class->query_tooltip = bag_pool_map_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "poolmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bag_pool_map_init (BagPoolMap *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (BagSlotInfo));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slot map"), -1);
}

/**
 * bag_pool_map_new:
 *
 * Returns: (transfer floating): a map without slots
 */
BagPoolMap *
bag_pool_map_new (void)
{
  return g_object_new (BAG_TYPE_POOL_MAP, NULL);
}

static void
update_description (BagPoolMap *self)
{
  guint n_by_state[BAG_N_SLOT_STATES] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->slots->len; i++)
    n_by_state[get_slots (self)[i].state]++;
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    g_string_append_printf (text, "%s%u %s", i > 0 ? ", " : "", n_by_state[i], bag_pool_cell_get_label (i));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

static gboolean
looks_the_same (BagPoolMap *self, const BagSlotInfo *slots, guint n_slots)
{
  if (self->slots->len != n_slots)
    return FALSE;

  for (guint i = 0; i < n_slots; i++)
    if (get_slots (self)[i].state != slots[i].state)
      return FALSE;

  return TRUE;
}

/**
 * bag_pool_map_set_slots:
 * @slots: (array length=n_slots) (nullable): copied
 *
 * Draws again when that looks any different.
 */
void
bag_pool_map_set_slots (BagPoolMap *self, const BagSlotInfo *slots, guint n_slots)
{
  gboolean is_same = FALSE;
  gboolean is_resized = FALSE;

  g_return_if_fail (BAG_IS_POOL_MAP (self));
  g_return_if_fail (slots != NULL || n_slots == 0);

  is_same = looks_the_same (self, slots, n_slots);
  is_resized = self->slots->len != n_slots;
  g_array_set_size (self->slots, 0);
  if (n_slots > 0)
    g_array_append_vals (self->slots, slots, n_slots);

  if (is_same)
    return;

  update_description (self);
  if (is_resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bag_pool_map_get_n_slots:
 *
 * Returns: how many slots it shows
 */
guint
bag_pool_map_get_n_slots (BagPoolMap *self)
{
  g_return_val_if_fail (BAG_IS_POOL_MAP (self), 0);

  return self->slots->len;
}

/**
 * bag_pool_map_get_state:
 * @slot: from 0
 *
 * Returns: the state as drawn
 */
BagSlotState
bag_pool_map_get_state (BagPoolMap *self, guint slot)
{
  g_return_val_if_fail (BAG_IS_POOL_MAP (self), BAG_SLOT_FREE);
  g_return_val_if_fail (slot < self->slots->len, BAG_SLOT_FREE);

  return get_slots (self)[slot].state;
}

/**
 * bag_pool_map_get_slot_at:
 * @x, @y: in the widget, in pixels
 *
 * Returns: the slot drawn there, from 0, or G_MAXUINT
 */
guint
bag_pool_map_get_slot_at (BagPoolMap *self, double x, double y)
{
  int width = 0;
  int pitch = 0;
  int n_columns = 0;
  guint slot = 0;

  g_return_val_if_fail (BAG_IS_POOL_MAP (self), G_MAXUINT);

  width = gtk_widget_get_width (GTK_WIDGET (self));
  pitch = get_pitch (self, width);
  n_columns = get_n_columns (width, pitch);
  if (x < 0 || y < 0 || x >= n_columns * pitch)
    return G_MAXUINT;

  slot = (guint) ((int) y / pitch * n_columns + (int) x / pitch);

  return slot < self->slots->len ? slot : G_MAXUINT;
}

/**
 * bag_pool_map_describe_slot:
 * @slot: from 0
 *
 * The words count from 1, as people do.
 *
 * Returns: (transfer full): what the slot holds
 */
char *
bag_pool_map_describe_slot (BagPoolMap *self, guint slot)
{
  const BagSlotInfo *info = NULL;

  g_return_val_if_fail (BAG_IS_POOL_MAP (self), NULL);
  g_return_val_if_fail (slot < self->slots->len, NULL);

  info = &get_slots (self)[slot];
  if (info->tag == BAG_POOL_NO_TAG)
    return g_strdup_printf (_ ("Slot %u: %s"), slot + 1, bag_pool_cell_get_label (info->state));

  return g_strdup_printf (_ ("Slot %u: slice %" G_GUINT64_FORMAT ", %s"),
                          slot + 1,
                          info->tag + 1,
                          bag_pool_cell_get_label (info->state));
}
