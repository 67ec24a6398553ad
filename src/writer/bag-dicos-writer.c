/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-dicos-writer"

#include "config.h"
#include "writer/bag-dicos-writer.h"

#include "description/bag-error.h"
#include "writer/bag-dicos-header.h"
#include "writer/bag-element-writer.h"
#include "writer/bag-jpeg-lossless-encoder.h"
#include "writer/bag-rle-encoder.h"

/* One frame is drawn, compressed and written at a time, so memory does not grow
 * with the number of slices. */

#define TAG_PIXEL_DATA 0x7fe00010u

static const char *
get_uid (BagDicosSyntax syntax)
{
  switch (syntax)
    {
    case BAG_DICOS_SYNTAX_EXPLICIT:
      return "1.2.840.10008.1.2.1";
    case BAG_DICOS_SYNTAX_IMPLICIT:
      return "1.2.840.10008.1.2";
    case BAG_DICOS_SYNTAX_RLE:
      return "1.2.840.10008.1.2.5";
    case BAG_DICOS_SYNTAX_JPEG_LOSSLESS:
      return "1.2.840.10008.1.2.4.70";
    default:
      g_assert_not_reached ();
    }
}

/* Native pixels have a 32-bit length, all ones excepted, and it must be even. */
static gboolean
get_native_size (const BagPhantom *phantom, guint32 *size, GError **error)
{
  guint columns, rows, n_slices;
  guint64 bytes;

  bag_phantom_get_size (phantom, &columns, &rows, &n_slices);
  bytes = (guint64) columns * rows * n_slices * sizeof (guint16);
  if (bytes >= G_MAXUINT32)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_LIMIT, "Uncompressed pixels of 4 GiB or more cannot be written");
      return FALSE;
    }
  *size = (guint32) bytes;
  return TRUE;
}

static void
write_native (BagElementWriter *writer, const BagPhantom *phantom, guint32 size)
{
  g_autofree guint16 *values = NULL;
  gboolean good = TRUE;
  guint columns, rows, n_slices;
  gsize n_values;

  bag_phantom_get_size (phantom, &columns, &rows, &n_slices);
  n_values = (gsize) columns * rows;
  values = g_new (guint16, n_values);
  bag_element_writer_begin_value (writer, TAG_PIXEL_DATA, "OW", size);
  for (guint index = 0; good && index < n_slices; index++)
    {
      bag_phantom_draw_slice (phantom, index, values);
      for (gsize i = 0; G_BYTE_ORDER == G_BIG_ENDIAN && i < n_values; i++)
        values[i] = GUINT16_SWAP_LE_BE (values[i]);
      good = bag_element_writer_append (writer, values, n_values * sizeof *values);
    }
}

static void
write_encapsulated (BagElementWriter *writer, const BagPhantom *phantom, BagDicosSyntax syntax, BagDicosFlavor flavor)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autofree guint16 *values = NULL;
  gboolean is_toolkit = flavor == BAG_DICOS_FLAVOR_TOOLKIT;
  gboolean good = TRUE;
  guint columns, rows, n_slices;

  bag_phantom_get_size (phantom, &columns, &rows, &n_slices);
  values = g_new (guint16, (gsize) columns * rows);
  bag_element_writer_begin_fragments (writer, TAG_PIXEL_DATA, is_toolkit ? "OW" : "OB");
  for (guint index = 0; good && index < n_slices; index++)
    {
      bag_phantom_draw_slice (phantom, index, values);
      if (syntax == BAG_DICOS_SYNTAX_RLE)
        bag_rle_encode (values, columns, rows, frame);
      else
        bag_jpeg_lossless_encode (values, columns, rows, 1, is_toolkit, frame);
      good = bag_element_writer_add_fragment (writer, frame->data, frame->len);
    }
  bag_element_writer_end_fragments (writer);
}

/**
 * bag_dicos_writer_write:
 * @path: the file to be; it appears whole or not at all
 *
 * Writes @phantom as a DICOS CT object. Blocking.
 *
 * Returns: whether it was written; else an error in the domain %BAG_ERROR
 */
gboolean
bag_dicos_writer_write (const BagPhantom *phantom, const char *path, BagDicosSyntax syntax, BagDicosFlavor flavor, GError **error)
{
  gboolean is_native = syntax == BAG_DICOS_SYNTAX_EXPLICIT || syntax == BAG_DICOS_SYNTAX_IMPLICIT;
  g_autoptr (BagDescription) description = NULL;
  g_autoptr (BagElementWriter) writer = NULL;
  guint32 size = 0;

  g_return_val_if_fail (phantom != NULL && path != NULL, FALSE);

  if (is_native && !get_native_size (phantom, &size, error))
    return FALSE;
  writer = bag_element_writer_new (path, error);
  if (writer == NULL)
    return FALSE;

  description = bag_phantom_describe (phantom);
  bag_dicos_header_add_meta (writer, description->sop_class, description->sop_instance, get_uid (syntax), syntax == BAG_DICOS_SYNTAX_IMPLICIT ? BAG_ELEMENT_ENCODING_IMPLICIT : BAG_ELEMENT_ENCODING_EXPLICIT);
  bag_dicos_header_add_image (writer, description, flavor == BAG_DICOS_FLAVOR_STANDARD);
  bag_dicos_header_add_geometry (writer, description);
  if (is_native)
    write_native (writer, phantom, size);
  else
    write_encapsulated (writer, phantom, syntax, flavor);
  return bag_element_writer_close (writer, error);
}
