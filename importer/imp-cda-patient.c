/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose a CDA document is: recordTarget, spec fhir.md 4.3 and 7. */
#include "config.h"

#include "imp-cda-document.h"

#include <string.h>

#define HOSPITAL_NUMBERS "1.2.392.100495.20.3.51.1" /* and the ten digits of the facility */

/* ---- names ---------------------------------------------------------------------------------- */

static gboolean
has_use (const xmlNode *name, const char *use)
{
  const char *uses = imp_xml_attribute (name, "use");

  return uses != NULL && strstr (uses, use) != NULL;
}

/* HL7 V3 EntityNameUse: IDE ideographic, SYL syllabic, ABC alphabetic. Former ones are not his
 * name. */
static void
read_names (ImpCdaDocument *self, const xmlNode *patient)
{
  ImpFacts *facts = &self->out->facts;
  g_autofree char *alphabetic = NULL;

  for (const xmlNode *name = imp_xml_child (patient, "name"); name != NULL;
       name = imp_xml_next (name))
    {
      g_autofree char *text = imp_cda_document_person (name);

      if (has_use (name, "ABC"))
        alphabetic = alphabetic != NULL ? alphabetic : g_steal_pointer (&text);
      else if (has_use (name, "SYL") && facts->kana[0] == '\0')
        imp_cda_document_copy (facts->kana, sizeof facts->kana, text);
      else if (!has_use (name, "SYL") && facts->name[0] == '\0')
        imp_cda_document_copy (facts->name, sizeof facts->name, text);
    }
  if (facts->name[0] == '\0' && alphabetic != NULL)
    imp_cda_document_copy (facts->name, sizeof facts->name, alphabetic);
}

/* ---- numbers -------------------------------------------------------------------------------- */

static const char *
root_of (const xmlNode *id)
{
  const char *root = imp_xml_attribute (id, "root");

  return root != NULL && g_str_has_prefix (root, "urn:oid:") ? root + strlen ("urn:oid:") : root;
}

/* Without the ten digits it is anybody's number. */
static gboolean
is_of_hospital (const xmlNode *id, const char *facility)
{
  const char *root = root_of (id);

  return *facility != '\0' && root != NULL && g_str_has_prefix (root, HOSPITAL_NUMBERS) &&
         strcmp (root + strlen (HOSPITAL_NUMBERS), facility) == 0;
}

/* (nullable): half a number would be another patient's: one that does not fit is left out. */
static const char *
number_in (const xmlNode *id)
{
  const char *number = imp_xml_attribute (id, "extension");

  return number != NULL && *number != '\0' &&
                 strlen (number) < sizeof ((ImpFacts *) 0)->patient_id &&
                 strstr (number, "\xef\xbf\xbd") == NULL /* characters are lost: spec fhir.md 6.1 */
             ? number
             : NULL;
}

/* Of this hospital by its root, else the one that is that of the path. */
static const char *
number_of (ImpCdaDocument *self, const xmlNode *role, const char **other)
{
  const ImpCdaPlace *place = self->place;
  const char *ours = NULL;
  const char *of_path = NULL;

  *other = NULL;
  for (const xmlNode *id = imp_xml_child (role, "id"); id != NULL; id = imp_xml_next (id))
    {
      const char *number = number_in (id);

      if (number == NULL)
        continue;
      if (is_of_hospital (id, place->facility))
        {
          if (ours != NULL && strcmp (ours, number) != 0)
            *other = number;
          ours = ours != NULL ? ours : number;
        }
      else if (strcmp (number, place->name->folder_patient) == 0)
        of_path = number;
    }
  return ours != NULL ? ours : of_path;
}

static void
note_two (ImpCdaDocument *self, const char *number, const char *why)
{
  ImpFacts *facts = &self->out->facts;

  if (number != NULL && facts->other_ids[0] == '\0')
    g_strlcpy (facts->other_ids, number, sizeof facts->other_ids);
  if (facts->names_two_patients)
    return;
  facts->names_two_patients = TRUE;
  imp_mapped_add_finding (self->out, IMP_FINDING_IDENTITY_CONFLICT, "%s", why);
}

/* ---- the patient ---------------------------------------------------------------------------- */

void
imp_cda_document_patient (ImpCdaDocument *self)
{
  ImpFacts *facts = &self->out->facts;
  const xmlNode *target = imp_xml_child (self->root, "recordTarget");
  const xmlNode *patient = imp_xml_path (target, "patientRole/patient");
  const char *sex = imp_xml_attribute (imp_xml_child (patient, "administrativeGenderCode"), "code");
  const char *other;
  const char *number = number_of (self, imp_xml_child (target, "patientRole"), &other);

  if (number != NULL)
    g_strlcpy (facts->patient_id, number, sizeof facts->patient_id);
  read_names (self, patient);
  imp_cda_document_date (imp_xml_child (patient, "birthTime"), facts->birth_date);
  if (sex != NULL && (strcmp (sex, "M") == 0 || strcmp (sex, "F") == 0))
    g_strlcpy (facts->sex, sex, sizeof facts->sex);
  if (other != NULL)
    note_two (self, other, "recordTarget: two numbers of this hospital");
  /* Mother and child: in neither's chart. */
  while ((target = imp_xml_next (target)) != NULL)
    {
      number = number_of (self, imp_xml_child (target, "patientRole"), &other);
      note_two (self, number, "recordTarget: the document is about several people");
    }
}

/* The number and, behind each, whose numbering it is. */
static void
add_numbers (ImpCdaDocument *self, const xmlNode *role)
{
  for (const xmlNode *id = imp_xml_child (role, "id"); id != NULL; id = imp_xml_next (id))
    {
      const char *number = imp_xml_attribute (id, "extension");

      if (number == NULL || *number == '\0')
        continue;
      imp_cda_document_add (self, DISC_FIELD_PATIENT_ID, number);
      imp_cda_document_add (self, DISC_FIELD_ID_ROOT, root_of (id) != NULL ? root_of (id) : "-");
    }
}

/* Not those of mail and fax. */
static void
add_phones (ImpCdaDocument *self, const xmlNode *role)
{
  for (const xmlNode *phone = imp_xml_child (role, "telecom"); phone != NULL;
       phone = imp_xml_next (phone))
    {
      const char *value = imp_xml_attribute (phone, "value");

      if (value != NULL && g_ascii_strncasecmp (value, "tel:", 4) == 0)
        value += 4;
      if (value != NULL && strchr (value, ':') == NULL)
        imp_cda_document_add (self, DISC_FIELD_PHONE, value);
    }
}

void
imp_cda_document_add_patient (ImpCdaDocument *self)
{
  for (const xmlNode *target = imp_xml_child (self->root, "recordTarget"); target != NULL;
       target = imp_xml_next (target))
    {
      const xmlNode *role = imp_xml_child (target, "patientRole");

      add_numbers (self, role);
      for (const xmlNode *addr = imp_xml_child (role, "addr"); addr != NULL;
           addr = imp_xml_next (addr))
        imp_cda_document_take (self, DISC_FIELD_ADDRESS, imp_xml_text (addr));
      add_phones (self, role);
    }
}
