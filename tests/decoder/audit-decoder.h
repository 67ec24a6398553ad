/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define AUDIT_STAGING_BYTES (1 << 20)

/* What the audit says of the thing that it tried. */
typedef struct
{
  guint32 isolation; /* BagIsolation */
  gint32 error;      /* errno; 0: it worked */
} AuditReport;
