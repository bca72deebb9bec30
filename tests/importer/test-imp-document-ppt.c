/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"
#include "ole-fixture.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define CONTAINER 0x000f
#define MAX_OBJECTS 8

/* A presentation: objects, then edits that say where they stand. */
typedef struct
{
  GByteArray *stream;
  guint places[MAX_OBJECTS]; /* by number */
  guint last_edit;
} Show;

static void
show_init (Show *self)
{
  *self = (Show){ .stream = g_byte_array_new () };
  fixture_pack (self->stream, "0", 16u); /* 0 is no place */
}

static void
show_clear (Show *self)
{
  g_clear_pointer (&self->stream, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Show, show_clear)

/* A container with what was packed. */
static void
add_object (Show *self, guint number, guint16 type, const GByteArray *content)
{
  self->places[number] = self->stream->len;
  fixture_atom (self->stream, CONTAINER, type, "b", content);
}

/* The objects from @first on; the document has number 1. */
static void
add_edit (Show *self, guint first, guint n)
{
  guint directory = self->stream->len;
  g_autoptr (GByteArray) entries = g_byte_array_new ();

  fixture_pack (entries, "4", first | n << 20);
  for (guint i = first; i < first + n; i++)
    fixture_pack (entries, "4", self->places[i]);
  fixture_atom (self->stream, 0, 0x1772, "b", entries);
  {
    guint edit = self->stream->len;

    fixture_atom (self->stream, 0, 0x0ff5, "4444444", 256, 0, self->last_edit, directory, 1, 9, 0);
    self->last_edit = edit;
  }
}

/* @token: 0xe391c05f of one that is not encrypted */
static GBytes *
pack (const Show *self, guint token, const char *more)
{
  g_autoptr (GByteArray) user = g_byte_array_new ();
  FixtureStream streams[] = { { "PowerPoint Document", self->stream },
                              { "Current User", user },
                              { more, NULL },
                              { NULL, NULL } };

  fixture_atom (user, 0, 0x0ff6, "44422114", 20, token, self->last_edit, 0, 0x03f4, 3, 0, 8);
  return fixture_ole (streams);
}

static void
convert (const Show *self, ImpDocument *out)
{
  g_autoptr (GBytes) bytes = pack (self, 0xe391c05f, NULL);

  fixture_convert (bytes, &plain, out);
  g_assert_cmpint (out->sniffed.kind, ==, IMP_SNIFF_PPT);
}

/* The words of a slide, in a box of a drawing. */
static void
add_slide (Show *self, guint number, guint16 type, const char *text)
{
  g_autoptr (GByteArray) box = g_byte_array_new ();
  g_autoptr (GByteArray) drawing = g_byte_array_new ();
  g_autoptr (GByteArray) slide = g_byte_array_new ();

  fixture_atom (box, 0, 0x0f9f, "4", 4);
  fixture_atom (box, 0, 0x0fa0, "w", text);
  fixture_atom (drawing, CONTAINER, 0xf00d, "b", box);
  fixture_atom (slide, 2, 0x03ef, "0", 24u);
  fixture_atom (slide, CONTAINER, 0x040c, "b", drawing);
  add_object (self, number, type, slide);
}

/* Number 1: lists the slides and notes of these numbers, with texts of the outline (nullable). */
static void
add_document (Show *self, const guint *slides, guint n, const GByteArray *texts, guint notes,
              const GByteArray *more)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autoptr (GByteArray) document = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    {
      fixture_atom (list, 0, 0x03f3, "44444", slides[i], 0, 1, 256 + i, 0);
      if (i == 0 && texts != NULL)
        fixture_pack (list, "b", texts);
    }
  if (more != NULL)
    fixture_pack (document, "b", more);
  fixture_atom (document, CONTAINER, 0x0ff0, "b", list);
  if (notes != 0)
    {
      g_byte_array_set_size (list, 0);
      fixture_atom (list, 0, 0x03f3, "44444", notes, 0, 0, 256, 0);
      fixture_atom (document, CONTAINER | 2 << 4, 0x0ff0, "b", list);
    }
  add_object (self, 1, 0x03e8, document);
}

/* The order of the list, not that of the file; notes behind. */
static void
test_slides (void)
{
  static const guint order[] = { 3, 2 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };

  show_init (&show);
  add_slide (&show, 2, 0x03ee, "二枚目\r続き\v行");
  add_slide (&show, 3, 0x03ee, "一枚目");
  add_slide (&show, 4, 0x03f0, "ノート");
  add_document (&show, order, 2, NULL, 4, NULL);
  add_edit (&show, 1, 4);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "一枚目\n二枚目\n続き\n行\nノート\n");
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

