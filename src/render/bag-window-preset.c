/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-window-preset.h"

#include <glib/gi18n.h>

/*
 * Windows with a name. In calibrated units a preset means the same in every
 * scan: it is kept in MHU (air 0, water 1000), and HU are MHU - 1000. Values in
 * other units mean something in their own scan only: there a preset is a part of
 * the window that the scan's data gave, from its black (0) to its white (1).
 */
typedef struct
{
  const char *name;
  double low, high;    /* MHU */
  double black, white; /* parts of the scan's own window */
} BagWindowPreset;

static const BagWindowPreset presets[BAG_N_WINDOW_PRESETS] = {
  { N_ ("Full range"), 0, 4000, 0.0, 2.0 },
  { N_ ("Organic"), 200, 1600, 0.1, 0.7 },
  { N_ ("Dense"), 1000, 3000, 0.4, 1.2 },
  { N_ ("Metal"), 2000, 8000, 0.8, 2.4 },
  { N_ ("Narrow"), 800, 1300, 0.35, 0.6 },
};

static BagWindowLevel
window_between (double low,
                double high)
{
  return bag_window_level_sanitize ((low + high) / 2.0, high - low);
}

/* Parts of the ramp between the last black and the first white value, which lies half
 * a value before the nominal window (PS3.3 C.11.2.1.2.1): in a scan whose values
 * are all small that half counts. LINEAR_EXACT has no such half, and the slope of a
 * SIGMOID in its centre is that of LINEAR_EXACT (C.11.2.1.3). */
static BagWindowLevel
window_within (const BagWindowLevel *whole,
               double black,
               double white)
{
  gboolean is_linear = whole->function == BAG_VOI_FUNCTION_LINEAR;
  double ramp = is_linear ? whole->width - 1.0 : whole->width;
  double start = whole->center - (is_linear ? 0.5 : 0.0) - ramp / 2.0;

  return bag_window_level_sanitize (start + ramp * (black + white) / 2.0 + 0.5, ramp * (white - black) + 1.0);
}

/**
 * bag_window_preset_get_name:
 * @number: from 1 to BAG_N_WINDOW_PRESETS
 *
 * Returns: (nullable): the name in English, marked for translation; NULL for another number
 */
const char *
bag_window_preset_get_name (guint number)
{
  return number >= 1 && number <= BAG_N_WINDOW_PRESETS ? presets[number - 1].name : NULL;
}

/**
 * bag_window_preset_get:
 * @number: from 1 to BAG_N_WINDOW_PRESETS
 * @units: units of the scan's values: "HU", "MHU", or anything else
 * @whole: the window that the scan's data gave; read only for other units
 * @window: (out): the preset, in values of the scan; LINEAR, so that it means the same
 *   whatever function a file names
 *
 * Returns: FALSE for another number; @window is not set then
 */
gboolean
bag_window_preset_get (guint number,
                       const char *units,
                       const BagWindowLevel *whole,
                       BagWindowLevel *window)
{
  const BagWindowPreset *preset;

  if (bag_window_preset_get_name (number) == NULL)
    return FALSE;

  preset = &presets[number - 1];
  if (g_strcmp0 (units, "MHU") == 0)
    *window = window_between (preset->low, preset->high);
  else if (g_strcmp0 (units, "HU") == 0)
    *window = window_between (preset->low - 1000, preset->high - 1000);
  else
    *window = window_within (whole, preset->black, preset->white);

  return TRUE;
}
