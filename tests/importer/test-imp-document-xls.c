/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"
#include "ole-fixture.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define BEGIN_BOOK 0x0809, "222244", 0x0600, 5, 0, 0, 0, 0
#define BEGIN_SHEET 0x0809, "222244", 0x0600, 0x10, 0, 0, 0, 0
#define BEGIN_CHART 0x0809, "222244", 0x0600, 0x20, 0, 0, 0, 0
#define END 0x000a, ""
#define MAX_SHEETS 4

/* A workbook: what comes before its sheets, and these. */
typedef struct
{
  GByteArray *globals;
  GByteArray *sheets[MAX_SHEETS];
  guint places[MAX_SHEETS]; /* of the numbers that say where they begin */
  guint n;
} Book;

static void
book_init (Book *self)
{
  *self = (Book){ .globals = g_byte_array_new () };
  fixture_record (self->globals, BEGIN_BOOK);
}

static void
book_clear (Book *self)
{
  g_clear_pointer (&self->globals, g_byte_array_unref);
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->sheets[i], g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

/* @name: of ASCII, or in UTF-16 where @is_wide */
static GByteArray *
add_sheet (Book *self, const char *name, gboolean is_wide, guint state, guint kind)
{
  GByteArray *sheet = self->sheets[self->n] = g_byte_array_new ();

  self->places[self->n++] = self->globals->len + 4;
  fixture_record (self->globals, 0x85, is_wide ? "41111w" : "41111s", 0, state, kind,
                  (guint) g_utf8_strlen (name, -1), is_wide, name);
  fixture_record (sheet, BEGIN_SHEET);
  return sheet;
}

static GByteArray *
pack_stream (Book *self)
{
  GByteArray *out = g_byte_array_new ();

  fixture_record (self->globals, END);
  fixture_pack (out, "b", self->globals);
  for (guint i = 0; i < self->n; i++)
    {
      guint32 at = out->len;

      memcpy (out->data + self->places[i], &at, 4);
      fixture_record (self->sheets[i], END);
      fixture_pack (out, "b", self->sheets[i]);
    }
  return out;
}

static void
convert_stream (const GByteArray *stream, ImpDocument *out)
{
  FixtureStream streams[] = { { "Workbook", stream }, { NULL, NULL } };
  g_autoptr (GBytes) bytes = fixture_ole (streams);

  fixture_convert (bytes, &plain, out);
  g_assert_cmpint (out->sniffed.kind, ==, IMP_SNIFF_XLS);
}

static void
convert (Book *self, ImpDocument *out)
{
  g_autoptr (GByteArray) stream = pack_stream (self);

  convert_stream (stream, out);
}

static void
check (Book *self, const char *expected)
{
  g_auto (ImpDocument) document = { 0 };

  convert (self, &document);
  g_assert_cmpstr (document.text->str, ==, expected);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

/* @grbit: 8: struck out. @raised: 1 */
static void
add_font (Book *self, guint grbit, guint raised, const char *name)
{
  fixture_record (self->globals, 0x31, "22222111111s", 200, grbit, 0x7fff, 400, raised, 0, 0, 0, 0,
                  (guint) strlen (name), 0, name);
}

static void
add_style (Book *self, guint font, guint format)
{
  fixture_record (self->globals, 0xe0, "220", font, format, 16u);
}

/* Each kind of cell. An RK holds the upper 30 bits of a double, or an integer; 0x3ff80000 is 1.5.
 */
static void
test_cells (void)
{
  g_auto (Book) book = { 0 };
  GByteArray *sheet;

  book_init (&book);
  add_style (&book, 0, 0);
  sheet = add_sheet (&book, "検査", TRUE, 0, 0);
  fixture_record (book.globals, 0xfc, "4421s21w", 2, 2, 3, 0, "CRP", 2, 1, "退院");
  fixture_record (sheet, 0xfd, "2224", 0, 0, 0, 0);
  fixture_record (sheet, 0x203, "222d", 0, 1, 0, 0.3);
  fixture_record (sheet, 0xfd, "2224", 0, 3, 0, 1);
  fixture_record (sheet, 0x27e, "2224", 1, 0, 0, 12345u << 2 | 3);      /* 123.45 */
  fixture_record (sheet, 0x27e, "2224", 1, 1, 0, (guint) (-7 * 4) | 2); /* -7 */
  fixture_record (sheet, 0x27e, "2224", 1, 2, 0, 0x3ff80000);           /* 1.5 */
  fixture_record (sheet, 0x27e, "2224", 1, 3, 0, 0x3ff80001);           /* 1.5 / 100 */
  fixture_record (sheet, 0xbd,
                  "22"
                  "24"
                  "24"
                  "2",
                  2, 1, 0, 5u << 2 | 2, 0, 6u << 2 | 2, 2);
  fixture_record (sheet, 0x205, "22211", 3, 0, 0, 1, 0);
  fixture_record (sheet, 0x205, "22211", 3, 1, 0, 0x2a, 1);
  fixture_record (sheet, 0x204, "22221w", 4, 0, 0, 1, 1, "語");
  fixture_record (sheet, 0x06, "222d0", 4, 1, 0, 2.5, 8u);
  fixture_record (sheet, 0x06, "222x0", 4, 2, 0, "00 00 00 00 00 00 ff ff", 8u);
  fixture_record (sheet, 0x207, "21s", 5, 0, "words");
  fixture_record (sheet, 0x06, "222x0", 4, 3, 0, "01 00 00 00 00 00 ff ff", 8u);
  fixture_record (sheet, 0x06, "222x0", 4, 4, 0, "02 00 07 00 00 00 ff ff", 8u);
  fixture_record (sheet, 0x06, "222x0", 4, 5, 0, "03 00 00 00 00 00 ff ff", 8u);
  fixture_record (sheet, 0x203, "222d", 5, 0, 0, 0.1 + 0.2);
  fixture_record (sheet, 0x203, "222d", 5, 1, 0, 6.02e23);
  check (&book, "［検査］\nCRP\t0.3\t\t退院\n123.45\t-7\t1.5\t0.015\n\t5\t6\nTRUE\t#N/A\n"
                "語\t2.5\twords\tFALSE\t#DIV/0!\n0.30000000000000004\t6.02e+23\n");
}

/* Cells in whatever order they were written, two in one place, and a chart's own numbers. */
static void
test_order (void)
{
  g_auto (Book) book = { 0 };
  GByteArray *sheet;

  book_init (&book);
  sheet = add_sheet (&book, "S", FALSE, 0, 0);
  fixture_record (sheet, 0x203, "222d", 1, 1, 0, 4.0);
  fixture_record (sheet, 0x203, "222d", 1, 0, 0, 3.0);
  fixture_record (sheet, BEGIN_CHART);
  fixture_record (sheet, 0x203, "222d", 0, 0, 0, 99.0);
  fixture_record (sheet, END);
  fixture_record (sheet, 0x203, "222d", 0, 0, 0, 1.0);
  fixture_record (sheet, 0x203, "222d", 0, 0, 0, 2.0);
  check (&book, "［S］\n1\t2\n3\t4\n");
}

/* 45757 days after 1899-12-30 is 2025-04-10; 1904-01-01 is day 0 of the other count. */
static void
test_formats (void)
{
  static const struct
  {
    guint format;
    const char *own; /* (nullable) */
    double value;
    gboolean is_1904;
    const char *expected;
  } cases[] = {
    { 0, "General", 45757, FALSE, "45757" },
    { 14, NULL, 45757, FALSE, "2025-04-10" },
    { 22, NULL, 45757.5, FALSE, "2025-04-10 12:00:00" },
    { 14, NULL, 0, TRUE, "1904-01-01" },
    { 176, "[$-411]ggge\"-\"m\"-\"d", 45757, FALSE, "2025-04-10" },
    { 9, NULL, 0.5, FALSE, "0.5［書式：0%］" },
    { 176, "0.0\"mg\"", 45757, FALSE, "45757［書式：0.0\"mg\"］" },
    { 176, "#,##0,", 7000, FALSE, "7000［書式：#,##0,］" },
    { 176, "#,##0.00_ ;[Red]-0", 12.5, FALSE, "12.5" },
    { 176, "[h]:mm", 1.5, FALSE, "1.5［書式：[h]:mm］" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Book) book = { 0 };
      g_autofree char *expected = g_strdup_printf ("［S］\n%s\n", cases[i].expected);
      GByteArray *sheet;

      book_init (&book);
      if (cases[i].is_1904)
        fixture_record (book.globals, 0x22, "2", 1);
      if (cases[i].own != NULL)
        fixture_record (book.globals, 0x41e, "221s", cases[i].format, (guint) strlen (cases[i].own),
                        0, cases[i].own);
      add_style (&book, 0, 0);
      add_style (&book, 0, cases[i].format);
      sheet = add_sheet (&book, "S", FALSE, 0, 0);
      fixture_record (sheet, 0x203, "222d", 0, 0, 1, cases[i].value);
      check (&book, expected);
    }
}

/* Fonts of cells and of stretches: there is none of number 4, so that 5 is the fifth. */
static void
test_fonts (void)
{
  g_auto (Book) book = { 0 };
  GByteArray *sheet;

  book_init (&book);
  add_font (&book, 0, 0, "Arial");
  add_font (&book, 8, 0, "Arial");
  add_font (&book, 0, 1, "Arial");
  add_font (&book, 0, 0, "Symbol");
  add_font (&book, 8, 0, "Arial"); /* number 5 */
  add_style (&book, 0, 0);
  add_style (&book, 1, 0);
  add_style (&book, 5, 0);
  add_style (&book, 4, 0);
  sheet = add_sheet (&book, "S", FALSE, 0, 0);
  fixture_record (book.globals, 0xfc,
                  "44"
                  "212s"
                  "2222"
                  "2222",
                  1, 1, 5, 8, 4, "103mg", 2, 2, 3, 3, 4, 0, 9, 0);
  fixture_record (sheet, 0xfd, "2224", 0, 0, 0, 0);
  fixture_record (sheet, 0x203, "222d", 0, 1, 1, 7.0);
  fixture_record (sheet, 0x203, "222d", 0, 2, 2, 8.0);
  fixture_record (sheet, 0xd6,
                  "22221s"
                  "2"
                  "22",
                  0, 3, 0, 3, 0, "abc", 1, 1, 5);
  check (&book, "［S］\n10^3μg\t【削除：7】\t【削除：8】\ta【削除：bc】\n");
}

/* A string of the table goes on in the next record, behind a byte that says how wide it is there;
 * its stretches go on without one. */
static void
test_continued (void)
{
  g_auto (Book) book = { 0 };
  GByteArray *sheet;

  book_init (&book);
  add_font (&book, 0, 0, "Arial");
  add_font (&book, 8, 0, "Arial");
  sheet = add_sheet (&book, "S", FALSE, 0, 0);
  /* "abc" and "語d", in words behind the break; its stretch is cut; "x" with four bytes more
   * behind, in a record of their own; the head of "yz" ends a record. */
  fixture_record (book.globals, 0xfc,
                  "44"
                  "212s",
                  4, 4, 5, 8, 1, "abc");
  fixture_record (book.globals, 0x3c,
                  "1w"
                  "21",
                  1, "語d", 1, 1);
  fixture_record (book.globals, 0x3c,
                  "1"
                  "214s"
                  "2",
                  0, 1, 4, 6, "x", 0xffff);
  fixture_record (book.globals, 0x3c,
                  "4"
                  "21",
                  0, 2, 0);
  fixture_record (book.globals, 0x3c,
                  "1s"
                  "21w",
                  0, "yz", 1, 1, "終");
  for (guint i = 0; i < 4; i++)
    fixture_record (sheet, 0xfd, "2224", i, 0, 0, i);
  check (&book, "［S］\na【削除：bc語d】\nx\nyz\n終\n");
}

/* Hidden ones are told as such; macros and charts are none with cells. */
static void
test_sheets (void)
{
  g_auto (Book) book = { 0 };
  g_auto (ImpDocument) document = { 0 };

  book_init (&book);
  fixture_record (add_sheet (&book, "A", FALSE, 0, 0), 0x203, "222d", 0, 0, 0, 1.0);
  fixture_record (add_sheet (&book, "B", FALSE, 1, 0), 0x203, "222d", 0, 0, 0, 2.0);
  fixture_record (add_sheet (&book, "M", FALSE, 2, 1), 0x203, "222d", 0, 0, 0, 3.0);
  fixture_record (add_sheet (&book, "C", FALSE, 0, 2), 0x203, "222d", 0, 0, 0, 4.0);
  convert (&book, &document);
  g_assert_cmpstr (document.text->str, ==, "［A］\n1\n［B（非表示）］\n2\n");
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "a macro inside"));
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED,
                                      "a picture or drawing that is not carried inside"));
}

