/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-kin-search"

#include "config.h"

#include "scan/bag-kin-search.h"

#include "scan/bag-header-batch.h"
#include "scan/bag-neighbours.h"
#include "scan/bag-report-attach.h"
#include "scan/bag-slice-order.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <float.h>
#include <string.h>

/*
 * Which scans are parts of one whole: among those that were opened together, or
 * in the folder of a file that was opened alone. What they say decides; names
 * only decide which files of a large folder are looked at.
 */
#define MAX_NAMES 16u /* of the files that a warning names */

typedef struct
{
  const BagDescription *description;
  BagScanKin *kin;  /* that is filled in, or NULL */
  const char *name; /* of its file */
  double first;     /* mm along the normal */
} Candidate;

static double
find_first_position (const BagDescription *description)
{
  double first = DBL_MAX;
  double normal[3];

  for (guint i = 0; i < description->frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (description->frames, BagFrame, i);
      double position = 0.0;

      if ((frame->flags & BAG_FRAME_HAS_POSITION) == 0 || !bag_slice_order_get_normal (frame, normal))
        continue;
      for (guint k = 0; k < 3; k++)
        position += frame->position[k] * normal[k];
      first = MIN (first, position);
    }

  return first;
}

static void
append_candidate (GArray *candidates, const BagDescription *description, BagScanKin *kin, const char *name)
{
  Candidate candidate = { .description = description, .kin = kin, .name = name, .first = find_first_position (description) };

  g_array_append_val (candidates, candidate);
}

/* Sections have one series, so that is their order. */
static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;
  int result = strcmp (first->description->acquired, second->description->acquired);

  return result != 0 ? result : (first->first > second->first) - (first->first < second->first);
}

static void
fill_in (const Candidate *self, const GArray *candidates)
{
  BagScanKin *kin = self->kin;
  gboolean is_past = FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *other = &g_array_index (candidates, Candidate, i);

      is_past = is_past || other == self;
      if (other == self || *other->name == '\0')
        continue;
      if (bag_scan_kin_are_sections (self->description, other->description))
        {
          g_ptr_array_add (kin->sections, g_strdup (other->name));
          kin->section += is_past ? 0 : 1;
        }
      else if (bag_scan_kin_are_energies (self->description, other->description))
        g_ptr_array_add (kin->energies, g_strdup (other->name));
    }

  kin->n_sections = kin->sections->len > 0 ? kin->sections->len + 1 : 0;
  kin->section = kin->sections->len > 0 ? kin->section + 1 : 0;
}

static void
fill_in_all (GArray *candidates)
{
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->kin != NULL && *candidate->name != '\0')
        fill_in (candidate, candidates);
    }
}

/**
 * bag_kin_search_among:
 * @scans: (element-type BagScan): scans that are being made, opened together
 *
 * Tells each scan of its kin among the others.
 */
void
bag_kin_search_among (const GPtrArray *scans)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_return_if_fail (scans != NULL);

  for (guint i = 0; i < scans->len; i++)
    {
      BagScanKin *kin = bag_scan_get_kin (g_ptr_array_index (scans, i));

      append_candidate (candidates, bag_scan_get_description (g_ptr_array_index (scans, i)), kin, kin->name);
    }
  fill_in_all (candidates);
}

/* Slices of medical CT have no kin: looking would cost each a folder. */
static gboolean
may_have_kin (BagScan *scan)
{
  const BagDescription *description = bag_scan_get_description (scan);
  gboolean is_volume = bag_scan_get_n_slices (scan) > 1 || g_str_has_prefix (description->sop_class, "1.2.840.10008.5.1.4.1.1.501.");

  return is_volume && (*description->sop_instance != '\0' || *description->frame_of_reference != '\0');
}

/* The files whose names are nearest, half of them on either side where there are so many. */
static GPtrArray *
list_neighbours (const char *path)
{
  g_autoptr (GPtrArray) all = bag_neighbours_list (path, BAG_KIN_MAX_FOLDER, G_MAXUINT64);
  GPtrArray *nearest = g_ptr_array_new_with_free_func (g_free);
  guint place = 0, first = 0;

  if (all == NULL)
    return nearest;

  while (place < all->len && strcmp (g_ptr_array_index (all, place), path) < 0)
    place++;
  if (all->len > BAG_KIN_MAX_NEIGHBOURS)
    first = MIN (MAX (place, BAG_KIN_MAX_NEIGHBOURS / 2) - BAG_KIN_MAX_NEIGHBOURS / 2, all->len - BAG_KIN_MAX_NEIGHBOURS);
  for (guint i = first; i < all->len && nearest->len < BAG_KIN_MAX_NEIGHBOURS; i++)
    g_ptr_array_add (nearest, g_strdup (g_ptr_array_index (all, i)));

  return nearest;
}

static char *
join_names (const GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len && i < MAX_NAMES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (names, i));
  if (names->len > MAX_NAMES)
    g_string_append (text, ", …");

  return g_string_free (text, FALSE);
}

static void
warn (BagScan *scan)
{
  const BagScanKin *kin = bag_scan_get_kin (scan);
  g_autofree char *sections = join_names (kin->sections);
  g_autofree char *energies = join_names (kin->energies);

  if (kin->n_sections > 0)
    bag_report_warn (scan, "section", ngettext ("This is section %1$u of %2$u of one scan; the other is in the file %3$s. Open both together, or the folder.", "This is section %1$u of %2$u of one scan; the others are in the files %3$s. Open all together, or the folder.", kin->sections->len), kin->section, kin->n_sections, sections);
  if (kin->energies->len > 0)
    bag_report_warn (scan, "energy", _ ("This is the bag in one of several energies (%1$s); others are in: %2$s. Open them together, or the folder."), kin->energy, energies);
}

/**
 * bag_kin_search_beside:
 * @scan: a scan that is being made, of one file that was opened alone
 * @path: that file
 * @context: who opens, and how
 * @error: return location, set to %BAG_ERROR_CANCELLED
 *
 * Looks for sections and energies in the folder of @path, headers only, and
 * warns when there are others. Of a large folder it looks at the
 * %BAG_KIN_MAX_NEIGHBOURS files with the nearest names, of one with more than
 * %BAG_KIN_MAX_FOLDER entries at none.
 *
 * Returns: %FALSE when it was given up
 */
gboolean
bag_kin_search_beside (BagScan *scan, const char *path, const BagSourceContext *context, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_header_free);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (BagHeaderBatch) batch = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (scan) && path != NULL && context != NULL, FALSE);

  if (!may_have_kin (scan))
    return TRUE;

  files = list_neighbours (path);
  batch = bag_header_batch_new (files, context->decoder, context->cancellable);
  append_candidate (candidates, bag_scan_get_description (scan), bag_scan_get_kin (scan), bag_scan_get_kin (scan)->name);
  for (guint i = 0; i < files->len && bag_source_check_cancelled (context->cancellable, NULL); i++)
    {
      BagHeader *header = bag_header_batch_next (batch, context->child);

      g_ptr_array_add (headers, header);
      if (header->group != NULL)
        append_candidate (candidates, header->group->description, NULL, bag_slice_group_get_name (header->group));
    }
  fill_in_all (candidates);
  warn (scan);

  return bag_source_check_cancelled (context->cancellable, error);
}
