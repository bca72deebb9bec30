/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CDA document inside another document. */
#include "config.h"

#include "imp-files-private.h"

#include "imp-map-cda.h"
#include "imp-xml.h"

/* What of its header must be seen above its words: whose it is, first of all. */
static const struct
{
  DiscField field;
  const char *label;
} labels[] = {
  { DISC_FIELD_TITLE, "文書" },          { DISC_FIELD_AT, "日付" },
  { DISC_FIELD_PATIENT_ID, "患者番号" }, { DISC_FIELD_AUTHOR, "作成者" },
  { DISC_FIELD_SIGNED_BY, "署名" },      { DISC_FIELD_SIGNED_AT, "署名日時" },
  { DISC_FIELD_CUSTODIAN, "保管" },      { DISC_FIELD_RECIPIENT, "宛先" },
  { DISC_FIELD_START, "開始" },          { DISC_FIELD_END, "終了" },
};

static void
add_line (GString *words, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (words, "%s：%s\n", label, value);
}

static void
add_patient (GString *words, const ImpFacts *facts)
{
  add_line (words, "患者氏名", facts->name);
  add_line (words, "患者カナ", facts->kana);
  add_line (words, "生年月日", facts->birth_date);
}

static const char *
label_of (DiscField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].field == field)
      return labels[i].label;
  return NULL;
}

/* The header above the body, in the order of the record. */
static void
add_record (GString *words, const ImpMapped *mapped)
{
  g_autoptr (GString) body = g_string_new (NULL);
  DiscRecordIter iter;
  DiscToken token;
  gsize len;
  const guint8 *data = disc_record_builder_get (mapped->records, &len);

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_RECORD && !iter.live)
      g_string_append_printf (words, "※ この文書は有効ではありません（%s）\n",
                              disc_status_name (iter.status));
    else if (token == DISC_TOKEN_VALUE && iter.field == DISC_FIELD_TEXT)
      g_string_append (body, iter.value);
    else if (token == DISC_TOKEN_VALUE && iter.field == DISC_FIELD_COMMENT)
      g_string_append_printf (words, "%s\n", iter.value);
    else if (token == DISC_TOKEN_VALUE && label_of (iter.field) != NULL)
      add_line (words, label_of (iter.field), iter.value);
  g_string_append (words, body->str);
}

static gboolean
is_cda (const ImpAttachment *attachment, GString *xml, guint *n_lost)
{
  g_auto (ImpXmlProlog) prolog = { 0 };
  gsize len;
  const guint8 *bytes = g_bytes_get_data (attachment->bytes, &len);

  if (!imp_xml_may_be (bytes, len))
    return FALSE;
  *n_lost = imp_xml_decode (bytes, len, xml);
  imp_xml_probe (xml->str, xml->len, &prolog);
  return !prolog.has_doctype && g_strcmp0 (prolog.root, "ClinicalDocument") == 0;
}

static void
tell (ImpFiles *self, const ImpMapped *mapped, const char *heading, guint n_lost)
{
  for (guint i = 0; i < mapped->findings->len; i++)
    imp_files_take_finding (self, g_ptr_array_index (mapped->findings, i), heading);
  if (mapped->facts.names_two_patients)
    {
      const ImpFinding two = { .code = IMP_FINDING_IDENTITY_CONFLICT,
                               .severity = IMP_SEVERITY_WARNING,
                               .detail = (char *) "it names two patients" };

      imp_files_take_finding (self, &two, heading);
    }
  if (n_lost > 0)
    {
      const ImpFinding lost = { .code = IMP_FINDING_UNDECODABLE,
                                .severity = IMP_SEVERITY_WARNING,
                                .detail = (char *) "characters lost" };

      imp_files_take_finding (self, &lost, heading);
    }
}

gboolean
imp_files_take_cda (ImpFiles *self, const ImpAttachment *attachment, const char *heading)
{
  static const ImpName no_name = { .department = "-" };
  const ImpCdaPlace place = { .name = &no_name, .facility = "" };
  g_autoptr (ImpMapped) mapped = NULL;
  g_autoptr (GString) xml = g_string_new (NULL);
  guint n_lost = 0;

  if (!is_cda (attachment, xml, &n_lost))
    return FALSE;
  mapped = imp_mapped_new ();
  if (!imp_map_cda (xml->str, xml->len, &place, mapped, NULL, NULL))
    return FALSE;
  if (heading != NULL)
    g_string_append_printf (self->words, "%s【%s】\n", self->words->len > 0 ? "\n" : "", heading);
  add_patient (self->words, &mapped->facts);
  add_record (self->words, mapped);
  tell (self, mapped, heading, n_lost);
  return TRUE;
}
