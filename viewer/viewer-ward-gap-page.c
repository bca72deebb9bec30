/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-ward-gap-page.h"

#include <glib/gi18n.h>

#include "viewer-gap-text.h"
#include "viewer-label.h"
#include "viewer-lists-words.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-ward-gap-model.h"

/* Charts between two pictures of the list. */
#define CHARTS_A_PICTURE 8

struct _ViewerWardGapPage
{
  ViewerPage parent_instance;

  ViewerDisc *disc;
  char *now;
  ViewerListsModel *lists;
  GPtrArray *groups; /* (element-type ViewerListsGroup) */
  guint32 ward;
  gboolean has_ward;
  gboolean is_filling;
  gboolean compact;
  gboolean is_incomplete; /* rows of the ward lie in a damaged part, or were cut */
  ViewerWardGapModel *model;
  GArray *rows; /* (element-type ViewerWardGap) */
  guint source; /* reads on */

  ViewerTable *wards;
  GtkWidget *since;
  GtkWidget *progress;
  GtkWidget *older;
  GtkWidget *stack;
  ViewerTable *list;
};

G_DEFINE_FINAL_TYPE (ViewerWardGapPage, viewer_ward_gap_page, VIEWER_TYPE_PAGE)

enum
{
  COLUMN_TIME,
  COLUMN_KIND,
  COLUMN_BED,
  COLUMN_NAME,
  COLUMN_WHAT,
  COLUMN_BASIS,
  COLUMN_PAPER,
  N_COLUMNS
};

/* ---- rows ----------------------------------------------------------------------------------- */

/* Where large text leaves room for three columns. */
static guint
column_of (const ViewerWardGapPage *self, guint column)
{
  static const guint compact[N_COLUMNS] = {
    [COLUMN_TIME] = 0, [COLUMN_KIND] = 2, [COLUMN_BED] = 1,
    [COLUMN_NAME] = 1, [COLUMN_WHAT] = 2, [COLUMN_BASIS] = 2,
  };

  return self->compact ? compact[column] : column;
}

static void
add_what (ViewerWardGapPage *self, ViewerRow *row, const ViewerWardGap *gap)
{
  guint column = column_of (self, COLUMN_WHAT);
  g_autoptr (GPtrArray) flags = viewer_text_flags (gap->flags);

  if (gap->is_expected_end)
    viewer_row_add (row, column, "chip dashed", _ ("Expected to end"));
  if (gap->pno != 0)
    viewer_row_add (row, column, "strong", *gap->what != '\0' ? gap->what : _ ("not said"));
  viewer_row_add (row, column, gap->pno != 0 ? NULL : "strong", gap->usage);
  if (!gap->is_expected_end)
    viewer_row_add (row, column, "chip dashed", gap->status);
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, column, "chip warn", g_ptr_array_index (flags, i));
  if (gap->pno == 0)
    viewer_row_add (row, column, "small ink2", _ ("each of them: “Prescribed drugs”"));
}

/* Whose dose it is, so that nobody takes the neighbour of that name. */
static void
add_person (ViewerWardGapPage *self, ViewerRow *row, const ViewerWardGap *gap)
{
  const DiscPatientTable *table = viewer_disc_get_patients (self->disc);
  g_autoptr (DiscPatientRow) person =
      table != NULL ? disc_patient_table_lookup (table, gap->pno) : NULL;
  guint column = column_of (self, COLUMN_NAME);

  if (*gap->kana != '\0')
    {
      viewer_row_add (row, column, "small", gap->kana);
      viewer_row_line (row, column);
    }
  viewer_row_add (row, column, NULL, *gap->name != '\0' ? gap->name : _ ("no name recorded"));
  if (table != NULL && disc_patient_table_n_same_kana (table, gap->pno) > 1)
    viewer_row_add (row, column, "chip warn", _ ("▲ same name"));
  viewer_row_line (row, column);
  viewer_row_add (row, column, "small ink2", gap->id);
  if (person == NULL)
    return;
  if (person->flags & DISC_PATIENT_ALLERGY_LISTED)
    viewer_row_add (row, column, "chip crit", _ ("! allergy"));
  else if (person->flags & DISC_PATIENT_ALLERGY_NONE_STATED)
    viewer_row_add (row, column, "chip", _ ("allergy: “none”"));
  else
    viewer_row_add (row, column, "chip dashed", _ ("? allergy unknown"));
}

