# SPDX-License-Identifier: GPL-3.0-or-later
"""Races for the prefetcher, as tests/support/planted.py takes them; files are below src."""

PREFETCHER = "slices/bag-prefetcher.c"
FILL = "scan/bag-scan-fill.c"
RACE = "ThreadSanitizer: data race"

SENT = "  bag_scan_fill_async (self->scan, index, slice, self->decoder, class, request->cancellable, on_fill_ready, request);\n"
RETURN = """  if (is_filled)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
"""
ELAPSED = "  data->elapsed_us = g_get_monotonic_time () - start;\n"
LET_GO = "  g_clear_pointer (&data->slice, bag_slice_unref);\n"
GIVE = "  bag_hand_over_give (task);\n"

RACES = [
    ("in the cache before it is filled", [
        (PREFETCHER, SENT, SENT + "  bag_slice_cache_insert (self->cache, index, slice);\n"),
    ]),
    ("told ready before it is filled", [
        (PREFETCHER, SENT, SENT + "  bag_slice_cache_insert (self->cache, index, slice);\n"
         "  g_signal_emit (self, signals[SIGNAL_SLICE_READY], 0, index);\n"),
    ]),
    ("looked at while it is filled", [
        (PREFETCHER, SENT, SENT + '  g_debug ("begins with %u", *(volatile guint16 *) bag_slice_get_data (slice));\n'),
    ], RACE),
    ("the slot of a cancelled request given back while it is written to", [
        (PREFETCHER, "  g_cancellable_cancel (request->cancellable);\n",
         "  g_cancellable_cancel (request->cancellable);\n  g_clear_pointer (&request->slice, bag_slice_unref);\n"),
        (FILL, LET_GO + GIVE, GIVE),
        (FILL, LET_GO + "  g_free (data);\n", "  g_free (data);\n"),
        (FILL, "  data->slice = bag_slice_ref (slice);\n", "  data->slice = slice;\n"),
    ], "prefetcher_count_free (fixture) == fixture->n_slots - 2", "/prefetcher/stop-during"),
    ("answered before it is filled", [
        (FILL, GIVE + RETURN, ""),
        (FILL, "  is_filled = bag_scan_read_slice (", GIVE + "  g_task_return_boolean (task, TRUE);\n  is_filled = bag_scan_read_slice ("),
    ]),
    ("the time noted after the answer", [
        (FILL, ELAPSED, ""),
        (FILL, RETURN, RETURN + ELAPSED),
    ], RACE),
    # What keeps ThreadSanitizer quiet is these two calls, and nothing else.
    ("not told that the worker gives", [(FILL, LET_GO + GIVE, LET_GO)], RACE),
    ("not told that the sender gives", [
        (FILL, GIVE + "  if (decoder != NULL", "  if (decoder != NULL"),
    ], RACE),
]
