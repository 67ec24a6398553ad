/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/* What is opened and given back at once: the size of a huge page. */
#define BAG_POOL_BLOCK_SIZE ((gsize) 2 << 20)

/**
 * BagPoolMemory:
 *
 * A range of addresses, reserved once and opened block by block. It has no lock
 * of its own: the pool calls it under its lock.
 */
typedef struct
{
  guint8 *base;
  gsize size; /* reserved, a multiple of the block size */
  gsize n_blocks;
  guint8 *is_open;      /* a flag a block */
  guint8 *is_populated; /* a flag a block: its pages were asked for ahead of their use */
  gsize n_populated;    /* blocks */
  guint n_changes;      /* how often blocks were opened or closed; wraps */
  BagPoolHugePages huge_pages;
} BagPoolMemory;

gboolean bag_pool_memory_init (BagPoolMemory *self, guint64 bytes, GError **error);
void bag_pool_memory_clear (BagPoolMemory *self);
gboolean bag_pool_memory_open (BagPoolMemory *self, gsize bytes, GError **error);
void bag_pool_memory_close_block (BagPoolMemory *self, gsize block);

gsize bag_pool_memory_find_unpopulated (const BagPoolMemory *self, gsize bytes, gsize max_blocks, gsize *first);
void bag_pool_memory_set_populated (BagPoolMemory *self, gsize first, gsize n_blocks);

BagPoolHugePages bag_pool_memory_parse_huge_pages (const char *policy);
guint64 bag_pool_memory_get_available (void);
guint64 bag_pool_memory_get_total (void);

G_END_DECLS
