/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fail-page.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Put before the C library by LD_PRELOAD: calls of one kind are counted, and
 * the one that the page names fails as the system would have it fail.
 */

static FailPage *page;

#define NEXT(name) ((__typeof__ (&name)) find_next (#name))

static void *
find_next (const char *name)
{
  int number = errno;
  void *next = dlsym (RTLD_NEXT, name);

  errno = number;

  return next;
}

static int
is_meant (void)
{
  return page != NULL && strncmp (program_invocation_short_name, page->program, sizeof page->program) == 0;
}

static int
fails (FailKind kind, int number)
{
  int64_t count;

  if (page == NULL || page->kind != (uint32_t) kind || !is_meant ())
    return 0;

  count = __atomic_add_fetch (&page->count, 1, __ATOMIC_SEQ_CST);
  if (page->mode == FAIL_FOREVER ? count < page->n : count != page->n)
    return 0;

  __atomic_add_fetch (&page->failed, 1, __ATOMIC_SEQ_CST);
  if (page->mode == FAIL_KILL)
    kill (getpid (), SIGKILL);
  errno = number;

  return 1;
}

__attribute__ ((constructor)) static void
map_page (void)
{
  const char *path = getenv (FAIL_PAGE_VARIABLE);
  int fd = path != NULL ? NEXT (open) (path, O_RDWR | O_CLOEXEC) : -1;
  void *data = fd >= 0 ? NEXT (mmap) (NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (fd >= 0)
    close (fd);
  if (data != MAP_FAILED)
    page = data;
  if (is_meant ())
    page->live = 0;
}

/* A sanitizer has its own. */
#ifndef BAG_SANITIZED
extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *data, size_t size);
extern void *__libc_memalign (size_t alignment, size_t size);
extern void __libc_free (void *data);

static void *
count_block (void *data, int change)
{
  if (data != NULL && is_meant ())
    __atomic_add_fetch (&page->live, change, __ATOMIC_SEQ_CST);

  return data;
}

void *
malloc (size_t size)
{
  return fails (FAIL_ALLOCATION, ENOMEM) ? NULL : count_block (__libc_malloc (size), 1);
}

void *
calloc (size_t n, size_t size)
{
  return fails (FAIL_ALLOCATION, ENOMEM) ? NULL : count_block (__libc_calloc (n, size), 1);
}

void *
realloc (void *data, size_t size)
{
  void *moved = fails (FAIL_ALLOCATION, ENOMEM) ? NULL : __libc_realloc (data, size);

  if (data == NULL)
    count_block (moved, 1);
  else if (size == 0 && moved == NULL)
    count_block (data, -1);

  return moved;
}

int
posix_memalign (void **data, size_t alignment, size_t size)
{
  void *block = fails (FAIL_ALLOCATION, ENOMEM) ? NULL : count_block (__libc_memalign (alignment, size), 1);

  if (block != NULL)
    *data = block;

  return block != NULL ? 0 : ENOMEM;
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return fails (FAIL_ALLOCATION, ENOMEM) ? NULL : count_block (__libc_memalign (alignment, size), 1);
}

void *
memalign (size_t alignment, size_t size)
{
  return aligned_alloc (alignment, size);
}

void
free (void *data)
{
  count_block (data, -1);
  __libc_free (data);
}
#endif

/* Declared here, for GLib's macros would stand in their way. */
void *g_try_malloc (size_t size);
void *g_try_malloc0 (size_t size);
void *g_try_malloc_n (size_t n, size_t size);
void *g_try_malloc0_n (size_t n, size_t size);
void *g_try_realloc (void *data, size_t size);
void *g_try_realloc_n (void *data, size_t n, size_t size);

void *
g_try_malloc (size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_malloc) (size);
}

void *
g_try_malloc0 (size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_malloc0) (size);
}

void *
g_try_malloc_n (size_t n, size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_malloc_n) (n, size);
}

void *
g_try_malloc0_n (size_t n, size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_malloc0_n) (n, size);
}

void *
g_try_realloc (void *data, size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_realloc) (data, size);
}

void *
g_try_realloc_n (void *data, size_t n, size_t size)
{
  return fails (FAIL_TRY, ENOMEM) ? NULL : NEXT (g_try_realloc_n) (data, n, size);
}

#undef mmap
void *
mmap (void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
  return fails (FAIL_MAP, ENOMEM) ? MAP_FAILED : NEXT (mmap) (address, length, protection, flags, fd, offset);
}

int
mprotect (void *address, size_t length, int protection)
{
  return fails (FAIL_MAP, ENOMEM) ? -1 : NEXT (mprotect) (address, length, protection);
}

int
madvise (void *address, size_t length, int advice)
{
  return fails (FAIL_MAP, ENOMEM) ? -1 : NEXT (madvise) (address, length, advice);
}

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return fails (FAIL_OPEN, EMFILE) ? -1 : NEXT (open) (path, flags, mode);
}

int
openat (int folder, const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);

  return fails (FAIL_OPEN, EMFILE) ? -1 : NEXT (openat) (folder, path, flags, mode);
}

ssize_t
read (int fd, void *data, size_t size)
{
  return fails (FAIL_READ, EIO) ? -1 : NEXT (read) (fd, data, size);
}

ssize_t
pread (int fd, void *data, size_t size, off_t offset)
{
  return fails (FAIL_READ, EIO) ? -1 : NEXT (pread) (fd, data, size, offset);
}

ssize_t
write (int fd, const void *data, size_t size)
{
  return fails (FAIL_WRITE, ENOSPC) ? -1 : NEXT (write) (fd, data, size);
}

int
fsync (int fd)
{
  return fails (FAIL_FSYNC, EIO) ? -1 : NEXT (fsync) (fd);
}

int
rename (const char *from, const char *to)
{
  return fails (FAIL_RENAME, EACCES) ? -1 : NEXT (rename) (from, to);
}

ssize_t
recvmsg (int socket, struct msghdr *message, int flags)
{
  ssize_t size;

  if (is_meant ())
    __atomic_store_n (&page->idle, 1, __ATOMIC_SEQ_CST);
  if (fails (FAIL_RECEIVE, ENOBUFS))
    return -1;
  size = NEXT (recvmsg) (socket, message, flags);
  if (is_meant ())
    __atomic_store_n (&page->idle, 0, __ATOMIC_SEQ_CST);

  return size;
}

ssize_t
sendmsg (int socket, const struct msghdr *message, int flags)
{
  return fails (FAIL_SEND, ENOBUFS) ? -1 : NEXT (sendmsg) (socket, message, flags);
}

int
socketpair (int domain, int type, int protocol, int sockets[2])
{
  return fails (FAIL_SOCKETPAIR, EMFILE) ? -1 : NEXT (socketpair) (domain, type, protocol, sockets);
}

int
memfd_create (const char *name, unsigned int flags)
{
  return fails (FAIL_MEMFD, EMFILE) ? -1 : NEXT (memfd_create) (name, flags);
}

int
ftruncate (int fd, off_t size)
{
  return fails (FAIL_MEMFD, ENOSPC) ? -1 : NEXT (ftruncate) (fd, size);
}

int
posix_spawn (pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const *arguments, char *const *environment)
{
  return fails (FAIL_SPAWN, EAGAIN) ? EAGAIN : NEXT (posix_spawn) (pid, path, actions, attributes, arguments, environment);
}

pid_t
fork (void)
{
  return fails (FAIL_SPAWN, EAGAIN) ? -1 : NEXT (fork) ();
}