/* A former state of a slide stands in the file and is nothing. */
static void
test_states (void)
{
  static const guint order[] = { 2, 3 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };

  show_init (&show);
  add_slide (&show, 2, 0x03ee, "5 mg");
  add_slide (&show, 3, 0x03ee, "same");
  add_document (&show, order, 2, NULL, 0, NULL);
  add_edit (&show, 1, 3);
  add_slide (&show, 2, 0x03ee, "50 mg");
  add_edit (&show, 2, 1);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "50 mg\nsame\n");

  /* The same where nobody says which edit is the last. */
  {
    FixtureStream streams[] = { { "PowerPoint Document", show.stream }, { NULL, NULL } };
    g_autoptr (GBytes) bytes = fixture_ole (streams);
    g_auto (ImpDocument) alone = { 0 };

    memset (show.stream->data, 0, 8);
    fixture_convert (bytes, &plain, &alone);
    g_assert_cmpstr (alone.text->str, ==, "50 mg\nsame\n");
  }
}

/* Texts of the outline stand where the slide refers to them; the rest behind. */
static void
test_outline (void)
{
  static const guint order[] = { 2 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  g_autoptr (GByteArray) slide = g_byte_array_new ();

  show_init (&show);
  fixture_atom (texts, 0, 0x0f9f, "4", 0);
  fixture_atom (texts, 0, 0x0fa0, "w", "題");
  fixture_atom (texts, 1 << 4, 0x0f9f, "4", 1); /* of nothing */
  fixture_atom (texts, 2 << 4, 0x0f9f, "4", 1);
  fixture_atom (texts, 0, 0x0fa8, "s", "caf\xe9");
  fixture_atom (texts, 3 << 4, 0x0f9f, "4", 1);
  fixture_atom (texts, 0, 0x0fa0, "w", "余り");
  fixture_atom (slide, CONTAINER, 0x0400, ""); /* not the one of macros: no bytes */
  fixture_atom (slide, 0, 0x0f9e, "4", 2);
  fixture_atom (slide, 0, 0x0f9e, "4", 0);
  fixture_atom (slide, 0, 0x0f9e, "4", 0);
  fixture_atom (slide, 0, 0x0f9e, "4", 99);
  add_object (&show, 2, 0x03ee, slide);
  add_document (&show, order, 1, texts, 0, NULL);
  add_edit (&show, 1, 2);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "café\n題\n余り\n");
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

/* Paragraphs first: 11 characters and the end; with a bullet, and stops of tabulators. Then
 * characters: bold, raised, in the font of signs, and none of it. */
static void
test_styles (void)
{
  static const guint order[] = { 2 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GByteArray) fonts = g_byte_array_new ();
  g_autoptr (GByteArray) slide = g_byte_array_new ();
  g_autoptr (GByteArray) collection = g_byte_array_new ();

  show_init (&show);
  fixture_atom (fonts, 0, 0x0fb7, "w0", "Arial", 58u);
  fixture_atom (fonts, 1 << 4, 0x0fb7, "w0", "Symbol", 56u);
  fixture_atom (collection, CONTAINER, 0x07d5, "b", fonts);
  fixture_atom (slide, 0, 0x0f9f, "4", 4);
  fixture_atom (slide, 0, 0x0fa0, "w", "103/mL\r103x");
  fixture_atom (slide, 0, 0x0fa1, "x",
                /* 7 characters, level 0: flags of a bullet, its character, its colour */
                "07000000 0000 a1000000 0100 2220 000000fe"
                /* 5: two stops, then how words wrap */
                "05000000 0000 00001200 0200 00010000 00020000 0100"
                "02000000 01000000 0100"          /* 10: bold */
                "01000000 00000800 1e00"          /* 3: raised by 30 */
                "01000000 00000800 e7ff"          /* /: lowered by 25 */
                "01000000 00008100 0000 0100"     /* m: two fonts, that of signs the second */
                "04000000 00000600 1400 000000fe" /* L, end, 10: size and colour */
                "03000000 00000000");
  add_object (&show, 2, 0x03ee, slide);
  add_document (&show, order, 1, NULL, 0, collection);
  add_edit (&show, 1, 2);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "10^3/μL\n103x\n");
}

