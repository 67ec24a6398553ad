/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm-row"

#include "config.h"

#include "widgets/bag-alarm-row.h"

#include "scan/bag-alarm.h"
#include "widgets/bag-alarm-style.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

/* A row of the list of alarms: the line that its box is drawn with, its words, and
 * where it is. Rows do not change. */

#define MARK_WIDTH 26
#define MARK_HEIGHT 18

static void
draw_mark (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer style_of_alarm)
{
  const BagAlarmStyle *style = style_of_alarm;
  double inset = style->line_width / 2 + 1;

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_paint (cr);
  cairo_rectangle (cr, inset, inset, width - 2 * inset, height - 2 * inset);
  cairo_set_dash (cr, style->dashes, (int) style->n_dashes, 0);
  cairo_set_line_width (cr, style->line_width);
  gdk_cairo_set_source_rgba (cr, &style->color);
  cairo_stroke (cr);
}

static GtkWidget *
new_mark (BagAlarm *alarm)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA,
                                  "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "content-width",
                                  MARK_WIDTH,
                                  "content-height",
                                  MARK_HEIGHT,
                                  "valign",
                                  GTK_ALIGN_START,
                                  NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_mark, (gpointer) bag_alarm_style_get (bag_alarm_get_flag (alarm)), NULL);

  return area;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label",
                                   text,
                                   "xalign",
                                   0.0f,
                                   "wrap",
                                   TRUE,
                                   "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR,
                                   "width-chars",
                                   1,
                                   "hexpand",
                                   TRUE,
                                   NULL);

  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
append_figure (GString *text, const char *format, double value)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (!isnan (value))
    g_string_append_printf (text, format, value);
#pragma GCC diagnostic pop
}

static char *
format_place (BagAlarm *alarm)
{
  const BagAlarmBox *box = bag_alarm_get_box (alarm);
  const BagReportPlace *place = bag_alarm_get_place (alarm);
  GString *text = g_string_new (NULL);

  if (box == NULL)
    g_string_append (text, _ ("no place in this scan"));
  else if (box->first_slice == box->last_slice)
    g_string_append_printf (text, _ ("slice %u"), box->first_slice + 1);
  else
    g_string_append_printf (text, _ ("slices %1$u to %2$u"), box->first_slice + 1, box->last_slice + 1);
  g_string_append_printf (text, _ (" · object %u"), bag_alarm_get_object (alarm)->id);
  if (place != NULL)
    {
      append_figure (text, _ (" · %.4g g"), place->mass);
      append_figure (text, _ (" · %.3g g/cm³"), place->density);
    }

  return g_string_free (text, FALSE);
}

static void
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  if (*text != '\0')
    gtk_box_append (GTK_BOX (box), new_label (text, css_class));
}

/* All that is not the gravest opinion: it counts as well. */
static char *
format_other_opinions (BagAlarm *alarm)
{
  const GPtrArray *assessments = bag_alarm_get_object (alarm)->assessments;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < assessments->len; i++)
    {
      const BagReportAssessment *one = g_ptr_array_index (assessments, i);

      if (one == bag_alarm_get_assessment (alarm))
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : _ ("also: "), bag_threat_flag_get_name (one->flag), one->category);
      append_figure (text, " %.0f %%", one->probability * 100);
    }

  return g_string_free (text, FALSE);
}

static GtkWidget *
new_words (BagAlarm *alarm, const char *words)
{
  const BagReportAssessment *assessment = bag_alarm_get_assessment (alarm);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *place = format_place (alarm);
  g_autofree char *others = format_other_opinions (alarm);

  append_label (box, words, "alarm-words");
  append_label (box, place, "caption");
  append_label (box, assessment != NULL ? assessment->text : "", "caption");
  append_label (box, others, "caption");

  return box;
}

/**
 * bag_alarm_row_new:
 * @alarm: a #BagAlarm
 * @user_data: not used
 *
 * A #GtkListBoxCreateWidgetFunc.
 *
 * Returns: (transfer full): a row; its accessible name is what the box says
 */
GtkWidget *
bag_alarm_row_new (gpointer alarm, gpointer user_data)
{
  g_autofree char *words = bag_alarm_format (BAG_ALARM (alarm));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), new_mark (alarm));
  gtk_box_append (GTK_BOX (box), new_words (alarm, words));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return row;
}
