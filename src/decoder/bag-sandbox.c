/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sandbox"

#include "config.h"

#include "decoder/bag-sandbox.h"

#include "decoder/bag-sandbox-filter.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The files of one request beside the socket and the standard streams, and some room. */
#define MAX_OPEN_FILES (BAG_DECODER_SOCKET_FD + 1 + BAG_DECODER_MAX_FILES + 12)

/* Gives up rights, before the first byte of a file is read. */

static void
set_limit (int resource, rlim_t value)
{
  struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

  setrlimit ((__rlimit_resource_t) resource, &limit);
}

/* The program lowers the one for memory to what a scan needs before it sends the first file. */
static void
set_limits (void)
{
  set_limit (RLIMIT_CORE, 0);
  set_limit (RLIMIT_FSIZE, 0);
  set_limit (RLIMIT_NOFILE, MAX_OPEN_FILES);
#ifndef BAG_SANITIZED
  set_limit (RLIMIT_AS, BAG_DECODER_MAX_MEMORY_BYTES);
#endif
}

/**
 * bag_sandbox_enter:
 * @wanted: how far to go; full only where bubblewrap has started this process
 * @reached: (out): how far it went
 *
 * Shuts the process in, for good: it ends with the thread that started it,
 * keeps no file but its socket, can neither be read by others of the same user
 * nor leave a core file with pixels behind, and can write no file. Unless
 * @wanted is off, the kernel grants it from now on only what decoding takes:
 * whatever has to be opened must be open.
 *
 * Namespaces can only be made from outside. That they are there shows in that
 * this process is the first of its own.
 *
 * Returns: whether @reached is no less than seccomp, or nothing was wanted
 */
gboolean
bag_sandbox_enter (BagIsolation wanted, BagIsolation *reached)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  close_range (BAG_DECODER_SOCKET_FD + 1, ~0u, 0);
  set_limits ();

  *reached = BAG_ISOLATION_OFF;
  if (wanted == BAG_ISOLATION_OFF)
    return TRUE;
  if (!bag_sandbox_filter_load ())
    return FALSE;

  *reached = wanted == BAG_ISOLATION_FULL && getpid () == 1 ? BAG_ISOLATION_FULL : BAG_ISOLATION_SECCOMP;

  return TRUE;
}

/**
 * bag_sandbox_stat:
 * @fd: an open file
 * @info: (out caller-allocates): what it is
 *
 * fstat() by the call that takes no path. The one in the C library may use
 * newfstatat(), which a filter cannot keep from looking at any path.
 *
 * Returns: 0, or -1 with errno set
 */
int
bag_sandbox_stat (int fd, struct stat *info)
{
#if defined(SYS_fstat) && defined(__LP64__)
  return (int) syscall (SYS_fstat, fd, info);
#else
  return fstat (fd, info);
#endif
}
