/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-banner.h"

#include "bag-test-display.h"

static void
count (guint *number)
{
  *number += 1;
}

static void
test_summary (void)
{
  g_autofree char *one = bag_banner_summarize ("gap: slices are missing");
  g_autofree char *two = bag_banner_summarize ("first\nsecond");
  g_autofree char *three = bag_banner_summarize ("first\nsecond\nthird");

  g_assert_cmpstr (one, ==, "gap: slices are missing");
  g_assert_cmpstr (two, ==, "first (and 1 more)");
  g_assert_cmpstr (three, ==, "first (and 2 more)");
}

static void
test_notify_on_change_only (void)
{
  g_autoptr (BagBanner) banner = g_object_ref_sink (BAG_BANNER (bag_banner_new (BAG_BANNER_ERROR)));
  guint n_texts = 0, n_kinds = 0;

  g_signal_connect_swapped (banner, "notify::text", G_CALLBACK (count), &n_texts);
  g_signal_connect_swapped (banner, "notify::kind", G_CALLBACK (count), &n_kinds);
  bag_banner_set_text (banner, NULL);
  g_assert_cmpuint (n_texts, ==, 0);
  bag_banner_set_text (banner, "one");
  bag_banner_set_text (banner, "one");
  g_assert_cmpuint (n_texts, ==, 1);
  bag_banner_set_kind (banner, BAG_BANNER_ERROR);
  g_assert_cmpuint (n_kinds, ==, 0);
  bag_banner_set_kind (banner, BAG_BANNER_WARNING);
  g_assert_cmpuint (n_kinds, ==, 1);
  g_assert_cmpstr (bag_banner_get_text (banner), ==, "one");
}

static void
test_life (void)
{
  BagBanner *banner = g_object_ref_sink (BAG_BANNER (bag_banner_new (BAG_BANNER_WARNING)));

  bag_banner_set_text (banner, "one\ntwo");
  g_assert_finalize_object (banner);
}

static void
press (GSimpleAction *action, GVariant *parameter, gpointer number)
{
  count (number);
}

/* The button is there only with an offer, and does what it offers. */
static void
test_offer (void)
{
  BagBanner *banner = BAG_BANNER (bag_banner_new (BAG_BANNER_ERROR));
  GtkWidget *window = bag_test_show (GTK_WIDGET (banner), 400, 100);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("open-folder", NULL);
  GtkWidget *button = bag_test_find_widget (GTK_WIDGET (banner), GTK_TYPE_BUTTON, "offer");
  guint n = 0;

  g_signal_connect (action, "activate", G_CALLBACK (press), &n);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  g_assert_false (gtk_widget_get_visible (button));
  bag_banner_set_offer (banner, "Open _Folder…", "win.open-folder");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n, ==, 1);
  bag_banner_set_offer (banner, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/banner/summary", test_summary);
      g_test_add_func ("/banner/notify-on-change-only", test_notify_on_change_only);
      g_test_add_func ("/banner/offer", test_offer);
      g_test_add_func ("/banner/life", test_life);
    }

  return g_test_run ();
}
