/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "viewer-finding-detail.h"

typedef struct
{
  const char *detail;
  const char *expected;
} Case;

static void
check (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = viewer_finding_detail (cases[i].detail);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_japanese (void)
{
  static const Case cases[] = {
    { "path and PID-3 disagree about whose it is", "置き場所とPID-3の患者IDが違います" },
    { "kept as text: OBX-9, TQ1", "原文のまま残した項目：OBX-9, TQ1" },
    { "OBX-5 of segment 7: attachment 2 is refused: the base64 is cut off",
      "OBX-5（セグメント 7）：添付 2 は取り込めません（base64 が途中で切れています）" },
    { "OBX-5 of segment 7: attachment 2 is refused: not base64 from character 9 on",
      "OBX-5（セグメント 7）：添付 2 は取り込めません（9 文字目から base64 ではありません）" },
    { "OBX-5 of segment 7: attachment 2 is said to be of another type than its bytes (pdf)",
      "OBX-5（セグメント 7）：添付 2 "
      "は宣言された種類と実際の中身（pdf）が違います：中身の種類で読みました" },
    { "the name says ADT-12, MSH-9 ADT^A01", "ファイル名は ADT-12、MSH-9 は ADT^A01 です" },
    { "the name says OMP-01, the message OMP-02", "ファイル名は OMP-01、中身は OMP-02 です" },
    { "TQ1-3: usage code 1011040000000000 contradicts its text",
      "TQ1-3：用法コード 1011040000000000 と用法の文が食い違います" },
    { "OML-11: 31 messages from before 2025-10-22", "OML-11：2025-10-22 より前の 31件" },
    { "9 files: file of the operating system, or a copy", "9ファイル：OS のファイルか写し" },
    { "cannot be split into segments (more than 5000 segments)",
      "セグメントに分けられません（セグメントが 5000 を超えています）" },
    { "permission denied (by somebody)", "読む権限がありません（by somebody）" },
    { "transaction storage (TR_*.DAT): not imported",
      "トランザクションストレージ（TR_*.DAT）は取り込みません" },
    { "mhtml, 4096 bytes, “letter.mht”: there is no safe reader for it; kept out",
      "mhtml・4096バイト「letter.mht」：安全に読み取る方法がないため入れていません" },
    { "doc, 4096 bytes, “letter.doc”: nothing of it could be read",
      "doc・4096バイト「letter.doc」：内容を読み取れませんでした" },
    { "a macro inside", "マクロが含まれています（入れていません）" },
    { "an attached file inside: 2", "添付ファイルが 2 件あります（入れていません）" },
    { "a script inside: 3", "スクリプトが 3 件含まれています（入れていません）" },
    { "pages 11 to 20 left out", "11〜20 ページ目は入れていません" },
    { "not on the disc of 5 pictures: number 2, 4: beyond what pictures may take "
      "(--max-image-bytes)",
      "画像 5枚のうち 2, "
      "4枚目はディスクにありません：画像に使える大きさを超えています（--max-image-bytes）" },
    { "line 7: not well-formed XML", "7 行目：XMLとして正しくありません" },
    { "9 lives", "9 lives" },
    { "9 files: of chess", "9 files: of chess" },
    { "unknown (more than 5000 segments)", "unknown (more than 5000 segments)" },
    /* A sentence of a newer version, and one that only begins like ours. */
    { "something new", "something new" },
    { "last segment OBX is cut off somewhere", "last segment OBX is cut off somewhere" },
    { "kept as text: ", "kept as text: " },
    { "", "" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("TOMOSHIBI_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/viewer/finding-detail/japanese", test_japanese);
  return g_test_run ();
}
