/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/bag-cli-json.h"
#include "decoder/bag-decoder.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

BagElementList *bag_cli_elements_read (BagDecoder *decoder, BagScan *scan, guint index, gboolean reveal, GError **error);
void bag_cli_elements_add_json (JsonBuilder *builder, const BagElementList *list);
void bag_cli_elements_print (const BagElementList *list);

G_END_DECLS
