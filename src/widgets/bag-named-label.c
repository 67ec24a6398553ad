/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-named-label"

#include "config.h"

#include "widgets/bag-named-label.h"

/* A GtkLabel makes whatever it says its accessible name. A label whose text changes
 * needs a name by which it can be found, so the name is set again after each change
 * and the text becomes the description. */

static void
tell (GtkLabel *label, GParamSpec *pspec, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (label),
                                  -1);
}

static void
free_name (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * bag_named_label_set_name:
 * @label: a label; to be called once
 * @name: its accessible name from now on, whatever it says
 */
void
bag_named_label_set_name (GtkLabel *label, const char *name)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (name != NULL);

  g_signal_connect_data (label, "notify::label", G_CALLBACK (tell), g_strdup (name), free_name, G_CONNECT_AFTER);
  tell (label, NULL, name);
}

/**
 * bag_named_label_new_caption:
 * @text: what to say
 *
 * A caption of something that has the same words for its accessible name: it is seen,
 * but a screen reader is not told twice.
 *
 * Returns: (transfer full): a label, aligned to the left
 */
GtkWidget *
bag_named_label_new_caption (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "label",
                       text,
                       "xalign",
                       0.0f,
                       NULL);
}
