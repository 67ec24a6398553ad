/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

BagDescription *bag_ct_image_describe (BagByteReader *reader, GError **error);

G_END_DECLS
