/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

char *bag_pool_export_to_json (const BagPoolStats *stats);
char *bag_pool_export_to_csv (const BagPoolStats *stats);
char *bag_pool_export_to_text (const BagPoolStats *stats);

G_END_DECLS
