/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include "pool/bag-pool-memory.h"
#include "pool/bag-pool-residency.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#define BLOCK ((gsize) 2 << 20)

static const char *const smaps[] = {
  "7f0000000000-7f0000200000 rw-p 00000000 00:00 0 \n",
  "Size:               2048 kB\n",
  "Rss:                1000 kB\n",
  "Anonymous:          1000 kB\n",
  "AnonHugePages:         0 kB\n",
  "VmFlags: rd wr mr mw me dd hg \n",
  "7f0000200000-7f0000600000 rw-p 00000000 00:00 0 \n",
  "Rss:                4096 kB\n",
  "AnonHugePages:      2048 kB\n",
  "7f0000600000-7f0000800000 ---p 00000000 00:00 0 \n",
  "Rss:                   7 kB\n",
  "7f0000800000-7f0000900000 r--p 00000000 fe:01 1234                       /usr/lib/deadbeef-library.so\n",
  "Rss:                  99 kB\n",
  "AnonHugePages:        99 kB\n",
};

static void
test_parse (void)
{
  BagPoolResidency found = { .start = 0x7f0000200000, .end = 0x7f0000800000 };

  for (guint i = 0; i < G_N_ELEMENTS (smaps); i++)
    bag_pool_residency_add_line (&found, smaps[i]);
  g_assert_cmpuint (found.bytes_resident, ==, (4096 + 7) * 1024);
  g_assert_cmpuint (found.bytes_huge, ==, 2048 * 1024);
}

static void
test_policy (void)
{
  g_assert_cmpint (bag_pool_memory_parse_huge_pages ("always [madvise] never\n"), ==, BAG_POOL_HUGE_PAGES_ON);
  g_assert_cmpint (bag_pool_memory_parse_huge_pages ("[always] madvise never\n"), ==, BAG_POOL_HUGE_PAGES_ON);
  g_assert_cmpint (bag_pool_memory_parse_huge_pages ("always madvise [never]\n"), ==, BAG_POOL_HUGE_PAGES_OFF);
  g_assert_cmpstr (bag_pool_huge_pages_get_name (BAG_POOL_HUGE_PAGES_OFF), ==, "off");
}

/* What the kernel says of mincore() is the independent witness. */
static gsize
count_resident (gconstpointer data, gsize size)
{
  g_autofree guchar *pages = g_new0 (guchar, size / 4096);
  gsize n = 0;

  g_assert_cmpint (mincore ((gpointer) data, size, pages), ==, 0);
  for (gsize i = 0; i < size / 4096; i++)
    n += pages[i] & 1;

  return n * 4096;
}

static void
test_measure (void)
{
  g_autoptr (BagPool) pool = new_pool (BLOCK, 8);
  BagSlice *slices[3];
  guint8 *data = NULL;

  g_assert_true (bag_pool_measure_residency (pool));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, ==, 0);

  for (guint i = 0; i < 3; i++)
    slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
  data = bag_slice_get_data (slices[0]);
  memset (data, 1, BLOCK);
  memset (bag_slice_get_data (slices[2]), 1, BLOCK / 2);
  g_assert_true (bag_pool_measure_residency (pool));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, ==, count_resident (data, 8 * BLOCK));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, >=, BLOCK + BLOCK / 2);
  g_assert_cmpuint (get_checked_stats (pool).bytes_huge, <=, get_checked_stats (pool).bytes_resident);

  /* Given back is given back. */
  for (guint i = 0; i < 3; i++)
    bag_slice_unref (slices[i]);
  g_assert_true (bag_pool_resize (pool, 1, NULL));
  g_assert_true (bag_pool_measure_residency (pool));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, ==, BLOCK);
}

/* A machine where huge pages are off, made by switching them off for this process. */
static void
test_small_pages (void)
{
  g_autoptr (BagPool) pool = NULL;
  g_autoptr (BagSlice) slice = NULL;

  g_assert_cmpint (prctl (PR_SET_THP_DISABLE, 1, 0, 0, 0), ==, 0);
  pool = new_pool (BLOCK, 2);
  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  memset (bag_slice_get_data (slice), 1, BLOCK);
  g_assert_true (bag_pool_measure_residency (pool));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, ==, BLOCK);
  g_assert_cmpuint (get_checked_stats (pool).bytes_huge, ==, 0);
  g_assert_cmpint (get_checked_stats (pool).huge_pages, ==, BAG_POOL_HUGE_PAGES_OFF);
  g_assert_cmpint (prctl (PR_SET_THP_DISABLE, 0, 0, 0, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/residency/parse", test_parse);
  g_test_add_func ("/pool/residency/policy", test_policy);
  g_test_add_func ("/pool/residency/measure", test_measure);
  g_test_add_func ("/pool/residency/small-pages", test_small_pages);

  return g_test_run ();
}
