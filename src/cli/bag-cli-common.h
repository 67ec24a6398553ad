/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_CLI_GOOD = 0,   /* warnings included */
  BAG_CLI_FAILED = 1, /* some input failed or some slice was unreadable */
  BAG_CLI_USAGE = 2,
} BagCliExit;

/* What `--scan` holds while it is not given. */
#define BAG_CLI_ALL_SCANS G_MININT

/* Of a picture, in pixels. */
#define BAG_CLI_MAX_SIDE 16384u

/* Which of the scans behind one path are meant: indices @first to @last - 1. */
typedef struct
{
  guint first, last;
} BagCliRange;

int bag_cli_usage_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
void bag_cli_print_error (const char *path, const GError *error);
void bag_cli_print_slice_error (const char *path, guint number, const GError *error);
gboolean bag_cli_parse (const GOptionEntry *entries,
                        const char *arguments,
                        const char *summary,
                        int *argc,
                        char ***argv,
                        int *exit_code);
gboolean bag_cli_parse_size (const char *text, guint *columns, guint *rows);
gboolean bag_cli_parse_window (const char *text, double *center, double *width);
BagLimits bag_cli_get_limits (void);
char *bag_cli_path_to_text (const char *path);

BagDecoder *bag_cli_decoder_new (const char *const *paths);
GPtrArray *bag_cli_open (BagDecoder *decoder, const char *path, GError **error);
gboolean bag_cli_pick (GPtrArray *scans, const char *path, int wanted, BagCliRange *range);
void bag_cli_print_scans (GPtrArray *scans, const char *path);
gboolean bag_cli_read_slice (BagDecoder *decoder,
                             BagScan *scan,
                             guint index,
                             gpointer dest,
                             gsize dest_size,
                             GError **error);
gboolean bag_cli_sum_slice (BagDecoder *decoder, BagScan *scan, guint index, gpointer dest, gsize dest_size, BagSampleSums *sums, GError **error);
gboolean bag_cli_measure_window (BagDecoder *decoder,
                                 BagScan *scan,
                                 double *center,
                                 double *width,
                                 GError **error);

G_END_DECLS
