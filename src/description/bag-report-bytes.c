/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report"

#include "config.h"

#include "description/bag-report.h"

#include "description/bag-error.h"
#include "description/bag-report-mask.h"

#include <math.h>

/* A report as bytes between two processes of one machine. As with descriptions,
 * the reading side takes the bytes for hostile: the form must be normal, and
 * each field is checked on its own. */

#define FORMAT_VERSION 2u
#define ASSESSMENT_TYPE "(usssd)"
#define PLACE_TYPE "(asu(ddd)(ddd)(ddd)(ddd)tddddsay)"
#define OBJECT_TYPE "(ua" PLACE_TYPE "a" ASSESSMENT_TYPE ")"
#define BYTES_TYPE "(uasasa" OBJECT_TYPE "a(ss))"

/* What all objects together may still hold. */
typedef struct
{
  guint places, assessments, references, mask_bytes;
} Allowance;

static GVariant *
pack_strings (const GPtrArray *strings)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < strings->len; i++)
    g_variant_builder_add (&builder, "s", g_ptr_array_index (strings, i));

  return g_variant_builder_end (&builder);
}

/* The bytes stay where they are until all is packed. */
static GVariant *
pack_mask (GBytes *mask)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);

  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, mask != NULL ? mask : none, TRUE);
}

static void
add_place (GVariantBuilder *builder, const BagReportPlace *place)
{
  g_variant_builder_add (builder, "(@asu(ddd)(ddd)(ddd)(ddd)tdddds@ay)", pack_strings (place->instances), (guint32) place->flags, place->base[0], place->base[1], place->base[2], place->extents[0], place->extents[1], place->extents[2], place->corners[0][0], place->corners[0][1], place->corners[0][2], place->corners[1][0], place->corners[1][1], place->corners[1][2], place->n_masked, place->mass, place->density, place->z_effective, place->volume_cc, place->location, pack_mask (place->mask));
}

static void
add_object (GVariantBuilder *builder, const BagReportObject *object)
{
  GVariantBuilder places;
  GVariantBuilder assessments;

  g_variant_builder_init (&places, G_VARIANT_TYPE ("a" PLACE_TYPE));
  for (guint i = 0; i < object->places->len; i++)
    add_place (&places, g_ptr_array_index (object->places, i));

  g_variant_builder_init (&assessments, G_VARIANT_TYPE ("a" ASSESSMENT_TYPE));
  for (guint i = 0; i < object->assessments->len; i++)
    {
      const BagReportAssessment *one = g_ptr_array_index (object->assessments, i);

      g_variant_builder_add (&assessments, ASSESSMENT_TYPE, (guint32) one->flag, one->category, one->text, one->ability, one->probability);
    }

  g_variant_builder_add (builder, "(u@a" PLACE_TYPE "@a" ASSESSMENT_TYPE ")", object->id, g_variant_builder_end (&places), g_variant_builder_end (&assessments));
}

static GVariant *
pack_objects (const GPtrArray *objects)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" OBJECT_TYPE));
  for (guint i = 0; i < objects->len; i++)
    add_object (&builder, g_ptr_array_index (objects, i));

  return g_variant_builder_end (&builder);
}

/**
 * bag_report_to_bytes:
 * @self: a report
 *
 * Returns: (transfer full): @self in the form that bag_report_from_bytes() takes,
 *   of this machine's byte order; the name of its file stays behind
 */
GBytes *
bag_report_to_bytes (const BagReport *self)
{
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  variant = g_variant_new ("(u@as@as@a" OBJECT_TYPE "@a(ss))",
                           FORMAT_VERSION,
                           g_variant_new_strv ((const char *const *) self->texts, BAG_N_REPORT_TEXTS),
                           pack_strings (self->instances),
                           pack_objects (self->objects),
                           bag_notes_pack (self->warnings));
  g_variant_ref_sink (variant);

  return g_variant_get_data_as_bytes (variant);
}

static gboolean G_GNUC_PRINTF (2, 3)
    fail (GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's report is not valid: %s", reason);

  return FALSE;
}

static gboolean
is_sane_or_absent (double value)
{
  return isnan (value) || bag_are_sane (&value, 1);
}

/* Each counts against what all objects together may hold. */
static gboolean
spend (guint *allowance, gsize n, const char *what, GError **error)
{
  if (n > *allowance)
    return fail (error, "too many %s", what);

  *allowance -= (guint) n;

  return TRUE;
}

