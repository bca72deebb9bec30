/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cda-fixture.h"

#include <locale.h>
#include <string.h>

void
cda_fixture_set_up (CdaFixture *self, gconstpointer data)
{
  static const char path[] = "012/345/0123456789/20260410/^退院サマリ^^18842-5^退院時サマリー^LN/"
                             "0123456789_20260410_18842-5_7_20260410150000321_01_1/main_document.xml";

  setlocale (LC_ALL, ""); /* or the messages of a failure are question marks */
  self->mapped = imp_mapped_new ();
  imp_name_parse (path, &self->name);
  g_assert_true (imp_extended_name_parse (path, &self->extended));
  self->place = (ImpCdaPlace){ &self->name, &self->extended, "1310000001" };
}

void
cda_fixture_tear_down (CdaFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  imp_mapped_free (self->mapped);
  imp_extended_name_clear (&self->extended);
}

void
cda_map (CdaFixture *self, const char *xml)
{
  g_autoptr (GError) error = NULL;

  imp_map_cda (xml, strlen (xml), &self->place, self->mapped, self->attachments, &error);
  g_assert_no_error (error);
}

char *
cda_values (CdaFixture *self, DiscField field)
{
  GString *out = g_string_new (NULL);
  const guint8 *records;
  gsize len;
  DiscRecordIter iter;
  DiscToken token;

  records = disc_record_builder_get (self->mapped->records, &len);
  disc_record_iter_init (&iter, records, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token == DISC_TOKEN_VALUE && iter.field == field)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "|" : "", iter.value);
    }
  return g_string_free (out, FALSE);
}

char *
cda_state (CdaFixture *self)
{
  gsize len;
  const guint8 *records = disc_record_builder_get (self->mapped->records, &len);
  DiscRecordIter iter;

  disc_record_iter_init (&iter, records, len);
  g_assert_cmpint (disc_record_iter_next (&iter), ==, DISC_TOKEN_RECORD);
  return g_strdup_printf ("%s %s %s", disc_kind_name (iter.kind), disc_status_name (iter.status),
                          iter.live ? "live" : "dead");
}

void
cda_assert_value (CdaFixture *self, DiscField field, const char *expected)
{
  g_autofree char *found = cda_values (self, field);

  g_assert_cmpstr (found, ==, expected);
}

void
cda_assert_text (CdaFixture *self, const char *before, const char *inner, const char *after,
                 const char *expected)
{
  g_autofree char *xml = g_strconcat (before, inner, after, NULL);

  g_test_message ("%s", inner);
  cda_map (self, xml);
  cda_assert_value (self, DISC_FIELD_TEXT, expected);
}

const char *
cda_finding (CdaFixture *self, ImpFindingCode code)
{
  for (guint i = 0; i < self->mapped->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->mapped->findings, i);

      if (finding->code == code)
        return finding->detail;
    }
  return NULL;
}
