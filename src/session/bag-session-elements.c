/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-element-node.h"
#include "session/bag-element-text.h"

#include <glib/gi18n.h>

/* The data elements of the file that the wanted slice stands in. They are read
 * while somebody shows them, one request at a time, and are masked again with
 * each new scan. */

/* One request: told from a former one by its cancellable. */
typedef struct
{
  GWeakRef session;
  GCancellable *cancellable; /* (owned) */
  guint file;
} BagListing;

static BagListing *
bag_listing_new (BagSession *session, guint file)
{
  BagListing *self = g_new0 (BagListing, 1);

  g_weak_ref_init (&self->session, session);
  self->cancellable = g_cancellable_new ();
  self->file = file;

  return self;
}

static void
bag_listing_free (BagListing *self)
{
  g_weak_ref_clear (&self->session);
  g_clear_object (&self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagListing, bag_listing_free)

static void
set_text (BagSession *self, char *text)
{
  bag_session_set_text (self, &self->elements_text, BAG_SESSION_PROP_ELEMENTS_TEXT, text);
}

/* Takes both. */
static void
set_elements (BagSession *self, BagElementList *elements, char *text)
{
  BagElementList *former = self->elements;

  self->elements = elements;
  if (former != elements)
    {
      g_clear_object (&self->elements_tree);
      if (elements != NULL)
        self->elements_tree = bag_element_node_new_tree (elements, NULL);
      bag_session_notify (self, BAG_SESSION_PROP_ELEMENTS);
    }
  set_text (self, text);
  g_clear_pointer (&former, bag_element_list_unref);
}

static void
cancel (BagSession *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->elements_file = BAG_SESSION_NO_FILE;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagListing) listing = user_data;
  g_autoptr (BagSession) self = g_weak_ref_get (&listing->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagElementList) elements = bag_scan_list_elements_finish (BAG_SCAN (source), result, &error);

  if (self == NULL || self->listing != listing->cancellable)
    return;

  g_clear_object (&self->listing);
  self->elements_file = listing->file;
  if (elements != NULL)
    {
      char *rest = bag_element_list_format_rest (elements);

      set_elements (self, g_steal_pointer (&elements), rest);
    }
  else
    set_elements (self, NULL, g_strdup (error->message));
  bag_session_update_elements (self);
}

static void
begin (BagSession *self, guint file)
{
  BagListing *listing = bag_listing_new (self, file);

  if (bag_scan_has_elements (self->scan))
    bag_session_start_decoders (self);
  self->listing = g_object_ref (listing->cancellable);
  if (self->elements == NULL)
    set_text (self, g_strdup (_ ("Reading…")));
  bag_scan_list_elements_async (self->scan, self->slice_index, self->elements_revealed, self->decoder, listing->cancellable, on_listed, listing);
}

void
bag_session_update_elements (BagSession *self)
{
  guint file = 0;

  if (!self->elements_shown || self->scan == NULL || self->listing != NULL)
    return;

  file = bag_scan_get_slice (self->scan, self->slice_index)->file;
  if (file != self->elements_file)
    begin (self, file);
}

static void
set_revealed (BagSession *self, gboolean revealed)
{
  if (self->elements_revealed == revealed)
    return;

  self->elements_revealed = revealed;
  bag_session_notify (self, BAG_SESSION_PROP_ELEMENTS_REVEALED);
}

/* Another scan: what was revealed was revealed for the former one. */
void
bag_session_forget_elements (BagSession *self)
{
  cancel (self);
  set_elements (self, NULL, NULL);
  set_revealed (self, FALSE);
}

void
bag_session_get_elements_property (BagSession *self, guint id, GValue *value)
{
  switch (id)
    {
    case BAG_SESSION_PROP_ELEMENTS:
      g_value_set_object (value, self->elements_tree);
      break;
    case BAG_SESSION_PROP_ELEMENTS_TEXT:
      g_value_set_string (value, self->elements_text);
      break;
    case BAG_SESSION_PROP_ELEMENTS_REVEALED:
      g_value_set_boolean (value, self->elements_revealed);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_session_show_elements:
 * @shown: whether somebody shows them
 *
 * Has the elements read, now and whenever the wanted slice stands in another
 * file. What was read is dropped when nobody shows it any more.
 */
void
bag_session_show_elements (BagSession *self, gboolean shown)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  shown = shown != FALSE;
  if (self->elements_shown == shown)
    return;

  self->elements_shown = shown;
  if (shown)
    bag_session_update_elements (self);
  else
    {
      cancel (self);
      set_elements (self, NULL, NULL);
    }
}

/**
 * bag_session_reveal_elements:
 * @revealed: whether persons' data are shown in clear, until another scan is on screen
 *
 * The elements are read again; masked ones go at once.
 */
void
bag_session_reveal_elements (BagSession *self, gboolean revealed)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  revealed = revealed != FALSE && self->scan != NULL;
  if (self->elements_revealed == revealed)
    return;

  cancel (self);
  if (!revealed)
    set_elements (self, NULL, NULL);
  set_revealed (self, revealed);
  bag_session_update_elements (self);
}

/**
 * bag_session_get_element_list:
 *
 * Returns: (transfer none) (nullable): all elements of the file, while they are shown
 */
BagElementList *
bag_session_get_element_list (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->elements;
}

/**
 * bag_session_get_elements_text:
 *
 * Returns: (nullable): what to say below the elements, or instead of them
 */
const char *
bag_session_get_elements_text (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->elements_text;
}

/**
 * bag_session_get_elements_revealed:
 *
 * Returns: whether persons' data are in clear
 */
gboolean
bag_session_get_elements_revealed (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), FALSE);

  return self->elements_revealed;
}
