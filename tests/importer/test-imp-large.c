/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "disc-error.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "imp-spool.h"
#include "source-fixture.h"
#include "stream-fixture.h"

/* Files that may be FHIR and do not fit into a batch, or are compressed alone: handed on as
 * streams. */

#define BODY "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410101502.345||RDE^O11|1|P|2.5\r"
#define JSON "{ \"resourceType\": \"Patient\", \"id\": \"1\" }\n"
#define CDA "<?xml version=\"1.0\"?><ClinicalDocument/>"
#define LARGE (IMP_MAX_FILE_BYTES + 1000)

/* (transfer full): @head, then figures, all different at first, up to @size. */
static char *
make_large (const char *head, gsize size)
{
  GString *text = g_string_sized_new (size + 16);

  g_string_append (text, head);
  for (guint i = 0; text->len < MIN (size, 600000); i++)
    g_string_append_printf (text, "%08x\n", i * 2654435761u);
  while (text->len < size)
    g_string_append_len (text, text->str + text->len - 500000, 500000);
  g_string_truncate (text, size);
  return g_string_free (text, FALSE);
}

static const SourceMet *
met_at (const SourceFixture *fixture, guint i)
{
  return g_ptr_array_index (fixture->met, i);
}

static void
check_streamed (const SourceFixture *fixture, guint i, const void *bytes, gsize len)
{
  const SourceMet *met = met_at (fixture, i);

  g_assert_nonnull (met->streamed);
  g_assert_cmpuint (g_bytes_get_size (met->streamed), ==, len);
  g_assert_true (memcmp (g_bytes_get_data (met->streamed, NULL), bytes, len) == 0);
}

static void
write_bytes (const SourceFixture *fixture, const char *name, GBytes *bytes)
{
  source_write_file (fixture, name, g_bytes_get_data (bytes, NULL),
                     (gssize) g_bytes_get_size (bytes));
}

/* ---- what begins as what -------------------------------------------------------------------- */

static void
test_may_be_json (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    gboolean may_be;
  } cases[] = {
    { "", 0, FALSE },
    { "{", 1, TRUE },
    { "{}", 2, TRUE },
    { "{\"a\"", 4, TRUE },
    { "\xef\xbb\xbf \r\n{ \t\"a\"", 12, TRUE },
    { "[{\"a\"", 5, TRUE },
    { "[\n {", 4, TRUE },
    { "[]", 2, TRUE },
    { "{\\rtf1", 6, FALSE },
    { "[2025-04-10] started", 20, FALSE },
    { "{ braces", 8, FALSE },
    { "\xff\xfe{\0\"\0", 6, TRUE },
    { "\xfe\xff\0{\0\"", 6, TRUE },
    { "{\0\"\0", 4, TRUE },
    { "\0{\0\"", 4, TRUE },
    { "{\0\0\0\"\0\0\0", 8, FALSE },
    { "MSH|", 4, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (imp_source_may_be_json ((const guint8 *) cases[i].bytes, cases[i].len), ==,
                       cases[i].may_be);
    }
}

/* ---- trees ---------------------------------------------------------------------------------- */

static void
test_tree (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "cda.xml.gz", IMP_REASON_NONE, CDA },    { "empty.gz", IMP_REASON_NONE, "" },
    { "large.json", IMP_REASON_NONE, "" },     { "large.rtf", IMP_REASON_NOT_MESSAGE, "" },
    { "large.xml", IMP_REASON_NONE, "" },      { "message.hl7.gz", IMP_REASON_NONE, BODY },
    { "packed.json.gz", IMP_REASON_NONE, "" }, { "photo.gz", IMP_REASON_NOT_MESSAGE, "" },
    { "small.json", IMP_REASON_NONE, JSON },   { "wide.json", IMP_REASON_NONE, NULL },
  };
  g_autofree char *json = make_large (JSON, LARGE);
  g_autofree char *xml = make_large ("<Bundle>", LARGE);
  g_autofree char *rtf = make_large ("{\\rtf1", LARGE);
  g_autoptr (GBytes) packed = gzip_of (JSON, strlen (JSON));
  g_autoptr (GBytes) cda = gzip_of (CDA, strlen (CDA));
  g_autoptr (GBytes) message = gzip_of (BODY, strlen (BODY));
  g_autoptr (GBytes) photo = gzip_of ("\xff\xd8\xff\xe0 a photograph", 17);
  g_autoptr (GBytes) empty = gzip_of ("", 0);

  source_write_file (fixture, "large.json", json, LARGE);
  source_write_file (fixture, "large.xml", xml, LARGE);
  source_write_file (fixture, "large.rtf", rtf, LARGE);
  source_write_file (fixture, "small.json", JSON, -1);
  source_write_file (fixture, "wide.json", "\xff\xfe{\0}\0", 6);
  write_bytes (fixture, "packed.json.gz", packed);
  write_bytes (fixture, "cda.xml.gz", cda);
  write_bytes (fixture, "message.hl7.gz", message);
  write_bytes (fixture, "photo.gz", photo);
  write_bytes (fixture, "empty.gz", empty);
  source_read (fixture, fixture->dir);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  g_assert_null (met_at (fixture, 0)->streamed);
  check_streamed (fixture, 2, json, LARGE);
  check_streamed (fixture, 4, xml, LARGE);
  check_streamed (fixture, 6, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_assert_cmpuint (met_at (fixture, 2)->size, ==, LARGE);
  g_assert_cmpuint (met_at (fixture, 9)->len, ==, 6);
}

