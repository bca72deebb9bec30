/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest: what is written is read back, and nothing else than such an object is believed. */
#include <string.h>

#include "disc-error.h"
#include "disc-layout.h"
#include "disc-manifest.h"

static void
test_round_trip (void)
{
  static const guint8 id[DISC_ID_BYTES] = { 0x00, 0x01, 0xab, [15] = 0xff };
  static const DiscInfo info = { .hospital = "見本\"市民\"\n\\病院", .facility = "1312345670",
                                 .as_of = "2026-04-10T10:15", .window_from = "2025-03-10",
                                 .built_at = "2026-04-11T02:00:05",
                                 .overrides = "accept=ransom-names unreadable-files=5%,20",
                                 .set_aside = "ransom-names" };
  g_autofree char *json = disc_manifest_write (&info, id, 12, 1, 1, 345, 6789);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscManifest) manifest = disc_manifest_read (json, strlen (json), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (manifest->id, ==, "0001ab000000000000000000000000ff");
  g_assert_cmpuint (manifest->serial, ==, 12);
  g_assert_cmpstr (manifest->hospital, ==, info.hospital);
  g_assert_cmpstr (manifest->facility, ==, info.facility);
  g_assert_cmpstr (manifest->as_of, ==, info.as_of);
  g_assert_cmpstr (manifest->window_from, ==, info.window_from);
  g_assert_cmpstr (manifest->built_at, ==, info.built_at);
  g_assert_cmpstr (manifest->overrides, ==, info.overrides);
  g_assert_cmpstr (manifest->set_aside, ==, info.set_aside);
  g_assert_cmpuint (manifest->n_patients, ==, 345);
  g_assert_cmpuint (manifest->n_messages, ==, 6789);
}

static void
test_absent (void)
{
  static const DiscInfo info = { NULL };
  static const guint8 id[DISC_ID_BYTES] = { 0 };
  g_autofree char *json = disc_manifest_write (&info, id, 0, 1, 1, 0, 0);
  g_autoptr (DiscManifest) manifest = disc_manifest_read (json, strlen (json), NULL);

  g_assert_cmpuint (manifest->serial, ==, 0);
  g_assert_null (manifest->hospital);
  g_assert_null (manifest->as_of);
  g_assert_null (manifest->built_at);
  g_assert_cmpuint (manifest->n_patients, ==, 0);
}

/* Not said is not none. */
static void
test_not_said (void)
{
  g_autoptr (DiscManifest) manifest = disc_manifest_read ("{}", 2, NULL);

  g_assert_cmpuint (manifest->n_patients, ==, DISC_MANIFEST_NOT_SAID);
  g_assert_cmpuint (manifest->n_messages, ==, DISC_MANIFEST_NOT_SAID);
  g_assert_null (manifest->facility);
}

static void
test_cases (void)
{
  static const struct
  {
    const char *json;
    gboolean ok;
  } cases[] = {
    { "{}", TRUE },
    { " { \"serial\" : 1 , \"new\" : true } \n", TRUE }, /* a field of a later version */
    { "{\"as_of\":\"\\u0032026\"}", TRUE },
    { "{\"as_of\":7}", TRUE }, /* not a text: not known */
    { "", FALSE },
    { "{", FALSE },
    { "{}x", FALSE },
    { "{\"serial\":1,}", FALSE },
    { "{\"serial\":-1}", FALSE },
    { "{\"serial\":99999999999999999999}", FALSE },
    { "{\"patients\":1.5}", FALSE },
    { "{\"messages\":null}", FALSE },
    { "{\"serial\":}", FALSE },
    { "{\"as_of\"}", FALSE },
    { "{\"as_of\":\"2026}", FALSE },
    { "{\"as_of\":\"\\u12\"}", FALSE },
    { "{\"as_of\":\"\\u0000\"}", FALSE },
    { "{\"as_of\":\"\\ud800\"}", FALSE }, /* half a pair */
    { "{\"as_of\":\"\\x\"}", FALSE },
    { "{\"as_of\":\"a\nb\"}", FALSE },
    { "{\"as_of\":\"\\", FALSE },
    { "{\"as_of\":\"\xff\"}", FALSE },
    { "{\"as_of\":[]}", FALSE },
    { "[]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscManifest) manifest = disc_manifest_read (cases[i].json,
                                                              strlen (cases[i].json), &error);

      g_test_message ("case %u", (guint) i);
      g_assert_cmpint (manifest != NULL, ==, cases[i].ok);
      if (!cases[i].ok)
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
}

/* Whether it is one is another question than whether it says what one of ours says. */
static void
test_is_object (void)
{
  static const struct
  {
    const char *json;
    gboolean yes;
  } cases[] = {
    { "{}", TRUE },
    { "{\"serial\":-1}", TRUE },
    { "{\"serial\":null,\"new\":1.5e3}\n", TRUE },
    { "", FALSE },
    { "{", FALSE },
    { "{}x", FALSE },
    { "{\"as_of\":\"\xff\"}", FALSE },
    { "{\"as_of\":[]}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", (guint) i);
      g_assert_cmpint (disc_manifest_is_object (cases[i].json, strlen (cases[i].json)), ==,
                       cases[i].yes);
    }
}

/* Cut anywhere it is never read beyond its end, nor taken for whole. */
static void
test_cut (void)
{
  static const guint8 id[DISC_ID_BYTES] = { 1 };
  static const DiscInfo info = { .hospital = "見本\t病院", .as_of = "2026-04-10" };
  g_autofree char *json = disc_manifest_write (&info, id, 3, 2, 7, 4, 5);
  gsize end = strlen (json) - 1; /* of the object; a line end follows */

  for (gsize len = 0; len < end; len++)
    {
      g_autofree char *copy = g_memdup2 (json, MAX (len, 1));

      g_assert_null (disc_manifest_read (copy, len, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/manifest/round-trip", test_round_trip);
  g_test_add_func ("/disc/manifest/absent", test_absent);
  g_test_add_func ("/disc/manifest/not-said", test_not_said);
  g_test_add_func ("/disc/manifest/cases", test_cases);
  g_test_add_func ("/disc/manifest/is-object", test_is_object);
  g_test_add_func ("/disc/manifest/cut", test_cut);
  return g_test_run ();
}
