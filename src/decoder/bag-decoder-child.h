/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-channel.h"
#include "decoder/bag-decoder-describe.h"
#include "decoder/bag-sample-map.h"

G_BEGIN_DECLS

/**
 * BagDecoderChild:
 *
 * One `bagscope-decoder` process and the calls that it answers. Belongs to one
 * long-lived thread: only that thread may call it. Every call blocks until the
 * child has answered, died, or its deadline has passed; after a death the next
 * call starts a new child. Between calls the child keeps nothing that changes an answer.
 */
typedef struct _BagDecoderChild BagDecoderChild;

BagDecoderChild *bag_decoder_child_new (void);
void bag_decoder_child_free (BagDecoderChild *self);

BagDescription *bag_decoder_child_describe (BagDecoderChild *self,
                                            int fd,
                                            GCancellable *cancellable,
                                            GError **error);
void bag_decoder_child_describe_all (BagDecoderChild *self,
                                     BagDecoderFile *files,
                                     guint n_files,
                                     GCancellable *cancellable);
BagReport *bag_decoder_child_read_report (BagDecoderChild *self,
                                          int fd,
                                          GCancellable *cancellable,
                                          GError **error);
GPtrArray *bag_decoder_child_read_directory (BagDecoderChild *self,
                                             int fd,
                                             GCancellable *cancellable,
                                             GError **error);
BagElementList *bag_decoder_child_list_elements (BagDecoderChild *self,
                                                 int fd,
                                                 gboolean reveal,
                                                 GCancellable *cancellable,
                                                 GError **error);
gboolean bag_decoder_child_decode (BagDecoderChild *self,
                                   int fd,
                                   BagFrameCodec codec,
                                   const BagPixelLayout *layout,
                                   guint64 offset,
                                   guint64 length,
                                   gpointer dest,
                                   gsize dest_size,
                                   GCancellable *cancellable,
                                   GError **error);

gboolean bag_decoder_child_inflate (BagDecoderChild *self,
                                    int fd,
                                    const BagPixelLayout *layout,
                                    guint64 offset,
                                    gsize first,
                                    gsize n,
                                    BagSampleSink sink,
                                    gpointer sink_data,
                                    GCancellable *cancellable,
                                    GError **error);

void bag_decoder_child_start (BagDecoderChild *self);
void bag_decoder_child_give_up_start (BagDecoderChild *self);
guint bag_decoder_child_get_n_deaths (BagDecoderChild *self);
gboolean bag_decoder_child_get_isolation (BagDecoderChild *self, BagIsolation *isolation);
gboolean bag_decoder_child_is_stalled (BagDecoderChild *self);
void bag_decoder_child_set_at_work (BagDecoderChild *self, gboolean is_at_work);
gboolean bag_decoder_child_is_stuck (BagDecoderChild *self, gint64 patience);

void bag_decoder_child_watch (BagDecoderChild *self, void (*changed) (gpointer user_data), gpointer user_data);
void bag_decoder_child_set_limits (BagDecoderChild *self, const BagLimits *limits);
const BagLimits *bag_decoder_child_get_limits (const BagDecoderChild *self);
void bag_decoder_child_set_deadlines (BagDecoderChild *self, const BagDecoderDeadlines *deadlines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagDecoderChild, bag_decoder_child_free)

G_END_DECLS
