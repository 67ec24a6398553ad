/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-index"

#include "config.h"

#include "dicos/bag-frame-index.h"

#include "description/bag-error.h"
#include "dicos/bag-element-parser.h"

/* Finds the frames of encapsulated pixel data (PS3.5 annex A.4). Writers differ:
 * one fragment a frame with or without an offset table, several fragments a
 * frame with a table, without one, or with a wrong one. A table is believed only
 * where it agrees with the fragments; without one, a frame begins where a
 * fragment begins as a codestream does. */

#define ITEM_HEAD 8u
#define RLE_HEAD 64u
#define MAX_SEGMENTS 15u

typedef struct
{
  BagByteReader *reader; /* borrowed */
  BagFrameCodec codec;
  guint n_frames;
  GArray *fragments; /* (element-type BagFrameSpan) */
  GArray *table;     /* (element-type guint32) */
  GArray *starts;    /* (element-type guint): indices of fragments */
  guint64 first;     /* offset of the first fragment's item */
  guint64 end;       /* behind the last whole fragment */
  gboolean is_cut;
  gboolean has_next; /* the table names the place behind the last frame begun */
  guint64 next;
} Builder;

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

static gboolean
read_table (Builder *self, guint64 offset, GError **error)
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
  for (guint32 i = 0; i + 4 <= length && self->table->len <= BAG_MAX_FRAMES; i += 4)
    {
      const guint8 *bytes = bag_byte_reader_peek (self->reader, offset + ITEM_HEAD + i, 4, error);
      guint32 entry = 0;

      if (bytes == NULL)
        return FALSE;
      entry = bag_le32 (bytes);
      g_array_append_val (self->table, entry);
    }

  return TRUE;
}

/* A broken item behind whole ones cuts the file short there. */
static gboolean
read_fragments (Builder *self, GError **error)
{
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
      if (self->fragments->len == BAG_MAX_ELEMENTS)
        {
          g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The pixel data have more than %u fragments", BAG_MAX_ELEMENTS);
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
use_table (Builder *self)
{
  guint fragment = 0;

  if (self->table->len == 0 || (self->n_frames > 0 && self->table->len != self->n_frames))
    return FALSE;
  for (guint i = 0; i < self->table->len; i++)
    {
      guint64 wanted = self->first + g_array_index (self->table, guint32, i);

      if (i == 0 && wanted != self->first)
        return FALSE;
      if (self->is_cut && wanted >= self->end)
        {
          self->has_next = TRUE;
          self->next = wanted;
          break;
        }
      while (fragment < self->fragments->len && get_fragment (self, fragment)->offset < wanted)
        fragment++;
      if (fragment == self->fragments->len || get_fragment (self, fragment)->offset != wanted)
        return FALSE;
      g_array_append_val (self->starts, fragment);
      fragment++;
    }

  return TRUE;
}

/* PS3.5 annex G.5: number of segments, ascending offsets, the first is 64. */
static gboolean
begins_as_rle (const guint8 *head)
{
  guint32 n = bag_le32 (head);
  guint32 last = 0;

  if (n == 0 || n > MAX_SEGMENTS || bag_le32 (head + 4) != RLE_HEAD)
    return FALSE;
  for (guint i = 1; i <= MAX_SEGMENTS; i++)
    {
      guint32 offset = bag_le32 (head + 4 * i);

      if (i <= n ? offset <= last : offset != 0)
        return FALSE;
      last = offset;
    }

  return TRUE;
}

static gboolean
begins_frame (const Builder *self, const BagFrameSpan *fragment)
{
  gsize wanted = self->codec == BAG_FRAME_CODEC_RLE ? RLE_HEAD : 3;
  const guint8 *head = NULL;

  if (fragment->length < ITEM_HEAD + wanted)
    return FALSE;
  head = bag_byte_reader_peek (self->reader, fragment->offset + ITEM_HEAD, wanted, NULL);
  if (head == NULL)
    return FALSE;
  if (self->codec == BAG_FRAME_CODEC_RLE)
    return begins_as_rle (head);

  return head[0] == 0xff && head[1] == 0xd8 && head[2] == 0xff;
}

static void
find_starts (Builder *self)
{
  gboolean one_each = !self->is_cut && self->fragments->len == self->n_frames;
  gboolean one_frame = self->n_frames == 1;

  for (guint i = 0; i < self->fragments->len; i++)
    if (i == 0 || one_each || (!one_frame && begins_frame (self, get_fragment (self, i))))
      g_array_append_val (self->starts, i);
}

/* Of a frame in several fragments nobody but the table knows whether more were
 * to come before the file was cut. */
static gboolean
is_last_whole (const Builder *self)
{
  if (!self->is_cut)
    return TRUE;
  if (self->has_next)
    return self->next == self->end;

  return self->starts->len == self->fragments->len;
}

static void
add_spans (const Builder *self, GArray *spans)
{
  for (guint i = 0; i < self->starts->len && spans->len < BAG_MAX_FRAMES; i++)
    {
      gboolean is_last = i + 1 == self->starts->len;
      BagFrameSpan span = *get_fragment (self, g_array_index (self->starts, guint, i));

      if (is_last && !is_last_whole (self))
        break;
      if (is_last)
        span.length = self->end - span.offset;
      else
        span.length = get_fragment (self, g_array_index (self->starts, guint, i + 1))->offset - span.offset;
      g_array_append_val (spans, span);
    }
}

static gboolean
build (Builder *self, guint64 offset, BagFrameIndex *index, GError **error)
{
  if (!read_table (self, offset, error) || !read_fragments (self, error))
    return FALSE;

  if (!use_table (self))
    {
      index->ignored_table = self->table->len > 0;
      g_array_set_size (self->starts, 0);
      self->has_next = FALSE;
      find_starts (self);
    }
  index->is_cut = self->is_cut;
  add_spans (self, index->spans);

  return TRUE;
}

/**
 * bag_frame_index_new:
 * @reader: the file
 * @offset: of the first item (the offset table) of the pixel data
 * @codec: what the fragments hold
 * @n_frames: how many frames the header claims, 0 when it does not say
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
                     GError **error)
{
  g_autoptr (BagFrameIndex) index = g_new0 (BagFrameIndex, 1);
  g_autoptr (GArray) fragments = g_array_new (FALSE, FALSE, sizeof (BagFrameSpan));
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  Builder builder = { reader, codec, n_frames, fragments, table, starts };

  g_return_val_if_fail (reader != NULL, NULL);

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
