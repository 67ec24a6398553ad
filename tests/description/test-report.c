/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "description/bag-report.h"

#include <math.h>

static BagReportPlace *
get_place (BagReport *self)
{
  const BagReportObject *object = g_ptr_array_index (self->objects, 0);

  return g_ptr_array_index (object->places, 0);
}

static BagReportAssessment *
get_assessment (BagReport *self)
{
  const BagReportObject *object = g_ptr_array_index (self->objects, 0);

  return g_ptr_array_index (object->assessments, 0);
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static BagReportPlace *
make_place (void)
{
  BagReportPlace *place = bag_report_place_new ();

  g_ptr_array_add (place->instances, g_strdup ("1.2.3"));
  g_ptr_array_add (place->instances, g_strdup ("1.2.4"));
  place->flags = BAG_REPORT_PLACE_HAS_REGION | BAG_REPORT_PLACE_HAS_POLYGON | BAG_REPORT_PLACE_HAS_MASK;
  for (guint i = 0; i < 3; i++)
    {
      place->base[i] = 10 + i;
      place->extents[i] = 20 + i;
      place->corners[0][i] = -1.0 - i;
      place->corners[1][i] = 1.0 + i;
    }
  place->n_masked = 77;
  place->mass = 12.5;
  replace (&place->location, "left");

  return place;
}

static BagReport *
make_report (void)
{
  BagReport *self = bag_report_new ();
  BagReportObject *object = bag_report_object_new ();
  BagReportAssessment *one = bag_report_assessment_new ();

  for (guint i = 0; i < BAG_N_REPORT_TEXTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      bag_report_set_text (self, (BagReportText) i, text);
    }
  g_ptr_array_add (self->instances, g_strdup ("1.2.3"));
  object->id = 42;
  one->flag = BAG_THREAT_FLAG_THREAT;
  one->probability = 0.5;
  replace (&one->category, "EXPLOSIVE");
  replace (&one->text, "words");
  replace (&one->ability, "SHIELD");
  g_ptr_array_add (object->places, make_place ());
  g_ptr_array_add (object->assessments, one);
  g_ptr_array_add (self->objects, object);
  g_ptr_array_add (self->objects, bag_report_object_new ());
  bag_report_add_warning (self, "bad-mask", "%u masks", 3u);

  return self;
}

static BagReport *
roundtrip (const BagReport *self, GError **error)
{
  g_autoptr (GBytes) bytes = bag_report_to_bytes (self);

  return bag_report_from_bytes (bytes, error);
}

static void
check_place (const BagReportPlace *before, const BagReportPlace *after)
{
  g_assert_cmpuint (after->instances->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (after->instances, 1), ==, "1.2.4");
  g_assert_cmpuint (after->flags, ==, before->flags);
  g_assert_cmpmem (after->base, sizeof after->base, before->base, sizeof before->base);
  g_assert_cmpmem (after->extents, sizeof after->extents, before->extents, sizeof before->extents);
  g_assert_cmpmem (after->corners, sizeof after->corners, before->corners, sizeof before->corners);
  g_assert_cmpuint (after->n_masked, ==, 77);
  g_assert_cmpfloat (after->mass, ==, 12.5);
  g_assert_true (isnan (after->density) && isnan (after->z_effective) && isnan (after->volume_cc));
  g_assert_cmpstr (after->location, ==, "left");
}

static void
test_roundtrip (void)
{
  g_autoptr (BagReport) before = make_report ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BagReport) after = roundtrip (before, &error);
  const BagReportAssessment *one = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < BAG_N_REPORT_TEXTS; i++)
    g_assert_cmpstr (after->texts[i], ==, before->texts[i]);
  g_assert_cmpuint (after->instances->len, ==, 1);
  g_assert_cmpuint (after->objects->len, ==, 2);
  g_assert_cmpuint (((const BagReportObject *) g_ptr_array_index (after->objects, 0))->id, ==, 42);
  check_place (get_place (before), get_place (after));
  one = get_assessment (after);
  g_assert_cmpint (one->flag, ==, BAG_THREAT_FLAG_THREAT);
  g_assert_cmpfloat (one->probability, ==, 0.5);
  g_assert_cmpstr (one->category, ==, "EXPLOSIVE");
  g_assert_cmpstr (one->text, ==, "words");
  g_assert_cmpstr (one->ability, ==, "SHIELD");
  g_assert_cmpstr (((const BagNote *) g_ptr_array_index (after->warnings, 0))->text, ==, "3 masks");
}

