/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-ct-image"

#include "config.h"

#include "dicos/bag-ct-image.h"

#include "description/bag-error.h"
#include "dicos/bag-codestream-layout.h"
#include "dicos/bag-compression-ratio.h"
#include "dicos/bag-frame-count.h"
#include "dicos/bag-frame-index.h"
#include "dicos/bag-frame-values.h"
#include "dicos/bag-image-header.h"
#include "dicos/bag-image-layout.h"
#include "dicos/bag-sop-class.h"
#include "dicos/bag-transfer-syntax.h"

#include <string.h>

/* From a Part 10 file to its description: decides what is an image of this
 * program's, how many frames there really are, and what deserves a warning. */

#define MARK_OFFSET 128u
#define PREAMBLE_BYTES 4u /* of it that are looked at */

/* What is inflated at most to see at once whether a deflated file is whole: some
 * 60 ms of work; more when it is known that it is not. */
#define LOOK_AHEAD (16u << 20)
#define LOOK_AHEAD_CUT (64u << 20)

static const char *
get_text (const BagImageHeader *header, BagHeaderText text)
{
  return header->texts[text] != NULL ? header->texts[text] : "";
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* Files that are a program, a script or an archive as well (CVE-2019-11687). */
static void
check_preamble (const guint8 bytes[PREAMBLE_BYTES], BagDescription *description)
{
  static const struct
  {
    const char *magic;
    gsize length;
    const char *what;
  } magics[] = {
    { "MZ", 2, "a Windows program" },
    { "\x7f"
      "ELF",
      4,
      "a Linux program" },
    { "#!", 2, "a script" },
    { "PK\x03\x04", 4, "a ZIP archive" },
    { "\xfe\xed\xfa\xce", 4, "a macOS program" },
    { "\xfe\xed\xfa\xcf", 4, "a macOS program" },
    { "\xce\xfa\xed\xfe", 4, "a macOS program" },
    { "\xcf\xfa\xed\xfe", 4, "a macOS program" },
    { "\xca\xfe\xba\xbe", 4, "a macOS program" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (memcmp (bytes, magics[i].magic, magics[i].length) == 0)
      bag_description_add_warning (description, "preamble", "The file begins like %s: do not run it or hand it on", magics[i].what);
}

/* The file is read from its first byte on, so that one look is enough for most headers. */
static gboolean
check_mark (BagByteReader *reader, guint8 preamble[PREAMBLE_BYTES], GError **error)
{
  const BagLimits *limits = bag_byte_reader_get_limits (reader);
  const guint8 *bytes = NULL;

  if (bag_byte_reader_get_size (reader) > bag_limits_get_bytes (limits, BAG_LIMIT_FILE_SIZE))
    {
      bag_limits_set_error (error, limits, BAG_LIMIT_FILE_SIZE, "The file has %" G_GUINT64_FORMAT " bytes", bag_byte_reader_get_size (reader));
      return FALSE;
    }
  if (bag_byte_reader_contains (reader, MARK_OFFSET, 4))
    {
      bytes = bag_byte_reader_peek (reader, 0, MARK_OFFSET + 4, error);
      if (bytes == NULL)
        return FALSE;
      memcpy (preamble, bytes, PREAMBLE_BYTES);
      if (memcmp (bytes + MARK_OFFSET, "DICM", 4) == 0)
        return TRUE;
    }

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NOT_DICOM, "This is not a DICOM or DICOS file: its mark is missing");
  return FALSE;
}

/* How that syntax writes what 32 bits cannot count is not known: such a file is not guessed at. */
static gboolean
fail_extended (const BagTransferSyntax *syntax, GError **error)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_SYNTAX, "The file is stored as %s (%s), and its pixel data have no plain length: that is not read", syntax->name, syntax->uid);

  return FALSE;
}

