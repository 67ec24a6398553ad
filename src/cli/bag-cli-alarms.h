/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/bag-cli-json.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

void bag_cli_alarms_add_json (JsonBuilder *builder, BagScan *scan);
void bag_cli_alarms_print (JsonArray *alarms);
void bag_cli_alarms_print_reports (JsonArray *reports);

G_END_DECLS
