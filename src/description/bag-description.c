/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-description"

#include "config.h"

#include "description/bag-description.h"

/* What one file says about itself. A plain record: the reader fills it, the
 * other side of the socket checks it (bag-description-bytes.c). */

/**
 * bag_description_new:
 *
 * Returns: (transfer full): a description without frames; its texts are "",
 *   except that it shows MONOCHROME2 in raw units
 */
BagDescription *
bag_description_new (void)
{
  BagDescription *self = g_new0 (BagDescription, 1);

  self->transfer_syntax = g_strdup ("");
  self->sop_class = g_strdup ("");
  self->sop_instance = g_strdup ("");
  self->study = g_strdup ("");
  self->series = g_strdup ("");
  self->frame_of_reference = g_strdup ("");
  self->bag_id = g_strdup ("");
  self->acquired = g_strdup ("");
  self->photometric = g_strdup ("MONOCHROME2");
  self->units = g_strdup ("raw");
  self->frames = g_array_new (FALSE, TRUE, sizeof (BagFrame));
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_note_free);
  self->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_note_free);

  return self;
}

/**
 * bag_description_free:
 * @self: (transfer full) (nullable): a description
 */
void
bag_description_free (BagDescription *self)
{
  if (self == NULL)
    return;

  g_free (self->transfer_syntax);
  g_free (self->sop_class);
  g_free (self->sop_instance);
  g_free (self->study);
  g_free (self->series);
  g_free (self->frame_of_reference);
  g_free (self->bag_id);
  g_free (self->acquired);
  g_free (self->photometric);
  g_free (self->units);
  g_array_unref (self->frames);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * bag_description_add_fact:
 * @self: a description
 * @keyword: DICOM keyword
 * @value: (nullable): its value; an empty one is left out
 *
 * Appends a fact in display order. Facts beyond %BAG_MAX_NOTES are dropped.
 */
void
bag_description_add_fact (BagDescription *self, const char *keyword, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (keyword != NULL);

  if (value == NULL || *value == '\0' || self->facts->len >= BAG_MAX_NOTES)
    return;

  g_ptr_array_add (self->facts, bag_note_new (keyword, value));
}

/**
 * bag_description_add_warning:
 * @self: a description
 * @name: kebab-case name
 * @format: printf format of the words
 *
 * Appends a warning. Warnings beyond %BAG_MAX_NOTES are dropped.
 */
void
bag_description_add_warning (BagDescription *self, const char *name, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (self->warnings->len >= BAG_MAX_NOTES)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_ptr_array_add (self->warnings, bag_note_new (name, text));
}
