/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-hand-over"

#include "config.h"

#include "pool/bag-hand-over.h"

#include <glib-object.h>

/*
 * The last g_object_unref() may come in any thread, and what the others did with the
 * object lies before it: the count of references is atomic. That, too, happens where
 * ThreadSanitizer does not look, and reports of it would come from our finalizers. So its
 * builds have a g_object_unref() of their own, which tells it what the atomic
 * decrement does, for our calls and those of GLib's other libraries, and then
 * calls GLib's. Other builds do not contain it.
 *
 * It tells of the count, not of the object: a worker lets go of its task soon after the
 * answer, and that must not stand in for a hand-over that somebody forgot.
 */
#ifdef __SANITIZE_THREAD__

#include <dlfcn.h>

typedef void (*UnrefFunc) (gpointer object);

static UnrefFunc
find_unref (void)
{
  static gpointer found; /* atomic; every thread finds the same */
  gpointer function = g_atomic_pointer_get (&found);

  if (function == NULL)
    {
      function = dlsym (RTLD_NEXT, "g_object_unref");
      g_atomic_pointer_set (&found, function);
    }

  return (UnrefFunc) function;
}

void
g_object_unref (gpointer object)
{
  gpointer count = (gpointer) & ((GObject *) object)->ref_count;

  bag_hand_over_give (count);
  bag_hand_over_take (count);
  find_unref () (object);
}

#endif
