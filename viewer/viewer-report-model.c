/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-report-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-report-text.h"
#include "viewer-text.h"

#define MAX_WARDS 500
#define MAX_REASONS 200
#define MAX_RULE_VALUES 500
#define LATE_DAYS 2 /* behind the newest data: the night before is not late */

static void
reason_clear (gpointer data)
{
  g_free (((ViewerReportReason *) data)->sentence);
}

static void
line_clear (gpointer data)
{
  g_free (((ViewerReportLine *) data)->label);
  g_free (((ViewerReportLine *) data)->value);
}

void
viewer_report_free (ViewerReport *self)
{
  g_array_unref (self->reasons);
  g_array_unref (self->wards);
  g_array_unref (self->lines);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* (transfer full): values of a part; empty where there is none. */
static GArray *
load (ViewerReport *self, DiscReader *reader, const char *part)
{
  GArray *values = disc_reader_load_report_part (reader, part, self->texts, NULL);

  return values != NULL ? values : g_array_new (FALSE, FALSE, sizeof (DiscReportValue));
}

static guint64
to_count (const char *text)
{
  guint64 n = 0;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &n, NULL) ? n : 0;
}

/* (nullable): of the object at @path */
static const char *
find (const GArray *values, const char *path, const char *name)
{
  for (guint i = 0; i < values->len; i++)
    {
      const DiscReportValue *value = &g_array_index (values, DiscReportValue, i);

      if (strcmp (value->path, path) == 0 && strcmp (value->name, name) == 0)
        return value->value;
    }
  return NULL;
}

static guint64
find_count (const GArray *values, const char *path, const char *name)
{
  const char *text = find (values, path, name);

  return text != NULL ? to_count (text) : 0;
}

static void
add_line (ViewerReport *self, const char *mark, char *label, char *value)
{
  ViewerReportLine line = { mark, label, value };

  g_array_append_val (self->lines, line);
}

