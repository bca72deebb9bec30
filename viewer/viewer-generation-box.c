/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-generation-box.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-clock.h"
#include "viewer-freshness-model.h"
#include "viewer-label.h"
#include "viewer-open-problem.h"
#include "viewer-text.h"

#define ID_SHOWN 8
#define FAULT_CHARS 50

struct _ViewerGenerationBox
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *note;
  GtkListBox *list;
  ViewerStore *store;
  gboolean is_silent;   /* selecting tells nobody */
};

G_DEFINE_FINAL_TYPE (ViewerGenerationBox, viewer_generation_box, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_generation_box_dispose (GObject *object)
{
  ViewerGenerationBox *self = VIEWER_GENERATION_BOX (object);

  self->is_silent = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (viewer_generation_box_parent_class)->dispose (object);
}

static gboolean
viewer_generation_box_grab_focus (GtkWidget *widget)
{
  ViewerGenerationBox *self = VIEWER_GENERATION_BOX (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
viewer_generation_box_class_init (ViewerGenerationBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_generation_box_dispose;
  widget_class->grab_focus = viewer_generation_box_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* ---- one row -------------------------------------------------------------------------------- */

static GtkWidget *
new_line (GtkWidget *parent)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (parent), line);
  return line;
}

static void
add_chip (GtkWidget *line, const char *text, const char *css_class)
{
  GtkWidget *chip = gtk_label_new (text);

  gtk_widget_add_css_class (chip, "chip");
  if (css_class != NULL)
    gtk_widget_add_css_class (chip, css_class);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), chip);
}

static void
add_age (GtkWidget *line, const DiscGeneration *generation, const char *now)
{
  gint64 seconds = 0;
  ViewerAge age = viewer_clock_disc_age (generation->as_of, generation->built_at, now,
                                         VIEWER_LATE_HOURS, VIEWER_EXPIRED_HOURS, &seconds);
  g_autofree char *ago = NULL;
  g_autofree char *text = NULL;

  if (age == VIEWER_AGE_UNKNOWN || age == VIEWER_AGE_CLOCK)
    return;
  ago = viewer_text_ago (seconds);
  text = g_strdup_printf ("%s%s", age == VIEWER_AGE_LATE ? "▲ " : age == VIEWER_AGE_EXPIRED ? "■ " : "",
                          ago);
  gtk_box_append (GTK_BOX (line),
                  viewer_label_new (text, age == VIEWER_AGE_EXPIRED ? "crit-text" : "warn-text"));
}

static void
add_head (GtkWidget *box, const DiscGeneration *generation, gboolean is_newest, const char *now)
{
  GtkWidget *line = new_line (box);
  g_autofree char *as_of = viewer_text_date_time (generation->as_of, now);
  GtkWidget *time = viewer_label_new (*as_of != '\0' ? as_of : _ ("time of the data unknown"),
                                      "strong");

  gtk_box_append (GTK_BOX (line), time);
  add_age (line, generation, now);
  if (is_newest)
    add_chip (line, _ ("newest"), "accent");
  if (!generation->is_sealed)
    add_chip (line, _ ("▲ not sealed"), "warn");
  else
    add_chip (line, _ ("sealed"), NULL);
  if (generation->is_damaged)
    add_chip (line, _ ("▲ damaged: parts are lost"), "warn");
  if (generation->fault != NULL)
    add_chip (line, _ ("■ cannot be opened"), "block");
}

