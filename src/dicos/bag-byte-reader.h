/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-limits.h"

G_BEGIN_DECLS

/**
 * BagByteReader:
 *
 * Bounded reads of a file of known size, or of memory. Never maps the file: a
 * file that shrinks while it is read is an error, not a signal.
 */
typedef struct _BagByteReader BagByteReader;
typedef struct _BagInflater BagInflater;

/* Most bytes that one peek may ask for. */
#define BAG_BYTE_READER_WINDOW 65536u

BagByteReader *bag_byte_reader_new_for_fd (int fd, guint64 size);
BagByteReader *bag_byte_reader_new_for_memory (gconstpointer data, gsize size);
void bag_byte_reader_free (BagByteReader *self);
void bag_byte_reader_set_fd (BagByteReader *self, int fd);
void bag_byte_reader_set_limits (BagByteReader *self, const BagLimits *limits);
const BagLimits *bag_byte_reader_get_limits (const BagByteReader *self);
gboolean bag_byte_reader_inflate_from (BagByteReader *self, guint64 offset, GError **error);
BagInflater *bag_byte_reader_get_inflater (BagByteReader *self);

guint64 bag_byte_reader_get_size (const BagByteReader *self);
gboolean bag_byte_reader_contains (const BagByteReader *self, guint64 offset, guint64 length);
gboolean bag_byte_reader_ends_at (BagByteReader *self, guint64 offset);
const guint8 *bag_byte_reader_peek (BagByteReader *self, guint64 offset, gsize length, GError **error);
gboolean bag_byte_reader_read (BagByteReader *self, guint64 offset, gpointer dest, gsize length, GError **error);
gboolean bag_byte_reader_take_failure (const BagByteReader *self, GError **error);
gboolean bag_byte_reader_approach (BagByteReader *self, guint64 offset, guint64 most, guint64 *reached, GError **error);

static inline guint16
bag_le16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static inline guint32
bag_le32 (const guint8 *p)
{
  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

static inline guint16
bag_be16 (const guint8 *p)
{
  return (guint16) (p[0] << 8 | p[1]);
}

static inline guint32
bag_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | (guint32) p[3];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagByteReader, bag_byte_reader_free)

G_END_DECLS
