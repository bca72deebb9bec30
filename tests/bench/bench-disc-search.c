/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast the search box answers, and how much memory the list of patients takes.
 *
 *   bench-disc-search [patients]
 */
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "disc-patient-table-private.h"

#define REPEATS 20

/* Time of this process alone, so that others on the machine do not count. */
static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

typedef struct
{
  const char *kanji, *kana;
} Name;

static const Name families[] = {
  { "渡邊", "ワタナベ" }, { "渡辺", "ワタナベ" }, { "佐藤", "サトウ" },   { "鈴木", "スズキ" },
  { "髙橋", "タカハシ" }, { "田中", "タナカ" },   { "伊藤", "イトウ" },   { "山本", "ヤマモト" },
  { "中村", "ナカムラ" }, { "小林", "コバヤシ" }, { "加藤", "カトウ" },   { "吉田", "ヨシダ" },
  { "山田", "ヤマダ" },   { "佐々木", "ササキ" }, { "山口", "ヤマグチ" }, { "松本", "マツモト" },
  { "大野", "オオノ" },   { "小野", "オノ" },     { "山﨑", "ヤマザキ" }, { "長谷川", "ハセガワ" },
};

static const Name given[] = {
  { "千鶴子", "チヅコ" }, { "太郎", "タロウ" },   { "花子", "ハナコ" },   { "健一", "ケンイチ" },
  { "恵子", "ケイコ" },   { "翔太", "ショウタ" }, { "真由美", "マユミ" }, { "京子", "キョウコ" },
  { "幸雄", "ユキオ" },   { "さくら", "サクラ" }, { "裕子", "ユウコ" },   { "美智子", "ミチコ" },
};

static void
add_patient (DiscPatientTableBuilder *builder, GRand *random, guint32 pno)
{
  const Name *family = &families[g_rand_int_range (random, 0, G_N_ELEMENTS (families))];
  const Name *first = &given[g_rand_int_range (random, 0, G_N_ELEMENTS (given))];
  g_autofree char *id = g_strdup_printf ("%010u", (guint) g_rand_int_range (random, 1, 9999999));
  g_autofree char *name = g_strdup_printf ("%s　%s", family->kanji, first->kanji);
  g_autofree char *kana = g_strdup_printf ("%s　%s", family->kana, first->kana);
  g_autofree char *birth = g_strdup_printf ("%04d-%02d-%02d", g_rand_int_range (random, 1925, 2026),
                                            g_rand_int_range (random, 1, 13),
                                            g_rand_int_range (random, 1, 29));
  g_autofree char *seen = g_strdup_printf ("2025-%02d-%02dT10:30", g_rand_int_range (random, 1, 13),
                                           g_rand_int_range (random, 1, 29));
  gboolean is_in = pno % 600 == 0;
  DiscPatient patient = {
    .pno = pno,
    .facility = "1234567890",
    .id = id,
    .name = name,
    .kana = kana,
    .birth_date = birth,
    .sex = pno % 2 ? "M" : "F",
    .place = is_in ? DISC_PLACE_IN : DISC_PLACE_OUT,
    .ward = is_in ? "３東" : NULL,
    .room = is_in ? "301" : NULL,
    .department = "内科",
    .place_at = is_in ? seen : NULL,
    .last_seen_at = seen,
  };
  g_autoptr (GError) error = NULL;

  if (!disc_patient_table_builder_add (builder, &patient, &error))
    g_error ("%s", error->message);
}

static gsize
bytes_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

int
main (int argc, char **argv)
{
  static const char *const queries[] = {
    "w", "wa", "watanabe", "watanabe ti", "satou", "kenichi", "ono", "ワタナベ", "渡", "渡辺",
    "渡邉　千鶴子", "4", "4512338", "0004512338", "1948", "S23.4.5", "yamada 1948", "■", "zzz",
  };
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 300000;
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (DiscPatientTable) table = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize before;
  gint64 start;

  setlocale (LC_ALL, "");
  before = bytes_in_use ();
  start = cpu_time ();
  for (guint32 pno = 1; pno <= n; pno++)
    add_patient (builder, random, pno);
  g_print ("%u patients read in %.0f ms", n, (cpu_time () - start) / 1e3);
  start = cpu_time ();
  table = disc_patient_table_builder_finish (builder);
  g_print (", sorted in %.0f ms", (cpu_time () - start) / 1e3);
  g_clear_pointer (&builder, disc_patient_table_builder_free);
  g_print ("; %.1f MB\n", (bytes_in_use () - before) / 1e6);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      guint n_total = 0;
      g_autofree char *understood = NULL;

      start = cpu_time ();
      for (int k = 0; k < REPEATS; k++)
        {
          g_autoptr (DiscPatientHits) hits = disc_patient_table_search (table, queries[i], 500);

          n_total = hits->n_total;
          g_free (understood);
          understood = g_strdup (hits->understood);
        }
      g_print ("%-22s %7.2f ms %8u patients  %s\n", queries[i],
               (cpu_time () - start) / 1e3 / REPEATS, n_total,
               understood != NULL ? understood : "");
    }

  return 0;
}
