/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <qrencode.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-error.h"
#include "disc-file.h"
#include "imp-keys.h"

#define QR_MARGIN 4    /* modules of white around the code (ISO/IEC 18004, 9.1) */
#define QR_MODULE_MM 1

/*
 * The sheet for the sealed envelope: a page of HTML with the code in letters and as a QR code, and
 * with nothing that a browser would load from elsewhere. What stands on it is nowhere else.
 */

static void
append_qr (GString *html, const char *code)
{
  QRcode *qr = QRcode_encodeString (code, 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
  int size;

  g_assert (qr != NULL);
  size = qr->width + 2 * QR_MARGIN;
  g_string_append_printf (html,
                          "<svg width=\"%dmm\" height=\"%dmm\" viewBox=\"0 0 %d %d\" "
                          "shape-rendering=\"crispEdges\"><path d=\"",
                          size * QR_MODULE_MM, size * QR_MODULE_MM, size, size);
  for (int y = 0; y < qr->width; y++)
    for (int x = 0; x < qr->width; x++)
      if (qr->data[y * qr->width + x] & 1)
        g_string_append_printf (html, "M%d %dh1v1h-1z", x + QR_MARGIN, y + QR_MARGIN);
  g_string_append (html, "\"/></svg>\n");
  QRcode_free (qr);
}

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

/* (transfer full): wiped by the caller */
static GString *
make_sheet (const char *code, const char *hospital, const char *fingerprint)
{
  GString *html = g_string_new (
      "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\">"
      "<title>灯 緊急キー</title><style>@page{size:A4;margin:20mm}"
      "body{font-family:sans-serif;font-size:12pt;line-height:1.7}"
      "code{font-size:20pt;letter-spacing:.06em;border:2px solid #000;padding:6mm;display:block}"
      "h1{font-size:22pt}</style></head><body>\n<h1>灯　緊急キー（封筒に入れて封をし、金庫へ）</h1>\n<p>");

  append_escaped (html, hospital != NULL ? hospital : "");
  g_string_append (html, "</p>\n<code>");
  g_string_append (html, code);
  g_string_append (html, "</code>\n");
  append_qr (html, code);
  g_string_append (
      html,
      "<ul><li>合言葉がわからないとき、このキーでどのディスクも開けます。持つ人は全患者の記録を読めます。</li>"
      "<li>使ったら：日時と名前をこの紙に書き、新しいキーを作って、ディスクを作り直してください。</li>"
      "<li>5文字の組の最後の1文字は検査用です。打ちまちがえた組は画面に出ます。"
      "I と L は 1、O は 0 と読みます。</li>"
      "<li>ディスクの署名（照合用）：<b>");
  g_string_append (html, fingerprint);
  g_string_append (html,
                   "</b></li></ul>\n<p>開封した人＿＿＿＿＿＿＿＿　日時＿＿＿＿＿＿＿＿　"
                   "立会い＿＿＿＿＿＿＿＿</p>\n"
                   "<p>Emergency key of Tomoshibi: opens every disc of this hospital. Keep it sealed "
                   "in the safe.</p>\n</body></html>\n");
  return html;
}

static gboolean
write_new (const char *path, const char *text, gsize len, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return disc_file_fail (path, errno, error);

  ok = disc_file_write (fd, text, len, 0, error);
  if (ok && fsync (fd) != 0 && errno != EINVAL)
    ok = disc_file_fail (path, errno, error);
  close (fd);
  if (!ok)
    g_unlink (path);
  return ok;
}

static gboolean
make_key (const char *sheet_path, const char *hospital, gboolean replace, GError **error)
{
  g_autofree char *fingerprint = imp_keys_own_fingerprint (hospital, error);
  char code[DISC_EMERGENCY_TEXT_BYTES];
  guint8 public_key[DISC_KEY_BYTES];
  GString *sheet;
  gboolean ok;

  if (fingerprint == NULL || !imp_keys_can_set_emergency (replace, error))
    return FALSE;

  disc_emergency_new (code);
  ok = disc_emergency_keys (code, public_key, NULL, error);
  sheet = make_sheet (code, hospital, fingerprint);
  ok = ok && write_new (sheet_path, sheet->str, sheet->len, error) &&
       imp_keys_set_emergency (public_key, error);
  sodium_memzero (sheet->str, sheet->len);
  g_string_free (sheet, TRUE);
  sodium_memzero (code, sizeof code);
  return ok;
}

int
imp_verb_emergency_key (int argc, char **argv)
{
  g_autofree char *sheet = NULL;
  g_autofree char *hospital = NULL;
  gboolean replace = FALSE;
  const GOptionEntry entries[] = {
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &sheet,
      N_("File for the page to be printed; delete it afterwards"), N_("FILE.html") },
    { "hospital", 0, 0, G_OPTION_ARG_STRING, &hospital, N_("Name of the hospital"), N_("NAME") },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
      N_("Make a new key although there is one: it opens only discs built from now on"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!imp_options_parse (argc, argv, "--sheet FILE.html",
                          _("Makes the emergency key for the sealed envelope. This machine keeps "
                            "only its public half."),
                          entries, &rest, &error))
    return imp_options_fail ("emergency-key", error);
  if (sheet == NULL || rest[0] != NULL)
    return imp_options_fail_usage ("emergency-key", "%s", _("--sheet FILE.html is missing"));
  if (!make_key (sheet, hospital, replace, &error))
    return imp_options_fail ("emergency-key", error);

  g_print (_("Print %s, seal it in an envelope, put it into the safe, and delete the file."), sheet);
  g_print ("\n");
  return IMP_EXIT_DONE;
}
