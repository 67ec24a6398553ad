/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "description/bag-error.h"
#include "dicos/bag-codec.h"
#include "dicos/bag-ct-image.h"

#include <string.h>

#define MAX_CHANGES 4

typedef struct
{
  const char *name;
  const char *syntax;
  TestShape shape;
  TestChange changes[MAX_CHANGES];
  int code;             /* expected error, or -1 */
  const char *expected; /* words of the error; or the name of a warning */
  guint n_frames;
} Row;

#define CT "1.2.840.10008.5.1.4.1.1"

static const Row rows[] = {
  { "explicit", TEST_EXPLICIT, 0, { { 0 } }, -1, NULL, 3 },
  { "implicit", TEST_IMPLICIT, 0, { { 0 } }, -1, NULL, 3 },
  { "deflated", TEST_DEFLATED, 0, { { 0 } }, -1, NULL, 3 },
  { "deflated-stored", TEST_DEFLATED, TEST_STORED, { { 0 } }, -1, NULL, 3 },
  { "deflated-defined-lengths", TEST_DEFLATED, TEST_DEFINED, { { 0 } }, -1, NULL, 3 },
  { "deflated-unknown-type", TEST_DEFLATED, TEST_UNKNOWN, { { 0 } }, -1, NULL, 3 },
  { "deflated-icon", TEST_DEFLATED, TEST_ICON | TEST_STORED, { { 0 } }, -1, NULL, 3 },
  { "rle", TEST_RLE, 0, { { 0 } }, -1, NULL, 3 },
  { "jpeg", TEST_JPEG, 0, { { 0 } }, -1, NULL, 3 },
  { "big-endian", TEST_BIG_ENDIAN, 0, { { 0 } }, -1, NULL, 3 },
  { "big-endian-defined-lengths", TEST_BIG_ENDIAN, TEST_DEFINED, { { 0 } }, -1, NULL, 3 },
  { "big-endian-unknown-type", TEST_BIG_ENDIAN, TEST_UNKNOWN, { { 0 } }, -1, NULL, 3 },
  { "big-endian-icon", TEST_BIG_ENDIAN, TEST_ICON, { { 0 } }, -1, NULL, 3 },
  { "jpeg-ls", TEST_JPEG_LS, 0, { { 0 } }, -1, NULL, 3 },
  { "jpeg-ls-split", TEST_JPEG_LS, TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "jpeg-2000", TEST_JPEG_2000, 0, { { 0 } }, -1, NULL, 3 },
  { "jpeg-2000-split", TEST_JPEG_2000, TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "jpeg-2000-table-split", TEST_JPEG_2000, TEST_TABLE | TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "extended-table", TEST_JPEG_2000, TEST_EXTENDED, { { 0 } }, -1, NULL, 3 },
  { "extended-table-split", TEST_JPEG_LS, TEST_EXTENDED | TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "both-tables", TEST_JPEG, TEST_EXTENDED | TEST_TABLE, { { 0 } }, -1, NULL, 3 },
  { "extended-wrong-lengths", TEST_JPEG, TEST_EXTENDED | TEST_WRONG_LENGTHS, { { 0 } }, -1, "offset-table", 3 },
  { "extended-wrong-offsets", TEST_JPEG, TEST_EXTENDED | TEST_OTHER_EXTENDED, { { 0 } }, -1, "offset-table", 3 },
  { "extended-wrong-basic-right", TEST_JPEG, TEST_OTHER_EXTENDED | TEST_TABLE | TEST_SPLIT, { { 0 } }, -1, "offset-table", 3 },
  { "extended-right-basic-wrong", TEST_JPEG, TEST_EXTENDED | TEST_WRONG_TABLE | TEST_SPLIT, { { 0 } }, -1, "offset-table", 3 },
  { "codestream-size", TEST_JPEG, 0, { { 0x00280010, "US", "10" } }, -1, "codestream-differs", 3 },
  { "codestream-bits-allocated", TEST_JPEG_LS, 0, { { 0x00280100, "US", "8" }, { 0x00280101, "US", "8" }, { 0x00280102, "US", "7" } }, -1, "codestream-differs", 3 },
  { "codestream-sign", TEST_JPEG_2000, 0, { { 0x00280103, "US", "1" } }, -1, "codestream-differs", 3 },
  { "codestream-cells", TEST_JPEG_LS, 0, { { 0x00280101, "US", "12" }, { 0x00280102, "US", "11" } }, -1, NULL, 3 },
  { "defined-lengths", TEST_EXPLICIT, TEST_DEFINED, { { 0 } }, -1, NULL, 3 },
  { "defined-lengths-implicit", TEST_IMPLICIT, TEST_DEFINED, { { 0 } }, -1, NULL, 3 },
  { "unknown-type", TEST_EXPLICIT, TEST_UNKNOWN, { { 0 } }, -1, NULL, 3 },
  { "icon", TEST_EXPLICIT, TEST_ICON, { { 0 } }, -1, NULL, 3 },
  { "icon-compressed", TEST_JPEG, TEST_ICON, { { 0 } }, -1, NULL, 3 },
  { "table", TEST_RLE, TEST_TABLE, { { 0 } }, -1, NULL, 3 },
  { "table-split", TEST_JPEG, TEST_TABLE | TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "split-rle", TEST_RLE, TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "split-jpeg", TEST_JPEG, TEST_SPLIT, { { 0 } }, -1, NULL, 3 },
  { "wrong-table", TEST_JPEG, TEST_WRONG_TABLE, { { 0 } }, -1, "offset-table", 3 },
  { "wrong-table-split", TEST_RLE, TEST_WRONG_TABLE | TEST_SPLIT, { { 0 } }, -1, "offset-table", 3 },
  { "count-digits", TEST_EXPLICIT, 0, { { 0x00280008, "IS", "3" } }, -1, NULL, 3 },
  { "count-raw", TEST_IMPLICIT, 0, { { 0x00280008, "RAW", "3" } }, -1, NULL, 3 },
  { "count-absent", TEST_EXPLICIT, 0, { { 0x00280008, "IS", NULL } }, -1, NULL, 3 },
  { "count-too-high", TEST_EXPLICIT, 0, { { 0x00280008, "US", "9" } }, -1, "frame-count-differs", 3 },
  { "count-too-low", TEST_JPEG, 0, { { 0x00280008, "IS", "2" } }, -1, "frame-count-differs", 2 },
  { "count-negative", TEST_EXPLICIT, 0, { { 0x00280008, "IS", "-4" } }, -1, "frame-count-differs", 3 },
  { "count-huge", TEST_EXPLICIT, 0, { { 0x00280008, "IS", "2000000000" } }, -1, "frame-count-differs", 3 },
  { "slope-zero", TEST_EXPLICIT, 0, { { 0x00281053, "DS", "0" } }, -1, "bad-rescale", 3 },
  { "slope-nan", TEST_EXPLICIT, 0, { { 0x00281053, "DS", "nan" } }, -1, "bad-rescale", 3 },
  { "intercept-huge", TEST_EXPLICIT, 0, { { 0x00281052, "DS", "1e308" } }, -1, "bad-rescale", 3 },
  { "spacing-zero", TEST_EXPLICIT, 0, { { 0x00280030, "DS", "0\\1" } }, -1, "bad-spacing", 3 },
  { "projection", TEST_EXPLICIT, 0, { { 0x00080008, "CS", "ORIGINAL\\HIGH ENERGY\\PROJECTION\\NONE" } }, -1, "projection", 3 },
  { "jam", TEST_EXPLICIT, 0, { { 0x40101044, "CS", "JAM" } }, -1, "acquisition-not-successful", 3 },
  { "successful", TEST_EXPLICIT, 0, { { 0x40101044, "CS", "SUCCESSFUL" } }, -1, NULL, 3 },
  { "training", TEST_EXPLICIT, 0, { { 0x40101039, "CS", "FULL" } }, -1, "training-image", 3 },
  { "other-class", TEST_EXPLICIT, 0, { { 0x00080016, "UI", CT ".4" } }, -1, "not-a-ct", 3 },
  { "enhanced", TEST_EXPLICIT, 0, { { 0x00080016, "UI", CT ".2.1" } }, -1, NULL, 3 },
  { "high-bit", TEST_EXPLICIT, 0, { { 0x00280102, "US", "20" } }, -1, "high-bit", 3 },
  { "stored-over-allocated", TEST_EXPLICIT, 0, { { 0x00280101, "US", "17" } }, BAG_ERROR_MALFORMED, "16 allocated, 17 stored", 0 },
  { "no-rows", TEST_EXPLICIT, 0, { { 0x00280010, "US", NULL } }, BAG_ERROR_MALFORMED, "no rows", 0 },
  { "24-bit", TEST_EXPLICIT, 0, { { 0x00280100, "US", "24" } }, BAG_ERROR_UNSUPPORTED_IMAGE, "24 bits", 0 },
  { "32-bit-compressed", TEST_RLE, 0, { { 0x00280100, "US", "32" } }, BAG_ERROR_UNSUPPORTED_IMAGE, "32-bit integers, compressed as RLE", 0 },
  { "too-many-rows", TEST_EXPLICIT, 0, { { 0x00280010, "US", "16385" } }, BAG_ERROR_LIMIT, ", more than the limit of 16384 (setting limit-rows-columns)", 0 },
  { "bigger-than-pixels", TEST_EXPLICIT, 0, { { 0x00280010, "US", "900" } }, BAG_ERROR_TRUNCATED, "shorter than one slice", 0 },
  { "colour", TEST_EXPLICIT, 0, { { 0x00280002, "US", "3" } }, BAG_ERROR_UNSUPPORTED_IMAGE, "3 samples", 0 },
  { "palette", TEST_EXPLICIT, 0, { { 0x00280004, "CS", "PALETTE COLOR" } }, BAG_ERROR_UNSUPPORTED_IMAGE, "PALETTE COLOR", 0 },
  { "float", TEST_EXPLICIT, 0, { { 0x7fe00008, "UN", "abcd" } }, BAG_ERROR_MALFORMED, "7FE0,0008", 0 },
  { "32-bit-element", TEST_EXPLICIT, 0, { { 0x7fe00011, "UN", "abcd" } }, BAG_ERROR_MALFORMED, "7FE0,0011", 0 },
  { "no-pixels", TEST_EXPLICIT, 0, { { 0x7fe00010, "OW", NULL } }, BAG_ERROR_NOT_AN_IMAGE, "no pixel data", 0 },
  { "threat-report", TEST_EXPLICIT, 0, { { 0x00080016, "UI", CT ".501.3" } }, BAG_ERROR_NOT_AN_IMAGE, "threat report", 0 },
  { "threat-report-deflated", TEST_DEFLATED, 0, { { 0x00020002, "UI", CT ".501.3" } }, BAG_ERROR_NOT_AN_IMAGE, "threat report", 0 },
  { "directory", TEST_EXPLICIT, 0, { { 0x00020002, "UI", "1.2.840.10008.1.3.10" } }, BAG_ERROR_NOT_AN_IMAGE, "DICOMDIR", 0 },
  { "ait", TEST_EXPLICIT, 0, { { 0x00080016, "UI", CT ".501.4.1" } }, BAG_ERROR_UNSUPPORTED_OBJECT, "AIT 2D", 0 },
  { "qr", TEST_EXPLICIT, 0, { { 0x00080016, "UI", CT ".501.6" } }, BAG_ERROR_UNSUPPORTED_OBJECT, "QR", 0 },
  { "video", "1.2.840.10008.1.2.4.100", 0, { { 0 } }, BAG_ERROR_UNSUPPORTED_SYNTAX, "MPEG-2", 0 },
  { "unknown-syntax", "1.2.3.4", 0, { { 0 } }, BAG_ERROR_UNSUPPORTED_SYNTAX, "1.2.3.4", 0 },
  { "no-syntax", TEST_EXPLICIT, 0, { { 0x00020010, "UI", NULL } }, BAG_ERROR_MALFORMED, "transfer syntax", 0 },
};

