/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-isolation"

#include "config.h"

#include "decoder/bag-isolation.h"

static const char *const names[BAG_N_ISOLATIONS] = {
  [BAG_ISOLATION_OFF] = "off",
  [BAG_ISOLATION_SECCOMP] = "seccomp",
  [BAG_ISOLATION_FULL] = "full",
};

/**
 * bag_isolation_get_name:
 * @isolation: how far
 *
 * Returns: (transfer none): "off", "seccomp" or "full"
 */
const char *
bag_isolation_get_name (BagIsolation isolation)
{
  g_return_val_if_fail ((guint) isolation < BAG_N_ISOLATIONS, names[BAG_ISOLATION_OFF]);

  return names[isolation];
}

/**
 * bag_isolation_parse:
 * @name: (nullable): a name
 * @isolation: (out): what it stands for; unchanged when that is nothing
 *
 * Returns: whether @name is one of the three
 */
gboolean
bag_isolation_parse (const char *name, BagIsolation *isolation)
{
  for (guint i = 0; i < BAG_N_ISOLATIONS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *isolation = (BagIsolation) i;
        return TRUE;
      }

  return FALSE;
}
