/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-child.h"

G_BEGIN_DECLS

void obedience_begin (void);
void obedience_end (void);
void obey (const char *action, BagDecoderKind kind);
void obey_late (const char *action, BagDecoderKind kind, guint n);
void behave (void);

G_END_DECLS
