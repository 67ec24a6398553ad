/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-memory.h"

#include "pool/bag-pool-asan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * The pool's addresses. They are taken from the system once, without any right,
 * and a block gets its right to be read and written when slots come to lie in
 * it. Anonymous memory, not a memfd: huge pages then need no privilege, and the
 * decoder must not reach the pool anyway. Bags are private: no core dump holds
 * this memory.
 */

static gsize
round_to_blocks (gsize bytes)
{
  return (bytes + BAG_POOL_BLOCK_SIZE - 1) / BAG_POOL_BLOCK_SIZE * BAG_POOL_BLOCK_SIZE;
}

static gboolean
read_text (const char *path, char *text, gsize size)
{
  gssize n = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return FALSE;

  n = read (fd, text, size - 1);
  close (fd);
  text[MAX (n, 0)] = '\0';

  return n > 0;
}

/* A line of /proc/meminfo in bytes; G_MAXUINT64 without it. */
static guint64
read_meminfo (const char *name)
{
  char text[4096];
  const char *line = NULL;

  if (!read_text ("/proc/meminfo", text, sizeof text))
    return G_MAXUINT64;

  line = strstr (text, name);
  if (line == NULL)
    return G_MAXUINT64;

  return g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024;
}

/**
 * bag_pool_memory_get_available:
 *
 * Any thread.
 *
 * Returns: bytes that programs can still take without the machine starting to
 *   swap (MemAvailable of /proc/meminfo), or G_MAXUINT64 when it is not known
 */
guint64
bag_pool_memory_get_available (void)
{
  return read_meminfo ("MemAvailable:");
}

/**
 * bag_pool_memory_get_total:
 *
 * Any thread.
 *
 * Returns: bytes of memory that the machine has, or G_MAXUINT64 when it is not known
 */
guint64
bag_pool_memory_get_total (void)
{
  return read_meminfo ("MemTotal:");
}

/**
 * bag_pool_memory_parse_huge_pages:
 * @policy: what the kernel says of anonymous memory: "always [madvise] never"
 *   (Documentation/admin-guide/mm/transhuge.rst)
 *
 * Returns: whether memory that asks for huge pages may get them
 */
BagPoolHugePages
bag_pool_memory_parse_huge_pages (const char *policy)
{
  return strstr (policy, "[never]") != NULL ? BAG_POOL_HUGE_PAGES_OFF : BAG_POOL_HUGE_PAGES_ON;
}

/* madvise() takes the wish also where huge pages are switched off, for the machine or for
 * this process. */
static BagPoolHugePages
read_huge_pages (void)
{
  char text[256];

  if (prctl (PR_GET_THP_DISABLE, 0, 0, 0, 0) == 1)
    return BAG_POOL_HUGE_PAGES_OFF;
  if (!read_text ("/sys/kernel/mm/transparent_hugepage/enabled", text, sizeof text))
    return BAG_POOL_HUGE_PAGES_ON;

  return bag_pool_memory_parse_huge_pages (text);
}

static guint64
get_address_space_used (void)
{
  char text[256];

  if (!read_text ("/proc/self/statm", text, sizeof text))
    return 0;

  return g_ascii_strtoull (text, NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
}

static gboolean
check_address_space (guint64 bytes, GError **error)
{
  struct rlimit limit;
  guint64 used = 0;

  if (getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return TRUE;

  used = get_address_space_used ();
  if (used <= limit.rlim_cur && bytes <= limit.rlim_cur - used)
    return TRUE;

  g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "The pool needs %" G_GUINT64_FORMAT " bytes of addresses, and the limit of this process (RLIMIT_AS) is %" G_GUINT64_FORMAT, bytes, (guint64) limit.rlim_cur);
  return FALSE;
}

/* A quarter stays for the rest of the machine: a pool that pushes it into swap
 * would make every slice slow. */
static gboolean
check_available (guint64 bytes, GError **error)
{
  guint64 available = bag_pool_memory_get_available ();

  if (bytes <= available - available / 4)
    return TRUE;

  g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "The pool needs %" G_GUINT64_FORMAT " bytes, and of the %" G_GUINT64_FORMAT " bytes available a quarter has to stay free", bytes, available);
  return FALSE;
}

