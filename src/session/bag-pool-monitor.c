/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-monitor"

#include "config.h"

#include "session/bag-pool-monitor-private.h"

/*
 * The pool changes in any thread, thousands of times a second while a bag is
 * loaded; people read four figures a second at most. The hook therefore only makes
 * one source ready, and the source, in the main loop, takes one snapshot: at once when
 * nothing was told for a while, else when that while is over. The last change is always told.
 *
 * The source belongs to the monitor from its first to its last moment and is only
 * woken, never made, by the hook. The pool promises that the hook is not running any
 * more once it has been taken away, which happens before the source goes: so no
 * thread can reach a monitor that has been finalised.
 */

/* Below the frame clock's redraw and the events: a busy pool never delays a frame. */
#define SOURCE_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

#define DEFAULT_INTERVAL_MS 250

typedef struct
{
  GSource source;
  BagPoolMonitor *monitor; /* Borrowed: the monitor destroys the source */
} MonitorSource;

enum
{
  PROP_0,
  PROP_POOL,
  PROP_ACTIVE,
  PROP_INTERVAL,
  N_PROPS,
};

enum
{
  CHANGED,
  SLOT_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BagPoolMonitor, bag_pool_monitor, G_TYPE_OBJECT)

static void
wake (BagPoolMonitor *self)
{
  if (g_atomic_int_get (&self->is_dirty) == 0 && g_atomic_int_compare_and_exchange (&self->is_dirty, 0, 1))
    g_source_set_ready_time (self->source, 0);
}

/* In whatever thread changed the pool. */
static void
on_pool_changed (BagPool *pool, gpointer user_data)
{
  wake (user_data);
}

static void
take_snapshot (BagPoolMonitor *self)
{
  guint n_slots = 0;

  if (self->pool == NULL)
    {
      self->stats = (BagPoolStats){ 0 };
      g_array_set_size (self->slots, 0);
      return;
    }

  /* The pool may be divided between the two calls: as often as it takes, mostly once. */
  do
    {
      g_array_set_size (self->slots, MAX (self->stats.n_slots, self->slots->len));
      n_slots = bag_pool_get_snapshot (self->pool, &self->stats, (BagSlotInfo *) (gpointer) self->slots->data, self->slots->len);
    }
  while (n_slots < self->stats.n_slots);
  g_array_set_size (self->slots, n_slots);
}

