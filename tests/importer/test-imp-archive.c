/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "imp-archive-kind.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "source-fixture.h"
#include "stream-fixture.h"

#define RX                                                                                         \
  "012/345/0123456789/20250410/OMP-01/"                                                            \
  "0123456789_20250410_OMP-01_000000250410001_20250410101502345_01_1"
#define BODY "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410101502.345||RDE^O11|1|P|2.5\r"
#define JSON "{ \"resourceType\": \"Patient\", \"id\": \"1\" }\n"
#define CDA "<?xml version=\"1.0\"?><ClinicalDocument/>"

/* ---- kinds ---------------------------------------------------------------------------------- */

static void
test_kind (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    ImpArchiveKind kind;
  } cases[] = {
    { "", 0, IMP_ARCHIVE_NONE },
    { "PK\3\4", 4, IMP_ARCHIVE_ZIP },
    { "PK\5\6", 4, IMP_ARCHIVE_ZIP }, /* without members */
    { "PK00PK\3\4", 8, IMP_ARCHIVE_ZIP },
    { "PK\1\2", 4, IMP_ARCHIVE_NONE },
    { "\x1f\x8b\x08", 3, IMP_ARCHIVE_GZIP },
    { "\xfd"
      "7zXZ\0",
      6, IMP_ARCHIVE_PACKED },
    { "\x28\xb5\x2f\xfd", 4, IMP_ARCHIVE_PACKED },
    { "BZh91AY&SY", 10, IMP_ARCHIVE_PACKED },
    { "7z\xbc\xaf\x27\x1c", 6, IMP_ARCHIVE_SEVEN_ZIP },
    { "Rar!\x1a\x07\x01", 7, IMP_ARCHIVE_OTHER },
    { "MSH|^~\\&|", 9, IMP_ARCHIVE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_archive_kind ((const guint8 *) cases[i].bytes, cases[i].len), ==,
                     cases[i].kind);
}

static void
write_local_head (GByteArray *zip, const char *name, gboolean size_behind)
{
  guint8 head[30] = { 'P', 'K', 3, 4, 20, 0 };

  head[6] = size_behind ? 8 : 0;
  head[18] = 3; /* bytes of data */
  head[26] = (guint8) strlen (name);
  g_byte_array_append (zip, head, sizeof head);
  g_byte_array_append (zip, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (zip, (const guint8 *) "abc", 3);
}

/* Office documents are zips, but one file each. */
static void
test_documents (void)
{
  static const struct
  {
    const char *names[3];
    gboolean size_behind;
    ImpArchiveKind kind;
  } cases[] = {
    { { "[Content_Types].xml" }, TRUE, IMP_ARCHIVE_DOCUMENT },
    { { "docProps/app.xml", "[Content_Types].xml" }, FALSE, IMP_ARCHIVE_DOCUMENT },
    { { "thumbnail.jpeg", "x/y", "word/document.xml" }, FALSE, IMP_ARCHIVE_DOCUMENT },
    { { "mimetype", "content.xml" }, FALSE, IMP_ARCHIVE_DOCUMENT },
    { { "META-INF/MANIFEST.MF" }, TRUE, IMP_ARCHIVE_DOCUMENT },
    { { "a", "mimetype" }, FALSE, IMP_ARCHIVE_ZIP }, /* only as the first one */
    { { "word/letter.hl7", "b" }, FALSE, IMP_ARCHIVE_ZIP },
    { { "a", "[Content_Types].xml" },
      TRUE,
      IMP_ARCHIVE_ZIP }, /* where the second is, nobody says */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) zip = g_byte_array_new ();

      for (guint j = 0; j < 3 && cases[i].names[j] != NULL; j++)
        write_local_head (zip, cases[i].names[j], cases[i].size_behind);
      g_assert_cmpint (imp_archive_kind (zip->data, zip->len), ==, cases[i].kind);
    }
}

/* ---- formats -------------------------------------------------------------------------------- */

static void
write_archive (const char *path)
{
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "012", AE_IFDIR, NULL, NULL);
  source_add (writer, RX, AE_IFREG, BODY, NULL);
  source_add (writer, "photo.jpg", AE_IFREG, "\xff\xd8\xff\xe0 a photograph", NULL);
  source_end_archive (writer);
}

