/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-image-header.h"

G_BEGIN_DECLS

void bag_frame_values_resolve (const BagImageHeader *header, BagDescription *description);

G_END_DECLS
