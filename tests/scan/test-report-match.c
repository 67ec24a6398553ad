/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-report-match.h"

/* Which report belongs to which scan, row by row. */

typedef struct
{
  const char *name;
  const char *instance, *series, *frame_of_reference, *bag_id; /* of the scan */
  const char *referenced, *place_instance;                     /* of the report; "" for none */
  const char *report_series, *report_frame, *report_bag;
  BagReportMatch match;
} Case;

static const Case cases[] = {
  { "instance", "1", "2", "3", "A", "1", "", "", "", "A", BAG_REPORT_MATCH_INSTANCE },
  { "instance of another bag", "1", "2", "3", "A", "1", "", "", "", "B", BAG_REPORT_MATCH_INSTANCE },
  { "instance of a place", "1", "2", "3", "A", "9", "1", "", "", "B", BAG_REPORT_MATCH_INSTANCE },
  { "beginning of an instance", "1.2", "2", "3", "A", "1", "1.22", "", "", "B", BAG_REPORT_MATCH_NONE },
  { "series and frame", "1", "2", "3", "A", "9", "", "2", "3", "B", BAG_REPORT_MATCH_SERIES },
  { "series alone", "1", "2", "3", "A", "9", "", "2", "4", "B", BAG_REPORT_MATCH_NONE },
  { "frame alone", "1", "2", "3", "A", "9", "", "8", "3", "B", BAG_REPORT_MATCH_NONE },
  { "series without frames", "1", "2", "", "A", "9", "", "2", "", "B", BAG_REPORT_MATCH_NONE },
  { "bag", "1", "2", "3", "A", "9", "", "8", "4", "A", BAG_REPORT_MATCH_BAG },
  { "bag without references", "1", "2", "3", "A", "", "", "", "", "A", BAG_REPORT_MATCH_BAG },
  { "other bag", "1", "2", "3", "A", "9", "", "8", "4", "B", BAG_REPORT_MATCH_NONE },
  { "bag in small letters", "1", "2", "3", "BAG", "9", "", "8", "4", "bag", BAG_REPORT_MATCH_NONE },
  { "nothing known", "", "", "", "", "", "", "", "", "", BAG_REPORT_MATCH_NONE },
  { "empty reference", "", "", "", "A", "", "", "", "", "B", BAG_REPORT_MATCH_NONE },
};

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static BagDescription *
make_scan (const Case *one)
{
  BagDescription *scan = bag_description_new ();

  set (&scan->sop_instance, one->instance);
  set (&scan->series, one->series);
  set (&scan->frame_of_reference, one->frame_of_reference);
  set (&scan->bag_id, one->bag_id);

  return scan;
}

static BagReport *
make_report (const Case *one)
{
  BagReport *report = bag_report_new ();
  BagReportObject *object = bag_report_object_new ();
  BagReportPlace *place = bag_report_place_new ();

  g_ptr_array_add (report->instances, g_strdup (one->referenced));
  if (*one->place_instance != '\0')
    g_ptr_array_add (place->instances, g_strdup (one->place_instance));
  g_ptr_array_add (object->places, place);
  g_ptr_array_add (report->objects, object);
  bag_report_set_text (report, BAG_REPORT_TEXT_SERIES, one->report_series);
  bag_report_set_text (report, BAG_REPORT_TEXT_FRAME_OF_REFERENCE, one->report_frame);
  bag_report_set_text (report, BAG_REPORT_TEXT_BAG_ID, one->report_bag);

  return report;
}

static void
test_match (gconstpointer data)
{
  g_autoptr (BagDescription) scan = make_scan (data);
  g_autoptr (BagReport) report = make_report (data);
  BagReportMatch match = bag_report_match (report, scan);

  g_assert_cmpint (match, ==, ((const Case *) data)->match);
  g_assert_cmpint (bag_report_match_is_linked (match), ==, match == BAG_REPORT_MATCH_INSTANCE || match == BAG_REPORT_MATCH_SERIES);
}

/* Of two energies each has the places that name it, and those that name none. */
static void
test_places (void)
{
  const Case one = { "", "1", "2", "3", "A", "1", "1", "", "", "A", BAG_REPORT_MATCH_INSTANCE };
  g_autoptr (BagDescription) scan = make_scan (&one);
  g_autoptr (BagReport) report = make_report (&one);
  const BagReportObject *object = g_ptr_array_index (report->objects, 0);
  BagReportPlace *place = g_ptr_array_index (object->places, 0);

  g_assert_true (bag_report_place_is_in (place, scan, BAG_REPORT_MATCH_INSTANCE));
  set ((char **) &place->instances->pdata[0], "5");
  g_assert_false (bag_report_place_is_in (place, scan, BAG_REPORT_MATCH_INSTANCE));
  g_assert_true (bag_report_place_is_in (place, scan, BAG_REPORT_MATCH_BAG));
  g_ptr_array_set_size (place->instances, 0);
  g_assert_true (bag_report_place_is_in (place, scan, BAG_REPORT_MATCH_INSTANCE));
}

static void
test_subject (void)
{
  const Case one = { "", "", "", "", "", "1.2.9", "", "", "", "BAG 7", BAG_REPORT_MATCH_NONE };
  g_autoptr (BagReport) report = make_report (&one);
  g_autofree char *both = bag_report_tell_subject (report);
  g_autofree char *bag = NULL;
  g_autofree char *none = NULL;

  g_assert_cmpstr (both, ==, "of bag “BAG 7”, for scan 1.2.9");
  g_ptr_array_set_size (report->instances, 0);
  bag = bag_report_tell_subject (report);
  g_assert_cmpstr (bag, ==, "of bag “BAG 7”");
  bag_report_set_text (report, BAG_REPORT_TEXT_BAG_ID, "");
  none = bag_report_tell_subject (report);
  g_assert_cmpstr (none, ==, "of a bag that it does not name");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdelimit (g_strconcat ("/report-match/table/", cases[i].name, NULL), " ", '-');

      g_test_add_data_func (path, &cases[i], test_match);
    }
  g_test_add_func ("/report-match/places", test_places);
  g_test_add_func ("/report-match/subject", test_subject);

  return g_test_run ();
}
