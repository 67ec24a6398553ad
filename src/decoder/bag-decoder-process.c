/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-process"

#include "config.h"

#include "decoder/bag-decoder-process.h"

#include "decoder/bag-decoder-protocol.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DECODER_NAME "bagscope-decoder"

/*
 * posix_spawn() because it neither copies page tables nor runs our code
 * between fork and exec, which a program with threads may not do freely. The
 * decoder asks to be killed when the thread that started it ends, so it must
 * be started by a thread that lives as long as it is needed.
 */

static char *
find_beside_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (program == NULL)
    return NULL;

  folder = g_path_get_dirname (program);
  path = g_build_filename (folder, DECODER_NAME, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;

  return g_steal_pointer (&path);
}

static char *
find_program (void)
{
  const char *chosen = g_getenv ("BAGSCOPE_DECODER");
  char *path;

  if (chosen != NULL && *chosen != '\0')
    return g_strdup (chosen);

  path = find_beside_program ();
  return path != NULL ? path : g_build_filename (BAG_LIBEXECDIR, DECODER_NAME, NULL);
}

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
  posix_spawnattr_setflags (attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int
spawn (const char *path, int socket, GPid *pid)
{
  char *arguments[] = { (char *) DECODER_NAME, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int result;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  add_file_actions (&actions, socket);
  set_attributes (&attributes);

  result = posix_spawn (pid, path, &actions, &attributes, arguments, environ);

  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);

  return result;
}

/* Collects what has ended; does not wait for what has not. */
static void
reap (BagDecoderProcess *self)
{
  for (guint i = self->unreaped->len; i > 0; i--)
    {
      GPid pid = g_array_index (self->unreaped, GPid, i - 1);

      if (waitpid (pid, NULL, WNOHANG) != 0)
        g_array_remove_index_fast (self->unreaped, i - 1);
    }
}

/**
 * bag_decoder_process_init:
 * @self: memory for it
 */
void
bag_decoder_process_init (BagDecoderProcess *self)
{
  self->pid = 0;
  self->socket = -1;
  self->unreaped = g_array_new (FALSE, FALSE, sizeof (GPid));
}

/**
 * bag_decoder_process_clear:
 * @self: a process
 *
 * Ends it and, this once, waits until everything that was ever started is gone.
 */
void
bag_decoder_process_clear (BagDecoderProcess *self)
{
  bag_decoder_process_end (self);
  for (guint i = 0; i < self->unreaped->len; i++)
    waitpid (g_array_index (self->unreaped, GPid, i), NULL, 0);
  g_clear_pointer (&self->unreaped, g_array_unref);
}

/**
 * bag_decoder_process_start:
 * @self: a process that does not run
 * @error: return location
 *
 * Returns: whether it was started; else @error is %BAG_ERROR_DECODER_DIED
 */
gboolean
bag_decoder_process_start (BagDecoderProcess *self, GError **error)
{
  g_autofree char *path = find_program ();
  int sockets[2] = { -1, -1 };
  int result = 0;

  g_assert (self->pid == 0);

  reap (self);
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    result = errno;
  else
    result = spawn (path, sockets[1], &self->pid);

  bag_decoder_close_fd (&sockets[1]);
  if (result != 0)
    {
      self->pid = 0;
      bag_decoder_close_fd (&sockets[0]);
      g_set_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED, _ ("The decoder %s could not be started: %s. Install Bagscope again."), path, g_strerror (result));
      return FALSE;
    }

  self->socket = sockets[0];
  return TRUE;
}

/**
 * bag_decoder_process_end:
 * @self: a process
 *
 * Kills it, if it runs, and does not wait for its end.
 */
void
bag_decoder_process_end (BagDecoderProcess *self)
{
  if (self->pid != 0)
    {
      kill (self->pid, SIGKILL);
      g_array_append_val (self->unreaped, self->pid);
    }
  self->pid = 0;
  bag_decoder_close_fd (&self->socket);
  reap (self);
}

/**
 * bag_decoder_process_get_cpu_time:
 * @self: a process
 *
 * Returns: processor time that it has used, in microseconds; 0 when it is gone
 */
gint64
bag_decoder_process_get_cpu_time (const BagDecoderProcess *self)
{
  clockid_t clock;
  struct timespec time;

  if (clock_getcpuclockid (self->pid, &clock) != 0 || clock_gettime (clock, &time) != 0)
    return 0;

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
