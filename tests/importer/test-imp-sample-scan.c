/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers of the sample hospital: always the same, and read like those of any other. */
#include "imp-sample-scan.h"

#include "imp-sample-time.h"

#include "document-fixture.h"

#define ID G_GUINT64_CONSTANT (5000123)

static GBytes *
make (void (*draw) (ImpSampleBuffer *out, guint64 id, int day), guint64 id, int month)
{
  ImpSampleBuffer buffer = { 0 };
  GBytes *bytes;

  /* Behind what is there already. */
  imp_sample_put (&buffer, "x", 1);
  draw (&buffer, id, imp_sample_day (2026, month, 4));
  bytes = g_bytes_new (buffer.bytes + 1, buffer.len - 1);
  imp_sample_buffer_clear (&buffer);
  return bytes;
}

static void
check_same (void (*draw) (ImpSampleBuffer *out, guint64 id, int day))
{
  g_autoptr (GBytes) one = make (draw, ID, 3);
  g_autoptr (GBytes) again = make (draw, ID, 3);
  g_autoptr (GBytes) other_day = make (draw, ID, 4);
  g_autoptr (GBytes) other_patient = make (draw, ID + 1, 3);

  g_assert_true (g_bytes_equal (one, again));
  g_assert_false (g_bytes_equal (one, other_day));
  g_assert_false (g_bytes_equal (one, other_patient));
}

static void
test_letter (void)
{
  const ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_autoptr (GBytes) letter = make (imp_sample_scan_letter, ID, 3);
  g_auto (ImpDocument) document = { 0 };

  check_same (imp_sample_scan_letter);
  fixture_convert (letter, &limits, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_cmpuint (document.findings->len, ==, 0);
  g_assert_cmpuint (document.pictures->len, ==, 1);
  g_assert_cmpuint (fixture_picture (&document, 0)->width, ==, 620);
  g_assert_cmpuint (fixture_picture (&document, 0)->height, ==, 877);
  g_assert_cmpstr (document.text->str, ==, "");
}

static void
test_reply (void)
{
  const ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_autoptr (GBytes) reply = make (imp_sample_scan_reply, ID, 3);
  g_auto (ImpDocument) document = { 0 };

  check_same (imp_sample_scan_reply);
  fixture_convert (reply, &limits, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_cmpuint (document.findings->len, ==, 0);
  g_assert_cmpuint (document.pictures->len, ==, 0);
  g_assert_nonnull (strstr (document.text->str, "Patient 0005000123, seen on 20260304"));
  g_assert_nonnull (strstr (document.text->str, "no change of treatment"));
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/sample-scan/letter", test_letter);
  g_test_add_func ("/importer/sample-scan/reply", test_reply);
  return g_test_run ();
}
