/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-kin"

#include "config.h"

#include "scan/bag-scan-kin.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

#define SAME_MM 1e-3

static const char *
get_fact (const BagDescription *description, const char *keyword)
{
  for (guint i = 0; i < description->facts->len; i++)
    {
      const BagNote *fact = g_ptr_array_index (description->facts, i);

      if (strcmp (fact->name, keyword) == 0)
        return fact->text;
    }

  return "";
}

/* Image type value 2 of DICOS CT. */
static const struct
{
  const char *value;
  const char *words;
} energies[] = {
  { "HIGH ENERGY", N_ ("high energy") },
  { "LOW ENERGY", N_ ("low energy") },
  { "MULTI ENERGY", N_ ("several energies") },
  { "Z_EFFECTIVE", N_ ("effective atomic number") },
  { "BASIS_MATERIAL_1", N_ ("basis material 1") },
  { "BASIS_MATERIAL_2", N_ ("basis material 2") },
  { "COMPTON", N_ ("Compton scattering") },
  { "PHOTOELECTRIC", N_ ("photoelectric absorption") },
  { "DENSITY", N_ ("density") },
};

static const char *
find_words (const BagDescription *description)
{
  g_auto (GStrv) values = g_strsplit (get_fact (description, "ImageType"), "\\", 3);

  for (guint i = 0; g_strv_length (values) > 1 && i < G_N_ELEMENTS (energies); i++)
    if (strcmp (g_strstrip (values[1]), energies[i].value) == 0)
      return _ (energies[i].words);

  return NULL;
}

/* The image type says it in few words; the series may say it instead. */
static char *
format_energy (const BagDescription *description)
{
  const char *words = find_words (description);
  const char *text = get_fact (description, "SeriesEnergyDescription");
  const char *number = get_fact (description, "SeriesEnergy");

  if (words != NULL)
    return g_strdup (words);
  if (*text != '\0' || *number == '\0')
    return g_strdup (text);

  return g_strdup_printf (_ ("energy %s"), number);
}

/**
 * bag_scan_kin_new:
 * @description: what a scan says about itself
 * @name: (nullable): of its file, where it has one
 *
 * Returns: (transfer full): what is known of it without looking at others
 */
BagScanKin *
bag_scan_kin_new (const BagDescription *description, const char *name)
{
  BagScanKin *self;

  g_return_val_if_fail (description != NULL, NULL);

  self = g_new0 (BagScanKin, 1);
  self->name = bag_text_sanitize (name, -1);
  self->energy = format_energy (description);
  self->sections = g_ptr_array_new_with_free_func (g_free);
  self->energies = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * bag_scan_kin_free:
 * @self: (transfer full) (nullable): what is known of other scans
 */
void
bag_scan_kin_free (BagScanKin *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->energy);
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->energies);
  g_free (self);
}

/**
 * bag_scan_kin_format:
 * @self: what is known of other scans
 *
 * Returns: (transfer full): what tells a scan from its kin, such as "section 1 of 3,
 *   high energy"; "" when it has none
 */
char *
bag_scan_kin_format (const BagScanKin *self)
{
  gboolean has_energies;

  g_return_val_if_fail (self != NULL, g_strdup (""));

  has_energies = self->energies->len > 0;
  if (self->n_sections == 0)
    return g_strdup (has_energies ? self->energy : "");
  if (!has_energies)
    return g_strdup_printf (_ ("section %1$u of %2$u"), self->section, self->n_sections);

  return g_strdup_printf (_ ("section %1$u of %2$u, %3$s"), self->section, self->n_sections, self->energy);
}

static gboolean
is_same_text (const char *a, const char *b)
{
  return *a != '\0' && strcmp (a, b) == 0;
}

static gboolean
is_same_place (const BagFrame *a, const BagFrame *b)
{
  if (((a->flags ^ b->flags) & BAG_FRAME_HAS_POSITION) != 0)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    if (!(fabs (a->position[i] - b->position[i]) < SAME_MM))
      return FALSE;

  return TRUE;
}

/* Copies of one file say the same; sections differ somewhere. */
static gboolean
has_same_geometry (const BagDescription *a, const BagDescription *b)
{
  const BagFrame *first = &g_array_index (a->frames, BagFrame, 0);
  const BagFrame *second = &g_array_index (b->frames, BagFrame, 0);

  if (a->frames->len != b->frames->len || a->layout.rows != b->layout.rows || a->layout.columns != b->layout.columns)
    return FALSE;

  return !a->has_pixel_spacing == !b->has_pixel_spacing && memcmp (a->pixel_spacing, b->pixel_spacing, sizeof a->pixel_spacing) == 0 && is_same_place (first, second);
}

/**
 * bag_scan_kin_are_sections:
 * @a: what a file says
 * @b: what another one says
 *
 * Returns: whether both are sections of one object
 */
gboolean
bag_scan_kin_are_sections (const BagDescription *a, const BagDescription *b)
{
  return is_same_text (a->sop_instance, b->sop_instance) && is_same_text (a->series, b->series) && !has_same_geometry (a, b);
}

/**
 * bag_scan_kin_are_energies:
 * @a: what a file says
 * @b: what another one says
 *
 * Returns: whether both show one bag in one place, each at an energy of its own
 */
gboolean
bag_scan_kin_are_energies (const BagDescription *a, const BagDescription *b)
{
  g_autofree char *energy = NULL;
  g_autofree char *other = NULL;

  /* What costs least comes first: of a folder every pair of scans is asked for. */
  if (!is_same_text (a->frame_of_reference, b->frame_of_reference) || !is_same_text (a->bag_id, b->bag_id) || strcmp (a->series, b->series) == 0)
    return FALSE;

  energy = format_energy (a);
  other = format_energy (b);

  return *energy != '\0' && *other != '\0' && strcmp (energy, other) != 0;
}
