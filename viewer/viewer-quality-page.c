/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-quality-page.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-counts.h"
#include "viewer-finding-text.h"
#include "viewer-freshness-model.h"
#include "viewer-quality-parts.h"
#include "viewer-report-model.h"
#include "viewer-text.h"

struct _ViewerQualityPage
{
  GtkWidget parent_instance;

  GtkLabel *summary;
  GtkWidget *verdict_card;
  GtkLabel *verdict_note;
  GtkWidget *verdict;
  GtkWidget *wards_card;
  GtkLabel *wards_note;
  GtkWidget *wards;
  GtkWidget *kinds;
  GtkLabel *kinds_note;
  GtkWidget *sum;
  GtkWidget *findings;
};

G_DEFINE_FINAL_TYPE (ViewerQualityPage, viewer_quality_page, GTK_TYPE_WIDGET)

static void
viewer_quality_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_quality_page_parent_class)->dispose (object);
}

static void
viewer_quality_page_class_init (ViewerQualityPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_quality_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
viewer_quality_page_init (ViewerQualityPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *right, *foot;
  GtkLabel *note;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  viewer_accessible_name (GTK_WIDGET (self), _ ("Data age and quality"));
  gtk_widget_add_css_class (header, "page-header");
  gtk_box_append (GTK_BOX (header), viewer_quality_label (_ ("Data age and quality"), 0, "page-title"));
  self->summary = GTK_LABEL (viewer_quality_label (NULL, 0, "page-summary"));
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->summary));
  gtk_widget_set_parent (header, GTK_WIDGET (self));

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_widget_set_vexpand (columns, TRUE);
  gtk_box_append (GTK_BOX (left),
                  viewer_quality_card (_ ("Age by kind"), &self->kinds_note, &self->kinds));
  self->verdict_card = viewer_quality_card (_ ("Verdict"), &self->verdict_note, &self->verdict);
  viewer_quality_card_fit (self->verdict, 220);
  gtk_box_append (GTK_BOX (left), self->verdict_card);
  gtk_box_append (GTK_BOX (columns), left);
  self->wards_card = viewer_quality_card (_ ("Last arrival by ward"), &self->wards_note,
                                          &self->wards);
  viewer_quality_card_fit (self->wards, 220);
  gtk_box_append (GTK_BOX (rest), self->wards_card);
  right = viewer_quality_card (_ ("Result of the import"), &note, &self->findings);
  gtk_label_set_text (note, _ ("files seen always add up"));
  self->sum = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->sum, "sum");
  gtk_widget_add_css_class (self->sum, "table-row");
  gtk_box_insert_child_after (GTK_BOX (right), self->sum, gtk_widget_get_first_child (right));
  foot = viewer_quality_label (_ ("These numbers are from when the disc was made. "
                       "Nothing here says that the quality is good."),
                    0, "table-head");
  gtk_box_append (GTK_BOX (right), foot);
  gtk_box_append (GTK_BOX (rest), right);
  gtk_box_append (GTK_BOX (columns), rest);
  gtk_widget_set_parent (columns, GTK_WIDGET (self));
}

/* Columns: kind, count, newest, age, limits. */
#define N_COLUMNS 5

static void
append_row (GtkWidget *box, GtkSizeGroup **columns, const char *const *texts,
            const char *css_class)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  gtk_widget_add_css_class (row, css_class);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *label = viewer_quality_label (texts[i] ? texts[i] : "", i == 1 ? 1 : 0, NULL);

      gtk_size_group_add_widget (columns[i], label);
      gtk_box_append (GTK_BOX (row), label);
      if (i == 3 && texts[i] != NULL && g_str_has_prefix (texts[i], "▲"))
        gtk_widget_add_css_class (label, "warn-text");
      if (i == 3 && texts[i] != NULL && g_str_has_prefix (texts[i], "■"))
        gtk_widget_add_css_class (label, "crit-block");
    }
  gtk_box_append (GTK_BOX (box), row);
}

