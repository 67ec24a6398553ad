/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm.h"
#include "scan/bag-scan.h"
#include "render/bag-window-level.h"
#include "session/bag-pool-monitor.h"
#include "session/bag-scan-shelf.h"
#include "slices/bag-prefetcher.h"

G_BEGIN_DECLS

/**
 * BagSession:
 *
 * What is on the operator's desk: one bag, the slice looked at, its window, and
 * the pool that holds its slices. The view-model that every widget binds to; it
 * knows no widget. Main thread only.
 *
 * Properties (all notify only on change; "r" read only, "rw" read and write):
 *   scan            r  BagScan      the bag on screen, or NULL
 *   pool            r  boxed BagPool, or NULL before the first bag
 *   loading         r  gboolean     a bag is being opened
 *   bag-id          r  string       "" when there is none
 *   title           r  string       "BAG-ID – Bagscope", or "Bagscope"
 *   status          r  string       "slice 213 of 600 · z 266.25 mm · MHU", and whether the storage is waited for
 *   probe           r  string       value and place under the pointer, or ""
 *   message         r  string       what went wrong, in the operator's words, or NULL
 *   notice          r  string       warnings about the scan on screen, one a line, or NULL
 *   n-slices        r  guint
 *   slice-index     rw guint        wanted slice, from 0; clamped
 *   slice-number    rw guint        the same from 1; 0 without a scan
 *   slice           r  BagSlice     what to draw: the exact slice, or the last good one of this bag
 *   drawn-index     r  guint        the slice that "slice" holds; G_MAXUINT for none
 *   exact           r  gboolean     slice is the wanted one
 *   slice-error     r  string       why the wanted slice cannot be shown, or NULL
 *   window-center   rw gdouble      in values
 *   window-width    rw gdouble      in values, at least what its function can have
 *   window-function r  guint        a BagVoiFunction: that of the file's window, else LINEAR
 *   inverted        rw gboolean     the operator's wish, on top of MONOCHROME1
 *   pool-budget     rw guint64      bytes; 0: the default
 *   budget-in-force r  guint64      bytes: the same, with the default in place of 0
 *   bag-number      r  guint        counts the bags put on screen, from 1: the bag in a slot's tag
 *   scans           r  GListModel   of BagScan: all that stood behind the path, by number
 *   alarms          r  GListModel   of BagAlarm: those of the bag on screen, the gravest first, or NULL
 *   alarm-index     r  guint        the alarm last gone to, from 0; G_MAXUINT for none
 *   alarm-text      r  string       "alarm 2 of 5: THREAT EXPLOSIVE 91 %", or ""
 *   report-text     r  string       what the threat reports decided, one a line, or NULL without one
 *   opening-text    r  string       "Reading headers: 213 of 600 files", or "" while there is nothing to say
 *   opening-fraction r gdouble      0 to 1: how much of that is done
 *   n-seen          r  guint        slices of the bag that were on the screen
 *   elements        r  GListModel   of BagElementNode: the data elements of the file, while they are shown, or NULL
 *   elements-text   r  string       why there are none or no more of them, or NULL
 *   elements-revealed r gboolean    persons' data among them are in clear; FALSE again with each new scan
 *   isolation       r  string       how far what reads files is shut in: "full", "seccomp", "off", or NULL
 *
 * Signals: "slice-states-changed" (guint first, guint last): see bag_session_get_slice_state()
 * and bag_session_is_slice_seen(). It comes with every slice that is loaded: note the range, and
 * read the states once a frame.
 */
#define BAG_TYPE_SESSION (bag_session_get_type ())
G_DECLARE_FINAL_TYPE (BagSession, bag_session, BAG, SESSION, GObject)

