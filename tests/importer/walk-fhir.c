/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * walk-fhir [--quiet] FILE...: what the walk of FHIR files gives, a JSON object a line, for checks
 * by another program. --quiet: totals and time only.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "imp-fhir-walk.h"
#include "stream-fixture.h"

static gboolean is_quiet;

static void
print_line (cJSON *line) /* (transfer full) */
{
  char *text = cJSON_PrintUnformatted (line);

  puts (text);
  cJSON_free (text);
  cJSON_Delete (line);
}

static void
add_string (cJSON *line, const char *name, const char *value)
{
  if (value != NULL)
    cJSON_AddStringToObject (line, name, value);
}

static gboolean
on_item (const ImpFhirItem *item, gpointer data, GError **error)
{
  cJSON *line;

  if (is_quiet)
    return TRUE;
  line = cJSON_CreateObject ();
  cJSON_AddStringToObject (line, "what", "item");
  cJSON_AddStringToObject (line, "entry", item->entry);
  cJSON_AddStringToObject (line, "type", item->type);
  cJSON_AddStringToObject (line, "rule", imp_fhir_rule_name (item->rule));
  add_string (line, "fullUrl", item->full_url);
  add_string (line, "method", item->method);
  add_string (line, "url", item->url);
  if (item->bundle != NULL)
    cJSON_AddNumberToObject (line, "nesting", item->bundle->nesting);
  cJSON_AddNumberToObject (line, "line", item->line);
  cJSON_AddNumberToObject (line, "offset", (double) item->offset);
  if (item->text != NULL)
    {
      g_autofree char *text = g_strndup (item->text, item->len);

      cJSON_AddStringToObject (line, "text", text);
    }
  if (item->resource != NULL)
    cJSON_AddItemToObject (line, "resource", cJSON_Duplicate (item->resource, 1));
  print_line (line);
  return TRUE;
}

static void
on_finding (const ImpFhirFinding *finding, gpointer data)
{
  cJSON *line;

  if (is_quiet)
    return;
  line = cJSON_CreateObject ();
  cJSON_AddStringToObject (line, "what", "finding");
  cJSON_AddStringToObject (line, "code", imp_finding_code_name (finding->code));
  cJSON_AddStringToObject (line, "entry", finding->entry);
  cJSON_AddNumberToObject (line, "line", finding->line);
  cJSON_AddStringToObject (line, "detail", finding->detail);
  print_line (line);
}

static void
print_tally (const char *path, const ImpFhirProbe *probe, const ImpFhirTally *tally)
{
  cJSON *line = cJSON_CreateObject ();
  cJSON *types = cJSON_AddObjectToObject (line, "types");
  cJSON *contained = cJSON_AddObjectToObject (line, "contained");
  GHashTableIter iter;
  gpointer type, n;

  cJSON_AddStringToObject (line, "what", "file");
  cJSON_AddStringToObject (line, "path", path);
  cJSON_AddStringToObject (line, "form", imp_fhir_form_name (probe->form));
  cJSON_AddNumberToObject (line, "pieces", (double) tally->n_pieces);
  cJSON_AddNumberToObject (line, "items", (double) tally->n_items);
  cJSON_AddNumberToObject (line, "bundles", (double) tally->n_bundles);
  cJSON_AddNumberToObject (line, "refused", (double) tally->n_refused);
  cJSON_AddNumberToObject (line, "findings", (double) tally->n_findings);
  g_hash_table_iter_init (&iter, tally->types);
  while (g_hash_table_iter_next (&iter, &type, &n))
    cJSON_AddNumberToObject (types, type, (double) *(guint64 *) n);
  g_hash_table_iter_init (&iter, tally->contained);
  while (g_hash_table_iter_next (&iter, &type, &n))
    cJSON_AddNumberToObject (contained, type, (double) *(guint64 *) n);
  print_line (line);
}

/* Returns: bytes of the file, 0 where it cannot be read */
static guint64
walk_file (const char *path)
{
  ImpFhirVisitor visitor = { on_item, on_finding, NULL, NULL };
  g_auto (ImpFhirProbe) probe = { 0 };
  g_auto (ImpFhirTally) tally = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStream) stream = NULL;
  struct stat info = { 0 };
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &info) != 0)
    return 0;
  stream = imp_fhir_open (imp_stream_from_fd (fd), &probe, &error);
  if (stream == NULL || !imp_fhir_walk (stream, &probe, &visitor, &tally, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 0;
    }
  print_tally (path, &probe, &tally);
  return (guint64) info.st_size;
}

int
main (int argc, char *argv[])
{
  gint64 begin = g_get_monotonic_time ();
  guint64 n_bytes = 0;
  double seconds;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--quiet") == 0)
      is_quiet = TRUE;
    else
      n_bytes += walk_file (argv[i]);
  seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  if (is_quiet)
    g_printerr ("%.1f MB in %.2f s: %.0f MB/s, %u MB at most\n", (double) n_bytes / 1e6, seconds,
                (double) n_bytes / 1e6 / seconds, peak_memory_mb ());
  return n_bytes > 0 ? 0 : 1;
}
