/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bag_output_error_set (GError **error, const char *path, int code, gboolean has_old);
void bag_output_error_set_kind (GError **error, const char *path, guint mode);
void bag_output_error_set_protected (GError **error, const char *path);
void bag_output_error_set_no_name (GError **error, const char *path);
void bag_output_error_set_unconfirmed (GError **error, const char *path, int code);

G_END_DECLS
