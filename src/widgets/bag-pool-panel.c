/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-panel"

#include "config.h"

#include "widgets/bag-pool-panel.h"

#include "widgets/bag-budget-panel.h"
#include "widgets/bag-named-label.h"
#include "widgets/bag-pool-cell.h"
#include "widgets/bag-pool-chart.h"
#include "widgets/bag-pool-figures.h"
#include "widgets/bag-pool-map.h"
#include "slices/bag-slice-tag.h"
#include "widgets/bag-pool-swatch.h"
#include "widgets/bag-pool-warning.h"

#include <glib/gi18n.h>

/*
 * The panel is connected to the monitor, and the monitor active, exactly while the
 * panel is mapped: a hidden panel costs nothing.
 */

#define GROUP_SPACING 8
#define LEGEND_ROWS 3

struct _BagPoolPanel
{
  GtkWidget parent_instance;

  /* Owned */
  BagPoolMonitor *monitor;
  BagSession *session;

  /* Template */
  GtkWidget *content; /* bound so that the template's disposal takes it away */
  GtkLabel *summary;
  BagPoolWarning *warning;
  BagPoolMap *map;
  GtkGrid *legend;
  BagPoolChart *chart;
  BagPoolFigures *figures;

  /* Borrowed from the legend */
  GtkLabel *count_labels[BAG_N_SLOT_STATES];

  guint n_slices;
  guint bag_number;
  guint64 budget;
  gulong changed_id;
};

enum
{
  PROP_0,
  PROP_MONITOR,
  PROP_SESSION,
  PROP_N_SLICES,
  PROP_BAG_NUMBER,
  PROP_BUDGET,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagPoolPanel, bag_pool_panel, GTK_TYPE_WIDGET)

static void
set_value (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
set_state_count (BagPoolPanel *self, BagSlotState state, guint count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  set_value (self->count_labels[state], text);
}

static guint
count_slices (const BagSlotInfo *slots, guint n_slots, guint bag_number)
{
  guint n = 0;

  for (guint i = 0; i < n_slots; i++)
    if (slots[i].tag != BAG_POOL_NO_TAG && bag_slice_tag_get_bag (slots[i].tag) == bag_number && (slots[i].state == BAG_SLOT_READY || slots[i].state == BAG_SLOT_SHOWN))
      n++;

  return n;
}

static void
update_summary (BagPoolPanel *self, const BagSlotInfo *slots, guint n_slots)
{
  g_autofree char *text = NULL;

  if (n_slots == 0)
    text = g_strdup (_ ("No memory in use: no bag is open"));
  else if (self->n_slices > 0)
    text = g_strdup_printf (ngettext ("%u of %u slice in memory", "%u of %u slices in memory", self->n_slices),
                            count_slices (slots, n_slots, self->bag_number),
                            self->n_slices);
  else
    text = g_strdup (_ ("No bag is open"));
  gtk_label_set_text (self->summary, text);
}

static void
update (BagPoolPanel *self)
{
  const BagPoolStats *stats = bag_pool_monitor_get_stats (self->monitor);
  guint n_slots = 0;
  const BagSlotInfo *slots = bag_pool_monitor_get_slots (self->monitor, &n_slots);

  bag_pool_figures_set_stats (self->figures, stats);
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    set_state_count (self, i, stats->by_state[i]);
  bag_pool_map_set_slots (self->map, slots, n_slots);
  update_summary (self, slots, n_slots);
  bag_pool_warning_update (self->warning, stats, self->n_slices, self->budget);
  bag_pool_chart_add (self->chart, g_get_monotonic_time (), stats);
}

/* The action counts from 1, as people do. */
static void
on_slice_activated (BagPoolPanel *self, guint index)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-slice", "u", index + 1);
}

static void
start_watching (BagPoolPanel *self)
{
  if (self->monitor == NULL || self->changed_id != 0)
    return;

  self->changed_id = g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (update), self);
  bag_pool_monitor_set_active (self->monitor, TRUE);
  update (self);
}

static void
stop_watching (BagPoolPanel *self)
{
  if (self->changed_id == 0)
    return;

  g_clear_signal_handler (&self->changed_id, self->monitor);
  bag_pool_monitor_set_active (self->monitor, FALSE);
  bag_pool_chart_pause (self->chart, g_get_monotonic_time ());
}

static GtkLabel *
add_value (GtkGrid *grid, int column, int row, const char *name)
{
  GtkWidget *value = gtk_label_new (NULL);

  gtk_widget_set_name (value, name);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_grid_attach (grid, value, column, row, 1, 1);

  return GTK_LABEL (value);
}

static void
add_states (BagPoolPanel *self)
{
  for (int i = 0; i < BAG_N_SLOT_STATES; i++)
    {
      BagSlotState state = (BagSlotState) i;
      GtkWidget *swatch = bag_pool_swatch_new (state);
      GtkWidget *caption = bag_named_label_new_caption (bag_pool_cell_get_label (state));
      g_autofree char *name = g_strdup_printf (_ ("Slots %s"), bag_pool_cell_get_label (state));
      int column = i / LEGEND_ROWS * 3;
      int row = i % LEGEND_ROWS;

      gtk_widget_set_margin_start (swatch, column > 0 ? GROUP_SPACING : 0);
      gtk_grid_attach (self->legend, swatch, column, row, 1, 1);
      gtk_grid_attach (self->legend, caption, column + 1, row, 1, 1);
      self->count_labels[i] = add_value (self->legend, column + 2, row, bag_slot_state_get_name (state));
      set_state_count (self, state, 0);
      gtk_widget_set_tooltip_text (swatch, bag_pool_cell_get_help (state));
      gtk_widget_set_tooltip_text (caption, bag_pool_cell_get_help (state));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->count_labels[i]), bag_pool_cell_get_help (state));
      bag_named_label_set_name (self->count_labels[i], name);
    }
}

