/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"
#include "ole-fixture.h"

/* Modifiers, [MS-DOC] 2.6.1 and 2.6.2. */
#define DELETED "0008 01"
#define INSERTED "0108 01"
#define STRUCK "3708 01"
#define RAISED "482a 01"
#define SPECIAL "5508 01"
#define IN_TABLE "1624 01"
#define ROW_END "1624 01 1724 01"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

/* @data: (nullable): the stream "Data" */
static GBytes *
pack (FixtureDoc *doc, const GByteArray *data)
{
  FixtureStream streams[] = {
    { "WordDocument", NULL }, { "1Table", NULL }, { NULL, NULL }, { NULL, NULL }
  };

  if (doc->main == NULL)
    fixture_doc (doc);
  streams[0].bytes = doc->main;
  streams[1].bytes = doc->table;
  if (data != NULL)
    streams[2] = (FixtureStream){ "Data", data };
  return fixture_ole (streams);
}

static void
check (FixtureDoc *doc, const char *expected)
{
  g_autoptr (GBytes) bytes = pack (doc, NULL);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_DOC);
  g_assert_cmpstr (document.text->str, ==, expected);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

static void
check_runs (const FixtureRun *runs, const char *expected)
{
  g_auto (FixtureDoc) doc = { .runs = runs };

  check (&doc, expected);
}

static void
test_text (void)
{
  /* Bytes and words, paragraphs, a tab, a line, a hyphen that stays, one that may come. */
  check_runs ((const FixtureRun[]){ { "Summary \x96 \x93x\x94\r", TRUE },
                                    { "退院時サマリー\ra\tb\vc\x1e"
                                      "d\x1f"
                                      "e\r𠮷\r" },
                                    { NULL } },
              "Summary – “x”\n退院時サマリー\na\tb\nc-de\n𠮷\n");
  /* Pieces in another order than their bytes, as fast saving leaves them: by the table alone. */
  {
    g_auto (FixtureDoc)
        doc = { .runs = (const FixtureRun[]){ { "first\r" }, { "second\r" }, { NULL } } };
    guint8 place[4];

    fixture_doc (&doc);
    memcpy (place, doc.table->data + 5 + 12 + 2, 4);
    memcpy (doc.table->data + 5 + 12 + 2, doc.table->data + 5 + 12 + 10, 4);
    memcpy (doc.table->data + 5 + 12 + 10, place, 4);
    /* six characters of "second", then seven from "first" on: its end and the begin of "second" */
    check (&doc, "secondfirst\ns\n");
  }
}

/* 退院 in CP932 is 91 de 89 40; 81 41 is 、 and Windows-1252 has no 81. */
static void
test_japanese_bytes (void)
{
  const FixtureRun runs[] = { { "\x91\xde\x89@\x81"
                                "A\r",
                                TRUE },
                              { NULL } };
  g_auto (FixtureDoc) japanese = { .runs = runs, .language = 0x0411 };
  g_auto (FixtureDoc)
      western = { .runs = (const FixtureRun[]){ { "caf\xe9 \x80\r", TRUE }, { NULL } },
                  .language = 0x0411 };
  g_auto (FixtureDoc) lost = { .runs = runs };
  g_autoptr (GBytes) bytes = pack (&lost, NULL);
  g_auto (ImpDocument) document = { 0 };

  check (&japanese, "退院、\n");
  check (&western, "café €\n");
  fixture_convert (bytes, &plain, &document);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_UNDECODABLE, "characters lost: 1"));
}

