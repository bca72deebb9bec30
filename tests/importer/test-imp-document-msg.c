/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"
#include "ole-fixture.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define MAX_STREAMS 16

/* A mail: entries of numbers and times, and texts by the names of their streams. */
typedef struct
{
  GByteArray *entries;
  FixtureStream streams[MAX_STREAMS];
  guint n;
} Mail;

static void
mail_init (Mail *self)
{
  *self = (Mail){ .entries = g_byte_array_new () };
  fixture_pack (self->entries, "0", 32u);
  self->streams[self->n++] = (FixtureStream){ "__properties_version1.0", self->entries };
}

static void
mail_clear (Mail *self)
{
  for (guint i = 0; i < self->n; i++)
    g_byte_array_unref ((GByteArray *) self->streams[i].bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mail, mail_clear)

static void
add_number (Mail *self, guint id, guint type, guint64 value)
{
  fixture_pack (self->entries, "2248", type, id, 6, value);
}

/* @format: of fixture_pack() */
static void
add_text (Mail *self, const char *name, const char *format, const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_pack (bytes, format, text);
  g_assert_cmpuint (self->n, <, MAX_STREAMS - 1);
  self->streams[self->n++] = (FixtureStream){ name, bytes };
}

static void
convert (const Mail *self, ImpDocument *out)
{
  g_autoptr (GBytes) bytes = fixture_ole (self->streams);

  fixture_convert (bytes, &plain, out);
  g_assert_cmpint (out->sniffed.kind, ==, IMP_SNIFF_MSG);
}

/* 133908012000000000 tenths of microseconds after 1601 is 2025-05-04 03:00:00 in UTC. */
static void
test_mail (void)
{
  g_auto (Mail) mail = { 0 };
  g_auto (ImpDocument) document = { 0 };

  mail_init (&mail);
  add_number (&mail, 0x0e07, 3, 1);
  add_number (&mail, 0x0039, 0x40, G_GUINT64_CONSTANT (133908012000000000));
  add_text (&mail, "__substg1.0_0037001F", "w", "転院の件");
  add_text (&mail, "__substg1.0_0C1A001F", "w", "医師 一郎");
  add_text (&mail, "__substg1.0_5D01001F", "w", "a@example.jp");
  add_text (&mail, "__substg1.0_0E04001F", "w", "看護部; 薬剤部");
  add_text (&mail, "__substg1.0_0E03001F", "w", "");
  add_text (&mail, "__substg1.0_1000001F", "w", "一行目\r\n\r\n二行目\rend");
  add_text (&mail, "__substg1.0_10130102", "s", "<html>not this</html>");
  add_text (&mail, "__attach_version1.0_#00000000/__substg1.0_3707001F", "w", "紹介状.pdf");
  add_text (&mail, "__attach_version1.0_#00000000/__substg1.0_37010102", "s", "%PDF-1.4");
  convert (&mail, &document);
  g_assert_cmpstr (document.text->str, ==,
                   "件名：転院の件\n差出人：医師 一郎 <a@example.jp>\n宛先：看護部; 薬剤部\n"
                   "送信日時：2025-05-04 03:00:00 UTC\n一行目\n\n二行目\nend\n"
                   "添付ファイル（未収録）：紹介状.pdf\n");
  g_assert_true (
      fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "an attached file inside"));
  g_assert_cmpuint (document.findings->len, ==, 1);
}

/* Texts in bytes: of the page that the mail names, or as they can only be. 件 is 8c 8f, 名 96 bc.
 */
static void
test_bytes (void)
{
  static const struct
  {
    guint page;
    const char *text;
    const char *expected;
  } cases[] = {
    { 932, "\x8c\x8f\x96\xbc", "件名：件名\n" },
    { 50220, "\x1b$B7oL>\x1b(B", "件名：件名\n" },
    { 1252, "caf\xe9", "件名：café\n" },
    { 1252, "\x82\xe9", "件名：‚é\n" },        /* る in CP932, but it does not say so */
    { 0, "\x8c\x8f\x96\xbc", "件名：件名\n" }, /* Windows-1252 has no 8f */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Mail) mail = { 0 };
      g_auto (ImpDocument) document = { 0 };

      mail_init (&mail);
      if (cases[i].page != 0)
        add_number (&mail, 0x3ffd, 3, cases[i].page);
      add_text (&mail, "__substg1.0_0037001E", "s", cases[i].text);
      convert (&mail, &document);
      g_assert_cmpstr (document.text->str, ==, cases[i].expected);
    }
}

/* What somebody did not send is no letter; whom it was for stands with each of them. */
static void
test_draft (void)
{
  g_auto (Mail) mail = { 0 };
  g_auto (ImpDocument) document = { 0 };

  mail_init (&mail);
  add_number (&mail, 0x0e07, 3, 8 | 1);
  add_text (&mail, "__substg1.0_1000001F", "w", "words");
  add_text (&mail, "__recip_version1.0_#00000000/__substg1.0_3001001F", "w", "看護部");
  add_text (&mail, "__recip_version1.0_#00000001/__substg1.0_3003001F", "w", "b@example.jp");
  convert (&mail, &document);
  g_assert_cmpstr (document.text->str, ==,
                   "［未送信の下書き］\n受取人：看護部\n受取人：b@example.jp\nwords\n");
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

static void
test_bodies (void)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    const char *expected;
    const char *finding; /* (nullable) */
  } cases[] = {
    { "__substg1.0_10130102", "<html><body><p>one<br>two</p></body></html>", "one\ntwo\n", NULL },
    { "__substg1.0_10090102", "\x10\x10\x10\x10LZFu", "", "packed RTF alone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Mail) mail = { 0 };
      g_auto (ImpDocument) document = { 0 };

      mail_init (&mail);
      add_text (&mail, cases[i].name, "s", cases[i].bytes);
      convert (&mail, &document);
      g_assert_cmpstr (document.text->str, ==, cases[i].expected);
      if (cases[i].finding != NULL)
        g_assert_true (
            fixture_has_finding (&document, IMP_FINDING_NOT_UNDERSTOOD, cases[i].finding));
    }
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-msg/mail", test_mail);
  g_test_add_func ("/importer/document-msg/bytes", test_bytes);
  g_test_add_func ("/importer/document-msg/draft", test_draft);
  g_test_add_func ("/importer/document-msg/bodies", test_bodies);
  return g_test_run ();
}
