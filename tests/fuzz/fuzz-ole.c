/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <string.h>

#include "imp-document-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Streams of a file, whose bytes the input holds one behind the other. */
typedef struct
{
  const char *names[4];
} Layout;

static const Layout layouts[] = {
  { { "Workbook" } },
  { { "PowerPoint Document", "Current User" } },
  { { "WordDocument", "1Table", "Data" } },
  { { "__properties_version1.0", "__substg1.0_1000001E", "__substg1.0_10130102" } },
};

/* @data: two bytes for the length of each stream but the first, these, then the rest in it. */
static GBytes *
pack (const Layout *layout, const guint8 *data, gsize size)
{
  GsfOutput *memory = gsf_output_memory_new ();
  GsfOutfile *root = gsf_outfile_msole_new (memory);
  GBytes *bytes;

  for (guint i = G_N_ELEMENTS (layout->names); i-- > 0;)
    {
      gsize n = size;
      GsfOutput *out;

      if (layout->names[i] == NULL)
        continue;
      if (i > 0)
        {
          n = size >= 2 ? (gsize) (data[0] | data[1] << 8) : 0;
          data += MIN (size, 2);
          size -= MIN (size, 2);
          n = MIN (n, size);
        }
      out = gsf_outfile_new_child (root, layout->names[i], FALSE);
      if (n > 0)
        gsf_output_write (out, n, data);
      gsf_output_close (out);
      g_object_unref (out);
      data += n;
      size -= n;
    }
  gsf_output_close (GSF_OUTPUT (root));
  bytes = g_bytes_new (gsf_output_memory_get_bytes (GSF_OUTPUT_MEMORY (memory)),
                       (gsize) gsf_output_size (memory));
  g_object_unref (root);
  g_object_unref (memory);
  return bytes;
}

/* The first byte says what the rest is: a file, or the streams of one of that kind. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static gboolean is_prepared = FALSE;
  ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  guint choice;

  if (!is_prepared)
    imp_document_prepare_ole ();
  is_prepared = TRUE;
  if (size == 0)
    return 0;
  choice = data[0] % (G_N_ELEMENTS (layouts) + 1);
  bytes = choice < G_N_ELEMENTS (layouts) ? pack (&layouts[choice], data + 1, size - 1)
                                          : g_bytes_new (data + 1, size - 1);
  limits.text_bytes = 64 * 1024;
  imp_document_init (&document);
  imp_document_ole (bytes, &limits, &document);
  g_assert_true (g_utf8_validate_len (document.text->str, document.text->len, NULL));
  g_assert_null (memchr (document.text->str, 0, document.text->len));
  g_assert_cmpuint (document.text->len, <=, limits.text_bytes + 1);
  return 0;
}