static void
append_absent (GtkWidget *box, DiscKind kind)
{
  const char *reason = viewer_freshness_absent_reason (kind);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *name = viewer_quality_label (viewer_text_kind (kind), 0, NULL);

  gtk_widget_add_css_class (row, "table-row");
  gtk_widget_add_css_class (row, "hatch");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), viewer_quality_label (_ ("Not on this disc"), 0, "strong"));
  if (reason != NULL)
    gtk_box_append (GTK_BOX (row), viewer_quality_label (reason, 0, "small"));
  gtk_box_append (GTK_BOX (box), row);
}

static char *
age_text (const ViewerFreshness *row)
{
  g_autofree char *ago = NULL;

  if (row->age == VIEWER_AGE_UNKNOWN)
    return g_strdup (_ ("age unknown"));
  if (row->age == VIEWER_AGE_CLOCK)
    return g_strdup (_ ("age not computed"));
  ago = viewer_text_ago (row->age_seconds);
  return g_strdup_printf ("%s%s",
                          row->age == VIEWER_AGE_LATE      ? "▲ "
                          : row->age == VIEWER_AGE_EXPIRED ? "■ "
                                                           : "",
                          ago);
}

static void
show_kinds (ViewerQualityPage *self, ViewerDisc *disc, const char *now)
{
  g_autoptr (GArray) rows = viewer_freshness_rows (disc, now);
  const char *const head[N_COLUMNS] = { _ ("Kind"), _ ("Records"), _ ("Newest"), _ ("Age"),
                                        _ ("Limits ▲/■") };
  GtkSizeGroup *columns[N_COLUMNS];
  g_autofree char *clock = viewer_text_short (now, now);
  g_autofree char *note = g_strdup_printf (_ ("against the clock %s"), clock);

  gtk_label_set_text (self->kinds_note, note);
  viewer_quality_clear (self->kinds);
  for (guint i = 0; i < N_COLUMNS; i++)
    columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  append_row (self->kinds, columns, head, "table-head");
  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerFreshness *row = &g_array_index (rows, ViewerFreshness, i);
      g_autofree char *count = viewer_text_count (row->n_live);
      g_autofree char *newest = viewer_text_short (row->newest, now);
      g_autofree char *age = age_text (row);
      g_autofree char *limits = row->late_hours > 0
                                  ? g_strdup_printf (_ ("%u h / %u h"), row->late_hours,
                                                     row->expired_hours)
                                  : g_strdup (_ ("by its date"));
      const char *const texts[N_COLUMNS] = { viewer_text_kind (row->kind), count, newest, age,
                                             limits };

      if (row->on_disc)
        append_row (self->kinds, columns, texts, "table-row");
      else
        append_absent (self->kinds, row->kind);
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    g_object_unref (columns[i]);
}

static void
append_number (GtkWidget *box, const char *before, const char *label, guint64 n)
{
  g_autofree char *text = viewer_text_count (n);

  if (before != NULL)
    gtk_box_append (GTK_BOX (box), viewer_quality_label (before, 0, "ink2"));
  gtk_box_append (GTK_BOX (box), viewer_quality_label (label, 0, NULL));
  gtk_box_append (GTK_BOX (box), viewer_quality_label (text, 0, "strong"));
}

static void
show_sum (ViewerQualityPage *self, ViewerDisc *disc)
{
  g_autofree char *json = disc_reader_load_counts (viewer_disc_get_reader (disc), NULL);
  guint64 seen = 0, n_read = 0, refused = 0, ignored = 0;

  viewer_quality_clear (self->sum);
  if (json == NULL || !viewer_counts_get (json, "files", &seen) ||
      !viewer_counts_get (json, "files_read", &n_read) ||
      !viewer_counts_get (json, "files_refused", &refused) ||
      !viewer_counts_get (json, "files_ignored", &ignored))
    {
      gtk_box_append (GTK_BOX (self->sum), viewer_quality_label (_ ("No counts on this disc"), 0, NULL));
      return;
    }
  append_number (self->sum, NULL, _ ("seen"), seen);
  append_number (self->sum, "＝", _ ("read"), n_read);
  append_number (self->sum, "＋", _ ("refused"), refused);
  append_number (self->sum, "＋", _ ("out of scope"), ignored);
}

