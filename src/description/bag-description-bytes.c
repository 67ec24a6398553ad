/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-description"

#include "config.h"

#include "description/bag-description.h"

#include "description/bag-error.h"

/* A description as bytes between two processes of one machine. The reading side
 * takes the bytes for hostile: whoever took over the decoder wrote them. So the
 * serialised form must be normal, and each field is checked on its own. */

#define FORMAT_VERSION 4u
#define N_TEXTS 10
#define BYTES_TYPE "(usu(qqyyybbbb)b(dd)duuss)"

/* The frames stand before the variant as they are: looking at each member of each of
 * them, as it does, would take longer than reading the file. Any bits are numbers. */
typedef struct
{
  guint64 offset, length;
  guint32 flags, window_function;
  double position[3];
  double orientation[6];
  double slope, intercept, window_center, window_width;
} PackedFrame;

G_STATIC_ASSERT (sizeof (PackedFrame) == 2 * 8 + 8 + 13 * 8);

static void
collect_texts (BagDescription *self, char **texts[N_TEXTS])
{
  texts[0] = &self->transfer_syntax;
  texts[1] = &self->sop_class;
  texts[2] = &self->sop_instance;
  texts[3] = &self->study;
  texts[4] = &self->series;
  texts[5] = &self->frame_of_reference;
  texts[6] = &self->bag_id;
  texts[7] = &self->acquired;
  texts[8] = &self->photometric;
  texts[9] = &self->units;
}

/* Texts travel as lines of one string: no harmless text has a line break, and to take so many
 * strings apart is most of what reading a header costs otherwise. */
static void
append_line (GString *lines, const char *text)
{
  g_autofree char *clean = bag_text_sanitize (text, -1);

  g_string_append (lines, clean);
  g_string_append_c (lines, '\n');
}

static GVariant *
pack_texts (const BagDescription *self)
{
  BagDescription texts_of = *self;
  GString *lines = g_string_new (NULL);
  char **texts[N_TEXTS];

  collect_texts (&texts_of, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    append_line (lines, *texts[i]);

  return g_variant_new_take_string (g_string_free (lines, FALSE));
}

static GVariant *
pack_notes (const GPtrArray *notes)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const BagNote *note = g_ptr_array_index (notes, i);

      append_line (lines, note->name);
      append_line (lines, note->text);
    }

  return g_variant_new_take_string (g_string_free (lines, FALSE));
}

/* Their number, then they themselves. */
static void
pack_frames (const GArray *frames, GByteArray *bytes)
{
  const guint64 n_frames = frames->len;
  PackedFrame *packed = NULL;

  g_byte_array_append (bytes, (const guint8 *) &n_frames, sizeof n_frames);
  g_byte_array_set_size (bytes, (guint) (sizeof n_frames + frames->len * sizeof *packed));
  packed = (gpointer) (bytes->data + sizeof n_frames);

  for (guint i = 0; i < frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (frames, BagFrame, i);

      packed[i].offset = frame->offset;
      packed[i].length = frame->length;
      packed[i].flags = frame->flags;
      packed[i].window_function = frame->window_function;
      memcpy (packed[i].position, frame->position, sizeof frame->position);
      memcpy (packed[i].orientation, frame->orientation, sizeof frame->orientation);
      packed[i].slope = frame->slope;
      packed[i].intercept = frame->intercept;
      packed[i].window_center = frame->window_center;
      packed[i].window_width = frame->window_width;
    }
}

/**
 * bag_description_to_bytes:
 * @self: a description
 *
 * Returns: (transfer full): @self in the form that
 *   bag_description_from_bytes() takes, of this machine's byte order
 */
GBytes *
bag_description_to_bytes (const BagDescription *self)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  bytes = g_byte_array_new ();
  variant = g_variant_new ("(u@su(qqyyybbbb)b(dd)duu@s@s)",
                           FORMAT_VERSION,
                           pack_texts (self),
                           (guint32) self->codec,
                           self->layout.rows,
                           self->layout.columns,
                           self->layout.bits_allocated,
                           self->layout.bits_stored,
                           self->layout.high_bit,
                           self->layout.is_signed,
                           self->layout.is_big_endian,
                           self->layout.is_float,
                           self->layout.is_in_words,
                           self->has_pixel_spacing,
                           self->pixel_spacing[0],
                           self->pixel_spacing[1],
                           self->slice_thickness,
                           self->instance_number,
                           self->n_frames_claimed,
                           pack_notes (self->facts),
                           pack_notes (self->warnings));
  g_variant_ref_sink (variant);
  pack_frames (self->frames, bytes);
  g_byte_array_append (bytes, g_variant_get_data (variant), (guint) g_variant_get_size (variant));

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean G_GNUC_PRINTF (2, 3)
    fail (GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's description is not valid: %s", reason);

  return FALSE;
}

