/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-fill-times.h"
#include "pool/bag-pool-memory.h"
#include "pool/bag-slice.h"

#include <pthread.h>

G_BEGIN_DECLS

/*
 * Handles are never allocated when a slot is handed out: each slot owns a few and
 * goes round. A handle that was released therefore stays recognisable (reference
 * count 0, its generation) until its slot was handed out this many times again.
 */
#define BAG_SLOT_N_HANDLES 4
#define BAG_SLICE_MAGIC 0x51a6ce01u
#define BAG_POOL_DEFAULT_RESERVE 2

typedef struct _BagSlot BagSlot;

struct _BagSlice
{
  guint32 magic;
  int ref_count; /* atomic */
  guint32 generation;
  gsize size;
  BagSlot *slot; /* Borrowed: the slot owns the handle */
};

typedef enum
{
  BAG_SLOT_HOME_SPARE,   /* a record that stands for no memory */
  BAG_SLOT_HOME_CURRENT, /* one of the slots of the pool as it is divided now */
  BAG_SLOT_HOME_LEAVING, /* out since an earlier division */
  BAG_SLOT_HOME_HEAP,    /* not in the mapping */
} BagSlotHome;

struct _BagSlot
{
  BagPool *pool; /* Borrowed, but for slots that are out: those hold a reference */
  guint8 *data;
  gsize capacity; /* bytes from data that belong to this slot: the stride */
  guint index;
  BagSlotHome home;
  gboolean is_out;
  BagSlotState state;
  BagPoolClass class;
  guint32 generation; /* never starts again, even when the record moves */
  guint32 n_uses;
  guint n_hits;
  guint64 tag;
  gint64 since;
  guint n_blockers;  /* slots of earlier divisions still out that overlap this one */
  BagSlot *next;     /* of the free, spare, leaving or heap list */
  BagSlot *previous; /* of the heap list */
  BagSlice handles[BAG_SLOT_N_HANDLES];
};

/* Records that were made together. */
typedef struct _BagSlotChunk BagSlotChunk;

struct _BagSlotChunk
{
  BagSlotChunk *next;
  BagSlot slots[];
};

typedef enum
{
  BAG_POOL_MISTAKE_STALE,
  BAG_POOL_MISTAKE_DOUBLED,
  BAG_POOL_MISTAKE_FOREIGN,
  BAG_POOL_MISTAKE_INTERIOR,
  BAG_POOL_MISTAKE_ILLEGAL,
} BagPoolMistake;

struct _BagPool
{
  int ref_count; /* atomic; every slice that is out holds one */

  /* One lock for all that follows. A plain pthread mutex: the whole
   * bookkeeping costs less than writing one row of a slice, and
   * ThreadSanitizer understands it. */
  pthread_mutex_t lock;
  BagPoolMemory memory;
  BagSlot **slots;      /* Owned array; n_slots of stats */
  BagSlotChunk *chunks; /* Owned records; they live as long as the pool */
  BagSlot *free;        /* a stack: the warmest slot first */
  BagSlot *spare;       /* records without memory */
  BagSlot *leaving;     /* slots of earlier divisions still out */
  BagSlot *heap;        /* slices outside of the mapping */
  gsize n_spare;
  guint reserve;
  gboolean reserve_is_set;
  BagPoolStats stats;
  BagFillTimes fill_times;
  guint logged;                /* a bit a mistake */
  gboolean prefault_is_wanted; /* while a thread prefaults: whether it goes on */
  guint64 least_available;     /* MemAvailable below which nothing is prefaulted */

  guint change_serial; /* atomic */

  /* Held for reading while the function runs, for writing while it is exchanged:
   * nobody is called any more once bag_pool_set_change_func() has returned. */
  pthread_rwlock_t change_lock;
  BagPoolChangeFunc change_func; /* atomic */
  gpointer change_data;
};

static inline void
bag_pool_lock (BagPool *self)
{
  pthread_mutex_lock (&self->lock);
}

static inline void
bag_pool_unlock (BagPool *self)
{
  pthread_mutex_unlock (&self->lock);
}

/* With the lock held: a slot, or the cut, is another one. Only the lock's holder writes
 * the number, so that no locked addition is needed; readers have no lock. */
static inline void
bag_pool_touch (BagPool *self)
{
  __atomic_store_n (&self->change_serial, self->change_serial + 1, __ATOMIC_RELAXED);
}

/* bag-pool.c */
void bag_pool_release (BagPool *self, BagSlice *slice);

/* bag-pool-heap.c; the first with the lock held, the other without */
void bag_pool_take_back_heap (BagPool *self, BagSlot *slot);
void bag_pool_free_heap (BagSlot *slot);

/* bag-pool-change.c; without the lock */
void bag_pool_tell (BagPool *self);

/* With the lock held: bag-pool-slots.c */
void bag_pool_set_slot_state (BagPool *self, BagSlot *slot, BagSlotState state);
void bag_pool_push_free (BagPool *self, BagSlot *slot);
BagSlice *bag_pool_hand_out (BagPool *self, BagSlot *slot, BagPoolClass class, gsize size);
void bag_pool_take_back (BagPool *self, BagSlot *slot);
void bag_pool_update_marks (BagPool *self);
guint bag_pool_get_reserve (BagPool *self);

/* bag-pool-divide.c; with the lock held, but for the first */
gboolean bag_pool_compute_stride (gsize slot_size, guint n_slots, gsize *stride, gsize *bytes, GError **error);
gboolean bag_pool_divide_locked (BagPool *self, gsize slot_size, guint n_slots, GError **error);
void bag_pool_leave (BagPool *self, BagSlot *slot);

/* bag-pool-prefault.c; with the lock held */
void bag_pool_forget_prefault (BagPool *self);

/* bag-pool-mistake.c; takes the lock */
void bag_pool_report_mistake (BagPool *self, BagPoolMistake mistake, const BagSlice *slice);

G_END_DECLS
