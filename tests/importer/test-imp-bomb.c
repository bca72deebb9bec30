/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "imp-archive.h"
#include "imp-limits.h"
#include "source-fixture.h"
#include "stream-fixture.h"

/* What is made to use up time and memory ends within both, with a word about it. */

#define BODY "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410101502.345||RDE^O11|1|P|2.5\r"
#define JSON "{ \"resourceType\": \"Patient\", \"id\": \"1\" }\n"
#define RX_NAME "0123456789_20250410_OMP-01_000000250410001_20250410101502345_01_1"
#define MIB (1024 * 1024)

/* ---- ceilings ------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *bytes;
  gsize len;
  gsize pos;
} Memory;

static gssize
read_memory (gpointer data, const guint8 **block)
{
  Memory *self = data;
  gsize n = MIN (1000, self->len - self->pos);

  *block = self->bytes + self->pos;
  self->pos += n;
  return (gssize) n;
}

static gint64
seek_memory (gpointer data, gint64 offset, int whence)
{
  Memory *self = data;
  gint64 base = whence == SEEK_SET ? 0 : (gint64) (whence == SEEK_CUR ? self->pos : self->len);

  if (base + offset < 0 || base + offset > (gint64) self->len)
    return -1;
  self->pos = (gsize) (base + offset);
  return base + offset;
}

/* Returns: why it stopped; @n_members: (out): how many there were until then. */
static ImpReason
walk (GBytes *bytes, const ImpArchiveLimits *limits, gboolean reads, guint *n_members)
{
  Memory memory = { 0 };
  const ImpArchiveInput input = { read_memory, seek_memory, &memory, g_bytes_get_size (bytes) };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ImpArchive) archive = NULL;
  struct archive_entry *entry;

  memory.bytes = g_bytes_get_data (bytes, &memory.len);
  archive = imp_archive_new (&input, limits, cancellable);
  *n_members = 0;
  while (imp_archive_next (archive, &entry) == IMP_ARCHIVE_GOT)
    {
      const guint8 *block;
      gsize len;

      ++*n_members;
      while (reads && imp_archive_read (archive, &block, &len) == IMP_ARCHIVE_GOT)
        continue;
    }
  return imp_archive_reason (archive);
}

static GBytes *
archive_bytes (const SourceFixture *fixture, const char *name, guint n, gsize member_bytes)
{
  g_autofree char *path = source_place (fixture, name);
  g_autofree char *zeros = g_malloc0 (member_bytes + 1);
  struct archive *writer = source_begin_archive (path);
  char *bytes;
  gsize len;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *member = g_strdup_printf ("member-%u", i);

      source_add_bytes (writer, member, zeros, member_bytes);
    }
  source_end_archive (writer);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  return g_bytes_new_take (bytes, len);
}

