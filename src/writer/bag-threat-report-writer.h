/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom.h"

G_BEGIN_DECLS

gboolean bag_threat_report_writer_write (const BagPhantom *phantom, const char *path, GError **error);

G_END_DECLS
