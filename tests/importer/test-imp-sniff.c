/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"

#define B(text) text, sizeof text - 1

typedef struct
{
  const char *bytes;
  gsize len;
  ImpSniffKind kind;
} Case;

static ImpSniff
sniff (const void *bytes, gsize len)
{
  g_autofree guint8 *exact = g_memdup2 (bytes, len); /* so that overruns show */
  ImpSniff out;

  imp_sniff (exact, len, &out);
  return out;
}

static void
check (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      ImpSniff out = sniff (cases[i].bytes, cases[i].len);

      if (out.kind != cases[i].kind)
        g_error ("row %u: %s instead of %s", i, imp_sniff_word (out.kind),
                 imp_sniff_word (cases[i].kind));
    }
}

static void
test_messages (void)
{
  static const Case cases[] = {
    { B ("MSH|^~\\&|HIS|1|||20250410||ADT^A08\rPID|1"), IMP_SNIFF_HL7 },
    { B ("\x0bMSH|^~\\&|HIS\r\x1c\r"), IMP_SNIFF_HL7 },
    { B ("\xef\xbb\xbfMSH|^~\\&|HIS\r"), IMP_SNIFF_HL7 },
    { B ("MSH$^~\\&$HIS\r"), IMP_SNIFF_HL7 }, /* MSH-1 says what separates */
    { B ("MSH|^~\\&|HIS\rOBX|1|ST|||%PDF-1.4 is quoted"), IMP_SNIFF_HL7 },
    { B ("MSHA is a word"), IMP_SNIFF_TEXT },
    { B ("{\"resourceType\":\"Patient\",\"id\":\"1\"}"), IMP_SNIFF_FHIR_JSON },
    { B ("\xef\xbb\xbf {\n \"id\": \"1\",\n \"resourceType\" : \"Bundle\"\n}\n"),
      IMP_SNIFF_FHIR_JSON },
    { B ("[{\"resourceType\":\"Patient\"},{\"resourceType\":\"Patient\"}]"), IMP_SNIFF_FHIR_JSON },
    { B ("{\"transactionTime\":\"2025\",\"request\":\"x\",\"output\":[]}"), IMP_SNIFF_FHIR_JSON },
    { B ("{\"a\":{\"resourceType\":\"Patient\"}}"), IMP_SNIFF_JSON }, /* deeper: not its own */
    { B ("{\"name\":\"resourceType\"}"), IMP_SNIFF_JSON },
    { B ("{\"resourceType\":\"Bundle\",\"entry\":[{\"res"), IMP_SNIFF_FHIR_JSON }, /* cut off */
    { B ("{\"resourceType\":\"A\"}\n{\"resourceType\":\"B\"}\n"), IMP_SNIFF_NDJSON },
    { B ("{\n\"resourceType\":\"A\"\n}\r\n\r\n{\"resourceType\":\"B\"}"), IMP_SNIFF_NDJSON },
    { B ("[1,2]"), IMP_SNIFF_JSON },
    { B ("{}"), IMP_SNIFF_JSON },
    { B ("[1] first, [2] second"), IMP_SNIFF_TEXT },
    { B ("[note] read this"), IMP_SNIFF_TEXT },
    { B ("{not json}"), IMP_SNIFF_TEXT },
    { B ("<?xml version=\"1.0\"?><ClinicalDocument/>"), IMP_SNIFF_XML },
    { B ("<Bundle xmlns=\"http://hl7.org/fhir\"/>"), IMP_SNIFF_XML },
    { B ("<\0?\0x\0m\0l\0?\0>\0<\0a\0/\0>\0"), IMP_SNIFF_XML },
    { B ("\xfe\xff\0<\0a\0/\0>"), IMP_SNIFF_XML },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_texts (void)
{
  static const Case cases[] = {
    { B (""), IMP_SNIFF_EMPTY },
    { B ("a"), IMP_SNIFF_TEXT },
    { B ("退院時サマリー\n"), IMP_SNIFF_TEXT },
    { B ("\x91\xde\x89\x40\x8e\x9e\x83\x54\x83\x7d\x83\x8a"), IMP_SNIFF_TEXT }, /* CP932 */
    { B ("\xc2\xe0\xb1\xa1\xbb\xfe\xa5\xb5"), IMP_SNIFF_TEXT },                 /* EUC-JP */
    { B ("\x1b$BB`1!\x1b(B text"), IMP_SNIFF_TEXT },
    { B ("\xff\xfe\x00\x90\x62\x96\n\0"), IMP_SNIFF_TEXT }, /* UTF-16LE */
    { B ("filled\0\0\0"), IMP_SNIFF_TEXT },
    { B ("zero\0inside"), IMP_SNIFF_UNKNOWN },
    { B ("\1\2\3\4\5\6"), IMP_SNIFF_UNKNOWN },
    { B ("\0\0\0\0"), IMP_SNIFF_UNKNOWN },
    { B ("< 5 mg"), IMP_SNIFF_TEXT },
    { B ("{\\rtf1\\ansi\\ansicpg932 x}"), IMP_SNIFF_RTF },
    { B ("<!DOCTYPE html><p>x"), IMP_SNIFF_HTML },
    { B ("<!-- c -->\n<HTML><script>eval(1)</script>"), IMP_SNIFF_HTML },
    { B ("<?xml version=\"1.0\"?><html xmlns=\"x\"/>"), IMP_SNIFF_HTML },
    { B ("<div>x</div>"), IMP_SNIFF_HTML },
    { B ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"), IMP_SNIFF_MHTML },
    { B ("From: <Saved by>\r\nMIME-Version: 1.0\r\nContent-Type: x\r\n"), IMP_SNIFF_MHTML },
    { B ("%PDF-1.4\n"), IMP_SNIFF_PDF },
    { B ("dirt of a gateway\n%PDF-1.4\n"), IMP_SNIFF_PDF },
    { B ("MZ is how this text begins, and it goes on for more than sixty-four bytes"),
      IMP_SNIFF_TEXT },
    { B ("BM: twice a day, as the nurse wrote"), IMP_SNIFF_TEXT },
    { B ("Use powershell.exe to list the files"), IMP_SNIFF_TEXT }, /* one sign is talk */
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_active (void)
{
  static const Case cases[] = {
    { B ("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0@\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0"),
      IMP_SNIFF_WINDOWS_PROGRAM },
    { B ("\x7f"
         "ELF\2\1\1\0"),
      IMP_SNIFF_ELF },
    { B ("\xcf\xfa\xed\xfe\7\0\0\1"), IMP_SNIFF_MACH },
    { B ("\xca\xfe\xba\xbe\0\0\0\x34"), IMP_SNIFF_JAVA },
    { B ("L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0"), IMP_SNIFF_SHORTCUT },
    { B ("#!/bin/sh\nrm -r x\n"), IMP_SNIFF_SCRIPT },
    { B ("@ECHO OFF\r\ndel x\r\n"), IMP_SNIFF_SCRIPT },
    { B ("<?php system('x');"), IMP_SNIFF_SCRIPT },
    { B ("On Error Resume Next\r\nSet a = 1"), IMP_SNIFF_SCRIPT },
    { B ("Set s = CreateObject(\"WScript.Shell\")\r\ns.Run \"x\""), IMP_SNIFF_SCRIPT },
    { B ("$c = New-Object Net.WebClient; IEX ($c.DownloadString('x'))"), IMP_SNIFF_SCRIPT },
    { B ("\xff\xfe#\0!\0/\0b\0i\0n\0"), IMP_SNIFF_SCRIPT },
    { B ("vssadmin delete shadows /all\r\nwbadmin delete catalog\r\n"), IMP_SNIFF_SCRIPT },
    { B ("[InternetShortcut]\r\nURL=file://x"), IMP_SNIFF_SCRIPT },
    { B ("[autorun]\r\nopen=a.exe"), IMP_SNIFF_SCRIPT },
    { B ("TVqQAAMAAAAEAAAA//8AALgAAAA"), IMP_SNIFF_SCRIPT }, /* a program in base64 */
    { B ("<HTA:APPLICATION ID=\"x\">"), IMP_SNIFF_SCRIPT },
    { B ("<job><script language=\"VBScript\">x</script></job>"), IMP_SNIFF_SCRIPT },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_pictures_and_archives (void)
{
  static const Case cases[] = {
    { B ("\xff\xd8\xff\xe0\0\x10JFIF"), IMP_SNIFF_JPEG },
    { B ("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"), IMP_SNIFF_PNG },
    { B ("GIF89a\1\0\1\0"), IMP_SNIFF_GIF },
    { B ("BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0\1\0\x18\0"), IMP_SNIFF_BMP },
    { B ("II*\0\x08\0\0\0"), IMP_SNIFF_TIFF },
    { B ("MM\0*\0\0\0\x08"), IMP_SNIFF_TIFF },
    { B ("RIFF\x10\0\0\0WEBPVP8 "), IMP_SNIFF_OTHER_PICTURE },
    { B ("RIFF\x10\0\0\0AVI LIST"), IMP_SNIFF_MEDIA },
    { B ("\0\0\0\x18"
         "ftypmp42"),
      IMP_SNIFF_MEDIA },
    { B ("\0\0\0\x18"
         "ftypheic"),
      IMP_SNIFF_OTHER_PICTURE },
    { B ("\x1a\x45\xdf\xa3\1\2"), IMP_SNIFF_MEDIA },
    { B ("\x1f\x8b\x08\0\0\0\0\0"), IMP_SNIFF_GZIP },
    { B ("\xfd"
         "7zXZ\0\0\4"),
      IMP_SNIFF_XZ },
    { B ("\x28\xb5\x2f\xfd\x24"), IMP_SNIFF_ZSTD },
    { B ("BZh91AY&SY\1\2"), IMP_SNIFF_BZIP2 },
    { B ("7z\xbc\xaf\x27\x1c\0\4"), IMP_SNIFF_SEVEN_ZIP },
    { B ("Rar!\x1a\7\1\0"), IMP_SNIFF_RAR },
    { B ("MSCF\0\0\0\0\1"), IMP_SNIFF_CAB },
    { B ("PK\3\4\x14\0\0\0"), IMP_SNIFF_ZIP }, /* cut off */
    { B ("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), IMP_SNIFF_ZIP },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), IMP_SNIFF_OLE2 },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), IMP_SNIFF_DOC },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0"), IMP_SNIFF_XLS },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
         "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
      IMP_SNIFF_OLE2 },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_places (void)
{
  g_autofree guint8 *bytes = g_malloc0 (0x8800);

  memcpy (bytes + 128, "DICM", 4);
  g_assert_cmpint (sniff (bytes, 200).kind, ==, IMP_SNIFF_DICOM);
  memset (bytes, 0, 200);
  memcpy (bytes + 257, "ustar", 5);
  g_assert_cmpint (sniff (bytes, 512).kind, ==, IMP_SNIFF_TAR);
  memset (bytes, 0, 512);
  memcpy (bytes + 0x8001, "CD001", 5);
  g_assert_cmpint (sniff (bytes, 0x8800).kind, ==, IMP_SNIFF_ISO);
}

/* ---- zip ------------------------------------------------------------------------------------- */

/* Stored entries with these names; each holds @content. */
static GByteArray *
make_zip (const char *const *names, const char *content)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_ptr_array_add (pairs, (gpointer) names[i]);
      g_ptr_array_add (pairs, (gpointer) content);
    }
  g_ptr_array_add (pairs, NULL);
  return g_bytes_unref_to_array (fixture_zip ((const char *const *) pairs->pdata, FALSE));
}

static void
test_zip (void)
{
  static const struct
  {
    const char *names[4];
    const char *content;
    ImpSniffKind kind;
  } cases[] = {
    { { "[Content_Types].xml", "word/document.xml" }, "x", IMP_SNIFF_DOCX },
    { { "[Content_Types].xml", "xl/workbook.xml" }, "x", IMP_SNIFF_XLSX },
    { { "[Content_Types].xml", "ppt/presentation.xml" }, "x", IMP_SNIFF_PPTX },
    { { "[Content_Types].xml", "ppt/a", "word/b" }, "x", IMP_SNIFF_ZIP }, /* which of them? */
    { { "word/document.xml" }, "x", IMP_SNIFF_ZIP },
    { { "mimetype", "content.xml" }, "application/vnd.oasis.opendocument.text", IMP_SNIFF_ODT },
    { { "mimetype" }, "application/vnd.oasis.opendocument.spreadsheet", IMP_SNIFF_ODS },
    { { "mimetype" }, "application/vnd.oasis.opendocument.presentation", IMP_SNIFF_ODP },
    { { "mimetype" }, "application/epub+zip", IMP_SNIFF_ZIP },
    { { "META-INF/MANIFEST.MF", "A.class" }, "x", IMP_SNIFF_JAVA },
    { { "[Content_Types].xml", "word/document.xml", "a/B.class" }, "x", IMP_SNIFF_JAVA },
    { { "IHE_XDM/SUBSET01/METADATA.XML" }, "%PDF-1.4", IMP_SNIFF_ZIP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) zip = make_zip (cases[i].names, cases[i].content);

      g_assert_cmpstr (imp_sniff_word (sniff (zip->data, zip->len).kind), ==,
                       imp_sniff_word (cases[i].kind));
      /* Cut off, or with a directory elsewhere: read no further than there are bytes. */
      for (guint cut = 0; cut < zip->len; cut += 3)
        sniff (zip->data, cut);
      zip->data[zip->len - 6] ^= 0x55;
      sniff (zip->data, zip->len);
    }
}

/* Two things at once: the safer verdict, and what it is else. */
static void
test_polyglots (void)
{
  static const char *const names[] = { "a.txt", NULL };
  g_autoptr (GByteArray) zip = make_zip (names, "x");
  g_autoptr (GByteArray) picture = g_byte_array_new ();
  static const Case cases[] = {
    { B ("GIF89a\1\0\1\0\0\0\0\n%PDF-1.4\n"), IMP_SNIFF_MIXED },
    { B ("\xff\xd8\xff\xfe\0\x20<script>x()</script>"), IMP_SNIFF_MIXED },
    { B ("<html>%PDF-1.4"), IMP_SNIFF_MIXED },
    { B ("{\\rtf1 %PDF-1.4}"), IMP_SNIFF_MIXED },
    { B ("#!/bin/sh\n%PDF-1.4"), IMP_SNIFF_SCRIPT },
    { B ("\x89PNG\r\n\x1a\n....MZ....This program cannot be run in DOS mode."), IMP_SNIFF_MIXED },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0 <html>%PDF-1.4"),
      IMP_SNIFF_XLS }, /* what is embedded in it */
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0 This program cannot be run in "
         "DOS mode."),
      IMP_SNIFF_MIXED },
  };
  ImpSniff out;

  check (cases, G_N_ELEMENTS (cases));
  g_byte_array_append (picture, (const guint8 *) "\xff\xd8\xff\xe0\0\x10JFIF", 10);
  g_byte_array_append (picture, zip->data, zip->len);
  out = sniff (picture->data, picture->len);
  g_assert_cmpint (out.kind, ==, IMP_SNIFF_MIXED);
  g_assert_cmpint (out.also, ==, IMP_SNIFF_JPEG);
  g_assert_cmpint (imp_sniff_group (out.kind), ==, IMP_SNIFF_GROUP_OPAQUE);
}

/* ---- encrypted ------------------------------------------------------------------------------- */

static void
fill_random (guint8 *bytes, gsize len)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250410);

  for (gsize i = 0; i < len; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
}

static void
test_random (void)
{
  const gsize len = 64 * 1024;
  g_autofree guint8 *bytes = g_malloc (len);
  g_autofree guint8 *even = g_malloc (len);

  fill_random (bytes, len);
  bytes[0] = 0xb3;
  g_assert_cmpint (sniff (bytes, len).kind, ==, IMP_SNIFF_RANDOM);
  g_assert_cmpint (sniff (bytes, 4096).kind, ==, IMP_SNIFF_RANDOM);
  g_assert_cmpint (sniff (bytes, 4095).kind, ==, IMP_SNIFF_UNKNOWN); /* too little to tell */

  /* Only the begin, as by ransomware in a hurry. */
  memset (bytes + 4096, 'a', len - 4096);
  g_assert_cmpint (sniff (bytes, len).kind, ==, IMP_SNIFF_RANDOM);

  /* All values alike often: more even than chance. */
  for (gsize i = 0; i < len; i++)
    even[i] = (guint8) (i ^ 0xb3);
  g_assert_false (imp_sniff_looks_random (even, len));
  memset (even, 'a', len);
  g_assert_false (imp_sniff_looks_random (even, len));
}

/* A message is short: 256 bytes are enough to tell text from what was made of it. */
static void
test_scrambled (void)
{
  guint8 bytes[4096];
  g_autoptr (GString) text = g_string_new (NULL);

  fill_random (bytes, sizeof bytes);
  bytes[0] = 0xb3;
  g_assert_true (imp_sniff_is_scrambled (bytes, sizeof bytes));
  g_assert_true (imp_sniff_is_scrambled (bytes, 300));
  g_assert_true (imp_sniff_is_scrambled (bytes, 256));
  g_assert_false (imp_sniff_is_scrambled (bytes, 255));
  g_assert_false (imp_sniff_is_scrambled (bytes, 0));
  /* packed as a gzip, with its head: known, whatever is behind it */
  memcpy (bytes, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  g_assert_false (imp_sniff_is_scrambled (bytes, sizeof bytes));
  /* every value as often: no random bytes are so even */
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i ^ 0xb3;
  g_assert_false (imp_sniff_is_scrambled (bytes, sizeof bytes));
  /* Shift_JIS, the most even of the texts that occur */
  while (text->len < 1024)
    g_string_append (text, "\x8d\x82\x8c\x8c\x88\xb3\x8f\xc7\x82\xcc\x82\xbd\x82\xdf\x90\x48"
                           "\x8e\x96\x97\xc3\x96\x40\x82\xf0");
  g_assert_false (imp_sniff_is_scrambled ((const guint8 *) text->str, text->len));
}

static void
test_entropy (void)
{
  guint8 all[256];

  for (guint i = 0; i < 256; i++)
    all[i] = (guint8) i;
  g_assert_cmpfloat (imp_sniff_entropy_bits (all, 0), ==, 0.0);
  g_assert_cmpfloat (imp_sniff_entropy_bits ((const guint8 *) "aaaa", 4), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (imp_sniff_entropy_bits ((const guint8 *) "abab", 4), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (imp_sniff_entropy_bits (all, 256), 8.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (imp_sniff_chi_square (all, 256), 0.0, 1e-9);
  /* 256 times the same: (256 - 1)^2 / 1 + 255 * (0 - 1)^2 / 1 */
  memset (all, 7, 256);
  g_assert_cmpfloat_with_epsilon (imp_sniff_chi_square (all, 256), 65025.0 + 255.0, 1e-6);
}

static void
test_ransom_names (void)
{
  static const struct
  {
    const char *name;
    gboolean is_ransom;
  } cases[] = {
    { "0123456789_20250410_ADT-00.lockbit", TRUE },
    { "a/b/chart.pdf.LOCKED", TRUE },
    { "chart.pdf.id-1A2B3C4D.[mail@host.example].eking", TRUE },
    { "chart.pdf.id[1A2B3C4D-2275].[mail@host.example].eight", TRUE },
    { "a\\chart.ryuk", TRUE },
    { "Restore-My-Files.txt", TRUE },
    { "!!!HOW_TO_DECRYPT!!!.txt", TRUE },
    { "how to recover files.html", TRUE },
    { "RECOVER-xyz1234-FILES.txt", TRUE },
    { "Ab3dEfG9h.README.txt", TRUE },
    { "_readme.txt", TRUE },
    { "README.txt", FALSE },
    { "README.md", FALSE },
    { "main_document.hl7", FALSE },
    { "0123456789_20250410_ADT-00_000000020250410_20250410150000321_01_1", FALSE },
    { "locked", FALSE }, /* a whole name, no ending */
    { ".locked", FALSE },
    { "[mail@host].txt", FALSE },
    { "how_to_decrypt.c", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (imp_sniff_is_ransom_name (cases[i].name) != cases[i].is_ransom)
      g_error ("%s", cases[i].name);
}

/* Every word once, without blanks: reports are compared by them. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < IMP_N_SNIFFS; i++)
    {
      const char *word = imp_sniff_word ((ImpSniffKind) i);

      g_assert_true (g_hash_table_add (seen, (gpointer) word));
      for (const char *p = word; *p != '\0'; p++)
        g_assert_true (g_ascii_islower (*p) || g_ascii_isdigit (*p) || *p == '-');
      g_assert_nonnull (strchr (imp_sniff_media_type ((ImpSniffKind) i), '/'));
      g_assert_nonnull (imp_sniff_group_word (imp_sniff_group ((ImpSniffKind) i)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/sniff/messages", test_messages);
  g_test_add_func ("/importer/sniff/texts", test_texts);
  g_test_add_func ("/importer/sniff/active", test_active);
  g_test_add_func ("/importer/sniff/pictures-and-archives", test_pictures_and_archives);
  g_test_add_func ("/importer/sniff/places", test_places);
  g_test_add_func ("/importer/sniff/zip", test_zip);
  g_test_add_func ("/importer/sniff/polyglots", test_polyglots);
  g_test_add_func ("/importer/sniff/random", test_random);
  g_test_add_func ("/importer/sniff/scrambled", test_scrambled);
  g_test_add_func ("/importer/sniff/entropy", test_entropy);
  g_test_add_func ("/importer/sniff/ransom-names", test_ransom_names);
  g_test_add_func ("/importer/sniff/words", test_words);
  return g_test_run ();
}
