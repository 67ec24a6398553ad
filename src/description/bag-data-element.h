/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_TAG_ITEM 0xfffee000u

/* Whose data an element holds. */
typedef enum
{
  BAG_DATA_OWNER_NOBODY,
  BAG_DATA_OWNER_PERSON, /* of a sequence: all that it holds */
  BAG_DATA_OWNER_BAG,    /* the bag in DICOS, a person elsewhere */
} BagDataOwner;

/**
 * BagDataElement:
 *
 * What the dictionary knows about a tag. @vr is what the element holds where the
 * file does not say: two letters; "" for items; "xs" for US or SS and "xl" for UL
 * or SL, as PixelRepresentation has it; "ox" for bytes or words, which are words
 * in implicit syntax (PS3.5 annex A.1).
 */
typedef struct
{
  guint32 tag, mask;     /* bits outside of @mask may be any */
  guint32 keyword, name; /* offsets of texts */
  char vr[3];
  guint8 owner; /* BagDataOwner */
} BagDataElement;

static inline gboolean
bag_tag_is_private (guint32 tag)
{
  return (tag >> 16 & 1) != 0;
}

const BagDataElement *bag_data_element_find (guint32 tag);
const char *bag_data_element_get_keyword (const BagDataElement *self);
const char *bag_data_element_get_name (const BagDataElement *self);

G_END_DECLS