static void
test_ceilings (SourceFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean reads; /* the members, or skips them */
    ImpArchiveLimits limits;
    ImpReason reason;
    guint n_members; /* of ten of 1 MiB each, at most */
  } cases[] = {
    { "a.tar.gz", FALSE, { 100 * MIB, 10, 100 * MIB, 100, MIB }, IMP_REASON_NONE, 10 },
    { "a.tar.gz", TRUE, { 100 * MIB, 10, 100 * MIB, 100, MIB }, IMP_REASON_NONE, 10 },
    { "a.tar.gz", FALSE, { 3 * MIB, 100, 100 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_RATIO, 5 },
    { "a.tar.gz", TRUE, { 3 * MIB, 100, 100 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_RATIO, 5 },
    { "a.tar.gz", FALSE, { 3 * MIB, 2000, 100 * MIB, 100, MIB }, IMP_REASON_NONE, 10 },
    { "a.tar.zst", FALSE, { 3 * MIB, 1000, 100 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_RATIO, 10 },
    { "a.7z", FALSE, { 3 * MIB, 100, 100 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_RATIO, 4 },
    { "a.zip",
      FALSE,
      { 3 * MIB, 100, 100 * MIB, 100, MIB },
      IMP_REASON_NONE,
      10 }, /* skipped packed */
    { "a.zip", TRUE, { 3 * MIB, 100, 100 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_RATIO, 4 },
    { "a.tar", TRUE, { 3 * MIB, 10, 100 * MIB, 100, MIB }, IMP_REASON_NONE, 10 },
    { "a.tar", TRUE, { 3 * MIB, 10, 4 * MIB, 100, MIB }, IMP_REASON_ARCHIVE_SIZE, 5 },
    { "a.tar", FALSE, { 3 * MIB, 10, 100 * MIB, 9, MIB }, IMP_REASON_ARCHIVE_MEMBERS, 9 },
    { "a.tar", FALSE, { 3 * MIB, 10, 100 * MIB, 10, MIB }, IMP_REASON_NONE, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = archive_bytes (fixture, cases[i].name, 10, MIB);
      guint n = 0;
      ImpReason reason = walk (bytes, &cases[i].limits, cases[i].reads, &n);

      g_test_message ("%u: %s %s %u", i, cases[i].name, imp_reason_name (reason), n);
      g_assert_cmpstr (imp_reason_name (reason), ==, imp_reason_name (cases[i].reason));
      g_assert_cmpuint (n, <=, cases[i].n_members);
      if (reason == IMP_REASON_NONE)
        g_assert_cmpuint (n, ==, 10);
    }
}

static void
append_le (GByteArray *bytes, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = i < 8 ? (guint8) (value >> (8 * i)) : 0;

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* Of a zip's directory, or of its members; without a checksum. */
static void
append_zip_head (GByteArray *zip, gboolean in_directory, gsize packed, gsize size, gsize place)
{
  g_byte_array_append (zip, (const guint8 *) (in_directory ? "PK\1\2\24\0" : "PK\3\4"),
                       in_directory ? 6 : 4);
  append_le (zip, 20, 2);
  append_le (zip, 0, 2);
  append_le (zip, 8, 2); /* deflate */
  append_le (zip, 0, 8);
  append_le (zip, packed, 4);
  append_le (zip, size, 4);
  append_le (zip, 6, 2);
  append_le (zip, 0, in_directory ? 12 : 2);
  if (in_directory)
    append_le (zip, place, 4);
  g_byte_array_append (zip, (const guint8 *) "member", 6);
}

static GByteArray *
deflate_zeros (gsize size)
{
  g_autofree guint8 *zeros = g_malloc0 (size);
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
  GByteArray *packed = g_byte_array_new ();
  gsize n_read, n_written;

  g_byte_array_set_size (packed, (guint) size / 10);
  g_assert_cmpint (g_converter_convert (converter, zeros, size, packed->data, packed->len,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);
  return packed;
}

/*
 * A zip whose members overlap: each one's data quotes the heads of all that follow, and ends with
 * the same 4 kB, which are 4 MiB unpacked. So 12 kB become 400 MiB without any archive in an
 * archive.
 */
static void
test_overlapping (void)
{
  static const ImpArchiveLimits limits = { 8 * MIB, 1000, 1024 * MIB, 10000, MIB };
  const guint head_bytes = 36, quote_bytes = 5, n_entries = 100;
  g_autoptr (GByteArray) zip = g_byte_array_new ();
  g_autoptr (GByteArray) core = deflate_zeros (4 * MIB);
  g_autoptr (GBytes) bytes = NULL;
  guint directory, directory_end, n = 0;

  for (guint left = n_entries; left-- > 0;)
    {
      append_zip_head (zip, FALSE, left * (head_bytes + quote_bytes) + core->len,
                       left * head_bytes + 4 * MIB, 0);
      if (left == 0)
        break;
      append_le (zip, 0, 1); /* RFC 1951 3.2.4: a block that is not compressed */
      append_le (zip, head_bytes, 2);
      append_le (zip, ~head_bytes, 2);
    }
  g_byte_array_append (zip, core->data, core->len);
  directory = zip->len;
  for (guint i = 0; i < n_entries; i++)
    append_zip_head (zip, TRUE, (n_entries - 1 - i) * (head_bytes + quote_bytes) + core->len,
                     (n_entries - 1 - i) * head_bytes + 4 * MIB, i * (head_bytes + quote_bytes));
  directory_end = zip->len;
  g_byte_array_append (zip, (const guint8 *) "PK\5\6", 4);
  append_le (zip, 0, 4);
  append_le (zip, n_entries, 2);
  append_le (zip, n_entries, 2);
  append_le (zip, directory_end - directory, 4);
  append_le (zip, directory, 4);
  append_le (zip, 0, 2);
  bytes = g_bytes_new (zip->data, zip->len);
  g_assert_cmpstr (imp_reason_name (walk (bytes, &limits, TRUE, &n)), ==, "archive-ratio");
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (n, <, 20);
}

/* ---- whole sources -------------------------------------------------------------------------- */

/* 1.2 GiB of zeros in some kB, two archives deep; what stands behind the bomb is read. */
static void
test_ratio (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *inner = source_place (fixture, name);
  g_autofree char *outer = source_place (fixture, "outer.tar");
  g_autofree char *zeros = g_malloc0 (64 * MIB);
  g_autofree char *bomb = g_strconcat ("outer.tar!", name, NULL);
  g_autofree char *first = g_strconcat ("outer.tar!", name, "!first", NULL);
  struct archive_entry *entry = archive_entry_new ();
  struct archive *writer = source_begin_archive (inner);
  g_autoptr (GTimer) timer = NULL;
  const SourceExpected expected[] = {
    { bomb, IMP_REASON_ARCHIVE_RATIO, "" },
    { first, IMP_REASON_NONE, BODY },
    { "outer.tar!later", IMP_REASON_NONE, BODY },
  };

  source_add (writer, "first", AE_IFREG, BODY, NULL);
  archive_entry_set_pathname (entry, RX_NAME ".padding");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, 1200ll * MIB);
  g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  for (guint i = 0; i < 19; i++)
    archive_write_data (writer, zeros, i < 18 ? 64 * MIB : 48 * MIB);
  archive_entry_free (entry);
  source_add (writer, "never reached", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  writer = source_begin_archive (outer);
  source_add_file (writer, name, inner);
  source_add (writer, "later", AE_IFREG, BODY, NULL);
  source_end_archive (writer);

  timer = g_timer_new ();
  source_read (fixture, outer);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, seconds_limit (20));
  g_assert_no_error (fixture->error);
  if (fixture->met->len == 4) /* the padding was looked at before the end */
    {
      g_assert_cmpstr (((SourceMet *) g_ptr_array_index (fixture->met, 1))->content, ==, "");
      g_ptr_array_remove_index (fixture->met, 1);
    }
  source_check (fixture, expected);
}

/* As the source itself a bomb has a higher ceiling, and ends as a source that was not read to its
 * end. */
static void
test_source_ratio (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *path = source_place (fixture, "bomb.tar.zst");
  g_autofree char *zeros = g_malloc0 (30 * MIB);
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "first", AE_IFREG, BODY, NULL);
  for (guint i = 0; i < 40; i++)
    source_add_bytes (writer, "padding", zeros, 30 * MIB);
  source_add (writer, "never reached", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->done);
  g_assert_true (fixture->result.damaged);
  g_assert_nonnull (strstr (fixture->result.detail, "out of all proportion"));
  g_assert_cmpuint (fixture->met->len, >, 30);
  g_assert_cmpuint (fixture->met->len, <, 41);
  g_assert_cmpstr (((SourceMet *) g_ptr_array_index (fixture->met, 0))->content, ==, BODY);
}

static void
add_sparse (struct archive *writer, const char *name, const char *head, gint64 at, const char *tail,
            gint64 size)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *zeros = g_malloc0 ((gsize) MIN (at, 4096));

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, size);
  archive_entry_sparse_add_entry (entry, 0, (la_int64_t) strlen (head));
  if (tail != NULL)
    archive_entry_sparse_add_entry (entry, at, (la_int64_t) strlen (tail));
  g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
  archive_write_data (writer, head, strlen (head));
  if (tail != NULL)
    {
      /* The writer wants the hole too, and leaves it out. */
      archive_write_data (writer, zeros, (gsize) at - strlen (head));
      archive_write_data (writer, tail, strlen (tail));
    }
  archive_entry_free (entry);
}

/* Some bytes that call themselves terabytes; and a file with a hole that is one. */
static void
test_sparse (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "sparse.tar!" RX_NAME, IMP_REASON_SPARSE, "" },
    { "sparse.tar!ends-in-hole.hl7", IMP_REASON_NONE, NULL },
    { "sparse.tar!huge.json", IMP_REASON_SPARSE, "" },
    { "sparse.tar!later", IMP_REASON_NONE, BODY },
    { "sparse.tar!with-hole.hl7", IMP_REASON_NONE, NULL },
  };
  g_autofree char *path = source_place (fixture, "sparse.tar");
  struct archive *writer = source_begin_archive (path);
  const gint64 tebibyte = 1024ll * 1024 * MIB;
  g_autoptr (GTimer) timer = NULL;
  const SourceMet *met;

  add_sparse (writer, RX_NAME, BODY, 0, NULL, 4 * tebibyte);
  add_sparse (writer, "huge.json", JSON, 0, NULL, 4 * tebibyte);
  add_sparse (writer, "with-hole.hl7", BODY, 4096, "behind", 4102);
  add_sparse (writer, "ends-in-hole.hl7", BODY, 0, NULL, 9000);
  source_add (writer, "later", AE_IFREG, BODY, NULL);
  source_end_archive (writer);

  timer = g_timer_new ();
  source_read (fixture, path);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, seconds_limit (10));
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  met = g_ptr_array_index (fixture->met, 1);
  g_assert_cmpuint (met->len, ==, 9000);
  met = g_ptr_array_index (fixture->met, 4);
  g_assert_cmpuint (met->len, ==, 4102);
  g_assert_cmpuint (met->content[2000], ==, 0);
  g_assert_cmpmem (met->content + 4096, 6, "behind", 6);
}

