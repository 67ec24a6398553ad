/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-image-header"

#include "config.h"

#include "dicos/bag-image-header.h"

#include "dicos/bag-repeated-tag.h"
#include "dicos/bag-sop-class.h"

#include <math.h>
#include <string.h>

/* Collects the attributes of a CT image from wherever they stand: medical CT
 * keeps geometry and rescale at the top, multi-frame objects in shared and
 * per-frame functional groups (PS3.3 C.7.6.16). Judges nothing. */

#define TAG_SHARED_GROUPS 0x52009229u
#define TAG_MODALITY_TABLE 0x00283000u
#define TAG_XRAY_DETAILS 0x00189325u
#define TAG_FRAME_GROUPS 0x52009230u
#define TAG_MASS 0x00101030u
#define FIRST_DATA_OFFSET 132u

typedef struct
{
  BagImageHeader *header; /* borrowed */
  BagByteReader *reader;  /* borrowed */
} Collector;

static const struct
{
  guint32 tag;
  BagHeaderText text;
} text_table[] = {
  { 0x00020002u, BAG_TEXT_META_CLASS },
  { 0x00020010u, BAG_TEXT_TRANSFER_SYNTAX },
  { 0x00080008u, BAG_TEXT_IMAGE_TYPE },
  { 0x00080016u, BAG_TEXT_SOP_CLASS },
  { 0x00080018u, BAG_TEXT_SOP_INSTANCE },
  { 0x00080020u, BAG_TEXT_STUDY_DATE },
  { 0x00080021u, BAG_TEXT_SERIES_DATE },
  { 0x00080022u, BAG_TEXT_ACQUISITION_DATE },
  { 0x0008002au, BAG_TEXT_ACQUISITION_DATE_TIME },
  { 0x00080030u, BAG_TEXT_STUDY_TIME },
  { 0x00080031u, BAG_TEXT_SERIES_TIME },
  { 0x00080032u, BAG_TEXT_ACQUISITION_TIME },
  { 0x00100020u, BAG_TEXT_BAG_ID },
  { 0x0020000du, BAG_TEXT_STUDY },
  { 0x0020000eu, BAG_TEXT_SERIES },
  { 0x00200052u, BAG_TEXT_FRAME_OF_REFERENCE },
  { 0x00280004u, BAG_TEXT_PHOTOMETRIC },
  { 0x40101039u, BAG_TEXT_TIP_TYPE },
  { 0x40101044u, BAG_TEXT_ACQUISITION_STATUS },
};

/* In display order: the bag, the scan, the machine, the names of the objects.
 * Nothing about the owner: gender, itinerary and the like stay unread. */
static const struct
{
  guint32 tag;
  const char *keyword;
  BagValueKind kind;
} fact_table[] = {
  { 0x00100020u, "PatientID", BAG_VALUE_TEXT },
  { 0x00100021u, "IssuerOfPatientID", BAG_VALUE_TEXT },
  { 0x00100022u, "TypeOfPatientID", BAG_VALUE_TEXT },
  { 0x40101042u, "OOIType", BAG_VALUE_TEXT },
  { 0x40101043u, "OOISize", BAG_VALUE_FLOAT },
  { TAG_MASS, "PatientWeight", BAG_VALUE_TEXT },
  { 0x00080060u, "Modality", BAG_VALUE_TEXT },
  { 0x00080008u, "ImageType", BAG_VALUE_TEXT },
  { 0x00080020u, "StudyDate", BAG_VALUE_TEXT },
  { 0x00080030u, "StudyTime", BAG_VALUE_TEXT },
  { 0x00200010u, "StudyID", BAG_VALUE_TEXT },
  { 0x40101048u, "ScanType", BAG_VALUE_TEXT },
  { 0x0008002au, "AcquisitionDateTime", BAG_VALUE_TEXT },
  { 0x00189073u, "AcquisitionDuration", BAG_VALUE_DOUBLE },
  { 0x40101044u, "AcquisitionStatus", BAG_VALUE_TEXT },
  { 0x40101039u, "TIPType", BAG_VALUE_TEXT },
  { 0x00180060u, "KVP", BAG_VALUE_TEXT },
  { 0x00181160u, "FilterType", BAG_VALUE_TEXT },
  { 0x00187050u, "FilterMaterial", BAG_VALUE_TEXT },
  { 0x00081010u, "StationName", BAG_VALUE_TEXT },
  { 0x00080080u, "InstitutionName", BAG_VALUE_TEXT },
  { 0x00080081u, "InstitutionAddress", BAG_VALUE_TEXT },
  { 0x00080070u, "Manufacturer", BAG_VALUE_TEXT },
  { 0x00081090u, "ManufacturerModelName", BAG_VALUE_TEXT },
  { 0x00181000u, "DeviceSerialNumber", BAG_VALUE_TEXT },
  { 0x00181020u, "SoftwareVersions", BAG_VALUE_TEXT },
  { 0x0020000du, "StudyInstanceUID", BAG_VALUE_TEXT },
  { 0x0020000eu, "SeriesInstanceUID", BAG_VALUE_TEXT },
  { 0x00080018u, "SOPInstanceUID", BAG_VALUE_TEXT },
  { 0x61000030u, "SeriesEnergy", BAG_VALUE_US },
  { 0x61000031u, "SeriesEnergyDescription", BAG_VALUE_TEXT },
  { 0x4010103au, "DICOSVersion", BAG_VALUE_TEXT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fact_table) <= BAG_N_HEADER_FACTS);

