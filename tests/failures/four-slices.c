/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "four-slices.h"
#include "writer/bag-dicos-header.h"
#include "writer/bag-dicos-writer.h"

#include <string.h>

/* A made-up bag of four slices in every syntax: the product's writer for what it writes, the libraries'
 * encoders for the rest. */

#define TAG_PIXEL_DATA 0x7fe00010u

const char *
four_slices_get_name (FourSyntax syntax)
{
  static const char *const names[N_FOUR_SYNTAXES] = { "explicit", "rle", "jpeg-lossless", "jpeg-ls", "jpeg-2000", "deflated" };

  return names[syntax];
}

static void
add_frames (BagElementWriter *writer, const BagPhantom *phantom, FourSyntax syntax)
{
  const TestPicture how = { .rows = FOUR_ROWS, .columns = FOUR_COLUMNS, .precision = 16 };
  guint16 values[FOUR_PIXELS];

  bag_element_writer_begin_fragments (writer, TAG_PIXEL_DATA, "OB");
  for (guint i = 0; i < FOUR_SLICES; i++)
    {
      g_autoptr (GByteArray) frame = g_byte_array_new ();

      bag_phantom_draw_slice (phantom, i, values);
      if (syntax == FOUR_JPEG_LS)
        test_encode_jpeg_ls (frame, &how, values);
      else
        test_encode_jpeg_2000 (frame, &how, values);
      bag_element_writer_add_fragment (writer, frame->data, frame->len);
    }
  bag_element_writer_end_fragments (writer);
}

static void
add_plain (BagElementWriter *writer, const BagPhantom *phantom)
{
  guint16 values[FOUR_PIXELS];

  bag_element_writer_begin_value (writer, TAG_PIXEL_DATA, "OW", FOUR_SLICES * sizeof values);
  for (guint i = 0; i < FOUR_SLICES; i++)
    {
      bag_phantom_draw_slice (phantom, i, values);
      bag_element_writer_append (writer, values, sizeof values);
    }
}

/* All that follows the file meta group (PS3.5 section A.5). */
static void
deflate_file (const char *path)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *content = NULL;
  gsize size = 0;
  guint32 meta;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) content, (guint) size);
  memcpy (&meta, content + 140, sizeof meta);
  test_deflate (bytes, 144 + GUINT32_FROM_LE (meta), 6);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
write_other (const BagPhantom *phantom, const char *path, FourSyntax syntax)
{
  const char *const uids[N_FOUR_SYNTAXES] = { [FOUR_JPEG_LS] = TEST_JPEG_LS, [FOUR_JPEG_2000] = TEST_JPEG_2000, [FOUR_DEFLATED] = TEST_DEFLATED };
  g_autoptr (BagDescription) description = bag_phantom_describe (phantom);
  g_autoptr (BagElementWriter) writer = bag_element_writer_new (path, NULL);

  bag_dicos_header_add_meta (writer, description->sop_class, description->sop_instance, uids[syntax], BAG_ELEMENT_ENCODING_EXPLICIT);
  bag_dicos_header_add_image (writer, description, TRUE);
  bag_dicos_header_add_geometry (writer, description);
  if (syntax == FOUR_DEFLATED)
    add_plain (writer, phantom);
  else
    add_frames (writer, phantom, syntax);
  g_assert_true (bag_element_writer_close (writer, NULL));
  if (syntax == FOUR_DEFLATED)
    deflate_file (path);
}

/**
 * four_slices_write:
 * @phantom: a bag of the size above
 * @path: the file to be
 */
void
four_slices_write (const BagPhantom *phantom, const char *path, FourSyntax syntax)
{
  const BagDicosSyntax ours[] = { [FOUR_EXPLICIT] = BAG_DICOS_SYNTAX_EXPLICIT, [FOUR_RLE] = BAG_DICOS_SYNTAX_RLE, [FOUR_JPEG_LOSSLESS] = BAG_DICOS_SYNTAX_JPEG_LOSSLESS };

  if (syntax < G_N_ELEMENTS (ours))
    g_assert_true (bag_dicos_writer_write (phantom, path, ours[syntax], BAG_DICOS_FLAVOR_STANDARD, NULL));
  else
    write_other (phantom, path, syntax);
}
