/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom.h"

G_BEGIN_DECLS

#define FOUR_COLUMNS 40u
#define FOUR_ROWS 16u
#define FOUR_SLICES 4u
#define FOUR_PIXELS (FOUR_COLUMNS * FOUR_ROWS)

/* Ways to write the same scan. */
typedef enum
{
  FOUR_EXPLICIT,
  FOUR_RLE,
  FOUR_JPEG_LOSSLESS,
  FOUR_JPEG_LS,
  FOUR_JPEG_2000,
  FOUR_DEFLATED,
} FourSyntax;

#define N_FOUR_SYNTAXES (FOUR_DEFLATED + 1)

const char *four_slices_get_name (FourSyntax syntax);
void four_slices_write (const BagPhantom *phantom, const char *path, FourSyntax syntax);

G_END_DECLS
