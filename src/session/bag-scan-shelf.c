/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-scan-shelf.h"

#include "session/bag-scan-thumbnail.h"

/*
 * Nothing queues up: when a picture is done, the first entry that is still looked at and
 * has none is next. A result counts only while its cancellable is the shelf's, and it goes
 * to the entry it was begun for, which holds its scan: no picture can come under another
 * bag's name.
 */
struct _BagScanShelf
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *entries; /* (element-type BagScanEntry) */
  GQueue recent;      /* (element-type BagScanEntry), borrowed from @entries: those with a picture, the oldest first */
  BagDecoder *decoder;
  GCancellable *making; /* of the one picture under way, or NULL */

  guint first_wanted, n_wanted;
  gboolean is_idle;
};

typedef struct
{
  GWeakRef shelf;

  /* Owned */
  BagScanEntry *entry;
  GCancellable *cancellable;
} Making;

static GType
get_item_type (GListModel *list)
{
  return BAG_TYPE_SCAN_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  return BAG_SCAN_SHELF (list)->entries->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  BagScanShelf *self = BAG_SCAN_SHELF (list);

  return position < self->entries->len ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BagScanShelf, bag_scan_shelf, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void make_next (BagScanShelf *self);

static void
making_free (Making *making)
{
  g_weak_ref_clear (&making->shelf);
  g_clear_object (&making->entry);
  g_clear_object (&making->cancellable);
  g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
cancel (BagScanShelf *self)
{
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
}

static gboolean
is_wanted (BagScanShelf *self, BagScanEntry *entry)
{
  for (guint i = self->first_wanted; i < self->first_wanted + self->n_wanted; i++)
    if (g_ptr_array_index (self->entries, i) == entry)
      return TRUE;

  return FALSE;
}

/* Those that nobody looks at go first. */
static void
limit (BagScanShelf *self)
{
  guint n = self->recent.length;

  for (guint i = 0; i < n && self->recent.length > BAG_SCAN_SHELF_MOST_THUMBNAILS; i++)
    {
      BagScanEntry *entry = g_queue_pop_head (&self->recent);

      if (is_wanted (self, entry))
        g_queue_push_tail (&self->recent, entry);
      else
        bag_scan_entry_drop_thumbnail (entry);
    }
}

static void
take_result (BagScanShelf *self, BagScanEntry *entry, BagThumbnail *thumbnail, const GError *error)
{
  if (thumbnail == NULL)
    {
      bag_scan_entry_set_problem (entry, error->message);
      return;
    }

  g_queue_push_tail (&self->recent, entry);
  bag_scan_entry_take_thumbnail (entry, thumbnail);
  limit (self);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Making) making = user_data;
  g_autoptr (BagScanShelf) self = g_weak_ref_get (&making->shelf);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagThumbnail) thumbnail = bag_scan_thumbnail_make_finish (BAG_SCAN (source), result, &error);

  if (self != NULL && self->making == making->cancellable)
    {
      g_clear_object (&self->making);
      take_result (self, making->entry, g_steal_pointer (&thumbnail), error);
      make_next (self);
    }
}

static void
make (BagScanShelf *self, BagScanEntry *entry)
{
  Making *making = g_new0 (Making, 1);

  self->making = g_cancellable_new ();
  g_weak_ref_init (&making->shelf, self);
  making->entry = g_object_ref (entry);
  making->cancellable = g_object_ref (self->making);
  bag_scan_thumbnail_make_async (bag_scan_entry_get_scan (entry), self->decoder, making->cancellable, on_made, making);
}

static void
make_next (BagScanShelf *self)
{
  if (!self->is_idle || self->making != NULL)
    return;

  for (guint i = self->first_wanted; i < self->first_wanted + self->n_wanted; i++)
    {
      BagScanEntry *entry = g_ptr_array_index (self->entries, i);

      if (bag_scan_entry_get_thumbnail_state (entry) != BAG_THUMBNAIL_ABSENT)
        continue;
      make (self, entry);
      return;
    }
}

