/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "dicos/bag-codec.h"
#include "dicos/bag-ct-image.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Prints what the reader makes of each file: a line of attributes, one for each
 * warning, then the SHA-256 of the samples of each frame. */

static void
print_frame (BagCodecScratch *scratch, BagByteReader *reader, const BagDescription *description, guint index)
{
  const BagFrame *frame = &g_array_index (description->frames, BagFrame, index);
  gsize size = bag_pixel_layout_get_frame_bytes (&description->layout);
  g_autofree guint8 *samples = g_malloc (size);
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;

  if ((frame->flags & BAG_FRAME_MISSING) != 0)
    {
      g_print ("frame %u missing\n", index + 1);
      return;
    }

  if (description->codec == BAG_FRAME_CODEC_NATIVE)
    good = bag_byte_reader_read (reader, frame->offset, samples, size, &error);
  else
    good = bag_codec_decode (scratch, reader, description->codec, &description->layout, frame->offset, frame->length, samples, size, &error);
  if (!good)
    {
      g_print ("frame %u [%s] %s\n", index + 1, bag_error_name_of (error), error->message);
      return;
    }

  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, samples, size);
  g_print ("frame %u %s\n", index + 1, hash);
}

static void
print_description (const BagDescription *self)
{
  const BagPixelLayout *layout = &self->layout;

  g_print ("rows %u columns %u bits %u/%u/%u signed %d units %s frames %u\n", layout->rows, layout->columns, layout->bits_allocated, layout->bits_stored, layout->high_bit, layout->is_signed, self->units, self->frames->len);
  for (guint i = 0; i < self->warnings->len; i++)
    {
      const BagNote *note = g_ptr_array_index (self->warnings, i);

      g_print ("warning %s %s\n", note->name, note->text);
    }
}

static void
print_file (const char *path)
{
  g_autoptr (BagByteReader) reader = NULL;
  g_autoptr (BagDescription) description = NULL;
  g_autoptr (BagCodecScratch) scratch = bag_codec_scratch_new ();
  g_autoptr (GError) error = NULL;
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_print ("file %s\n", path);
  if (fd < 0 || fstat (fd, &info) != 0)
    g_error ("%s cannot be opened", path);

  reader = bag_byte_reader_new_for_fd (fd, (guint64) info.st_size);
  description = bag_ct_image_describe (reader, &error);
  if (description == NULL)
    g_print ("error [%s] %s\n", bag_error_name_of (error), error->message);
  else
    {
      print_description (description);
      for (guint i = 0; i < description->frames->len; i++)
        print_frame (scratch, reader, description, i);
    }
  close (fd);
}

int
main (int argc, char *argv[])
{
  for (int i = 1; i < argc; i++)
    print_file (argv[i]);

  return 0;
}
