/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-note-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-note-model.h"
#include "viewer-picture-model.h"
#include "viewer-pictures.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

#define TEXT_WIDTH_CHARS 46 /* full-width: what an eye takes in a line */
#define MAX_COLUMNS 20
#define MAX_CELL_WIDTH 320  /* pixels: a longer cell pushes the others of its own line only */
#define CELL_GAP 16

struct _ViewerNotePage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  ViewerTable *list;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *meta;
  GtkLabel *remarks;
  GtkLabel *text;
  GtkLabel *more; /* that the text goes on */
  ViewerPictures *pictures;
  GArray *entries;
  const ViewerEntry *shown; /* in @entries; NULL: none */
};

G_DEFINE_FINAL_TYPE (ViewerNotePage, viewer_note_page, VIEWER_TYPE_PAGE)

static const char *
value_of (const ViewerEntry *entry, DiscField field)
{
  return disc_record_value (entry->record, field);
}

static const char *
title_of (const ViewerEntry *entry)
{
  const char *title = value_of (entry, DISC_FIELD_TITLE);

  return title != NULL ? title : _ ("Document without a title");
}

/* (transfer full): who wrote it, in which department. */
static char *
author_of (const ViewerEntry *entry)
{
  g_autofree char *department = viewer_text_department (value_of (entry, DISC_FIELD_DEPARTMENT));
  g_autofree char *authors = viewer_values_of (entry->record->values, entry->record->n_values,
                                               DISC_FIELD_AUTHOR, "、");
  const char *parts[] = { department, authors };

  return viewer_values_join (parts, G_N_ELEMENTS (parts), "　");
}

/* ---- list ----------------------------------------------------------------------------------- */

static gboolean
is_fhir (const DiscMessage *message)
{
  return message->format == DISC_FORMAT_FHIR_JSON || message->format == DISC_FORMAT_FHIR_XML;
}

static ViewerRow *
note_row (ViewerNotePage *self, const ViewerEntry *entry)
{
  ViewerRow *row = viewer_row_new (entry->message->rid);
  g_autoptr (GPtrArray) flags = viewer_text_flags (entry->message->flags);
  g_autofree char *author = author_of (entry);
  g_autofree char *preview = viewer_note_preview (entry);
  /* The clock time at which it was sent, or of FHIR of the note itself, as a server sends at any time; the
   * day is the heading's. */
  const char *sent = is_fhir (entry->message) ? viewer_entry_at (entry) : entry->message->sent_at;
  g_autofree char *clock = viewer_text_time_of_day (
      sent, viewer_chart_get_now (viewer_page_get_chart (VIEWER_PAGE (self))));
  guint n_pictures = viewer_picture_count (entry);
  g_autofree char *pictures =
      n_pictures > 0 ? g_strdup_printf (_ ("Pictures: %u"), n_pictures) : NULL;

  viewer_row_add (row, 0, "ink2", *clock != '\0' ? clock : "—");
  viewer_row_add (row, 1, "strong", title_of (entry));
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, 1, "chip warn", g_ptr_array_index (flags, i));
  viewer_row_add (row, 1, "ink2 small", author);
  viewer_row_line (row, 1);
  if (*preview != '\0')
    viewer_row_add (row, 1, "ink2 small", preview);
  else if (pictures == NULL)
    viewer_row_add (row, 1, "chip dashed", _ ("Content not on this disc"));
  if (pictures != NULL)
    viewer_row_add (row, 1, "chip", pictures);
  viewer_row_set_data (row, entry);
  return row;
}

static char *
day_of (ViewerNotePage *self, const ViewerEntry *entry)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const char *at = viewer_entry_at (entry);

  return at != NULL ? viewer_text_day_in_japan (at, viewer_chart_get_now (chart))
                    : g_strdup (_ ("date unknown"));
}

static void
fill (ViewerNotePage *self)
{
  g_autoptr (GPtrArray) notes = viewer_notes_of (
      self->entries, (ViewerNoteView) viewer_page_get_view (VIEWER_PAGE (self)));
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *last = NULL;

  for (guint i = 0; i < notes->len; i++)
    {
      const ViewerEntry *entry = g_ptr_array_index (notes, i);
      ViewerRow *row = note_row (self, entry);
      g_autofree char *day = day_of (self, entry);

      if (g_strcmp0 (day, last) != 0)
        viewer_row_set_heading (row, day);
      g_free (last);
      last = g_steal_pointer (&day);
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->list, rows);
}

/* ---- the words ------------------------------------------------------------------------------ */

