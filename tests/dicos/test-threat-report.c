/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report-bytes.h"

#include "description/bag-error.h"
#include "description/bag-report-mask.h"
#include "dicos/bag-threat-report.h"

#include <math.h>

static BagReport *
read_bytes (const guint8 *data, gsize length, GError **error)
{
  /* An exact copy, so that a sanitizer sees the first byte beyond. */
  g_autofree guint8 *copy = g_memdup2 (data, MAX (length, 1));
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (copy, length);

  return bag_threat_report_read (reader, error);
}

static BagReport *
read_shape (const ReportShape *shape)
{
  g_autoptr (GByteArray) bytes = report_bytes_new (shape);
  g_autoptr (GError) error = NULL;
  BagReport *report = read_bytes (bytes->data, bytes->len, &error);

  g_assert_no_error (error);

  return report;
}

static BagReport *
read_changed (const ReportChange *changes, guint n_changes)
{
  const ReportShape shape = { .syntax = REPORT_EXPLICIT, .changes = changes, .n_changes = n_changes };

  return read_shape (&shape);
}

static void
assert_refused (const ReportShape *shape, BagError code)
{
  g_autoptr (GByteArray) bytes = report_bytes_new (shape);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_bytes (bytes->data, bytes->len, &error));
  g_assert_error (error, BAG_ERROR, (int) code);
}

static BagReportPlace *
get_place (const BagReport *report)
{
  const BagReportObject *object = g_ptr_array_index (report->objects, 0);

  return g_ptr_array_index (object->places, 0);
}

static const BagReportAssessment *
get_opinion (const BagReport *report, guint object)
{
  return g_ptr_array_index (((const BagReportObject *) g_ptr_array_index (report->objects, object))->assessments, 0);
}

static void
check_place (const BagReportPlace *place)
{
  const double base[] = { 10, 20, 1 }, extents[] = { 8, 8, 6 };
  const double corners[2][3] = { { -1, -6, 30 }, { 5, 2, 70 } };

  g_assert_cmpuint (place->flags, ==, BAG_REPORT_PLACE_HAS_REGION | BAG_REPORT_PLACE_HAS_POLYGON | BAG_REPORT_PLACE_HAS_MASK);
  g_assert_cmpmem (place->base, sizeof place->base, base, sizeof base);
  g_assert_cmpmem (place->extents, sizeof place->extents, extents, sizeof extents);
  g_assert_cmpmem (place->corners, sizeof place->corners, corners, sizeof corners);
  g_assert_cmpuint (place->n_masked, ==, REPORT_N_MASKED);
  g_assert_true (bag_report_mask_check (place->mask, place->extents, REPORT_N_MASKED));
  g_assert_cmpuint (place->instances->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (place->instances, 0), ==, "1.2.3");
  g_assert_cmpfloat (place->mass, ==, 120.5);
  g_assert_cmpfloat (place->density, ==, 1.5);
  g_assert_cmpfloat (place->z_effective, ==, 7.25);
  g_assert_cmpfloat (place->volume_cc, ==, 80);
  g_assert_cmpstr (place->location, ==, "left");
}

static void
check_objects (const BagReport *report)
{
  const BagReportAssessment *opinion = get_opinion (report, 0);
  const BagReportObject *object = g_ptr_array_index (report->objects, 1);

  g_assert_cmpuint (report->objects->len, ==, 2);
  g_assert_cmpuint (((const BagReportObject *) g_ptr_array_index (report->objects, 0))->id, ==, 7);
  g_assert_cmpint (opinion->flag, ==, BAG_THREAT_FLAG_THREAT);
  g_assert_cmpstr (opinion->category, ==, "EXPLOSIVE");
  g_assert_cmpstr (opinion->text, ==, "A blöck");
  g_assert_cmpstr (opinion->ability, ==, "SHIELD");
  g_assert_cmpfloat_with_epsilon (opinion->probability, 0.91, 1e-6);

  g_assert_cmpuint (object->id, ==, 8);
  g_assert_cmpuint (object->places->len, ==, 0);
  opinion = get_opinion (report, 1);
  g_assert_cmpint (opinion->flag, ==, BAG_THREAT_FLAG_NO_THREAT);
  g_assert_true (isnan (opinion->probability));
}

