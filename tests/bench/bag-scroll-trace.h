/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_SCROLL_TRACE_SLICES 600u /* of the scan that traces go through */

/* From when on which slice is looked at. */
typedef struct
{
  gint64 time; /* in µs */
  guint index;
} BagScrollStep;

typedef struct
{
  char *name;    /* (owned) */
  GArray *steps; /* (owned) (element-type BagScrollStep), at least one, in the order of time */
} BagScrollTrace;

GPtrArray *bag_scroll_trace_new_made_up (void);
BagScrollTrace *bag_scroll_trace_read (const char *path, GError **error);
void bag_scroll_trace_free (BagScrollTrace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagScrollTrace, bag_scroll_trace_free)

G_END_DECLS
