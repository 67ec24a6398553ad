/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-scan-entry.h"

#include "session/bag-scan-text.h"

#include <glib/gi18n.h>

struct _BagScanEntry
{
  GObject parent_instance;

  /* Owned */
  BagScan *scan;
  char *bag_id, *extent, *alarms, *time; /* never NULL */
  BagThumbnail *thumbnail;
  char *problem; /* why there is none, or NULL */

  guint number, n_scans; /* from 1 */
  gboolean is_current;
};

enum
{
  PROP_0,
  PROP_CURRENT,
  PROP_THUMBNAIL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagScanEntry, bag_scan_entry, G_TYPE_OBJECT)

static void
bag_scan_entry_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BagScanEntry *self = BAG_SCAN_ENTRY (object);

  switch (prop_id)
    {
    case PROP_CURRENT:
      g_value_set_boolean (value, self->is_current);
      break;
    case PROP_THUMBNAIL:
      g_value_set_uint (value, bag_scan_entry_get_thumbnail_state (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_scan_entry_finalize (GObject *object)
{
  BagScanEntry *self = BAG_SCAN_ENTRY (object);

  g_clear_object (&self->scan);
  g_clear_pointer (&self->bag_id, g_free);
  g_clear_pointer (&self->extent, g_free);
  g_clear_pointer (&self->alarms, g_free);
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->thumbnail, bag_thumbnail_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (bag_scan_entry_parent_class)->finalize (object);
}

static void
bag_scan_entry_class_init (BagScanEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bag_scan_entry_get_property;
  object_class->finalize = bag_scan_entry_finalize;

  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  properties[PROP_THUMBNAIL] = g_param_spec_uint ("thumbnail", NULL, NULL, 0, BAG_THUMBNAIL_FAILED, BAG_THUMBNAIL_ABSENT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bag_scan_entry_init (BagScanEntry *self)
{
}

static char *
format_extent (BagScan *scan)
{
  g_autofree char *kind = bag_format_scan_kind (scan);
  g_autofree char *slices = bag_format_scan_slices (scan);

  return *kind != '\0' ? g_strdup_printf ("%s · %s", slices, kind) : g_steal_pointer (&slices);
}

/**
 * bag_scan_entry_new:
 * @scan: a scan
 * @number: its place among those behind the path, from 1
 * @n_scans: how many there are
 *
 * Returns: (transfer full): an entry without a picture
 */
BagScanEntry *
bag_scan_entry_new (BagScan *scan, guint number, guint n_scans)
{
  BagScanEntry *self = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);

  self = g_object_new (BAG_TYPE_SCAN_ENTRY, NULL);
  self->scan = g_object_ref (scan);
  self->number = number;
  self->n_scans = n_scans;
  self->bag_id = g_strdup (*bag_scan_get_bag_id (scan) != '\0' ? bag_scan_get_bag_id (scan) : _ ("without an ID"));
  self->extent = format_extent (scan);
  self->alarms = bag_format_scan_alarms (scan);
  self->time = bag_format_scan_time (bag_scan_get_description (scan)->acquired);

  return self;
}

/**
 * bag_scan_entry_get_scan:
 *
 * Returns: (transfer none): the scan
 */
BagScan *
bag_scan_entry_get_scan (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->scan;
}

/**
 * bag_scan_entry_get_bag_id:
 *
 * Returns: (transfer none): the ID of the bag, or that it has none
 */
const char *
bag_scan_entry_get_bag_id (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->bag_id;
}

/**
 * bag_scan_entry_get_extent:
 *
 * Returns: (transfer none): "600 slices · high energy"
 */
const char *
bag_scan_entry_get_extent (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->extent;
}

/**
 * bag_scan_entry_get_alarms:
 *
 * Returns: (transfer none): "2 alarms: HIGH_THREAT", or "" without a threat report
 */
const char *
bag_scan_entry_get_alarms (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->alarms;
}

/**
 * bag_scan_entry_get_time:
 *
 * Returns: (transfer none): when it was scanned, or ""
 */
const char *
bag_scan_entry_get_time (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->time;
}

/**
 * bag_scan_entry_format_name:
 *
 * Returns: (transfer full): all of that in one line, for those who do not see it
 */
char *
bag_scan_entry_format_name (BagScanEntry *self)
{
  const char *const parts[] = { self->extent, self->alarms, self->time, self->is_current ? _ ("on screen") : "" };
  GString *name = g_string_new (NULL);

  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  g_string_append_printf (name, _ ("Scan %1$u of %2$u: %3$s"), self->number, self->n_scans, self->bag_id);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      g_string_append_printf (name, " · %s", parts[i]);

  return g_string_free (name, FALSE);
}

/**
 * bag_scan_entry_is_current:
 *
 * Returns: whether it is on screen
 */
gboolean
bag_scan_entry_is_current (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), FALSE);

  return self->is_current;
}

void
bag_scan_entry_set_current (BagScanEntry *self, gboolean current)
{
  g_return_if_fail (BAG_IS_SCAN_ENTRY (self));

  if (self->is_current == current)
    return;

  self->is_current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

BagThumbnailState
bag_scan_entry_get_thumbnail_state (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), BAG_THUMBNAIL_ABSENT);

  if (self->thumbnail != NULL)
    return BAG_THUMBNAIL_READY;

  return self->problem != NULL ? BAG_THUMBNAIL_FAILED : BAG_THUMBNAIL_ABSENT;
}

/**
 * bag_scan_entry_get_thumbnail:
 *
 * Returns: (transfer none) (nullable): a small picture of the middle slice
 */
BagThumbnail *
bag_scan_entry_get_thumbnail (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->thumbnail;
}

/**
 * bag_scan_entry_get_problem:
 *
 * Returns: (transfer none) (nullable): why there can be no picture, in plain words
 */
const char *
bag_scan_entry_get_problem (BagScanEntry *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_ENTRY (self), NULL);

  return self->problem;
}

static void
set_picture (BagScanEntry *self, BagThumbnail *thumbnail, char *problem)
{
  BagThumbnailState former = bag_scan_entry_get_thumbnail_state (self);

  g_clear_pointer (&self->thumbnail, bag_thumbnail_free);
  g_free (self->problem);
  self->thumbnail = thumbnail;
  self->problem = problem;
  if (bag_scan_entry_get_thumbnail_state (self) != former)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THUMBNAIL]);
}

/**
 * bag_scan_entry_take_thumbnail:
 * @thumbnail: (transfer full): a small picture of its scan
 */
void
bag_scan_entry_take_thumbnail (BagScanEntry *self, BagThumbnail *thumbnail)
{
  g_return_if_fail (BAG_IS_SCAN_ENTRY (self) && thumbnail != NULL);

  set_picture (self, thumbnail, NULL);
}

/**
 * bag_scan_entry_set_problem:
 * @problem: why there can be no picture
 */
void
bag_scan_entry_set_problem (BagScanEntry *self, const char *problem)
{
  g_return_if_fail (BAG_IS_SCAN_ENTRY (self) && problem != NULL);

  set_picture (self, NULL, g_strdup (problem));
}

/**
 * bag_scan_entry_drop_thumbnail:
 *
 * Gives the memory of the picture back; it can be made again.
 */
void
bag_scan_entry_drop_thumbnail (BagScanEntry *self)
{
  g_return_if_fail (BAG_IS_SCAN_ENTRY (self));

  set_picture (self, NULL, NULL);
}
