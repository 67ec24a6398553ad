/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-isolation"

#include "config.h"

#include "decoder/bag-isolation-wish.h"

/*
 * How far the decoders of this process are to be shut in: one answer for all of
 * them. Unless the operator said something else, that is as far as the system
 * allows. Whether it allows namespaces depends on kernel, settings, containers
 * and what is installed; so nothing is guessed, it is tried, and what the first
 * decoder found out holds for as long as this process lives.
 */
#define N_FULL_TRIES 2u /* once may be bad luck */

typedef enum
{
  LESSON_NONE,
  LESSON_FULL_WORKS,
  LESSON_FULL_FAILS,
} Lesson;

#define WISH_AUTO BAG_N_ISOLATIONS

static int wish = WISH_AUTO; /* atomic: or a BagIsolation */
static int lesson;           /* atomic: Lesson */

/**
 * bag_isolation_wish_set:
 * @name: one of %BAG_ISOLATION_WISHES
 *
 * For the decoders that are started from now on. What was learned is forgotten. Any thread
 *
 * Returns: whether @name is one of them
 */
gboolean
bag_isolation_wish_set (const char *name)
{
  BagIsolation isolation = BAG_ISOLATION_OFF;

  if (g_strcmp0 (name, "auto") == 0)
    g_atomic_int_set (&wish, WISH_AUTO);
  else if (bag_isolation_parse (name, &isolation))
    g_atomic_int_set (&wish, (int) isolation);
  else
    return FALSE;

  g_atomic_int_set (&lesson, LESSON_NONE);

  return TRUE;
}

/**
 * bag_isolation_wish_choose:
 * @n_failed: how often a decoder has just ended before its first word
 *
 * Returns: how far the decoder that is started next is to be shut in. Any thread
 */
BagIsolation
bag_isolation_wish_choose (guint n_failed)
{
  int wanted = g_atomic_int_get (&wish);
  Lesson known = (Lesson) g_atomic_int_get (&lesson);

#ifdef BAG_SANITIZED
  return wanted == BAG_ISOLATION_OFF ? BAG_ISOLATION_OFF : BAG_ISOLATION_SECCOMP;
#endif
  if (wanted != WISH_AUTO)
    return (BagIsolation) wanted;

  return known == LESSON_FULL_FAILS || (known == LESSON_NONE && n_failed >= N_FULL_TRIES) ? BAG_ISOLATION_SECCOMP : BAG_ISOLATION_FULL;
}

/**
 * bag_isolation_wish_is_open:
 * @tried: how far a decoder was to be shut in that ended before its first word
 *
 * Returns: whether that may be because the system does not allow as much, and another try,
 *   with the next choice, makes sense. Any thread
 */
gboolean
bag_isolation_wish_is_open (BagIsolation tried)
{
  return tried == BAG_ISOLATION_FULL && g_atomic_int_get (&wish) == WISH_AUTO && g_atomic_int_get (&lesson) != LESSON_FULL_WORKS;
}

/**
 * bag_isolation_wish_learn:
 * @started: how far a decoder was to be shut in that has said its first word
 *
 * Any thread
 */
void
bag_isolation_wish_learn (BagIsolation started)
{
  if (g_atomic_int_get (&wish) == WISH_AUTO)
    g_atomic_int_compare_and_exchange (&lesson, LESSON_NONE, started == BAG_ISOLATION_FULL ? LESSON_FULL_WORKS : LESSON_FULL_FAILS);
}
