/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-figure"

#include "config.h"

#include "session/bag-pool-figure.h"

#include <glib/gi18n.h>

#include <unistd.h>

/* What each figure is called, what it means to an operator and when to worry, and how it
 * is written. */

typedef enum
{
  FORMAT_COUNT,   /* a guint */
  FORMAT_COUNT64, /* a guint64 */
  FORMAT_BYTES,   /* a guint64 or gsize */
  FORMAT_OWN,     /* none of these: see format_own() */
} FigureFormat;

typedef struct
{
  const char *name; /* of the widget; the same in every language */
  const char *caption;
  const char *help;
  FigureFormat format;
  gsize offset;
  const char *heading; /* of the group that begins here */
} Figure;

#define FIELD(name) G_STRUCT_OFFSET (BagPoolStats, name)

G_STATIC_ASSERT (sizeof (gsize) == sizeof (guint64));

static const Figure figures[BAG_N_POOL_FIGURES] = {
  [BAG_POOL_FIGURE_IN_USE] = { "slots-in-use", N_ ("Slots in use"), N_ ("How many of the slots hold a slice now, or are about to"), FORMAT_OWN, 0, N_ ("Slots") },
  [BAG_POOL_FIGURE_HIGH_WATER] = { "high-water", N_ ("High-water mark"), N_ ("The most slots that were ever in use at the same time"), FORMAT_COUNT, FIELD (high_water) },
  [BAG_POOL_FIGURE_LEAST_FREE] = { "least-free", N_ ("Least free ever"), N_ ("The fewest slots that were free at any moment since the slots have this size. 0 means that the memory was full once: a larger budget may help"), FORMAT_COUNT, FIELD (least_free) },
  [BAG_POOL_FIGURE_RESERVE] = { "reserve", N_ ("Reserve"), N_ ("Free slots that reading ahead leaves alone, so that the slice you go to always finds one"), FORMAT_COUNT, FIELD (reserve) },
  [BAG_POOL_FIGURE_REUSES] = { "slots-reused", N_ ("Slots reused"), N_ ("How often a slice was put into memory that had been used before, without asking the system for more"), FORMAT_COUNT64, FIELD (reuses) },
  [BAG_POOL_FIGURE_SCANS] = { "bags-served", N_ ("Bags served"), N_ ("How many bags this memory has been used for"), FORMAT_COUNT64, FIELD (scans) },

  [BAG_POOL_FIGURE_PREFETCH_HITS] = { "prefetch-hits", N_ ("Prefetch hits"), N_ ("Slices read in advance that were there when you came to them"), FORMAT_COUNT64, FIELD (prefetch_hits), N_ ("Reading ahead") },
  [BAG_POOL_FIGURE_PREFETCH_LATE] = { "prefetch-late", N_ ("Prefetch late"), N_ ("Slices that were still being read when you came to them. Many of them mean that scrolling is faster than this machine can read or decode"), FORMAT_COUNT64, FIELD (prefetch_late) },
  [BAG_POOL_FIGURE_PREFETCH_WASTED] = { "prefetch-wasted", N_ ("Prefetch wasted"), N_ ("Slices read in advance and dropped before you came to them. Many of them mean that the memory is too small for your way of scrolling: a larger budget may help"), FORMAT_COUNT64, FIELD (prefetch_wasted) },
  [BAG_POOL_FIGURE_QUEUED] = { "slices-to-read", N_ ("Slices to read"), N_ ("Slices that are wanted and whose reading has not begun. Goes to 0 soon after a bag was opened"), FORMAT_COUNT, FIELD (n_queued) },
  [BAG_POOL_FIGURE_WAITING] = { "waiting-for-slot", N_ ("Waiting for a slot"), N_ ("Slices of these that wait because no slot is free. Should be 0; if it stays, somebody does not give slots back"), FORMAT_COUNT, FIELD (n_waiting) },
  [BAG_POOL_FIGURE_FILL_TIME] = { "fill-time", N_ ("Fill time, p50 / p95"), N_ ("How long it takes to read or decode one slice: half of them, and 95 of 100, take no longer. Scrolling is smooth up to about 16 ms"), FORMAT_OWN, 0 },

  [BAG_POOL_FIGURE_HITS] = { "pool-hits", N_ ("Pool hits"), N_ ("How often a slice you moved to was in memory already"), FORMAT_COUNT64, FIELD (hits), N_ ("Requests") },
  [BAG_POOL_FIGURE_MISSES] = { "pool-misses", N_ ("Pool misses"), N_ ("How often a slice you moved to had to be read first, or to be waited for. The first slice of each bag is one"), FORMAT_COUNT64, FIELD (misses) },
  [BAG_POOL_FIGURE_EVICTIONS] = { "evictions", N_ ("Evictions"), N_ ("How often a slice was dropped from memory to make room for a nearer one. Normal for a bag larger than the budget"), FORMAT_COUNT64, FIELD (evictions) },
  [BAG_POOL_FIGURE_REFUSED_FULL] = { "refused-full", N_ ("Refused, no slot free"), N_ ("How often no slot could be given because the rest is kept for more urgent slices. Reading ahead tries again; worry when it grows while nothing moves"), FORMAT_COUNT64, FIELD (refused_exhausted) },
  [BAG_POOL_FIGURE_REFUSED_SIZE] = { "refused-size", N_ ("Refused, too large"), N_ ("How often a slice was larger than a slot. Should be 0"), FORMAT_COUNT64, FIELD (refused_too_large) },
  [BAG_POOL_FIGURE_REFUSED_CLOSED] = { "refused-closed", N_ ("Refused, pool closed"), N_ ("How often a slot was asked for after the end. Should be 0"), FORMAT_COUNT64, FIELD (refused_closed) },
  [BAG_POOL_FIGURE_HEAP_FALLBACKS] = { "heap-fallbacks", N_ ("Heap fallbacks"), N_ ("How often a slice had to be kept outside of the pool because all slots were held by others. Should stay 0: a larger budget helps"), FORMAT_COUNT64, FIELD (heap_fallbacks) },

  [BAG_POOL_FIGURE_SLOT_SIZE] = { "slot-size", N_ ("Slot size"), N_ ("The memory for one slice"), FORMAT_BYTES, FIELD (slot_size), N_ ("Memory") },
  [BAG_POOL_FIGURE_BYTES] = { "pool-bytes", N_ ("Pool bytes"), N_ ("The memory of all slots together"), FORMAT_BYTES, FIELD (bytes) },
  [BAG_POOL_FIGURE_RESIDENT] = { "bytes-resident", N_ ("Bytes resident"), N_ ("How much of it the system has really given, as it says itself. Looked up after changes, every two seconds at most"), FORMAT_OWN, 0 },
  [BAG_POOL_FIGURE_PAGE_SIZE] = { "page-size", N_ ("Page size"), N_ ("In which pieces the system gives it. Pieces of 2 MiB make the first bag faster; where they are off, all works the same"), FORMAT_OWN, 0 },
  [BAG_POOL_FIGURE_PREFAULT] = { "prefault", N_ ("Prefault"), N_ ("How far the memory was got in advance, in the background after the first picture. It stops when the machine runs short of memory"), FORMAT_OWN, 0 },
};

