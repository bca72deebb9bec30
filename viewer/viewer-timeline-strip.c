/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-timeline-strip.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-span-style.h"
#include "viewer-theme.h"

#define DAY_SECONDS 86400

/* pango: 1024 units a point, and 96 dpi are 100 %. */
#define DPI_100 (96 * 1024)

/* px at 100 % */
#define LABEL_WIDTH 116
#define LINE_HEIGHT 23
#define HEADER_HEIGHT 24
#define AFTER_WIDTH 44
#define LEAST_MONTH_WIDTH 44

/* percent: above it the strip makes way */
#define LARGEST_ZOOM 125

struct _ViewerTimelineStrip
{
  GtkWidget parent_instance;

  const ViewerTimelineModel *model;
  gint64 from, disc; /* seconds */
  char *cursor;
};

G_DEFINE_FINAL_TYPE (ViewerTimelineStrip, viewer_timeline_strip, GTK_TYPE_WIDGET)

/* Visits stand on a line of their own, before the groups of the model. */
enum
{
  LINE_STAYS,
  LINE_VISITS,
  N_LINES = VIEWER_N_TIMELINE_GROUPS + 1
};

const char *
viewer_timeline_group_text (ViewerTimelineGroup group)
{
  static const char *const names[VIEWER_N_TIMELINE_GROUPS] = {
    [VIEWER_TIMELINE_STAYS] = N_ ("Stays and moves"),
    [VIEWER_TIMELINE_PROBLEMS] = N_ ("Problems"),
    [VIEWER_TIMELINE_MEDICATION] = N_ ("Prescriptions"),
    [VIEWER_TIMELINE_INJECTIONS] = N_ ("Injections"),
    [VIEWER_TIMELINE_LABS] = N_ ("Laboratory"),
    [VIEWER_TIMELINE_MICROBIOLOGY] = N_ ("Microbiology"),
    [VIEWER_TIMELINE_EXAMS] = N_ ("Imaging and physiology"),
    [VIEWER_TIMELINE_NOTES] = N_ ("Notes"),
    [VIEWER_TIMELINE_OTHER] = N_ ("Other"),
  };

  return (guint) group < VIEWER_N_TIMELINE_GROUPS ? _ (names[group]) : "";
}

