/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-dicos-header"

#include "config.h"
#include "writer/bag-dicos-header.h"

/* What stands before the pixels of a DICOS CT object: PS3.10 section 7.1, the DICOS CT
 * modules, and the functional groups of PS3.3 section C.7.6.16. Elements stand in the
 * order of their tags. */

#define IMPLEMENTATION_CLASS "2.25.5021843706391875"

/*
 * bag_dicos_header_get_fact:
 *
 * Returns: (transfer none): the fact's value, "" when there is none
 */
const char *
bag_dicos_header_get_fact (const BagDescription *description, const char *keyword)
{
  for (guint i = 0; i < description->facts->len; i++)
    {
      const BagNote *fact = g_ptr_array_index (description->facts, i);

      if (g_str_equal (fact->name, keyword))
        return fact->text;
    }
  return "";
}

/*
 * bag_dicos_header_add_fact:
 *
 * Adds an element with the fact @keyword of @description, empty when there is none.
 */
void
bag_dicos_header_add_fact (BagElementWriter *writer,
                           guint32 tag,
                           const char *vr,
                           const BagDescription *description,
                           const char *keyword)
{
  bag_element_writer_add_text (writer, tag, vr, bag_dicos_header_get_fact (description, keyword));
}

/*
 * bag_dicos_header_add_meta:
 * @encoding: of the elements that follow
 *
 * Adds the file meta group.
 */
void
bag_dicos_header_add_meta (BagElementWriter *writer,
                           const char *sop_class,
                           const char *sop_instance,
                           const char *transfer_syntax,
                           BagElementEncoding encoding)
{
  bag_element_writer_begin_meta (writer);
  bag_element_writer_add_bytes (writer, 0x00020001, "OB", "\0\1", 2);
  bag_element_writer_add_text (writer, 0x00020002, "UI", sop_class);
  bag_element_writer_add_text (writer, 0x00020003, "UI", sop_instance);
  bag_element_writer_add_text (writer, 0x00020010, "UI", transfer_syntax);
  bag_element_writer_add_text (writer, 0x00020012, "UI", IMPLEMENTATION_CLASS);
  bag_element_writer_add_text (writer, 0x00020013, "SH", "BAGSCOPE");
  bag_element_writer_end_meta (writer, encoding);
}

static void
add_general (BagElementWriter *writer, const BagDescription *description)
{
  const char *date = bag_dicos_header_get_fact (description, "StudyDate");
  const char *time = bag_dicos_header_get_fact (description, "StudyTime");

  bag_dicos_header_add_fact (writer, 0x00080008, "CS", description, "ImageType");
  bag_element_writer_add_text (writer, 0x00080016, "UI", description->sop_class);
  bag_element_writer_add_text (writer, 0x00080018, "UI", description->sop_instance);
  bag_element_writer_add_text (writer, 0x00080020, "DA", date);
  bag_element_writer_add_text (writer, 0x00080021, "DA", date);
  bag_element_writer_add_text (writer, 0x00080023, "DA", date);
  bag_dicos_header_add_fact (writer, 0x0008002a, "DT", description, "AcquisitionDateTime");
  bag_element_writer_add_text (writer, 0x00080030, "TM", time);
  bag_element_writer_add_text (writer, 0x00080031, "TM", time);
  bag_element_writer_add_text (writer, 0x00080033, "TM", time);
  bag_dicos_header_add_fact (writer, 0x00080060, "CS", description, "Modality");
  bag_dicos_header_add_fact (writer, 0x00080070, "LO", description, "Manufacturer");
  bag_dicos_header_add_fact (writer, 0x00080080, "LO", description, "InstitutionName");
  bag_dicos_header_add_fact (writer, 0x00081010, "SH", description, "StationName");
  bag_dicos_header_add_fact (writer, 0x00081090, "LO", description, "ManufacturerModelName");
  bag_element_writer_add_text (writer, 0x00089206, "CS", "VOLUME");
}

static void
add_object (BagElementWriter *writer, const BagDescription *description)
{
  const char *duration = bag_dicos_header_get_fact (description, "AcquisitionDuration");

  bag_element_writer_add_text (writer, 0x00100020, "LO", description->bag_id);
  bag_dicos_header_add_fact (writer, 0x00100021, "LO", description, "IssuerOfPatientID");
  bag_dicos_header_add_fact (writer, 0x00100022, "CS", description, "TypeOfPatientID");
  bag_dicos_header_add_fact (writer, 0x00181000, "LO", description, "DeviceSerialNumber");
  bag_dicos_header_add_fact (writer, 0x00181020, "LO", description, "SoftwareVersions");
  bag_element_writer_add_double (writer, 0x00189073, g_ascii_strtod (duration, NULL));
  bag_element_writer_add_text (writer, 0x0020000d, "UI", description->study);
  bag_element_writer_add_text (writer, 0x0020000e, "UI", description->series);
  bag_dicos_header_add_fact (writer, 0x00200010, "SH", description, "StudyID");
  bag_element_writer_add_text (writer, 0x00200011, "IS", "1");
  bag_element_writer_add_text (writer, 0x00200013, "IS", "1");
  bag_element_writer_add_text (writer, 0x00200052, "UI", description->frame_of_reference);
}

