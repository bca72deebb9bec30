/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-findings-page.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-clock.h"
#include "viewer-disputed-card.h"
#include "viewer-finding-detail.h"
#include "viewer-finding-text.h"
#include "viewer-inventory.h"
#include "viewer-label.h"
#include "viewer-text.h"

#define MAX_ROWS 500

struct _ViewerFindingsPage
{
  GtkWidget parent_instance;

  ViewerDisc *disc;
  ViewerChart *chart;
  guint view;
  guint n_rows;

  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *chips[2];
  GtkStack *stack;
  GtkLabel *list_title;
  GtkListBox *disputed;
  ViewerDisputedCard *card;
  GtkWidget *nothing;
  GtkListBox *findings;
};

G_DEFINE_FINAL_TYPE (ViewerFindingsPage, viewer_findings_page, GTK_TYPE_WIDGET)

static void
viewer_findings_page_dispose (GObject *object)
{
  ViewerFindingsPage *self = VIEWER_FINDINGS_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->chart);
  g_clear_object (&self->disc);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_findings_page_parent_class)->dispose (object);
}

static gboolean
viewer_findings_page_grab_focus (GtkWidget *widget)
{
  ViewerFindingsPage *self = VIEWER_FINDINGS_PAGE (widget);
  GtkListBox *list = self->view == 0 ? self->disputed : self->findings;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (list, 0);
  return gtk_widget_grab_focus (row ? GTK_WIDGET (row) : self->chips[self->view]);
}

static void
viewer_findings_page_class_init (ViewerFindingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_findings_page_dispose;
  widget_class->grab_focus = viewer_findings_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
new_header (ViewerFindingsPage *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *const names[] = { _ ("Disputed"), _ ("Findings about this patient") };

  gtk_widget_add_css_class (header, "page-header");
  self->title = GTK_LABEL (viewer_label_new (NULL, "page-title"));
  self->summary = GTK_LABEL (viewer_label_new (NULL, "page-summary"));
  gtk_label_set_wrap (self->title, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->summary));
  for (guint i = 0; i < 2; i++)
    {
      self->chips[i] = gtk_button_new_with_label (names[i]);
      gtk_widget_add_css_class (self->chips[i], "chip");
      gtk_widget_set_valign (self->chips[i], GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->chips[i]),
                                      i == 0 ? "win.disputed" : "win.findings");
      gtk_box_append (GTK_BOX (header), self->chips[i]);
    }
  return header;
}

static GtkWidget *
new_warning (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *tag = viewer_label_new (_ ("In neither chart"), "tag");

  gtk_widget_add_css_class (bar, "neither");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (tag), FALSE);
  gtk_box_append (GTK_BOX (bar), tag);
  gtk_box_append (GTK_BOX (bar),
                  viewer_label_new (_ ("Do not use values, drugs or diagnoses of these records as "
                                "those of either patient."),
                             NULL));
  return bar;
}

static void
row_selected (GtkListBox *list, GtkListBoxRow *row, ViewerFindingsPage *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_disputed_card_show (self->card, self->disc, viewer_findings_page_selected_rid (self),
                             now);
}

static GtkWidget *
new_disputed_view (ViewerFindingsPage *self)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (left, "card");
  gtk_widget_add_css_class (head, "card-title");
  gtk_widget_set_size_request (left, 356, -1);
  gtk_box_append (GTK_BOX (head), viewer_label_new (_ ("Records"), NULL));
  self->list_title = GTK_LABEL (viewer_label_new (NULL, "note"));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->list_title));
  gtk_box_append (GTK_BOX (left), head);
  self->disputed = GTK_LIST_BOX (gtk_list_box_new ());
  viewer_accessible_name (GTK_WIDGET (self->disputed), _ ("Disputed records"));
  g_signal_connect_object (self->disputed, "row-selected", G_CALLBACK (row_selected), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->disputed));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (left), scroller);
  self->card = g_object_new (VIEWER_TYPE_DISPUTED_CARD, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->card), TRUE);
  gtk_widget_set_vexpand (columns, TRUE);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), GTK_WIDGET (self->card));
  gtk_box_append (GTK_BOX (view), new_warning ());
  gtk_box_append (GTK_BOX (view), columns);
  return view;
}

