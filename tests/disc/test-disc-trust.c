/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-trust.h"

#include "disc-fixture.h"

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "keys", "trusted", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscTrust) trust = disc_trust_load (path, &error);
  g_autoptr (DiscTrust) again = NULL;
  guint8 signer[DISC_SIGNER_BYTES] = { 1, 2, 3 }, other[DISC_SIGNER_BYTES] = { 1, 2, 4 };

  g_assert_no_error (error);
  g_assert_cmpuint (disc_trust_n (trust), ==, 0);
  g_assert_null (disc_trust_name_of (trust, signer));
  g_assert_true (disc_trust_add (trust, signer, "見本市民病院", &error));
  g_assert_true (disc_trust_add (trust, signer, "again", &error));
  again = disc_trust_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_trust_n (again), ==, 1);
  g_assert_cmpstr (disc_trust_name_of (again, signer), ==, "見本市民病院");
  g_assert_null (disc_trust_name_of (again, other));
  g_assert_cmpstr (disc_trust_nth_name (again, 0), ==, "見本市民病院");
}

#define KEY "0102030405060708091011121314151617181920212223242526272829303132"

/* A file that somebody typed may lack its last line end. */
static void
test_add_behind_open_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "trusted", NULL);
  g_autoptr (DiscTrust) trust = NULL;
  g_autoptr (DiscTrust) again = NULL;
  g_autoptr (GError) error = NULL;
  guint8 first[DISC_SIGNER_BYTES] = { 1 }, second[DISC_SIGNER_BYTES] = { 2 };

  g_assert_true (g_file_set_contents (path, KEY " A", -1, NULL));
  trust = disc_trust_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (disc_trust_add (trust, first, "B", &error));
  g_assert_true (disc_trust_add (trust, second, "C", &error));
  again = disc_trust_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_trust_n (again), ==, 3);
  g_assert_cmpstr (disc_trust_name_of (again, first), ==, "B");
  g_assert_cmpstr (disc_trust_name_of (again, second), ==, "C");
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gint n; /* -1: refused */
  } cases[] = {
    { "", 0 },
    { "# a remark\n\n", 0 },
    { KEY " A\n# b\n" KEY " A\n", 2 },
    { KEY, 1 },
    { KEY "x\n", -1 },
    { "0102\n", -1 },
    { "zz02030405060708091011121314151617181920212223242526272829303132 A\n", -1 },
    { KEY " \xff\n", -1 },
  };
  g_autofree char *path = g_build_filename (fixture->dir, "trusted", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscTrust) trust = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      trust = disc_trust_load (path, &error);
      if (cases[i].n < 0)
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
      else
        g_assert_cmpuint (disc_trust_n (trust), ==, (guint) cases[i].n);
    }
}

static void
test_signing_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "keys", "build.key", NULL);
  g_autoptr (GError) error = NULL;
  guint8 *key, *again;
  struct stat st;

  g_assert_null (disc_trust_load_signing_key (path, FALSE, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  g_clear_error (&error);
  key = disc_trust_load_signing_key (path, TRUE, &error);
  g_assert_no_error (error);
  again = disc_trust_load_signing_key (path, TRUE, &error);
  g_assert_cmpmem (key, DISC_SIGNING_KEY_BYTES, again, DISC_SIGNING_KEY_BYTES);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  disc_trust_free_key (again);
  disc_trust_free_key (key);

  /* What others may read is no secret any more. */
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_null (disc_trust_load_signing_key (path, FALSE, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "abc", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_null (disc_trust_load_signing_key (path, FALSE, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
}

static void
test_fingerprint (Fixture *fixture, gconstpointer data)
{
  guint8 signer[DISC_SIGNER_BYTES] = { 0 };
  char first[DISC_FINGERPRINT_BYTES], second[DISC_FINGERPRINT_BYTES];

  disc_trust_fingerprint (signer, first);
  g_assert_cmpuint (strlen (first), ==, 24);
  g_assert_cmpint (first[4], ==, ' ');
  signer[31] = 1;
  disc_trust_fingerprint (signer, second);
  g_assert_cmpstr (first, !=, second);
}

/* As it is typed from paper. */
static void
test_fingerprint_matches (void)
{
  static const char wanted[] = "0123 4567 89AB CDEF 0123";
  static const struct
  {
    const char *typed;
    gboolean matches;
    guint wrong_group;
  } cases[] = {
    { "0123 4567 89AB CDEF 0123", TRUE, 0 },
    { "0123456789abcdef0123", TRUE, 0 },
    { "  0123-4567-89ab-cdef-0123 ", TRUE, 0 },
    { "０１２３　４５６７　８９ＡＢ　ｃｄｅｆ　０１２３", TRUE, 0 },
    { "0123ー4567‐89AB−CDEF—0123", TRUE, 0 },
    { "", FALSE, 0 },
    { "0123", FALSE, 0 },
    { "0123 4567 89AB CDEF 012", FALSE, 0 },
    { "0123 4567 89AB CDEF 01234", FALSE, 6 },
    { "0123 4567 89AB CDEF 0124", FALSE, 5 },
    { "O123 4567 89AB CDEF 0123", FALSE, 1 },
    { "0123 46", FALSE, 0 },
    { "0123 4657", FALSE, 2 },
    { "0123 4567 89AB CDEF ____", FALSE, 5 },
    { "0123 4567 89AB CDEF 012\xff", FALSE, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", (guint) i);
      g_assert_true (disc_trust_fingerprint_matches (cases[i].typed, wanted) == cases[i].matches);
      g_assert_cmpuint (disc_trust_fingerprint_wrong_group (cases[i].typed, wanted), ==,
                        cases[i].wrong_group);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/trust/add", test_add);
  fixture_add ("/disc/trust/add-behind-open-line", test_add_behind_open_line);
  fixture_add ("/disc/trust/file", test_file);
  fixture_add ("/disc/trust/signing-key", test_signing_key);
  fixture_add ("/disc/trust/fingerprint", test_fingerprint);
  g_test_add_func ("/disc/trust/fingerprint-matches", test_fingerprint_matches);
  return g_test_run ();
}
