/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-process.h"
#include "decoder/bag-decoder-protocol.h"
#include "decoder/bag-decoder-staging.h"

G_BEGIN_DECLS

/* How long a call may take, in microseconds. Tests shorten them. */
typedef struct
{
  gint64 header;    /* processor time for a description */
  gint64 slice;     /* processor time for a slice, plus 1 a pixel */
  gint64 silence;   /* time without any answer */
  gint64 cancelled; /* time for an answer once the call is cancelled */
} BagDecoderDeadlines;

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
  gboolean is_staged; /* the running decoder has the present staging memory */
  guint32 sequence;
  BagDecoderDeadlines deadlines;

  /* Atomic: read by any thread */
  guint n_deaths;
  guint isolation; /* 1 + BagIsolation; 0 before a decoder said so */
} BagDecoderChannel;

void bag_decoder_channel_init (BagDecoderChannel *self);
void bag_decoder_channel_clear (BagDecoderChannel *self);
gboolean bag_decoder_channel_prepare (BagDecoderChannel *self,
                                      gsize frame_bytes,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean bag_decoder_channel_ask (BagDecoderChannel *self,
                                  BagDecoderRequest *request,
                                  int fd,
                                  gint64 cpu_deadline,
                                  BagDecoderReply *reply,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean bag_decoder_channel_reject (BagDecoderChannel *self, GError **error);
guint32 bag_decoder_channel_next_half (const BagDecoderChannel *self);

G_END_DECLS
