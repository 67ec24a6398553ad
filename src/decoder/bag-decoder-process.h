/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  GPid pid;         /* 0 when none runs */
  int socket;       /* -1 when none runs */
  GArray *unreaped; /* (element-type GPid): ended, not yet collected */
} BagDecoderProcess;

void bag_decoder_process_init (BagDecoderProcess *self);
void bag_decoder_process_clear (BagDecoderProcess *self);
gboolean bag_decoder_process_start (BagDecoderProcess *self, GError **error);
void bag_decoder_process_end (BagDecoderProcess *self);
gint64 bag_decoder_process_get_cpu_time (const BagDecoderProcess *self);

G_END_DECLS
