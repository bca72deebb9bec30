/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a CDA document: CDA R2 4.2, spec fhir.md 7, SS-MIX2 spec 6.1. */
#include "config.h"

#include "imp-cda-document.h"

#include <string.h>

#include "imp-limits.h"
#include "imp-map-file.h"
#include "imp-text.h"

#define IDEOGRAPHIC_BLANK "\xE3\x80\x80"
#define MAX_HEADER_BYTES (256 * 1024)
#define LOINC "2.16.840.1.113883.6.1"
#define CHECKUP_REPORTS "1.2.392.200119.6.1001"

/* ---- values --------------------------------------------------------------------------------- */

void
imp_cda_document_add (ImpCdaDocument *self, DiscField field, const char *text)
{
  gsize len = text != NULL ? imp_text_cut_string (text, IMP_MAX_KEPT_BYTES) : 0;

  if (len == 0)
    return;
  if (self->header_bytes > MAX_HEADER_BYTES)
    {
      self->n_cut++;
      return;
    }
  if (text[len] != '\0')
    self->n_cut++;
  disc_record_builder_add (self->out->records, field, text, (gssize) len);
  self->header_bytes += len;
}

void
imp_cda_document_take (ImpCdaDocument *self, DiscField field, char *text)
{
  imp_cda_document_add (self, field, text);
  g_free (text);
}

/* A remark is what stands beside the words on the screen. */
void
imp_cda_document_add_remark (ImpCdaDocument *self, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    imp_cda_document_take (self, DISC_FIELD_COMMENT, g_strdup_printf ("%s：%s", label, value));
}

gboolean
imp_cda_document_date (const xmlNode *node, char iso[DISC_DATE_MAX])
{
  const char *value = imp_xml_attribute (node, "value");

  iso[0] = '\0';
  return value != NULL && disc_date_from_hl7 (value, strlen (value), iso);
}

void
imp_cda_document_copy (char *out, gsize size, const char *text)
{
  const char *end;

  g_strlcpy (out, text, size);
  if (!g_utf8_validate (out, -1, &end))
    out[end - out] = '\0';
}

char *
imp_cda_document_person (const xmlNode *name)
{
  g_autofree char *family = imp_xml_text (imp_xml_child (name, "family"));
  GString *out = g_string_new (family);

  for (const xmlNode *given = imp_xml_child (name, "given"); given != NULL;
       given = imp_xml_next (given))
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

/* ---- what kind of document ------------------------------------------------------------------ */

DiscKind
imp_cda_document_kind (ImpCdaDocument *self)
{
  const xmlNode *node = imp_xml_child (self->root, "code");
  const char *code = imp_xml_attribute (node, "code");
  DiscKind kind = DISC_KIND_DOCUMENT;

  if (code != NULL)
    kind = g_strcmp0 (imp_xml_attribute (node, "codeSystem"), LOINC) == 0
               ? imp_map_loinc_kind (code)
               : imp_map_file_kind (code);
  if (kind == DISC_KIND_DOCUMENT && self->place->extended != NULL)
    kind = imp_map_file_extended_kind (self->place->extended);
  return kind;
}

static char *
title_of (ImpCdaDocument *self)
{
  g_autofree char *title = imp_xml_text (imp_xml_child (self->root, "title"));
  g_autofree char *code = imp_cda_text_code (&self->body, imp_xml_child (self->root, "code"));

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (*code == '\0' && self->place->extended != NULL)
    return imp_extended_name_title (self->place->extended);
  return g_steal_pointer (&code);
}

/* HL7 V3 ParticipationSignature: X and I are to be signed yet. */
static gboolean
is_unsigned (const ImpCdaDocument *self)
{
  const xmlNode *node = imp_xml_path (self->root, "legalAuthenticator/signatureCode");
  const char *signature = imp_xml_attribute (node, "code");

  return g_strcmp0 (signature, "X") == 0 || g_strcmp0 (signature, "I") == 0;
}

/* CDA R2 has no status of its own; sdtc:statusCode is of HL7's extensions to it. */
DiscStatus
imp_cda_document_status (ImpCdaDocument *self)
{
  static const struct
  {
    const char *code;
    DiscStatus status;
  } states[] = {
    { "nullified", DISC_STATUS_ENTERED_IN_ERROR },
    { "cancelled", DISC_STATUS_CANCELLED },
    { "aborted", DISC_STATUS_STOPPED },
    { "obsolete", DISC_STATUS_SUPERSEDED },
    { "new", DISC_STATUS_PRELIMINARY },
    { "active", DISC_STATUS_PRELIMINARY },
    { "held", DISC_STATUS_PRELIMINARY },
    { "suspended", DISC_STATUS_PRELIMINARY },
  };
  const char *code = imp_xml_attribute (imp_xml_child (self->root, "statusCode"), "code");

  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (states); i++)
    if (strcmp (code, states[i].code) == 0)
      return states[i].status;
  return is_unsigned (self) ? DISC_STATUS_PRELIMINARY : DISC_STATUS_COMPLETED;
}

