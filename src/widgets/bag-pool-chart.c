/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-chart"

#include "config.h"

#include "widgets/bag-pool-chart.h"

#include "session/bag-pool-history.h"
#include "widgets/bag-named-label.h"
#include "widgets/bag-pool-strip.h"

#include <glib/gi18n.h>

#include <math.h>

#define SWATCH_SIZE 14
#define GROUP_SPACING 8
#define LEGEND_ROWS 3
#define VALUE_CHARS 5 /* room for "100 %": no number moves another */

struct _BagPoolChart
{
  GtkWidget parent_instance;

  /* Owned */
  BagPoolHistory *history;

  /* Template */
  GtkWidget *content; /* bound so that the template's disposal takes it away */
  GtkDrawingArea *strip;
  GtkLabel *scale;
  GtkGrid *legend;

  /* Borrowed from the grid */
  GtkLabel *values[BAG_N_POOL_STRIP_ITEMS];
};

G_DEFINE_FINAL_TYPE (BagPoolChart, bag_pool_chart, GTK_TYPE_WIDGET)

static void
get_colors (GtkDrawingArea *area, BagPoolStripColors *colors)
{
  GdkRGBA foreground;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &foreground);
  bag_pool_strip_colors_init (colors, &foreground);
}

static void
draw_strip (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  BagPoolChart *self = user_data;
  BagPoolStripColors colors;

  get_colors (area, &colors);
  bag_pool_strip_draw (cr, &colors, self->history, width, height, gtk_widget_get_scale_factor (GTK_WIDGET (area)));
}

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  BagPoolStripColors colors;

  get_colors (area, &colors);
  bag_pool_strip_draw_swatch (cr, &colors, (BagPoolStripItem) GPOINTER_TO_INT (user_data), MIN (width, height), gtk_widget_get_scale_factor (GTK_WIDGET (area)));
}

/* A little is not nothing. */
static char *
format_share (double share)
{
  double percent = share * 100;

  if (percent > 0 && percent < 1)
    return g_strdup (_ ("< 1 %"));

  return g_strdup_printf (_ ("%.0f %%"), share < 1 ? floor (percent + 1e-6) : 100);
}

static char *
format_rate (double per_second)
{
  return g_strdup_printf (_ ("%'.0f/s"), per_second);
}

static char *
format_hit_rate (BagPoolHistory *history)
{
  double rate = 0;

  return bag_pool_history_get_hit_rate (history, &rate) ? format_share (rate) : g_strdup ("–");
}

static char *
format_item (BagPoolChart *self, BagPoolStripItem item)
{
  const BagPoolSample *last = bag_pool_history_get_sample (self->history, BAG_POOL_HISTORY_SAMPLES - 1);

  if (item == BAG_POOL_STRIP_HIT_RATE)
    return format_hit_rate (self->history);
  if (item == BAG_POOL_STRIP_FILLS)
    return format_rate (bag_pool_history_get_fills_per_second (self->history));

  return format_share ((double) last->shares[item]);
}

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
update_scale (BagPoolChart *self)
{
  double most = bag_pool_history_get_most_fills_per_second (self->history);
  g_autofree char *rate = format_rate (most);
  g_autofree char *text = most > 0 ? g_strdup_printf (_ ("fills: up to %s"), rate) : g_strdup (_ ("no fills"));

  set_text (self->scale, text);
}

static void
update_description (BagPoolChart *self)
{
  g_autofree char *occupancy = format_share (bag_pool_history_get_occupancy (self->history));
  g_autofree char *hit_rate = format_hit_rate (self->history);
  g_autofree char *fills = format_rate (bag_pool_history_get_fills_per_second (self->history));
  g_autofree char *text = g_strdup_printf (_ ("%s of the slots in use, hit rate %s, fills %s"), occupancy, hit_rate, fills);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strip), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update (BagPoolChart *self)
{
  for (guint i = 0; i < BAG_N_POOL_STRIP_ITEMS; i++)
    {
      g_autofree char *text = format_item (self, (BagPoolStripItem) i);

      set_text (self->values[i], text);
    }
  update_scale (self);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->strip));
}

