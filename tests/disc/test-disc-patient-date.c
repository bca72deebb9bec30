/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of the list of patients come back letter by letter, and most take a few bytes. */
#include <string.h>

#include "disc-patient-date.h"

static void
test_cases (void)
{
  static const struct
  {
    const char *text, *before;
    guint n_bytes;
  } cases[] = {
    { NULL, NULL, 1 },
    { "1948", NULL, 3 },
    { "1948-04", NULL, 4 },
    { "1948-04-05", NULL, 5 },
    { "2026-01-28T15", NULL, 6 },
    { "2026-01-28T15:16", NULL, 7 },
    { "2026-01-28T15:16:00", NULL, 8 },
    { "2026-01-28T15:16:00.6", NULL, 9 },
    { "2026-01-28T15:16:00.692", NULL, 10 },
    { "2026-01-28T15:16:00.123456789012", NULL, 14 },
    { "2026-01-28T15:16:00", "2026-01-28T15:16:00", 1 },
    { "2026-01-28T15:16:00", "2026-01-28T15:16", 8 },
    { "不明", "不明", 1 },
    /* Digits, but nothing that stands for a date: other lengths, other signs. */
    { "19480405", NULL, 10 },
    { "194", NULL, 3 },
    { "1948-4-5", NULL, 10 },
    { "1948/04/05", NULL, 12 },
    { "1948-04-", NULL, 10 },
    { "-", NULL, 3 },
    { "2026-01-28 15:16", NULL, 18 },
    { "2026-01-28T15:16:00+09:00", NULL, 27 },
    { "2026-01-28T15:16:00.1234567890123", NULL, 35 },
    { "昭和23年", NULL, 13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      char room[DISC_PATIENT_DATE_MAX];
      const char *text = "";
      const guint8 *end;

      disc_patient_date_pack (cases[i].text, cases[i].before, packed);
      g_assert_cmpuint (packed->len, ==, cases[i].n_bytes);
      end = disc_patient_date_unpack (packed->data, cases[i].before, room, &text);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (end == packed->data + packed->len);
      g_assert_true (disc_patient_date_skip (packed->data) == end);
    }
}

/* No text at all: the same as none, as the list shows neither. */
static void
test_empty (void)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  char room[DISC_PATIENT_DATE_MAX];
  const char *text = "";

  disc_patient_date_pack ("", NULL, packed);
  disc_patient_date_unpack (packed->data, NULL, room, &text);
  g_assert_null (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/patient-date/cases", test_cases);
  g_test_add_func ("/disc/patient-date/empty", test_empty);
  return g_test_run ();
}
