/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-ruler.h"

#include "widgets/bag-ruler-words.h"
#include "widgets/bag-scroll-steps.h"
#include "widgets/bag-slice-ruler-private.h"

#include <glib/gi18n.h>

/* The ruler beside the picture: its input, and what it tells of itself. */
enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagSliceRuler, bag_slice_ruler, GTK_TYPE_WIDGET)

#define LEAST_HEIGHT 64

static void
bag_slice_ruler_go_to (BagSliceRuler *self,
                       double y)
{
  if (self->session != NULL && self->n_slices > 0)
    bag_session_set_slice_index (self->session,
                                 bag_slice_ruler_get_index_at (self, y));
}

static void
on_drag_begin (BagSliceRuler *self,
               double x,
               double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_y = y;
  bag_slice_ruler_go_to (self, y);
}

static void
on_drag_update (BagSliceRuler *self,
                double dx,
                double dy)
{
  bag_slice_ruler_go_to (self, self->drag_y + dy);
}

static gboolean
on_scroll (BagSliceRuler *self,
           double dx,
           double dy,
           GtkEventControllerScroll *controller)
{
  int steps;

  if (self->session == NULL || self->n_slices == 0)
    return GDK_EVENT_PROPAGATE;

  dy = bag_scroll_steps_get_notches (gtk_event_controller_scroll_get_unit (controller), dy);
  steps = bag_scroll_steps_add (&self->scroll_rest, dy);
  if (steps != 0)
    bag_session_step (self->session, steps);

  return GDK_EVENT_STOP;
}

/* As the session has it now, whatever was drawn. */
static void
bag_slice_ruler_get_words (BagSliceRuler *self,
                           guint index,
                           BagRulerWords *words)
{
  *words = (BagRulerWords){ .n_slices = self->n_slices, .index = index };
  if (self->session == NULL)
    return;

  words->n_seen = bag_session_get_n_seen (self->session);
  words->state = bag_session_get_slice_state (self->session, index);
  words->is_seen = bag_session_is_slice_seen (self->session, index);
  words->marks = index < self->n_slices ? bag_scan_get_marks (bag_session_get_scan (self->session), index) : 0;
}

void
bag_slice_ruler_update_accessible (BagSliceRuler *self)
{
  guint number = self->n_slices > 0 ? self->index + 1 : 0;
  g_autofree char *text = NULL;
  g_autofree char *seen = NULL;
  BagRulerWords words;

  bag_slice_ruler_get_words (self, self->index, &words);
  text = bag_ruler_words_format_value (&words);
  seen = bag_ruler_words_format_seen (&words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  self->n_slices > 0 ? 1.0 : 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) self->n_slices,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) number,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  seen,
                                  -1);
}

static gboolean
bag_slice_ruler_query_tooltip (GtkWidget *widget,
                               int x,
                               int y,
                               gboolean is_keyboard,
                               GtkTooltip *tooltip)
{
  BagSliceRuler *self = BAG_SLICE_RULER (widget);
  guint index = is_keyboard ? self->index : bag_slice_ruler_get_index_at (self, y);
  g_autofree char *text = NULL;
  BagRulerWords words;
  GdkRectangle area;

  if (self->n_slices == 0)
    return FALSE;

  bag_slice_ruler_get_words (self, index, &words);
  bag_slice_ruler_get_area (self, index, &area);
  text = bag_ruler_words_format_tooltip (&words);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

static void
on_index_changed (BagSliceRuler *self)
{
  guint index = self->session != NULL ? bag_session_get_slice_index (self->session) : 0;

  if (self->index == index)
    return;

  self->index = index;
  bag_slice_ruler_update_accessible (self);
  bag_slice_ruler_scale_changed (self);
}

static void
on_scan_changed (BagSliceRuler *self)
{
  self->n_slices = self->session != NULL ? bag_session_get_n_slices (self->session) : 0;
  self->index = self->session != NULL ? bag_session_get_slice_index (self->session) : 0;
  self->scroll_rest = 0;
  bag_slice_ruler_reset_states (self);
  bag_slice_ruler_update_accessible (self);
  bag_slice_ruler_scale_changed (self);
}

static void
bag_slice_ruler_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? BAG_SLICE_RULER_WIDTH : LEAST_HEIGHT;
  *natural = *minimum;
}

static void
bag_slice_ruler_size_allocate (GtkWidget *widget,
                               int width,
                               int height,
                               int baseline)
{
  bag_slice_ruler_scale_changed (BAG_SLICE_RULER (widget));
}

/* The theme's colours, or its font. */
static void
bag_slice_ruler_css_changed (GtkWidget *widget,
                             GtkCssStyleChange *change)
{
  BagSliceRuler *self = BAG_SLICE_RULER (widget);

  GTK_WIDGET_CLASS (bag_slice_ruler_parent_class)->css_changed (widget, change);
  if (self->text != NULL)
    pango_layout_context_changed (self->text);
  bag_slice_ruler_scale_changed (self);
}

static void
bag_slice_ruler_get_property (GObject *object,
                              guint prop_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_SLICE_RULER (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_slice_ruler_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_slice_ruler_set_session (BAG_SLICE_RULER (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_slice_ruler_dispose (GObject *object)
{
  BagSliceRuler *self = BAG_SLICE_RULER (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_object (&self->text);
  g_clear_pointer (&self->scale, gsk_render_node_unref);
  g_clear_pointer (&self->states, g_free);
  g_clear_pointer (&self->seen, g_free);
  self->n_slices = 0;

  G_OBJECT_CLASS (bag_slice_ruler_parent_class)->dispose (object);
}

static void
bag_slice_ruler_class_init (BagSliceRulerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bag_slice_ruler_dispose;
  object_class->get_property = bag_slice_ruler_get_property;
  object_class->set_property = bag_slice_ruler_set_property;
  widget_class->measure = bag_slice_ruler_measure;
  widget_class->size_allocate = bag_slice_ruler_size_allocate;
  widget_class->css_changed = bag_slice_ruler_css_changed;
  widget_class->snapshot = bag_slice_ruler_snapshot;
  widget_class->query_tooltip = bag_slice_ruler_query_tooltip;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "sliceruler");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
bag_slice_ruler_add_input (BagSliceRuler *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

static void
bag_slice_ruler_init (BagSliceRuler *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "slice-states-changed", G_CALLBACK (bag_slice_ruler_mark_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::slice-index", G_CALLBACK (on_index_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::n-slices", G_CALLBACK (on_scan_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (on_scan_changed), self);

  self->text = gtk_widget_create_pango_layout (widget, NULL);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slice number"), -1);
  bag_slice_ruler_reset_states (self);
  bag_slice_ruler_update_accessible (self);
  bag_slice_ruler_add_input (self);
}

/**
 * bag_slice_ruler_new:
 *
 * Returns: (transfer floating): a ruler without a session
 */
GtkWidget *
bag_slice_ruler_new (void)
{
  return g_object_new (BAG_TYPE_SLICE_RULER, NULL);
}

/**
 * bag_slice_ruler_get_session:
 *
 * Returns: (transfer none) (nullable): the session
 */
BagSession *
bag_slice_ruler_get_session (BagSliceRuler *self)
{
  g_return_val_if_fail (BAG_IS_SLICE_RULER (self), NULL);

  return self->session;
}

void
bag_slice_ruler_set_session (BagSliceRuler *self,
                             BagSession *session)
{
  g_return_if_fail (BAG_IS_SLICE_RULER (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  on_scan_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