static GtkWidget *
new_swatch (BagPoolStripItem item)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_DRAWING_AREA,
                                    "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                    "content-width",
                                    SWATCH_SIZE,
                                    "content-height",
                                    SWATCH_SIZE,
                                    "valign",
                                    GTK_ALIGN_CENTER,
                                    NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, GINT_TO_POINTER (item), NULL);

  return swatch;
}

static GtkLabel *
new_value (BagPoolStripItem item)
{
  GtkLabel *value = GTK_LABEL (gtk_label_new (NULL));
  g_autofree char *name = g_strdup_printf (_ ("History: %s"), bag_pool_strip_get_label (item));

  gtk_widget_set_name (GTK_WIDGET (value), bag_pool_strip_get_name (item));
  gtk_widget_set_hexpand (GTK_WIDGET (value), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (value), "numeric");
  gtk_label_set_width_chars (value, VALUE_CHARS);
  gtk_label_set_xalign (value, 1);
  bag_named_label_set_name (value, name);

  return value;
}

static void
add_item (BagPoolChart *self, BagPoolStripItem item)
{
  const char *help = bag_pool_strip_get_help (item);
  GtkWidget *swatch = new_swatch (item);
  GtkWidget *caption = bag_named_label_new_caption (bag_pool_strip_get_label (item));
  int column = item / LEGEND_ROWS * 3;
  int row = item % LEGEND_ROWS;

  self->values[item] = new_value (item);
  gtk_widget_set_margin_start (swatch, column > 0 ? GROUP_SPACING : 0);
  gtk_widget_set_tooltip_text (swatch, help);
  gtk_widget_set_tooltip_text (caption, help);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->values[item]), help);
  gtk_grid_attach (self->legend, swatch, column, row, 1, 1);
  gtk_grid_attach (self->legend, caption, column + 1, row, 1, 1);
  gtk_grid_attach (self->legend, GTK_WIDGET (self->values[item]), column + 2, row, 1, 1);
}

static void
bag_pool_chart_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAG_TYPE_POOL_CHART);

  G_OBJECT_CLASS (bag_pool_chart_parent_class)->dispose (object);
}

static void
bag_pool_chart_finalize (GObject *object)
{
  bag_pool_history_free (BAG_POOL_CHART (object)->history);

  G_OBJECT_CLASS (bag_pool_chart_parent_class)->finalize (object);
}

static void
bag_pool_chart_class_init (BagPoolChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bag_pool_chart_dispose;
  object_class->finalize = bag_pool_chart_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-pool-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, BagPoolChart, content);
  gtk_widget_class_bind_template_child (widget_class, BagPoolChart, strip);
  gtk_widget_class_bind_template_child (widget_class, BagPoolChart, scale);
  gtk_widget_class_bind_template_child (widget_class, BagPoolChart, legend);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "poolchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bag_pool_chart_init (BagPoolChart *self)
{
  self->history = bag_pool_history_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->strip, draw_strip, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strip), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pool history"), -1);
  for (guint i = 0; i < BAG_N_POOL_STRIP_ITEMS; i++)
    add_item (self, (BagPoolStripItem) i);
  update (self);
}

/**
 * bag_pool_chart_new:
 *
 * Returns: (transfer floating): a chart of which nothing is known
 */
BagPoolChart *
bag_pool_chart_new (void)
{
  return g_object_new (BAG_TYPE_POOL_CHART, NULL);
}

/**
 * bag_pool_chart_add:
 * @time: when @stats were taken: g_get_monotonic_time (), microseconds
 * @stats: (transfer none): a snapshot
 *
 * Draws again when that tells anything new.
 */
void
bag_pool_chart_add (BagPoolChart *self, gint64 time, const BagPoolStats *stats)
{
  g_return_if_fail (BAG_IS_POOL_CHART (self));
  g_return_if_fail (stats != NULL);

  if (bag_pool_history_add (self->history, time, stats))
    update (self);
}

/**
 * bag_pool_chart_pause:
 * @time: microseconds, as in bag_pool_chart_add()
 *
 * Nobody watches the pool from @time until the next bag_pool_chart_add(): a gap.
 */
void
bag_pool_chart_pause (BagPoolChart *self, gint64 time)
{
  g_return_if_fail (BAG_IS_POOL_CHART (self));

  bag_pool_history_pause (self->history, time);
}
