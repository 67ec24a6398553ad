/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-parser"

#include "config.h"

#include "dicos/bag-element-parser.h"

#include "description/bag-error.h"

#include <string.h>

/* The grammar of data elements (PS3.5 section 7) in either byte order, as a loop over
 * an explicit stack: a file decides neither how deep the C stack grows nor how
 * much is allocated, for nothing is. It calls out for each value and each item
 * and knows nothing of what they mean. */

typedef struct
{
  guint64 sequence_end; /* where it must end; of undefined ones: the bound around it */
  guint64 item_end;     /* the same of the current item */
  gboolean has_sequence_length, has_item_length;
  gboolean in_item;
  gboolean is_implicit, is_big_endian;
  gboolean is_fragments; /* encapsulated data: items are skipped, not parsed */
} Level;

typedef struct
{
  BagByteReader *reader;            /* borrowed */
  const BagElementGrammar *grammar; /* borrowed */
  gpointer user_data;               /* borrowed */
  const BagLimits *limits;          /* borrowed from @reader */
  guint64 position, size, most_bytes;
  gboolean is_deflated;
  guint n_elements;
  BagElementPath path;
  Level levels[BAG_MAX_DEPTH];
} Parser;

/* Sequences that are worth entering where the file does not say what is one. */
static gboolean
is_known_sequence (guint32 tag)
{
  switch (tag)
    {
    case 0x00189325u: /* CTXRayDetailsSequence */
    case 0x00189329u: /* CTImageFrameTypeSequence */
    case 0x00209111u: /* FrameContentSequence */
    case 0x00209113u: /* PlanePositionSequence */
    case 0x00209116u: /* PlaneOrientationSequence */
    case 0x00283000u: /* ModalityLUTSequence */
    case 0x00289110u: /* PixelMeasuresSequence */
    case 0x00289132u: /* FrameVOILUTSequence */
    case 0x00289145u: /* PixelValueTransformationSequence */
    case 0x52009229u: /* SharedFunctionalGroupsSequence */
    case 0x52009230u: /* PerFrameFunctionalGroupsSequence */
      return TRUE;
    default:
      return FALSE;
    }
}

static inline gboolean
has_vr (const BagElement *element, const char *vr)
{
  return element->vr[0] == vr[0] && element->vr[1] == vr[1];
}

/* PS3.5 section 7.1.2: these have 16 bits of length, all others 32. */
static gboolean
has_short_length (const char *vr)
{
  switch (vr[0] << 8 | vr[1])
    {
    case 'A' << 8 | 'E':
    case 'A' << 8 | 'S':
    case 'A' << 8 | 'T':
    case 'C' << 8 | 'S':
    case 'D' << 8 | 'A':
    case 'D' << 8 | 'S':
    case 'D' << 8 | 'T':
    case 'F' << 8 | 'D':
    case 'F' << 8 | 'L':
    case 'I' << 8 | 'S':
    case 'L' << 8 | 'O':
    case 'L' << 8 | 'T':
    case 'P' << 8 | 'N':
    case 'S' << 8 | 'H':
    case 'S' << 8 | 'L':
    case 'S' << 8 | 'S':
    case 'S' << 8 | 'T':
    case 'T' << 8 | 'M':
    case 'U' << 8 | 'I':
    case 'U' << 8 | 'L':
    case 'U' << 8 | 'S':
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fail_malformed (guint64 position, guint32 tag, const char *what, GError **error)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "Element (%04X,%04X) at byte %" G_GUINT64_FORMAT " %s", tag >> 16, tag & 0xffff, position, what);
  return FALSE;
}

static gboolean
check_position (const Parser *self, GError **error)
{
  if (self->position <= self->most_bytes)
    return TRUE;

  bag_limits_set_error (error, self->limits, BAG_LIMIT_HEADER_SIZE, "The header has %" G_GUINT64_FORMAT " bytes or more", self->position);
  return FALSE;
}

static gboolean
count_element (Parser *self, GError **error)
{
  if (++self->n_elements <= self->limits->values[BAG_LIMIT_ELEMENTS])
    return check_position (self, error);

  bag_limits_set_error (error, self->limits, BAG_LIMIT_ELEMENTS, "The header has %u elements and items or more", self->n_elements);
  return FALSE;
}

static guint64
get_bound (const Parser *self)
{
  return self->path.depth == 0 ? self->size : self->levels[self->path.depth - 1].item_end;
}

static gboolean
fail_length (const Parser *self, guint32 tag, guint64 length, GError **error)
{
  if (bag_byte_reader_contains (self->reader, self->position, length))
    return fail_malformed (self->position, tag, "is longer than what holds it", error);

  g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file ends within element (%04X,%04X) at byte %" G_GUINT64_FORMAT, tag >> 16, tag & 0xffff, self->position);
  return FALSE;
}

/* Whether a value of so many bytes fits from the current position on. What lies within
 * the bounds lies within the file, whose size is known unless it is deflated. */