/* @n: (out): how many lines; G_MAXUINT when one has no end */
static char **
split_lines (const char *lines, guint most, guint *n)
{
  char **split = g_strsplit (lines, "\n", (int) most + 2);

  *n = *lines == '\0' ? 0 : g_strv_length (split) - 1;
  if (*lines != '\0' && !g_str_has_suffix (lines, "\n"))
    *n = G_MAXUINT;

  return split;
}

static gboolean
unpack_texts (BagDescription *self, const char *lines, GError **error)
{
  guint n = 0;
  g_auto (GStrv) split = split_lines (lines, N_TEXTS, &n);
  char **texts[N_TEXTS];

  if (n != N_TEXTS)
    return fail (error, "wrong number of texts");

  collect_texts (self, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_free (*texts[i]);
      *texts[i] = bag_text_sanitize (split[i], -1);
    }

  if (!g_str_equal (self->photometric, "MONOCHROME1") && !g_str_equal (self->photometric, "MONOCHROME2"))
    return fail (error, "photometric interpretation “%s”", self->photometric);

  return TRUE;
}

static gboolean
unpack_notes (GPtrArray *notes, const char *lines, GError **error)
{
  guint n = 0;
  g_auto (GStrv) split = split_lines (lines, 2 * BAG_MAX_NOTES, &n);

  if (n > 2 * BAG_MAX_NOTES || n % 2 != 0)
    return fail (error, "notes in %u lines", n);

  for (guint i = 0; i < n; i += 2)
    g_ptr_array_add (notes, bag_note_new (split[i], split[i + 1]));

  return TRUE;
}

static gboolean
check_span (const BagDescription *self, const BagFrame *frame, guint64 file_size, guint number, GError **error)
{
  gboolean is_deflated = self->codec == BAG_FRAME_CODEC_DEFLATED;
  guint64 size = is_deflated ? MIN (file_size, BAG_MAX_FILE_BYTES) * BAG_MAX_DEFLATE_RATIO : file_size;

  if (frame->offset > size || frame->length > size - frame->offset)
    return fail (error, "frame %u lies outside the file", number);
  if ((is_deflated || self->codec == BAG_FRAME_CODEC_NATIVE) && frame->length != bag_pixel_layout_get_frame_bytes (&self->layout))
    return fail (error, "frame %u has %" G_GUINT64_FORMAT " bytes", number, frame->length);

  return TRUE;
}

static gboolean
check_numbers (const BagFrame *frame, guint number, GError **error)
{
  if ((frame->flags & BAG_FRAME_HAS_POSITION) != 0 && !bag_are_sane (frame->position, 3))
    return fail (error, "position of frame %u", number);
  if ((frame->flags & BAG_FRAME_HAS_ORIENTATION) != 0 && !bag_are_sane (frame->orientation, 6))
    return fail (error, "orientation of frame %u", number);
  if (!bag_are_sane (&frame->slope, 1) || frame->slope == 0 || !bag_are_sane (&frame->intercept, 1))
    return fail (error, "rescale of frame %u", number);
  if ((frame->flags & BAG_FRAME_HAS_WINDOW) != 0 && (!bag_are_sane (&frame->window_center, 1) || !bag_are_sane (&frame->window_width, 1) || frame->window_width <= 0))
    return fail (error, "window of frame %u", number);

  return TRUE;
}

/* What no flag vouches for is left at zero, so that nobody uses it unchecked. */
static void
unpack_frame (BagFrame *frame, const PackedFrame *packed)
{
  frame->flags = packed->flags;
  frame->slope = packed->slope;
  frame->intercept = packed->intercept;
  if ((frame->flags & BAG_FRAME_MISSING) == 0)
    {
      frame->offset = packed->offset;
      frame->length = packed->length;
    }
  if ((frame->flags & BAG_FRAME_HAS_POSITION) != 0)
    memcpy (frame->position, packed->position, sizeof frame->position);
  if ((frame->flags & BAG_FRAME_HAS_ORIENTATION) != 0)
    memcpy (frame->orientation, packed->orientation, sizeof frame->orientation);
  if ((frame->flags & BAG_FRAME_HAS_WINDOW) != 0)
    {
      frame->window_center = packed->window_center;
      frame->window_width = packed->window_width;
      frame->window_function = (BagVoiFunction) packed->window_function;
    }
}

