/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-facts"

#include "config.h"

#include "widgets/bag-scan-facts.h"

#include "session/bag-scan-text.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

/* The facts of a scan that an operator compares with the bag on the belt, in a
 * fixed order. Owner, gender and itinerary are never among them: who the
 * passenger is must not sway what is seen. */

static void
fact_free (gpointer data)
{
  BagScanFact *fact = data;

  g_free (fact->value);
  g_free (fact);
}

static void
take (GPtrArray *facts, BagFactSection section, const char *name, char *value)
{
  BagScanFact *fact;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }

  fact = g_new (BagScanFact, 1);
  fact->section = section;
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

static void
take_fact (GPtrArray *facts, BagFactSection section, const BagDescription *description, const char *name, const char *keyword)
{
  take (facts, section, name, g_strdup (find_fact (description, keyword)));
}

/* Several values are parted by backslashes, which are all in one unit. */
static char *
format_values (const BagDescription *description, const char *keyword, const char *unit)
{
  g_auto (GStrv) values = g_strsplit (find_fact (description, keyword), "\\", -1);
  g_autofree char *joined = g_strjoinv (" × ", values);

  return *joined != '\0' ? g_strdup_printf ("%s %s", joined, unit) : NULL;
}

static char *
format_energy (const BagDescription *description)
{
  const char *words = find_fact (description, "SeriesEnergyDescription");
  const char *number = find_fact (description, "SeriesEnergy");

  return g_strdup (*words != '\0' ? words : number);
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

static void
list_bag (GPtrArray *facts, BagScan *scan)
{
  const BagDescription *description = bag_scan_get_description (scan);

  take (facts, BAG_FACT_SECTION_BAG, _ ("Bag ID"), g_strdup (bag_scan_get_bag_id (scan)));
  take_fact (facts, BAG_FACT_SECTION_BAG, description, _ ("ID from"), "IssuerOfPatientID");
  take_fact (facts, BAG_FACT_SECTION_BAG, description, _ ("ID type"), "TypeOfPatientID");
  take_fact (facts, BAG_FACT_SECTION_BAG, description, _ ("Object"), "OOIType");
  take (facts, BAG_FACT_SECTION_BAG, _ ("Size"), format_values (description, "OOISize", "m"));
  take (facts, BAG_FACT_SECTION_BAG, _ ("Mass"), format_values (description, "PatientWeight", "g"));
}

static void
list_scan (GPtrArray *facts, BagScan *scan)
{
  const BagDescription *description = bag_scan_get_description (scan);

  take (facts, BAG_FACT_SECTION_SCAN, _ ("Scanned"), bag_format_scan_time (description->acquired));
  take_fact (facts, BAG_FACT_SECTION_SCAN, description, _ ("Acquisition"), "AcquisitionStatus");
  take_fact (facts, BAG_FACT_SECTION_SCAN, description, _ ("Training"), "TIPType");
  take_fact (facts, BAG_FACT_SECTION_SCAN, description, _ ("Scan ID"), "StudyID");
  take_fact (facts, BAG_FACT_SECTION_SCAN, description, _ ("Scan type"), "ScanType");
  take (facts, BAG_FACT_SECTION_SCAN, _ ("Energy"), format_energy (description));
  take (facts, BAG_FACT_SECTION_SCAN, _ ("Duration"), format_values (description, "AcquisitionDuration", "s"));
  take (facts, BAG_FACT_SECTION_SCAN, _ ("Voltage"), format_values (description, "KVP", "kV"));
  take_fact (facts, BAG_FACT_SECTION_SCAN, description, _ ("DICOS"), "DICOSVersion");
  take (facts, BAG_FACT_SECTION_SCAN, _ ("File"), g_path_get_basename (bag_scan_get_path (scan)));
}

static void
list_machine (GPtrArray *facts, BagScan *scan)
{
  const BagDescription *description = bag_scan_get_description (scan);

  take (facts, BAG_FACT_SECTION_MACHINE, _ ("Model"), format_machine (description));
  take_fact (facts, BAG_FACT_SECTION_MACHINE, description, _ ("Station"), "StationName");
  take_fact (facts, BAG_FACT_SECTION_MACHINE, description, _ ("Location"), "InstitutionName");
  take_fact (facts, BAG_FACT_SECTION_MACHINE, description, _ ("Address"), "InstitutionAddress");
  take_fact (facts, BAG_FACT_SECTION_MACHINE, description, _ ("Serial number"), "DeviceSerialNumber");
  take_fact (facts, BAG_FACT_SECTION_MACHINE, description, _ ("Software"), "SoftwareVersions");
}

static void
list_geometry (GPtrArray *facts, BagScan *scan)
{
  gboolean is_by_position = bag_scan_is_ordered_by_position (scan);

  take (facts, BAG_FACT_SECTION_GEOMETRY, _ ("Matrix"), format_matrix (scan));
  take (facts, BAG_FACT_SECTION_GEOMETRY, _ ("Slices"), format_slices (scan));
  take (facts, BAG_FACT_SECTION_GEOMETRY, _ ("Voxel"), format_voxel (scan));
  take (facts, BAG_FACT_SECTION_GEOMETRY, _ ("Order"), g_strdup (is_by_position ? _ ("by position") : _ ("as in the file")));
  take (facts, BAG_FACT_SECTION_GEOMETRY, _ ("Units"), g_strdup (bag_scan_get_units (scan)));
}

/**
 * bag_scan_facts_list:
 * @scan: a scan
 *
 * Returns: (transfer full) (element-type BagScanFact): what is worth showing,
 *   section by section; facts that the file does not give are left out
 */
GPtrArray *
bag_scan_facts_list (BagScan *scan)
{
  GPtrArray *facts;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);

  facts = g_ptr_array_new_with_free_func (fact_free);
  list_bag (facts, scan);
  list_scan (facts, scan);
  list_machine (facts, scan);
  list_geometry (facts, scan);

  return facts;
}

