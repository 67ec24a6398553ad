/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-heap"

#include "config.h"

#include "description/bag-heap.h"

#include <malloc.h>

#define KEPT_BYTES (8 << 20)
#define SINGLE_BYTES (4 << 20)

/**
 * bag_heap_keep:
 *
 * Has the C library keep some freed memory for what is allocated next. By default it
 * gives all but 128 KiB back to the system whenever that much is free at its end, which
 * happens after each header, and every page then costs a fault again: reading the
 * header of 600 slices takes four times as long. Slices have their pool; this is for what
 * surrounds them.
 *
 * Call once, first in main().
 */
void
bag_heap_keep (void)
{
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
  mallopt (M_MMAP_THRESHOLD, SINGLE_BYTES);
}
