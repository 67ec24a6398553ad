/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

GPtrArray *bag_disc_directory_read (BagByteReader *reader, GError **error);

G_END_DECLS
