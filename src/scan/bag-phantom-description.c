/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom-description"

#include "config.h"
#include "scan/bag-phantom.h"

#include "scan/bag-phantom-hash.h"

/* The facts of the made-up bag: what the DICOS writer puts into a file and what the
 * program shows when it draws the bag without one. */

#define SPACING_MM 1.25

/* UIDs under 2.25 may hold any number (PS3.5 section B.2); the same bag has the same. */
static char *
make_uid (const BagPhantom *self, guint32 kind)
{
  guint columns, rows, n_slices;
  guint64 seed = bag_phantom_get_seed (self);
  guint32 key, high, low;

  bag_phantom_get_size (self, &columns, &rows, &n_slices);
  key = bag_phantom_hash (kind, columns, rows, n_slices);
  high = bag_phantom_hash (key, (guint32) seed, (guint32) (seed >> 32), 1) | 0x80000000u;
  low = bag_phantom_hash (key, (guint32) seed, (guint32) (seed >> 32), 2);
  return g_strdup_printf ("2.25.%" G_GUINT64_FORMAT, (guint64) high << 32 | low);
}

static void
add_frames (const BagPhantom *self, BagDescription *description)
{
  const double orientation[6] = { 1, 0, 0, 0, 1, 0 };
  guint columns, rows, n_slices;

  bag_phantom_get_size (self, &columns, &rows, &n_slices);
  for (guint index = 0; index < n_slices; index++)
    {
      BagFrame frame = {
        .flags = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION,
        .position = { (1 - (double) columns) / 2 * SPACING_MM, (1 - (double) rows) / 2 * SPACING_MM, (index + 1) * SPACING_MM },
        .slope = 1,
      };

      for (guint i = 0; i < G_N_ELEMENTS (orientation); i++)
        frame.orientation[i] = orientation[i];
      g_array_append_val (description->frames, frame);
    }
}

/* In the order in which a reader lists them. */
static void
add_facts (BagDescription *description, guint64 seed)
{
  g_autofree char *scan = g_strdup_printf ("SCAN%06u", (guint) (seed % 1000000));

  bag_description_add_fact (description, "PatientID", description->bag_id);
  bag_description_add_fact (description, "IssuerOfPatientID", "Bagscope");
  bag_description_add_fact (description, "TypeOfPatientID", "TEXT");
  bag_description_add_fact (description, "OOIType", "BAGGAGE");
  bag_description_add_fact (description, "Modality", "CT");
  bag_description_add_fact (description, "ImageType", "ORIGINAL\\HIGH ENERGY\\VOLUME\\NONE");
  bag_description_add_fact (description, "StudyDate", "20260105");
  bag_description_add_fact (description, "StudyTime", "081500");
  bag_description_add_fact (description, "StudyID", scan);
  bag_description_add_fact (description, "ScanType", "NON_OPERATIONAL");
  bag_description_add_fact (description, "AcquisitionDateTime", "20260105081500.000000");
  bag_description_add_fact (description, "AcquisitionDuration", "6.5");
  bag_description_add_fact (description, "AcquisitionStatus", "SUCCESSFUL");
  bag_description_add_fact (description, "StationName", "PHANTOM-1");
  bag_description_add_fact (description, "InstitutionName", "Made-up airport");
  bag_description_add_fact (description, "Manufacturer", "Bagscope");
  bag_description_add_fact (description, "ManufacturerModelName", "Made-up bag");
  bag_description_add_fact (description, "DeviceSerialNumber", "1");
  bag_description_add_fact (description, "SoftwareVersions", "1");
  bag_description_add_fact (description, "StudyInstanceUID", description->study);
  bag_description_add_fact (description, "SeriesInstanceUID", description->series);
  bag_description_add_fact (description, "SOPInstanceUID", description->sop_instance);
  bag_description_add_fact (description, "DICOSVersion", "V03");
}

static void
replace_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
add_uids (const BagPhantom *self, BagDescription *description)
{
  char **uids[] = { &description->sop_instance, &description->study, &description->series, &description->frame_of_reference };

  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    {
      g_free (*uids[i]);
      *uids[i] = make_uid (self, i + 1);
    }
}

/**
 * bag_phantom_describe:
 *
 * What a DICOS file of this bag says about itself, without places in a file:
 * voxels 1.25 mm wide, slice 1 at 1.25 mm, MHU, no window.
 *
 * Returns: (transfer full): a description with a frame for each slice
 */
BagDescription *
bag_phantom_describe (const BagPhantom *self)
{
  BagDescription *description;
  guint columns, rows, n_slices;

  g_return_val_if_fail (self != NULL, NULL);

  bag_phantom_get_size (self, &columns, &rows, &n_slices);
  description = bag_description_new ();
  replace_text (&description->transfer_syntax, "1.2.840.10008.1.2.1");
  replace_text (&description->sop_class, "1.2.840.10008.5.1.4.1.1.501.1");
  g_free (description->bag_id);
  description->bag_id = g_strdup_printf ("BAG-%06u", (guint) (bag_phantom_get_seed (self) % 1000000));
  replace_text (&description->acquired, "20260105081500.000000");
  replace_text (&description->photometric, "MONOCHROME2");
  replace_text (&description->units, "MHU");
  add_uids (self, description);
  description->codec = BAG_FRAME_CODEC_NATIVE;
  description->layout = (BagPixelLayout){ .rows = (guint16) rows, .columns = (guint16) columns, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  description->has_pixel_spacing = TRUE;
  description->pixel_spacing[0] = SPACING_MM;
  description->pixel_spacing[1] = SPACING_MM;
  description->slice_thickness = SPACING_MM;
  description->instance_number = 1;
  description->n_frames_claimed = n_slices;
  add_frames (self, description);
  add_facts (description, bag_phantom_get_seed (self));
  return description;
}