BagSession *bag_session_new (guint64 pool_budget);
void bag_session_start_decoders (BagSession *self);
void bag_session_set_limits (BagSession *self, const BagLimits *limits);
const BagLimits *bag_session_get_limits (BagSession *self);
const char *bag_session_get_isolation (BagSession *self);
void bag_session_open (BagSession *self, const char *const *paths);
void bag_session_cancel_opening (BagSession *self);
void bag_session_open_demo (BagSession *self, guint64 seed);
void bag_session_open_scans (BagSession *self, GPtrArray *scans);
void bag_session_choose_scan (BagSession *self, guint k);
void bag_session_close (BagSession *self);

BagScan *bag_session_get_scan (BagSession *self);
GListModel *bag_session_get_scans (BagSession *self);
BagPool *bag_session_get_pool (BagSession *self);
guint64 bag_session_get_pool_budget (BagSession *self);
void bag_session_set_pool_budget (BagSession *self, guint64 budget);
guint64 bag_session_get_budget_in_force (BagSession *self);
guint64 bag_session_get_default_budget (BagSession *self);
void bag_session_clear_cache (BagSession *self);
void bag_session_reset_counters (BagSession *self);
guint bag_session_get_bag_number (BagSession *self);
BagSlice *bag_session_get_slice (BagSession *self);
guint bag_session_get_n_slices (BagSession *self);
guint bag_session_get_slice_index (BagSession *self);
void bag_session_set_slice_index (BagSession *self, guint index);
void bag_session_step (BagSession *self, int n_slices);
gboolean bag_session_is_exact (BagSession *self);
guint bag_session_get_drawn_index (BagSession *self);
BagSliceState bag_session_get_slice_state (BagSession *self, guint index);
void bag_session_mark_seen (BagSession *self);
gboolean bag_session_is_slice_seen (BagSession *self, guint index);
guint bag_session_get_n_seen (BagSession *self);
const char *bag_session_get_slice_error (BagSession *self);
const char *bag_session_get_error_name (BagSession *self);

void bag_session_get_window (BagSession *self, BagWindowLevel *window);
void bag_session_get_scan_window (BagSession *self, BagWindowLevel *window);
void bag_session_set_window (BagSession *self, double center, double width);
void bag_session_use_window (BagSession *self, const BagWindowLevel *window);
void bag_session_reset_window (BagSession *self);
void bag_session_auto_window (BagSession *self);
gboolean bag_session_get_inverted (BagSession *self);
void bag_session_set_inverted (BagSession *self, gboolean inverted);

#define BAG_SESSION_NO_ALARM G_MAXUINT

GListModel *bag_session_get_alarms (BagSession *self);
guint bag_session_get_alarm_index (BagSession *self);
void bag_session_select_alarm (BagSession *self, guint index);
void bag_session_step_alarm (BagSession *self, int step);
const char *bag_session_get_alarm_text (BagSession *self);
const char *bag_session_get_report_text (BagSession *self);

void bag_session_show_elements (BagSession *self, gboolean shown);
void bag_session_reveal_elements (BagSession *self, gboolean revealed);
BagElementList *bag_session_get_element_list (BagSession *self);
const char *bag_session_get_elements_text (BagSession *self);
gboolean bag_session_get_elements_revealed (BagSession *self);

void bag_session_set_pointer (BagSession *self, gboolean inside, guint column, guint row);
void bag_session_dismiss_message (BagSession *self);
BagPoolMonitor *bag_session_get_pool_monitor (BagSession *self);
BagScanShelf *bag_session_get_shelf (BagSession *self);
void bag_session_set_scans_listed (BagSession *self, gboolean listed);

const char *bag_session_get_bag_id (BagSession *self);
const char *bag_session_get_title (BagSession *self);
const char *bag_session_get_status (BagSession *self);
const char *bag_session_get_probe (BagSession *self);
const char *bag_session_get_message (BagSession *self);
const char *bag_session_get_notice (BagSession *self);
gboolean bag_session_get_loading (BagSession *self);
const char *bag_session_get_opening_text (BagSession *self);

G_END_DECLS
