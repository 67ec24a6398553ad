/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 bag_repeated_tag_find (GArray *tags, guint32 tag);

G_END_DECLS
