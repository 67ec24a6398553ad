/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-scroll-velocity.h"

G_BEGIN_DECLS

#define BAG_PREFETCH_AT_ONCE 2u /* slices that are got at the same time, one a decoder */

guint bag_prefetch_plan (guint n_slices, guint current, const BagScrollForecast *forecast, double load_seconds, guint budget, guint *indices);

G_END_DECLS
