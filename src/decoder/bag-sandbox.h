/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-protocol.h"

G_BEGIN_DECLS

BagIsolation bag_sandbox_enter (void);

G_END_DECLS
