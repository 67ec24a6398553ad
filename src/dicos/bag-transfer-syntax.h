/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

typedef struct
{
  const char *uid, *name;
  gboolean is_read; /* else only known by name */
  gboolean is_implicit;
  gboolean is_big_endian; /* the data set, not its file meta information */
  BagFrameCodec codec;
  gboolean is_extended; /* has a way of its own to write lengths over 32 bits, which is not read */
} BagTransferSyntax;

const BagTransferSyntax *bag_transfer_syntax_find (const char *uid, GError **error);

G_END_DECLS
