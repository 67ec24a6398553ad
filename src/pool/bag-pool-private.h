/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-fill-times.h"
#include "pool/bag-pool-lock.h"
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
  BagPool *pool; /* Borrowed: the pool outlives its slots */
  guint8 *data;
  gsize capacity; /* bytes from data that belong to this slot: the stride */
  guint index;
  BagSlotHome home;
  BagSlotState state;
  BagPoolClass class;
  guint32 generation;       /* odd while it is out; never starts again, even when the record moves */
  guint32 first_generation; /* what it was when the slot got this memory */
  guint n_hits;
  guint64 tag;
  guint32 noted_generation; /* for which since holds */
  gint64 since;             /* of the state */
  guint n_blockers;         /* slots of earlier divisions still out that overlap this one */
  BagSlot *next;            /* of the free, spare, leaving or heap list */
  BagSlot *previous;        /* of the heap list */
  BagSlice handles[BAG_SLOT_N_HANDLES];
};

static inline gboolean
bag_slot_is_out (const BagSlot *slot)
{
  return slot->generation % 2 != 0;
}

/* While the slot is out: of the slice that has it. */
static inline BagSlice *
bag_slot_get_handle (BagSlot *slot)
{
  return &slot->handles[slot->generation / 2 % BAG_SLOT_N_HANDLES];
}

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
  /* One lock for all that follows but the change function: the whole bookkeeping costs less
   * than writing one row of a slice. */
  BagPoolLock lock;
  guint n_refs;                /* of users; slices that are out keep the pool as well */
  gboolean releases_need_care; /* somebody is to be told of them, or the last one frees the pool */
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
  guint n_kept[BAG_POOL_N_CLASSES]; /* free slots that a class has to leave */
  BagPoolStats stats;
  BagFillTimes fill_times;
  guint logged;                /* a bit a mistake */
  gboolean prefault_is_wanted; /* while a thread prefaults: whether it goes on */
  guint64 least_available;     /* MemAvailable below which nothing is prefaulted */

  guint64 n_other_changes; /* atomic: of slots and of the cut; see bag_pool_get_change_serial() */

  /* Held for reading while the function runs, for writing while it is exchanged:
   * nobody is called any more once bag_pool_set_change_func() has returned. */
  pthread_rwlock_t change_lock;
  BagPoolChangeFunc change_func; /* atomic */
  gpointer change_data;
};

static inline void
bag_pool_lock (BagPool *self)
{
  bag_pool_lock_take (&self->lock);
}

static inline void
bag_pool_unlock (BagPool *self)
{
  bag_pool_lock_give (&self->lock);
}

/* bag-pool-change.c; the first without the lock, the other with it */
void bag_pool_call_change_func (BagPool *self);
void bag_pool_update_care (BagPool *self);

/* With the lock held, for a counter that is read without it too. Only the lock's holder
 * writes it, so that no locked addition is needed. */
static inline void
bag_count_up (guint64 *counter)
{
  __atomic_store_n (counter, *counter + 1, __ATOMIC_RELAXED);
}

/* With the lock held: a slot, or the cut, is another one, and not by being handed out or
 * given back, which count for themselves. */
static inline void
bag_pool_touch (BagPool *self)
{
  bag_count_up (&self->n_other_changes);
}

/* With the lock held. Whoever finds that it is not is the last, and frees it. */
static inline gboolean
bag_pool_is_used (const BagPool *self)
{
  return self->n_refs > 0 || self->stats.acquires != self->stats.releases || self->heap != NULL;
}

/* After the lock has been let go of: somebody may want to look. */
static inline void
bag_pool_tell (BagPool *self)
{
  if (G_UNLIKELY (g_atomic_pointer_get (&self->change_func) != NULL))
    bag_pool_call_change_func (self);
}

/* bag-pool.c */
void bag_pool_free (BagPool *self);

/* bag-pool-heap.c; the first with the lock held, the other without */
void bag_pool_take_back_heap (BagPool *self, BagSlot *slot);
void bag_pool_free_heap (BagSlot *slot);

/* bag-pool-slots.c; without the lock */
gboolean bag_pool_release (BagPool *self, BagSlice *slice);

/* With the lock held: bag-pool-slots.c */
void bag_pool_init_slot (BagPool *self, BagSlot *slot);
void bag_pool_set_slot_state (BagPool *self, BagSlot *slot, BagSlotState state);
gint64 bag_pool_get_coarse_time (void);
void bag_pool_note_time (BagSlot *slot, gint64 now);
void bag_pool_push_free (BagPool *self, BagSlot *slot);
BagSlice *bag_pool_hand_out_heap (BagPool *self, BagSlot *slot, BagPoolClass class, gsize size);
void bag_pool_update_marks (BagPool *self);
void bag_pool_update_reserve (BagPool *self);

/* bag-pool-divide.c; with the lock held, but for the first */
gboolean bag_pool_compute_stride (gsize slot_size, guint n_slots, gsize *stride, gsize *bytes, GError **error);
gboolean bag_pool_divide_locked (BagPool *self, gsize slot_size, guint n_slots, GError **error);
void bag_pool_leave (BagPool *self, BagSlot *slot);

/* bag-pool-prefault.c; with the lock held */
void bag_pool_forget_prefault (BagPool *self);

/* bag-pool-mistake.c; takes the lock */
void bag_pool_report_mistake (BagPool *self, BagPoolMistake mistake, const BagSlice *slice);

G_END_DECLS
