/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window"

#include "config.h"

#include "app/bag-window.h"

#include "app/bag-settings.h"
#include "app/bag-window-actions.h"
#include "app/bag-window-drop.h"
#include "app/bag-window-keys.h"
#include "app/bag-window-types.h"
#include "scan/bag-phantom.h"
#include "widgets/bag-banner.h"
#include "widgets/bag-facts-panel.h"
#include "widgets/bag-level-panel.h"
#include "widgets/bag-pool-panel.h"
#include "widgets/bag-slice-ruler.h"
#include "widgets/bag-slice-view.h"
#include "widgets/bag-status-bar.h"

#include <glib/gi18n.h>

/**
 * BagWindow:
 *
 * One bag on the screen: the picture with its ruler in the middle, what the operator may want to know
 * at the side, messages above, figures below. It wires widgets to the session and decides nothing.
 */
struct _BagWindow
{
  GtkApplicationWindow parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;
  GCancellable *cancellable;
  char *own_message; /* of the window; shown instead of the session's */
  char *folder;      /* (nullable) where what was opened last lies */
  gboolean notice_closed;
  guint pending_slice; /* from 1; to show once the scan is there. 0: none */

  /* Template */
  BagBanner *error_banner;
  BagBanner *notice_banner;
  BagStatusBar *status;
  GtkStack *stack;
  GtkWidget *facts;
  GtkWidget *levels;
  GtkWidget *pool;
  GtkWidget *scans;
  GtkWidget *side;
  GtkWidget *view;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagWindow, bag_window, GTK_TYPE_APPLICATION_WINDOW)

static void
update_banners (BagWindow *self)
{
  const char *message = bag_session_get_message (self->session);
  const char *notice = self->notice_closed ? NULL : bag_session_get_notice (self->session);
  gboolean lacks_scan = self->own_message == NULL && message != NULL && g_strcmp0 (bag_session_get_error_name (self->session), "not-an-image") == 0;

  bag_banner_set_text (self->error_banner, self->own_message != NULL ? self->own_message : message);
  bag_banner_set_offer (self->error_banner, lacks_scan ? _ ("Open _Folder…") : NULL, "win.open-folder");
  bag_banner_set_text (self->notice_banner, notice);
}

static void
apply_pending_slice (BagWindow *self)
{
  guint n_slices = bag_session_get_n_slices (self->session);
  guint number = self->pending_slice;
  g_autofree char *text = NULL;

  self->pending_slice = 0;
  if (number == 0)
    return;

  bag_session_set_slice_index (self->session, MIN (number, n_slices) - 1);
  if (number <= n_slices)
    return;

  text = g_strdup_printf (_ ("Slice %u was asked for; this bag has %u."), number, n_slices);
  bag_window_show_message (self, text);
}

static void
on_message_changed (BagWindow *self)
{
  if (bag_session_get_message (self->session) != NULL)
    {
      g_clear_pointer (&self->own_message, g_free);
      self->pending_slice = 0; /* of the bag that did not open, not of the next one */
    }
  update_banners (self);
}

static void
on_notice_changed (BagWindow *self)
{
  self->notice_closed = FALSE;
  update_banners (self);
}

static void
update_page (BagWindow *self)
{
  const char *page = bag_session_get_loading (self->session) ? "loading" : "empty";

  gtk_stack_set_visible_child_name (self->stack, bag_session_get_scan (self->session) != NULL ? "picture" : page);
}

static void
on_scan_changed (BagWindow *self)
{
  gboolean has_scan = bag_session_get_scan (self->session) != NULL;

  bag_window_actions_set_has_scan (G_ACTION_MAP (self), has_scan);
  update_page (self);
  if (!has_scan)
    return;

  apply_pending_slice (self);
  gtk_widget_grab_focus (self->view);
}

static void
on_error_closed (BagWindow *self)
{
  g_clear_pointer (&self->own_message, g_free);
  bag_session_dismiss_message (self->session);
  update_banners (self);
}

static void
on_notice_closed (BagWindow *self)
{
  self->notice_closed = TRUE;
  update_banners (self);
}

static void
on_panel_visible_changed (BagWindow *self)
{
  GtkWidget *panel = self->facts != NULL ? gtk_widget_get_first_child (gtk_widget_get_parent (self->facts)) : NULL;

  while (panel != NULL && !gtk_widget_get_visible (panel))
    panel = gtk_widget_get_next_sibling (panel);
  if (self->side != NULL)
    gtk_widget_set_visible (self->side, panel != NULL);
}

static void
connect_session (BagWindow *self)
{
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::message", G_CALLBACK (on_message_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::notice", G_CALLBACK (on_notice_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::loading", G_CALLBACK (update_page), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (on_scan_changed), self);
  g_signal_group_set_target (self->session_signals, self->session);
}

static void
bag_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_WINDOW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_set_object (&BAG_WINDOW (object)->session, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_window_constructed (GObject *object)
{
  BagWindow *self = BAG_WINDOW (object);

  G_OBJECT_CLASS (bag_window_parent_class)->constructed (object);

  g_assert (self->session != NULL);
  connect_session (self);
  g_object_bind_property (self->session, "title", self, "title", G_BINDING_SYNC_CREATE);
  g_object_set (self->pool, "monitor", bag_session_get_pool_monitor (self->session), NULL);
  bag_window_actions_add (self);
  bag_window_actions_add_panels (self, self->facts, self->levels, self->pool, self->scans);
  bag_window_keys_add (GTK_WINDOW (self));
  bag_window_drop_add (self);
  on_scan_changed (self);
  update_banners (self);
}

static void
bag_window_dispose (GObject *object)
{
  BagWindow *self = BAG_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session_signals);
  bag_window_actions_let_go (G_ACTION_MAP (self));

  G_OBJECT_CLASS (bag_window_parent_class)->dispose (object);
}

static void
bag_window_finalize (GObject *object)
{
  BagWindow *self = BAG_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->own_message, g_free);

  G_OBJECT_CLASS (bag_window_parent_class)->finalize (object);
}

