/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-view.h"

#include "widgets/bag-slice-notes.h"
#include "widgets/bag-slice-overlay.h"
#include "widgets/bag-slice-view-private.h"

#include <glib/gi18n.h>

/*
 * The slice on the screen. Everything is decided when the session, the size or
 * the zoom changes; snapshot only puts down what is ready.
 */
enum
{
  PROP_0,
  PROP_SESSION,
  PROP_ZOOM,
  PROP_MODE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagSliceView, bag_slice_view, GTK_TYPE_WIDGET)

G_DEFINE_ENUM_TYPE (BagSliceViewMode, bag_slice_view_mode, G_DEFINE_ENUM_VALUE (BAG_SLICE_VIEW_MODE_SCROLL, "scroll"), G_DEFINE_ENUM_VALUE (BAG_SLICE_VIEW_MODE_WINDOW, "window"))

#define LEAST_SIZE 240

/* Each bag begins as a whole. */
static void
bag_slice_view_update_scan (BagSliceView *self)
{
  BagScan *scan = self->session != NULL ? bag_session_get_scan (self->session) : NULL;
  double old_zoom = self->viewport.zoom;

  if (!g_set_object (&self->scan, scan))
    return;

  if (scan != NULL)
    {
      const BagPixelLayout *layout = bag_scan_get_layout (scan);

      bag_viewport_set_slice (&self->viewport, layout->columns, layout->rows, bag_scan_get_pixel_aspect (scan));
    }
  else
    {
      bag_viewport_set_slice (&self->viewport, 0, 0, 1);
    }

  bag_viewport_set_zoom (&self->viewport, 0);
  bag_slice_view_viewport_changed (self, old_zoom);
}

/* --- What is drawn --- */

/* Returns: whether the session has a slice to draw */
static gboolean
bag_slice_view_get_parameters (BagSliceView *self,
                               BagPaintParameters *parameters)
{
  const BagPixelLayout *layout;
  BagSlotScale scale;
  guint drawn;

  if (self->scan == NULL || bag_session_get_slice (self->session) == NULL)
    return FALSE;

  drawn = bag_session_get_drawn_index (self->session);
  if (drawn >= bag_scan_get_n_slices (self->scan))
    return FALSE;

  layout = bag_scan_get_layout (self->scan);
  scale = bag_scan_get_slot_scale (self->scan, drawn);
  parameters->columns = layout->columns;
  parameters->rows = layout->rows;
  parameters->is_signed = scale.is_signed;
  parameters->slope = scale.slope;
  parameters->intercept = scale.intercept;
  parameters->inverted = !bag_scan_is_inverted (self->scan) != !bag_session_get_inverted (self->session);
  bag_session_get_window (self->session, &parameters->window);

  return TRUE;
}