static void
test_marks (void)
{
  static const char *const fonts[] = { "Times", "Symbol", NULL };

  check_runs ((const FixtureRun[]){ { "5" },
                                    { "0", FALSE, DELETED },
                                    { "mg", FALSE, INSERTED },
                                    { "x\r", TRUE, STRUCK },
                                    { "10", FALSE, "3708 00" },
                                    { "3", FALSE, RAISED },
                                    { "y\r" },
                                    { NULL } },
              "5【削除：0】mg【削除：x】\n10^3y\n");
  /* Of the piece: short ones, and those of the table. */
  check_runs ((const FixtureRun[]){ { "a" },
                                    { "b", .modifier = 0x41 << 1 | 1 << 8 },
                                    { "c", .modifier = 0x57 << 1 | 1 << 8 },
                                    { "d", .modifier = 0x57 << 1 },
                                    { "e\r" },
                                    { NULL } },
              "a【削除：bc】de\n");
  {
    g_auto (FixtureDoc) doc = {
      .runs = (const FixtureRun[]){ { "a" }, { "b", .modifier = 1 }, { "c\r" }, { NULL } },
      .modifiers = "000801",
    };

    check (&doc, "a【削除：b】c\n");
  }
  /* A run in a font of signs, a sign that names its font. */
  {
    g_auto (FixtureDoc) doc = {
      .runs = (const FixtureRun[]){ { "5 " },
                                    { "m", FALSE, "4f4a 0100" },
                                    { "g ", FALSE, "4f4a 0000" },
                                    { "m\xef\x81\xad", FALSE, "4f4a 0000 514a 0100" },
                                    { "(", FALSE, SPECIAL "096a 0100 b3f0" },
                                    { "(\r" },
                                    { NULL } },
      .fonts = fonts,
    };

    check (&doc, "5 μg mμ≥(\n");
  }
}

/* An empty cell between two others; a cell of two paragraphs; the row's end is none of them. */
static void
test_table (void)
{
  check_runs ((const FixtureRun[]){ { "before\r" },
                                    { "a\rb\ta\7", FALSE, NULL, IN_TABLE },
                                    { "\7", FALSE, NULL, IN_TABLE },
                                    { "c\7", FALSE, NULL, IN_TABLE },
                                    { "\7", FALSE, NULL, ROW_END },
                                    { "d\7", FALSE, NULL, IN_TABLE },
                                    { "\7", FALSE, NULL, ROW_END },
                                    { "after\r" },
                                    { NULL } },
              "before\na b a\t\tc\nd\nafter\n");
}

static void
test_fields (void)
{
  check_runs ((const FixtureRun[]){ { "p.\x13 PAGE \\* MERGEFORMAT \x14"
                                      "7\x15"
                                      "/\x13NUMPAGES\x15"
                                      "x\x13IF \x13PAGE\x14"
                                      "1\x15 = 1\x14yes\x15.\r" },
                                    { NULL } },
              "p.7/xyes.\n");
  check_runs ((const FixtureRun[]){ { "5 \x13 SYMBOL 109 \\f \"Symbol\" \x15g\r" }, { NULL } },
              "5 μg\n");
}

/* [MS-DOC] 2.9.157: 68 bytes of head, then what kind it is in two bits and the result in five; 25
 * stands for what it was made with. The last two cases are cut off behind that. */