static void
emit_changed (BagPoolMonitor *self, gint64 now)
{
  self->is_behind = FALSE;
  self->last_changed = now;
  take_snapshot (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
tell_when_due (BagPoolMonitor *self, gint64 now)
{
  gint64 due = self->last_changed + (gint64) self->interval_ms * 1000;

  if (!self->is_active || !self->is_behind)
    return -1;
  if (now < due)
    return due;

  emit_changed (self, now);

  return -1;
}

static gint64
get_earlier (gint64 a, gint64 b)
{
  return a < 0 || b < 0 ? MAX (a, b) : MIN (a, b);
}

/* Does what is due, and comes back for the rest. */
void
bag_pool_monitor_check_deadlines (BagPoolMonitor *self)
{
  G_GNUC_UNUSED g_autoptr (BagPoolMonitor) keep_alive = g_object_ref (self);
  gint64 now = g_get_monotonic_time ();
  gint64 due = tell_when_due (self, now);

  due = get_earlier (due, bag_pool_monitor_measure_when_due (self, now));
  if (self->deadline != NULL)
    g_source_set_ready_time (self->deadline, due);
}

/* A refused request is a new figure, but would be asked again for ever if it woke
 * the queue it stands in. */
static void
emit_slot_changed (BagPoolMonitor *self)
{
  guint serial = self->pool != NULL ? bag_pool_get_change_serial (self->pool) : 0;

  if (serial == self->serial)
    return;

  self->serial = serial;
  g_signal_emit (self, signals[SLOT_CHANGED], 0);
}

static gboolean
on_source_ready (GSource *source, GSourceFunc func, gpointer user_data)
{
  g_autoptr (BagPoolMonitor) self = g_object_ref (((MonitorSource *) source)->monitor);

  /* Before the snapshot: a change from here on makes the source ready again. */
  g_source_set_ready_time (source, -1);
  g_atomic_int_set (&self->is_dirty, 0);
  self->is_behind = TRUE;
  bag_pool_monitor_check_deadlines (self);
  emit_slot_changed (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = on_source_ready };

static gboolean
on_deadline_ready (GSource *source, GSourceFunc func, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  bag_pool_monitor_check_deadlines (((MonitorSource *) source)->monitor);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs deadline_funcs = { .dispatch = on_deadline_ready };

static void
bag_pool_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BagPoolMonitor *self = BAG_POOL_MONITOR (object);

  switch (id)
    {
    case PROP_POOL:
      g_value_set_boxed (value, self->pool);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bag_pool_monitor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BagPoolMonitor *self = BAG_POOL_MONITOR (object);

  switch (id)
    {
    case PROP_POOL:
      bag_pool_monitor_set_pool (self, g_value_get_boxed (value));
      break;
    case PROP_ACTIVE:
      bag_pool_monitor_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_INTERVAL:
      bag_pool_monitor_set_interval (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
drop_pool (BagPoolMonitor *self)
{
  if (self->pool != NULL)
    bag_pool_unset_change_func (self->pool, self);
  g_clear_pointer (&self->pool, bag_pool_unref);
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
bag_pool_monitor_dispose (GObject *object)
{
  BagPoolMonitor *self = BAG_POOL_MONITOR (object);

  drop_pool (self);
  drop_source (&self->source);
  drop_source (&self->deadline);

  G_OBJECT_CLASS (bag_pool_monitor_parent_class)->dispose (object);
}

static void
bag_pool_monitor_finalize (GObject *object)
{
  BagPoolMonitor *self = BAG_POOL_MONITOR (object);

  g_array_unref (self->slots);

  G_OBJECT_CLASS (bag_pool_monitor_parent_class)->finalize (object);
}

static void
bag_pool_monitor_class_init (BagPoolMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = bag_pool_monitor_get_property;
  object_class->set_property = bag_pool_monitor_set_property;
  object_class->dispose = bag_pool_monitor_dispose;
  object_class->finalize = bag_pool_monitor_finalize;

  properties[PROP_POOL] = g_param_spec_boxed ("pool", NULL, NULL, BAG_TYPE_POOL, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 0, G_MAXUINT / 1000, DEFAULT_INTERVAL_MS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SLOT_CHANGED] = g_signal_new ("slot-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GSource *
add_source (BagPoolMonitor *self, GSourceFuncs *funcs, const char *name)
{
  GSource *source = g_source_new (funcs, sizeof (MonitorSource));

  ((MonitorSource *) source)->monitor = self;
  g_source_set_name (source, name);
  g_source_set_priority (source, SOURCE_PRIORITY);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static void
bag_pool_monitor_init (BagPoolMonitor *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (BagSlotInfo));
  self->interval_ms = DEFAULT_INTERVAL_MS;
  self->source = add_source (self, &source_funcs, "[bagscope] pool monitor");
  self->deadline = add_source (self, &deadline_funcs, "[bagscope] pool monitor deadline");
}

/**
 * bag_pool_monitor_new:
 *
 * Emits its signals in the main context that is the default of this thread.
 *
 * Returns: (transfer full): a monitor without a pool
 */
BagPoolMonitor *
bag_pool_monitor_new (void)
{
  return g_object_new (BAG_TYPE_POOL_MONITOR, NULL);
}

/**
 * bag_pool_monitor_set_pool:
 * @pool: (nullable) (transfer none): whom to watch. Its change function becomes the
 *   monitor's: one monitor a pool.
 */
void
bag_pool_monitor_set_pool (BagPoolMonitor *self, BagPool *pool)
{
  g_return_if_fail (BAG_IS_POOL_MONITOR (self));

  if (self->pool == pool)
    return;

  drop_pool (self);
  self->serial = 0;
  if (pool != NULL)
    {
      self->pool = bag_pool_ref (pool);
      self->serial = bag_pool_get_change_serial (pool) - 1;
      bag_pool_set_change_func (pool, on_pool_changed, self);
    }
  bag_pool_monitor_forget_residency (self);
  self->last_changed = 0;
  take_snapshot (self);
  wake (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POOL]);
}

/**
 * bag_pool_monitor_set_active:
 * @active: whether anybody looks
 *
 * Becoming active takes a snapshot at once and emits "changed".
 */
void
bag_pool_monitor_set_active (BagPoolMonitor *self, gboolean active)
{
  g_return_if_fail (BAG_IS_POOL_MONITOR (self));

  active = !!active;
  if (self->is_active == active)
    return;

  self->is_active = active;
  if (active)
    {
      emit_changed (self, g_get_monotonic_time ());
      bag_pool_monitor_check_deadlines (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * bag_pool_monitor_set_interval:
 * @interval_ms: the least time between two "changed", in milliseconds; 0: each time that the
 *   main loop turns
 *
 * 250 without a call, as long as a sample of the history. "slot-changed" is never
 * held back.
 */
void
bag_pool_monitor_set_interval (BagPoolMonitor *self, guint interval_ms)
{
  g_return_if_fail (BAG_IS_POOL_MONITOR (self));

  if (self->interval_ms == interval_ms)
    return;

  self->interval_ms = interval_ms;
  bag_pool_monitor_check_deadlines (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL]);
}

/**
 * bag_pool_monitor_get_stats:
 *
 * Returns: (transfer none): the figures of the last "changed", or of this moment when
 *   the monitor is not active; all 0 without a pool. Valid until the main loop turns.
 */
const BagPoolStats *
bag_pool_monitor_get_stats (BagPoolMonitor *self)
{
  g_return_val_if_fail (BAG_IS_POOL_MONITOR (self), NULL);

  if (!self->is_active)
    take_snapshot (self);

  return &self->stats;
}

/**
 * bag_pool_monitor_get_slots:
 * @n_slots: (out): how many
 *
 * Returns: (transfer none) (array length=n_slots): the slots of the same moment as
 *   bag_pool_monitor_get_stats(), as long
 */
const BagSlotInfo *
bag_pool_monitor_get_slots (BagPoolMonitor *self, guint *n_slots)
{
  g_return_val_if_fail (BAG_IS_POOL_MONITOR (self), NULL);
  g_return_val_if_fail (n_slots != NULL, NULL);

  if (!self->is_active)
    take_snapshot (self);
  *n_slots = self->slots->len;

  return (const BagSlotInfo *) (gpointer) self->slots->data;
}