/* ---- when ----------------------------------------------------------------------------------- */

static gboolean
is_visit (const xmlNode *event)
{
  const char *class = imp_xml_attribute (event, "classCode");

  return g_strcmp0 (class, "ENC") == 0 || g_strcmp0 (class, "ACCM") == 0;
}

const xmlNode *
imp_cda_document_event (const ImpCdaDocument *self)
{
  const xmlNode *first = imp_xml_path (self->root, "documentationOf/serviceEvent");

  for (const xmlNode *node = imp_xml_child (self->root, "documentationOf"); node != NULL;
       node = imp_xml_next (node))
    if (is_visit (imp_xml_child (node, "serviceEvent")))
      return imp_xml_child (node, "serviceEvent");
  return first;
}

static gboolean
read_period (const xmlNode *time, char from[DISC_DATE_MAX], char until[DISC_DATE_MAX])
{
  if (!imp_cda_document_date (time, from))
    imp_cda_document_date (imp_xml_child (time, "low"), from);
  imp_cda_document_date (imp_xml_child (time, "high"), until);
  return *from != '\0' || *until != '\0';
}

/* The visit or the stay that it is about, or what was done in it. */
static void
read_visit (const ImpCdaDocument *self, char from[DISC_DATE_MAX], char until[DISC_DATE_MAX])
{
  const xmlNode *visit =
      imp_xml_path (self->root, "componentOf/encompassingEncounter/effectiveTime");

  if (!read_period (visit, from, until))
    read_period (imp_xml_child (imp_cda_document_event (self), "effectiveTime"), from, until);
}

/* Check-ups are of the day of the examination: the file may be written months later. */
static gboolean
is_checkup (const ImpCdaDocument *self)
{
  return g_strcmp0 (imp_xml_attribute (imp_xml_child (self->root, "code"), "codeSystem"),
                    CHECKUP_REPORTS) == 0;
}

void
imp_cda_document_times (ImpCdaDocument *self)
{
  ImpFacts *facts = &self->out->facts;
  const ImpName *name = self->place->name;
  char from[DISC_DATE_MAX], until[DISC_DATE_MAX], written[DISC_DATE_MAX];
  gboolean is_of_visit;

  read_visit (self, from, until);
  imp_cda_document_date (imp_xml_child (self->root, "effectiveTime"), written);
  is_of_visit = written[0] == '\0' || (is_checkup (self) && from[0] != '\0');
  if (!disc_date_from_hl7 (name->timestamp, strlen (name->timestamp), facts->sent_at))
    g_strlcpy (facts->sent_at, written, sizeof facts->sent_at);
  g_strlcpy (facts->clinical_at, is_of_visit ? from : written, sizeof facts->clinical_at);
}

/* ---- who ------------------------------------------------------------------------------------ */

/* (transfer full): a department and what it is part of. */
static char *
organization_text (const xmlNode *organization)
{
  const xmlNode *whole = imp_xml_path (organization, "asOrganizationPartOf/wholeOrganization/name");
  g_autofree char *name = imp_xml_text (imp_xml_child (organization, "name"));
  g_autofree char *of = imp_xml_text (whole);

  if (*name == '\0' || *of == '\0')
    return g_strdup (*name != '\0' ? name : of);
  return g_strdup_printf ("%s、%s", name, of);
}

