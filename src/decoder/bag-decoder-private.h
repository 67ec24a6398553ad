/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder.h"

#include <pthread.h>

G_BEGIN_DECLS

/* Shared by the files of BagDecoder alone. */

typedef struct
{
  BagDecoder *decoder; /* (not owned): joins the thread before it goes */
  BagDecoderChild *child;
  GThread *thread;
  guint n_limits_taken; /* which of the decoder's limits @child has */
} BagDecoderWorker;

struct _BagDecoder
{
  GObject parent_instance;

  /* Owned */
  GArray *workers;       /* (element-type BagDecoderWorker), unchanged once made */
  GMainContext *context; /* where "changed" is emitted */
  GWeakRef *reference;   /* shared with what is on its way there */

  pthread_mutex_t mutex;
  pthread_cond_t has_work;
  pthread_cond_t has_result;
  GQueue queues[BAG_POOL_N_CLASSES]; /* (element-type BagDecoderWork) */
  gboolean is_closing;
  gboolean is_abandoned; /* by whoever had the last reference: the last thread that ends has one */
  guint n_at_work, n_ended;
  BagLimits limits;
  guint n_limits_set; /* how often */

  /* bag-decoder-watch.c */
  GSource *watch; /* Owned */
  gint64 patience;
  gint is_stuck; /* atomic */
};

#define BAG_DECODER_PATIENCE (3 * G_USEC_PER_SEC)

/* bag-decoder.c */
void bag_decoder_emit_changed (BagDecoder *self);

/* bag-decoder-watch.c */
void bag_decoder_watch_init (BagDecoder *self);
void bag_decoder_watch_clear (BagDecoder *self);
void bag_decoder_watch_begin (BagDecoder *self);

G_END_DECLS
