/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-limits.h"
#include "imp-source.h"
#include "source-fixture.h"

#define RX "012/345/0123456789/20250410/OMP-01/"                                                   \
           "0123456789_20250410_OMP-01_000000250410001_20250410101502345_01_1"
#define BASICS "012/345/0123456789/-/ADT-00/"                                                      \
               "0123456789_-_ADT-00_999999999999999_20250410101502345_-_1"
#define OTHER "999/901/9999013/20110701/OMP-01/"                                                   \
              "9999013_20110701_OMP-01_000000011000185_20110701224603984_01_1"
#define BODY "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410101502.345||RDE^O11|1|P|2.5\r"

/* ---- trees ---------------------------------------------------------------------------------- */

static void
test_tree (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { BASICS, IMP_REASON_NONE, BODY },
    { RX, IMP_REASON_NONE, BODY "x" },
    { OTHER, IMP_REASON_NONE, "" },
    { "TR_20250410101502345_00001.DAT", IMP_REASON_TRANSACTION, "" },
    { "Thumbs.db", IMP_REASON_SYSTEM_FILE, "" },
    { "photo.jpg", IMP_REASON_NOT_MESSAGE, "" },
    { "plain.hl7", IMP_REASON_NONE, BODY },
  };

  source_write_file (fixture, BASICS, BODY, -1);
  source_write_file (fixture, RX, BODY "x", -1);
  source_write_file (fixture, OTHER, "", -1);
  source_write_file (fixture, "TR_20250410101502345_00001.DAT", BODY, -1);
  source_write_file (fixture, "Thumbs.db", "x", -1);
  source_write_file (fixture, "photo.jpg", "\xff\xd8\xff\xe0 a photograph", -1);
  source_write_file (fixture, "plain.hl7", BODY, -1);
  source_read (fixture, fixture->dir);

  g_assert_no_error (fixture->error);
  g_assert_true (fixture->done);
  g_assert_cmpint (fixture->progress.done_permille, ==, 1000);
  source_check (fixture, expected);
}

/* Links, devices and what else is no file; nothing outside the root is ever read. */
static void
test_special (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { RX, IMP_REASON_NONE, BODY },
    { "dangling", IMP_REASON_LINK_OUTSIDE, "" },
    { "fifo", IMP_REASON_SPECIAL, "" },
    { "inside", IMP_REASON_LINK_INSIDE, "" },
    { "loop", IMP_REASON_LINK_INSIDE, "" },
    { "outside", IMP_REASON_LINK_OUTSIDE, "" },
    { "socket", IMP_REASON_SPECIAL, "" },
    { "zero", IMP_REASON_LINK_OUTSIDE, "" },
  };
  g_autofree char *root = source_place (fixture, "root");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  source_write_file (fixture, "secret", BODY, -1);
  source_write_file (fixture, "root/" RX, BODY, -1);
  g_assert_cmpint (g_chdir (root), ==, 0);
  g_assert_cmpint (symlink ("../secret", "outside"), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", "zero"), ==, 0);
  g_assert_cmpint (symlink ("nowhere", "dangling"), ==, 0);
  g_assert_cmpint (symlink (RX, "inside"), ==, 0);
  g_assert_cmpint (symlink (".", "loop"), ==, 0);
  g_assert_cmpint (mkfifo ("fifo", 0600), ==, 0);
  strcpy (address.sun_path, "socket");
  fd = socket (AF_UNIX, SOCK_STREAM, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (fd);

  source_read (fixture, root);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static void
test_too_large (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { RX, IMP_REASON_TOO_LARGE, "" },
    { "film", IMP_REASON_NOT_MESSAGE, "" },
  };
  const char *const names[] = { RX, "film" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = source_place (fixture, names[i]);

      source_write_file (fixture, names[i], i == 0 ? BODY : "film", -1);
      g_assert_cmpint (truncate (path, IMP_MAX_FILE_BYTES + 1), ==, 0); /* a hole, no bytes */
    }
  source_read (fixture, fixture->dir);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static void
test_denied (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { BASICS, IMP_REASON_NONE, BODY },
    { RX, IMP_REASON_DENIED, "" },
  };
  g_autofree char *path = source_place (fixture, RX);
  g_autofree char *folder = source_place (fixture, "999");

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may read everything");
      return;
    }
  source_write_file (fixture, BASICS, BODY, -1);
  source_write_file (fixture, RX, BODY, -1);
  source_write_file (fixture, OTHER, BODY, -1);
  g_chmod (path, 0);
  g_chmod (folder, 0);
  source_read (fixture, fixture->dir);

  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
  g_assert_nonnull (fixture->result.folders_refused);
  g_assert_cmpuint (fixture->result.folders_refused->len, ==, 1);
}