char *
imp_cda_document_who (const xmlNode *person, const xmlNode *organization)
{
  g_autofree char *name = imp_cda_document_person (person);
  g_autofree char *place = organization_text (organization);

  if (*name != '\0' && *place != '\0')
    return g_strdup_printf ("%s（%s）", name, place);
  return g_strdup (*name != '\0' ? name : place);
}

static void
add_authors (ImpCdaDocument *self)
{
  for (const xmlNode *author = imp_xml_child (self->root, "author"); author != NULL;
       author = imp_xml_next (author))
    {
      const xmlNode *assigned = imp_xml_child (author, "assignedAuthor");
      const xmlNode *name = imp_xml_path (assigned, "assignedPerson/name");

      if (name == NULL)
        name = imp_xml_path (assigned, "assignedAuthoringDevice/softwareName");
      imp_cda_document_take (
          self, DISC_FIELD_AUTHOR,
          imp_cda_document_who (name, imp_xml_child (assigned, "representedOrganization")));
    }
}

static void
add_recipients (ImpCdaDocument *self)
{
  for (const xmlNode *node = imp_xml_child (self->root, "informationRecipient"); node != NULL;
       node = imp_xml_next (node))
    {
      const xmlNode *to = imp_xml_child (node, "intendedRecipient");

      g_autofree char *who = imp_cda_document_who (imp_xml_path (to, "informationRecipient/name"),
                                                   imp_xml_child (to, "receivedOrganization"));

      imp_cda_document_add (self, DISC_FIELD_RECIPIENT, who);
      imp_cda_document_add_remark (self, "宛先", who);
    }
}

static void
add_signature (ImpCdaDocument *self)
{
  const xmlNode *signer = imp_xml_child (self->root, "legalAuthenticator");
  const xmlNode *assigned = imp_xml_child (signer, "assignedEntity");
  char at[DISC_DATE_MAX];

  imp_cda_document_take (
      self, DISC_FIELD_SIGNED_BY,
      imp_cda_document_who (imp_xml_path (assigned, "assignedPerson/name"),
                            imp_xml_child (assigned, "representedOrganization")));
  imp_cda_document_date (imp_xml_child (signer, "time"), at);
  imp_cda_document_add (self, DISC_FIELD_SIGNED_AT, at);
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* (transfer full): "root^extension", as far as there is either. */
static char *
id_text (const xmlNode *id)
{
  const char *root = imp_xml_attribute (id, "root");
  const char *extension = imp_xml_attribute (id, "extension");

  if (extension == NULL || *extension == '\0')
    return g_strdup (root != NULL ? root : "");
  return g_strdup_printf ("%s^%s", root != NULL ? root : "", extension);
}

/* CDA R2 4.2.3.1. What it replaces is not current any more. */
static void
add_related (ImpCdaDocument *self)
{
  static const struct
  {
    const char *type;
    DiscField field;
    const char *label;
  } types[] = {
    { "RPLC", DISC_FIELD_REPLACES, "差し替える文書" },
    { "APND", DISC_FIELD_APPENDS_TO, "追記元の文書" },
    { "XFRM", DISC_FIELD_TRANSFORMS, "変換元の文書" },
  };

  for (const xmlNode *node = imp_xml_child (self->root, "relatedDocument"); node != NULL;
       node = imp_xml_next (node))
    {
      const char *type = imp_xml_attribute (node, "typeCode");
      const xmlNode *parent = imp_xml_child (node, "parentDocument");

      for (guint i = 0; i < G_N_ELEMENTS (types); i++)
        if (g_strcmp0 (type, types[i].type) == 0)
          for (const xmlNode *id = imp_xml_child (parent, "id"); id != NULL; id = imp_xml_next (id))
            {
              g_autofree char *text = id_text (id);

              imp_cda_document_add (self, types[i].field, text);
              imp_cda_document_add_remark (self, types[i].label, text);
            }
    }
}

/* Of the order that it answers, else of the place where it lies, else its own. */
static void
add_order_no (ImpCdaDocument *self)
{
  const xmlNode *order = imp_xml_path (self->root, "inFulfillmentOf/order/id");
  const char *number = imp_xml_attribute (order, "extension");

  if (number == NULL || *number == '\0')
    number = self->place->name->order_no;
  if (*number == '\0')
    number = imp_xml_attribute (imp_xml_child (self->root, "id"), "extension");
  imp_cda_document_add (self, DISC_FIELD_ORDER_NO, number);
}

/* ---- the record ----------------------------------------------------------------------------- */

/* A time that is none is kept as it stands. */
static void
keep_bad_time (ImpCdaDocument *self)
{
  const char *value = imp_xml_attribute (imp_xml_child (self->root, "effectiveTime"), "value");
  char iso[DISC_DATE_MAX];

  if (value == NULL || *value == '\0' || disc_date_from_hl7 (value, strlen (value), iso))
    return;
  imp_cda_document_take (self, DISC_FIELD_NOT_UNDERSTOOD,
                         g_strdup_printf ("effectiveTime: %s", value));
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                          "effectiveTime is no date: kept as text");
}

