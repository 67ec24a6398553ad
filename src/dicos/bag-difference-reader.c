/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-difference-reader"

#include "config.h"

#include "dicos/bag-difference-reader.h"

/* Where a code ends is known only when it has been looked up, so that one stream of
 * bits is a chain of waiting. Three streams fill the gaps. One starts where the
 * data stand; the others start blind, further on, perhaps in the middle of a code.
 * From a wrong start Huffman codes fall into step after a few codes: as soon as
 * the stream before comes by exactly where a blind one had a code begin, all that
 * the blind one read from there on is right, since what follows depends on nothing
 * but the place. Where they do not meet, what the blind ones read is dropped.
 *
 * Within a stream four look-ups are made of one load, each of one or two
 * differences. A beginning without a complete difference is a step of no bits,
 * so that all further ones of its group are, too: the last one tells. Where that
 * is frequent, the last one is another look-up, of the code alone: it reads such
 * differences, and no branch is taken wrong. Now and then the other way is tried, to
 * see whether it still is.
 *
 * A difference takes at least one bit. So the test of a stream's place, once a
 * group, bounds what is read and what is written. */

#define N_STREAMS BAG_DIFFERENCE_READER_MAX_PARTS
#define SPAN_BITS 16384u    /* of a stream in one call; its differences stay in a near cache */
#define MIN_SPAN_BITS 1024u /* with less, a start costs more than it gains */
#define JOIN_BITS 2048u     /* how far two streams are followed until they meet */
#define BITS_A_LONG 1024u   /* from one long difference in so many bits on they are frequent */
#define CALLS_A_TRIAL 32u
#define GROUP_BITS 57u /* as many as a load yields */
#define GROUP_SAMPLES 8u
#define MAX_CODE_BITS 31u
#define CAPACITY (SPAN_BITS + JOIN_BITS + 2 * GROUP_BITS + 2 * MAX_CODE_BITS + GROUP_SAMPLES)

G_STATIC_ASSERT (4u * BAG_HUFFMAN_INDEX_BITS <= GROUP_BITS);
G_STATIC_ASSERT (3u * BAG_HUFFMAN_INDEX_BITS + BAG_HUFFMAN_MAX_LONG <= GROUP_BITS);
G_STATIC_ASSERT (N_STREAMS == 3);

typedef struct
{
  const BagHuffmanTable *table;
  const guint8 *data;
  guint64 end; /* in bits */
} Source;

typedef struct
{
  guint64 position; /* in bits */
  guint64 stop;     /* no group begins here or behind; 0 after an unknown code */
  guint16 *out;
  const guint16 *limit; /* end of the room, for those that are read one by one */
  guint n_long;         /* differences that no look-up held, while they are not expected */
} Stream;

struct _BagDifferenceReader
{
  guint16 differences[N_STREAMS][CAPACITY];
  Stream streams[N_STREAMS];
  guint64 starts[N_STREAMS]; /* in bits */
  gboolean with_long;        /* whether long differences are frequent */
  guint n_calls;             /* since it was found so */
};

/**
 * bag_difference_reader_new:
 *
 * Returns: (transfer full): a reader
 */
BagDifferenceReader *
bag_difference_reader_new (void)
{
  BagDifferenceReader *self = g_new (BagDifferenceReader, 1);

  self->with_long = FALSE;

  return self;
}

/**
 * bag_difference_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
bag_difference_reader_free (BagDifferenceReader *self)
{
  g_free (self);
}

static G_ALWAYS_INLINE inline gboolean
read_one (const Source *source, Stream *stream)
{
  guint n = bag_huffman_table_decode (source->table, bag_bit_reader_peek (source->data, stream->position), stream->out);

  if (n == 0 || n > source->end - stream->position || stream->out >= stream->limit)
    return FALSE;
  stream->position += n;
  stream->out++;

  return TRUE;
}

/* Writes two differences, whether or not there is a second. */
static G_ALWAYS_INLINE inline guint
look_up (const BagHuffmanTable *table, guint64 *window, guint16 **out)
{
  guint64 index = *window >> (64 - BAG_HUFFMAN_INDEX_BITS);
  guint step = table->steps[index];

  memcpy (*out, table->pairs[index], sizeof table->pairs[index]);
  *window <<= step & BAG_HUFFMAN_BITS_MASK;
  *out += step >> BAG_HUFFMAN_COUNT_SHIFT;

  return step;
}

static inline gboolean
has_group (const Stream *stream)
{
  return stream->position < stream->stop;
}

/* One difference, which need not be complete in an index. Returns its bits, 0 when it
 * was too long even so. */
static G_ALWAYS_INLINE inline guint
read_long (const BagHuffmanTable *table, guint64 window, guint16 **out)
{
  guint n = bag_huffman_table_decode_long (table, window, *out);

  *out += n > 0;

  return n;
}

static G_ALWAYS_INLINE inline void
read_group (const Source *source, Stream *stream, gboolean with_long)
{
  guint64 window = bag_bit_reader_peek (source->data, stream->position);
  guint steps = look_up (source->table, &window, &stream->out);
  guint last = 0;

  steps += look_up (source->table, &window, &stream->out);
  steps += look_up (source->table, &window, &stream->out);
  last = with_long ? read_long (source->table, window, &stream->out) : look_up (source->table, &window, &stream->out);
  stream->position += (steps + last) & BAG_HUFFMAN_BITS_MASK;
  if (G_UNLIKELY (last == 0))
    {
      stream->n_long++;
      if (!read_one (source, stream))
        stream->stop = 0;
    }
}

