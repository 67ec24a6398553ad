/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"

#include "widgets/bag-pool-panel.h"
#include "widgets/bag-pool-warning.h"

#include "pool/bag-slice.h"

#include <string.h>

#define MIB (G_GUINT64_CONSTANT (1) << 20)

static BagPoolStats
new_stats (guint n_slots, guint in_use)
{
  BagPoolStats stats = { .n_slots = n_slots, .in_use = in_use, .stride = MIB, .reserve = 2 };

  stats.by_state[BAG_SLOT_READY] = in_use;

  return stats;
}

static const char *
get_text (gpointer warning, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (bag_test_find_widget (warning, GTK_TYPE_LABEL, id)));
}

static void
on_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_words (void)
{
  const char *description = "The bag takes 95 % of the memory budget. A larger bag will be shown in parts; raise the budget to avoid that.";
  BagPoolWarning *warning = g_object_ref_sink (bag_pool_warning_new ());
  BagPoolStats stats = new_stats (100, 89);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (warning)));
  bag_pool_warning_update (warning, &stats, 95, 100 * MIB);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (warning)));

  stats.in_use = 90;
  bag_pool_warning_update (warning, &stats, 95, 100 * MIB);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (warning)));
  g_assert_cmpstr (get_text (warning, "cause"), ==, "The bag takes 95 % of the memory budget");
  g_assert_cmpstr (get_text (warning, "remedy"), ==, "A larger bag will be shown in parts; raise the budget to avoid that");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_LABEL, "Memory warning");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  stats.in_use = 84;
  bag_pool_warning_update (warning, &stats, 95, 100 * MIB);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (warning)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_assert_finalize_object (warning);
}

/* Between the two limits it neither comes nor goes, and no label is touched. */
static void
test_calm (void)
{
  BagPoolWarning *warning = g_object_ref_sink (bag_pool_warning_new ());
  BagPoolStats stats = new_stats (16, 14);
  guint n_changes = 0;

  bag_pool_warning_update (warning, &stats, 600, 16 * MIB);
  g_assert_cmpstr (get_text (warning, "cause"), ==, "This bag has 600 slices, and memory holds 14 of them at a time");
  g_signal_connect (warning, "notify::visible", G_CALLBACK (on_notify), &n_changes);
  g_signal_connect (bag_test_find_widget (GTK_WIDGET (warning), GTK_TYPE_LABEL, "cause"), "notify::label", G_CALLBACK (on_notify), &n_changes);
  g_signal_connect (bag_test_find_widget (GTK_WIDGET (warning), GTK_TYPE_LABEL, "remedy"), "notify::label", G_CALLBACK (on_notify), &n_changes);
  for (guint i = 0; i < 200; i++)
    {
      stats.in_use = 12 + i % 5;
      stats.by_state[BAG_SLOT_FILLING] = i % 3;
      stats.evictions = i;
      bag_pool_warning_update (warning, &stats, 600, 16 * MIB);
    }
  g_assert_cmpuint (n_changes, ==, 0);

  stats.heap_in_use = 1;
  bag_pool_warning_update (warning, &stats, 600, 16 * MIB);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_finalize_object (warning);
}

/* The panel tells it of the pool, the bag and the budget. */
static void
test_panel (void)
{
  BagPool *pool = bag_pool_new (1024, 10, NULL);
  g_autoptr (BagPoolMonitor) monitor = bag_pool_monitor_new ();
  g_autoptr (GPtrArray) slices = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_slice_unref);
  BagPoolPanel *panel = bag_pool_panel_new ();
  GtkWidget *warning = bag_test_find_widget (GTK_WIDGET (panel), BAG_TYPE_POOL_WARNING, NULL);
  GtkWidget *window = NULL;
  guint64 budget = 1;
  guint n_notify = 0;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_panel_set_monitor (panel, monitor);
  window = bag_test_show (GTK_WIDGET (panel), 320, 700);
  g_assert_false (gtk_widget_get_visible (warning));

  g_signal_connect (panel, "notify::budget", G_CALLBACK (on_notify), &n_notify);
  g_object_get (panel, "budget", &budget, NULL);
  g_assert_cmpuint (budget, ==, 0);
  g_object_set (panel, "n-slices", 8, "budget", (guint64) 10 * 1024, NULL);
  g_object_set (panel, "budget", (guint64) 10 * 1024, NULL);
  g_assert_cmpuint (n_notify, ==, 1);
  g_assert_false (gtk_widget_get_visible (warning));

  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (slices, bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 1024, NULL));
  bag_test_wait_until (gtk_widget_get_mapped (warning));
  g_assert_cmpstr (get_text (warning, "cause"), ==, "The bag takes 90 % of the memory budget");

  g_object_set (panel, "budget", (guint64) 20 * 1024, NULL);
  g_assert_false (gtk_widget_get_visible (warning));
  g_object_set (panel, "budget", (guint64) 10 * 1024, "n-slices", 9, NULL);
  g_assert_cmpstr (get_text (warning, "cause"), ==, "This bag has 9 slices, and memory holds 8 of them at a time");

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_set_size (slices, 0);
  bag_pool_unref (pool);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/pool-warning/words", test_words);
      g_test_add_func ("/pool-warning/calm", test_calm);
      g_test_add_func ("/pool-warning/panel", test_panel);
    }

  return g_test_run ();
}
