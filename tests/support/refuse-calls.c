/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/*
 * usage: refuse-calls namespaces|seccomp PROGRAM [ARGUMENT...]
 *
 * Runs a program as on a system that gives nobody namespaces, or that knows no
 * seccomp filters.
 */
static int
refuse_namespaces (scmp_filter_ctx filter)
{
  static const unsigned int flags[] = { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET };
  int result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (unshare), 0);

  for (unsigned int i = 0; i < sizeof flags / sizeof *flags; i++)
    result |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (clone), 1, SCMP_A0 (SCMP_CMP_MASKED_EQ, flags[i], flags[i]));

  return result;
}

static int
refuse_seccomp (scmp_filter_ctx filter)
{
  return seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (seccomp), 0) | seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1, SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP, 0));
}

int
main (int argc, char *argv[])
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);

  if (argc < 3 || filter == NULL)
    return 2;
  if ((strcmp (argv[1], "seccomp") == 0 ? refuse_seccomp (filter) : refuse_namespaces (filter)) != 0 || seccomp_load (filter) != 0)
    {
      fputs ("refuse-calls: the filter could not be set\n", stderr);
      return 2;
    }

  execv (argv[2], argv + 2);
  perror (argv[2]);

  return 2;
}
