/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-cda.h"

#include <string.h>

#include "imp-cda-text.h"
#include "imp-limits.h"
#include "imp-map-file.h"

#define HOSPITAL_NUMBERS "1.2.392.100495.20.3.51.1" /* and the ten digits of the facility */
#define IDEOGRAPHIC_BLANK "\xE3\x80\x80"

/** Everything at hand while one document is mapped. */
typedef struct
{
  const xmlNode *root;
  const ImpCdaPlace *place;
  ImpMapped *out;
  ImpCdaText body;
} Cda;

static void
add (Cda *cda, DiscField field, const char *text)
{
  if (text != NULL && *text != '\0')
    disc_record_builder_add (cda->out->records, field, text, -1);
}

/* Adds and frees. */
static void
take (Cda *cda, DiscField field, char *text)
{
  add (cda, field, text);
  g_free (text);
}

static gboolean
read_date (const xmlNode *node, char *iso)
{
  const char *value = imp_xml_attribute (node, "value");

  iso[0] = '\0';
  return value != NULL && disc_date_from_hl7 (value, strlen (value), iso);
}

/* ---- people --------------------------------------------------------------------------------- */

/* (transfer full): family and given name, or the name as it stands. */
static char *
person_name (const xmlNode *name)
{
  g_autofree char *family = imp_xml_text (imp_xml_child (name, "family"));
  GString *out = g_string_new (family);

  for (const xmlNode *given = imp_xml_child (name, "given"); given != NULL; given = imp_xml_next (given))
    {
      g_autofree char *text = imp_xml_text (given);

      if (*text != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? IDEOGRAPHIC_BLANK : "", text);
    }
  if (out->len > 0)
    return g_string_free (out, FALSE);
  g_string_free (out, TRUE);
  return imp_xml_text (name);
}

static void
read_names (Cda *cda, const xmlNode *patient)
{
  ImpFacts *facts = &cda->out->facts;

  for (const xmlNode *name = imp_xml_child (patient, "name"); name != NULL; name = imp_xml_next (name))
    {
      const char *use = imp_xml_attribute (name, "use");
      g_autofree char *text = person_name (name);
      gboolean is_kana = use != NULL && strstr (use, "SYL") != NULL;

      if (use != NULL && strstr (use, "ABC") != NULL)
        continue;
      if (is_kana && facts->kana[0] == '\0')
        g_strlcpy (facts->kana, text, sizeof facts->kana);
      else if (!is_kana && facts->name[0] == '\0')
        g_strlcpy (facts->name, text, sizeof facts->name);
    }
}

/* Whose number stands under this identifier's root. */
static gboolean
is_of_hospital (const char *root, const char *facility)
{
  if (root != NULL && g_str_has_prefix (root, "urn:oid:"))
    root += strlen ("urn:oid:");
  return root != NULL && g_str_has_prefix (root, HOSPITAL_NUMBERS) &&
         strcmp (root + strlen (HOSPITAL_NUMBERS), facility) == 0;
}

static const char *
number_of (Cda *cda, const xmlNode *role)
{
  const char *theirs = NULL;

  for (const xmlNode *id = imp_xml_child (role, "id"); id != NULL; id = imp_xml_next (id))
    {
      const char *number = imp_xml_attribute (id, "extension");

      if (number == NULL || *number == '\0')
        continue;
      if (is_of_hospital (imp_xml_attribute (id, "root"), cda->place->facility))
        return number;
      if (strcmp (number, cda->place->name->folder_patient) == 0)
        theirs = number;
    }
  return theirs;
}

static void
read_patient (Cda *cda)
{
  ImpFacts *facts = &cda->out->facts;
  const xmlNode *target = imp_xml_child (cda->root, "recordTarget");
  const xmlNode *role = imp_xml_child (target, "patientRole");
  const xmlNode *patient = imp_xml_child (role, "patient");
  const char *sex = imp_xml_attribute (imp_xml_child (patient, "administrativeGenderCode"), "code");
  const char *number = number_of (cda, role);

  if (number != NULL)
    g_strlcpy (facts->patient_id, number, sizeof facts->patient_id);
  read_names (cda, patient);
  read_date (imp_xml_child (patient, "birthTime"), facts->birth_date);
  if (sex != NULL && (strcmp (sex, "M") == 0 || strcmp (sex, "F") == 0))
    g_strlcpy (facts->sex, sex, sizeof facts->sex);
  /* Mother and child: in neither's chart. */
  if (imp_xml_next (target) == NULL)
    return;
  facts->names_two_patients = TRUE;
  imp_mapped_add_finding (cda->out, IMP_FINDING_IDENTITY_CONFLICT,
                          "recordTarget: the document is about several people");
  for (target = imp_xml_next (target); target != NULL; target = imp_xml_next (target))
    {
      number = number_of (cda, imp_xml_child (target, "patientRole"));
      if (number != NULL && facts->other_ids[0] == '\0')
        g_strlcpy (facts->other_ids, number, sizeof facts->other_ids);
    }
}

