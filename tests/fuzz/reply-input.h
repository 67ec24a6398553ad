/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the bytes of an input of fuzz-reply.c mean: the first one is an Ask, and what follows are answers, each an
 * Answer and what that announces. */

typedef enum
{
  ANSWER_RAW = 1 << 0,     /* a reply as it stands; else a good one, with status, total, chunk and length */
  ANSWER_PAYLOAD = 1 << 1, /* two bytes of length, and as many for the staging memory */
  ANSWER_FITS = 1 << 2,    /* total and length are those of the payload */
  ANSWER_SHORT = 1 << 3,
  ANSWER_TWICE = 1 << 4,
  ANSWER_CLOSE = 1 << 6,
  ANSWER_NONE = 0xff, /* just that: it takes a while */
} Answer;

typedef enum
{
  ASK_DESCRIBE,
  ASK_DESCRIBE_ALL,
  ASK_REPORT,
  ASK_DIRECTORY,
  ASK_ELEMENTS,
  ASK_ELEMENTS_REVEALED,
  ASK_DECODE,
  ASK_INFLATE,
  N_ASKS,
} Ask;

#define ASK_UNSTAGED 0x80 /* the decoder has to be given the staging memory first */
