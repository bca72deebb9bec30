/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-draw.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-medication-bars-cell.h"
#include "viewer-text.h"

/* px at 100 % */
#define NAME_WIDTH 330
#define HEADER_HEIGHT 26
#define HEADING_HEIGHT 20
#define LEAST_HEIGHT 28
#define LANE_HEIGHT 22
#define PADDING 8
#define MARGIN 3

/* Of the whole width names take no more than this, in percent. */
#define MOST_NAME_WIDTH 45

static void
line_clear (gpointer data)
{
  ViewerBarLine *line = data;

  g_clear_object (&line->cell);
  g_clear_pointer (&line->bars, g_array_unref);
}

/* Drugs that are over before what is shown make way, and are counted. */
static gboolean
is_shown (const ViewerBarLine *line)
{
  return line->bars->len > 0 || line->row->is_current ||
         line->row->head->section == VIEWER_MEDICATION_OPEN ||
         viewer_bars_n_undated (line->row) > 0;
}

static void
add_heading (ViewerBarsPicture *self, const char *heading)
{
  ViewerBarLine line = { .heading = heading };

  g_array_append_val (self->lines, line);
}

static void
add_rows (ViewerBarsPicture *self, const ViewerMedicationRows *rows)
{
  const char *heading = NULL;
  guint n_left_out = 0;

  for (guint i = 0; i < viewer_medication_rows_n (rows); i++)
    {
      const ViewerMedicationRow *row = viewer_medication_rows_get (rows, i);
      ViewerBarLine line = { .row = row, .i = i };

      line.bars = viewer_bars_of (row, &self->span);
      if (!is_shown (&line))
        {
          g_array_unref (line.bars);
          n_left_out++;
          continue;
        }
      if (g_strcmp0 (row->heading, heading) != 0)
        add_heading (self, row->heading);
      heading = row->heading;
      line.cell = viewer_bars_cell_new (row, self->now);
      g_array_append_val (self->lines, line);
    }
  if (n_left_out == 0)
    return;
  self->left_out = g_strdup_printf (
      ngettext ("%u drug that ended before this period: a longer one or the list shows it",
                "%u drugs that ended before this period: a longer one or the list shows them",
                n_left_out),
      n_left_out);
  add_heading (self, self->left_out);
}

ViewerBarsPicture *
viewer_bars_picture_new (const ViewerMedicationRows *rows, const char *as_of, const char *now,
                         ViewerBarPeriod period)
{
  ViewerBarsPicture *self;
  ViewerBarSpan span;

  if (!viewer_bar_span (&span, as_of, now, period))
    return NULL;
  self = g_new0 (ViewerBarsPicture, 1);
  self->span = span;
  self->as_of = g_strdup (as_of);
  self->now = g_strdup (now);
  self->lines = g_array_new (FALSE, FALSE, sizeof (ViewerBarLine));
  g_array_set_clear_func (self->lines, line_clear);
  add_rows (self, rows);
  return self;
}

void
viewer_bars_picture_free (ViewerBarsPicture *self)
{
  g_array_unref (self->lines);
  g_free (self->as_of);
  g_free (self->now);
  g_free (self->left_out);
  g_free (self);
}

/* ---- placing -------------------------------------------------------------------------------- */

static double
line_height (ViewerBarsPicture *self, ViewerPen *pen, const ViewerBarLine *line)
{
  ViewerPen measuring = *pen;
  double cell, bars;

  if (line->heading != NULL)
    return HEADING_HEIGHT * pen->scale;
  measuring.cr = NULL;
  cell =
      viewer_pen_flow (&measuring, line->cell, 0, 0, self->name_width - 2 * PADDING * pen->scale) +
      2 * MARGIN * pen->scale;
  bars = viewer_bars_n_lanes (line->bars) * LANE_HEIGHT * pen->scale + 2 * MARGIN * pen->scale;
  return MAX (MAX (cell, bars), LEAST_HEIGHT * pen->scale);
}

