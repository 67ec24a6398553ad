/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-session-status.h"

#include <glib/gi18n.h>

/*
 * How a bag comes and goes. Of several openings the last one counts: each has a
 * cancellable of its own, and a result whose cancellable is not the session's
 * any more is dropped. A bag that cannot be opened leaves the one on screen as
 * it is.
 */

typedef struct
{
  GWeakRef session;

  /* Owned */
  GCancellable *cancellable;
  char *name; /* what is opened, for a message */

  guint n_more_paths;
} BagOpening;

static BagOpening *
bag_opening_new (BagSession *session, const char *name, guint n_more_paths)
{
  BagOpening *self = g_new0 (BagOpening, 1);

  g_weak_ref_init (&self->session, session);
  self->cancellable = g_cancellable_new ();
  self->name = g_strdup (name);
  self->n_more_paths = n_more_paths;

  return self;
}

static void
bag_opening_free (BagOpening *self)
{
  g_weak_ref_clear (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->name, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagOpening, bag_opening_free)

static void
set_progress (BagSession *self, char *text, double fraction)
{
  bag_session_set_text (self, &self->opening_text, BAG_SESSION_PROP_OPENING_TEXT, text);
  if (self->opening_fraction == fraction)
    return;

  self->opening_fraction = fraction;
  bag_session_notify (self, BAG_SESSION_PROP_OPENING_FRACTION);
}

static void
on_progress (guint n_done, guint n_files, gpointer user_data)
{
  const BagOpening *opening = user_data;
  g_autoptr (BagSession) self = g_weak_ref_get (&((BagOpening *) user_data)->session);

  if (self != NULL && self->opening == opening->cancellable)
    set_progress (self, bag_format_progress (n_done, n_files), (double) n_done / MAX (n_files, 1));
}

static void
set_opening (BagSession *self, GCancellable *cancellable)
{
  gboolean was_loading = self->opening != NULL;

  set_progress (self, g_strdup (""), 0);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_set_object (&self->opening, cancellable);
  if (was_loading != (cancellable != NULL))
    bag_session_notify (self, BAG_SESSION_PROP_LOADING);
  bag_session_update_shelf (self);
}

/**
 * bag_session_cancel_opening:
 *
 * Gives up the bag that is being opened; the one on screen stays. Nothing happens without one.
 */
void
bag_session_cancel_opening (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  set_opening (self, NULL);
}

static BagOpening *
begin_opening (BagSession *self, const char *name, guint n_more_paths)
{
  BagOpening *opening = bag_opening_new (self, name, n_more_paths);

  set_opening (self, opening->cancellable);
  bag_session_dismiss_message (self);

  return opening;
}

static void
set_scans (BagSession *self, const GPtrArray *scans)
{
  bag_session_forget_seen (self);
  g_list_store_splice (self->scans,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->scans)),
                       scans != NULL ? scans->pdata : NULL,
                       scans != NULL ? scans->len : 0);
  bag_scan_shelf_set_scans (self->shelf, scans);
}

static gboolean
are_same_scans (BagSession *self, const GPtrArray *scans)
{
  g_autoptr (GObject) first = g_list_model_get_item (G_LIST_MODEL (self->scans), 0);

  return first != NULL && first == g_ptr_array_index (scans, 0);
}

/* All that says which bag this is changes together with the slice on screen. */
static void
set_scan (BagSession *self, BagScan *scan, char *notice)
{
  const char *bag_id = scan != NULL ? bag_scan_get_bag_id (scan) : "";
  guint former_n_slices = bag_session_get_n_slices (self);

  bag_session_stop_slices (self);
  bag_session_drop_slice (self);
  if (self->slice_index != 0)
    bag_session_notify (self, BAG_SESSION_PROP_SLICE_INDEX);
  if ((self->slice_index != 0 && self->scan != NULL) || (self->scan != NULL) != (scan != NULL))
    bag_session_notify (self, BAG_SESSION_PROP_SLICE_NUMBER);
  self->slice_index = 0;

  if (scan != NULL)
    {
      self->bag_number++;
      bag_session_notify (self, BAG_SESSION_PROP_BAG_NUMBER);
    }
  if (g_set_object (&self->scan, scan))
    {
      bag_session_notify (self, BAG_SESSION_PROP_SCAN);
      bag_session_take_alarms (self);
    }
  bag_session_forget_elements (self);
  bag_session_update_elements (self);
  bag_session_update_seen (self);
  if (bag_session_get_n_slices (self) != former_n_slices)
    bag_session_notify (self, BAG_SESSION_PROP_N_SLICES);
  bag_session_set_text (self, &self->bag_id, BAG_SESSION_PROP_BAG_ID, g_strdup (bag_id));
  bag_session_set_text (self, &self->title, BAG_SESSION_PROP_TITLE, bag_format_title (bag_id));
  bag_session_set_text (self, &self->notice, BAG_SESSION_PROP_NOTICE, notice);
}

