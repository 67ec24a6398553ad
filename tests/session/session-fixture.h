/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include "bag-gated-source.h"
#include "bag-test-wait.h"

/* What the tests of the session share: a session, and bags whose reads wait at a gate. */

#define COLUMNS 64u
#define ROWS 48u
#define N_SLICES 40u
#define SLICE_BYTES (COLUMNS * ROWS * 2)
#define LARGE_BUDGET (64u << 20)

typedef struct
{
  BagSession *session;
  BagGate *gate;
} SessionFixture;

void session_set_up (SessionFixture *fixture, gconstpointer data);
void session_tear_down (SessionFixture *fixture, gconstpointer data);
void session_get_stats (SessionFixture *fixture, BagPoolStats *stats);
guint session_count_free (SessionFixture *fixture);
guint session_count_in_use (SessionFixture *fixture);
guint16 session_get_drawn_value (SessionFixture *fixture);
void session_begin_open (SessionFixture *fixture, const char *bag_id, guint columns, guint n_slices);
void session_open_bag (SessionFixture *fixture, const char *bag_id, guint n_slices);
guint session_count_ready (SessionFixture *fixture);
void session_go_to (SessionFixture *fixture, guint index);
