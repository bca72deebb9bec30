/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-operation.h"

#include <string.h>

/* "<id>.<YYYYMMDDHHMMSSFFF>" */
#define TIME_DIGITS 17

/* ---- focus ---------------------------------------------------------------------------------- */

static const char *
time_of_display (const char *display)
{
  const char *dot = display != NULL ? strrchr (display, '.') : NULL;

  if (dot == NULL || strlen (dot + 1) != TIME_DIGITS ||
      dot[1 + strspn (dot + 1, G_CSET_DIGITS)] != '\0')
    return NULL;
  return dot + 1;
}

static gboolean
is_named_by (const cJSON *focus, const ImpFhirItem *item, const char *id)
{
  const char *reference = imp_json_string (focus, "reference");
  const char *display = imp_json_string (focus, "display");
  const char *time = time_of_display (display);
  g_autofree char *type = NULL;
  g_autofree char *own = NULL;

  if (reference != NULL && item->full_url != NULL &&
      g_ascii_strcasecmp (reference, item->full_url) == 0)
    return TRUE;
  if (id == NULL)
    return FALSE;
  if (reference != NULL && imp_fhir_split_url (reference, &type, &own, NULL))
    return strcmp (type, item->type) == 0 && strcmp (own, id) == 0;
  return time != NULL && strlen (id) == (gsize) (time - 1 - display) &&
         strncmp (display, id, strlen (id)) == 0;
}

/* (nullable) */
static const cJSON *
find_focus (const ImpFhirItem *item, const char *id)
{
  const cJSON *list = item->bundle != NULL ? imp_json_get (item->bundle->message, "focus") : NULL;

  for (const cJSON *focus = imp_json_first (list); focus != NULL; focus = imp_json_next (focus))
    if (is_named_by (focus, item, id))
      return focus;
  return NULL;
}

gboolean
imp_fhir_is_cancelled (const ImpFhirItem *item)
{
  const char *id = imp_json_string (item->resource, "id");
  ImpFhirMessage message;

  if (item->bundle == NULL || item->bundle->type != IMP_FHIR_BUNDLE_MESSAGE ||
      item->bundle->message == NULL || imp_fhir_message_is_carried (item->type))
    return FALSE;
  imp_fhir_message_read (item->bundle->message, &message);
  if (g_strcmp0 (message.reason_code, "CA") != 0)
    return FALSE;
  return imp_json_first (message.focus) == NULL || find_focus (item, id) != NULL;
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* Shorter ones may be those of another message, of another patient. */
#define MIN_ID_BYTES 8

static gboolean
is_local_id (const ImpFhirItem *item, const char *id)
{
  if (id == NULL || imp_fhir_is_damaged (id))
    return TRUE;
  if (item->bundle == NULL)
    return FALSE;
  switch (item->bundle->type)
    {
    case IMP_FHIR_BUNDLE_DOCUMENT:
    case IMP_FHIR_BUNDLE_COLLECTION:
    case IMP_FHIR_BUNDLE_UNKNOWN:
      return TRUE;
    case IMP_FHIR_BUNDLE_MESSAGE:
      return imp_fhir_message_is_carried (item->type) || strlen (id) < MIN_ID_BYTES ||
             g_str_has_prefix (id, "Inline-Instance");
    default:
      return FALSE;
    }
}

/* (transfer full) (nullable) */
static char *
key_of (const ImpFhirItem *item, const ImpFhirOrigin *origin, const char *id)
{
  g_autofree char *url = NULL;

  if (is_local_id (item, id))
    {
      if (item->full_url != NULL && g_ascii_strncasecmp (item->full_url, "urn:uuid:", 9) == 0)
        {
          url = g_ascii_strdown (item->full_url, -1);
          return g_strdup_printf ("%s %s", origin->source, url);
        }
      return item->resource != NULL
                 ? g_strdup_printf ("%s %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, origin->source,
                                    origin->bundle, origin->entry)
                 : NULL;
    }
  return g_strdup_printf ("%s %s/%s", origin->source, item->type, id);
}

/* (transfer full) (nullable): of the resource; of a request without one, what its URL names. */
static char *
id_of (const ImpFhirItem *item)
{
  g_autofree char *type = NULL;
  char *id = NULL;

  if (item->resource != NULL && imp_json_string (item->resource, "id") != NULL)
    return g_strdup (imp_json_string (item->resource, "id"));
  if (item->url != NULL && imp_fhir_split_url (item->url, &type, &id, NULL) &&
      strcmp (type, item->type) != 0)
    g_clear_pointer (&id, g_free);
  return id;
}

static const char *
keep (GStringChunk *strings, const char *text)
{
  return text != NULL ? g_string_chunk_insert (strings, text) : NULL;
}

gboolean
imp_fhir_operation (const ImpFhirItem *item, const ImpFhirOrigin *origin, GStringChunk *strings,
                    ImpFhirOperation *out)
{
  g_autofree char *id = id_of (item);
  g_autofree char *key = key_of (item, origin, id);
  const cJSON *meta = imp_json_get (item->resource, "meta");
  const ImpFhirBundle *bundle = item->bundle;

  if (key == NULL || (item->rule != IMP_FHIR_RULE_DATA && item->rule != IMP_FHIR_RULE_WITHDRAWAL))
    return FALSE;
  *out = (ImpFhirOperation){
    .step = item->rule == IMP_FHIR_RULE_WITHDRAWAL || imp_fhir_is_cancelled (item)
                ? IMP_FHIR_STEP_WITHDRAW
                : IMP_FHIR_STEP_DATA,
    .key = keep (strings, key),
    .focus_time =
        keep (strings, time_of_display (imp_json_string (find_focus (item, id), "display"))),
    .version_id = keep (strings, imp_json_string (meta, "versionId")),
    .last_updated = keep (strings, imp_json_string (meta, "lastUpdated")),
    .bundle_time = bundle != NULL ? keep (strings, bundle->timestamp) : NULL,
    .transaction_time = keep (strings, origin->transaction_time),
    .method = keep (strings, item->method),
    .bundle = origin->bundle,
    .is_transaction = bundle != NULL && bundle->type == IMP_FHIR_BUNDLE_TRANSACTION,
    .is_history = bundle != NULL && bundle->type == IMP_FHIR_BUNDLE_HISTORY,
    .entry = origin->entry,
  };
  return TRUE;
}
