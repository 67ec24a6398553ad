/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "scan/bag-slice-group.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_HEADER_IMAGE,     /* @group is set */
  BAG_HEADER_REPORT,    /* a threat report: @report, or @error when it cannot be read */
  BAG_HEADER_DIRECTORY, /* of a disc (DICOMDIR): @directory, or @error when it cannot be read */
  BAG_HEADER_OTHER,     /* @error says why it is nothing to show */
} BagHeaderKind;

/**
 * BagHeader:
 *
 * What a file turned out to be.
 */
typedef struct
{
  BagHeaderKind kind;
  BagSliceGroup *group;
  BagReport *report;
  GPtrArray *directory; /* (element-type utf8): the file IDs of its images */
  GError *error;
} BagHeader;

BagHeader *bag_header_read (const char *path, gboolean keep_open, BagDecoderChild *child, GCancellable *cancellable);
void bag_header_read_all (const char *const *paths,
                          guint n_files,
                          BagDecoderChild *child,
                          GCancellable *cancellable,
                          BagHeader **headers);
void bag_header_free (BagHeader *self);
gboolean bag_header_is_cancelled (const BagHeader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagHeader, bag_header_free)

G_END_DECLS
