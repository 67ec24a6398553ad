/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-ruler-words.h"

#include <glib/gi18n.h>

/* Whole phrases, for not every language puts them together as English does. */
static const char *
get_phrase (BagSliceState state, gboolean is_seen)
{
  switch (state)
    {
    case BAG_SLICE_STATE_READY:
      return is_seen ? _ ("in memory, seen") : _ ("in memory, not seen yet");
    case BAG_SLICE_STATE_LOADING:
      return is_seen ? _ ("loading, seen") : _ ("loading, not seen yet");
    case BAG_SLICE_STATE_FAILED:
      return is_seen ? _ ("failed, seen") : _ ("failed, not seen yet");
    case BAG_SLICE_STATE_ABSENT:
    default:
      return is_seen ? _ ("not in memory, seen") : _ ("not in memory, not seen yet");
    }
}

/**
 * bag_ruler_words_format_value:
 *
 * Returns: (transfer full): "Slice 213 of 600, in memory, seen"
 */
char *
bag_ruler_words_format_value (const BagRulerWords *self)
{
  if (self->n_slices == 0)
    return g_strdup (_ ("No slices"));

  return g_strdup_printf (_ ("Slice %1$u of %2$u, %3$s"), self->index + 1, self->n_slices, get_phrase (self->state, self->is_seen));
}

static const char *
get_place (BagSliceMarks marks)
{
  if ((marks & BAG_SLICE_MARK_DUPLICATE) != 0)
    return _ ("\nIn the same place as the slice before it");
  if ((marks & BAG_SLICE_MARK_GAP_BEFORE) != 0)
    return _ ("\nSlices are missing before it");
  if ((marks & BAG_SLICE_MARK_GAP_AFTER) != 0)
    return _ ("\nSlices are missing after it");

  return "";
}

/**
 * bag_ruler_words_format_tooltip:
 *
 * Returns: (transfer full): "Slice 213: in memory, seen", the line of
 *   bag_ruler_words_format_seen(), and what is odd about its place
 */
char *
bag_ruler_words_format_tooltip (const BagRulerWords *self)
{
  g_autofree char *seen = bag_ruler_words_format_seen (self);

  return g_strdup_printf (_ ("Slice %1$u: %2$s\n%3$s%4$s"), self->index + 1, get_phrase (self->state, self->is_seen), seen, get_place (self->marks));
}

/**
 * bag_ruler_words_format_seen:
 *
 * Returns: (transfer full): "213 of 600 seen"
 */
char *
bag_ruler_words_format_seen (const BagRulerWords *self)
{
  return g_strdup_printf (_ ("%1$u of %2$u seen"), self->n_seen, self->n_slices);
}
