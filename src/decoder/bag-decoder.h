/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "decoder/bag-decoder-child.h"
#include "pool/bag-pool.h"

G_BEGIN_DECLS

/**
 * BagDecoder:
 *
 * The decoder as the program sees it: some long-lived threads, each with a
 * #BagDecoderChild of its own, and one queue that serves view before load
 * before prefetch. Any thread may push work.
 *
 * Signal: "changed", in the main context of the thread that made it, when
 * bag_decoder_get_isolation() or bag_decoder_is_stalled() may say something else.
 */
#define BAG_TYPE_DECODER (bag_decoder_get_type ())
G_DECLARE_FINAL_TYPE (BagDecoder, bag_decoder, BAG, DECODER, GObject)

/* Runs on a decoder's thread and must complete @task there. */
typedef void (*BagDecoderTaskFunc) (GTask *task, BagDecoderChild *child);
/* Runs on a decoder's thread, with bag_decoder_call() while the caller waits. */
typedef void (*BagDecoderCallFunc) (BagDecoderChild *child, gpointer user_data);

BagDecoder *bag_decoder_new (guint n_children);
void bag_decoder_run_task (BagDecoder *self, BagPoolClass class, GTask *task, BagDecoderTaskFunc func);
void bag_decoder_call (BagDecoder *self, BagDecoderCallFunc func, gpointer user_data);
void bag_decoder_lend (BagDecoder *self, BagPoolClass class, BagDecoderCallFunc func, gpointer user_data, GDestroyNotify free_data);
guint bag_decoder_get_n_children (BagDecoder *self);
guint bag_decoder_get_n_deaths (BagDecoder *self);
void bag_decoder_set_limits (BagDecoder *self, const BagLimits *limits);
const char *bag_decoder_get_isolation (BagDecoder *self);
gboolean bag_decoder_is_stalled (BagDecoder *self);
void bag_decoder_set_patience (BagDecoder *self, gint64 patience);

G_END_DECLS
