/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-picture.h"

#include "description/bag-error.h"
#include "pool/bag-slice.h"
#include "render/bag-slice-painter.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>

/* `render`: the picture of one slice, by the painter that the window uses. */
typedef struct
{
  int scan, slice;
  char *window, *size, *output; /* owned, as typed */
  const char *path;

  gboolean has_window, has_size;
  double center, width;
  guint columns, rows; /* of the picture */
} BagCliRender;

static void
render_clear (BagCliRender *self)
{
  g_free (self->window);
  g_free (self->size);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagCliRender, render_clear)

/* One pixel a voxel along the axis with the closer voxels; the other axis is stretched. */
static void
find_natural_size (BagScan *scan, guint *columns, guint *rows)
{
  const BagPixelLayout *layout = bag_scan_get_layout (scan);
  double aspect = bag_scan_get_pixel_aspect (scan);
  double width = layout->columns * fmax (1.0, 1.0 / aspect);
  double height = layout->rows * fmax (1.0, aspect);

  *columns = (guint) fmin (lround (width), BAG_CLI_MAX_SIDE);
  *rows = (guint) fmin (lround (height), BAG_CLI_MAX_SIDE);
}

static gboolean
find_window (const BagCliRender *self, BagDecoder *decoder, BagScan *scan, BagWindowLevel *window, GError **error)
{
  gboolean is_in_file;

  *window = (BagWindowLevel){ 0, 0, bag_scan_get_window_function (scan) };
  is_in_file = bag_scan_get_window (scan, &window->center, &window->width);
  if (self->has_window)
    *window = (BagWindowLevel){ self->center, self->width, is_in_file ? window->function : BAG_VOI_FUNCTION_LINEAR };
  if (self->has_window || is_in_file)
    return TRUE;

  return bag_cli_measure_window (decoder, scan, &window->center, &window->width, error);
}

static BagSlice *
load_slice (BagDecoder *decoder, BagScan *scan, guint index, GError **error)
{
  gsize size = bag_scan_get_slice_bytes (scan);
  g_autoptr (BagPool) pool = bag_pool_new (size, 1, error);
  g_autoptr (BagSlice) slice = NULL;

  if (pool == NULL)
    return NULL;

  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, size, error);
  if (slice == NULL || !bag_cli_read_slice (decoder, scan, index, bag_slice_get_data (slice), size, error))
    return NULL;

  bag_slice_set_ready (slice);

  return g_steal_pointer (&slice);
}

static cairo_surface_t *
paint_slice (BagSlice *slice, BagScan *scan, const BagPaintParameters *parameters, guint columns, guint rows)
{
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) columns, (int) rows);
  cairo_t *cr = cairo_create (picture);
  BagSliceTransform transform = bag_slice_transform_fit (parameters->columns, parameters->rows, bag_scan_get_pixel_aspect (scan), columns, rows);

  bag_slice_painter_update (painter, slice, parameters);
  bag_slice_painter_paint (painter, cr, &transform);
  cairo_destroy (cr);

  return picture;
}

static BagPaintParameters
get_parameters (BagScan *scan, guint index, BagWindowLevel window)
{
  const BagPixelLayout *layout = bag_scan_get_layout (scan);
  BagSlotScale scale = bag_scan_get_slot_scale (scan, index);

  return (BagPaintParameters){
    .columns = layout->columns,
    .rows = layout->rows,
    .is_signed = scale.is_signed,
    .slope = scale.slope,
    .intercept = scale.intercept,
    .inverted = bag_scan_is_inverted (scan),
    .window = window,
  };
}

static cairo_surface_t *
draw_slice (BagCliRender *self, BagDecoder *decoder, BagScan *scan, guint index, GError **error)
{
  g_autoptr (BagSlice) slice = NULL;
  BagWindowLevel window = { 0 };
  BagPaintParameters parameters;

  if (!find_window (self, decoder, scan, &window, error))
    return NULL;
  slice = load_slice (decoder, scan, index, error);
  if (slice == NULL)
    return NULL;

  if (!self->has_size)
    find_natural_size (scan, &self->columns, &self->rows);
  parameters = get_parameters (scan, index, window);

  return paint_slice (slice, scan, &parameters, self->columns, self->rows);
}

