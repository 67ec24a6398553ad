/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-element-value.h"
#include "dicos/bag-frame-index.h"
#include "dicos/bag-transfer-syntax.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_GROUP_POSITION = 1 << 0,
  BAG_GROUP_ORIENTATION = 1 << 1,
  BAG_GROUP_SLOPE = 1 << 2,
  BAG_GROUP_INTERCEPT = 1 << 3,
  BAG_GROUP_CENTER = 1 << 4,
  BAG_GROUP_WIDTH = 1 << 5,
  BAG_GROUP_SPACING = 1 << 6,
  BAG_GROUP_THICKNESS = 1 << 7,
  BAG_GROUP_FUNCTION = 1 << 8,
} BagGroupFlags;

/* What the top level, the shared groups or the groups of one frame say. */
typedef struct
{
  BagGroupFlags has; /* as written: the numbers may be anything */
  double position[3];
  double orientation[6];
  double slope, intercept, center, width;
  double spacing[2], thickness;
  BagVoiFunction function; /* LINEAR for a name that is unknown */
} BagGroup;

typedef enum
{
  BAG_TEXT_TRANSFER_SYNTAX,
  BAG_TEXT_META_CLASS,
  BAG_TEXT_SOP_CLASS,
  BAG_TEXT_SOP_INSTANCE,
  BAG_TEXT_STUDY,
  BAG_TEXT_SERIES,
  BAG_TEXT_FRAME_OF_REFERENCE,
  BAG_TEXT_BAG_ID,
  BAG_TEXT_IMAGE_TYPE,
  BAG_TEXT_PHOTOMETRIC,
  BAG_TEXT_ACQUISITION_DATE_TIME,
  BAG_TEXT_ACQUISITION_DATE,
  BAG_TEXT_ACQUISITION_TIME,
  BAG_TEXT_SERIES_DATE,
  BAG_TEXT_SERIES_TIME,
  BAG_TEXT_STUDY_DATE,
  BAG_TEXT_STUDY_TIME,
  BAG_TEXT_ACQUISITION_STATUS,
  BAG_TEXT_TIP_TYPE,
} BagHeaderText;

#define BAG_N_HEADER_TEXTS (BAG_TEXT_TIP_TYPE + 1)
#define BAG_N_HEADER_FACTS 32

/**
 * BagImageHeader:
 *
 * Everything of interest in the header of an image, as the file writes it.
 */
typedef struct
{
  char *charset;
  char *texts[BAG_N_HEADER_TEXTS]; /* NULL when absent */
  char *facts[BAG_N_HEADER_FACTS]; /* in the order of the fact table; NULL when absent */
  char *rescale_type;              /* NULL when absent */
  GArray *tags;                    /* (element-type guint32): of the elements at the top, see bag_repeated_tag_find() */
  guint32 repeated_tag;            /* the first that stands there twice, or 0 */
  char *unknown_function;          /* the first VOILUTFunction that is none of PS3.3, or NULL */
  BagGroup top, shared;
  GArray *groups; /* (element-type BagGroup): one a frame */
  guint n_group_items;
  guint rows, columns, samples_per_pixel;
  guint bits_allocated, bits_stored, high_bit, representation; /* G_MAXUINT when absent */
  guint n_frames;                                              /* 0 when absent or no number */
  guint n_frames_binary;                                       /* its two bytes as a binary number, 0 when they are text */
  guint instance_number;
  gboolean has_frame_count;
  gboolean has_modality_table;
  gboolean has_pixel_data;
  BagElement pixel_data;
  BagExtendedTable frame_table;
} BagImageHeader;

void bag_image_header_init (BagImageHeader *self);
void bag_image_header_clear (BagImageHeader *self);
gboolean bag_image_header_read_meta (BagImageHeader *self, BagByteReader *reader, guint64 *offset, GError **error);
gboolean bag_image_header_read (BagImageHeader *self, BagByteReader *reader, const BagTransferSyntax *syntax, guint64 offset, GError **error);
void bag_image_header_add_facts (const BagImageHeader *self, BagDescription *description);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagImageHeader, bag_image_header_clear)

G_END_DECLS