static void
add_authors (Cda *cda)
{
  for (const xmlNode *author = imp_xml_child (cda->root, "author"); author != NULL;
       author = imp_xml_next (author))
    {
      const xmlNode *assigned = imp_xml_child (author, "assignedAuthor");
      const xmlNode *name = imp_xml_path (assigned, "assignedPerson/name");
      g_autofree char *person = person_name (name);
      g_autofree char *device =
          imp_xml_text (imp_xml_path (assigned, "assignedAuthoringDevice/softwareName"));
      g_autofree char *place = imp_xml_text (imp_xml_path (assigned, "representedOrganization/name"));
      const char *who = *person != '\0' ? person : device;

      if (*who != '\0' && *place != '\0')
        take (cda, DISC_FIELD_AUTHOR, g_strdup_printf ("%s（%s）", who, place));
      else
        add (cda, DISC_FIELD_AUTHOR, *who != '\0' ? who : place);
    }
}

/* ---- the record ----------------------------------------------------------------------------- */

static char *
title_of (Cda *cda)
{
  g_autofree char *title = imp_xml_text (imp_xml_child (cda->root, "title"));
  g_autofree char *code = imp_cda_text_code (&cda->body, imp_xml_child (cda->root, "code"));

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (*code == '\0' && cda->place->extended != NULL)
    return imp_extended_name_title (cda->place->extended);
  return g_steal_pointer (&code);
}

static DiscKind
kind_of (Cda *cda)
{
  const char *code = imp_xml_attribute (imp_xml_child (cda->root, "code"), "code");
  DiscKind kind = imp_map_file_kind (code != NULL ? code : "");

  if (kind == DISC_KIND_DOCUMENT && cda->place->extended != NULL)
    kind = imp_map_file_kind (cda->place->extended->code);
  return kind;
}

/* The time of what it tells of: not always that of the file. */
static void
read_times (Cda *cda, char *from, char *until)
{
  static const char *const paths[] = { "componentOf/encompassingEncounter/effectiveTime",
                                       "documentationOf/serviceEvent/effectiveTime" };
  ImpFacts *facts = &cda->out->facts;
  const ImpName *name = cda->place->name;
  char written[DISC_DATE_MAX];

  from[0] = until[0] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (paths) && from[0] == '\0' && until[0] == '\0'; i++)
    {
      const xmlNode *time = imp_xml_path (cda->root, paths[i]);

      if (!read_date (time, from))
        read_date (imp_xml_child (time, "low"), from);
      read_date (imp_xml_child (time, "high"), until);
    }
  read_date (imp_xml_child (cda->root, "effectiveTime"), written);
  if (!disc_date_from_hl7 (name->timestamp, strlen (name->timestamp), facts->sent_at))
    g_strlcpy (facts->sent_at, written, sizeof facts->sent_at);
  g_strlcpy (facts->clinical_at, written[0] != '\0' ? written : from, sizeof facts->clinical_at);
}

static void
write_attribute (GString *out, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (out, "%s%s%s", out->len > 0 ? " " : "", label, value);
}

/* What it says of itself that a reader must not miss. */
static void
add_remarks (Cda *cda)
{
  const char *secret = imp_xml_attribute (imp_xml_child (cda->root, "confidentialityCode"), "code");
  const char *version = imp_xml_attribute (imp_xml_child (cda->root, "versionNumber"), "value");

  if (secret != NULL && strcmp (secret, "N") != 0)
    take (cda, DISC_FIELD_COMMENT, g_strdup_printf ("機密区分：%s", secret));
  if (version != NULL)
    take (cda, DISC_FIELD_COMMENT, g_strdup_printf ("版：%s", version));
  for (const xmlNode *related = imp_xml_child (cda->root, "relatedDocument"); related != NULL;
       related = imp_xml_next (related))
    {
      const xmlNode *id = imp_xml_path (related, "parentDocument/id");
      g_autoptr (GString) words = g_string_new (NULL);

      write_attribute (words, "", imp_xml_attribute (related, "typeCode"));
      write_attribute (words, "", imp_xml_attribute (id, "root"));
      write_attribute (words, "", imp_xml_attribute (id, "extension"));
      if (words->len > 0)
        take (cda, DISC_FIELD_COMMENT, g_strdup_printf ("関連文書：%s", words->str));
    }
}

