/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "slices/bag-slice-tag.h"
#include "widgets/bag-pool-words.h"

#define BAG 3

static void
test_age (void)
{
  static const struct
  {
    gint64 age;
    const char *text;
  } rows[] = {
    { -5, "just now" },
    { 0, "just now" },
    { 999999, "just now" },
    { 1000000, "for 1 s" },
    { 59999999, "for 59 s" },
    { 60 * G_GINT64_CONSTANT (1000000), "for 1 min" },
    { 3599 * G_GINT64_CONSTANT (1000000), "for 59 min" },
    { 3600 * G_GINT64_CONSTANT (1000000), "for 1 h" },
    { 86399 * G_GINT64_CONSTANT (1000000), "for 23 h" },
    { 86400 * G_GINT64_CONSTANT (1000000), "for 1 day" },
    { 10 * 86400 * G_GINT64_CONSTANT (1000000), "for 10 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = bag_pool_words_format_age (rows[i].age);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_hits (void)
{
  static const char *const texts[] = { "not looked at yet", "looked at once", "looked at 2 times", "looked at 3 times" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = bag_pool_words_format_hits (i);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static BagSlotInfo
make_slot (BagSlotState state, guint bag, guint index)
{
  return (BagSlotInfo){ .state = state, .tag = bag_slice_tag_new (bag, index) };
}

static void
check_slot (BagSlotInfo info, guint slot, const char *wanted)
{
  g_autofree char *text = bag_pool_words_describe_slot (&info, slot, BAG, 12 * G_USEC_PER_SEC);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_slot (void)
{
  BagSlotInfo info = { .tag = BAG_POOL_NO_TAG, .n_hits = 7, .class = BAG_POOL_CLASS_LOAD };

  check_slot (info, 0, "Slot 1: nothing, free for 12 s");
  info = make_slot (BAG_SLOT_READY, BAG, 212);
  check_slot (info, 16, "Slot 17: slice 213, ready for 12 s, asked for, not looked at yet");
  info.class = BAG_POOL_CLASS_PREFETCH;
  info.n_hits = 3;
  check_slot (info, 16, "Slot 17: slice 213, ready for 12 s, read ahead, looked at 3 times");
  info.class = BAG_POOL_CLASS_LOAD;
  info.state = BAG_SLOT_SHOWN;
  info.since = 12 * G_USEC_PER_SEC;
  check_slot (info, 16, "Slot 17: slice 213, shown just now, loaded with the bag, looked at 3 times");
  info.tag = BAG_POOL_NO_TAG;
  info.state = BAG_SLOT_FILLING;
  check_slot (info, 16, "Slot 17: nothing, filling just now, loaded with the bag, looked at 3 times");
}

/* The number alone would be read as one of the bag on screen. */
static void
test_earlier_bag (void)
{
  check_slot (make_slot (BAG_SLOT_READY, BAG - 1, 212), 4, "Slot 5: a slice of an earlier bag, ready for 12 s, asked for, not looked at yet");
  check_slot (make_slot (BAG_SLOT_QUARANTINED, 0, 0), 4, "Slot 5: a slice of an earlier bag, quarantined for 12 s, asked for, not looked at yet");
}

static void
check_range (const BagSlotInfo *slots, guint n_slots, const char *wanted)
{
  g_autofree char *text = NULL;
  BagPoolRange range;

  bag_pool_range_init (&range, slots, n_slots, BAG);
  text = bag_pool_words_describe_range (&range, 40);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_range (void)
{
  BagSlotInfo slots[4] = { { .tag = BAG_POOL_NO_TAG }, { .tag = BAG_POOL_NO_TAG }, { .tag = BAG_POOL_NO_TAG }, { .tag = BAG_POOL_NO_TAG } };

  check_range (slots, 4, "Slots 41 to 44: 4 free");
  slots[2] = make_slot (BAG_SLOT_READY, BAG, 7);
  check_range (slots, 4, "Slots 41 to 44: 3 free, 1 ready; slice 8");
  slots[0] = make_slot (BAG_SLOT_FILLING, BAG, 8);
  check_range (slots, 4, "Slots 41 to 44: 2 free, 1 filling, 1 ready; slices 8 to 9");
  slots[3] = make_slot (BAG_SLOT_SHOWN, BAG, 99);
  check_range (slots, 4, "Slots 41 to 44: 1 free, 1 filling, 1 ready, 1 shown; 3 of slices 8 to 100");
  slots[3] = make_slot (BAG_SLOT_READY, BAG - 1, 9);
  check_range (slots, 4, "Slots 41 to 44: 1 free, 1 filling, 2 ready; slices 8 to 9; 1 of an earlier bag");
  slots[0] = make_slot (BAG_SLOT_QUARANTINED, BAG, 8);
  check_range (slots, 4, "Slots 41 to 44: 1 free, 2 ready, 1 quarantined; slice 8; 1 of an earlier bag");
}

/* What decides how a cell looks: the rarest first. */
static void
test_telling_state (void)
{
  static const BagSlotState by_weight[] = { BAG_SLOT_FREE, BAG_SLOT_READY, BAG_SLOT_FILLING, BAG_SLOT_QUARANTINED, BAG_SLOT_SHOWN };
  BagSlotInfo slots[G_N_ELEMENTS (by_weight)];
  BagPoolRange range;

  for (guint i = 0; i < G_N_ELEMENTS (by_weight); i++)
    {
      slots[i] = make_slot (by_weight[i], BAG, i);
      bag_pool_range_init (&range, slots, i + 1, BAG);
      g_assert_cmpint (bag_pool_range_get_state (&range), ==, by_weight[i]);
      g_assert_cmpuint (bag_pool_range_get_in_use (&range), ==, i);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pool-words/age", test_age);
  g_test_add_func ("/pool-words/hits", test_hits);
  g_test_add_func ("/pool-words/slot", test_slot);
  g_test_add_func ("/pool-words/earlier-bag", test_earlier_bag);
  g_test_add_func ("/pool-words/range", test_range);
  g_test_add_func ("/pool-words/telling-state", test_telling_state);

  return g_test_run ();
}