static gboolean
set_errno_error (const char *what, guint64 bytes, GError **error)
{
  int code = errno;

  g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "The system does not %s %" G_GUINT64_FORMAT " bytes: %s", what, bytes, g_strerror (code));
  return FALSE;
}

/* A mapping one block too long always holds an aligned range; the ends go back. */
static gboolean
map_aligned (BagPoolMemory *self, GError **error)
{
  gsize mapped_size = self->size + BAG_POOL_BLOCK_SIZE;
  gsize head = 0;
  guint8 *mapped = mmap (NULL, mapped_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (mapped == MAP_FAILED)
    return set_errno_error ("reserve", self->size, error);

  head = (BAG_POOL_BLOCK_SIZE - (gsize) mapped % BAG_POOL_BLOCK_SIZE) % BAG_POOL_BLOCK_SIZE;
  self->base = mapped + head;
  if (head > 0)
    munmap (mapped, head);
  munmap (self->base + self->size, BAG_POOL_BLOCK_SIZE - head);

  return TRUE;
}

/**
 * bag_pool_memory_init:
 * @self: uninitialised memory
 * @bytes: how much to reserve, rounded up to whole blocks
 *
 * Reserves addresses. No memory is used yet.
 *
 * Returns: TRUE, or FALSE with BAG_POOL_ERROR_INVALID or BAG_POOL_ERROR_NO_MEMORY
 */
gboolean
bag_pool_memory_init (BagPoolMemory *self, guint64 bytes, GError **error)
{
  *self = (BagPoolMemory){ 0 };

  if (bytes == 0 || bytes > G_MAXSSIZE - 2 * BAG_POOL_BLOCK_SIZE)
    {
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID, "A pool cannot have %" G_GUINT64_FORMAT " bytes", bytes);
      return FALSE;
    }
  self->size = round_to_blocks ((gsize) bytes);
  self->n_blocks = self->size / BAG_POOL_BLOCK_SIZE;
  if (!check_address_space (self->size, error) || !map_aligned (self, error))
    return FALSE;

  self->is_open = g_try_malloc0 (self->n_blocks);
  self->is_populated = g_try_malloc0 (self->n_blocks);
  if (self->is_open == NULL || self->is_populated == NULL)
    {
      bag_pool_memory_clear (self);
      errno = ENOMEM;
      return set_errno_error ("reserve", bytes, error);
    }

  /* Both are wishes: a kernel without them serves small pages or dumps more. */
  if (madvise (self->base, self->size, MADV_HUGEPAGE) == 0)
    self->huge_pages = read_huge_pages ();
  madvise (self->base, self->size, MADV_DONTDUMP);

  return TRUE;
}

/**
 * bag_pool_memory_clear:
 *
 * Gives everything back to the system.
 */
void
bag_pool_memory_clear (BagPoolMemory *self)
{
  /* Whoever gets these addresses next must not find them poisoned. */
  for (gsize i = 0; self->is_open != NULL && i < self->n_blocks; i++)
    if (self->is_open[i])
      bag_unpoison (self->base + i * BAG_POOL_BLOCK_SIZE, BAG_POOL_BLOCK_SIZE);
  if (self->base != NULL)
    munmap (self->base, self->size);
  g_free (self->is_open);
  g_free (self->is_populated);
  *self = (BagPoolMemory){ 0 };
}

static gsize
count_closed (BagPoolMemory *self, gsize n_blocks)
{
  gsize n_closed = 0;

  for (gsize i = 0; i < n_blocks; i++)
    n_closed += self->is_open[i] ? 0 : 1;

  return n_closed;
}

