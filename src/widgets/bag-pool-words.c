/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-words"

#include "config.h"

#include "widgets/bag-pool-words.h"

#include "slices/bag-slice-tag.h"
#include "widgets/bag-pool-cell.h"

#include <glib/gi18n.h>

/* Slots and slices count from 1 here, as people do, and from 0 in the arguments. */

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/**
 * bag_pool_words_format_age:
 * @age: in microseconds
 *
 * Whole units, rounded down.
 *
 * Returns: (transfer full): how long something has been as it is
 */
char *
bag_pool_words_format_age (gint64 age)
{
  gint64 seconds = age / G_USEC_PER_SEC;

  if (seconds < 1)
    return g_strdup (_ ("just now"));
  if (seconds < MINUTE)
    return g_strdup_printf (_ ("for %d s"), (int) seconds);
  if (seconds < HOUR)
    return g_strdup_printf (_ ("for %d min"), (int) (seconds / MINUTE));
  if (seconds < DAY)
    return g_strdup_printf (_ ("for %d h"), (int) (seconds / HOUR));

  return g_strdup_printf (ngettext ("for %" G_GINT64_FORMAT " day", "for %" G_GINT64_FORMAT " days", (gulong) (seconds / DAY)),
                          seconds / DAY);
}

/**
 * bag_pool_words_format_hits:
 * @n_hits: how often what a slot holds was asked for
 *
 * Returns: (transfer full): the same in words
 */
char *
bag_pool_words_format_hits (guint n_hits)
{
  if (n_hits == 0)
    return g_strdup (_ ("not looked at yet"));
  if (n_hits == 1)
    return g_strdup (_ ("looked at once"));

  return g_strdup_printf (ngettext ("looked at %u time", "looked at %u times", n_hits), n_hits);
}

/**
 * bag_pool_words_get_class:
 *
 * Returns: (transfer none): why a slice was taken into memory, in an operator's words
 */
const char *
bag_pool_words_get_class (BagPoolClass class)
{
  switch (class)
    {
    case BAG_POOL_CLASS_VIEW:
      return _ ("asked for");
    case BAG_POOL_CLASS_LOAD:
      return _ ("loaded with the bag");
    case BAG_POOL_CLASS_PREFETCH:
      return _ ("read ahead");
    default:
      g_assert_not_reached ();
    }
}

static char *
describe_content (guint64 tag, guint bag_number)
{
  if (tag == BAG_POOL_NO_TAG)
    return g_strdup (_ ("nothing"));
  if (bag_slice_tag_get_bag (tag) != bag_number)
    return g_strdup (_ ("a slice of an earlier bag"));

  return g_strdup_printf (_ ("slice %u"), bag_slice_tag_get_index (tag) + 1);
}

/**
 * bag_pool_words_describe_slot:
 * @slot: number of the slot, from 0
 * @bag_number: of the bag on screen, as in the slot's tag
 * @now: g_get_monotonic_time ()
 *
 * Of a free slot neither class nor hits are said: they are those of what has left it.
 *
 * Returns: (transfer full): all that is known of one slot
 */
char *
bag_pool_words_describe_slot (const BagSlotInfo *info, guint slot, guint bag_number, gint64 now)
{
  g_autofree char *content = describe_content (info->tag, bag_number);
  g_autofree char *age = bag_pool_words_format_age (now - info->since);
  g_autofree char *hits = bag_pool_words_format_hits (info->n_hits);
  const char *state = bag_pool_cell_get_label (info->state);

  if (info->state == BAG_SLOT_FREE)
    return g_strdup_printf (_ ("Slot %u: %s, %s %s"), slot + 1, content, state, age);

  return g_strdup_printf (_ ("Slot %u: %s, %s %s, %s, %s"),
                          slot + 1,
                          content,
                          state,
                          age,
                          bag_pool_words_get_class (info->class),
                          hits);
}

/**
 * bag_pool_words_count_states:
 * @with_zeros: whether to name the states that no slot is in
 *
 * Returns: (transfer full): "3 free, 1 filling, 6 ready"
 */
char *
bag_pool_words_count_states (const BagPoolRange *range, gboolean with_zeros)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    if (with_zeros || range->by_state[i] > 0)
      g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", range->by_state[i], bag_pool_cell_get_label (i));

  return g_string_free (text, FALSE);
}

/* Slices that follow each other are a range; of others it is said between which they are. */
static void
append_slices (GString *text, const BagPoolRange *range)
{
  guint first = range->first_slice + 1;
  guint last = range->last_slice + 1;

  if (range->n_slices == 0)
    return;

  g_string_append (text, "; ");
  if (range->n_slices == 1)
    g_string_append_printf (text, _ ("slice %u"), first);
  else if (range->last_slice - range->first_slice + 1 == range->n_slices)
    g_string_append_printf (text, _ ("slices %u to %u"), first, last);
  else
    g_string_append_printf (text, _ ("%u of slices %u to %u"), range->n_slices, first, last);
}

/**
 * bag_pool_words_describe_range:
 * @first_slot: number of the first slot, from 0
 *
 * Returns: (transfer full): what several slots hold, together
 */
char *
bag_pool_words_describe_range (const BagPoolRange *range, guint first_slot)
{
  GString *text = g_string_new (NULL);
  g_autofree char *states = bag_pool_words_count_states (range, FALSE);

  g_string_printf (text, _ ("Slots %u to %u: %s"), first_slot + 1, first_slot + range->n_slots, states);
  append_slices (text, range);
  if (range->n_earlier > 0)
    g_string_append_printf (text, _ ("; %u of an earlier bag"), range->n_earlier);

  return g_string_free (text, FALSE);
}
