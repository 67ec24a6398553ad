/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Under AddressSanitizer memory that is not handed out is poisoned, so that a
 * late reader or writer is caught at the very access. Elsewhere: nothing. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define bag_poison(data, size) ASAN_POISON_MEMORY_REGION (data, size)
#define bag_unpoison(data, size) ASAN_UNPOISON_MEMORY_REGION (data, size)
#else
#define bag_poison(data, size) ((void) (data), (void) (size))
#define bag_unpoison(data, size) ((void) (data), (void) (size))
#endif