/* A box of words, or a comment: its words go on in other records. */
static void
test_boxes (void)
{
  g_auto (Book) book = { 0 };
  g_auto (ImpDocument) document = { 0 };
  GByteArray *sheet;

  book_init (&book);
  add_font (&book, 0, 0, "Arial");
  add_font (&book, 8, 0, "Arial");
  sheet = add_sheet (&book, "S", FALSE, 0, 0);
  fixture_record (sheet, 0x5d, "222220", 0x15, 18, 6, 1, 0, 12u);
  fixture_record (sheet, 0x1b6, "202204", 0x212, 8u, 6, 24, 2u, 0);
  fixture_record (sheet, 0x3c, "1s", 0, "ab\nc");
  fixture_record (sheet, 0x3c, "1w", 1, "注意");
  fixture_record (sheet, 0x3c,
                  "224"
                  "224"
                  "224",
                  0, 0, 0, 1, 1, 0, 6, 0, 0);
  fixture_record (sheet, 0x203, "222d", 0, 0, 0, 1.0);
  fixture_record (sheet, 0x5d, "222220", 0x15, 18, 8, 2, 0, 12u);
  convert (&book, &document);
  g_assert_cmpstr (document.text->str, ==, "［S］\n1\na【削除：b】\n【削除：c注意】\n");
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED,
                                      "a picture or drawing that is not carried inside"));
}

