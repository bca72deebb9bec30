/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long people wait for the window: first frame, each keystroke, opening a chart.
 *
 *   bench-viewer [patients | DISC]
 *
 * With a number it writes a disc of that many people first. Everything is measured in the real
 * window, from the key to the frame that shows the answer. Needs a display.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "disc-writer.h"
#include "viewer-search-page.h"
#include "viewer-sections.h"
#include "viewer-stage.h"

#define N_LABS 300 /* messages of the one large chart */

typedef struct
{
  const char *kanji, *kana;
} Name;

static const Name families[] = {
  { "渡邊", "ワタナベ" }, { "渡辺", "ワタナベ" }, { "佐藤", "サトウ" },   { "鈴木", "スズキ" },
  { "髙橋", "タカハシ" }, { "田中", "タナカ" },   { "伊藤", "イトウ" },   { "山本", "ヤマモト" },
  { "中村", "ナカムラ" }, { "小林", "コバヤシ" }, { "加藤", "カトウ" },   { "吉田", "ヨシダ" },
};
static const Name given[] = {
  { "千鶴子", "チヅコ" }, { "太郎", "タロウ" },   { "花子", "ハナコ" },   { "健一", "ケンイチ" },
  { "恵子", "ケイコ" },   { "翔太", "ショウタ" }, { "真由美", "マユミ" }, { "幸雄", "ユキオ" },
};

static void
write_labs (DiscWriter *writer, DiscRecordBuilder *builder)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_LABS; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-%02u-%02uT08:30", 1 + i / 28, 1 + i % 28);
      g_autofree char *path = g_strdup_printf ("OML-11/%u", i);
      DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .condition = '1', .path = path,
                              .data_type = "OML-11", .sent_at = at, .source = "MSH|^~\\&|",
                              .source_len = 10 };

      disc_record_builder_clear (builder);
      disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
      disc_record_builder_add (builder, DISC_FIELD_AT, at, -1);
      for (guint k = 0; k < 30; k++)
        {
          g_autofree char *name = g_strdup_printf ("項目%u", k);
          g_autofree char *value = g_strdup_printf ("%u.%u", k, i % 10);

          disc_record_builder_item (builder);
          disc_record_builder_add (builder, DISC_FIELD_NAME, name, -1);
          disc_record_builder_add (builder, DISC_FIELD_VALUE, value, -1);
          disc_record_builder_add (builder, DISC_FIELD_UNIT, "mg/dL", -1);
        }
      message.records = disc_record_builder_get (builder, &message.records_len);
      disc_writer_add_message (writer, &message, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
write_person (DiscWriter *writer, DiscRecordBuilder *builder, guint32 i, GRand *random)
{
  const Name *family = &families[g_rand_int_range (random, 0, G_N_ELEMENTS (families))];
  const Name *first = &given[g_rand_int_range (random, 0, G_N_ELEMENTS (given))];
  g_autofree char *id = g_strdup_printf ("%010u", i + 1);
  g_autofree char *name = g_strdup_printf ("%s　%s", family->kanji, first->kanji);
  g_autofree char *kana = g_strdup_printf ("%s　%s", family->kana, first->kana);
  g_autofree char *birth =
    g_strdup_printf ("%04d-%02d-%02d", g_rand_int_range (random, 1925, 2026),
                     g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
  g_autoptr (GError) error = NULL;
  DiscPatient patient = { .facility = "1310000001", .id = id, .name = name, .kana = kana,
                          .birth_date = birth, .sex = i % 2 ? "M" : "F",
                          .place = i % 600 ? DISC_PLACE_OUT : DISC_PLACE_IN, .ward = "３東",
                          .department = "内科", .last_seen_at = "2026-11-02T10:30" };

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
  if (i == 0)
    write_labs (writer, builder);
}

static char *
write_disc (guint n)
{
  static const DiscInfo info = { .hospital = "見本市民病院", .facility = "1310000001",
                                 .as_of = "2026-11-19T23:50:00", .window_from = "2025-10-20",
                                 .built_at = "2026-11-20T00:41:00", .months = 13 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bench-viewer-XXXXXX", &error);
  char *path = g_build_filename (folder, "disc", NULL);
  g_autoptr (DiscWriter) writer = disc_writer_new (path, &info, &error);
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    write_person (writer, builder, i, random);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  return path;
}

/*
 * Two clocks: what somebody waits, which depends on whatever else the machine does, and the time of
 * the process itself, which does not.
 */
typedef struct
{
  double wall, own;
} Time;

static Time
now (void)
{
  struct timespec own;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &own);
  return (Time) { g_get_monotonic_time () / 1e3, own.tv_sec * 1e3 + own.tv_nsec / 1e6 };
}

static Time
since (Time start)
{
  Time end = now ();

  return (Time) { end.wall - start.wall, end.own - start.own };
}

static void
keep_worst (Time *worst, Time time)
{
  worst->wall = MAX (worst->wall, time.wall);
  worst->own = MAX (worst->own, time.own);
}

/* Milliseconds since the process began, to a hundredth of a second. */
static double
process_age (void)
{
  g_autofree char *stat = NULL;
  g_autofree char *uptime = NULL;
  g_auto (GStrv) fields = NULL;

  g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL);
  g_file_get_contents ("/proc/uptime", &uptime, NULL, NULL);
  fields = g_strsplit (strrchr (stat, ')') + 2, " ", -1);
  return g_ascii_strtod (uptime, NULL) * 1000 -
         g_ascii_strtod (fields[19], NULL) * 1000 / sysconf (_SC_CLK_TCK);
}

/* As somebody types: each key adds one character behind the others. Between the words the box is
 * cleared. */
static void
measure_keys (ViewerStage *stage)
{
  static const char *const words[] = { "watanabe ti", "satou kenichi", "渡辺　太郎",
                                       "0000001234",  "1948-04-05",    "たなか　けんい" };
  ViewerSearchPage *page =
    VIEWER_SEARCH_PAGE (viewer_window_get_widget (viewer_stage_window (stage), "search"));
  GtkEditable *entry = GTK_EDITABLE (viewer_search_page_get_entry (page));
  gboolean is_verbose = g_getenv ("TOMOSHIBI_BENCH_EACH_KEY") != NULL;
  Time worst = { 0 }, all = { 0 };
  guint n_keys = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      viewer_search_page_set_text (page, "");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (page));
      for (const char *key = words[i]; *key != '\0'; key = g_utf8_next_char (key), n_keys++)
        {
          Time start = now ();
          Time time;
          int at = -1;

          gtk_editable_insert_text (entry, key, (int) (g_utf8_next_char (key) - key), &at);
          gtk_editable_set_position (entry, -1);
          gtk_test_widget_wait_for_draw (GTK_WIDGET (page));
          time = since (start);
          keep_worst (&worst, time);
          all.wall += time.wall;
          all.own += time.own;
          if (is_verbose)
            g_print ("  %-20s %5.0f ms (%.0f ms of the process)\n",
                     viewer_search_page_get_text (page), time.wall, time.own);
        }
    }
  g_print ("keystroke to its results on the screen, worst of %u: %.0f ms (%.0f ms of the process); "
           "mean %.0f ms (%.0f ms)\n",
           n_keys, worst.wall, worst.own, all.wall / n_keys, all.own / n_keys);
}

