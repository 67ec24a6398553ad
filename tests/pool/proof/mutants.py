# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults for the pool: each a name and its edits, (file in src/pool, text that stands there once, text instead)."""

POOL = "bag-pool.c"
SLOTS = "bag-pool-slots.c"
STATS = "bag-pool-stats.c"
DIVIDE = "bag-pool-divide.c"
SLICE = "bag-slice.c"
HEAP = "bag-pool-heap.c"
CLOSE = "bag-pool-close.c"
FIND = "bag-pool-find.c"
MISTAKE = "bag-pool-mistake.c"
COUNTERS = "bag-pool-counters.c"
PRIVATE = "bag-pool-private.h"
LOCK_H = "bag-pool-lock.h"

# Found by ThreadSanitizer.
LOCKS = [
    ("no lock around acquire", [
        (SLOTS, "  bag_pool_lock (self);\n  if (G_LIKELY (!is_refused", "  if (G_LIKELY (!is_refused"),
        (SLOTS, "      refuse (self, class, size, error);\n    }\n  bag_pool_unlock (self);", "      refuse (self, class, size, error);\n    }"),
    ]),
    ("no lock around release", [
        (SLOTS, "  bag_pool_lock (self);\n  if (G_UNLIKELY (!is_out (slice)", "  if (G_UNLIKELY (!is_out (slice)"),
        (SLOTS, "  self->n_refs++;\n  bag_pool_unlock (self);", "  self->n_refs++;"),
        (SLOTS, "  come_home (self, slot);\n  bag_pool_unlock (self);", "  come_home (self, slot);"),
    ]),
    ("no lock around a change of state", [
        (SLICE, "  bag_pool_lock (pool);\n  is_mine = is_out (self);\n  is_allowed", "  is_mine = is_out (self);\n  is_allowed"),
        (SLICE, "self->slot, to);\n  bag_pool_unlock (pool);", "self->slot, to);"),
    ]),
    ("a lock that several can hold", [
        (LOCK_H, "__atomic_exchange_n (&self->is_held, 1, __ATOMIC_ACQUIRE) != 0", "__atomic_load_n (&self->is_held, __ATOMIC_ACQUIRE) != 0"),
    ]),
    ("a lock that orders nothing", [
        (LOCK_H, "__atomic_store_n (&self->is_held, 0, __ATOMIC_RELEASE);", "__atomic_store_n (&self->is_held, 0, __ATOMIC_RELAXED);"),
    ]),
]