/* What is told instead of words, or beside them. */
static void
test_findings (void)
{
  static const struct
  {
    guint type; /* of a record before the sheet */
    const char *bytes;
    const char *stream; /* (nullable) */
    const char *words;
    const char *finding;
  } cases[] = {
    { 0x2f, "0100 0100", NULL, "", "it is under a password" },
    { 0x1ae, "0100 0400 00 613a6263", NULL, "［S］\n1\n", "a reference to something elsewhere" },
    { 0x1ae, "0000 0300 00 610362", NULL, "［S］\n1\n", "a field that fetches something" },
    { 0x1ae, "0100 0104", "_VBA_PROJECT_CUR/VBA/dir", "［S］\n1\n", "a macro inside" },
    { 0x1ae, "0100 013a", "MBD0001/\1Ole", "［S］\n1\n", "an embedded object inside" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Book) book = { 0 };
      g_auto (ImpDocument) document = { 0 };
      g_autoptr (GByteArray) stream = NULL;
      g_autoptr (GBytes) bytes = NULL;
      FixtureStream streams[] = { { "Workbook", NULL }, { cases[i].stream, NULL }, { NULL, NULL } };

      book_init (&book);
      fixture_record (book.globals, (guint16) cases[i].type, "x", cases[i].bytes);
      fixture_record (add_sheet (&book, "S", FALSE, 0, 0), 0x203, "222d", 0, 0, 0, 1.0);
      stream = pack_stream (&book);
      streams[0].bytes = stream;
      bytes = fixture_ole (streams);
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpstr (document.text->str, ==, cases[i].words);
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].finding));
      g_assert_cmpuint (document.findings->len, ==, *cases[i].words != '\0' ? 1 : 2);
    }
}