/* Japanese folder names in any encoding; bytes that are none stay apart and readable. */
static void
test_names (SourceFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *raw;
    const char *shown;
  } cases[] = {
    { "plain", "plain" },
    { "病院", "病院" },
    { "\x95\x61\x89\x40", "病院" },          /* CP932 */
    { "\x95\x5c", "表" },                    /* its second byte is a backslash */
    { "a\xff\xfe", "a\\xFF\\xFE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = imp_source_display_path (cases[i].raw);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_vanished (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = source_place (fixture, "nowhere");

  source_read (fixture, nowhere);
  g_assert_error (fixture->error, IMP_ERROR, IMP_ERROR_SOURCE);
  g_assert_false (fixture->done);
}

static void
test_cancelled (SourceFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpQueue) queue = imp_queue_new (1, (GDestroyNotify) imp_batch_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ImpSourceRun run = { 0, queue, cancellable, &fixture->progress, &fixture->result,
                             fixture->scratch };

  source_write_file (fixture, RX, BODY, -1);
  g_cancellable_cancel (cancellable);
  g_assert_false (imp_source_read (fixture->dir, &run, &fixture->error));
  g_assert_error (fixture->error, IMP_ERROR, IMP_ERROR_CANCELLED);
}

/* ---- archives ------------------------------------------------------------------------------- */

typedef struct
{
  const char *file;     /* name of the archive; its suffix chooses the kind */
} Kind;

static void
write_archive (const char *path)
{
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "012/", AE_IFDIR, NULL, NULL);
  source_add (writer, "./" BASICS, AE_IFREG, BODY, NULL);
  source_add (writer, RX, AE_IFREG, BODY "x", NULL);
  source_end_archive (writer);
}

static void
test_archive (SourceFixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *path = source_place (fixture, kind->file);
  g_autofree char *basics = g_strconcat (kind->file, "!", BASICS, NULL);
  g_autofree char *rx = g_strconcat (kind->file, "!", RX, NULL);
  const SourceExpected expected[] = { { basics, IMP_REASON_NONE, BODY }, { rx, IMP_REASON_NONE, BODY "x" } };

  write_archive (path);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  g_assert_false (fixture->result.damaged);
  source_check (fixture, expected);
}

