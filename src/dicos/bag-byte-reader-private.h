/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

/* Shared by the files of BagByteReader alone. */

#define BAG_BYTE_READER_FIRST_FILL 4096u

struct _BagByteReader
{
  int fd; /* not owned; -1 for memory */
  guint64 size;
  const guint8 *memory; /* not owned */
  BagLimits limits;     /* for what is read from it */

  guint8 *window; /* grows with what is read at once */
  gsize window_size;
  guint64 window_offset;
  gsize window_length;
  gsize fill;

  BagInflater *inflater; /* owned; NULL unless the file is deflated */
  guint64 inflated_from; /* where the deflated bytes begin */

  GError *failure; /* owned; the first read that the storage refused, or NULL */
};

G_END_DECLS