static gboolean
read_data_set (BagImageHeader *header, BagByteReader *reader, const BagTransferSyntax *syntax, guint64 offset, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (bag_image_header_read (header, reader, syntax, offset, &local))
    return TRUE;
  if (syntax->is_extended && g_error_matches (local, BAG_ERROR, BAG_ERROR_MALFORMED))
    return fail_extended (syntax, error);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static const BagTransferSyntax *
read_header (BagImageHeader *header, BagByteReader *reader, GError **error)
{
  const BagTransferSyntax *syntax = NULL;
  guint64 offset = 0;

  if (!bag_image_header_read_meta (header, reader, &offset, error) || !bag_sop_class_check (get_text (header, BAG_TEXT_META_CLASS), error))
    return NULL;

  if (*get_text (header, BAG_TEXT_TRANSFER_SYNTAX) == '\0')
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The file does not name its transfer syntax");
      return NULL;
    }
  syntax = bag_transfer_syntax_find (get_text (header, BAG_TEXT_TRANSFER_SYNTAX), error);
  if (syntax != NULL && syntax->codec == BAG_FRAME_CODEC_DEFLATED && !bag_byte_reader_inflate_from (reader, offset, error))
    return NULL;
  if (syntax == NULL || !read_data_set (header, reader, syntax, offset, error))
    return NULL;

  return bag_sop_class_check (get_text (header, BAG_TEXT_SOP_CLASS), error) ? syntax : NULL;
}

static gboolean
check_kind (const BagImageHeader *header, GError **error)
{
  const char *photometric = get_text (header, BAG_TEXT_PHOTOMETRIC);

  if (!header->has_pixel_data)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, "The file has no pixel data: it is not an image");
      return FALSE;
    }
  if (header->samples_per_pixel != 1)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "The image has %u samples a pixel: only grayscale is read", header->samples_per_pixel);
      return FALSE;
    }
  if (*photometric != '\0' && strcmp (photometric, "MONOCHROME1") != 0 && strcmp (photometric, "MONOCHROME2") != 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "The image is %s: only grayscale is read", photometric);
      return FALSE;
    }

  return TRUE;
}

/* The end of a deflated file shows only when it was inflated to there. The first
 * slice of a large scan does not wait for that: its missing slices are found out
 * when they are asked for. A claim that deflate cannot keep is looked into. */
static void
look_ahead (const BagImageHeader *header, BagByteReader *reader, guint n_frames)
{
  guint64 size = bag_byte_reader_get_size (reader);
  guint64 end = header->pixel_data.offset + header->pixel_data.length;
  guint64 reached = 0;

  if (end > size)
    bag_byte_reader_approach (reader, size, LOOK_AHEAD_CUT, &reached, NULL);
  else if (n_frames > 1 && header->pixel_data.length <= LOOK_AHEAD)
    bag_byte_reader_approach (reader, end, LOOK_AHEAD, &reached, NULL);
}

static gboolean
place_native_frames (const BagImageHeader *header, const BagTransferSyntax *syntax, BagByteReader *reader, BagDescription *description, GError **error)
{
  gsize frame_bytes = bag_pixel_layout_get_frame_bytes (&description->layout);

  if (syntax->is_extended && (header->pixel_data.length == BAG_UNDEFINED_LENGTH || header->pixel_data.length == 0))
    return fail_extended (syntax, error);
  if (header->pixel_data.length == BAG_UNDEFINED_LENGTH)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The pixel data are in fragments although the file says that they are not compressed");
      return FALSE;
    }
  if (!bag_frame_count_settle (header, header->pixel_data.length / frame_bytes, bag_byte_reader_get_limits (reader), description, error))
    return FALSE;

  if (description->codec == BAG_FRAME_CODEC_DEFLATED)
    look_ahead (header, reader, description->frames->len);
  for (guint i = 0; i < description->frames->len; i++)
    {
      BagFrame *frame = &g_array_index (description->frames, BagFrame, i);

      frame->offset = header->pixel_data.offset + (guint64) i * frame_bytes;
      frame->length = frame_bytes;
      if (!bag_byte_reader_contains (reader, frame->offset, frame->length))
        frame->flags |= BAG_FRAME_MISSING;
    }

  bag_frame_count_warn_missing (description);

  return TRUE;
}