void
imp_cda_document_add_header (ImpCdaDocument *self)
{
  imp_cda_document_add (self, DISC_FIELD_AT, self->out->facts.clinical_at);
  imp_cda_document_take (self, DISC_FIELD_TITLE, title_of (self));
  if (strcmp (self->place->name->department, "-") != 0)
    imp_cda_document_add (self, DISC_FIELD_DEPARTMENT, self->place->name->department);
  add_authors (self);
  add_order_no (self);
  keep_bad_time (self);
}

static void
add_visit (ImpCdaDocument *self)
{
  const char *class = imp_xml_attribute (imp_cda_document_event (self), "classCode");
  char from[DISC_DATE_MAX], until[DISC_DATE_MAX];

  read_visit (self, from, until);
  imp_cda_document_add (self, DISC_FIELD_START, from);
  imp_cda_document_add (self, DISC_FIELD_END, until);
  if (g_strcmp0 (class, "ACCM") == 0)
    imp_cda_document_add (self, DISC_FIELD_KIND, "入院");
  else if (g_strcmp0 (class, "ENC") == 0)
    imp_cda_document_add (self, DISC_FIELD_KIND, "受診");
}

/* What a reader must not miss. */
static void
add_remarks (ImpCdaDocument *self)
{
  const char *code = imp_xml_attribute (imp_xml_child (self->root, "confidentialityCode"), "code");
  const char *version = imp_xml_attribute (imp_xml_child (self->root, "versionNumber"), "value");

  if (code != NULL && strcmp (code, "N") != 0)
    {
      imp_cda_document_add (self, DISC_FIELD_CONFIDENTIAL, code);
      imp_cda_document_add_remark (self, "機密区分", code);
    }
  if (is_unsigned (self))
    imp_cda_document_add_remark (self, "署名", "未署名");
  imp_cda_document_add (self, DISC_FIELD_VERSION, version);
  imp_cda_document_add_remark (self, "版", version);
}

void
imp_cda_document_add_item (ImpCdaDocument *self)
{
  const xmlNode *code = imp_xml_child (self->root, "code");
  const xmlNode *custodian = imp_xml_path (
      self->root, "custodian/assignedCustodian/representedCustodianOrganization/name");

  if (self->place->extended != NULL)
    imp_cda_document_add (self, DISC_FIELD_ITEM_TITLE, self->place->extended->file);
  imp_cda_document_add (self, DISC_FIELD_CODE, imp_xml_attribute (code, "code"));
  imp_cda_document_add (self, DISC_FIELD_SYSTEM, imp_xml_attribute (code, "codeSystem"));
  add_visit (self);
  add_remarks (self);
  add_recipients (self);
  add_signature (self);
  imp_cda_document_take (self, DISC_FIELD_CUSTODIAN, imp_xml_text (custodian));
  imp_cda_document_add (self, DISC_FIELD_LANGUAGE,
                        imp_xml_attribute (imp_xml_child (self->root, "languageCode"), "code"));
  imp_cda_document_take (self, DISC_FIELD_DOCUMENT_ID, id_text (imp_xml_child (self->root, "id")));
  imp_cda_document_take (self, DISC_FIELD_SET_ID, id_text (imp_xml_child (self->root, "setId")));
  add_related (self);
  imp_cda_document_add_around (self);
  imp_cda_document_add_patient (self);
}
