/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BAG_LIMIT_FILE_SIZE,         /* MiB */
  BAG_LIMIT_HEADER_SIZE,       /* MiB, inflated */
  BAG_LIMIT_ELEMENTS,          /* of a header; fragments of compressed pixel data likewise */
  BAG_LIMIT_DEPTH,             /* of sequences in each other */
  BAG_LIMIT_ROWS_COLUMNS,      /* each */
  BAG_LIMIT_FRAMES,            /* of a file */
  BAG_LIMIT_COMPRESSION_RATIO, /* times that all slices are as large as the file */
  BAG_LIMIT_HEADER_TIME,       /* ms of the decoder's processor time */
  BAG_LIMIT_SLICE_TIME,        /* likewise */
  BAG_LIMIT_PIXEL_TIME,        /* likewise, for a million pixels of a slice, besides that for a slice */
} BagLimit;

#define BAG_N_LIMITS (BAG_LIMIT_PIXEL_TIME + 1)

/**
 * BagLimits:
 *
 * How far the program goes with a file, as the operator has set it: one number a limit. Part of
 * each request to the decoder.
 */
typedef struct
{
  guint32 values[BAG_N_LIMITS];
} BagLimits;

typedef struct
{
  const char *name; /* of the setting */
  guint32 least, usual, most;
} BagLimitInfo;

const BagLimitInfo *bag_limit_get_info (BagLimit limit);
void bag_limits_init (BagLimits *self);
void bag_limits_init_widest (BagLimits *self);
gboolean bag_limits_check (const BagLimits *self);
void bag_limits_set (BagLimits *self, BagLimit limit, guint64 value);
guint64 bag_limits_get_bytes (const BagLimits *self, BagLimit limit);
gboolean bag_limits_parse (BagLimits *self, const char *text, GError **error);
void bag_limits_override (BagLimits *self, const BagLimits *given);
void bag_limits_set_error (GError **error, const BagLimits *self, BagLimit limit, const char *format, ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
