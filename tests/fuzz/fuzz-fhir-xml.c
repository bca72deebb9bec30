/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-error.h"
#include "imp-fhir-xml.h"
#include "imp-xml-cut.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
  gsize chunk;
} Chunks;

static gssize
read_chunk (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Chunks *self = data;
  gsize n = MIN (MIN (size, self->chunk), self->size - self->pos);

  if (n > 0)
    memcpy (buffer, self->data + self->pos, n);
  self->pos += n;
  return (gssize) n;
}

static gboolean
rewind_chunks (gpointer data, GError **error)
{
  ((Chunks *) data)->pos = 0;
  return TRUE;
}

static void
check_tree (const cJSON *node)
{
  for (; node != NULL; node = node->next)
    {
      g_assert_false (cJSON_IsNumber (node));
      if (cJSON_IsString (node))
        g_assert_true (g_utf8_validate (node->valuestring, -1, NULL));
      check_tree (node->child);
    }
}

static void
check_element (const char *head, const char *name, const char *text, gsize len)
{
  ImpFhirXmlReport report;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) node = imp_fhir_xml_parse (head, name, text, len, &report, &error);

  if (node == NULL)
    g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
  else
    check_tree (node);
}

typedef struct
{
  const guint8 *data;
  gsize size;
  const ImpXmlCutSeen *seen;
  GString *out;
} Taken;

static gboolean
take (const ImpSlice *slice, gpointer data, GError **error)
{
  Taken *self = data;

  g_assert_cmpuint (slice->offset, <=, slice->end);
  g_assert_cmpuint (slice->end, <=, self->size);
  if (slice->state == IMP_SLICE_WHOLE || slice->state == IMP_SLICE_CUT_OFF)
    {
      g_assert_cmpuint (slice->len, ==, slice->end - slice->offset);
      g_assert_cmpint (memcmp (slice->text, self->data + slice->offset, slice->len), ==, 0);
      check_element (self->seen->root_tag, self->seen->root, slice->text, slice->len);
    }
  g_string_append_printf (self->out, "%d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u %s\n",
                          slice->state, slice->offset, slice->end, slice->line, slice->key);
  return TRUE;
}

static void
check_scan (const guint8 *data, gsize size, const char *only, const char *except)
{
  static const gsize chunks[] = { G_MAXSIZE, 1, 7 };
  g_autoptr (GString) first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      Chunks source = { data, size, 0, chunks[i] };
      g_autoptr (ImpStream) stream = imp_stream_new (read_chunk, rewind_chunks, &source, NULL);
      g_auto (ImpXmlCutSeen) seen = { 0 };
      Taken taken = { data, size, &seen, g_string_new (NULL) };
      ImpXmlCutOptions options = { .only = only, .except = except, .take = take, .data = &taken };

      g_assert_true (imp_xml_cut (stream, &options, &seen, NULL));
      g_string_append_printf (taken.out, "%d %d %s", seen.is_cut_off, seen.has_doctype,
                              seen.root != NULL ? seen.root : "");
      if (first == NULL)
        first = g_steal_pointer (&taken.out);
      else
        {
          g_assert_cmpstr (taken.out->str, ==, first->str);
          g_string_free (taken.out, TRUE);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *end;
  gsize len = size;

  /* What comes here is UTF-8. */
  if (!g_utf8_validate_len ((const char *) data, size, &end))
    len = (gsize) (end - (const char *) data);
  check_element (NULL, NULL, (const char *) data, len);
  check_scan (data, len, "entry", NULL);
  check_scan (data, len, NULL, "entry");
  return 0;
}
