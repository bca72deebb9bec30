/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"
#include "viewer-inventory.h"

G_BEGIN_DECLS

/*
 * A page of the chart: header line (title, count, newest of this kind, view chips, period chips)
 * above the content of the subclass. The window puts chart and keys into it.
 *
 * A subclass is a composite template or plain C: <template class="ViewerLabsPage"
 * parent="ViewerPage"> with one <child>, which becomes the content; in C viewer_page_set_content().
 * It registers itself with one line in viewer-sections.c. Everything is rebuilt by the window when
 * the language changes, so texts may be fetched once.
 *
 * Actions a page may activate (gtk_widget_activate_action()):
 *   win.section(s)   "F7": go to that section of the chart
 *   win.source       open the source of the selected row (Space does it too)
 *   win.source-of(x) open the source of that row number
 */
#define VIEWER_TYPE_PAGE (viewer_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ViewerPage, viewer_page, VIEWER, PAGE, GtkWidget)

struct _ViewerPageClass
{
  GtkWidgetClass parent_class;

  /** set_chart: show @chart, or nothing for %NULL. Called in the time a chart may take to open. */
  void (*set_chart) (ViewerPage *self, ViewerChart *chart);
  /** view_changed: another chip of viewer_page_set_views() was chosen. */
  void (*view_changed) (ViewerPage *self, guint view);
  /** period_changed: another chip of viewer_page_set_periods() was chosen. */
  void (*period_changed) (ViewerPage *self, guint period);
  /** selected_rid: row number of the message of the selected row, 0 for none. */
  gint64 (*selected_rid) (ViewerPage *self);
  /**
   * key_hints: (transfer full): what the keys do here, "KEY\ttext" one a line, e.g.
   * "↑↓\trow\nSpace\tsource\n"; the window adds its own. %NULL: "↑↓ row" and "Space source".
   */
  char *(*key_hints) (ViewerPage *self);
  /** legend: (transfer full) (nullable): the marks used on this page, for the end of the line. */
  char *(*legend) (ViewerPage *self);

  /** zoom: what the page can show larger (1) or smaller (-1); %FALSE: nothing. + and - where there are no
   * periods. */
  gboolean (*zoom) (ViewerPage *self, int direction);

  gpointer padding[7];
};

/** viewer_page_set_chart: also fills the header line from the inventory of the section. */
void viewer_page_set_chart (ViewerPage *self, ViewerChart *chart);
/** viewer_page_get_chart: (nullable) (transfer none): for subclasses. */
ViewerChart *viewer_page_get_chart (ViewerPage *self);

/** viewer_page_set_section: set by the window after construction; gives title and header line. */
void viewer_page_set_section (ViewerPage *self, ViewerSection section);
ViewerSection viewer_page_get_section (ViewerPage *self);
const char *viewer_page_get_title (ViewerPage *self);
/** viewer_page_set_title: of a page that is no section of a chart. @title: in the language of the
 * window */
void viewer_page_set_title (ViewerPage *self, const char *title);

/** viewer_page_set_content: (transfer none) @content: the widget below the header line. */
void viewer_page_set_content (ViewerPage *self, GtkWidget *content);

/** viewer_page_set_summary: own text for the header line instead of "n records, newest ...". */
void viewer_page_set_summary (ViewerPage *self, const char *text);

/** viewer_page_set_views: (array zero-terminated=1): chips of the views; %NULL or one: no chips. */
void viewer_page_set_views (ViewerPage *self, const char *const *names);
guint viewer_page_get_view (ViewerPage *self);
void viewer_page_set_view (ViewerPage *self, guint view);
/** viewer_page_next_view: what the same F key does again; stays where there is one view. */
void viewer_page_next_view (ViewerPage *self);

/** viewer_page_set_periods: (array zero-terminated=1): chips from shortest to longest. */
void viewer_page_set_periods (ViewerPage *self, const char *const *names, guint active);
guint viewer_page_get_period (ViewerPage *self);
/** viewer_page_change_period: + (1) longer, - (-1) shorter; stays at the ends. */
void viewer_page_change_period (ViewerPage *self, int direction);

gboolean viewer_page_has_periods (ViewerPage *self);

/** viewer_page_zoom: %FALSE where there is nothing to be shown larger or smaller. */
gboolean viewer_page_zoom (ViewerPage *self, int direction);

gint64 viewer_page_selected_rid (ViewerPage *self);
char *viewer_page_key_hints (ViewerPage *self);
char *viewer_page_legend (ViewerPage *self);

/** viewer_page_changed: a subclass says that its selection or its keys changed ("changed"). */
void viewer_page_changed (ViewerPage *self);

G_END_DECLS
