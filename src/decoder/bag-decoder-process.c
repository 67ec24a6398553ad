/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-process"

#include "config.h"

#include "decoder/bag-decoder-process.h"

#include "decoder/bag-decoder-launch.h"
#include "decoder/bag-decoder-protocol.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DECODER_NAME "bagscope-decoder"

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
  self->decoder = 0;
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

/* Each packet then says which process has sent it. */
static int
make_sockets (int sockets[2])
{
  const int on = 1;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    return errno;

  return setsockopt (sockets[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0 ? errno : 0;
}

/**
 * bag_decoder_process_start:
 * @self: a process that does not run
 * @isolation: how far it is to be shut in
 * @error: return location
 *
 * Returns: whether it was started; else @error is %BAG_ERROR_DECODER_DIED
 */
gboolean
bag_decoder_process_start (BagDecoderProcess *self, BagIsolation isolation, GError **error)
{
  g_autofree char *path = find_program ();
  int sockets[2] = { -1, -1 };
  int result;

  g_assert (self->pid == 0);

  reap (self);
  result = make_sockets (sockets);
  if (result == 0)
    result = bag_decoder_launch (path, isolation, sockets[1], &self->pid);

  bag_decoder_close_fd (&sockets[1]);
  if (result != 0)
    {
      self->pid = 0;
      bag_decoder_close_fd (&sockets[0]);
      g_set_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED, _ ("The decoder %s could not be started: %s. Install Bagscope again."), path, g_strerror (result));
      return FALSE;
    }

  self->socket = sockets[0];
  self->isolation = isolation;
  self->decoder = isolation == BAG_ISOLATION_FULL ? 0 : self->pid;

  return TRUE;
}

/* Until the wrapper has told its own child to go on, that one waits for nobody else and would
 * outlive it; it is still in its group then. Later it ends with the wrapper, or, as the
 * decoder, with the socket. */
static void
kill_group (GPid pid)
{
  kill (-pid, SIGKILL);
  kill (pid, SIGKILL);
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
      kill_group (self->pid);
      g_array_append_val (self->unreaped, self->pid);
    }
  self->pid = 0;
  self->decoder = 0;
  bag_decoder_close_fd (&self->socket);
  reap (self);
}

/**
 * bag_decoder_process_limit_memory:
 * @self: a process whose decoder is known
 * @bytes: what it may map
 *
 * Returns: whether it may map no more from now on. The decoder itself can change that no more
 */
gboolean
bag_decoder_process_limit_memory (const BagDecoderProcess *self, guint64 bytes)
{
#ifdef BAG_SANITIZED
  return TRUE;
#else
  struct rlimit limit;

  if (self->decoder == 0 || prlimit (self->decoder, RLIMIT_AS, NULL, &limit) != 0)
    return FALSE;

  /* A smaller one that the program itself was started with stands. */
  limit.rlim_max = MIN (limit.rlim_max, BAG_DECODER_MAX_MEMORY_BYTES);
  limit.rlim_cur = MIN (limit.rlim_max, bytes);

  return prlimit (self->decoder, RLIMIT_AS, &limit, NULL) == 0;
#endif
}

/* Before its first word: the one child of what is wrapped around it. Good enough for a clock, for
 * which a wrong process costs one answer; once it has spoken, the kernel has said which it is. */
static GPid
find_decoder (const BagDecoderProcess *self)
{
  g_autofree char *path = NULL;
  g_autofree char *children = NULL;

  if (self->decoder != 0 || self->pid == 0)
    return self->decoder;

  path = g_strdup_printf ("/proc/%d/task/%d/children", self->pid, self->pid);
  if (!g_file_get_contents (path, &children, NULL, NULL))
    return 0;

  return (GPid) g_ascii_strtoll (children, NULL, 10);
}

/**
 * bag_decoder_process_get_cpu_time:
 * @self: a process
 *
 * Of the decoder, not of what is wrapped around it.
 *
 * Returns: processor time that it has used, in microseconds; 0 when it is gone, or not
 *   yet to be found
 */
gint64
bag_decoder_process_get_cpu_time (const BagDecoderProcess *self)
{
  GPid decoder = find_decoder (self);
  clockid_t clock;
  struct timespec time;

  if (decoder == 0 || clock_getcpuclockid (decoder, &clock) != 0 || clock_gettime (clock, &time) != 0)
    return 0;

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
