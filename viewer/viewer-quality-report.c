/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-quality-parts.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-freshness-model.h"
#include "viewer-text.h"

/* What a ward would miss first (design: page "quality"). */
static const DiscKind ward_kinds[] = { DISC_KIND_ENCOUNTER,      DISC_KIND_PRESCRIPTION,
                                       DISC_KIND_INJECTION,      DISC_KIND_ADMINISTRATION,
                                       DISC_KIND_LAB,            DISC_KIND_VITAL,
                                       DISC_KIND_NOTE };

#define N_WARD_COLUMNS (2 + G_N_ELEMENTS (ward_kinds))

static const char *
class_of_mark (const char *mark)
{
  return g_str_equal (mark, "■") ? "crit-text" : g_str_equal (mark, "▲") ? "warn-text" : "ink2";
}

static GtkWidget *
append_marked (GtkWidget *box, const char *mark, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *sign = viewer_quality_label (mark, 0, class_of_mark (mark));
  GtkWidget *label = viewer_quality_label (text, 0, NULL);

  gtk_widget_add_css_class (row, "table-row");
  gtk_widget_set_size_request (sign, 16, -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (box), row);
  return row;
}

void
viewer_quality_show_reasons (GtkWidget *box, const ViewerReport *report)
{
  viewer_quality_clear (box);
  for (guint i = 0; i < report->reasons->len; i++)
    {
      const ViewerReportReason *reason = &g_array_index (report->reasons, ViewerReportReason, i);

      append_marked (box, reason->is_serious ? "■" : "▲", reason->sentence);
    }
}

static void
append_ward_row (GtkWidget *box, GtkSizeGroup **columns, char *const *texts, const char *css_class)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_add_css_class (row, css_class);
  for (guint i = 0; i < N_WARD_COLUMNS; i++)
    {
      const char *late = texts[i] != NULL && g_str_has_prefix (texts[i], "▲") ? "warn-text" : NULL;
      GtkWidget *label = viewer_quality_label (texts[i], i == 1 ? 1 : 0, late);

      gtk_size_group_add_widget (columns[i], label);
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_box_append (GTK_BOX (box), row);
}

/* (transfer full): the time where it is of the day of the newest data, else the day: a row has to fit. */
static char *
arrival (const ViewerReport *report, const char *sent, const char *now)
{
  g_autofree char *text = NULL;
  gboolean is_that_day;

  if (sent == NULL)
    return g_strdup ("–");
  is_that_day = report->newest_sent != NULL &&
                disc_date_to_day (sent) == disc_date_to_day (report->newest_sent);
  text = is_that_day ? viewer_text_time (sent) : viewer_text_short_day (sent, now);
  return g_strconcat (viewer_report_ward_is_late (report, sent) ? "▲ " : "", text, NULL);
}

void
viewer_quality_show_wards (GtkWidget *box, const ViewerReport *report, const char *now)
{
  GtkSizeGroup *columns[N_WARD_COLUMNS];
  g_auto (GStrv) head = g_new0 (char *, N_WARD_COLUMNS + 1);

  viewer_quality_clear (box);
  for (guint i = 0; i < N_WARD_COLUMNS; i++)
    columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  head[0] = g_strdup (_ ("Ward"));
  head[1] = g_strdup (_ ("In hospital"));
  for (guint i = 0; i < G_N_ELEMENTS (ward_kinds); i++)
    head[2 + i] = g_strdup (viewer_freshness_short_name (ward_kinds[i]));
  append_ward_row (box, columns, head, "table-head");

  for (guint i = 0; i < report->wards->len; i++)
    {
      const ViewerReportWard *ward = &g_array_index (report->wards, ViewerReportWard, i);
      g_auto (GStrv) texts = g_new0 (char *, N_WARD_COLUMNS + 1);

      texts[0] = g_strdup (ward->name);
      texts[1] = viewer_text_count (ward->n_patients);
      for (guint j = 0; j < G_N_ELEMENTS (ward_kinds); j++)
        texts[2 + j] = arrival (report, ward->by_kind[ward_kinds[j]], now);
      append_ward_row (box, columns, texts, "table-row");
    }
  for (guint i = 0; i < N_WARD_COLUMNS; i++)
    g_object_unref (columns[i]);
}

void
viewer_quality_append_lines (GtkWidget *box, const ViewerReport *report)
{
  for (guint i = 0; i < report->lines->len; i++)
    {
      const ViewerReportLine *line = &g_array_index (report->lines, ViewerReportLine, i);
      GtkWidget *row = append_marked (box, line->mark, line->label);

      gtk_box_append (GTK_BOX (row), viewer_quality_label (line->value, 1, "strong"));
    }
}
