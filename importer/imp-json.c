/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-json.h"

#include <string.h>

#include "imp-error.h"
#include "imp-limits.h"

static void
free_duplicate (gpointer data)
{
  g_free (((ImpJsonDuplicate *) data)->path);
  g_free (data);
}

void
imp_json_report_clear (ImpJsonReport *self)
{
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
}

guint
imp_json_report_conflicts (const ImpJsonReport *self, guint *n_identity)
{
  guint n = 0, n_own = 0;

  for (guint i = 0; self->duplicates != NULL && i < self->duplicates->len; i++)
    {
      const ImpJsonDuplicate *duplicate = g_ptr_array_index (self->duplicates, i);

      n += !duplicate->is_equal;
      n_own += !duplicate->is_equal && duplicate->is_identity;
    }
  if (n_identity != NULL)
    *n_identity = n_own;
  return n;
}

/* ---- duplicates ----------------------------------------------------------------------------- */

typedef struct
{
  ImpJsonReport *report;
  GString *path;
} Look;

static gboolean
is_identity (const char *key)
{
  static const char *const keys[] = { "id", "resourceType", "status", "subject", "patient" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (key, keys[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Equal as text: 1.0 is not 1. Names of objects are compared in their order. */
static gboolean
is_equal (const cJSON *a, const cJSON *b)
{
  const cJSON *x, *y;

  if (a->type != b->type || g_strcmp0 (a->valuestring, b->valuestring) != 0)
    return FALSE;
  for (x = a->child, y = b->child; x != NULL && y != NULL; x = x->next, y = y->next)
    if (g_strcmp0 (x->string, y->string) != 0 || !is_equal (x, y))
      return FALSE;
  return x == NULL && y == NULL;
}

/* A name of FHIR, or a sign for any other: what a stranger writes is not repeated. */
static const char *
shown_name (const char *key)
{
  gsize len = strspn (key, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");

  return key[len] == '\0' && len > 0 && len <= 64 ? key : "?";
}

static void
add_duplicate (Look *self, const char *key, gboolean equal, gboolean identity)
{
  ImpJsonReport *report = self->report;
  ImpJsonDuplicate *duplicate;

  report->n_duplicates++;
  if (report->duplicates->len >= IMP_JSON_MAX_DUPLICATES)
    return;
  duplicate = g_new0 (ImpJsonDuplicate, 1);
  duplicate->path =
      g_strconcat (self->path->str, self->path->len > 0 ? "." : "", shown_name (key), NULL);
  duplicate->is_equal = equal;
  duplicate->is_identity = identity;
  g_ptr_array_add (report->duplicates, duplicate);
}

static gboolean
is_resource (const cJSON *node)
{
  return cJSON_GetObjectItemCaseSensitive (node, "resourceType") != NULL;
}

static void
check_names (Look *self, cJSON *node)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean identity = self->path->len == 0 || is_resource (node);
  cJSON *next;

  for (cJSON *child = node->child; child != NULL; child = next)
    {
      const cJSON *first = g_hash_table_lookup (names, child->string);

      next = child->next;
      if (first == NULL)
        g_hash_table_insert (names, child->string, child);
      else if (is_equal (first, child))
        {
          add_duplicate (self, child->string, TRUE, FALSE);
          cJSON_Delete (cJSON_DetachItemViaPointer (node, child));
        }
      else
        add_duplicate (self, child->string, FALSE, identity && is_identity (child->string));
    }
}

/* Few objects have many members: no table for those that have not. */
static gboolean
may_repeat (const cJSON *node)
{
  guint n = 0;

  for (const cJSON *child = node->child; child != NULL; child = child->next)
    {
      if (++n > 16)
        return TRUE;
      for (const cJSON *other = node->child; other != child; other = other->next)
        if (strcmp (child->string, other->string) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
restore_number (cJSON *node)
{
  char mark = node->valuestring[0];

  if (mark != IMP_JSON_MARK_NUMBER && mark != IMP_JSON_MARK_BAD_NUMBER)
    return;
  memmove (node->valuestring, node->valuestring + 1, strlen (node->valuestring));
  node->type |= mark == IMP_JSON_MARK_NUMBER ? IMP_JSON_WAS_NUMBER : IMP_JSON_BAD_NUMBER;
}

static void
restore_numbers (cJSON *node)
{
  for (; node != NULL; node = node->next)
    {
      if (cJSON_IsString (node))
        restore_number (node);
      restore_numbers (node->child);
    }
}

/* Most trees have nothing to tell, and need no paths. */
static gboolean
has_repeats (const cJSON *node)
{
  for (; node != NULL; node = node->next)
    if ((cJSON_IsObject (node) && may_repeat (node)) || has_repeats (node->child))
      return TRUE;
  return FALSE;
}

/* At most IMP_JSON_MAX_DEPTH deep, as the text was looked at before. */
static void
look_through (Look *self, cJSON *node)
{
  gsize len = self->path->len;
  guint i = 0;

  if (cJSON_IsObject (node) && may_repeat (node))
    check_names (self, node);
  for (cJSON *child = node->child; child != NULL; child = child->next, i++)
    {
      if (child->child == NULL)
        continue;
      if (cJSON_IsArray (node))
        g_string_append_printf (self->path, "[%u]", i);
      else
        g_string_append_printf (self->path, "%s%s", len > 0 ? "." : "", shown_name (child->string));
      look_through (self, child);
      g_string_truncate (self->path, len);
    }
}

/* ---- parsing -------------------------------------------------------------------------------- */

cJSON *
imp_json_parse (const char *text, gsize len, ImpJsonReport *report, GError **error)
{
  g_autoptr (GString) rewritten = g_string_sized_new (len + len / 16 + 16);
  g_autoptr (GString) path = g_string_new (NULL);
  Look look = { .report = report, .path = path };
  const char *end = NULL;
  cJSON *node;

  *report = (ImpJsonReport){ .duplicates = g_ptr_array_new_with_free_func (free_duplicate) };
  if (!imp_json_rewrite (text, len, rewritten, report, error))
    return NULL;
  node = cJSON_ParseWithLengthOpts (rewritten->str, rewritten->len + 1, &end, 1);
  if (node == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "not JSON");
      return NULL;
    }
  restore_numbers (node);
  if (has_repeats (node))
    look_through (&look, node);
  return node;
}

/* ---- reading -------------------------------------------------------------------------------- */

const cJSON *
imp_json_get (const cJSON *node, const char *key)
{
  const cJSON *child = cJSON_GetObjectItemCaseSensitive (node, key);

  return cJSON_IsNull (child) ? NULL : child;
}

const char *
imp_json_text (const cJSON *node)
{
  if (cJSON_IsString (node))
    return node->valuestring[0] != '\0' ? node->valuestring : NULL;
  if (cJSON_IsBool (node))
    return cJSON_IsTrue (node) ? "true" : "false";
  return NULL;
}

const char *
imp_json_string (const cJSON *node, const char *key)
{
  return imp_json_text (imp_json_get (node, key));
}

static const cJSON *
pass_nulls (const cJSON *element)
{
  while (element != NULL && cJSON_IsNull (element))
    element = element->next;
  return element;
}

const cJSON *
imp_json_first (const cJSON *node)
{
  if (cJSON_IsArray (node))
    return pass_nulls (node->child);
  return cJSON_IsNull (node) ? NULL : node;
}

const cJSON *
imp_json_next (const cJSON *element)
{
  /* A member of an object has a name, an element of an array has none. */
  return element != NULL && element->string == NULL ? pass_nulls (element->next) : NULL;
}