static void
append_group (ViewerQualityPage *self, const ViewerFindingGroup *group)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *mark = viewer_quality_label (viewer_finding_mark (group->rank), 0,
                               group->rank == 0   ? "crit-text"
                               : group->rank == 1 ? "warn-text"
                                                  : "ink2");
  GtkWidget *sentence = viewer_quality_label (viewer_finding_sentence (group->code), 0, NULL);
  g_autofree char *count = viewer_text_count (group->n);
  g_autofree char *people = viewer_text_count (group->n_patients);
  g_autofree char *text = group->n_patients > 0
                            ? g_strdup_printf (_ ("%s in %s people"), count, people)
                            : g_strdup_printf (ngettext ("%s time", "%s times", group->n), count);

  gtk_widget_add_css_class (row, "table-row");
  gtk_widget_set_size_request (mark, 16, -1);
  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_widget_set_hexpand (sentence, TRUE);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), sentence);
  gtk_box_append (GTK_BOX (row), viewer_quality_label (text, 1, "strong"));
  if (g_str_equal (group->code, "identity-conflict"))
    gtk_box_append (GTK_BOX (row), viewer_quality_label ("Ctrl+I", 0, "key"));
  gtk_box_append (GTK_BOX (self->findings), row);
}

static void
show_findings (ViewerQualityPage *self, ViewerDisc *disc)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings =
    disc_reader_load_findings (viewer_disc_get_reader (disc), NULL, NULL, &error);
  g_autoptr (GArray) groups = NULL;

  viewer_quality_clear (self->findings);
  if (findings == NULL)
    {
      gtk_box_append (GTK_BOX (self->findings), viewer_quality_label (error->message, 0, "table-row"));
      return;
    }
  groups = viewer_finding_groups (findings);
  for (guint i = 0; i < groups->len; i++)
    append_group (self, &g_array_index (groups, ViewerFindingGroup, i));
}

void
viewer_quality_page_set_disc (ViewerQualityPage *self, ViewerDisc *disc, const char *now)
{
  const DiscInfo *info = viewer_disc_get_info (disc);
  g_autoptr (ViewerReport) report = viewer_report_new (viewer_disc_get_reader (disc));
  g_autofree char *day = NULL;
  g_autofree char *note = NULL;
  g_autofree char *number = g_strndup (info->id ? info->id : "", 8);
  g_autofree char *built = viewer_text_short (info->built_at, now);
  g_autofree char *until = viewer_text_short (info->as_of, now);
  g_autofree char *summary = g_strdup_printf (
    _ ("disc %s   made %s   covers %s to %s (%d months)"), number, built,
    info->window_from ? info->window_from : _ ("unknown"), until, info->months);

  gtk_label_set_text (self->summary, summary);
  show_kinds (self, disc, now);
  show_sum (self, disc);
  show_findings (self, disc);
  gtk_label_set_text (self->verdict_note, viewer_report_heading (report));
  gtk_widget_set_visible (self->verdict_card, report->level != NULL);
  viewer_quality_show_reasons (self->verdict, report);
  day = viewer_text_short_day (report->newest_sent, now);
  note = g_strdup_printf (_ ("%s; ▲ days behind; – nothing on the disc"), day);
  gtk_label_set_text (self->wards_note, note);
  gtk_widget_set_visible (self->wards_card, report->wards->len > 0);
  viewer_quality_show_wards (self->wards, report, now);
  viewer_quality_append_lines (self->findings, report);
}
