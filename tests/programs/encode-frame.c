/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "writer/bag-dicos-header.h"
#include "writer/bag-element-writer.h"
#include "writer/bag-jpeg-lossless-encoder.h"
#include "writer/bag-rle-encoder.h"

#include <stdio.h>
#include <stdlib.h>

/* Puts raw samples through one of the encoders into a DICOM file of one frame:
 * encode-frame RAW COLUMNS ROWS PREDICTOR OUT, where predictor 0 is RLE. */

#define SECONDARY_CAPTURE "1.2.840.10008.5.1.4.1.1.7"

static void
encode (const guint16 *samples, guint columns, guint rows, guint predictor, GByteArray *frame)
{
  if (predictor == 0)
    bag_rle_encode (samples, columns, rows, frame);
  else
    bag_jpeg_lossless_encode (samples, columns, rows, predictor, predictor % 2 == 0, frame);
}

static const char *
get_syntax (guint predictor)
{
  if (predictor == 0)
    return "1.2.840.10008.1.2.5";
  return predictor == 1 ? "1.2.840.10008.1.2.4.70" : "1.2.840.10008.1.2.4.57";
}

static void
add_image (BagElementWriter *writer, guint columns, guint rows)
{
  bag_element_writer_add_text (writer, 0x00080016, "UI", SECONDARY_CAPTURE);
  bag_element_writer_add_text (writer, 0x00080018, "UI", "2.25.1");
  bag_element_writer_add_number (writer, 0x00280002, 1);
  bag_element_writer_add_text (writer, 0x00280004, "CS", "MONOCHROME2");
  bag_element_writer_add_number (writer, 0x00280010, (guint16) rows);
  bag_element_writer_add_number (writer, 0x00280011, (guint16) columns);
  bag_element_writer_add_number (writer, 0x00280100, 16);
  bag_element_writer_add_number (writer, 0x00280101, 16);
  bag_element_writer_add_number (writer, 0x00280102, 15);
  bag_element_writer_add_number (writer, 0x00280103, 0);
}

static gboolean
write_file (const guint16 *samples, guint columns, guint rows, guint predictor, const char *path, GError **error)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autoptr (BagElementWriter) writer = bag_element_writer_new (path, error);

  if (writer == NULL)
    return FALSE;
  encode (samples, columns, rows, predictor, frame);
  bag_dicos_header_add_meta (writer, SECONDARY_CAPTURE, "2.25.1", get_syntax (predictor), BAG_ELEMENT_ENCODING_EXPLICIT);
  add_image (writer, columns, rows);
  bag_element_writer_begin_fragments (writer, 0x7fe00010, "OB");
  bag_element_writer_add_fragment (writer, frame->data, frame->len);
  bag_element_writer_end_fragments (writer);
  return bag_element_writer_close (writer, error);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree guint16 *samples = NULL;
  gsize size, n_samples;

  if (argc != 6 || !g_file_get_contents (argv[1], &bytes, &size, &error))
    return 2;
  n_samples = (gsize) atoi (argv[2]) * (gsize) atoi (argv[3]);
  if (size != n_samples * 2)
    return 2;

  samples = g_new (guint16, n_samples);
  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (guint16) ((guint8) bytes[2 * i] | (guint8) bytes[2 * i + 1] << 8);
  if (write_file (samples, (guint) atoi (argv[2]), (guint) atoi (argv[3]), (guint) atoi (argv[4]), argv[5], &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
