/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "description/bag-error.h"
#include "description/bag-limits.h"

G_BEGIN_DECLS

/**
 * BagInputFile:
 *
 * One file of a scan, and what it was when it was first opened: device, inode,
 * size and time. Immutable; any thread may use it.
 */
typedef struct _BagInputFile BagInputFile;

BagInputFile *bag_input_file_new (const char *path, gboolean keep_open, const BagLimits *limits, GError **error);
BagInputFile *bag_input_file_new_acquired (const char *path, gboolean keep_open, const BagLimits *limits, int *fd, GError **error);
void bag_input_file_free (BagInputFile *self);

const char *bag_input_file_get_path (const BagInputFile *self);
guint64 bag_input_file_get_size (const BagInputFile *self);
guint bag_input_file_hash (gconstpointer self);
gboolean bag_input_file_equal (gconstpointer self, gconstpointer other);

int bag_input_file_acquire (const BagInputFile *self, GError **error);
void bag_input_file_release (const BagInputFile *self, int fd);
gboolean bag_input_file_check (const BagInputFile *self, int fd, GError **error);
gboolean bag_input_file_read (const BagInputFile *self,
                              int fd,
                              guint64 offset,
                              gpointer dest,
                              gsize size,
                              GError **error);

void bag_input_file_set_error (GError **error, const char *path, int code);
void bag_input_file_set_kind_error (GError **error, const char *path, guint mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagInputFile, bag_input_file_free)

G_END_DECLS
