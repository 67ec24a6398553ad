/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-limits.h"

G_BEGIN_DECLS

/* What the command line of `bagscope` asks for. */
typedef struct
{
  gboolean show_version;
  gboolean open_demo;
  guint slice;         /* from 1; 0: not given */
  int width, height;   /* of the window, in pixels; 0: not given */
  guint64 pool_budget; /* bytes; 0: not given */
  BagLimits limits;    /* each 0: not given */
  char *screenshot;    /* (nullable): path of the picture to write */
  char **paths;        /* (nullable): what to open */
} BagOptions;

#define BAG_OPTIONS_MAX_SIZE 16384

BagOptions *bag_options_new (void);
BagOptions *bag_options_parse (const char *const *argv, GError **error);
void bag_options_free (BagOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagOptions, bag_options_free)

G_END_DECLS