/**
 * bag_pool_figure_get_name:
 *
 * Returns: (transfer none): a kebab-case name, not translated
 */
const char *
bag_pool_figure_get_name (BagPoolFigure figure)
{
  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, "");

  return figures[figure].name;
}

/**
 * bag_pool_figure_get_caption:
 *
 * Returns: (transfer none): what stands beside the figure, also its accessible name
 */
const char *
bag_pool_figure_get_caption (BagPoolFigure figure)
{
  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, "");

  return _ (figures[figure].caption);
}

/**
 * bag_pool_figure_get_help:
 *
 * Returns: (transfer none): what it means and when to worry, in the operator's words
 */
const char *
bag_pool_figure_get_help (BagPoolFigure figure)
{
  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, "");

  return _ (figures[figure].help);
}

/**
 * bag_pool_figure_get_heading:
 *
 * Returns: (transfer none) (nullable): what the group is called that begins with @figure
 */
const char *
bag_pool_figure_get_heading (BagPoolFigure figure)
{
  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, NULL);

  return figures[figure].heading != NULL ? _ (figures[figure].heading) : NULL;
}

static char *
format_bytes (guint64 bytes)
{
  return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
}

/* Of a histogram whose steps are an eighth wide: two digits are all that there is. */
static char *
format_time (guint64 microseconds)
{
  double ms = (double) microseconds / 1000;

  return g_strdup_printf ("%.*f ms", ms < 1 ? 2 : (ms < 10 ? 1 : 0), ms);
}

