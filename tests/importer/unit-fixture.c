/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "unit-fixture.h"

#include <string.h>

#include "imp-name.h"

static DiscKind
kind_of_type (const char *type)
{
  static const struct
  {
    const char *type;
    DiscKind kind;
  } kinds[] = {
    { "ADT-00", DISC_KIND_DEMOGRAPHICS }, { "ADT-61", DISC_KIND_ALLERGY },
    { "PPR-01", DISC_KIND_PROBLEM },      { "OMP-01", DISC_KIND_PRESCRIPTION },
    { "OMP-02", DISC_KIND_INJECTION },    { "OMD", DISC_KIND_MEAL },
    { "OML-11", DISC_KIND_LAB },          { "OMG-13", DISC_KIND_LAB },
    { "OMP-11", DISC_KIND_ADMINISTRATION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].type, type) == 0)
      return kinds[i].kind;
  return g_str_has_prefix (type, "ADT") ? DISC_KIND_ENCOUNTER : DISC_KIND_ORDER;
}

static DiscStatus
status_of_word (const char *word)
{
  for (guint i = 1; word != NULL && i < DISC_N_STATUSES; i++)
    if (strcmp (disc_status_name ((DiscStatus) i), word) == 0)
      return (DiscStatus) i;
  return DISC_STATUS_ACTIVE;
}

static void
add_item (DiscRecordBuilder *builder, DiscKind kind, const FixtureItem *item)
{
  DiscStatus status = status_of_word (item->status);

  disc_record_builder_begin (builder, kind, status, disc_status_is_live (status));
  disc_record_builder_add (builder, DISC_FIELD_AUTHOR, "author", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_INSTANCE_ID, item->instance, -1);
  disc_record_builder_add (builder,
                           kind == DISC_KIND_ALLERGY ? DISC_FIELD_SUBSTANCE : DISC_FIELD_NAME,
                           *item->words != '\0' ? item->words : NULL, -1);
  disc_record_builder_add (builder, DISC_FIELD_CODE, item->code, -1);
}

static void
add_records (DiscRecordBuilder *builder, const FixtureMessage *message, const char *type)
{
  DiscKind kind = message->kind != DISC_KIND_NONE ? message->kind : kind_of_type (type);
  DiscStatus status = message->is_cancel ? DISC_STATUS_CANCELLED
                                          : status_of_word (message->status);

  for (guint i = 0; i < G_N_ELEMENTS (message->items) && message->items[i].words != NULL; i++)
    add_item (builder, kind, &message->items[i]);
  if (message->items[0].words != NULL)
    return;

  disc_record_builder_begin (builder, kind, status, disc_status_is_live (status));
  disc_record_builder_add (builder, DISC_FIELD_BIRTH_DATE, message->birth_date, -1);
  disc_record_builder_add (builder, DISC_FIELD_SEX, message->sex, -1);
  disc_record_builder_add (builder, DISC_FIELD_NAME, message->name, -1);
  disc_record_builder_add (builder, DISC_FIELD_WARNING, message->warning, -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_EVENT_CODE, message->event_code, -1);
  disc_record_builder_add (builder, DISC_FIELD_WARD, message->ward, -1);
  disc_record_builder_add (builder, DISC_FIELD_BED, message->bed, -1);
  disc_record_builder_add (builder, DISC_FIELD_ITEM_DEPARTMENT, message->department, -1);
  disc_record_builder_add (builder, DISC_FIELD_DOCTOR, message->doctor, -1);
  disc_record_builder_add (builder, DISC_FIELD_TO, message->to_place, -1);
  disc_record_builder_add (builder, DISC_FIELD_FROM, message->from_place, -1);
  disc_record_builder_add (builder, DISC_FIELD_STATUS, message->word, -1);
  disc_record_builder_add (builder, DISC_FIELD_END, message->end, -1);
  disc_record_builder_add (builder, DISC_FIELD_DISPOSITION_CODE, message->disposition_code, -1);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
append (const FixtureMessage *message, GByteArray *bytes)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  const char *source = message->source != NULL ? message->source : message->path;
  char sent_at[DISC_DATE_MAX] = "";
  ImpName name;
  ImpMessage out;

  imp_name_parse (message->path, &name);
  g_assert_cmpint (name.class, ==, IMP_NAME_MESSAGE);
  disc_date_from_hl7 (name.timestamp, strlen (name.timestamp), sent_at);
  add_records (builder, message, name.type);

  out = (ImpMessage) {
    .path = message->path, .name_patient = name.patient, .folder_patient = name.folder_patient,
    .pid = message->pid != NULL ? message->pid : name.patient, .other_ids = "",
    .care_date = name.care_date,
    .type = name.type, .order_no = name.order_no, .stamp = name.sort_stamp, .sent_at = sent_at,
    .event = or_empty (message->event), .birth_date = or_empty (message->birth_date),
    .sex = or_empty (message->sex), .name = or_empty (message->name), .kana = or_empty (message->kana),
    .clinical_at = or_empty (message->clinical_at), .reaches_to = or_empty (message->reaches_to),
    .format = message->format, .mtime = message->mtime, .root = message->root, .entry = message->entry,
    .flags = message->flags, .condition = name.flag, .is_cancel = message->is_cancel,
    .names_admission = message->names_admission, .source = source, .source_len = strlen (source),
  };
  out.records = (guint8 *) disc_record_builder_get (builder, &out.records_len);
  if (strcmp (out.pid, out.name_patient) != 0 ||
      (*out.folder_patient != '\0' && strcmp (out.folder_patient, out.name_patient) != 0))
    out.flags |= DISC_MESSAGE_DISPUTED;
  if (message->is_refused)
    out.records_len = out.source_len = 0;
  imp_message_append (&out, bytes);
}

ImpUnit *
fixture_unit (const FixtureMessage *messages, guint n)
{
  GByteArray *bytes = g_byte_array_new ();
  ImpName name;
  ImpUnit *unit;

  imp_name_parse (messages[0].path, &name);
  unit = imp_unit_new ("", name.patient);
  for (guint i = 0; i < n; i++)
    append (&messages[i], bytes);
  g_assert_true (imp_unit_take (unit, bytes));
  imp_unit_sort (unit);
  return unit;
}

const ImpMessage *
fixture_find (const ImpUnit *unit, const char *path, guint root)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (strcmp (message->path, path) == 0 && message->root == root)
        return message;
    }
  g_assert_not_reached ();
}

char *
fixture_state (const ImpMessage *message)
{
  g_autoptr (GString) out = g_string_new (NULL);
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token == DISC_TOKEN_RECORD)
        g_string_append_printf (out, "%s%c%s", out->len > 0 ? " " : "", iter.live ? '+' : '-',
                                disc_status_name (iter.status));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

guint
fixture_count_findings (const ImpUnit *unit, ImpFindingCode code)
{
  guint n = 0;

  for (guint i = 0; i < unit->findings->len; i++)
    n += g_array_index (unit->findings, ImpUnitFinding, i).code == code ? 1 : 0;
  return n;
}
