/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-document-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_auto (ImpDocument) document = { 0 };
  g_auto (ImpDocument) again = { 0 };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  limits.text_bytes = 64 * 1024;
  imp_document_init (&document);
  imp_document_rtf (data, size, &limits, FALSE, &document);
  g_assert_true (g_utf8_validate_len (document.text->str, document.text->len, NULL));
  g_assert_null (memchr (document.text->str, 0, document.text->len));
  g_assert_cmpuint (document.text->len, <=, limits.text_bytes + 1);

  /* What one process writes the other reads. */
  imp_document_pack (&document, packed);
  bytes = g_bytes_new (packed->data, packed->len);
  imp_document_init (&again);
  g_assert_true (imp_document_unpack (bytes, &limits, &again));
  g_assert_cmpstr (again.text->str, ==, document.text->str);
  g_assert_cmpuint (again.findings->len, ==, document.findings->len);
  return 0;
}