static void
test_good (gconstpointer data)
{
  g_autoptr (BagReport) report = read_shape (data);

  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_BAG_ID), ==, "BAG 7");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_SOP_INSTANCE), ==, "1.2.3.501");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_SERIES), ==, "1.2.31");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_FRAME_OF_REFERENCE), ==, "1.2.32");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_DECISION), ==, "ALARM");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_TYPE), ==, "MACHINE");
  g_assert_cmpstr (bag_report_get_text (report, BAG_REPORT_TEXT_ALGORITHM), ==, "Finder 2.1");
  g_assert_cmpuint (report->instances->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (report->instances, 0), ==, "1.2.3");
  g_assert_cmpuint (report->warnings->len, ==, 0);
  check_objects (report);
  check_place (get_place (report));
}

/* Cut at every byte: an answer each time, and a whole report only from the whole file, or from one
 * that lacks elements at its end. */
static void
test_truncated (gconstpointer data)
{
  g_autoptr (GByteArray) bytes = report_bytes_new (data);
  guint n_good = 0;

  for (guint length = 0; length < bytes->len; length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagReport) report = read_bytes (bytes->data, length, &error);

      g_assert_true ((report != NULL) == (error == NULL));
      n_good += report != NULL ? 1 : 0;
      if (report == NULL)
        g_assert_true (g_error_matches (error, BAG_ERROR, BAG_ERROR_TRUNCATED) || g_error_matches (error, BAG_ERROR, BAG_ERROR_MALFORMED) || g_error_matches (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT));
    }
  g_assert_cmpuint (n_good, <, 20);
}

/* Every byte set to what may hurt: no report is worse than none. */
static void
test_damaged (gconstpointer data)
{
  static const guint8 values[] = { 0x00, 0x7f, 0xff };
  g_autoptr (GByteArray) bytes = report_bytes_new (data);

  for (guint i = 128; i < bytes->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      {
        guint8 former = bytes->data[i];
        g_autoptr (BagReport) report = NULL;

        bytes->data[i] = values[k];
        report = read_bytes (bytes->data, bytes->len, NULL);
        bytes->data[i] = former;
        if (report != NULL)
          {
            g_autoptr (GBytes) packed = bag_report_to_bytes (report);
            g_autoptr (GError) error = NULL;
            g_autoptr (BagReport) again = bag_report_from_bytes (packed, &error);

            g_assert_no_error (error);
          }
      }
}

/* Each element left out alone: there is a report all the same, unless it is what says so. */
static void
test_absent (void)
{
  static const guint32 tags[] = { 0x00020002, 0x00080005, 0x00080016, 0x00080018, 0x00081150, 0x00081155, 0x00100020, 0x0020000d, 0x0020000e, 0x00200052, 0x40101004, 0x40101005, 0x40101006, 0x40101010, 0x40101012, 0x40101013, 0x40101014, 0x40101015, 0x40101016, 0x40101017, 0x4010101d, 0x40101021, 0x40101024, 0x40101027, 0x40101029, 0x4010102b, 0x40101031, 0x40101033, 0x40101078 };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const ReportChange change = { tags[i], NULL, 0 };
      g_autoptr (BagReport) report = read_changed (&change, 1);

      g_assert_cmpuint (report->objects->len, ==, 2);
      if (tags[i] == 0x40101004 || tags[i] == 0x40101005)
        g_assert_cmpuint (get_place (report)->flags, ==, BAG_REPORT_PLACE_HAS_POLYGON);
    }
}

typedef struct
{
  const char *name;
  ReportChange change;
  const char *warning; /* NULL when nothing is said */
} Lie;

#define BYTES(text) text, sizeof text - 1
#define NAN_FLOAT "\x00\x00\xc0\x7f"
#define ONE_FLOAT "\x00\x00\x80\x3f"
#define TWO_FLOAT "\x00\x00\x00\x40"
#define MINUS_FLOAT "\x00\x00\x80\xbf"
#define HUGE_FLOAT "\xff\xff\x7f\x7f"