PLAIN = [
    ("exact fit refused", [(SLOTS, "|| size > self->stats.slot_size;", "|| size >= self->stats.slot_size;")]),
    ("a size too large accepted", [(SLOTS, "|| size > self->stats.slot_size;", "|| size > self->stats.stride;")]),
    ("no generation: every handle is the same", [
        (PRIVATE, "&slot->handles[slot->generation / 2 % BAG_SLOT_N_HANDLES]", "&slot->handles[0]"),
    ]),
    ("generation not raised", [
        (SLOTS, "  slot->generation++;\n  slot->n_hits = 0;", "  slot->generation |= 1;\n  slot->n_hits = 0;"),
        (SLOTS, "  slot->generation++;\n  bag_count_up (&self->stats.releases);\n  self->stats.by_class",
         "  slot->generation &= ~1u;\n  bag_count_up (&self->stats.releases);\n  self->stats.by_class"),
    ]),
    ("stale taken for doubled", [(MISTAKE, "slice->generation + 1 != slice->slot->generation", "FALSE")]),
    ("data of a stale handle given", [(SLICE, "  if (is_out (self))\n    return self->slot->data;", "  return self->slot->data;")]),
    ("no reserve for prefetch", [(SLOTS, "G_MAXUINT : reserve;", "G_MAXUINT : 0;")]),
    ("load may take the last slot", [(SLOTS, "G_MAXUINT : MIN (reserve, 1);", "G_MAXUINT : 0;")]),
    ("view held back by the reserve", [(SLOTS, "G_MAXUINT : 0;", "G_MAXUINT : MIN (reserve, 1);")]),
    ("pushed twice", [(SLOTS, "  self->free = slot;\n", "  self->free = slot;\n  slot->next = slot;\n")]),
    ("not pushed when it comes home", [
        (SLOTS, "  bag_poison (slot->data, slot->capacity);\n  push_free (self, slot);",
         "  bag_poison (slot->data, slot->capacity);\n  change_state (self, slot, BAG_SLOT_FREE);"),
    ]),
    ("not popped when it is handed out", [(SLOTS, "  self->free = slot->next;\n", "")]),
    ("released without clearing the state", [(SLOTS, "  change_state (self, slot, BAG_SLOT_FREE);\n", "")]),
    ("released without clearing the tag", [(SLOTS, "  slot->tag = BAG_POOL_NO_TAG;\n  slot->next = self->free;", "  slot->next = self->free;")]),
    ("released and still out", [
        (SLOTS, "  slot->generation++;\n  bag_count_up (&self->stats.releases);\n  self->stats.by_class", "  bag_count_up (&self->stats.releases);\n  self->stats.by_class"),
    ]),
    ("released without counting", [(SLOTS, "  bag_count_up (&self->stats.releases);\n  self->stats.by_class", "  self->stats.by_class")]),
    ("class not counted back", [(SLOTS, "  self->stats.by_class[slot->class]--;\n", "")]),
    ("high water not updated", [(SLOTS, "    stats->high_water = stats->n_slots - n_free;\n", "    ;\n")]),
    ("least free not updated", [(SLOTS, "    stats->least_free = n_free;\n", "    ;\n")]),
    ("marks not updated after acquire", [(SLOTS, "      bag_pool_update_marks (self);\n      bag_unpoison", "      bag_unpoison")]),
    ("time of being handed out never noted", [(SLICE, "      bag_pool_note_time (self->slot, bag_pool_get_coarse_time ());\n", "")]),
    ("two who share a reference both let through", [
        (SLOTS, "  return slice->generation == slice->slot->generation;", "  return TRUE;"),
        (SLICE, "__atomic_load_n (&self->ref_count, __ATOMIC_ACQUIRE) != 1)", "__atomic_load_n (&self->ref_count, __ATOMIC_ACQUIRE) > 1)"),
    ]),
    ("pool freed under a slice", [(PRIVATE, "self->n_refs > 0 || self->stats.acquires != self->stats.releases || ", "self->n_refs > 0 || ")]),
    ("no serial for a change of state", [(SLOTS, "  set_time (slot, bag_pool_get_coarse_time ());\n  bag_pool_touch (self);\n}\n\nstatic inline void\npush_free", "  set_time (slot, bag_pool_get_coarse_time ());\n}\n\nstatic inline void\npush_free")]),
    ("quarantined slot never freed", [(DIVIDE, "  if (slot->n_blockers == 0)\n    bag_pool_push_free", "  if (FALSE)\n    bag_pool_push_free")]),
    ("quarantined slot freed by the first of two", [
        (DIVIDE, "  if (slot->n_blockers == 0)\n    bag_pool_push_free", "  if (slot->state != BAG_SLOT_FREE)\n    bag_pool_push_free"),
    ]),
    ("no quarantine after a division", [(DIVIDE, "        self->slots[i]->n_blockers++;", "        self->slots[i]->n_blockers = 0;")]),
    ("memory in use given back", [(DIVIDE, "offset + slot->capacity > start)\n        return TRUE;", "offset + slot->capacity > start)\n        return FALSE;")]),
    ("heap fallback not counted", [(HEAP, "  self->stats.heap_fallbacks++;\n", "")]),
    ("heap slice not counted back", [(HEAP, "  self->stats.heap_in_use--;\n", "")]),
    ("refusal for size not counted", [(SLOTS, "      stats->refused_too_large++;\n", "")]),
    ("refusal for lack not counted", [(SLOTS, "      stats->refused_exhausted++;\n", "")]),
    ("close does not refuse", [(CLOSE, "  bag_pool_update_reserve (self);\n", "")]),
    ("close does not refuse the heap", [(HEAP, "  if (self->stats.is_closed)\n    {", "  if (FALSE)\n    {")]),
    ("close does not refuse a division", [(POOL, "  if (self->stats.is_closed)\n    g_set_error", "  if (FALSE)\n    g_set_error")]),
    ("any address inside a slot accepted", [(FIND, "  if (data != slot->data)\n", "  if (FALSE)\n")]),
    ("interior taken for foreign", [(FIND, "    found->mistake = BAG_POOL_MISTAKE_INTERIOR;", "    found->mistake = BAG_POOL_MISTAKE_FOREIGN;")]),
    ("a slice found in a slot that is free", [(FIND, "  else if (bag_slot_is_out (slot))\n", "  else if (TRUE)\n")]),
    ("slots of an earlier cut not found", [(FIND, "look_into_list (self->leaving, data, found) || ", "")]),
    ("heap slices not found", [(FIND, " || look_into_list (self->heap, data, found)", "")]),
    ("heap slice taken from the list wrongly", [(HEAP, "    slot->next->previous = slot->previous;\n", "    slot->next->previous = NULL;\n")]),
    ("heap bytes not counted back", [(HEAP, "  self->stats.heap_bytes -= slot->capacity;\n", "")]),
    ("close forgets slots of an earlier cut", [(CLOSE, "  append_list (outstanding, room, self->leaving, now);\n", "")]),
    ("close forgets the heap", [(CLOSE, "  append_list (outstanding, room, self->heap, now);\n", "")]),
    ("close names another tag", [(CLOSE, "    .tag = slot->tag,", "    .tag = slot->generation,")]),
    ("close tells no age", [(CLOSE, "MAX (now - slot->since, 0) : 0,", "0 : 0,")]),
    ("what is out forgotten when counters are reset", [(COUNTERS, "  __atomic_store_n (&stats->acquires, n_out, __ATOMIC_RELAXED);\n", "  __atomic_store_n (&stats->acquires, 0, __ATOMIC_RELAXED);\n")]),
    ("hits of a slot kept for the next slice", [(SLOTS, "  slot->n_hits = 0;\n", "")]),
    ("the rest of a slot not cleared", [(SLICE, "  memset (slot->data + self->size, 0, rest);\n", "")]),
    ("ready twice accepted", [
        (SLICE, "change_state (self, 1u << BAG_SLOT_FILLING, BAG_SLOT_READY)",
         "change_state (self, 1u << BAG_SLOT_FILLING | 1u << BAG_SLOT_READY, BAG_SLOT_READY)"),
    ]),
]
