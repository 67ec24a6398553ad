/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-threat-collector"

#include "config.h"

#include "dicos/bag-threat-collector.h"

#include "dicos/bag-element-value.h"

#include <math.h>
#include <string.h>

/* Collects what a threat report says from the sequences that it stands in. Judges
 * nothing but whether a number can be one. */

#define FIRST_DATA_OFFSET 132u
#define TAG_SOP_CLASS 0x00080016u
#define TAG_STUDY 0x00081110u
#define TAG_INSTANCE 0x0008114au
#define TAG_REFERENCED_INSTANCE 0x00081155u
#define TAG_REGION 0x40101001u
#define TAG_THREAT 0x40101011u
#define TAG_PLACE 0x40101037u
#define TAG_ASSESSMENT 0x40101038u

#define FEWEST_POINTS 2u /* of a polygon: opposite corners of a box */
#define MOST_POINTS 65536u

static const struct
{
  guint32 tag;
  BagReportText text;
} text_table[] = {
  { 0x00080018u, BAG_REPORT_TEXT_SOP_INSTANCE },
  { 0x00100020u, BAG_REPORT_TEXT_BAG_ID },
  { 0x0020000du, BAG_REPORT_TEXT_STUDY },
  { 0x0020000eu, BAG_REPORT_TEXT_SERIES },
  { 0x00200052u, BAG_REPORT_TEXT_FRAME_OF_REFERENCE },
  { 0x40101021u, BAG_REPORT_TEXT_ABORT_REASON },
  { 0x40101024u, BAG_REPORT_TEXT_ABORT_FLAG },
  { 0x40101027u, BAG_REPORT_TEXT_TYPE },
  { 0x40101029u, BAG_REPORT_TEXT_ALGORITHM },
  { 0x4010102bu, BAG_REPORT_TEXT_TIME },
  { 0x40101031u, BAG_REPORT_TEXT_DECISION },
};

static void
collect_text (BagThreatCollector *self, const BagElement *element, char **field)
{
  g_free (*field);
  *field = bag_element_get_text (self->reader, element, self->charset);
}

static void
collect_charset (BagThreatCollector *self, const BagElement *element)
{
  g_free (self->charset);
  self->charset = bag_element_get_ascii (self->reader, element);
}

static gboolean
on_meta_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  BagThreatCollector *self = user_data;

  if (element->tag == 0x00020002u)
    collect_text (self, element, &self->meta_class);
  else if (element->tag == 0x00020010u)
    collect_text (self, element, &self->syntax);

  return TRUE;
}

/* An algorithm and its version are two values of one element. */
static void
collect_top (BagThreatCollector *self, const BagElement *element)
{
  g_autofree char *value = NULL;

  if (element->tag == 0x00080005u)
    collect_charset (self, element);
  else if (element->tag == TAG_SOP_CLASS)
    collect_text (self, element, &self->sop_class);
  else if (element->tag == 0x40101033u)
    self->n_claimed = bag_element_get_uint (self->reader, element, G_MAXUINT);

  for (guint i = 0; i < G_N_ELEMENTS (text_table); i++)
    if (text_table[i].tag == element->tag && *self->report->texts[text_table[i].text] == '\0')
      {
        value = bag_element_get_text (self->reader, element, self->charset);
        bag_report_set_text (self->report, text_table[i].text, g_strdelimit (value, "\\", ' '));
      }
}

static BagReportObject *
get_object (BagThreatCollector *self)
{
  GPtrArray *objects = self->report->objects;

  return g_ptr_array_index (objects, objects->len - 1);
}

static BagReportPlace *
get_place (BagThreatCollector *self)
{
  GPtrArray *places = get_object (self)->places;

  return g_ptr_array_index (places, places->len - 1);
}

static BagReportAssessment *
get_assessment (BagThreatCollector *self)
{
  GPtrArray *assessments = get_object (self)->assessments;

  return g_ptr_array_index (assessments, assessments->len - 1);
}

/* Numbers of implicit files come without a type: they are FL, as the format says. */
static guint
read_floats (BagThreatCollector *self, const BagElement *element, double *values, guint n)
{
  BagElement typed = *element;

  if (typed.vr[0] == '\0' || strcmp (typed.vr, "UN") == 0)
    memcpy (typed.vr, "FL", 3);

  return bag_element_get_doubles (self->reader, &typed, values, n);
}

static void
collect_number (BagThreatCollector *self, const BagElement *element, double least, double most, double *field)
{
  double value = NAN;

  if (element->length > 0 && read_floats (self, element, &value, 1) == 1 && value >= least && value <= most)
    *field = value;
  else if (element->length > 0)
    self->n_bad_numbers++;
}

static gboolean
read_vector (BagThreatCollector *self, const BagElement *element, double *vector)
{
  gboolean good = read_floats (self, element, vector, 3) == 3;

  for (guint i = 0; good && i < 3; i++)
    good = fabs (vector[i]) <= BAG_MAX_MAGNITUDE;

  return good;
}