static void
place_spans (const BagFrameIndex *index, BagDescription *description)
{
  for (guint i = 0; i < description->frames->len; i++)
    {
      BagFrame *frame = &g_array_index (description->frames, BagFrame, i);

      if (i < index->spans->len)
        {
          frame->offset = g_array_index (index->spans, BagFrameSpan, i).offset;
          frame->length = g_array_index (index->spans, BagFrameSpan, i).length;
        }
      else
        frame->flags |= BAG_FRAME_MISSING;
    }
}

static gboolean
place_compressed_frames (const BagImageHeader *header, BagByteReader *reader, BagDescription *description, GError **error)
{
  g_autoptr (BagFrameIndex) index = NULL;
  guint claimed = bag_frame_count_get_claimed (header);
  guint64 n_stored = 0;

  if (header->pixel_data.length != BAG_UNDEFINED_LENGTH)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The pixel data are not in fragments although the file says that they are compressed");
      return FALSE;
    }
  index = bag_frame_index_new (reader, header->pixel_data.offset, description->codec, bag_frame_count_is_certain (header) ? claimed : 0, &header->frame_table, error);
  if (index == NULL)
    return FALSE;

  /* Of a cut file only the header can know how many frames there were. */
  n_stored = index->is_cut && claimed <= BAG_MAX_FRAMES ? MAX (index->spans->len, claimed) : index->spans->len;
  if (!bag_frame_count_settle (header, n_stored, bag_byte_reader_get_limits (reader), description, error))
    return FALSE;
  if (index->ignored_table)
    bag_description_add_warning (description, "offset-table", "A table of frame offsets contradicts the pixel data and is ignored");
  place_spans (index, description);
  bag_frame_count_warn_missing (description);

  return bag_codestream_layout_settle (reader, description, error);
}

static gboolean
place_frames (const BagImageHeader *header, const BagTransferSyntax *syntax, BagByteReader *reader, BagDescription *description, GError **error)
{
  if (description->codec == BAG_FRAME_CODEC_NATIVE || description->codec == BAG_FRAME_CODEC_DEFLATED)
    return place_native_frames (header, syntax, reader, description, error);

  return place_compressed_frames (header, reader, description, error);
}

static void
append_digits (GString *out, const char *text, gsize limit, gboolean with_point)
{
  gsize end = out->len + limit;

  for (; *text != '\0' && out->len < end; text++)
    {
      if (g_ascii_isdigit (*text) || (with_point && *text == '.'))
        g_string_append_c (out, *text);
      else if (*text != ':' && *text != '.')
        return;
    }
}

/* A date alone is enough to sort by; a time without one is not. */
static gboolean
append_moment (GString *out, const char *date, const char *time)
{
  append_digits (out, date, 8, FALSE);
  if (out->len != 8)
    {
      g_string_truncate (out, 0);
      return FALSE;
    }
  append_digits (out, time, 13, TRUE);

  return TRUE;
}

static char *
make_acquired (const BagImageHeader *header)
{
  GString *out = g_string_new (NULL);

  append_digits (out, get_text (header, BAG_TEXT_ACQUISITION_DATE_TIME), 21, TRUE);
  if (out->len < 8)
    {
      g_string_truncate (out, 0);
      if (!append_moment (out, get_text (header, BAG_TEXT_ACQUISITION_DATE), get_text (header, BAG_TEXT_ACQUISITION_TIME)) && !append_moment (out, get_text (header, BAG_TEXT_SERIES_DATE), get_text (header, BAG_TEXT_SERIES_TIME)))
        append_moment (out, get_text (header, BAG_TEXT_STUDY_DATE), get_text (header, BAG_TEXT_STUDY_TIME));
    }

  return g_string_free (out, FALSE);
}