static gboolean
unpack_frames (BagDescription *self, const guint8 *packed, gsize n, guint64 file_size, GError **error)
{
  const guint known = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION | BAG_FRAME_HAS_WINDOW | BAG_FRAME_MISSING;

  g_array_set_size (self->frames, (guint) n);
  for (guint i = 0; i < n; i++)
    {
      BagFrame *frame = &g_array_index (self->frames, BagFrame, i);
      PackedFrame one;

      memcpy (&one, packed + i * sizeof one, sizeof one);
      if ((one.flags & ~known) != 0)
        return fail (error, "flags of frame %u", i + 1);
      if (one.window_function >= BAG_N_VOI_FUNCTIONS)
        return fail (error, "window function of frame %u", i + 1);
      unpack_frame (frame, &one);
      if (!check_numbers (frame, i + 1, error))
        return FALSE;
      if ((frame->flags & BAG_FRAME_MISSING) == 0 && !check_span (self, frame, file_size, i + 1, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_scalars (BagDescription *self, guint codec, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (codec >= BAG_N_FRAME_CODECS)
    return fail (error, "codec %u", codec);
  self->codec = (BagFrameCodec) codec;

  if (!bag_pixel_layout_check (&self->layout, &reason))
    return fail (error, "%s", reason->message);
  if (bag_pixel_layout_is_wide (&self->layout) && self->codec != BAG_FRAME_CODEC_NATIVE && self->codec != BAG_FRAME_CODEC_DEFLATED)
    return fail (error, "compressed samples of %u bits", self->layout.bits_allocated);
  if (self->layout.is_in_words && (!self->layout.is_big_endian || !bag_pixel_layout_is_wide (&self->layout)))
    return fail (error, "words of samples");
  if (!bag_are_sane (&self->slice_thickness, 1) || self->slice_thickness < 0)
    return fail (error, "slice thickness");
  if (self->has_pixel_spacing && !bag_pixel_spacing_check (self->pixel_spacing))
    return fail (error, "pixel spacing");
  if (!self->has_pixel_spacing)
    self->pixel_spacing[0] = self->pixel_spacing[1] = 0;

  return TRUE;
}

static gboolean
unpack (BagDescription *self, GVariant *variant, GError **error)
{
  const char *texts = NULL;
  const char *facts = NULL;
  const char *warnings = NULL;
  guint32 version = 0;
  guint32 codec = 0;

  g_variant_get (variant, "(u&su(qqyyybbbb)b(dd)duu&s&s)", &version, &texts, &codec, &self->layout.rows, &self->layout.columns, &self->layout.bits_allocated, &self->layout.bits_stored, &self->layout.high_bit, &self->layout.is_signed, &self->layout.is_big_endian, &self->layout.is_float, &self->layout.is_in_words, &self->has_pixel_spacing, &self->pixel_spacing[0], &self->pixel_spacing[1], &self->slice_thickness, &self->instance_number, &self->n_frames_claimed, &facts, &warnings);
  if (version != FORMAT_VERSION)
    return fail (error, "version %u", version);

  return check_scalars (self, codec, error) && unpack_texts (self, texts, error) && unpack_notes (self->facts, facts, error) && unpack_notes (self->warnings, warnings, error);
}

/* Returns what stands behind the frames, and how many these are. */
static GBytes *
split (GBytes *bytes, guint64 *n_frames, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  gsize before = 0;

  *n_frames = 0;
  if (size >= sizeof *n_frames)
    memcpy (n_frames, g_bytes_get_data (bytes, NULL), sizeof *n_frames);
  if (*n_frames == 0 || *n_frames > BAG_MAX_FRAMES || *n_frames * sizeof (PackedFrame) > size - sizeof *n_frames)
    {
      fail (error, "%" G_GUINT64_FORMAT " frames", *n_frames);
      return NULL;
    }
  before = sizeof *n_frames + (gsize) *n_frames * sizeof (PackedFrame);

  return g_bytes_new_from_bytes (bytes, before, size - before);
}

/**
 * bag_description_from_bytes:
 * @bytes: what the decoder sent
 * @file_size: size of the described file, as fstat gives it
 * @error: %BAG_ERROR_MALFORMED
 *
 * Takes nothing on trust: form, ranges, spans within @file_size and finite
 * numbers are checked, texts are made harmless once more. Frames flagged
 * %BAG_FRAME_MISSING come out with an empty span.
 *
 * Returns: (transfer full): the description, or %NULL
 */
BagDescription *
bag_description_from_bytes (GBytes *bytes, guint64 file_size, GError **error)
{
  g_autoptr (BagDescription) self = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GBytes) rest = NULL;
  const guint8 *data = NULL;
  guint64 n_frames = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  rest = split (bytes, &n_frames, error);
  if (rest == NULL)
    return NULL;
  variant = g_variant_new_from_bytes (G_VARIANT_TYPE (BYTES_TYPE), rest, FALSE);
  g_variant_ref_sink (variant);
  if (!g_variant_is_normal_form (variant))
    {
      fail (error, "not in normal form");
      return NULL;
    }

  self = bag_description_new ();
  data = g_bytes_get_data (bytes, NULL);
  if (!unpack (self, variant, error) || !unpack_frames (self, data + sizeof n_frames, (gsize) n_frames, file_size, error))
    return NULL;

  return g_steal_pointer (&self);
}
