/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagPassedFiles:
 *
 * How many files were passed over for one reason, and the names of the first few.
 */
typedef struct
{
  guint n;
  GString *names; /* owned */
} BagPassedFiles;

void bag_passed_files_init (BagPassedFiles *self);
void bag_passed_files_clear (BagPassedFiles *self);
void bag_passed_files_add (BagPassedFiles *self, const char *name, const GError *error);
const char *bag_passed_files_get_more (const BagPassedFiles *self);

G_END_DECLS
