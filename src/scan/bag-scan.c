/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan"

#include "config.h"

#include "scan/bag-scan-private.h"

#include "scan/bag-alarm.h"
#include "scan/bag-slice-order.h"

#include <glib/gi18n.h>

#include <string.h>

/* A volume as the program sees it: nothing in here changes once it is made. */
struct _BagScan
{
  GObject parent_instance;

  /* Owned */
  char *path;
  gpointer data;
  BagDescription *description;
  GArray *slices;     /* (element-type BagScanSlice) in spatial order */
  GListStore *alarms; /* of BagAlarm, the gravest first */
  GPtrArray *reports; /* (element-type BagReport) that they come from */
  BagScanKin *kin;

  /* Borrowed */
  const BagScanSource *source;

  BagSliceOrder order;
  guint n_missing;

  GMutex lock; /* of what follows */
  gint has_range;
  BagScanRange range;
};

G_DEFINE_FINAL_TYPE (BagScan, bag_scan, G_TYPE_OBJECT)

static void
bag_scan_finalize (GObject *object)
{
  BagScan *self = BAG_SCAN (object);

  if (self->source != NULL && self->source->free_data != NULL)
    self->source->free_data (self->data);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->description, bag_description_free);
  g_clear_pointer (&self->slices, g_array_unref);
  g_clear_object (&self->alarms);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_pointer (&self->kin, bag_scan_kin_free);
  bag_slice_order_clear (&self->order);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (bag_scan_parent_class)->finalize (object);
}

static void
bag_scan_class_init (BagScanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bag_scan_finalize;
}

static void
bag_scan_init (BagScan *self)
{
  g_mutex_init (&self->lock);
  self->alarms = g_list_store_new (BAG_TYPE_ALARM);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_report_unref);
}

static gboolean
check (BagScan *self, GError **error)
{
  if (self->slices->len == 0 || self->slices->len > BAG_MAX_FRAMES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("A scan has 1 to %u slices, not %u."), BAG_MAX_FRAMES, self->slices->len);
      return FALSE;
    }

  if (bag_pixel_layout_is_wide (&self->description->layout) && self->source->read_samples == NULL)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, _ ("Samples of that size are not read from here."));
      return FALSE;
    }

  return bag_pixel_layout_check (&self->description->layout, error);
}

static void
count_missing (BagScan *self)
{
  for (guint i = 0; i < self->slices->len; i++)
    self->n_missing += (bag_scan_get_slice (self, i)->frame.flags & BAG_FRAME_MISSING) != 0;
}

/**
 * bag_scan_new:
 * @path: what the scan was opened by
 * @source: (transfer none): the way to its pixels; static
 * @data: (transfer full): for @source
 * @description: (transfer full): what the scan says about itself; gets a
 *   warning here for all that is odd about the positions
 * @slices: (transfer full) (element-type BagScanSlice): its slices in spatial
 *   order, never changed again
 * @error: return location, in the domain %BAG_ERROR
 *
 * What is handed over is freed when this fails as well.
 *
 * Returns: (transfer full): a scan, or %NULL when it has no slices or slices
 *   of a kind that cannot be shown
 */
BagScan *
bag_scan_new (const char *path,
              const BagScanSource *source,
              gpointer data,
              BagDescription *description,
              GArray *slices,
              GError **error)
{
  g_autoptr (BagScan) self = NULL;

  g_return_val_if_fail (path != NULL && source != NULL, NULL);
  g_return_val_if_fail (description != NULL && slices != NULL, NULL);

  self = g_object_new (BAG_TYPE_SCAN, NULL);
  self->path = g_strdup (path);
  self->source = source;
  self->data = data;
  self->description = description;
  self->slices = slices;
  self->kin = bag_scan_kin_new (description, NULL);
  if (!check (self, error))
    return NULL;

  self->order = bag_slice_order_measure (slices, description);
  count_missing (self);

  return g_steal_pointer (&self);
}

/**
 * bag_scan_get_path:
 * @self: a scan
 *
 * Returns: (transfer none): the file or folder it was opened by
 */
const char *
bag_scan_get_path (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->path;
}

/**
 * bag_scan_get_source_name:
 * @self: a scan
 *
 * Returns: (transfer none): "file", "folder" or "demo"
 */
const char *
bag_scan_get_source_name (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->source->name;
}

/**
 * bag_scan_get_description:
 * @self: a scan
 *
 * Returns: (transfer none): what the scan says about itself. Its frames are in stored order
 */
const BagDescription *
bag_scan_get_description (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->description;
}

/**
 * bag_scan_get_bag_id:
 * @self: a scan
 *
 * Returns: (transfer none): the bag's ID, "" when it has none
 */