/* Cells of a table stand behind tabs: every column as wide as its widest cell. */
static void
measure_line (PangoLayout *layout, const char *line, int *widths)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", MAX_COLUMNS + 1);

  if (cells[0] == NULL || cells[1] == NULL)
    return;
  for (guint i = 0; cells[i] != NULL && i < MAX_COLUMNS; i++)
    {
      int width;

      pango_layout_set_text (layout, cells[i], -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width <= MAX_CELL_WIDTH)
        widths[i] = MAX (widths[i], width);
    }
}

static void
align_cells (ViewerNotePage *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->text), NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PangoTabArray *tabs = pango_tab_array_new (MAX_COLUMNS, TRUE);
  int widths[MAX_COLUMNS] = { 0 };
  int at = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    measure_line (layout, lines[i], widths);
  for (int i = 0; i < MAX_COLUMNS; i++)
    {
      at += widths[i] + CELL_GAP;
      pango_tab_array_set_tab (tabs, i, PANGO_TAB_LEFT, at);
    }
  gtk_label_set_tabs (self->text, tabs);
  pango_tab_array_free (tabs);
}

static void
show_words (ViewerNotePage *self, const ViewerEntry *entry)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const char *at = viewer_entry_at (entry);
  const char *sent = entry->message->sent_at;
  g_autofree char *time =
      at != NULL ? viewer_text_date_time (at, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *saved =
      sent != NULL ? viewer_text_short (sent, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *saved_at = saved != NULL ? g_strdup_printf (_ ("saved %s"), saved) : NULL;
  g_autofree char *author = author_of (entry);
  const char *parts[] = { time, saved_at, author };
  g_autofree char *meta = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");
  gboolean is_cut;
  g_autofree char *text = viewer_note_shown (entry, &is_cut);
  g_autoptr (GString) remarks = g_string_new (NULL);

  for (guint i = 0; i < entry->record->n_items; i++)
    {
      const DiscItem *item = &entry->record->items[i];
      g_autofree char *comment =
          viewer_values_of (item->values, item->n_values, DISC_FIELD_COMMENT, "　");

      if (comment != NULL)
        g_string_append_printf (remarks, "%s%s", remarks->len > 0 ? "\n" : "", comment);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), is_cut);
  gtk_label_set_text (self->title, title_of (entry));
  gtk_label_set_text (self->meta, meta != NULL ? meta : "");
  gtk_label_set_text (self->remarks, remarks->str);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), remarks->len > 0);
  align_cells (self, text != NULL ? text : "");
  gtk_label_set_text (self->text,
                      text != NULL                        ? text
                      : viewer_picture_count (entry) > 0 ? _ ("This document has no words: its content "
                                                             "is a picture.")
                                                         : _ ("The content of this document is not on "
                                                              "this disc. That it exists is all that "
                                                              "is known here."));
  viewer_pictures_show (self->pictures, chart, entry);
  self->shown = entry;
}

static void
clear_words (ViewerNotePage *self)
{
  self->shown = NULL;
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->meta, "");
  gtk_label_set_text (self->text, "");
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  viewer_pictures_show (self->pictures, NULL, NULL);
}

static void
selected (ViewerTable *table, ViewerNotePage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->list);
  const ViewerEntry *entry = row != NULL ? viewer_row_get_data (row) : NULL;

  /* The table tells of its focus too: who reads page 5 of a scan stays there. */
  if (entry != NULL && entry == self->shown)
    {
      viewer_page_changed (VIEWER_PAGE (self));
      return;
    }
  if (entry != NULL && viewer_page_get_chart (VIEWER_PAGE (self)) != NULL)
    show_words (self, entry);
  else
    clear_words (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_hadjustment (self->scroller), 0);
  viewer_page_changed (VIEWER_PAGE (self));
}

/* The upper end of the picture at the upper end of what is seen. */
static void
scroll_to_picture (ViewerNotePage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *pictures = GTK_WIDGET (self->pictures);
  graphene_point_t at;

  if (gtk_widget_compute_point (pictures, gtk_widget_get_parent (pictures),
                                &GRAPHENE_POINT_INIT (0, 0), &at))
    gtk_adjustment_set_value (adjustment, at.y);
}

static gboolean
turn_picture (ViewerNotePage *self, int direction)
{
  if (!viewer_pictures_go (self->pictures, direction))
    return FALSE;
  scroll_to_picture (self);
  return TRUE;
}