static void
collect_region (BagThreatCollector *self, const BagElement *element, BagReportPlace *place)
{
  double *vector = element->tag == 0x40101004u ? place->base : place->extents;

  for (guint i = 0; i < 3 && (place->flags & BAG_REPORT_PLACE_HAS_REGION) == 0; i++)
    place->base[i] = place->extents[i] = NAN;
  if (!read_vector (self, element, vector))
    vector[0] = vector[1] = vector[2] = NAN;
  place->flags |= BAG_REPORT_PLACE_HAS_REGION;
}

/* Points of three numbers each, read one by one: only the box around them is kept. */
static void
collect_polygon (BagThreatCollector *self, const BagElement *element, BagReportPlace *place)
{
  const guint point_bytes = 3 * 4;
  guint n = element->length / point_bytes <= MOST_POINTS ? element->length / point_bytes : 0;
  double point[3];

  place->flags |= BAG_REPORT_PLACE_HAS_POLYGON;
  for (guint i = 0; i < n; i++)
    {
      BagElement piece = *element;

      piece.offset += (guint64) i * point_bytes;
      piece.length = point_bytes;
      if (!read_vector (self, &piece, point))
        n = 0;
      for (guint k = 0; k < 3; k++)
        {
          place->corners[0][k] = i == 0 ? point[k] : MIN (place->corners[0][k], point[k]);
          place->corners[1][k] = i == 0 ? point[k] : MAX (place->corners[1][k], point[k]);
        }
    }
  if (n >= FEWEST_POINTS)
    return;

  place->flags &= ~(guint) BAG_REPORT_PLACE_HAS_POLYGON;
  memset (place->corners, 0, sizeof place->corners);
  self->n_bad_numbers++;
}

static void
collect_in_place (BagThreatCollector *self, const BagElement *element)
{
  BagReportPlace *place = get_place (self);

  switch (element->tag)
    {
    case 0x40101017u:
      collect_number (self, element, 0, BAG_MAX_MAGNITUDE, &place->mass);
      break;
    case 0x40101018u:
      collect_number (self, element, 0, BAG_MAX_MAGNITUDE, &place->density);
      break;
    case 0x40101019u:
      collect_number (self, element, 0, BAG_MAX_MAGNITUDE, &place->z_effective);
      break;
    case 0x4010101du:
      collect_polygon (self, element, place);
      break;
    case 0x40101023u:
      collect_number (self, element, 0, BAG_MAX_MAGNITUDE, &place->volume_cc);
      break;
    case 0x40101078u:
      collect_text (self, element, &place->location);
      break;
    default:
      break;
    }
}

static void
collect_flag (BagThreatCollector *self, const BagElement *element, BagReportAssessment *one)
{
  g_autofree char *name = bag_element_get_text (self->reader, element, self->charset);

  for (guint flag = 0; flag < BAG_N_THREAT_FLAGS; flag++)
    if (strcmp (name, bag_threat_flag_get_name ((BagThreatFlag) flag)) == 0)
      one->flag = (BagThreatFlag) flag;
}

static void
collect_in_assessment (BagThreatCollector *self, const BagElement *element)
{
  BagReportAssessment *one = get_assessment (self);

  switch (element->tag)
    {
    case 0x40101012u:
      collect_text (self, element, &one->category);
      break;
    case 0x40101013u:
      collect_text (self, element, &one->text);
      break;
    case 0x40101014u:
      collect_text (self, element, &one->ability);
      break;
    case 0x40101015u:
      collect_flag (self, element, one);
      break;
    case 0x40101016u:
      collect_number (self, element, 0, 1, &one->probability);
      break;
    default:
      break;
    }
}

static void
collect_in_region (BagThreatCollector *self, const BagElement *element)
{
  if (element->tag == 0x40101004u || element->tag == 0x40101005u)
    collect_region (self, element, get_place (self));
  else if (element->tag == 0x40101006u)
    g_array_index (self->masks, BagElement, self->n_places - 1) = *element;
}

static void
collect_reference (BagThreatCollector *self, const BagElement *element, GPtrArray *instances)
{
  if (element->tag != TAG_REFERENCED_INSTANCE)
    return;
  if (self->n_references++ < BAG_MAX_REPORT_REFERENCES)
    g_ptr_array_add (instances, bag_element_get_text (self->reader, element, self->charset));
  else
    self->too_many = "references to scans";
}

static void
collect_nested (BagThreatCollector *self, const BagElement *element, const BagElementPath *path)
{
  const guint32 *tags = path->tags;

  if (path->depth == 1 && tags[0] == TAG_STUDY)
    collect_reference (self, element, self->report->instances);
  if (tags[0] != TAG_THREAT)
    return;

  if (path->depth == 1 && element->tag == 0x40101010u)
    get_object (self)->id = bag_element_get_uint (self->reader, element, 0);
  else if (path->depth == 2 && tags[1] == TAG_PLACE)
    collect_in_place (self, element);
  else if (path->depth == 2 && tags[1] == TAG_ASSESSMENT)
    collect_in_assessment (self, element);
  else if (path->depth == 3 && tags[1] == TAG_PLACE && tags[2] == TAG_REGION)
    collect_in_region (self, element);
  else if (path->depth == 3 && tags[1] == TAG_PLACE && tags[2] == TAG_INSTANCE)
    collect_reference (self, element, get_place (self)->instances);
}

