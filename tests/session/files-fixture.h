/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-phantom.h"
#include "session/bag-session.h"

#include "bag-test-wait.h"

G_BEGIN_DECLS

/* What the tests of the session with real files share: made-up bags that bagscope-cli wrote, and
 * a session that is watched: whatever it draws has to be the slice that it says, of the
 * bag that it names, value by value. When the session is gone, so is all that it had. */

#define FILES_COLUMNS 64u
#define FILES_ROWS 48u
#define FILES_SLICE_BYTES (FILES_COLUMNS * FILES_ROWS * 2)

typedef struct
{
  /* Owned */
  char *path;
  char *bag_id;
  BagPhantom *phantom;

  guint n_slices;
  guint n_drawn; /* how often the session said that it draws one of its slices */
} FilesBag;

typedef struct
{
  /* Owned */
  char *folder;
  BagSession *session;
  GPtrArray *bags; /* (element-type FilesBag) */

  guint n_fds; /* before there was a session */
} FilesFixture;

void files_set_up (FilesFixture *self, gconstpointer budget);
void files_tear_down (FilesFixture *self, gconstpointer budget);
FilesBag *files_make_bag (FilesFixture *self, const char *syntax, guint n_slices, guint seed);
void files_begin_open (FilesFixture *self, const char *path);
void files_open (FilesFixture *self, const FilesBag *bag);
void files_wait_exact (FilesFixture *self);
void files_wait_all_ready (FilesFixture *self);
void files_go_to (FilesFixture *self, guint index);
void files_get_stats (FilesFixture *self, BagPoolStats *stats);
GArray *files_find_children (void);

G_END_DECLS