static void
add_under (GtkWidget *box, const DiscGeneration *generation, const char *now)
{
  g_autofree char *built = viewer_text_short (generation->built_at, now);
  g_autofree char *id = g_strndup (generation->id, ID_SHOWN);
  g_autofree char *number =
    generation->serial > 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT "　(%s)", generation->serial, id)
                           : g_strdup_printf (_ ("not numbered (%s)"), id);
  g_autofree char *text =
    g_strdup_printf (_ ("disc number %s   %s   made %s"), number,
                     generation->hospital != NULL ? generation->hospital : _ ("hospital not named"),
                     *built != '\0' ? built : _ ("unknown"));

  gtk_box_append (GTK_BOX (box), viewer_label_new (text, "small"));
  if (generation->fault != NULL)
    {
      GtkWidget *fault = viewer_label_new (viewer_open_problem_sentence (generation->fault), "small");

      gtk_widget_add_css_class (fault, "crit-text");
      gtk_label_set_max_width_chars (GTK_LABEL (fault), FAULT_CHARS);
      gtk_box_append (GTK_BOX (box), fault);
    }
}

static GtkWidget *
new_row (const DiscGeneration *generation, gboolean is_newest, const char *now)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *mark = gtk_label_new ("○");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_add_css_class (line, "generation");
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), box);
  add_head (box, generation, is_newest, now);
  add_under (box, generation, now);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  viewer_accessible_name_by_labels (row, line);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  g_object_set_data (G_OBJECT (row), "generation", (gpointer) generation);
  return row;
}

/* ---- the list ------------------------------------------------------------------------------- */

static const DiscGeneration *
generation_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "generation") : NULL;
}

static void
row_selected (GtkListBox *list, GtkListBoxRow *selected, ViewerGenerationBox *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    gtk_label_set_text (g_object_get_data (G_OBJECT (row), "mark"), row == selected ? "●" : "○");
  if (selected != NULL && !self->is_silent)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, generation_of (selected)->path);
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ViewerGenerationBox *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, generation_of (row)->path);
}

static void
viewer_generation_box_init (ViewerGenerationBox *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (head, "card-title");
  gtk_box_append (GTK_BOX (head), viewer_label_new (_ ("Generations in the store"), NULL));
  self->note = viewer_label_new (NULL, "note");
  gtk_box_append (GTK_BOX (head), self->note);
  gtk_box_append (GTK_BOX (self->box), head);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Generations in the store"), -1);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
}

static char *
note_of (ViewerStore *store)
{
  guint n = viewer_store_n (store), n_bad = 0;

  for (guint i = 0; i < n; i++)
    n_bad += viewer_store_get (store, i)->fault != NULL ? 1 : 0;
  if (n == 0)
    return g_strdup (_ ("The store is empty. Take a disc in with tomoshibi load."));
  if (n_bad > 0)
    return g_strdup_printf (_ ("%u, newest first; %u of them cannot be opened"), n, n_bad);
  return g_strdup_printf (_ ("%u, newest first"), n);
}

void
viewer_generation_box_set_store (ViewerGenerationBox *self, ViewerStore *store, const char *now)
{
  const DiscGeneration *newest = viewer_store_get_newest (store);
  g_autofree char *note = note_of (store);
  GtkListBoxRow *row;

  self->is_silent = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_set_object (&self->store, store);
  for (guint i = 0; i < viewer_store_n (store); i++)
    {
      const DiscGeneration *generation = viewer_store_get (store, i);

      gtk_list_box_append (self->list, new_row (generation, generation == newest, now));
    }
  gtk_list_box_unselect_all (self->list);
  self->is_silent = FALSE;
  gtk_label_set_text (GTK_LABEL (self->note), note);
}

void
viewer_generation_box_select (ViewerGenerationBox *self, const char *path)
{
  const DiscGeneration *wanted = self->store != NULL && path != NULL
                                   ? viewer_store_find (self->store, path)
                                   : NULL;
  GtkListBoxRow *row;

  self->is_silent = TRUE;
  gtk_list_box_unselect_all (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (wanted != NULL && generation_of (row) == wanted)
      gtk_list_box_select_row (self->list, row);
  self->is_silent = FALSE;
}

void
viewer_generation_box_move (ViewerGenerationBox *self, int direction)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int from = selected != NULL ? gtk_list_box_row_get_index (selected) : -1;
  GtkListBoxRow *next = from + direction >= 0
                          ? gtk_list_box_get_row_at_index (self->list, from + direction)
                          : NULL;

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}