/* The first occurrence counts: a repeated element is an error of the file. */
static void
collect_texts (Collector *self, const BagElement *element)
{
  BagImageHeader *header = self->header;

  for (guint i = 0; i < G_N_ELEMENTS (text_table); i++)
    if (text_table[i].tag == element->tag && header->texts[text_table[i].text] == NULL)
      header->texts[text_table[i].text] = bag_element_get_text (self->reader, element, header->charset);
}

static void
collect_fact (Collector *self, const BagElement *element)
{
  BagImageHeader *header = self->header;

  for (guint i = 0; i < G_N_ELEMENTS (fact_table); i++)
    if (fact_table[i].tag == element->tag && header->facts[i] == NULL)
      header->facts[i] = bag_element_get_display (self->reader, element, fact_table[i].kind, header->charset);
}

static void
collect_charset (Collector *self, const BagElement *element)
{
  g_free (self->header->charset);
  self->header->charset = bag_element_get_ascii (self->reader, element);
}

static gboolean
collect_number (Collector *self, const BagElement *element)
{
  BagImageHeader *header = self->header;

  switch (element->tag)
    {
    case 0x00200013u:
      header->instance_number = bag_element_get_count (self->reader, element);
      return TRUE;
    case 0x00280002u:
      header->samples_per_pixel = bag_element_get_uint (self->reader, element, 0);
      return TRUE;
    case 0x00280008u:
      header->has_frame_count = element->length > 0;
      header->n_frames = bag_element_get_count (self->reader, element);
      header->n_frames_binary = bag_element_get_binary_count (self->reader, element);
      return TRUE;
    case 0x00280010u:
      header->rows = bag_element_get_uint (self->reader, element, 0);
      return TRUE;
    case 0x00280011u:
      header->columns = bag_element_get_uint (self->reader, element, 0);
      return TRUE;
    case 0x00280100u:
      header->bits_allocated = bag_element_get_uint (self->reader, element, G_MAXUINT);
      return TRUE;
    case 0x00280101u:
      header->bits_stored = bag_element_get_uint (self->reader, element, G_MAXUINT);
      return TRUE;
    case 0x00280102u:
      header->high_bit = bag_element_get_uint (self->reader, element, G_MAXUINT);
      return TRUE;
    case 0x00280103u:
      header->representation = bag_element_get_uint (self->reader, element, 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
collect_doubles (Collector *self, const BagElement *element, BagGroup *group, BagGroupFlags flag, double *values, guint n)
{
  double read[6] = { NAN, NAN, NAN, NAN, NAN, NAN };

  /* Windows may have several values: the first one is the maker's first choice. Where some of
   * the numbers are there the others are missing, which makes as little sense as a wrong one. */
  if (bag_element_get_doubles (self->reader, element, read, n) == 0)
    return;

  memcpy (values, read, n * sizeof *values);
  group->has |= flag;
}

static void
collect_first (Collector *self, const BagElement *element, char **text)
{
  if (*text == NULL)
    *text = bag_element_get_text (self->reader, element, self->header->charset);
}

/* An empty name is no name. */
static void
collect_function (Collector *self, const BagElement *element, BagGroup *group)
{
  static const char *const names[BAG_N_VOI_FUNCTIONS] = {
    [BAG_VOI_FUNCTION_LINEAR] = "LINEAR",
    [BAG_VOI_FUNCTION_LINEAR_EXACT] = "LINEAR_EXACT",
    [BAG_VOI_FUNCTION_SIGMOID] = "SIGMOID",
  };
  g_autofree char *name = bag_element_get_text (self->reader, element, self->header->charset);
  guint function = 0;

  if (name == NULL || *name == '\0')
    return;

  while (function < BAG_N_VOI_FUNCTIONS && strcmp (name, names[function]) != 0)
    function++;
  group->has |= BAG_GROUP_FUNCTION;
  group->function = function < BAG_N_VOI_FUNCTIONS ? (BagVoiFunction) function : BAG_VOI_FUNCTION_LINEAR;
  if (function == BAG_N_VOI_FUNCTIONS && self->header->unknown_function == NULL)
    self->header->unknown_function = g_steal_pointer (&name);
}

static void
collect_group (Collector *self, const BagElement *element, BagGroup *group)
{
  switch (element->tag)
    {
    case 0x00180050u:
      collect_doubles (self, element, group, BAG_GROUP_THICKNESS, &group->thickness, 1);
      break;
    case 0x00200032u:
      collect_doubles (self, element, group, BAG_GROUP_POSITION, group->position, 3);
      break;
    case 0x00200037u:
      collect_doubles (self, element, group, BAG_GROUP_ORIENTATION, group->orientation, 6);
      break;
    case 0x00280030u:
      collect_doubles (self, element, group, BAG_GROUP_SPACING, group->spacing, 2);
      break;
    case 0x00281050u:
      collect_doubles (self, element, group, BAG_GROUP_CENTER, &group->center, 1);
      break;
    case 0x00281051u:
      collect_doubles (self, element, group, BAG_GROUP_WIDTH, &group->width, 1);
      break;
    case 0x00281052u:
      collect_doubles (self, element, group, BAG_GROUP_INTERCEPT, &group->intercept, 1);
      break;
    case 0x00281053u:
      collect_doubles (self, element, group, BAG_GROUP_SLOPE, &group->slope, 1);
      break;
    case 0x00281054u:
      collect_first (self, element, &self->header->rescale_type);
      break;
    case 0x00281056u:
      collect_function (self, element, group);
      break;
    default:
      break;
    }
}

static gboolean
collect_pixel_data (Collector *self, const BagElement *element)
{
  if (bag_tag_is_pixel_data (element->tag))
    {
      self->header->has_pixel_data = TRUE;
      self->header->pixel_data = *element;
      return TRUE;
    }
  if (element->tag == BAG_TAG_FRAME_OFFSETS)
    self->header->frame_table.offsets = *element;
  else if (element->tag == BAG_TAG_FRAME_LENGTHS)
    self->header->frame_table.lengths = *element;

  return FALSE;
}

static gboolean
collect_top (Collector *self, const BagElement *element)
{
  if (self->header->repeated_tag == 0)
    self->header->repeated_tag = bag_repeated_tag_find (self->header->tags, element->tag);
  if (element->tag >> 16 == 0x7fe0 && collect_pixel_data (self, element))
    return FALSE;

  if (element->tag == 0x00080005u)
    collect_charset (self, element);
  else if (!collect_number (self, element))
    {
      collect_texts (self, element);
      collect_fact (self, element);
      collect_group (self, element, &self->header->top);
    }

  return TRUE;
}

static BagGroup *
find_frame_group (BagImageHeader *header, guint index)
{
  return index < header->groups->len ? &g_array_index (header->groups, BagGroup, index) : NULL;
}

static gboolean
on_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  Collector *self = user_data;
  BagGroup *group = NULL;

  if (path->depth == 0)
    return collect_top (self, element);
  if (path->depth != 2)
    return TRUE;

  if (path->tags[0] == TAG_SHARED_GROUPS && path->items[0] == 0)
    {
      group = &self->header->shared;
      if (path->tags[1] == TAG_XRAY_DETAILS)
        collect_fact (self, element);
    }
  else if (path->tags[0] == TAG_FRAME_GROUPS)
    group = find_frame_group (self->header, path->items[0]);
  if (group != NULL)
    collect_group (self, element, group);

  return TRUE;
}

static void
on_item (const BagElementPath *path, gpointer user_data)
{
  Collector *self = user_data;
  GArray *groups = self->header->groups;

  if (path->depth == 1 && path->tags[0] == TAG_MODALITY_TABLE)
    self->header->has_modality_table = TRUE;
  if (path->depth != 1 || path->tags[0] != TAG_FRAME_GROUPS)
    return;

  self->header->n_group_items++;
  if (groups->len < BAG_MAX_FRAMES)
    g_array_set_size (groups, groups->len + 1);
}

/**
 * bag_image_header_init:
 * @self: an uninitialised header
 *
 * Makes @self an empty header.
 */
void
bag_image_header_init (BagImageHeader *self)
{
  memset (self, 0, sizeof *self);
  self->charset = g_strdup ("");
  self->tags = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->groups = g_array_new (FALSE, TRUE, sizeof (BagGroup));
  self->samples_per_pixel = 1;
  self->bits_allocated = G_MAXUINT;
  self->bits_stored = G_MAXUINT;
  self->high_bit = G_MAXUINT;
}

/**
 * bag_image_header_clear:
 * @self: a header
 *
 * Frees what @self holds.
 */
void
bag_image_header_clear (BagImageHeader *self)
{
  g_clear_pointer (&self->charset, g_free);
  g_clear_pointer (&self->rescale_type, g_free);
  g_clear_pointer (&self->unknown_function, g_free);
  g_clear_pointer (&self->tags, g_array_unref);
  g_clear_pointer (&self->groups, g_array_unref);
  for (guint i = 0; i < BAG_N_HEADER_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  for (guint i = 0; i < BAG_N_HEADER_FACTS; i++)
    g_clear_pointer (&self->facts[i], g_free);
}

/**
 * bag_image_header_read_meta:
 * @self: an empty header
 * @reader: a file that has the DICM mark
 * @offset: (out): where the data set begins
 * @error: as bag_element_parser_run()
 *
 * Reads the file meta information (PS3.10 section 7.1). Its group length is
 * often wrong, so it ends where the group number does.
 *
 * Returns: whether it was whole
 */
gboolean
bag_image_header_read_meta (BagImageHeader *self, BagByteReader *reader, guint64 *offset, GError **error)
{
  const BagElementGrammar grammar = { .on_element = on_element, .only_group = 0x0002 };
  Collector collector = { .header = self, .reader = reader };

  *offset = FIRST_DATA_OFFSET;

  return bag_element_parser_run (reader, &grammar, offset, &collector, error);
}

/**
 * bag_image_header_read:
 * @self: a header with its meta information
 * @reader: the file
 * @syntax: how the data set is written
 * @offset: where the data set begins
 * @error: as bag_element_parser_run()
 *
 * Reads the data set up to its pixel data, or to its end when it has none.
 *
 * Returns: whether that worked
 */
gboolean
bag_image_header_read (BagImageHeader *self, BagByteReader *reader, const BagTransferSyntax *syntax, guint64 offset, GError **error)
{
  const BagElementGrammar grammar = {
    .on_element = on_element,
    .on_item = on_item,
    .is_implicit = syntax->is_implicit,
    .is_big_endian = syntax->is_big_endian,
  };
  Collector collector = { .header = self, .reader = reader };

  return bag_element_parser_run (reader, &grammar, &offset, &collector, error);
}

/**
 * bag_image_header_add_facts:
 * @self: a header
 * @description: takes the facts that the file gives, in display order; knows its SOP class
 *
 * The mass is a bag's in DICOS. Elsewhere it is a person's, and no fact.
 */
void
bag_image_header_add_facts (const BagImageHeader *self, BagDescription *description)
{
  gboolean is_bag = bag_sop_class_is_dicos (description->sop_class);

  for (guint i = 0; i < G_N_ELEMENTS (fact_table); i++)
    if (is_bag || fact_table[i].tag != TAG_MASS)
      bag_description_add_fact (description, fact_table[i].keyword, self->facts[i]);
}
