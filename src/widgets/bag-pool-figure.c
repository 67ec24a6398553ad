/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-figure"

#include "config.h"

#include "widgets/bag-pool-figure.h"

#include <glib/gi18n.h>

/* What each figure is called, what it means to an operator, and how it is written. */

typedef struct
{
  const char *name; /* of the widget; the same in every language */
  const char *caption;
  const char *help;
} FigureText;

static const FigureText texts[BAG_N_POOL_FIGURES] = {
  [BAG_POOL_FIGURE_IN_USE] = {
      "slots-in-use", N_ ("Slots in use"), N_ ("How many of the slots hold a slice now, or are about to") },
  [BAG_POOL_FIGURE_HIGH_WATER] = { "high-water", N_ ("High-water mark"), N_ ("The most slots that were ever in use at the same time") },
  [BAG_POOL_FIGURE_LEAST_FREE] = { "least-free", N_ ("Least free ever"), N_ ("The fewest slots that were free at any moment since the slots have this size. 0 means that the memory was full once: a larger budget may help") },
  [BAG_POOL_FIGURE_REUSES] = { "slots-reused", N_ ("Slots reused"), N_ ("How often a slice was put into memory that had been used before, without asking the system for more") },
  [BAG_POOL_FIGURE_HITS] = { "pool-hits", N_ ("Pool hits"), N_ ("How often a slice you moved to was in memory already") },
  [BAG_POOL_FIGURE_MISSES] = { "pool-misses", N_ ("Pool misses"), N_ ("How often a slice you moved to had to be read first") },
  [BAG_POOL_FIGURE_EVICTIONS] = { "evictions", N_ ("Evictions"), N_ ("How often a slice was dropped from memory to make room for a nearer one") },
  [BAG_POOL_FIGURE_REFUSED] = { "refused", N_ ("Requests refused"), N_ ("How often no slot could be given: all were taken, the slice was too large, or the pool was closed") },
  [BAG_POOL_FIGURE_HEAP_FALLBACKS] = { "heap-fallbacks", N_ ("Heap fallbacks"), N_ ("How often a slice had to be kept outside of the pool. Should stay 0") },
  [BAG_POOL_FIGURE_SLOT_SIZE] = { "slot-size", N_ ("Slot size"), N_ ("The memory for one slice") },
  [BAG_POOL_FIGURE_BYTES] = { "pool-bytes", N_ ("Pool bytes"), N_ ("The memory of all slots together") },
  [BAG_POOL_FIGURE_SCANS] = { "bags-served", N_ ("Bags served"), N_ ("How many bags this memory has been used for") },
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

  return texts[figure].name;
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

  return _ (texts[figure].caption);
}

/**
 * bag_pool_figure_get_help:
 *
 * Returns: (transfer none): what it means, in the operator's words
 */
const char *
bag_pool_figure_get_help (BagPoolFigure figure)
{
  g_return_val_if_fail ((guint) figure < BAG_N_POOL_FIGURES, "");

  return _ (texts[figure].help);
}

static char *
format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

static char *
format_bytes (guint64 bytes)
{
  return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
}

/**
 * bag_pool_figure_format:
 *
 * Returns: (transfer full): the figure as text, with the marks of the locale
 */
char *
bag_pool_figure_format (BagPoolFigure figure, const BagPoolStats *stats)
{
  switch (figure)
    {
    case BAG_POOL_FIGURE_IN_USE:
      return g_strdup_printf ("%'u / %'u", stats->in_use, stats->n_slots);
    case BAG_POOL_FIGURE_HIGH_WATER:
      return format_count (stats->high_water);
    case BAG_POOL_FIGURE_LEAST_FREE:
      return format_count (stats->least_free);
    case BAG_POOL_FIGURE_REUSES:
      return format_count (stats->reuses);
    case BAG_POOL_FIGURE_HITS:
      return format_count (stats->hits);
    case BAG_POOL_FIGURE_MISSES:
      return format_count (stats->misses);
    case BAG_POOL_FIGURE_EVICTIONS:
      return format_count (stats->evictions);
    case BAG_POOL_FIGURE_REFUSED:
      return format_count (stats->refused_too_large + stats->refused_exhausted + stats->refused_closed);
    case BAG_POOL_FIGURE_HEAP_FALLBACKS:
      return format_count (stats->heap_fallbacks);
    case BAG_POOL_FIGURE_SLOT_SIZE:
      return format_bytes (stats->slot_size);
    case BAG_POOL_FIGURE_BYTES:
      return format_bytes (stats->bytes);
    case BAG_POOL_FIGURE_SCANS:
      return format_count (stats->scans);
    default:
      g_assert_not_reached ();
    }
}
