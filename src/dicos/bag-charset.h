/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What conversions need of the C library, held in memory. */
typedef struct _BagCharsetTables BagCharsetTables;

BagCharsetTables *bag_charset_tables_open (void);
void bag_charset_tables_free (BagCharsetTables *self);

char *bag_charset_to_utf8 (const char *bytes, gsize length, const char *charset, gboolean is_name);
char *bag_charset_find_unknown (const char *charset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagCharsetTables, bag_charset_tables_free)

G_END_DECLS
