/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-isolation.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BagDecoderProcess:
 *
 * The process behind a #BagDecoderChild: starting, ending and reaping it.
 * Belongs to one thread, and the process dies with that thread.
 */
typedef struct
{
  GPid pid;               /* of what was started: the decoder, or bubblewrap around it. 0 when none runs */
  GPid decoder;           /* of the decoder; 0 when that is not known before its first word */
  BagIsolation isolation; /* with which it was started */
  int socket;             /* -1 when none runs */
  GArray *unreaped;       /* (element-type GPid): ended, not yet collected */
} BagDecoderProcess;

void bag_decoder_process_init (BagDecoderProcess *self);
void bag_decoder_process_clear (BagDecoderProcess *self);
gboolean bag_decoder_process_start (BagDecoderProcess *self, BagIsolation isolation, GError **error);
gboolean bag_decoder_process_limit_memory (const BagDecoderProcess *self, guint64 bytes);
void bag_decoder_process_end (BagDecoderProcess *self);
gint64 bag_decoder_process_get_cpu_time (const BagDecoderProcess *self);

G_END_DECLS
