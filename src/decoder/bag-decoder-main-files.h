/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-limits.h"

G_BEGIN_DECLS

guint32 bag_decoder_main_files_describe (const int *fds, guint n_fds, const BagLimits *limits, guint8 *half, gsize half_bytes);

G_END_DECLS
