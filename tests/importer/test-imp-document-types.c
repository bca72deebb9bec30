/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "imp-document-types.h"
#include "imp-error.h"
#include "imp-map-file.h"

#define FOLDER "root/000/123/00012345/20250410/"
#define CONTENT "/00012345_20250410_X_1_20250410150000321_01_1/main_document.pdf"

static char *
write_table (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int file = g_file_open_tmp ("tomoshibi-types-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (file, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static ImpDocumentTypes *
load (const char *text, GError **error)
{
  g_autofree char *path = write_table (text);
  ImpDocumentTypes *types = imp_document_types_load (path, error);

  g_remove (path);
  return types;
}

/* SS-MIX2 spec 6.2; what is not in it is a document. */
static void
test_standard (void)
{
  static const struct
  {
    const char *folder;
    DiscKind kind;
    const char *title;
  } cases[] = {
    { "^退院サマリ^^18842-5^退院時サマリー^LN", DISC_KIND_DOCUMENT,
      "退院時サマリー（退院サマリ）" },
    { "L1^カルテ^99ZZZ^11506-3^経過記録^LN", DISC_KIND_NOTE, "経過記録（カルテ）" },
    { "^^^18748-4^^LN", DISC_KIND_REPORT, "画像検査報告書（^^^18748-4^^LN）" },
    { "L1^J-SPEED^99ZZZ^74465-6^問診票^LN", DISC_KIND_DOCUMENT, "問診票（J-SPEED）" },
    { "L12345", DISC_KIND_DOCUMENT, "L12345" },
    { "SOAP^^99ZZZ", DISC_KIND_DOCUMENT, "SOAP^^99ZZZ" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, cases[i].folder, CONTENT, NULL);
      g_auto (ImpExtendedName) name = { NULL };
      g_autofree char *title = NULL;

      g_assert_true (imp_extended_name_parse (path, &name));
      imp_document_types_apply (NULL, &name);
      title = imp_extended_name_title (&name);
      g_assert_cmpint (name.kind, ==, cases[i].kind);
      g_assert_cmpstr (title, ==, cases[i].title);
    }
  g_assert_cmpint (imp_document_types_kind ("34112-3"), ==, DISC_KIND_NOTE);
  g_assert_cmpint (imp_document_types_kind ("1-1"), ==, DISC_KIND_NONE);
  g_assert_cmpint (imp_map_file_kind ("1-1"), ==, DISC_KIND_DOCUMENT);
}

/* The hospital's rows come first, and change no name that a folder has. */
static void
test_hospital (void)
{
  static const struct
  {
    const char *folder;
    DiscKind kind;
    const char *title;
  } cases[] = {
    { "L12345", DISC_KIND_NOTE, "入院診療録（L12345）" },
    { "SOAP^^99ZZZ", DISC_KIND_NOTE, "医師記録（SOAP^^99ZZZ）" },
    { "SOAP^^99OTHER", DISC_KIND_DOCUMENT, "SOAP^^99OTHER" },
    { "SOAP^カルテ^99ZZZ", DISC_KIND_NOTE, "カルテ" },
    { "P7", DISC_KIND_REPORT, "病理検査報告書（P7）" },
    { "P8", DISC_KIND_REPORT, "病理検査報告書（P8）" },
    { "^退院サマリ^^18842-5^退院時サマリー^LN", DISC_KIND_NOTE, "退院時サマリー（退院サマリ）" },
    { "L1^カルテ^99ZZZ^11506-3^経過記録^LN", DISC_KIND_NOTE, "経過記録（カルテ）" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDocumentTypes) types = load ("\xef\xbb\xbf# ours\r\n"
                                             "\r\n"
                                             "L12345\t-\t11506-3\t入院診療録\r\n"
                                             "SOAP\t99ZZZ\tnote\t 医師記録 \n"
                                             "P7\t-\t11526-1\n"
                                             "P8\t-\tP7\t\n"
                                             "18842-5\tLN\tnote",
                                             &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, cases[i].folder, CONTENT, NULL);
      g_auto (ImpExtendedName) name = { NULL };
      g_autofree char *title = NULL;

      g_assert_true (imp_extended_name_parse (path, &name));
      imp_document_types_apply (types, &name);
      title = imp_extended_name_title (&name);
      g_assert_cmpint (name.kind, ==, cases[i].kind);
      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

/* A table that is half understood would show notes as something else. */
static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    guint line;
  } cases[] = {
    { "L1\n", 1 },
    { "L1\t-\n", 1 },
    { "# x\nL1\t-\tnotes\tx\n", 2 },
    { "L1\t\tnote\n", 1 },
    { "\t-\tnote\n", 1 },
    { "L1\t-\tnote\tname\tmore\n", 1 },
    { "L1\t-\tL2\nL2\t-\tnote\n", 1 },
    { "L1\t-\tnote\t\xff\n", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpDocumentTypes) types = load (cases[i].text, &error);
      g_autofree char *place = g_strdup_printf (":%u: ", cases[i].line);

      g_assert_null (types);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, place));
    }
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_document_types_load ("no-such-table", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-types/spec6.2", test_standard);
  g_test_add_func ("/importer/document-types/hospital", test_hospital);
  g_test_add_func ("/importer/document-types/refused", test_refused);
  g_test_add_func ("/importer/document-types/no-file", test_no_file);
  return g_test_run ();
}