static void
unpack_strings (GPtrArray *strings, GVariant *variant)
{
  for (gsize i = 0; i < g_variant_n_children (variant); i++)
    {
      const char *text = NULL;

      g_variant_get_child (variant, i, "&s", &text);
      g_ptr_array_add (strings, bag_text_sanitize (text, -1));
    }
}

static void
take_text (char **field, const char *text)
{
  g_free (*field);
  *field = bag_text_sanitize (text, -1);
}

static gboolean
check_place (const BagReportPlace *place, guint id, GError **error)
{
  const guint known = BAG_REPORT_PLACE_HAS_REGION | BAG_REPORT_PLACE_HAS_POLYGON | BAG_REPORT_PLACE_HAS_MASK;

  if ((place->flags & ~known) != 0 || (place->flags & (BAG_REPORT_PLACE_HAS_REGION | BAG_REPORT_PLACE_HAS_MASK)) == BAG_REPORT_PLACE_HAS_MASK)
    return fail (error, "flags of object %u", id);
  if ((place->flags & BAG_REPORT_PLACE_HAS_REGION) != 0 && (!bag_are_sane (place->base, 3) || !bag_are_sane (place->extents, 3) || !(place->extents[0] > 0 && place->extents[1] > 0 && place->extents[2] > 0)))
    return fail (error, "region of object %u", id);
  if ((place->flags & BAG_REPORT_PLACE_HAS_POLYGON) != 0)
    for (guint i = 0; i < 3; i++)
      if (!bag_are_sane (&place->corners[0][i], 1) || !bag_are_sane (&place->corners[1][i], 1) || place->corners[0][i] > place->corners[1][i])
        return fail (error, "polygon of object %u", id);
  if (place->mask != NULL && ((place->flags & BAG_REPORT_PLACE_HAS_MASK) == 0 || !bag_report_mask_check (place->mask, place->extents, place->n_masked)))
    return fail (error, "bits of the mask of object %u", id);
  if (place->n_masked > G_MAXUINT32)
    return fail (error, "mask of object %u", id);
  if (!is_sane_or_absent (place->mass) || !is_sane_or_absent (place->density) || !is_sane_or_absent (place->z_effective) || !is_sane_or_absent (place->volume_cc))
    return fail (error, "mass or density of object %u", id);

  return TRUE;
}

/* What no flag vouches for is left at zero, so that nobody uses it unchecked. */
static void
clear_unvouched (BagReportPlace *place)
{
  if ((place->flags & BAG_REPORT_PLACE_HAS_REGION) == 0)
    {
      memset (place->base, 0, sizeof place->base);
      memset (place->extents, 0, sizeof place->extents);
    }
  if ((place->flags & BAG_REPORT_PLACE_HAS_POLYGON) == 0)
    memset (place->corners, 0, sizeof place->corners);
  if ((place->flags & BAG_REPORT_PLACE_HAS_MASK) == 0)
    place->n_masked = 0;
}

static gboolean
unpack_place (BagReportObject *object, GVariant *variant, Allowance *allowance, GError **error)
{
  BagReportPlace *place = bag_report_place_new ();
  g_autoptr (GVariant) instances = NULL;
  g_autoptr (GVariant) mask = NULL;
  const char *location = NULL;
  guint32 flags = 0;

  g_ptr_array_add (object->places, place);
  g_variant_get (variant, "(@asu(ddd)(ddd)(ddd)(ddd)tdddd&s@ay)", &instances, &flags, &place->base[0], &place->base[1], &place->base[2], &place->extents[0], &place->extents[1], &place->extents[2], &place->corners[0][0], &place->corners[0][1], &place->corners[0][2], &place->corners[1][0], &place->corners[1][1], &place->corners[1][2], &place->n_masked, &place->mass, &place->density, &place->z_effective, &place->volume_cc, &location, &mask);
  place->flags = (BagReportPlaceFlags) flags;
  if (!spend (&allowance->references, g_variant_n_children (instances), "references", error) || !spend (&allowance->mask_bytes, g_variant_get_size (mask), "bytes of masks", error))
    return FALSE;

  unpack_strings (place->instances, instances);
  if (g_variant_get_size (mask) > 0)
    place->mask = g_variant_get_data_as_bytes (mask);
  take_text (&place->location, location);
  if (!check_place (place, object->id, error))
    return FALSE;
  clear_unvouched (place);

  return TRUE;
}