static void
bag_window_class_init (BagWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_window_get_property;
  object_class->set_property = bag_window_set_property;
  object_class->constructed = bag_window_constructed;
  object_class->dispose = bag_window_dispose;
  object_class->finalize = bag_window_finalize;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bag_window_types_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BagWindow, error_banner);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, notice_banner);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, status);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, levels);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, pool);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, scans);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, side);
  gtk_widget_class_bind_template_child (widget_class, BagWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_error_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_panel_visible_changed);
}

static void
bag_window_init (BagWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bag_window_new:
 * @application: (nullable): the application
 * @session: the session to show; one window a session
 *
 * Returns: (transfer none): a window, owned by GTK until it is destroyed
 */
GtkWidget *
bag_window_new (GtkApplication *application, BagSession *session)
{
  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (BAG_IS_SESSION (session), NULL);

  return g_object_new (BAG_TYPE_WINDOW, "application", application, "session", session, NULL);
}

/**
 * bag_window_get_session:
 *
 * Returns: (transfer none): the session that the window shows
 */
BagSession *
bag_window_get_session (BagWindow *self)
{
  g_return_val_if_fail (BAG_IS_WINDOW (self), NULL);

  return self->session;
}

/**
 * bag_window_get_view:
 *
 * Returns: (transfer none): the picture
 */
GtkWidget *
bag_window_get_view (BagWindow *self)
{
  g_return_val_if_fail (BAG_IS_WINDOW (self), NULL);

  return self->view;
}

/**
 * bag_window_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the window goes
 */
GCancellable *
bag_window_get_cancellable (BagWindow *self)
{
  g_return_val_if_fail (BAG_IS_WINDOW (self), NULL);

  return self->cancellable;
}

/* Returns: (nullable): where what was opened last lies, whether or not it could be shown */
const char *
bag_window_get_folder (BagWindow *self)
{
  return self->folder;
}

/**
 * bag_window_open:
 * @paths: (array zero-terminated=1): files or folders
 *
 * Opens the scan in @paths in place of the one on screen. Without a path it
 * says that only files on this machine can be opened.
 */
void
bag_window_open (BagWindow *self, const char *const *paths)
{
  g_return_if_fail (BAG_IS_WINDOW (self));
  g_return_if_fail (paths != NULL);

  bag_window_dismiss_messages (self);
  if (paths[0] == NULL)
    {
      bag_window_show_message (self, _ ("Only files on this machine can be opened"));
      return;
    }

  g_free (self->folder);
  self->folder = g_path_is_absolute (paths[0]) ? g_path_get_dirname (paths[0]) : NULL;
  bag_session_open (self->session, paths);
}

/**
 * bag_window_open_demo:
 *
 * Opens the made-up bag.
 */
void
bag_window_open_demo (BagWindow *self)
{
  g_return_if_fail (BAG_IS_WINDOW (self));

  bag_window_dismiss_messages (self);
  bag_session_open_demo (self->session, BAG_PHANTOM_SEED);
}

/**
 * bag_window_show_slice:
 * @number: a slice, counted from 1
 *
 * Shows that slice of the bag on screen, or of the one that is being opened.
 */
void
bag_window_show_slice (BagWindow *self, guint number)
{
  g_return_if_fail (BAG_IS_WINDOW (self));
  g_return_if_fail (number > 0);

  self->pending_slice = number;
  if (bag_session_get_scan (self->session) != NULL && !bag_session_get_loading (self->session))
    apply_pending_slice (self);
}

/**
 * bag_window_ask_for_slice:
 *
 * Opens the entry for a slice number.
 */
void
bag_window_ask_for_slice (BagWindow *self)
{
  g_return_if_fail (BAG_IS_WINDOW (self));

  bag_status_bar_ask_for_slice (self->status);
}

/**
 * bag_window_show_message:
 * @text: what went wrong, in plain words
 */
void
bag_window_show_message (BagWindow *self, const char *text)
{
  g_return_if_fail (BAG_IS_WINDOW (self) && text != NULL);

  g_free (self->own_message);
  self->own_message = g_strdup (text);
  update_banners (self);
}

/**
 * bag_window_dismiss_messages:
 *
 * Takes away what the error bar says.
 */
void
bag_window_dismiss_messages (BagWindow *self)
{
  g_return_if_fail (BAG_IS_WINDOW (self));

  on_error_closed (self);
}

/**
 * bag_window_bind_settings:
 * @settings: the settings of the program
 *
 * Takes size and panels of the window from @settings, and keeps them there.
 */
void
bag_window_bind_settings (BagWindow *self, GSettings *settings)
{
  g_return_if_fail (BAG_IS_WINDOW (self) && G_IS_SETTINGS (settings));

  bag_settings_bind_window (settings, GTK_WINDOW (self));
  bag_settings_bind_panels (settings, self->facts, self->levels, self->pool, self->scans);
}
