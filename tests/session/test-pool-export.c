/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool/bag-slice.h"
#include "session/bag-pool-export.h"
#include "session/bag-pool-figure.h"

#include <string.h>

/* Every figure has a value of its own, so that none can stand in another's place. */
static BagPoolStats
make_stats (void)
{
  return (BagPoolStats){
    .n_slots = 1,
    .slot_size = 2,
    .stride = 3,
    .bytes = 4,
    .bytes_reserved = 5,
    .bytes_prefaulted = 6,
    .bytes_resident = 7,
    .bytes_huge = 8,
    .prefault = BAG_POOL_PREFAULT_LOW_MEMORY,
    .huge_pages = BAG_POOL_HUGE_PAGES_OFF,
    .by_state = { 9, 10, 11, 12, 13 },
    .by_class = { 14, 15, 16 },
    .reserve = 17,
    .in_use = 18,
    .n_leaving = 19,
    .high_water = 20,
    .least_free = 21,
    .acquires = 22,
    .releases = 23,
    .reuses = 24,
    .slots_new = 25,
    .refused_too_large = 26,
    .refused_exhausted = 27,
    .refused_closed = 28,
    .heap_fallbacks = 29,
    .heap_in_use = 30,
    .heap_bytes = 31,
    .evictions = 32,
    .hits = 33,
    .misses = 34,
    .prefetch_hits = 35,
    .prefetch_late = 36,
    .prefetch_wasted = 37,
    .n_waiting = 38,
    .n_queued = 39,
    .fills = 40,
    .fill_p50_us = 41,
    .fill_p95_us = G_GUINT64_CONSTANT (0x100000002),
    .stale = 43,
    .doubled = 44,
    .foreign = 45,
    .interior = 46,
    .illegal = 47,
    .divisions = 48,
    .scans = 49,
    .is_closed = TRUE,
  };
}

static void
test_json (void)
{
  BagPoolStats stats = make_stats ();
  g_autofree char *json = bag_pool_export_to_json (&stats);

  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"n_slots\": 1,\n"
                   "  \"slot_size\": 2,\n"
                   "  \"stride\": 3,\n"
                   "  \"bytes\": 4,\n"
                   "  \"bytes_reserved\": 5,\n"
                   "  \"bytes_prefaulted\": 6,\n"
                   "  \"bytes_resident\": 7,\n"
                   "  \"bytes_huge\": 8,\n"
                   "  \"prefault\": \"low-memory\",\n"
                   "  \"huge_pages\": \"off\",\n"
                   "  \"by_state\": {\"free\": 9, \"filling\": 10, \"ready\": 11, \"shown\": 12, \"quarantined\": 13},\n"
                   "  \"by_class\": {\"view\": 14, \"load\": 15, \"prefetch\": 16},\n"
                   "  \"reserve\": 17,\n"
                   "  \"in_use\": 18,\n"
                   "  \"n_leaving\": 19,\n"
                   "  \"high_water\": 20,\n"
                   "  \"least_free\": 21,\n"
                   "  \"acquires\": 22,\n"
                   "  \"releases\": 23,\n"
                   "  \"reuses\": 24,\n"
                   "  \"slots_new\": 25,\n"
                   "  \"refused_too_large\": 26,\n"
                   "  \"refused_exhausted\": 27,\n"
                   "  \"refused_closed\": 28,\n"
                   "  \"heap_fallbacks\": 29,\n"
                   "  \"heap_in_use\": 30,\n"
                   "  \"heap_bytes\": 31,\n"
                   "  \"evictions\": 32,\n"
                   "  \"hits\": 33,\n"
                   "  \"misses\": 34,\n"
                   "  \"prefetch_hits\": 35,\n"
                   "  \"prefetch_late\": 36,\n"
                   "  \"prefetch_wasted\": 37,\n"
                   "  \"n_waiting\": 38,\n"
                   "  \"n_queued\": 39,\n"
                   "  \"fills\": 40,\n"
                   "  \"fill_p50_us\": 41,\n"
                   "  \"fill_p95_us\": 4294967298,\n"
                   "  \"stale\": 43,\n"
                   "  \"doubled\": 44,\n"
                   "  \"foreign\": 45,\n"
                   "  \"interior\": 46,\n"
                   "  \"illegal\": 47,\n"
                   "  \"divisions\": 48,\n"
                   "  \"scans\": 49,\n"
                   "  \"is_closed\": true\n"
                   "}\n");
}

static void
test_csv (void)
{
  BagPoolStats stats = make_stats ();
  g_autofree char *csv = bag_pool_export_to_csv (&stats);

  g_assert_cmpstr (csv,
                   ==,
                   "n_slots,slot_size,stride,bytes,bytes_reserved,bytes_prefaulted,bytes_resident,bytes_huge,prefault,huge_pages,"
                   "by_state_free,by_state_filling,by_state_ready,by_state_shown,by_state_quarantined,by_class_view,by_class_load,by_class_prefetch,"
                   "reserve,in_use,n_leaving,high_water,least_free,acquires,releases,reuses,slots_new,refused_too_large,refused_exhausted,refused_closed,"
                   "heap_fallbacks,heap_in_use,heap_bytes,evictions,hits,misses,prefetch_hits,prefetch_late,prefetch_wasted,n_waiting,n_queued,"
                   "fills,fill_p50_us,fill_p95_us,stale,doubled,foreign,interior,illegal,divisions,scans,is_closed\n"
                   "1,2,3,4,5,6,7,8,low-memory,off,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,"
                   "4294967298,43,44,45,46,47,48,49,true\n");
}

