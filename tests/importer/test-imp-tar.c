/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-tar.h"

#include "tar-fixture.h"

#define BLOCK IMP_TAR_BLOCK_BYTES

/* ---- headers -------------------------------------------------------------------------------- */

static void
put_sum (guint8 *header)
{
  guint sum = 0;

  memset (header + 148, ' ', 8);
  for (guint i = 0; i < BLOCK; i++)
    sum += header[i];
  g_snprintf ((char *) header + 148, 7, "%06o", sum);
}

/* POSIX.1-1988, 10.1.1 */
static void
make_header (guint8 *header, const char *prefix, const char *name, char type, guint size)
{
  memset (header, 0, BLOCK);
  memcpy (header, name, strlen (name));
  memcpy (header + 100,
          "0000644\0"
          "0000000\0"
          "0000000\0",
          24);
  g_snprintf ((char *) header + 124, 12, "%011o", size);
  memcpy (header + 136, "14773741026\0", 12);
  header[156] = (guint8) type;
  memcpy (header + 257, "ustar\00000", 8);
  memcpy (header + 345, prefix, strlen (prefix));
  put_sum (header);
}

static void
test_header (void)
{
  guint8 header[BLOCK];
  ImpTarMember member;

  make_header (header, "9910000001/000", "00000001_OMP-01", '0', 1234);
  g_assert_true (imp_tar_read_header (header, &member));
  g_assert_cmpstr (member.path, ==, "9910000001/000/00000001_OMP-01");
  g_assert_cmpuint (member.size, ==, 1234);
  g_assert_cmpint (member.mtime, ==, 1743766038);
  g_assert_false (member.is_folder);

  make_header (header, "", "9910000001/", '5', 0);
  g_assert_true (imp_tar_read_header (header, &member));
  g_assert_cmpstr (member.path, ==, "9910000001/");
  g_assert_true (member.is_folder);

  memcpy (header + 257, "ustar  \0", 8);
  put_sum (header);
  g_assert_true (imp_tar_read_header (header, &member));

  /* GNU tar's way to write a user above 2097151 */
  memcpy (header + 108, "\x80\0\0\0\x55\x66\x77\x88", 8);
  put_sum (header);
  g_assert_true (imp_tar_read_header (header, &member));
}

/* Both fields full, with no NUL behind either. */
static void
test_longest_path (void)
{
  g_autofree char *prefix = g_strnfill (155, 'p');
  g_autofree char *name = g_strnfill (100, 'n');
  g_autofree char *path = g_strconcat (prefix, "/", name, NULL);
  guint8 header[BLOCK];
  ImpTarMember member;

  make_header (header, prefix, name, '0', 1);
  g_assert_true (imp_tar_read_header (header, &member));
  g_assert_cmpstr (member.path, ==, path);
  g_assert_cmpuint (strlen (member.path) + 1, ==, IMP_TAR_PATH_BYTES);
}

static void
test_left_to_others (void)
{
  static const struct
  {
    const char *what;
    guint at;
    const char *bytes;
    guint len;
  } cases[] = {
    { "no name", 0, "\0", 1 },
    { "old tar", 257, "\0\0\0\0\0\0\0\0", 8 },
    { "other version", 263, "01", 2 },
    { "pax header", 156, "x", 1 },
    { "pax header of all", 156, "g", 1 },
    { "long name", 156, "L", 1 },
    { "hard link", 156, "1", 1 },
    { "symbolic link", 156, "2", 1 },
    { "folder with content", 156, "5", 1 },
    { "file with a link", 157, "b", 1 },
    { "file called as a folder", 0, "a/\0", 3 },
    { "size in base 256", 124, "\x80", 1 },
    { "size not octal", 134, "8", 1 },
    { "size with blanks in front", 124, "    ", 4 },
    { "no size", 124, "\0\0\0\0\0\0\0\0\0\0\0\0", 12 },
    { "mode of no digits", 100, "rwxr-xr", 7 },
    { "user of no digits", 108, "root", 4 },
    { "device of no digits", 337, "x", 1 },
    { "negative time", 136, "-", 1 },
    { "prefix with a slash", 345, "a/", 2 },
    { "GNU, with a time", 257, "ustar  \0", 8 },
  };
  guint8 header[BLOCK];
  ImpTarMember member;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].what);
      make_header (header, "p", "name", '0', 7);
      g_assert_true (imp_tar_read_header (header, &member));
      memcpy (header + cases[i].at, cases[i].bytes, cases[i].len);
      put_sum (header);
      g_assert_false (imp_tar_read_header (header, &member));
    }

  memset (header, 0, BLOCK);
  g_assert_false (imp_tar_read_header (header, &member));
}

