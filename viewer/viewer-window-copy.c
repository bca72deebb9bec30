/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

#include <glib/gi18n.h>

#include "viewer-clock.h"
#include "viewer-copy.h"
#include "viewer-lab-sheet.h"
#include "viewer-medication-bars.h"
#include "viewer-table.h"

/* Ctrl+C: what is selected, with whose it is and where it comes from. */

#define TOLD_SECONDS 4

/* ---- what is selected ----------------------------------------------------------------------- */

/* (nullable): the one around the focus, on the page. */
static GtkWidget *
find_widget (ViewerWindow *self, GtkWidget *focus, GType type)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  GtkWidget *found = focus != NULL ? gtk_widget_get_ancestor (focus, type) : NULL;

  return found != NULL && page != NULL && gtk_widget_is_ancestor (found, page) ? found : NULL;
}

static gboolean
is_row_of (GtkWidget *table, gint64 rid)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_TABLE (table));

  return row != NULL && viewer_row_get_rid (row) == rid;
}

/* (nullable): the table that has @rid selected: beside it may be one of groups. */
static GtkWidget *
find_table (GtkWidget *widget, gint64 rid)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (VIEWER_IS_TABLE (widget))
    return is_row_of (widget, rid) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_table (child, rid);
  return found;
}

static char *
page_text (ViewerWindow *self, gint64 rid)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *sheet = find_widget (self, focus, VIEWER_TYPE_LAB_SHEET);
  GtkWidget *bars = find_widget (self, focus, VIEWER_TYPE_MEDICATION_BARS);
  GtkWidget *table = find_widget (self, focus, VIEWER_TYPE_TABLE);

  if (bars != NULL)
    return viewer_medication_bars_dup_text (VIEWER_MEDICATION_BARS (bars));
  if (sheet != NULL)
    return viewer_lab_sheet_dup_text (VIEWER_LAB_SHEET (sheet));
  if (table == NULL || !is_row_of (table, rid))
    table = find_table (gtk_stack_get_visible_child (self->pages), rid);
  return table != NULL ? viewer_table_dup_selected (VIEWER_TABLE (table)) : NULL;
}

static gboolean
is_source_shown (ViewerWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->source_panel));
}

/* Of the text of the source what was marked, else all of it. */
static char *
source_text (ViewerWindow *self)
{
  char *marked = viewer_source_panel_dup_selection (self->source_panel);

  return marked != NULL ? marked : viewer_source_panel_get_text (self->source_panel);
}

static gint64
selected_rid (ViewerWindow *self)
{
  return is_source_shown (self) ? viewer_source_panel_get_rid (self->source_panel)
                                : viewer_window_selected_rid (self);
}

/* ---- whose it is ---------------------------------------------------------------------------- */

static guint32
selected_pno (ViewerWindow *self, gint64 rid)
{
  if (g_str_equal (self->place, "search"))
    return viewer_search_page_get_selected (self->search_page);
  if (rid != 0)
    return DISC_PNO (rid);
  if (viewer_window_is_list (self->place))
    return viewer_lists_page_get_selected (self->lists_page);
  if (!viewer_window_is_of_many (self->place) && self->chart != NULL)
    return viewer_chart_get_patient (self->chart)->pno;
  return 0;
}

static gboolean
is_unconfirmed (ViewerWindow *self, guint32 pno)
{
  const DiscPatientTable *table = viewer_disc_get_patients (self->disc);
  gboolean is_open = self->chart != NULL && viewer_chart_get_patient (self->chart)->pno == pno;

  return table != NULL && disc_patient_table_n_same_kana (table, pno) > 1 &&
         !(is_open && self->is_confirmed);
}

/* ---- to the clipboard ----------------------------------------------------------------------- */

static GdkClipboard *
clipboard_of (ViewerWindow *self)
{
  return gtk_widget_get_clipboard (GTK_WIDGET (self));
}

static gboolean
told_long_enough (gpointer window)
{
  ViewerWindow *self = window;

  self->told_source = 0;
  viewer_window_update_key_line (self);
  return G_SOURCE_REMOVE;
}

static void
tell (ViewerWindow *self, const char *text)
{
  g_clear_handle_id (&self->told_source, g_source_remove);
  viewer_key_line_set (self->key_line, "", text);
  self->told_source = g_timeout_add_seconds (TOLD_SECONDS, told_long_enough, self);
}

char *
viewer_window_dup_copy (ViewerWindow *self)
{
  gint64 rid = self->disc != NULL ? selected_rid (self) : 0;
  guint32 pno = self->disc != NULL ? selected_pno (self, rid) : 0;
  g_autofree char *now = viewer_clock_now ();
  g_autofree char *body = NULL;
  g_autoptr (DiscPatient) patient = NULL;
  g_autoptr (DiscChart) records = NULL;
  DiscReader *reader;

  if (self->disc == NULL || (rid == 0 && pno == 0))
    return NULL;
  reader = viewer_disc_get_reader (self->disc);
  body = is_source_shown (self) ? source_text (self) : page_text (self, rid);
  patient = pno != 0 ? disc_reader_load_patient (reader, pno, NULL) : NULL;
  records = rid != 0 ? disc_reader_load_records (reader, rid, NULL) : NULL;
  return viewer_copy_text (&(ViewerCopy){
      .patient = patient,
      .is_unconfirmed = patient != NULL && is_unconfirmed (self, pno),
      .body = g_str_equal (self->place, "search") ? NULL : body,
      .message = records != NULL && disc_chart_n_messages (records) > 0
                     ? disc_chart_message (records, 0)
                     : NULL,
      .info = viewer_disc_get_info (self->disc),
      .now = now,
  });
}

/* Words marked in the box that somebody types into are his own. */
static gboolean
is_typing (GtkWidget *focus)
{
  return focus != NULL && GTK_IS_EDITABLE (focus) &&
         gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), NULL, NULL);
}

void
viewer_window_copy (ViewerWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *text = NULL;

  if (is_typing (focus))
    {
      gtk_widget_activate_action (focus, "clipboard.copy", NULL);
      return;
    }
  text = viewer_window_dup_copy (self);
  if (text == NULL)
    {
      tell (self, _ ("Nothing is selected that could be copied"));
      return;
    }
  gdk_clipboard_set_text (clipboard_of (self), text);
  self->has_copied = TRUE;
  tell (self, _ ("Copied, with patient, source and time of the data"));
}

/* GTK would hand it to whoever keeps clipboards when the program ends. */
void
viewer_window_forget_copy (ViewerWindow *self)
{
  g_clear_handle_id (&self->told_source, g_source_remove);
  if (self->has_copied && gdk_clipboard_is_local (clipboard_of (self)))
    gdk_clipboard_set_content (clipboard_of (self), NULL);
  self->has_copied = FALSE;
}
