/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "audit-decoder.h"
#include "obedience.h"

#include "decoder/bag-decoder-launch.h"
#include "decoder/bag-decoder-process.h"
#include "decoder/bag-decoder-protocol.h"
#include "decoder/bag-decoder-staging.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Tries every forbidden thing from inside the sandbox that the decoder is in:
 * the same launch, the same lock, one process a deed. What must come of it is
 * said for each mode: 0, an errno, or minus the signal that ends the process.
 */
#define ANY G_MAXINT32 /* depends on the machine; nothing is promised */
#define LOCKED(error) \
  {                   \
    ANY, error, error \
  }

typedef struct
{
  const char *deed;
  int outcomes[BAG_N_ISOLATIONS];
} Promise;

static const Promise promises[] = {
  /* What decoding takes */
  { "nothing", { 0, 0, 0 } },
  { "random", { 0, 0, 0 } },
  { "read-file", { 0, 0, 0 } },
  { "memory", { 0, 0, 0 } },
  { "count-files", { 0, 0, 0 } },
  /* Files */
  { "open", { 0, EPERM, EPERM } },
  { "open-proc", { ANY, EPERM, EPERM } },
  { "create", LOCKED (EPERM) },
  { "stat", { 0, EPERM, EPERM } },
  { "readlink", LOCKED (EPERM) },
  { "unlink", { ENOENT, EPERM, EPERM } },
  { "chdir", { 0, EPERM, EPERM } },
  { "memfd", { 0, EPERM, EPERM } },
  { "dup", { 0, EPERM, EPERM } },
  { "fcntl", { 0, EPERM, EPERM } },
  { "ioctl", { 0, EPERM, EPERM } },
  { "write", { 0, EPERM, EPERM } },
  /* Others */
  { "socket", { 0, -SIGSYS, -SIGSYS } },
  { "socket-unix", { 0, -SIGSYS, -SIGSYS } },
  { "socketpair", { 0, -SIGSYS, -SIGSYS } },
  { "fork", LOCKED (-SIGSYS) },
  { "clone3", LOCKED (-SIGSYS) },
  { "thread", { 0, -SIGSYS, -SIGSYS } },
  { "unshare", LOCKED (-SIGSYS) },
  { "exec", LOCKED (-SIGSYS) },
  { "exec-fd", LOCKED (-SIGSYS) },
  { "ptrace", { 0, -SIGSYS, -SIGSYS } },
  { "read-process", LOCKED (-SIGSYS) },
  { "kill", { 0, -SIGSYS, -SIGSYS } },
  { "io-uring", LOCKED (-SIGSYS) },
  { "bpf", LOCKED (-SIGSYS) },
  { "mount", LOCKED (-SIGSYS) },
  { "chroot", LOCKED (-SIGSYS) },
  { "pidfd", { 0, -SIGSYS, -SIGSYS } },
  /* Itself */
  { "raise-limit", LOCKED (EPERM) },
  { "dumpable", { 0, EPERM, EPERM } },
  { "map-code", { 0, EPERM, EPERM } },
  { "make-code", { 0, EPERM, EPERM } },
  { "map-file-code", { 0, EPERM, EPERM } },
  { "map-file-private", { 0, EPERM, EPERM } },
  /* The staging memory: in each mode its seals hold */
  { "truncate", { EPERM, EPERM, EPERM } },
  { "write-past", { -SIGXFSZ, EPERM, EPERM } },
  { "touch-past", { -SIGBUS, -SIGBUS, -SIGBUS } },
  { "punch", { 0, EPERM, EPERM } },
  { "remove", { 0, EPERM, EPERM } },
  /* What namespaces alone keep from it, before it has locked itself in */
  { "before-be-first", { ESRCH, ESRCH, 0 } },
  { "before-open", { 0, 0, ENOENT } },
  { "before-open-proc", { 0, 0, ENOENT } },
  { "before-open-program", { 0, 0, ENOENT } },
  { "before-open-device", { 0, 0, ENOENT } },
  { "before-create", { ANY, ANY, EROFS } },
  { "before-create-beside", { ANY, ANY, EROFS } },
  { "before-create-in-lib", { ANY, ANY, EROFS } },
  { "before-chroot", { ANY, ANY, EPERM } },
  { "before-reach-network", { ANY, ANY, ENETUNREACH } },
};

typedef struct
{
  const Promise *promise;
  BagIsolation isolation;
} Trial;

typedef struct
{
  int socket;
  GPid launched, decoder;
  BagDecoderStaging staging;
  AuditReport report;
  gboolean has_reported;
} Run;

static void
launch (Run *self, const char *deed, BagIsolation isolation)
{
  const int on = 1;
  int sockets[2];

  obey (deed, (BagDecoderKind) 0);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), ==, 0);
  g_assert_cmpint (setsockopt (sockets[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on), ==, 0);
  bag_decoder_staging_init (&self->staging);
  g_assert_true (bag_decoder_staging_make (&self->staging, AUDIT_STAGING_BYTES / BAG_DECODER_N_HALVES, NULL));
  g_assert_cmpint (bag_decoder_launch (g_getenv ("BAGSCOPE_DECODER"), isolation, sockets[1], &self->launched), ==, 0);
  close (sockets[1]);
  self->socket = sockets[0];
}