static void
measure_charts (ViewerStage *stage)
{
  ViewerWindow *window = viewer_stage_window (stage);
  guint n = disc_reader_n_patients (viewer_disc_get_reader (viewer_window_get_disc (window)));
  guint n_charts = MIN (n, 50);
  Time worst = { 0 };

  for (guint i = 0; i < n_charts; i++)
    {
      Time start = now ();

      viewer_window_open_patient (window, 1 + (guint64) i * n / n_charts);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      keep_worst (&worst, since (start));
    }
  g_print ("chart to its first page on the screen, worst of %u: %.0f ms (%.0f ms of the process)\n",
           n_charts, worst.wall, worst.own);
}

static void
measure_sections (ViewerStage *stage)
{
  const ViewerSectionInfo *sections;
  guint n;

  viewer_window_open_patient (viewer_stage_window (stage), 1);
  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.section::%s", sections[i].key);
      Time start = now ();

      if (sections[i].get_page_type == NULL)
        continue;
      viewer_stage_act (stage, action);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (viewer_stage_window (stage)));
      g_print ("  %s of the first patient: %.0f ms (%.0f ms of the process)\n", sections[i].key,
               since (start).wall, since (start).own);
    }
}

int
main (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "300000";
  guint n = (guint) strtoul (what, NULL, 10);
  ViewerStage stage = { NULL };

  if (n > 0)
    {
      g_autofree char *disc = write_disc (n);
      const char *arguments[] = { argv[0], disc, NULL };

      g_print ("%u people\n", n);
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                    NULL, NULL, NULL, NULL);
      *strrchr (disc, '/') = '\0';
      viewer_fixture_remove (g_steal_pointer (&disc));
      return 0;
    }
  viewer_stage_init (&argc, &argv);
  viewer_stage_begin (&stage, "ja", what);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (viewer_stage_window (&stage)));
  g_print ("first frame %.0f ms after the start of the process (%.0f ms of the process)\n",
           process_age (), now ().own);
  viewer_stage_wait_for_patients (&stage);
  g_print ("patients in memory after %.0f ms\n", process_age ());
  measure_keys (&stage);
  measure_charts (&stage);
  measure_sections (&stage);
  viewer_stage_close (&stage);
  return 0;
}
