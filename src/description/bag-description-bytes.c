/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-description"

#include "config.h"

#include "description/bag-description.h"

#include "description/bag-error.h"

#include <string.h>

/* A description as bytes between two processes of one machine: numbers as they
 * lie in memory, then texts. The reading side takes the bytes for hostile: whoever
 * took over the decoder wrote them. So each field is checked on its own, and all
 * bytes must be accounted for. */

#define FORMAT_VERSION 5u
#define N_TEXTS 10
#define ROOM_FOR_TEXTS 2048u /* enough for most files */

/* What stands first. Then come the frames, then the texts. */
typedef struct
{
  guint32 version;
  guint32 codec;
  guint32 n_frames, n_facts, n_warnings;
  guint32 instance_number, n_frames_claimed;
  guint16 rows, columns;
  guint8 bits_allocated, bits_stored, high_bit;
  guint8 is_signed, is_big_endian, is_float, is_in_words, has_pixel_spacing;
  double pixel_spacing[2];
  double slice_thickness;
} PackedHead;

G_STATIC_ASSERT (sizeof (PackedHead) == 7 * 4 + 2 * 2 + 8 + 3 * 8);

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

/* Texts travel as lines, one behind the other: no harmless text has a line break, and whoever
 * reads them makes them harmless in any case. */
static void
append_line (GByteArray *bytes, const char *text)
{
  g_autofree char *clean = strchr (text, '\n') != NULL ? bag_text_sanitize (text, -1) : NULL;
  const char *line = clean != NULL ? clean : text;

  g_byte_array_append (bytes, (const guint8 *) line, (guint) strlen (line));
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
}

static void
pack_texts (const BagDescription *self, GByteArray *bytes)
{
  BagDescription texts_of = *self;
  char **texts[N_TEXTS];

  collect_texts (&texts_of, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    append_line (bytes, *texts[i]);
}

static void
pack_notes (const GPtrArray *notes, GByteArray *bytes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const BagNote *note = g_ptr_array_index (notes, i);

      append_line (bytes, note->name);
      append_line (bytes, note->text);
    }
}

static void
pack_head (const BagDescription *self, GByteArray *bytes)
{
  const PackedHead head = {
    .version = FORMAT_VERSION,
    .codec = (guint32) self->codec,
    .n_frames = self->frames->len,
    .n_facts = self->facts->len,
    .n_warnings = self->warnings->len,
    .instance_number = self->instance_number,
    .n_frames_claimed = self->n_frames_claimed,
    .rows = self->layout.rows,
    .columns = self->layout.columns,
    .bits_allocated = self->layout.bits_allocated,
    .bits_stored = self->layout.bits_stored,
    .high_bit = self->layout.high_bit,
    .is_signed = self->layout.is_signed != FALSE,
    .is_big_endian = self->layout.is_big_endian != FALSE,
    .is_float = self->layout.is_float != FALSE,
    .is_in_words = self->layout.is_in_words != FALSE,
    .has_pixel_spacing = self->has_pixel_spacing != FALSE,
    .pixel_spacing = { self->pixel_spacing[0], self->pixel_spacing[1] },
    .slice_thickness = self->slice_thickness,
  };

  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
}

