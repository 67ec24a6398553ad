/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sandbox"

#include "config.h"

#include "decoder/bag-sandbox-filter.h"

#include "decoder/bag-decoder-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Which calls the kernel grants a decoder: what the C library, GLib and the
 * codecs were seen to use once all is open, and nothing else. A call that is
 * not listed fails with EPERM, which libraries know how to live with; one that
 * no decoder can mean well ends it at once.
 */

/* Memory, time, waiting for itself, the end; reading a file that was sent. */
static const int allowed[] = {
  SCMP_SYS (brk),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (close),
  SCMP_SYS (exit_group),
  SCMP_SYS (fstat),
  SCMP_SYS (futex),
  SCMP_SYS (getpid),
  SCMP_SYS (getrandom),
  SCMP_SYS (mremap),
  SCMP_SYS (munmap),
  SCMP_SYS (pread64),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sched_yield),
#ifdef BAG_SANITIZED
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (gettid),
  SCMP_SYS (madvise),
  SCMP_SYS (nanosleep),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (sigaltstack),
#endif
};

/* To become another program or more of them, to reach others, to change the ground one stands on. */
static const int deadly[] = {
  SCMP_SYS (accept),
  SCMP_SYS (accept4),
  SCMP_SYS (bind),
  SCMP_SYS (bpf),
  SCMP_SYS (chroot),
  SCMP_SYS (clone),
  SCMP_SYS (clone3),
  SCMP_SYS (connect),
  SCMP_SYS (execve),
  SCMP_SYS (execveat),
  SCMP_SYS (fork),
  SCMP_SYS (io_uring_setup),
  SCMP_SYS (keyctl),
  SCMP_SYS (kill),
  SCMP_SYS (listen),
  SCMP_SYS (mount),
  SCMP_SYS (perf_event_open),
  SCMP_SYS (pidfd_getfd),
  SCMP_SYS (pidfd_open),
  SCMP_SYS (pivot_root),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (process_vm_writev),
  SCMP_SYS (ptrace),
  SCMP_SYS (setns),
  SCMP_SYS (socket),
  SCMP_SYS (socketpair),
  SCMP_SYS (unshare),
  SCMP_SYS (userfaultfd),
  SCMP_SYS (vfork),
};

static gboolean
add_calls (scmp_filter_ctx filter, guint32 action, const int *calls, guint n_calls)
{
  /* A number below zero: this machine has no such call. */
  for (guint i = 0; i < n_calls; i++)
    if (calls[i] >= 0 && seccomp_rule_add (filter, action, calls[i], 0) < 0)
      return FALSE;

  return TRUE;
}

/* Nothing becomes code. The one thing that may be mapped for writing with others is the staging
 * memory: every other file comes open for reading only. */
static gboolean
allow_memory (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp no_code = SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const struct scmp_arg_cmp anonymous = SCMP_A3 (SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);
  const struct scmp_arg_cmp readable = SCMP_A2 (SCMP_CMP_EQ, PROT_READ | PROT_WRITE, 0);
  const struct scmp_arg_cmp shared = SCMP_A3 (SCMP_CMP_EQ, MAP_SHARED, 0);

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 2, no_code, anonymous) == 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 2, readable, shared) == 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, no_code) == 0;
}

/* MADV_REMOVE would punch a hole into the staging memory. */
static gboolean
allow_giving_back (scmp_filter_ctx filter)
{
#ifndef BAG_SANITIZED
  const struct scmp_arg_cmp unneeded = SCMP_A2 (SCMP_CMP_EQ, MADV_DONTNEED, 0);
  const struct scmp_arg_cmp freed = SCMP_A2 (SCMP_CMP_EQ, MADV_FREE, 0);

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (madvise), 1, unneeded) == 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (madvise), 1, freed) == 0;
#else
  return TRUE;
#endif
}

/* Words go to the one socket; last words to where the program has pointed them. */
static gboolean
allow_talking (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp socket = SCMP_A0 (SCMP_CMP_EQ, BAG_DECODER_SOCKET_FD, 0);
  const struct scmp_arg_cmp error_output = SCMP_A0 (SCMP_CMP_EQ, STDERR_FILENO, 0);

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (recvmsg), 1, socket) == 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (sendmsg), 1, socket) == 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (write), 1, error_output) == 0;
}

/* All threads, and calls of another architecture like the deadly ones. */
static gboolean
set_up (scmp_filter_ctx filter)
{
  return seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 && seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && add_calls (filter, SCMP_ACT_ALLOW, allowed, G_N_ELEMENTS (allowed)) && add_calls (filter, SCMP_ACT_KILL_PROCESS, deadly, G_N_ELEMENTS (deadly)) && allow_memory (filter) && allow_giving_back (filter) && allow_talking (filter);
}

/**
 * bag_sandbox_filter_load:
 *
 * Has the kernel refuse this process all but the calls that decoding takes. For good.
 *
 * Returns: whether the kernel took the filter
 */
gboolean
bag_sandbox_filter_load (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean is_loaded = filter != NULL && set_up (filter) && seccomp_load (filter) == 0;

  if (filter != NULL)
    seccomp_release (filter);

  return is_loaded;
}