static char *
format_fill_time (const BagPoolStats *stats)
{
  g_autofree char *p50 = format_time (stats->fill_p50_us);
  g_autofree char *p95 = format_time (stats->fill_p95_us);

  return stats->fills > 0 ? g_strdup_printf ("%s / %s", p50, p95) : g_strdup (_ ("none yet"));
}

static char *
format_resident (const BagPoolStats *stats)
{
  return stats->bytes_resident > 0 || stats->n_slots == 0 ? format_bytes (stats->bytes_resident) : g_strdup (_ ("not known yet"));
}

static char *
format_page_size (const BagPoolStats *stats)
{
  g_autofree char *small = format_bytes ((guint64) sysconf (_SC_PAGESIZE));

  if (stats->n_slots == 0)
    return g_strdup ("–");
  if (stats->huge_pages == BAG_POOL_HUGE_PAGES_UNSUPPORTED)
    return g_strdup_printf (_ ("%s, no others"), small);
  if (stats->huge_pages == BAG_POOL_HUGE_PAGES_OFF)
    return g_strdup_printf (_ ("%s, 2 MiB off"), small);
  if (stats->bytes_resident == 0)
    return g_strdup (_ ("not known yet"));
  if (stats->bytes_huge == 0)
    return g_steal_pointer (&small);

  return g_strdup_printf (_ ("2 MiB for %u %%"), (guint) (stats->bytes_huge * 100 / MAX (stats->bytes_resident, 1)));
}

static char *
format_prefault (const BagPoolStats *stats)
{
  g_autofree char *bytes = format_bytes (MIN (stats->bytes_prefaulted, stats->bytes));

  switch (stats->prefault)
    {
    case BAG_POOL_PREFAULT_IDLE:
      return g_strdup (stats->n_slots > 0 ? _ ("not begun") : "–");
    case BAG_POOL_PREFAULT_RUNNING:
      return g_strdup_printf (_ ("at %s"), bytes);
    case BAG_POOL_PREFAULT_DONE:
      return g_strdup (_ ("done"));
    case BAG_POOL_PREFAULT_LOW_MEMORY:
      return g_strdup_printf (_ ("short of memory, at %s"), bytes);
    case BAG_POOL_PREFAULT_UNSUPPORTED:
      return g_strdup (_ ("not offered"));
    default:
      g_assert_not_reached ();
    }
}

static char *
format_own (BagPoolFigure figure, const BagPoolStats *stats)
{
  if (figure == BAG_POOL_FIGURE_IN_USE)
    return g_strdup_printf ("%'u / %'u", stats->in_use, stats->n_slots);
  if (figure == BAG_POOL_FIGURE_FILL_TIME)
    return format_fill_time (stats);
  if (figure == BAG_POOL_FIGURE_RESIDENT)
    return format_resident (stats);
  if (figure == BAG_POOL_FIGURE_PAGE_SIZE)
    return format_page_size (stats);

  g_assert (figure == BAG_POOL_FIGURE_PREFAULT);

  return format_prefault (stats);
}

/**
 * bag_pool_figure_format:
 *
 * Returns: (transfer full): the figure as text, with the marks of the locale
 */
char *
bag_pool_figure_format (BagPoolFigure figure, const BagPoolStats *stats)
{
  gsize offset = 0;

  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, NULL);
  g_return_val_if_fail (stats != NULL, NULL);

  offset = figures[figure].offset;
  switch (figures[figure].format)
    {
    case FORMAT_COUNT:
      return g_strdup_printf ("%'u", G_STRUCT_MEMBER (guint, stats, offset));
    case FORMAT_COUNT64:
      return g_strdup_printf ("%'" G_GUINT64_FORMAT, G_STRUCT_MEMBER (guint64, stats, offset));
    case FORMAT_BYTES:
      return format_bytes (G_STRUCT_MEMBER (guint64, stats, offset));
    case FORMAT_OWN:
      return format_own (figure, stats);
    default:
      g_assert_not_reached ();
    }
}