static void
bag_pool_panel_map (GtkWidget *widget)
{
  start_watching (BAG_POOL_PANEL (widget));

  GTK_WIDGET_CLASS (bag_pool_panel_parent_class)->map (widget);
}

static void
bag_pool_panel_unmap (GtkWidget *widget)
{
  stop_watching (BAG_POOL_PANEL (widget));

  GTK_WIDGET_CLASS (bag_pool_panel_parent_class)->unmap (widget);
}

static void
bag_pool_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BagPoolPanel *self = BAG_POOL_PANEL (object);

  switch (id)
    {
    case PROP_MONITOR:
      g_value_set_object (value, self->monitor);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_N_SLICES:
      g_value_set_uint (value, self->n_slices);
      break;
    case PROP_BAG_NUMBER:
      g_value_set_uint (value, self->bag_number);
      break;
    case PROP_BUDGET:
      g_value_set_uint64 (value, self->budget);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bag_pool_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BagPoolPanel *self = BAG_POOL_PANEL (object);

  switch (id)
    {
    case PROP_MONITOR:
      bag_pool_panel_set_monitor (self, g_value_get_object (value));
      break;
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_N_SLICES:
      bag_pool_panel_set_n_slices (self, g_value_get_uint (value));
      break;
    case PROP_BAG_NUMBER:
      bag_pool_panel_set_bag_number (self, g_value_get_uint (value));
      break;
    case PROP_BUDGET:
      bag_pool_panel_set_budget (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bag_pool_panel_dispose (GObject *object)
{
  BagPoolPanel *self = BAG_POOL_PANEL (object);

  stop_watching (self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_POOL_PANEL);

  G_OBJECT_CLASS (bag_pool_panel_parent_class)->dispose (object);
}

static void
bag_pool_panel_class_init (BagPoolPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = bag_pool_panel_get_property;
  object_class->set_property = bag_pool_panel_set_property;
  object_class->dispose = bag_pool_panel_dispose;
  widget_class->map = bag_pool_panel_map;
  widget_class->unmap = bag_pool_panel_unmap;

  properties[PROP_MONITOR] = g_param_spec_object ("monitor", NULL, NULL, BAG_TYPE_POOL_MONITOR, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, flags);
  properties[PROP_N_SLICES] = g_param_spec_uint ("n-slices", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BAG_NUMBER] = g_param_spec_uint ("bag-number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BUDGET] = g_param_spec_uint64 ("budget", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BAG_TYPE_BUDGET_PANEL);
  g_type_ensure (BAG_TYPE_POOL_FIGURES);
  g_type_ensure (BAG_TYPE_POOL_CHART);
  g_type_ensure (BAG_TYPE_POOL_MAP);
  g_type_ensure (BAG_TYPE_POOL_WARNING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-pool-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, content);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, summary);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, warning);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, map);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, legend);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, chart);
  gtk_widget_class_bind_template_child (widget_class, BagPoolPanel, figures);
  gtk_widget_class_bind_template_callback (widget_class, on_slice_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "poolpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bag_pool_panel_init (BagPoolPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_states (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slice pool"), -1);
}

/**
 * bag_pool_panel_new:
 *
 * Returns: (transfer floating): a panel without a monitor
 */
BagPoolPanel *
bag_pool_panel_new (void)
{
  return g_object_new (BAG_TYPE_POOL_PANEL, NULL);
}

/**
 * bag_pool_panel_set_monitor:
 * @monitor: (nullable) (transfer none): whose figures to show. Only the panel makes it
 *   active.
 */
void
bag_pool_panel_set_monitor (BagPoolPanel *self, BagPoolMonitor *monitor)
{
  g_return_if_fail (BAG_IS_POOL_PANEL (self));
  g_return_if_fail (monitor == NULL || BAG_IS_POOL_MONITOR (monitor));

  if (self->monitor == monitor)
    return;

  stop_watching (self);
  g_set_object (&self->monitor, monitor);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start_watching (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MONITOR]);
}

/**
 * bag_pool_panel_set_n_slices:
 * @n_slices: of the bag on screen; 0: none is
 */
void
bag_pool_panel_set_n_slices (BagPoolPanel *self, guint n_slices)
{
  g_return_if_fail (BAG_IS_POOL_PANEL (self));

  if (self->n_slices == n_slices)
    return;

  self->n_slices = n_slices;
  if (self->changed_id != 0)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SLICES]);
}

/**
 * bag_pool_panel_set_bag_number:
 * @bag_number: of the bag on screen, as in the slots' tags; 0: none was opened yet
 */
void
bag_pool_panel_set_bag_number (BagPoolPanel *self, guint bag_number)
{
  g_return_if_fail (BAG_IS_POOL_PANEL (self));

  if (self->bag_number == bag_number)
    return;

  self->bag_number = bag_number;
  if (self->changed_id != 0)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BAG_NUMBER]);
}

/**
 * bag_pool_panel_set_budget:
 * @budget: bytes that slices may take; 0 when that is not known: nothing is warned of then
 */
void
bag_pool_panel_set_budget (BagPoolPanel *self, guint64 budget)
{
  g_return_if_fail (BAG_IS_POOL_PANEL (self));

  if (self->budget == budget)
    return;

  self->budget = budget;
  if (self->changed_id != 0)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUDGET]);
}