static void
add_count (ViewerReport *self, const char *mark, const char *label, guint64 n)
{
  add_line (self, mark, g_strdup (label), viewer_text_count (n));
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void
take_verdict (ViewerReport *self, DiscReader *reader)
{
  g_autoptr (GArray) values = load (self, reader, "$.verdict");

  self->level = find (values, "$.verdict", "level");
  for (guint i = 0; i < MAX_REASONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("$.verdict.reasons[%u]", i);
      const char *code = find (values, path, "code");
      ViewerReportReason reason;

      if (code == NULL)
        break;
      reason.is_serious = g_strcmp0 (find (values, path, "level"), "serious") == 0;
      reason.sentence = viewer_report_reason_text (code, find_count (values, path, "n"),
                                                   find_count (values, path, "of"),
                                                   find (values, path, "what"));
      g_array_append_val (self->reasons, reason);
    }
}

/* "$.wards[3]" and "$.wards[3].newest_sent_by_kind" to 3; -1 for anything else */
static int
ward_number (const char *path, gboolean *is_kinds)
{
  const char *begin = "$.wards[";
  char *end;
  guint64 n;

  if (!g_str_has_prefix (path, begin))
    return -1;
  n = g_ascii_strtoull (path + strlen (begin), &end, 10);
  if (n >= MAX_WARDS || *end != ']')
    return -1;
  *is_kinds = strcmp (end, "].newest_sent_by_kind") == 0;
  return *is_kinds || end[1] == '\0' ? (int) n : -1;
}

static void
take_wards (ViewerReport *self, DiscReader *reader)
{
  g_autoptr (GArray) values = load (self, reader, "$.wards");

  for (guint i = 0; i < values->len; i++)
    {
      const DiscReportValue *value = &g_array_index (values, DiscReportValue, i);
      gboolean is_kinds = FALSE;
      int n = ward_number (value->path, &is_kinds);
      ViewerReportWard *ward;

      if (n < 0)
        continue;
      if (self->wards->len <= (guint) n)
        g_array_set_size (self->wards, (guint) n + 1);
      ward = &g_array_index (self->wards, ViewerReportWard, n);
      if (is_kinds)
        ward->by_kind[disc_kind_from_name (value->name)] = value->value;
      else if (strcmp (value->name, "ward") == 0)
        ward->name = value->value;
      else if (strcmp (value->name, "patients") == 0)
        ward->n_patients = to_count (value->value);
      else if (strcmp (value->name, "newest_sent") == 0)
        ward->newest_sent = value->value;
    }
  /* What has no name is no ward of ours. */
  for (guint i = self->wards->len; i > 0; i--)
    if (g_array_index (self->wards, ViewerReportWard, i - 1).name == NULL)
      g_array_remove_index (self->wards, i - 1);
}

static void
take_kinds (ViewerReport *self, DiscReader *reader)
{
  g_autoptr (GArray) values = load (self, reader, "$.counts.records_by_kind");
  guint64 n_dead = 0, n_local = 0, n_none = 0, n_standard = 0;

  if (values->len == 0)
    return;
  for (guint i = 0; i < values->len; i++)
    {
      const DiscReportValue *value = &g_array_index (values, DiscReportValue, i);

      if (g_str_has_suffix (value->path, ".not_live"))
        n_dead += to_count (value->value);
      else if (g_str_has_suffix (value->path, ".codes") && strcmp (value->name, "local") == 0)
        n_local += to_count (value->value);
      else if (g_str_has_suffix (value->path, ".codes") && strcmp (value->name, "none") == 0)
        n_none += to_count (value->value);
      else if (g_str_has_suffix (value->path, ".codes") && strcmp (value->name, "standard") == 0)
        n_standard += to_count (value->value);
    }
  add_count (self, "·", _ ("Records that are not live: superseded, cancelled, deleted"), n_dead);
  if (n_standard + n_local + n_none == 0)
    return;
  add_count (self, "·", _ ("Items with a standard code"), n_standard);
  add_count (self, "·", _ ("Items with the hospital's own code only"), n_local);
  add_count (self, "·", _ ("Items without a code"), n_none);
}

static void
take_scan (ViewerReport *self, DiscReader *reader)
{
  g_autoptr (GArray) values = load (self, reader, "$.virus_scan");
  guint64 n_infected = find_count (values, "$.virus_scan", "infected");

  if (values->len == 0)
    return;
  if (find_count (values, "$.virus_scan", "scanned") == 0)
    add_line (self, "·", g_strdup (_ ("Virus scanner")), g_strdup (_ ("not scanned")));
  else
    {
      g_autofree char *files = viewer_text_count (find_count (values, "$.virus_scan", "files"));
      g_autofree char *infected = viewer_text_count (n_infected);

      add_line (self, n_infected > 0 ? "■" : "·", g_strdup (_ ("Virus scanner: scanned / found")),
                g_strdup_printf ("%s / %s", files, infected));
    }
}

/* Of the rules those that did not simply pass: what was set aside, what nobody could measure. */
static void
take_rules (ViewerReport *self, DiscReader *reader)
{
  g_autoptr (GArray) values = load (self, reader, "$.stop_rules");

  for (guint i = 0; i < MIN (values->len, MAX_RULE_VALUES); i++)
    {
      const DiscReportValue *value = &g_array_index (values, DiscReportValue, i);
      const char *outcome = find (values, value->path, "outcome");
      const char *usual = find (values, value->path, "usual_limit");
      const char *limit = find (values, value->path, "limit");
      gboolean is_aside = g_strcmp0 (outcome, "set-aside") == 0;

      if (strcmp (value->name, "rule") != 0 || (!is_aside && usual == NULL))
        continue;
      add_line (self, is_aside ? "■" : "▲",
                g_strdup_printf ("%s %s", _ ("Stop rule:"), value->value),
                usual != NULL ? g_strdup_printf (_ ("%s; limit %s in place of %s"),
                                                 viewer_report_outcome_text (outcome),
                                                 limit != NULL ? limit : "", usual)
                              : g_strdup (viewer_report_outcome_text (outcome)));
    }
}

static void
take_sources (ViewerReport *self, DiscReader *reader)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *path = g_strdup_printf ("$.sources[%u]", i);
      g_autoptr (GArray) values = load (self, reader, path);
      const char *name = find (values, path, "name");
      g_autofree char *seen = viewer_text_count (find_count (values, path, "files"));
      g_autofree char *n_read = viewer_text_count (find_count (values, path, "files_read"));
      g_autofree char *refused = viewer_text_count (find_count (values, path, "files_refused"));
      g_autofree char *ignored = viewer_text_count (find_count (values, path, "files_ignored"));

      if (name == NULL)
        break;
      if (find (values, path, "files") != NULL)
        add_line (self, "·", g_strdup_printf ("%s %s", _ ("Source:"), name),
                  g_strdup_printf ("%s ＝ %s ＋ %s ＋ %s", seen, n_read, refused, ignored));
    }
}

/* ---------------------------------------------------------------------------------------------- */

ViewerReport *
viewer_report_new (DiscReader *reader)
{
  ViewerReport *self = g_new0 (ViewerReport, 1);
  g_autoptr (GArray) newest = NULL;

  self->texts = g_string_chunk_new (4096);
  self->reasons = g_array_new (FALSE, TRUE, sizeof (ViewerReportReason));
  g_array_set_clear_func (self->reasons, reason_clear);
  self->wards = g_array_new (FALSE, TRUE, sizeof (ViewerReportWard));
  self->lines = g_array_new (FALSE, TRUE, sizeof (ViewerReportLine));
  g_array_set_clear_func (self->lines, line_clear);

  take_verdict (self, reader);
  newest = load (self, reader, "$.newest_sent");
  if (newest->len == 1)
    self->newest_sent = g_array_index (newest, DiscReportValue, 0).value;
  take_wards (self, reader);
  take_rules (self, reader);
  take_sources (self, reader);
  take_kinds (self, reader);
  take_scan (self, reader);
  return self;
}

const char *
viewer_report_heading (const ViewerReport *self)
{
  return viewer_report_level_text (self->level);
}

gboolean
viewer_report_ward_is_late (const ViewerReport *self, const char *sent)
{
  gint64 newest = self->newest_sent != NULL ? disc_date_to_day (self->newest_sent) : G_MININT64;
  gint64 day = sent != NULL ? disc_date_to_day (sent) : G_MININT64;

  return newest != G_MININT64 && day != G_MININT64 && newest - day >= LATE_DAYS;
}
