/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-bundle.h"

#include <string.h>

static const char *const type_words[] = {
  [IMP_FHIR_BUNDLE_UNKNOWN] = "",
  [IMP_FHIR_BUNDLE_DOCUMENT] = "document",
  [IMP_FHIR_BUNDLE_COLLECTION] = "collection",
  [IMP_FHIR_BUNDLE_SEARCHSET] = "searchset",
  [IMP_FHIR_BUNDLE_TRANSACTION] = "transaction",
  [IMP_FHIR_BUNDLE_TRANSACTION_RESPONSE] = "transaction-response",
  [IMP_FHIR_BUNDLE_BATCH] = "batch",
  [IMP_FHIR_BUNDLE_BATCH_RESPONSE] = "batch-response",
  [IMP_FHIR_BUNDLE_HISTORY] = "history",
  [IMP_FHIR_BUNDLE_MESSAGE] = "message",
  [IMP_FHIR_BUNDLE_NOTIFICATION] = "subscription-notification",
};

ImpFhirBundleType
imp_fhir_bundle_type (const char *word)
{
  for (guint i = 1; word != NULL && i < G_N_ELEMENTS (type_words); i++)
    if (strcmp (type_words[i], word) == 0)
      return i;
  return IMP_FHIR_BUNDLE_UNKNOWN;
}

const char *
imp_fhir_rule_name (ImpFhirRule rule)
{
  static const char *const names[] = {
    "data", "withdrawal", "patch", "query", "outcome", "nothing"
  };

  return names[rule];
}

/* ---- entries -------------------------------------------------------------------------------- */

static gboolean
has_requests (ImpFhirBundleType type)
{
  return type == IMP_FHIR_BUNDLE_TRANSACTION || type == IMP_FHIR_BUNDLE_BATCH ||
         type == IMP_FHIR_BUNDLE_HISTORY || type == IMP_FHIR_BUNDLE_NOTIFICATION ||
         type == IMP_FHIR_BUNDLE_UNKNOWN;
}

static gboolean
has_responses (ImpFhirBundleType type)
{
  return type == IMP_FHIR_BUNDLE_TRANSACTION_RESPONSE || type == IMP_FHIR_BUNDLE_BATCH_RESPONSE;
}

static ImpFhirRule
rule_of_method (const char *method, gboolean has_resource)
{
  if (g_ascii_strcasecmp (method, "DELETE") == 0)
    return IMP_FHIR_RULE_WITHDRAWAL;
  if (g_ascii_strcasecmp (method, "PATCH") == 0)
    return IMP_FHIR_RULE_PATCH;
  if (!has_resource &&
      (g_ascii_strcasecmp (method, "GET") == 0 || g_ascii_strcasecmp (method, "HEAD") == 0))
    return IMP_FHIR_RULE_QUERY;
  return has_resource ? IMP_FHIR_RULE_DATA : IMP_FHIR_RULE_NOTHING;
}

ImpFhirRule
imp_fhir_entry_rule (ImpFhirBundleType type, const char *method, const char *mode,
                     const char *status, gboolean has_resource)
{
  if (method != NULL && has_requests (type))
    return rule_of_method (method, has_resource);
  if (type == IMP_FHIR_BUNDLE_SEARCHSET && mode != NULL && strcmp (mode, "outcome") == 0)
    return IMP_FHIR_RULE_OUTCOME;
  if (has_responses (type) && (!has_resource || (status != NULL && status[0] != '2')))
    return IMP_FHIR_RULE_OUTCOME;
  return has_resource ? IMP_FHIR_RULE_DATA : IMP_FHIR_RULE_NOTHING;
}

/* ---- header --------------------------------------------------------------------------------- */

static const char *
link_url (const cJSON *header, const char *relation)
{
  for (const cJSON *link = imp_json_first (imp_json_get (header, "link")); link != NULL;
       link = imp_json_next (link))
    if (g_strcmp0 (imp_json_string (link, "relation"), relation) == 0)
      return imp_json_string (link, "url");
  return NULL;
}

void
imp_fhir_bundle_read (ImpFhirBundle *self, const cJSON *header)
{
  const cJSON *identifier = imp_json_first (imp_json_get (header, "identifier"));
  const cJSON *meta = imp_json_get (header, "meta");

  self->header = header;
  self->type_word = imp_json_string (header, "type");
  self->type = imp_fhir_bundle_type (self->type_word);
  self->id = imp_json_string (header, "id");
  self->identifier_system = imp_json_string (identifier, "system");
  self->identifier_value = imp_json_string (identifier, "value");
  self->timestamp = imp_json_string (header, "timestamp");
  self->total = imp_json_string (header, "total");
  self->last_updated = imp_json_string (meta, "lastUpdated");
  self->version_id = imp_json_string (meta, "versionId");
  self->self_url = link_url (header, "self");
  self->next_url = link_url (header, "next");
}

gboolean
imp_fhir_bundle_may_have_message (ImpFhirBundleType type)
{
  return type == IMP_FHIR_BUNDLE_MESSAGE || type == IMP_FHIR_BUNDLE_TRANSACTION ||
         type == IMP_FHIR_BUNDLE_BATCH;
}

/* ---- messages ------------------------------------------------------------------------------- */

void
imp_fhir_message_read (const cJSON *header, ImpFhirMessage *out)
{
  const cJSON *event = imp_json_get (header, "eventCoding");
  const cJSON *reason = imp_json_first (imp_json_get (imp_json_get (header, "reason"), "coding"));

  *out = (ImpFhirMessage){
    .id = imp_json_string (header, "id"),
    .event_code = imp_json_string (event, "code"),
    .event_system = imp_json_string (event, "system"),
    .reason_code = imp_json_string (reason, "code"),
    .reason_system = imp_json_string (reason, "system"),
    .last_updated = imp_json_string (imp_json_get (header, "meta"), "lastUpdated"),
    .focus = imp_json_get (header, "focus"),
  };
}

gboolean
imp_fhir_message_is_carried (const char *type)
{
  static const char *const types[] = { "Patient",      "Encounter",    "AllergyIntolerance",
                                       "Coverage",     "Practitioner", "PractitionerRole",
                                       "Organization", "Location",     "MessageHeader" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ---- requests ------------------------------------------------------------------------------- */

static gboolean
is_type (const char *word)
{
  if (!g_ascii_isupper (word[0]))
    return FALSE;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isalpha (*p))
      return FALSE;
  return TRUE;
}

gboolean
imp_fhir_is_damaged (const char *text)
{
  return strstr (text, "\xef\xbf\xbd") != NULL;
}

gboolean
imp_fhir_split_url (const char *url, char **type, char **id, char **version)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  if (strpbrk (url, "?#") != NULL || g_str_has_prefix (url, "urn:"))
    return FALSE;
  parts = g_strsplit (url, "/", -1);
  n = g_strv_length (parts);
  if (version != NULL)
    *version = NULL;
  if (n >= 4 && strcmp (parts[n - 2], "_history") == 0)
    {
      if (version != NULL && parts[n - 1][0] != '\0')
        *version = g_strdup (parts[n - 1]);
      n -= 2;
    }
  if (n < 2 || !is_type (parts[n - 2]) || parts[n - 1][0] == '\0')
    {
      if (version != NULL)
        g_clear_pointer (version, g_free);
      return FALSE;
    }
  *type = g_strdup (parts[n - 2]);
  *id = g_strdup (parts[n - 1]);
  return TRUE;
}
