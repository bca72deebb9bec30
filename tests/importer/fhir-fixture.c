/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-fixture.h"

#include <string.h>

#include "stream-fixture.h"

void
walked_clear (Walked *self)
{
  GString **strings[] = { &self->items, &self->findings, &self->bundles, &self->texts };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (*strings[i] != NULL)
      g_string_free (g_steal_pointer (strings[i]), TRUE);
  imp_fhir_tally_clear (&self->tally);
}

static void
add_word (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, " %s=%s", name, value);
}

static gboolean
on_item (const ImpFhirItem *item, gpointer data, GError **error)
{
  Walked *self = data;
  GString *out = self->items;

  g_string_append_printf (out, "%s %s", item->entry[0] != '\0' ? item->entry : "-",
                          item->type[0] != '\0' ? item->type : "?");
  if (item->rule != IMP_FHIR_RULE_DATA)
    g_string_append_printf (out, " (%s)", imp_fhir_rule_name (item->rule));
  add_word (out, "id", imp_json_string (item->resource, "id"));
  add_word (out, "full", item->full_url);
  add_word (out, "method", item->method);
  add_word (out, "url", item->url);
  add_word (out, "status", item->status);
  add_word (out, "mode", item->mode);
  if (item->n_contained > 0)
    g_string_append_printf (out, " contained=%u", item->n_contained);
  if (item->bundle != NULL && item->bundle->nesting > 0)
    g_string_append_printf (out, " nesting=%u", item->bundle->nesting);
  if (item->n_conflicts > 0)
    g_string_append_printf (out, " conflicts=%u/%u", item->n_conflicts, item->n_identity_conflicts);
  g_string_append_printf (out, " @%u\n", item->line);

  g_assert_true (item->resource == NULL || cJSON_IsObject (item->resource));
  if (item->text != NULL)
    {
      g_string_append_len (self->texts, item->text, (gssize) item->len);
      g_string_append_c (self->texts, '\n');
    }
  return TRUE;
}

static void
on_finding (const ImpFhirFinding *finding, gpointer data)
{
  Walked *self = data;

  g_string_append_printf (self->findings, "%s %s @%u: %s\n", imp_finding_code_name (finding->code),
                          finding->entry[0] != '\0' ? finding->entry : "-", finding->line,
                          finding->detail);
}

static void
on_bundle (const ImpFhirBundle *bundle, gboolean ended, gpointer data)
{
  Walked *self = data;
  GString *out = self->bundles;
  ImpFhirMessage message;

  if (ended)
    {
      g_string_append (out, ".\n");
      return;
    }
  g_string_append_printf (out, "%s %s", bundle->entry[0] != '\0' ? bundle->entry : "-",
                          bundle->type_word != NULL ? bundle->type_word : "?");
  add_word (out, "id", bundle->id);
  add_word (out, "identifier", bundle->identifier_value);
  add_word (out, "timestamp", bundle->timestamp);
  add_word (out, "next", bundle->next_url);
  add_word (out, "full", bundle->full_url);
  if (bundle->parent != NULL)
    add_word (out, "parent", bundle->parent->id);
  if (bundle->message != NULL)
    {
      imp_fhir_message_read (bundle->message, &message);
      add_word (out, "event", message.event_code);
      add_word (out, "reason", message.reason_code);
      if (message.focus != NULL)
        add_word (out, "focus", imp_json_string (imp_json_first (message.focus), "reference"));
    }
  g_string_append_c (out, '\n');
}

void
walk_stream (ImpStream *raw, Walked *out)
{
  ImpFhirVisitor visitor = { on_item, on_finding, on_bundle, out };
  g_auto (ImpFhirProbe) probe = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStream) stream = NULL;

  out->items = g_string_new (NULL);
  out->findings = g_string_new (NULL);
  out->bundles = g_string_new (NULL);
  out->texts = g_string_new (NULL);
  stream = imp_fhir_open (raw, &probe, &error);
  g_assert_no_error (error);
  out->form = probe.form;
  g_assert_true (imp_fhir_walk (stream, &probe, &visitor, &out->tally, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (out->tally.n_pieces, ==,
                    out->tally.n_items + out->tally.n_bundles + out->tally.n_refused);
  g_assert_cmpuint (out->tally.n_refused, <=, out->tally.n_findings);
}

void
walk_text (const char *text, gsize len, gsize chunk, Walked *out)
{
  walk_stream (stream_of (text, len, chunk), out);
}