/* A gzip that ends early is left to what reads FHIR, which keeps the lines before; a message is
 * refused. */
static void
test_cut_gzip (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "cut.hl7.gz", IMP_REASON_MEMBER_DAMAGED, "" },
    { "cut.json.gz", IMP_REASON_NONE, "" },
    { "cut.xml.gz", IMP_REASON_NONE, "" },
  };
  static const struct
  {
    const char *name;
    const char *head;
  } files[] = { { "cut.hl7.gz", BODY }, { "cut.json.gz", JSON }, { "cut.xml.gz", CDA } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = make_large (files[i].head, 100000);
      g_autoptr (GBytes) packed = gzip_of (text, 100000);

      source_write_file (fixture, files[i].name, g_bytes_get_data (packed, NULL),
                         (gssize) g_bytes_get_size (packed) / 2);
    }
  source_read (fixture, fixture->dir);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  g_assert_nonnull (met_at (fixture, 1)->streamed);
  g_assert_nonnull (met_at (fixture, 2)->streamed);
}

/* ---- archives ------------------------------------------------------------------------------- */

static void
test_member (SourceFixture *fixture, gconstpointer name)
{
  g_autofree char *path = source_place (fixture, name);
  g_autofree char *json = make_large (JSON, LARGE);
  g_autoptr (GBytes) packed = gzip_of (JSON, strlen (JSON));
  g_autofree char *large = g_strconcat (name, "!large.json", NULL);
  g_autofree char *alone = g_strconcat (name, "!packed.json.gz", NULL);
  g_autofree char *small = g_strconcat (name, "!small.json", NULL);
  const SourceExpected expected[] = { { large, IMP_REASON_NONE, "" },
                                      { alone, IMP_REASON_NONE, "" },
                                      { small, IMP_REASON_NONE, JSON } };
  struct archive *writer = source_begin_archive (path);

  source_add_bytes (writer, "large.json", json, LARGE);
  source_add_bytes (writer, "packed.json.gz", g_bytes_get_data (packed, NULL),
                    g_bytes_get_size (packed));
  source_add (writer, "small.json", AE_IFREG, JSON, NULL);
  source_end_archive (writer);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  check_streamed (fixture, 0, json, LARGE);
  check_streamed (fixture, 1, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_assert_cmpuint (met_at (fixture, 0)->size, ==, LARGE);
}

/* Of a member that the archive breaks off in, the begin is kept, and where it ends is told. */
static void
test_cut_member (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = { { "a.tar!large.json", IMP_REASON_NONE, "" } };
  g_autofree char *path = source_place (fixture, "a.tar");
  g_autofree char *json = make_large (JSON, LARGE);
  struct archive *writer = source_begin_archive (path);
  const char *streamed;
  gsize len;

  source_add_bytes (writer, "large.json", json, LARGE);
  source_end_archive (writer);
  g_assert_cmpint (truncate (path, 3 * 1024 * 1024), ==, 0);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->result.damaged);
  source_check (fixture, expected);
  g_assert_nonnull (met_at (fixture, 0)->streamed);
  streamed = g_bytes_get_data (met_at (fixture, 0)->streamed, &len);
  g_assert_cmpuint (len, >, 1024 * 1024);
  g_assert_cmpmem (streamed, 100, json, 100);
  g_assert_cmpmem (streamed + len - 8, 8, "(broken)", 8);
}

