/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-session-status.h"

/* Small pictures of the scans wait until all that can be read of the bag on screen is. */

void
bag_session_update_shelf (BagSession *self)
{
  gboolean is_settled = self->opening == NULL && (self->exact || self->slice_error != NULL) && self->prefetcher != NULL && bag_prefetcher_get_n_in_flight (self->prefetcher) == 0;

  bag_scan_shelf_set_decoder (self->shelf, self->decoder);
  bag_scan_shelf_set_idle (self->shelf, is_settled);
}

char *
bag_session_format_notice (BagSession *self, BagScan *scan, guint chosen, guint n_scans)
{
  g_autofree char *notice = bag_format_notice (bag_scan_get_warnings (scan), chosen, self->scans_listed ? 1 : n_scans);
  g_autofree char *range = bag_scan_describe_range (scan);

  if (range == NULL || notice == NULL)
    return g_strdup (range != NULL ? range : notice);

  return g_strdup_printf ("%s\n%s", notice, range);
}

/**
 * bag_session_set_scans_listed:
 * @listed: whether there is a list on screen that says which of several scans this is
 *
 * The notice says so where no list does.
 */
void
bag_session_set_scans_listed (BagSession *self, gboolean listed)
{
  guint chosen = 0;

  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->scans_listed == listed)
    return;

  self->scans_listed = listed;
  if (self->scan != NULL && g_list_store_find (self->scans, self->scan, &chosen))
    bag_session_set_text (self, &self->notice, BAG_SESSION_PROP_NOTICE, bag_session_format_notice (self, self->scan, chosen, g_list_model_get_n_items (G_LIST_MODEL (self->scans))));
}

/**
 * bag_session_get_shelf:
 *
 * Returns: (transfer none): the scans behind the path, with what a list of them shows
 */
BagScanShelf *
bag_session_get_shelf (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->shelf;
}
