/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BagFirstFit BagFirstFit;

BagFirstFit *bag_first_fit_new (gsize buffer_size, guint n_buffers);
void bag_first_fit_free (BagFirstFit *self);
gpointer bag_first_fit_allocate (BagFirstFit *self, gsize size);
gboolean bag_first_fit_deallocate (BagFirstFit *self, gpointer data);

G_END_DECLS
