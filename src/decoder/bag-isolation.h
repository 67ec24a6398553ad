/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a decoder is shut in. */
typedef enum
{
  BAG_ISOLATION_OFF,     /* no files to write, few open ones, no core dump: any call is granted */
  BAG_ISOLATION_SECCOMP, /* and only the calls that decoding takes */
  BAG_ISOLATION_FULL,    /* and namespaces of its own: no network, no file, no other process in sight */
} BagIsolation;

#define BAG_N_ISOLATIONS (BAG_ISOLATION_FULL + 1)

const char *bag_isolation_get_name (BagIsolation isolation);
gboolean bag_isolation_parse (const char *name, BagIsolation *isolation);

G_END_DECLS
