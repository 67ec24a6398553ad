/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_BUDGET_SCALE_LEAST ((guint64) 4 << 20)
#define BAG_BUDGET_SCALE_STEPS 4 /* an octave: each is another number of MiB */

guint bag_budget_scale_get_n_steps (guint64 machine_bytes);
guint64 bag_budget_scale_get_bytes (guint step, guint64 machine_bytes);
guint bag_budget_scale_get_step (guint64 bytes, guint64 machine_bytes);

G_END_DECLS
