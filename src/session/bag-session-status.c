/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-status.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

/**
 * bag_format_progress:
 * @n_done: files looked at
 * @n_files: of how many
 *
 * Returns: (transfer full): how far an opening is
 */
char *
bag_format_progress (guint n_done, guint n_files)
{
  return g_strdup_printf (ngettext ("Reading headers: %1$u of %2$u file", "Reading headers: %1$u of %2$u files", n_files), n_done, n_files);
}

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
append_marks_line (GString *text, char *line)
{
  g_autofree char *owned = line;

  append_line (text, owned);
}

/* How far apart a slice and the one before it lie. */
static double
get_distance (BagScan *scan, guint index)
{
  double here = 0.0, before = 0.0;

  bag_scan_get_position_mm (scan, index, &here);
  bag_scan_get_position_mm (scan, index - 1, &before);

  return here - before;
}

/**
 * bag_format_marks:
 * @scan: a scan
 * @index: a slice, from 0
 *
 * Returns: (transfer full) (nullable): what is odd about the place of the slice, one thing a line,
 *   or %NULL
 */
char *
bag_format_marks (BagScan *scan, guint index)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BagSliceMarks marks;

  g_return_val_if_fail (BAG_IS_SCAN (scan) && index < bag_scan_get_n_slices (scan), NULL);

  marks = bag_scan_get_marks (scan, index);
  if ((marks & BAG_SLICE_MARK_GAP_BEFORE) != 0)
    append_marks_line (text, g_strdup_printf (_ ("Gap before this slice: %1$.4g mm from slice %2$u, else %3$.4g mm"), get_distance (scan, index), index, bag_scan_get_slice_spacing (scan)));
  if ((marks & BAG_SLICE_MARK_DUPLICATE) != 0)
    append_marks_line (text, g_strdup_printf (_ ("In the same place as slice %u"), index));
  if ((marks & BAG_SLICE_MARK_GAP_AFTER) != 0)
    append_marks_line (text, g_strdup_printf (_ ("Gap after this slice: %1$.4g mm to slice %2$u, else %3$.4g mm"), get_distance (scan, index + 1), index + 2, bag_scan_get_slice_spacing (scan)));
  if (bag_scan_get_tilt (scan) > 0)
    append_marks_line (text, g_strdup_printf (_ ("Slices shifted by %.1f°: not measured"), bag_scan_get_tilt (scan)));
  else if (bag_scan_get_n_slices (scan) > 1 && !bag_scan_is_ordered_by_position (scan))
    append_marks_line (text, g_strdup (_ ("Places unknown: in the order of the file")));

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * bag_format_title:
 * @bag_id: the bag's ID, "" when it has none
 *
 * Returns: (transfer full): the title of the window
 */
char *
bag_format_title (const char *bag_id)
{
  return bag_id[0] != '\0' ? g_strdup_printf (_ ("%s – Bagscope"), bag_id) : g_strdup (_ ("Bagscope"));
}

/**
 * bag_format_status:
 * @index: the slice, from 0
 * @n_slices: slices of the scan
 * @z_mm: (nullable): where the slice lies; NULL when the file does not say
 * @units: units of values
 *
 * A picture that is alone and has no place is no slice of anything.
 *
 * Returns: (transfer full): the status line
 */
char *
bag_format_status (guint index, guint n_slices, const double *z_mm, const char *units)
{
  if (n_slices == 1 && z_mm == NULL)
    return g_strdup_printf (_ ("one picture · %s"), units);
  if (z_mm == NULL)
    return g_strdup_printf (_ ("slice %1$u of %2$u · %3$s"), index + 1, n_slices, units);

  return g_strdup_printf (_ ("slice %1$u of %2$u · z %3$.2f mm · %4$s"), index + 1, n_slices, *z_mm, units);
}

/**
 * bag_format_waiting:
 * @status: what the status line says otherwise, or ""
 * @waiting: whether the storage is waited for
 *
 * Returns: (transfer full): what it says
 */
char *
bag_format_waiting (const char *status, gboolean waiting)
{
  if (!waiting)
    return g_strdup (status);

  return *status != '\0' ? g_strdup_printf (_ ("%s · waiting for storage"), status) : g_strdup (_ ("waiting for storage"));
}

/* Values are whole numbers in nearly all scans. */
static char *
format_value (double value)
{
  return g_strdup_printf ("%.*f", rint (value) == value ? 0 : 2, value + 0.0);
}

/**
 * bag_format_wide_value:
 * @layout: of the samples
 * @value: of a voxel; may be infinite or not a number
 * @is_exact: whether it is that of the file, and not rounded to what a slot tells apart
 * @units: units of @value
 *
 * Returns: (transfer full): the value with its units; what is no number has none
 */
char *
bag_format_wide_value (const BagPixelLayout *layout, double value, gboolean is_exact, const char *units)
{
  if (isnan (value))
    return g_strdup (_ ("not a number"));
  if (!isfinite (value))
    return g_strdup (value > 0 ? _ ("infinite") : _ ("−infinite"));
  if (!is_exact)
    return g_strdup_printf ("≈ %.5g %s", value + 0.0, units);
  if (!layout->is_float && rint (value) == value)
    return g_strdup_printf ("%.0f %s", value + 0.0, units);

  return g_strdup_printf ("%.*g %s", layout->is_float && layout->bits_allocated == 32 ? 7 : 10, value + 0.0, units);
}

/**
 * bag_format_probe_text:
 * @column: of the voxel, from 0
 * @row: of the voxel, from 0
 * @position_mm: (nullable) (array fixed-size=3): where it lies; NULL when the file does not say
 * @value: of the voxel, with its units
 *
 * Returns: (transfer full): place and value of a voxel
 */
