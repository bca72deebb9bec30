/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people come to the laptop for, on the sample hospital, with nothing but keys: the scenarios
 * of the drill (product.md section 8). The right answers were read from the messages of that
 * hospital. How many keys and screens each task takes is printed.
 */
#include "config.h"

#include <string.h>

#include "viewer-keyboard.h"
#include "viewer-sections.h"

#define AS_OF "2026-11-19T23:50"

static char *folder, *disc;

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) arguments, NULL,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
make_disc (void)
{
  const char *program = g_getenv ("TOMOSHIBI");
  g_autoptr (GError) error = NULL;
  g_autofree char *hospital = NULL;

  folder = g_dir_make_tmp ("viewer-tasks-XXXXXX", &error);
  g_assert_no_error (error);
  hospital = g_build_filename (folder, "hospital", NULL);
  disc = g_build_filename (folder, "disc", NULL);
  run ((const char *[]){ program, "sample", "--patients", "60", "--months", "3", "--as-of", AS_OF,
                         "--to", hospital, NULL });
  run ((const char *[]){ program, "build", "--unsealed", "--accept", "all", "--as-of", AS_OF,
                         "--from", hospital, "--to", disc, NULL });
}

static void
begin (ViewerKeyboard *self)
{
  *self = (ViewerKeyboard){ .n_keys = 0 };
  viewer_keyboard_open (self, disc);
}

static void
end (ViewerKeyboard *self, const char *task)
{
  g_print ("# %s: %u keys, %u screens\n", task, self->n_keys, self->n_screens);
  viewer_stage_close (&self->stage);
}

static void
go (ViewerKeyboard *self, const char *key)
{
  viewer_keyboard_press (self, key);
  viewer_keyboard_wait_for_place (self, key);
  viewer_stage_draw (&self->stage);
}

static void
look_for (ViewerKeyboard *self, const char *const *sentences)
{
  for (guint i = 0; sentences[i] != NULL; i++)
    viewer_keyboard_wait_for_sentence (self, sentences[i]);
}

/* The time line draws its drugs: the list of them has the same as text. Looking is no key. */
static void
see_drug (ViewerKeyboard *self, const char *drug, const char *state)
{
  guint n_keys = self->n_keys;

  viewer_keyboard_press (self, "Tab");
  viewer_keyboard_wait_for_sentence (self, drug);
  if (state != NULL)
    viewer_keyboard_wait_for_sentence (self, state);
  self->n_keys = n_keys;
}

#define SEE(self, ...) look_for (self, (const char *[]){ __VA_ARGS__, NULL })

/* A row that says both. */
static void
assert_row (ViewerKeyboard *self, const char *what, const char *value)
{
  g_autofree char *texts = viewer_stage_all_texts (&self->stage);
  g_auto (GStrv) lines = g_strsplit (texts, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], what) != NULL && strstr (lines[i], value) != NULL)
      return;
  g_error ("no row with “%s” and “%s”:\n%s", what, value, texts);
}

/* Finds somebody whose name others have too, and tells the day of birth. */
static void
find (ViewerKeyboard *self, const char *query, const char *day)
{
  viewer_keyboard_type (self, query);
  viewer_keyboard_wait_for_text (self, query);
  viewer_keyboard_press (self, "Return");
  viewer_keyboard_wait_for_part (self, "guard", TRUE);
  viewer_keyboard_type (self, day);
  viewer_keyboard_wait_for_place (self, viewer_sections_first_page ());
}

static void
assert_patient (ViewerKeyboard *self, const char *id)
{
  ViewerChart *chart = viewer_window_get_chart (viewer_stage_window (&self->stage));

  g_assert_nonnull (chart);
  g_assert_cmpstr (viewer_chart_get_patient (chart)->id, ==, id);
}

/* Scenario 2: who lay where, whose allergies are to be asked, who was to move since. */
static void
test_ward_round (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  viewer_keyboard_press (&keys, "ctrl+1");
  viewer_keyboard_wait_for_place (&keys, "wards");
  viewer_keyboard_press (&keys, "Down");
  viewer_keyboard_press (&keys, "Down"); /* ３西, ４西, ５東 */
  viewer_keyboard_wait_for_sentence (&keys, "渡邊　千鶴子");
  SEE (&keys, "512-3", "？アレルギー不明");
  viewer_keyboard_press (&keys, "ctrl+7");
  viewer_keyboard_wait_for_place (&keys, "ward-gap");
  viewer_keyboard_press (&keys, "Down");
  viewer_keyboard_wait_for_sentence (&keys, "渡邉　智恵");
  SEE (&keys, "11/21(土) 10:21", "退院予定", "410-2");
  end (&keys, "ward round");
}

/* Scenario 3: one of nine of a family name, by kana and the day of birth; the other of that name is
 * refused. */
