/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-pool-pressure.h"

#include "session-fixture.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

static BagPoolStats
new_stats (guint n_slots, guint in_use, gsize stride)
{
  BagPoolStats stats = { .n_slots = n_slots, .in_use = in_use, .stride = stride, .slot_size = stride, .reserve = 2 };

  stats.by_state[BAG_SLOT_READY] = in_use;
  stats.by_state[BAG_SLOT_FREE] = n_slots - in_use;

  return stats;
}

typedef struct
{
  const char *name;
  guint n_slots, in_use, n_quarantined, n_filling, n_leaving, n_heap, n_slices;
  gsize stride;
  guint64 budget;
  guint64 machine;
  const char *cause;  /* NULL: none */
  const char *remedy; /* the beginning of it */
} Case;

static const Case cases[] = {
  { "no pool", 0, 0, 0, 0, 0, 0, 0, 0, 100, GIB, NULL, NULL },
  { "no budget known", 10, 10, 0, 0, 0, 0, 8, 10, 0, GIB, NULL, NULL },
  { "all slots full, room to spare", 602, 600, 0, 0, 0, 0, 600, MIB / 2, GIB, 8 * GIB, NULL, NULL },
  { "fits exactly", 602, 600, 0, 0, 0, 0, 600, MIB / 2, 301 * MIB, 8 * GIB, "The bag takes 99 % of the memory budget", "A larger bag" },
  { "fits, being loaded", 602, 545, 0, 2, 0, 0, 600, MIB / 2, 301 * MIB, 8 * GIB, "The bag takes 99 % of the memory budget", "A larger bag" },
  { "fits, less than the least slots", 8, 6, 0, 0, 0, 0, 6, MIB, 4 * MIB, 8 * GIB, "The bag takes 150 % of the memory budget", "A larger bag" },
  { "closed, still held", 16, 15, 0, 0, 0, 0, 0, MIB, 16 * MIB, 8 * GIB, "The bag takes 93 % of the memory budget", "A larger bag" },
  { "parts", 16, 14, 0, 0, 0, 0, 600, MIB / 2, 8 * MIB, 8 * GIB, "This bag has 600 slices, and memory holds 14 of them at a time", "A budget of 301 MiB would hold all" },
  { "parts, not yet loaded", 16, 10, 0, 2, 0, 0, 600, MIB / 2, 8 * MIB, 8 * GIB, NULL, NULL },
  { "parts, budget rounded up", 16, 14, 0, 0, 0, 0, 601, MIB / 2, 8 * MIB, 8 * GIB, "This bag has 601 slices, and memory holds 14 of them at a time", "A budget of 302 MiB would hold all" },
  { "one too many", 601, 599, 0, 0, 0, 0, 600, MIB / 2, 601 * MIB / 2, 8 * GIB, "This bag has 600 slices, and memory holds 599 of them at a time", "A budget of 301 MiB" },
  { "parts, just what the machine gives", 16, 14, 0, 0, 0, 0, 600, MIB / 2, 8 * MIB, 402 * MIB, "This bag has 600 slices, and memory holds 14 of them at a time", "A budget of 301 MiB" },
  { "parts, machine too small", 16, 14, 0, 0, 0, 0, 600, MIB / 2, 8 * MIB, 400 * MIB, "This bag has 600 slices, and memory holds 14 of them at a time", "This machine cannot hold all" },
  { "heap", 16, 16, 0, 0, 0, 1, 600, MIB / 2, 8 * MIB, 8 * GIB, "1 slice stands outside of the pool: all slots are held", "Raise the budget" },
  { "heap before all else", 16, 16, 8, 0, 0, 3, 600, MIB / 2, 8 * MIB, 8 * GIB, "3 slices stand outside of the pool: all slots are held", "Raise the budget" },
  { "heap alone fills the budget", 16, 0, 0, 0, 0, 15, 10, MIB / 2, 8 * MIB, 8 * GIB, "15 slices stand outside of the pool: all slots are held", "Raise the budget" },
  { "quarantined", 20, 20, 2, 0, 0, 0, 600, MIB, 20 * MIB, 8 * GIB, "2 slots wait for a reader that does not come back", "Open the bag again" },
  { "quarantined, one of ten", 10, 10, 1, 0, 0, 0, 8, MIB, 10 * MIB, 8 * GIB, "1 slot waits for a reader that does not come back", "Open the bag again" },
  { "quarantined, less than a tenth", 21, 21, 2, 0, 0, 0, 600, MIB, 21 * MIB, 8 * GIB, "This bag has 600 slices, and memory holds 19 of them at a time", "A budget" },
  { "quarantined, a fill explains it", 20, 20, 4, 1, 0, 0, 600, MIB, 20 * MIB, 8 * GIB, "This bag has 600 slices, and memory holds 18 of them at a time", "A budget" },
  { "quarantined, a former fill explains it", 20, 20, 4, 0, 1, 0, 600, MIB, 20 * MIB, 8 * GIB, "This bag has 600 slices, and memory holds 18 of them at a time", "A budget" },
};

