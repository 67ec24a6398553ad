/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include <zlib.h>

/**
 * test_deflate:
 * @bytes: (inout): a file
 * @start: where its deflated bytes shall begin
 * @level: of zlib; 0 for blocks that are not compressed
 *
 * Puts one raw deflate stream in place of everything from @start on.
 */
void
test_deflate (GByteArray *bytes, guint start, int level)
{
  guint size = bytes->len - start;
  z_stream stream = { 0 };
  g_autofree guint8 *out = NULL;
  gsize bound = 0;

  g_assert_cmpint (deflateInit2 (&stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  bound = deflateBound (&stream, size);
  out = g_malloc (bound);
  stream.next_in = bytes->data + start;
  stream.avail_in = size;
  stream.next_out = out;
  stream.avail_out = (uInt) bound;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);

  g_byte_array_set_size (bytes, start);
  g_byte_array_append (bytes, out, (guint) stream.total_out);
  deflateEnd (&stream);
}