static void
read_alone (const Source *source, Stream *stream)
{
  Stream one = *stream;

  while (has_group (&one))
    read_group (source, &one, TRUE);
  *stream = one;
}

/* While all have something to read. */
static G_ALWAYS_INLINE inline void
read_together (const Source *source, Stream *streams, gboolean with_long)
{
  const Source copy = *source;
  Stream one = streams[0];
  Stream two = streams[1];
  Stream three = streams[2];

  while (has_group (&one) && has_group (&two) && has_group (&three))
    {
      read_group (&copy, &one, with_long);
      read_group (&copy, &two, with_long);
      read_group (&copy, &three, with_long);
    }
  streams[0] = one;
  streams[1] = two;
  streams[2] = three;
}

static void
note_long (BagDifferenceReader *self)
{
  guint64 n_long = 0;
  guint64 n_bits = 0;

  for (guint i = 0; i < N_STREAMS; i++)
    {
      n_long += self->streams[i].n_long;
      n_bits += self->streams[i].position - self->starts[i];
    }
  self->with_long = n_long * BITS_A_LONG > n_bits;
  self->n_calls = 0;
}

/* Two loops, each without the other's look-ups. */
static void
read_streams (BagDifferenceReader *self, const Source *source)
{
  if (self->with_long && ++self->n_calls < CALLS_A_TRIAL)
    {
      read_together (source, self->streams, TRUE);
      return;
    }

  read_together (source, self->streams, FALSE);
  note_long (self);
}

/* Up to the very end of the data, which a group might overrun. */
static void
read_rest (const Source *source, Stream *stream)
{
  while (read_one (source, stream))
    ;
}

/* Follows blind stream @index from its start once more, and the one before it from
 * where that has come to, until both stand at the same place. @skipped becomes the
 * number of differences of the blind one up to there. */
static gboolean
join (BagDifferenceReader *self, const Source *source, guint index, gsize *skipped)
{
  guint16 scrap[2] = { 0 };
  Stream blind = { self->starts[index], 0, scrap, scrap + 1, 0 };
  Stream *stream = &self->streams[index - 1];
  gsize n_read = (gsize) (self->streams[index].out - self->differences[index]);

  *skipped = 0;
  while (stream->position != blind.position)
    {
      gboolean is_behind = blind.position < stream->position;

      if (is_behind && ++*skipped > n_read)
        return FALSE;
      if (stream->position > self->starts[index] + JOIN_BITS || !read_one (source, is_behind ? &blind : stream))
        return FALSE;
      blind.out = scrap;
    }

  return TRUE;
}

static guint
start (BagDifferenceReader *self, const BagBitReader *bits)
{
  guint64 rest = bits->end - bits->position;
  guint n = rest / N_STREAMS < MIN_SPAN_BITS ? 1 : N_STREAMS;
  guint64 span = MIN (SPAN_BITS, rest / n);
  guint64 last = bits->end - MIN (bits->end, GROUP_BITS - 1);

  for (guint i = 0; i < n; i++)
    {
      guint16 *out = self->differences[i];

      self->starts[i] = bits->position + i * span;
      self->streams[i] = (Stream){ self->starts[i], MIN (self->starts[i] + span, last), out, out + CAPACITY - GROUP_SAMPLES, 0 };
    }

  return n;
}

/* Joins one stream after the other. Returns how many count, the last with all
 * that it can read when the data end. */
static guint
collect (BagDifferenceReader *self, const Source *source, guint n_streams, BagDifferencePart *parts)
{
  gboolean is_joined = TRUE;
  gsize skipped = 0;
  guint n = 0;

  for (; is_joined; n++)
    {
      Stream *stream = &self->streams[n];

      parts[n].differences = self->differences[n] + skipped;
      is_joined = n + 1 < n_streams && stream->position >= self->starts[n + 1] && join (self, source, n + 1, &skipped);
      if (!is_joined && source->end - stream->position < GROUP_BITS)
        read_rest (source, stream);
      parts[n].n = (gsize) (stream->out - parts[n].differences);
    }

  return n;
}

/**
 * bag_difference_reader_read:
 * @self: a reader
 * @table: codes
 * @bits: where to go on; moved behind what was read
 * @parts: (out caller-allocates): room for %BAG_DIFFERENCE_READER_MAX_PARTS
 *
 * Reads some of the differences that follow, whatever comes first to hand. Each is
 * what bag_huffman_table_decode() yields at its place, and none goes beyond the
 * end. The data do not say how many they should be: of the last ones those that
 * are not wanted may be filler.
 *
 * Returns: the number of parts; 0 at the end of the data and at an unknown code
 */
guint
bag_difference_reader_read (BagDifferenceReader *self, const BagHuffmanTable *table, BagBitReader *bits, BagDifferencePart *parts)
{
  const Source source = { table, bits->data, bits->end };
  guint n_streams = start (self, bits);
  guint n = 0;

  if (n_streams == N_STREAMS)
    read_streams (self, &source);
  for (guint i = 0; i < n_streams; i++)
    read_alone (&source, self->streams + i);

  n = collect (self, &source, n_streams, parts);
  bits->position = self->streams[n - 1].position;

  return n == 1 && parts[0].n == 0 ? 0 : n;
}
