/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-summary-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-exam-model.h"
#include "viewer-field-text.h"
#include "viewer-medication-page.h"
#include "viewer-summary-cards.h"
#include "viewer-table.h"
#include "viewer-text.h"

/* Rows of cards that would push the others off the page. */
#define MAX_LABS 12
#define MAX_STAYS 5
#define MAX_NOTES 4

/* Drugs that ended or were stopped so long before the disc are only on the page of medication. */
#define RECENT_DAYS 28

/* Of the columns of cards; what is left goes to the middle. */
static const int column_widths[] = { 214, -1, 316 };

enum
{
  CARD_PROBLEMS,
  CARD_BLOOD,
  CARD_STAYS,
  CARD_DRUGS,
  CARD_LABS,
  CARD_NOTES,
  N_CARDS
};

struct _ViewerSummaryPage
{
  ViewerPage parent_instance;

  GtkBox *alerts;
  GtkBox *cards;
  GtkWidget *columns[3]; /* left, middle, right */
  ViewerTable *tables[N_CARDS];
  GtkLabel *notes[N_CARDS]; /* count and time in the title of each card */
  GtkBox *absent;
  GArray *entries;
  ViewerMedicationModel *medication;
  ViewerLabSheetModel *labs;
  ViewerProblemModel *problems;
  ViewerTimelineModel *timeline;
  ViewerExamModel *exams;
};

G_DEFINE_FINAL_TYPE (ViewerSummaryPage, viewer_summary_page, VIEWER_TYPE_PAGE)

/* ---- alerts --------------------------------------------------------------------------------- */

#define MAX_CHIP_CHARS 30 /* a long alert takes a second line, not the width of the others */

static void
add_chip (GtkBox *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  g_auto (GStrv) classes = g_strsplit (css, " ", -1);

  gtk_widget_set_css_classes (label, (const char **) classes);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHIP_CHARS);
  gtk_box_append (box, label);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_critical (ViewerSummaryPage *self, const char *now)
{
  for (guint r = 0; r < viewer_lab_sheet_model_n_rows (self->labs); r++)
    {
      const ViewerLabRow *row = viewer_lab_sheet_model_row (self->labs, r);
      const char *at;
      g_autofree char *time = NULL;
      g_autofree char *text = NULL;

      if (row->newest == NULL || (row->newest->flag != VIEWER_LAB_FLAG_CRITICAL_HIGH &&
                                  row->newest->flag != VIEWER_LAB_FLAG_CRITICAL_LOW))
        continue;
      at = viewer_lab_sheet_model_column_at (self->labs, row->newest_column);
      time = at != NULL ? viewer_text_short (at, now) : g_strdup ("");
      text = g_strdup_printf ("%s  %s %s %s  %s", row->newest->flag_text, row->name,
                              row->newest->value, row->unit != NULL ? row->unit : "", time);
      add_chip (self->alerts, text, "chip block");
    }
}

/* Spec 10: what OBR-12 says about infection is shown on every order and result, and here. */
static void
add_infections (ViewerSummaryPage *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (self->entries, ViewerEntry, i);
      const char *risk = disc_record_value (entry->record, DISC_FIELD_INFECTION_RISK);

      if (risk == NULL && entry->record->n_items > 0)
        risk = disc_item_value (&entry->record->items[0], DISC_FIELD_INFECTION_RISK);
      if (risk != NULL && viewer_entry_is_standing (entry) &&
          g_hash_table_add (seen, (gpointer) risk))
        {
          g_autofree char *text = g_strdup_printf (_ ("Infection %s"), risk);

          add_chip (self->alerts, text, "chip crit");
        }
    }
}

#define MAX_FLAGS 4 /* in one line; more are counted */

/* (transfer full) (nullable): an alert, an implant or a side effect in a few words: they come from FHIR alone. */
static char *
alert_text (const ViewerEntry *entry, const char *now)
{
  const DiscItem *item = entry->record->n_items > 0 ? &entry->record->items[0] : NULL;
  const char *name = item != NULL ? disc_item_value (item, DISC_FIELD_NAME) : NULL;
  const char *end = item != NULL ? disc_item_value (item, DISC_FIELD_END) : NULL;

  if (name == NULL)
    return NULL;
  if (entry->record->kind == DISC_KIND_DEVICE)
    return g_strdup_printf (_ ("Implant or device: %s"), name);
  if (g_strcmp0 (entry->message->data_type, "AdverseEvent") == 0)
    return g_strdup_printf (_ ("Side effect: %s"), name);
  if (entry->record->kind != DISC_KIND_FLAG || entry->record->status == DISC_STATUS_COMPLETED)
    return NULL;
  /* It stays until somebody has looked, though its time is over (spec fhir.md 3.7). */
  if (end != NULL && disc_date_compare (end, now) < 0)
    {
      g_autofree char *until = viewer_text_short (end, now);

      return g_strdup_printf (_ ("%s (until %s: over)"), name, until);
    }
  return g_strdup (name);
}