static void
test_older (void)
{
  g_auto (Book) book = { 0 };
  g_auto (ImpDocument) document = { 0 };

  book_init (&book);
  book.globals->data[5] = 5; /* BIFF5 */
  convert (&book, &document);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "before 1997"));
}

/* Cut off anywhere: what stands before is read, whole cells only, and it is told. */
static void
test_cut (void)
{
  g_auto (Book) book = { 0 };
  g_autoptr (GByteArray) stream = NULL;
  GByteArray *sheet;
  guint start;

  book_init (&book);
  sheet = add_sheet (&book, "S", FALSE, 0, 0);
  fixture_record (sheet, 0x203, "222d", 0, 0, 0, 1.0);
  fixture_record (sheet, 0x203, "222d", 0, 1, 0, 2.0);
  stream = pack_stream (&book);
  start = stream->len - 4 - 2 * 18;
  for (guint len = start; len < stream->len; len++)
    {
      g_autoptr (GByteArray) part = g_byte_array_new ();
      g_auto (ImpDocument) document = { 0 };

      g_byte_array_append (part, stream->data, len);
      convert_stream (part, &document);
      g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "cut off"));
      g_assert_cmpstr (document.text->str, ==,
                       len < start + 18   ? "［S］\n"
                       : len < start + 36 ? "［S］\n1\n"
                                          : "［S］\n1\t2\n");
    }
}

