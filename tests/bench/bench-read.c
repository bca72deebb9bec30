/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast one core decodes and parses, against the C library's converter in the same run:
 * absolute figures say little on a shared machine, the ratio does.
 */
#include <stdio.h>
#include <string.h>

#include "imp-decode.h"
#include "imp-er7.h"

#define N_MESSAGES 4000
#define SECONDS 1.0

/* A prescription of three drugs as a hospital's gateway writes it. */
static char *
make_message (guint n)
{
  static const char *const drugs[] = { "アムロジピン錠５ｍｇ", "酸化マグネシウム錠３３０ｍｇ",
                                       "レバミピド錠１００ｍｇ", "ワルファリンカリウム錠１ｍｇ" };
  static const char *const usages[] = { "内服・経口・１日３回朝昼夕食後", "内服・経口・１日１回朝食後",
                                        "内服・経口・１日２回朝夕食後" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
      "MSH|^~\\&|HIS001|SEND|GW|RCV|20250410%06u.345||RDE^O11^RDE_O11|%014u|P|2.5||||||~ISO IR87||"
      "ISO 2022-1994|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO\r"
      "PID|0001||%010u^^^^PI||灯火^花子^^^^^L^I~トモシビ^ハナコ^^^^^L^P||19480405|F|||^^^^999-0000^"
      "JPN^H^架空県見本市本町１−２−３||^PRN^PH^^^^^^^^^000-000-0000\r"
      "PV1|0001|O|01^^^^^C||||110^医師^一郎^^^^^^^L^^^^^I|||01\r", n % 240000, n, n * 7);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text,
        "ORC|NW|%015u||%015u_01_%03u|||||20250410103045|058^入力者^次郎^^^^^^^L^^^^^I||110^医師^一郎"
        "^^^^^^^L^^^^^I|01^^^^^C||||01^内科^99XY1|PC01^^99XY2|||見本病院||||||||O^外来患者オーダ^HL70482\r"
        "RXE||%09u^%s^HOT9|1||TAB^錠^MR9P|TAB^錠剤^MR9P||||%u|TAB^錠^MR9P||||20250410%05u||||3^TAB&"
        "錠&MR9P||OHP^外来処方^MR9P~OHI^院内処方^MR9P||||||01^内科^99XY1\r"
        "TQ1|1||1013044400000000&%s&JAMISDP01|||%u^d|20250410\r"
        "RXR|PO^口^HL70162\r", n, n, i + 1, 100000000 + n * 3 + i, drugs[(n + i) % 4],
        (n % 28 + 1) * 3, n, usages[(n + i) % 3], n % 28 + 1);
  return g_string_free (text, FALSE);
}

typedef struct
{
  char *bytes[N_MESSAGES];
  gsize lens[N_MESSAGES];
  gsize total;
} Messages;

static Messages *
make_messages (void)
{
  Messages *messages = g_new0 (Messages, 1);

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *text = make_message (i);
      g_autoptr (GError) error = NULL;

      messages->bytes[i] = g_convert (text, -1, "ISO-2022-JP-2", "UTF-8", NULL, &messages->lens[i],
                                      &error);
      g_assert_no_error (error);
      messages->total += messages->lens[i];
    }
  return messages;
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* Each way runs over all messages again and again until its time is up. Returns: messages/s */
static double
measure_iconv (const Messages *messages)
{
  gint64 start = g_get_monotonic_time ();
  guint n = 0;

  do
    for (guint i = 0; i < N_MESSAGES; i++, n++)
      {
        g_autofree char *text = g_convert (messages->bytes[i], (gssize) messages->lens[i], "UTF-8",
                                           "ISO-2022-JP", NULL, NULL, NULL);

        g_assert_nonnull (text);
      }
  while (seconds_since (start) < SECONDS);
  return n / seconds_since (start);
}

static double
measure_decode (char *const *bytes, const gsize *lens, ImpCharset charset)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();
  ImpDecodeResult result;
  guint n = 0;

  do
    for (guint i = 0; i < N_MESSAGES; i++, n++)
      {
        imp_decode ((const guint8 *) bytes[i], lens[i], text, &result);
        g_assert (result.n_lost == 0 && result.charset == charset);
      }
  while (seconds_since (start) < SECONDS);
  return n / seconds_since (start);
}

static gsize
use_fields (ImpEr7 *er7)
{
  gsize sum = 0;

  for (guint i = 0; i < imp_er7_n_segments (er7); i++)
    {
      const ImpSegment *segment = imp_er7_segment (er7, i);

      sum += imp_er7_get (er7, segment, 2, 1).len + imp_er7_get (er7, segment, 2, 2).len +
             imp_er7_get (er7, segment, 3, 1).len + imp_er7_get (er7, segment, 5, 1).len;
    }
  return sum;
}

static double
measure_parse (char *const *texts, const gsize *lens, gboolean with_fields)
{
  g_autoptr (ImpEr7) er7 = imp_er7_new ();
  gint64 start = g_get_monotonic_time ();
  gsize sum = 0;
  guint n = 0;

  do
    for (guint i = 0; i < N_MESSAGES; i++, n++)
      {
        g_assert (imp_er7_parse (er7, texts[i], lens[i], NULL));
        sum += with_fields ? use_fields (er7) : imp_er7_n_segments (er7);
      }
  while (seconds_since (start) < SECONDS);
  g_assert (sum > 0);
  return n / seconds_since (start);
}

int
main (void)
{
  Messages *messages = make_messages ();
  g_auto (GStrv) texts = g_new0 (char *, N_MESSAGES + 1);
  g_autofree gsize *lens = g_new0 (gsize, N_MESSAGES);
  double megabytes = (double) messages->total / N_MESSAGES / 1e6;
  gsize text_bytes = 0;
  double iconv_rate, decode_rate, utf8_rate, parse_rate, field_rate;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      ImpDecodeResult result;

      imp_decode ((const guint8 *) messages->bytes[i], messages->lens[i], text, &result);
      lens[i] = text->len;
      text_bytes += text->len;
      texts[i] = g_string_free (g_steal_pointer (&text), FALSE);
    }
  iconv_rate = measure_iconv (messages);
  decode_rate = measure_decode (messages->bytes, messages->lens, IMP_CHARSET_ISO_2022_JP);
  utf8_rate = measure_decode (texts, lens, IMP_CHARSET_UTF8);
  parse_rate = measure_parse (texts, lens, FALSE);
  field_rate = measure_parse (texts, lens, TRUE);

  printf ("message: %.0f bytes of ISO-2022-JP, %.0f of UTF-8\n", megabytes * 1e6,
          (double) text_bytes / N_MESSAGES);
  printf ("g_convert ISO-2022-JP: %.0f MB/s, %.0f messages/s\n", iconv_rate * megabytes, iconv_rate);
  printf ("imp_decode:            %.0f MB/s, %.0f messages/s (%.1f times g_convert)\n",
          decode_rate * megabytes, decode_rate, decode_rate / iconv_rate);
  printf ("imp_decode of UTF-8:   %.0f MB/s\n", utf8_rate * (double) text_bytes / N_MESSAGES / 1e6);
  printf ("imp_er7_parse:         %.0f messages/s\n", parse_rate);
  printf ("with 4 values/segment: %.0f messages/s\n", field_rate);
  for (guint i = 0; i < N_MESSAGES; i++)
    g_free (messages->bytes[i]);
  g_free (messages);
  return 0;
}