static void
add_flags (ViewerSummaryPage *self, const char *now)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (self->entries, ViewerEntry, i);
      const char *warning = disc_record_value (entry->record, DISC_FIELD_WARNING);
      g_autofree char *text = viewer_entry_is_standing (entry) ? alert_text (entry, now) : NULL;
      g_autofree char *said = NULL;
      g_autofree char *whole = NULL;

      if (text == NULL)
        continue;
      said = warning != NULL ? viewer_warning_text (warning) : NULL;
      whole = said != NULL ? g_strdup_printf ("%s  %s", text, said) : g_strdup (text);
      if (!g_hash_table_add (seen, g_strdup (whole)))
        continue;
      if (g_hash_table_size (seen) <= MAX_FLAGS)
        add_chip (self->alerts, whole,
                  entry->record->kind == DISC_KIND_FLAG ? "chip crit" : "chip warn");
    }
  if (g_hash_table_size (seen) > MAX_FLAGS)
    {
      g_autofree char *more = g_strdup_printf (
          _ ("%u more alerts: see the time line (F11)"), g_hash_table_size (seen) - MAX_FLAGS);

      add_chip (self->alerts, more, "chip crit");
    }
}

static void
fill_alerts (ViewerSummaryPage *self, const char *now)
{
  guint n_waiting = viewer_exam_model_n_in (self->exams, VIEWER_EXAM_AWAITING);
  GtkWidget *title = gtk_label_new (_ ("Alerts"));
  GtkWidget *note = gtk_label_new (_ ("only what is recorded; no alert does not mean none"));

  clear_box (self->alerts);
  gtk_widget_add_css_class (title, "strong");
  gtk_box_append (self->alerts, title);
  add_critical (self, now);
  add_flags (self, now);
  add_infections (self);
  if (n_waiting > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u order without result", "%u orders without result", n_waiting), n_waiting);

      add_chip (self->alerts, text, "chip dashed");
    }
  gtk_widget_add_css_class (note, "ink3");
  gtk_widget_add_css_class (note, "small");
  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_set_halign (note, GTK_ALIGN_END);
  gtk_box_append (self->alerts, note);
}

/* ---- drugs ---------------------------------------------------------------------------------- */

static gboolean
is_recent (const ViewerMedication *line, gint64 as_of_day)
{
  const char *at = viewer_item_at (line->entry, line->item);
  gint64 day = G_MININT64;

  if (line->left == VIEWER_LEFT_RAN_OUT)
    day = line->last_day;
  else if (at != NULL && disc_date_is_valid (at))
    day = disc_date_to_day (at);
  return day != G_MININT64 && as_of_day != G_MININT64 && as_of_day - day <= RECENT_DAYS;
}

static gboolean
is_on_summary (const ViewerMedication *line, gint64 as_of_day)
{
  switch (line->section)
    {
    case VIEWER_MEDICATION_RUNNING:
      return TRUE;
    case VIEWER_MEDICATION_RAN_OUT:
    case VIEWER_MEDICATION_STOPPED:
      return is_recent (line, as_of_day);
    default:
      return FALSE;
    }
}

/* So many that were stopped of late stand above all others: whoever restarts one must see it. */
#define N_STOPPED_FIRST 3

/* The places in the model of what the summary shows, in its order. */
static GArray *
drugs_of_summary (ViewerSummaryPage *self, gint64 as_of_day)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = viewer_medication_model_n (self->medication);
  guint n_first = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0, n_stopped = 0; i < n; i++)
      {
        const ViewerMedication *line = viewer_medication_model_get (self->medication, i);
        gboolean is_stopped = line->section == VIEWER_MEDICATION_STOPPED;

        if (!is_on_summary (line, as_of_day))
          continue;
        if (pass == 0 ? !is_stopped || n_first >= N_STOPPED_FIRST
                      : is_stopped && n_stopped++ < n_first)
          continue;
        n_first += pass == 0;
        g_array_append_val (places, i);
      }
  return places;
}