static void
add_who (ViewerWardGapPage *self, ViewerRow *row, const ViewerWardGap *gap)
{
  guint column = column_of (self, COLUMN_NAME);
  g_autofree char *people = g_strdup_printf (_ ("%u people"), gap->n_people);

  viewer_row_add (row, column_of (self, COLUMN_BED), NULL, gap->bed);
  if (gap->pno == 0)
    viewer_row_add (row, column, NULL, people);
  else
    add_person (self, row, gap);
}

static ViewerRow *
new_row (ViewerWardGapPage *self, const ViewerWardGap *gap)
{
  ViewerRow *row = viewer_row_new (gap->rid);
  g_autofree char *at = gap->at != NULL ? viewer_text_date_time (gap->at, self->now) : NULL;

  viewer_row_add (row, column_of (self, COLUMN_TIME), "strong", at != NULL ? at : "—");
  viewer_row_add (row, column_of (self, COLUMN_KIND), "chip", viewer_gap_kind_text (gap->kind));
  add_who (self, row, gap);
  add_what (self, row, gap);
  viewer_row_add (row, column_of (self, COLUMN_BASIS), "ink2 small", gap->basis);
  if (!self->compact)
    viewer_row_add (row, COLUMN_PAPER, NULL, "□");
  viewer_row_set_data (row, gap);
  return row;
}

static GPtrArray *
new_rows (ViewerWardGapPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_of_time[VIEWER_N_GAP_TIMES] = { 0 };
  int last = -1;

  for (guint i = 0; i < self->rows->len; i++)
    n_of_time[g_array_index (self->rows, ViewerWardGap, i).time]++;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ViewerWardGap *gap = &g_array_index (self->rows, ViewerWardGap, i);
      ViewerRow *row = new_row (self, gap);

      if ((int) gap->time != last)
        {
          g_autofree char *heading =
              viewer_gap_time_text (gap->time, n_of_time[gap->time], self->now);

          viewer_row_set_heading (row, heading);
        }
      last = (int) gap->time;
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* While charts are read the selection stays on its row, wherever that moves. */
static void
select_again (ViewerWardGapPage *self, gint64 rid, const char *at)
{
  for (guint i = 0; rid != 0 && i < self->rows->len; i++)
    {
      const ViewerWardGap *gap = &g_array_index (self->rows, ViewerWardGap, i);

      if (gap->rid != rid || gap->at != at) /* each text is kept once */
        continue;
      viewer_table_select (self->list, i);
      return;
    }
}

static const ViewerWardGap *
selected (ViewerWardGapPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->list);

  return row != NULL ? viewer_row_get_data (row) : NULL;
}

static void
fill (ViewerWardGapPage *self)
{
  guint n;
  const ViewerGapView *views = viewer_gap_views (&n);
  guint view = MIN (viewer_page_get_view (VIEWER_PAGE (self)), n - 1);
  const ViewerWardGap *before = selected (self);
  /* On the first row nobody has chosen yet: it stays the first. */
  gboolean is_chosen = before != NULL && before != &g_array_index (self->rows, ViewerWardGap, 0);
  gint64 rid = is_chosen ? before->rid : 0;
  const char *at = before != NULL ? before->at : NULL;
  GArray *old = self->rows;
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  self->rows = viewer_ward_gap_model_rows (self->model, views[view].kinds, view == 0);
  viewer_table_set_rows (self->list, new_rows (self));
  select_again (self, rid, at);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  g_clear_pointer (&old, g_array_unref);
}

/* ---- texts ---------------------------------------------------------------------------------- */

static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
show_progress (ViewerWardGapPage *self)
{
  guint n_people = viewer_ward_gap_model_n_people (self->model);
  guint n_read = viewer_ward_gap_model_n_read (self->model);
  guint n_failed = viewer_ward_gap_model_n_failed (self->model);
  guint n_old = viewer_ward_gap_model_n_old (self->model);
  g_autofree char *older = viewer_gap_older_text (n_old);
  GString *text = g_string_new (NULL);

  if (n_read < n_people)
    g_string_append_printf (text, _ ("Reading charts: %u of %u people. The list is not whole yet."),
                            n_read, n_people);
  else
    g_string_append_printf (text, _ ("People in this list: %u"), n_people);
  if (n_failed > 0)
    g_string_append_printf (text, "\n%s %u", _ ("■ Charts that cannot be read:"), n_failed);
  if (self->is_incomplete)
    g_string_append_printf (text, "\n%s",
                            _ ("■ People may be missing: a part of the disc is damaged"));
  set_label (self->progress, text->str);
  set_label (self->older, n_old > 0 ? older : NULL);
  g_string_free (text, TRUE);
}

