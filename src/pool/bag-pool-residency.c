/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-residency.h"

#include "pool/bag-pool-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What the kernel says of the pool's memory, which is not what was asked for: pages come
 * when they are written or prefaulted, and huge ones only while there are free ones.
 * To ask takes the kernel milliseconds, for it looks at each page: never under the lock.
 */

/* A number of kB after @name; FALSE for another line. */
static gboolean
read_field (const char *line, const char *name, guint64 *bytes)
{
  if (!g_str_has_prefix (line, name))
    return FALSE;

  *bytes += g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024;

  return TRUE;
}

/* "7f0000000000-7f0000200000 rw-p ...": the first line of a mapping */
static gboolean
read_range (const char *line, guint64 *start, guint64 *end)
{
  char *rest = NULL;

  *start = g_ascii_strtoull (line, &rest, 16);
  if (rest == line || *rest != '-')
    return FALSE;

  *end = g_ascii_strtoull (rest + 1, &rest, 16);

  return *rest == ' ';
}

/**
 * bag_pool_residency_add_line:
 * @line: the next line of /proc/PID/smaps (proc(5))
 *
 * Adds what it says when it is of a mapping that lies within the range.
 */
void
bag_pool_residency_add_line (BagPoolResidency *self, const char *line)
{
  guint64 start = 0;
  guint64 end = 0;

  g_return_if_fail (self != NULL && line != NULL);

  if (read_range (line, &start, &end))
    self->is_inside = start >= self->start && end <= self->end;
  else if (self->is_inside && !read_field (line, "Rss:", &self->bytes_resident))
    read_field (line, "AnonHugePages:", &self->bytes_huge);
}

static gboolean
read_smaps (BagPoolResidency *self)
{
  FILE *file = fopen ("/proc/self/smaps", "re");
  char *line = NULL;
  size_t size = 0;

  if (file == NULL)
    return FALSE;

  while (getline (&line, &size, file) >= 0)
    bag_pool_residency_add_line (self, line);
  free (line);

  return fclose (file) == 0;
}

/**
 * bag_pool_measure_residency:
 *
 * Asks the kernel how much of the pool is in memory and in which pages, and puts it into
 * the figures. Takes milliseconds: any thread but the one that draws.
 *
 * Returns: FALSE when the kernel does not tell; the figures stay as they were
 */
gboolean
bag_pool_measure_residency (BagPool *self)
{
  BagPoolResidency found = { 0 };

  g_return_val_if_fail (self != NULL, FALSE);

  /* The reservation stays the same as long as the pool lives. */
  found.start = (gsize) self->memory.base;
  found.end = found.start + self->memory.size;
  if (!read_smaps (&found))
    return FALSE;

  bag_pool_lock (self);
  self->stats.bytes_resident = found.bytes_resident;
  self->stats.bytes_huge = found.bytes_huge;
  bag_pool_unlock (self);
  bag_pool_tell (self);

  return TRUE;
}
