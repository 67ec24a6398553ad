/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagOpenProgress:
 *
 * Carries word of how far an opening is from the thread that reads to the main
 * context of the thread that made it, a few times a second at most.
 */
typedef struct _BagOpenProgress BagOpenProgress;
typedef void (*BagOpenProgressFunc) (guint n_done, guint n_files, gpointer user_data);

BagOpenProgress *bag_open_progress_new (BagOpenProgressFunc func, gpointer user_data);
BagOpenProgress *bag_open_progress_ref (BagOpenProgress *self);
void bag_open_progress_unref (BagOpenProgress *self);
void bag_open_progress_tell (guint n_done, guint n_files, gpointer self);
void bag_open_progress_set_interval (BagOpenProgress *self, gint64 interval_us);
void bag_open_progress_stop (BagOpenProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagOpenProgress, bag_open_progress_unref)

G_END_DECLS
