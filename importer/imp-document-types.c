/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-types.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-resource.h"

#define STANDARD_TABLE "/jp/tomoshibi/importer/document-types.tsv"
#define MAX_FILE_BYTES (4 * 1024 * 1024)
#define ANY_SYSTEM "-"

/* One row. */
typedef struct
{
  char *system;
  DiscKind kind;
  char *name; /* "": none */
} Type;

struct _ImpDocumentTypes
{
  GHashTable *types; /* code to (element-type Type) */
};

static void
type_free (gpointer data)
{
  Type *type = data;

  g_free (type->system);
  g_free (type->name);
  g_free (type);
}

static ImpDocumentTypes *
types_new (void)
{
  ImpDocumentTypes *self = g_new0 (ImpDocumentTypes, 1);

  self->types =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
imp_document_types_free (ImpDocumentTypes *self)
{
  g_hash_table_unref (self->types);
  g_free (self);
}

static gboolean
has_system (const Type *type, const char *system)
{
  return system == NULL || strcmp (type->system, ANY_SYSTEM) == 0 ||
         strcmp (type->system, system) == 0;
}

/* @system: (nullable): any */
static const Type *
find (const ImpDocumentTypes *self, const char *code, const char *system)
{
  const GPtrArray *rows =
      self != NULL && *code != '\0' ? g_hash_table_lookup (self->types, code) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (has_system (g_ptr_array_index (rows, i), system))
      return g_ptr_array_index (rows, i);
  return NULL;
}

/* ---- reading -------------------------------------------------------------------------------- */

static gboolean
refuse (const char *path, guint line, const char *why, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s:%u: %s", path, line, why);
  return FALSE;
}

static gboolean
take_kind (const ImpDocumentTypes *self, const ImpDocumentTypes *standard, const char *word,
           Type *type)
{
  static const DiscKind kinds[] = { DISC_KIND_NOTE, DISC_KIND_REPORT, DISC_KIND_DOCUMENT };
  const Type *other = find (self, word, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (word, disc_kind_name (kinds[i])) == 0)
      {
        type->kind = kinds[i];
        return TRUE;
      }
  if (other == NULL)
    other = find (standard, word, NULL);
  if (other == NULL)
    return FALSE;
  type->kind = other->kind;
  if (*type->name == '\0')
    {
      g_free (type->name);
      type->name = g_strdup (other->name);
    }
  return TRUE;
}

static void
add_type (ImpDocumentTypes *self, const char *code, Type *type)
{
  GPtrArray *rows = g_hash_table_lookup (self->types, code);

  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func (type_free);
      g_hash_table_insert (self->types, g_strdup (code), rows);
    }
  g_ptr_array_add (rows, type);
}

static gboolean
take_line (ImpDocumentTypes *self, const ImpDocumentTypes *standard, char *text, const char *path,
           guint line, GError **error)
{
  g_auto (GStrv) parts = NULL;
  guint n;
  Type *type;

  if (*text == '#' || *g_strchomp (text) == '\0')
    return TRUE;
  parts = g_strsplit (text, "\t", -1);
  n = g_strv_length (parts);
  for (guint i = 0; i < n; i++)
    g_strstrip (parts[i]);
  if (n < 3 || n > 4 || *parts[0] == '\0' || *parts[1] == '\0')
    return refuse (path, line, _ ("there must be code, system, kind and name, with tabs between"),
                   error);
  type = g_new0 (Type, 1);
  type->system = g_strdup (parts[1]);
  type->name = g_strdup (n > 3 ? parts[3] : "");
  if (take_kind (self, standard, parts[2], type))
    {
      add_type (self, parts[0], type);
      return TRUE;
    }
  type_free (type);
  return refuse (path, line,
                 _ ("the kind must be note, report, document or a code that the tables have"),
                 error);
}

static gboolean
take_text (ImpDocumentTypes *self, const ImpDocumentTypes *standard, const char *text,
           const char *path, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!take_line (self, standard, lines[i], path, i + 1, error))
      return FALSE;
  return TRUE;
}

static const ImpDocumentTypes *
get_standard (void)
{
  static ImpDocumentTypes *standard;

  if (g_once_init_enter (&standard))
    {
      ImpDocumentTypes *types = types_new ();
      g_autoptr (GBytes) bytes = g_resource_lookup_data (imp_get_resource (), STANDARD_TABLE,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_assert (bytes != NULL);
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      if (!take_text (types, NULL, text, "document-types.tsv", &error))
        g_error ("%s", error->message);
      g_once_init_leave (&standard, types);
    }
  return standard;
}

ImpDocumentTypes *
imp_document_types_load (const char *path, GError **error)
{
  g_autoptr (ImpDocumentTypes) self = types_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &text, &len, &local))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, local->message);
      return NULL;
    }
  if (len > MAX_FILE_BYTES || !g_utf8_validate (text, (gssize) len, NULL))
    {
      refuse (path, 1, _ ("the table of document types must be a short text in UTF-8"), error);
      return NULL;
    }
  if (!take_text (self, get_standard (), g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text,
                  path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- asking --------------------------------------------------------------------------------- */

DiscKind
imp_document_types_kind (const char *code)
{
  const Type *type = find (get_standard (), code, NULL);

  return type != NULL ? type->kind : DISC_KIND_NONE;
}

void
imp_document_types_apply (const ImpDocumentTypes *self, ImpExtendedName *name)
{
  const Type *type = find (self, name->local_code, name->local_system);

  if (type == NULL)
    type = find (self, name->code, name->system);
  if (type == NULL)
    type = find (get_standard (), name->code, NULL);
  name->kind = type != NULL ? type->kind : DISC_KIND_DOCUMENT;
  if (type != NULL && *type->name != '\0' && *name->name == '\0' && *name->local_name == '\0')
    {
      g_free (name->listed_name);
      name->listed_name = g_strdup (type->name);
    }
}
