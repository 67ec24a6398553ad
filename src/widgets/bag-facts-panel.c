/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-facts-panel"

#include "config.h"

#include "widgets/bag-facts-panel.h"

#include "widgets/bag-elements-panel.h"
#include "widgets/bag-named-label.h"
#include "widgets/bag-scan-facts.h"

#include <glib/gi18n.h>

/**
 * BagFactsPanel:
 *
 * Which bag this is, from which scan and machine: names and values in sections,
 * made anew for each scan, and on a second page all data elements of the file. What
 * is wrong with the acquisition stands above both.
 */
struct _BagFactsPanel
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;

  /* Template */
  GtkWidget *box;
  GtkWidget *empty;
  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkWidget *switcher;
  GtkWidget *stack;
  GtkGrid *grid;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagFactsPanel, bag_facts_panel, GTK_TYPE_WIDGET)

static GtkWidget *
new_name_label (const char *text)
{
  GtkWidget *label = bag_named_label_new_caption (text);

  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "fact-name");

  return label;
}

static GtkWidget *
new_value_label (const char *name, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label",
                                   text,
                                   "xalign",
                                   0.0f,
                                   "hexpand",
                                   TRUE,
                                   "wrap",
                                   TRUE,
                                   "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR,
                                   "selectable",
                                   TRUE,
                                   "width-chars",
                                   1,
                                   NULL);

  gtk_widget_add_css_class (label, "fact-value");
  gtk_widget_set_focusable (label, FALSE);
  bag_named_label_set_name (GTK_LABEL (label), name);

  return label;
}

static void
clear_grid (BagFactsPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static GtkWidget *
new_section_label (BagFactSection section)
{
  GtkWidget *label = bag_named_label_new_caption (bag_fact_section_get_name (section));

  gtk_widget_add_css_class (label, "fact-section");

  return label;
}

static void
fill_grid (BagFactsPanel *self, BagScan *scan)
{
  g_autoptr (GPtrArray) facts = bag_scan_facts_list (scan);
  guint section = BAG_N_FACT_SECTIONS;
  int row = 0;

  for (guint i = 0; i < facts->len; i++, row++)
    {
      const BagScanFact *fact = g_ptr_array_index (facts, i);

      if (fact->section != section)
        gtk_grid_attach (self->grid, new_section_label (fact->section), 0, row++, 2, 1);
      section = fact->section;
      gtk_grid_attach (self->grid, new_name_label (fact->name), 0, row, 1, 1);
      gtk_grid_attach (self->grid, new_value_label (fact->name, fact->value), 1, row, 1, 1);
    }
}

static void
update_warning (BagFactsPanel *self, BagScan *scan)
{
  g_autofree char *text = scan != NULL ? bag_scan_facts_format_warning (scan) : NULL;

  gtk_label_set_text (self->warning, text != NULL ? text : "");
  gtk_widget_set_visible (self->warning_box, text != NULL);
}

static void
on_scan_changed (BagFactsPanel *self)
{
  BagScan *scan = self->session != NULL ? bag_session_get_scan (self->session) : NULL;

  clear_grid (self);
  if (scan != NULL)
    fill_grid (self, scan);
  update_warning (self, scan);
  gtk_widget_set_visible (self->switcher, scan != NULL);
  gtk_widget_set_visible (self->stack, scan != NULL);
  gtk_widget_set_visible (self->empty, scan == NULL);
}

static void
bag_facts_panel_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_FACTS_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_facts_panel_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_facts_panel_set_session (BAG_FACTS_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_facts_panel_dispose (GObject *object)
{
  BagFactsPanel *self = BAG_FACTS_PANEL (object);

  g_clear_object (&self->session_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_FACTS_PANEL);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_facts_panel_parent_class)->dispose (object);
}

static void
bag_facts_panel_class_init (BagFactsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_facts_panel_get_property;
  object_class->set_property = bag_facts_panel_set_property;
  object_class->dispose = bag_facts_panel_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BAG_TYPE_ELEMENTS_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-facts-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, box);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, warning_box);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, warning);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, switcher);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, BagFactsPanel, grid);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
bag_facts_panel_init (BagFactsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bag_named_label_set_name (self->warning, _ ("Scan warning"));
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (on_scan_changed), self);
}

/**
 * bag_facts_panel_new:
 *
 * Returns: (transfer full): a panel without a session
 */
GtkWidget *
bag_facts_panel_new (void)
{
  return g_object_new (BAG_TYPE_FACTS_PANEL, NULL);
}

/**
 * bag_facts_panel_get_session:
 *
 * Returns: (transfer none) (nullable): whose bag is described
 */
BagSession *
bag_facts_panel_get_session (BagFactsPanel *self)
{
  g_return_val_if_fail (BAG_IS_FACTS_PANEL (self), NULL);

  return self->session;
}

/**
 * bag_facts_panel_set_session:
 * @session: (nullable): whose bag to describe
 */
void
bag_facts_panel_set_session (BagFactsPanel *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_FACTS_PANEL (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  on_scan_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
