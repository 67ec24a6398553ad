/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-isolation.h"

G_BEGIN_DECLS

int bag_decoder_launch (const char *path, BagIsolation isolation, int socket, GPid *pid);

G_END_DECLS