static const Lie lies[] = {
  { "base-nan", { 0x40101004, BYTES (NAN_FLOAT ONE_FLOAT ONE_FLOAT) }, "bad-region" },
  { "base-huge", { 0x40101004, BYTES (HUGE_FLOAT ONE_FLOAT ONE_FLOAT) }, "bad-region" },
  { "base-short", { 0x40101004, BYTES (ONE_FLOAT ONE_FLOAT) }, "bad-region" },
  { "base-empty", { 0x40101004, BYTES ("") }, "bad-region" },
  { "extents-zero", { 0x40101005, BYTES (ONE_FLOAT ONE_FLOAT "\0\0\0\0") }, "bad-region" },
  { "extents-negative", { 0x40101005, BYTES (ONE_FLOAT MINUS_FLOAT ONE_FLOAT) }, "bad-region" },
  { "extents-huge", { 0x40101005, BYTES (ONE_FLOAT ONE_FLOAT HUGE_FLOAT) }, "bad-region" },
  { "mask-short", { 0x40101006, BYTES ("\xff\xff") }, "bad-mask" },
  { "mask-for-larger-box", { 0x40101005, BYTES ("\x00\x00\x00\x41"
                                                "\x00\x00\x00\x41"
                                                "\x00\x00\x00\x41") },
    "bad-mask" },
  { "mask-for-smaller-box", { 0x40101005, BYTES ("\x00\x00\x00\x41"
                                                 "\x00\x00\x00\x41"
                                                 "\x00\x00\x80\x40") },
    "bad-mask" },
  { "mask-for-broken-box", { 0x40101005, BYTES ("\x00\x00\x00\x3f" ONE_FLOAT ONE_FLOAT) }, "bad-mask" },
  { "mask-empty", { 0x40101006, BYTES ("") }, NULL },
  { "probability-two", { 0x40101016, BYTES (TWO_FLOAT) }, "bad-number" },
  { "probability-negative", { 0x40101016, BYTES (MINUS_FLOAT) }, "bad-number" },
  { "probability-nan", { 0x40101016, BYTES (NAN_FLOAT) }, "bad-number" },
  { "probability-empty", { 0x40101016, BYTES ("") }, NULL },
  { "mass-negative", { 0x40101017, BYTES (MINUS_FLOAT) }, "bad-number" },
  { "density-nan", { 0x40101018, BYTES (NAN_FLOAT) }, "bad-number" },
  { "z-effective-huge", { 0x40101019, BYTES (HUGE_FLOAT) }, "bad-number" },
  { "polygon-of-one-point", { 0x4010101d, BYTES (ONE_FLOAT ONE_FLOAT ONE_FLOAT) }, "bad-number" },
  { "polygon-nan", { 0x4010101d, BYTES (ONE_FLOAT ONE_FLOAT ONE_FLOAT ONE_FLOAT NAN_FLOAT ONE_FLOAT) }, "bad-number" },
  { "flag-unknown", { 0x40101015, BYTES ("PERHAPS ") }, NULL },
  { "aborted", { 0x40101024, BYTES ("ABORT ") }, "detection-aborted" },
  { "count-too-large", { 0x40101033, BYTES ("\xff\xff") }, "object-count-differs" },
  { "count-zero", { 0x40101033, BYTES ("\0\0") }, "object-count-differs" },
  { "control-characters", { 0x40101012, BYTES ("A\x1b\x07"
                                               "B") },
    NULL },
};

static gboolean
has_no_nonsense (const BagReport *report)
{
  const BagReportPlace *place = get_place (report);
  double probability = get_opinion (report, 0)->probability;

  return (isnan (probability) || (probability >= 0 && probability <= 1)) && (isnan (place->mass) || place->mass >= 0) && !((place->flags & BAG_REPORT_PLACE_HAS_REGION) != 0 && !(place->extents[1] > 0));
}

static void
test_lie (gconstpointer data)
{
  const Lie *lie = data;
  g_autoptr (BagReport) report = read_changed (&lie->change, 1);

  g_assert_cmpuint (report->objects->len, ==, 2);
  g_assert_true (has_no_nonsense (report));
  g_assert_cmpuint (report->warnings->len, ==, lie->warning != NULL ? 1 : 0);
  if (lie->warning != NULL)
    g_assert_cmpstr (((const BagNote *) g_ptr_array_index (report->warnings, 0))->name, ==, lie->warning);
}

/* The bits as they stand in the file, without those that pad it. */
static void
test_mask_bits (void)
{
  const ReportChange changes[] = {
    { 0x40101005, BYTES ("\x00\x00\x40\x40"
                         "\x00\x00\x40\x40" ONE_FLOAT) },
    { 0x40101006, BYTES ("\x07\xff") },
  };
  g_autoptr (BagReport) report = read_changed (changes, 2);
  gsize length = 0;
  const guint8 *bits = g_bytes_get_data (get_place (report)->mask, &length);

  g_assert_cmpmem (bits, length, "\x07\x01", 2);
  g_assert_cmpuint (get_place (report)->n_masked, ==, 4);
}

