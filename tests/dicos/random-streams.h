/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference-codecs.h"

G_BEGIN_DECLS

/* Frames of random content for the codecs, and places for them where the first byte
 * beyond is a crash. */

typedef struct
{
  guint rows, columns, precision, predictor, point_transform, restart_rows;
  ReferenceCode code;
} RandomStream;

void random_code (GRand *random, guint max_length, ReferenceCode *code);
void random_stream (GRand *random, guint rows, guint columns, RandomStream *stream);
void random_put_head (GByteArray *out, const RandomStream *stream);
void random_put_data (GByteArray *out, GRand *random, const ReferenceCode *code, guint n);
void random_put_stream (GByteArray *out, GRand *random, const RandomStream *stream);
GByteArray *random_remove_stuffing (const GByteArray *data);
void random_put_rle (GByteArray *out, GRand *random, guint n_segments, guint n);

typedef struct _Guarded Guarded;

Guarded *guarded_new (gsize size);
void guarded_free (Guarded *self);
guint8 *guarded_place (Guarded *self, const guint8 *data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Guarded, guarded_free)

G_END_DECLS
