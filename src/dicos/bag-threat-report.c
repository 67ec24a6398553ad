/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-threat-report"

#include "config.h"

#include "dicos/bag-threat-report.h"

#include "description/bag-error.h"
#include "dicos/bag-sop-class.h"
#include "dicos/bag-threat-collector.h"
#include "dicos/bag-threat-mask.h"
#include "dicos/bag-transfer-syntax.h"

#include <math.h>
#include <string.h>

/* Threat detection reports (NEMA IIC 1, SOP class ...501.3): which scans one is
 * about, what its machine decided, and the objects that it found. Whether it
 * fits a scan is judged elsewhere. */

#define MARK_OFFSET 128u

static gboolean
fail_other (GError **error)
{
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT, "This is not a threat report");

  return FALSE;
}

static gboolean
has_mark (BagByteReader *reader)
{
  const guint8 *bytes = NULL;

  if (bag_byte_reader_contains (reader, MARK_OFFSET, 4))
    bytes = bag_byte_reader_peek (reader, MARK_OFFSET, 4, NULL);

  return bytes != NULL && memcmp (bytes, "DICM", 4) == 0;
}

/* Gets the data set at @offset ready to be read, inflated where it has to be. */
static const BagTransferSyntax *
open_data_set (const BagThreatCollector *collector, guint64 offset, GError **error)
{
  const BagTransferSyntax *syntax = NULL;

  if (*collector->syntax == '\0')
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The file does not name its transfer syntax");
      return NULL;
    }
  syntax = bag_transfer_syntax_find (collector->syntax, error);
  if (syntax == NULL || syntax->codec != BAG_FRAME_CODEC_DEFLATED || bag_byte_reader_get_inflater (collector->reader) != NULL)
    return syntax;

  return bag_byte_reader_inflate_from (collector->reader, offset, error) ? syntax : NULL;
}

/* The class stands in the file meta information, and again near the beginning of
 * the data set: no more than that is read of files that are something else. */
static gboolean
find_class (BagThreatCollector *collector, guint64 *offset)
{
  const BagTransferSyntax *syntax = NULL;

  if (!has_mark (collector->reader) || !bag_threat_collector_read_meta (collector, offset, NULL))
    return FALSE;
  if (bag_sop_class_is_threat_report (collector->meta_class))
    return TRUE;

  syntax = open_data_set (collector, *offset, NULL);

  return syntax != NULL && bag_threat_collector_read (collector, syntax, TRUE, *offset, NULL) && bag_sop_class_is_threat_report (collector->sop_class);
}

static gboolean
check_numbers (const BagThreatCollector *collector, GError **error)
{
  if (collector->too_many == NULL)
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The threat report has more %s than Bagscope reads (%u objects, %u of anything else)", collector->too_many, BAG_MAX_REPORT_OBJECTS, BAG_MAX_REPORT_PLACES);

  return FALSE;
}

static gboolean
is_region (const BagReportPlace *place)
{
  for (guint i = 0; i < 3; i++)
    if (!isfinite (place->base[i]) || !isfinite (place->extents[i]) || place->extents[i] <= 0)
      return FALSE;

  return TRUE;
}

static void
drop_region (BagReportPlace *place)
{
  place->flags &= ~(guint) BAG_REPORT_PLACE_HAS_REGION;
  memset (place->base, 0, sizeof place->base);
  memset (place->extents, 0, sizeof place->extents);
}

/* What is odd, counted: a report says each thing once. */
typedef struct
{
  guint n_bad_regions, n_bad_masks, n_large_masks;
  guint64 mask_room; /* bytes that masks may still take */
} Oddities;

static void
settle_place (const BagThreatCollector *collector, BagReportPlace *place, const BagElement *mask, Oddities *oddities)
{
  if ((place->flags & BAG_REPORT_PLACE_HAS_REGION) == 0)
    return;
  if (!is_region (place))
    {
      drop_region (place);
      oddities->n_bad_regions++;
    }
  else if (mask->length > 0 && bag_threat_mask_read (collector->reader, mask, &oddities->mask_room, place))
    oddities->n_large_masks += place->mask == NULL ? 1 : 0;
  else if (mask->length > 0)
    {
      place->n_masked = 0;
      oddities->n_bad_masks++;
    }
}

static Oddities
settle_places (const BagThreatCollector *collector, const BagReport *report)
{
  Oddities oddities = { .mask_room = BAG_MAX_REPORT_MASK_BYTES };
  guint n_places = 0;

  for (guint i = 0; i < report->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (report->objects, i);

      for (guint k = 0; k < object->places->len; k++, n_places++)
        settle_place (collector, g_ptr_array_index (object->places, k), &g_array_index (collector->masks, BagElement, n_places), &oddities);
    }

  return oddities;
}

static void
settle (const BagThreatCollector *collector, BagReport *report)
{
  Oddities oddities = settle_places (collector, report);

  if (oddities.n_bad_regions > 0)
    bag_report_add_warning (report, "bad-region", "The threat report gives places that make no sense: %u of them are left out", oddities.n_bad_regions);
  if (oddities.n_bad_masks > 0)
    bag_report_add_warning (report, "bad-mask", "The threat report has masks that do not fit their boxes: %u of them are left out, and only the box is drawn", oddities.n_bad_masks);
  if (oddities.n_large_masks > 0)
    bag_report_add_warning (report, "mask-too-large", "The threat report has more than %u MiB of masks: of %u of them only the box is drawn", BAG_MAX_REPORT_MASK_BYTES >> 20, oddities.n_large_masks);
  if (collector->n_bad_numbers > 0)
    bag_report_add_warning (report, "bad-number", "The threat report has numbers that make no sense: %u of them are left out", collector->n_bad_numbers);
  if (collector->n_claimed != G_MAXUINT && collector->n_claimed != report->objects->len)
    bag_report_add_warning (report, "object-count-differs", "The threat report says that it has %u objects, and has %u", collector->n_claimed, report->objects->len);
  if (strcmp (bag_report_get_text (report, BAG_REPORT_TEXT_ABORT_FLAG), "ABORT") == 0)
    bag_report_add_warning (report, "detection-aborted", "The search for threats was broken off (%s): there may be objects that are not in the report", bag_report_get_text (report, BAG_REPORT_TEXT_ABORT_REASON));
}

static gboolean
read_whole (BagThreatCollector *collector, guint64 offset, GError **error)
{
  const BagTransferSyntax *syntax = open_data_set (collector, offset, error);

  if (syntax == NULL || !bag_threat_collector_read (collector, syntax, FALSE, offset, error))
    return FALSE;

  return check_numbers (collector, error);
}

/**
 * bag_threat_report_read:
 * @reader: a file
 * @error: %BAG_ERROR_UNSUPPORTED_OBJECT for a file of any other kind, of which
 *   little is read; else why the report cannot be read
 *
 * Returns: (transfer full): what the report says, or %NULL
 */
BagReport *
bag_threat_report_read (BagByteReader *reader, GError **error)
{
  g_auto (BagThreatCollector) collector;
  g_autoptr (BagReport) report = NULL;
  gboolean is_report, good;
  guint64 offset = 0;

  g_return_val_if_fail (reader != NULL, NULL);

  report = bag_report_new ();
  bag_threat_collector_init (&collector, reader, report);
  is_report = find_class (&collector, &offset);
  good = is_report && read_whole (&collector, offset, error);
  if (bag_byte_reader_take_failure (reader, error))
    return NULL;
  if (!is_report)
    fail_other (error);
  if (!good)
    return NULL;

  settle (&collector, report);

  return g_steal_pointer (&report);
}
