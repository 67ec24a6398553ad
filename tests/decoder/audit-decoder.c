/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "audit-decoder.h"

#include "decoder/bag-sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * In place of the decoder: shuts itself in with the same code, in the same
 * order, then tries the one thing that it is named after and tells what came of
 * it. "before-" in front of it: it tries that first, so that only what is around
 * it keeps it from that.
 */
typedef struct
{
  guint8 *staging;
} Audit;

/* A call with its arguments, or what takes more than one. */
typedef struct
{
  const char *name;
  long call;
  long a, b, c, d;
  long (*try) (Audit *self);
} Deed;

#define STAGING_FD (BAG_DECODER_SOCKET_FD + 1) /* the first that is free once all others are closed */
#define TEXT(text) ((long) (text))
#define NEW_FILE (O_CREAT | O_EXCL | O_WRONLY)

static guint8 scratch[4096];

static long
map (int prot, int flags, int fd)
{
  return mmap (NULL, 4096, prot, flags, fd, 0) == MAP_FAILED ? -1 : 0;
}

static long
try_map_code (Audit *self)
{
  return map (PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static long
try_map_file_code (Audit *self)
{
  return map (PROT_READ | PROT_EXEC, MAP_SHARED, STAGING_FD);
}

static long
try_map_file_private (Audit *self)
{
  return map (PROT_READ | PROT_WRITE, MAP_PRIVATE, STAGING_FD);
}

static long
try_remove (Audit *self)
{
  return madvise (self->staging, AUDIT_STAGING_BYTES, MADV_REMOVE);
}

/* The child must not go on as if it were this process. */
static long
try_fork (Audit *self)
{
  long pid = syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0);

  if (pid == 0)
    _exit (0);

  return pid;
}

static long
try_make_code (Audit *self)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return mprotect (page, 4096, PROT_READ | PROT_EXEC);
}

/* A mapping may become longer than its file; what lies past its end is nobody's. */
static long
try_touch_past (Audit *self)
{
  guint8 *longer = mremap (self->staging, AUDIT_STAGING_BYTES, 2 * AUDIT_STAGING_BYTES, MREMAP_MAYMOVE);

  if (longer == MAP_FAILED)
    return -1;
  ((volatile guint8 *) longer)[AUDIT_STAGING_BYTES] = 1;

  return 0;
}

/* What memory is for. */
static long
try_memory (Audit *self)
{
  g_autofree guint8 *bytes = g_try_malloc (4u << 20);

  if (bytes == NULL)
    return -1;
  memset (bytes, 1, 4u << 20);
  bytes = g_try_realloc (bytes, 16u << 20);

  return bytes != NULL && bytes[1000] == 1 ? 0 : -1;
}

static void *
do_nothing (void *data)
{
  return NULL;
}

static long
try_thread (Audit *self)
{
  pthread_t thread;

  errno = pthread_create (&thread, NULL, do_nothing, NULL);

  return errno == 0 ? 0 : -1;
}

/* Through the gate for programs of 32 bits, where other numbers mean other calls. */
static long
try_old_gate (Audit *self)
{
#ifdef __x86_64__
  long result = 20; /* getpid there */

  __asm__ volatile("int $0x80"
                   : "+a"(result)
                   :
                   : "memory", "r8", "r9", "r10", "r11");

  return result < 0 ? -1 : 0;
#else
  raise (SIGKILL);
  return -1;
#endif
}

/* Which files are open, told by the one call that is left to look: four, and the staging memory. */
static long
try_count_files (Audit *self)
{
  struct stat info;
  guint n = 0;

  for (int fd = 0; fd < 1024; fd++)
    n += bag_sandbox_stat (fd, &info) == 0 ? 1 : 0;
  errno = (int) n;

  return n == 5 ? 0 : -1;
}

static long
try_reach_network (Audit *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (9), .sin_addr.s_addr = htonl (0xc0000201) }; /* 192.0.2.1, nobody's (RFC 5737) */
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  return connect (fd, (struct sockaddr *) &address, sizeof address);
}

static long
try_be_first (Audit *self)
{
  errno = ESRCH;

  return getpid () == 1 ? 0 : -1;
}