static GByteArray *
make_file (const Row *row)
{
  guint n = 0;

  while (n < MAX_CHANGES && row->changes[n].tag != 0)
    n++;

  return test_file_new (row->syntax, row->shape, row->changes, n);
}

static gboolean
has_warning (const BagDescription *description, const char *name)
{
  for (guint i = 0; i < description->warnings->len; i++)
    {
      const BagNote *note = g_ptr_array_index (description->warnings, i);

      if (strcmp (note->name, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Every frame that is said to be there must have the right samples; with
 * @may_be_cut, the last one may turn out to be cut when it is decoded. */
static guint
check_frames (BagByteReader *reader, const BagDescription *description, gboolean may_be_cut)
{
  g_autoptr (BagCodecScratch) scratch = bag_codec_scratch_new ();
  guint n_present = 0;

  for (guint i = 0; i < description->frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (description->frames, BagFrame, i);
      g_autoptr (GError) error = NULL;
      guint16 wanted[TEST_PIXELS];
      guint16 samples[TEST_PIXELS];

      if ((frame->flags & BAG_FRAME_MISSING) != 0)
        continue;
      if (description->codec == BAG_FRAME_CODEC_NATIVE)
        bag_byte_reader_read (reader, frame->offset, samples, sizeof samples, &error);
      else
        bag_codec_decode (scratch, reader, description->codec, &description->layout, frame->offset, frame->length, samples, sizeof samples, &error);
      if (may_be_cut && error != NULL)
        {
          g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
          may_be_cut = FALSE;
          continue;
        }
      g_assert_no_error (error);
      test_fill_frame (i, wanted);
      for (guint k = 0; k < TEST_PIXELS; k++)
        g_assert_cmpuint (description->layout.is_big_endian ? GUINT16_FROM_BE (samples[k]) : GUINT16_FROM_LE (samples[k]), ==, wanted[k]);
      n_present++;
    }

  return n_present;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GByteArray) file = make_file (row);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, &error);

  if (row->code >= 0)
    {
      g_assert_null (description);
      g_assert_error (error, BAG_ERROR, row->code);
      g_assert_nonnull (strstr (error->message, row->expected));
      return;
    }

  g_assert_no_error (error);
  if (row->expected != NULL)
    g_assert_true (has_warning (description, row->expected));
  g_assert_cmpuint (description->warnings->len, ==, row->expected != NULL ? 1 : 0);
  g_assert_cmpuint (description->frames->len, ==, row->n_frames);
  g_assert_cmpuint (check_frames (reader, description, FALSE), ==, row->n_frames);
}

static void
check_values (const BagDescription *description)
{
  const BagFrame *frame = &g_array_index (description->frames, BagFrame, 2);

  g_assert_cmpstr (description->bag_id, ==, "BAG 7");
  g_assert_cmpstr (description->series, ==, "1.2.3.4");
  g_assert_cmpstr (description->acquired, ==, "20240102030405");
  g_assert_cmpstr (description->units, ==, "MHU");
  g_assert_true (description->has_pixel_spacing);
  g_assert_cmpfloat (description->pixel_spacing[0], ==, 1.25);
  g_assert_cmpfloat (description->pixel_spacing[1], ==, 1);
  g_assert_cmpfloat (description->slice_thickness, ==, 2);
  g_assert_cmpuint (frame->flags, ==, BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION | BAG_FRAME_HAS_WINDOW);
  g_assert_cmpfloat (frame->position[0], ==, -1);
  g_assert_cmpfloat (frame->position[2], ==, 20);
  g_assert_cmpfloat (frame->orientation[4], ==, 1);
  g_assert_cmpfloat (frame->slope, ==, 2);
  g_assert_cmpfloat (frame->intercept, ==, -5);
  g_assert_cmpfloat (frame->window_center, ==, 1000);
  g_assert_cmpfloat (frame->window_width, ==, 2000);
}

static void
test_values (void)
{
  const TestShape shapes[] = { 0, TEST_DEFINED, TEST_UNKNOWN };
  const char *const syntaxes[] = { TEST_EXPLICIT, TEST_IMPLICIT, TEST_JPEG, TEST_BIG_ENDIAN };

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GByteArray) file = test_file_new (syntaxes[i % 4], shapes[i / 4], NULL, 0);
      g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
      g_autoptr (BagDescription) description = bag_ct_image_describe (reader, NULL);

      check_values (description);
    }
}

