/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-index"

#include "config.h"

#include "dicos/bag-frame-index.h"

#include "description/bag-error.h"
#include "dicos/bag-element-parser.h"
#include "dicos/bag-frame-start.h"

/* Finds the frames of encapsulated pixel data (PS3.5 annex A.4). Writers differ:
 * one fragment a frame with or without an offset table, several fragments a
 * frame with a table, without one, or with a wrong one. A table, the basic or the
 * extended one, is believed only where it agrees with the fragments; without one, a frame begins where a
 * fragment begins as a codestream does. */

#define ITEM_HEAD 8u

typedef struct
{
  BagByteReader *reader; /* borrowed */
  BagFrameCodec codec;
  guint n_frames;
  const BagExtendedTable *extended; /* borrowed */
  GArray *fragments;                /* (element-type BagFrameSpan) */
  guint64 first;                    /* offset of the first fragment's item */
  guint64 end;                      /* behind the last whole fragment */
  gboolean is_cut;
} Builder;

/* Where frames begin, as one source has it. */
typedef struct
{
  GArray *entries;   /* (element-type guint64): the offsets of a table, from the first fragment */
  GArray *starts;    /* (element-type guint): indices of fragments */
  gboolean has_next; /* the table names the place behind the last frame begun */
  guint64 next;
} Starts;

static void
starts_init (Starts *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->has_next = FALSE;
  self->next = 0;
}

static void
starts_clear (Starts *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Starts, starts_clear)

typedef enum
{
  ITEM_WHOLE,
  ITEM_CUT,
  ITEM_END,
  ITEM_ERROR,
} ItemState;

static ItemState
read_item (const Builder *self, guint64 offset, guint32 *length, GError **error)
{
  const guint8 *head = NULL;
  guint32 tag = 0;

  if (!bag_byte_reader_contains (self->reader, offset, ITEM_HEAD))
    return ITEM_CUT;
  head = bag_byte_reader_peek (self->reader, offset, ITEM_HEAD, error);
  if (head == NULL)
    return ITEM_ERROR;

  tag = (guint32) bag_le16 (head) << 16 | bag_le16 (head + 2);
  *length = bag_le32 (head + 4);
  if (tag == BAG_TAG_SEQUENCE_END)
    return ITEM_END;
  if (tag != BAG_TAG_ITEM)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The pixel data have no fragment where one should begin, at byte %" G_GUINT64_FORMAT, offset);
      return ITEM_ERROR;
    }

  return bag_byte_reader_contains (self->reader, offset + ITEM_HEAD, *length) ? ITEM_WHOLE : ITEM_CUT;
}

/* Numbers of @width bytes; no more than one frame too many of them. */
static gboolean
read_numbers (const Builder *self, guint64 offset, guint64 length, guint width, GArray *numbers, GError **error)
{
  for (guint64 i = 0; i + width <= length && numbers->len <= BAG_MAX_FRAMES; i += width)
    {
      const guint8 *bytes = bag_byte_reader_peek (self->reader, offset + i, width, error);
      guint64 number = 0;

      if (bytes == NULL)
        return FALSE;
      number = bag_le32 (bytes);
      if (width == 8)
        number |= (guint64) bag_le32 (bytes + 4) << 32;
      g_array_append_val (numbers, number);
    }

  return TRUE;
}

static gboolean
read_basic_table (Builder *self, guint64 offset, GArray *entries, GError **error)
{
  guint32 length = 0;
  ItemState state = read_item (self, offset, &length, error);

  self->first = offset;
  self->is_cut = state == ITEM_CUT;
  if (state == ITEM_CUT || state == ITEM_END)
    return TRUE;
  if (state == ITEM_ERROR)
    return FALSE;

  self->first = offset + ITEM_HEAD + length;

  return read_numbers (self, offset + ITEM_HEAD, length, 4, entries, error);
}

static gboolean
read_extended (const Builder *self, const BagElement *element, GArray *numbers, GError **error)
{
  return element->tag == 0 || read_numbers (self, element->offset, element->length, 8, numbers, error);
}

