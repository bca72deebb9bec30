/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-roots.h"

#include <string.h>

#define FACILITY_DIGITS 10

struct _ImpRoots
{
  GMutex mutex;
  GPtrArray *roots;      /* (element-type ImpRoot) */
  GHashTable *by_place;  /* "source path" -> index + 1 */
  char *facility;
};

static void
root_free (gpointer data)
{
  ImpRoot *root = data;

  g_free (root->path);
  g_free (root->facility);
  g_free (root);
}

ImpRoots *
imp_roots_new (const char *facility)
{
  ImpRoots *self = g_new0 (ImpRoots, 1);

  g_mutex_init (&self->mutex);
  self->roots = g_ptr_array_new_with_free_func (root_free);
  self->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->facility = g_strdup (facility);
  return self;
}

void
imp_roots_free (ImpRoots *self)
{
  g_ptr_array_unref (self->roots);
  g_hash_table_unref (self->by_place);
  g_free (self->facility);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
imp_roots_facility_of (const char *folder)
{
  if (strspn (folder, "0123456789") != FACILITY_DIGITS)
    return NULL;
  return g_strndup (folder, FACILITY_DIGITS);
}

/* The nearest folder above the prefixes that looks like a facility names it. */
static char *
guess_facility (ImpRoots *self, const char *source_label, const char *path)
{
  g_auto (GStrv) folders = g_strsplit (path, "/", -1);
  char *facility;

  if (self->facility != NULL)
    return g_strdup (self->facility);

  for (guint i = g_strv_length (folders); i > 0; i--)
    if ((facility = imp_roots_facility_of (folders[i - 1])) != NULL)
      return facility;

  facility = imp_roots_facility_of (source_label);
  return facility != NULL ? facility : g_strdup ("");
}

/* With the mutex held. */
static void
add_root (ImpRoots *self, guint source, const char *path, char *facility)
{
  ImpRoot *root = g_new (ImpRoot, 1);

  root->source = source;
  root->path = g_strdup (path);
  root->facility = facility;
  g_ptr_array_add (self->roots, root);
}

guint
imp_roots_find (ImpRoots *self, guint source, const char *source_label, const char *path)
{
  g_autofree char *place = g_strdup_printf ("%u %s", source, path);
  guint index;

  g_mutex_lock (&self->mutex);
  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_place, place));
  if (index == 0 && self->roots->len >= IMP_MAX_ROOTS)
    {
      if (self->roots->len == IMP_ROOT_BEYOND)
        add_root (self, source, "(further roots)", g_strdup (""));
      index = IMP_ROOT_BEYOND + 1;
    }
  else if (index == 0)
    {
      add_root (self, source, path, guess_facility (self, source_label, path));
      index = self->roots->len;
      g_hash_table_insert (self->by_place, g_steal_pointer (&place), GUINT_TO_POINTER (index));
    }
  g_mutex_unlock (&self->mutex);
  return index - 1;
}

guint
imp_roots_n (ImpRoots *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->roots->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

const ImpRoot *
imp_roots_get (ImpRoots *self, guint i)
{
  const ImpRoot *root;

  g_mutex_lock (&self->mutex);
  root = g_ptr_array_index (self->roots, i);
  g_mutex_unlock (&self->mutex);
  return root;
}