static void
bag_slice_view_update_picture (BagSliceView *self)
{
  BagPaintParameters parameters;
  gboolean is_failed = self->scan != NULL && bag_session_get_slice_error (self->session) != NULL;
  gboolean changed;

  if (bag_slice_view_get_parameters (self, &parameters))
    {
      changed = bag_slice_painter_update (self->painter, bag_session_get_slice (self->session), &parameters);
    }
  else
    {
      changed = !bag_slice_painter_is_empty (self->painter);
      bag_slice_painter_clear (self->painter);
    }

  if (changed || self->is_failed != is_failed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->is_failed = is_failed;
}

/* Those of the slice that is seen; of the wanted one where it cannot be shown. */
static void
bag_slice_view_update_alarms (BagSliceView *self)
{
  guint index = self->session == NULL ? G_MAXUINT : self->is_failed ? bag_session_get_slice_index (self->session)
                                                                    : bag_session_get_drawn_index (self->session);

  if (bag_alarm_overlay_update (self->alarms, GTK_WIDGET (self), self->session, index))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bag_slice_view_update_description (BagSliceView *self)
{
  const char *status = self->session != NULL ? bag_session_get_status (self->session) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  status != NULL ? status : "",
                                  -1);
}

static void
bag_slice_view_update (BagSliceView *self)
{
  bag_slice_view_update_scan (self);
  bag_slice_view_update_picture (self);
  bag_slice_view_update_alarms (self);
}

static void
bag_slice_view_update_all (BagSliceView *self)
{
  bag_slice_view_update (self);
  bag_slice_view_update_description (self);
  bag_slice_view_tell_pointer (self);
}

/* --- Snapshot --- */

static void
get_picture_bounds (BagSliceView *self,
                    const BagSliceTransform *transform,
                    graphene_rect_t *bounds)
{
  const BagViewport *viewport = &self->viewport;
  graphene_rect_t view;

  graphene_rect_init (bounds,
                      (float) transform->x,
                      (float) transform->y,
                      (float) (viewport->columns * transform->scale_x),
                      (float) (viewport->rows * transform->scale_y));
  graphene_rect_init (&view, 0, 0, (float) viewport->width, (float) viewport->height);
  if (!graphene_rect_intersection (bounds, &view, bounds))
    graphene_rect_init (bounds, 0, 0, 0, 0);
}

static void
bag_slice_view_snapshot_picture (BagSliceView *self,
                                 GtkSnapshot *snapshot)
{
  BagSliceTransform transform;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->scan == NULL)
    return;

  bag_viewport_get_transform (&self->viewport, &transform);
  get_picture_bounds (self, &transform, &bounds);
  if (bounds.size.width <= 0 || bounds.size.height <= 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (self->is_failed)
    bag_slice_overlay_draw_hatch (cr, &bounds);
  else
    bag_slice_painter_paint (self->painter, cr, &transform);
  cairo_destroy (cr);
  bag_alarm_overlay_snapshot (self->alarms, snapshot, &transform, self->viewport.width, self->viewport.height);
  bag_slice_view_note_painted (self);
}

static void
bag_slice_view_snapshot (GtkWidget *widget,
                         GtkSnapshot *snapshot)
{
  BagSliceView *self = BAG_SLICE_VIEW (widget);
  const GdkRGBA black = { 0, 0, 0, 1 };

  gtk_snapshot_append_color (snapshot, &black, &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height));
  bag_slice_view_snapshot_picture (self, snapshot);
  bag_slice_overlay_snapshot_scale (snapshot, self->scale_text, self->scale_length, self->viewport.height);
  GTK_WIDGET_CLASS (bag_slice_view_parent_class)->snapshot (widget, snapshot);
}

/* --- Widget --- */

static void
bag_slice_view_update_size (BagSliceView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale_factor = gtk_widget_get_scale_factor (widget);

  bag_slice_painter_set_device_scale (self->painter, scale_factor);
  if (bag_viewport_set_size (&self->viewport, gtk_widget_get_width (widget), gtk_widget_get_height (widget), scale_factor))
    bag_slice_view_viewport_changed (self, self->viewport.zoom);
}