char *
bag_format_probe_text (guint column, guint row, const double *position_mm, const char *value)
{
  if (position_mm == NULL)
    return g_strdup_printf (_ ("(col %1$u, row %2$u) · %3$s"), column + 1, row + 1, value);

  return g_strdup_printf (_ ("(col %1$u, row %2$u) · x %3$.2f y %4$.2f z %5$.2f mm · %6$s"),
                          column + 1,
                          row + 1,
                          position_mm[0],
                          position_mm[1],
                          position_mm[2],
                          value);
}

/**
 * bag_format_probe:
 * @column: of the voxel, from 0
 * @row: of the voxel, from 0
 * @position_mm: (nullable) (array fixed-size=3): where it lies; NULL when the file does not say
 * @value: of the voxel
 * @units: units of @value
 *
 * Returns: (transfer full): place and value of a voxel
 */
char *
bag_format_probe (guint column, guint row, const double *position_mm, double value, const char *units)
{
  g_autofree char *number = format_value (value);
  g_autofree char *text = g_strdup_printf ("%s %s", number, units);

  return bag_format_probe_text (column, row, position_mm, text);
}

/**
 * bag_format_notice:
 * @warnings: (element-type BagNote): about the scan
 * @chosen: the scan on screen, from 0
 * @n_scans: scans behind the same path
 *
 * Returns: (transfer full) (nullable): one line for each thing that the operator should
 *   know, NULL when there is nothing
 */
char *
bag_format_notice (const GPtrArray *warnings, guint chosen, guint n_scans)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_scans > 1)
    {
      g_autofree char *line = g_strdup_printf (_ ("This is scan %1$u of %2$u. Ctrl+Page Down and Ctrl+Page Up show the others."), chosen + 1, n_scans);

      append_line (text, line);
    }
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    append_line (text, ((const BagNote *) g_ptr_array_index (warnings, i))->text);

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* What an operator can do about it; NULL when that is nothing. */
static const char *
get_advice (BagError code, const char *message)
{
  switch (code)
    {
    case BAG_ERROR_NOT_DICOM:
    case BAG_ERROR_NOT_AN_IMAGE:
      return _ ("Choose the file of the scan itself.");
    case BAG_ERROR_UNSUPPORTED_SYNTAX:
    case BAG_ERROR_UNSUPPORTED_IMAGE:
    case BAG_ERROR_UNSUPPORTED_OBJECT:
      return _ ("Export the scan again as an uncompressed DICOS CT image.");
    case BAG_ERROR_MALFORMED:
    case BAG_ERROR_TRUNCATED:
    case BAG_ERROR_CORRUPT_FRAME:
      return _ ("Get the file from the scanner again.");
    case BAG_ERROR_LIMIT:
      return strstr (message, "(setting ") != NULL ? _ ("Raise that setting if you trust the file, or export a smaller scan.") : _ ("Export a smaller scan.");
    case BAG_ERROR_TIMEOUT:
    case BAG_ERROR_DECODER_DIED:
      return _ ("Try again; if it happens again, the file is damaged.");
    case BAG_ERROR_FILE_CHANGED:
      return _ ("Open it again when it is complete.");
    case BAG_ERROR_NO_ACCESS:
      return _ ("Check that it is there and that you may read it.");
    case BAG_ERROR_NO_MEMORY:
      return _ ("Close other programs, or set a smaller memory budget.");
    case BAG_ERROR_CANCELLED:
      return NULL;
    default:
      return NULL;
    }
}

static char *
format_name (const char *path, guint n_more_paths)
{
  g_autofree char *display_name = g_filename_display_basename (path);
  g_autofree char *name = bag_text_sanitize (display_name, -1);

  if (n_more_paths == 0)
    return g_steal_pointer (&name);

  return g_strdup_printf (ngettext ("%1$s and %2$u more", "%1$s and %2$u more", n_more_paths), name, n_more_paths);
}

/* What the decoder says of a file has no full stop. */
static char *
format_sentence (const char *message)
{
  g_autofree char *text = bag_text_sanitize (message, -1);
  gboolean has_end = *text == '\0' || strchr (".!?", text[strlen (text) - 1]) != NULL;

  return g_strconcat (text, has_end ? "" : ".", NULL);
}

/**
 * bag_format_open_error:
 * @path: what could not be opened
 * @n_more_paths: how many were to be opened with it
 * @error: why
 *
 * Returns: (transfer full): what went wrong and what to do, in the operator's words. A
 *   message that names the file says both by itself.
 */
char *
bag_format_open_error (const char *path, guint n_more_paths, const GError *error)
{
  g_autofree char *name = format_name (path, n_more_paths);
  g_autofree char *message = format_sentence (error->message);
  const char *advice = error->domain == BAG_ERROR ? get_advice ((BagError) error->code, message) : NULL;

  if (strstr (message, name) != NULL)
    return g_steal_pointer (&message);
  if (advice == NULL)
    return g_strdup_printf (_ ("Cannot open “%1$s”: %2$s"), name, message);

  return g_strdup_printf (_ ("Cannot open “%1$s”: %2$s %3$s"), name, message, advice);
}

/**
 * bag_format_slice_error:
 * @index: the slice, from 0
 * @error: why it failed
 *
 * Returns: (transfer full): why that slice cannot be shown
 */
char *
bag_format_slice_error (guint index, const GError *error)
{
  g_autofree char *message = bag_text_sanitize (error->message, -1);

  return g_strdup_printf (_ ("Slice %1$u cannot be shown: %2$s"), index + 1, message);
}