/* Addresses are no constants for the compiler. */
static void
add_deeds (GArray *deeds)
{
  const Deed all[] = {
    { "nothing", SYS_getpid },
    { "open", SYS_openat, AT_FDCWD, TEXT ("/etc/passwd"), O_RDONLY },
    { "open-proc", SYS_openat, AT_FDCWD, TEXT ("/proc/self/maps"), O_RDONLY },
    { "open-program", SYS_openat, AT_FDCWD, TEXT ("/usr/bin/env"), O_RDONLY },
    { "open-device", SYS_openat, AT_FDCWD, TEXT ("/dev/null"), O_RDWR },
    { "create", SYS_openat, AT_FDCWD, TEXT ("/bagscope-audit"), NEW_FILE, 0600 },
    { "create-beside", SYS_openat, AT_FDCWD, TEXT ("/decoder/bagscope-audit"), NEW_FILE, 0600 },
    { "create-in-lib", SYS_openat, AT_FDCWD, TEXT ("/usr/lib/bagscope-audit"), NEW_FILE, 0600 },
    { "stat", SYS_newfstatat, AT_FDCWD, TEXT ("/etc/passwd"), TEXT (scratch), 0 },
    { "readlink", SYS_readlinkat, AT_FDCWD, TEXT ("/proc/self/exe"), TEXT (scratch), sizeof scratch },
    { "unlink", SYS_unlinkat, AT_FDCWD, TEXT ("/nowhere/at-all"), 0 },
    { "chdir", SYS_chdir, TEXT ("/") },
    { "memfd", SYS_memfd_create, TEXT ("audit"), 0 },
    { "dup", SYS_dup, STDIN_FILENO },
    { "fcntl", SYS_fcntl, STDIN_FILENO, F_GETFL },
    { "ioctl", SYS_ioctl, BAG_DECODER_SOCKET_FD, FIONREAD, TEXT (scratch) },
    { "write", SYS_write, STDOUT_FILENO, TEXT ("x"), 1 },
    { "socket", SYS_socket, AF_INET, SOCK_STREAM, 0 },
    { "socket-unix", SYS_socket, AF_UNIX, SOCK_STREAM, 0 },
    { "socketpair", SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, TEXT (scratch) },
    { "clone3", SYS_clone3, 0, 0 },
    { "unshare", SYS_unshare, CLONE_NEWUSER },
    { "exec", SYS_execve, TEXT ("/usr/bin/true"), 0, 0 },
    { "exec-fd", SYS_execveat, STAGING_FD, TEXT (""), 0, 0 },
    { "ptrace", SYS_ptrace, PTRACE_TRACEME, 0, 0, 0 },
    { "read-process", SYS_process_vm_readv, 1, 0, 0, 0 },
    { "kill", SYS_kill, 1, 0 },
    { "io-uring", SYS_io_uring_setup, 1, 0 },
    { "bpf", SYS_bpf, 0, 0, 0 },
    { "mount", SYS_mount, 0, TEXT ("/"), 0, 0 },
    { "chroot", SYS_chroot, TEXT ("/") },
    { "pidfd", SYS_pidfd_open, getpid (), 0 },
    { "raise-limit", SYS_prlimit64, 0, RLIMIT_NOFILE, TEXT (scratch), 0 },
    { "dumpable", SYS_prctl, PR_SET_DUMPABLE, 1 },
    { "truncate", SYS_ftruncate, STAGING_FD, 0 },
    { "punch", SYS_fallocate, STAGING_FD, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, AUDIT_STAGING_BYTES },
    { "write-past", SYS_pwrite64, STAGING_FD, TEXT ("x"), 1, AUDIT_STAGING_BYTES },
    { "random", SYS_getrandom, TEXT (scratch), 8, 0 },
    { "read-file", SYS_pread64, STAGING_FD, TEXT (scratch), 1, 0 },
    { "fork", .try = try_fork },
    { "thread", .try = try_thread },
    { "old-gate", .try = try_old_gate },
    { "remove", .try = try_remove },
    { "touch-past", .try = try_touch_past },
    { "make-code", .try = try_make_code },
    { "map-code", .try = try_map_code },
    { "map-file-code", .try = try_map_file_code },
    { "map-file-private", .try = try_map_file_private },
    { "memory", .try = try_memory },
    { "count-files", .try = try_count_files },
    { "reach-network", .try = try_reach_network },
    { "be-first", .try = try_be_first },
  };

  g_array_append_vals (deeds, all, G_N_ELEMENTS (all));
}

static Deed
find_deed (const char *name)
{
  g_autoptr (GArray) deeds = g_array_new (FALSE, FALSE, sizeof (Deed));

  add_deeds (deeds);
  for (guint i = 0; i < deeds->len; i++)
    if (g_str_equal (name, g_array_index (deeds, Deed, i).name))
      return g_array_index (deeds, Deed, i);
  abort ();
}

static void
tell (const AuditReport *report)
{
  bag_decoder_send (BAG_DECODER_SOCKET_FD, report, sizeof *report, -1);
}

static AuditReport
attempt (Audit *self, const Deed *deed, BagIsolation isolation)
{
  AuditReport report = { .isolation = isolation, .error = 0 };

  errno = 0;
  if ((deed->try != NULL ? deed->try (self) : syscall (deed->call, deed->a, deed->b, deed->c, deed->d)) < 0)
    report.error = errno;

  return report;
}

int
main (int argc, char *argv[])
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  gboolean is_before = g_str_has_prefix (name, "before-");
  Deed deed;
  Audit self = { 0 };
  int staging_fd = -1;
  AuditReport report = { 0 };
  BagIsolation isolation = BAG_ISOLATION_OFF;
  char byte;

  strchr (name, '@')[0] = '\0';
  deed = find_deed (is_before ? name + strlen ("before-") : name);
  bag_isolation_parse (argv[1], &isolation);
  if (is_before)
    report = attempt (&self, &deed, isolation);
  if (!bag_sandbox_enter (isolation, &isolation))
    return 1;

  bag_decoder_receive (BAG_DECODER_SOCKET_FD, &byte, 1, 0, &staging_fd);
  if (staging_fd != STAGING_FD)
    return 1;
  self.staging = mmap (NULL, AUDIT_STAGING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, staging_fd, 0);
  report.isolation = isolation;
  if (!is_before)
    report = attempt (&self, &deed, isolation);
  tell (&report);
  bag_decoder_receive (BAG_DECODER_SOCKET_FD, &byte, 1, 0, NULL);

  return 0;
}
