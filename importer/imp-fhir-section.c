/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-line.h"

#include <string.h>

/*
 * Sections of a Composition in words (spec fhir.md 3.8): title, narrative, entries that the
 * narrative does not name, why it is empty. Narrative and entries may disagree: both stand as they
 * are.
 */

#define MAX_ENTRIES 5000 /* of one section, looked at */

static void write_sections (ImpFhirMapper *self, const cJSON *sections, GString *out, guint level);

static void
write_title (const cJSON *section, GString *out, guint level)
{
  const char *title = imp_json_string (section, "title");
  g_autofree char *code = imp_fhir_words (imp_json_get (section, "code"));

  if (out->len > 0)
    g_string_append (out, level == 0 ? "\n\n" : "\n");
  for (guint i = 0; i < level; i++)
    g_string_append (out, "　");
  g_string_append_printf (out, "■ %s\n",
                          title != NULL  ? title
                          : code != NULL ? code
                                         : "（表題なし）");
}

/* One entry, unless the narrative names it. Returns: whether it was found */
static gboolean
write_entry (ImpFhirMapper *self, const cJSON *reference, const char *folded, GString *out)
{
  gboolean found;
  g_autofree char *label = imp_fhir_reference_label (self, reference, &found);
  g_autofree char *own = label != NULL ? imp_fhir_fold (label) : NULL;

  if (own != NULL && *own != '\0' && strstr (folded, own) == NULL)
    {
      imp_fhir_line (out, NULL, "・");
      g_string_append (out, label);
    }
  return found || label != NULL;
}

static void
write_entries (ImpFhirMapper *self, const cJSON *section, const char *narrative, GString *out)
{
  g_autofree char *folded = imp_fhir_fold (narrative != NULL ? narrative : "");
  guint n = 0, n_lost = 0;

  for (const cJSON *one = imp_json_first (imp_json_get (section, "entry"));
       one != NULL && n < MAX_ENTRIES && !imp_fhir_is_full (out); one = imp_json_next (one), n++)
    if (!write_entry (self, one, folded, out))
      {
        n_lost++;
        imp_fhir_need (self, one, NULL, "Composition.section.entry");
      }
  if (n_lost > 0)
    imp_fhir_line_take (out, NULL, g_strdup_printf ("［参照先なし：%u件］", n_lost));
}

/* Whom it is about, if not the patient; who wrote it, if not the author of the whole. */
static void
write_about (ImpFhirMapper *self, const cJSON *section, GString *out)
{
  imp_fhir_line_references (self, out, "対象", imp_json_get (section, "focus"));
  for (const cJSON *one = imp_json_first (imp_json_get (section, "author")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_line_take (out, "記載者", imp_fhir_actor (self, one));
}

static void
write_section (ImpFhirMapper *self, const cJSON *section, GString *out, guint level)
{
  const cJSON *reason = imp_json_get (section, "emptyReason");
  const cJSON *inner = imp_json_get (section, "section");
  g_autofree char *narrative = imp_fhir_tell_narrative (self, imp_json_get (section, "text"));
  gsize before;

  write_title (section, out, level);
  before = out->len;
  write_about (self, section, out);
  imp_fhir_line (out, NULL, narrative);
  write_entries (self, section, narrative, out);
  if (reason != NULL)
    imp_fhir_line_take (out, NULL, imp_fhir_empty_words (reason));
  if (out->len == before && imp_json_first (inner) == NULL)
    imp_fhir_line (out, NULL, "記載なし");
  if (out->len > before)
    g_string_append_c (out, '\n');
  write_sections (self, inner, out, level + 1);
}

static void
write_sections (ImpFhirMapper *self, const cJSON *sections, GString *out, guint level)
{
  const cJSON *first = imp_json_first (sections);

  if (first != NULL && level >= IMP_FHIR_MAX_NESTING_OF_TEXT)
    {
      imp_fhir_line (out, NULL, "［これより深い節は原データにあります］");
      imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                              "Composition.section: nested too deep");
      return;
    }
  for (const cJSON *one = first; one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    {
      while (out->len > 0 && out->str[out->len - 1] == '\n')
        g_string_truncate (out, out->len - 1);
      write_section (self, one, out, level);
    }
}

void
imp_fhir_sections (ImpFhirMapper *self, const cJSON *sections, GString *out)
{
  write_sections (self, sections, out, 0);
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
}
