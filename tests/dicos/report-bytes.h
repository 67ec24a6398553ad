/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Threat reports for the tests of their reader, made element by element: two objects,
 * the first with a region of 8 x 8 x 6 voxels, 352 of them marked. */

#define REPORT_EXPLICIT "1.2.840.10008.1.2.1"
#define REPORT_IMPLICIT "1.2.840.10008.1.2"
#define REPORT_N_MASKED 352u

/* Replaces an element wherever it stands; @value of NULL leaves it out. */
typedef struct
{
  guint32 tag;
  const char *value;
  gsize length;
} ReportChange;

typedef struct
{
  const char *syntax;
  gboolean with_lengths; /* of sequences and items */
  const ReportChange *changes;
  guint n_changes;
  guint n_more_objects; /* empty ones behind the two */
  guint n_more_places;  /* empty ones in the first object */
  guint n_more_scans;   /* references of the report */
} ReportShape;

GByteArray *report_bytes_new (const ReportShape *shape);

G_END_DECLS
