/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-process.h"

G_BEGIN_DECLS

/* How long a call may take, in microseconds. Tests shorten them. */
typedef struct
{
  gint64 header;    /* processor time for a description */
  gint64 slice;     /* processor time for a slice, besides that for its pixels */
  gint64 pixels;    /* processor time for a million of them */
  gint64 stall;     /* time without progress until somebody is told */
  gint64 silence;   /* time without progress until the decoder is ended */
  gint64 cancelled; /* time for an answer once the call is cancelled */
} BagDecoderDeadlines;

typedef enum
{
  BAG_DECODER_WAIT_ANSWERED,
  BAG_DECODER_WAIT_TOO_LONG, /* it used up its processor time */
  BAG_DECODER_WAIT_SILENT,   /* it used hardly any, and did not answer */
  BAG_DECODER_WAIT_CANCELLED,
} BagDecoderWaitResult;

/* Called in the waiting thread: no progress any more, or again some. */
typedef void (*BagDecoderStallFunc) (gboolean is_stalled, gpointer user_data);

BagDecoderWaitResult bag_decoder_wait (const BagDecoderProcess *process,
                                       const BagDecoderDeadlines *deadlines,
                                       gint64 cpu_deadline,
                                       GCancellable *cancellable,
                                       BagDecoderStallFunc on_stall,
                                       gpointer user_data);

G_END_DECLS
