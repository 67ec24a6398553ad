/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-fragments.h"
#include "dicos/bag-frame-index.h"

#include <string.h>

/* Compressed pixel data: four bytes say the codec, how many frames the header claims, and how many
 * numbers the two extended tables have; then come these, then the items, the basic table first.
 * Frames must lie one behind the other and within the bytes, and must not become longer when their
 * fragments are joined. */

#define HEAD 4u
#define MAX_JOINED 64u

typedef struct
{
  BagExtendedTable table;
  guint64 items; /* where they begin */
} Layout;

static void
take_table (BagElement *element, guint32 tag, guint n, guint64 *position, gsize size)
{
  guint64 length = MIN (8u * n, size - *position);

  if (n > 0)
    *element = (BagElement){ .tag = tag, .vr = "OV", .length = (guint32) length, .start = *position, .offset = *position };
  *position += length;
}

static void
read_layout (Layout *self, const guint8 *data, gsize size)
{
  *self = (Layout){ .items = HEAD };
  take_table (&self->table.offsets, BAG_TAG_FRAME_OFFSETS, data[2], &self->items, size);
  take_table (&self->table.lengths, BAG_TAG_FRAME_LENGTHS, data[3], &self->items, size);
}

/* Into exactly the room that there has to be, and into less. */
static void
join (BagByteReader *reader, guint64 offset, guint64 length)
{
  g_autofree guint8 *whole = g_malloc (MAX (length, 1));
  g_autofree guint8 *part = g_malloc (MAX (length / 2, 1));
  gsize n_whole = 0;
  gsize n_part = 0;

  if (!bag_fragments_join (reader, offset, length, whole, length, &n_whole, NULL))
    return;
  g_assert_cmpuint (n_whole, <=, length);
  if (!bag_fragments_join (reader, offset, length, part, length / 2, &n_part, NULL))
    g_assert_not_reached ();
  g_assert_cmpmem (part, n_part, whole, MIN (n_whole, length / 2));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  g_autoptr (BagFrameIndex) index = NULL;
  guint64 end = 0;
  Layout layout;

  if (size < HEAD)
    return 0;
  read_layout (&layout, data, size);
  index = bag_frame_index_new (reader, layout.items, (BagFrameCodec) (data[0] % BAG_N_FRAME_CODECS), data[1], &layout.table, NULL);
  join (reader, layout.items, size - layout.items);

  for (guint i = 0; index != NULL && i < index->spans->len; i++)
    {
      const BagFrameSpan *span = &g_array_index (index->spans, BagFrameSpan, i);

      g_assert_true (span->offset >= MAX (end, layout.items) && bag_byte_reader_contains (reader, span->offset, span->length));
      end = span->offset + span->length;
      if (i < MAX_JOINED)
        join (reader, span->offset, span->length);
    }

  return 0;
}

static const guint8 *
find (const GByteArray *file, const guint8 tag[4])
{
  return memmem (file->data, file->len, tag, 4);
}

static void
add_seed (GPtrArray *seeds, const char *syntax, BagFrameCodec codec, TestShape shape)
{
  static const guint8 offsets_tag[] = { 0xe0, 0x7f, 0x01, 0x00 };
  static const guint8 lengths_tag[] = { 0xe0, 0x7f, 0x02, 0x00 };
  static const guint8 pixels_tag[] = { 0xe0, 0x7f, 0x10, 0x00 };
  g_autoptr (GByteArray) file = test_file_new (syntax, shape, NULL, 0);
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  const guint8 *offsets = find (file, offsets_tag);
  const guint8 *lengths = find (file, lengths_tag);
  const guint8 *items = find (file, pixels_tag) + 12;
  const guint8 head[HEAD] = { (guint8) codec, TEST_FRAMES, offsets != NULL ? TEST_FRAMES : 0, lengths != NULL ? TEST_FRAMES : 0 };

  g_byte_array_append (seed, head, sizeof head);
  if (offsets != NULL && lengths != NULL)
    {
      g_byte_array_append (seed, offsets + 12, 8 * TEST_FRAMES);
      g_byte_array_append (seed, lengths + 12, 8 * TEST_FRAMES);
    }
  g_byte_array_append (seed, items, (guint) (file->data + file->len - items));
  fuzz_seeds_add (seeds, seed->data, seed->len);
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const TestShape shapes[] = {
    TEST_NO_TABLE,
    TEST_TABLE,
    TEST_WRONG_TABLE,
    TEST_SPLIT,
    TEST_SPLIT | TEST_TABLE,
    TEST_EXTENDED,
    TEST_EXTENDED | TEST_SPLIT,
    TEST_WRONG_LENGTHS,
    TEST_OTHER_EXTENDED | TEST_TABLE,
  };
  GPtrArray *seeds = fuzz_seeds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      add_seed (seeds, TEST_RLE, BAG_FRAME_CODEC_RLE, shapes[i]);
      add_seed (seeds, TEST_JPEG, BAG_FRAME_CODEC_JPEG_LOSSLESS, shapes[i]);
    }
  add_seed (seeds, TEST_JPEG_2000, BAG_FRAME_CODEC_JPEG_2000, TEST_SPLIT);

  return seeds;
}