static void
test_source (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *path = source_place (fixture, "export.ndjson.gz");
  g_autofree char *text = make_large (JSON, LARGE);
  g_autoptr (GBytes) packed = gzip_of (text, LARGE);
  static const SourceExpected expected[] = { { "export.ndjson.gz", IMP_REASON_NONE, "" },
                                             { "large", IMP_REASON_NONE, "" },
                                             { "stdin", IMP_REASON_NONE, "" },
                                             { "stdin", IMP_REASON_NONE, "" } };
  g_autofree char *large = source_place (fixture, "large");

  write_bytes (fixture, "export.ndjson.gz", packed);
  source_write_file (fixture, "large", text, LARGE);
  source_read (fixture, path);
  source_read (fixture, large);
  source_read_piped (fixture, path);
  source_read_piped (fixture, large);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  check_streamed (fixture, 0, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  check_streamed (fixture, 1, text, LARGE);
  for (guint i = 2; i < 4; i++)
    {
      gboolean is_packed = g_bytes_get_size (met_at (fixture, i)->streamed) != LARGE;

      g_assert_cmpuint (met_at (fixture, i)->size, ==,
                        g_bytes_get_size (met_at (fixture, i)->streamed));
      check_streamed (fixture, i, is_packed ? g_bytes_get_data (packed, NULL) : text,
                      is_packed ? g_bytes_get_size (packed) : LARGE);
    }
}

/* A scratch folder that takes nothing ends the import: what is laid aside there would be lost. */
static void
test_no_scratch (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *path = source_place (fixture, "a.tar");
  g_autofree char *json = make_large (JSON, LARGE);
  struct archive *writer = source_begin_archive (path);

  source_add_bytes (writer, "large.json", json, LARGE);
  source_end_archive (writer);
  g_free (fixture->scratch);
  fixture->scratch = source_place (fixture, "nowhere");
  source_read (fixture, path);
  g_assert_error (fixture->error, DISC_ERROR, DISC_ERROR_IO);
  g_assert_false (fixture->done);
}

/* ---- spools --------------------------------------------------------------------------------- */

static void
check_spool (gsize size)
{
  g_autofree char *text = make_large (JSON, size + 1);
  ImpSpool *spool = imp_spool_new (g_get_tmp_dir (), G_MAXINT64);
  g_autoptr (ImpStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  guint8 block[1000];
  gsize done = 0;
  gssize n;

  for (gsize at = 0; at < size; at += 777)
    g_assert_true (
        imp_spool_append (spool, (const guint8 *) text + at, MIN (777, size - at), &error));
  g_assert_cmpuint (imp_spool_size (spool), ==, size);
  if (size > 0)
    {
      g_assert_cmpint (imp_spool_read (spool, size - 1, block, sizeof block, &error), ==, 1);
      g_assert_cmpint (block[0], ==, text[size - 1]);
    }
  g_assert_cmpint (imp_spool_read (spool, size, block, sizeof block, &error), ==, 0);
  g_assert_cmpint (imp_spool_read (spool, size + 5, block, sizeof block, &error), ==, 0);

  stream = imp_spool_stream (spool);
  for (guint i = 0; i < 2; i++)
    {
      for (done = 0; (n = imp_stream_read (stream, block, sizeof block, &error)) > 0;
           done += (gsize) n)
        g_assert_true (memcmp (block, text + done, (gsize) n) == 0);
      g_assert_no_error (error);
      g_assert_cmpuint (done, ==, size);
      g_assert_true (imp_stream_rewind (stream, &error));
    }
}

static void
test_spool (void)
{
  static const gsize sizes[] = { 0,
                                 1,
                                 IMP_SPOOL_CHUNK_BYTES - 1,
                                 IMP_SPOOL_CHUNK_BYTES,
                                 IMP_SPOOL_CHUNK_BYTES + 1,
                                 5 * IMP_SPOOL_CHUNK_BYTES + 12345 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    check_spool (sizes[i]);
}

static void
test_spool_ceiling (void)
{
  g_autoptr (ImpSpool) spool = imp_spool_new (g_get_tmp_dir (), 10);
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_spool_append (spool, (const guint8 *) "0123456", 7, &error));
  g_assert_true (imp_spool_append (spool, (const guint8 *) "789", 3, &error));
  g_assert_false (imp_spool_append (spool, (const guint8 *) "x", 1, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
}

/* Whether any file that this process has open holds the words; files without a name too. */
static gboolean
open_files_hold (const char *words, guint *n_scratch)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  gboolean hold = FALSE;

  *n_scratch = 0;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      if (target == NULL || !g_str_has_suffix (target, "(deleted)") ||
          !g_file_get_contents (path, &bytes, &len, NULL))
        continue;
      *n_scratch += 1;
      hold |= g_strstr_len (bytes, (gssize) len, words) != NULL;
    }
  return hold;
}

static void
test_spool_sealed (void)
{
  g_autoptr (ImpSpool) spool = imp_spool_new (g_get_tmp_dir (), G_MAXINT64);
  g_autofree char *text = g_strnfill (IMP_SPOOL_CHUNK_BYTES, 'p');
  g_autoptr (GError) error = NULL;
  guint n_scratch;

  for (guint i = 0; i < 3; i++)
    g_assert_true (imp_spool_append (spool, (const guint8 *) text, IMP_SPOOL_CHUNK_BYTES, &error));
  g_assert_false (open_files_hold ("pppppppp", &n_scratch));
  g_assert_cmpuint (n_scratch, ==, 1);
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, SourceFixture, data, source_set_up, func, source_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/large/may-be-json", test_may_be_json);
  ADD ("/importer/large/tree", NULL, test_tree);
  ADD ("/importer/large/cut-gzip", NULL, test_cut_gzip);
  ADD ("/importer/large/member/tar.zst", "a.tar.zst", test_member);
  ADD ("/importer/large/member/zip", "a.zip", test_member);
  ADD ("/importer/large/member/7z", "a.7z", test_member);
  ADD ("/importer/large/cut-member", NULL, test_cut_member);
  ADD ("/importer/large/source", NULL, test_source);
  ADD ("/importer/large/no-scratch", NULL, test_no_scratch);
  g_test_add_func ("/importer/spool/bytes", test_spool);
  g_test_add_func ("/importer/spool/ceiling", test_spool_ceiling);
  g_test_add_func ("/importer/spool/sealed", test_spool_sealed);
  return g_test_run ();
}