static void
check_function (const char *name, BagVoiFunction function, gboolean is_unknown)
{
  const TestChange change = { 0x00281056, "CS", name };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, &change, 1);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, NULL);

  for (guint i = 0; i < TEST_FRAMES; i++)
    g_assert_cmpuint (g_array_index (description->frames, BagFrame, i).window_function, ==, function);
  g_assert_cmpint (has_warning (description, "window-function"), ==, is_unknown);
}

static void
test_window_function (void)
{
  check_function (NULL, BAG_VOI_FUNCTION_LINEAR, FALSE);
  check_function ("", BAG_VOI_FUNCTION_LINEAR, FALSE);
  check_function ("LINEAR", BAG_VOI_FUNCTION_LINEAR, FALSE);
  check_function ("LINEAR_EXACT", BAG_VOI_FUNCTION_LINEAR_EXACT, FALSE);
  check_function ("SIGMOID", BAG_VOI_FUNCTION_SIGMOID, FALSE);
  check_function ("LOGISTIC", BAG_VOI_FUNCTION_LINEAR, TRUE);
}

static void
test_facts (void)
{
  const TestChange changes[] = { { 0x00100010, "PN", "Somebody" }, { 0x00100040, "CS", "F" } };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, changes, G_N_ELEMENTS (changes));
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < description->facts->len; i++)
    {
      const BagNote *note = g_ptr_array_index (description->facts, i);

      g_string_append_printf (all, "%s=%s\n", note->name, note->text);
    }
  g_assert_cmpstr (all->str, ==, "PatientID=BAG 7\n"
                                 "ImageType=ORIGINAL\\HIGH ENERGY\\VOLUME\\NONE\n"
                                 "StudyDate=20240102\n"
                                 "StudyTime=030405\n"
                                 "StationName=K\xc3\xb6ln 4\n"
                                 "SeriesInstanceUID=1.2.3.4\n"
                                 "SOPInstanceUID=1.2.3\n");
}

