/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-isolation.h"

G_BEGIN_DECLS

/* What --isolation takes. */
#define BAG_ISOLATION_WISHES "auto, full, seccomp, off"

gboolean bag_isolation_wish_set (const char *name);
BagIsolation bag_isolation_wish_choose (guint n_failed);
gboolean bag_isolation_wish_is_open (BagIsolation tried);
void bag_isolation_wish_learn (BagIsolation started);

G_END_DECLS
