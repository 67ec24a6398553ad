/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-source"

#include "config.h"

#include "scan/bag-frame-source.h"

#include "decoder/bag-stored-values.h"
#include "scan/bag-input-file.h"
#include "scan/bag-slice-order.h"

#include <glib/gi18n.h>

/* Reads slices of scans that stand in files, one or many: uncompressed frames
 * by itself, compressed ones through a decoder. */
typedef struct
{
  GPtrArray *files; /* (owned) (element-type BagInputFile) */
  GArray *slices;   /* (owned) (element-type BagScanSlice) in spatial order, never changed */
  BagFrameCodec codec;
  BagPixelLayout layout;
  gboolean has_file_names; /* each file holds one slice */
} BagFrameSource;

static const BagScanSlice *
get_slice (const BagFrameSource *self, guint index)
{
  return &g_array_index (self->slices, BagScanSlice, index);
}

static const BagInputFile *
get_file (const BagFrameSource *self, guint index)
{
  return g_ptr_array_index (self->files, get_slice (self, index)->file);
}

static gboolean
needs_decoder (gconstpointer data, guint index)
{
  const BagFrameSource *self = data;

  return self->codec != BAG_FRAME_CODEC_NATIVE;
}

static char *
get_frame_name (gconstpointer data, guint index)
{
  const BagFrameSource *self = data;

  if (self->has_file_names)
    return g_filename_display_basename (bag_input_file_get_path (get_file (self, index)));

  return g_strdup_printf ("%u", get_slice (self, index)->frame_number + 1);
}

/* Samples of 8 bits go to the upper half of @dest, where the pass that widens them may find them. */
static gboolean
read_native (const BagFrameSource *self, const BagInputFile *file, int fd, const BagFrame *frame, gpointer dest, gsize dest_size, GError **error)
{
  gsize size = bag_pixel_layout_get_frame_bytes (&self->layout);
  guint8 *samples = self->layout.bits_allocated == 8 ? (guint8 *) dest + size : dest;

  return bag_input_file_read (file, fd, frame->offset, samples, size, error) && bag_stored_values_from_samples (&self->layout, samples, size, dest, dest_size);
}

static gboolean
read_frame (const BagFrameSource *self,
            const BagInputFile *file,
            int fd,
            const BagFrame *frame,
            BagDecoderChild *child,
            gpointer dest,
            gsize dest_size,
            GCancellable *cancellable,
            GError **error)
{
  if (self->codec == BAG_FRAME_CODEC_NATIVE)
    return read_native (self, file, fd, frame, dest, dest_size, error);

  return bag_decoder_child_decode (child, fd, self->codec, &self->layout, frame->offset, frame->length, dest, dest_size, cancellable, error);
}

static gboolean
check_present (const BagFrame *frame, GError **error)
{
  if ((frame->flags & BAG_FRAME_MISSING) == 0)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, _ ("The file ends before this slice does. Copy it again from where it came."));

  return FALSE;
}

/* A file that changed explains whatever else went wrong, and spoils what went right. */
static gboolean
read_slice (gconstpointer data,
            guint index,
            BagDecoderChild *child,
            gpointer dest,
            gsize dest_size,
            GCancellable *cancellable,
            GError **error)
{
  const BagFrameSource *self = data;
  const BagInputFile *file = get_file (self, index);
  const BagFrame *frame = &get_slice (self, index)->frame;
  g_autoptr (GError) read_error = NULL;
  gboolean is_same;
  int fd;

  if (!check_present (frame, error) || (fd = bag_input_file_acquire (file, error)) < 0)
    return FALSE;

  read_frame (self, file, fd, frame, child, dest, dest_size, cancellable, &read_error);
  is_same = bag_input_file_check (file, fd, error);
  bag_input_file_release (file, fd);
  if (is_same && read_error != NULL)
    g_propagate_error (error, g_steal_pointer (&read_error));
  else if (is_same)
    return TRUE;

  return FALSE;
}

static BagElementList *
list_elements (gconstpointer data, guint index, gboolean reveal, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  const BagInputFile *file = get_file (data, index);
  g_autoptr (BagElementList) list = NULL;
  int fd = bag_input_file_acquire (file, error);

  if (fd < 0)
    return NULL;

  list = bag_decoder_child_list_elements (child, fd, reveal, cancellable, error);
  if (list != NULL && !bag_input_file_check (file, fd, error))
    g_clear_pointer (&list, bag_element_list_unref);
  bag_input_file_release (file, fd);

  return g_steal_pointer (&list);
}

static void
free_data (gpointer data)
{
  BagFrameSource *self = data;

  g_ptr_array_unref (self->files);
  g_array_unref (self->slices);
  g_free (self);
}

static const BagScanSource file_source = {
  .name = "file",
  .needs_decoder = needs_decoder,
  .read = read_slice,
  .list_elements = list_elements,
  .get_frame_name = get_frame_name,
  .free_data = free_data,
};

static const BagScanSource folder_source = {
  .name = "folder",
  .needs_decoder = needs_decoder,
  .read = read_slice,
  .list_elements = list_elements,
  .get_frame_name = get_frame_name,
  .free_data = free_data,
};

/**
 * bag_frame_source_new_scan:
 * @is_folder: whether the scan was found in a folder
 * @path: what the scan was opened by
 * @files: (transfer full) (element-type BagInputFile): its files
 * @description: (transfer full): what they say about themselves
 * @slices: (transfer full) (element-type BagScanSlice): its slices in stored
 *   order; sorted here
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): the scan, or %NULL
 */
BagScan *
bag_frame_source_new_scan (gboolean is_folder,
                           const char *path,
                           GPtrArray *files,
                           BagDescription *description,
                           GArray *slices,
                           GError **error)
{
  BagFrameSource *self;

  g_return_val_if_fail (path != NULL && files != NULL && description != NULL && slices != NULL, NULL);

  bag_slice_order_sort (slices);
  self = g_new0 (BagFrameSource, 1);
  self->files = files;
  self->slices = g_array_ref (slices);
  self->codec = description->codec;
  self->layout = description->layout;
  self->has_file_names = files->len == slices->len;

  return bag_scan_new (path, is_folder ? &folder_source : &file_source, self, description, slices, error);
}
