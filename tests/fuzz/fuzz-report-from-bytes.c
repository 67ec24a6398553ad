/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "description/bag-report.h"

#include <math.h>

/* What a decoder that was taken over may send in place of a report. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BagReport) report = bag_report_from_bytes (bytes, NULL);
  g_autoptr (GBytes) again = NULL;

  if (report == NULL)
    return 0;

  for (guint i = 0; i < report->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (report->objects, i);
      const BagReportAssessment *gravest = bag_report_object_get_gravest (object);

      g_assert_true (gravest == NULL || (guint) gravest->flag < BAG_N_THREAT_FLAGS);
      g_assert_true (gravest == NULL || isnan (gravest->probability) || (gravest->probability >= 0 && gravest->probability <= 1));
    }
  again = bag_report_to_bytes (report);

  return 0;
}

static GByteArray *
make_seed (guint n_objects)
{
  g_autoptr (BagReport) report = bag_report_new ();

  g_ptr_array_add (report->instances, g_strdup ("1.2.3"));
  for (guint i = 0; i < n_objects; i++)
    {
      BagReportObject *object = bag_report_object_new ();
      BagReportPlace *place = bag_report_place_new ();

      place->flags = BAG_REPORT_PLACE_HAS_REGION;
      place->extents[0] = place->extents[1] = place->extents[2] = 3;
      g_ptr_array_add (place->instances, g_strdup ("1.2.3"));
      g_ptr_array_add (object->places, place);
      g_ptr_array_add (object->assessments, bag_report_assessment_new ());
      g_ptr_array_add (report->objects, object);
    }

  return g_bytes_unref_to_array (bag_report_to_bytes (report));
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (seeds, make_seed (i));

  return seeds;
}
