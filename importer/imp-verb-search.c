/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "disc-search.h"
#include "imp-open.h"

#define MAX_PATIENTS 1000
#define MAX_MESSAGES 1000

/* What the search box would find: patients, disputed messages of that very id, words in records. */
typedef struct
{
  DiscReader *reader;
  DiscPatientTable *table;
  gboolean as_json;
} Search;

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    cJSON_AddStringToObject (object, name, text);
}

/* On a terminal nothing of the data may be a control character. */
static void
print_field (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");

  for (char *p = copy; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  g_print ("%s\t", copy);
}

static void
print_patient (const Search *search, const DiscPatientRow *row)
{
  cJSON *object;

  if (!search->as_json)
    {
      print_field (row->id);
      print_field (row->name);
      print_field (row->kana);
      print_field (row->birth_date);
      print_field (row->sex);
      print_field (row->ward);
      g_print ("\n");
      return;
    }

  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "type", "patient");
  add_text (object, "id", row->id);
  add_text (object, "facility", row->facility);
  add_text (object, "name", row->name);
  add_text (object, "kana", row->kana);
  add_text (object, "birth_date", row->birth_date);
  add_text (object, "sex", row->sex);
  add_text (object, "ward", row->ward);
  add_text (object, "last_seen_at", row->last_seen_at);
  if (row->n_disputed > 0)
    cJSON_AddNumberToObject (object, "disputed_messages", row->n_disputed);
  imp_options_print_json (object);
}

/* Of a message with records of several states the one that stands. */
static const DiscRecord *
telling_record (const DiscChart *chart)
{
  guint n = disc_chart_n_records (chart);

  for (guint i = 0; i < n; i++)
    if (disc_chart_record (chart, i)->live)
      return disc_chart_record (chart, i);

  return n > 0 ? disc_chart_record (chart, 0) : NULL;
}

/* What is dead must not look live in a list either. */
static void
print_state (const DiscRecord *record)
{
  const char *status = record != NULL ? disc_status_name (record->status) : NULL;
  g_autofree char *dead =
      record != NULL && !record->live ? g_strdup_printf (_("not live: %s"), status) : NULL;

  print_field (dead != NULL ? dead : status);
}

static gboolean
print_message (const Search *search, gint64 rid, GError **error)
{
  g_autoptr (DiscChart) chart = disc_reader_load_records (search->reader, rid, error);
  g_autoptr (DiscPatientRow) row = disc_patient_table_lookup (search->table, DISC_PNO (rid));
  const DiscMessage *message;
  const DiscRecord *record;
  cJSON *object;

  if (chart == NULL)
    return FALSE;
  message = disc_chart_message (chart, 0);
  record = telling_record (chart);

  if (!search->as_json)
    {
      print_field (row != NULL ? row->id : _("(disputed)"));
      print_field (row != NULL ? row->name : message->disputed_ids);
      print_field (record != NULL ? disc_record_value (record, DISC_FIELD_AT) : NULL);
      print_field (record != NULL ? disc_kind_name (record->kind) : NULL);
      print_state (record);
      print_field (message->path);
      g_print ("\n");
      return TRUE;
    }

  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "type", "record");
  add_text (object, "patient", row != NULL ? row->id : NULL);
  add_text (object, "disputed_ids", message->disputed_ids);
  if (record != NULL)
    {
      add_text (object, "kind", disc_kind_name (record->kind));
      add_text (object, "at", disc_record_value (record, DISC_FIELD_AT));
      add_text (object, "title", disc_record_value (record, DISC_FIELD_TITLE));
      cJSON_AddBoolToObject (object, "live", record->live);
      add_text (object, "status", disc_status_name (record->status));
    }
  add_text (object, "path", message->path);
  add_text (object, "entry", message->entry);
  imp_options_print_json (object);
  return TRUE;
}

static gboolean
search_disputed (const Search *search, const char *query, GError **error)
{
  g_autoptr (DiscChart) chart = disc_reader_load_disputed (search->reader, query, error);

  if (chart == NULL)
    return FALSE;
  for (guint i = 0; i < disc_chart_n_messages (chart) && i < MAX_MESSAGES; i++)
    if (!print_message (search, disc_chart_message (chart, i)->rid, error))
      return FALSE;
  return TRUE;
}

static gboolean
search_all (const Search *search, const char *query, GError **error)
{
  g_autoptr (DiscPatientHits) hits = disc_patient_table_search (search->table, query, MAX_PATIENTS);
  g_autoptr (GArray) words = NULL;
  guint n_total = 0;

  for (guint i = 0; i < hits->rows->len; i++)
    {
      guint at = g_array_index (hits->rows, guint, i);
      g_autoptr (DiscPatientRow) row = disc_patient_table_get (search->table, at);

      print_patient (search, row);
    }
  if (!search_disputed (search, query, error))
    return FALSE;

  words = disc_reader_search_words (search->reader, query, 0, MAX_MESSAGES, &n_total, error);
  if (words == NULL)
    return FALSE;
  for (guint i = 0; i < words->len; i++)
    if (!print_message (search, g_array_index (words, DiscWordHit, i).rid, error))
      return FALSE;

  if (hits->n_total > hits->rows->len || n_total > words->len)
    g_printerr (_("Shown: %u of %u patients, %u of %u records.\n"), hits->rows->len, hits->n_total,
                words->len, n_total);
  return TRUE;
}

int
imp_verb_search (int argc, char **argv)
{
  g_auto (ImpOpen) open = { NULL };
  Search search = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &search.as_json, N_("One JSON object on each line"), NULL },
    IMP_OPEN_ENTRIES (open),
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscPatientTable) table = NULL;
  g_autofree char *query = NULL;

  if (!imp_options_parse (argc, argv, "DISC QUERY",
                          _("Finds what the search box of the viewer would find."), entries, &rest,
                          &error))
    return imp_options_fail ("search", error);
  if (g_strv_length (rest) < 2)
    return imp_options_fail_usage ("search", "%s", _("name one disc and what to look for"));

  reader = imp_open_disc (&open, rest[0], &error);
  table = reader != NULL ? disc_patient_table_load (reader, &error) : NULL;
  if (table == NULL)
    return imp_options_fail ("search", error);

  if (disc_patient_table_n_missing (table) > 0)
    {
      g_printerr ("%s ", _("Warning:"));
      g_printerr (_("%u of %u patients cannot be found: the disc is damaged there."),
                  disc_patient_table_n_missing (table), disc_reader_n_patients (reader));
      g_printerr ("\n");
    }
  search.reader = reader;
  search.table = table;
  query = g_strjoinv (" ", rest + 1);
  if (!search_all (&search, query, &error))
    return imp_options_fail ("search", error);
  return IMP_EXIT_DONE;
}