static char *
find_units (const char *sop_class, const char *type)
{
  const TestChange changes[] = { { 0x00080016, "UI", sop_class }, { 0x00281054, "LO", type } };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, changes, G_N_ELEMENTS (changes));
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, NULL);

  return g_strdup (description->units);
}

static void
test_units (void)
{
  static const char *const table[][2] = { { "HU", "HU" }, { "mhu", "MHU" }, { "unknown", "raw" }, { "US", "raw" }, { NULL, "raw" }, { "OD", "OD" } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *units = find_units (CT ".501.1", table[i][0]);

      g_assert_cmpstr (units, ==, table[i][1]);
    }
}

static void
test_preamble (void)
{
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, NULL, 0);
  g_autoptr (BagByteReader) reader = NULL;
  g_autoptr (BagDescription) description = NULL;

  memcpy (file->data, "MZ", 2);
  reader = bag_byte_reader_new_for_memory (file->data, file->len);
  description = bag_ct_image_describe (reader, NULL);
  g_assert_true (has_warning (description, "preamble"));
}

/* What a library makes of each cut of a frame, test-codestream.c looks at; it takes long under a sanitizer. */
static guint
get_step (const Row *row)
{
  return strcmp (row->syntax, TEST_JPEG_LS) == 0 || strcmp (row->syntax, TEST_JPEG_2000) == 0 ? 11 : 1;
}

