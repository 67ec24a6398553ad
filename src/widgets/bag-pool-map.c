/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-map"

#include "config.h"

#include "widgets/bag-pool-map.h"

#include "widgets/bag-pool-map-private.h"
#include "widgets/bag-pool-words.h"

#include <glib/gi18n.h>

/*
 * The slots are copied when they change and compared with what is on screen: a change that
 * nobody can see draws nothing. Words are made when slots or selection change; the ages in
 * them are those of that moment, and nothing ticks.
 *
 * The selection is a slot, not a cell: it stays with the slot when the memory is divided
 * anew, or goes to the last one when there are fewer.
 */

#define MIN_WIDTH 160
#define NATURAL_WIDTH 280

enum
{
  PROP_0,
  PROP_BAG_NUMBER,
  PROP_SELECTION_TEXT,
  N_PROPS,
};

enum
{
  SLICE_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BagPoolMap, bag_pool_map, GTK_TYPE_WIDGET)

static const BagSlotInfo *
get_slots (BagPoolMap *self)
{
  return (const BagSlotInfo *) (gpointer) self->slots->data;
}

static gboolean
has_selection (BagPoolMap *self)
{
  return self->selected < self->slots->len;
}

void
bag_pool_map_get_layout (BagPoolMap *self, BagPoolMapLayout *layout)
{
  bag_pool_map_layout_init (layout, self->slots->len, gtk_widget_get_width (GTK_WIDGET (self)));
}

void
bag_pool_map_sum_up (BagPoolMap *self, const BagPoolMapLayout *layout, guint cell, BagPoolRange *range)
{
  guint first = bag_pool_map_layout_get_first_slot (layout, cell);

  bag_pool_range_init (range, get_slots (self) + first, bag_pool_map_layout_get_length (layout, cell), self->bag_number);
}

static char *
make_selection_text (BagPoolMap *self)
{
  if (self->slots->len == 0)
    return g_strdup ("");
  if (!has_selection (self))
    return g_strdup (_ ("Point at a cell or click it to see what it holds"));

  return bag_pool_map_describe_slot (self, self->selected);
}

static char *
make_description (BagPoolMap *self)
{
  BagPoolRange all;

  if (has_selection (self))
    return g_strdup (self->selection_text);

  bag_pool_range_init (&all, get_slots (self), self->slots->len, self->bag_number);

  return bag_pool_words_count_states (&all, TRUE);
}

/* Takes @text. Returns whether it is another one. */
static gboolean
replace_text (char **where, char *text)
{
  gboolean is_new = g_strcmp0 (*where, text) != 0;

  g_free (*where);
  *where = text;

  return is_new;
}

static void
update_words (BagPoolMap *self)
{
  gboolean is_new = replace_text (&self->selection_text, make_selection_text (self));

  if (replace_text (&self->description, make_description (self)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->description, -1);
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION_TEXT]);
}

static void
bag_pool_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  BagPoolMapLayout layout;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  bag_pool_map_layout_init (&layout, BAG_POOL_MAP (widget)->slots->len, for_size > 0 ? for_size : NATURAL_WIDTH);
  *minimum = *natural = bag_pool_map_layout_get_height (&layout);
}