/* Behind the end of the words and of a picture comes the next picture. */
static gboolean
turn_page (ViewerNotePage *self, int direction)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double at = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (direction > 0 && at + page >= gtk_adjustment_get_upper (adjustment) - 1 &&
      turn_picture (self, 1))
    return TRUE;
  gtk_adjustment_set_value (adjustment, at + direction * page * 0.9);
  return TRUE;
}

static gboolean
move_sideways (ViewerNotePage *self, int direction)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);

  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) +
                                direction * gtk_adjustment_get_page_size (adjustment) * 0.5);
  return TRUE;
}

/* The list keeps the arrows up and down; the page keys turn the words, the others the pictures. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer user_data)
{
  ViewerNotePage *self = user_data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  int direction = key == GDK_KEY_Page_Down || key == GDK_KEY_Right ? 1 : -1;

  if (modifiers == 0 && (key == GDK_KEY_Page_Down || key == GDK_KEY_Page_Up))
    return turn_page (self, direction);
  if ((key != GDK_KEY_Left && key != GDK_KEY_Right) || viewer_pictures_n (self->pictures) == 0)
    return FALSE;
  if (modifiers == GDK_SHIFT_MASK)
    return move_sideways (self, direction);
  if (modifiers == 0)
    turn_picture (self, direction);
  return modifiers == 0;
}

static gboolean
viewer_note_page_zoom (ViewerPage *page, int direction)
{
  return viewer_pictures_zoom (VIEWER_NOTE_PAGE (page)->pictures, direction);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerNotePage *self)
{
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  clear_words (self);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_note_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerNotePage *self = VIEWER_NOTE_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_NOTES,
          _ ("No note and no document of anybody is on this disc. Ask the departments for paper."),
          _ ("The disc holds no note and no document for this person.\n"
             "This does not mean that nothing was written.")))
    return;
  self->entries = viewer_chart_entries (chart);
  fill (self);
}

static void
viewer_note_page_view_changed (ViewerPage *page, guint view)
{
  ViewerNotePage *self = VIEWER_NOTE_PAGE (page);

  if (self->entries != NULL)
    fill (self);
}

static gint64
viewer_note_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_NOTE_PAGE (page)->list);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_note_page_key_hints (ViewerPage *page)
{
  ViewerNotePage *self = VIEWER_NOTE_PAGE (page);
  g_autofree char *pictures = viewer_pictures_key_hints (self->pictures);

  return g_strdup_printf ("↑↓\t%s\nPgUp/PgDn\t%s\n%sSpace\t%s\n", _ ("note or document"), _ ("text"),
                          pictures, _ ("source"));
}

static char *
viewer_note_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("Words as they were saved; nothing is summed up"));
}

static void
viewer_note_page_dispose (GObject *object)
{
  ViewerNotePage *self = VIEWER_NOTE_PAGE (object);

  G_OBJECT_CLASS (viewer_note_page_parent_class)->dispose (object);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_note_page_class_init (ViewerNotePageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_note_page_dispose;
  page_class->set_chart = viewer_note_page_set_chart;
  page_class->view_changed = viewer_note_page_view_changed;
  page_class->selected_rid = viewer_note_page_selected_rid;
  page_class->key_hints = viewer_note_page_key_hints;
  page_class->legend = viewer_note_page_legend;
  page_class->zoom = viewer_note_page_zoom;
}

static GtkLabel *
add_label (GtkWidget *box, const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 2 * TEXT_WIDTH_CHARS);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_reader (ViewerNotePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  self->title = add_label (box, "note-title");
  self->meta = add_label (box, "ink2");
  self->remarks = add_label (box, "warn-text");
  self->more = add_label (box, "warn-text");
  gtk_label_set_text (self->more, _ ("Only the beginning stands here: the whole text is in the source (Space)."));
  self->text = add_label (box, "note-text");
  self->pictures = VIEWER_PICTURES (viewer_pictures_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pictures));
  gtk_widget_add_css_class (box, "note-reader");
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, box);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

static void
viewer_note_page_init (ViewerNotePage *self)
{
  const ViewerTableColumn columns[] = {
    { .title = NULL, .width = 48 },
    { .title = NULL, .width = 240, .expands = TRUE },
  };
  const char *views[] = { _ ("All"), _ ("Notes"), _ ("Documents"), NULL };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->list = VIEWER_TABLE (viewer_table_new (_ ("Notes and documents")));
  viewer_table_set_columns (self->list, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 350, -1);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (selected), self, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (content), make_reader (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
  viewer_page_set_views (VIEWER_PAGE (self), views);
}
