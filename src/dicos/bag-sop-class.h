/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bag_sop_class_check (const char *uid, GError **error);
gboolean bag_sop_class_is_disc_directory (const char *uid);
gboolean bag_sop_class_is_dicos (const char *uid);
gboolean bag_sop_class_is_ct (const char *uid);
gboolean bag_sop_class_is_medical_ct (const char *uid);
const char *bag_sop_class_get_note (const char *uid);
gboolean bag_sop_class_is_threat_report (const char *uid);

G_END_DECLS
