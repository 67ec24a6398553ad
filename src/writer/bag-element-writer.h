/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagElementWriter:
 *
 * Writes the elements of a DICOM file, little endian. The file appears when
 * everything was written. The first failure is kept and told by
 * bag_element_writer_close(); the calls after it do nothing. One thread.
 */
typedef struct _BagElementWriter BagElementWriter;

typedef enum
{
  BAG_ELEMENT_ENCODING_EXPLICIT,
  BAG_ELEMENT_ENCODING_IMPLICIT,
} BagElementEncoding;

BagElementWriter *bag_element_writer_new (const char *path, GError **error);
void bag_element_writer_free (BagElementWriter *self);
gboolean bag_element_writer_close (BagElementWriter *self, GError **error);

void bag_element_writer_begin_meta (BagElementWriter *self);
void bag_element_writer_end_meta (BagElementWriter *self, BagElementEncoding encoding);

void bag_element_writer_add_bytes (BagElementWriter *self, guint32 tag, const char *vr, gconstpointer data, guint32 size);
void bag_element_writer_add_text (BagElementWriter *self, guint32 tag, const char *vr, const char *text);
void bag_element_writer_add_number (BagElementWriter *self, guint32 tag, guint16 number);
void bag_element_writer_add_float (BagElementWriter *self, guint32 tag, const float *numbers, guint n_numbers);
void bag_element_writer_add_double (BagElementWriter *self, guint32 tag, double number);
void bag_element_writer_add_decimals (BagElementWriter *self, guint32 tag, const double *numbers, guint n_numbers);

void bag_element_writer_begin_sequence (BagElementWriter *self, guint32 tag);
void bag_element_writer_end_sequence (BagElementWriter *self);
void bag_element_writer_begin_item (BagElementWriter *self);
void bag_element_writer_end_item (BagElementWriter *self);
void bag_element_writer_begin_group (BagElementWriter *self, guint32 tag);
void bag_element_writer_end_group (BagElementWriter *self);

void bag_element_writer_begin_value (BagElementWriter *self, guint32 tag, const char *vr, guint32 size);
gboolean bag_element_writer_append (BagElementWriter *self, gconstpointer data, gsize size);
void bag_element_writer_begin_fragments (BagElementWriter *self, guint32 tag, const char *vr);
gboolean bag_element_writer_add_fragment (BagElementWriter *self, gconstpointer data, gsize size);
void bag_element_writer_end_fragments (BagElementWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagElementWriter, bag_element_writer_free)

G_END_DECLS