/* A broken item behind whole ones cuts the file short there. */
static gboolean
read_fragments (Builder *self, GError **error)
{
  const BagLimits *limits = bag_byte_reader_get_limits (self->reader);
  guint64 position = self->first;

  while (!self->is_cut)
    {
      g_autoptr (GError) local = NULL;
      guint32 length = 0;
      ItemState state = read_item (self, position, &length, &local);
      BagFrameSpan fragment = { position, ITEM_HEAD + (guint64) length };

      if (state == ITEM_END)
        break;
      if (state == ITEM_ERROR && self->fragments->len == 0)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      self->is_cut = state != ITEM_WHOLE;
      if (self->is_cut)
        break;
      if (self->fragments->len == limits->values[BAG_LIMIT_ELEMENTS])
        {
          bag_limits_set_error (error, limits, BAG_LIMIT_ELEMENTS, "The pixel data have %u fragments or more", self->fragments->len + 1);
          return FALSE;
        }
      g_array_append_val (self->fragments, fragment);
      position += fragment.length;
    }
  self->end = position;

  return TRUE;
}

static const BagFrameSpan *
get_fragment (const Builder *self, guint index)
{
  return &g_array_index (self->fragments, BagFrameSpan, index);
}

/* Entries behind the end of a cut file name frames that are not there. */
static gboolean
follow_table (const Builder *self, Starts *found)
{
  guint fragment = 0;

  if (self->n_frames > 0 && found->entries->len != self->n_frames)
    return FALSE;
  for (guint i = 0; i < found->entries->len; i++)
    {
      guint64 entry = g_array_index (found->entries, guint64, i);
      guint64 wanted = self->first + entry;

      if ((i == 0 && entry != 0) || wanted < self->first)
        return FALSE;
      if (self->is_cut && wanted >= self->end)
        {
          found->has_next = TRUE;
          found->next = wanted;
          break;
        }
      while (fragment < self->fragments->len && get_fragment (self, fragment)->offset < wanted)
        fragment++;
      if (fragment == self->fragments->len || get_fragment (self, fragment)->offset != wanted)
        return FALSE;
      g_array_append_val (found->starts, fragment);
      fragment++;
    }

  return TRUE;
}

/* Bytes of all fragments of a frame, without their heads. */
static guint64
get_content_bytes (const Builder *self, const Starts *found, guint index)
{
  guint first = g_array_index (found->starts, guint, index);
  guint end = index + 1 < found->starts->len ? g_array_index (found->starts, guint, index + 1) : self->fragments->len;
  guint64 bytes = 0;

  for (guint i = first; i < end; i++)
    bytes += get_fragment (self, i)->length - ITEM_HEAD;

  return bytes;
}

/* The table counts without the byte that makes a fragment even. Of the last frame of a cut file
 * nothing is known. */