static void
test_forms (void)
{
  static const struct
  {
    const char *field;
    guint kind;
    guint result;
    guint standard;
    guint n_cut;
    const char *expected;
  } cases[] = {
    { "\x13 FORMCHECKBOX ", 1, 0, 1, 0, "☐ a\n" },
    { "\x13 FORMCHECKBOX ", 1, 1, 0, 0, "☑ a\n" },
    { "\x13 FORMCHECKBOX ", 1, 25, 1, 0, "☑ a\n" },
    { "\x13 FORMCHECKBOX ", 1, 25, 0, 0, "☐ a\n" },
    { "\x13"
      "formdropdown ",
      2, 0, 1, 0, "男 a\n" },
    { "\x13 FORMDROPDOWN ", 2, 25, 1, 0, "女性 a\n" },
    { "\x13 FORMCHECKBOX ", 1, 7, 0, 0, NULL },
    { "\x13 FORMCHECKBOX ", 2, 0, 0, 0, NULL },
    { "\x13 FORMDROPDOWN ", 2, 2, 0, 0, NULL }, /* there are two */
    { "\x13 FORMDROPDOWN ", 2, 1, 0, 2, NULL },
    { "\x13 FORMCHECKBOX ", 1, 25, 0, 40, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FixtureDoc)
          doc = { .runs = (const FixtureRun[]){ { cases[i].field },
                                                { "\x01", FALSE, SPECIAL "0608 01 036a 00000000" },
                                                { "\x14\x15 a\r" },
                                                { NULL } } };
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) document = { 0 };

      fixture_pack (data,
                    "4204222"
                    "2w2"
                    "2",
                    100, 68, 62u, 0xffffffff, cases[i].kind | cases[i].result << 2, 0, 0, 2, "名前",
                    0, cases[i].standard);
      fixture_pack (data,
                    "22"
                    "22"
                    "22"
                    "22"
                    "2w2",
                    0, 0, 0, 0, 0, 0, 0, 0, 1, "x", 0);
      fixture_pack (data,
                    "222"
                    "2w"
                    "2w",
                    0xffff, 2, 0, 1, "男", 2, "女性");
      g_byte_array_set_size (data, data->len - cases[i].n_cut);
      bytes = pack (&doc, data);
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpstr (document.text->str, ==,
                       cases[i].expected != NULL ? cases[i].expected : "\xef\xbf\xbd a\n");
      g_assert_cmpint (fixture_has_finding (&document, IMP_FINDING_UNDECODABLE, "lost: 1"), ==,
                       cases[i].expected == NULL);
    }
}

static void
test_parts (void)
{
  g_auto (FixtureDoc) doc = {
    .runs = (const FixtureRun[]){ { "text\r" },
                                  { "note\r" },
                                  { "\x03\r\rhead\r" },
                                  { "\r" },
                                  { "box\r" },
                                  { "\r" },
                                  { NULL } },
    .counts = { 5, 5, 8, 0, 0, 1, 4, 0 },
  };

  check (&doc, "text\n［脚注］\nnote\n［ヘッダー・フッター］\nhead\n［テキストボックス］\nbox\n");
}

/* What is inside and not carried, and what is told instead of words. */
static void
test_findings (void)
{
  static const struct
  {
    FixtureRun run;
    guint16 flags;
    gboolean has_no_properties;
    const char *stream; /* (nullable) */
    const char *words;
    ImpFindingCode code;
    const char *finding;
  } cases[] = {
    { { "a\x13 INCLUDETEXT c:\\x \x14"
        "b\x15\r" },
      0,
      FALSE,
      NULL,
      "ab\n",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "a field that fetches something inside" },
    { { "a\x13 DDEAUTO \x13 PAGE \x15 c:\\x\x15\r" },
      0,
      FALSE,
      NULL,
      "a\n",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "a field that fetches something inside" },
    { { "a\x01\r", FALSE, SPECIAL },
      0,
      FALSE,
      NULL,
      "a\n",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "a picture or drawing that is not carried inside" },
    { { "a\r" },
      0,
      FALSE,
      "Macros/VBA/dir",
      "a\n",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "a macro inside" },
    { { "a\r" },
      0,
      FALSE,
      "ObjectPool/_123/\1Ole",
      "a\n",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "an embedded object inside" },
    { { "a\r" },
      0x0100,
      FALSE,
      NULL,
      "",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "it is under a password" },
    { { "a\r" },
      0x8100,
      FALSE,
      NULL,
      "",
      IMP_FINDING_ATTACHMENT_REFUSED,
      "it is under a password" },
    { { "a\r" },
      0,
      TRUE,
      NULL,
      "a\n",
      IMP_FINDING_NOT_UNDERSTOOD,
      "marks of deletion cannot be read" },
    { { "a\x13 PAGE\r" }, 0, FALSE, NULL, "a\n", IMP_FINDING_TRUNCATED, "damaged or cut off" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FixtureRun runs[] = { cases[i].run, { NULL } };
      g_auto (FixtureDoc) doc = { .runs = runs,
                                  .flags = cases[i].flags,
                                  .has_no_properties = cases[i].has_no_properties };
      FixtureStream streams[] = {
        { "WordDocument", NULL }, { "1Table", NULL }, { cases[i].stream, NULL }, { NULL, NULL }
      };
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) document = { 0 };

      fixture_doc (&doc);
      streams[0].bytes = doc.main;
      streams[1].bytes = doc.table;
      bytes = fixture_ole (streams);
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpstr (document.text->str, ==, cases[i].words);
      g_assert_true (fixture_has_finding (&document, cases[i].code, cases[i].finding));
    }
}