/* One voxel: a byte, and another one that makes the length even. */
static void
test_mask_pad_byte (void)
{
  const ReportChange changes[] = {
    { 0x40101005, BYTES (ONE_FLOAT ONE_FLOAT ONE_FLOAT) },
    { 0x40101006, BYTES ("\xff\xff") },
  };
  g_autoptr (BagReport) report = read_changed (changes, 2);

  g_assert_cmpuint (g_bytes_get_size (get_place (report)->mask), ==, 1);
  g_assert_cmpuint (get_place (report)->n_masked, ==, 1);
}

static void
test_neutral_text (void)
{
  const ReportChange change = { 0x40101012, BYTES ("A\x1b\x07"
                                                   "B") };
  g_autoptr (BagReport) report = read_changed (&change, 1);

  g_assert_cmpstr (get_opinion (report, 0)->category, ==, "A\xef\xbf\xbd\xef\xbf\xbd"
                                                          "B");
}

static void
test_too_many (void)
{
  ReportShape shape = { .syntax = REPORT_EXPLICIT, .n_more_objects = BAG_MAX_REPORT_OBJECTS - 2 };
  g_autoptr (BagReport) report = read_shape (&shape);

  g_assert_cmpuint (report->objects->len, ==, BAG_MAX_REPORT_OBJECTS);
  shape.n_more_objects++;
  assert_refused (&shape, BAG_ERROR_LIMIT);
  shape = (ReportShape){ .syntax = REPORT_IMPLICIT, .with_lengths = TRUE, .n_more_places = BAG_MAX_REPORT_PLACES };
  assert_refused (&shape, BAG_ERROR_LIMIT);
  shape = (ReportShape){ .syntax = REPORT_EXPLICIT, .n_more_scans = BAG_MAX_REPORT_REFERENCES };
  assert_refused (&shape, BAG_ERROR_LIMIT);
}

/* What is something else is told apart from a report that is broken. */
static void
test_other_files (void)
{
  const ReportChange both[] = {
    { 0x00020002, BYTES ("1.2.840.10008.5.1.4.1.1.501.1") },
    { 0x00080016, BYTES ("1.2.840.10008.5.1.4.1.1.501.1") },
  };
  ReportShape shape = { .syntax = REPORT_EXPLICIT, .changes = both, .n_changes = 2 };
  g_autoptr (GError) error = NULL;

  assert_refused (&shape, BAG_ERROR_UNSUPPORTED_OBJECT);
  g_assert_null (read_bytes ((const guint8 *) "text", 4, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT);
  shape = (ReportShape){ .syntax = "1.2.3.4" };
  assert_refused (&shape, BAG_ERROR_UNSUPPORTED_SYNTAX);

  /* One of the two places is enough. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BagReport) report = read_changed (&both[i], 1);

      g_assert_cmpuint (report->objects->len, ==, 2);
    }
}

static const ReportShape shapes[] = {
  { .syntax = REPORT_EXPLICIT },
  { .syntax = REPORT_EXPLICIT, .with_lengths = TRUE },
  { .syntax = REPORT_IMPLICIT },
  { .syntax = REPORT_IMPLICIT, .with_lengths = TRUE },
};

static void
add_shape_tests (const char *name, GTestDataFunc func, guint step)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i += step)
    {
      g_autofree char *path = g_strdup_printf ("/threat-report/%s/%u", name, i);

      g_test_add_data_func (path, &shapes[i], func);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_shape_tests ("good", test_good, 1);
  add_shape_tests ("truncated", test_truncated, 1);
  add_shape_tests ("damaged", test_damaged, 3);
  g_test_add_func ("/threat-report/absent", test_absent);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/threat-report/lie/", lies[i].name, NULL);

      g_test_add_data_func (path, &lies[i], test_lie);
    }
  g_test_add_func ("/threat-report/mask-bits", test_mask_bits);
  g_test_add_func ("/threat-report/mask-pad-byte", test_mask_pad_byte);
  g_test_add_func ("/threat-report/neutral-text", test_neutral_text);
  g_test_add_func ("/threat-report/too-many", test_too_many);
  g_test_add_func ("/threat-report/other-files", test_other_files);

  return g_test_run ();
}