/* Each breaks one field of a good report. */
static void
break_flag (BagReport *self)
{
  get_assessment (self)->flag = (BagThreatFlag) BAG_N_THREAT_FLAGS;
}
static void
break_probability (BagReport *self)
{
  get_assessment (self)->probability = 1.5;
}
static void
break_probability_sign (BagReport *self)
{
  get_assessment (self)->probability = -0.5;
}
static void
break_base (BagReport *self)
{
  get_place (self)->base[1] = NAN;
}
static void
break_extents (BagReport *self)
{
  get_place (self)->extents[2] = 0;
}
static void
break_extents_size (BagReport *self)
{
  get_place (self)->extents[0] = 1e300;
}
static void
break_corner (BagReport *self)
{
  get_place (self)->corners[1][0] = INFINITY;
}
static void
break_corner_order (BagReport *self)
{
  get_place (self)->corners[0][2] = 1e6;
}
static void
break_place_flags (BagReport *self)
{
  get_place (self)->flags = (BagReportPlaceFlags) 64;
}
static void
break_mask_without_region (BagReport *self)
{
  get_place (self)->flags = BAG_REPORT_PLACE_HAS_MASK;
}
static void
break_mask (BagReport *self)
{
  get_place (self)->n_masked = G_MAXUINT64;
}
static void
break_mass (BagReport *self)
{
  get_place (self)->mass = INFINITY;
}
static void
break_density (BagReport *self)
{
  get_place (self)->density = 1e13;
}
static void
break_z_effective (BagReport *self)
{
  get_place (self)->z_effective = -INFINITY;
}
static void
break_volume (BagReport *self)
{
  get_place (self)->volume_cc = INFINITY;
}
static void
break_objects (BagReport *self)
{
  for (guint i = 0; i < BAG_MAX_REPORT_OBJECTS; i++)
    g_ptr_array_add (self->objects, bag_report_object_new ());
}
static void
break_places (BagReport *self)
{
  const BagReportObject *object = g_ptr_array_index (self->objects, 1);

  for (guint i = 0; i < BAG_MAX_REPORT_PLACES; i++)
    g_ptr_array_add (object->places, bag_report_place_new ());
}
static void
break_assessments (BagReport *self)
{
  const BagReportObject *object = g_ptr_array_index (self->objects, 1);

  for (guint i = 0; i < BAG_MAX_REPORT_ASSESSMENTS; i++)
    g_ptr_array_add (object->assessments, bag_report_assessment_new ());
}
static void
break_references (BagReport *self)
{
  for (guint i = 0; i < BAG_MAX_REPORT_REFERENCES - 2; i++)
    g_ptr_array_add (self->instances, g_strdup ("1"));
}
static void
break_warnings (BagReport *self)
{
  for (guint i = 0; i < BAG_MAX_NOTES; i++)
    g_ptr_array_add (self->warnings, bag_note_new ("a", "b"));
}

static void
test_broken_field (gconstpointer data)
{
  void (*breaker) (BagReport *) = (void (*) (BagReport *)) data;
  g_autoptr (BagReport) before = make_report ();
  g_autoptr (BagReport) after = NULL;
  g_autoptr (GError) error = NULL;

  breaker (before);
  after = roundtrip (before, &error);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_null (after);
}

/* What no flag vouches for does not come through. */
static void
test_unvouched (void)
{
  g_autoptr (BagReport) before = make_report ();
  g_autoptr (BagReport) after = NULL;
  g_autoptr (GError) error = NULL;
  const BagReportPlace *place = get_place (before);

  get_place (before)->flags = 0;
  get_place (before)->base[0] = NAN;
  after = roundtrip (before, &error);
  g_assert_no_error (error);
  place = get_place (after);
  for (guint i = 0; i < 3; i++)
    g_assert_true (place->base[i] == 0 && place->extents[i] == 0 && place->corners[0][i] == 0 && place->corners[1][i] == 0);
  g_assert_cmpuint (place->n_masked, ==, 0);
}