static void
set_chips (ViewerWardGapPage *self)
{
  guint n_of_kind[VIEWER_N_GAP_KINDS];
  g_auto (GStrv) names = NULL;

  for (guint kind = 0; kind < VIEWER_N_GAP_KINDS; kind++)
    n_of_kind[kind] = viewer_ward_gap_model_n_of_kind (self->model, kind);
  names = viewer_gap_view_names (n_of_kind);
  viewer_page_set_views (VIEWER_PAGE (self), (const char *const *) names);
}

static void
show_state (ViewerWardGapPage *self)
{
  gboolean is_reading = viewer_ward_gap_page_is_reading (self);

  if (self->rows->len > 0 || is_reading)
    viewer_state_stack_show (self->stack, NULL, NULL);
  else
    viewer_state_stack_show (
        self->stack, _ ("No record (unknown)"),
        _ ("The disc holds nothing of this kind that was planned for this ward "
           "after it.\nThis does not mean that nothing was planned."));
}

/* ---- reading -------------------------------------------------------------------------------- */

static void
stop (ViewerWardGapPage *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->model, viewer_ward_gap_model_free);
}

static void
show_all (ViewerWardGapPage *self)
{
  fill (self);
  set_chips (self);
  show_progress (self);
  show_state (self);
}

static gboolean
read_on (gpointer page)
{
  ViewerWardGapPage *self = page;

  if (viewer_ward_gap_model_step (self->model))
    {
      if (viewer_ward_gap_model_n_read (self->model) % CHARTS_A_PICTURE == 1)
        show_all (self);
      else
        show_progress (self);
      return G_SOURCE_CONTINUE;
    }
  self->source = 0;
  show_all (self);
  viewer_disc_tell (self->disc);
  viewer_page_changed (VIEWER_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
show_problem (ViewerWardGapPage *self, const GError *error)
{
  viewer_state_stack_show (self->stack, _ ("■ This list cannot be read"), error->message);
  set_label (self->progress, NULL);
  set_label (self->older, NULL);
}

static void
read_ward (ViewerWardGapPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerListsResult) ward = NULL;

  stop (self);
  ward = viewer_lists_model_load (self->lists, VIEWER_LISTS_WARDS, self->ward,
                                  viewer_lists_model_get_as_of (self->lists), &error);
  if (ward == NULL)
    {
      show_problem (self, error);
      return;
    }
  self->is_incomplete = ward->is_damaged || ward->is_cut || ward->n_more > 0;
  self->model = viewer_ward_gap_model_new (self->disc, ward, self->now);
  self->source = g_idle_add (read_on, self);
  show_all (self);
}

gboolean
viewer_ward_gap_page_is_reading (ViewerWardGapPage *self)
{
  return self->source != 0;
}

/* ---- wards ---------------------------------------------------------------------------------- */

static guint
index_of_ward (ViewerWardGapPage *self)
{
  for (guint i = 0; self->has_ward && i < self->groups->len; i++)
    if (((ViewerListsGroup *) g_ptr_array_index (self->groups, i))->id == self->ward)
      return i;
  return 0;
}

static void
select_ward (ViewerWardGapPage *self, const ViewerListsGroup *group)
{
  self->ward = group->id;
  self->has_ward = TRUE;
  read_ward (self);
}

static void
ward_changed (ViewerTable *table, ViewerWardGapPage *self)
{
  ViewerRow *row = viewer_table_get_selected (table);
  const ViewerListsGroup *group = row != NULL ? viewer_row_get_data (row) : NULL;

  /* The table tells of its focus too. */
  if (!self->is_filling && group != NULL && (!self->has_ward || group->id != self->ward))
    select_ward (self, group);
}

static void
ward_activated (ViewerTable *table, ViewerWardGapPage *self)
{
  if (viewer_table_n_rows (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
set_wards (ViewerWardGapPage *self, GPtrArray *groups) /* (transfer full) (nullable) */
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      const ViewerListsGroup *group = g_ptr_array_index (groups, i);
      ViewerRow *row = viewer_row_new (0);
      g_autofree char *text = viewer_lists_group_text (group, VIEWER_LISTS_WARDS, self->now);

      viewer_row_add (row, 0, group->text == NULL ? "chip dashed" : NULL, text);
      viewer_row_set_data (row, group);
      g_ptr_array_add (rows, row);
    }
  self->is_filling = TRUE;
  viewer_table_set_rows (self->wards, rows);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = groups;
  if (groups != NULL && groups->len > 0)
    viewer_table_select (self->wards, index_of_ward (self));
  self->is_filling = FALSE;
}

static GPtrArray *
load_wards (ViewerWardGapPage *self, GError **error)
{
  const char *as_of = viewer_disc_get_info (self->disc)->as_of;

  if (self->lists == NULL)
    self->lists = viewer_lists_model_new (viewer_disc_get_reader (self->disc), as_of, error);
  return self->lists != NULL
             ? viewer_lists_model_groups (self->lists, VIEWER_LISTS_WARDS, NULL, error)
             : NULL;
}

static void
show_no_ward (ViewerWardGapPage *self)
{
  set_label (self->progress, NULL);
  set_label (self->older, NULL);
  viewer_state_stack_show (self->stack, viewer_lists_nobody_title (VIEWER_LISTS_WARDS),
                           viewer_lists_nobody_text (VIEWER_LISTS_WARDS));
}

void
viewer_ward_gap_page_show (ViewerWardGapPage *self, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *since = NULL;
  char *copy = g_strdup (now);

  g_free (self->now);
  self->now = copy;
  if (self->disc == NULL)
    return;
  since = viewer_gap_since_text (viewer_disc_get_info (self->disc)->as_of, now);
  set_label (self->since, since);
  if (self->model != NULL && self->groups != NULL) /* it stays as it was left */
    return;
  set_wards (self, load_wards (self, &error));
  if (self->groups == NULL)
    show_problem (self, error);
  else if (self->groups->len == 0)
    show_no_ward (self);
  else
    select_ward (self, g_ptr_array_index (self->groups, index_of_ward (self)));
}

void
viewer_ward_gap_page_set_disc (ViewerWardGapPage *self, ViewerDisc *disc)
{
  stop (self);
  set_wards (self, NULL);
  g_clear_pointer (&self->lists, viewer_lists_model_free);
  self->has_ward = FALSE;
  g_set_object (&self->disc, disc);
}

gboolean
viewer_ward_gap_page_select_ward (ViewerWardGapPage *self, const char *name)
{
  for (guint i = 0; self->groups != NULL && i < self->groups->len; i++)
    if (g_strcmp0 (((ViewerListsGroup *) g_ptr_array_index (self->groups, i))->text, name) == 0)
      {
        viewer_table_select (self->wards, i);
        return TRUE;
      }
  return FALSE;
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
row_changed (ViewerTable *table, ViewerWardGapPage *self)
{
  viewer_page_changed (VIEWER_PAGE (self));
}

static void
row_activated (ViewerTable *table, ViewerWardGapPage *self)
{
  const ViewerWardGap *gap = selected (self);

  if (gap != NULL && gap->pno != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", "u", gap->pno);
}

static void
viewer_ward_gap_page_view_changed (ViewerPage *page, guint view)
{
  ViewerWardGapPage *self = VIEWER_WARD_GAP_PAGE (page);

  if (self->model == NULL)
    return;
  fill (self);
  show_state (self);
}

static gint64
viewer_ward_gap_page_selected_rid (ViewerPage *page)
{
  const ViewerWardGap *gap = selected (VIEWER_WARD_GAP_PAGE (page));

  return gap != NULL ? gap->rid : 0;
}

static char *
viewer_ward_gap_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nTab\t%s\nEnter\t%s\nSpace\t%s\nCtrl+7\t%s\n", _ ("choose"),
                          _ ("next pane"), _ ("open"), _ ("source"), _ ("next kind"));
}

static char *
viewer_ward_gap_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("□ is for the printed paper; nothing can be entered here"));
}

