/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-ct-image.h"

#include <string.h>

/* The shared groups and those of each frame: the first byte chooses the syntax, the rest stands
 * between a sound header and sound pixel data. What comes out must pass the check on the other
 * side: positions, directions, slopes and windows that one can reckon with. */

static const char *const syntaxes[] = { TEST_EXPLICIT, TEST_IMPLICIT, TEST_BIG_ENDIAN };

/* The sound part of a file: up to the groups, and from the pixel data on. */
typedef struct
{
  GByteArray *file;
  gsize start, end;
} Frame;

static const guint8 *
find_tag (const GByteArray *file, guint32 tag, gboolean is_big_endian)
{
  const guint8 little[] = { (guint8) (tag >> 16), (guint8) (tag >> 24), (guint8) tag, (guint8) (tag >> 8) };
  const guint8 big[] = { little[1], little[0], little[3], little[2] };

  return memmem (file->data, file->len, is_big_endian ? big : little, sizeof little);
}

static void
frame_init (Frame *self, guint syntax, TestShape shape)
{
  gboolean is_big_endian = strcmp (syntaxes[syntax], TEST_BIG_ENDIAN) == 0;

  self->file = test_file_new (syntaxes[syntax], shape, NULL, 0);
  self->start = (gsize) (find_tag (self->file, 0x52009229u, is_big_endian) - self->file->data);
  self->end = (gsize) (find_tag (self->file, 0x7fe00010u, is_big_endian) - self->file->data);
}

static const Frame *
get_frame (guint syntax)
{
  static Frame frames[G_N_ELEMENTS (syntaxes)];

  if (frames[syntax].file == NULL)
    frame_init (&frames[syntax], syntax, 0);

  return &frames[syntax];
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  const Frame *frame = get_frame (size > 0 ? data[0] % G_N_ELEMENTS (syntaxes) : 0);
  gsize n_groups = size > 0 ? size - 1 : 0;
  gsize n_behind = frame->file->len - frame->end;
  g_autofree guint8 *bytes = g_malloc (frame->start + n_groups + n_behind);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (bytes, frame->start + n_groups + n_behind);
  g_autoptr (BagDescription) description = NULL;
  g_autoptr (BagDescription) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (bytes, frame->file->data, frame->start);
  if (n_groups > 0)
    memcpy (bytes + frame->start, data + 1, n_groups);
  memcpy (bytes + frame->start + n_groups, frame->file->data + frame->end, n_behind);

  description = bag_ct_image_describe (reader, NULL);
  if (description == NULL)
    return 0;
  written = bag_description_to_bytes (description);
  again = bag_description_from_bytes (written, bag_byte_reader_get_size (reader), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->frames->len, ==, description->frames->len);

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const TestShape shapes[] = { 0, TEST_DEFINED, TEST_UNKNOWN };
  GPtrArray *seeds = fuzz_seeds_new ();

  for (guint8 syntax = 0; syntax < G_N_ELEMENTS (syntaxes); syntax++)
    for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
      {
        g_autoptr (GByteArray) seed = g_byte_array_new ();
        Frame frame;

        frame_init (&frame, syntax, shapes[i]);
        g_byte_array_append (seed, &syntax, 1);
        g_byte_array_append (seed, frame.file->data + frame.start, (guint) (frame.end - frame.start));
        fuzz_seeds_add (seeds, seed->data, seed->len);
        g_byte_array_unref (frame.file);
      }

  return seeds;
}