/* The child may send texts that no reader of ours would. */
static void
test_texts_made_harmless (void)
{
  g_autoptr (BagReport) before = make_report ();
  g_autoptr (BagReport) after = NULL;
  g_autoptr (GError) error = NULL;

  replace (&get_assessment (before)->category, "A\x1b[31m\xe2\x80\xae");
  replace (&before->texts[BAG_REPORT_TEXT_DECISION], "CLEAR\n");
  after = roundtrip (before, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_assessment (after)->category, ==, "A\xef\xbf\xbd[31m\xef\xbf\xbd");
  g_assert_cmpstr (after->texts[BAG_REPORT_TEXT_DECISION], ==, "CLEAR ");
}

static void
test_cut_bytes (void)
{
  g_autoptr (BagReport) report = make_report ();
  g_autoptr (GBytes) bytes = bag_report_to_bytes (report);

  for (gsize length = 0; length < g_bytes_get_size (bytes); length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (BagReport) cut = bag_report_from_bytes (part, NULL);

      g_assert_null (cut);
    }
}

static void
add_opinion (BagReportObject *object, BagThreatFlag flag, double probability)
{
  BagReportAssessment *one = bag_report_assessment_new ();

  one->flag = flag;
  one->probability = probability;
  g_ptr_array_add (object->assessments, one);
}

/* The flag goes before the probability. */
static void
test_gravest (void)
{
  g_autoptr (BagReport) report = bag_report_new ();
  BagReportObject *object = bag_report_object_new ();

  g_ptr_array_add (report->objects, object);
  g_assert_null (bag_report_object_get_gravest (object));
  add_opinion (object, BAG_THREAT_FLAG_NO_THREAT, 0.99);
  g_assert_true (bag_report_object_get_gravest (object) == g_ptr_array_index (object->assessments, 0));
  add_opinion (object, BAG_THREAT_FLAG_THREAT, NAN);
  add_opinion (object, BAG_THREAT_FLAG_UNKNOWN, 0.98);
  g_assert_true (bag_report_object_get_gravest (object) == g_ptr_array_index (object->assessments, 1));
  add_opinion (object, BAG_THREAT_FLAG_THREAT, 0.1);
  add_opinion (object, BAG_THREAT_FLAG_THREAT, 0.2);
  add_opinion (object, BAG_THREAT_FLAG_THREAT, NAN);
  g_assert_true (bag_report_object_get_gravest (object) == g_ptr_array_index (object->assessments, 4));
}

#define ADD_BROKEN(name) g_test_add_data_func ("/report/broken/" #name, (gconstpointer) break_##name, test_broken_field)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/roundtrip", test_roundtrip);
  ADD_BROKEN (flag);
  ADD_BROKEN (probability);
  ADD_BROKEN (probability_sign);
  ADD_BROKEN (base);
  ADD_BROKEN (extents);
  ADD_BROKEN (extents_size);
  ADD_BROKEN (corner);
  ADD_BROKEN (corner_order);
  ADD_BROKEN (place_flags);
  ADD_BROKEN (mask_without_region);
  ADD_BROKEN (mask);
  ADD_BROKEN (mass);
  ADD_BROKEN (density);
  ADD_BROKEN (z_effective);
  ADD_BROKEN (volume);
  ADD_BROKEN (objects);
  ADD_BROKEN (places);
  ADD_BROKEN (assessments);
  ADD_BROKEN (references);
  ADD_BROKEN (warnings);
  g_test_add_func ("/report/unvouched", test_unvouched);
  g_test_add_func ("/report/texts-made-harmless", test_texts_made_harmless);
  g_test_add_func ("/report/cut-bytes", test_cut_bytes);
  g_test_add_func ("/report/gravest", test_gravest);

  return g_test_run ();
}
