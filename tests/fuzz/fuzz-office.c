/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-document-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/*
 * The first byte says what the rest is: an office document of that kind, HTML, or what a converter
 * gives back.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const ImpSniffKind kinds[] = { IMP_SNIFF_DOCX, IMP_SNIFF_XLSX, IMP_SNIFF_PPTX,
                                        IMP_SNIFF_ODT };
  ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  guint choice;

  if (size == 0)
    return 0;
  choice = data[0] % (G_N_ELEMENTS (kinds) + 2);
  bytes = g_bytes_new (data + 1, size - 1);
  limits.text_bytes = 64 * 1024;
  imp_document_init (&document);
  if (choice < G_N_ELEMENTS (kinds))
    imp_document_office (bytes, kinds[choice], &limits, FALSE, &document);
  else if (choice == G_N_ELEMENTS (kinds))
    imp_document_html (data + 1, size - 1, &limits, &document);
  else
    imp_document_unpack (bytes, &limits, &document);
  g_assert_true (g_utf8_validate_len (document.text->str, document.text->len, NULL));
  g_assert_null (memchr (document.text->str, 0, document.text->len));
  g_assert_cmpuint (document.text->len, <=, limits.text_bytes + 1);
  return 0;
}
