/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void bag_cli_json_add_text (JsonBuilder *builder, const char *key, const char *text);
void bag_cli_json_add_integer (JsonBuilder *builder, const char *key, guint64 value);
void bag_cli_json_add_number (JsonBuilder *builder, const char *key, double value);
void bag_cli_json_add_truth (JsonBuilder *builder, const char *key, gboolean value);
void bag_cli_json_add_null (JsonBuilder *builder, const char *key);
void bag_cli_json_add_failure (JsonBuilder *builder, const char *path, const GError *error);
void bag_cli_json_print (JsonBuilder *builder);

G_END_DECLS
