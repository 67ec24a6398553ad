/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-ruler-words.h"

typedef struct
{
  BagRulerWords words;
  const char *value, *tooltip;
} WordsCase;

static const WordsCase cases[] = {
  { { 600, 213, 212, BAG_SLICE_STATE_READY, TRUE }, "Slice 213 of 600, in memory, seen", "Slice 213: in memory, seen\n213 of 600 seen" },
  { { 600, 0, 0, BAG_SLICE_STATE_READY, FALSE }, "Slice 1 of 600, in memory, not seen yet", "Slice 1: in memory, not seen yet\n0 of 600 seen" },
  { { 2, 1, 1, BAG_SLICE_STATE_LOADING, FALSE }, "Slice 2 of 2, loading, not seen yet", "Slice 2: loading, not seen yet\n1 of 2 seen" },
  { { 2, 1, 1, BAG_SLICE_STATE_LOADING, TRUE }, "Slice 2 of 2, loading, seen", "Slice 2: loading, seen\n1 of 2 seen" },
  { { 2, 1, 1, BAG_SLICE_STATE_FAILED, FALSE }, "Slice 2 of 2, failed, not seen yet", "Slice 2: failed, not seen yet\n1 of 2 seen" },
  { { 2, 1, 1, BAG_SLICE_STATE_FAILED, TRUE }, "Slice 2 of 2, failed, seen", "Slice 2: failed, seen\n1 of 2 seen" },
  { { 2, 1, 1, BAG_SLICE_STATE_ABSENT, FALSE }, "Slice 2 of 2, not in memory, not seen yet", "Slice 2: not in memory, not seen yet\n1 of 2 seen" },
  { { 2, 1, 0, BAG_SLICE_STATE_ABSENT, TRUE }, "Slice 1 of 2, not in memory, seen", "Slice 1: not in memory, seen\n1 of 2 seen" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = bag_ruler_words_format_value (&cases[i].words);
      g_autofree char *tooltip = bag_ruler_words_format_tooltip (&cases[i].words);

      g_assert_cmpstr (value, ==, cases[i].value);
      g_assert_cmpstr (tooltip, ==, cases[i].tooltip);
    }
}

static void
test_without_scan (void)
{
  BagRulerWords words = { 0 };
  g_autofree char *value = bag_ruler_words_format_value (&words);

  g_assert_cmpstr (value, ==, "No slices");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruler-words/cases", test_cases);
  g_test_add_func ("/ruler-words/without-scan", test_without_scan);

  return g_test_run ();
}
