/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-session-status.h"

/*
 * The view-model: the only one that writes what widgets show. This file holds
 * the type, its properties and what merely reads them.
 */

G_DEFINE_FINAL_TYPE (BagSession, bag_session, G_TYPE_OBJECT)

static GParamSpec *properties[BAG_SESSION_N_PROPS];
static guint states_changed_signal;

void
bag_session_notify (BagSession *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Takes @value, which may be NULL; notifies when it is another text. */
void
bag_session_set_text (BagSession *self, char **text, guint property, char *value)
{
  g_autofree char *former = *text;

  *text = value;
  if (g_strcmp0 (former, value) != 0)
    bag_session_notify (self, property);
}

void
bag_session_emit_states_changed (BagSession *self, guint first, guint last)
{
  g_signal_emit (self, states_changed_signal, 0, first, last);
}

static void
on_slot_changed (BagSession *self)
{
  if (self->prefetcher != NULL)
    bag_prefetcher_pool_changed (self->prefetcher);
}

static void
get_bag_property (BagSession *self, guint id, GValue *value)
{
  switch (id)
    {
    case BAG_SESSION_PROP_SCAN:
      g_value_set_object (value, self->scan);
      break;
    case BAG_SESSION_PROP_SCANS:
      g_value_set_object (value, self->scans);
      break;
    case BAG_SESSION_PROP_LOADING:
      g_value_set_boolean (value, bag_session_get_loading (self));
      break;
    case BAG_SESSION_PROP_OPENING_TEXT:
      g_value_set_string (value, self->opening_text);
      break;
    case BAG_SESSION_PROP_OPENING_FRACTION:
      g_value_set_double (value, self->opening_fraction);
      break;
    case BAG_SESSION_PROP_BAG_ID:
      g_value_set_string (value, self->bag_id);
      break;
    case BAG_SESSION_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case BAG_SESSION_PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case BAG_SESSION_PROP_PROBE:
      g_value_set_string (value, self->probe);
      break;
    case BAG_SESSION_PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case BAG_SESSION_PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
get_view_property (BagSession *self, guint id, GValue *value)
{
  switch (id)
    {
    case BAG_SESSION_PROP_POOL:
      g_value_set_boxed (value, self->pool);
      break;
    case BAG_SESSION_PROP_N_SLICES:
      g_value_set_uint (value, bag_session_get_n_slices (self));
      break;
    case BAG_SESSION_PROP_SLICE_INDEX:
      g_value_set_uint (value, self->slice_index);
      break;
    case BAG_SESSION_PROP_SLICE_NUMBER:
      g_value_set_uint (value, self->scan != NULL ? self->slice_index + 1 : 0);
      break;
    case BAG_SESSION_PROP_SLICE:
      g_value_set_boxed (value, self->slice);
      break;
    case BAG_SESSION_PROP_DRAWN_INDEX:
      g_value_set_uint (value, self->drawn_index);
      break;
    case BAG_SESSION_PROP_EXACT:
      g_value_set_boolean (value, self->exact);
      break;
    case BAG_SESSION_PROP_SLICE_ERROR:
      g_value_set_string (value, self->slice_error);
      break;
    case BAG_SESSION_PROP_WINDOW_CENTER:
      g_value_set_double (value, self->window.center);
      break;
    case BAG_SESSION_PROP_WINDOW_WIDTH:
      g_value_set_double (value, self->window.width);
      break;
    case BAG_SESSION_PROP_WINDOW_FUNCTION:
      g_value_set_uint (value, self->window.function);
      break;
    case BAG_SESSION_PROP_INVERTED:
      g_value_set_boolean (value, self->inverted);
      break;
    case BAG_SESSION_PROP_POOL_BUDGET:
      g_value_set_uint64 (value, self->pool_budget);
      break;
    case BAG_SESSION_PROP_BUDGET_IN_FORCE:
      g_value_set_uint64 (value, bag_session_get_budget_in_force (self));
      break;
    case BAG_SESSION_PROP_BAG_NUMBER:
      g_value_set_uint (value, self->bag_number);
      break;
    case BAG_SESSION_PROP_N_SEEN:
      g_value_set_uint (value, self->n_seen);
      break;
    case BAG_SESSION_PROP_ISOLATION:
      g_value_set_string (value, self->isolation);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_bag_property (guint id)
{
  return id == BAG_SESSION_PROP_SCAN || id == BAG_SESSION_PROP_SCANS || id >= BAG_SESSION_PROP_OPENING_TEXT || (id >= BAG_SESSION_PROP_LOADING && id <= BAG_SESSION_PROP_NOTICE);
}

static void
bag_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == 0 || id >= BAG_SESSION_N_PROPS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (id >= BAG_SESSION_PROP_ALARMS && id <= BAG_SESSION_PROP_REPORT_TEXT)
    bag_session_get_alarm_property (BAG_SESSION (object), id, value);
  else if (id >= BAG_SESSION_PROP_ELEMENTS)
    bag_session_get_elements_property (BAG_SESSION (object), id, value);
  else if (is_bag_property (id))
    get_bag_property (BAG_SESSION (object), id, value);
  else
    get_view_property (BAG_SESSION (object), id, value);
}

static void
bag_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BagSession *self = BAG_SESSION (object);

  switch (id)
    {
    case BAG_SESSION_PROP_SLICE_INDEX:
      bag_session_set_slice_index (self, g_value_get_uint (value));
      break;
    case BAG_SESSION_PROP_SLICE_NUMBER:
      bag_session_set_slice_index (self, MAX (g_value_get_uint (value), 1) - 1);
      break;
    case BAG_SESSION_PROP_WINDOW_CENTER:
      bag_session_set_window (self, g_value_get_double (value), self->window.width);
      break;
    case BAG_SESSION_PROP_WINDOW_WIDTH:
      bag_session_set_window (self, self->window.center, g_value_get_double (value));
      break;
    case BAG_SESSION_PROP_INVERTED:
      bag_session_set_inverted (self, g_value_get_boolean (value));
      break;
    case BAG_SESSION_PROP_POOL_BUDGET:
      bag_session_set_pool_budget (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bag_session_dispose (GObject *object)
{
  BagSession *self = BAG_SESSION (object);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  bag_session_forget_elements (self);
  bag_session_stop_slices (self);
  g_clear_pointer (&self->slice, bag_slice_unref);
  g_clear_object (&self->monitor);
  if (self->pool != NULL)
    bag_pool_close (self->pool, NULL);
  g_clear_pointer (&self->pool, bag_pool_unref);
  g_clear_object (&self->scan);
  g_clear_object (&self->scans);
  if (self->shelf != NULL)
    bag_scan_shelf_stop (self->shelf);
  g_clear_object (&self->shelf);
  g_clear_object (&self->decoder);

  G_OBJECT_CLASS (bag_session_parent_class)->dispose (object);
}

static void
bag_session_finalize (GObject *object)
{
  BagSession *self = BAG_SESSION (object);

  g_clear_pointer (&self->bag_id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->probe, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->slice_error, g_free);
  g_clear_pointer (&self->opening_text, g_free);
  g_clear_pointer (&self->alarm_text, g_free);
  g_clear_pointer (&self->report_text, g_free);
  g_clear_pointer (&self->elements_text, g_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);

  G_OBJECT_CLASS (bag_session_parent_class)->finalize (object);
}

static void
add_bag_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[BAG_SESSION_PROP_SCAN] = g_param_spec_object ("scan", NULL, NULL, BAG_TYPE_SCAN, flags);
  properties[BAG_SESSION_PROP_SCANS] = g_param_spec_object ("scans", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[BAG_SESSION_PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[BAG_SESSION_PROP_OPENING_TEXT] = g_param_spec_string ("opening-text", NULL, NULL, "", flags);
  properties[BAG_SESSION_PROP_OPENING_FRACTION] = g_param_spec_double ("opening-fraction", NULL, NULL, 0, 1, 0, flags);
  properties[BAG_SESSION_PROP_BAG_ID] = g_param_spec_string ("bag-id", NULL, NULL, "", flags);
  properties[BAG_SESSION_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[BAG_SESSION_PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, "", flags);
  properties[BAG_SESSION_PROP_PROBE] = g_param_spec_string ("probe", NULL, NULL, "", flags);
  properties[BAG_SESSION_PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[BAG_SESSION_PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
}

static void
add_alarm_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[BAG_SESSION_PROP_ALARMS] = g_param_spec_object ("alarms", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[BAG_SESSION_PROP_ALARM_INDEX] = g_param_spec_uint ("alarm-index", NULL, NULL, 0, G_MAXUINT, BAG_SESSION_NO_ALARM, flags);
  properties[BAG_SESSION_PROP_ALARM_TEXT] = g_param_spec_string ("alarm-text", NULL, NULL, "", flags);
  properties[BAG_SESSION_PROP_REPORT_TEXT] = g_param_spec_string ("report-text", NULL, NULL, NULL, flags);
}

static void
add_elements_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[BAG_SESSION_PROP_ELEMENTS] = g_param_spec_object ("elements", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[BAG_SESSION_PROP_ELEMENTS_TEXT] = g_param_spec_string ("elements-text", NULL, NULL, NULL, flags);
  properties[BAG_SESSION_PROP_ELEMENTS_REVEALED] = g_param_spec_boolean ("elements-revealed", NULL, NULL, FALSE, flags);
}

static void
add_view_properties (void)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[BAG_SESSION_PROP_POOL] = g_param_spec_boxed ("pool", NULL, NULL, BAG_TYPE_POOL, flags);
  properties[BAG_SESSION_PROP_N_SLICES] = g_param_spec_uint ("n-slices", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[BAG_SESSION_PROP_SLICE_INDEX] = g_param_spec_uint ("slice-index", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[BAG_SESSION_PROP_SLICE_NUMBER] = g_param_spec_uint ("slice-number", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[BAG_SESSION_PROP_SLICE] = g_param_spec_boxed ("slice", NULL, NULL, BAG_TYPE_SLICE, flags);
  properties[BAG_SESSION_PROP_DRAWN_INDEX] = g_param_spec_uint ("drawn-index", NULL, NULL, 0, G_MAXUINT, BAG_SESSION_NO_SLICE, flags);
  properties[BAG_SESSION_PROP_EXACT] = g_param_spec_boolean ("exact", NULL, NULL, FALSE, flags);
  properties[BAG_SESSION_PROP_SLICE_ERROR] = g_param_spec_string ("slice-error", NULL, NULL, NULL, flags);
  properties[BAG_SESSION_PROP_WINDOW_CENTER] = g_param_spec_double ("window-center", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, BAG_SESSION_DEFAULT_CENTER, rw);
  properties[BAG_SESSION_PROP_WINDOW_WIDTH] = g_param_spec_double ("window-width", NULL, NULL, BAG_WINDOW_LEAST_WIDTH, G_MAXDOUBLE, BAG_SESSION_DEFAULT_WIDTH, rw);
  properties[BAG_SESSION_PROP_WINDOW_FUNCTION] = g_param_spec_uint ("window-function", NULL, NULL, 0, BAG_N_VOI_FUNCTIONS - 1, BAG_VOI_FUNCTION_LINEAR, flags);
  properties[BAG_SESSION_PROP_INVERTED] = g_param_spec_boolean ("inverted", NULL, NULL, FALSE, rw);
  properties[BAG_SESSION_PROP_POOL_BUDGET] = g_param_spec_uint64 ("pool-budget", NULL, NULL, 0, G_MAXUINT64, 0, rw);
  properties[BAG_SESSION_PROP_BUDGET_IN_FORCE] = g_param_spec_uint64 ("budget-in-force", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[BAG_SESSION_PROP_BAG_NUMBER] = g_param_spec_uint ("bag-number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[BAG_SESSION_PROP_ISOLATION] = g_param_spec_string ("isolation", NULL, NULL, NULL, flags);
  properties[BAG_SESSION_PROP_N_SEEN] = g_param_spec_uint ("n-seen", NULL, NULL, 0, G_MAXUINT, 0, flags);
}

static void
bag_session_class_init (BagSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bag_session_get_property;
  object_class->set_property = bag_session_set_property;
  object_class->dispose = bag_session_dispose;
  object_class->finalize = bag_session_finalize;

  add_bag_properties ();
  add_view_properties ();
  add_alarm_properties ();
  add_elements_properties ();
  g_object_class_install_properties (object_class, BAG_SESSION_N_PROPS, properties);

  states_changed_signal = g_signal_new ("slice-states-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
bag_session_init (BagSession *self)
{
  self->scans = g_list_store_new (BAG_TYPE_SCAN);
  self->shelf = bag_scan_shelf_new ();
  self->monitor = bag_pool_monitor_new ();
  g_signal_connect_object (self->monitor, "slot-changed", G_CALLBACK (on_slot_changed), self, G_CONNECT_SWAPPED);
  self->bag_id = g_strdup ("");
  self->title = bag_format_title ("");
  self->status = g_strdup ("");
  self->probe = g_strdup ("");
  self->drawn_index = BAG_SESSION_NO_SLICE;
  self->opening_text = g_strdup ("");
  self->alarm_text = g_strdup ("");
  self->alarm_index = BAG_SESSION_NO_ALARM;
  self->elements_file = BAG_SESSION_NO_FILE;
  bag_session_init_seen (self);
  self->window = (BagWindowLevel){ BAG_SESSION_DEFAULT_CENTER, BAG_SESSION_DEFAULT_WIDTH, BAG_VOI_FUNCTION_LINEAR };
  self->scan_window = self->window;
  self->default_budget = bag_pool_get_default_budget ();
  bag_limits_init (&self->limits);
}

/**
 * bag_session_new:
 * @pool_budget: bytes that slices may take; 0 for the default
 *
 * Returns: (transfer full): a session with nothing on the desk
 */
BagSession *
bag_session_new (guint64 pool_budget)
{
  return g_object_new (BAG_TYPE_SESSION, "pool-budget", pool_budget, NULL);
}
