/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_FACT_SECTION_BAG,
  BAG_FACT_SECTION_SCAN,
  BAG_FACT_SECTION_MACHINE,
  BAG_FACT_SECTION_GEOMETRY,
} BagFactSection;

#define BAG_N_FACT_SECTIONS (BAG_FACT_SECTION_GEOMETRY + 1)

/* One line of the list of facts: @name is what an operator calls it. */
typedef struct
{
  BagFactSection section;
  const char *name; /* static, translated */
  char *value;
} BagScanFact;

GPtrArray *bag_scan_facts_list (BagScan *scan);
const char *bag_fact_section_get_name (BagFactSection section);
char *bag_scan_facts_format_warning (BagScan *scan);
gboolean bag_scan_facts_is_training (BagScan *scan);

G_END_DECLS
