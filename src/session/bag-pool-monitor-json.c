/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-monitor"

#include "config.h"

#include "session/bag-pool-monitor.h"

/*
 * The figures as JSON. Written by hand, one line a figure: names and numbers only,
 * nothing to escape. Other programs read it, so names and order are part of the
 * interface: the fields of BagPoolStats, as declared.
 */

static const char *const class_names[BAG_POOL_N_CLASSES] = {
  [BAG_POOL_CLASS_VIEW] = "view",
  [BAG_POOL_CLASS_LOAD] = "load",
  [BAG_POOL_CLASS_PREFETCH] = "prefetch",
};

static void
append_number (GString *json, const char *name, guint64 value)
{
  g_string_append_printf (json, "  \"%s\": %" G_GUINT64_FORMAT ",\n", name, value);
}

static void
append_flag (GString *json, const char *name, gboolean flag)
{
  g_string_append_printf (json, "  \"%s\": %s,\n", name, flag ? "true" : "false");
}

static void
append_states (GString *json, const BagPoolStats *stats)
{
  g_string_append (json, "  \"by_state\": {");
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    g_string_append_printf (json, "%s\"%s\": %u", i > 0 ? ", " : "", bag_slot_state_get_name (i), stats->by_state[i]);
  g_string_append (json, "},\n");
}

static void
append_classes (GString *json, const BagPoolStats *stats)
{
  g_string_append (json, "  \"by_class\": {");
  for (guint i = 0; i < BAG_POOL_N_CLASSES; i++)
    g_string_append_printf (json, "%s\"%s\": %u", i > 0 ? ", " : "", class_names[i], stats->by_class[i]);
  g_string_append (json, "},\n");
}

static void
append_shape (GString *json, const BagPoolStats *stats)
{
  append_number (json, "n_slots", stats->n_slots);
  append_number (json, "slot_size", stats->slot_size);
  append_number (json, "stride", stats->stride);
  append_number (json, "bytes", stats->bytes);
  append_number (json, "bytes_reserved", stats->bytes_reserved);
  append_number (json, "bytes_prefaulted", stats->bytes_prefaulted);
  g_string_append_printf (json, "  \"prefault\": \"%s\",\n", bag_pool_prefault_get_name (stats->prefault));
  append_flag (json, "huge_pages", stats->huge_pages);
  append_states (json, stats);
  append_classes (json, stats);
  append_number (json, "reserve", stats->reserve);
  append_number (json, "in_use", stats->in_use);
  append_number (json, "n_leaving", stats->n_leaving);
  append_number (json, "high_water", stats->high_water);
  append_number (json, "least_free", stats->least_free);
}

static void
append_counters (GString *json, const BagPoolStats *stats)
{
  append_number (json, "acquires", stats->acquires);
  append_number (json, "releases", stats->releases);
  append_number (json, "reuses", stats->reuses);
  append_number (json, "slots_new", stats->slots_new);
  append_number (json, "refused_too_large", stats->refused_too_large);
  append_number (json, "refused_exhausted", stats->refused_exhausted);
  append_number (json, "refused_closed", stats->refused_closed);
  append_number (json, "heap_fallbacks", stats->heap_fallbacks);
  append_number (json, "heap_in_use", stats->heap_in_use);
  append_number (json, "evictions", stats->evictions);
  append_number (json, "hits", stats->hits);
  append_number (json, "misses", stats->misses);
  append_number (json, "stale", stats->stale);
  append_number (json, "doubled", stats->doubled);
  append_number (json, "foreign", stats->foreign);
  append_number (json, "illegal", stats->illegal);
  append_number (json, "divisions", stats->divisions);
  append_number (json, "scans", stats->scans);
}

/**
 * bag_pool_monitor_to_json:
 *
 * The figures of this very moment: an object whose keys are the fields of BagPoolStats;
 * prefault is the name of its state; by_state and by_class are objects with the names of states and classes as keys.
 *
 * Returns: (transfer full): JSON, with a newline at its end
 */
char *
bag_pool_monitor_to_json (BagPoolMonitor *self)
{
  g_autoptr (BagPool) pool = NULL;
  BagPoolStats stats = { 0 };
  GString *json = NULL;

  g_return_val_if_fail (BAG_IS_POOL_MONITOR (self), NULL);

  g_object_get (self, "pool", &pool, NULL);
  if (pool != NULL)
    bag_pool_get_stats (pool, &stats);

  json = g_string_new ("{\n");
  append_shape (json, &stats);
  append_counters (json, &stats);
  g_string_append_printf (json, "  \"is_closed\": %s\n}\n", stats.is_closed ? "true" : "false");

  return g_string_free (json, FALSE);
}
