/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-gated-source.h"

#include <pthread.h>

struct _BagGate
{
  int ref_count; /* atomic */

  /* pthread primitives: ThreadSanitizer understands them */
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  gboolean is_open;
  guint n_may_pass;
  guint failing;
  guint n_waiting, n_reading, most_at_once;
  GArray *reads; /* (element-type guint): indices, as their reads began */
};

typedef struct
{
  BagGate *gate;
  guint n_voxels;
} GatedData;

BagGate *
bag_gate_new (gboolean is_open)
{
  BagGate *self = g_new0 (BagGate, 1);

  self->ref_count = 1;
  self->is_open = is_open;
  self->failing = BAG_GATE_NONE;
  self->reads = g_array_new (FALSE, FALSE, sizeof (guint));
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);

  return self;
}

void
bag_gate_unref (BagGate *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_array_unref (self->reads);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

static void
set_door (BagGate *self, gboolean is_open, guint n_may_pass)
{
  pthread_mutex_lock (&self->mutex);
  self->is_open = is_open;
  self->n_may_pass = n_may_pass;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

void
bag_gate_open (BagGate *self)
{
  set_door (self, TRUE, 0);
}

void
bag_gate_close (BagGate *self)
{
  set_door (self, FALSE, 0);
}

/* The next @n reads pass, those that wait first. */
void
bag_gate_let_pass (BagGate *self, guint n)
{
  set_door (self, FALSE, n);
}

void
bag_gate_set_failing (BagGate *self, guint index)
{
  pthread_mutex_lock (&self->mutex);
  self->failing = index;
  pthread_mutex_unlock (&self->mutex);
}

static guint
get_locked (BagGate *self, const guint *value)
{
  guint copy = 0;

  pthread_mutex_lock (&self->mutex);
  copy = *value;
  pthread_mutex_unlock (&self->mutex);

  return copy;
}

guint
bag_gate_get_n_waiting (BagGate *self)
{
  return get_locked (self, &self->n_waiting);
}

guint
bag_gate_get_n_reads (BagGate *self)
{
  return get_locked (self, &self->reads->len);
}

guint
bag_gate_get_most_at_once (BagGate *self)
{
  return get_locked (self, &self->most_at_once);
}

/* The index of the slice whose read began as number @place, from 0. */
guint
bag_gate_get_read (BagGate *self, guint place)
{
  guint index = BAG_GATE_NONE;

  pthread_mutex_lock (&self->mutex);
  if (place < self->reads->len)
    index = g_array_index (self->reads, guint, place);
  pthread_mutex_unlock (&self->mutex);

  return index;
}

static gboolean
pass (BagGate *self, guint index)
{
  gboolean is_failing = FALSE;

  pthread_mutex_lock (&self->mutex);
  g_array_append_val (self->reads, index);
  self->n_reading++;
  self->most_at_once = MAX (self->most_at_once, self->n_reading);
  self->n_waiting++;
  g_main_context_wakeup (NULL); /* a test may wait for this */
  while (!self->is_open && self->n_may_pass == 0)
    pthread_cond_wait (&self->changed, &self->mutex);
  self->n_waiting--;
  if (!self->is_open)
    self->n_may_pass--;
  is_failing = index == self->failing;
  pthread_mutex_unlock (&self->mutex);

  return !is_failing;
}

static void
leave (BagGate *self)
{
  pthread_mutex_lock (&self->mutex);
  self->n_reading--;
  pthread_mutex_unlock (&self->mutex);
}

static gboolean
gated_needs_decoder (gconstpointer data, guint index)
{
  return FALSE;
}

/* Cancelled while it waits, it writes all the same: as a decoder might that was too far on. */
static gboolean
gated_read (gconstpointer data, guint index, BagDecoderChild *child, gpointer dest, gsize dest_size, GCancellable *cancellable, GError **error)
{
  const GatedData *gated = data;
  guint16 *values = dest;
  gboolean is_good = FALSE;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, "cancelled before it began");
      return FALSE;
    }

  is_good = pass (gated->gate, index);
  g_assert_cmpuint (dest_size, ==, gated->n_voxels * sizeof *values);
  for (guint i = 0; i < gated->n_voxels; i++)
    values[i] = (guint16) (100 + index);
  leave (gated->gate);
  if (!is_good)
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "this slice is broken");

  return is_good;
}

static char *
gated_get_frame_name (gconstpointer data, guint index)
{
  return g_strdup_printf ("%u", index + 1);
}

static void
gated_free (gpointer data)
{
  GatedData *gated = data;

  bag_gate_unref (gated->gate);
  g_free (gated);
}

static const BagScanSource gated_source = {
  .name = "gated",
  .needs_decoder = gated_needs_decoder,
  .read = gated_read,
  .get_frame_name = gated_get_frame_name,
  .free_data = gated_free,
};

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static BagFrame
make_frame (guint index)
{
  return (BagFrame){
    .flags = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION,
    .position = { 0, 0, 1.25 * (index + 1) },
    .orientation = { 1, 0, 0, 0, 1, 0 },
    .slope = 1,
    .intercept = 0,
  };
}

static BagDescription *
describe (const char *bag_id, guint columns, guint rows, guint n_slices)
{
  BagDescription *description = bag_description_new ();

  set_text (&description->bag_id, bag_id);
  set_text (&description->photometric, "MONOCHROME2");
  set_text (&description->units, "MHU");
  description->layout = (BagPixelLayout){ .rows = (guint16) rows, .columns = (guint16) columns, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  description->has_pixel_spacing = TRUE;
  description->pixel_spacing[0] = 1.25;
  description->pixel_spacing[1] = 1.25;
  description->n_frames_claimed = n_slices;
  for (guint i = 0; i < n_slices; i++)
    {
      BagFrame frame = make_frame (i);

      g_array_append_val (description->frames, frame);
    }

  return description;
}

/**
 * bag_gated_scan_new:
 * @gate: (transfer none): what its reads wait at
 *
 * Returns: (transfer full): a scan without a window, slice 1 at 1.25 mm
 */
BagScan *
bag_gated_scan_new (BagGate *gate, const char *bag_id, guint columns, guint rows, guint n_slices)
{
  g_autoptr (GError) error = NULL;
  GatedData *data = g_new0 (GatedData, 1);
  GArray *slices = g_array_new (FALSE, TRUE, sizeof (BagScanSlice));
  BagScan *scan = NULL;

  data->gate = gate;
  g_atomic_int_inc (&gate->ref_count);
  data->n_voxels = columns * rows;
  for (guint i = 0; i < n_slices; i++)
    {
      BagScanSlice slice = { .frame = make_frame (i), .frame_number = i };

      g_array_append_val (slices, slice);
    }

  scan = bag_scan_new ("gated", &gated_source, data, describe (bag_id, columns, rows, n_slices), slices, &error);
  g_assert_no_error (error);

  return scan;
}
