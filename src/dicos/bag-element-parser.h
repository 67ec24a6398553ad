/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-data-element.h"
#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

#define BAG_TAG_ITEM_END 0xfffee00du
#define BAG_TAG_SEQUENCE_END 0xfffee0ddu
#define BAG_TAG_FRAME_OFFSETS 0x7fe00001u
#define BAG_TAG_FRAME_LENGTHS 0x7fe00002u
#define BAG_TAG_PIXEL_DATA 0x7fe00010u
#define BAG_UNDEFINED_LENGTH 0xffffffffu

typedef struct
{
  guint32 tag;    /* group << 16 | element */
  char vr[3];     /* "" where the syntax is implicit */
  guint32 length; /* of the value, or BAG_UNDEFINED_LENGTH */
  guint64 start;  /* of the element's own header */
  guint64 offset; /* of the value */
  gboolean is_big_endian;
} BagElement;

/* The sequences around an element, outermost first. */
typedef struct
{
  guint depth; /* 0 at the top */
  guint32 tags[BAG_MAX_DEPTH];
  guint items[BAG_MAX_DEPTH]; /* index of the current item, from 0 */
} BagElementPath;

typedef struct
{
  /* A value that is not a sequence. Pixel data come whatever their length says.
   * Return FALSE to stop the parser at this element. */
  gboolean (*on_element) (const BagElement *element, const BagElementPath *path, gpointer user_data);
  /* A sequence begins; @path is what lies around it. */
  void (*on_sequence) (const BagElement *element, const BagElementPath *path, gpointer user_data);
  /* An item begins; its sequence is the last one of @path. */
  void (*on_item) (const BagElementPath *path, gpointer user_data);
  /* Unless 0: stop in front of the first element at the top of another group. */
  guint16 only_group;
  gboolean is_implicit;
  gboolean is_big_endian;
  /* Further sequences to enter where the file does not say what is one. */
  const guint32 *sequences;
  guint n_sequences;
  gboolean (*is_sequence) (guint32 tag); /* likewise */
} BagElementGrammar;

/* Pixel data of any kind: DICOM's (7FE0,0010), its floating-point ones, and those of DICOS. */
static inline gboolean
bag_tag_is_pixel_data (guint32 tag)
{
  return tag == BAG_TAG_PIXEL_DATA || tag == 0x7fe00008u || tag == 0x7fe00009u || (tag >= 0x7fe00011u && tag <= 0x7fe00013u);
}

/* Numbers as the syntax of an element writes them (PS3.5 section 7.3). */
static inline guint16
bag_read16 (const guint8 *p, gboolean is_big_endian)
{
  return is_big_endian ? bag_be16 (p) : bag_le16 (p);
}

static inline guint32
bag_read32 (const guint8 *p, gboolean is_big_endian)
{
  return is_big_endian ? bag_be32 (p) : bag_le32 (p);
}

static inline guint32
bag_read_tag (const guint8 *p, gboolean is_big_endian)
{
  return (guint32) bag_read16 (p, is_big_endian) << 16 | bag_read16 (p + 2, is_big_endian);
}

gboolean bag_element_parser_run (BagByteReader *reader,
                                 const BagElementGrammar *grammar,
                                 guint64 *offset,
                                 gpointer user_data,
                                 GError **error);

G_END_DECLS