static void
fill_drugs (ViewerSummaryPage *self, const char *as_of, const char *now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 as_of_day = as_of != NULL ? disc_date_to_day (as_of) : G_MININT64;
  g_autoptr (GArray) places = drugs_of_summary (self, as_of_day);
  const ViewerMedication *before = NULL;
  guint n = viewer_medication_model_n (self->medication);
  g_autofree char *day = as_of != NULL ? viewer_text_short_day (as_of, now) : g_strdup ("");
  g_autofree char *note = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      const ViewerMedication *line =
          viewer_medication_model_get (self->medication, g_array_index (places, guint, i));
      ViewerRow *row = viewer_medication_row_new (line, now);
      gboolean is_plain = before == NULL && line->section == VIEWER_MEDICATION_RUNNING;

      if (before == NULL || before->section != line->section)
        viewer_row_set_heading (row, is_plain ? line->group
                                              : viewer_medication_section_text (line->section));
      else if (g_strcmp0 (before->group, line->group) != 0)
        viewer_row_set_heading (row, line->group);
      g_ptr_array_add (rows, row);
      before = line;
    }
  note = g_strdup_printf (_ ("%u of %u lines; left as of %s"), rows->len, n, day);
  gtk_label_set_text (self->notes[CARD_DRUGS], note);
  viewer_table_set_rows (self->tables[CARD_DRUGS], rows);
}

/* ---- what is not there ---------------------------------------------------------------------- */

static void
fill_absent (ViewerSummaryPage *self, ViewerChart *chart)
{
  static const DiscKind kinds[] = {
    DISC_KIND_ALLERGY,        DISC_KIND_PROBLEM, DISC_KIND_PRESCRIPTION, DISC_KIND_INJECTION,
    DISC_KIND_ADMINISTRATION, DISC_KIND_LAB,     DISC_KIND_MICROBIOLOGY, DISC_KIND_VITAL,
    DISC_KIND_MEAL,           DISC_KIND_REPORT,  DISC_KIND_NOTE,         DISC_KIND_DOCUMENT,
    DISC_KIND_APPOINTMENT,
  };
  GtkWidget *title = gtk_label_new (_ ("Not on this disc"));

  clear_box (self->absent);
  gtk_widget_add_css_class (title, "strong");
  gtk_box_append (self->absent, title);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (viewer_chart_get_freshness (chart, kinds[i]) == NULL)
      gtk_box_append (self->absent, gtk_label_new (viewer_text_kind (kinds[i])));
  gtk_widget_set_visible (GTK_WIDGET (self->absent), gtk_widget_get_next_sibling (title) != NULL);
}

