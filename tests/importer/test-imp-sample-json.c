/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-sample-json.h"
#include "imp-sample-time.h"

/* What is in the buffer, which is emptied. */
static char *
take (ImpSampleBuffer *buffer)
{
  char *text = g_strndup (buffer->len > 0 ? buffer->bytes : "", buffer->len);

  buffer->len = 0;
  return text;
}

#define assert_text(buffer, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text_ = take (buffer);                                                        \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_print (void)
{
  ImpSampleBuffer out = { 0 };

  imp_sample_json (&out, "{'a':'%s','b':%r,'c':%u}", "x\"y\\z\r\n\t漢", "true", 7u);
  assert_text (&out, "{\"a\":\"x\\\"y\\\\z\\r\\n\\u0009漢\",\"b\":true,\"c\":7}");
  imp_sample_json (&out, "'%s'", "F3\\T\\T3 \\E\\ \\S\\\\F\\ \\Q\\\\.br\\ \\T");
  assert_text (&out, "\"F3&T3 \\\\ ^| \\\\Q\\\\\\n \\\\T\"");
  imp_sample_json (&out, "'%s%r'", NULL, NULL);
  assert_text (&out, "\"\"");
  imp_sample_json (&out, "%z %i %o", 5u, G_GUINT64_CONSTANT (98841),
                   G_GUINT64_CONSTANT (26070300000001));
  assert_text (&out, "005 0000098841 026070300000001");
  imp_sample_json (&out, "%d %t", imp_sample_day (2026, 2, 3),
                   imp_sample_time (imp_sample_day (2026, 11, 1), 23, 50) + 9);
  assert_text (&out, "2026-02-03 2026-11-01T23:50:09+09:00");
  imp_sample_buffer_clear (&out);
}

static void
test_numbers (void)
{
  static const char *const numbers[] = { "0", "-1", "3.50", "12", "0.5", "-0.01" };
  static const char *const others[] = { "",   "-",  "01", "1.", ".5",   "1e3",
                                        "1 ", " 1", "+1", "１", "300>", "<0.5" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_true (imp_sample_json_is_number (numbers[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (imp_sample_json_is_number (others[i]));
}

static void
test_quantities (void)
{
  static const struct
  {
    const char *value, *unit, *expected; /* NULL: no quantity */
  } cases[] = {
    { "3.50", "g/dL", "{\"value\":3.50,\"unit\":\"g/dL\"}" },
    { "1", "TAB^錠^MR9P",
      "{\"value\":1,\"unit\":\"錠\",\"system\":\"urn:oid:1.2.392.100495.20.2.101\",\"code\":"
      "\"TAB\"}" },
    { "<0.010", NULL, "{\"value\":0.010,\"comparator\":\"<\"}" },
    { ">=5", "", "{\"value\":5,\"comparator\":\">=\"}" },
    { "<= 4", NULL, NULL },
    { "100.00<", NULL, NULL },
    { "<>1", NULL, NULL },
    { "(-)", NULL, NULL },
    { "", NULL, NULL },
  };
  ImpSampleBuffer out = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_quantity = imp_sample_json_quantity (&out, cases[i].value, cases[i].unit);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (is_quantity, ==, cases[i].expected != NULL);
      assert_text (&out, cases[i].expected != NULL ? cases[i].expected : "");
    }
  imp_sample_buffer_clear (&out);
}

static void
test_concepts (void)
{
  static const struct
  {
    const char *coded, *system, *expected;
  } cases[] = {
    { "3A01^TP^JC10^1001^総蛋白^99LAB", NULL,
      "{\"coding\":[{\"code\":\"3A01\",\"display\":\"TP\",\"system\":\"urn:oid:1.2.392.200119.4."
      "504\"},"
      "{\"code\":\"1001\",\"display\":\"総蛋白\",\"system\":"
      "\"http://hospital.example.jp/fhir/CodeSystem/99LAB\"}],\"text\":\"TP\"}" },
    { "W0000001&土曜日&JAMISDP01", "http://example.jp/x",
      "{\"coding\":[{\"code\":\"W0000001\",\"display\":\"土曜日\",\"system\":\"http://example.jp/"
      "x\"}],"
      "\"text\":\"土曜日\"}" },
    { "^ソバ^99ALG", NULL, "{\"text\":\"ソバ\"}" },
    { "鼻汁~くしゃみ", NULL, "{\"text\":\"鼻汁\"}" },
    { "11506-3^", NULL, "{\"coding\":[{\"code\":\"11506-3\"}]}" },
    { "", NULL, "{}" },
  };
  ImpSampleBuffer out = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      imp_sample_json_concept (&out, cases[i].coded, cases[i].system);
      assert_text (&out, cases[i].expected);
    }
  imp_sample_json_concepts (&out, "鼻汁~くしゃみ", NULL);
  assert_text (&out, "[{\"text\":\"鼻汁\"},{\"text\":\"くしゃみ\"}]");
  imp_sample_json_words (&out, "^左手に\"実施^99IC2");
  assert_text (&out, "左手に\\\"実施");
  imp_sample_buffer_clear (&out);
}

/* RFC 4648, 10. */
static void
test_base64 (void)
{
  static const char *const cases[][2] = { { "", "" },
                                          { "f", "Zg==" },
                                          { "fo", "Zm8=" },
                                          { "foo", "Zm9v" },
                                          { "foob", "Zm9vYg==" },
                                          { "fooba", "Zm9vYmE=" },
                                          { "foobar", "Zm9vYmFy" } };
  ImpSampleBuffer out = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      imp_sample_json_base64 (&out, cases[i][0], strlen (cases[i][0]));
      assert_text (&out, cases[i][1]);
    }
  imp_sample_buffer_clear (&out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/sample-json/print", test_print);
  g_test_add_func ("/importer/sample-json/numbers", test_numbers);
  g_test_add_func ("/importer/sample-json/quantities", test_quantities);
  g_test_add_func ("/importer/sample-json/concepts", test_concepts);
  g_test_add_func ("/importer/sample-json/base64", test_base64);
  return g_test_run ();
}
