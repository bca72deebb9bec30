/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"

#include <string.h>

#include "imp-document-private.h"

GBytes *
fixture_pdf (const char *const *objects, const char *trailer)
{
  g_autoptr (GString) out = g_string_new ("%PDF-1.7\n");
  g_autoptr (GString) table = g_string_new (NULL);
  guint n = 1;
  gsize at;

  for (; objects[n - 1] != NULL; n++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", out->len);
      g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", n, objects[n - 1]);
    }
  at = out->len;
  g_string_append_printf (out, "xref\n0 %u\n0000000000 65535 f \n%s", n, table->str);
  g_string_append_printf (
      out, "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", n,
      trailer, at);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
check (const ImpDocument *document, const ImpDocumentLimits *limits)
{
  guint64 sum = 0;

  g_assert_true (g_utf8_validate_len (document->text->str, document->text->len, NULL));
  g_assert_null (memchr (document->text->str, 0, document->text->len));
  g_assert_cmpuint (document->text->len, <=, limits->text_bytes + 1);
  for (guint i = 0; i < document->pictures->len; i++)
    {
      const ImpDocumentPicture *picture = fixture_picture (document, i);
      guint width, height;

      g_assert_nonnull (imp_document_check_picture (g_bytes_get_data (picture->bytes, NULL),
                                                    g_bytes_get_size (picture->bytes), &width,
                                                    &height));
      g_assert_cmpuint (picture->width, ==, width);
      g_assert_cmpuint (picture->height, ==, height);
      g_assert_cmpuint (MAX (width, height), <=, limits->max_edge);
      sum += g_bytes_get_size (picture->bytes);
    }
  g_assert_cmpuint (sum, <=, limits->picture_bytes);
}

void
fixture_convert (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  g_autoptr (ImpAttachment) attachment = imp_attachment_new ("a name", "x/y", bytes, NULL);

  imp_document_init (out);
  imp_document_convert (attachment, limits, out);
  check (out, limits);
  g_test_message ("%s: %s", imp_sniff_word (out->sniffed.kind),
                  imp_document_verdict_word (out->verdict));
  for (guint i = 0; i < out->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (out->findings, i);

      g_test_message ("%s: %s", imp_finding_code_name (finding->code), finding->detail);
    }
}

gboolean
fixture_has_finding (const ImpDocument *document, ImpFindingCode code, const char *words)
{
  for (guint i = 0; i < document->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (document->findings, i);

      if (finding->code == code && strstr (finding->detail, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

const ImpDocumentPicture *
fixture_picture (const ImpDocument *document, guint i)
{
  g_assert_cmpuint (i, <, document->pictures->len);
  return g_ptr_array_index (document->pictures, i);
}
