/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-window.h"
#include "decoder/bag-isolation-wish.h"
#include "widgets/bag-shield.h"

#include "bag-test-display.h"

typedef struct
{
  const char *isolation, *words, *name;
  gboolean warns;
} Case;

static const Case cases[] = {
  { "full", "Isolated", "Decoder isolation: full", FALSE },
  { "seccomp", "Seccomp only", "Decoder isolation: seccomp only", FALSE },
  { "off", "Not isolated", "Decoder isolation: off", TRUE },
  { NULL, "Not started", "Decoder isolation: not started", FALSE },
  { "anything", "Not started", "Decoder isolation: not started", FALSE },
};

static void
test_words (void)
{
  g_autoptr (GtkWidget) shield = g_object_ref_sink (bag_shield_new ());
  const char *icons[G_N_ELEMENTS (cases)];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      bag_shield_set_isolation (BAG_SHIELD (shield), cases[i].isolation);
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (bag_test_find_widget (shield, GTK_TYPE_LABEL, NULL))), ==, cases[i].words);
      gtk_test_accessible_assert_property (shield, GTK_ACCESSIBLE_PROPERTY_LABEL, cases[i].name);
      g_assert_cmpint (gtk_widget_has_css_class (shield, "warning"), ==, cases[i].warns);
      g_assert_nonnull (gtk_widget_get_tooltip_text (shield));
      icons[i] = g_intern_string (gtk_image_get_icon_name (GTK_IMAGE (bag_test_find_widget (shield, GTK_TYPE_IMAGE, NULL))));
      for (guint j = 0; j < MIN (i, 4); j++)
        g_assert_true (i == 4 || icons[i] != icons[j]);
    }
  g_assert_cmpstr (icons[3], ==, icons[4]);
}

static gboolean
says (BagShield *shield, const char *isolation)
{
  return g_strcmp0 (bag_shield_get_isolation (shield), isolation) == 0;
}

/* From the process to the header bar, without any file. */
static void
test_window (void)
{
  g_autoptr (BagSession) session = bag_session_new (0);
  GtkWidget *window = bag_window_new (NULL, session);
  BagShield *shield = BAG_SHIELD (bag_test_find_widget (window, BAG_TYPE_SHIELD, NULL));

  g_assert_true (says (shield, NULL));
  g_assert_true (bag_isolation_wish_set ("seccomp"));
  bag_session_start_decoders (session);
  bag_test_wait_until (says (shield, "seccomp"));
  g_assert_cmpstr (bag_session_get_isolation (session), ==, "seccomp");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/shield/words", test_words);
      g_test_add_func ("/shield/window", test_window);
    }

  return g_test_run ();
}