/* Numbers that lead nowhere or in a circle. */
static void
test_bad_places (void)
{
  g_auto (Book) book = { 0 };
  g_autoptr (GByteArray) stream = NULL;
  g_auto (ImpDocument) document = { 0 };
  guint32 nowhere = 0x7ffffff0;

  book_init (&book);
  fixture_record (add_sheet (&book, "A", FALSE, 0, 0), 0x203, "222d", 0, 0, 0, 1.0);
  fixture_record (add_sheet (&book, "B", FALSE, 0, 0), 0xfd, "2224", 0, 0, 0, 77);
  fixture_record (add_sheet (&book, "C", FALSE, 0, 0), 0x203, "222d", 0, 0, 0, 3.0);
  fixture_record (add_sheet (&book, "D", FALSE, 0, 0), 0x203, "222d", 0, 0, 0, 4.0);
  stream = pack_stream (&book);
  memcpy (stream->data + book.places[2], stream->data + book.places[0], 4);
  memcpy (stream->data + book.places[3], &nowhere, 4);
  convert_stream (stream, &document);
  g_assert_cmpstr (document.text->str, ==, "［A］\n1\n［B］\n［D］\n");
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "damaged"));
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-xls/cells", test_cells);
  g_test_add_func ("/importer/document-xls/order", test_order);
  g_test_add_func ("/importer/document-xls/formats", test_formats);
  g_test_add_func ("/importer/document-xls/fonts", test_fonts);
  g_test_add_func ("/importer/document-xls/continued", test_continued);
  g_test_add_func ("/importer/document-xls/sheets", test_sheets);
  g_test_add_func ("/importer/document-xls/boxes", test_boxes);
  g_test_add_func ("/importer/document-xls/findings", test_findings);
  g_test_add_func ("/importer/document-xls/older", test_older);
  g_test_add_func ("/importer/document-xls/cut", test_cut);
  g_test_add_func ("/importer/document-xls/bad-places", test_bad_places);
  return g_test_run ();
}
