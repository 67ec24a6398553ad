/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "small-file.h"

#include "writer/bag-dicos-header.h"
#include "writer/bag-element-writer.h"

#include <glib/gstdio.h>

#include <string.h>

#define CT_IMAGE "1.2.840.10008.5.1.4.1.1.2"
#define EXPLICIT_LITTLE_ENDIAN "1.2.840.10008.1.2.1"

static void
add_numbers (BagElementWriter *writer, const float *numbers)
{
  guint32 bits[SMALL_N];

  memcpy (bits, numbers, sizeof bits);
  for (guint i = 0; i < SMALL_N; i++)
    bits[i] = GUINT32_TO_LE (bits[i]);
  bag_element_writer_add_bytes (writer, 0x7fe00008, "OF", bits, sizeof bits);
}

static void
add_pixels (BagElementWriter *writer, const SmallFile *file)
{
  guint16 words[SMALL_N];
  guint8 bytes[SMALL_N];

  if (file->numbers != NULL)
    {
      add_numbers (writer, file->numbers);
      return;
    }
  for (guint i = 0; i < SMALL_N; i++)
    {
      words[i] = GUINT16_TO_LE (file->value);
      bytes[i] = (guint8) file->value;
    }
  if (file->bits_allocated == 8)
    bag_element_writer_add_bytes (writer, 0x7fe00010, "OB", bytes, sizeof bytes);
  else
    bag_element_writer_add_bytes (writer, 0x7fe00010, "OW", words, sizeof words);
}

static void
add_window (BagElementWriter *writer, const SmallFile *file)
{
  const double center = 150;
  const double width = 0.5;

  if (file->function == NULL)
    return;

  bag_element_writer_add_decimals (writer, 0x00281050, &center, 1);
  bag_element_writer_add_decimals (writer, 0x00281051, &width, 1);
  bag_element_writer_add_text (writer, 0x00281056, "CS", file->function);
}

static void
add_geometry (BagElementWriter *writer, const SmallFile *file)
{
  const double position[] = { -10, -20, file->z };
  const double orientation[] = { 1, 0, 0, 0, 1, 0 };
  const double spacing[] = { 2, 1 };

  bag_element_writer_add_text (writer, 0x0020000e, "UI", file->series);
  bag_element_writer_add_decimals (writer, 0x00200032, position, G_N_ELEMENTS (position));
  bag_element_writer_add_decimals (writer, 0x00200037, orientation, G_N_ELEMENTS (orientation));
  bag_element_writer_add_number (writer, 0x00280002, 1);
  bag_element_writer_add_text (writer, 0x00280004, "CS", "MONOCHROME2");
  bag_element_writer_add_number (writer, 0x00280010, SMALL_ROWS);
  bag_element_writer_add_number (writer, 0x00280011, SMALL_COLUMNS);
  bag_element_writer_add_decimals (writer, 0x00280030, spacing, G_N_ELEMENTS (spacing));
}

/* By name, and in a sequence as the owner. */
static void
add_owner (BagElementWriter *writer, const SmallFile *file)
{
  if (file->person == NULL)
    return;

  bag_element_writer_begin_sequence (writer, 0x40101047);
  bag_element_writer_begin_item (writer);
  bag_element_writer_add_text (writer, 0x00401102, "ST", file->person);
  bag_element_writer_end_item (writer);
  bag_element_writer_end_sequence (writer);
}

char *
small_file_write (const char *folder, const char *name, const SmallFile *file)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *instance = g_strdup_printf ("2.25.%u", file->instance + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagElementWriter) writer = bag_element_writer_new (path, &error);

  g_assert_no_error (error);
  bag_dicos_header_add_meta (writer, CT_IMAGE, instance, EXPLICIT_LITTLE_ENDIAN, BAG_ELEMENT_ENCODING_EXPLICIT);
  bag_element_writer_add_text (writer, 0x00080016, "UI", CT_IMAGE);
  bag_element_writer_add_text (writer, 0x00080018, "UI", instance);
  if (file->person != NULL)
    bag_element_writer_add_text (writer, 0x00100010, "PN", file->person);
  bag_element_writer_add_text (writer, 0x00100020, "LO", "BAG");
  add_geometry (writer, file);
  bag_element_writer_add_number (writer, 0x00280100, (guint16) file->bits_allocated);
  bag_element_writer_add_number (writer, 0x00280101, (guint16) file->bits_allocated);
  bag_element_writer_add_number (writer, 0x00280102, (guint16) (file->bits_allocated - 1));
  bag_element_writer_add_number (writer, 0x00280103, 0);
  add_window (writer, file);
  add_owner (writer, file);
  add_pixels (writer, file);
  bag_element_writer_close (writer, &error);
  g_assert_no_error (error);

  return path;
}

/* Removes a folder and all that is in it. */
void
small_file_remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      small_file_remove_all (inner);
    }
  g_remove (path);
}
