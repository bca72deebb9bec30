/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir-map-fixture.h"

#include <locale.h>
#include <string.h>

#include "disc-record.h"

static cJSON *
parse (const char *json)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  cJSON *tree = imp_json_parse (json, strlen (json), &report, &error);

  g_assert_no_error (error);
  return tree;
}

/* ---- references ------------------------------------------------------------------------------ */

static const cJSON *
find_other (const cJSON *reference, const char *type, gpointer data)
{
  const char *wanted = imp_json_string (reference, "reference");
  const cJSON *others = data;

  if (wanted == NULL)
    return NULL;
  for (const cJSON *one = imp_json_first (others); one != NULL; one = imp_json_next (one))
    {
      const char *own = imp_json_string (one, "resourceType");
      const char *id = imp_json_string (one, "id");
      g_autofree char *name = g_strdup_printf ("%s/%s", own, id);

      if (strcmp (name, wanted) == 0 && (type == NULL || strcmp (type, own) == 0))
        return one;
    }
  return NULL;
}

/* ---- records to lines ------------------------------------------------------------------------ */

static void
print_records (GString *out, ImpMapped *mapped)
{
  DiscRecordIter iter;
  gboolean begins_item = FALSE;
  const guint8 *data;
  gsize len;

  data = disc_record_builder_get (mapped->records, &len);
  disc_record_iter_init (&iter, data, len);
  for (DiscToken token = disc_record_iter_next (&iter); token != DISC_TOKEN_END;
       token = disc_record_iter_next (&iter))
    switch (token)
      {
      case DISC_TOKEN_RECORD:
        g_string_append_printf (out, "%s %s %s\n", disc_kind_name (iter.kind),
                                disc_status_name (iter.status), iter.live ? "live" : "dead");
        break;
      case DISC_TOKEN_ITEM:
        if (begins_item)
          g_string_append (out, "- \n");
        begins_item = TRUE;
        break;
      case DISC_TOKEN_VALUE:
        g_string_append_printf (out, "%s%s=%s\n", begins_item ? "- " : "  ",
                                disc_field_name (iter.field), iter.value);
        begins_item = FALSE;
        break;
      default:
        g_error ("not the encoding of records");
      }
}

static void
print_facts (GString *out, ImpMapped *mapped, ImpFhirAge age)
{
  const ImpFacts *facts = &mapped->facts;

  g_string_append_printf (out, "age %s\n", age == IMP_FHIR_AGE_KEPT ? "kept" : "dated");
  if (facts->clinical_at[0] != '\0')
    g_string_append_printf (out, "clinical_at=%s\n", facts->clinical_at);
  if (facts->reaches_to[0] != '\0')
    g_string_append_printf (out, "reaches_to=%s\n", facts->reaches_to);
  if (facts->sent_at[0] != '\0')
    g_string_append_printf (out, "sent_at=%s\n", facts->sent_at);
  for (guint i = 0; i < mapped->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (mapped->findings, i);

      g_string_append_printf (out, "finding %s: %s\n", imp_finding_code_name (finding->code),
                              finding->detail);
    }
}

char *
fhir_map_dump_tree (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                    const ImpFhirLookup *lookup)
{
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  GString *out = g_string_new (NULL);
  ImpFhirAge age = IMP_FHIR_AGE_DATED;

  imp_fhir_map_by (map, resource, document, lookup, &age, mapped);
  print_records (out, mapped);
  print_facts (out, mapped, age);
  return g_string_free (out, FALSE);
}

char *
fhir_map_dump (ImpFhirMapType map, const char *json, const char *others, const char *document)
{
  g_autoptr (cJSON) resource = parse (json);
  g_autoptr (cJSON) list = others != NULL ? parse (others) : NULL;
  g_autoptr (cJSON) composition = document != NULL ? parse (document) : NULL;
  ImpFhirLookup lookup = { find_other, list };

  setlocale (LC_ALL, ""); /* or the messages of a failure are question marks */
  return fhir_map_dump_tree (map, resource, composition, list != NULL ? &lookup : NULL);
}

/* ---- comparing ------------------------------------------------------------------------------- */

static const char *
bare (const char *line)
{
  while (*line == ' ')
    line++;
  return g_str_has_prefix (line, "- ") ? line + 2 : line;
}

/* Position behind the first line at or after @from that is @wanted, or -1. */
static int
find_line (char **lines, int from, const char *wanted, gboolean is_prefix)
{
  for (int i = from; lines[i] != NULL; i++)
    if (is_prefix ? g_str_has_prefix (bare (lines[i]), wanted)
                  : strcmp (bare (lines[i]), wanted) == 0)
      return i + 1;
  return -1;
}

void
fhir_map_expect (const char *dump, const char *lines)
{
  g_auto (GStrv) found = g_strsplit (dump, "\n", -1);
  g_auto (GStrv) wanted = g_strsplit (lines, "\n", -1);
  int at = 0;

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      const char *line = bare (wanted[i]);

      if (*line == '\0')
        continue;
      if (*line == '~')
        {
          if (find_line (found, 0, line + 1, TRUE) >= 0)
            g_error ("there is a line '%s' in:\n%s", line + 1, dump);
          continue;
        }
      at = find_line (found, at, line, FALSE);
      if (at < 0)
        g_error ("no line '%s', or not in this order, in:\n%s", line, dump);
    }
}

void
fhir_map_check (ImpFhirMapType map, const char *json, const char *lines)
{
  g_autofree char *dump = fhir_map_dump (map, json, NULL, NULL);

  fhir_map_expect (dump, lines);
}

void
fhir_map_check_cases (ImpFhirMapType map, const FhirMapCase *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_test_message ("%s", cases[i].name);
      fhir_map_check (map, cases[i].json, cases[i].lines);
    }
}
