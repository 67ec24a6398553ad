/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * BagKeptFile:
 *
 * The deflated file that a decoder was asked for last, with the restart points
 * found so far: the next slice is inflated from where the last one ended.
 */
typedef struct
{
  struct stat identity;
  BagByteReader *reader; /* (owned); NULL when none is kept */
  guint64 first;         /* offset of its first frame */
  gsize frame_bytes;
  guint n_frames;
} BagKeptFile;

void bag_kept_file_clear (BagKeptFile *self);
void bag_kept_file_take (BagKeptFile *self, int fd, BagByteReader *reader, const BagDescription *description);
gboolean bag_kept_file_open (BagKeptFile *self, int fd, GError **error);
gboolean bag_kept_file_approach (BagKeptFile *self, guint64 offset, guint64 *reached, GError **error);
void bag_kept_file_explain (const BagKeptFile *self, GError **error);

G_END_DECLS