static void
bag_slice_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (BAG_SLICE_VIEW (widget)->notes, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
bag_slice_view_size_allocate (GtkWidget *widget,
                              int width,
                              int height,
                              int baseline)
{
  BagSliceView *self = BAG_SLICE_VIEW (widget);

  gtk_widget_allocate (self->notes, width, height, baseline, NULL);
  bag_slice_view_update_size (self);
}

static void
on_scale_factor_changed (BagSliceView *self)
{
  bag_slice_view_update_size (self);
}

static void
bag_slice_view_get_property (GObject *object,
                             guint prop_id,
                             GValue *value,
                             GParamSpec *pspec)
{
  BagSliceView *self = BAG_SLICE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->viewport.zoom);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_slice_view_set_property (GObject *object,
                             guint prop_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  BagSliceView *self = BAG_SLICE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      bag_slice_view_set_session (self, g_value_get_object (value));
      break;
    case PROP_ZOOM:
      bag_slice_view_set_zoom (self, g_value_get_double (value));
      break;
    case PROP_MODE:
      bag_slice_view_set_mode (self, (BagSliceViewMode) g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_slice_view_dispose (GObject *object)
{
  BagSliceView *self = BAG_SLICE_VIEW (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->frames);
  g_clear_object (&self->session);
  g_clear_object (&self->scan);
  g_clear_object (&self->scale_text);
  g_clear_pointer (&self->alarms, bag_alarm_overlay_free);
  g_clear_pointer (&self->painter, bag_slice_painter_free);
  g_clear_pointer (&self->notes, gtk_widget_unparent);

  G_OBJECT_CLASS (bag_slice_view_parent_class)->dispose (object);
}

static void
bag_slice_view_class_init (BagSliceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = bag_slice_view_dispose;
  object_class->get_property = bag_slice_view_get_property;
  object_class->set_property = bag_slice_view_set_property;
  widget_class->measure = bag_slice_view_measure;
  widget_class->size_allocate = bag_slice_view_size_allocate;
  widget_class->snapshot = bag_slice_view_snapshot;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, BAG_SLICE_MAX_SCALE, 0, flags);
  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, BAG_TYPE_SLICE_VIEW_MODE, BAG_SLICE_VIEW_MODE_SCROLL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "sliceview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* The session tells of several changes at once; what did not change costs a
 * comparison each. */
static void
bag_slice_view_watch_session (BagSliceView *self)
{
  static const char *const changes[] = {
    "notify::scan",
    "notify::slice",
    "notify::drawn-index",
    "notify::slice-error",
    "notify::window-center",
    "notify::window-width",
    "notify::window-function",
    "notify::inverted",
    "notify::alarm-index",
  };

  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_group_connect_swapped (self->session_signals, changes[i], G_CALLBACK (bag_slice_view_update), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::status", G_CALLBACK (bag_slice_view_update_description), self);
}

static void
bag_slice_view_init (BagSliceView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->painter = bag_slice_painter_new ();
  self->alarms = bag_alarm_overlay_new ();
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (widget, LEAST_SIZE, LEAST_SIZE);
  self->notes = bag_slice_notes_new ();
  gtk_widget_set_parent (self->notes, widget);
  self->scale_text = gtk_widget_create_pango_layout (widget, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slice view"), -1);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_changed), NULL);
  bag_slice_view_watch_session (self);
  bag_slice_view_watch_frames (self);
  bag_slice_view_add_input (self);
  bag_slice_view_update_all (self);
}

/**
 * bag_slice_view_new:
 *
 * Returns: (transfer floating): a view without a session
 */
GtkWidget *
bag_slice_view_new (void)
{
  return g_object_new (BAG_TYPE_SLICE_VIEW, NULL);
}

/**
 * bag_slice_view_get_session:
 *
 * Returns: (transfer none) (nullable): the session
 */
BagSession *
bag_slice_view_get_session (BagSliceView *self)
{
  g_return_val_if_fail (BAG_IS_SLICE_VIEW (self), NULL);

  return self->session;
}

void
bag_slice_view_set_session (BagSliceView *self,
                            BagSession *session)
{
  g_return_if_fail (BAG_IS_SLICE_VIEW (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    bag_session_set_pointer (self->session, FALSE, 0, 0);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  bag_slice_notes_set_session (BAG_SLICE_NOTES (self->notes), session);
  bag_slice_view_update_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

BagSliceViewMode
bag_slice_view_get_mode (BagSliceView *self)
{
  g_return_val_if_fail (BAG_IS_SLICE_VIEW (self), BAG_SLICE_VIEW_MODE_SCROLL);

  return self->mode;
}

void
bag_slice_view_set_mode (BagSliceView *self,
                         BagSliceViewMode mode)
{
  g_return_if_fail (BAG_IS_SLICE_VIEW (self));

  if (self->mode == mode)
    return;

  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}
