/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#include <locale.h>
#include <string.h>

MapFixture *
map_fixture_new (const char *path, const char *message)
{
  MapFixture *self = g_new0 (MapFixture, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *data;
  ImpName name;
  gsize len;

  setlocale (LC_ALL, ""); /* or the messages of a failure are question marks */
  self->text = g_string_new (message);
  self->er7 = imp_er7_new ();
  self->mapped = imp_mapped_new ();
  self->strings = g_ptr_array_new_with_free_func (g_free);

  imp_name_parse (path, &name);
  imp_er7_parse (self->er7, self->text->str, self->text->len, &error);
  g_assert_no_error (error);
  imp_map_message (self->er7, &name, self->mapped);

  data = disc_record_builder_get (self->mapped->records, &len);
  bytes = g_bytes_new (data, len);
  self->set = disc_record_set_new (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_record_set_n (self->set), >, 0);
  return self;
}

MapFixture *
map_fixture_new_type (const char *type, const char *message)
{
  g_autofree char *path = g_strdup_printf (
      "000/123/0001234567/20250410/%s/0001234567_20250410_%s_000000250410001_20250410093015123_"
      "01_1",
      type, type);

  return map_fixture_new (path, message);
}

void
map_fixture_free (MapFixture *self)
{
  disc_record_set_free (self->set);
  imp_mapped_free (self->mapped);
  imp_er7_free (self->er7);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->strings);
  g_free (self);
}

const DiscRecord *
map_record (MapFixture *self, DiscKind kind, guint n)
{
  for (guint i = 0; i < disc_record_set_n (self->set); i++)
    {
      const DiscRecord *record = disc_record_set_get (self->set, i);

      if (record->kind == kind && n-- == 0)
        return record;
    }

  return NULL;
}

guint
map_n_records (MapFixture *self, DiscKind kind)
{
  guint n = 0;

  while (map_record (self, kind, n) != NULL)
    n++;
  return n;
}

guint
map_n_items (MapFixture *self, DiscKind kind, guint n)
{
  const DiscRecord *record = map_record (self, kind, n);

  return record != NULL ? record->n_items : 0;
}

static const char *
take (MapFixture *self, char *text)
{
  if (text != NULL)
    g_ptr_array_add (self->strings, text);
  return text;
}

const char *
map_state (MapFixture *self, DiscKind kind, guint n)
{
  const DiscRecord *record = map_record (self, kind, n);

  if (record == NULL)
    return NULL;
  return take (self, g_strdup_printf ("%s %s", disc_status_name (record->status),
                                      record->live ? "live" : "dead"));
}

const char *
map_values (MapFixture *self, DiscKind kind, guint n, int item, DiscField field)
{
  const DiscRecord *record = map_record (self, kind, n);

  if (record == NULL || (item >= 0 && (guint) item >= record->n_items))
    return NULL;
  if (item < 0)
    return take (self, disc_values_join (record->values, record->n_values, field, "|"));
  return take (self, disc_values_join (record->items[item].values, record->items[item].n_values,
                                       field, "|"));
}

const char *
map_finding (MapFixture *self, ImpFindingCode code, guint n)
{
  for (guint i = 0; i < self->mapped->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->mapped->findings, i);

      if (finding->code == code && n-- == 0)
        return finding->detail;
    }

  return NULL;
}

void
map_check_facts (MapFixture *self, const MapFact *facts, guint n_facts)
{
  for (guint i = 0; i < n_facts; i++)
    {
      const MapFact *fact = &facts[i];
      const char *found = map_values (self, fact->kind, fact->record, fact->item, fact->field);

      if (map_record (self, fact->kind, fact->record) == NULL ||
          (fact->item >= 0 &&
           (guint) fact->item >= map_n_items (self, fact->kind, fact->record)))
        g_error ("no item %d in record %u of kind %s", fact->item, fact->record,
                 disc_kind_name (fact->kind));
      if (g_strcmp0 (found, fact->expected) != 0)
        g_error ("%s %u, item %d, %s: '%s' instead of '%s'", disc_kind_name (fact->kind),
                 fact->record, fact->item, disc_field_name (fact->field), found != NULL ? found : "",
                 fact->expected != NULL ? fact->expected : "(absent)");
    }
}
