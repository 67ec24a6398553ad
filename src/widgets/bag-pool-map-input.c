/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-map"

#include "config.h"

#include "widgets/bag-pool-map-private.h"

/*
 * Pointer and keys. A click selects, and so does a key that moves; a double click, Enter or
 * Space shows the slice. The keys are the map's only while it has the focus.
 */

typedef struct
{
  guint keyval, keypad_keyval;
  GdkModifierType modifiers;
  BagPoolMapMove move;
} MoveKey;

static const MoveKey move_keys[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, BAG_POOL_MAP_MOVE_PREVIOUS },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, BAG_POOL_MAP_MOVE_NEXT },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, BAG_POOL_MAP_MOVE_UP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, BAG_POOL_MAP_MOVE_DOWN },
  { GDK_KEY_Home, GDK_KEY_KP_Home, 0, BAG_POOL_MAP_MOVE_ROW_START },
  { GDK_KEY_End, GDK_KEY_KP_End, 0, BAG_POOL_MAP_MOVE_ROW_END },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, BAG_POOL_MAP_MOVE_PAGE_UP },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, BAG_POOL_MAP_MOVE_PAGE_DOWN },
  { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_CONTROL_MASK, BAG_POOL_MAP_MOVE_FIRST },
  { GDK_KEY_End, GDK_KEY_KP_End, GDK_CONTROL_MASK, BAG_POOL_MAP_MOVE_LAST },
};

static gboolean
is_activating (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter || keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

static const MoveKey *
find_move (guint keyval, GdkModifierType modifiers)
{
  for (gsize i = 0; i < G_N_ELEMENTS (move_keys); i++)
    if ((move_keys[i].keyval == keyval || move_keys[i].keypad_keyval == keyval) && move_keys[i].modifiers == modifiers)
      return &move_keys[i];

  return NULL;
}

/* Where the keys start from: the slice on screen, if the map has it. */
static void
select_shown (BagPoolMap *self)
{
  guint slot = 0;

  while (slot < self->slots->len && bag_pool_map_get_state (self, slot) != BAG_SLOT_SHOWN)
    slot++;
  if (self->slots->len > 0)
    bag_pool_map_select_slot (self, slot < self->slots->len ? slot : 0);
}

static void
move_selection (BagPoolMap *self, BagPoolMapMove move)
{
  BagPoolMapLayout layout;
  guint cell = 0;

  if (self->selected >= self->slots->len)
    {
      select_shown (self);
      return;
    }

  bag_pool_map_get_layout (self, &layout);
  cell = bag_pool_map_layout_move (&layout, self->selected / layout.slots_per_cell, move);
  bag_pool_map_select_slot (self, bag_pool_map_layout_get_first_slot (&layout, cell));
}

static gboolean
on_key_pressed (BagPoolMap *self, guint keyval, guint keycode, GdkModifierType state, GtkEventController *controller)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  const MoveKey *key = find_move (keyval, modifiers);

  if (key != NULL)
    move_selection (self, key->move);
  else if (modifiers == 0 && is_activating (keyval))
    bag_pool_map_activate_selected (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
on_focus_entered (BagPoolMap *self)
{
  if (self->selected >= self->slots->len)
    select_shown (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_focus_left (BagPoolMap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (BagPoolMap *self, int n_press, double x, double y)
{
  guint slot = bag_pool_map_get_slot_at (self, x, y);

  if (slot != G_MAXUINT)
    bag_pool_map_select_slot (self, slot);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (slot != G_MAXUINT && n_press == 2)
    bag_pool_map_activate_selected (self);
}

static void
get_tip_area (BagPoolMap *self, guint slot, GdkRectangle *area)
{
  BagPoolMapLayout layout;
  guint cell = 0;

  bag_pool_map_get_layout (self, &layout);
  cell = slot / layout.slots_per_cell;
  area->x = bag_pool_map_layout_get_x (&layout, cell);
  area->y = bag_pool_map_layout_get_y (&layout, cell);
  area->width = area->height = bag_pool_map_layout_get_cell_size (&layout);
}

gboolean
bag_pool_map_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  BagPoolMap *self = BAG_POOL_MAP (widget);
  guint slot = keyboard_tooltip ? self->selected : bag_pool_map_get_slot_at (self, x, y);
  g_autofree char *text = NULL;
  GdkRectangle area;

  if (slot >= self->slots->len)
    return FALSE;

  text = bag_pool_map_describe_slot (self, slot);
  get_tip_area (self, slot, &area);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

void
bag_pool_map_add_input (BagPoolMap *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_entered), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
}
