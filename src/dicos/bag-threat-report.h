/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

BagReport *bag_threat_report_read (BagByteReader *reader, GError **error);

G_END_DECLS
