/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Data goes from thread to thread with a GTask: written before the task is sent,
 * read after it has come. ThreadSanitizer cannot see that, for GLib's own locks
 * are not instrumented. These two tell it, about the task: the sender gives, the
 * receiver takes. In other builds they do nothing. What counts of references
 * hand over is told in bag-hand-over.c.
 */
#ifdef __SANITIZE_THREAD__

void __tsan_acquire (void *address);
void __tsan_release (void *address);

static inline void
bag_hand_over_give (gpointer task)
{
  __tsan_release (task);
}

static inline void
bag_hand_over_take (gpointer task)
{
  __tsan_acquire (task);
}

#else

static inline void
bag_hand_over_give (gpointer task)
{
}

static inline void
bag_hand_over_take (gpointer task)
{
}

#endif

G_END_DECLS
