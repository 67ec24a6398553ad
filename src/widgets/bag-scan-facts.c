/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-facts"

#include "config.h"

#include "widgets/bag-scan-facts.h"

#include "session/bag-scan-text.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

/* The few facts of a scan that an operator compares with the bag on the belt,
 * in a fixed order. Owner, gender and itinerary are never among them: who the
 * passenger is must not sway what is seen. */

static void
fact_free (gpointer data)
{
  BagScanFact *fact = data;

  g_free (fact->value);
  g_free (fact);
}

static void
take (GPtrArray *facts, const char *name, char *value)
{
  BagScanFact *fact;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }

  fact = g_new (BagScanFact, 1);
  fact->name = name;
  fact->value = value;
  g_ptr_array_add (facts, fact);
}

static const char *
find_fact (const BagDescription *description, const char *keyword)
{
  for (guint i = 0; i < description->facts->len; i++)
    {
      const BagNote *note = g_ptr_array_index (description->facts, i);

      if (strcmp (note->name, keyword) == 0)
        return note->text;
    }

  return "";
}

static char *
format_machine (const BagDescription *description)
{
  g_autofree char *both = g_strdup_printf ("%s %s",
                                           find_fact (description, "Manufacturer"),
                                           find_fact (description, "ManufacturerModelName"));

  return g_strdup (g_strstrip (both));
}

static char *
format_slices (BagScan *scan)
{
  guint n_slices = bag_scan_get_n_slices (scan);
  guint n_missing = bag_scan_get_n_missing (scan);

  if (n_missing == 0)
    return g_strdup_printf ("%u", n_slices);

  return g_strdup_printf (ngettext ("%u, %u missing", "%u, %u missing", n_missing), n_slices, n_missing);
}

static char *
format_matrix (BagScan *scan)
{
  const BagPixelLayout *layout = bag_scan_get_layout (scan);

  return g_strdup_printf (_ ("%u × %u, %u bit"), layout->columns, layout->rows, layout->bits_stored);
}

static char *
format_voxel (BagScan *scan)
{
  const BagDescription *description = bag_scan_get_description (scan);
  double spacing = bag_scan_get_slice_spacing (scan);

  if (!description->has_pixel_spacing)
    return g_strdup (_ ("unknown"));
  if (!isfinite (spacing) || spacing <= 0.0)
    return g_strdup_printf (_ ("%.3g × %.3g mm"), description->pixel_spacing[1], description->pixel_spacing[0]);

  return g_strdup_printf (_ ("%.3g × %.3g × %.3g mm"), description->pixel_spacing[1], description->pixel_spacing[0], spacing);
}

/**
 * bag_scan_facts_list:
 * @scan: a scan
 *
 * Returns: (transfer full) (element-type BagScanFact): what is worth showing;
 *   facts that the file does not give are left out
 */
GPtrArray *
bag_scan_facts_list (BagScan *scan)
{
  const BagDescription *description;
  GPtrArray *facts;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);

  description = bag_scan_get_description (scan);
  facts = g_ptr_array_new_with_free_func (fact_free);
  take (facts, _ ("Bag"), g_strdup (bag_scan_get_bag_id (scan)));
  take (facts, _ ("Scanned"), bag_format_scan_time (description->acquired));
  take (facts, _ ("Acquisition"), g_strdup (find_fact (description, "AcquisitionStatus")));
  take (facts, _ ("Machine"), format_machine (description));
  take (facts, _ ("Station"), g_strdup (find_fact (description, "StationName")));
  take (facts, _ ("Matrix"), format_matrix (scan));
  take (facts, _ ("Slices"), format_slices (scan));
  take (facts, _ ("Voxel"), format_voxel (scan));
  take (facts, _ ("File"), g_path_get_basename (bag_scan_get_path (scan)));

  return facts;
}
