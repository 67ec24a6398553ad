/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether this build can count: sanitizers bring a heap of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BAG_MALLOC_IS_COUNTED 0
#else
#define BAG_MALLOC_IS_COUNTED 1
#endif

guint64 bag_malloc_count (void);

G_END_DECLS