/* A card without rows says which of the two unknowns it is. */
static void
show_rows (ViewerSummaryPage *self, guint card, DiscKind kind, GPtrArray *rows)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));

  if (rows->len == 0)
    {
      ViewerRow *row = viewer_row_new (0);

      viewer_row_add (row, 0, "chip dashed",
                      viewer_chart_get_freshness (chart, kind) == NULL ? _ ("Not on this disc")
                                                                       : _ ("No record (unknown)"));
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->tables[card], rows);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerSummaryPage *self)
{
  for (guint i = 0; i < N_CARDS; i++)
    viewer_table_set_rows (self->tables[i], g_ptr_array_new ());
  clear_box (self->alerts);
  clear_box (self->absent);
  g_clear_pointer (&self->medication, viewer_medication_model_free);
  g_clear_pointer (&self->labs, viewer_lab_sheet_model_free);
  g_clear_pointer (&self->problems, viewer_problem_model_free);
  g_clear_pointer (&self->timeline, viewer_timeline_model_free);
  g_clear_pointer (&self->exams, viewer_exam_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
count (ViewerSummaryPage *self, guint card, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u record", "%u records", n), n);

  gtk_label_set_text (self->notes[card], text);
}

static void
viewer_summary_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerSummaryPage *self = VIEWER_SUMMARY_PAGE (page);
  const char *now, *as_of;

  forget (self);
  if (chart == NULL)
    return;
  now = viewer_chart_get_now (chart);
  as_of = viewer_chart_get_info (chart)->as_of;
  self->entries = viewer_chart_entries (chart);
  self->medication = viewer_medication_model_new (self->entries, as_of);
  self->labs = viewer_lab_sheet_model_new (self->entries);
  self->problems = viewer_problem_model_new (self->entries);
  self->timeline = viewer_timeline_model_new (self->entries);
  self->exams = viewer_exam_model_new (self->entries);

  fill_alerts (self, now);
  if (viewer_medication_model_n (self->medication) > 0)
    fill_drugs (self, as_of, now);
  else
    show_rows (self, CARD_DRUGS, DISC_KIND_PRESCRIPTION,
               g_ptr_array_new_with_free_func (g_object_unref));
  show_rows (self, CARD_PROBLEMS, DISC_KIND_PROBLEM,
             viewer_summary_problem_rows (self->problems, now));
  show_rows (
      self, CARD_BLOOD, DISC_KIND_DEMOGRAPHICS,
      viewer_summary_blood_rows (self->entries, viewer_chart_get_patient (chart)->blood_type, now));
  show_rows (self, CARD_STAYS, DISC_KIND_ENCOUNTER,
             viewer_summary_stay_rows (self->timeline, now, MAX_STAYS));
  show_rows (self, CARD_LABS, DISC_KIND_LAB, viewer_summary_lab_rows (self->labs, now, MAX_LABS));
  show_rows (self, CARD_NOTES, DISC_KIND_REPORT,
             viewer_summary_note_rows (self->entries, now, MAX_NOTES));
  count (self, CARD_PROBLEMS, viewer_problem_model_n (self->problems));
  fill_absent (self, chart);
  viewer_page_set_summary (page, ""); /* each card says how many and how new */
}

/* The table that has the focus, else that of the drugs. */
static ViewerTable *
active_table (ViewerSummaryPage *self)
{
  for (guint i = 0; i < N_CARDS; i++)
    if (gtk_widget_get_focus_child (GTK_WIDGET (self->tables[i])) != NULL)
      return self->tables[i];
  return self->tables[CARD_DRUGS];
}

static gint64
viewer_summary_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (active_table (VIEWER_SUMMARY_PAGE (page)));

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_summary_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nTab\t%s\nSpace\t%s\n", _ ("row"), _ ("next card"), _ ("source"));
}

static gboolean
viewer_summary_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VIEWER_SUMMARY_PAGE (widget)->tables[CARD_DRUGS]));
}

/*
 * Where the window is narrow for its text, the cards stand below each other: medication, laboratory
 * and notes, problems (design.md, "Zoom").
 */
static void
arrange (ViewerSummaryPage *self)
{
  static const int stacked_heights[] = { 520, 420, 480 };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_narrow = root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "compact");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cards), is_narrow
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_reorder_child_after (self->cards, self->columns[0], is_narrow ? self->columns[2] : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    gtk_widget_set_size_request (self->columns[i], is_narrow ? -1 : column_widths[i],
                                 is_narrow ? stacked_heights[i] : -1);
}

static void
viewer_summary_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (viewer_summary_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::css-classes",
                           G_CALLBACK (arrange), widget, G_CONNECT_SWAPPED);
  arrange (VIEWER_SUMMARY_PAGE (widget));
}

static void
viewer_summary_page_dispose (GObject *object)
{
  ViewerSummaryPage *self = VIEWER_SUMMARY_PAGE (object);

  G_OBJECT_CLASS (viewer_summary_page_parent_class)->dispose (object);
  g_clear_pointer (&self->medication, viewer_medication_model_free);
  g_clear_pointer (&self->labs, viewer_lab_sheet_model_free);
  g_clear_pointer (&self->problems, viewer_problem_model_free);
  g_clear_pointer (&self->timeline, viewer_timeline_model_free);
  g_clear_pointer (&self->exams, viewer_exam_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_summary_page_class_init (ViewerSummaryPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_summary_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = viewer_summary_page_grab_focus;
  GTK_WIDGET_CLASS (klass)->root = viewer_summary_page_root;
  page_class->set_chart = viewer_summary_page_set_chart;
  page_class->selected_rid = viewer_summary_page_selected_rid;
  page_class->key_hints = viewer_summary_page_key_hints;
}

/* ---- layout --------------------------------------------------------------------------------- */

static GtkWidget *
card_new (ViewerSummaryPage *self, guint card, const char *title, const char *key,
          const ViewerTableColumn *columns, guint n_columns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (head, "card-title");
  gtk_box_append (GTK_BOX (head), gtk_label_new (title));
  self->notes[card] = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->notes[card]), "note");
  gtk_widget_set_hexpand (GTK_WIDGET (self->notes[card]), TRUE);
  gtk_label_set_xalign (self->notes[card], 0);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->notes[card]));
  if (key != NULL)
    {
      GtkWidget *cap = gtk_label_new (key);

      gtk_widget_add_css_class (cap, "key");
      gtk_box_append (GTK_BOX (head), cap);
    }
  gtk_box_append (GTK_BOX (box), head);

  self->tables[card] = VIEWER_TABLE (viewer_table_new (title));
  gtk_widget_add_css_class (GTK_WIDGET (self->tables[card]), "dense");
  gtk_widget_add_css_class (GTK_WIDGET (self->tables[card]), "quiet");
  if (card != CARD_DRUGS)
    gtk_widget_add_css_class (GTK_WIDGET (self->tables[card]), "plain");
  viewer_table_set_columns (self->tables[card], columns, n_columns);
  gtk_widget_set_vexpand (GTK_WIDGET (self->tables[card]), TRUE);
  g_signal_connect_object (self->tables[card], "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tables[card]));
  return box;
}

