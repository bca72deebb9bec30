/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-order.h"
#include "imp-limits.h"
#include "imp-text.h"

#define FIRST_YEAR "1868"
#define MAX_DAYS 36500 /* a supply of a hundred years is a typing error */

/* ---- the record to come --------------------------------------------------------------------- */

const char *
imp_fhir_keep (ImpFhirMapper *self, char *text)
{
  g_autofree char *owned = text;

  if (owned == NULL || *owned == '\0')
    return NULL;
  return g_string_chunk_insert (self->strings, owned);
}

/* Spec fhir.md 5.2, E15: what is no date, or of before Meiji, is no time to sort or to filter by.
 */
static gboolean
read_time (const char *text, char *out)
{
  if (imp_fhir_time_in_japan (text, out) && strcmp (out, FIRST_YEAR) >= 0)
    return TRUE;
  *out = '\0';
  return FALSE;
}

/* Once for a resource: several elements may be tried for its date. */
static void
tell_date (ImpFhirMapper *self, const char *what)
{
  if (g_hash_table_add (self->missing, g_strdup (what)))
    imp_mapped_add_finding (self->out, IMP_FINDING_DATE_MISMATCH, "%s: %s", self->type, what);
}

void
imp_fhir_set_at (ImpFhirMapper *self, const char *text)
{
  ImpFacts *facts = &self->out->facts;
  char iso[DISC_DATE_MAX];

  self->at = text;
  if (text == NULL)
    return;
  if (!read_time (text, iso))
    tell_date (self, "a date that cannot be right, kept as it is written");
  else if (strspn (text, "0123456789") > strlen ("2025"))
    tell_date (self, "a date without hyphens");
  if (facts->clinical_at[0] == '\0')
    g_strlcpy (facts->clinical_at, iso, sizeof facts->clinical_at);
}

void
imp_fhir_set_reach (ImpFhirMapper *self, const char *text)
{
  ImpFacts *facts = &self->out->facts;
  char iso[DISC_DATE_MAX];

  if (read_time (text, iso) && strcmp (iso, facts->reaches_to) > 0)
    g_strlcpy (facts->reaches_to, iso, sizeof facts->reaches_to);
}

void
imp_fhir_set_reach_days (ImpFhirMapper *self, const char *start, const char *days)
{
  g_autofree char *last = NULL;
  char iso[DISC_DATE_MAX];
  double n =
      days != NULL && imp_json_is_number (days, strlen (days)) ? g_ascii_strtod (days, NULL) : 0;
  gint64 day;

  if (n < 1 || n > MAX_DAYS || !imp_fhir_time_in_japan (start, iso))
    return;
  day = disc_date_to_day (iso);
  if (day == G_MININT64)
    return;
  last = disc_date_from_day (day + (gint64) n - 1);
  imp_fhir_set_reach (self, last);
}

void
imp_fhir_warn (ImpFhirMapper *self, const char *word)
{
  if (!g_ptr_array_find_with_equal_func (self->warnings, word, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, (gpointer) word);
}

static void
add_resource (ImpFhirMapper *self)
{
  const char *id = imp_json_string (self->resource, "id");

  if (id != NULL)
    imp_fhir_take (self, DISC_FIELD_RESOURCE, g_strdup_printf ("%s/%s", self->type, id));
}

/* A fact that a document tells without a date of its own is true as of the document (spec
 * fhir.md 1.2): it is shown with that date, and the window does not go by it. Who somebody is has
 * no date. */
static const char *
shown_at (const ImpFhirMapper *self, DiscKind kind)
{
  if (self->at != NULL || self->document == NULL || kind == DISC_KIND_DEMOGRAPHICS ||
      kind == DISC_KIND_CONTACT || kind == DISC_KIND_COVERAGE)
    return self->at;
  return imp_json_string (self->document, "date");
}

void
imp_fhir_begin_as (ImpFhirMapper *self, DiscKind kind, ImpFhirState state)
{
  ImpFhirState strict = imp_fhir_state_stricter (self->state, state);

  disc_record_builder_begin (self->out->records, kind, strict.status, strict.is_live);
  self->is_begun = TRUE;
  add_resource (self);
  imp_fhir_add (self, DISC_FIELD_AT, shown_at (self, kind));
  imp_fhir_add (self, DISC_FIELD_TITLE, self->title);
  imp_fhir_add (self, DISC_FIELD_DEPARTMENT, self->department);
  imp_fhir_add (self, DISC_FIELD_AUTHOR, self->author);
  imp_fhir_add (self, DISC_FIELD_ENTERED_BY, self->entered_by);
  imp_fhir_add (self, DISC_FIELD_ORDER_NO, self->order_no);
  imp_fhir_add (self, DISC_FIELD_REPORTED_AT, self->reported_at);
  imp_fhir_add (self, DISC_FIELD_WARNING, strict.warning);
  for (guint i = 0; i < self->warnings->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->warnings, i), strict.warning) != 0)
      imp_fhir_add (self, DISC_FIELD_WARNING, g_ptr_array_index (self->warnings, i));
  imp_fhir_add (self, DISC_FIELD_TEXT, self->text);
}

