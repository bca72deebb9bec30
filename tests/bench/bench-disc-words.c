/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast words are found in the records of a disc: rare ones, common ones, and one that is in
 * nearly every message.
 *
 *   bench-disc-words [messages]
 */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include <glib/gstdio.h>

#include "disc-search.h"
#include "disc-writer.h"

#define MESSAGES_PER_PATIENT 30
#define N_DRUGS 3000
#define REPEATS 5

/* Time of this process alone, so that others on the machine do not count. */
static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static const char *const lab_names[] = {
  "総蛋白", "アルブミン", "AST(GOT)", "ALT(GPT)", "LDH",  "γ-GTP",        "尿素窒素",     "クレアチニン",
  "尿酸",   "Na",         "K",        "Cl",       "CRP",  "ヘモグロビン", "ヘマトクリット", "血小板",
};

static const char *const sentences[] = {
  "右上葉に径12mmの結節を認める。肺癌の疑い。", "前回と比べ著変なし。胸水なし。",
  "CT: chest pain, no pneumothorax.", "軽度の心拡大を認める。肺野に異常なし。",
};

static void
add_lab (DiscRecordBuilder *builder, GRand *random)
{
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (lab_names); i++)
    {
      g_autofree char *value = g_strdup_printf ("%d", g_rand_int_range (random, 1, 500));

      disc_record_builder_item (builder);
      disc_record_builder_add (builder, DISC_FIELD_NAME, lab_names[i], -1);
      disc_record_builder_add (builder, DISC_FIELD_VALUE, value, -1);
    }
}

static void
add_prescription (DiscRecordBuilder *builder, GRand *random)
{
  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *drug =
          g_strdup_printf ("試験薬%d錠%dmg", g_rand_int_range (random, 0, N_DRUGS), (i + 1) * 5);

      disc_record_builder_item (builder);
      disc_record_builder_add (builder, DISC_FIELD_DRUG, drug, -1);
      disc_record_builder_add (builder, DISC_FIELD_USAGE, "１日３回毎食後", -1);
    }
}

static void
add_message (DiscWriter *writer, GRand *random)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .path = "a", .source = "", };
  int kind = g_rand_int_range (random, 0, 10);

  if (kind == 0)
    {
      disc_record_builder_begin (builder, DISC_KIND_REPORT, DISC_STATUS_COMPLETED, TRUE);
      disc_record_builder_add (builder, DISC_FIELD_TEXT, sentences[g_rand_int_range (random, 0, 4)],
                               -1);
    }
  else if (kind < 4)
    add_prescription (builder, random);
  else
    add_lab (builder, random);

  message.records = disc_record_builder_get (builder, &message.records_len);
  if (!disc_writer_add_message (writer, &message, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static DiscReader *
make_disc (const char *dir, guint n_messages)
{
  DiscInfo info = { .hospital = "試験病院", .facility = "1", .as_of = "2025-04-10" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (dir, &info, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  DiscReader *reader = NULL;

  for (guint i = 0; writer != NULL && i < n_messages; i++)
    {
      if (i % MESSAGES_PER_PATIENT == 0)
        {
          g_autofree char *id = g_strdup_printf ("%08u", i);
          DiscPatient patient = { .facility = "1", .id = id };

          if (!disc_writer_begin_patient (writer, &patient, &error))
            g_error ("%s", error->message);
        }
      add_message (writer, random);
    }

  if (writer != NULL && disc_writer_finish (writer, &info, "{}", "{}", &error))
    reader = disc_reader_open (dir, &error);
  if (reader == NULL)
    g_error ("%s", error->message);
  return reader;
}

static void
measure (DiscReader *reader, const char *words, gboolean count)
{
  gint64 start = cpu_time ();
  guint n_total = 0;

  for (int i = 0; i < REPEATS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) hits =
          disc_reader_search_words (reader, words, 0, 100, count ? &n_total : NULL, &error);

      if (hits == NULL)
        g_error ("%s", error->message);
    }

  g_print ("%-24s %8.2f ms", words, (cpu_time () - start) / 1e3 / REPEATS);
  if (count)
    g_print ("  %u messages\n", n_total);
  else
    g_print ("  first 100\n");
}

int
main (int argc, char **argv)
{
  static const char *const queries[] = {
    "肺癌", "試験薬123錠", "CRP", "K", "mg", "錠", "試験薬", "クレアチニン 尿酸", "結節 肺癌", "無い言葉",
  };
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 300000;
  g_autofree char *parent = g_dir_make_tmp ("bench-words-XXXXXX", NULL);
  g_autofree char *dir = g_build_filename (parent, "disc", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", parent);
  g_autoptr (DiscReader) reader = NULL;

  setlocale (LC_ALL, "");
  reader = make_disc (dir, n);
  g_print ("%u messages\n", n);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      measure (reader, queries[i], TRUE);
      measure (reader, queries[i], FALSE);
    }

  return system (remove);
}