static BagPoolStats
get_stats (const Case *row)
{
  BagPoolStats stats = new_stats (row->n_slots, row->in_use, row->stride);

  stats.by_state[BAG_SLOT_READY] -= row->n_quarantined + row->n_filling;
  stats.by_state[BAG_SLOT_QUARANTINED] = row->n_quarantined;
  stats.by_state[BAG_SLOT_FILLING] = row->n_filling;
  stats.n_leaving = row->n_leaving;
  stats.heap_in_use = row->n_heap;
  stats.heap_bytes = row->n_heap * row->stride;

  return stats;
}

static void
test_causes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *row = &cases[i];
      BagPoolStats stats = get_stats (row);
      BagPoolDemand demand = { row->n_slices, row->budget, row->machine };
      BagPoolPressure pressure = { 0 };
      g_autofree char *cause = NULL;
      g_autofree char *remedy = NULL;

      pressure = bag_pool_pressure_next (&pressure, &stats, &demand);
      cause = bag_pool_pressure_format_cause (&pressure);
      remedy = bag_pool_pressure_format_remedy (&pressure);
      g_test_message ("%s: %s. %s.", row->name, cause, remedy);
      g_assert_cmpstr (cause, ==, row->cause);
      g_assert_true (remedy == row->remedy || g_str_has_prefix (remedy, row->remedy));
    }
}

/* 100 slots fill the budget, and the bag fits: percents are slots. */
static void
assert_steps (const guint *in_use, const gboolean *is_on, guint n)
{
  BagPoolDemand demand = { 90, 100 * MIB, 8 * GIB };
  BagPoolPressure pressure = { 0 };

  for (guint i = 0; i < n; i++)
    {
      BagPoolStats stats = new_stats (100, in_use[i], MIB);

      pressure = bag_pool_pressure_next (&pressure, &stats, &demand);
      g_test_message ("%u %%", in_use[i]);
      g_assert_cmpint (pressure.cause != BAG_POOL_PRESSURE_NONE, ==, is_on[i]);
    }
}

static void
test_hysteresis (void)
{
  const guint in_use[] = { 0, 86, 89, 90, 89, 86, 85, 84, 85, 89, 90, 100, 85, 0 };
  const gboolean is_on[] = { 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0 };

  assert_steps (in_use, is_on, G_N_ELEMENTS (in_use));
}

/* To the byte, also where nine tenths are no whole number or hardly fit the type. */
static void
test_limits (void)
{
  const guint64 budgets[] = { 1, 7, 19, 20, 21, 1001, GIB - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (budgets); i++)
    for (guint k = 85; k <= 90; k += 5)
      {
        guint64 limit = (budgets[i] * k + 99) / 100;
        BagPoolDemand demand = { 1, budgets[i], 8 * GIB };
        BagPoolPressure before = { .cause = k == 90 ? BAG_POOL_PRESSURE_NONE : BAG_POOL_PRESSURE_TIGHT };
        BagPoolStats stats = new_stats (3, 1, limit);

        g_assert_cmpint (bag_pool_pressure_next (&before, &stats, &demand).cause, ==, BAG_POOL_PRESSURE_TIGHT);
        stats.stride = limit - 1;
        g_assert_cmpint (bag_pool_pressure_next (&before, &stats, &demand).cause, ==, BAG_POOL_PRESSURE_NONE);
      }
}

/* A budget without any limit, and a bag that no machine holds. */
static void
test_extremes (void)
{
  BagPoolDemand demand = { G_MAXUINT, G_MAXUINT64, G_MAXUINT64 };
  BagPoolPressure none = { 0 };
  BagPoolPressure pressure;
  BagPoolStats stats = new_stats (16, 16, GIB);

  g_assert_cmpint (bag_pool_pressure_next (&none, &stats, &demand).cause, ==, BAG_POOL_PRESSURE_NONE);

  demand.budget = 1;
  stats.stride = G_MAXSIZE / 64;
  pressure = bag_pool_pressure_next (&none, &stats, &demand);
  g_assert_cmpint (pressure.cause, ==, BAG_POOL_PRESSURE_PARTS);
  g_assert_cmpuint (pressure.bytes_needed, ==, 0);
}