void
imp_fhir_begin (ImpFhirMapper *self, DiscKind kind)
{
  imp_fhir_begin_as (self, kind, self->state);
}

void
imp_fhir_item (ImpFhirMapper *self)
{
  disc_record_builder_item (self->out->records);
  if (!self->has_item)
    imp_fhir_add_around (self);
  self->has_item = TRUE;
}

/* ---- adding --------------------------------------------------------------------------------- */

void
imp_fhir_add (ImpFhirMapper *self, DiscField field, const char *text)
{
  g_autofree char *unturned = text != NULL ? imp_text_unturned (text) : NULL;
  gsize len;

  g_return_if_fail (self->is_begun);
  if (unturned != NULL)
    text = unturned;
  len = text != NULL ? imp_text_cut_string (text, IMP_MAX_VALUE_BYTES) : 0;
  if (len == 0)
    return;
  disc_record_builder_add (self->out->records, field, text, (gssize) len);
  if (text[len] == '\0')
    return;
  self->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
  imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                          "too long to be shown whole: the rest is in the source message");
}

void
imp_fhir_take (ImpFhirMapper *self, DiscField field, char *text)
{
  g_autofree char *owned = text;

  imp_fhir_add (self, field, owned);
}

void
imp_fhir_comment (ImpFhirMapper *self, const char *label, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  imp_fhir_take (self, DISC_FIELD_COMMENT,
                 label != NULL ? g_strdup_printf ("%s：%s", label, text) : g_strdup (text));
}

void
imp_fhir_add_path (ImpFhirMapper *self, DiscField field, const cJSON *node, const char *path)
{
  imp_fhir_add (self, field, imp_fhir_string (node, path));
}

/* One coding beside the one that is shown. */
static void
add_other (ImpFhirMapper *self, const cJSON *coding)
{
  imp_fhir_add_path (self, DISC_FIELD_OTHER_CODE, coding, "code");
  imp_fhir_add_path (self, DISC_FIELD_OTHER_NAME, coding, "display");
  imp_fhir_add_path (self, DISC_FIELD_OTHER_SYSTEM, coding, "system");
}

void
imp_fhir_add_codings (ImpFhirMapper *self, const cJSON *concept, const char *shown)
{
  const cJSON *best = imp_fhir_code (concept);
  const char *display = imp_fhir_string (best, "display");

  imp_fhir_add_path (self, DISC_FIELD_CODE, best, "code");
  imp_fhir_add_path (self, DISC_FIELD_SYSTEM, best, "system");
  if (display != NULL && !imp_fhir_same_words (display, shown))
    imp_fhir_add (self, DISC_FIELD_OTHER_NAME, display);
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    if (coding != best)
      add_other (self, coding);
}

void
imp_fhir_add_concept (ImpFhirMapper *self, DiscField name, const cJSON *concept)
{
  for (const cJSON *one = imp_json_first (concept); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *text = imp_fhir_concept_text (one);

      imp_fhir_add (self, name, text);
      imp_fhir_add_codings (self, one, text);
    }
}

void
imp_fhir_add_words (ImpFhirMapper *self, DiscField field, const cJSON *concepts)
{
  for (const cJSON *one = imp_json_first (concepts); one != NULL; one = imp_json_next (one))
    imp_fhir_take (self, field, imp_fhir_words (one));
}

gboolean
imp_fhir_add_quantity (ImpFhirMapper *self, DiscField value, DiscField unit, const cJSON *quantity)
{
  ImpFhirQuantity parts;

  if (!imp_fhir_quantity (quantity, &parts))
    return FALSE;
  imp_fhir_take (self, value, imp_fhir_quantity_text (&parts));
  imp_fhir_add (self, unit, parts.unit);
  return TRUE;
}

char *
imp_fhir_note_text (ImpFhirMapper *self, const cJSON *note)
{
  const char *text = cJSON_IsObject (note) ? imp_json_string (note, "text") : imp_json_text (note);
  const char *time = imp_json_string (note, "time");
  const char *name = imp_json_string (note, "authorString");
  g_autofree char *actor = imp_fhir_actor (self, imp_json_get (note, "authorReference"));
  GString *out;

  if (text == NULL)
    return NULL;
  out = g_string_new (text);
  if (name == NULL)
    name = actor;
  if (time != NULL || name != NULL)
    g_string_append_printf (out, "（%s%s%s）", name != NULL ? name : "",
                            time != NULL && name != NULL ? " " : "", time != NULL ? time : "");
  return g_string_free (out, FALSE);
}

void
imp_fhir_add_notes (ImpFhirMapper *self, const cJSON *node)
{
  for (const cJSON *note = imp_json_first (imp_json_get (node, "note")); note != NULL;
       note = imp_json_next (note))
    imp_fhir_take (self, DISC_FIELD_COMMENT, imp_fhir_note_text (self, note));
}

void
imp_fhir_add_status (ImpFhirMapper *self)
{
  const cJSON *reason = imp_json_get (self->resource, "statusReason");

  imp_fhir_add (self, DISC_FIELD_STATUS, self->state.word);
  if (reason == NULL)
    reason = imp_json_get (self->resource, "statusReasonCodeableConcept");
  imp_fhir_add_words (self, DISC_FIELD_REASON, reason);
}
