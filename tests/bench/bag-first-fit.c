/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-first-fit.h"

/*
 * The method of pyDICOS's CustomMemoryManager, from its description: an array of
 * flags and buffers, each buffer allocated by itself; the first free one is found by
 * going through the flags; a tree leads from an address back to its number. No lock.
 *
 * Two things are kinder than there: it prints nothing, and a request of exactly
 * the size of a buffer is served, for refusing it would leave nothing to measure.
 * The nodes of GTree come from GLib's slices, so the count of mallocs does not show them.
 */

typedef struct
{
  gboolean is_free;
  guint8 *data; /* Owned */
} Buffer;

struct _BagFirstFit
{
  gsize buffer_size;
  guint n_buffers;
  Buffer *buffers; /* Owned */
  GTree *numbers;  /* Owned; address to number */
};

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  return ((gsize) a > (gsize) b) - ((gsize) a < (gsize) b);
}

BagFirstFit *
bag_first_fit_new (gsize buffer_size, guint n_buffers)
{
  BagFirstFit *self = g_new0 (BagFirstFit, 1);

  self->buffer_size = buffer_size;
  self->n_buffers = n_buffers;
  self->buffers = g_new0 (Buffer, n_buffers);
  self->numbers = g_tree_new (compare_addresses);
  for (guint i = 0; i < n_buffers; i++)
    self->buffers[i] = (Buffer){ .is_free = TRUE, .data = g_malloc (buffer_size) };

  return self;
}

void
bag_first_fit_free (BagFirstFit *self)
{
  for (guint i = 0; i < self->n_buffers; i++)
    g_free (self->buffers[i].data);
  g_free (self->buffers);
  g_tree_unref (self->numbers);
  g_free (self);
}

gpointer
bag_first_fit_allocate (BagFirstFit *self, gsize size)
{
  if (self->buffer_size < size)
    return NULL;

  for (guint i = 0; i < self->n_buffers; i++)
    {
      Buffer *buffer = &self->buffers[i];

      if (!buffer->is_free)
        continue;
      buffer->is_free = FALSE;
      g_tree_insert (self->numbers, buffer->data, GUINT_TO_POINTER (i));
      return buffer->data;
    }

  return NULL;
}

gboolean
bag_first_fit_deallocate (BagFirstFit *self, gpointer data)
{
  gpointer number = NULL;

  if (!g_tree_lookup_extended (self->numbers, data, NULL, &number))
    return FALSE;

  self->buffers[GPOINTER_TO_UINT (number)].is_free = TRUE;
  g_tree_remove (self->numbers, data);

  return TRUE;
}
