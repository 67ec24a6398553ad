/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-lister"

#include "config.h"

#include "dicos/bag-element-lister.h"

#include "description/bag-error.h"
#include "dicos/bag-element-summary.h"
#include "dicos/bag-element-value.h"
#include "dicos/bag-inflater.h"
#include "dicos/bag-sop-class.h"
#include "dicos/bag-transfer-syntax.h"

#include <string.h>

/* All elements of a file as rows, its meta information first. What is about a
 * person is left out here, inside the decoder, unless it was asked for: it then
 * never reaches the program. */

#define MARK_OFFSET 128u
#define FIRST_DATA_OFFSET 132u

typedef struct
{
  BagByteReader *reader;             /* borrowed */
  BagElementList *list;              /* borrowed */
  char *charsets[BAG_MAX_DEPTH + 1]; /* by depth; NULL where it is that of the sequence around */
  guint8 hidden[BAG_MAX_DEPTH + 1];  /* BagElementFlags that what lies so deep inherits */
  char *syntax, *sop_class;          /* "" at first */
  guint pixel_representation;
  gboolean has_pixel_data, is_deflated;
} Lister;

static const char *
get_charset (const Lister *self, guint depth)
{
  while (depth > 0 && self->charsets[depth] == NULL)
    depth--;

  return self->charsets[depth] != NULL ? self->charsets[depth] : "";
}

/* What the element holds: as the file says, else as the dictionary does. */
static void
find_vr (const Lister *self, const BagElement *element, const BagDataElement *known, char vr[3])
{
  gboolean is_signed = self->pixel_representation == 1;

  if (element->vr[0] != '\0' && strcmp (element->vr, "UN") != 0)
    memcpy (vr, element->vr, 3);
  else if (known == NULL || known->vr[0] == '\0')
    memcpy (vr, "UN", 3);
  else if (strcmp (known->vr, "ox") == 0)
    memcpy (vr, "OW", 3);
  else if (strcmp (known->vr, "xs") == 0)
    memcpy (vr, is_signed ? "SS" : "US", 3);
  else if (strcmp (known->vr, "xl") == 0)
    memcpy (vr, is_signed ? "SL" : "UL", 3);
  else
    memcpy (vr, known->vr, 3);
}

static guint8
judge (const Lister *self, const BagDataElement *known, const char *vr, guint depth)
{
  if (self->hidden[depth] != 0)
    return self->hidden[depth];
  if (strcmp (vr, "PN") == 0)
    return BAG_ELEMENT_PERSONAL;
  if (known == NULL)
    return BAG_ELEMENT_UNKNOWN;
  if (known->owner == BAG_DATA_OWNER_PERSON || strcmp (known->vr, "PN") == 0)
    return BAG_ELEMENT_PERSONAL;
  if (known->owner == BAG_DATA_OWNER_BAG && !bag_sop_class_is_dicos (self->sop_class))
    return BAG_ELEMENT_PERSONAL;

  return 0;
}

static guint8
mask (const Lister *self, guint8 flags)
{
  return flags != 0 && !self->list->is_revealed ? flags | BAG_ELEMENT_MASKED : flags;
}

static void
add_row (Lister *self, const BagElement *element, const BagElementPath *path, guint8 kind)
{
  const BagDataElement *known = bag_data_element_find (element->tag);
  g_autofree char *text = NULL;
  char vr[3];
  BagElementRow row = { .tag = element->tag, .length = element->length, .depth = (guint8) (2 * path->depth) };

  find_vr (self, element, known, vr);
  memcpy (row.vr, element->vr[0] != '\0' ? element->vr : vr, 3);
  row.flags = kind | mask (self, judge (self, known, vr, path->depth));
  if ((row.flags & BAG_ELEMENT_MASKED) != 0 && (row.flags & BAG_ELEMENT_PERSONAL) != 0)
    row.length = 0;
  if (kind == 0 && (row.flags & BAG_ELEMENT_MASKED) == 0 && !bag_tag_is_pixel_data (element->tag))
    text = bag_element_summarize (self->reader, element, vr, get_charset (self, path->depth));
  row.text = text != NULL ? text : "";
  bag_element_list_add (self->list, &row);
}

static void
replace (char **text, char *value)
{
  g_free (*text);
  *text = value;
}

/* Of what follows, this decides how it is read or whose it is. */
static void
learn (Lister *self, const BagElement *element, guint depth)
{
  if (element->tag == 0x00080005u)
    replace (&self->charsets[depth], bag_element_get_ascii (self->reader, element));
  if (depth > 0)
    return;

  if (element->tag == 0x00020010u)
    replace (&self->syntax, bag_element_get_ascii (self->reader, element));
  else if (element->tag == 0x00020002u || (element->tag == 0x00080016u && element->length > 0))
    replace (&self->sop_class, bag_element_get_ascii (self->reader, element));
  else if (element->tag == 0x00280103u)
    self->pixel_representation = bag_element_get_uint (self->reader, element, 0);
  else if (bag_tag_is_pixel_data (element->tag))
    self->has_pixel_data = TRUE;
}