/* Whose fault it is stands at the start of the message: the scan's or the picture's. */
static int
fail (const char *path, const GError *error)
{
  bag_cli_print_error (path, error);

  return BAG_CLI_FAILED;
}

static int
write_slice (BagCliRender *self, BagDecoder *decoder, BagScan *scan, guint index)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = draw_slice (self, decoder, scan, index, &error);
  gboolean good = FALSE;

  if (picture == NULL)
    return fail (self->path, error);

  good = bag_cli_picture_write (picture, self->output, &error);
  cairo_surface_destroy (picture);

  return good ? BAG_CLI_GOOD : fail (self->output, error);
}

static int
render_scan (BagCliRender *self, BagDecoder *decoder, BagScan *scan)
{
  guint n_slices = bag_scan_get_n_slices (scan);
  guint number = self->slice == 0 ? (n_slices + 1) / 2 : (guint) self->slice;

  if (number > n_slices)
    return bag_cli_usage_error (_ ("render: there is no slice %u: the scan has %u"), number, n_slices);

  return write_slice (self, decoder, scan, number - 1);
}

static int
render_path (BagCliRender *self)
{
  const char *const paths[] = { self->path, NULL };
  g_autoptr (BagDecoder) decoder = bag_cli_decoder_new (paths);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_cli_open (decoder, self->path, &error);
  BagCliRange range = { 0 };

  if (scans == NULL)
    return fail (self->path, error);
  if (!bag_cli_pick (scans, self->path, self->scan, &range))
    return BAG_CLI_USAGE;
  if (range.last - range.first > 1)
    {
      bag_cli_print_scans (scans, self->path);
      return bag_cli_usage_error (_ ("render: there are several scans: pick one with --scan"));
    }

  return render_scan (self, decoder, g_ptr_array_index (scans, range.first));
}

static int
check_options (BagCliRender *self, char **paths)
{
  if (paths == NULL || paths[1] != NULL)
    return bag_cli_usage_error (_ ("render: give one path"));
  if (self->output == NULL)
    return bag_cli_usage_error (_ ("render: tell the picture's name by -o FILE.png"));
  if (self->slice < 0)
    return bag_cli_usage_error (_ ("render: slices count from 1"));

  self->has_window = self->window != NULL;
  if (self->has_window && !bag_cli_parse_window (self->window, &self->center, &self->width))
    return bag_cli_usage_error (_ ("render: a window is CENTRE:WIDTH, with a width of at least 1"));
  self->has_size = self->size != NULL;
  if (self->has_size && !bag_cli_parse_size (self->size, &self->columns, &self->rows))
    return bag_cli_usage_error (_ ("render: a size is WIDTHxHEIGHT, each from 1 to 16384"));

  self->path = paths[0];

  return BAG_CLI_GOOD;
}

/**
 * bag_cli_render:
 *
 * Without `--slice` the middle one. Without `--window` that of the file, else
 * that of the data; the function is that of the file's window, also with `--window`.
 * With `--size` the picture has exactly that size and the slice lies in its
 * middle, as large as its aspect allows.
 */
int
bag_cli_render (int argc, char *argv[])
{
  g_auto (BagCliRender) self = { .scan = BAG_CLI_ALL_SCANS };
  g_auto (GStrv) paths = NULL;
  int exit_code = BAG_CLI_GOOD;
  const GOptionEntry entries[] = {
    { "slice", 0, 0, G_OPTION_ARG_INT, &self.slice, N_ ("Slice N, from 1; else the middle one"), "N" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &self.window, N_ ("Centre and width, in values"), "C:W" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self.size, N_ ("Size of the picture"), "WxH" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self.output, N_ ("The picture to write"), "FILE.png" },
    { "scan", 0, 0, G_OPTION_ARG_INT, &self.scan, N_ ("Scan K, from 1, where there are several"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH"), _ ("Writes the picture of one slice."), &argc, &argv, &exit_code))
    return exit_code;

  exit_code = check_options (&self, paths);

  return exit_code == BAG_CLI_GOOD ? render_path (&self) : exit_code;
}
