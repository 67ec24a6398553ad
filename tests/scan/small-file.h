/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMALL_ROWS 4u
#define SMALL_COLUMNS 6u
#define SMALL_N (SMALL_ROWS * SMALL_COLUMNS)

/* A file of one uncompressed slice whose values are all @value. */
typedef struct
{
  const char *series;
  double z;
  guint16 value;
  guint bits_allocated; /* 8 or 16 */
  guint instance;
  const float *numbers; /* SMALL_N floating-point samples in place of @value, or NULL; 32 bits then */
  const char *function; /* of a window 150:0.5, or NULL for no window */
  const char *person;   /* whose bag it is: a name, or NULL */
} SmallFile;

char *small_file_write (const char *folder, const char *name, const SmallFile *file);
void small_file_remove_all (const char *path);

G_END_DECLS
