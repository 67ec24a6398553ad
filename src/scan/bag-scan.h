/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "decoder/bag-decoder.h"
#include "description/bag-element-list.h"
#include "decoder/bag-sample-map.h"
#include "description/bag-report.h"
#include "pool/bag-slice.h"
#include "render/bag-window-level.h"
#include "scan/bag-scan-kin.h"

G_BEGIN_DECLS

/**
 * BagScan:
 *
 * One CT volume: its slices in spatial order, its facts, and where to read
 * them. Immutable once made, so any thread may use it. Slices count from 0 in
 * the code and from 1 wherever a person reads or types them.
 */
#define BAG_TYPE_SCAN (bag_scan_get_type ())
G_DECLARE_FINAL_TYPE (BagScan, bag_scan, BAG, SCAN, GObject)

/* A slice's place: @frame counts from 0 in the file it stands in. */
typedef struct
{
  guint file; /* index into the files of the scan */
  BagFrame frame;
  guint frame_number; /* stored frame in that file, from 0 */
  char *instance;     /* SOP instance UID of a slice that has a file of its own; else NULL */
} BagScanSlice;

typedef enum
{
  BAG_SLICE_MARK_GAP_BEFORE = 1 << 0, /* slices are missing between this one and the one before it */
  BAG_SLICE_MARK_GAP_AFTER = 1 << 1,  /* likewise behind it */
  BAG_SLICE_MARK_DUPLICATE = 1 << 2,  /* in the same place as the one before it */
} BagSliceMarks;

/**
 * BagScanSource:
 * @name: "file", "folder" or "demo"
 * @read: writes the stored values of slice @index, rows * columns 16-bit values in
 *   host order, to @dest. Blocking, any number at once, each with its own @dest.
 *   @child is NULL unless @needs_decoder said yes.
 * @list_elements: (nullable): all data elements of the file that slice @index stands in, as
 *   bag_decoder_child_list_elements(); NULL for a source without files
 * @read_samples: of scans with wide samples, in place of @read: hands @n samples of
 *   slice @index from @first on to @sink, block by block
 * @get_frame_name: name of the frame for `hash`: the stored frame number from 1, or the
 *   file's base name where each file holds one slice
 *
 * The way to the pixels. @data is immutable and belongs to the scan.
 */
typedef struct
{
  const char *name;
  gboolean (*needs_decoder) (gconstpointer data, guint index);
  gboolean (*read) (gconstpointer data,
                    guint index,
                    BagDecoderChild *child,
                    gpointer dest,
                    gsize dest_size,
                    GCancellable *cancellable,
                    GError **error);
  BagElementList *(*list_elements) (gconstpointer data,
                                    guint index,
                                    gboolean reveal,
                                    BagDecoderChild *child,
                                    GCancellable *cancellable,
                                    GError **error);
  gboolean (*read_samples) (gconstpointer data,
                            guint index,
                            gsize first,
                            gsize n,
                            BagDecoderChild *child,
                            BagSampleSink sink,
                            gpointer sink_data,
                            GCancellable *cancellable,
                            GError **error);
  char *(*get_frame_name) (gconstpointer data, guint index);
  void (*free_data) (gpointer data);
} BagScanSource;

/* How what a slot holds becomes values: value = slope * stored + intercept. */
typedef struct
{
  double slope, intercept;
  gboolean is_signed; /* stored values are two's complement */
} BagSlotScale;

/* What the stored values of a scan with wide samples stand for. */
typedef struct
{
  BagSampleMap map;
  double low, high;                     /* samples: what is beyond looks like these ends */
  guint n_slices, n_examined;           /* present slices, and those that the range was taken from */
  gboolean is_whole;                    /* every sample was looked at, and none is beyond */
  gboolean has_low_fill, has_high_fill; /* one value far beyond that end stands in many places */
} BagScanRange;

BagScan *bag_scan_new (const char *path,
                       const BagScanSource *source,
                       gpointer data,
                       BagDescription *description,
                       GArray *slices,
                       GError **error);

