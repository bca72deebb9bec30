/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-decode.h"
#include "imp-limits.h"
#include "imp-map.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The first byte of an input chooses the data type of its name. */
static const char *const types[] = {
  "ADT-00", "ADT-01", "ADT-12", "ADT-21", "ADT-22", "ADT-31", "ADT-32", "ADT-41", "ADT-42",
  "ADT-51", "ADT-52", "ADT-61", "PPR-01", "OMD",    "OMP-01", "OMP-11", "OMP-02", "OMP-12",
  "OML-01", "OML-11", "OMG-01", "OMG-11", "OMG-02", "OMG-12", "OMG-03", "OMG-13", "ADT-02",
};

static const char other[] =
    "MSH|^~\\&|H|H|G|R|20250410||RDE^O11|1|T|2.5\nPID|1||9||甲^乙||1950|M\nZZ1|x\n"
    "ORC|CA|1||1|||||20250411\nRXE||1^甲錠|1||TAB||V1^x\nTQ1|1||a&b|||3^d|20250410\n";

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_facts (const ImpMapped *mapped)
{
  check_text (mapped->facts.message_type);
  check_text (mapped->facts.event);
  check_text (mapped->facts.data_type);
  check_text (mapped->facts.patient_id);
  check_text (mapped->facts.other_ids);
  check_text (mapped->facts.sex);
  check_text (mapped->facts.name);
  check_text (mapped->facts.kana);
  check_text (mapped->facts.facility);
  g_assert_true (*mapped->facts.birth_date == '\0' ||
                 disc_date_is_valid (mapped->facts.birth_date));
  g_assert_true (*mapped->facts.clinical_at == '\0' ||
                 disc_date_is_valid (mapped->facts.clinical_at));
  g_assert_true (*mapped->facts.reaches_to == '\0' ||
                 disc_date_is_valid (mapped->facts.reaches_to));
  g_assert_cmpuint (mapped->findings->len, <=, IMP_MAX_FINDINGS_PER_MESSAGE);
  for (guint i = 0; i < mapped->findings->len; i++)
    check_text (((const ImpFinding *) g_ptr_array_index (mapped->findings, i))->detail);
}

/* A file is in one of the records, or in none. */
static void
check_files (const ImpMapped *mapped, guint n_records)
{
  g_assert_cmpuint (mapped->files->len, <=, IMP_MAX_ATTACHMENTS);
  for (guint i = 0; i < mapped->files->len; i++)
    {
      const ImpMappedFile *file = g_ptr_array_index (mapped->files, i);

      g_assert_cmpuint (file->number, ==, i + 1);
      g_assert_true (file->record < n_records || file->record == G_MAXUINT);
      check_text (file->mark);
      if (file->attachment != NULL)
        check_text (file->attachment->name);
      if (file->attachment != NULL && file->attachment->media_type != NULL)
        check_text (file->attachment->media_type);
    }
}

/* At least one record; each has a known kind and state, and a message of training is never live. */
static void
check_records (const ImpMapped *mapped)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (mapped->records, &len);
  DiscRecordIter iter;
  DiscToken token;
  guint n_records = 0;

  disc_record_iter_init (&iter, bytes, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token == DISC_TOKEN_RECORD)
        {
          n_records++;
          g_assert_nonnull (disc_kind_name (iter.kind));
          g_assert_nonnull (disc_status_name (iter.status));
          if ((mapped->facts.flags & DISC_MESSAGE_TEST) != 0)
            g_assert_false (iter.live);
          if (iter.live)
            g_assert_true (disc_status_is_live (iter.status) ||
                           iter.status == DISC_STATUS_UNKNOWN);
        }
      else if (token == DISC_TOKEN_VALUE)
        {
          g_assert_nonnull (disc_field_name (iter.field));
          g_assert_cmpuint (iter.value_len, >, 0);
          check_text (iter.value);
        }
    }
  g_assert_cmpuint (n_records, >, 0);
  check_files (mapped, n_records);
}

static void
set_name (ImpName *name, const char *type)
{
  g_autofree char *path = g_strdup_printf (
      "000/123/0001234567/20250410/%s/0001234567_20250410_%s_000000250410001_20250410093015123_"
      "01_1",
      type, type);

  imp_name_parse (path, name);
}

/* The same again after another message: nothing of one stays for the next. */
static void
check_again (ImpEr7 *er7, const ImpName *name, ImpMapped *mapped, const GString *text)
{
  gsize len, again_len;
  const guint8 *bytes = disc_record_builder_get (mapped->records, &len);
  g_autofree guint8 *before = g_memdup2 (bytes, len);
  ImpFacts facts = mapped->facts;

  g_assert_true (imp_er7_parse (er7, other, sizeof other - 1, NULL));
  imp_map_message (er7, name, mapped);
  g_assert_true (imp_er7_parse (er7, text->str, text->len, NULL));
  imp_map_message (er7, name, mapped);
  bytes = disc_record_builder_get (mapped->records, &again_len);
  g_assert_cmpmem (bytes, again_len, before, len);
  g_assert_cmpint (memcmp (&facts, &mapped->facts, sizeof facts), ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpEr7) er7 = imp_er7_new ();
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  ImpDecodeResult result;
  ImpName name;

  if (size < 1)
    return 0;
  set_name (&name, types[data[0] % G_N_ELEMENTS (types)]);
  imp_decode (data + 1, size - 1, text, &result);
  if (!imp_er7_parse (er7, text->str, text->len, NULL))
    return 0;

  imp_map_message (er7, &name, mapped);
  check_facts (mapped);
  check_records (mapped);
  check_again (er7, &name, mapped, text);
  return 0;
}