static void
test_text (void)
{
  BagPoolStats stats = make_stats ();
  g_autofree char *text = bag_pool_export_to_text (&stats);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, BAG_N_POOL_FIGURES + 1);
  g_assert_cmpstr (lines[0], ==, "Slots in use: 18 / 1");
  g_assert_nonnull (strstr (text, "\nPrefetch wasted: 37\n"));
  g_assert_nonnull (strstr (text, "\nRefused, no slot free: 27\n"));
}

static void
assert_figure (BagPoolFigure figure, const BagPoolStats *stats, const char *wanted)
{
  g_autofree char *text = bag_pool_figure_format (figure, stats);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_fill_time (void)
{
  BagPoolStats stats = { .fills = 0, .fill_p50_us = 60, .fill_p95_us = 2400 };

  assert_figure (BAG_POOL_FIGURE_FILL_TIME, &stats, "none yet");
  stats.fills = 1;
  assert_figure (BAG_POOL_FIGURE_FILL_TIME, &stats, "0.06 ms / 2.4 ms");
  stats.fill_p95_us = 31000;
  assert_figure (BAG_POOL_FIGURE_FILL_TIME, &stats, "0.06 ms / 31 ms");
}

/* Nothing is claimed that the kernel has not said. */
static void
test_pages (void)
{
  BagPoolStats stats = { .n_slots = 4, .huge_pages = BAG_POOL_HUGE_PAGES_ON };

  assert_figure (BAG_POOL_FIGURE_RESIDENT, &stats, "not known yet");
  assert_figure (BAG_POOL_FIGURE_PAGE_SIZE, &stats, "not known yet");
  stats.bytes_resident = 8 << 20;
  assert_figure (BAG_POOL_FIGURE_RESIDENT, &stats, "8.0\302\240MiB");
  assert_figure (BAG_POOL_FIGURE_PAGE_SIZE, &stats, "4.0\302\240KiB");
  stats.bytes_huge = 6 << 20;
  assert_figure (BAG_POOL_FIGURE_PAGE_SIZE, &stats, "2 MiB for 75 %");
  stats.huge_pages = BAG_POOL_HUGE_PAGES_OFF;
  assert_figure (BAG_POOL_FIGURE_PAGE_SIZE, &stats, "4.0\302\240KiB, 2 MiB off");
  stats.huge_pages = BAG_POOL_HUGE_PAGES_UNSUPPORTED;
  assert_figure (BAG_POOL_FIGURE_PAGE_SIZE, &stats, "4.0\302\240KiB, no others");
}

static void
test_prefault (void)
{
  BagPoolStats stats = { .n_slots = 4, .bytes = 6 << 20, .bytes_prefaulted = 2 << 20 };

  assert_figure (BAG_POOL_FIGURE_PREFAULT, &stats, "not begun");
  stats.prefault = BAG_POOL_PREFAULT_RUNNING;
  assert_figure (BAG_POOL_FIGURE_PREFAULT, &stats, "at 2.0\302\240MiB");
  stats.prefault = BAG_POOL_PREFAULT_DONE;
  assert_figure (BAG_POOL_FIGURE_PREFAULT, &stats, "done");
  stats.prefault = BAG_POOL_PREFAULT_LOW_MEMORY;
  stats.bytes_prefaulted = 8 << 20;
  assert_figure (BAG_POOL_FIGURE_PREFAULT, &stats, "short of memory, at 6.0\302\240MiB");
  stats.prefault = BAG_POOL_PREFAULT_UNSUPPORTED;
  assert_figure (BAG_POOL_FIGURE_PREFAULT, &stats, "not offered");
}

/* Each has a name and a caption of its own, and words that say what it means. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_nonnull (bag_pool_figure_get_heading (0));
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) bag_pool_figure_get_name (i)));
      g_assert_true (g_hash_table_add (seen, (gpointer) bag_pool_figure_get_caption (i)));
      g_assert_true (g_hash_table_add (seen, (gpointer) bag_pool_figure_get_help (i)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool-export/json", test_json);
  g_test_add_func ("/pool-export/csv", test_csv);
  g_test_add_func ("/pool-export/text", test_text);
  g_test_add_func ("/pool-figure/fill-time", test_fill_time);
  g_test_add_func ("/pool-figure/pages", test_pages);
  g_test_add_func ("/pool-figure/prefault", test_prefault);
  g_test_add_func ("/pool-figure/words", test_words);

  return g_test_run ();
}