static int
scaled (ViewerTimelineStrip *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

static double
x_of (ViewerTimelineStrip *self, gint64 seconds)
{
  double left = scaled (self, LABEL_WIDTH);
  double right = gtk_widget_get_width (GTK_WIDGET (self)) - scaled (self, AFTER_WIDTH);

  return left +
         (right - left) * (double) (seconds - self->from) / (double) (self->disc - self->from);
}

static gboolean
time_of (ViewerTimelineStrip *self, const char *at, gint64 *seconds)
{
  if (at == NULL || !disc_date_is_valid (at))
    return FALSE;
  *seconds = disc_date_to_seconds (at);
  return *seconds >= self->from && *seconds <= self->disc;
}

static void
fill (ViewerTimelineStrip *self, GtkSnapshot *snapshot, const char *color, double x, double y,
      double width, double height)
{
  GdkRGBA rgba = viewer_theme_color (GTK_WIDGET (self), color);

  gtk_snapshot_append_color (
      snapshot, &rgba, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
draw_text (ViewerTimelineStrip *self, GtkSnapshot *snapshot, const char *text,
           ViewerSpanStyle style, double x, double y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);

  viewer_span_style_apply (GTK_WIDGET (self), style, attributes, 0, G_MAXUINT);
  pango_layout_set_attributes (layout, attributes);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/* The first day of each month: 2025-11, 12, 2026-01. */
static void
draw_months (ViewerTimelineStrip *self, GtkSnapshot *snapshot, int height)
{
  g_autofree char *first = disc_date_from_day (self->from / DAY_SECONDS);
  double last_x = -1000;
  int last_year = 0;

  memcpy (first + 8, "01", 2);
  for (int month = 1;; month++)
    {
      g_autofree char *day = disc_date_shift_months (first, month);
      gint64 seconds = disc_date_to_seconds (day);
      double x = x_of (self, seconds);
      int year = (int) g_ascii_strtoll (day, NULL, 10);

      if (seconds > self->disc)
        break;
      fill (self, snapshot, "v_line", x, 0, 1, height);
      if (x - last_x < scaled (self, LEAST_MONTH_WIDTH) ||
          x + scaled (self, LEAST_MONTH_WIDTH) > x_of (self, self->disc))
        continue;
      day[7] = '\0';
      draw_text (self, snapshot, year != last_year ? day : day + 5,
                 VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2, x + 3, scaled (self, 4));
      last_x = x;
      last_year = year;
    }
}

static void
draw_stays (ViewerTimelineStrip *self, GtkSnapshot *snapshot, double y)
{
  const int margin = scaled (self, 4);

  for (guint i = 0; i < viewer_timeline_model_n_stays (self->model); i++)
    {
      const ViewerStay *stay = viewer_timeline_model_stay (self->model, i);
      gint64 from, to = self->disc;
      double left, right;

      if (!disc_date_is_valid (stay->from))
        continue;
      from = MAX (disc_date_to_seconds (stay->from), self->from);
      if (stay->to != NULL && disc_date_is_valid (stay->to))
        to = MIN (disc_date_to_seconds (stay->to), self->disc);
      if (to < self->from || from > self->disc)
        continue;
      left = x_of (self, from);
      right = MAX (x_of (self, to), left + 3);
      fill (self, snapshot, "v_bar_line", left, y + margin, right - left,
            scaled (self, LINE_HEIGHT) - 2 * margin);
      fill (self, snapshot, "v_bar", left + 1, y + margin + 1, right - left - 2,
            scaled (self, LINE_HEIGHT) - 2 * margin - 2);
    }
}

static gboolean
is_critical (const ViewerTimelineEvent *event)
{
  return g_strcmp0 (event->flag, "HH") == 0 || g_strcmp0 (event->flag, "LL") == 0;
}

static void
draw_events (ViewerTimelineStrip *self, GtkSnapshot *snapshot)
{
  const int margin = scaled (self, 5);

  for (guint i = 0; i < viewer_timeline_model_n (self->model); i++)
    {
      const ViewerTimelineEvent *event = viewer_timeline_model_get (self->model, i);
      guint line = event->group == VIEWER_TIMELINE_STAYS
                       ? (event->is_visit ? LINE_VISITS : LINE_STAYS)
                       : (guint) event->group + 1;
      double y = scaled (self, HEADER_HEIGHT) + line * scaled (self, LINE_HEIGHT);
      gint64 seconds;

      if (!event->is_live || line == LINE_STAYS || !time_of (self, event->at, &seconds))
        continue;
      fill (self, snapshot, is_critical (event) ? "v_crit" : "v_ink2", x_of (self, seconds) - 1,
            y + margin, is_critical (event) ? 3 : 2, scaled (self, LINE_HEIGHT) - 2 * margin);
    }
}

static void
draw_lines (ViewerTimelineStrip *self, GtkSnapshot *snapshot, int width)
{
  for (guint i = 0; i < N_LINES; i++)
    {
      int y = scaled (self, HEADER_HEIGHT) + (int) i * scaled (self, LINE_HEIGHT);
      const char *name = i == LINE_STAYS    ? _ ("In hospital")
                         : i == LINE_VISITS ? _ ("Visits")
                                            : viewer_timeline_group_text (i - 1);

      fill (self, snapshot, "v_line", 0, y, width, 1);
      draw_text (self, snapshot, name, VIEWER_SPAN_SMALL, scaled (self, 10), y + scaled (self, 4));
    }
}

static void
viewer_timeline_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerTimelineStrip *self = VIEWER_TIMELINE_STRIP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double disc;
  gint64 seconds;

  if (self->model == NULL || width < scaled (self, LABEL_WIDTH + AFTER_WIDTH + 50))
    return;
  disc = x_of (self, self->disc);
  draw_months (self, snapshot, height);
  draw_lines (self, snapshot, width);
  draw_stays (self, snapshot, scaled (self, HEADER_HEIGHT));
  draw_events (self, snapshot);
  viewer_theme_draw_hatch (
      widget, snapshot,
      &GRAPHENE_RECT_INIT ((float) disc, 0, (float) (width - disc), (float) height));
  fill (self, snapshot, "v_ink", disc, 0, 2, height);
  if (time_of (self, self->cursor, &seconds))
    fill (self, snapshot, "v_accent", x_of (self, seconds) - 1, 0, 2, height);
}

static void
viewer_timeline_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline,
                               int *natural_baseline)
{
  ViewerTimelineStrip *self = VIEWER_TIMELINE_STRIP (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = scaled (self, LABEL_WIDTH + AFTER_WIDTH + 100);
  else if (scaled (self, 100) > LARGEST_ZOOM)
    *minimum = *natural = 0; /* the list with the words needs the room */
  else
    *minimum = *natural = scaled (self, HEADER_HEIGHT) + N_LINES * scaled (self, LINE_HEIGHT);
}

static void
viewer_timeline_strip_finalize (GObject *object)
{
  g_free (VIEWER_TIMELINE_STRIP (object)->cursor);
  G_OBJECT_CLASS (viewer_timeline_strip_parent_class)->finalize (object);
}

static void
viewer_timeline_strip_class_init (ViewerTimelineStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_timeline_strip_finalize;
  widget_class->snapshot = viewer_timeline_strip_snapshot;
  widget_class->measure = viewer_timeline_strip_measure;
  gtk_widget_class_set_css_name (widget_class, "timelinestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
viewer_timeline_strip_init (ViewerTimelineStrip *self)
{
}

GtkWidget *
viewer_timeline_strip_new (void)
{
  return g_object_new (VIEWER_TYPE_TIMELINE_STRIP, NULL);
}

void
viewer_timeline_strip_set_model (ViewerTimelineStrip *self, const ViewerTimelineModel *model,
                                 const char *from, const char *as_of, const char *now)
{
  g_clear_pointer (&self->cursor, g_free);
  self->model = NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (model == NULL || as_of == NULL || !disc_date_is_valid (as_of))
    return;
  self->model = model;
  self->disc = disc_date_to_seconds (as_of);
  self->from = from != NULL && disc_date_is_valid (from) ? disc_date_to_seconds (from)
                                                         : self->disc - 395 * DAY_SECONDS;
  if (self->from >= self->disc)
    self->from = self->disc - DAY_SECONDS;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Overview of the time line; the list below has the words"),
                                  -1);
}

void
viewer_timeline_strip_set_cursor (ViewerTimelineStrip *self, const char *at)
{
  char *copy = g_strdup (at);

  g_free (self->cursor);
  self->cursor = copy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