/* A hidden slide, and a comment, are told as such. */
static void
test_labels (void)
{
  static const guint order[] = { 2 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GByteArray) slide = g_byte_array_new ();
  g_autoptr (GByteArray) comment = g_byte_array_new ();
  g_autoptr (GByteArray) blob = g_byte_array_new ();
  g_autoptr (GByteArray) footers = g_byte_array_new ();

  show_init (&show);
  fixture_atom (comment, 0, 0x0fba, "w", "somebody");
  fixture_atom (comment, 1 << 4, 0x0fba, "w", "要確認");
  fixture_atom (blob, CONTAINER, 0x2ee0, "b", comment);
  fixture_atom (slide, 0, 0x03f9, "441122", 0, 0, 0, 0, 0x0004, 0);
  fixture_atom (slide, 0, 0x0fa0, "w", "words");
  fixture_atom (slide, 0, 0x138b, "b", blob);
  fixture_atom (footers, 0, 0x0fda, "22", 1, 0x0020 | 0x0001);
  fixture_atom (footers, 0, 0x0fba, "w", "2025-04-10"); /* today's date is shown, not this one */
  fixture_atom (footers, 2 << 4, 0x0fba, "w", "部外秘");
  fixture_atom (slide, CONTAINER, 0x0fd9, "b", footers);
  add_object (&show, 2, 0x03ee, slide);
  add_document (&show, order, 1, NULL, 0, NULL);
  add_edit (&show, 1, 2);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==,
                   "［非表示のスライド］\nwords\n［コメント］要確認\n部外秘\n");
}

static void
test_findings (void)
{
  static const struct
  {
    guint token;
    guint16 type; /* in the document */
    const char *bytes;
    const char *words;
    const char *finding;
  } cases[] = {
    { 0xf3d1c4df, 0x1111, "", "", "it is under a password" },
    { 0xe391c05f, 0x0400, "01000000 01000000 02000000", "words\n", "a macro inside" },
    { 0xe391c05f, 0x0fcc, "", "words\n", "an embedded object inside" },
    { 0xe391c05f, 0x0fce, "", "words\n", "a reference to something elsewhere inside" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const guint order[] = { 2 };
      g_auto (Show) show = { 0 };
      g_auto (ImpDocument) document = { 0 };
      g_autoptr (GByteArray) more = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;

      show_init (&show);
      fixture_atom (more, 2, cases[i].type, "x", cases[i].bytes);
      add_slide (&show, 2, 0x03ee, "words");
      add_document (&show, order, 1, NULL, 0, more);
      add_edit (&show, 1, 2);
      bytes = pack (&show, cases[i].token, NULL);
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpstr (document.text->str, ==, cases[i].words);
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].finding));
    }
}

/* Edits in a circle, a slide that is not where it is said to be, no list at all. */
static void
test_bad_places (void)
{
  static const guint order[] = { 2, 3, 7 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };
  g_auto (ImpDocument) lost = { 0 };
  guint32 itself;

  show_init (&show);
  add_slide (&show, 2, 0x03ee, "one");
  add_slide (&show, 3, 0x03ee, "two");
  add_document (&show, order, 3, NULL, 0, NULL);
  show.places[3] += 2;
  add_edit (&show, 1, 3);
  itself = show.last_edit;
  memcpy (show.stream->data + show.last_edit + 8 + 8, &itself, 4);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "one\n");
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "damaged"));

  memset (show.stream->data, 0, 8);
  show.stream->data[show.last_edit + 2] = 0; /* no edit any more */
  convert (&show, &lost);
  g_assert_cmpstr (lost.text->str, ==, "one\ntwo\n");
  g_assert_true (fixture_has_finding (&lost, IMP_FINDING_NOT_UNDERSTOOD, "former states"));
}

/* Containers in containers beyond any use. */
static void
test_deep (void)
{
  static const guint order[] = { 2 };
  g_auto (Show) show = { 0 };
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GByteArray) slide = g_byte_array_new ();
  guint n = 100000;

  show_init (&show);
  fixture_atom (slide, 0, 0x0fa0, "w", "words");
  for (guint i = n; i > 0; i--)
    fixture_pack (slide, "224", CONTAINER, 0xf003, 8 * (i - 1));
  add_object (&show, 2, 0x03ee, slide);
  add_document (&show, order, 1, NULL, 0, NULL);
  add_edit (&show, 1, 2);
  convert (&show, &document);
  g_assert_cmpstr (document.text->str, ==, "words\n");
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-ppt/slides", test_slides);
  g_test_add_func ("/importer/document-ppt/states", test_states);
  g_test_add_func ("/importer/document-ppt/outline", test_outline);
  g_test_add_func ("/importer/document-ppt/styles", test_styles);
  g_test_add_func ("/importer/document-ppt/labels", test_labels);
  g_test_add_func ("/importer/document-ppt/findings", test_findings);
  g_test_add_func ("/importer/document-ppt/bad-places", test_bad_places);
  g_test_add_func ("/importer/document-ppt/deep", test_deep);
  return g_test_run ();
}