/* No byte can change and the header still be taken for a good one, but for those that are blank or
 * NUL either way. */
static void
test_sum (void)
{
  guint8 header[BLOCK];
  ImpTarMember member;

  for (guint i = 0; i < BLOCK; i++)
    {
      make_header (header, "p", "name", '0', 7);
      header[i] ^= 1;
      if (i == 154 || i == 155)
        continue; /* behind the digits of the sum itself */
      g_assert_false (imp_tar_read_header (header, &member));
    }
}

/* ---- against libarchive --------------------------------------------------------------------- */

static void
add (GByteArray *tar, const char *name, char type, const char *content)
{
  static const guint8 zeros[BLOCK];
  guint8 header[BLOCK];
  guint len = (guint) strlen (content);

  make_header (header, "folder", name, type, len);
  g_byte_array_append (tar, header, BLOCK);
  g_byte_array_append (tar, (const guint8 *) content, len);
  g_byte_array_append (tar, zeros, -len & (BLOCK - 1));
}

/* Plain members before, between and behind what is not plain, with an end mark. */
static GByteArray *
make_tar (void)
{
  static const guint8 zeros[2 * BLOCK];
  g_autofree char *large = g_strnfill (70000, 'L');
  GByteArray *tar = g_byte_array_new ();

  add (tar, "one", '0', "first");
  add (tar, "sub/", '5', "");
  add (tar, "empty", '0', "");
  add (tar, "large", '0', large);
  add (tar, "\xE6\x82\xA3\xE8\x80\x85", '0', "second");
  add (tar, "link", '2', "");
  add (tar, "pax", 'x', "18 path=longer/na\n");
  add (tar, "short", '0', "third");
  add (tar, "last", '0', "fourth");
  g_byte_array_append (tar, zeros, sizeof zeros);
  return tar;
}

static void
check_same (const guint8 *bytes, gsize len, gboolean byte_by_byte)
{
  static const gsize pieces[] = { 1, 511, 512, 700, 1 << 20 };
  g_autofree char *theirs = tar_read_theirs (bytes, len);

  for (guint i = byte_by_byte ? 0 : 1; i < G_N_ELEMENTS (pieces); i++)
    for (guint seeks = 0; seeks <= 1; seeks++)
      {
        g_autofree char *ours = tar_read_ours (bytes, len, pieces[i], seeks == 1);

        if (strcmp (ours, theirs) != 0)
          g_test_message ("%" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " at once", len, pieces[i]);
        g_assert_cmpstr (ours, ==, theirs);
      }
}

static void
test_same (void)
{
  g_autoptr (GByteArray) tar = make_tar ();
  g_autofree char *told = tar_read_ours (tar->data, tar->len, 4096, TRUE);
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);

  check_same (tar->data, tar->len, TRUE);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  g_assert_true (g_str_has_prefix (lines[0], "folder/one type 100000 time 1743766038 size 5 hash"));
  g_assert_true (g_str_has_prefix (lines[5], "longer/na "));
  g_assert_true (g_str_has_prefix (lines[6], "folder/last "));
  g_assert_cmpstr (lines[7], ==, "whole");
}

/* Cut at every place where something begins or ends, one byte before and one behind. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) tar = make_tar ();

  for (gsize at = BLOCK; at < tar->len; at += BLOCK)
    {
      if (tar->data[at - 1] == 'L' && tar->data[at] == 'L')
        continue; /* amid the large one */
      for (gsize len = at - 1; len <= at + 6; len++)
        if (len > BLOCK)
          check_same (tar->data, len, FALSE);
    }
}

/* Each header behind the first damaged in turn, and the second of two tars in one file. */
static void
test_damaged (void)
{
  for (gsize at = BLOCK;; at += BLOCK)
    {
      g_autoptr (GByteArray) tar = make_tar ();

      if (at >= tar->len)
        break;
      if (tar->data[at] == 'L')
        continue;
      tar->data[at + 150] ^= 3;
      check_same (tar->data, tar->len, FALSE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/importer/tar/header", test_header);
  g_test_add_func ("/importer/tar/longest-path", test_longest_path);
  g_test_add_func ("/importer/tar/left-to-others", test_left_to_others);
  g_test_add_func ("/importer/tar/sum", test_sum);
  g_test_add_func ("/importer/tar/same-as-libarchive", test_same);
  g_test_add_func ("/importer/tar/cut", test_cut);
  g_test_add_func ("/importer/tar/damaged", test_damaged);

  return g_test_run ();
}
