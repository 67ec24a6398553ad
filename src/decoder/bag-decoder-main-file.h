/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * BagDecoderMainFile:
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
} BagDecoderMainFile;

BagByteReader *bag_decoder_main_file_new_reader (int fd, const BagLimits *limits, GError **error);
void bag_decoder_main_file_clear (BagDecoderMainFile *self);
void bag_decoder_main_file_take (BagDecoderMainFile *self, int fd, BagByteReader *reader, const BagDescription *description);
gboolean bag_decoder_main_file_open (BagDecoderMainFile *self, int fd, const BagLimits *limits, GError **error);
gboolean bag_decoder_main_file_approach (BagDecoderMainFile *self, guint64 offset, guint64 *reached, GError **error);
void bag_decoder_main_file_explain (const BagDecoderMainFile *self, GError **error);

G_END_DECLS
