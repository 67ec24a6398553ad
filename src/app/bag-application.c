/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-application"

#include "config.h"

#include "app/bag-application.h"

#include "app/bag-figures.h"
#include "app/bag-screenshot.h"
#include "app/bag-settings.h"
#include "app/bag-window-keys.h"
#include "app/bag-window.h"

#include <glib/gi18n.h>

/**
 * BagApplication:
 *
 * The program: one process, one window, one pool. Processes do not share a
 * window: a second bag beside the first is a second process with memory of its
 * own, so that neither can show the other's slices.
 */
struct _BagApplication
{
  GtkApplication parent_instance;

  /* Owned */
  BagOptions *options;
  GSettings *settings;
  int exit_status;
};

G_DEFINE_FINAL_TYPE (BagApplication, bag_application, GTK_TYPE_APPLICATION)

static BagWindow *
get_window (gpointer application)
{
  return BAG_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static void
on_save_figures_activated (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  BagWindow *window = get_window (application);

  if (window != NULL)
    bag_figures_ask_and_save (window);
}

static void
on_save_figures_to_activated (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  BagWindow *window = get_window (application);

  if (window != NULL)
    bag_figures_save (window, g_variant_get_string (parameter, NULL));
}

static void
on_shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  BagWindow *window = get_window (application);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  gtk_show_about_dialog (GTK_WINDOW (get_window (application)),
                         "program-name",
                         "Bagscope",
                         "logo-icon-name",
                         BAG_APP_ID,
                         "version",
                         BAG_VERSION,
                         "comments",
                         _ ("Look through CT scans of bags, slice by slice, and watch the memory that makes it fast."),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (G_APPLICATION (application));
}

static const GActionEntry entries[] = {
  { .name = "about", .activate = on_about_activated },
  { .name = "quit", .activate = on_quit_activated },
  { .name = "save-figures", .activate = on_save_figures_activated },
  { .name = "save-figures-to", .activate = on_save_figures_to_activated, .parameter_type = "s" },
  { .name = "shortcuts", .activate = on_shortcuts_activated },
};

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/bagscope/Bagscope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* Grey values are judged best in dark surroundings. */
static void
prefer_dark (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", TRUE, NULL);
}

static void
on_screenshot_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagApplication) self = BAG_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (!bag_screenshot_take_finish (result, &error))
    {
      g_printerr ("%s\n", error->message);
      self->exit_status = 1;
    }
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

static void
open_what_was_asked (BagApplication *self, BagWindow *window)
{
  if (self->options->slice > 0)
    bag_window_show_slice (window, self->options->slice);

  if (self->options->open_demo)
    bag_window_open_demo (window);
  else if (self->options->paths != NULL)
    bag_window_open (window, (const char *const *) self->options->paths);
}

/* A picture must not depend on how the window was left the last time, nor show
 * a bar that is still sliding in. */
static void
prepare_window (BagApplication *self, BagWindow *window)
{
  if (self->options->screenshot != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (self->settings != NULL && self->options->screenshot == NULL && self->options->width == 0)
    bag_window_bind_settings (window, self->settings);
  if (self->options->width > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), self->options->width, self->options->height);
}

static BagWindow *
create_window (BagApplication *self)
{
  g_autoptr (BagSession) session = bag_session_new (self->options->pool_budget);
  BagWindow *window = NULL;

  /* A budget from the command line is for this once. */
  if (self->settings != NULL && self->options->pool_budget == 0)
    bag_settings_bind_budget (self->settings, session);
  bag_settings_bind_limits (self->settings, session, &self->options->limits);
  bag_session_start_decoders (session);
  window = BAG_WINDOW (bag_window_new (GTK_APPLICATION (self), session));
  prepare_window (self, window);

  return window;
}

/* The program stays until the picture is written, also when its window is closed. */
static void
take_screenshot (BagApplication *self, BagWindow *window)
{
  g_application_hold (G_APPLICATION (self));
  bag_screenshot_take_async (GTK_WINDOW (window),
                             bag_window_get_session (window),
                             self->options->paths != NULL ? self->options->paths[0] : "demo",
                             self->options->slice,
                             self->options->screenshot,
                             NULL,
                             on_screenshot_ready,
                             g_object_ref (self));
}

static void
bag_application_activate (GApplication *application)
{
  BagApplication *self = BAG_APPLICATION (application);
  BagWindow *window = get_window (self);

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }

  window = create_window (self);
  gtk_window_present (GTK_WINDOW (window));
  open_what_was_asked (self, window);
  if (self->options->screenshot != NULL)
    take_screenshot (self, window);
}

static void
bag_application_startup (GApplication *application)
{
  BagApplication *self = BAG_APPLICATION (application);

  G_APPLICATION_CLASS (bag_application_parent_class)->startup (application);

  self->settings = bag_settings_new ();
  load_style ();
  prefer_dark ();
  gtk_window_set_default_icon_name (BAG_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  bag_window_keys_set_accels (GTK_APPLICATION (self));
}

static void
bag_application_finalize (GObject *object)
{
  BagApplication *self = BAG_APPLICATION (object);

  g_clear_pointer (&self->options, bag_options_free);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bag_application_parent_class)->finalize (object);
}

static void
bag_application_class_init (BagApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = bag_application_finalize;
  application_class->activate = bag_application_activate;
  application_class->startup = bag_application_startup;
}

static void
bag_application_init (BagApplication *self)
{
}

/**
 * bag_application_new:
 * @options: (transfer full): what the command line asks for
 *
 * Returns: (transfer full): the program
 */
BagApplication *
bag_application_new (BagOptions *options)
{
  BagApplication *self;

  g_return_val_if_fail (options != NULL, NULL);

  self = g_object_new (BAG_TYPE_APPLICATION,
                       "application-id",
                       BAG_APP_ID,
                       "flags",
                       G_APPLICATION_NON_UNIQUE,
                       NULL);
  self->options = options;

  return self;
}

/**
 * bag_application_get_exit_status:
 *
 * Returns: 0, or 1 when a picture of the window was asked for and not written
 */
int
bag_application_get_exit_status (BagApplication *self)
{
  g_return_val_if_fail (BAG_IS_APPLICATION (self), 1);

  return self->exit_status;
}