/* Word 6 and 95 have another FIB: nothing of them is guessed. */
static void
test_older (void)
{
  static const guint16 heads[][2] = { { 0xa5dc, 0x65 }, { 0xa5ec, 0x68 } };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_auto (FixtureDoc) doc = { .runs = (const FixtureRun[]){ { "a\r" }, { NULL } } };
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) document = { 0 };

      fixture_doc (&doc);
      memcpy (doc.main->data, heads[i], 4);
      bytes = pack (&doc, NULL);
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "before 1997"));
    }
}

/* Numbers that lead nowhere: what can be read is read, and it is told. */
static void
test_bad_places (void)
{
  static const struct
  {
    gboolean is_table;
    guint at;
    guint32 value;
    const char *words;
  } cases[] = {
    { FALSE, 0x1a2, 0x7fffffff, "" }, /* the pieces */
    { FALSE, 0x1a6, 5 + 12 + 7, "" },
    { FALSE, 0x1a6, 5 + 12 + 8, "first\n" }, /* how long they are */
    { TRUE, 1, 0x7fffffff, "" },
    { FALSE, 0x4c, 0xfffffff0, "first\nsecond\n" }, /* how many characters */
    { TRUE, 5 + 12 + 2, 0x3fffff00, "second\n" },   /* where the first piece is */
    { TRUE, 5 + 4, 0xffffffff, "first\nsecond\n" }, /* where it ends: more than there are */
    { TRUE, 5 + 4, 0, "second\n" },
    { TRUE, 5, 3, "firsecond\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (FixtureDoc)
          doc = { .runs = (const FixtureRun[]){ { "first\r" }, { "second\r" }, { NULL } } };
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) document = { 0 };
      GByteArray *changed;

      fixture_doc (&doc);
      changed = cases[i].is_table ? doc.table : doc.main;
      memcpy (changed->data + cases[i].at, &cases[i].value, 4);
      bytes = pack (&doc, NULL);
      fixture_convert (bytes, &plain, &document);
      g_test_message ("case %u: %s", i, document.text->str);
      g_assert_cmpint (document.verdict, !=, IMP_DOCUMENT_READ);
      g_assert_cmpstr (document.text->str, ==, cases[i].words);
    }
}

/* Fields in fields beyond any use. */
static void
test_nested (void)
{
  g_autoptr (GString) text = g_string_new ("a");
  FixtureRun runs[] = { { NULL }, { NULL } };
  g_auto (FixtureDoc) doc = { .runs = runs };

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "\x13X");
  for (guint i = 0; i < 200; i++)
    g_string_append (text, "\x14\x15");
  g_string_append (text, "b\r");
  runs[0].text = text->str;
  check (&doc, "ab\n");
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-doc/text", test_text);
  g_test_add_func ("/importer/document-doc/japanese-bytes", test_japanese_bytes);
  g_test_add_func ("/importer/document-doc/marks", test_marks);
  g_test_add_func ("/importer/document-doc/table", test_table);
  g_test_add_func ("/importer/document-doc/fields", test_fields);
  g_test_add_func ("/importer/document-doc/forms", test_forms);
  g_test_add_func ("/importer/document-doc/parts", test_parts);
  g_test_add_func ("/importer/document-doc/findings", test_findings);
  g_test_add_func ("/importer/document-doc/older", test_older);
  g_test_add_func ("/importer/document-doc/bad-places", test_bad_places);
  g_test_add_func ("/importer/document-doc/nested", test_nested);
  return g_test_run ();
}
