/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-process.h"
#include "decoder/bag-decoder-protocol.h"
#include "decoder/bag-decoder-staging.h"
#include "decoder/bag-decoder-wait.h"

G_BEGIN_DECLS

/**
 * BagDecoderChannel:
 *
 * Request and reply with one decoder: its process, its staging memory, its
 * deadlines. Belongs to one thread.
 */
typedef struct
{
  BagDecoderProcess process;
  BagDecoderStaging staging;
  gboolean is_staged;   /* the running decoder has the present staging memory */
  gboolean is_trial;    /* that a decoder dies may be because the system does not allow to shut it in so far */
  guint64 memory_bytes; /* that the running decoder may map; 0: it was not told */
  guint32 sequence;
  BagDecoderDeadlines deadlines;
  BagLimits limits; /* for the files that are described */

  /* Called in this thread when one of those below has changed */
  void (*changed) (gpointer user_data);
  gpointer user_data;

  /* Atomic: read by any thread */
  guint n_deaths;
  gint isolation;  /* BagIsolation; -1 until a decoder has said its first word */
  gint is_stalled; /* a call waits for the storage */
  gint work_time;  /* ms of the clock, never 0, since when the thread has been at work by itself; 0: it is not */

  gboolean is_at_work; /* the thread does something with this decoder */
} BagDecoderChannel;

void bag_decoder_channel_init (BagDecoderChannel *self);
void bag_decoder_channel_clear (BagDecoderChannel *self);
void bag_decoder_channel_set_at_work (BagDecoderChannel *self, gboolean is_at_work);
void bag_decoder_channel_set_limits (BagDecoderChannel *self, const BagLimits *limits);
gboolean bag_decoder_channel_prepare (BagDecoderChannel *self,
                                      gsize frame_bytes,
                                      guint codec_slices,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean bag_decoder_channel_ask (BagDecoderChannel *self,
                                  BagDecoderRequest *request,
                                  int fd,
                                  gint64 cpu_deadline,
                                  BagDecoderReply *reply,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean bag_decoder_channel_ask_files (BagDecoderChannel *self,
                                        BagDecoderRequest *request,
                                        const int *fds,
                                        guint n_fds,
                                        gint64 cpu_deadline,
                                        BagDecoderReply *reply,
                                        GCancellable *cancellable,
                                        GError **error);
void bag_decoder_channel_take_error (guint32 status, gconstpointer words, gsize length, GError **error);
gboolean bag_decoder_channel_reject (BagDecoderChannel *self, GError **error);
guint32 bag_decoder_channel_next_half (const BagDecoderChannel *self);

G_END_DECLS
