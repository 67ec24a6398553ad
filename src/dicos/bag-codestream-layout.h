/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

gboolean bag_codestream_layout_settle (BagByteReader *reader, BagDescription *description, GError **error);

G_END_DECLS