static void
test_standard_input (SourceFixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  static const SourceExpected expected[] = { { "stdin!" BASICS, IMP_REASON_NONE, BODY },
                                       { "stdin!" RX, IMP_REASON_NONE, BODY "x" } };
  g_autofree char *path = source_place (fixture, kind->file);
  int saved = dup (STDIN_FILENO);
  int fd;

  write_archive (path);
  fd = open (path, O_RDONLY);
  dup2 (fd, STDIN_FILENO);
  source_read (fixture, "-");
  dup2 (saved, STDIN_FILENO);
  close (fd);
  close (saved);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* One message file, as it is or compressed. */
static void
test_plain (SourceFixture *fixture, gconstpointer data)
{
  static const char name[] = "0123456789_20250410_OMP-01_000000250410001_20250410101502345_01_1";
  const SourceExpected expected[] = { { name, IMP_REASON_NONE, BODY } };
  g_autofree char *path = source_place (fixture, name);

  source_write_file (fixture, name, BODY, -1);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static gsize
file_size (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return (gsize) info.st_size;
}

/* What was read before the damage is kept, and the damage is told. */
static void
test_truncated (SourceFixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *path = source_place (fixture, kind->file);
  struct archive *writer = source_begin_archive (path);
  guint n_whole = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = g_strdup_printf (
          "012/345/0123456789/20250410/OMP-01/"
          "0123456789_20250410_OMP-01_%015u_20250410101502345_01_1", i);
      g_autofree char *content = g_strdup_printf (BODY "%08x%08x%08x", g_random_int (),
                                                  g_random_int (), g_random_int ());

      source_add (writer, name, AE_IFREG, content, NULL);
    }
  source_end_archive (writer);
  g_assert_cmpint (truncate (path, (off_t) (file_size (path) / 2 + 100)), ==, 0);
  source_read (fixture, path);

  g_assert_no_error (fixture->error);
  g_assert_true (fixture->done);
  g_assert_true (fixture->result.damaged);
  g_assert_nonnull (fixture->result.detail);
  for (guint i = 0; i < fixture->met->len; i++)
    n_whole += ((SourceMet *) g_ptr_array_index (fixture->met, i))->reason == IMP_REASON_NONE ? 1 : 0;
  g_assert_cmpuint (n_whole, >, 100);
  g_assert_cmpuint (n_whole, <, 2000);
}

/* A tar cut exactly between two members looks whole; only its end mark is missing. */
static void
test_cut_between_members (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *path = source_place (fixture, "backup.tar");
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "first", AE_IFREG, BODY, NULL);
  source_add (writer, "second", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  g_assert_cmpint (truncate (path, 1024), ==, 0); /* header and data of the first */
  source_read (fixture, path);

  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->met->len, ==, 1);
  g_assert_true (fixture->result.damaged);
}

