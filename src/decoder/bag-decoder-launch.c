/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-process"

#include "config.h"

#include "decoder/bag-decoder-launch.h"

#include "decoder/bag-decoder-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

/*
 * posix_spawn() because it neither copies page tables nor runs our code
 * between fork and exec, which a program with threads may not do freely. The
 * decoder asks to be killed when the thread that started it ends, so it must
 * be started by a thread that lives as long as it is needed.
 *
 * bubblewrap puts it into namespaces of its own, where it is the only process,
 * without network, and sees nothing but itself and the libraries that it is
 * linked from. Once those are loaded it locks itself in and opens nothing more.
 */
#define INSIDE "/decoder/"

/* The decoder's words never reach a terminal, unless somebody is looking for a fault. */
static void
add_file_actions (posix_spawn_file_actions_t *actions, int socket)
{
  posix_spawn_file_actions_adddup2 (actions, socket, BAG_DECODER_SOCKET_FD);
  posix_spawn_file_actions_addopen (actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    posix_spawn_file_actions_addopen (actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np (actions, BAG_DECODER_SOCKET_FD + 1);
}

static void
set_attributes (posix_spawnattr_t *attributes)
{
  sigset_t none, defaults;

  sigemptyset (&none);
  sigfillset (&defaults);
  posix_spawnattr_setsigmask (attributes, &none);
  posix_spawnattr_setsigdefault (attributes, &defaults);
  posix_spawnattr_setpgroup (attributes, 0);
  posix_spawnattr_setflags (attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

/* What a decoder does depends on nothing but its requests; a sanitizer needs to be told how. */
static char **
get_environment (BagIsolation isolation)
{
  static char *const none[] = { NULL };

#ifdef BAG_SANITIZED
  return environ;
#endif
  return isolation == BAG_ISOLATION_OFF ? environ : (char **) none;
}

static int
spawn (const char *program, char *const *arguments, BagIsolation isolation, int socket, GPid *pid)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int result;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  add_file_actions (&actions, socket);
  set_attributes (&attributes);

  result = posix_spawn (pid, program, &actions, &attributes, arguments, get_environment (isolation));

  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);

  return result;
}

/* The decoder is the first process of its namespace, so that no other one has to stay beside it. */
static int
spawn_wrapped (const char *path, int socket, GPid *pid)
{
  g_autofree char *wrapper = g_find_program_in_path ("bwrap");
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *inside = g_strconcat (INSIDE, name, NULL);
  const char *arguments[] = {
    "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL", "--as-pid-1",
    /* where the libraries are */
    "--ro-bind",
    "/usr/lib",
    "/usr/lib",
    "--ro-bind-try",
    "/usr/lib64",
    "/usr/lib64",
    "--ro-bind-try",
    "/usr/local/lib",
    "/usr/local/lib",
    "--ro-bind-try",
    "/lib",
    "/lib",
    "--ro-bind-try",
    "/lib64",
    "/lib64",
    "--ro-bind-try",
    "/etc/ld.so.cache",
    "/etc/ld.so.cache",
    /* the decoder itself */
    "--ro-bind",
    path,
    inside,
    "--remount-ro",
    "/",
    "--chdir",
    "/",
    "--",
    inside,
    bag_isolation_get_name (BAG_ISOLATION_FULL),
    NULL
  };

  if (wrapper == NULL)
    return ENOENT;

  return spawn (wrapper, (char *const *) arguments, BAG_ISOLATION_FULL, socket, pid);
}

/**
 * bag_decoder_launch:
 * @path: the decoder's program
 * @isolation: how far it is to be shut in
 * @socket: its end of the socket; stays open
 * @pid: (out): the process to end and to reap: the decoder, or bubblewrap around it; it leads a process group
 *   of its own, which is to be ended with it
 *
 * Call it in a thread that lives as long as the decoder is needed.
 *
 * Returns: 0, or the errno of what failed. That the decoder runs is known only by its first word
 */
int
bag_decoder_launch (const char *path, BagIsolation isolation, int socket, GPid *pid)
{
  const char *arguments[] = { path, bag_isolation_get_name (isolation), NULL };

  if (isolation == BAG_ISOLATION_FULL)
    return spawn_wrapped (path, socket, pid);

  return spawn (path, (char *const *) arguments, isolation, socket, pid);
}
