/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* One line of the list of facts: @name is what an operator calls it. */
typedef struct
{
  const char *name; /* static, translated */
  char *value;
} BagScanFact;

GPtrArray *bag_scan_facts_list (BagScan *scan);

G_END_DECLS