static void
test_hostile_members (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = {
    { "backup.tar!../../etc/passwd", IMP_REASON_UNSAFE_NAME, "" },
    { "backup.tar!" RX, IMP_REASON_NONE, BODY },
    { "backup.tar!a/../../b", IMP_REASON_UNSAFE_NAME, "" },
    { "backup.tar!again", IMP_REASON_HARD_LINK, "" },
    { "backup.tar!device", IMP_REASON_SPECIAL, "" },
    { "backup.tar!etc/absolute", IMP_REASON_NOT_MESSAGE, "" },
    { "backup.tar!link", IMP_REASON_LINK_INSIDE, "" },
    { "backup.tar!way-out", IMP_REASON_LINK_OUTSIDE, "" },
  };
  g_autofree char *path = source_place (fixture, "backup.tar");
  g_autofree char *deep = g_strnfill (200, 'd');
  struct archive *writer = source_begin_archive (path);

  source_add (writer, "../../etc/passwd", AE_IFREG, BODY, NULL);
  source_add (writer, "a/../../b", AE_IFREG, BODY, NULL);
  source_add (writer, "/etc/absolute", AE_IFREG, "root:x:0:0", NULL);
  source_add (writer, RX, AE_IFREG, BODY, NULL);
  source_add (writer, "again", AE_IFREG, NULL, RX);
  source_add (writer, "link", AE_IFLNK, NULL, RX);
  source_add (writer, "way-out", AE_IFLNK, NULL, "../../etc/passwd");
  source_add (writer, "device", AE_IFCHR, NULL, NULL);
  source_end_archive (writer);
  source_read (fixture, path);

  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

/* A member that unpacks to more than a message may be is given up at the ceiling. */
static void
test_bomb (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = { { "bomb.tar.gz!" RX, IMP_REASON_TOO_LARGE, "" },
                                       { "bomb.tar.gz!plain.hl7", IMP_REASON_NONE, BODY } };
  g_autofree char *path = source_place (fixture, "bomb.tar.gz");
  g_autofree char *zeros = g_strnfill (IMP_MAX_FILE_BYTES + 1, '0');
  struct archive *writer = source_begin_archive (path);

  source_add (writer, RX, AE_IFREG, zeros, NULL);
  source_add (writer, "plain.hl7", AE_IFREG, BODY, NULL);
  source_end_archive (writer);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static void
test_garbage (SourceFixture *fixture, gconstpointer data)
{
  static const SourceExpected expected[] = { { "garbage.bin", IMP_REASON_NOT_MESSAGE, "" } };
  g_autofree char *path = source_place (fixture, "garbage.bin");
  g_autofree char *bytes = g_malloc (5000);

  for (guint i = 0; i < 5000; i++)
    bytes[i] = (char) (i * 7919 % 251);
  source_write_file (fixture, "garbage.bin", bytes, 5000);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  source_check (fixture, expected);
}

static void
test_empty (SourceFixture *fixture, gconstpointer data)
{
  g_autofree char *path = source_place (fixture, "empty.tar");

  source_write_file (fixture, "empty.tar", "", 0);
  source_read (fixture, path);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->met->len, ==, 0);
}

static void
test_may_be_message (void)
{
  static const struct
  {
    const char *bytes;
    gboolean may_be;
  } cases[] = {
    { "MSH|^~\\&", TRUE }, { "\xef\xbb\xbfMSH|", TRUE }, { "\x0bMSH|", TRUE },
    { "\r\n MSH|", TRUE }, { "", FALSE },                 { "MS", FALSE },
    { "{\"resourceType\"", FALSE },                       { "<ClinicalDocument", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_source_may_be_message ((const guint8 *) cases[i].bytes,
                                                strlen (cases[i].bytes)),
                     ==, cases[i].may_be);
}

#define ADD(path, data, func) g_test_add (path, SourceFixture, data, source_set_up, func, source_tear_down)

int
main (int argc, char **argv)
{
  static const Kind kinds[] = { { "backup.tar" }, { "backup.tar.gz" }, { "backup.tar.xz" },
                                { "backup.tar.zst" }, { "backup.tar.bz2" }, { "backup.zip" } };

  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/spec8/29-litter-and-empty-files", NULL, test_tree);
  ADD ("/importer/source/tree", NULL, test_tree);
  ADD ("/importer/source/special", NULL, test_special);
  ADD ("/importer/source/too-large", NULL, test_too_large);
  ADD ("/importer/source/denied", NULL, test_denied);
  ADD ("/importer/source/names", NULL, test_names);
  ADD ("/importer/source/nowhere", NULL, test_vanished);
  ADD ("/importer/source/cancelled", NULL, test_cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *whole = g_strconcat ("/importer/source/archive/", kinds[i].file, NULL);
      g_autofree char *piped = g_strconcat ("/importer/source/standard-input/", kinds[i].file, NULL);
      g_autofree char *cut = g_strconcat ("/importer/source/truncated/", kinds[i].file, NULL);

      ADD (whole, &kinds[i], test_archive);
      ADD (piped, &kinds[i], test_standard_input);
      /* A bzip2 this small is one block: cut, there is nothing before the cut. */
      if (!g_str_has_suffix (kinds[i].file, ".bz2"))
        ADD (cut, &kinds[i], test_truncated);
    }
  ADD ("/importer/source/plain", NULL, test_plain);
  ADD ("/importer/source/cut-between-members", NULL, test_cut_between_members);
  ADD ("/importer/spec10/partial-as-complete", &kinds[0], test_truncated);
  ADD ("/importer/source/hostile-members", NULL, test_hostile_members);
  ADD ("/importer/source/bomb", NULL, test_bomb);
  ADD ("/importer/source/garbage", NULL, test_garbage);
  ADD ("/importer/source/empty", NULL, test_empty);
  g_test_add_func ("/importer/source/may-be-message", test_may_be_message);
  return g_test_run ();
}