static void
set_identity (const BagImageHeader *header, const BagTransferSyntax *syntax, BagDescription *description)
{
  const char *sop_class = get_text (header, BAG_TEXT_SOP_CLASS);

  description->codec = syntax->codec;
  description->instance_number = header->instance_number;
  set_text (&description->transfer_syntax, syntax->uid);
  set_text (&description->sop_class, *sop_class != '\0' ? sop_class : get_text (header, BAG_TEXT_META_CLASS));
  set_text (&description->sop_instance, get_text (header, BAG_TEXT_SOP_INSTANCE));
  set_text (&description->study, get_text (header, BAG_TEXT_STUDY));
  set_text (&description->series, get_text (header, BAG_TEXT_SERIES));
  set_text (&description->frame_of_reference, get_text (header, BAG_TEXT_FRAME_OF_REFERENCE));
  set_text (&description->bag_id, get_text (header, BAG_TEXT_BAG_ID));
  if (*get_text (header, BAG_TEXT_PHOTOMETRIC) != '\0')
    set_text (&description->photometric, get_text (header, BAG_TEXT_PHOTOMETRIC));
  g_free (description->acquired);
  description->acquired = make_acquired (header);
}

static gboolean
is_projection (const char *image_type)
{
  g_auto (GStrv) values = g_strsplit (image_type, "\\", 4);

  return g_strv_length (values) >= 3 && strcmp (g_strstrip (values[2]), "PROJECTION") == 0;
}

static void
add_warnings (const BagImageHeader *header, BagDescription *description)
{
  const char *status = get_text (header, BAG_TEXT_ACQUISITION_STATUS);
  const char *note = bag_sop_class_get_note (description->sop_class);
  g_autofree char *unknown = bag_charset_find_unknown (header->charset);

  if (unknown != NULL)
    bag_description_add_warning (description, "character-set", "The character set “%s” is not known: only ASCII characters of its texts are shown", unknown);
  if (header->repeated_tag != 0)
    bag_description_add_warning (description, "element-twice", "The header has the element (%04X,%04X) twice: what is shown of the bag may be wrong", header->repeated_tag >> 16, header->repeated_tag & 0xffff);
  if (note != NULL)
    bag_description_add_warning (description, "not-a-ct", "%s", note);
  if (is_projection (get_text (header, BAG_TEXT_IMAGE_TYPE)))
    bag_description_add_warning (description, "projection", "These are raw views (projections), not slices");
  if (*status != '\0' && strcmp (status, "SUCCESSFUL") != 0)
    bag_description_add_warning (description, "acquisition-not-successful", "The machine reports the acquisition as %s", status);
  if (*get_text (header, BAG_TEXT_TIP_TYPE) != '\0')
    bag_description_add_warning (description, "training-image", "This is a training image (%s)", get_text (header, BAG_TEXT_TIP_TYPE));
}

static gboolean
describe (BagDescription *description, BagByteReader *reader, GError **error)
{
  g_auto (BagImageHeader) header;
  const BagTransferSyntax *syntax = NULL;
  guint8 preamble[PREAMBLE_BYTES];
  guint64 file_bytes = bag_byte_reader_get_size (reader); /* as it is, not yet as it inflates */

  bag_image_header_init (&header);
  if (!check_mark (reader, preamble, error))
    return FALSE;
  syntax = read_header (&header, reader, error);
  if (syntax == NULL || !check_kind (&header, error))
    return FALSE;

  set_identity (&header, syntax, description);
  check_preamble (preamble, description);
  add_warnings (&header, description);
  if (!bag_image_layout_make (&header, syntax, bag_byte_reader_get_limits (reader), description, error))
    return FALSE;
  if (!place_frames (&header, syntax, reader, description, error) || !bag_compression_ratio_check (description, file_bytes, bag_byte_reader_get_limits (reader), error))
    return FALSE;

  bag_frame_values_resolve (&header, description);
  bag_image_header_add_facts (&header, description);

  return TRUE;
}

/**
 * bag_ct_image_describe:
 * @reader: a file
 * @error: why it is not an image that can be shown
 *
 * Reads the header of a Part 10 file and finds its frames. Decodes nothing.
 *
 * Returns: (transfer full): its description
 */
BagDescription *
bag_ct_image_describe (BagByteReader *reader, GError **error)
{
  g_autoptr (BagDescription) description = NULL;
  gboolean good;

  g_return_val_if_fail (reader != NULL, NULL);

  description = bag_description_new ();
  good = describe (description, reader, error);
  if (bag_byte_reader_take_failure (reader, error) || !good)
    return NULL;

  return g_steal_pointer (&description);
}