static void
pack_frames (const GArray *frames, GByteArray *bytes)
{
  const guint before = bytes->len;
  PackedFrame *packed = NULL;

  g_byte_array_set_size (bytes, (guint) (before + frames->len * sizeof *packed));
  packed = (gpointer) (bytes->data + before);

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
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  bytes = g_byte_array_sized_new ((guint) (sizeof (PackedHead) + self->frames->len * sizeof (PackedFrame) + ROOM_FOR_TEXTS));
  pack_head (self, bytes);
  pack_frames (self->frames, bytes);
  pack_texts (self, bytes);
  pack_notes (self->facts, bytes);
  pack_notes (self->warnings, bytes);

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

/* What was not looked at yet. */
typedef struct
{
  const guint8 *next;
  gsize left;
} Rest;

static gboolean
take_bytes (Rest *rest, gpointer dest, gsize size)
{
  if (size > rest->left)
    return FALSE;

  memcpy (dest, rest->next, size);
  rest->next += size;
  rest->left -= size;

  return TRUE;
}

/* Returns: (transfer none) (nullable): the next line as it came, without its end */
static const char *
take_line (Rest *rest, gsize *length)
{
  const guint8 *end = memchr (rest->next, '\n', rest->left);
  const char *line = (const char *) rest->next;

  if (end == NULL)
    return NULL;

  *length = (gsize) (end - rest->next);
  rest->next += *length + 1;
  rest->left -= *length + 1;

  return line;
}

static gboolean
unpack_texts (BagDescription *self, Rest *rest, GError **error)
{
  char **texts[N_TEXTS];

  collect_texts (self, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      gsize length = 0;
      const char *line = take_line (rest, &length);

      if (line == NULL)
        return fail (error, "too few texts");
      g_free (*texts[i]);
      *texts[i] = bag_text_sanitize (line, (gssize) length);
    }

  if (!g_str_equal (self->photometric, "MONOCHROME1") && !g_str_equal (self->photometric, "MONOCHROME2"))
    return fail (error, "photometric interpretation “%s”", self->photometric);

  return TRUE;
}

static gboolean
unpack_notes (GPtrArray *notes, guint n, Rest *rest, GError **error)
{
  if (n > BAG_MAX_NOTES)
    return fail (error, "%u notes", n);

  for (guint i = 0; i < n; i++)
    {
      gsize name_length = 0, text_length = 0;
      const char *name = take_line (rest, &name_length);
      const char *text = name != NULL ? take_line (rest, &text_length) : NULL;

      if (text == NULL)
        return fail (error, "too few notes");
      g_ptr_array_add (notes, bag_note_new_sized (name, name_length, text, text_length));
    }

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
unpack_frames (BagDescription *self, guint n, Rest *rest, guint64 file_size, GError **error)
{
  const guint known = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION | BAG_FRAME_HAS_WINDOW | BAG_FRAME_MISSING;

  if (n == 0 || n > BAG_MAX_FRAMES || n * sizeof (PackedFrame) > rest->left)
    return fail (error, "%u frames", n);

  g_array_set_size (self->frames, n);
  for (guint i = 0; i < n; i++)
    {
      BagFrame *frame = &g_array_index (self->frames, BagFrame, i);
      PackedFrame one;

      take_bytes (rest, &one, sizeof one);
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
are_booleans (const PackedHead *head)
{
  return head->is_signed <= 1 && head->is_big_endian <= 1 && head->is_float <= 1 && head->is_in_words <= 1 && head->has_pixel_spacing <= 1;
}

static gboolean
unpack_head (BagDescription *self, const PackedHead *head, GError **error)
{
  if (head->version != FORMAT_VERSION)
    return fail (error, "version %u", head->version);
  if (!are_booleans (head))
    return fail (error, "neither true nor false");

  self->layout = (BagPixelLayout){
    .rows = head->rows,
    .columns = head->columns,
    .bits_allocated = head->bits_allocated,
    .bits_stored = head->bits_stored,
    .high_bit = head->high_bit,
    .is_signed = head->is_signed,
    .is_big_endian = head->is_big_endian,
    .is_float = head->is_float,
    .is_in_words = head->is_in_words,
  };
  self->has_pixel_spacing = head->has_pixel_spacing;
  memcpy (self->pixel_spacing, head->pixel_spacing, sizeof self->pixel_spacing);
  self->slice_thickness = head->slice_thickness;
  self->instance_number = head->instance_number;
  self->n_frames_claimed = head->n_frames_claimed;

  return check_scalars (self, head->codec, error);
}

static gboolean
unpack (BagDescription *self, Rest *rest, guint64 file_size, GError **error)
{
  PackedHead head;

  if (!take_bytes (rest, &head, sizeof head))
    return fail (error, "too short");
  if (!unpack_head (self, &head, error) || !unpack_frames (self, head.n_frames, rest, file_size, error) || !unpack_texts (self, rest, error) || !unpack_notes (self->facts, head.n_facts, rest, error) || !unpack_notes (self->warnings, head.n_warnings, rest, error))
    return FALSE;

  return rest->left == 0 || fail (error, "%" G_GSIZE_FORMAT " bytes too many", rest->left);
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
  Rest rest = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);

  rest.next = g_bytes_get_data (bytes, &rest.left);
  self = bag_description_new ();
  if (!unpack (self, &rest, file_size, error))
    return NULL;

  return g_steal_pointer (&self);
}
