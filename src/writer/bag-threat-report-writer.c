/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-threat-report-writer"

#include "config.h"
#include "writer/bag-threat-report-writer.h"

#include "writer/bag-dicos-header.h"
#include "writer/bag-element-writer.h"

#include <string.h>

/* A DICOS threat detection report, explicit little endian: one alarm, the marked
 * object of the made-up bag, with a bit for each of its voxels. */

#define SOP_CLASS "1.2.840.10008.5.1.4.1.1.501.3"
#define EXPLICIT_LITTLE_ENDIAN "1.2.840.10008.1.2.1"

/* The scan that the report is about, by class and instance. */
static void
add_reference (BagElementWriter *writer, guint32 tag, const BagDescription *scan)
{
  bag_element_writer_begin_group (writer, tag);
  bag_element_writer_add_text (writer, 0x00081150, "UI", scan->sop_class);
  bag_element_writer_add_text (writer, 0x00081155, "UI", scan->sop_instance);
  bag_element_writer_end_group (writer);
}

static void
add_general (BagElementWriter *writer, const BagDescription *scan, const char *sop_instance)
{
  bag_element_writer_add_text (writer, 0x00080016, "UI", SOP_CLASS);
  bag_element_writer_add_text (writer, 0x00080018, "UI", sop_instance);
  bag_dicos_header_add_fact (writer, 0x00080020, "DA", scan, "StudyDate");
  bag_dicos_header_add_fact (writer, 0x00080023, "DA", scan, "StudyDate");
  bag_dicos_header_add_fact (writer, 0x00080030, "TM", scan, "StudyTime");
  bag_dicos_header_add_fact (writer, 0x00080033, "TM", scan, "StudyTime");
  bag_element_writer_add_text (writer, 0x00080060, "CS", "TDR");
  bag_dicos_header_add_fact (writer, 0x00080070, "LO", scan, "Manufacturer");
  bag_dicos_header_add_fact (writer, 0x00080080, "LO", scan, "InstitutionName");
  bag_dicos_header_add_fact (writer, 0x00081010, "SH", scan, "StationName");
  bag_dicos_header_add_fact (writer, 0x00081090, "LO", scan, "ManufacturerModelName");
  add_reference (writer, 0x00081110, scan);
  bag_element_writer_add_text (writer, 0x00100020, "LO", scan->bag_id);
  bag_dicos_header_add_fact (writer, 0x00100021, "LO", scan, "IssuerOfPatientID");
  bag_dicos_header_add_fact (writer, 0x00100022, "CS", scan, "TypeOfPatientID");
  bag_dicos_header_add_fact (writer, 0x00181000, "LO", scan, "DeviceSerialNumber");
  bag_dicos_header_add_fact (writer, 0x00181020, "LO", scan, "SoftwareVersions");
  bag_element_writer_add_text (writer, 0x0020000d, "UI", scan->study);
}

static void
add_series (BagElementWriter *writer, const BagDescription *scan, const char *sop_instance)
{
  g_autofree char *series = g_strconcat (sop_instance, "1", NULL);

  bag_element_writer_add_text (writer, 0x0020000e, "UI", series);
  bag_dicos_header_add_fact (writer, 0x00200010, "SH", scan, "StudyID");
  bag_element_writer_add_text (writer, 0x00200011, "IS", "2");
  bag_element_writer_add_text (writer, 0x00200013, "IS", "1");
  bag_element_writer_add_text (writer, 0x00200052, "UI", scan->frame_of_reference);
}

/* Bit x + y * W + z * W * H, least significant first: 1 where the object is. */
static GByteArray *
make_bitmap (const BagPhantom *phantom, const BagPhantomBox *box)
{
  gsize n_bits = (gsize) box->extents[0] * box->extents[1] * box->extents[2];
  GByteArray *bitmap = g_byte_array_new ();
  gsize bit = 0;

  g_byte_array_set_size (bitmap, (guint) ((n_bits + 7) / 8));
  memset (bitmap->data, 0, bitmap->len);
  for (guint z = 0; z < box->extents[2]; z++)
    for (guint y = 0; y < box->extents[1]; y++)
      for (guint x = 0; x < box->extents[0]; x++, bit++)
        if (bag_phantom_is_threat (phantom, box->base[0] + x, box->base[1] + y, box->base[2] + z))
          bitmap->data[bit / 8] |= (guint8) (1u << bit % 8);
  return bitmap;
}