static GtkWidget *
left_column (ViewerSummaryPage *self)
{
  static const ViewerTableColumn two[] = {
    { .width = 126, .expands = TRUE },
    { .width = 88, .right = TRUE },
  };
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *card;

  gtk_box_append (GTK_BOX (column), card_new (self, CARD_PROBLEMS, _ ("Problems"), NULL, two, 2));
  card = card_new (self, CARD_BLOOD, _ ("Blood group and body"), NULL, two, 2);
  gtk_widget_set_size_request (card, -1, 128);
  gtk_widget_set_vexpand (card, FALSE);
  gtk_box_append (GTK_BOX (column), card);
  card = card_new (self, CARD_STAYS, _ ("Stays and visits"), "F11", two, 2);
  gtk_widget_set_size_request (card, -1, 144);
  gtk_widget_set_vexpand (card, FALSE);
  gtk_box_append (GTK_BOX (column), card);
  gtk_widget_set_hexpand (column, FALSE);
  return column;
}

static GtkWidget *
right_column (ViewerSummaryPage *self)
{
  static const ViewerTableColumn labs[] = {
    { .width = 80, .expands = TRUE },
    { .width = 126 },
    { .width = 58, .right = TRUE },
    { .width = 50, .right = TRUE },
  };
  static const ViewerTableColumn notes[] = { { .width = 260, .expands = TRUE } };
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *card;

  gtk_box_append (GTK_BOX (column), card_new (self, CARD_LABS, _ ("Newest values and change"), "F7",
                                              labs, G_N_ELEMENTS (labs)));
  card = card_new (self, CARD_NOTES, _ ("Newest notes and reports"), "F10", notes, 1);
  gtk_widget_set_size_request (card, -1, 190);
  gtk_widget_set_vexpand (card, FALSE);
  gtk_box_append (GTK_BOX (column), card);
  gtk_widget_set_hexpand (column, FALSE);
  return column;
}

static void
viewer_summary_page_init (ViewerSummaryPage *self)
{
  const ViewerTableColumn drugs[VIEWER_N_MEDICATION_COLUMNS] = {
    { .title = _ ("Drug"), .width = 166, .expands = TRUE },
    { .title = _ ("Dose per time"), .width = 126 },
    { .title = _ ("Usage"), .width = 150, .expands = TRUE },
    { .title = _ ("Start and days"), .width = 104 },
    { .title = C_ ("days", "Left"), .width = 96 },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->alerts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  gtk_widget_add_css_class (GTK_WIDGET (self->alerts), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->alerts), "alerts");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->alerts));

  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  self->columns[0] = left_column (self);
  self->columns[1] = card_new (self, CARD_DRUGS, _ ("Medication as of the disc"), "F5", drugs,
                               G_N_ELEMENTS (drugs));
  gtk_widget_set_hexpand (self->columns[1], TRUE);
  self->columns[2] = right_column (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    gtk_box_append (self->cards, self->columns[i]);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->cards));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), scroller);

  self->absent = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14));
  gtk_widget_add_css_class (GTK_WIDGET (self->absent), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->absent), "hatch");
  gtk_widget_add_css_class (GTK_WIDGET (self->absent), "absent");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->absent));
  viewer_page_set_content (VIEWER_PAGE (self), content);
}
