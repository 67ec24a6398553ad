/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-source.h"

G_BEGIN_DECLS

GPtrArray *bag_disc_folder_open (const char *path, const GPtrArray *ids, const BagSourceContext *context, GError **error);

G_END_DECLS