/* The field's toolkit writes the count as a binary number, the standard as digits. */
static void
add_frame_count (BagElementWriter *writer, guint n_frames, gboolean is_text)
{
  g_autofree char *text = g_strdup_printf ("%u", n_frames);

  if (is_text)
    bag_element_writer_add_text (writer, 0x00280008, "IS", text);
  else
    bag_element_writer_add_number (writer, 0x00280008, (guint16) n_frames);
}

/*
 * bag_dicos_header_add_image:
 * @is_count_text: whether the number of frames is an IS, as the standard says, not a US
 *
 * Adds everything up to the functional groups.
 */
void
bag_dicos_header_add_image (BagElementWriter *writer, const BagDescription *description, gboolean is_count_text)
{
  const BagPixelLayout *layout = &description->layout;

  add_general (writer, description);
  add_object (writer, description);
  bag_element_writer_add_number (writer, 0x00280002, 1);
  bag_element_writer_add_text (writer, 0x00280004, "CS", description->photometric);
  add_frame_count (writer, description->frames->len, is_count_text);
  bag_element_writer_add_number (writer, 0x00280010, layout->rows);
  bag_element_writer_add_number (writer, 0x00280011, layout->columns);
  bag_element_writer_add_number (writer, 0x00280100, layout->bits_allocated);
  bag_element_writer_add_number (writer, 0x00280101, layout->bits_stored);
  bag_element_writer_add_number (writer, 0x00280102, layout->high_bit);
  bag_element_writer_add_number (writer, 0x00280103, layout->is_signed ? 1 : 0);
  bag_element_writer_add_text (writer, 0x20500020, "CS", "IDENTITY");
  bag_dicos_header_add_fact (writer, 0x4010103a, "CS", description, "DICOSVersion");
  bag_dicos_header_add_fact (writer, 0x40101042, "CS", description, "OOIType");
  bag_dicos_header_add_fact (writer, 0x40101044, "CS", description, "AcquisitionStatus");
  bag_dicos_header_add_fact (writer, 0x40101048, "CS", description, "ScanType");
}

static void
add_shared_groups (BagElementWriter *writer, const BagDescription *description)
{
  const BagFrame *first = &g_array_index (description->frames, BagFrame, 0);

  bag_element_writer_begin_group (writer, 0x52009229);
  bag_element_writer_begin_group (writer, 0x00189329); /* frame type */
  bag_dicos_header_add_fact (writer, 0x00089007, "CS", description, "ImageType");
  bag_element_writer_add_text (writer, 0x00089206, "CS", "VOLUME");
  bag_element_writer_end_group (writer);
  bag_element_writer_begin_group (writer, 0x00209116);
  bag_element_writer_add_decimals (writer, 0x00200037, first->orientation, G_N_ELEMENTS (first->orientation));
  bag_element_writer_end_group (writer);
  bag_element_writer_begin_group (writer, 0x00289110); /* pixel measures */
  bag_element_writer_add_decimals (writer, 0x00180050, &description->slice_thickness, 1);
  bag_element_writer_add_decimals (writer, 0x00280030, description->pixel_spacing, 2);
  bag_element_writer_end_group (writer);
  bag_element_writer_begin_group (writer, 0x00289145); /* pixel value transformation */
  bag_element_writer_add_decimals (writer, 0x00281052, &first->intercept, 1);
  bag_element_writer_add_decimals (writer, 0x00281053, &first->slope, 1);
  bag_element_writer_add_text (writer, 0x00281054, "LO", description->units);
  bag_element_writer_end_group (writer);
  bag_element_writer_end_group (writer);
}

/*
 * bag_dicos_header_add_geometry:
 *
 * Adds the functional groups: what all frames share, and where each one lies.
 */
void
bag_dicos_header_add_geometry (BagElementWriter *writer, const BagDescription *description)
{
  add_shared_groups (writer, description);
  bag_element_writer_begin_sequence (writer, 0x52009230);
  for (guint i = 0; i < description->frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (description->frames, BagFrame, i);

      bag_element_writer_begin_item (writer);
      bag_element_writer_begin_group (writer, 0x00209113);
      bag_element_writer_add_decimals (writer, 0x00200032, frame->position, G_N_ELEMENTS (frame->position));
      bag_element_writer_end_group (writer);
      bag_element_writer_end_item (writer);
    }
  bag_element_writer_end_sequence (writer);
}