static gboolean
unpack_assessment (BagReportObject *object, GVariant *variant, GError **error)
{
  BagReportAssessment *one = bag_report_assessment_new ();
  const char *category = NULL;
  const char *text = NULL;
  const char *ability = NULL;
  guint32 flag = 0;

  g_ptr_array_add (object->assessments, one);
  g_variant_get (variant, "(u&s&s&sd)", &flag, &category, &text, &ability, &one->probability);
  if (flag >= BAG_N_THREAT_FLAGS)
    return fail (error, "flag of object %u", object->id);
  if (!isnan (one->probability) && !(one->probability >= 0 && one->probability <= 1))
    return fail (error, "probability of object %u", object->id);

  one->flag = (BagThreatFlag) flag;
  take_text (&one->category, category);
  take_text (&one->text, text);
  take_text (&one->ability, ability);

  return TRUE;
}

static gboolean
unpack_object (BagReport *self, GVariant *variant, Allowance *allowance, GError **error)
{
  BagReportObject *object = bag_report_object_new ();
  g_autoptr (GVariant) places = NULL;
  g_autoptr (GVariant) assessments = NULL;

  g_ptr_array_add (self->objects, object);
  g_variant_get (variant, "(u@a" PLACE_TYPE "@a" ASSESSMENT_TYPE ")", &object->id, &places, &assessments);
  if (!spend (&allowance->places, g_variant_n_children (places), "places", error) || !spend (&allowance->assessments, g_variant_n_children (assessments), "assessments", error))
    return FALSE;

  for (gsize i = 0; i < g_variant_n_children (places); i++)
    {
      g_autoptr (GVariant) place = g_variant_get_child_value (places, i);

      if (!unpack_place (object, place, allowance, error))
        return FALSE;
    }
  for (gsize i = 0; i < g_variant_n_children (assessments); i++)
    {
      g_autoptr (GVariant) one = g_variant_get_child_value (assessments, i);

      if (!unpack_assessment (object, one, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
unpack_objects (BagReport *self, GVariant *variant, Allowance *allowance, GError **error)
{
  gsize n = g_variant_n_children (variant);

  if (n > BAG_MAX_REPORT_OBJECTS)
    return fail (error, "%" G_GSIZE_FORMAT " objects, more than %u", n, BAG_MAX_REPORT_OBJECTS);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) object = g_variant_get_child_value (variant, i);

      if (!unpack_object (self, object, allowance, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
unpack_texts (BagReport *self, GVariant *variant, GError **error)
{
  if (g_variant_n_children (variant) != BAG_N_REPORT_TEXTS)
    return fail (error, "wrong number of texts");

  for (guint i = 0; i < BAG_N_REPORT_TEXTS; i++)
    {
      const char *text = NULL;

      g_variant_get_child (variant, i, "&s", &text);
      take_text (&self->texts[i], text);
    }

  return TRUE;
}

static gboolean
unpack (BagReport *self, GVariant *variant, GError **error)
{
  Allowance allowance = { BAG_MAX_REPORT_PLACES, BAG_MAX_REPORT_ASSESSMENTS, BAG_MAX_REPORT_REFERENCES, BAG_MAX_REPORT_MASK_BYTES };
  g_autoptr (GVariant) texts = NULL;
  g_autoptr (GVariant) instances = NULL;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GVariant) warnings = NULL;
  guint32 version = 0;

  g_variant_get (variant, "(u@as@as@a" OBJECT_TYPE "@a(ss))", &version, &texts, &instances, &objects, &warnings);
  if (version != FORMAT_VERSION)
    return fail (error, "version %u", version);
  if (!unpack_texts (self, texts, error) || !spend (&allowance.references, g_variant_n_children (instances), "references", error))
    return FALSE;

  unpack_strings (self->instances, instances);

  return unpack_objects (self, objects, &allowance, error) && bag_notes_unpack (self->warnings, warnings, error);
}

/**
 * bag_report_from_bytes:
 * @bytes: what the decoder sent
 * @error: %BAG_ERROR_MALFORMED
 *
 * Takes nothing on trust: form, numbers of parts, ranges and finite numbers are
 * checked, texts are made harmless once more.
 *
 * Returns: (transfer full): the report, or %NULL
 */
BagReport *
bag_report_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (BagReport) self = NULL;
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > BAG_MAX_REPORT_BYTES)
    {
      fail (error, "larger than %u MiB", BAG_MAX_REPORT_BYTES >> 20);
      return NULL;
    }

  variant = g_variant_new_from_bytes (G_VARIANT_TYPE (BYTES_TYPE), bytes, FALSE);
  g_variant_ref_sink (variant);
  if (!g_variant_is_normal_form (variant))
    {
      fail (error, "not in normal form");
      return NULL;
    }

  self = bag_report_new ();
  if (!unpack (self, variant, error))
    return NULL;

  return g_steal_pointer (&self);
}
