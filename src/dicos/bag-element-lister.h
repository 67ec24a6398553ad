/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-element-list.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

BagElementList *bag_element_lister_read (BagByteReader *reader, gboolean reveal, GError **error);

G_END_DECLS
