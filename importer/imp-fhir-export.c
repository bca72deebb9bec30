/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-export.h"

#include <string.h>

#include "disc-date.h"
#include "imp-fhir-order.h"

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

void
imp_fhir_exports_newest (ImpFhirExports *self, const char *now, char *out)
{
  out[0] = '\0';
  for (guint i = 0; i < self->exports->len; i++)
    {
      const Export *export = &g_array_index (self->exports, Export, i);
      char time[DISC_DATE_MAX];

      if (imp_fhir_time_in_japan (export->manifest->transaction_time, time) &&
          strcmp (time, now) <= 0 && strcmp (time, out) > 0)
        g_strlcpy (out, time, DISC_DATE_MAX);
    }
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

/* Of the manifest's files of that type the first stands for all where they are paired by type:
 * which is which then nobody knows. */
static gboolean
is_counted_before (const Export *export, GPtrArray *pairs, guint i)
{
  const ImpFhirManifestFile *file = g_ptr_array_index (export->manifest->files, i);

  for (guint j = 0; j < i; j++)
    {
      const ImpFhirManifestFile *other = g_ptr_array_index (export->manifest->files, j);

      if (g_ptr_array_index (pairs, j) != NULL && g_strcmp0 (other->type, file->type) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @wanted, @found: (inout): resources, and those of further files of the type of file @i.
 * Returns: %FALSE where one of them is not counted */
static gboolean
add_same_type (ImpFhirExports *self, const Export *export, GPtrArray *pairs, guint i,
               gint64 *wanted, guint64 *found)
{
  const ImpFhirManifestFile *file = g_ptr_array_index (export->manifest->files, i);

  for (guint j = i + 1; j < pairs->len; j++)
    {
      const ImpFhirManifestFile *other = g_ptr_array_index (export->manifest->files, j);
      const char *name = g_ptr_array_index (pairs, j);
      guint64 n = name != NULL ? count_of (self, export, name) : 0;

      if (name == NULL || g_strcmp0 (other->type, file->type) != 0)
        continue;
      if (other->count < 0 || n == 0)
        return FALSE;
      *wanted += other->count;
      *found += n - 1;
    }
  return TRUE;
}

static gboolean
is_by_name (const ImpFhirManifestFile *file, const char *name)
{
  return g_str_has_prefix (name, file->name) || g_str_has_prefix (file->name, name);
}

/* A copy that was cut off has fewer resources than its manifest counts. */
static gboolean
tell_counts (ImpFhirExports *self, const Export *export, GPtrArray *pairs, ImpFhirExportsTell tell,
             gpointer data, GError **error)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (export->manifest->files, i);
      const char *name = g_ptr_array_index (pairs, i);
      guint64 n = name != NULL ? count_of (self, export, name) : 0;
      gint64 wanted = file->count;
      guint64 found = n - 1;
      g_autofree char *detail = NULL;

      if (wanted < 0 || n == 0 ||
          (!is_by_name (file, name) &&
           (is_counted_before (export, pairs, i) ||
            !add_same_type (self, export, pairs, i, &wanted, &found))) ||
          (guint64) wanted == found)
        continue;
      detail = g_strdup_printf ("%s: the manifest counts %" G_GINT64_FORMAT
                                " resources, here are %" G_GUINT64_FORMAT,
                                name, wanted, found);
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
  g_autoptr (GPtrArray) pairs = imp_fhir_manifest_pair (export->manifest, names);

  for (guint i = 0; i < pairs->len; i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (export->manifest->files, i);
      g_autofree char *detail = NULL;

      if (g_ptr_array_index (pairs, i) != NULL)
        continue;
      detail = g_strdup_printf (
          "the manifest names %s%s%s, which is not here: the export is not whole", file->name,
          file->type != NULL ? ", of type " : "", file->type != NULL ? file->type : "");
      if (!tell (export->root, export->path, IMP_FINDING_MISSING_FILE, detail, data, error))
        return FALSE;
    }
  if (export->manifest->next_url != NULL &&
      !tell (export->root, export->path, IMP_FINDING_MISSING_FILE,
             "the manifest has a further page: the export may not be whole", data, error))
    return FALSE;
  return tell_counts (self, export, pairs, tell, data, error);
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
