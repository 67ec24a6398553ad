/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-export"

#include "config.h"

#include "session/bag-pool-export.h"

#include "session/bag-pool-figure.h"

/*
 * The figures for other programs and for people. Other programs read them, so names and
 * order are part of the interface: the fields of BagPoolStats, as declared. Names and
 * numbers only: there is nothing to escape.
 */

typedef enum
{
  FIELD_UINT,
  FIELD_UINT64,
  FIELD_FLAG,
  FIELD_PREFAULT,
  FIELD_HUGE_PAGES,
  FIELD_STATES,
  FIELD_CLASSES,
} FieldKind;

typedef struct
{
  const char *name;
  FieldKind kind;
  gsize offset;
} Field;

#define FIELD(name, kind)                                    \
  {                                                          \
#name, FIELD_##kind, G_STRUCT_OFFSET(BagPoolStats, name) \
  }

G_STATIC_ASSERT (sizeof (gsize) == sizeof (guint64));

static const Field fields[] = {
  FIELD (n_slots, UINT),
  FIELD (slot_size, UINT64),
  FIELD (stride, UINT64),
  FIELD (bytes, UINT64),
  FIELD (bytes_reserved, UINT64),
  FIELD (bytes_prefaulted, UINT64),
  FIELD (bytes_resident, UINT64),
  FIELD (bytes_huge, UINT64),
  FIELD (prefault, PREFAULT),
  FIELD (huge_pages, HUGE_PAGES),
  FIELD (by_state, STATES),
  FIELD (by_class, CLASSES),
  FIELD (reserve, UINT),
  FIELD (in_use, UINT),
  FIELD (n_leaving, UINT),
  FIELD (high_water, UINT),
  FIELD (least_free, UINT),
  FIELD (acquires, UINT64),
  FIELD (releases, UINT64),
  FIELD (reuses, UINT64),
  FIELD (slots_new, UINT64),
  FIELD (refused_too_large, UINT64),
  FIELD (refused_exhausted, UINT64),
  FIELD (refused_closed, UINT64),
  FIELD (heap_fallbacks, UINT64),
  FIELD (heap_in_use, UINT),
  FIELD (heap_bytes, UINT64),
  FIELD (evictions, UINT64),
  FIELD (hits, UINT64),
  FIELD (misses, UINT64),
  FIELD (prefetch_hits, UINT64),
  FIELD (prefetch_late, UINT64),
  FIELD (prefetch_wasted, UINT64),
  FIELD (n_waiting, UINT),
  FIELD (n_queued, UINT),
  FIELD (fills, UINT64),
  FIELD (fill_p50_us, UINT64),
  FIELD (fill_p95_us, UINT64),
  FIELD (stale, UINT64),
  FIELD (doubled, UINT64),
  FIELD (foreign, UINT64),
  FIELD (interior, UINT64),
  FIELD (illegal, UINT64),
  FIELD (divisions, UINT64),
  FIELD (scans, UINT64),
  FIELD (is_closed, FLAG),
};

/* How a value is written: by its kind, with these around names and counts. */
typedef struct
{
  const char *quote;
  const char *open, *close, *separator;
  gboolean has_names; /* of states and classes, beside the counts */
} Syntax;

static const Syntax json_syntax = { "\"", "{", "}", ", ", TRUE };
static const Syntax csv_syntax = { "", "", "", ",", FALSE };

static void
append_counts (GString *text, const Syntax *syntax, const guint *counts, guint n_counts, const char *(*get_name) (guint))
{
  g_string_append (text, syntax->open);
  for (guint i = 0; i < n_counts; i++)
    {
      g_string_append (text, i > 0 ? syntax->separator : "");
      if (syntax->has_names)
        g_string_append_printf (text, "\"%s\": ", get_name (i));
      g_string_append_printf (text, "%u", counts[i]);
    }
  g_string_append (text, syntax->close);
}

static const char *
get_state_name (guint state)
{
  return bag_slot_state_get_name ((BagSlotState) state);
}

