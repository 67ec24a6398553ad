/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "scan/bag-source.h"

#include "description/bag-error.h"
#include "scan/bag-phantom.h"
#include "writer/bag-dicos-writer.h"

#include <glib/gstdio.h>

/* The made-up bag without a file must be what a reader makes of the file. */

#define COLUMNS 64u
#define ROWS 48u
#define SLICES 5u

typedef struct
{
  char *folder, *path;
  BagDecoderChild *child;
  GPtrArray *scans; /* read from the file */
  BagScan *demo;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (COLUMNS, ROWS, SLICES, 3, NULL);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("bag-demo-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "bag.dcs", NULL);
  bag_dicos_writer_write (phantom, self->path, (BagDicosSyntax) GPOINTER_TO_UINT (data), BAG_DICOS_FLAVOR_TOOLKIT, &error);
  g_assert_no_error (error);
  self->child = bag_decoder_child_new ();
  self->scans = bag_source_open (self->path, self->child, NULL, &error);
  g_assert_no_error (error);
  self->demo = bag_source_open_demo (COLUMNS, ROWS, SLICES, 3, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->scans);
  g_assert_finalize_object (self->demo);
  bag_decoder_child_free (self->child);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static BagScan *
get_file_scan (Fixture *self)
{
  g_assert_cmpuint (self->scans->len, ==, 1);
  return g_ptr_array_index (self->scans, 0);
}

static void
read_slice (Fixture *self, BagScan *scan, guint index, guint16 *values)
{
  g_autoptr (GError) error = NULL;

  bag_scan_read_slice (scan, index, self->child, values, COLUMNS * ROWS * sizeof *values, NULL, &error);
  g_assert_no_error (error);
}

static void
test_slices (Fixture *self, gconstpointer data)
{
  BagScan *file = get_file_scan (self);
  guint16 wanted[COLUMNS * ROWS];
  guint16 found[COLUMNS * ROWS];

  g_assert_cmpuint (bag_scan_get_n_slices (file), ==, SLICES);
  g_assert_cmpuint (bag_scan_get_n_slices (self->demo), ==, SLICES);
  for (guint index = 0; index < SLICES; index++)
    {
      g_autofree char *wanted_name = bag_scan_get_frame_name (file, index);
      g_autofree char *found_name = bag_scan_get_frame_name (self->demo, index);

      g_assert_false (bag_scan_needs_decoder (self->demo, index));
      read_slice (self, file, index, wanted);
      read_slice (self, self->demo, index, found);
      g_assert_cmpmem (found, sizeof found, wanted, sizeof wanted);
      g_assert_cmpstr (found_name, ==, wanted_name);
    }
}

static void
test_facts (Fixture *self, gconstpointer data)
{
  const BagDescription *wanted = bag_scan_get_description (get_file_scan (self));
  const BagDescription *found = bag_scan_get_description (self->demo);

  g_assert_cmpuint (found->facts->len, ==, wanted->facts->len);
  for (guint i = 0; i < wanted->facts->len; i++)
    {
      const BagNote *wanted_fact = g_ptr_array_index (wanted->facts, i);
      const BagNote *found_fact = g_ptr_array_index (found->facts, i);

      g_assert_cmpstr (found_fact->name, ==, wanted_fact->name);
      g_assert_cmpstr (found_fact->text, ==, wanted_fact->text);
    }
  g_assert_cmpstr (found->bag_id, ==, wanted->bag_id);
  g_assert_cmpstr (found->acquired, ==, wanted->acquired);
  g_assert_cmpstr (found->sop_class, ==, wanted->sop_class);
  g_assert_cmpstr (found->sop_instance, ==, wanted->sop_instance);
  g_assert_cmpstr (found->series, ==, wanted->series);
  g_assert_cmpstr (found->study, ==, wanted->study);
  g_assert_cmpstr (found->frame_of_reference, ==, wanted->frame_of_reference);
  g_assert_cmpstr (found->photometric, ==, wanted->photometric);
  g_assert_cmpstr (found->units, ==, wanted->units);
  g_assert_cmpuint (found->n_frames_claimed, ==, wanted->n_frames_claimed);
  g_assert_cmpuint (found->instance_number, ==, wanted->instance_number);
  g_assert_cmpfloat (found->slice_thickness, ==, wanted->slice_thickness);
  g_assert_cmpuint (found->warnings->len, ==, 0);
  g_assert_cmpuint (wanted->warnings->len, ==, 0);
}

static void
test_geometry (Fixture *self, gconstpointer data)
{
  BagScan *file = get_file_scan (self);

  g_assert_true (bag_scan_is_ordered_by_position (self->demo));
  g_assert_cmpfloat (bag_scan_get_slice_spacing (self->demo), ==, bag_scan_get_slice_spacing (file));
  g_assert_cmpfloat (bag_scan_get_pixel_aspect (self->demo), ==, 1);
  for (guint index = 0; index < SLICES; index++)
    {
      double wanted[3], found[3], z;

      g_assert_true (bag_scan_get_voxel_position_mm (file, index, 7, 5, wanted));
      g_assert_true (bag_scan_get_voxel_position_mm (self->demo, index, 7, 5, found));
      g_assert_true (bag_scan_get_position_mm (self->demo, index, &z));
      g_assert_cmpmem (found, sizeof found, wanted, sizeof wanted);
      g_assert_cmpfloat (z, ==, 1.25 * (index + 1));
    }
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_source_open_demo (8, 8, 1, 1, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
}

static void
test_cancelled (void)
{
  g_autoptr (BagScan) demo = bag_source_open_demo (COLUMNS, ROWS, SLICES, 1, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint16 values[COLUMNS * ROWS];

  g_cancellable_cancel (cancellable);
  g_assert_false (bag_scan_read_slice (demo, 0, NULL, values, sizeof values, cancellable, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
}

#define ADD(name, syntax, function) \
  g_test_add ("/source-phantom/" name, Fixture, GUINT_TO_POINTER (syntax), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("slices/explicit", BAG_DICOS_SYNTAX_EXPLICIT, test_slices);
  ADD ("slices/implicit", BAG_DICOS_SYNTAX_IMPLICIT, test_slices);
  ADD ("slices/rle", BAG_DICOS_SYNTAX_RLE, test_slices);
  ADD ("slices/jpeg-lossless", BAG_DICOS_SYNTAX_JPEG_LOSSLESS, test_slices);
  ADD ("facts", BAG_DICOS_SYNTAX_EXPLICIT, test_facts);
  ADD ("geometry", BAG_DICOS_SYNTAX_IMPLICIT, test_geometry);
  g_test_add_func ("/source-phantom/refused", test_refused);
  g_test_add_func ("/source-phantom/cancelled", test_cancelled);

  return g_test_run ();
}
