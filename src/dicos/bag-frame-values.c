/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-values"

#include "config.h"

#include "dicos/bag-frame-values.h"

#include "dicos/bag-sop-class.h"

#include <math.h>
#include <string.h>

/* Geometry, rescale and window of each frame: what its own functional groups
 * say, else the shared ones, else the top level. Numbers that make no sense are
 * left out or replaced here, with a warning, once for the whole file. */

#define MAX_UNIT_CHARACTERS 16
#define PLANE_TOLERANCE 0.01

typedef struct
{
  const BagGroup *groups[3]; /* own, shared, top; borrowed */
} Lookup;

static const BagGroup *
find_group (const Lookup *self, BagGroupFlags flags)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    if (self->groups[i] != NULL && (self->groups[i]->has & flags) == flags)
      return self->groups[i];

  return NULL;
}

static double
dot (const double *a, const double *b)
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* PS3.3 C.7.6.2.1.1: two directions of length 1, at a right angle. Written as
 * decimals, they may miss that by a little. */
static gboolean
is_plane (const double *orientation)
{
  const double *row = orientation;
  const double *column = orientation + 3;

  return bag_are_sane (orientation, 6) && fabs (dot (row, row) - 1) <= PLANE_TOLERANCE && fabs (dot (column, column) - 1) <= PLANE_TOLERANCE && fabs (dot (row, column)) <= PLANE_TOLERANCE;
}

/* Returns whether the file's orientation is one, or not there at all. */
static gboolean
resolve_geometry (const Lookup *lookup, BagFrame *frame)
{
  const BagGroup *position = find_group (lookup, BAG_GROUP_POSITION);
  const BagGroup *orientation = find_group (lookup, BAG_GROUP_ORIENTATION);

  if (position != NULL && bag_are_sane (position->position, 3))
    {
      memcpy (frame->position, position->position, sizeof frame->position);
      frame->flags |= BAG_FRAME_HAS_POSITION;
    }
  if (orientation == NULL)
    return TRUE;
  if (!is_plane (orientation->orientation))
    return FALSE;

  memcpy (frame->orientation, orientation->orientation, sizeof frame->orientation);
  frame->flags |= BAG_FRAME_HAS_ORIENTATION;

  return TRUE;
}

/* Returns whether the file's numbers were good, or not there at all. */
static gboolean
resolve_rescale (const Lookup *lookup, BagFrame *frame)
{
  const BagGroup *slope = find_group (lookup, BAG_GROUP_SLOPE);
  const BagGroup *intercept = find_group (lookup, BAG_GROUP_INTERCEPT);

  frame->slope = slope != NULL ? slope->slope : 1;
  frame->intercept = intercept != NULL ? intercept->intercept : 0;
  if (bag_are_sane (&frame->slope, 1) && frame->slope != 0 && bag_are_sane (&frame->intercept, 1))
    return TRUE;

  frame->slope = 1;
  frame->intercept = 0;

  return FALSE;
}

/* Returns whether the file's window is one, or not there at all. */
static gboolean
resolve_window (const Lookup *lookup, BagFrame *frame)
{
  const BagGroup *group = find_group (lookup, BAG_GROUP_CENTER | BAG_GROUP_WIDTH);
  const BagGroup *function = find_group (lookup, BAG_GROUP_FUNCTION);

  if (group == NULL)
    return TRUE;
  if (!bag_are_sane (&group->center, 1) || !bag_are_sane (&group->width, 1) || group->width <= 0)
    return FALSE;

  frame->window_center = group->center;
  frame->window_width = group->width;
  frame->window_function = function != NULL ? function->function : BAG_VOI_FUNCTION_LINEAR;
  frame->flags |= BAG_FRAME_HAS_WINDOW;

  return TRUE;
}

static void
set_units (BagDescription *description, const char *units)
{
  g_free (description->units);
  description->units = g_utf8_substring (units, 0, MIN (g_utf8_strlen (units, -1), MAX_UNIT_CHARACTERS));
}

/* PS3.3 C.8.2.1.1.2: medical CT without a rescale type is in HU. */
static void
resolve_units (const BagImageHeader *header, BagDescription *description)
{
  const char *type = header->rescale_type != NULL ? header->rescale_type : "";
  const BagGroupFlags rescale = BAG_GROUP_SLOPE | BAG_GROUP_INTERCEPT;
  const char *units = type;

  if (*type == '\0' && bag_sop_class_is_medical_ct (description->sop_class) && (header->top.has & rescale) == rescale)
    units = "HU";
  else if (*type == '\0' || g_ascii_strcasecmp (type, "unknown") == 0 || g_ascii_strcasecmp (type, "unspecified") == 0 || g_ascii_strcasecmp (type, "US") == 0)
    units = "raw";
  else if (g_ascii_strcasecmp (type, "HU") == 0)
    units = "HU";
  else if (g_ascii_strcasecmp (type, "MHU") == 0)
    units = "MHU";

  set_units (description, units);
}

