/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-order"

#include "config.h"

#include "scan/bag-scan-order.h"

#include <string.h>

typedef struct
{
  BagScan *scan; /* (owned) */
  guint bag;
} PlacedScan;

struct _BagScanOrder
{
  GArray *scans; /* (element-type PlacedScan) */
};

static void
placed_scan_clear (gpointer data)
{
  g_clear_object (&((PlacedScan *) data)->scan);
}

/**
 * bag_scan_order_new:
 *
 * Returns: (transfer full): an order of no scans
 */
BagScanOrder *
bag_scan_order_new (void)
{
  BagScanOrder *self = g_new0 (BagScanOrder, 1);

  self->scans = g_array_new (FALSE, FALSE, sizeof (PlacedScan));
  g_array_set_clear_func (self->scans, placed_scan_clear);

  return self;
}

/**
 * bag_scan_order_free:
 * @self: (transfer full) (nullable): an order
 */
void
bag_scan_order_free (BagScanOrder *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->scans);
  g_free (self);
}

/**
 * bag_scan_order_take:
 * @self: an order
 * @scan: (transfer full): a scan
 * @bag: which of the paths that were to be opened it was found behind
 */
void
bag_scan_order_take (BagScanOrder *self, BagScan *scan, guint bag)
{
  PlacedScan placed = { .scan = scan, .bag = bag };

  g_return_if_fail (self != NULL && BAG_IS_SCAN (scan));

  g_array_append_val (self->scans, placed);
}

static int
compare_positions (BagScan *a, BagScan *b)
{
  double first = 0.0, second = 0.0;

  bag_scan_get_position_mm (a, 0, &first);
  bag_scan_get_position_mm (b, 0, &second);

  return (first > second) - (first < second);
}

static int
compare_scans (gconstpointer a, gconstpointer b)
{
  const PlacedScan *first = a;
  const PlacedScan *second = b;
  const BagDescription *one = bag_scan_get_description (first->scan);
  const BagDescription *other = bag_scan_get_description (second->scan);
  int result = (first->bag > second->bag) - (first->bag < second->bag);

  if (result == 0)
    result = strcmp (one->acquired, other->acquired);
  if (result == 0)
    result = strcmp (one->series, other->series);

  return result != 0 ? result : compare_positions (first->scan, second->scan);
}

/**
 * bag_scan_order_finish:
 * @self: an order, empty afterwards
 *
 * Returns: (transfer full) (element-type BagScan): its scans in the order of the paths; behind
 *   one path by acquisition time, then series UID, then first position
 */
GPtrArray *
bag_scan_order_finish (BagScanOrder *self)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (self != NULL, scans);

  g_array_sort (self->scans, compare_scans);
  for (guint i = 0; i < self->scans->len; i++)
    g_ptr_array_add (scans, g_object_ref (g_array_index (self->scans, PlacedScan, i).scan));
  g_array_set_size (self->scans, 0);

  return scans;
}
