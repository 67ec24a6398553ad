/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_DICOS_SYNTAX_EXPLICIT,
  BAG_DICOS_SYNTAX_IMPLICIT,
  BAG_DICOS_SYNTAX_RLE,
  BAG_DICOS_SYNTAX_JPEG_LOSSLESS,
} BagDicosSyntax;

/* Two habits of writers: the standard's, and that of the toolkit most machines use,
 * with a binary frame count and pixels of VR OW even when they are encapsulated. */
typedef enum
{
  BAG_DICOS_FLAVOR_STANDARD,
  BAG_DICOS_FLAVOR_TOOLKIT,
} BagDicosFlavor;

gboolean bag_dicos_writer_write (const BagPhantom *phantom,
                                 const char *path,
                                 BagDicosSyntax syntax,
                                 BagDicosFlavor flavor,
                                 GError **error);

G_END_DECLS
