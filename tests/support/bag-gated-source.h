/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/**
 * BagGate:
 *
 * A door that reads of a scan wait at, so that a test decides when a slice is
 * read. Value of every voxel of slice i: 100 + i. Any thread.
 */
typedef struct _BagGate BagGate;

BagGate *bag_gate_new (gboolean is_open);
void bag_gate_unref (BagGate *self);
void bag_gate_open (BagGate *self);
void bag_gate_close (BagGate *self);
void bag_gate_let_pass (BagGate *self, guint n);
void bag_gate_set_failing (BagGate *self, guint index);
guint bag_gate_get_n_waiting (BagGate *self);
guint bag_gate_get_n_reads (BagGate *self);
guint bag_gate_get_most_at_once (BagGate *self);
guint bag_gate_get_read (BagGate *self, guint place);

/* In place of an index: no slice fails. */
#define BAG_GATE_NONE G_MAXUINT

BagScan *bag_gated_scan_new (BagGate *gate, const char *bag_id, guint columns, guint rows, guint n_slices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagGate, bag_gate_unref)

G_END_DECLS