static void
check_format (SourceFixture *fixture, const char *name, const char *label)
{
  g_autofree char *rx = g_strconcat (label, "!" RX, NULL);
  g_autofree char *photo = g_strconcat (label, "!photo.jpg", NULL);
  const SourceExpected expected[] = { { rx, IMP_REASON_NONE, BODY },
                                      { photo, IMP_REASON_NOT_MESSAGE, "" } };

  g_assert_no_error (fixture->error);
  g_assert_false (fixture->result.damaged);
  source_check (fixture, expected);
}

/* From a file, that can be read at any place. */
static void
test_format (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *path = source_place (fixture, name);

  write_archive (path);
  source_read (fixture, path);
  check_format (fixture, name, name);
}

static void
test_piped (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *path = source_place (fixture, name);

  write_archive (path);
  source_read_piped (fixture, path);
  check_format (fixture, name, "stdin");
}

/* What has its directory at the end cannot come through a pipe: that is said, not half read. */
static void
test_pipe_refused (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *path = source_place (fixture, name);

  write_archive (path);
  source_read_piped (fixture, path);
  g_assert_error (fixture->error, IMP_ERROR, IMP_ERROR_SOURCE);
  g_assert_nonnull (strstr (fixture->error->message, "pipe"));
  g_assert_cmpuint (fixture->met->len, ==, 0);
}

static void
write_zip (const char *path, const char *option, const char *const *names)
{
  struct archive *writer = archive_write_new ();

  archive_write_set_format_zip (writer);
  g_assert_cmpint (archive_write_set_options (writer, option), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_filename (writer, path), ==, ARCHIVE_OK);
  for (guint i = 0; names[i] != NULL; i++)
    source_add (writer, names[i], AE_IFREG, BODY, NULL);
  source_end_archive (writer);
}

