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

# Found by ThreadSanitizer.
LOCKS = [
    ("no lock around acquire", [
        (POOL, "  bag_pool_lock (self);\n  if (check_request (", "  if (check_request ("),
        (POOL, "slice->slot->data, size);\n    }\n  bag_pool_unlock (self);", "slice->slot->data, size);\n    }"),
    ]),
    ("no lock around release", [
        (POOL, "  bag_pool_lock (self);\n  if (is_heap)", "  if (is_heap)"),
        (POOL, "  bag_pool_touch (self);\n  bag_pool_unlock (self);\n\n  if (is_heap)",
         "  bag_pool_touch (self);\n\n  if (is_heap)"),
    ]),
    ("no lock around a change of state", [
        (SLICE, "  bag_pool_lock (pool);\n  is_mine = is_out (self);\n  is_allowed", "  is_mine = is_out (self);\n  is_allowed"),
        (SLICE, "self->slot, to);\n  bag_pool_unlock (pool);", "self->slot, to);"),
    ]),
]

PLAIN = [
    ("exact fit refused", [(POOL, "size > stats->slot_size)", "size >= stats->slot_size)")]),
    ("a size too large accepted", [(POOL, "else if (size > stats->slot_size)", "else if (size > stats->stride)")]),
    ("no generation: every handle is the same", [
        (SLOTS, "slot->handles[slot->generation % BAG_SLOT_N_HANDLES]", "slot->handles[0]"),
        (FIND, "slot->handles[slot->generation % BAG_SLOT_N_HANDLES]", "slot->handles[0]"),
        (CLOSE, "slot->handles[slot->generation % BAG_SLOT_N_HANDLES]", "slot->handles[0]"),
    ]),
    ("generation not raised", [(SLOTS, "  slot->generation++;\n", "")]),
    ("stale taken for doubled", [(MISTAKE, "generation != slice->slot->generation", "FALSE")]),
    ("data of a stale handle given", [(SLICE, "  if (is_out (self))\n    return self->slot->data;", "  return self->slot->data;")]),
    ("no reserve for prefetch", [(POOL, "MIN (reserve, 1) : reserve", "MIN (reserve, 1) : 0")]),
    ("load may take the last slot", [(POOL, "MIN (reserve, 1) : reserve", "0 : reserve")]),
    ("view held back by the reserve", [(POOL, "BAG_POOL_CLASS_VIEW ? 0 :", "BAG_POOL_CLASS_VIEW ? MIN (reserve, 1) :")]),
    ("pushed twice", [(SLOTS, "  self->free = slot;\n", "  self->free = slot;\n  slot->next = slot;\n")]),
    ("not pushed when it comes home", [
        (SLOTS, "  bag_pool_push_free (self, slot);\n  bag_pool_update_marks",
         "  bag_pool_set_slot_state (self, slot, BAG_SLOT_FREE);\n  bag_pool_update_marks"),
    ]),
    ("not popped when it is handed out", [(POOL, "  self->free = slot->next;\n", "")]),
    ("released without clearing the state", [(SLOTS, "  bag_pool_set_slot_state (self, slot, BAG_SLOT_FREE);\n", "")]),
    ("released without clearing the tag", [(SLOTS, "  slot->tag = BAG_POOL_NO_TAG;\n  slot->next = self->free;", "  slot->next = self->free;")]),
    ("released and still out", [(SLOTS, "  slot->is_out = FALSE;\n", "")]),
    ("released without counting", [(SLOTS, "  self->stats.releases++;\n", "")]),
    ("class not counted back", [(SLOTS, "  self->stats.by_class[slot->class]--;\n", "")]),
    ("high water not updated", [(SLOTS, "  stats->high_water = MAX (stats->high_water, n_held);\n", "")]),
    ("least free not updated", [(SLOTS, "  stats->least_free = MIN (stats->least_free, stats->n_slots - n_held);\n", "")]),
    ("marks not updated after acquire", [(POOL, "      bag_pool_update_marks (self);\n      bag_unpoison", "      bag_unpoison")]),
    ("quarantined slot never freed", [(DIVIDE, "  if (slot->n_blockers == 0)\n    bag_pool_push_free", "  if (FALSE)\n    bag_pool_push_free")]),
    ("quarantined slot freed by the first of two", [
        (DIVIDE, "  if (slot->n_blockers == 0)\n    bag_pool_push_free", "  if (slot->state != BAG_SLOT_FREE)\n    bag_pool_push_free"),
    ]),
    ("no quarantine after a division", [(DIVIDE, "        self->slots[i]->n_blockers++;", "        self->slots[i]->n_blockers = 0;")]),
    ("memory in use given back", [(DIVIDE, "offset + slot->capacity > start)\n        return TRUE;", "offset + slot->capacity > start)\n        return FALSE;")]),
    ("heap fallback not counted", [(HEAP, "  self->stats.heap_fallbacks++;\n", "")]),
    ("heap slice not counted back", [(HEAP, "  self->stats.heap_in_use--;\n", "")]),
    ("refusal for size not counted", [(POOL, "      stats->refused_too_large++;\n", "")]),
    ("refusal for lack not counted", [(POOL, "      stats->refused_exhausted++;\n", "")]),
    ("close does not refuse", [(POOL, "  if (stats->is_closed)\n", "  if (FALSE)\n")]),
    ("close does not refuse the heap", [(HEAP, "  if (self->stats.is_closed)\n    {", "  if (FALSE)\n    {")]),
    ("close does not refuse a division", [(POOL, "  if (self->stats.is_closed)\n    g_set_error", "  if (FALSE)\n    g_set_error")]),
    ("any address inside a slot accepted", [(FIND, "  if (data != slot->data)\n", "  if (FALSE)\n")]),
    ("interior taken for foreign", [(FIND, "    found->mistake = BAG_POOL_MISTAKE_INTERIOR;", "    found->mistake = BAG_POOL_MISTAKE_FOREIGN;")]),
    ("a slice found in a slot that is free", [(FIND, "  else if (slot->is_out)\n", "  else if (TRUE)\n")]),
    ("slots of an earlier cut not found", [(FIND, "look_into_list (self->leaving, data, found) || ", "")]),
    ("heap slices not found", [(FIND, " || look_into_list (self->heap, data, found)", "")]),
    ("heap slice taken from the list wrongly", [(HEAP, "    slot->next->previous = slot->previous;\n", "    slot->next->previous = NULL;\n")]),
    ("heap bytes not counted back", [(HEAP, "  self->stats.heap_bytes -= slot->capacity;\n", "")]),
    ("close forgets slots of an earlier cut", [(CLOSE, "  append_list (outstanding, room, self->leaving, now);\n", "")]),
    ("close forgets the heap", [(CLOSE, "  append_list (outstanding, room, self->heap, now);\n", "")]),
    ("close names another tag", [(CLOSE, "    .tag = slot->tag,", "    .tag = slot->generation,")]),
    ("close tells no age", [(CLOSE, "    .age = MAX (now - slot->since, 0),", "    .age = 0,")]),
    ("what is out forgotten when counters are reset", [(COUNTERS, "  stats->acquires = stats->slots_new = n_out;", "  stats->acquires = stats->slots_new = 0;")]),
    ("hits of a slot kept for the next slice", [(SLOTS, "  slot->n_hits = 0;\n", "")]),
    ("the rest of a slot not cleared", [(SLICE, "  memset (slot->data + self->size, 0, rest);\n", "")]),
    ("ready twice accepted", [
        (SLICE, "change_state (self, 1u << BAG_SLOT_FILLING, BAG_SLOT_READY)",
         "change_state (self, 1u << BAG_SLOT_FILLING | 1u << BAG_SLOT_READY, BAG_SLOT_READY)"),
    ]),
]