static GtkSizeRequestMode
bag_pool_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bag_pool_map_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BagPoolMap *self = BAG_POOL_MAP (object);

  switch (id)
    {
    case PROP_BAG_NUMBER:
      g_value_set_uint (value, self->bag_number);
      break;
    case PROP_SELECTION_TEXT:
      g_value_set_string (value, self->selection_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bag_pool_map_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BAG_NUMBER)
    bag_pool_map_set_bag_number (BAG_POOL_MAP (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bag_pool_map_finalize (GObject *object)
{
  BagPoolMap *self = BAG_POOL_MAP (object);

  g_array_unref (self->slots);
  g_free (self->selection_text);
  g_free (self->description);

  G_OBJECT_CLASS (bag_pool_map_parent_class)->finalize (object);
}

static void
bag_pool_map_class_init (BagPoolMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_pool_map_get_property;
  object_class->set_property = bag_pool_map_set_property;
  object_class->finalize = bag_pool_map_finalize;
  widget_class->measure = bag_pool_map_measure;
  widget_class->get_request_mode = bag_pool_map_get_request_mode;
  widget_class->snapshot = bag_pool_map_snapshot;
  widget_class->query_tooltip = bag_pool_map_query_tooltip;

  properties[PROP_BAG_NUMBER] = g_param_spec_uint ("bag-number", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SELECTION_TEXT] = g_param_spec_string ("selection-text", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SLICE_ACTIVATED] = g_signal_new ("slice-activated", BAG_TYPE_POOL_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "poolmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bag_pool_map_init (BagPoolMap *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (BagSlotInfo));
  self->selection_text = g_strdup ("");
  self->selected = G_MAXUINT;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slot map"), -1);
  bag_pool_map_add_input (self);
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

/* Without any slot the selection waits for the next ones. */
static void
clamp_selection (BagPoolMap *self)
{
  if (self->selected != G_MAXUINT && self->slots->len > 0)
    self->selected = MIN (self->selected, self->slots->len - 1);
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

  clamp_selection (self);
  update_words (self);
  if (is_resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else if (!is_same)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bag_pool_map_set_bag_number:
 * @bag_number: of the bag on screen: only its slices can be gone to
 */
void
bag_pool_map_set_bag_number (BagPoolMap *self, guint bag_number)
{
  g_return_if_fail (BAG_IS_POOL_MAP (self));

  if (self->bag_number == bag_number)
    return;

  self->bag_number = bag_number;
  update_words (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BAG_NUMBER]);
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
 * Returns: the state as it was last told
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
 * Returns: the first slot of the cell drawn there, from 0, or G_MAXUINT
 */
guint
bag_pool_map_get_slot_at (BagPoolMap *self, double x, double y)
{
  BagPoolMapLayout layout;
  guint cell = 0;

  g_return_val_if_fail (BAG_IS_POOL_MAP (self), G_MAXUINT);

  bag_pool_map_get_layout (self, &layout);
  cell = bag_pool_map_layout_get_cell_at (&layout, x, y);

  return cell != G_MAXUINT ? bag_pool_map_layout_get_first_slot (&layout, cell) : G_MAXUINT;
}

/**
 * bag_pool_map_select_slot:
 * @slot: from 0; beyond the last: none
 *
 * Selects the cell in which @slot is.
 */
void
bag_pool_map_select_slot (BagPoolMap *self, guint slot)
{
  g_return_if_fail (BAG_IS_POOL_MAP (self));

  slot = slot < self->slots->len ? slot : G_MAXUINT;
  if (self->selected == slot)
    return;

  self->selected = slot;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * bag_pool_map_get_selected_slot:
 *
 * Returns: a slot of the selected cell, from 0, or G_MAXUINT
 */
guint
bag_pool_map_get_selected_slot (BagPoolMap *self)
{
  g_return_val_if_fail (BAG_IS_POOL_MAP (self), G_MAXUINT);

  return has_selection (self) ? self->selected : G_MAXUINT;
}

/**
 * bag_pool_map_get_selection_text:
 *
 * Returns: (transfer none): what the selected cell holds, as of the last change
 */
const char *
bag_pool_map_get_selection_text (BagPoolMap *self)
{
  g_return_val_if_fail (BAG_IS_POOL_MAP (self), NULL);

  return self->selection_text;
}

/**
 * bag_pool_map_describe_slot:
 * @slot: from 0
 *
 * The words count from 1, as people do.
 *
 * Returns: (transfer full): what the cell in which @slot is holds, as of now
 */
char *
bag_pool_map_describe_slot (BagPoolMap *self, guint slot)
{
  BagPoolMapLayout layout;
  BagPoolRange range;
  guint cell = 0;

  g_return_val_if_fail (BAG_IS_POOL_MAP (self), NULL);
  g_return_val_if_fail (slot < self->slots->len, NULL);

  bag_pool_map_get_layout (self, &layout);
  cell = slot / layout.slots_per_cell;
  if (bag_pool_map_layout_get_length (&layout, cell) == 1)
    return bag_pool_words_describe_slot (&get_slots (self)[slot], slot, self->bag_number, g_get_monotonic_time ());

  bag_pool_map_sum_up (self, &layout, cell, &range);

  return bag_pool_words_describe_range (&range, bag_pool_map_layout_get_first_slot (&layout, cell));
}

/**
 * bag_pool_map_activate_selected:
 *
 * Emits "slice-activated" with the slice of the selected cell, of several the lowest. Nothing
 * happens when it holds none of the bag on screen.
 *
 * Returns: whether there was one
 */
gboolean
bag_pool_map_activate_selected (BagPoolMap *self)
{
  BagPoolMapLayout layout;
  BagPoolRange range;

  g_return_val_if_fail (BAG_IS_POOL_MAP (self), FALSE);

  if (!has_selection (self))
    return FALSE;

  bag_pool_map_get_layout (self, &layout);
  bag_pool_map_sum_up (self, &layout, self->selected / layout.slots_per_cell, &range);
  if (range.n_slices > 0)
    g_signal_emit (self, signals[SLICE_ACTIVATED], 0, range.first_slice);

  return range.n_slices > 0;
}
