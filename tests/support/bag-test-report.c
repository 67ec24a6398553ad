/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-report.h"

#include <string.h>

static gboolean
needs_decoder (gconstpointer data, guint index)
{
  return FALSE;
}

static gboolean
read_slice (gconstpointer data, guint index, BagDecoderChild *child, gpointer dest, gsize dest_size, GCancellable *cancellable, GError **error)
{
  memset (dest, 0, dest_size);

  return TRUE;
}

static char *
get_frame_name (gconstpointer data, guint index)
{
  return g_strdup_printf ("%u", index + 1);
}

static const BagScanSource test_source = {
  .name = "file",
  .needs_decoder = needs_decoder,
  .read = read_slice,
  .get_frame_name = get_frame_name,
};

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static BagDescription *
describe (const BagTestVolume *volume, const char *bag_id)
{
  BagDescription *self = bag_description_new ();

  set_text (&self->bag_id, bag_id);
  set_text (&self->sop_instance, BAG_TEST_INSTANCE);
  self->layout = (BagPixelLayout){ .rows = (guint16) volume->rows, .columns = (guint16) volume->columns, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  self->has_pixel_spacing = TRUE;
  self->pixel_spacing[0] = volume->row_spacing;
  self->pixel_spacing[1] = volume->column_spacing;
  self->n_frames_claimed = volume->n_slices;
  for (guint i = 0; i < volume->n_slices; i++)
    {
      const BagFrame frame = {
        .flags = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION | BAG_FRAME_HAS_WINDOW,
        .position = { -10, 20, volume->slice_step * i },
        .orientation = { 1, 0, 0, 0, 1, 0 },
        .slope = 1,
        .window_center = 100,
        .window_width = 100,
      };

      g_array_append_val (self->frames, frame);
    }

  return self;
}

/**
 * bag_test_scan_new:
 *
 * Returns: (transfer full): a scan whose values are all 0: every slice is black
 */
BagScan *
bag_test_scan_new (const BagTestVolume *volume, const char *bag_id)
{
  BagDescription *description = describe (volume, bag_id);
  GArray *slices = g_array_new (FALSE, TRUE, sizeof (BagScanSlice));
  g_autoptr (GError) error = NULL;
  BagScan *scan = NULL;

  for (guint i = 0; i < volume->n_slices; i++)
    {
      guint frame = volume->slice_step < 0 ? volume->n_slices - 1 - i : i;
      const BagScanSlice slice = { .frame = g_array_index (description->frames, BagFrame, frame), .frame_number = frame };

      g_array_append_val (slices, slice);
    }

  scan = bag_scan_new ("test", &test_source, NULL, description, slices, &error);
  g_assert_no_error (error);

  return scan;
}

/**
 * bag_test_report_new:
 *
 * Returns: (transfer full): a report of a machine about the scan %BAG_TEST_INSTANCE
 */
BagReport *
bag_test_report_new (const char *bag_id)
{
  BagReport *self = bag_report_new ();

  set_text (&self->name, "report.dcs");
  bag_report_set_text (self, BAG_REPORT_TEXT_BAG_ID, bag_id);
  bag_report_set_text (self, BAG_REPORT_TEXT_TYPE, "MACHINE");
  bag_report_set_text (self, BAG_REPORT_TEXT_DECISION, "ALARM");
  bag_report_set_text (self, BAG_REPORT_TEXT_ALGORITHM, "Finder 2.1");
  g_ptr_array_add (self->instances, g_strdup (BAG_TEST_INSTANCE));

  return self;
}

BagReportObject *
bag_test_report_add (BagReport *report, BagThreatFlag flag, const char *category, double probability)
{
  BagReportObject *object = bag_report_object_new ();
  BagReportAssessment *one = bag_report_assessment_new ();

  object->id = report->objects->len + 1;
  one->flag = flag;
  one->probability = probability;
  set_text (&one->category, category);
  g_ptr_array_add (object->assessments, one);
  g_ptr_array_add (report->objects, object);

  return object;
}

BagReportPlace *
bag_test_report_place (BagReportObject *object, const double base[3], const double extents[3])
{
  BagReportPlace *place = bag_report_place_new ();

  if (base != NULL)
    {
      place->flags = BAG_REPORT_PLACE_HAS_REGION;
      memcpy (place->base, base, sizeof place->base);
      memcpy (place->extents, extents, sizeof place->extents);
    }
  g_ptr_array_add (object->places, place);

  return place;
}