static GtkWidget *
new_findings_view (ViewerFindingsPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->findings = GTK_LIST_BOX (gtk_list_box_new ());
  viewer_accessible_name (GTK_WIDGET (self->findings), _ ("Findings about this patient"));
  gtk_widget_add_css_class (scroller, "card");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->findings));
  return scroller;
}

static void
viewer_findings_page_init (ViewerFindingsPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  gtk_widget_set_parent (new_header (self), GTK_WIDGET (self));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_disputed_view (self), "disputed");
  gtk_stack_add_named (self->stack, new_findings_view (self), "findings");
  self->nothing = viewer_label_new (NULL, "card");
  gtk_label_set_yalign (GTK_LABEL (self->nothing), 0);
  gtk_stack_add_named (self->stack, self->nothing, "nothing");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

/* Kind and time above, the ids that contradict each other below. */
static void
append_disputed (ViewerFindingsPage *self, const DiscChart *chart, guint i, gboolean is_own,
                 const char *now)
{
  const DiscMessage *message = disc_chart_message (chart, i);
  const DiscRecord *record = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *when_label;
  g_auto (GStrv) ids = viewer_disputed_ids (message);
  g_autofree char *under = viewer_finding_disputed_ids (ids);
  g_autofree char *when = NULL;

  for (guint k = 0; k < disc_chart_n_records (chart) && record == NULL; k++)
    if (disc_chart_record (chart, k)->message == i)
      record = disc_chart_record (chart, k);
  when = viewer_text_short (record ? viewer_inventory_record_at (record) : message->sent_at, now);
  gtk_box_append (GTK_BOX (line), viewer_label_new (record ? viewer_text_kind (record->kind)
                                                    : message->data_type,
                                             "strong"));
  when_label = viewer_label_new (when, NULL);
  gtk_widget_set_hexpand (when_label, TRUE);
  gtk_box_append (GTK_BOX (line), when_label);
  if (is_own)
    {
      GtkWidget *chip = gtk_label_new (_ ("this patient"));

      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_add_css_class (chip, "crit");
      gtk_box_append (GTK_BOX (line), chip);
    }
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), viewer_label_new (under, "small"));
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_box_append (self->disputed, box);
  viewer_accessible_name_by_labels (gtk_widget_get_parent (box), box);
  g_object_set_data (G_OBJECT (gtk_list_box_get_row_at_index (self->disputed, self->n_rows)),
                     "rid", GSIZE_TO_POINTER ((gsize) message->rid));
  self->n_rows++;
}

static gboolean
holds_rid (const DiscChart *chart, gint64 rid)
{
  for (guint i = 0; chart != NULL && i < disc_chart_n_messages (chart); i++)
    if (disc_chart_message (chart, i)->rid == rid)
      return TRUE;
  return FALSE;
}

static void
show_nothing (ViewerFindingsPage *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->nothing), text);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
show_disputed (ViewerFindingsPage *self)
{
  const DiscChart *own = self->chart ? viewer_chart_get_disputed (self->chart) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscChart) all =
    disc_reader_load_disputed (viewer_disc_get_reader (self->disc), NULL, &error);
  guint n_own = own ? disc_chart_n_messages (own) : 0;
  guint n_all = all ? disc_chart_n_messages (all) : 0;
  g_autofree char *now = viewer_clock_now ();
  g_autofree char *summary = NULL;
  g_autofree char *list_title = NULL;

  clear_list (self->disputed);
  self->n_rows = 0;
  gtk_label_set_text (self->title, _ ("Disputed records"));
  if (all == NULL)
    {
      show_nothing (self, error->message);
      return;
    }
  summary = g_strdup_printf (ngettext ("%u record: its folder and the patient ID in it differ",
                                       "%u records: their folder and the patient ID in them differ",
                                       n_all),
                             n_all);
  gtk_label_set_text (self->summary, summary);
  list_title = self->chart ? g_strdup_printf (_ ("about this patient %u of %u"), n_own, n_all)
                           : NULL;
  gtk_label_set_text (self->list_title, list_title ? list_title : "");

  for (guint i = 0; i < n_own; i++)
    append_disputed (self, own, i, TRUE, now);
  for (guint i = 0; i < n_all && self->n_rows < MAX_ROWS; i++)
    if (!holds_rid (own, disc_chart_message (all, i)->rid))
      append_disputed (self, all, i, FALSE, now);
  if (n_all == 0)
    {
      show_nothing (self, _ ("No record was found whose folder and content name different "
                             "patients."));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "disputed");
  gtk_list_box_select_row (self->disputed, gtk_list_box_get_row_at_index (self->disputed, 0));
}

