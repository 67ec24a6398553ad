/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"
#include "reply-input.h"
#include "report-bytes.h"

#include "decoder/bag-decoder-protocol.h"
#include "description/bag-file-ids.h"
#include "dicos/bag-element-lister.h"
#include "dicos/bag-threat-report.h"

/* Answers of a decoder that is sound: the seeds of fuzz-reply.c. */

static void
put_number (GByteArray *bytes, guint32 number, guint n_bytes)
{
  const guint8 little[] = { (guint8) number, (guint8) (number >> 8), (guint8) (number >> 16), (guint8) (number >> 24) };

  g_byte_array_append (bytes, little, n_bytes);
}

static void
put_fields (GByteArray *bytes, guint status, guint32 total, guint chunk, guint32 length)
{
  put_number (bytes, 0, 1);
  put_number (bytes, status, 1);
  put_number (bytes, total, 4);
  put_number (bytes, chunk, 1);
  put_number (bytes, length, 4);
}

static void
put_payload (GByteArray *bytes, GBytes *payload)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (payload, &size);

  put_number (bytes, ANSWER_PAYLOAD | ANSWER_FITS, 1);
  put_number (bytes, (guint32) size, 2);
  g_byte_array_append (bytes, data, (guint) size);
}

/* The good answer, to a decoder that has its memory and to one that has not. */
static void
add_good (GPtrArray *seeds, Ask ask, GBytes *payload)
{
  g_autoptr (GByteArray) staged = g_byte_array_new ();
  g_autoptr (GByteArray) unstaged = g_byte_array_new ();

  put_number (staged, ask, 1);
  put_payload (staged, payload);
  fuzz_seeds_add (seeds, staged->data, staged->len);

  put_number (unstaged, ask | ASK_UNSTAGED, 1);
  put_fields (unstaged, 0, BAG_ISOLATION_SECCOMP, 0, 0);
  put_payload (unstaged, payload);
  fuzz_seeds_add (seeds, unstaged->data, unstaged->len);
}

/* An answer in two chunks. */
static void
add_chunks (GPtrArray *seeds)
{
  g_autoptr (GByteArray) chunks = g_byte_array_new ();

  put_number (chunks, ASK_ELEMENTS, 1);
  put_fields (chunks, 0, BAG_DECODER_MIN_HALF_BYTES + 100, 0, BAG_DECODER_MIN_HALF_BYTES);
  put_fields (chunks, 0, BAG_DECODER_MIN_HALF_BYTES + 100, 1, 100);
  fuzz_seeds_add (seeds, chunks->data, chunks->len);
}

/* Words of failure, and a step nearer. */
static void
add_others (GPtrArray *seeds, Ask ask)
{
  g_autoptr (GByteArray) failure = g_byte_array_new ();
  g_autoptr (GByteArray) step = g_byte_array_new ();

  put_number (failure, ask, 1);
  put_fields (failure, 1 + BAG_ERROR_MALFORMED, 0, 0, 20);
  fuzz_seeds_add (seeds, failure->data, failure->len);

  put_number (step, ask, 1);
  put_fields (step, 0, BAG_DECODER_STEP_BYTES, 0, 0);
  fuzz_seeds_add (seeds, step->data, step->len);
}

static GBytes *
make_description (void)
{
  g_autoptr (BagDescription) description = bag_description_new ();

  description->layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };
  for (guint i = 0; i < 2; i++)
    {
      const BagFrame frame = { .offset = 40 * i, .length = 40, .flags = BAG_FRAME_HAS_POSITION, .position = { 0, 0, i }, .slope = 1 };

      g_array_append_val (description->frames, frame);
    }
  bag_description_add_fact (description, "StationName", "Lane 4");

  return bag_description_to_bytes (description);
}

/* A description, and then words of failure or nothing. */
static GBytes *
make_parts (guint32 status, guint32 length)
{
  g_autoptr (GBytes) description = make_description ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  put_number (bytes, 0, 4);
  put_number (bytes, (guint32) g_bytes_get_size (description), 4);
  g_byte_array_append (bytes, g_bytes_get_data (description, NULL), (guint) g_bytes_get_size (description));
  put_number (bytes, status, 4);
  put_number (bytes, length, 4);
  put_number (bytes, 0x2e646142u, length); /* "Bad." */

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
make_report (void)
{
  const ReportShape shape = { .syntax = REPORT_EXPLICIT };
  g_autoptr (GByteArray) file = report_bytes_new (&shape);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagReport) report = bag_threat_report_read (reader, NULL);

  return bag_report_to_bytes (report);
}

static GBytes *
make_elements (gboolean reveal)
{
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, 0, NULL, 0);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagElementList) list = bag_element_lister_read (reader, reveal, NULL);

  return bag_element_list_to_bytes (list);
}

static GBytes *
make_ids (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) "DICOM\\A\\IM1");
  g_ptr_array_add (ids, (gpointer) "IM2");

  return bag_file_ids_to_bytes (ids);
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = fuzz_seeds_new ();
  g_autoptr (GBytes) one_alone = make_parts (BAG_DECODER_ALONE, 0);
  g_autoptr (GBytes) samples = g_bytes_new_take (g_malloc0 (TEST_PIXELS * 2), TEST_PIXELS * 2);
  GBytes *good[N_ASKS] = {
    [ASK_DESCRIBE] = make_description (),
    [ASK_DESCRIBE_ALL] = make_parts (1 + BAG_ERROR_MALFORMED, 4),
    [ASK_REPORT] = make_report (),
    [ASK_DIRECTORY] = make_ids (),
    [ASK_ELEMENTS] = make_elements (FALSE),
    [ASK_ELEMENTS_REVEALED] = make_elements (TRUE),
    [ASK_DECODE] = g_bytes_ref (samples),
    [ASK_INFLATE] = g_bytes_ref (samples),
  };

  for (guint ask = 0; ask < N_ASKS; ask++)
    {
      add_good (seeds, (Ask) ask, good[ask]);
      add_others (seeds, (Ask) ask);
      g_bytes_unref (good[ask]);
    }
  add_good (seeds, ASK_DESCRIBE_ALL, one_alone);
  add_chunks (seeds);

  return seeds;
}
