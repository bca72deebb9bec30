/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-search-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-error.h"
#include "viewer-lists-chips.h"
#include "viewer-patient-list.h"
#include "viewer-patient-row.h"
#include "viewer-person-card.h"
#include "viewer-text.h"

#define WORDS_DELAY_MS 150 /* words are searched when typing pauses; people at once */
#define MIN_WORD_CHARS 2

struct _ViewerSearchPage
{
  GtkWidget parent_instance;

  ViewerDisc *disc;
  char *now;
  char *origin;            /* which of the store the disc is; NULL: of none */
  ViewerPatientList *model;
  GtkSingleSelection *selection;
  GCancellable *words_cancellable;
  guint words_source;
  guint more_source;
  gulong loaded_handler;

  GtkBox *lists;
  GtkWidget *entry;
  GtkLabel *understood;
  GtkWidget *columns;
  GtkLabel *count;
  GtkLabel *note;
  GtkStack *stack;
  GtkLabel *message;
  GtkListView *list;
  GtkWidget *person_pane;
  ViewerPersonCard *person;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (ViewerSearchPage, viewer_search_page, GTK_TYPE_WIDGET)

static ViewerPatientItem *
selected_item (ViewerSearchPage *self)
{
  gpointer item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL || viewer_patient_item_get_row (item) == NULL)
    return NULL;
  return item;
}

static void
selection_changed (ViewerSearchPage *self)
{
  ViewerPatientItem *item = selected_item (self);

  viewer_person_card_set (self->person, self->disc, item, self->now);
  gtk_widget_set_sensitive (self->open, item != NULL);
}

static void
show_all_rows (ViewerSearchPage *self)
{
  g_clear_handle_id (&self->more_source, g_source_remove);
  viewer_patient_list_show_all (self->model);
}

static gboolean
show_more (gpointer user_data)
{
  ViewerSearchPage *self = user_data;

  self->more_source = 0;
  viewer_patient_list_show_all (self->model);
  return G_SOURCE_REMOVE;
}

static void
select_position (ViewerSearchPage *self, int position)
{
  if (position >= (int) g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    show_all_rows (self);
  gtk_single_selection_set_selected (self->selection,
                                     position < 0 ? GTK_INVALID_LIST_POSITION : (guint) position);
  if (position >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) position);
}

static void
show_message (ViewerSearchPage *self, const char *text)
{
  gtk_label_set_text (self->message, text);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/* Nobody: how many a shorter text would find, which catches the one wrong letter at the end. */
static void
show_nobody (ViewerSearchPage *self, const char *query)
{
  const DiscPatientTable *table = viewer_disc_get_patients (self->disc);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shorter = g_strdup (query);

  g_string_append_printf (text, _ ("“%s”: nobody"), query);
  for (guint i = 0; i < 3; i++)
    {
      char *end = g_utf8_find_prev_char (shorter, shorter + strlen (shorter));
      g_autoptr (DiscPatientHits) hits = NULL;

      if (end == NULL || end == shorter)
        break;
      *end = '\0';
      g_strchomp (shorter);
      hits = disc_patient_table_search (table, shorter, 0);
      if (hits->n_total > 0)
        {
          g_autofree char *n = viewer_text_count (hits->n_total);

          g_string_append_c (text, '\n');
          g_string_append_printf (text, _ ("“%s” would find %s"), shorter, n);
          break;
        }
    }
  if (viewer_disc_n_missing (self->disc) > 0)
    {
      g_autofree char *n = viewer_text_count (viewer_disc_n_missing (self->disc));

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("■ %s patients of this disc cannot be found because it is "
                                       "damaged; it may be one of them."), n);
    }
  g_string_append_printf (text, "\n%s",
                          _ ("Other readings and ■ (lost characters) were tried too. "
                             "Patient ID and birth date also find."));
  show_message (self, text->str);
}

static void
words_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits =
    viewer_disc_search_words_finish (VIEWER_DISC (source), result, &error);
  ViewerSearchPage *self = user_data;

  if (hits == NULL)
    {
      /* Cancelled: the page may be gone, and a newer search is on its way. */
      if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE))
        gtk_label_set_text (self->note, _ ("To search words in records put the disc (volume 1) back in."));
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_text (self->note, _ ("Words in records could not be searched on this disc."));
      return;
    }
  if (hits->len == 0)
    return;
  viewer_patient_list_add_words (self->model, hits);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (selected_item (self) == NULL)
    select_position (self, viewer_patient_list_next_person (self->model, -1, 1));
}

static gboolean
start_words (gpointer user_data)
{
  ViewerSearchPage *self = user_data;

  self->words_source = 0;
  self->words_cancellable = g_cancellable_new ();
  viewer_disc_search_words_async (self->disc, viewer_search_page_get_text (self),
                                  self->words_cancellable, words_found, self);
  return G_SOURCE_REMOVE;
}

static void
stop_words (ViewerSearchPage *self)
{
  g_clear_handle_id (&self->words_source, g_source_remove);
  if (self->words_cancellable != NULL)
    g_cancellable_cancel (self->words_cancellable);
  g_clear_object (&self->words_cancellable);
}

