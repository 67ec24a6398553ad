/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BagPool:
 *
 * Equal buffers ("slots") in one mapping that is reserved once and used for
 * scan after scan. Any function may be called from any thread; none blocks for
 * a slot, and none calls back while the lock is held.
 */
typedef struct _BagPool BagPool;
typedef struct _BagSlice BagSlice;

typedef enum
{
  BAG_POOL_ERROR_INVALID,   /* sizes of zero or that overflow */
  BAG_POOL_ERROR_NO_MEMORY, /* the machine (MemAvailable, RLIMIT_AS, mmap) does not give it */
  BAG_POOL_ERROR_TOO_LARGE, /* the request is larger than a slot */
  BAG_POOL_ERROR_EXHAUSTED, /* no free slot for this class */
  BAG_POOL_ERROR_CLOSED,    /* the pool is closed */
} BagPoolError;

#define BAG_POOL_ERROR (bag_pool_error_quark ())
GQuark bag_pool_error_quark (void);

/* Who asks, most urgent first. Only BAG_POOL_CLASS_VIEW may take the reserve's last slot;
 * prefetch may not touch the reserve at all (see bag_pool_set_reserve()). */
typedef enum
{
  BAG_POOL_CLASS_VIEW,
  BAG_POOL_CLASS_LOAD,
  BAG_POOL_CLASS_PREFETCH,
} BagPoolClass;

#define BAG_POOL_N_CLASSES (BAG_POOL_CLASS_PREFETCH + 1)

typedef enum
{
  BAG_SLOT_FREE,
  BAG_SLOT_FILLING,     /* handed out, being written */
  BAG_SLOT_READY,       /* filled, nobody looks at it */
  BAG_SLOT_SHOWN,       /* on screen */
  BAG_SLOT_QUARANTINED, /* may not be used: a lost writer, or memory an older slot still overlaps */
} BagSlotState;

#define BAG_N_SLOT_STATES (BAG_SLOT_QUARANTINED + 1)

/* What a snapshot tells about one slot. */
typedef struct
{
  BagSlotState state;
  BagPoolClass class; /* of the last acquire */
  guint32 generation; /* how often it has been handed out */
  guint64 tag;        /* opaque; set by whoever filled it. BAG_POOL_NO_TAG: none */
  gint64 since;       /* g_get_monotonic_time () of the last change of state */
} BagSlotInfo;

#define BAG_POOL_NO_TAG G_MAXUINT64

/* How far bag_pool_prefault_async() has come. */
typedef enum
{
  BAG_POOL_PREFAULT_IDLE, /* not asked for since the memory was divided, or given up for that */
  BAG_POOL_PREFAULT_RUNNING,
  BAG_POOL_PREFAULT_DONE,
  BAG_POOL_PREFAULT_LOW_MEMORY,  /* given up: the machine has little memory left */
  BAG_POOL_PREFAULT_UNSUPPORTED, /* the kernel has no MADV_POPULATE_WRITE */
} BagPoolPrefault;

#define BAG_N_POOL_PREFAULTS (BAG_POOL_PREFAULT_UNSUPPORTED + 1)

/**
 * BagPoolStats:
 *
 * One consistent snapshot. Counters count since the pool was made or
 * bag_pool_reset_counters(); bytes are bytes.
 */
typedef struct
{
  guint n_slots;
  gsize slot_size; /* usable bytes of a slot */
  gsize stride;    /* from slot to slot */
  guint64 bytes;   /* n_slots * stride */
  guint64 bytes_reserved;
  guint64 bytes_prefaulted; /* in whole blocks of 2 MiB, so possibly more than bytes */
  BagPoolPrefault prefault;
  gboolean huge_pages; /* asked for, and not refused */
  guint by_state[BAG_N_SLOT_STATES];
  guint by_class[BAG_POOL_N_CLASSES]; /* slots in use, by the class that took them */
  guint reserve;
  guint in_use;     /* all but free */
  guint n_leaving;  /* still out, to be given back when they come home */
  guint high_water; /* most ever handed out at the same time */
  guint least_free; /* fewest not handed out since the memory was divided this way */
  guint64 acquires, releases;
  guint64 reuses;    /* acquires served by a slot that had been used before */
  guint64 slots_new; /* acquires served by a slot for the first time */
  guint64 refused_too_large, refused_exhausted, refused_closed;
  guint64 heap_fallbacks; /* heap slices handed out on request */
  guint heap_in_use;
  guint64 evictions;                        /* told by the cache: bag_pool_count_eviction() */
  guint64 hits, misses;                     /* told by the cache: bag_pool_count_lookup() */
  guint64 stale, doubled, foreign, illegal; /* mistakes of callers, noticed and refused */
  guint64 divisions;                        /* how often the memory was divided anew */
  guint64 scans;                            /* told by the session: bags served */
  gboolean is_closed;
} BagPoolStats;

typedef void (*BagPoolChangeFunc) (BagPool *pool, gpointer user_data);

#define BAG_TYPE_POOL (bag_pool_get_type ())
GType bag_pool_get_type (void) G_GNUC_CONST;

BagPool *bag_pool_new (gsize slot_size, guint n_slots, GError **error);
BagPool *bag_pool_new_with_reservation (guint64 max_bytes, gsize slot_size, guint n_slots, GError **error);
BagPool *bag_pool_ref (BagPool *self);
void bag_pool_unref (BagPool *self);

gboolean bag_pool_divide (BagPool *self, gsize slot_size, guint n_slots, GError **error);
void bag_pool_set_reserve (BagPool *self, guint reserve);
void bag_pool_close (BagPool *self);
void bag_pool_prefault_async (BagPool *self);

BagSlice *bag_pool_acquire (BagPool *self, BagPoolClass class, gsize size, GError **error);
BagSlice *bag_pool_acquire_heap (BagPool *self, BagPoolClass class, gsize size, GError **error);

void bag_pool_set_change_func (BagPool *self, BagPoolChangeFunc func, gpointer user_data);
void bag_pool_unset_change_func (BagPool *self, gpointer user_data);
guint bag_pool_get_change_serial (BagPool *self);
void bag_pool_count_eviction (BagPool *self);
void bag_pool_count_lookup (BagPool *self, gboolean hit);
void bag_pool_count_scan (BagPool *self);
void bag_pool_reset_counters (BagPool *self);

void bag_pool_get_stats (BagPool *self, BagPoolStats *stats);
guint bag_pool_get_slots (BagPool *self, BagSlotInfo *slots, guint n_slots);
guint bag_pool_get_snapshot (BagPool *self, BagPoolStats *stats, BagSlotInfo *slots, guint n_slots);
BagSlice *bag_pool_find_slice (BagPool *self, gconstpointer data);
const char *bag_slot_state_get_name (BagSlotState state);
const char *bag_pool_prefault_get_name (BagPoolPrefault prefault);
guint64 bag_pool_get_default_budget (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagPool, bag_pool_unref)

G_END_DECLS