static void
bag_scan_shelf_dispose (GObject *object)
{
  BagScanShelf *self = BAG_SCAN_SHELF (object);

  bag_scan_shelf_stop (self);

  G_OBJECT_CLASS (bag_scan_shelf_parent_class)->dispose (object);
}

static void
bag_scan_shelf_finalize (GObject *object)
{
  BagScanShelf *self = BAG_SCAN_SHELF (object);

  g_queue_clear (&self->recent);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (bag_scan_shelf_parent_class)->finalize (object);
}

static void
bag_scan_shelf_class_init (BagScanShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bag_scan_shelf_dispose;
  G_OBJECT_CLASS (klass)->finalize = bag_scan_shelf_finalize;
}

static void
bag_scan_shelf_init (BagScanShelf *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->recent);
}

/**
 * bag_scan_shelf_new:
 *
 * Returns: (transfer full): an empty shelf
 */
BagScanShelf *
bag_scan_shelf_new (void)
{
  return g_object_new (BAG_TYPE_SCAN_SHELF, NULL);
}

/**
 * bag_scan_shelf_set_scans:
 * @scans: (nullable) (element-type BagScan): what stands behind a path, in its order
 *
 * Puts them in place of those before, whose pictures go; one under way is given up.
 */
void
bag_scan_shelf_set_scans (BagScanShelf *self, const GPtrArray *scans)
{
  guint n_former;
  guint n = scans != NULL ? scans->len : 0;

  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  n_former = self->entries->len;
  cancel (self);
  self->first_wanted = self->n_wanted = 0;
  g_queue_clear (&self->recent);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->entries, bag_scan_entry_new (g_ptr_array_index (scans, i), i + 1, n));
  if (n_former > 0 || n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_former, n);
}

/**
 * bag_scan_shelf_set_current:
 * @scan: (nullable): the one on screen
 */
void
bag_scan_shelf_set_current (BagScanShelf *self, BagScan *scan)
{
  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      BagScanEntry *entry = g_ptr_array_index (self->entries, i);

      bag_scan_entry_set_current (entry, bag_scan_entry_get_scan (entry) == scan);
    }
}

/**
 * bag_scan_shelf_set_decoder:
 * @decoder: (nullable): reads the slices; without one, only those that need none are read
 */
void
bag_scan_shelf_set_decoder (BagScanShelf *self, BagDecoder *decoder)
{
  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  g_set_object (&self->decoder, decoder);
}

/**
 * bag_scan_shelf_set_idle:
 * @idle: whether nothing is read for the bag on screen
 *
 * Pictures are begun only while it is so. One under way is finished: it takes one of
 * the decoders, and leaves the other.
 */
void
bag_scan_shelf_set_idle (BagScanShelf *self, gboolean idle)
{
  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  self->is_idle = idle;
  make_next (self);
}

/**
 * bag_scan_shelf_want:
 * @first: an entry, from 0
 * @n: how many from there on are looked at; no more than are kept count
 *
 * Says of which scans pictures are wanted, in place of what was said before.
 */
void
bag_scan_shelf_want (BagScanShelf *self, guint first, guint n)
{
  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  self->first_wanted = MIN (first, self->entries->len);
  self->n_wanted = MIN (MIN (n, BAG_SCAN_SHELF_MOST_THUMBNAILS), self->entries->len - self->first_wanted);
  make_next (self);
}

/**
 * bag_scan_shelf_get_n_thumbnails:
 *
 * Returns: how many pictures are kept
 */
guint
bag_scan_shelf_get_n_thumbnails (BagScanShelf *self)
{
  g_return_val_if_fail (BAG_IS_SCAN_SHELF (self), 0);

  return self->recent.length;
}

/**
 * bag_scan_shelf_stop:
 *
 * Makes no pictures any more, and lets go of the decoder.
 */
void
bag_scan_shelf_stop (BagScanShelf *self)
{
  g_return_if_fail (BAG_IS_SCAN_SHELF (self));

  cancel (self);
  self->is_idle = FALSE;
  g_clear_object (&self->decoder);
}