static void
show_scan (BagSession *self, const BagOpened *opened, BagPool *pool)
{
  BagScan *scan = g_ptr_array_index (opened->scans, opened->chosen);
  guint n_slices = bag_scan_get_n_slices (scan);
  guint n_changed = MAX (bag_session_get_n_slices (self), n_slices);

  g_object_freeze_notify (G_OBJECT (self));
  set_scan (self, scan, bag_session_format_notice (self, scan, opened->chosen, opened->scans->len));
  if (!are_same_scans (self, opened->scans))
    set_scans (self, opened->scans);
  bag_scan_shelf_set_current (self->shelf, scan);
  bag_session_use_pool (self, pool);
  bag_pool_count_scan (pool);
  self->scan_window = opened->window;
  bag_session_reset_window (self);
  bag_session_start_slices (self);
  bag_session_update_slice (self);
  g_object_thaw_notify (G_OBJECT (self));
  bag_session_emit_states_changed (self, 0, n_changed - 1);
}

static void
take_opened (BagSession *self, const BagOpening *opening, const BagOpened *opened, GError *open_error)
{
  g_autoptr (BagPool) pool = NULL;
  g_autoptr (GError) error = open_error;

  if (opened != NULL && bag_session_prepare_pool (self, g_ptr_array_index (opened->scans, opened->chosen), &pool, &error))
    {
      show_scan (self, opened, pool);
      return;
    }

  self->message_error = bag_error_name_of (error);
  bag_session_set_text (self, &self->message, BAG_SESSION_PROP_MESSAGE, bag_format_open_error (opening->name, opening->n_more_paths, error));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagOpening) opening = user_data;
  g_autoptr (BagSession) self = g_weak_ref_get (&opening->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagOpened) opened = bag_opener_finish (result, &error);

  if (self == NULL || self->opening != opening->cancellable)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  take_opened (self, opening, opened, g_steal_pointer (&error));
  set_opening (self, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_open:
 * @paths: (array zero-terminated=1): files and folders; nothing happens without any
 *
 * Opens a bag in the background; the one on screen stays until the new one is there, and
 * when it cannot be opened. Of several calls the last one counts.
 */
void
bag_session_open (BagSession *self, const char *const *paths)
{
  BagOpening *opening = NULL;

  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (paths != NULL);

  if (paths[0] == NULL)
    return;

  bag_session_start_decoders (self);
  bag_decoder_set_limits (self->decoder, &self->limits);
  opening = begin_opening (self, paths[0], g_strv_length ((char **) paths) - 1);
  bag_opener_open_async (paths, self->decoder, on_progress, opening->cancellable, on_opened, opening);
}

/**
 * bag_session_open_demo:
 * @seed: which made-up bag
 *
 * As bag_session_open(), for a bag that needs no file.
 */
void
bag_session_open_demo (BagSession *self, guint64 seed)
{
  BagOpening *opening = NULL;

  g_return_if_fail (BAG_IS_SESSION (self));

  opening = begin_opening (self, _ ("the made-up bag"), 0);
  bag_opener_open_demo_async (seed, opening->cancellable, on_opened, opening);
}

static void
choose (BagSession *self, GPtrArray *scans, guint k)
{
  BagOpening *opening = begin_opening (self, bag_scan_get_path (g_ptr_array_index (scans, k)), 0);

  bag_opener_choose_async (scans, k, self->decoder, opening->cancellable, on_opened, opening);
}

/**
 * bag_session_open_scans:
 * @scans: (element-type BagScan) (transfer none): at least one; not changed any more
 *
 * As bag_session_open(), for scans that were opened elsewhere.
 */
void
bag_session_open_scans (BagSession *self, GPtrArray *scans)
{
  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (scans != NULL && scans->len > 0);

  choose (self, scans, 0);
}

static GPtrArray *
copy_scans (BagSession *self)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scans)); i++)
    g_ptr_array_add (scans, g_list_model_get_item (G_LIST_MODEL (self->scans), i));

  return scans;
}

/**
 * bag_session_choose_scan:
 * @k: a place in the property "scans", from 0; nothing happens for another number
 *
 * Puts another one of several scans behind the same path on screen.
 */
void
bag_session_choose_scan (BagSession *self, guint k)
{
  g_autoptr (GPtrArray) scans = NULL;

  g_return_if_fail (BAG_IS_SESSION (self));

  scans = copy_scans (self);
  if (k < scans->len && g_ptr_array_index (scans, k) != self->scan)
    choose (self, scans, k);
}

/**
 * bag_session_close:
 *
 * Takes the bag off the desk. Its slots come home; the pool stays for the next one.
 */
void
bag_session_close (BagSession *self)
{
  guint n_slices = 0;

  g_return_if_fail (BAG_IS_SESSION (self));

  n_slices = bag_session_get_n_slices (self);
  g_object_freeze_notify (G_OBJECT (self));
  bag_session_cancel_opening (self);
  set_scan (self, NULL, NULL);
  set_scans (self, NULL);
  bag_session_update_slice (self);
  g_object_thaw_notify (G_OBJECT (self));
  if (n_slices > 0)
    bag_session_emit_states_changed (self, 0, n_slices - 1);
}
