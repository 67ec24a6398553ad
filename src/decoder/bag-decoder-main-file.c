/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-main-file"

#include "config.h"

#include "decoder/bag-decoder-main-file.h"

#include "decoder/bag-decoder-protocol.h"
#include "decoder/bag-sandbox.h"
#include "dicos/bag-ct-image.h"

#include <errno.h>

/*
 * Each request brings the file anew, and none stays open here. The program
 * checks before and after each request that it is the one it opened first; so
 * the same device, inode, size and time mean the same bytes here as well.
 */

/**
 * bag_decoder_main_file_new_reader:
 * @fd: a file; stays open
 * @limits: for what is read from it
 * @error: %BAG_ERROR_NO_ACCESS when it is no regular file
 *
 * Returns: (transfer full): a reader of it, or %NULL
 */
BagByteReader *
bag_decoder_main_file_new_reader (int fd, const BagLimits *limits, GError **error)
{
  BagByteReader *reader;
  struct stat info;

  if (bag_sandbox_stat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "This is not a regular file.");
      return NULL;
    }

  reader = bag_byte_reader_new_for_fd (fd, (guint64) info.st_size);
  bag_byte_reader_set_limits (reader, limits);

  return reader;
}

/**
 * bag_decoder_main_file_clear:
 * @self: a kept file
 *
 * Keeps none any more.
 */
void
bag_decoder_main_file_clear (BagDecoderMainFile *self)
{
  g_clear_pointer (&self->reader, bag_byte_reader_free);
}

/**
 * bag_decoder_main_file_take:
 * @self: a kept file
 * @fd: the file, open
 * @reader: (transfer full): its reader
 * @description: what @reader says about it
 *
 * Keeps @reader instead of what was kept, or none when @fd tells nothing.
 */
void
bag_decoder_main_file_take (BagDecoderMainFile *self, int fd, BagByteReader *reader, const BagDescription *description)
{
  bag_decoder_main_file_clear (self);
  self->reader = reader;
  self->frame_bytes = bag_pixel_layout_get_frame_bytes (&description->layout);
  self->n_frames = description->frames->len;
  self->first = g_array_index (description->frames, BagFrame, 0).offset;
  if (bag_sandbox_stat (fd, &self->identity) < 0)
    bag_decoder_main_file_clear (self);
}

static gboolean
is_kept (const BagDecoderMainFile *self, const struct stat *info)
{
  const struct stat *kept = &self->identity;

  return self->reader != NULL && kept->st_dev == info->st_dev && kept->st_ino == info->st_ino && kept->st_size == info->st_size && kept->st_mtim.tv_sec == info->st_mtim.tv_sec && kept->st_mtim.tv_nsec == info->st_mtim.tv_nsec;
}

static gboolean
check_deflated (const BagDescription *description, GError **error)
{
  if (description->codec == BAG_FRAME_CODEC_DEFLATED)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The file is not deflated");
  return FALSE;
}

/**
 * bag_decoder_main_file_open:
 * @self: a kept file
 * @fd: a regular file
 * @limits: for its header
 * @error: why it cannot be read
 *
 * Makes @self the file behind @fd: with its restart points when it is the one
 * that is kept, else with none, after its header was read again.
 *
 * Returns: whether @self has a reader that reads from @fd
 */
gboolean
bag_decoder_main_file_open (BagDecoderMainFile *self, int fd, const BagLimits *limits, GError **error)
{
  g_autoptr (BagByteReader) reader = NULL;
  g_autoptr (BagDescription) description = NULL;
  struct stat info;

  if (bag_sandbox_stat (fd, &info) < 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "The storage failed while the file was read: %s. Try again, or copy the file to another drive.", g_strerror (errno));
      return FALSE;
    }
  if (is_kept (self, &info))
    {
      bag_byte_reader_set_fd (self->reader, fd);
      return TRUE;
    }

  reader = bag_byte_reader_new_for_fd (fd, (guint64) info.st_size);
  bag_byte_reader_set_limits (reader, limits);
  description = bag_ct_image_describe (reader, error);
  if (description == NULL || !check_deflated (description, error))
    return FALSE;
  bag_decoder_main_file_take (self, fd, g_steal_pointer (&reader), description);

  return self->reader != NULL;
}

/**
 * bag_decoder_main_file_approach:
 * @self: a kept file that was opened
 * @offset: of the samples that are wanted, in the inflated file
 * @reached: (out): @offset, or where it stands one step nearer to it
 * @error: as bag_byte_reader_approach()
 *
 * Returns: whether the file goes on to @reached
 */
gboolean
bag_decoder_main_file_approach (BagDecoderMainFile *self, guint64 offset, guint64 *reached, GError **error)
{
  if (offset >= self->first)
    return bag_byte_reader_approach (self->reader, offset, BAG_DECODER_STEP_BYTES, reached, error);

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "No slice begins there");
  return FALSE;
}

/**
 * bag_decoder_main_file_explain:
 * @self: a kept file
 * @error: (inout): what reading a slice of it gave
 *
 * Now that the end was seen, says how many slices are missing.
 */
void
bag_decoder_main_file_explain (const BagDecoderMainFile *self, GError **error)
{
  guint64 size = self->reader != NULL ? bag_byte_reader_get_size (self->reader) : 0;
  guint64 n_whole = size > self->first ? (size - self->first) / self->frame_bytes : 0;

  if (size == 0 || n_whole >= self->n_frames || !g_error_matches (*error, BAG_ERROR, BAG_ERROR_TRUNCATED))
    return;

  g_clear_error (error);
  g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file ends too early: %u of %u slices are missing", self->n_frames - (guint) n_whole, self->n_frames);
}
