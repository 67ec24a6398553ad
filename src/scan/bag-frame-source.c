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

static int
open_slice (const BagFrameSource *self, guint index, GError **error)
{
  return check_present (&get_slice (self, index)->frame, error) ? bag_input_file_acquire (get_file (self, index), error) : -1;
}

/* A file that changed explains whatever else went wrong, and spoils what went right. */
static gboolean
close_slice (const BagFrameSource *self, guint index, int fd, GError *read_error, GError **error)
{
  g_autoptr (GError) owned = read_error;
  gboolean is_same = bag_input_file_check (get_file (self, index), fd, error);

  bag_input_file_release (get_file (self, index), fd);
  if (is_same && owned != NULL)
    g_propagate_error (error, g_steal_pointer (&owned));
  else if (is_same)
    return TRUE;

  return FALSE;
}

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
  GError *read_error = NULL;
  int fd = open_slice (self, index, error);

  if (fd < 0)
    return FALSE;

  read_frame (self, get_file (self, index), fd, &get_slice (self, index)->frame, child, dest, dest_size, cancellable, &read_error);

  return close_slice (self, index, fd, read_error, error);
}

/* Block by block, so that a slice of any size needs little memory besides its slot. */
static gboolean
pass_native (const BagFrameSource *self, const BagInputFile *file, int fd, guint64 offset, gsize n, BagSampleSink sink, gpointer sink_data, GError **error)
{
  gsize bytes = self->layout.bits_allocated / 8u;
  gsize most = MIN (n, BAG_SAMPLE_BLOCK);
  g_autofree guint8 *samples = g_malloc (most * bytes);
  g_autofree double *numbers = g_new (double, most);

  for (gsize done = 0; done < n; done += most)
    {
      gsize block = MIN (most, n - done);

      if (!bag_input_file_read (file, fd, offset + (guint64) done * bytes, samples, block * bytes, error))
        return FALSE;
      bag_wide_samples_load (&self->layout, samples, block, numbers);
      sink (numbers, block, sink_data);
    }

  return TRUE;
}

static gboolean
read_samples (gconstpointer data,
              guint index,
              gsize first,
              gsize n,
              BagDecoderChild *child,
              BagSampleSink sink,
              gpointer sink_data,
              GCancellable *cancellable,
              GError **error)
{
  const BagFrameSource *self = data;
  guint64 offset = get_slice (self, index)->frame.offset;
  GError *read_error = NULL;
  int fd = open_slice (self, index, error);

  if (fd < 0)
    return FALSE;

  if (self->codec == BAG_FRAME_CODEC_NATIVE)
    pass_native (self, get_file (self, index), fd, offset + (guint64) first * (self->layout.bits_allocated / 8u), n, sink, sink_data, &read_error);
  else
    bag_decoder_child_inflate (child, fd, &self->layout, offset, first, n, sink, sink_data, cancellable, &read_error);

  return close_slice (self, index, fd, read_error, error);
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
  .read_samples = read_samples,
  .get_frame_name = get_frame_name,
  .free_data = free_data,
};

static const BagScanSource folder_source = {
  .name = "folder",
  .needs_decoder = needs_decoder,
  .read = read_slice,
  .list_elements = list_elements,
  .read_samples = read_samples,
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
