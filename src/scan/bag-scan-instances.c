/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan"

#include "config.h"

#include "scan/bag-scan.h"

/* By which SOP instance UIDs a scan can be named: that of its file, or where each
 * slice is a file, those of all of them. */

/**
 * bag_scan_has_any_instance:
 * @self: a scan
 * @instances: (element-type utf8): a set of SOP instance UIDs
 *
 * Returns: whether @self or one of its slices is among them
 */
gboolean
bag_scan_has_any_instance (BagScan *self, GHashTable *instances)
{
  const char *own = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (self) && instances != NULL, FALSE);

  own = bag_scan_get_description (self)->sop_instance;
  if (*own != '\0' && g_hash_table_contains (instances, own))
    return TRUE;

  for (guint i = 0; i < bag_scan_get_n_slices (self); i++)
    {
      const char *instance = bag_scan_get_slice (self, i)->instance;

      if (instance != NULL && g_hash_table_contains (instances, instance))
        return TRUE;
    }

  return FALSE;
}
