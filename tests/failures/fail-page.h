/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/*
 * A file that a test and the programs under test have mapped: which call is to
 * fail, and what came of it. tests/failures/fail_page.py knows its layout too.
 */

#define FAIL_PAGE_VARIABLE "BAG_FAIL_PAGE" /* names the file */

typedef enum
{
  FAIL_NOTHING,
  FAIL_ALLOCATION, /* malloc(), calloc(), realloc(), posix_memalign(), aligned_alloc(), memalign() */
  FAIL_TRY,        /* g_try_malloc() and its kin */
  FAIL_MAP,        /* mmap(), mprotect(), madvise() */
  FAIL_OPEN,       /* open(), openat() */
  FAIL_READ,       /* read(), pread() */
  FAIL_WRITE,      /* write(), pwrite() */
  FAIL_FSYNC,
  FAIL_RENAME,
  FAIL_RECEIVE, /* recvmsg() */
  FAIL_SEND,    /* sendmsg() */
  FAIL_SOCKETPAIR,
  FAIL_MEMFD, /* memfd_create(), ftruncate() */
  FAIL_SPAWN, /* posix_spawn(), fork() */
} FailKind;

typedef enum
{
  FAIL_ONCE,    /* the n-th call */
  FAIL_FOREVER, /* the n-th call and all after it */
  FAIL_KILL,    /* the process ends at the n-th call */
} FailMode;

typedef struct
{
  uint32_t kind, mode;
  char program[32]; /* whose calls: the name of its file */
  int64_t n;        /* from 1 */
  int64_t count;    /* calls so far */
  int64_t failed;   /* of these, how many failed */
  int64_t live;     /* blocks of memory that @program has allocated, and a constant */
  int64_t idle;     /* whether it waits in recvmsg() */
} FailPage;
