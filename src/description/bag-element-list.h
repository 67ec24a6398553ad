/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/* All data elements of one file: made by the reader inside the decoder process,
 * checked again on the other side of the socket. */

#define BAG_MAX_LISTED_ELEMENTS 50000u         /* rows; of the others only the number is told */
#define BAG_MAX_ELEMENT_TEXT 96u               /* characters of a value */
#define BAG_MAX_ELEMENT_LIST_TEXT (8u << 20)   /* bytes of all values */
#define BAG_MAX_ELEMENT_LIST_BYTES (16u << 20) /* on their way from the decoder */

typedef enum
{
  BAG_ELEMENT_ITEM = 1 << 0,     /* an item of the sequence around it */
  BAG_ELEMENT_SEQUENCE = 1 << 1, /* its items are deeper */
  BAG_ELEMENT_PERSONAL = 1 << 2, /* holds persons' data */
  BAG_ELEMENT_UNKNOWN = 1 << 3,  /* private or unknown, or in such a sequence: whose data it holds nobody can tell */
  BAG_ELEMENT_MASKED = 1 << 4,   /* therefore without its value here */
} BagElementFlags;

/**
 * BagElementRow:
 *
 * An element at the top has depth 0, an item of its 1, an element therein 2, and
 * so on. A masked row has no text, and a personal one no length either.
 */
typedef struct
{
  guint32 tag;    /* group << 16 | element */
  guint32 length; /* of the value, 0xffffffff when undefined */
  guint8 depth;
  guint8 flags;     /* BagElementFlags */
  char vr[3];       /* "" for an item, "UN" when nobody knows */
  const char *text; /* (not owned): the value for people, cut off with "…"; of a number, as many as there is room for */
} BagElementRow;

/**
 * BagElementList:
 *
 * In the order of the file, its meta information first. Texts are valid UTF-8
 * without control or bidirectional formatting characters. Unchanged once it is
 * made; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GArray *rows;         /* (element-type BagElementRow) */
  GStringChunk *texts;  /* of the rows */
  gsize n_text_bytes;   /* in @texts */
  gboolean is_revealed; /* persons' data are in clear */
  guint n_more;         /* elements and items beyond the limits */
  char *problem;        /* why the list ends early, "" when it does not */
} BagElementList;

BagElementList *bag_element_list_new (gboolean is_revealed);
BagElementList *bag_element_list_ref (BagElementList *self);
void bag_element_list_unref (BagElementList *self);
void bag_element_list_add (BagElementList *self, const BagElementRow *row);
const BagElementRow *bag_element_list_get (const BagElementList *self, guint index);

GBytes *bag_element_list_to_bytes (const BagElementList *self);
BagElementList *bag_element_list_from_bytes (GBytes *bytes, gboolean is_revealed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagElementList, bag_element_list_unref)

G_END_DECLS