const char *
bag_scan_get_bag_id (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->description->bag_id;
}

/**
 * bag_scan_get_units:
 * @self: a scan
 *
 * Returns: (transfer none): the unit of values, "raw" when the file does not say
 */
const char *
bag_scan_get_units (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->description->units;
}

/**
 * bag_scan_get_layout:
 * @self: a scan
 *
 * Returns: (transfer none): how samples lie in the file; rows, columns and
 *   signedness are those of stored values too
 */
const BagPixelLayout *
bag_scan_get_layout (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return &self->description->layout;
}

/**
 * bag_scan_is_inverted:
 * @self: a scan
 *
 * Returns: whether small values are shown bright (MONOCHROME1)
 */
gboolean
bag_scan_is_inverted (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  return g_strcmp0 (self->description->photometric, "MONOCHROME1") == 0;
}

/**
 * bag_scan_get_n_slices:
 * @self: a scan
 *
 * Returns: how many slices it has, those missing from a cut-off file included
 */
guint
bag_scan_get_n_slices (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), 0);

  return self->slices->len;
}

/**
 * bag_scan_get_n_missing:
 * @self: a scan
 *
 * Returns: how many of its slices a cut-off file does not hold
 */
guint
bag_scan_get_n_missing (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), 0);

  return self->n_missing;
}

/**
 * bag_scan_get_slice_bytes:
 * @self: a scan
 *
 * Returns: bytes of the stored values of one slice, 2 a pixel
 */
gsize
bag_scan_get_slice_bytes (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), 0);

  return (gsize) self->description->layout.rows * self->description->layout.columns * sizeof (guint16);
}

/**
 * bag_scan_get_slice:
 * @self: a scan
 * @index: a slice, from 0
 *
 * Returns: (transfer none): where it stands and what its frame says
 */
const BagScanSlice *
bag_scan_get_slice (BagScan *self, guint index)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);
  g_return_val_if_fail (index < self->slices->len, NULL);

  return &g_array_index (self->slices, BagScanSlice, index);
}

/**
 * bag_scan_get_frame_name:
 * @self: a scan
 * @index: a slice, from 0
 *
 * Returns: (transfer full): the number of its stored frame, from 1, or the
 *   base name of its file where each file holds one slice
 */
char *
bag_scan_get_frame_name (BagScan *self, guint index)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);
  g_return_val_if_fail (index < self->slices->len, NULL);

  return self->source->get_frame_name (self->data, index);
}

/**
 * bag_scan_get_order:
 * @self: a scan
 *
 * Returns: (transfer none): what the positions of its slices tell
 */
const BagSliceOrder *
bag_scan_get_order (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return &self->order;
}

/**
 * bag_scan_get_alarms:
 * @self: a scan
 *
 * Returns: (transfer none): a list store of #BagAlarm, the gravest first; changed only while the scan is made
 */
GListModel *
bag_scan_get_alarms (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return G_LIST_MODEL (self->alarms);
}

/**
 * bag_scan_get_reports:
 * @self: a scan
 *
 * Returns: (transfer none) (element-type BagReport): the threat reports about it;
 *   changed only while the scan is made
 */
GPtrArray *
bag_scan_get_reports (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->reports;
}

/**
 * bag_scan_get_kin:
 * @self: a scan
 *
 * Returns: (transfer none): the other scans of the same object, as far as they were
 *   opened with it or lie beside it; changed only while the scan is made
 */
BagScanKin *
bag_scan_get_kin (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return self->kin;
}

/**
 * bag_scan_add_warning:
 * @self: a scan that nobody else knows yet
 * @name: kebab-case name
 * @text: plain words
 */
void
bag_scan_add_warning (BagScan *self, const char *name, const char *text)
{
  g_return_if_fail (BAG_IS_SCAN (self) && name != NULL && text != NULL);

  bag_description_add_warning (self->description, name, "%s", text);
}

/* Returns: whether @range was found out by now */
gboolean
bag_scan_peek_range (BagScan *self, BagScanRange *range)
{
  if (!g_atomic_int_get (&self->has_range))
    return FALSE;

  *range = self->range;

  return TRUE;
}

/* The first one stays: whoever has seen it goes on with it. */
void
bag_scan_publish_range (BagScan *self, const BagScanRange *range)
{
  g_mutex_lock (&self->lock);
  if (!self->has_range)
    {
      self->range = *range;
      g_atomic_int_set (&self->has_range, TRUE);
    }
  g_mutex_unlock (&self->lock);
}

const BagScanSource *
bag_scan_get_source (BagScan *self)
{
  return self->source;
}

gconstpointer
bag_scan_get_source_data (BagScan *self)
{
  return self->data;
}