void
viewer_bars_picture_place (ViewerBarsPicture *self, ViewerPen *pen, double width)
{
  double y = 0;

  self->width = width;
  self->name_width = MIN (NAME_WIDTH * pen->scale, width * MOST_NAME_WIDTH / 100);
  for (guint i = 0; i < self->lines->len; i++)
    {
      ViewerBarLine *line = &g_array_index (self->lines, ViewerBarLine, i);

      line->y = y;
      line->height = (int) line_height (self, pen, line);
      y += line->height;
    }
  self->height = y;
}

double
viewer_bars_x (const ViewerBarsPicture *self, double time)
{
  return self->name_width + (self->width - self->name_width) * (time - self->span.from) /
                                (self->span.to - self->span.from);
}

double
viewer_bars_header_height (const ViewerPen *pen)
{
  return HEADER_HEIGHT * pen->scale;
}

/* ---- axis ----------------------------------------------------------------------------------- */

static GArray *
ticks_of (const ViewerBarsPicture *self, ViewerPen *pen)
{
  g_autofree char *first = disc_date_from_day ((gint64) self->span.from);
  g_autofree char *label = viewer_text_short_day (first, self->now);
  double width, height;

  viewer_pen_measure (pen, label, VIEWER_SPAN_SMALL, -1, &width, &height);
  return viewer_bar_ticks (&self->span,
                           viewer_bars_x (self, self->span.from + 1) -
                               viewer_bars_x (self, self->span.from),
                           width + 2 * PADDING * pen->scale);
}

void
viewer_bars_draw_ground (const ViewerBarsPicture *self, ViewerPen *pen, double y, double height)
{
  g_autoptr (GArray) ticks = ticks_of (self, pen);
  double disc = viewer_bars_x (self, self->span.disc);

  for (guint i = 0; i < ticks->len; i++)
    viewer_pen_fill (pen, VIEWER_PEN_LINE,
                     viewer_bars_x (self, (double) g_array_index (ticks, ViewerBarTick, i).day), y,
                     1, height);
  viewer_pen_fill (pen, VIEWER_PEN_LINE2, self->name_width, y, 1, height);
  viewer_pen_hatch (pen, disc, y, self->width - disc, height);
}

void
viewer_bars_draw_marks (const ViewerBarsPicture *self, ViewerPen *pen, double y, double height)
{
  double now = viewer_bars_x (self, self->span.now);

  viewer_pen_fill (pen, VIEWER_PEN_INK, viewer_bars_x (self, self->span.disc), y, 2, height);
  if (self->span.now > self->span.disc && self->span.now <= self->span.to)
    viewer_pen_line (pen, VIEWER_PEN_CRIT, now, y, now, y + height, 2, TRUE);
}

/* いま 3:12 on a plain patch; behind the right edge with an arrow. */
static void
draw_now (const ViewerBarsPicture *self, ViewerPen *pen)
{
  gboolean is_far = self->span.now > self->span.to;
  g_autofree char *time =
      is_far ? viewer_text_short_day (self->now, self->now) : viewer_text_time (self->now);
  g_autofree char *text = NULL;
  const double padding = 4 * pen->scale;
  double width, height, x;

  if (self->span.now <= self->span.disc)
    return;
  text = g_strdup_printf ("%s %s%s", _ ("Now"), time, is_far ? " ▶" : "");
  viewer_pen_measure (pen, text, VIEWER_SPAN_SMALL, -1, &width, &height);
  x = is_far ? self->width : viewer_bars_x (self, self->span.now) + 2;
  x = MIN (x, self->width - width - 2 * padding - 2);
  viewer_pen_fill (pen, VIEWER_PEN_SURFACE, x, 3 * pen->scale, width + 2 * padding,
                   height + 2 * pen->scale);
  viewer_pen_frame (pen, VIEWER_PEN_CRIT, x, 3 * pen->scale, width + 2 * padding,
                    height + 2 * pen->scale, 1, FALSE);
  viewer_pen_text (pen, text, VIEWER_SPAN_SMALL | VIEWER_SPAN_CRIT, x + padding, 4 * pen->scale,
                   -1);
}

