/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-streams.h"

#include "dicos/bag-difference-reader.h"

#include <string.h>

/* The reader itself must get through each sound stream: within the decoder, the plain
 * way would hide where it gives up. */

typedef struct
{
  GArray *differences; /* what the plain reader finds, to the end of the data */
  GByteArray *bits;
  guint64 n_bits;
  BagHuffmanTable table;
} Stream;

static void
stream_free (Stream *self)
{
  g_array_unref (self->differences);
  g_byte_array_unref (self->bits);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, stream_free)

static Stream *
stream_new (GRand *random, const ReferenceCode *code, guint n)
{
  Stream *self = g_new0 (Stream, 1);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint16 difference = 0;

  random_put_data (data, random, code, n);
  self->bits = random_remove_stuffing (data);
  self->n_bits = (guint64) (self->bits->len - BAG_BIT_READER_PADDING) * 8;
  self->differences = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_assert_true (bag_huffman_table_set (&self->table, code->counts, code->values, code->n_values));
  for (gsize position = 0; reference_read_difference (code, self->bits->data, self->n_bits, &position, &difference);)
    g_array_append_val (self->differences, difference);
  g_assert_cmpuint (self->differences->len, >=, n);

  return self;
}

/* Returns how many parts the first call gave. */
static guint
check_reader (BagDifferenceReader *reader, const Stream *stream)
{
  BagBitReader bits = { stream->bits->data, 0, stream->n_bits };
  BagDifferencePart parts[BAG_DIFFERENCE_READER_MAX_PARTS];
  const guint16 *wanted = (const guint16 *) stream->differences->data;
  gsize left = stream->differences->len;
  guint first = 0;
  guint n = 0;

  while ((n = bag_difference_reader_read (reader, &stream->table, &bits, parts)) > 0)
    {
      first = first == 0 ? n : first;
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (parts[i].n, <=, left);
          g_assert_cmpmem (parts[i].differences, parts[i].n * 2, wanted, parts[i].n * 2);
          wanted += parts[i].n;
          left -= parts[i].n;
        }
      g_assert_cmpuint (bits.position, <=, bits.end);
    }
  g_assert_cmpuint (left, ==, 0);

  return first;
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  BagDifferenceReader *reader = bag_difference_reader_new ();

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (Stream) stream = NULL;
      ReferenceCode code;

      random_code (random, i % 2 == 0 ? 16 : 6, &code);
      stream = stream_new (random, &code, (guint) g_rand_int_range (random, 1, i % 10 == 0 ? 60000 : 2000));
      check_reader (reader, stream);
    }
  bag_difference_reader_free (reader);
}

/* Codes as of a noisy scan: all streams meet. */
static void
test_meeting (void)
{
  const ReferenceCode code = { { 0, 2, 3, 1, 1, 1, 1, 1, 1, 2 }, { 3, 4, 5, 2, 1, 0, 6, 7, 8, 9, 10, 11, 16 }, 13 };
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  BagDifferenceReader *reader = bag_difference_reader_new ();

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (Stream) stream = stream_new (random, &code, 40000);

      g_assert_cmpuint (check_reader (reader, stream), ==, BAG_DIFFERENCE_READER_MAX_PARTS);
    }
  bag_difference_reader_free (reader);
}

/* Codes of even lengths and streams that begin at odd places. */
static void
test_never_meeting (void)
{
  const ReferenceCode code = { { 0, 4 }, { 0, 2, 4, 6 }, 4 };
  g_autoptr (GRand) random = g_rand_new_with_seed (43);
  BagDifferenceReader *reader = bag_difference_reader_new ();
  guint n_apart = 0;

  for (guint n = 2000; n < 2012; n++)
    {
      g_autoptr (Stream) stream = stream_new (random, &code, n);

      n_apart += check_reader (reader, stream) < BAG_DIFFERENCE_READER_MAX_PARTS;
    }
  g_assert_cmpuint (n_apart, >, 0);
  bag_difference_reader_free (reader);
}

/* The same with a rare code of odd length: short streams meet only behind what the
 * blind one has read. */
static void
test_late_meeting (void)
{
  const ReferenceCode code = { { 0, 3, 0, 3, 0, 3, 0, 3, 2 }, { 0, 2, 4, 6, 8, 10, 12, 14, 16, 1, 3, 5, 7, 9 }, 14 };
  g_autoptr (GRand) random = g_rand_new_with_seed (45);
  BagDifferenceReader *reader = bag_difference_reader_new ();

  for (guint n = 700; n < 1700; n++)
    {
      g_autoptr (Stream) stream = stream_new (random, &code, n);

      check_reader (reader, stream);
    }
  bag_difference_reader_free (reader);
}

/* Whatever the beginning of a window and what follows it, the tables say what the codes say. */
static void
check_window (const BagHuffmanTable *table, const ReferenceCode *code, guint32 window)
{
  const guint8 bytes[8] = { (guint8) (window >> 24), (guint8) (window >> 16), (guint8) (window >> 8), (guint8) window };
  guint index = window >> (32 - BAG_HUFFMAN_INDEX_BITS);
  guint n_bits = table->steps[index] & BAG_HUFFMAN_BITS_MASK;
  guint n = table->steps[index] >> BAG_HUFFMAN_COUNT_SHIFT;
  guint16 difference = 0;
  guint16 wanted = 0;
  gsize position = 0;
  gboolean is_code = reference_read_difference (code, bytes, 64, &position, &wanted);

  g_assert_cmpuint (bag_huffman_table_decode (table, (guint64) window << 32, &difference), ==, is_code ? position : 0);
  if (is_code)
    g_assert_cmpuint (difference, ==, wanted);
  position = 0;
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (reference_read_difference (code, bytes, n_bits, &position, &wanted));
      g_assert_cmpuint (table->pairs[index][i], ==, wanted);
    }
  g_assert_cmpuint (position, ==, n_bits);
  if (n < 2)
    g_assert_false (reference_read_difference (code, bytes, BAG_HUFFMAN_INDEX_BITS, &position, &wanted));
}

static void
test_table (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (44);
  g_autofree BagHuffmanTable *table = g_new0 (BagHuffmanTable, 1);

  for (guint i = 0; i < 60; i++)
    {
      ReferenceCode code;

      random_code (random, 1 + i % 16, &code);
      g_assert_true (bag_huffman_table_set (table, code.counts, code.values, code.n_values));
      for (guint32 window = 0; window < 65536; window += 3)
        check_window (table, &code, window << 16 | g_rand_int (random) >> 16);
    }
}

static void
test_impossible (void)
{
  const guint8 too_many[16] = { 1, 3 };
  const guint8 one[16] = { 1 };
  const guint8 values[] = { 0, 1, 2, 17 };
  g_autofree BagHuffmanTable *table = g_new0 (BagHuffmanTable, 1);

  g_assert_false (bag_huffman_table_set (table, too_many, values, 4));
  g_assert_false (bag_huffman_table_set (table, one, values + 3, 1));
  g_assert_true (bag_huffman_table_set (table, one, values, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/difference-reader/random", test_random);
  g_test_add_func ("/difference-reader/meeting", test_meeting);
  g_test_add_func ("/difference-reader/never-meeting", test_never_meeting);
  g_test_add_func ("/difference-reader/late-meeting", test_late_meeting);
  g_test_add_func ("/huffman-table/all", test_table);
  g_test_add_func ("/huffman-table/impossible", test_impossible);

  return g_test_run ();
}