static gboolean
has_lengths (const Builder *self, const Starts *found, const GArray *lengths)
{
  guint n = found->starts->len - (self->is_cut && found->starts->len > 0 ? 1 : 0);

  if (lengths->len != found->entries->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint64 bytes = get_content_bytes (self, found, i);
      guint64 length = g_array_index (lengths, guint64, i);

      if (length > bytes || bytes - length > 1)
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_same (const Starts *a, const Starts *b)
{
  if (a->starts->len != b->starts->len)
    return FALSE;
  for (guint i = 0; i < a->starts->len; i++)
    if (g_array_index (a->starts, guint, i) != g_array_index (b->starts, guint, i))
      return FALSE;

  return TRUE;
}

static gboolean
begins_frame (const Builder *self, const BagFrameSpan *fragment)
{
  gsize n = (gsize) MIN (fragment->length - ITEM_HEAD, BAG_FRAME_START_BYTES);
  const guint8 *head = bag_byte_reader_peek (self->reader, fragment->offset + ITEM_HEAD, n, NULL);

  return head != NULL && bag_frame_start_check (self->codec, head, n);
}

/* What should be the offset table may be the first fragment: no table begins like a frame. */
static gboolean
read_items (Builder *self, guint64 offset, Starts *basic, gboolean *lacks_table, GError **error)
{
  BagFrameSpan item = { offset, 0 };

  if (!read_basic_table (self, offset, basic->entries, error))
    return FALSE;

  item.length = self->first - offset;
  *lacks_table = basic->entries->len > 0 && g_array_index (basic->entries, guint64, 0) != 0 && begins_frame (self, &item);
  if (*lacks_table)
    {
      self->first = offset;
      g_array_set_size (basic->entries, 0);
    }

  return read_fragments (self, error);
}

/* A fragment without content begins no frame, unless there is one fragment a frame. */
static void
scan_starts (const Builder *self, Starts *found)
{
  gboolean one_each = !self->is_cut && self->fragments->len == self->n_frames;
  gboolean one_frame = self->n_frames == 1;

  for (guint i = 0; i < self->fragments->len; i++)
    {
      const BagFrameSpan *fragment = get_fragment (self, i);
      gboolean is_first = found->starts->len == 0 && fragment->length > ITEM_HEAD;

      if (one_each || is_first || (!one_frame && begins_frame (self, fragment)))
        g_array_append_val (found->starts, i);
    }
}

/* Of a frame in several fragments nobody but the table knows whether more were
 * to come before the file was cut. */
static gboolean
is_last_whole (const Builder *self, const Starts *found)
{
  if (!self->is_cut)
    return TRUE;
  if (found->has_next)
    return found->next == self->end;

  return found->starts->len == self->fragments->len;
}

static void
add_spans (const Builder *self, const Starts *found, GArray *spans)
{
  for (guint i = 0; i < found->starts->len && spans->len < BAG_MAX_FRAMES; i++)
    {
      gboolean is_last = i + 1 == found->starts->len;
      BagFrameSpan span = *get_fragment (self, g_array_index (found->starts, guint, i));

      if (is_last && !is_last_whole (self, found))
        break;
      if (is_last)
        span.length = self->end - span.offset;
      else
        span.length = get_fragment (self, g_array_index (found->starts, guint, i + 1))->offset - span.offset;
      g_array_append_val (spans, span);
    }
}

static gboolean
read_extended_table (const Builder *self, Starts *found, gboolean *is_good, GError **error)
{
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (!read_extended (self, &self->extended->offsets, found->entries, error) || !read_extended (self, &self->extended->lengths, lengths, error))
    return FALSE;
  *is_good = found->entries->len > 0 && follow_table (self, found) && has_lengths (self, found, lengths);

  return TRUE;
}

/* The one table that agrees with the fragments; of two that do, both must say the same. */
static gboolean
build (Builder *self, guint64 offset, BagFrameIndex *index, GError **error)
{
  g_auto (Starts) basic;
  g_auto (Starts) extended;
  g_auto (Starts) scanned;
  gboolean lacks_table = FALSE;
  gboolean has_basic = FALSE;
  gboolean has_extended = FALSE;

  starts_init (&basic);
  starts_init (&extended);
  starts_init (&scanned);
  if (!read_items (self, offset, &basic, &lacks_table, error) || !read_extended_table (self, &extended, &has_extended, error))
    return FALSE;

  has_basic = basic.entries->len > 0 && follow_table (self, &basic);
  if (has_basic && has_extended && !are_same (&basic, &extended))
    has_basic = has_extended = FALSE;
  index->ignored_table = lacks_table || (basic.entries->len > 0 && !has_basic) || (self->extended->offsets.tag != 0 && !has_extended);
  if (!has_basic && !has_extended)
    scan_starts (self, &scanned);

  index->is_cut = self->is_cut;
  add_spans (self, has_basic ? &basic : (has_extended ? &extended : &scanned), index->spans);

  return TRUE;
}

/**
 * bag_frame_index_new:
 * @reader: the file
 * @offset: of the first item (the offset table) of the pixel data
 * @codec: what the fragments hold
 * @n_frames: how many frames the header claims, 0 when it does not say
 * @extended: what the header has of an extended offset table
 * @error: %BAG_ERROR_MALFORMED, %BAG_ERROR_LIMIT or a read error
 *
 * Reads the heads of all fragments. Fewer or more frames than claimed are the
 * caller's to judge.
 *
 * Returns: (transfer full): the index
 */
BagFrameIndex *
bag_frame_index_new (BagByteReader *reader,
                     guint64 offset,
                     BagFrameCodec codec,
                     guint n_frames,
                     const BagExtendedTable *extended,
                     GError **error)
{
  g_autoptr (BagFrameIndex) index = g_new0 (BagFrameIndex, 1);
  g_autoptr (GArray) fragments = g_array_new (FALSE, FALSE, sizeof (BagFrameSpan));
  Builder builder = { reader, codec, n_frames, extended, fragments };

  g_return_val_if_fail (reader != NULL && extended != NULL, NULL);

  index->spans = g_array_new (FALSE, FALSE, sizeof (BagFrameSpan));
  if (!build (&builder, offset, index, error))
    return NULL;

  return g_steal_pointer (&index);
}

/**
 * bag_frame_index_free:
 * @self: (transfer full) (nullable): an index
 */
void
bag_frame_index_free (BagFrameIndex *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self);
}