const char *bag_scan_get_path (BagScan *self);
const char *bag_scan_get_source_name (BagScan *self);
const BagDescription *bag_scan_get_description (BagScan *self);
const char *bag_scan_get_bag_id (BagScan *self);
const char *bag_scan_get_units (BagScan *self);
const BagPixelLayout *bag_scan_get_layout (BagScan *self);
gboolean bag_scan_is_inverted (BagScan *self);

guint bag_scan_get_n_slices (BagScan *self);
guint bag_scan_get_n_missing (BagScan *self);
gsize bag_scan_get_slice_bytes (BagScan *self);
const BagScanSlice *bag_scan_get_slice (BagScan *self, guint index);
char *bag_scan_get_frame_name (BagScan *self, guint index);
gboolean bag_scan_is_ordered_by_position (BagScan *self);
gboolean bag_scan_get_position_mm (BagScan *self, guint index, double *position);
BagSliceMarks bag_scan_get_marks (BagScan *self, guint index);
double bag_scan_get_tilt (BagScan *self);
gboolean bag_scan_can_measure (BagScan *self, const char **reason);
gboolean bag_scan_can_reslice (BagScan *self, const char **reason);
gboolean bag_scan_get_voxel_position_mm (BagScan *self, guint index, double column, double row, double position[3]);
double bag_scan_get_slice_spacing (BagScan *self);
double bag_scan_get_pixel_aspect (BagScan *self);
gboolean bag_scan_get_window (BagScan *self, double *center, double *width);
BagVoiFunction bag_scan_get_window_function (BagScan *self);
const GPtrArray *bag_scan_get_warnings (BagScan *self);

GListModel *bag_scan_get_alarms (BagScan *self);
GPtrArray *bag_scan_get_reports (BagScan *self);
BagScanKin *bag_scan_get_kin (BagScan *self);
gboolean bag_scan_has_any_instance (BagScan *self, GHashTable *instances);
void bag_scan_add_warning (BagScan *self, const char *name, const char *text);

gboolean bag_scan_is_wide (BagScan *self);
BagSlotScale bag_scan_get_slot_scale (BagScan *self, guint index);
gboolean bag_scan_measure_range (BagScan *self, BagDecoderChild *child, GCancellable *cancellable, GError **error);
char *bag_scan_describe_range (BagScan *self);

gboolean bag_scan_needs_decoder (BagScan *self, guint index);
gboolean bag_scan_read_slice (BagScan *self,
                              guint index,
                              BagDecoderChild *child,
                              gpointer dest,
                              gsize dest_size,
                              GCancellable *cancellable,
                              GError **error);
gboolean bag_scan_sum_slice (BagScan *self,
                             guint index,
                             BagDecoderChild *child,
                             gpointer dest,
                             gsize dest_size,
                             BagSampleSums *sums,
                             GCancellable *cancellable,
                             GError **error);
void bag_scan_read_value_async (BagScan *self,
                                guint index,
                                guint column,
                                guint row,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bag_scan_read_value_finish (BagScan *self, GAsyncResult *result, double *value, GError **error);
void bag_scan_fill_async (BagScan *self,
                          guint index,
                          BagSlice *slice,
                          BagDecoder *decoder,
                          BagPoolClass class,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean bag_scan_fill_finish (BagScan *self, GAsyncResult *result, GError **error);
gboolean bag_scan_fill_has_been_fatal (GAsyncResult *result);
gint64 bag_scan_fill_get_elapsed_us (GAsyncResult *result);

gboolean bag_scan_has_elements (BagScan *self);
BagElementList *bag_scan_list_elements (BagScan *self,
                                        guint index,
                                        gboolean reveal,
                                        BagDecoderChild *child,
                                        GCancellable *cancellable,
                                        GError **error);
void bag_scan_list_elements_async (BagScan *self,
                                   guint index,
                                   gboolean reveal,
                                   BagDecoder *decoder,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
BagElementList *bag_scan_list_elements_finish (BagScan *self, GAsyncResult *result, GError **error);

BagWindowLevel bag_scan_make_window (BagScan *self, guint index, guint64 *counts);
gboolean bag_scan_measure_window (BagScan *self,
                                  BagDecoderChild *child,
                                  GCancellable *cancellable,
                                  double *center,
                                  double *width,
                                  GError **error);

G_END_DECLS
