/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report-bytes.h"
#include "fuzz.h"

#include "dicos/bag-threat-report.h"

/* A whole threat report. What the reader says must always pass the check on the other side. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  g_autoptr (BagReport) report = bag_threat_report_read (reader, NULL);
  g_autoptr (BagReport) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (report == NULL)
    return 0;

  bytes = bag_report_to_bytes (report);
  again = bag_report_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->objects->len, ==, report->objects->len);

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < 4; i++)
    {
      const ReportShape shape = {
        .syntax = i < 2 ? REPORT_EXPLICIT : REPORT_IMPLICIT,
        .with_lengths = i % 2 != 0,
        .n_more_objects = i,
        .n_more_places = i,
      };

      g_ptr_array_add (seeds, report_bytes_new (&shape));
    }

  return seeds;
}