/* A body that is no XML: a file inside the document, or beside it. */
static void
write_other_body (Cda *cda, const xmlNode *text)
{
  const char *type = imp_xml_attribute (text, "mediaType");
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;

  if (type != NULL && g_str_has_prefix (type, "text/plain") &&
      imp_xml_attribute (text, "representation") == NULL)
    {
      words = imp_xml_text (text);
      imp_cda_text_add_line (&cda->body, words);
      return;
    }
  line = g_strdup_printf ("［本文は添付ファイル：%s］", type != NULL ? type : "種類不明");
  imp_cda_text_add_line (&cda->body, line);
  imp_mapped_add_finding (cda->out, IMP_FINDING_ATTACHMENT_REFUSED,
                          "nonXMLBody %s: its content is not on the disc", type != NULL ? type : "");
}

static void
write_body (Cda *cda)
{
  const xmlNode *other = imp_xml_path (cda->root, "component/nonXMLBody/text");
  const xmlNode *body = imp_xml_path (cda->root, "component/structuredBody");

  for (const xmlNode *part = imp_xml_child (body, "component"); part != NULL; part = imp_xml_next (part))
    for (const xmlNode *section = imp_xml_child (part, "section"); section != NULL;
         section = imp_xml_next (section))
      imp_cda_text_section (&cda->body, section, 0);
  if (other != NULL)
    write_other_body (cda, other);
}

static void
note_body (Cda *cda)
{
  const ImpCdaText *body = &cda->body;

  if (body->is_cut)
    imp_mapped_add_finding (cda->out, IMP_FINDING_TRUNCATED,
                            "the text is longer than the ceiling for one value: the rest is in the source");
  if (body->n_media > 0)
    imp_mapped_add_finding (cda->out, IMP_FINDING_ATTACHMENT_REFUSED,
                            "%u pictures or files in it are not on the disc", body->n_media);
  if (body->n_hidden > 0)
    imp_mapped_add_finding (cda->out, IMP_FINDING_NOT_UNDERSTOOD,
                            "%u nullified entries are not shown", body->n_hidden);
}

static void
map (Cda *cda)
{
  ImpFacts *facts = &cda->out->facts;
  const xmlNode *code = imp_xml_child (cda->root, "code");
  const char *type = imp_xml_attribute (code, "code");
  char from[DISC_DATE_MAX], until[DISC_DATE_MAX];

  if (type != NULL)
    g_strlcpy (facts->data_type, type, sizeof facts->data_type);
  read_patient (cda);
  read_times (cda, from, until);
  write_body (cda);
  disc_record_builder_begin (cda->out->records, kind_of (cda), DISC_STATUS_COMPLETED, TRUE);
  add (cda, DISC_FIELD_AT, facts->clinical_at);
  take (cda, DISC_FIELD_TITLE, title_of (cda));
  if (strcmp (cda->place->name->department, "-") != 0)
    add (cda, DISC_FIELD_DEPARTMENT, cda->place->name->department);
  add_authors (cda);
  add (cda, DISC_FIELD_ORDER_NO, cda->place->name->order_no);
  add (cda, DISC_FIELD_TEXT, cda->body.text->str);
  disc_record_builder_item (cda->out->records);
  if (cda->place->extended != NULL)
    add (cda, DISC_FIELD_ITEM_TITLE, cda->place->extended->file);
  add (cda, DISC_FIELD_CODE, type);
  add (cda, DISC_FIELD_SYSTEM, imp_xml_attribute (code, "codeSystem"));
  add (cda, DISC_FIELD_START, from);
  add (cda, DISC_FIELD_END, until);
  add_remarks (cda);
  note_body (cda);
}

gboolean
imp_map_cda (const char *text, gsize len, const ImpCdaPlace *place, ImpMapped *out, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  Cda cda = { .place = place, .out = out, .body = { .max_bytes = IMP_MAX_VALUE_BYTES } };

  imp_mapped_clear (out);
  document = imp_xml_parse (text, len, error);
  if (document == NULL)
    return FALSE;
  cda.root = cda.body.root = xmlDocGetRootElement (document);
  cda.body.text = g_string_new (NULL);
  map (&cda);
  g_string_free (cda.body.text, TRUE);
  g_clear_pointer (&cda.body.by_id, g_hash_table_unref);
  return TRUE;
}