static gboolean
viewer_ward_gap_page_grab_focus (GtkWidget *widget)
{
  ViewerWardGapPage *self = VIEWER_WARD_GAP_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Back from a chart: where one was. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    return TRUE;
  return gtk_widget_grab_focus (
      GTK_WIDGET (viewer_table_n_rows (self->wards) > 0 ? self->wards : self->list));
}

static void
viewer_ward_gap_page_dispose (GObject *object)
{
  ViewerWardGapPage *self = VIEWER_WARD_GAP_PAGE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  G_OBJECT_CLASS (viewer_ward_gap_page_parent_class)->dispose (object);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->model, viewer_ward_gap_model_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->lists, viewer_lists_model_free);
  g_clear_object (&self->disc);
}

static void
viewer_ward_gap_page_finalize (GObject *object)
{
  g_free (VIEWER_WARD_GAP_PAGE (object)->now);
  G_OBJECT_CLASS (viewer_ward_gap_page_parent_class)->finalize (object);
}

static void
viewer_ward_gap_page_class_init (ViewerWardGapPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_ward_gap_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = viewer_ward_gap_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = viewer_ward_gap_page_grab_focus;
  page_class->view_changed = viewer_ward_gap_page_view_changed;
  page_class->selected_rid = viewer_ward_gap_page_selected_rid;
  page_class->key_hints = viewer_ward_gap_page_key_hints;
  page_class->legend = viewer_ward_gap_page_legend;
}

