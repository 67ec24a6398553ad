/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *bag_decimal_read (const char *text, const char *end, double *value);

G_END_DECLS