static inline gboolean
check_length (const Parser *self, guint32 tag, guint64 length, guint64 bound, GError **error)
{
  gboolean fits = length <= bound - self->position;

  if (G_LIKELY (fits && (!self->is_deflated || bag_byte_reader_contains (self->reader, self->position, length))))
    return TRUE;

  return fail_length (self, tag, length, error);
}

static gboolean
push_sequence (Parser *self, const BagElement *element, gboolean is_implicit, gboolean is_fragments, GError **error)
{
  guint64 bound = get_bound (self);
  Level *level = NULL;

  if (self->path.depth == self->limits->values[BAG_LIMIT_DEPTH])
    {
      bag_limits_set_error (error, self->limits, BAG_LIMIT_DEPTH, "Sequences are nested %u deep or more", self->path.depth + 1);
      return FALSE;
    }
  if (element->length != BAG_UNDEFINED_LENGTH && !check_length (self, element->tag, element->length, bound, error))
    return FALSE;

  level = &self->levels[self->path.depth];
  memset (level, 0, sizeof *level);
  level->has_sequence_length = element->length != BAG_UNDEFINED_LENGTH;
  level->sequence_end = level->has_sequence_length ? self->position + element->length : bound;
  level->is_implicit = is_implicit;
  level->is_big_endian = element->is_big_endian && !is_implicit;
  level->is_fragments = is_fragments;
  self->path.tags[self->path.depth] = element->tag;
  self->path.items[self->path.depth] = 0;
  self->path.depth++;

  return TRUE;
}

static gboolean
begin_item (Parser *self, Level *level, guint32 length, GError **error)
{
  if (length != BAG_UNDEFINED_LENGTH && !check_length (self, BAG_TAG_ITEM, length, level->sequence_end, error))
    return FALSE;
  if (level->is_fragments)
    {
      if (length == BAG_UNDEFINED_LENGTH)
        return fail_malformed (self->position, BAG_TAG_ITEM, "is a fragment without a length", error);
      self->position += length;
      return TRUE;
    }

  level->in_item = TRUE;
  level->has_item_length = length != BAG_UNDEFINED_LENGTH;
  level->item_end = level->has_item_length ? self->position + length : level->sequence_end;
  if (self->grammar->on_item != NULL)
    self->grammar->on_item (&self->path, self->user_data);

  return TRUE;
}

static gboolean
step_in_sequence (Parser *self, GError **error)
{
  Level *level = &self->levels[self->path.depth - 1];
  const guint8 *head = NULL;
  guint32 tag = 0;

  if (level->has_sequence_length && self->position == level->sequence_end)
    {
      self->path.depth--;
      return TRUE;
    }
  if (!check_position (self, error) || !check_length (self, BAG_TAG_ITEM, 8, level->sequence_end, error))
    return FALSE;

  head = bag_byte_reader_peek (self->reader, self->position, 8, error);
  if (head == NULL)
    return FALSE;
  tag = bag_read_tag (head, level->is_big_endian);
  self->position += 8;
  if (tag == BAG_TAG_SEQUENCE_END)
    {
      self->path.depth--;
      return TRUE;
    }
  if (tag != BAG_TAG_ITEM)
    return fail_malformed (self->position - 8, tag, "stands where an item should begin", error);

  return begin_item (self, level, bag_read32 (head + 4, level->is_big_endian), error);
}

static void
end_item (Parser *self)
{
  Level *level = &self->levels[self->path.depth - 1];

  level->in_item = FALSE;
  self->path.items[self->path.depth - 1]++;
}

/* Reads VR and length behind the tag; moves to the value. @head: 8 bytes */
static gboolean
read_head (Parser *self, BagElement *element, const guint8 *head, gboolean is_implicit, guint64 bound, GError **error)
{
  element->start = self->position;
  self->position += 8;
  if (is_implicit || element->tag >> 16 == 0xfffe)
    {
      element->length = bag_read32 (head + 4, element->is_big_endian);
      return TRUE;
    }

  if (!g_ascii_isupper (head[4]) || !g_ascii_isupper (head[5]))
    return fail_malformed (element->start, element->tag, "has no valid type", error);
  memcpy (element->vr, head + 4, 2);
  element->length = bag_read16 (head + 6, element->is_big_endian);
  if (has_short_length (element->vr))
    return TRUE;

  if (!check_length (self, element->tag, 4, bound, error))
    return FALSE;
  head = bag_byte_reader_peek (self->reader, self->position, 4, error);
  if (head == NULL)
    return FALSE;
  element->length = bag_read32 (head, element->is_big_endian);
  self->position += 4;

  return TRUE;
}

static gboolean
is_wanted_sequence (const BagElementGrammar *grammar, guint32 tag)
{
  for (guint i = 0; i < grammar->n_sequences; i++)
    if (grammar->sequences[i] == tag)
      return TRUE;

  return grammar->is_sequence != NULL && grammar->is_sequence (tag);
}