static GtkWidget *
new_note (ViewerWardGapPage *self)
{
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget **labels[] = { &self->since, &self->progress, &self->older };
  static const char *const css[] = { "strong", NULL, "ink2" };

  gtk_widget_add_css_class (note, "card");
  gtk_widget_add_css_class (note, "padded");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      *labels[i] = viewer_label_new (NULL, css[i]);
      gtk_box_append (GTK_BOX (note), *labels[i]);
    }
  return note;
}

static void
set_columns (ViewerWardGapPage *self)
{
  const ViewerTableColumn compact[] = {
    { .title = _ ("Planned time"), .width = 76 },
    { .title = _ ("Name"), .width = 100 },
    { .title = _ ("What was planned"), .width = 200, .expands = TRUE },
  };
  const ViewerTableColumn columns[N_COLUMNS] = {
    [COLUMN_TIME] = { .title = _ ("Planned time"), .width = 140 },
    [COLUMN_KIND] = { .title = _ ("Kind"), .width = 96 },
    [COLUMN_BED] = { .title = _ ("Bed"), .width = 64 },
    [COLUMN_NAME] = { .title = _ ("Name"), .width = 212 },
    [COLUMN_WHAT] = { .title = _ ("What was planned"), .width = 300, .expands = TRUE },
    [COLUMN_BASIS] = { .title = _ ("Rests on"), .width = 160 },
    [COLUMN_PAPER] = { .title = _ ("On paper"), .width = 72 },
  };

  if (self->compact)
    viewer_table_set_columns (self->list, compact, G_N_ELEMENTS (compact));
  else
    viewer_table_set_columns (self->list, columns, N_COLUMNS);
}

static GtkWidget *
new_list (ViewerWardGapPage *self)
{
  self->list = VIEWER_TABLE (viewer_table_new (_ ("After the disc")));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "quiet");
  set_columns (self);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (row_changed), self, 0);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (row_activated), self, 0);
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->list));
  gtk_widget_set_hexpand (self->stack, TRUE);
  return self->stack;
}

static GtkWidget *
new_wards (ViewerWardGapPage *self)
{
  const ViewerTableColumn column = { .width = 110, .expands = TRUE };

  self->wards = VIEWER_TABLE (viewer_table_new (_ ("Wards")));
  viewer_table_set_columns (self->wards, &column, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->wards), "card");
  gtk_widget_set_size_request (GTK_WIDGET (self->wards), 130, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->wards), FALSE);
  g_signal_connect_object (self->wards, "changed", G_CALLBACK (ward_changed), self, 0);
  g_signal_connect_object (self->wards, "activated", G_CALLBACK (ward_activated), self, 0);
  return GTK_WIDGET (self->wards);
}

static void
viewer_ward_gap_page_init (ViewerWardGapPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (content), new_note (self));
  gtk_box_append (GTK_BOX (panes), new_wards (self));
  gtk_box_append (GTK_BOX (panes), new_list (self));
  gtk_widget_set_vexpand (panes, TRUE);
  gtk_box_append (GTK_BOX (content), panes);
  viewer_page_set_content (VIEWER_PAGE (self), content);
  viewer_page_set_title (VIEWER_PAGE (self), _ ("Planned after the disc: ward"));
}

void
viewer_ward_gap_page_set_compact (ViewerWardGapPage *self, gboolean compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  set_columns (self);
  if (self->model != NULL)
    fill (self);
}
