/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slice-group"

#include "config.h"

#include "scan/bag-slice-group.h"

#include "scan/bag-frame-source.h"

#include <math.h>
#include <string.h>

/*
 * Slices of one scan have the same series, the same way of being stored and
 * the same planes: a series may well hold an overview in another direction,
 * which is a scan of its own.
 */

#define SAME_NUMBER 1e-3
#define MOST_INSTANCE_LENGTH 64u /* of a UID: PS3.5 section 9.1. A longer one names nothing */

static gboolean
are_close (const double *a, const double *b, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!(fabs (a[i] - b[i]) <= SAME_NUMBER))
      return FALSE;

  return TRUE;
}

static gboolean
has_same_layout (const BagPixelLayout *a, const BagPixelLayout *b)
{
  return a->rows == b->rows && a->columns == b->columns && a->bits_allocated == b->bits_allocated && a->bits_stored == b->bits_stored && a->high_bit == b->high_bit && !a->is_signed == !b->is_signed && !a->is_big_endian == !b->is_big_endian && !a->is_float == !b->is_float && !a->is_in_words == !b->is_in_words;
}

static gboolean
has_same_planes (const BagDescription *a, const BagDescription *b)
{
  const BagFrame *first = &g_array_index (a->frames, BagFrame, 0);
  const BagFrame *second = &g_array_index (b->frames, BagFrame, 0);

  if (!a->has_pixel_spacing != !b->has_pixel_spacing || ((first->flags ^ second->flags) & BAG_FRAME_HAS_ORIENTATION) != 0)
    return FALSE;

  return (!a->has_pixel_spacing || are_close (a->pixel_spacing, b->pixel_spacing, 2)) && ((first->flags & BAG_FRAME_HAS_ORIENTATION) == 0 || are_close (first->orientation, second->orientation, 6));
}

static gboolean
has_same_meaning (const BagDescription *a, const BagDescription *b)
{
  return strcmp (a->series, b->series) == 0 && strcmp (a->transfer_syntax, b->transfer_syntax) == 0 && strcmp (a->sop_class, b->sop_class) == 0 && strcmp (a->photometric, b->photometric) == 0 && strcmp (a->units, b->units) == 0 && strcmp (a->bag_id, b->bag_id) == 0 && a->codec == b->codec;
}

static void
clear_slice (gpointer data)
{
  BagScanSlice *slice = data;

  g_clear_pointer (&slice->instance, g_free);
}

static char *
copy_instance (const BagDescription *description)
{
  const char *instance = description->sop_instance;
  gboolean is_one = description->frames->len == 1 && *instance != '\0' && strlen (instance) <= MOST_INSTANCE_LENGTH;

  return is_one ? g_strdup (instance) : NULL;
}

static void
append_slices (BagSliceGroup *self, const BagDescription *description)
{
  for (guint i = 0; i < description->frames->len; i++)
    {
      BagScanSlice slice = {
        .file = self->files->len - 1,
        .frame = g_array_index (description->frames, BagFrame, i),
        .frame_number = i,
        .instance = copy_instance (description),
      };

      g_array_append_val (self->slices, slice);
    }
}

/**
 * bag_slice_group_new:
 * @file: (transfer full): the first file
 * @description: (transfer full): what it says, at least one frame
 *
 * Returns: (transfer full): a group
 */
BagSliceGroup *
bag_slice_group_new (BagInputFile *file, BagDescription *description)
{
  BagSliceGroup *self = g_new0 (BagSliceGroup, 1);
  g_autofree char *base = g_filename_display_basename (bag_input_file_get_path (file));

  self->name = bag_text_sanitize (base, -1);
  self->description = description;
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_input_file_free);
  self->slices = g_array_new (FALSE, FALSE, sizeof (BagScanSlice));
  g_array_set_clear_func (self->slices, clear_slice);
  g_ptr_array_add (self->files, file);
  append_slices (self, description);

  return self;
}

/**
 * bag_slice_group_free:
 * @self: (transfer full): a group
 */
void
bag_slice_group_free (BagSliceGroup *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->description, bag_description_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->slices, g_array_unref);
  g_free (self->name);
  g_free (self);
}

/**
 * bag_slice_group_accepts:
 * @self: a group
 * @description: what another file says
 *
 * Returns: whether both are slices of one scan
 */
gboolean
bag_slice_group_accepts (const BagSliceGroup *self, const BagDescription *description)
{
  const BagDescription *own = self->description;

  return self->files->len == self->slices->len && description->frames->len == 1 && self->slices->len < BAG_MAX_FRAMES && *own->series != '\0' && has_same_meaning (own, description) && has_same_layout (&own->layout, &description->layout) && has_same_planes (own, description);
}

static gboolean
has_warning (const BagDescription *description, const BagNote *note)
{
  for (guint i = 0; i < description->warnings->len; i++)
    {
      const BagNote *other = g_ptr_array_index (description->warnings, i);

      if (strcmp (other->name, note->name) == 0 && strcmp (other->text, note->text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A scan of many files says each thing once, and not much. */
static void
merge_warnings (BagDescription *description, const BagDescription *other)
{
  const guint max_warnings = 32;

  for (guint i = 0; i < other->warnings->len && description->warnings->len < max_warnings; i++)
    {
      const BagNote *note = g_ptr_array_index (other->warnings, i);

      if (!has_warning (description, note))
        bag_description_add_warning (description, note->name, "%s", note->text);
    }
}

/**
 * bag_slice_group_add:
 * @self: a group
 * @file: (transfer full): another file
 * @description: (transfer full): what it says, accepted by bag_slice_group_accepts()
 */
void
bag_slice_group_add (BagSliceGroup *self, BagInputFile *file, BagDescription *description)
{
  BagDescription *own = self->description;

  g_return_if_fail (bag_slice_group_accepts (self, description));

  g_ptr_array_add (self->files, file);
  append_slices (self, description);
  g_array_append_vals (own->frames, description->frames->data, description->frames->len);
  own->n_frames_claimed += description->n_frames_claimed;
  merge_warnings (own, description);
  if (*own->acquired == '\0' || (*description->acquired != '\0' && strcmp (description->acquired, own->acquired) < 0))
    {
      g_free (own->acquired);
      own->acquired = g_steal_pointer (&description->acquired);
      description->acquired = g_strdup ("");
    }
  bag_description_free (description);
}

/**
 * bag_slice_group_get_name:
 * @self: a group
 *
 * Returns: (transfer none): the name of its file; "" when it has several
 */
const char *
bag_slice_group_get_name (const BagSliceGroup *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->files->len == 1 ? self->name : "";
}

/**
 * bag_slice_group_to_scan:
 * @self: (transfer full): a group
 * @is_folder: whether it was found in a folder
 * @path: what the scan was opened by
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): the scan, or %NULL
 */
BagScan *
bag_slice_group_to_scan (BagSliceGroup *self, gboolean is_folder, const char *path, GError **error)
{
  g_autofree char *name = g_strdup (bag_slice_group_get_name (self));
  BagScan *scan = bag_frame_source_new_scan (is_folder,
                                             path,
                                             g_steal_pointer (&self->files),
                                             g_steal_pointer (&self->description),
                                             g_steal_pointer (&self->slices),
                                             error);

  bag_slice_group_free (self);
  if (scan != NULL)
    {
      g_free (bag_scan_get_kin (scan)->name);
      bag_scan_get_kin (scan)->name = g_steal_pointer (&name);
    }

  return scan;
}