/**
 * bag_fact_section_get_name:
 * @section: a section
 *
 * Returns: (transfer none): what stands above it
 */
const char *
bag_fact_section_get_name (BagFactSection section)
{
  const char *const names[BAG_N_FACT_SECTIONS] = {
    [BAG_FACT_SECTION_BAG] = N_ ("Bag"),
    [BAG_FACT_SECTION_SCAN] = N_ ("Scan"),
    [BAG_FACT_SECTION_MACHINE] = N_ ("Machine"),
    [BAG_FACT_SECTION_GEOMETRY] = N_ ("Geometry"),
  };

  g_return_val_if_fail ((guint) section < BAG_N_FACT_SECTIONS, NULL);

  return _ (names[section]);
}

static const char *
find_warning (BagScan *scan, const char *name)
{
  const GPtrArray *warnings = bag_scan_get_warnings (scan);

  for (guint i = 0; i < warnings->len; i++)
    {
      const BagNote *note = g_ptr_array_index (warnings, i);

      if (strcmp (note->name, name) == 0)
        return note->text;
    }

  return NULL;
}

/**
 * bag_scan_facts_format_warning:
 * @scan: a scan
 *
 * The notice about a scan can be closed; these two are about whether it shows a
 * whole bag and a real one, and stay.
 *
 * Returns: (transfer full) (nullable): what is out of order about the acquisition,
 *   and that it is a training image, one a line; %NULL when there is nothing
 */
char *
bag_scan_facts_format_warning (BagScan *scan)
{
  const char *lines[3] = { NULL };
  guint n = 0;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);

  lines[n] = find_warning (scan, "acquisition-not-successful");
  n += lines[n] != NULL;
  lines[n] = find_warning (scan, "training-image");

  return lines[0] != NULL ? g_strjoinv ("\n", (char **) lines) : NULL;
}

/**
 * bag_scan_facts_is_training:
 * @scan: a scan
 *
 * Returns: whether it is an image for training (TIP), with a threat that no bag has
 */
gboolean
bag_scan_facts_is_training (BagScan *scan)
{
  g_return_val_if_fail (BAG_IS_SCAN (scan), FALSE);

  return find_warning (scan, "training-image") != NULL;
}
