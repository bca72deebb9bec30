/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"
#include "ole-fixture.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define TEXT "first\nsecond\n"

/* A document of two lines, larger than what goes into small sectors. */
static GBytes *
make_document (const char *more)
{
  g_auto (FixtureDoc)
      doc = { .runs = (const FixtureRun[]){ { "first\r" }, { "second\r" }, { NULL } } };
  FixtureStream streams[] = {
    { "WordDocument", NULL }, { "1Table", NULL }, { more, NULL }, { NULL }
  };

  fixture_doc (&doc);
  fixture_pack (doc.main, "0", 4096u);
  streams[0].bytes = doc.main;
  streams[1].bytes = doc.table;
  return fixture_ole (streams);
}

/* By the streams of the root, wherever else such a name stands. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *name;
    const char *finding;
  } cases[] = {
    { "EncryptedPackage", "it is under a password" },
    { "EncryptionInfo", "it is under a password" },
    { "Book", "before 1997" },
    { "Contents", "the storage of a program that is not known" },
    { "a/WordDocument", "the storage of a program that is not known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FixtureStream streams[] = { { cases[i].name, NULL }, { NULL, NULL } };
      g_autoptr (GBytes) bytes = fixture_ole (streams);
      g_auto (ImpDocument) document = { 0 };

      fixture_convert (bytes, &plain, &document);
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].finding));
      g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED,
                                          "nothing of it could be read"));
    }
}

/* A mail's name inside makes the bytes look like one; the storage says what it is. */
static void
test_inner (void)
{
  g_autoptr (GBytes) bytes = make_document ("ObjectPool/_1/__properties_version1.0");
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpstr (document.text->str, ==, TEXT);
  g_assert_true (
      fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "an embedded object inside"));
}

/* Without the process: what it does is the same. */
static void
read_bytes (const guint8 *data, gsize len, ImpDocument *out)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);

  imp_document_init (out);
  imp_document_ole (bytes, &plain, out);
}

/* Cut anywhere: what was read, from the begin on, and a finding where that is not all. */
static void
test_cut (void)
{
  g_autoptr (GBytes) whole = make_document (NULL);
  const guint8 *data = g_bytes_get_data (whole, NULL);
  gsize n = g_bytes_get_size (whole);

  for (gsize len = 0; len <= n; len += len < 600 ? 1 : 37)
    {
      g_auto (ImpDocument) document = { 0 };

      read_bytes (data, len, &document);
      g_assert_true (g_str_has_prefix (TEXT, document.text->str));
      if (strcmp (document.text->str, TEXT) != 0)
        g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "cut off"));
    }
}

/* Each byte of the head, the table of sectors and the directory changed. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) whole = make_document ("Macros/x");
  gsize n = g_bytes_get_size (whole);

  for (gsize at = 0; at < n; at++)
    {
      g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (whole, NULL), n);
      g_auto (ImpDocument) document = { 0 };

      if (at >= 512 && at < 4096 + 2560 && at % 16 != 0)
        continue;
      changed[at] ^= at % 2 == 0 ? 0xff : 1;
      read_bytes (changed, n, &document);
      g_assert_true (g_utf8_validate (document.text->str, -1, NULL));
    }
}

/* [MS-CFB] 2.3: a chain of sectors that leads back to itself, or nowhere. */
static void
test_circles (void)
{
  g_autoptr (GBytes) whole = make_document (NULL);
  gsize n = g_bytes_get_size (whole);
  guint32 table, entry;

  memcpy (&table, (const guint8 *) g_bytes_get_data (whole, NULL) + 0x4c, 4);
  for (guint i = 0; i < n / 512; i++)
    for (guint way = 0; way < 3; way++)
      {
        g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (whole, NULL), n);
        g_auto (ImpDocument) document = { 0 };

        entry = way == 0 ? i : way == 1 ? 0 : 0x00ffffff;
        memcpy (changed + 512 * (gsize) (table + 1) + 4 * (gsize) i, &entry, 4);
        read_bytes (changed, n, &document);
        g_assert_cmpuint (document.text->len, <=, strlen (TEXT));
        if (document.text->len < strlen (TEXT))
          g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "cut off"));
      }
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* damage is what libgsf warns of */
  imp_document_prepare_ole ();
  g_test_add_func ("/importer/document-ole/kinds", test_kinds);
  g_test_add_func ("/importer/document-ole/inner", test_inner);
  g_test_add_func ("/importer/document-ole/cut", test_cut);
  g_test_add_func ("/importer/document-ole/damaged", test_damaged);
  g_test_add_func ("/importer/document-ole/circles", test_circles);
  return g_test_run ();
}
