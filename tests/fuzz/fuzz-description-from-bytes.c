/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "description/bag-description.h"

/* What a decoder that was taken over may send. */

#define FILE_SIZE 10000u

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BagDescription) description = bag_description_from_bytes (bytes, FILE_SIZE, NULL);
  g_autoptr (GBytes) again = NULL;

  if (description == NULL)
    return 0;

  for (guint i = 0; i < description->frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (description->frames, BagFrame, i);

      g_assert_true (frame->offset <= FILE_SIZE && frame->length <= FILE_SIZE - frame->offset);
    }
  again = bag_description_to_bytes (description);

  return 0;
}

static GByteArray *
make_seed (guint n_frames, guint n_facts)
{
  g_autoptr (BagDescription) description = bag_description_new ();

  description->layout = (BagPixelLayout){ 4, 5, 16, 16, 15, FALSE, FALSE };
  for (guint i = 0; i < n_frames; i++)
    {
      const BagFrame frame = { .offset = 40 * i, .length = 40, .flags = BAG_FRAME_HAS_POSITION, .position = { 0, 0, i }, .slope = 1 };

      g_array_append_val (description->frames, frame);
    }
  for (guint i = 0; i < n_facts; i++)
    bag_description_add_fact (description, "StationName", "Lane 4");

  return g_bytes_unref_to_array (bag_description_to_bytes (description));
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 1; i < 4; i++)
    g_ptr_array_add (seeds, make_seed (i, i - 1));

  return seeds;
}