static void
test_traversal (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *path = source_place (fixture, name);
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "../../etc/passwd", AE_IFREG, BODY, NULL);
  source_add (writer, "..\\..\\windows\\system32\\x", AE_IFREG, BODY, NULL);
  source_add (writer, "a/../b", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->met->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (imp_reason_name (((SourceMet *) g_ptr_array_index (fixture->met, i))->reason),
                     ==, "unsafe-name");
}

/* A gzip within a gzip within a gzip ... is not opened to the bottom. */
static void
test_packed_often (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = { { "often.gz", IMP_REASON_ARCHIVE_NESTED, "" } };
  g_autofree char *path = source_place (fixture, "tree/often.gz");
  g_autofree char *tree = source_place (fixture, "tree");
  g_autoptr (GBytes) bytes = g_bytes_new_static (BODY, strlen (BODY));

  for (guint i = 0; i < 10; i++)
    {
      GBytes *packed = gzip_of (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_bytes_unref (bytes);
      bytes = packed;
    }
  source_write_file (fixture, "tree/often.gz", g_bytes_get_data (bytes, NULL),
                     (gssize) g_bytes_get_size (bytes));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  source_read (fixture, tree);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* ---- trees ---------------------------------------------------------------------------------- */

/* Links that lead in circles, devices and pipes: none is waited for. */
static void
test_special_files (SourceFixture *fixture, gconstpointer data)
{
  const SourceExpected expected[] = {
    { "a", IMP_REASON_LINK_OUTSIDE, "" }, /* leads nowhere */
    { "b", IMP_REASON_LINK_OUTSIDE, "" },    { "folder/up", IMP_REASON_LINK_INSIDE, "" },
    { "pipe", IMP_REASON_SPECIAL, "" },      { "plain.hl7", IMP_REASON_NONE, BODY },
    { "self", IMP_REASON_LINK_OUTSIDE, "" }, { "zero", IMP_REASON_SPECIAL, "" },
  };
  g_autofree char *root = source_place (fixture, "tree");
  gboolean has_device;

  source_write_file (fixture, "tree/plain.hl7", BODY, -1);
  g_assert_cmpint (g_chdir (root), ==, 0);
  g_assert_cmpint (symlink ("b", "a"), ==, 0);
  g_assert_cmpint (symlink ("a", "b"), ==, 0);
  g_assert_cmpint (symlink ("self", "self"), ==, 0);
  g_assert_cmpint (g_mkdir ("folder", 0700), ==, 0);
  g_assert_cmpint (symlink ("..", "folder/up"), ==, 0);
  g_assert_cmpint (mkfifo ("pipe", 0600), ==, 0);
  has_device = mknod ("zero", S_IFCHR | 0600, makedev (1, 5)) == 0;
  if (!has_device) /* only the superuser may */
    g_assert_cmpint (mkfifo ("zero", 0600), ==, 0);
  source_read (fixture, root);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_no_error (fixture->error);
  /* A device that the mount forbids to open is denied. */
  if (has_device &&
      ((SourceMet *) g_ptr_array_index (fixture->met, 6))->reason == IMP_REASON_DENIED)
    ((SourceMet *) g_ptr_array_index (fixture->met, 6))->reason = IMP_REASON_SPECIAL;
  source_check (fixture, expected);
}

static void
test_deep_folders (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *root = source_place (fixture, "tree");
  g_autoptr (GString) deep = g_string_new ("tree");
  const char *refused;

  for (guint i = 0; i < 500; i++)
    g_string_append (deep, "/d");
  g_string_append (deep, "/plain.hl7");
  source_write_file (fixture, "tree/top.hl7", BODY, -1);
  source_write_file (fixture, deep->str, BODY, -1);
  source_read (fixture, root);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->met->len, ==, 1);
  g_assert_nonnull (fixture->result.folders_refused);
  g_assert_cmpuint (fixture->result.folders_refused->len, ==, 1);
  refused = g_ptr_array_index (fixture->result.folders_refused, 0);
  g_assert_true (g_str_has_suffix (refused, ": too deep"));
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, SourceFixture, data, source_set_up, func, source_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/bomb/ceilings", NULL, test_ceilings);
  g_test_add_func ("/importer/bomb/overlapping", test_overlapping);
  ADD ("/importer/bomb/ratio/tar.zst", "bomb.tar.zst", test_ratio);
  ADD ("/importer/bomb/ratio/tar.gz", "bomb.tar.gz", test_ratio);
  ADD ("/importer/bomb/ratio/source", NULL, test_source_ratio);
  ADD ("/importer/bomb/sparse", NULL, test_sparse);
  ADD ("/importer/bomb/traversal/tar", "a.tar", test_traversal);
  ADD ("/importer/bomb/traversal/zip", "a.zip", test_traversal);
  ADD ("/importer/bomb/traversal/7z", "a.7z", test_traversal);
  ADD ("/importer/bomb/packed-often", NULL, test_packed_often);
  ADD ("/importer/bomb/special-files", NULL, test_special_files);
  ADD ("/importer/bomb/deep-folders", NULL, test_deep_folders);
  return g_test_run ();
}
