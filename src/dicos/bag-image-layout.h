/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-image-header.h"
#include "dicos/bag-transfer-syntax.h"

G_BEGIN_DECLS

gboolean bag_image_layout_make (const BagImageHeader *header, const BagTransferSyntax *syntax, const BagLimits *limits, BagDescription *description, GError **error);

G_END_DECLS