static gboolean
is_sequence (const BagElementGrammar *grammar, const BagElement *element)
{
  if (has_vr (element, "SQ"))
    return TRUE;
  if (element->vr[0] != '\0' && !has_vr (element, "UN"))
    return FALSE;

  return element->length == BAG_UNDEFINED_LENGTH || is_known_sequence (element->tag) || is_wanted_sequence (grammar, element->tag);
}

/* PS3.5 section 6.2.2, note 2 and CP-246: what UN holds is implicit, and little endian. */
static gboolean
handle_element (Parser *self, const BagElement *element, gboolean is_implicit, gboolean *stop, GError **error)
{
  gboolean is_pixel_data = bag_tag_is_pixel_data (element->tag);

  if (!is_pixel_data && is_sequence (self->grammar, element))
    {
      if (self->grammar->on_sequence != NULL)
        self->grammar->on_sequence (element, &self->path, self->user_data);
      return push_sequence (self, element, is_implicit || has_vr (element, "UN"), FALSE, error);
    }
  if (is_pixel_data)
    {
      *stop = !self->grammar->on_element (element, &self->path, self->user_data);
      if (*stop)
        return TRUE;
    }
  if (element->length == BAG_UNDEFINED_LENGTH && is_pixel_data)
    return push_sequence (self, element, is_implicit, TRUE, error);
  if (element->length == BAG_UNDEFINED_LENGTH)
    return fail_malformed (element->start, element->tag, "has no length", error);
  if (!check_length (self, element->tag, element->length, get_bound (self), error))
    return FALSE;

  if (!is_pixel_data)
    *stop = !self->grammar->on_element (element, &self->path, self->user_data);
  if (!*stop)
    self->position += element->length;

  return TRUE;
}

static gboolean
step_in_item (Parser *self, gboolean *stop, GError **error)
{
  Level *level = self->path.depth == 0 ? NULL : &self->levels[self->path.depth - 1];
  gboolean is_implicit = level != NULL ? level->is_implicit : self->grammar->is_implicit;
  guint64 bound = get_bound (self);
  BagElement element = { .is_big_endian = level != NULL ? level->is_big_endian : self->grammar->is_big_endian };
  const guint8 *head = NULL;

  if (self->position == bound && (level != NULL ? level->has_item_length : !self->is_deflated))
    {
      *stop = level == NULL;
      if (level != NULL)
        end_item (self);
      return TRUE;
    }
  /* Before the next look, which inflates a deflated file up to there. What is
   * known of its size says nothing here: it may have been cut between elements. */
  if (!check_position (self, error))
    return FALSE;
  if (level == NULL && bag_byte_reader_ends_at (self->reader, self->position))
    {
      *stop = TRUE;
      return TRUE;
    }
  if (!check_length (self, 0, 8, bound, error))
    return FALSE;

  head = bag_byte_reader_peek (self->reader, self->position, 8, error);
  if (head == NULL)
    return FALSE;
  element.tag = bag_read_tag (head, element.is_big_endian);
  *stop = level == NULL && self->grammar->only_group != 0 && element.tag >> 16 != self->grammar->only_group;
  if (*stop)
    return TRUE;

  if (!count_element (self, error) || !read_head (self, &element, head, is_implicit, bound, error))
    return FALSE;
  element.offset = self->position;
  if (element.tag == BAG_TAG_ITEM_END && level != NULL)
    {
      end_item (self);
      return TRUE;
    }
  if (element.tag >> 16 == 0xfffe)
    return fail_malformed (element.start, element.tag, "stands where a value should", error);

  return handle_element (self, &element, is_implicit, stop, error);
}

/**
 * bag_element_parser_run:
 * @reader: the file
 * @grammar: what to call and when to stop
 * @offset: (inout): where to begin; where it stopped
 * @user_data: for the calls
 * @error: %BAG_ERROR_TRUNCATED when the file ends too early, else
 *   %BAG_ERROR_MALFORMED or %BAG_ERROR_LIMIT
 *
 * Returns: whether it came to the end of the file or was stopped
 */
gboolean
bag_element_parser_run (BagByteReader *reader,
                        const BagElementGrammar *grammar,
                        guint64 *offset,
                        gpointer user_data,
                        GError **error)
{
  Parser self = { .reader = reader, .grammar = grammar, .user_data = user_data, .limits = bag_byte_reader_get_limits (reader) };
  gboolean good = TRUE;
  gboolean stop = FALSE;

  g_return_val_if_fail (reader != NULL && grammar != NULL && offset != NULL, FALSE);

  self.position = *offset;
  self.size = bag_byte_reader_get_size (reader);
  self.most_bytes = bag_limits_get_bytes (self.limits, BAG_LIMIT_HEADER_SIZE);
  self.is_deflated = bag_byte_reader_get_inflater (reader) != NULL;
  while (good && !stop)
    {
      if (self.path.depth > 0 && !self.levels[self.path.depth - 1].in_item)
        good = step_in_sequence (&self, error);
      else
        good = step_in_item (&self, &stop, error);
    }
  *offset = self.position;

  return good;
}