static gboolean
on_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  BagThreatCollector *self = user_data;

  if (self->too_many != NULL)
    return FALSE;

  if (path->depth == 0)
    collect_top (self, element);
  else if (!self->is_seeking)
    collect_nested (self, element, path);

  return !self->is_seeking || path->depth > 0 || element->tag < TAG_SOP_CLASS;
}

static void
begin_object (BagThreatCollector *self)
{
  if (self->report->objects->len < BAG_MAX_REPORT_OBJECTS)
    g_ptr_array_add (self->report->objects, bag_report_object_new ());
  else
    self->too_many = "objects";
}

static void
begin_place (BagThreatCollector *self)
{
  if (self->n_places == BAG_MAX_REPORT_PLACES)
    {
      self->too_many = "places of objects";
      return;
    }

  g_ptr_array_add (get_object (self)->places, bag_report_place_new ());
  g_array_set_size (self->masks, ++self->n_places);
}

static void
begin_assessment (BagThreatCollector *self)
{
  if (self->n_assessments++ < BAG_MAX_REPORT_ASSESSMENTS)
    g_ptr_array_add (get_object (self)->assessments, bag_report_assessment_new ());
  else
    self->too_many = "assessments";
}

static void
on_item (const BagElementPath *path, gpointer user_data)
{
  BagThreatCollector *self = user_data;

  if (self->is_seeking || self->too_many != NULL || path->tags[0] != TAG_THREAT)
    return;

  if (path->depth == 1)
    begin_object (self);
  else if (path->depth == 2 && path->tags[1] == TAG_PLACE)
    begin_place (self);
  else if (path->depth == 2 && path->tags[1] == TAG_ASSESSMENT)
    begin_assessment (self);
}

/**
 * bag_threat_collector_init:
 * @self: memory for it
 * @reader: a file that has the DICM mark
 * @report: an empty report, to be filled
 */
void
bag_threat_collector_init (BagThreatCollector *self, BagByteReader *reader, BagReport *report)
{
  *self = (BagThreatCollector){ .reader = reader, .report = report, .n_claimed = G_MAXUINT };
  self->meta_class = g_strdup ("");
  self->sop_class = g_strdup ("");
  self->syntax = g_strdup ("");
  self->charset = g_strdup ("");
  self->masks = g_array_new (FALSE, TRUE, sizeof (BagElement));
}

/**
 * bag_threat_collector_clear:
 * @self: a collector
 *
 * Frees what @self holds.
 */
void
bag_threat_collector_clear (BagThreatCollector *self)
{
  g_clear_pointer (&self->meta_class, g_free);
  g_clear_pointer (&self->sop_class, g_free);
  g_clear_pointer (&self->syntax, g_free);
  g_clear_pointer (&self->charset, g_free);
  g_clear_pointer (&self->masks, g_array_unref);
}

/**
 * bag_threat_collector_read_meta:
 * @self: a collector
 * @offset: (out): where the data set begins
 * @error: as bag_element_parser_run()
 *
 * Reads the file meta information (PS3.10 section 7.1).
 *
 * Returns: whether it was whole
 */
gboolean
bag_threat_collector_read_meta (BagThreatCollector *self, guint64 *offset, GError **error)
{
  const BagElementGrammar grammar = { .on_element = on_meta_element, .only_group = 0x0002 };

  *offset = FIRST_DATA_OFFSET;

  return bag_element_parser_run (self->reader, &grammar, offset, self, error);
}

/**
 * bag_threat_collector_read:
 * @self: a collector
 * @syntax: how the data set is written
 * @only_class: whether to stop once the class of the object is known
 * @offset: where the data set begins
 * @error: as bag_element_parser_run()
 *
 * Returns: whether it came to the end, or found too many of something
 */
gboolean
bag_threat_collector_read (BagThreatCollector *self, const BagTransferSyntax *syntax, gboolean only_class, guint64 offset, GError **error)
{
  static const guint32 sequences[] = { TAG_STUDY, TAG_INSTANCE, TAG_REGION, TAG_THREAT, TAG_PLACE, TAG_ASSESSMENT };
  const BagElementGrammar grammar = {
    .on_element = on_element,
    .on_item = on_item,
    .is_implicit = syntax->is_implicit,
    .is_big_endian = syntax->is_big_endian,
    .sequences = sequences,
    .n_sequences = G_N_ELEMENTS (sequences),
  };

  self->is_seeking = only_class;

  return bag_element_parser_run (self->reader, &grammar, &offset, self, error);
}
