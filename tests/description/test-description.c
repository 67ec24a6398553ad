/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-description.h"
#include "description/bag-error.h"

#include <math.h>
#include <string.h>

#define FILE_SIZE 10000u

static BagDescription *
make_description (void)
{
  BagDescription *self = bag_description_new ();

  self->layout = (BagPixelLayout){ .rows = 3, .columns = 5, .bits_allocated = 16, .bits_stored = 12, .high_bit = 11, .is_signed = TRUE };
  g_free (self->bag_id);
  self->bag_id = g_strdup ("BAG 7");
  self->has_pixel_spacing = TRUE;
  self->pixel_spacing[0] = 2.5;
  self->pixel_spacing[1] = 5;
  self->slice_thickness = 1.5;
  self->instance_number = 9;
  self->n_frames_claimed = 3;
  for (guint i = 0; i < 3; i++)
    {
      BagFrame frame = { .offset = 100 + 30 * i, .length = 30, .slope = 2, .intercept = -5, .position = { 1, 2, 3 + i }, .window_center = 40, .window_width = 400, .window_function = BAG_VOI_FUNCTION_SIGMOID, .orientation = { 1, 0, 0, 0, 1, 0 } };

      frame.flags = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION | BAG_FRAME_HAS_WINDOW;
      g_array_append_val (self->frames, frame);
    }
  bag_description_add_fact (self, "StationName", "Lane 4");
  bag_description_add_fact (self, "Empty", "");
  bag_description_add_warning (self, "partial", "Only %d of %d", 2, 3);

  return self;
}

static BagDescription *
roundtrip (const BagDescription *self, GError **error)
{
  g_autoptr (GBytes) bytes = bag_description_to_bytes (self);

  return bag_description_from_bytes (bytes, FILE_SIZE, error);
}

static void
test_roundtrip (void)
{
  g_autoptr (BagDescription) before = make_description ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BagDescription) after = roundtrip (before, &error);
  const BagNote *note = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (after->bag_id, ==, "BAG 7");
  g_assert_cmpstr (after->photometric, ==, "MONOCHROME2");
  g_assert_cmpstr (after->units, ==, "raw");
  g_assert_cmpmem (&after->layout, sizeof after->layout, &before->layout, sizeof before->layout);
  g_assert_cmpfloat (after->pixel_spacing[1], ==, 5);
  g_assert_cmpfloat (after->slice_thickness, ==, 1.5);
  g_assert_cmpuint (after->instance_number, ==, 9);
  g_assert_cmpuint (after->n_frames_claimed, ==, 3);
  g_assert_cmpuint (after->frames->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpmem (&g_array_index (after->frames, BagFrame, i), sizeof (BagFrame), &g_array_index (before->frames, BagFrame, i), sizeof (BagFrame));
  g_assert_cmpuint (after->facts->len, ==, 1);
  note = g_ptr_array_index (after->facts, 0);
  g_assert_cmpstr (note->name, ==, "StationName");
  note = g_ptr_array_index (after->warnings, 0);
  g_assert_cmpstr (note->text, ==, "Only 2 of 3");
}

/* Each breaks one field of a good description. */
static void
break_rows (BagDescription *self)
{
  self->layout.rows = 0;
}
static void
break_bits (BagDescription *self)
{
  self->layout.bits_stored = 17;
}
static void
break_size (BagDescription *self)
{
  self->layout.bits_allocated = 32;
}
static void
break_wide (BagDescription *self)
{
  self->layout.bits_allocated = 32;
  self->codec = BAG_FRAME_CODEC_RLE;
}
static void
break_float (BagDescription *self)
{
  self->layout.is_float = TRUE;
}
static void
break_words (BagDescription *self)
{
  self->layout.is_in_words = TRUE;
}
static void
break_codec (BagDescription *self)
{
  self->codec = (BagFrameCodec) 77;
}
static void
break_spacing (BagDescription *self)
{
  self->pixel_spacing[0] = NAN;
}
static void
break_thickness (BagDescription *self)
{
  self->slice_thickness = -1;
}
static void
break_frames (BagDescription *self)
{
  g_array_set_size (self->frames, 0);
}
static void
break_offset (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 2).offset = G_MAXUINT64 - 5;
}
static void
break_end (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 2).offset = FILE_SIZE - 29;
}
static void
break_length (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).length = 29;
}
static void
break_position (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).position[2] = INFINITY;
}
static void
break_orientation (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).orientation[5] = 1e300;
}
static void
break_slope (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).slope = 0;
}
static void
break_window (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).window_width = 0;
}
static void
break_function (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).window_function = (BagVoiFunction) BAG_N_VOI_FUNCTIONS;
}
static void
break_flags (BagDescription *self)
{
  g_array_index (self->frames, BagFrame, 1).flags = (BagFrameFlags) 64;
}
static void
break_photometric (BagDescription *self)
{
  self->photometric[0] = 'N';
}
static void
break_notes (BagDescription *self)
{
  for (guint i = 0; i <= BAG_MAX_NOTES; i++)
    g_ptr_array_add (self->facts, bag_note_new ("a", "b"));
}
static void
break_frame_count (BagDescription *self)
{
  g_array_set_size (self->frames, BAG_MAX_FRAMES + 1);
}

