/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything random in the made-up bag is a function of its place, so that any
 * slice can be drawn alone, on any thread and on any machine. */

/* Spreads the bits of @key: the finalizer of MurmurHash3 (public domain). */
static inline guint32
bag_phantom_mix (guint32 key)
{
  key ^= key >> 16;
  key *= 0x85ebca6bu;
  key ^= key >> 13;
  key *= 0xc2b2ae35u;
  key ^= key >> 16;
  return key;
}

static inline guint32
bag_phantom_hash (guint32 seed, guint32 a, guint32 b, guint32 c)
{
  guint32 key = bag_phantom_mix (seed + a * 0x9e3779b9u);

  key = bag_phantom_mix (key + b * 0x85157af5u);
  return bag_phantom_mix (key + c * 0xad90777du);
}

/* A bell-shaped number from -510 to 510 with a deviation of 148: the sum of four bytes. */
static inline gint32
bag_phantom_bell (guint32 hash)
{
  guint32 pairs = (hash & 0x00ff00ffu) + ((hash >> 8) & 0x00ff00ffu);

  return (gint32) ((pairs & 0xffffu) + (pairs >> 16)) - 510;
}

G_END_DECLS
