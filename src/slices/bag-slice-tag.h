/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the tag of a slot says: which slice of which bag it holds. The pool serves bag
 * after bag, and a slot may still hold a slice of an earlier one; a number of the slice
 * alone would be read as one of the bag on screen.
 */

/* @bag: number of the bag, from 1; @index: of the slice in its scan, from 0 */
static inline guint64
bag_slice_tag_new (guint bag, guint index)
{
  return (guint64) bag << 32 | index;
}

static inline guint
bag_slice_tag_get_bag (guint64 tag)
{
  return (guint) (tag >> 32);
}

static inline guint
bag_slice_tag_get_index (guint64 tag)
{
  return (guint) (tag & G_MAXUINT32);
}

G_END_DECLS