static void
append_finding (ViewerFindingsPage *self, const DiscFinding *finding)
{
  GtkWidget *grid = gtk_grid_new ();
  guint rank = viewer_finding_rank (finding);
  GtkWidget *mark = viewer_label_new (viewer_finding_mark (rank), rank == 0 ? "crit-text" : "warn-text");
  GtkWidget *sentence = viewer_label_new (viewer_finding_sentence (finding->code), NULL);
  GtkWidget *path;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_widget_add_css_class (grid, "finding");
  gtk_widget_set_hexpand (sentence, TRUE);
  gtk_grid_attach (GTK_GRID (grid), mark, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), sentence, 1, 0, 1, 1);
  if (finding->detail != NULL)
    {
      g_autofree char *detail = viewer_finding_detail (finding->detail);

      gtk_grid_attach (GTK_GRID (grid), viewer_label_new (detail, "small"), 1, 1, 1, 1);
    }
  if (finding->path != NULL)
    {
      path = viewer_label_new (finding->path, "small");
      gtk_widget_add_css_class (path, "ink3");
      gtk_label_set_wrap_mode (GTK_LABEL (path), PANGO_WRAP_CHAR);
      gtk_grid_attach (GTK_GRID (grid), path, 1, 2, 1, 1);
    }
  gtk_list_box_append (self->findings, grid);
  viewer_accessible_name_by_labels (gtk_widget_get_parent (grid), grid);
}

static int
compare_rank (gconstpointer a, gconstpointer b)
{
  guint one = viewer_finding_rank (*(DiscFinding *const *) a);
  guint other = viewer_finding_rank (*(DiscFinding *const *) b);

  return (one > other) - (one < other);
}

static void
show_findings (ViewerFindingsPage *self)
{
  const DiscPatient *patient = viewer_chart_get_patient (self->chart);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = disc_reader_load_findings (
    viewer_disc_get_reader (self->disc), patient->facility, patient->id, &error);
  g_autofree char *summary = NULL;

  clear_list (self->findings);
  gtk_label_set_text (self->title, _ ("Findings about this patient"));
  if (findings == NULL)
    {
      show_nothing (self, error->message);
      return;
    }
  g_ptr_array_sort (findings, compare_rank);
  self->n_rows = MIN (findings->len, MAX_ROWS);
  for (guint i = 0; i < self->n_rows; i++)
    append_finding (self, g_ptr_array_index (findings, i));
  summary = g_strdup_printf (ngettext ("%u finding when the disc was made",
                                       "%u findings when the disc was made", findings->len),
                             findings->len);
  gtk_label_set_text (self->summary, summary);
  if (findings->len == 0)
    show_nothing (self, _ ("The import reported nothing about this patient. "
                           "This does not mean that nothing is missing."));
  else
    gtk_stack_set_visible_child_name (self->stack, "findings");
}

void
viewer_findings_page_set_disc (ViewerFindingsPage *self, ViewerDisc *disc, ViewerChart *chart,
                               guint view)
{
  g_set_object (&self->disc, disc);
  g_set_object (&self->chart, chart);
  self->view = view == 1 && chart != NULL ? 1 : 0;
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_set_visible (self->chips[i], chart != NULL);
      if (i == self->view)
        gtk_widget_add_css_class (self->chips[i], "on");
      else
        gtk_widget_remove_css_class (self->chips[i], "on");
    }
  if (self->view == 0)
    show_disputed (self);
  else
    show_findings (self);
}

guint
viewer_findings_page_get_view (ViewerFindingsPage *self)
{
  return self->view;
}

gint64
viewer_findings_page_selected_rid (ViewerFindingsPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->disputed);

  if (self->view != 0 || row == NULL)
    return 0;
  return (gint64) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "rid"));
}

guint
viewer_findings_page_get_n_rows (ViewerFindingsPage *self)
{
  return self->n_rows;
}