static void
draw_disc (const ViewerBarsPicture *self, ViewerPen *pen)
{
  g_autofree char *day = viewer_text_short_day (self->as_of, self->now);
  g_autofree char *text = g_strdup_printf ("%s %s", _ ("Disc"), day);
  const ViewerSpanStyle style = VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG;
  double width, height;

  viewer_pen_measure (pen, text, style, -1, &width, &height);
  viewer_pen_text (pen, text, style, viewer_bars_x (self, self->span.disc) - width - 4 * pen->scale,
                   5 * pen->scale, -1);
}

void
viewer_bars_draw_header (const ViewerBarsPicture *self, ViewerPen *pen)
{
  g_autoptr (GArray) ticks = ticks_of (self, pen);
  double height = viewer_bars_header_height (pen);
  double disc = viewer_bars_x (self, self->span.disc);

  viewer_pen_fill (pen, VIEWER_PEN_SUNK, 0, 0, self->width, height);
  viewer_pen_hatch (pen, disc, 0, self->width - disc, height);
  for (guint i = 0; i < ticks->len; i++)
    {
      const ViewerBarTick *tick = &g_array_index (ticks, ViewerBarTick, i);
      g_autofree char *iso = disc_date_from_day (tick->day);
      g_autofree char *text = viewer_text_short_day (iso, self->now);

      if (tick->has_label)
        viewer_pen_text (pen, text, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2,
                         viewer_bars_x (self, (double) tick->day) + 3 * pen->scale, 5 * pen->scale,
                         -1);
    }
  draw_disc (self, pen);
  viewer_bars_draw_marks (self, pen, 0, height);
  draw_now (self, pen);
  viewer_pen_fill (pen, VIEWER_PEN_LINE2, 0, height - 1, self->width, 1);
}

/* ---- lines ---------------------------------------------------------------------------------- */

void
viewer_bars_draw_line (const ViewerBarsPicture *self, ViewerPen *pen, guint i, double y,
                       gboolean is_selected)
{
  const ViewerBarLine *line = &g_array_index (self->lines, ViewerBarLine, i);
  const double padding = PADDING * pen->scale;

  if (line->heading != NULL)
    {
      gboolean is_wide = line->heading == self->left_out;

      viewer_pen_fill (pen, VIEWER_PEN_SUNK, 0, y, is_wide ? self->width : self->name_width,
                       line->height);
      viewer_pen_text (pen, line->heading, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2, padding,
                       y + 2 * pen->scale, is_wide ? -1 : self->name_width - 2 * padding);
      viewer_pen_fill (pen, VIEWER_PEN_LINE2, 0, y, self->width, 1);
      return;
    }
  viewer_pen_fill (pen, is_selected ? VIEWER_PEN_ACCENT_BG : VIEWER_PEN_SURFACE, 0, y,
                   self->name_width, line->height);
  viewer_pen_flow (pen, line->cell, padding, y + MARGIN * pen->scale,
                   self->name_width - 2 * padding);
  viewer_pen_fill (pen, VIEWER_PEN_LINE, 0, y + line->height - 1, self->width, 1);
  if (pen->cr != NULL)
    cairo_save (pen->cr);
  if (pen->cr != NULL)
    {
      cairo_rectangle (pen->cr, self->name_width, y, self->width - self->name_width, line->height);
      cairo_clip (pen->cr);
    }
  viewer_bars_draw_bars (self, pen, line, y + MARGIN * pen->scale);
  if (pen->cr != NULL)
    cairo_restore (pen->cr);
  if (is_selected)
    viewer_pen_frame (pen, VIEWER_PEN_ACCENT, 0, y, self->width, line->height, 2, FALSE);
}
