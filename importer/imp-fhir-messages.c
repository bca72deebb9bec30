/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-set.h"

#include <string.h>

#include "imp-fhir-bundle.h"
#include "imp-fhir-fate.h"
#include "imp-fhir-system.h"

/*
 * What messages say of what they carry, beyond that it was cancelled (spec fhir.md 1.2): they ask for something
 * else than new data, or a later version of the message no longer lists it. Neither proves that it does not
 * hold: it stays live, and is marked.
 */

#define TIME_DIGITS 17 /* behind "<id>." of focus.display */
#define MAX_VERSIONS 1000 /* of one message */

typedef struct
{
  char *key;       /* source and id of the header */
  guint32 number;  /* of the Bundle */
} Version;

static void
clear_version (gpointer data)
{
  g_free (((Version *) data)->key);
}

static const cJSON *
header_of (ImpFhirStore *store, ImpFhirFinder *finder, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (store, number);

  return bundle->type == IMP_FHIR_BUNDLE_MESSAGE && bundle->message > 0
             ? imp_fhir_finder_tree (finder, bundle->message - 1)
             : NULL;
}

/* A word of v2-0119, and neither new data nor the end of it, which is known before. */
static gboolean
asks_for_else (const cJSON *header)
{
  ImpFhirMessage message;

  imp_fhir_message_read (header, &message);
  return message.reason_code != NULL && *message.reason_code != '\0' &&
         strcmp (message.reason_code, "NW") != 0 && strcmp (message.reason_code, "CA") != 0 &&
         (message.reason_system == NULL || imp_fhir_system_ends (message.reason_system, "0119"));
}

/* "Type/id", or its fullUrl, or "<id>.<time>" as the display. */
static gboolean
names (const cJSON *focus, const char *type, const char *id, const char *full_url)
{
  const char *reference = imp_json_string (focus, "reference");
  const char *display = imp_json_string (focus, "display");
  const char *dot = display != NULL ? strrchr (display, '.') : NULL;
  g_auto (ImpFhirReference) parsed = { 0 };

  if (reference != NULL && *full_url != '\0' && g_ascii_strcasecmp (reference, full_url) == 0)
    return TRUE;
  if (id == NULL)
    return FALSE;
  imp_fhir_reference (focus, &parsed);
  if (g_strcmp0 (parsed.type, type) == 0 && g_strcmp0 (parsed.id, id) == 0)
    return TRUE;
  return dot != NULL && strlen (dot + 1) == TIME_DIGITS && strlen (id) == (gsize) (dot - display) &&
         strncmp (display, id, strlen (id)) == 0;
}

/* Whether @header, a later one, lists what @entry is. */
static gboolean
is_listed (ImpFhirStore *store, ImpFhirStoreReader *reader, ImpFhirFinder *finder,
           const cJSON *header, guint32 entry)
{
  const char *type = imp_fhir_store_type (store, imp_fhir_store_entry (store, entry));
  const char *id = imp_json_string (imp_fhir_finder_tree (finder, entry), "id");
  ImpFhirStored stored;

  if (!imp_fhir_store_read (reader, entry, &stored, NULL))
    return TRUE;
  for (const cJSON *focus = imp_json_first (imp_json_get (header, "focus")); focus != NULL;
       focus = imp_json_next (focus))
    if (names (focus, type, id, stored.full_url))
      return TRUE;
  return FALSE;
}

/* @later: (nullable): header of the version that lists what holds */
static void
mark (ImpFhirStore *store, ImpFhirFinder *finder, guint32 number, const cJSON *later, guint8 fate)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (store, number);
  g_autoptr (ImpFhirStoreReader) reader = imp_fhir_store_reader_new (store);

  imp_fhir_finder_begin (finder, bundle->message - 1, NULL);
  for (guint32 i = bundle->first; i < bundle->end; i++)
    {
      ImpFhirEntry *entry = imp_fhir_store_entry (store, i);

      if (entry->bundle == number && entry->fate == IMP_FHIR_FATE_LIVE && i + 1 != bundle->message &&
          !imp_fhir_message_is_carried (imp_fhir_store_type (store, entry)) &&
          (later == NULL || !is_listed (store, reader, finder, later, i)))
        entry->fate = fate;
    }
}

static void
add_version (ImpFhirStore *store, const cJSON *header, guint32 number, GArray *versions)
{
  const char *id = imp_json_string (header, "id");
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (store, number);
  guint source = imp_fhir_store_file (store, bundle->file)->source;
  Version version = { NULL, number };

  if (id == NULL || bundle->timestamp == NULL)
    return;
  version.key = g_strdup_printf ("%u %s", source, id);
  g_array_append_val (versions, version);
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const Version *x = a;
  const Version *y = b;
  int order = strcmp (x->key, y->key);

  return order != 0 ? order : (int) (x->number > y->number) - (int) (x->number < y->number);
}

static gboolean
is_later (ImpFhirStore *store, guint32 number, guint32 than)
{
  int order;

  return imp_fhir_compare_times (imp_fhir_store_bundle (store, number)->timestamp,
                                 imp_fhir_store_bundle (store, than)->timestamp, &order) &&
         order > 0;
}

/* Of one message from @first on to before @end: what the newest lacks. */
static void
settle (ImpFhirStore *store, ImpFhirFinder *finder, GArray *versions, guint first, guint end)
{
  guint32 newest = g_array_index (versions, Version, first).number;
  g_autoptr (cJSON) header = NULL;

  for (guint i = first + 1; i < end; i++)
    if (is_later (store, g_array_index (versions, Version, i).number, newest))
      newest = g_array_index (versions, Version, i).number;
  header = cJSON_Duplicate (header_of (store, finder, newest), TRUE);
  if (imp_json_first (imp_json_get (header, "focus")) == NULL)
    return; /* it says nothing of what holds */
  for (guint i = first; i < end && i - first < MAX_VERSIONS; i++)
    if (is_later (store, newest, g_array_index (versions, Version, i).number))
      mark (store, finder, g_array_index (versions, Version, i).number, header, IMP_FHIR_FATE_UNLISTED);
}

void
imp_fhir_messages (ImpFhirStore *store, ImpFhirFinder *finder)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (Version));
  guint end;

  g_array_set_clear_func (versions, clear_version);
  for (guint32 i = 1; i <= imp_fhir_store_n_bundles (store); i++)
    {
      const cJSON *header;

      if (imp_fhir_store_bundle (store, i)->message == 0)
        continue;
      imp_fhir_finder_begin (finder, imp_fhir_store_bundle (store, i)->message - 1, NULL);
      header = header_of (store, finder, i);
      if (header == NULL)
        continue;
      add_version (store, header, i, versions);
      if (asks_for_else (header))
        mark (store, finder, i, NULL, IMP_FHIR_FATE_ASKED);
    }
  g_array_sort (versions, compare_versions);
  for (guint first = 0; first < versions->len; first = end)
    {
      for (end = first + 1; end < versions->len; end++)
        if (strcmp (g_array_index (versions, Version, first).key,
                    g_array_index (versions, Version, end).key) != 0)
          break;
      if (end - first > 1)
        settle (store, finder, versions, first, end);
    }
}
