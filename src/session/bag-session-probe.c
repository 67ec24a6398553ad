/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-session-status.h"

#include <math.h>

/*
 * The value under the pointer. A slot holds it, but of wide samples only rounded
 * to a step: then that is shown as such, and the value itself read from the file.
 * One read at a time; where the pointer is by then, is looked at when it is done.
 */

static gboolean
find_place (BagSession *self, BagProbePlace *place)
{
  const BagPixelLayout *layout = self->scan != NULL ? bag_scan_get_layout (self->scan) : NULL;

  if (layout == NULL || !self->exact || !self->pointer_inside || self->pointer_column >= layout->columns || self->pointer_row >= layout->rows)
    return FALSE;

  *place = (BagProbePlace){ self->bag_number, self->drawn_index, self->pointer_column, self->pointer_row };

  return TRUE;
}

static guint16
get_stored (BagSession *self, const BagProbePlace *place)
{
  const guint16 *values = bag_slice_get_data (self->slice);

  return values[(gsize) place->row * bag_scan_get_layout (self->scan)->columns + place->column];
}

static double
get_value (BagSession *self, const BagProbePlace *place)
{
  BagSlotScale scale = bag_scan_get_slot_scale (self->scan, place->index);
  guint16 stored = get_stored (self, place);

  return scale.slope * (scale.is_signed ? (gint16) stored : stored) + scale.intercept;
}

static gboolean
is_known (BagSession *self, const BagProbePlace *place)
{
  const BagProbePlace *known = &self->probe_place;

  return known->bag_number == place->bag_number && known->index == place->index && known->column == place->column && known->row == place->row;
}

static char *
format_wide_value (BagSession *self, const BagProbePlace *place)
{
  const BagPixelLayout *layout = bag_scan_get_layout (self->scan);
  const char *units = bag_scan_get_units (self->scan);

  if (is_known (self, place) && self->has_probe_value)
    return bag_format_wide_value (layout, self->probe_value, TRUE, units);

  return bag_format_wide_value (layout, layout->is_float && get_stored (self, place) == 0 ? NAN : get_value (self, place), FALSE, units);
}

static char *
format_probe (BagSession *self, const BagProbePlace *place)
{
  double position[3] = { 0, 0, 0 };
  gboolean has_position = bag_scan_get_voxel_position_mm (self->scan, place->index, place->column, place->row, position);
  g_autofree char *value = NULL;

  if (!bag_scan_is_wide (self->scan))
    return bag_format_probe (place->column, place->row, has_position ? position : NULL, get_value (self, place), bag_scan_get_units (self->scan));

  value = format_wide_value (self, place);

  return bag_format_probe_text (place->column, place->row, has_position ? position : NULL, value);
}

typedef struct
{
  GWeakRef session;
  BagProbePlace place;
} Probing;

static void
on_value_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probing *probing = user_data;
  g_autoptr (BagSession) self = g_weak_ref_get (&probing->session);
  g_autoptr (GError) error = NULL;
  double value = 0;
  gboolean good = bag_scan_read_value_finish (BAG_SCAN (source), result, &value, &error);

  if (!good)
    g_debug ("no exact value: %s", error->message);
  if (self != NULL)
    {
      self->is_probing = FALSE;
      self->probe_place = probing->place;
      self->probe_value = value;
      self->has_probe_value = good;
      bag_session_update_probe (self);
    }
  g_weak_ref_clear (&probing->session);
  g_free (probing);
}

static void
read_value (BagSession *self, const BagProbePlace *place)
{
  Probing *probing = NULL;

  if (!bag_scan_is_wide (self->scan) || bag_scan_needs_decoder (self->scan, place->index) || self->is_probing || is_known (self, place))
    return;

  self->is_probing = TRUE;
  probing = g_new0 (Probing, 1);
  g_weak_ref_init (&probing->session, self);
  probing->place = *place;
  bag_scan_read_value_async (self->scan, place->index, place->column, place->row, NULL, on_value_read, probing);
}

/* Never the value of another slice: "" until the wanted one is there. */
void
bag_session_update_probe (BagSession *self)
{
  BagProbePlace place;
  gboolean is_there = find_place (self, &place);

  bag_session_set_text (self, &self->probe, BAG_SESSION_PROP_PROBE, is_there ? format_probe (self, &place) : g_strdup (""));
  if (is_there)
    read_value (self, &place);
}