static void
test_one_of_nine (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  viewer_keyboard_type (&keys, "watanabe tiduko 1948-04-25");
  viewer_keyboard_wait_for_text (&keys, "watanabe tiduko 1948-04-25");
  viewer_keyboard_press (&keys, "Return");
  viewer_keyboard_wait_for_part (&keys, "guard", TRUE);
  viewer_keyboard_type (&keys, "0405"); /* it is the other one who came */
  viewer_keyboard_wait_for_sentence (&keys, "■ ちがいます。この人でよいか確かめてください");
  viewer_keyboard_type (&keys, "0425");
  viewer_keyboard_wait_for_place (&keys, viewer_sections_first_page ());
  assert_patient (&keys, "0004521338");
  SEE (&keys, "1948-04-25", "渡辺　千鶴子");
  go (&keys, "F5");
  see_drug (&keys, "ワルファリンＫ錠０．５ｍｇ", NULL);
  end (&keys, "one of nine");
}

/* Goes down the items of the sheet; the detail below it names the one of the cursor. */
static void
go_down_to (ViewerKeyboard *self, const char *title)
{
  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *texts = NULL;

      viewer_stage_draw (&self->stage);
      texts = viewer_stage_all_texts (&self->stage);
      if (strstr (texts, title) != NULL)
        return;
      viewer_keyboard_press (self, "Down");
    }
  g_error ("no item %s:\n%s", title, viewer_stage_all_texts (&self->stage));
}

/* Scenario 4: days left of warfarin, INR, and an unknown allergy that reads as unknown. */
static void
test_do_prescription (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  find (&keys, "watanabe tiduko", "0405");
  assert_patient (&keys, VIEWER_FIXTURE_MAIN);
  SEE (&keys, "？ 記録なし＝不明（「なし」ではない）", "ワルファリンＫ錠１ｍｇ");
  assert_row (&keys, "ワルファリンＫ錠１ｍｇ", "4日"); /* left at the time of the disc */
  go (&keys, "F7");
  go_down_to (&keys, "PT-INR  11/19(木) 18:32");
  SEE (&keys, "検査中"); /* the last one is not there yet */
  viewer_keyboard_press (&keys, "Left");
  go_down_to (&keys, "PT-INR  11/19(木) 06:40");
  SEE (&keys, "3.4");
  end (&keys, "Do prescription");
}

/* Scenario 6: only a card; another spelling of the name; blood, anticoagulant, last summary. */
static void
test_transfer (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  viewer_keyboard_scan (&keys, VIEWER_FIXTURE_MAIN); /* the reader finds */
  viewer_keyboard_wait_for_part (&keys, "guard", TRUE);
  viewer_keyboard_scan (&keys, VIEWER_FIXTURE_MAIN); /* and confirms */
  viewer_keyboard_wait_for_place (&keys, viewer_sections_first_page ());
  assert_patient (&keys, VIEWER_FIXTURE_MAIN);
  SEE (&keys, "A Rh+", "輸血前に必ず検査で確認", "ワルファリンＫ錠１ｍｇ");
  go (&keys, "F4");
  SEE (&keys, "退院時サマリー");
  end (&keys, "transfer");
}

/* Scenario 7: the last dose of methotrexate, which is on hold, and what is not on this disc. */
static void
test_chemotherapy (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  find (&keys, "watanabe tiduko", "0405");
  go (&keys, "F5");
  see_drug (&keys, "メトトレキサートカプセル２ｍｇ", "保留");
  end (&keys, "chemotherapy");
}

/* Scenario 8: allergies, anticoagulant, infection, last reports of heart. */
static void
test_before_surgery (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  find (&keys, "watanabe tiduko", "0405");
  SEE (&keys, "？ 記録なし＝不明（「なし」ではない）", "ワルファリンＫ錠１ｍｇ", "ＭＲＳＡ保菌者",
       "心房細動。ＳＴ－Ｔ変化なし", "左室壁運動びまん性低下");
  go (&keys, "F10");
  SEE (&keys, "標準１２誘導心電図", "心臓超音波検査");
  end (&keys, "before surgery");
}

/* Scenario 10: who takes warfarin: whoever does at the time of the disc apart from those who did.
 */
static void
test_who_takes (void)
{
  ViewerKeyboard keys;

  begin (&keys);
  viewer_keyboard_press (&keys, "ctrl+4");
  viewer_keyboard_wait_for_place (&keys, "condition");
  viewer_keyboard_type (&keys, "warufarin");
  viewer_keyboard_wait_for_sentence (&keys, "渡邊　千鶴子");
  SEE (&keys, "ワルファリンＫ錠１ｍｇ", "ワルファリンＫ錠０．５ｍｇ", "ディスク時点で続いている",
       "512-3");
  end (&keys, "who takes it");
}

int
main (int argc, char **argv)
{
  int result;

  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  if (!viewer_keyboard_is_there ())
    return 0;
  make_disc ();
  g_test_add_func ("/viewer/tasks/ward-round", test_ward_round);
  g_test_add_func ("/viewer/tasks/one-of-nine", test_one_of_nine);
  g_test_add_func ("/viewer/tasks/do-prescription", test_do_prescription);
  g_test_add_func ("/viewer/tasks/transfer", test_transfer);
  g_test_add_func ("/viewer/tasks/chemotherapy", test_chemotherapy);
  g_test_add_func ("/viewer/tasks/before-surgery", test_before_surgery);
  g_test_add_func ("/viewer/tasks/who-takes", test_who_takes);
  result = g_test_run ();
  viewer_fixture_remove (g_steal_pointer (&folder));
  g_clear_pointer (&disc, g_free);
  return result;
}