static gboolean
on_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  Lister *self = user_data;

  learn (self, element, path->depth);
  add_row (self, element, path, 0);

  /* Deflated pixels would have to be inflated to see what comes behind. */
  return !(self->is_deflated && self->has_pixel_data);
}

static void
on_sequence (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  Lister *self = user_data;
  const BagDataElement *known = bag_data_element_find (element->tag);

  add_row (self, element, path, BAG_ELEMENT_SEQUENCE);
  if (path->depth < BAG_MAX_DEPTH)
    self->hidden[path->depth + 1] = judge (self, known, element->vr, path->depth);
}

static void
on_item (const BagElementPath *path, gpointer user_data)
{
  Lister *self = user_data;
  BagElementRow row = { .tag = BAG_TAG_ITEM, .depth = (guint8) (2 * path->depth - 1), .flags = BAG_ELEMENT_ITEM, .text = "" };

  g_clear_pointer (&self->charsets[path->depth], g_free);
  bag_element_list_add (self->list, &row);
}

static gboolean
is_sequence (guint32 tag)
{
  const BagDataElement *known = bag_data_element_find (tag);

  return known != NULL && strcmp (known->vr, "SQ") == 0;
}

static gboolean
check_mark (BagByteReader *reader, GError **error)
{
  const guint8 *bytes = NULL;

  if (bag_byte_reader_contains (reader, MARK_OFFSET, 4))
    bytes = bag_byte_reader_peek (reader, MARK_OFFSET, 4, NULL);
  if (bytes != NULL && memcmp (bytes, "DICM", 4) == 0)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NOT_DICOM, "This is not a DICOM or DICOS file: its mark is missing");

  return FALSE;
}

static const BagTransferSyntax *
open_data_set (Lister *self, guint64 offset, GError **error)
{
  const BagTransferSyntax *syntax = bag_transfer_syntax_find (self->syntax, error);

  self->is_deflated = syntax != NULL && syntax->codec == BAG_FRAME_CODEC_DEFLATED;
  if (self->is_deflated && !bag_byte_reader_inflate_from (self->reader, offset, error))
    return NULL;

  return syntax;
}

/* Whatever there is of a damaged header is listed, and why there is no more. */
static void
list_data_set (Lister *self, const BagTransferSyntax *syntax, guint64 offset)
{
  const BagElementGrammar grammar = {
    .on_element = on_element,
    .on_sequence = on_sequence,
    .on_item = on_item,
    .is_sequence = is_sequence,
    .is_implicit = syntax->is_implicit,
    .is_big_endian = syntax->is_big_endian,
  };
  g_autoptr (GError) error = NULL;

  if (!bag_element_parser_run (self->reader, &grammar, &offset, self, &error) && !self->has_pixel_data)
    replace (&self->list->problem, g_strdup (error->message));
}

static gboolean
list (Lister *self, GError **error)
{
  const BagElementGrammar meta = { .on_element = on_element, .on_sequence = on_sequence, .on_item = on_item, .only_group = 0x0002 };
  const BagTransferSyntax *syntax = NULL;
  guint64 offset = FIRST_DATA_OFFSET;

  if (!check_mark (self->reader, error) || !bag_element_parser_run (self->reader, &meta, &offset, self, error))
    return FALSE;

  syntax = open_data_set (self, offset, error);
  if (syntax == NULL)
    return FALSE;
  list_data_set (self, syntax, offset);

  return TRUE;
}

static void
lister_clear (Lister *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->charsets); i++)
    g_clear_pointer (&self->charsets[i], g_free);
  g_clear_pointer (&self->syntax, g_free);
  g_clear_pointer (&self->sop_class, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lister, lister_clear)

/**
 * bag_element_lister_read:
 * @reader: a file
 * @reveal: whether values that are about persons, or may be, come in clear
 * @error: why there is nothing to list: %BAG_ERROR_NOT_DICOM, or the meta
 *   information cannot be read, or names a transfer syntax that is not read
 *
 * Pixels are never read. Masked is: what the dictionary marks, any name (VR PN),
 * private and unknown elements, for nobody can tell what they hold, and all
 * within a sequence of these.
 *
 * Returns: (transfer full): its elements, or %NULL
 */
BagElementList *
bag_element_lister_read (BagByteReader *reader, gboolean reveal, GError **error)
{
  g_autoptr (BagElementList) elements = bag_element_list_new (reveal);
  g_auto (Lister) self = { .reader = reader, .list = elements, .syntax = g_strdup (""), .sop_class = g_strdup ("") };

  g_return_val_if_fail (reader != NULL, NULL);

  if (!list (&self, error))
    return NULL;

  return g_steal_pointer (&elements);
}
