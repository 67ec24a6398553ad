/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/**
 * BagScanKin:
 *
 * The other scans of the same object. Sections of one CT object share its SOP
 * instance UID and differ in matrix, spacing or place; energies of one bag are
 * objects of their own with one frame of reference.
 */
typedef struct
{
  char *name;                /* of its file; "" for a scan of several files */
  char *energy;              /* "high energy", or ""; never NULL */
  guint section, n_sections; /* from 1; both 0 when it is no section */
  GPtrArray *sections;       /* (element-type utf8): files of the other sections, in their order */
  GPtrArray *energies;       /* (element-type utf8): files of the same bag at other energies */
} BagScanKin;

BagScanKin *bag_scan_kin_new (const BagDescription *description, const char *name);
void bag_scan_kin_free (BagScanKin *self);
char *bag_scan_kin_format (const BagScanKin *self);

gboolean bag_scan_kin_are_sections (const BagDescription *a, const BagDescription *b);
gboolean bag_scan_kin_are_energies (const BagDescription *a, const BagDescription *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagScanKin, bag_scan_kin_free)

G_END_DECLS
