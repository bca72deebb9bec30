/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-manifest.h"

#include <string.h>

#include "imp-error.h"
#include "imp-json-scan.h"

static void
free_file (gpointer data)
{
  ImpFhirManifestFile *file = data;

  g_free (file->type);
  g_free (file->url);
  g_free (file->name);
  g_free (file);
}

void
imp_fhir_manifest_free (ImpFhirManifest *self)
{
  g_free (self->transaction_time);
  g_free (self->next_url);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

/* ---- reading -------------------------------------------------------------------------------- */

/* (transfer full): of a URL, or of a path with either slash. */
static char *
name_of_url (const char *url)
{
  gsize len = strcspn (url, "?#");
  g_autofree char *path = g_strndup (url, len);
  char *unescaped;
  char *last;

  g_strdelimit (path, "\\", '/');
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  last = strrchr (path, '/');
  last = last != NULL ? last + 1 : path;
  unescaped = g_uri_unescape_string (last, "/");
  return unescaped != NULL ? unescaped : g_strdup (last); /* what is no escape stays as it is */
}

static gint64
read_count (const char *text)
{
  gint64 count;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &count, NULL))
    return -1;
  return count;
}

static void
add_files (ImpFhirManifest *self, const cJSON *list, gboolean is_deleted, gboolean is_error)
{
  for (const cJSON *entry = imp_json_first (list); entry != NULL; entry = imp_json_next (entry))
    {
      const char *url = imp_json_string (entry, "url");
      ImpFhirManifestFile *file;

      if (url == NULL)
        continue;
      file = g_new0 (ImpFhirManifestFile, 1);
      file->type = g_strdup (imp_json_string (entry, "type"));
      file->url = g_strdup (url);
      file->name = name_of_url (url);
      file->count = read_count (imp_json_string (entry, "count"));
      file->is_deleted = is_deleted;
      file->is_error = is_error;
      g_ptr_array_add (self->files, file);
    }
}

static ImpFhirManifest *
read_tree (const cJSON *tree)
{
  ImpFhirManifest *self = g_new0 (ImpFhirManifest, 1);

  self->files = g_ptr_array_new_with_free_func (free_file);
  self->transaction_time = g_strdup (imp_json_string (tree, "transactionTime"));
  for (const cJSON *link = imp_json_first (imp_json_get (tree, "link")); link != NULL;
       link = imp_json_next (link))
    if (g_strcmp0 (imp_json_string (link, "relation"), "next") == 0 && self->next_url == NULL)
      self->next_url = g_strdup (imp_json_string (link, "url"));
  add_files (self, imp_json_get (tree, "output"), FALSE, FALSE);
  add_files (self, imp_json_get (tree, "deleted"), TRUE, FALSE);
  add_files (self, imp_json_get (tree, "error"), FALSE, TRUE);
  add_files (self, imp_json_get (tree, "outcome"), FALSE, TRUE);
  return self;
}

static gboolean
take_tree (const ImpSlice *slice, gpointer data, GError **error)
{
  ImpFhirManifest **out = data;
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) tree = NULL;

  if (slice->state != IMP_SLICE_WHOLE)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                           imp_slice_state_sentence (slice->state));
      return FALSE;
    }
  tree = imp_json_parse (slice->text, slice->len, &report, error);
  if (tree != NULL)
    *out = read_tree (tree);
  return FALSE;
}

ImpFhirManifest *
imp_fhir_manifest_read (ImpStream *stream, GError **error)
{
  ImpFhirManifest *self = NULL;
  ImpJsonScanOptions options = {
    .cut = IMP_JSON_CUT_VALUES, .one_value = TRUE, .take = take_tree, .data = &self
  };
  ImpJsonSeen seen;

  if (imp_json_scan (stream, &options, &seen, error) && self == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "empty");
  return self;
}

/* ---- comparing ------------------------------------------------------------------------------ */

/* ".gz" of one of them does not make another file. */
static gsize
plain_len (const char *name)
{
  return strlen (name) - (g_str_has_suffix (name, ".gz") ? 3 : 0);
}

/* "Patient_1.ndjson" is of the type Patient, "PatientX.ndjson" is not. */
static gboolean
begins_with_type (const char *name, const char *type)
{
  return type != NULL && *type != '\0' && g_str_has_prefix (name, type) &&
         !g_ascii_isalpha (name[strlen (type)]);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
pair_by_type (const ImpFhirManifest *self, GPtrArray *names, GPtrArray *pairs)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (left, g_ptr_array_index (names, i));
  g_ptr_array_sort (left, compare_names);
  for (guint i = 0; i < self->files->len; i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (self->files, i);

      for (guint j = 0; !file->is_deleted && !file->is_error && j < left->len; j++)
        if (begins_with_type (g_ptr_array_index (left, j), file->type))
          {
            g_ptr_array_index (pairs, i) = g_ptr_array_remove_index (left, j);
            break;
          }
    }
}

GPtrArray *
imp_fhir_manifest_pair (const ImpFhirManifest *self, GPtrArray *names)
{
  g_autoptr (GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *pairs = g_ptr_array_new ();
  gboolean any = FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      g_hash_table_insert (here, g_strndup (name, plain_len (name)), (gpointer) name);
    }
  for (guint i = 0; i < self->files->len; i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (self->files, i);
      g_autofree char *plain = g_strndup (file->name, plain_len (file->name));

      g_ptr_array_add (pairs, g_hash_table_lookup (here, plain));
      any |= g_ptr_array_index (pairs, i) != NULL;
    }
  if (!any)
    pair_by_type (self, names, pairs);
  return pairs;
}

/* ---- pages ---------------------------------------------------------------------------------- */

typedef struct
{
  char *place;
  char *next_url;
} Page;

struct _ImpFhirPages
{
  GHashTable *here; /* (element-type utf8): addresses */
  GPtrArray *open;  /* (element-type Page) */
};

static void
free_page (gpointer data)
{
  g_free (((Page *) data)->place);
  g_free (((Page *) data)->next_url);
  g_free (data);
}

ImpFhirPages *
imp_fhir_pages_new (void)
{
  ImpFhirPages *self = g_new0 (ImpFhirPages, 1);

  self->here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->open = g_ptr_array_new_with_free_func (free_page);
  return self;
}

void
imp_fhir_pages_free (ImpFhirPages *self)
{
  g_hash_table_unref (self->here);
  g_ptr_array_unref (self->open);
  g_free (self);
}

void
imp_fhir_pages_add (ImpFhirPages *self, const char *place, const char *self_url,
                    const char *next_url)
{
  Page *page;

  if (self_url != NULL)
    g_hash_table_add (self->here, g_strdup (self_url));
  if (next_url == NULL)
    return;
  page = g_new0 (Page, 1);
  page->place = g_strdup (place);
  page->next_url = g_strdup (next_url);
  g_ptr_array_add (self->open, page);
}

GPtrArray *
imp_fhir_pages_missing (const ImpFhirPages *self)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < self->open->len; i++)
    {
      Page *page = g_ptr_array_index (self->open, i);

      if (!g_hash_table_contains (self->here, page->next_url))
        g_ptr_array_add (missing, page->place);
    }
  return missing;
}
