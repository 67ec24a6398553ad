/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sandbox"

#include "config.h"

#include "decoder/bag-sandbox.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_OPEN_FILES 16

/* Gives up rights, before the first byte of a file is read. */

static void
set_limit (int resource, rlim_t value)
{
  struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

  setrlimit ((__rlimit_resource_t) resource, &limit);
}

/**
 * bag_sandbox_enter:
 *
 * Shuts the process in as far as it can: it ends with the thread that started
 * it, keeps no file but its socket, can neither be read by others of the same
 * user nor leave a core file with pixels behind, and can write no file. The
 * kernel still grants it every other call, so this counts as no isolation.
 *
 * Returns: how far that goes
 */
BagIsolation
bag_sandbox_enter (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  close_range (BAG_DECODER_SOCKET_FD + 1, ~0u, 0);

  set_limit (RLIMIT_CORE, 0);
  set_limit (RLIMIT_FSIZE, 0);
  set_limit (RLIMIT_NOFILE, MAX_OPEN_FILES);

  return BAG_ISOLATION_OFF;
}
