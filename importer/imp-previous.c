/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-previous.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "disc-error.h"
#include "imp-error.h"
#include "imp-open.h"
#include "imp-report-json.h"

#define MAX_TYPES 1000

static void
add_type (ImpPrevious *self, const cJSON *type)
{
  ImpPreviousType *sum = g_hash_table_lookup (self->types, type->string);
  const char *newest = imp_report_get_text (type, "newest_sent");

  if (sum == NULL)
    {
      if (g_hash_table_size (self->types) >= MAX_TYPES)
        return;
      sum = g_new0 (ImpPreviousType, 1);
      g_hash_table_insert (self->types, g_strdup (type->string), sum);
    }
  sum->n_messages += imp_report_get_count (type, "messages");
  if (newest == NULL || !disc_date_is_valid (newest))
    return;
  if (strcmp (newest, sum->newest_sent) > 0)
    g_strlcpy (sum->newest_sent, newest, sizeof sum->newest_sent);
  if (strcmp (newest, self->newest_sent) > 0)
    g_strlcpy (self->newest_sent, newest, sizeof self->newest_sent);
}

static void
read_report (ImpPrevious *self, const cJSON *report)
{
  const cJSON *counts = cJSON_GetObjectItemCaseSensitive (report, "counts");
  const cJSON *kinds = cJSON_GetObjectItemCaseSensitive (counts, "records_by_kind");
  const cJSON *root, *type, *kind;

  self->facility = g_strdup (imp_report_get_text (report, "facility"));
  self->built_at = g_strdup (imp_report_get_text (report, "built_at"));
  self->months = (int) MIN (imp_report_get_count (report, "months"), 100000);
  self->n_patients = imp_report_get_count (counts, "patients");
  cJSON_ArrayForEach (kind, kinds)
  {
    DiscKind number = kind->string != NULL ? disc_kind_from_name (kind->string) : DISC_KIND_NONE;

    if (number != DISC_KIND_NONE)
      self->records[number] = imp_report_get_count (kind, "records");
  }
  cJSON_ArrayForEach (root, cJSON_GetObjectItemCaseSensitive (report, "roots")) cJSON_ArrayForEach (
      type, cJSON_GetObjectItemCaseSensitive (root, "types")) if (type->string != NULL)
      add_type (self, type);
}

ImpPrevious *
imp_previous_new (const char *json, GError **error)
{
  cJSON *report = cJSON_Parse (json);
  ImpPrevious *self;

  if (!cJSON_IsObject (cJSON_GetObjectItemCaseSensitive (report, "counts")))
    {
      cJSON_Delete (report);
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "it holds no report");
      return NULL;
    }
  self = g_new0 (ImpPrevious, 1);
  self->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  read_report (self, report);
  cJSON_Delete (report);
  return self;
}

static ImpPrevious *
open_with (const char *dir, const char *passphrase_file, GError **error)
{
  g_auto (ImpOpen) open = { .passphrase_file = g_strdup (passphrase_file) };
  g_autoptr (DiscReader) reader = imp_open_disc (&open, dir, error);
  g_autofree char *json = reader != NULL ? disc_reader_load_report (reader, error) : NULL;

  return json != NULL ? imp_previous_new (json, error) : NULL;
}

ImpPrevious *
imp_previous_open (const char *dir, const char *const *passphrase_files, GError **error)
{
  guint n = passphrase_files != NULL ? g_strv_length ((char **) passphrase_files) : 0;

  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (GError) local = NULL;
      ImpPrevious *self = open_with (dir, passphrase_files[i], &local);

      if (self != NULL)
        return self;
      if (!g_error_matches (local, DISC_ERROR, DISC_ERROR_PASSPHRASE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return open_with (dir, n > 0 ? passphrase_files[n - 1] : NULL, error);
}

void
imp_previous_free (ImpPrevious *self)
{
  g_free (self->facility);
  g_free (self->built_at);
  g_hash_table_unref (self->types);
  g_free (self);
}