/* Cut anywhere, a file is refused or gives the slices that are still whole. */
static void
test_truncated (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GByteArray) file = make_file (row);
  gboolean may_be_cut = (row->shape & TEST_SPLIT) != 0 && (row->shape & TEST_TABLE) == 0;
  guint best = 0;

  for (guint n = file->len % get_step (row); n < file->len; n += get_step (row))
    {
      g_autofree guint8 *copy = g_memdup2 (file->data, n);
      g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (n > 0 ? copy : (const guint8 *) "", n);
      g_autoptr (GError) error = NULL;
      g_autoptr (BagDescription) description = bag_ct_image_describe (reader, &error);
      guint n_present = 0;

      g_assert_true ((description == NULL) == (error != NULL));
      if (description == NULL)
        continue;
      n_present = check_frames (reader, description, may_be_cut);
      g_assert_true (n_present == TEST_FRAMES || has_warning (description, "partial"));
      g_assert_cmpuint (n_present, >=, best);
      best = n_present;
    }
  g_assert_cmpuint (best, >=, 2);
}

/* Behind the file meta information every cut shows: the stream lacks its end. */
static void
check_cut (const GByteArray *file, guint n)
{
  g_autofree guint8 *copy = g_memdup2 (file->data, n);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (copy, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagDescription) description = bag_ct_image_describe (reader, &error);

  if (description == NULL)
    g_assert_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED);
}