static gboolean
is_worth_searching_words (const char *query)
{
  return g_utf8_strlen (query, -1) >= MIN_WORD_CHARS && strspn (query, "0123456789-/. ") <
                                                          strlen (query);
}

static void
show_count (ViewerSearchPage *self, guint n_found, const char *understood)
{
  guint n_all = disc_patient_table_n (viewer_disc_get_patients (self->disc));
  g_autofree char *all = viewer_text_count (n_all);
  g_autofree char *found = viewer_text_count (n_found);
  g_autofree char *count = g_strdup_printf (ngettext ("%s person", "%s people", n_found), found);
  g_autofree char *note = g_strdup_printf (
    _ ("of %s   order: reading → in-patients → last visit"), all);
  g_autofree char *reading = understood ? g_strdup_printf ("＝ %s", understood) : NULL;

  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->note, note);
  gtk_label_set_text (self->understood, reading ? reading : "");
}

static void
show_empty (ViewerSearchPage *self)
{
  guint n_all = disc_patient_table_n (viewer_disc_get_patients (self->disc));
  g_autofree char *all = viewer_text_count (n_all);
  g_autofree char *count = g_strdup_printf (ngettext ("%s person on this disc",
                                                      "%s people on this disc", n_all), all);

  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->note, self->origin != NULL ? self->origin : "");
  gtk_label_set_text (self->understood, "");
  show_message (self, _ ("Type to search:\n"
                         "・name in kanji, kana or rōmaji (watanabe ti)\n"
                         "・patient ID, with or without leading zeros\n"
                         "・birth date: 1948-04-05, S23.4.5, 昭23\n"
                         "・words in records: a drug, a test, a diagnosis, free text"));
}

static void
search (ViewerSearchPage *self)
{
  g_autofree char *query = g_strstrip (g_strdup (viewer_search_page_get_text (self)));
  g_autofree char *understood = NULL;
  guint n_found;

  stop_words (self);
  g_clear_handle_id (&self->more_source, g_source_remove);
  if (self->disc == NULL)
    return;
  if (viewer_disc_get_patients (self->disc) == NULL)
    {
      gtk_label_set_text (self->count, _ ("Reading the list of patients…"));
      show_message (self, "");
      return;
    }

  viewer_patient_list_set_n_first (
      self->model, viewer_patient_row_n_in (GTK_WIDGET (self),
                                            gtk_widget_get_height (GTK_WIDGET (self->stack))));
  n_found = viewer_patient_list_search (self->model, query, &understood);
  if (*query == '\0')
    show_empty (self);
  else
    {
      show_count (self, n_found, understood);
      if (n_found == 0)
        show_nobody (self, query);
      else
        gtk_stack_set_visible_child_name (self->stack, "list");
      if (is_worth_searching_words (query))
        self->words_source = g_timeout_add (WORDS_DELAY_MS, start_words, self);
    }
  select_position (self, viewer_patient_list_next_person (self->model, -1, 1));
  selection_changed (self);
}

static void
entry_changed (ViewerSearchPage *self)
{
  search (self);
}

static void
open_selected (ViewerSearchPage *self)
{
  guint32 pno = viewer_search_page_get_selected (self);

  if (pno != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", "u", pno);
}

static void
entry_activated (ViewerSearchPage *self)
{
  open_selected (self);
}

static void
row_activated (ViewerSearchPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  open_selected (self);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, viewer_patient_row_new ());
}

static void
fill_row (GtkListItem *list_item, ViewerPatientItem *item, const char *now)
{
  gboolean is_person = viewer_patient_item_get_row (item) != NULL;

  gtk_list_item_set_selectable (list_item, is_person);
  gtk_list_item_set_activatable (list_item, is_person);
  viewer_patient_row_set_item (VIEWER_PATIENT_ROW (gtk_list_item_get_child (list_item)), item, now);
}

static void
item_changed (ViewerPatientItem *item, GtkListItem *list_item)
{
  GtkWidget *page =
      gtk_widget_get_ancestor (gtk_list_item_get_child (list_item), VIEWER_TYPE_SEARCH_PAGE);

  fill_row (list_item, item, VIEWER_SEARCH_PAGE (page)->now);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, ViewerSearchPage *self)
{
  ViewerPatientItem *item = gtk_list_item_get_item (list_item);

  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed), list_item, 0);
  fill_row (list_item, item, self->now);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), item_changed,
                                        list_item);
}

static gboolean
has_more_rows (ViewerSearchPage *self)
{
  return viewer_patient_list_n_all (self->model) >
         g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* Rows below the screen are made when somebody goes there, or the window becomes larger: with every
 * key they would cost as much again. Not here and now, as the list may be laying itself out. */
static void
scrolled (ViewerSearchPage *self, GtkAdjustment *adjustment)
{
  gboolean fits =
      gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment);

  if ((fits || gtk_adjustment_get_value (adjustment) > 0) && has_more_rows (self) &&
      self->more_source == 0)
    self->more_source = g_idle_add (show_more, self);
}

