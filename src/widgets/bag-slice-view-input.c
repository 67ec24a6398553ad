/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-scroll-steps.h"
#include "widgets/bag-slice-view-private.h"

#include <math.h>

/*
 * Wheel, buttons and pointer on the slice view. Each button has a gesture of its
 * own, so a drag always ends as what it began.
 */

/* The way of the pointer that doubles the width, and the part of the width that
 * moves the centre at the same way. */
#define DOUBLING_WAY 200.0

typedef enum
{
  DRAG_NONE,
  DRAG_PICTURE,
  DRAG_WINDOW,
} Drag;

typedef struct
{
  BagSliceView *view; /* borrowed: it owns the controllers, and they own this */
  double scroll_rest;
  Drag drag;
  double from_column, from_row;
  BagWindowLevel from_window;
} Input;

static gboolean
on_scroll (GtkEventControllerScroll *controller,
           double dx,
           double dy,
           Input *input)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  BagSession *session = bag_slice_view_get_session (input->view);
  int steps;

  if (session == NULL || bag_session_get_scan (session) == NULL)
    return GDK_EVENT_PROPAGATE;

  dy = bag_scroll_steps_get_notches (gtk_event_controller_scroll_get_unit (controller), dy);
  steps = bag_scroll_steps_add (&input->scroll_rest, dy);
  if (steps == 0)
    return GDK_EVENT_STOP;

  if (state & GDK_CONTROL_MASK)
    bag_slice_view_zoom_at (input->view, pow (BAG_SLICE_VIEW_ZOOM_STEP, -steps), NAN, NAN);
  else
    bag_session_step (session, steps);

  return GDK_EVENT_STOP;
}

static Drag
choose_drag (BagSliceView *view,
             guint button)
{
  switch (button)
    {
    case GDK_BUTTON_PRIMARY:
      return bag_slice_view_get_mode (view) == BAG_SLICE_VIEW_MODE_WINDOW ? DRAG_WINDOW : DRAG_PICTURE;
    case GDK_BUTTON_SECONDARY:
      return DRAG_WINDOW;
    default:
      return DRAG_PICTURE;
    }
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double x,
               double y,
               Input *input)
{
  BagSession *session = bag_slice_view_get_session (input->view);

  gtk_widget_grab_focus (GTK_WIDGET (input->view));
  if (session == NULL || bag_session_get_scan (session) == NULL)
    return;

  input->from_column = input->view->viewport.focus_column;
  input->from_row = input->view->viewport.focus_row;
  bag_session_get_window (session, &input->from_window);
  input->drag = choose_drag (input->view, gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (gesture)));
}

static void
drag_picture (Input *input,
              double dx,
              double dy)
{
  const BagViewport *viewport = &input->view->viewport;
  BagSliceTransform transform;

  if (viewport->zoom <= 0)
    return;

  bag_viewport_get_transform (viewport, &transform);
  bag_slice_view_pan_to (input->view,
                         input->from_column - dx / transform.scale_x,
                         input->from_row - dy / transform.scale_y);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (input->view), "grabbing");
}

/* To the right: wider, less contrast. Downwards: higher centre, darker. Both in
 * measure of the width that the drag began with, so that it feels the same in
 * every unit, and going back the same way gives the same window. */
static void
drag_window (Input *input,
             double dx,
             double dy)
{
  BagSession *session = bag_slice_view_get_session (input->view);
  const BagWindowLevel *from = &input->from_window;

  if (session != NULL)
    bag_session_set_window (session,
                            from->center + from->width * dy / (2 * DOUBLING_WAY),
                            from->width * exp2 (dx / DOUBLING_WAY));
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double dx,
                double dy,
                Input *input)
{
  switch (input->drag)
    {
    case DRAG_PICTURE:
      drag_picture (input, dx, dy);
      break;
    case DRAG_WINDOW:
      drag_window (input, dx, dy);
      break;
    case DRAG_NONE:
    default:
      break;
    }
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double dx,
             double dy,
             Input *input)
{
  input->drag = DRAG_NONE;
  gtk_widget_set_cursor (GTK_WIDGET (input->view), NULL);
}

static void
on_pressed (GtkGestureClick *gesture,
            int n_press,
            double x,
            double y,
            Input *input)
{
  if (n_press == 2)
    bag_slice_view_fit (input->view);
}

static void
on_motion (GtkEventControllerMotion *controller,
           double x,
           double y,
           Input *input)
{
  bag_slice_view_set_pointer (input->view, TRUE, x, y);
}

static void
on_leave (GtkEventControllerMotion *controller,
          Input *input)
{
  bag_slice_view_set_pointer (input->view, FALSE, 0, 0);
}

static void
add_drag (Input *input,
          guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), input);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), input);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), input);
  gtk_widget_add_controller (GTK_WIDGET (input->view), GTK_EVENT_CONTROLLER (drag));
}

/**
 * bag_slice_view_add_input:
 *
 * Lets the operator work on the view with wheel and pointer. Once a view.
 */
void
bag_slice_view_add_input (BagSliceView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  Input *input = g_new0 (Input, 1);

  input->view = self;
  g_object_set_data_full (G_OBJECT (self), "bag-slice-view-input", input, g_free);

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), input);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), input);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), input);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), input);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), input);

  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  add_drag (input, GDK_BUTTON_PRIMARY);
  add_drag (input, GDK_BUTTON_MIDDLE);
  add_drag (input, GDK_BUTTON_SECONDARY);
}
