/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who took part in a CDA document and what it is of: CDA R2 4.2.2 and 4.2.3, spec fhir.md 7. */
#include "config.h"

#include "imp-cda-document.h"

/* (transfer full): of an element that has assignedEntity or the like. */
static char *
entity_text (const xmlNode *entity, const char *person, const char *organization)
{
  return imp_cda_document_who (imp_xml_path (entity, person), imp_xml_child (entity, organization));
}

static char *
assigned_text (const xmlNode *node)
{
  return entity_text (imp_xml_child (node, "assignedEntity"), "assignedPerson/name",
                      "representedOrganization");
}

/* ---- when ----------------------------------------------------------------------------------- */

/* A time that is none stands as it is written. */
static void
append_date (GString *out, const xmlNode *node)
{
  const char *value = imp_xml_attribute (node, "value");
  char iso[DISC_DATE_MAX];

  if (value != NULL)
    g_string_append (out, imp_cda_document_date (node, iso) ? iso : value);
}

/* A moment, or "from 〜 until" with one of them left open. */
static void
append_time (GString *out, const xmlNode *time)
{
  const xmlNode *low = imp_xml_child (time, "low");
  const xmlNode *high = imp_xml_child (time, "high");
  gboolean is_period =
      imp_xml_attribute (low, "value") != NULL || imp_xml_attribute (high, "value") != NULL;

  if (!is_period && imp_xml_attribute (time, "value") == NULL)
    return;
  g_string_append (out, out->len > 0 ? "　" : "");
  append_date (out, time);
  append_date (out, low);
  g_string_append (out, is_period ? " 〜" : "");
  g_string_append (out, imp_xml_attribute (high, "value") != NULL ? " " : "");
  append_date (out, high);
}

/* ---- who ------------------------------------------------------------------------------------ */

/* When each wrote, where it is not when the document was made: a copy is made long after. */
static void
add_author_times (ImpCdaDocument *self)
{
  const char *made = imp_xml_attribute (imp_xml_child (self->root, "effectiveTime"), "value");

  for (const xmlNode *node = imp_xml_child (self->root, "author"); node != NULL;
       node = imp_xml_next (node))
    {
      const xmlNode *time = imp_xml_child (node, "time");
      g_autoptr (GString) line = g_string_new (NULL);

      if (g_strcmp0 (imp_xml_attribute (time, "value"), made) == 0)
        continue;
      append_time (line, time);
      imp_cda_document_add_remark (self, "作成日時", line->str);
    }
}

static void
add_authenticators (ImpCdaDocument *self)
{
  for (const xmlNode *node = imp_xml_child (self->root, "authenticator"); node != NULL;
       node = imp_xml_next (node))
    {
      g_autofree char *who = assigned_text (node);
      g_autoptr (GString) line = g_string_new (who);

      append_time (line, imp_xml_child (node, "time"));
      imp_cda_document_add_remark (self, "承認者", line->str);
    }
}

/* Relatives, insurers, who may be asked: with what they are to the patient, where it says so. */
static void
add_participants (ImpCdaDocument *self)
{
  for (const xmlNode *node = imp_xml_child (self->root, "participant"); node != NULL;
       node = imp_xml_next (node))
    {
      const xmlNode *entity = imp_xml_child (node, "associatedEntity");
      g_autofree char *who = entity_text (entity, "associatedPerson/name", "scopingOrganization");
      g_autofree char *role = imp_cda_text_code (&self->body, imp_xml_child (entity, "code"));
      g_autofree char *line =
          *role != '\0' ? g_strdup_printf ("%s　%s", who, role) : g_strdup (who);

      imp_cda_document_add_remark (self, "関係者", line);
    }
}

static void
add_guardians (ImpCdaDocument *self)
{
  for (const xmlNode *target = imp_xml_child (self->root, "recordTarget"); target != NULL;
       target = imp_xml_next (target))
    {
      const xmlNode *role = imp_xml_child (target, "patientRole");
      g_autofree char *provider =
          imp_cda_document_who (NULL, imp_xml_child (role, "providerOrganization"));

      for (const xmlNode *node = imp_xml_path (role, "patient/guardian"); node != NULL;
           node = imp_xml_next (node))
        {
          g_autofree char *who = entity_text (node, "guardianPerson/name", "guardianOrganization");

          imp_cda_document_add_remark (self, "保護者", who);
        }
      imp_cda_document_add_remark (self, "診療施設", provider);
    }
}

/* ---- what ----------------------------------------------------------------------------------- */

static void
add_performers (ImpCdaDocument *self, const xmlNode *event)
{
  for (const xmlNode *node = imp_xml_child (event, "performer"); node != NULL;
       node = imp_xml_next (node))
    {
      g_autofree char *who = assigned_text (node);

      imp_cda_document_add_remark (self, "実施者", who);
    }
}

/* The time of the one that is the visit stands in the record already, unless another visit is told.
 */
static void
add_events (ImpCdaDocument *self)
{
  gboolean has_visit =
      imp_xml_path (self->root, "componentOf/encompassingEncounter/effectiveTime") != NULL;

  for (const xmlNode *node = imp_xml_child (self->root, "documentationOf"); node != NULL;
       node = imp_xml_next (node))
    {
      const xmlNode *event = imp_xml_child (node, "serviceEvent");
      g_autofree char *code = imp_cda_text_code (&self->body, imp_xml_child (event, "code"));
      g_autoptr (GString) line = g_string_new (code);

      if (has_visit || event != imp_cda_document_event (self))
        append_time (line, imp_xml_child (event, "effectiveTime"));
      imp_cda_document_add_remark (self, *code != '\0' ? "対象の行為" : "対象の期間", line->str);
      add_performers (self, event);
    }
}

static void
add_visit (ImpCdaDocument *self)
{
  const xmlNode *visit = imp_xml_path (self->root, "componentOf/encompassingEncounter");
  const xmlNode *place = imp_xml_path (visit, "location/healthCareFacility");
  g_autofree char *ward = imp_xml_text (imp_xml_path (place, "location/name"));
  g_autofree char *of =
      imp_cda_document_who (NULL, imp_xml_child (place, "serviceProviderOrganization"));
  g_autofree char *responsible = assigned_text (imp_xml_child (visit, "responsibleParty"));

  imp_cda_document_add_remark (self, "場所", ward);
  imp_cda_document_add_remark (self, "場所の施設", of);
  imp_cda_document_add_remark (self, "担当", responsible);
}

static void
add_consents (ImpCdaDocument *self)
{
  for (const xmlNode *node = imp_xml_child (self->root, "authorization"); node != NULL;
       node = imp_xml_next (node))
    {
      const xmlNode *consent = imp_xml_child (node, "consent");
      const char *state = imp_xml_attribute (imp_xml_child (consent, "statusCode"), "code");
      g_autofree char *code = imp_cda_text_code (&self->body, imp_xml_child (consent, "code"));
      g_autofree char *line = state != NULL && *state != '\0'
                                  ? g_strdup_printf ("%s（%s）", code, state)
                                  : g_strdup (code);

      imp_cda_document_add_remark (self, "同意", line);
    }
}

void
imp_cda_document_add_around (ImpCdaDocument *self)
{
  add_author_times (self);
  add_authenticators (self);
  add_events (self);
  add_visit (self);
  add_participants (self);
  add_guardians (self);
  add_consents (self);
}