static void
test_deflated_cut (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GByteArray) file = make_file (row);
  guint start = 132;

  while (file->data[start] == 0x02 && file->data[start + 1] == 0 && file->data[start + 4] == 'U')
    start += 8 + file->data[start + 6];
  g_assert_cmpuint (start, <, file->len);
  for (guint n = start; n < file->len; n++)
    check_cut (file, n);
}

/* Sequences of one item each, deeper than the limit. */
static void
test_too_deep (void)
{
  static const guint8 level[] = { 0x08, 0, 0x15, 0x92, 'S', 'Q', 0, 0, 255, 255, 255, 255, 0xfe, 0xff, 0x00, 0xe0, 255, 255, 255, 255 };
  const TestChange changes[] = { { 0x7fe00010, "OW", NULL } };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, changes, 1);
  g_autoptr (BagByteReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_byte_array_append (file, level, sizeof level);
  reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_assert_null (bag_ct_image_describe (reader, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
}

static void
test_too_many (void)
{
  static const guint8 empty[] = { 0x09, 0, 0x01, 0x10, 'L', 'O', 0, 0 };
  const TestChange changes[] = { { 0x7fe00010, "OW", NULL } };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, changes, 1);
  g_autoptr (BagByteReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= 1000000; i++)
    g_byte_array_append (file, empty, sizeof empty);
  reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_assert_null (bag_ct_image_describe (reader, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
}

static void
add_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/ct-image/file/", rows[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/ct-image/truncated/", rows[i].name, NULL);
      g_autofree char *deflated = g_strconcat ("/ct-image/deflated-cut/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
      if (rows[i].code < 0 && rows[i].expected == NULL)
        g_test_add_data_func (cut, &rows[i], test_truncated);
      if (rows[i].code < 0 && strcmp (rows[i].syntax, TEST_DEFLATED) == 0)
        g_test_add_data_func (deflated, &rows[i], test_deflated_cut);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_rows ();
  g_test_add_func ("/ct-image/values", test_values);
  g_test_add_func ("/ct-image/window-function", test_window_function);
  g_test_add_func ("/ct-image/facts", test_facts);
  g_test_add_func ("/ct-image/units", test_units);
  g_test_add_func ("/ct-image/preamble", test_preamble);
  g_test_add_func ("/ct-image/too-deep", test_too_deep);
  g_test_add_func ("/ct-image/too-many", test_too_many);

  return g_test_run ();
}
