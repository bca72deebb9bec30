/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-record.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "disc-trust.h"
#include "imp-error.h"

#define RECORD_FILE "burns.ndjson"
#define SPANS_MAX 1000 /* runs of bad sectors in one record */

static const char *const results[] = { "same", "different", "not-read-back", "not-written" };

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, name, text);
}

static void
add_found (cJSON *object, const ImpMediaComparison *found)
{
  cJSON *spans;

  if (found->spans == NULL)
    return;
  cJSON_AddNumberToObject (object, "compared", (double) found->n_compared);
  cJSON_AddNumberToObject (object, "different", (double) found->n_different);
  cJSON_AddNumberToObject (object, "unreadable", (double) found->n_unreadable);
  spans = cJSON_AddArrayToObject (object, "bad_sectors");
  for (guint i = 0; i < found->spans->len && i < SPANS_MAX; i++)
    {
      const ImpMediaSpan *span = &g_array_index (found->spans, ImpMediaSpan, i);
      const double pair[] = { (double) span->first, (double) (span->first + span->n - 1) };

      cJSON_AddItemToArray (spans, cJSON_CreateDoubleArray (pair, 2));
    }
}

char *
imp_burn_record_json (const ImpBurnRecord *record)
{
  cJSON *object = cJSON_CreateObject ();
  char *json;
  char *copy;

  cJSON_AddStringToObject (object, "type", "burn");
  add_text (object, "at", record->at);
  add_text (object, "disc", record->disc_id);
  if (record->serial > 0)
    cJSON_AddNumberToObject (object, "serial", (double) record->serial);
  if (record->n_volumes > 1)
    {
      cJSON_AddNumberToObject (object, "volume", record->volume);
      cJSON_AddNumberToObject (object, "volumes", record->n_volumes);
    }
  cJSON_AddBoolToObject (object, "sealed", record->is_sealed);
  add_text (object, "device", record->device);
  add_text (object, "medium", record->medium);
  if (record->speed > 0)
    cJSON_AddNumberToObject (object, "speed", record->speed);
  cJSON_AddNumberToObject (object, "seconds", (double) record->seconds);
  cJSON_AddNumberToObject (object, "sectors", (double) record->n_sectors);
  add_text (object, "sha256", record->sha256);
  cJSON_AddStringToObject (object, "read_back", results[record->result]);
  add_found (object, record->found);
  cJSON_AddStringToObject (object, "made_by", PACKAGE_NAME " " PACKAGE_VERSION);

  json = cJSON_PrintUnformatted (object);
  copy = g_strdup (json);
  cJSON_free (json);
  cJSON_Delete (object);
  return copy;
}

char *
imp_burn_record_default_path (void)
{
  g_autofree char *folder = disc_trust_keys_folder ();

  return g_build_filename (folder, RECORD_FILE, NULL);
}

int
imp_burn_record_open (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
  return fd;
}

/* A line that lost its end with the power must not swallow the next one. */
static gboolean
ends_in_line (int fd)
{
  off_t end = lseek (fd, 0, SEEK_END);
  char last = '\n';

  return end <= 0 || pread (fd, &last, 1, end - 1) != 1 || last == '\n';
}

gboolean
imp_burn_record_append (int fd, const char *json, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s%s\n", ends_in_line (fd) ? "" : "\n", json);
  gsize len = strlen (line);
  gssize n = write (fd, line, len);

  if (n == (gssize) len && fsync (fd) == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s",
               g_strerror (n >= 0 && n < (gssize) len ? ENOSPC : errno));
  return FALSE;
}
