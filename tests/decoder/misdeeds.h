/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-child.h"

G_BEGIN_DECLS

typedef struct
{
  const char *action;  /* what fake-decoder.c does */
  BagDecoderKind kind; /* instead of answering this */
  BagError error;      /* what the caller is told */
} Misdeed;

/* Asks for something that is larger than a chunk, and checks what comes. Returns: whether it came */
typedef gboolean (*MisdeedAsk) (BagDecoderChild *child, int fd, GError **error);

void misdeeds_add (const char *name, MisdeedAsk ask, const Misdeed *misdeeds, guint n_misdeeds);
BagDecoderChild *misdeeds_new_child (int *fd);

G_END_DECLS
