/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-scroll-trace.h"

#include <stdio.h>

/*
 * How operators go through a scan: made up from what they are known to do, or
 * recorded. A recorded trace is a text of lines "TIME INDEX", in µs and from 0, as the
 * program prints them among its debug messages (see the README).
 */
#define MS 1000

static BagScrollTrace *
trace_new (const char *name)
{
  BagScrollTrace *self = g_new0 (BagScrollTrace, 1);

  self->name = g_strdup (name);
  self->steps = g_array_new (FALSE, FALSE, sizeof (BagScrollStep));

  return self;
}

/* The window has been open for a moment before the first step. */
static void
add (BagScrollTrace *self, double pause_ms, int index)
{
  gint64 before = self->steps->len > 0 ? g_array_index (self->steps, BagScrollStep, self->steps->len - 1).time : 0;
  BagScrollStep step = { before + (gint64) (pause_ms * MS), (guint) CLAMP (index, 0, (int) BAG_SCROLL_TRACE_SLICES - 1) };

  g_array_append_val (self->steps, step);
}

/* @n steps, each of one slice towards @direction. Returns: the slice it comes to */
static int
walk (BagScrollTrace *self, int from, int direction, guint n, double pause_ms)
{
  for (guint i = 0; i < n; i++)
    add (self, pause_ms, from += direction);

  return from;
}

static BagScrollTrace *
steady_new (const char *name, guint rate)
{
  BagScrollTrace *self = trace_new (name);

  add (self, 500, 0);
  walk (self, 0, 1, BAG_SCROLL_TRACE_SLICES - 1, 1000.0 / rate);

  return self;
}

/* A wheel that was given a push: 125 slices a second, which slow down; then a look. */
static BagScrollTrace *
flick_new (void)
{
  BagScrollTrace *self = trace_new ("flick");
  int index = 0;

  add (self, 500, 0);
  for (guint i = 0; i < 10; i++)
    {
      double pause = 8;

      index = walk (self, index, 1, 1, 700);
      index = walk (self, index, 1, 25, pause);
      for (guint n = 0; n < 19; n++)
        index = walk (self, index, 1, 1, pause *= 1.13);
    }

  return self;
}

/* Far ahead, and most of the way back. */
static BagScrollTrace *
reversal_new (void)
{
  BagScrollTrace *self = trace_new ("reversal");
  int index = 100;

  add (self, 500, index);
  for (guint i = 0; i < 8; i++)
    {
      index = walk (self, index, 1, 50, 1000.0 / 60);
      index = walk (self, index, -1, 35, 1000.0 / 60);
    }

  return self;
}

/* To and fro around an alarm, wider and wider; then to the next. */
static BagScrollTrace *
search_new (void)
{
  static const int alarms[] = { 120, 300, 480 };
  BagScrollTrace *self = trace_new ("search");

  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      int index = alarms[i];

      add (self, 800, index);
      for (guint turn = 0; turn < 6; turn++)
        {
          int direction = turn % 2 == 0 ? 1 : -1;

          index = walk (self, index, direction, 1, turn > 0 ? 350 : 67);
          index = walk (self, index, direction, 3 + 2 * turn, 67);
        }
    }

  return self;
}

/* From alarm to alarm by key, with a few slices around each, and back to some. */
static BagScrollTrace *
jumps_new (void)
{
  static const int alarms[] = { 60, 410, 230, 560, 60, 410, 130, 330, 560, 230 };
  BagScrollTrace *self = trace_new ("jumps");

  for (guint i = 0; i < G_N_ELEMENTS (alarms); i++)
    {
      add (self, 600, alarms[i]);
      walk (self, walk (self, alarms[i], 1, 3, 100), -1, 6, 100);
    }

  return self;
}

/**
 * bag_scroll_trace_new_made_up:
 *
 * Returns: (transfer full) (element-type BagScrollTrace): the traces that were made up
 */
GPtrArray *
bag_scroll_trace_new_made_up (void)
{
  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_scroll_trace_free);

  g_ptr_array_add (traces, steady_new ("steady-20", 20));
  g_ptr_array_add (traces, steady_new ("steady-60", 60));
  g_ptr_array_add (traces, flick_new ());
  g_ptr_array_add (traces, reversal_new ());
  g_ptr_array_add (traces, search_new ());
  g_ptr_array_add (traces, jumps_new ());

  return traces;
}

static gboolean
add_line (BagScrollTrace *self, const char *line)
{
  const BagScrollStep *last = self->steps->len > 0 ? &g_array_index (self->steps, BagScrollStep, self->steps->len - 1) : NULL;
  BagScrollStep step = { 0, 0 };

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (sscanf (line, "%" G_GINT64_FORMAT " %u", &step.time, &step.index) != 2 || step.index >= BAG_SCROLL_TRACE_SLICES || step.time < (last != NULL ? last->time : 0))
    return FALSE;

  g_array_append_val (self->steps, step);

  return TRUE;
}

/**
 * bag_scroll_trace_read:
 * @path: a recorded trace
 * @error: return location
 *
 * Returns: (transfer full): the trace, named by its file; or %NULL
 */
BagScrollTrace *
bag_scroll_trace_read (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (BagScrollTrace) self = trace_new (name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!add_line (self, lines[i]))
      {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s, line %u: not a time in µs and a slice from 0 to %u, in the order of time", path, i + 1, BAG_SCROLL_TRACE_SLICES - 1);
        return NULL;
      }
  if (self->steps->len == 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s has no steps", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * bag_scroll_trace_free:
 * @self: (transfer full): a trace
 */
void
bag_scroll_trace_free (BagScrollTrace *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_free (self);
}
