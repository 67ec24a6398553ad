/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-malloc-count.h"

#include <errno.h>
#include <stdlib.h>

/* Counts what this thread asks of the heap, from wherever in the process, by standing in
 * front of the C library's functions. */

#if BAG_MALLOC_IS_COUNTED

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *data, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static __thread guint64 n_mallocs;

void *
malloc (size_t size)
{
  n_mallocs++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_mallocs++;
  return __libc_calloc (n, size);
}

void *
realloc (void *data, size_t size)
{
  n_mallocs++;
  return __libc_realloc (data, size);
}

int
posix_memalign (void **data, size_t alignment, size_t size)
{
  n_mallocs++;
  *data = __libc_memalign (alignment, size);
  return *data != NULL ? 0 : ENOMEM;
}

guint64
bag_malloc_count (void)
{
  return n_mallocs;
}

#else

guint64
bag_malloc_count (void)
{
  return 0;
}

#endif
