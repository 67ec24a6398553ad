/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

gboolean bag_stored_values_from_samples (const BagPixelLayout *layout,
                                         gconstpointer samples,
                                         gsize samples_size,
                                         gpointer dest,
                                         gsize dest_size);

G_END_DECLS