static void
test_zip64 (SourceFixture *fixture, gconstpointer piped)
{
  static const char *const names[] = { RX, "other", NULL };
  g_autofree char *path = source_place (fixture, "a.zip");
  const char *label = piped != NULL ? "stdin" : "a.zip";
  g_autofree char *rx = g_strconcat (label, "!" RX, NULL);
  g_autofree char *other = g_strconcat (label, "!other", NULL);
  const SourceExpected expected[] = { { rx, IMP_REASON_NONE, BODY },
                                      { other, IMP_REASON_NONE, BODY } };

  write_zip (path, "zip:zip64", names);
  if (piped != NULL)
    source_read_piped (fixture, path);
  else
    source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* A zip whose directory is larger than memory should hold is read without it. */
static void
test_huge_directory (SourceFixture *fixture, gconstpointer option)
{
  static const char *const names[] = { RX, "other", NULL };
  static const SourceExpected expected[] = { { "a.zip!" RX, IMP_REASON_NONE, BODY },
                                             { "a.zip!other", IMP_REASON_NONE, BODY } };
  g_autofree char *path = source_place (fixture, "a.zip");
  g_autofree char *bytes = NULL;
  char *at, *directory;
  gsize len;
  int fd;

  write_zip (path, option, names);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  directory = memmem (bytes, len, "PK\1\2", 4);
  g_assert_nonnull (directory);
  while ((at = memmem (bytes, len, "PK\1\2", 4)) != NULL)
    memcpy (at, "none", 4); /* whoever looks into it finds nothing */

  /* As if it had begun far before: a hole, not bytes. */
  fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (ftruncate (fd, directory - bytes), ==, 0);
  g_assert_cmpint (lseek (fd, IMP_ARCHIVE_MAX_DIRECTORY_BYTES + 1, SEEK_END), >, 0);
  len -= (gsize) (directory - bytes);
  g_assert_cmpint (write (fd, directory, len), ==, (gssize) len);
  close (fd);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* Windows writes names in CP932 without a word about it; some programs separate folders by
 * backslashes. */
static void
test_zip_names (SourceFixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "\x95\x61\x89\x40/\x95\x5c.hl7", /* 病院/表.hl7: the second byte of 表 is a backslash */
    "\x95\x5c.hl7",
    "folder\\\x95\x61.hl7",
    "\xe7\x97\x85\xe9\x99\xa2.hl7", /* 病院 in UTF-8, not marked so */
    NULL,
  };
  static const SourceExpected expected[] = {
    { "a.zip!folder/病.hl7", IMP_REASON_NONE, BODY },
    { "a.zip!病院.hl7", IMP_REASON_NONE, BODY },
    { "a.zip!病院/表.hl7", IMP_REASON_NONE, BODY },
    { "a.zip!表.hl7", IMP_REASON_NONE, BODY },
  };
  g_autofree char *path = source_place (fixture, "a.zip");

  write_zip (path, "zip:!zip64", names);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* Names in UTF-16 and UTF-8 come out right where cron knows no language. */
static void
test_unicode_names (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *before = g_strdup (setlocale (LC_CTYPE, NULL));
  g_autofree char *path = source_place (fixture, name);
  g_autofree char *shown = g_strconcat (name, "!病院/表.hl7", NULL);
  const SourceExpected expected[] = { { shown, IMP_REASON_NONE, BODY } };
  struct archive *writer;

  g_assert_nonnull (setlocale (LC_CTYPE, "C.UTF-8"));
  writer = source_begin_archive (path);
  source_add (writer, "病院/表.hl7", AE_IFREG, BODY, NULL);
  source_end_archive (writer);

  setlocale (LC_CTYPE, "C");
  source_read (fixture, path);
  setlocale (LC_CTYPE, before);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* ---- archives inside ------------------------------------------------------------------------ */

/* In a tree an archive is a folder, whatever it is called. */
static void
test_in_tree (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *made = source_place (fixture, name);
  g_autofree char *folder = source_place (fixture, "tree/hospital");
  g_autofree char *moved = source_place (fixture, "tree/hospital/backup.dat");
  static const SourceExpected expected[] = {
    { "hospital/backup.dat!" RX, IMP_REASON_NONE, BODY },
    { "hospital/backup.dat!photo.jpg", IMP_REASON_NOT_MESSAGE, "" },
    { "hospital/plain.hl7", IMP_REASON_NONE, BODY },
  };
  g_autofree char *tree = source_place (fixture, "tree");

  source_write_file (fixture, "tree/hospital/plain.hl7", BODY, -1);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  write_archive (made);
  g_assert_cmpint (g_rename (made, moved), ==, 0);
  source_read (fixture, tree);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  /* Its storage root is its own. */
  g_assert_cmpstr (((SourceMet *) g_ptr_array_index (fixture->met, 0))->root, ==,
                   "hospital/backup.dat!");
}

/* @name: of the inner archive; the outer one is a tar.gz, read as a file and through a pipe. */
static void
test_in_archive (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *inner = source_place (fixture, name);
  g_autofree char *outer = source_place (fixture, "outer.tar.gz");
  g_autofree char *rx = g_strconcat ("outer.tar.gz!in/", name, "!" RX, NULL);
  g_autofree char *photo = g_strconcat ("outer.tar.gz!in/", name, "!photo.jpg", NULL);
  g_autofree char *piped_rx = g_strconcat ("stdin!in/", name, "!" RX, NULL);
  g_autofree char *piped_photo = g_strconcat ("stdin!in/", name, "!photo.jpg", NULL);
  g_autofree char *root = g_strconcat ("in/", name, "!", NULL);
  g_autofree char *in = g_strconcat ("in/", name, NULL);
  const SourceExpected expected[] = {
    { "outer.tar.gz!before", IMP_REASON_NONE, BODY },
    { rx, IMP_REASON_NONE, BODY },
    { photo, IMP_REASON_NOT_MESSAGE, "" },
    { "outer.tar.gz!later", IMP_REASON_NONE, BODY },
    { "stdin!before", IMP_REASON_NONE, BODY },
    { piped_rx, IMP_REASON_NONE, BODY },
    { piped_photo, IMP_REASON_NOT_MESSAGE, "" },
    { "stdin!later", IMP_REASON_NONE, BODY },
  };
  struct archive *writer;

  write_archive (inner);
  writer = source_begin_archive (outer);
  source_add (writer, "before", AE_IFREG, BODY, NULL);
  source_add_file (writer, in, inner);
  source_add (writer, "later", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, outer);
  source_read_piped (fixture, outer);
  g_assert_no_error (fixture->error);
  g_assert_false (fixture->result.damaged);
  source_check (fixture, expected);
  g_assert_cmpstr (((SourceMet *) g_ptr_array_index (fixture->met, 1))->root, ==, root);
}

/* zip in 7z in tar in a tree: the third is a file that is refused. */
static void
test_third_level (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "a.tar!b.7z!c.tar.gz", IMP_REASON_ARCHIVE_NESTED, "" },
    { "a.tar!b.7z!c.zip", IMP_REASON_ARCHIVE_NESTED, "" },
    { "a.tar!b.7z!d.hl7", IMP_REASON_NONE, BODY },
    { "a.tar!b.7z!e.hl7.xz", IMP_REASON_NONE, BODY }, /* one file, not an archive */
  };
  g_autofree char *a = source_place (fixture, "tree/a.tar");
  g_autofree char *b = source_place (fixture, "b.7z");
  g_autofree char *c = source_place (fixture, "c.zip");
  g_autofree char *c_tar = source_place (fixture, "c.tar.gz");
  g_autofree char *e = source_place (fixture, "e.xz");
  g_autofree char *tree = source_place (fixture, "tree");
  struct archive *writer;

  g_assert_cmpint (g_mkdir (tree, 0700), ==, 0);
  write_archive (c);
  write_archive (c_tar);
  writer = archive_write_new ();
  archive_write_set_format_raw (writer);
  archive_write_add_filter_xz (writer);
  archive_write_open_filename (writer, e);
  source_add (writer, "e", AE_IFREG, BODY, NULL);
  source_end_archive (writer);

  writer = source_begin_archive (b);
  source_add_file (writer, "c.zip", c);
  source_add_file (writer, "c.tar.gz", c_tar);
  source_add (writer, "d.hl7", AE_IFREG, BODY, NULL);
  source_add_file (writer, "e.hl7.xz", e);
  source_end_archive (writer);
  writer = source_begin_archive (a);
  source_add_file (writer, "b.7z", b);
  source_end_archive (writer);
  source_read (fixture, tree);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* A document is not walked: neither an office file anywhere, nor what the extended storage says is
 * one. */
static void
test_not_walked (SourceFixture *fixture, gconstpointer data)
{
#define EXTENDED                                                                                   \
  "012/345/0123456789/20250410/18842-5^x^LN/"                                                      \
  "0123456789_20250410_18842-5_1_20250410101502345_01_1/a.zip"
  static const SourceExpected expected[] = {
    { EXTENDED, IMP_REASON_NONE, NULL },
    { "backup.rar", IMP_REASON_ARCHIVE_KIND, "" },
    { "letter.docx", IMP_REASON_NOT_MESSAGE, "" },
  };
  g_autofree char *docx = source_place (fixture, "tree/letter.docx");
  g_autofree char *extended = source_place (fixture, "tree/" EXTENDED);
  g_autofree char *tree = source_place (fixture, "tree");
  g_autofree char *zip = source_place (fixture, "some.zip");
  struct archive *writer;

  source_write_file (fixture, "tree/backup.rar", "Rar!\x1a\x07\x01", 7);
  source_write_file (fixture, "tree/" EXTENDED, "", 0);
  write_archive (zip);
  g_assert_cmpint (g_rename (zip, extended), ==, 0);
  writer = source_begin_archive (zip);
  source_add (writer, "[Content_Types].xml", AE_IFREG, "<Types/>", NULL);
  source_add (writer, "word/document.xml", AE_IFREG, "<w/>", NULL);
  source_end_archive (writer);
  g_assert_cmpint (g_rename (zip, docx), ==, 0);
  source_read (fixture, tree);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
#undef EXTENDED
}

/* A message that quotes what marks an archive stays a message. */
static void
test_message_with_marks (SourceFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (BODY);
  SourceExpected expected[] = { { "quoting.hl7", IMP_REASON_NONE, NULL } };

  while (text->len < 257)
    g_string_append_c (text, 'x');
  g_string_append (text, "ustar");
  while (text->len < 32769)
    g_string_append_c (text, 'x');
  g_string_append (text, "CD001\r");
  expected[0].content = text->str;
  source_write_file (fixture, "quoting.hl7", text->str, (gssize) text->len);
  source_read (fixture, fixture->dir);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* What is left out in a folder is read where the operator names it. */
static void
test_named (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "Thumbs.db", IMP_REASON_SYSTEM_FILE, "" },
    { "Thumbs.db!" RX, IMP_REASON_NONE, BODY },
    { "Thumbs.db!photo.jpg", IMP_REASON_NOT_MESSAGE, "" },
  };
  g_autofree char *path = source_place (fixture, "Thumbs.db");

  write_archive (path);
  source_read (fixture, path);
  source_read (fixture, fixture->dir);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static void
test_encrypted (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = { { "a.zip!" RX, IMP_REASON_ENCRYPTED, "" },
                                             { "a.zip!other", IMP_REASON_ENCRYPTED, "" } };
  g_autofree char *path = source_place (fixture, "a.zip");
  struct archive *writer = archive_write_new ();

  archive_write_set_format_zip (writer);
  if (archive_write_set_options (writer, "zip:encryption=aes256") != ARCHIVE_OK)
    {
      g_test_skip ("libarchive was built without encryption");
      archive_write_free (writer);
      return;
    }
  archive_write_set_passphrase (writer, "secret");
  g_assert_cmpint (archive_write_open_filename (writer, path), ==, ARCHIVE_OK);
  source_add (writer, RX, AE_IFREG, BODY, NULL);
  source_add (writer, "other", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* An inner archive that ends early is told at its place; the outer one goes on. */
static void
test_inner_damage (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "outer.tar!inner.tar", IMP_REASON_ARCHIVE_DAMAGED, "" },
    { "outer.tar!inner.tar!first", IMP_REASON_NONE, BODY },
    { "outer.tar!later", IMP_REASON_NONE, BODY },
  };
  g_autofree char *inner = source_place (fixture, "inner.tar");
  g_autofree char *outer = source_place (fixture, "outer.tar");
  struct archive *writer = source_begin_archive (inner);

  source_add (writer, "first", AE_IFREG, BODY, NULL);
  source_add (writer, "second", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  g_assert_cmpint (truncate (inner, 1024), ==, 0); /* head and data of the first */
  writer = source_begin_archive (outer);
  source_add_file (writer, "inner.tar", inner);
  source_add (writer, "later", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, outer);
  g_assert_no_error (fixture->error);
  g_assert_false (fixture->result.damaged);
  source_check (fixture, expected);
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, SourceFixture, data, source_set_up, func, source_tear_down)

static void
add_each (const char *prefix, const char *const *names,
          void (*func) (SourceFixture *fixture, gconstpointer data))
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/importer/archive/", prefix, "/", names[i], NULL);

      ADD (path, names[i], func);
    }
}

int
main (int argc, char **argv)
{
  static const char *const all[] = { "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.zst", "a.tar.bz2",
                                     "a.zip", "a.7z",     "a.iso",    NULL };
  static const char *const streamed[] = { "a.tar",     "a.tar.gz", "a.tar.xz",
                                          "a.tar.zst", "a.zip",    NULL };
  static const char *const placed[] = { "a.7z", "a.iso", NULL };
  static const char *const unicode[] = { "a.tar", "a.zip", "a.7z", "a.iso", NULL };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/archive/kind", test_kind);
  g_test_add_func ("/importer/archive/documents", test_documents);
  add_each ("format", all, test_format);
  add_each ("piped", streamed, test_piped);
  add_each ("pipe-refused", placed, test_pipe_refused);
  ADD ("/importer/archive/zip64", NULL, test_zip64);
  ADD ("/importer/archive/zip64-piped", "piped", test_zip64);
  ADD ("/importer/archive/huge-directory/zip", "zip:!zip64", test_huge_directory);
  ADD ("/importer/archive/huge-directory/zip64", "zip:zip64", test_huge_directory);
  ADD ("/importer/archive/zip-names", NULL, test_zip_names);
  add_each ("unicode-names", unicode, test_unicode_names);
  add_each ("in-tree", all, test_in_tree);
  add_each ("in-archive", all, test_in_archive);
  ADD ("/importer/archive/third-level", NULL, test_third_level);
  ADD ("/importer/archive/not-walked", NULL, test_not_walked);
  ADD ("/importer/archive/message-with-marks", NULL, test_message_with_marks);
  ADD ("/importer/archive/named", NULL, test_named);
  ADD ("/importer/archive/encrypted", NULL, test_encrypted);
  ADD ("/importer/archive/inner-damage", NULL, test_inner_damage);
  return g_test_run ();
}