static void
test_broken_field (gconstpointer data)
{
  void (*breaker) (BagDescription *) = (void (*) (BagDescription *)) data;
  g_autoptr (BagDescription) before = make_description ();
  g_autoptr (BagDescription) after = NULL;
  g_autoptr (GError) error = NULL;

  breaker (before);
  after = roundtrip (before, &error);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_null (after);
}

static void
test_missing_frame (void)
{
  g_autoptr (BagDescription) before = make_description ();
  BagFrame *frame = &g_array_index (before->frames, BagFrame, 2);
  g_autoptr (BagDescription) after = NULL;
  g_autoptr (GError) error = NULL;

  frame->flags = BAG_FRAME_MISSING;
  frame->offset = G_MAXUINT64;
  frame->position[0] = NAN;
  after = roundtrip (before, &error);
  g_assert_no_error (error);
  frame = &g_array_index (after->frames, BagFrame, 2);
  g_assert_cmpuint (frame->offset, ==, 0);
  g_assert_cmpuint (frame->length, ==, 0);
  g_assert_cmpfloat (frame->position[0], ==, 0);
}

static void
assert_broken_line (const char *line)
{
  g_autoptr (BagDescription) good = make_description ();
  g_autoptr (GBytes) bytes = bag_description_to_bytes (good);
  g_autoptr (GBytes) broken = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  guint8 *found = memmem (copy, size, line, strlen (line));

  g_assert_nonnull (found);
  found[strlen (line) - 1] = ' ';
  broken = g_bytes_new_take (copy, size);
  g_assert_null (bag_description_from_bytes (broken, FILE_SIZE, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

/* Texts are lines: with one too few nobody could tell which is which. */
static void
test_lines (void)
{
  assert_broken_line ("BAG 7\n");
  assert_broken_line ("raw\n");
  assert_broken_line ("StationName\n");
  assert_broken_line ("partial\n");
}

static void
test_hostile_bytes (void)
{
  g_autoptr (BagDescription) good = make_description ();
  g_autoptr (GBytes) bytes = bag_description_to_bytes (good);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_description_from_bytes (empty, FILE_SIZE, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, n);
      g_autoptr (BagDescription) after = bag_description_from_bytes (cut, FILE_SIZE, NULL);

      g_assert_null (after);
    }
}

/* Takes a good description with one byte changed. */
static void
assert_broken_byte (gsize place, guint8 value)
{
  g_autoptr (BagDescription) good = make_description ();
  g_autoptr (BagDescription) after = NULL;
  g_autoptr (GByteArray) copy = g_bytes_unref_to_array (bag_description_to_bytes (good));
  g_autoptr (GBytes) broken = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (copy->data[place], !=, value);
  copy->data[place] = value;
  broken = g_byte_array_free_to_bytes (g_steal_pointer (&copy));
  after = bag_description_from_bytes (broken, FILE_SIZE, &error);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_null (after);
}

/* The head: five numbers of four bytes, two more, rows and columns, bits, then what is true or false. */
static void
test_head (void)
{
  assert_broken_byte (0, 4);     /* version */
  assert_broken_byte (8, 4);     /* one frame more than there is */
  assert_broken_byte (15, 0x80); /* facts */
  assert_broken_byte (12, 2);    /* likewise */
  assert_broken_byte (16, 0);    /* one warning less */
  for (gsize place = 35; place < 40; place++)
    assert_broken_byte (place, 2);
}

static void
test_bytes_left (void)
{
  g_autoptr (BagDescription) good = make_description ();
  g_autoptr (GByteArray) copy = g_bytes_unref_to_array (bag_description_to_bytes (good));
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (copy, (const guint8 *) "\n", 1);
  longer = g_byte_array_free_to_bytes (g_steal_pointer (&copy));
  g_assert_null (bag_description_from_bytes (longer, FILE_SIZE, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

/* What a text holds is made harmless on both sides, also a NUL and half a character. */
static void
test_harmful_line (void)
{
  g_autoptr (BagDescription) good = make_description ();
  g_autoptr (BagDescription) after = NULL;
  g_autoptr (GByteArray) copy = NULL;
  g_autoptr (GBytes) harmful = NULL;
  guint8 *found = NULL;

  good->bag_id[3] = '\n';
  copy = g_bytes_unref_to_array (bag_description_to_bytes (good));
  found = memmem (copy->data, copy->len, "Lane 4", 6);
  g_assert_nonnull (found);
  memcpy (found, "L\0\033\xe2 4", 6);
  harmful = g_byte_array_free_to_bytes (g_steal_pointer (&copy));
  after = bag_description_from_bytes (harmful, FILE_SIZE, NULL);
  g_assert_nonnull (after);
  g_assert_cmpstr (after->bag_id, ==, "BAG 7");
  g_assert_cmpstr (((const BagNote *) g_ptr_array_index (after->facts, 0))->text, ==, "L\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd 4");
}

static void
test_layout (void)
{
  static const struct
  {
    BagPixelLayout layout;
    int code;
    const char *words;
  } rows[] = {
    { { 1, 1, 8, 8, 7, FALSE, FALSE }, -1, NULL },
    { { 16384, 16384, 16, 12, 15, TRUE, FALSE }, -1, NULL },
    { { 0, 1, 8, 8, 7, FALSE, FALSE }, BAG_ERROR_MALFORMED, "rows" },
    { { 1, 0, 8, 8, 7, FALSE, FALSE }, BAG_ERROR_MALFORMED, "columns" },
    { { 32768, 1, 8, 8, 7, FALSE, FALSE }, BAG_ERROR_LIMIT, "32768" },
    { { 32767, 8192, 8, 8, 7, FALSE, FALSE }, -1, NULL },
    { { 32767, 8193, 8, 8, 7, FALSE, FALSE }, BAG_ERROR_LIMIT, "268435456 pixels" },
    { { 1, 1, 32, 20, 31, TRUE, TRUE }, -1, NULL },
    { { 16384, 16384, 64, 64, 63, FALSE, FALSE }, -1, NULL },
    { { 1, 1, 32, 32, 31, TRUE, FALSE, TRUE }, -1, NULL },
    { { 1, 1, 64, 64, 63, TRUE, TRUE, TRUE }, -1, NULL },
    { { 1, 1, 24, 24, 23, FALSE, FALSE }, BAG_ERROR_UNSUPPORTED_IMAGE, "24" },
    { { 1, 1, 128, 128, 127, FALSE, FALSE }, BAG_ERROR_UNSUPPORTED_IMAGE, "128" },
    { { 1, 1, 16, 16, 15, TRUE, FALSE, TRUE }, BAG_ERROR_MALFORMED, "16 allocated" },
    { { 1, 1, 32, 31, 31, TRUE, FALSE, TRUE }, BAG_ERROR_MALFORMED, "31 stored" },
    { { 1, 1, 8, 9, 8, FALSE, FALSE }, BAG_ERROR_MALFORMED, "8 allocated, 9 stored, high bit 8" },
    { { 1, 1, 16, 0, 0, FALSE, FALSE }, BAG_ERROR_MALFORMED, "0 stored" },
    { { 1, 1, 16, 12, 16, FALSE, FALSE }, BAG_ERROR_MALFORMED, "high bit 16" },
    { { 1, 1, 16, 12, 10, FALSE, FALSE }, BAG_ERROR_MALFORMED, "high bit 10" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = bag_pixel_layout_check (&rows[i].layout, &error);

      g_assert_true (good == (rows[i].code < 0));
      if (!good)
        {
          g_assert_error (error, BAG_ERROR, rows[i].code);
          g_assert_nonnull (strstr (error->message, rows[i].words));
        }
    }
  g_assert_cmpuint (bag_pixel_layout_get_frame_bytes (&rows[1].layout), ==, 512u << 20);
  g_assert_cmpuint (bag_pixel_layout_get_frame_bytes (&(BagPixelLayout){ 16384, 16384, 64, 64, 63, FALSE, FALSE }), ==, (gsize) 2 << 30);
}

#define ADD_BROKEN(name) g_test_add_data_func ("/description/broken/" #name, (gconstpointer) break_##name, test_broken_field)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/description/roundtrip", test_roundtrip);
  ADD_BROKEN (rows);
  ADD_BROKEN (bits);
  ADD_BROKEN (size);
  ADD_BROKEN (wide);
  ADD_BROKEN (float);
  ADD_BROKEN (words);
  ADD_BROKEN (codec);
  ADD_BROKEN (spacing);
  ADD_BROKEN (thickness);
  ADD_BROKEN (frames);
  ADD_BROKEN (offset);
  ADD_BROKEN (end);
  ADD_BROKEN (length);
  ADD_BROKEN (position);
  ADD_BROKEN (orientation);
  ADD_BROKEN (slope);
  ADD_BROKEN (window);
  ADD_BROKEN (function);
  ADD_BROKEN (flags);
  ADD_BROKEN (photometric);
  ADD_BROKEN (notes);
  ADD_BROKEN (frame_count);
  g_test_add_func ("/description/missing-frame", test_missing_frame);
  g_test_add_func ("/description/lines", test_lines);
  g_test_add_func ("/description/hostile-bytes", test_hostile_bytes);
  g_test_add_func ("/description/head", test_head);
  g_test_add_func ("/description/bytes-left", test_bytes_left);
  g_test_add_func ("/description/harmful-line", test_harmful_line);
  g_test_add_func ("/description/layout", test_layout);

  return g_test_run ();
}