static void
resolve_spacing (const Lookup *lookup, BagDescription *description)
{
  const BagGroup *spacing = find_group (lookup, BAG_GROUP_SPACING);
  const BagGroup *thickness = find_group (lookup, BAG_GROUP_THICKNESS);

  if (thickness != NULL && bag_are_sane (&thickness->thickness, 1) && thickness->thickness > 0)
    description->slice_thickness = thickness->thickness;
  if (spacing == NULL)
    return;
  if (!bag_pixel_spacing_check (spacing->spacing))
    {
      bag_description_add_warning (description, "bad-spacing", "The pixel spacing %g by %g mm makes no sense: nothing is measured", spacing->spacing[0], spacing->spacing[1]);
      return;
    }

  description->has_pixel_spacing = TRUE;
  memcpy (description->pixel_spacing, spacing->spacing, sizeof description->pixel_spacing);
}

static Lookup
make_lookup (const BagImageHeader *header, guint index)
{
  const BagGroup *own = index < header->groups->len ? &g_array_index (header->groups, BagGroup, index) : NULL;
  Lookup lookup = { { own, &header->shared, &header->top } };

  return lookup;
}

typedef struct
{
  guint bad_orientations, bad_rescales, bad_windows, other_spacings;
} Faults;

static void
warn_faults (const Faults *faults, guint n_frames, BagDescription *description)
{
  if (faults->bad_orientations > 0)
    bag_description_add_warning (description, "bad-orientation", "The directions of rows and columns make no plane (%u of %u slices): nothing is measured across slices", faults->bad_orientations, n_frames);
  if (faults->bad_rescales > 0)
    bag_description_add_warning (description, "bad-rescale", "Slope or intercept make no sense (%u of %u slices): raw values are shown, without units", faults->bad_rescales, n_frames);
  if (faults->bad_windows > 0)
    bag_description_add_warning (description, "bad-window", "The window of the file makes no sense (%u of %u slices) and is not used", faults->bad_windows, n_frames);
  if (faults->other_spacings > 0)
    bag_description_add_warning (description, "mixed-spacing", "The pixel spacing differs between slices (%u of %u): that of the first is used for all", faults->other_spacings, n_frames);
}

/* Whether a frame has the pixel spacing of the first one, or both have none. */
static gboolean
has_spacing_of (const Lookup *first, const Lookup *lookup)
{
  const BagGroup *one = find_group (first, BAG_GROUP_SPACING);
  const BagGroup *other = find_group (lookup, BAG_GROUP_SPACING);

  return one == other || (one != NULL && other != NULL && one->spacing[0] == other->spacing[0] && one->spacing[1] == other->spacing[1]);
}

/* What changes values or pictures and is not done is said. */
static void
warn_undone (const BagImageHeader *header, BagDescription *description)
{
  if (header->has_modality_table)
    bag_description_add_warning (description, "value-table", "The file gives its values by a table, which is not read: stored values are shown");
  if (header->unknown_function != NULL)
    bag_description_add_warning (description, "window-function", "The file asks for the window function %s: it is shown with LINEAR", header->unknown_function);
}

/**
 * bag_frame_values_resolve:
 * @header: what the file says
 * @description: has its frames and its SOP class; gets their geometry, rescale,
 *   units and windows
 */
void
bag_frame_values_resolve (const BagImageHeader *header, BagDescription *description)
{
  Lookup first = make_lookup (header, 0);
  Faults faults = { 0 };

  for (guint i = 0; i < description->frames->len; i++)
    {
      BagFrame *frame = &g_array_index (description->frames, BagFrame, i);
      Lookup lookup = make_lookup (header, i);

      faults.bad_orientations += !resolve_geometry (&lookup, frame);
      faults.other_spacings += !has_spacing_of (&first, &lookup);
      if (resolve_rescale (&lookup, frame))
        faults.bad_windows += !resolve_window (&lookup, frame);
      else
        faults.bad_rescales++; /* a window of values means nothing to raw ones */
    }
  warn_faults (&faults, description->frames->len, description);
  warn_undone (header, description);

  resolve_spacing (&first, description);
  if (faults.bad_rescales == 0)
    resolve_units (header, description);
  else
    set_units (description, "raw");
}