static void
run_begin (Run *self, const char *deed, BagIsolation isolation)
{
  struct pollfd poll_fd;

  *self = (Run){ 0 };
  launch (self, deed, isolation);
  bag_decoder_send (self->socket, "x", 1, self->staging.fd);
  poll_fd = (struct pollfd){ .fd = self->socket, .events = POLLIN };
  while (poll (&poll_fd, 1, -1) < 0 && errno == EINTR)
    ;
  self->has_reported = bag_decoder_receive_sender (self->socket, &self->report, sizeof self->report, &self->decoder) == sizeof self->report;
}

/* Returns: the signal that it died of, however that is told; 0 */
static int
run_end (Run *self)
{
  int status = 0;

  close (self->socket);
  bag_decoder_staging_clear (&self->staging);
  g_assert_cmpint (waitpid (self->launched, &status, 0), ==, self->launched);
  if (WIFSIGNALED (status))
    return WTERMSIG (status);

  return WEXITSTATUS (status) > 128 ? WEXITSTATUS (status) - 128 : 0;
}

/* Returns: what came of it, in the form of a promise */
static int
try_deed (const char *deed, BagIsolation isolation)
{
  Run run;
  int signal;

  run_begin (&run, deed, isolation);
  if (run.has_reported)
    g_assert_cmpuint (run.report.isolation, ==, isolation);
  for (guint i = 0; i < AUDIT_STAGING_BYTES; i += 4096)
    g_assert_cmpint (run.staging.data[i], ==, 0);
  signal = run_end (&run);
  g_assert_true (run.has_reported != (signal != 0));

  return run.has_reported ? run.report.error : -signal;
}

static void
test_promise (gconstpointer data)
{
  const Trial *trial = data;

  g_assert_cmpint (try_deed (trial->promise->deed, trial->isolation), ==, trial->promise->outcomes[trial->isolation]);
}

/* Ended, by the filter or because the machine has no such gate. */
static void
test_old_gate (gconstpointer isolation)
{
  g_assert_cmpint (try_deed ("old-gate", (BagIsolation) GPOINTER_TO_UINT (isolation)), <, 0);
}

static void
check_limit (GPid decoder, int resource, rlim_t most)
{
  struct rlimit limit;

  g_assert_cmpint (prlimit (decoder, (__rlimit_resource_t) resource, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, most);
  g_assert_cmpuint (limit.rlim_max, ==, most);
}

static void
test_limits (gconstpointer isolation)
{
  BagDecoderProcess process = { .isolation = (BagIsolation) GPOINTER_TO_UINT (isolation) };
  struct rlimit limit;
  Run run;

  run_begin (&run, "nothing", process.isolation);
  g_assert_true (run.has_reported);
  check_limit (run.decoder, RLIMIT_CORE, 0);
  check_limit (run.decoder, RLIMIT_FSIZE, 0);
  check_limit (run.decoder, RLIMIT_NOFILE, 80);
  check_limit (run.decoder, RLIMIT_AS, BAG_DECODER_MAX_MEMORY_BYTES);

  process.decoder = run.decoder;
  g_assert_true (bag_decoder_process_limit_memory (&process, 100u << 20));
  g_assert_cmpint (prlimit (run.decoder, RLIMIT_AS, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 100u << 20);
  run_end (&run);
}

static void
add_trial (const Promise *promise, BagIsolation isolation)
{
  g_autofree char *path = g_strdup_printf ("/sandbox-audit/%s/%s", bag_isolation_get_name (isolation), promise->deed);
  Trial *trial = g_new (Trial, 1);

  *trial = (Trial){ promise, isolation };
  if (promise->outcomes[isolation] != ANY)
    g_test_add_data_func_full (path, trial, test_promise, g_free);
  else
    g_free (trial);
}

static void
add_mode (BagIsolation isolation)
{
  g_autofree char *old_gate = g_strdup_printf ("/sandbox-audit/%s/old-gate", bag_isolation_get_name (isolation));
  g_autofree char *limits = g_strdup_printf ("/sandbox-audit/%s/limits", bag_isolation_get_name (isolation));

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    add_trial (&promises[i], isolation);
  g_test_add_data_func (limits, GUINT_TO_POINTER (isolation), test_limits);
  if (isolation != BAG_ISOLATION_OFF)
    g_test_add_data_func (old_gate, GUINT_TO_POINTER (isolation), test_old_gate);
}

static void
skip_full (void)
{
  g_test_skip ("this system does not allow namespaces");
}

static gboolean
is_full_possible (void)
{
  Run run;

  run_begin (&run, "nothing", BAG_ISOLATION_FULL);
  run_end (&run);

  return run.has_reported;
}

int
main (int argc, char *argv[])
{
  /* Left open for whoever is started, as a careless library would. */
  int careless = open ("/dev/null", O_RDONLY);
  int result;

  g_assert_cmpint (careless, >, BAG_DECODER_SOCKET_FD - 1);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  obedience_begin ();
  add_mode (BAG_ISOLATION_OFF);
  add_mode (BAG_ISOLATION_SECCOMP);
  if (is_full_possible ())
    add_mode (BAG_ISOLATION_FULL);
  else
    g_test_add_func ("/sandbox-audit/full", skip_full);
  result = g_test_run ();
  obedience_end ();

  return result;
}
