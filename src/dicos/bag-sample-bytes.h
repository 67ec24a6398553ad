/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The last step of codecs: from what a library gives to 16-bit little-endian samples. */

/* In place: @n bytes in the upper half of @samples become @n samples. A byte is read before
 * anything is written over it. */
static inline void
bag_sample_bytes_widen (guint8 *samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 value = samples[n + i];

      samples[2 * i] = value;
      samples[2 * i + 1] = 0;
    }
}

/* In place: @n samples of this machine's byte order. */
static inline void
bag_sample_bytes_to_little_endian (guint8 *samples, gsize n)
{
  for (gsize i = 0; G_BYTE_ORDER == G_BIG_ENDIAN && i < n; i++)
    {
      guint8 value = samples[2 * i];

      samples[2 * i] = samples[2 * i + 1];
      samples[2 * i + 1] = value;
    }
}

G_END_DECLS
