/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-export.h"

#include <string.h>

typedef struct
{
  guint source;
  guint root;
  char *path;
  char *folder;
  ImpFhirManifest *manifest;
} Export;

/* Of a source: its pages, and where they stand. */
typedef struct
{
  guint source;
  guint root;
  ImpFhirPages *pages;
} Pages;

struct _ImpFhirExports
{
  GMutex mutex;
  GHashTable *counts; /* "source path" -> guint64 + 1: resources in a file; 0: not counted */
  GArray *exports;    /* (element-type Export) */
  GArray *pages;      /* (element-type Pages) */
};

static void
clear_export (gpointer data)
{
  Export *export = data;

  g_free (export->path);
  g_free (export->folder);
  imp_fhir_manifest_free (export->manifest);
}

static void
clear_pages (gpointer data)
{
  imp_fhir_pages_free (((Pages *) data)->pages);
}

ImpFhirExports *
imp_fhir_exports_new (void)
{
  ImpFhirExports *self = g_new0 (ImpFhirExports, 1);

  g_mutex_init (&self->mutex);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->exports = g_array_new (FALSE, FALSE, sizeof (Export));
  g_array_set_clear_func (self->exports, clear_export);
  self->pages = g_array_new (FALSE, FALSE, sizeof (Pages));
  g_array_set_clear_func (self->pages, clear_pages);
  return self;
}

void
imp_fhir_exports_free (ImpFhirExports *self)
{
  g_hash_table_unref (self->counts);
  g_array_unref (self->exports);
  g_array_unref (self->pages);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* ---- while reading -------------------------------------------------------------------------- */

static char *
key_of (guint source, const char *path)
{
  return g_strdup_printf ("%u %s", source, path);
}

static void
note (ImpFhirExports *self, guint source, const char *path, guint64 count)
{
  char *key = key_of (source, path);
  guint64 *n = g_new (guint64, 1);

  *n = count;
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->counts, key, n);
  g_mutex_unlock (&self->mutex);
}

void
imp_fhir_exports_see (ImpFhirExports *self, guint source, const char *path)
{
  note (self, source, path, 0);
}

void
imp_fhir_exports_count (ImpFhirExports *self, guint source, const char *path, guint64 n)
{
  note (self, source, path, n + 1);
}

void
imp_fhir_exports_add (ImpFhirExports *self, guint source, guint root, const char *path,
                      ImpFhirManifest *manifest)
{
  Export export = { source, root, g_strdup (path), g_path_get_dirname (path), manifest };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->exports, export);
  g_mutex_unlock (&self->mutex);
}

/* With the mutex held. */
static ImpFhirPages *
need_pages (ImpFhirExports *self, guint source, guint root)
{
  Pages fresh = { source, root, NULL };

  for (guint i = 0; i < self->pages->len; i++)
    if (g_array_index (self->pages, Pages, i).source == source)
      return g_array_index (self->pages, Pages, i).pages;
  fresh.pages = imp_fhir_pages_new ();
  g_array_append_val (self->pages, fresh);
  return fresh.pages;
}

void
imp_fhir_exports_add_page (ImpFhirExports *self, guint source, guint root, const char *path,
                           const ImpFhirBundle *bundle)
{
  g_mutex_lock (&self->mutex);
  imp_fhir_pages_add (need_pages (self, source, root), path, bundle->self_url, bundle->next_url);
  g_mutex_unlock (&self->mutex);
}

/* ---- afterwards ----------------------------------------------------------------------------- */

const char *
imp_fhir_exports_time (ImpFhirExports *self, guint source, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < self->exports->len; i++)
    {
      const Export *export = &g_array_index (self->exports, Export, i);

      if (export->source == source && strcmp (export->folder, folder) == 0)
        return export->manifest->transaction_time;
    }
  return NULL;
}

/* (element-type utf8): names of the files beside the manifest. */
static GPtrArray *
names_beside (ImpFhirExports *self, const Export *export)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix =
      key_of (export->source, strcmp (export->folder, ".") == 0 ? "" : export->folder);
  gsize len = strlen (prefix);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *rest = (const char *) key + len;

      if (strncmp (key, prefix, len) != 0)
        continue;
      while (*rest == '/')
        rest++;
      if (strchr (rest, '/') == NULL)
        g_ptr_array_add (names, g_strdup (rest));
    }
  return names;
}

static guint64
count_of (ImpFhirExports *self, const Export *export, const char *name)
{
  g_autofree char *path = strcmp (export->folder, ".") == 0
                              ? g_strdup (name)
                              : g_build_filename (export->folder, name, NULL);
  g_autofree char *key = key_of (export->source, path);
  const guint64 *n = g_hash_table_lookup (self->counts, key);

  return n != NULL ? *n : 0;
}

/* A copy that was cut off has fewer resources than its manifest counts. */
static gboolean
tell_counts (ImpFhirExports *self, const Export *export, GPtrArray *names, ImpFhirExportsTell tell,
             gpointer data, GError **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const ImpFhirManifestFile *file = imp_fhir_manifest_find (export->manifest, name);
      guint64 n = count_of (self, export, name);
      g_autofree char *detail = NULL;

      if (file == NULL || file->count < 0 || n == 0 || (guint64) file->count == n - 1)
        continue;
      detail = g_strdup_printf ("%s: the manifest counts %" G_GINT64_FORMAT
                                " resources, here are %" G_GUINT64_FORMAT,
                                name, file->count, n - 1);
      if (!tell (export->root, export->path, IMP_FINDING_MISSING_FILE, detail, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_export (ImpFhirExports *self, const Export *export, ImpFhirExportsTell tell, gpointer data,
             GError **error)
{
  g_autoptr (GPtrArray) names = names_beside (self, export);
  g_autoptr (GPtrArray) missing = imp_fhir_manifest_missing (export->manifest, names);

  for (guint i = 0; i < missing->len; i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (missing, i);
      g_autofree char *detail = g_strdup_printf (
          "the manifest names %s%s%s, which is not here: the export is not whole", file->name,
          file->type != NULL ? ", of type " : "", file->type != NULL ? file->type : "");

      if (!tell (export->root, export->path, IMP_FINDING_MISSING_FILE, detail, data, error))
        return FALSE;
    }
  if (export->manifest->next_url != NULL &&
      !tell (export->root, export->path, IMP_FINDING_MISSING_FILE,
             "the manifest has a further page: the export may not be whole", data, error))
    return FALSE;
  return tell_counts (self, export, names, tell, data, error);
}

static gboolean
tell_pages (const Pages *pages, ImpFhirExportsTell tell, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) missing = imp_fhir_pages_missing (pages->pages);

  for (guint i = 0; i < missing->len; i++)
    if (!tell (pages->root, g_ptr_array_index (missing, i), IMP_FINDING_MISSING_FILE,
               "the answer has a further page, which is not here: it is not whole", data, error))
      return FALSE;
  return TRUE;
}

gboolean
imp_fhir_exports_tell (ImpFhirExports *self, ImpFhirExportsTell tell, gpointer data, GError **error)
{
  for (guint i = 0; i < self->exports->len; i++)
    if (!tell_export (self, &g_array_index (self->exports, Export, i), tell, data, error))
      return FALSE;
  for (guint i = 0; i < self->pages->len; i++)
    if (!tell_pages (&g_array_index (self->pages, Pages, i), tell, data, error))
      return FALSE;
  return TRUE;
}
