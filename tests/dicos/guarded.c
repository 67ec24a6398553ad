/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-streams.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Memory that ends where a page begins that nobody may touch. */

struct _Guarded
{
  guint8 *pages;
  gsize size; /* without the last page */
  gsize page;
};

/**
 * guarded_new:
 * @size: the most that will be placed
 *
 * Returns: (transfer full): room for it
 */
Guarded *
guarded_new (gsize size)
{
  Guarded *self = g_new0 (Guarded, 1);

  self->page = (gsize) sysconf (_SC_PAGESIZE);
  self->size = (size + self->page - 1) / self->page * self->page;
  self->pages = mmap (NULL, self->size + self->page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (self->pages != MAP_FAILED);
  g_assert_cmpint (mprotect (self->pages + self->size, self->page, PROT_NONE), ==, 0);

  return self;
}

/**
 * guarded_free:
 * @self: (transfer full): the room
 */
void
guarded_free (Guarded *self)
{
  munmap (self->pages, self->size + self->page);
  g_free (self);
}

/**
 * guarded_place:
 * @self: the room
 * @data: (nullable): what to copy there
 * @size: its bytes
 *
 * Returns: (transfer none): @size bytes, the last of them right before the guard
 */
guint8 *
guarded_place (Guarded *self, const guint8 *data, gsize size)
{
  guint8 *place = self->pages + self->size - size;

  g_assert_cmpuint (size, <=, self->size);
  if (data != NULL && size > 0)
    memcpy (place, data, size);

  return place;
}
