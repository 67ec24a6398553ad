/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool.h"

/* Names for programs: in files of figures, in tests. Never translated. */

static const char *const state_names[BAG_N_SLOT_STATES] = {
  [BAG_SLOT_FREE] = "free",
  [BAG_SLOT_FILLING] = "filling",
  [BAG_SLOT_READY] = "ready",
  [BAG_SLOT_SHOWN] = "shown",
  [BAG_SLOT_QUARANTINED] = "quarantined",
};

/**
 * bag_slot_state_get_name:
 *
 * Returns: (transfer none): the name of @state, not translated
 */
const char *
bag_slot_state_get_name (BagSlotState state)
{
  g_return_val_if_fail ((guint) state < BAG_N_SLOT_STATES, "free");

  return state_names[state];
}

static const char *const class_names[BAG_POOL_N_CLASSES] = {
  [BAG_POOL_CLASS_VIEW] = "view",
  [BAG_POOL_CLASS_LOAD] = "load",
  [BAG_POOL_CLASS_PREFETCH] = "prefetch",
};

/**
 * bag_pool_class_get_name:
 *
 * Returns: (transfer none): the name of @class, not translated
 */
const char *
bag_pool_class_get_name (BagPoolClass class)
{
  g_return_val_if_fail ((guint) class < BAG_POOL_N_CLASSES, "view");

  return class_names[class];
}

static const char *const prefault_names[BAG_N_POOL_PREFAULTS] = {
  [BAG_POOL_PREFAULT_IDLE] = "idle",
  [BAG_POOL_PREFAULT_RUNNING] = "running",
  [BAG_POOL_PREFAULT_DONE] = "done",
  [BAG_POOL_PREFAULT_LOW_MEMORY] = "low-memory",
  [BAG_POOL_PREFAULT_UNSUPPORTED] = "unsupported",
};

/**
 * bag_pool_prefault_get_name:
 *
 * Returns: (transfer none): the name of @prefault, not translated
 */
const char *
bag_pool_prefault_get_name (BagPoolPrefault prefault)
{
  g_return_val_if_fail ((guint) prefault < BAG_N_POOL_PREFAULTS, "idle");

  return prefault_names[prefault];
}

static const char *const huge_pages_names[BAG_N_POOL_HUGE_PAGES] = {
  [BAG_POOL_HUGE_PAGES_UNSUPPORTED] = "unsupported",
  [BAG_POOL_HUGE_PAGES_OFF] = "off",
  [BAG_POOL_HUGE_PAGES_ON] = "on",
};

/**
 * bag_pool_huge_pages_get_name:
 *
 * Returns: (transfer none): the name of @huge_pages, not translated
 */
const char *
bag_pool_huge_pages_get_name (BagPoolHugePages huge_pages)
{
  g_return_val_if_fail ((guint) huge_pages < BAG_N_POOL_HUGE_PAGES, "unsupported");

  return huge_pages_names[huge_pages];
}
