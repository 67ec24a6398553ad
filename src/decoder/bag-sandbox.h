/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-protocol.h"

#include <sys/stat.h>

G_BEGIN_DECLS

gboolean bag_sandbox_enter (BagIsolation wanted, BagIsolation *reached);
int bag_sandbox_stat (int fd, struct stat *info);

G_END_DECLS
