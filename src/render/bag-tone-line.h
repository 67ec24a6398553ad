/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-window-level.h"

G_BEGIN_DECLS

/* How pixels are made from stored values; what is there depends on the processor. */
typedef enum
{
  BAG_TONE_PATH_TABLE, /* looked up; right for every window */
  BAG_TONE_PATH_PLAIN, /* worked out, by what every processor of the kind can do */
  BAG_TONE_PATH_AVX2,  /* worked out by what newer ones can */
} BagTonePath;

#define BAG_N_TONE_PATHS (BAG_TONE_PATH_AVX2 + 1)

/**
 * BagToneLine:
 *
 * A linear window as a multiplication and an addition in single precision, and what
 * turns black and white round after that. Pure; any thread.
 */
typedef struct
{
  float scale, offset;
  gboolean is_signed;
  guint8 flip; /* 255: inverted, else 0 */
} BagToneLine;

gboolean bag_tone_path_is_there (BagTonePath path);
gboolean bag_tone_line_init (BagToneLine *self, const BagWindowLevel *window, double slope, double intercept, gboolean is_signed, gboolean inverted);
void bag_tone_line_apply (const BagToneLine *self, BagTonePath path, const guint16 *stored, gsize n, guint32 *pixels);

G_END_DECLS
