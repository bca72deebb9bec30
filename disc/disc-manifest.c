/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-manifest.h"

#include <sodium.h>

#include "disc-format.h"
#include "disc-layout.h"

/* RFC 8259, section 7. */
static void
append_string (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (json, "\\%c", *p);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (json, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

static void
append_text (GString *json, const char *key, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (json, ",\n  \"%s\": ", key);
  append_string (json, text);
}

static void
append_number (GString *json, const char *key, guint64 number)
{
  g_string_append_printf (json, ",\n  \"%s\": %" G_GUINT64_FORMAT, key, number);
}

char *
disc_manifest_write (const DiscInfo *info, const guint8 *id, guint64 serial, guint volume,
                     guint n_volumes, guint n_patients, guint64 n_messages)
{
  GString *json = g_string_new ("{\n  \"type\": \"tomoshibi-disc\"");
  char hex[2 * DISC_ID_BYTES + 1];

  sodium_bin2hex (hex, sizeof hex, id, DISC_ID_BYTES);
  append_number (json, "container", DISC_CONTAINER_VERSION);
  append_number (json, "format", DISC_FORMAT_VERSION);
  append_text (json, "id", hex);
  if (serial > 0)
    append_number (json, "serial", serial);
  append_number (json, "volume", volume);
  append_number (json, "volumes", n_volumes);
  append_text (json, "hospital", info->hospital);
  append_text (json, "facility", info->facility);
  append_text (json, "as_of", info->as_of);
  append_text (json, "window_from", info->window_from);
  append_text (json, "built_at", info->built_at);
  append_number (json, "patients", n_patients);
  append_number (json, "messages", n_messages);
  append_text (json, "overrides", info->overrides);
  append_text (json, "set_aside", info->set_aside);
  append_text (json, "made_by", PACKAGE_NAME " " PACKAGE_VERSION);
  g_string_append (json, "\n}\n");
  return g_string_free (json, FALSE);
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

/* (transfer full): which one this is of several, and what that means; empty for the only one. */
static char *
volume_ja (guint volume, guint n_volumes)
{
  if (n_volumes == 1)
    return g_strdup ("");
  if (volume == 1)
    return g_strdup_printf ("巻：%u巻のうち第1巻（検索と診療記録はこの1枚で読めます。原文は第2巻から後です）\r\n",
                            n_volumes);
  return g_strdup_printf ("巻：%u巻のうち第%u巻（原文の一部です。先に第1巻を開いてください）\r\n",
                          n_volumes, volume);
}

static char *
volume_en (guint volume, guint n_volumes)
{
  if (n_volumes == 1)
    return g_strdup ("");
  if (volume == 1)
    return g_strdup_printf ("Volume: 1 of %u (enough to search and to read every chart; source messages\r\n"
                            "are on the volumes from 2 on)\r\n",
                            n_volumes);
  return g_strdup_printf ("Volume: %u of %u (a part of the source messages; open volume 1 first)\r\n",
                          volume, n_volumes);
}

char *
disc_manifest_readme_ja (const DiscInfo *info, guint64 serial, guint volume, guint n_volumes)
{
  g_autofree char *which = volume_ja (volume, n_volumes);

  return g_strdup_printf (
      "灯（ともしび）　緊急時の診療記録ディスク\r\n"
      "\r\n"
      "病院：%s\r\n"
      "ディスク番号：%" G_GUINT64_FORMAT "\r\n"
      "%s"
      "データ時点：%s\r\n"
      "作成：%s\r\n"
      "\r\n"
      "このディスクには患者さんの診療記録が暗号化されて入っています。\r\n"
      "読むには、この病院のノートパソコンに入っている「灯」と、合言葉または封筒の\r\n"
      "緊急キーが必要です。ファイルを開いても中身は読めません。\r\n"
      "\r\n"
      "■拾われた方へ\r\n"
      "上の病院へお届けください。コピーしたり、ファイルを変えたりしないでください。\r\n"
      "\r\n"
      "■病院の方へ\r\n"
      "1. 「灯」の入ったノートパソコンに、このディスクを入れます。\r\n"
      "2. 「灯」を起動し、合言葉か緊急キーを入れます。\r\n"
      "3. 画面の「データ時点」を見てください。それより後のことは入っていません。\r\n"
      "ディスクに傷があっても、直せるところは自動で直します。直せなかったところは\r\n"
      "画面に出ます。\r\n",
      or_dash (info->hospital), serial, which, or_dash (info->as_of), or_dash (info->built_at));
}

char *
disc_manifest_readme_en (const DiscInfo *info, guint64 serial, guint volume, guint n_volumes)
{
  g_autofree char *which = volume_en (volume, n_volumes);

  return g_strdup_printf (
      "Tomoshibi: emergency records of a hospital\r\n"
      "\r\n"
      "Hospital: %s\r\n"
      "Disc number: %" G_GUINT64_FORMAT "\r\n"
      "%s"
      "Data as of: %s\r\n"
      "Made: %s\r\n"
      "\r\n"
      "This disc holds medical records, encrypted. To read it takes the program Tomoshibi on a\r\n"
      "laptop of this hospital, and the passphrase or the emergency key from the envelope.\r\n"
      "\r\n"
      "IF YOU FOUND IT: please bring it to the hospital above. Do not copy or change it.\r\n"
      "\r\n"
      "STAFF: insert it into the laptop, start Tomoshibi, enter the passphrase or the emergency\r\n"
      "key, and look at \"data as of\": nothing later is on it. Scratches are repaired where that\r\n"
      "can be; what could not be is named on the screen.\r\n",
      or_dash (info->hospital), serial, which, or_dash (info->as_of), or_dash (info->built_at));
}
