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
  gint64 since;       /* g_get_monotonic_time () of the last change of state, within milliseconds; when it
                       * was taken or given back is noted by the first who sets the tag or looks */
  guint n_hits;       /* how often what it holds was asked for */
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

/* What became of a slice that was got in advance. */
typedef enum
{
  BAG_POOL_PREFETCH_HIT,    /* it was there when it was asked for, the first time */
  BAG_POOL_PREFETCH_LATE,   /* it was asked for while it was still being filled */
  BAG_POOL_PREFETCH_WASTED, /* it was dropped before anybody had asked for it */
} BagPoolPrefetch;

#define BAG_N_POOL_PREFETCHES (BAG_POOL_PREFETCH_WASTED + 1)

/* Whether the kernel gives the pool huge pages (of 2 MiB). */
typedef enum
{
  BAG_POOL_HUGE_PAGES_UNSUPPORTED, /* the kernel does not know them */
  BAG_POOL_HUGE_PAGES_OFF,         /* switched off for the whole machine */
  BAG_POOL_HUGE_PAGES_ON,
} BagPoolHugePages;

#define BAG_N_POOL_HUGE_PAGES (BAG_POOL_HUGE_PAGES_ON + 1)

/* A slice that has not come home. */
typedef struct
{
  guint slot; /* from 0, as it was handed out; G_MAXUINT on the heap */
  gsize size; /* bytes of the slice */
  BagSlotState state;
  BagPoolClass class;
  guint64 tag;
  gint64 age; /* microseconds in that state */
} BagPoolOutstanding;

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
  guint64 bytes_resident;   /* in memory, as bag_pool_measure_residency() last found; 0 before */
  guint64 bytes_huge;       /* of these, in huge pages */
  BagPoolPrefault prefault;
  BagPoolHugePages huge_pages;
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
  guint64 heap_bytes;                                 /* of the heap slices in use */
  guint64 evictions;                                  /* told by the cache: bag_pool_count_eviction() */
  guint64 hits, misses;                               /* told by the cache: bag_pool_count_lookup() */
  guint64 prefetch_hits, prefetch_late;               /* told by the prefetcher: bag_pool_count_prefetch() */
  guint64 prefetch_wasted;                            /* as well */
  guint n_waiting;                                    /* slices that wait for a slot: bag_pool_set_queue() */
  guint n_queued;                                     /* slices wanted and not begun, those included */
  guint64 fills;                                      /* slices filled: bag_pool_count_fill() */
  guint64 fill_p50_us, fill_p95_us;                   /* how long that took, within an eighth */
  guint64 stale, doubled, foreign, interior, illegal; /* mistakes of callers, noticed and refused */
  guint64 divisions;                                  /* how often the memory was divided anew */
  guint64 scans;                                      /* told by the session: bags served */
  gboolean is_closed;
} BagPoolStats;

typedef void (*BagPoolChangeFunc) (BagPool *pool, gpointer user_data);

#define BAG_TYPE_POOL (bag_pool_get_type ())
GType bag_pool_get_type (void) G_GNUC_CONST;

BagPool *bag_pool_new (gsize slot_size, guint n_slots, GError **error);
BagPool *bag_pool_new_with_reservation (guint64 max_bytes, gsize slot_size, guint n_slots, GError **error);
BagPool *bag_pool_new_without_slots (void);
BagPool *bag_pool_ref (BagPool *self);
void bag_pool_unref (BagPool *self);

gboolean bag_pool_divide (BagPool *self, gsize slot_size, guint n_slots, GError **error);
gboolean bag_pool_resize (BagPool *self, guint n_slots, GError **error);
void bag_pool_set_reserve (BagPool *self, guint reserve);
guint bag_pool_close (BagPool *self, GArray *outstanding);
void bag_pool_prefault_async (BagPool *self);
gboolean bag_pool_measure_residency (BagPool *self);

BagSlice *bag_pool_acquire (BagPool *self, BagPoolClass class, gsize size, GError **error);
BagSlice *bag_pool_acquire_heap (BagPool *self, BagPoolClass class, gsize size, GError **error);

void bag_pool_set_change_func (BagPool *self, BagPoolChangeFunc func, gpointer user_data);
void bag_pool_unset_change_func (BagPool *self, gpointer user_data);
guint bag_pool_get_change_serial (BagPool *self);
void bag_pool_count_eviction (BagPool *self);
void bag_pool_count_lookup (BagPool *self, BagSlice *slice);
void bag_pool_count_prefetch (BagPool *self, BagPoolPrefetch outcome);
void bag_pool_count_fill (BagPool *self, gint64 elapsed_us);
void bag_pool_set_queue (BagPool *self, guint n_waiting, guint n_queued);
void bag_pool_count_scan (BagPool *self);
void bag_pool_reset_counters (BagPool *self);

void bag_pool_get_stats (BagPool *self, BagPoolStats *stats);
guint bag_pool_get_slots (BagPool *self, BagSlotInfo *slots, guint n_slots);
guint bag_pool_get_snapshot (BagPool *self, BagPoolStats *stats, BagSlotInfo *slots, guint n_slots);
BagSlice *bag_pool_find_slice (BagPool *self, gconstpointer data);
const char *bag_slot_state_get_name (BagSlotState state);
const char *bag_pool_class_get_name (BagPoolClass class);
const char *bag_pool_prefault_get_name (BagPoolPrefault prefault);
const char *bag_pool_huge_pages_get_name (BagPoolHugePages huge_pages);
guint64 bag_pool_get_default_budget (void);
guint64 bag_pool_get_available_bytes (void);
guint64 bag_pool_get_machine_bytes (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagPool, bag_pool_unref)

G_END_DECLS
