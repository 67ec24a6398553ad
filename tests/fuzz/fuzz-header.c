/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-codec.h"
#include "dicos/bag-ct-image.h"

/* A whole file: header, frame index, and the first frames decoded. */

#define MAX_FRAME_BYTES (1u << 20)
#define MAX_DECODED 4u

static void
decode_frame (BagByteReader *reader, const BagDescription *description, guint index)
{
  g_autoptr (BagCodecScratch) scratch = bag_codec_scratch_new ();
  const BagFrame *frame = &g_array_index (description->frames, BagFrame, index);
  gsize size = bag_pixel_layout_get_frame_bytes (&description->layout);
  g_autofree guint8 *samples = NULL;

  if (size > MAX_FRAME_BYTES || (frame->flags & BAG_FRAME_MISSING) != 0)
    return;
  samples = g_malloc (size);
  if (description->codec == BAG_FRAME_CODEC_NATIVE)
    g_assert_true (bag_byte_reader_read (reader, frame->offset, samples, size, NULL));
  else
    bag_codec_decode (scratch, reader, description->codec, &description->layout, frame->offset, frame->length, samples, size, NULL);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, NULL);
  g_autoptr (BagDescription) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (description == NULL)
    return 0;

  for (guint i = 0; i < MIN (description->frames->len, MAX_DECODED); i++)
    decode_frame (reader, description, i);

  /* What the reader says must always pass the check on the other side. */
  bytes = bag_description_to_bytes (description);
  again = bag_description_from_bytes (bytes, size, &error);
  g_assert_no_error (error);

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const char *const syntaxes[] = { TEST_EXPLICIT, TEST_IMPLICIT, TEST_BIG_ENDIAN, TEST_DEFLATED, TEST_RLE, TEST_JPEG, TEST_JPEG_LS, TEST_JPEG_2000 };
  static const TestShape shapes[] = { 0, TEST_DEFINED, TEST_UNKNOWN | TEST_TABLE, TEST_SPLIT | TEST_ICON | TEST_STORED, TEST_EXTENDED };
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
      g_ptr_array_add (seeds, test_file_new (syntaxes[i], shapes[k], NULL, 0));

  return seeds;
}