/* Arrows move the selection while the text box keeps the focus, so that typing goes on at once. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
             GdkModifierType state, ViewerSearchPage *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      viewer_search_page_move (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      viewer_search_page_move (self, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
      for (guint i = 0; i < 10; i++)
        viewer_search_page_move (self, 1);
      return TRUE;
    case GDK_KEY_Page_Up:
      for (guint i = 0; i < 10; i++)
        viewer_search_page_move (self, -1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
forget_disc (ViewerSearchPage *self)
{
  stop_words (self);
  g_clear_handle_id (&self->more_source, g_source_remove);
  if (self->disc != NULL && self->loaded_handler != 0)
    g_signal_handler_disconnect (self->disc, self->loaded_handler);
  self->loaded_handler = 0;
  g_clear_object (&self->disc);
}

static void
viewer_search_page_dispose (GObject *object)
{
  ViewerSearchPage *self = VIEWER_SEARCH_PAGE (object);
  GtkWidget *child;

  forget_disc (self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_search_page_parent_class)->dispose (object);
}

static void
viewer_search_page_finalize (GObject *object)
{
  g_free (VIEWER_SEARCH_PAGE (object)->now);
  g_free (VIEWER_SEARCH_PAGE (object)->origin);
  G_OBJECT_CLASS (viewer_search_page_parent_class)->finalize (object);
}

static gboolean
viewer_search_page_grab_focus (GtkWidget *widget)
{
  ViewerSearchPage *self = VIEWER_SEARCH_PAGE (widget);

  return gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
}

static void
viewer_search_page_class_init (ViewerSearchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_search_page_dispose;
  object_class->finalize = viewer_search_page_finalize;
  widget_class->grab_focus = viewer_search_page_grab_focus;
  g_type_ensure (VIEWER_TYPE_PERSON_CARD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, lists);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, understood);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, columns);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, count);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, note);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, message);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, list);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, person_pane);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, person);
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchPage, open);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
viewer_search_page_init (ViewerSearchPage *self)
{
  GtkListItemFactory *factory;
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLayoutManager *layout;
  GtkAdjustment *room;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  gtk_box_append (self->lists, viewer_lists_chips_new ());
  self->model = viewer_patient_list_new ();
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected",
                           G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  room = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  g_signal_connect_object (room, "value-changed", G_CALLBACK (scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "changed", G_CALLBACK (scrolled), self, G_CONNECT_SWAPPED);

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
viewer_search_page_set_disc (ViewerSearchPage *self, ViewerDisc *disc, const char *now)
{
  forget_disc (self);
  g_free (self->now);
  self->now = g_strdup (now);
  viewer_patient_list_set_disc (self->model, disc);
  viewer_person_card_set (self->person, NULL, NULL,
                          NULL); /* of this disc a number is somebody else */
  if (disc == NULL)
    return;
  self->disc = g_object_ref (disc);
  self->loaded_handler = g_signal_connect_swapped (disc, "notify::patients-loaded",
                                                   G_CALLBACK (search), self);
  search (self);
}

void
viewer_search_page_set_origin (ViewerSearchPage *self, const char *text)
{
  g_free (self->origin);
  self->origin = g_strdup (text);
  if (self->disc != NULL && viewer_disc_get_patients (self->disc) != NULL &&
      *viewer_search_page_get_text (self) == '\0')
    show_empty (self);
}

void
viewer_search_page_show_problem (ViewerSearchPage *self, const GError *error)
{
  gboolean is_out = g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  g_autofree char *text = g_strdup_printf (
    is_out ? _ ("■ This chart was not read yet, and the disc is out of the drive. Put it (volume 1) back "
                "in and open the chart again.\n%s")
           : _ ("■ This chart could not be read from the disc. An older disc may still have it.\n%s"),
    error->message);

  show_message (self, text);
}

const char *
viewer_search_page_get_text (ViewerSearchPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
viewer_search_page_set_text (ViewerSearchPage *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

GtkWidget *
viewer_search_page_get_entry (ViewerSearchPage *self)
{
  return self->entry;
}

void
viewer_search_page_move (ViewerSearchPage *self, int direction)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  int from = selected == GTK_INVALID_LIST_POSITION ? -1 : (int) selected;
  int next = viewer_patient_list_next_person (self->model, from, direction);

  if (next >= 0)
    select_position (self, next);
}

guint32
viewer_search_page_get_selected (ViewerSearchPage *self)
{
  ViewerPatientItem *item = selected_item (self);

  return item ? viewer_patient_item_get_row (item)->pno : 0;
}

GListModel *
viewer_search_page_get_model (ViewerSearchPage *self)
{
  return G_LIST_MODEL (self->model);
}

void
viewer_search_page_set_compact (ViewerSearchPage *self, gboolean compact)
{
  gtk_widget_set_visible (self->person_pane, !compact);
  viewer_lists_chips_set_compact (gtk_widget_get_first_child (GTK_WIDGET (self->lists)), compact);
}
