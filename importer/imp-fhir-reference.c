/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-read.h"

#include <string.h>

#include "imp-fhir-bundle.h"

void
imp_fhir_reference_clear (ImpFhirReference *self)
{
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->value, g_free);
}

/* "Type?identifier=system|value", as Synthea writes it. */
static gboolean
read_condition (const char *url, ImpFhirReference *out)
{
  static const char word[] = "?identifier=";
  const char *at = strstr (url, word);
  const char *value, *bar;
  g_autofree char *plain = NULL;

  if (at == NULL || at == url || memchr (url, '/', (gsize) (at - url)) != NULL)
    return FALSE;
  value = at + strlen (word);
  plain = g_uri_unescape_string (value, NULL);
  if (plain != NULL)
    value = plain;
  bar = strchr (value, '|');
  out->kind = IMP_FHIR_REFERENCE_CONDITIONAL;
  out->type = g_strndup (url, (gsize) (at - url));
  out->system = bar != NULL ? g_strndup (value, (gsize) (bar - value)) : NULL;
  out->value = g_strdup (bar != NULL ? bar + 1 : value);
  return TRUE;
}

static gboolean
is_bare_id (const char *text)
{
  return text[0] != '\0' && strlen (text) <= 64 &&
         text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.")] == '\0';
}

/* "Type/id" behind a base or not. */
static gboolean
read_url (const char *url, ImpFhirReference *out)
{
  gboolean is_absolute = g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://");
  const char *tail;
  g_autofree char *end = NULL;

  if (!is_absolute && strchr (url, ':') != NULL)
    return FALSE;
  if (!imp_fhir_split_url (url, &out->type, &out->id, &out->version))
    return FALSE;
  out->kind = is_absolute ? IMP_FHIR_REFERENCE_ABSOLUTE : IMP_FHIR_REFERENCE_RELATIVE;
  end = g_strconcat (out->type, "/", out->id, NULL);
  tail = g_strrstr (url, end);
  if (is_absolute && tail != NULL)
    out->base = g_strndup (url, (gsize) (tail - url));
  return TRUE;
}

static void
read_text (const char *text, ImpFhirReference *out)
{
  if (text[0] == '#')
    {
      out->kind = IMP_FHIR_REFERENCE_CONTAINED;
      out->id = g_strdup (text + 1);
    }
  else if (g_ascii_strncasecmp (text, "urn:uuid:", 9) == 0 ||
           g_ascii_strncasecmp (text, "urn:oid:", 8) == 0)
    {
      out->kind = IMP_FHIR_REFERENCE_URN;
      out->id = g_ascii_strdown (text, -1);
    }
  else if (!read_condition (text, out) && !read_url (text, out))
    {
      out->kind = is_bare_id (text) ? IMP_FHIR_REFERENCE_BARE : IMP_FHIR_REFERENCE_TEXT;
      out->id = g_strdup (text);
    }
}

/* Reference.type is a type, or the URL of a definition that ends in it. */
static char *
type_word (const char *type)
{
  const char *slash = type != NULL ? strrchr (type, '/') : NULL;

  return g_strdup (slash != NULL ? slash + 1 : type);
}

void
imp_fhir_reference (const cJSON *node, ImpFhirReference *out)
{
  const cJSON *reference = imp_json_first (node);
  const cJSON *identifier = imp_json_first (imp_json_get (reference, "identifier"));
  const char *text = imp_json_string (reference, "reference");
  const char *type = imp_json_string (reference, "type");

  *out = (ImpFhirReference){ .display = imp_json_string (reference, "display") };
  if (text != NULL)
    read_text (text, out);
  if (out->type == NULL)
    out->type = type_word (type);
  if (text != NULL)
    return;
  if (imp_json_string (identifier, "value") != NULL)
    {
      out->kind = IMP_FHIR_REFERENCE_LOGICAL;
      out->system = g_strdup (imp_json_string (identifier, "system"));
      out->value = g_strdup (imp_json_string (identifier, "value"));
    }
  else if (imp_json_string (reference, "id") != NULL && type != NULL)
    {
      out->kind = IMP_FHIR_REFERENCE_TYPED_ID;
      out->id = g_strdup (imp_json_string (reference, "id"));
    }
  else if (out->display != NULL)
    out->kind = IMP_FHIR_REFERENCE_DISPLAY;
}