static gboolean
open_run (BagPoolMemory *self, gsize first, gsize end, GError **error)
{
  guint8 *data = self->base + first * BAG_POOL_BLOCK_SIZE;
  gsize size = (end - first) * BAG_POOL_BLOCK_SIZE;

  if (mprotect (data, size, PROT_READ | PROT_WRITE) != 0)
    return set_errno_error ("give", size, error);

  memset (self->is_open + first, 1, end - first);
  self->n_changes++;
  bag_poison (data, size);

  return TRUE;
}

/**
 * bag_pool_memory_open:
 * @bytes: from the start of the range
 *
 * Makes the first @bytes readable and writable. Blocks that are open already cost
 * no system call. After an error some of the blocks may be open: the caller closes
 * what it does not want.
 *
 * Returns: TRUE, or FALSE with BAG_POOL_ERROR_NO_MEMORY
 */
gboolean
bag_pool_memory_open (BagPoolMemory *self, gsize bytes, GError **error)
{
  gsize n_blocks = round_to_blocks (bytes) / BAG_POOL_BLOCK_SIZE;
  gsize n_closed = 0;
  gsize end = 0;

  if (n_blocks > self->n_blocks)
    {
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "The slots need %" G_GSIZE_FORMAT " bytes, and the pool has reserved %" G_GSIZE_FORMAT, bytes, self->size);
      return FALSE;
    }
  n_closed = count_closed (self, n_blocks);
  if (n_closed > 0 && !check_available (n_closed * BAG_POOL_BLOCK_SIZE, error))
    return FALSE;

  for (gsize i = 0; i < n_blocks; i = end)
    {
      for (end = i; end < n_blocks && self->is_open[end] == self->is_open[i];)
        end++;
      if (!self->is_open[i] && !open_run (self, i, end, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * bag_pool_memory_close_block:
 * @block: from 0
 *
 * Gives one block back to the system; its addresses stay reserved. The right goes
 * first, so that a late writer faults instead of bringing a page back.
 */
void
bag_pool_memory_close_block (BagPoolMemory *self, gsize block)
{
  guint8 *data = self->base + block * BAG_POOL_BLOCK_SIZE;

  g_assert (block < self->n_blocks);
  if (!self->is_open[block])
    return;

  /* Where the kernel refuses to split the mapping any more the block simply stays open. */
  if (mprotect (data, BAG_POOL_BLOCK_SIZE, PROT_NONE) != 0)
    return;

  madvise (data, BAG_POOL_BLOCK_SIZE, MADV_DONTNEED);
  bag_unpoison (data, BAG_POOL_BLOCK_SIZE);
  self->is_open[block] = 0;
  self->n_populated -= self->is_populated[block];
  self->is_populated[block] = 0;
  self->n_changes++;
}

/**
 * bag_pool_memory_find_unpopulated:
 * @bytes: how much to look at, from the start of the range
 * @max_blocks: the longest run wanted
 * @first: (out): where the run begins
 *
 * Returns: blocks of the first run that is open and was not populated; 0 when there is none
 */
gsize
bag_pool_memory_find_unpopulated (const BagPoolMemory *self, gsize bytes, gsize max_blocks, gsize *first)
{
  gsize n_blocks = MIN (round_to_blocks (bytes) / BAG_POOL_BLOCK_SIZE, self->n_blocks);
  gsize n = 0;

  for (*first = 0; *first < n_blocks && (!self->is_open[*first] || self->is_populated[*first]);)
    (*first)++;
  while (n < max_blocks && *first + n < n_blocks && self->is_open[*first + n] && !self->is_populated[*first + n])
    n++;

  return n;
}

/**
 * bag_pool_memory_set_populated:
 * @first: from 0; open and not populated, like the blocks after it
 * @n_blocks: how many
 *
 * Keeps in mind that these blocks have their pages.
 */
void
bag_pool_memory_set_populated (BagPoolMemory *self, gsize first, gsize n_blocks)
{
  g_assert (first + n_blocks <= self->n_blocks);

  memset (self->is_populated + first, 1, n_blocks);
  self->n_populated += n_blocks;
}