/* Reads come and go, the words stay until the slots come back. */
static void
test_quarantined_stays (void)
{
  const guint n_filling[] = { 1, 0, 1, 0, 2 };
  const BagPoolPressureCause causes[] = { BAG_POOL_PRESSURE_PARTS, BAG_POOL_PRESSURE_QUARANTINED, BAG_POOL_PRESSURE_QUARANTINED, BAG_POOL_PRESSURE_QUARANTINED, BAG_POOL_PRESSURE_QUARANTINED };
  BagPoolDemand demand = { 600, 20 * MIB, 8 * GIB };
  BagPoolPressure pressure = { 0 };
  BagPoolStats stats = new_stats (20, 20, MIB);

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      stats.by_state[BAG_SLOT_QUARANTINED] = 3;
      stats.by_state[BAG_SLOT_FILLING] = n_filling[i];
      pressure = bag_pool_pressure_next (&pressure, &stats, &demand);
      g_assert_cmpint (pressure.cause, ==, causes[i]);
    }

  stats.by_state[BAG_SLOT_QUARANTINED] = 1;
  g_assert_cmpint (bag_pool_pressure_next (&pressure, &stats, &demand).cause, ==, BAG_POOL_PRESSURE_PARTS);
}

static void
test_equal (void)
{
  const BagPoolPressure base = { BAG_POOL_PRESSURE_PARTS, 1, 2, 3 };
  BagPoolPressure other[] = { base, base, base, base };

  g_assert_true (bag_pool_pressure_equal (&base, &other[0]));
  other[0].cause = BAG_POOL_PRESSURE_TIGHT, other[1].n = 0, other[2].n_slices = 0, other[3].bytes_needed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (bag_pool_pressure_equal (&base, &other[i]));
}

typedef struct
{
  SessionFixture fixture;
  BagPoolPressure pressure;
  GPtrArray *said; /* of char: each new cause */
} Watch;

static void
on_changed (BagPoolMonitor *monitor, Watch *self)
{
  BagSession *session = self->fixture.session;
  BagPoolDemand demand = { bag_session_get_n_slices (session), bag_session_get_budget_in_force (session), 8 * GIB };
  BagPoolPressure next = bag_pool_pressure_next (&self->pressure, bag_pool_monitor_get_stats (monitor), &demand);

  if (bag_pool_pressure_equal (&next, &self->pressure))
    return;

  self->pressure = next;
  g_ptr_array_add (self->said, bag_pool_pressure_format_cause (&next));
}

/* To the end of a bag and back in a pool of sixteen slots, and about it without waiting for
 * what was gone to: one text, said once. */
static void
test_scroll (void)
{
  Watch watch = { .said = g_ptr_array_new_with_free_func (g_free) };
  BagPoolMonitor *monitor = NULL;

  session_set_up (&watch.fixture, NULL);
  bag_session_set_pool_budget (watch.fixture.session, 16 * SLICE_BYTES);
  monitor = bag_session_get_pool_monitor (watch.fixture.session);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), &watch);
  bag_pool_monitor_set_active (monitor, TRUE);
  session_open_bag (&watch.fixture, "BAG", N_SLICES);
  bag_test_wait_until (watch.said->len > 0);

  for (guint i = 1; i < 2 * N_SLICES - 1; i++)
    session_go_to (&watch.fixture, i < N_SLICES ? i : 2 * N_SLICES - 2 - i);
  for (guint i = 0; i < 500; i++)
    {
      bag_session_set_slice_index (watch.fixture.session, i * 17 % N_SLICES);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (watch.said->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (watch.said, 0), ==, "This bag has 40 slices, and memory holds 14 of them at a time");

  bag_session_set_pool_budget (watch.fixture.session, LARGE_BUDGET);
  bag_test_wait_until (watch.said->len == 2);
  g_assert_null (g_ptr_array_index (watch.said, 1));

  g_signal_handlers_disconnect_by_data (monitor, &watch);
  session_tear_down (&watch.fixture, NULL);
  g_ptr_array_unref (watch.said);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool-pressure/causes", test_causes);
  g_test_add_func ("/pool-pressure/hysteresis", test_hysteresis);
  g_test_add_func ("/pool-pressure/limits", test_limits);
  g_test_add_func ("/pool-pressure/extremes", test_extremes);
  g_test_add_func ("/pool-pressure/quarantined-stays", test_quarantined_stays);
  g_test_add_func ("/pool-pressure/equal", test_equal);
  g_test_add_func ("/pool-pressure/scroll", test_scroll);

  return g_test_run ();
}