static const char *
get_class_name (guint class)
{
  return bag_pool_class_get_name ((BagPoolClass) class);
}

static void
append_value (GString *text, const Syntax *syntax, const Field *field, const BagPoolStats *stats)
{
  switch (field->kind)
    {
    case FIELD_UINT:
      g_string_append_printf (text, "%u", G_STRUCT_MEMBER (guint, stats, field->offset));
      break;
    case FIELD_UINT64:
      g_string_append_printf (text, "%" G_GUINT64_FORMAT, G_STRUCT_MEMBER (guint64, stats, field->offset));
      break;
    case FIELD_FLAG:
      g_string_append (text, G_STRUCT_MEMBER (gboolean, stats, field->offset) ? "true" : "false");
      break;
    case FIELD_PREFAULT:
      g_string_append_printf (text, "%s%s%s", syntax->quote, bag_pool_prefault_get_name (stats->prefault), syntax->quote);
      break;
    case FIELD_HUGE_PAGES:
      g_string_append_printf (text, "%s%s%s", syntax->quote, bag_pool_huge_pages_get_name (stats->huge_pages), syntax->quote);
      break;
    case FIELD_STATES:
      append_counts (text, syntax, stats->by_state, BAG_N_SLOT_STATES, get_state_name);
      break;
    case FIELD_CLASSES:
      append_counts (text, syntax, stats->by_class, BAG_POOL_N_CLASSES, get_class_name);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_pool_export_to_json:
 * @stats: the figures
 *
 * An object whose keys are the fields of BagPoolStats; prefault and huge_pages are names;
 * by_state and by_class are objects with the names of states and classes as keys.
 *
 * Returns: (transfer full): JSON, with a newline at its end
 */
char *
bag_pool_export_to_json (const BagPoolStats *stats)
{
  GString *text = g_string_new ("{\n");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append_printf (text, "  \"%s\": ", fields[i].name);
      append_value (text, &json_syntax, &fields[i], stats);
      g_string_append (text, i + 1 < G_N_ELEMENTS (fields) ? ",\n" : "\n}\n");
    }

  return g_string_free (text, FALSE);
}

/* States and classes take a column each: "by_state_free". */
static void
append_columns (GString *text, const Field *field)
{
  guint n_columns = field->kind == FIELD_STATES ? BAG_N_SLOT_STATES : BAG_POOL_N_CLASSES;

  if (field->kind != FIELD_STATES && field->kind != FIELD_CLASSES)
    {
      g_string_append (text, field->name);
      return;
    }
  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (text,
                            "%s%s_%s",
                            i > 0 ? "," : "",
                            field->name,
                            field->kind == FIELD_STATES ? get_state_name (i) : get_class_name (i));
}

/**
 * bag_pool_export_to_csv:
 * @stats: the figures
 *
 * A line with the names of bag_pool_export_to_json(), by_state and by_class a column each,
 * and a line with the values (RFC 4180, with plain newlines).
 *
 * Returns: (transfer full): CSV
 */
char *
bag_pool_export_to_csv (const BagPoolStats *stats)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      append_columns (text, &fields[i]);
      g_string_append_c (text, i + 1 < G_N_ELEMENTS (fields) ? ',' : '\n');
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      append_value (text, &csv_syntax, &fields[i], stats);
      g_string_append_c (text, i + 1 < G_N_ELEMENTS (fields) ? ',' : '\n');
    }

  return g_string_free (text, FALSE);
}

/**
 * bag_pool_export_to_text:
 * @stats: the figures
 *
 * What the panel says, for people: a line a figure.
 *
 * Returns: (transfer full): lines
 */
char *
bag_pool_export_to_text (const BagPoolStats *stats)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_autofree char *value = bag_pool_figure_format ((BagPoolFigure) i, stats);

      g_string_append_printf (text, "%s: %s\n", bag_pool_figure_get_caption ((BagPoolFigure) i), value);
    }

  return g_string_free (text, FALSE);
}