static void
add_region (BagElementWriter *writer, const BagPhantom *phantom)
{
  g_autoptr (GByteArray) bitmap = NULL;
  BagPhantomBox box;
  float base[3], extents[3];

  bag_phantom_get_threat (phantom, &box);
  for (guint i = 0; i < 3; i++)
    {
      base[i] = (float) box.base[i];
      extents[i] = (float) box.extents[i];
    }
  bitmap = make_bitmap (phantom, &box);
  bag_element_writer_begin_group (writer, 0x40101001);
  bag_element_writer_add_float (writer, 0x40101004, base, 3);
  bag_element_writer_add_float (writer, 0x40101005, extents, 3);
  bag_element_writer_add_bytes (writer, 0x40101006, "OB", bitmap->data, bitmap->len);
  bag_element_writer_end_group (writer);
}

static void
add_assessment (BagElementWriter *writer)
{
  const float probability = 0.91f;

  bag_element_writer_begin_group (writer, 0x40101038);
  bag_element_writer_add_text (writer, 0x40101012, "CS", "EXPLOSIVE");
  bag_element_writer_add_text (writer, 0x40101013, "LT", "Made-up block with a metal rod");
  bag_element_writer_add_text (writer, 0x40101014, "CS", "NO_INTERFERENCE");
  bag_element_writer_add_text (writer, 0x40101015, "CS", "THREAT");
  bag_element_writer_add_float (writer, 0x40101016, &probability, 1);
  bag_element_writer_end_group (writer);
}

static void
add_threat (BagElementWriter *writer, const BagPhantom *phantom, const BagDescription *scan)
{
  bag_element_writer_begin_group (writer, 0x40101011);
  bag_element_writer_add_number (writer, 0x40101010, 1);
  bag_element_writer_begin_group (writer, 0x40101037);
  add_reference (writer, 0x0008114a, scan);
  add_region (writer, phantom);
  bag_element_writer_end_group (writer);
  add_assessment (writer);
  bag_element_writer_end_group (writer);
}

static void
add_result (BagElementWriter *writer, const BagPhantom *phantom, const BagDescription *scan)
{
  add_threat (writer, phantom, scan);
  bag_element_writer_add_text (writer, 0x40101024, "CS", "SUCCESS");
  bag_element_writer_add_text (writer, 0x40101027, "CS", "GROUND TRUTH");
  bag_element_writer_add_text (writer, 0x40101029, "LO", "made-up\\1");
  bag_dicos_header_add_fact (writer, 0x4010102b, "DT", scan, "AcquisitionDateTime");
  bag_element_writer_add_text (writer, 0x40101031, "CS", "ALARM");
  bag_element_writer_add_number (writer, 0x40101033, 1);
  bag_element_writer_add_number (writer, 0x40101034, 1);
  bag_dicos_header_add_fact (writer, 0x4010103a, "CS", scan, "DICOSVersion");
  bag_dicos_header_add_fact (writer, 0x40101042, "CS", scan, "OOIType");
  bag_dicos_header_add_fact (writer, 0x40101048, "CS", scan, "ScanType");
}

/**
 * bag_threat_report_writer_write:
 * @path: the file to be; it appears whole or not at all
 *
 * Writes the threat report for the scan that bag_dicos_writer_write() makes of @phantom.
 *
 * Returns: whether it was written; else an error in the domain %BAG_ERROR
 */
gboolean
bag_threat_report_writer_write (const BagPhantom *phantom, const char *path, GError **error)
{
  g_autoptr (BagElementWriter) writer = NULL;
  g_autoptr (BagDescription) scan = NULL;
  g_autofree char *sop_instance = NULL;

  g_return_val_if_fail (phantom != NULL && path != NULL, FALSE);

  writer = bag_element_writer_new (path, error);
  if (writer == NULL)
    return FALSE;

  scan = bag_phantom_describe (phantom);
  sop_instance = g_strconcat (scan->sop_instance, "501", NULL);
  bag_dicos_header_add_meta (writer, SOP_CLASS, sop_instance, EXPLICIT_LITTLE_ENDIAN, BAG_ELEMENT_ENCODING_EXPLICIT);
  add_general (writer, scan, sop_instance);
  add_series (writer, scan, sop_instance);
  add_result (writer, phantom, scan);
  return bag_element_writer_close (writer, error);
}
