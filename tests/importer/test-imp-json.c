/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-json.h"
#include "imp-limits.h"

static cJSON *
parse (const char *text, ImpJsonReport *report)
{
  g_autoptr (GError) error = NULL;
  cJSON *node = imp_json_parse (text, strlen (text), report, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

/* Spec fhir.md 6.2: no digit of a value may change on its way ("3.50 -> 3.5"). */
static void
test_numbers_stay (void)
{
  static const char *const numbers[] = {
    "0",
    "-0",
    "1",
    "3.50",
    "1.0",
    "-12.0",
    "1e3",
    "1E+10",
    "1e999",
    "0.1e-5",
    "12345678901234567890",
    "0.00000000000000000000000000000000000000000000000000000000000000000000000001",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"value\":%s,\"list\":[%s , %s]}", numbers[i], numbers[i], numbers[i]);
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node = parse (text, &report);
      const cJSON *value = imp_json_get (node, "value");
      guint n = 0;

      g_assert_true (imp_json_is_number (numbers[i], strlen (numbers[i])));
      g_assert_cmpstr (imp_json_text (value), ==, numbers[i]);
      g_assert_cmpint (value->type & IMP_JSON_WAS_NUMBER, !=, 0);
      for (const cJSON *e = imp_json_first (imp_json_get (node, "list")); e != NULL;
           e = imp_json_next (e), n++)
        g_assert_cmpstr (imp_json_text (e), ==, numbers[i]);
      g_assert_cmpuint (n, ==, 2);
      g_assert_cmpuint (report.n_bad_numbers, ==, 0);
    }
}

/* A string of digits was no number. */
static void
test_strings_are_no_numbers (void)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) node = parse ("{\"a\":\"3.50\",\"b\":true,\"c\":null,\"d\":\"\"}", &report);

  g_assert_cmpint (imp_json_get (node, "a")->type & IMP_JSON_WAS_NUMBER, ==, 0);
  g_assert_cmpstr (imp_json_string (node, "a"), ==, "3.50");
  g_assert_cmpstr (imp_json_string (node, "b"), ==, "true");
  g_assert_null (imp_json_get (node, "c"));
  g_assert_null (imp_json_string (node, "d"));
}

/* One bad number must not cost the record: E13. */
static void
test_bad_numbers (void)
{
  static const char *const numbers[] = { "01", "1.",  "1.2.3", "+1",        "-",   "-01",  ".5",
                                         "1e", "1e+", "NaN",   "-Infinity", "1-2", "0x1F", "--1" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"value\":%s,\"unit\":\"mg\"}", numbers[i]);
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node = parse (text, &report);

      g_assert_false (imp_json_is_number (numbers[i], strlen (numbers[i])));
      g_assert_cmpstr (imp_json_string (node, "value"), ==, numbers[i]);
      g_assert_cmpint (imp_json_get (node, "value")->type & IMP_JSON_BAD_NUMBER, !=, 0);
      g_assert_cmpstr (imp_json_string (node, "unit"), ==, "mg");
      g_assert_cmpuint (report.n_bad_numbers, ==, 1);
    }
}

static void
test_strings (void)
{
  static const struct
  {
    const char *text; /* in quotation marks */
    const char *value;
    guint n_surrogates, n_nul, n_controls, n_bad_utf8;
  } cases[] = {
    { "a\\\"b\\\\c\\/d", "a\"b\\c/d", 0, 0, 0, 0 },
    { "\\u3042\\u0041", "あA", 0, 0, 0, 0 },
    { "\\ud842\\udfb7", "𠮷", 0, 0, 0, 0 },
    { "𠮷野屋", "𠮷野屋", 0, 0, 0, 0 },
    { "x\\ud842y", "x\xef\xbf\xbdy", 1, 0, 0, 0 },
    { "\\udfb7", "\xef\xbf\xbd", 1, 0, 0, 0 },
    { "\\ud842\\ud842\\udfb7", "\xef\xbf\xbd𠮷", 1, 0, 0, 0 },
    { "\\ud842\\u0041",
      "\xef\xbf\xbd"
      "A",
      1, 0, 0, 0 },
    { "a\\u0000b",
      "a\xef\xbf\xbd"
      "b",
      0, 1, 0, 0 },
    { "a\\u0001\x02\\b\\fb", "ab", 0, 0, 4, 0 },
    { "a\tb\nc", "a\tb\nc", 0, 0, 0, 0 },           /* raw ones are met, and harmless */
    { "\xee\x80\x80", "\xee\x80\x80", 0, 0, 0, 0 }, /* private use: a hospital's own character */
    { "a\xff\xfe"
      "b",
      "a\xef\xbf\xbd\xef\xbf\xbd"
      "b",
      0, 0, 0, 2 },
    { "\xe3\x81", "\xef\xbf\xbd\xef\xbf\xbd", 0, 0, 0, 2 },
    { "\xe3\x81\x82\xc0\x80", "あ\xef\xbf\xbd\xef\xbf\xbd", 0, 0, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"s\":\"%s\"}", cases[i].text);
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node = parse (text, &report);

      g_assert_cmpstr (imp_json_string (node, "s"), ==, cases[i].value);
      g_assert_cmpuint (report.n_lone_surrogates, ==, cases[i].n_surrogates);
      g_assert_cmpuint (report.n_nul, ==, cases[i].n_nul);
      g_assert_cmpuint (report.n_controls, ==, cases[i].n_controls);
      g_assert_cmpuint (report.n_bad_utf8, ==, cases[i].n_bad_utf8);
    }
}

static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    guint line;
  } cases[] = {
    { "", 1 },
    { "{", 1 },
    { "{\"a\"", 1 },
    { "{\"a\":", 1 },
    { "{\"a\":1", 1 },
    { "{\"a\":1,}", 1 },
    { "{,}", 1 },
    { "[1,]", 1 },
    { "[1 2]", 1 },
    { "{\"a\" 1}", 1 },
    { "{\"a\":1\n\"b\":2}", 2 },
    { "{a:1}", 1 },
    { "{'a':1}", 1 },
    { "{\"a\":'x'}", 1 },
    { "{\"a\":\n$jlac10_cs}", 2 },
    { "{\"a\":truex}", 1 },
    { "{\"a\":None}", 1 },
    { "{\"a\":\"x\\y\"}", 1 },
    { "{\"a\":\"\\u12\"}", 1 },
    { "{\"a\":\"unterminated", 1 },
    { "{\"a\":\"x\\", 1 },
    { "{\"a\":[1}", 1 },
    { "{\"a\":1}}", 1 },
    { "{\"a\":1} x", 1 },
    { "{\"a\":1}{\"a\":1}", 1 },
    { "{/* c */\"a\":1}", 1 },
    { "{\"a\":1} // c", 1 },
    { "\"a\":1", 1 },
    { "{1:1}", 1 },
    { "{\"a\":\xe3\x81\x82}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node =
          imp_json_parse (cases[i].text, strlen (cases[i].text), &report, &error);

      g_assert_null (node);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
      g_assert_cmpuint (report.error_line, ==, cases[i].line);
      g_assert_cmpuint (report.error_at, <=, strlen (cases[i].text));
      g_assert_null (strstr (error->message, "jlac"));
    }
}

/* A NUL in the text is no end of it. */
static void
test_nul_byte (void)
{
  static const char inside[] = "{\"a\":\"x\0y\"}";
  static const char outside[] = "{\"a\":1}\0{";
  g_auto (ImpJsonReport) report = { 0 };
  g_auto (ImpJsonReport) second = { 0 };
  g_autoptr (cJSON) node = imp_json_parse (inside, sizeof inside - 1, &report, NULL);
  g_autoptr (cJSON) none = imp_json_parse (outside, sizeof outside - 1, &second, NULL);

  g_assert_cmpstr (imp_json_string (node, "a"), ==, "xy");
  g_assert_cmpuint (report.n_controls, ==, 1);
  g_assert_null (none);
}

static void
test_depth (void)
{
  for (guint depth = IMP_JSON_MAX_DEPTH - 1; depth <= IMP_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (cJSON) node = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, '[');
      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, ']');
      node = imp_json_parse (text->str, text->len, &report, &error);
      if (depth <= IMP_JSON_MAX_DEPTH)
        g_assert_no_error (error);
      else
        g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < IMP_JSON_MAX_NODES + 1; i++)
    g_string_append (text, "{},");
  g_assert_null (imp_json_parse (text->str, text->len, &report, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
}

/* Fact 4: a name is taken as it is written. */
static void
test_case (void)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) node = parse ("{\"Value\":1,\"value\":2}", &report);

  g_assert_cmpstr (imp_json_string (node, "value"), ==, "2");
  g_assert_null (imp_json_get (node, "VALUE"));
  g_assert_cmpuint (report.n_duplicates, ==, 0);
}

static void
test_duplicates (void)
{
  static const struct
  {
    const char *text;
    const char *path; /* (nullable) */
    gboolean is_equal;
    gboolean is_identity;
  } cases[] = {
    { "{\"a\":1,\"b\":1}", NULL, FALSE, FALSE },
    { "{\"a\":1,\"a\":1}", "a", TRUE, FALSE },
    { "{\"a\":1,\"a\":1.0}", "a", FALSE, FALSE }, /* equal as text only */
    { "{\"a\":\"1\",\"a\":1}", "a", FALSE, FALSE },
    { "{\"value\":1,\"\\u0076alue\":2}", "value", FALSE, FALSE },
    { "{\"id\":\"1\",\"id\":\"2\"}", "id", FALSE, TRUE },
    { "{\"status\":\"1\",\"status\":\"2\"}", "status", FALSE, TRUE },
    { "{\"subject\":{\"reference\":\"1\"},\"subject\":{\"reference\":\"2\"}}", "subject", FALSE,
      TRUE },
    { "{\"subject\":{\"a\":[1,2]},\"subject\":{\"a\":[1,2]}}", "subject", TRUE, FALSE },
    { "{\"code\":{\"text\":\"1\",\"text\":\"2\"}}", "code.text", FALSE, FALSE },
    { "{\"code\":{\"id\":\"1\",\"id\":\"2\"}}", "code.id", FALSE, FALSE },
    { "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}}", "resource.id",
      FALSE, TRUE },
    { "{\"contained\":[{},{\"code\":\"1\",\"code\":\"2\"}]}", "contained[1].code", FALSE, FALSE },
    { "{\"\xe5\xb1\xb1\":1,\"\xe5\xb1\xb1\":2}", "?", FALSE, FALSE }, /* never a stranger's words */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node = parse (cases[i].text, &report);
      const ImpJsonDuplicate *duplicate;
      guint n_identity;

      g_assert_cmpuint (report.n_duplicates, ==, cases[i].path != NULL ? 1 : 0);
      if (cases[i].path == NULL)
        continue;
      duplicate = g_ptr_array_index (report.duplicates, 0);
      g_assert_cmpstr (duplicate->path, ==, cases[i].path);
      g_assert_cmpint (duplicate->is_equal, ==, cases[i].is_equal);
      g_assert_cmpint (duplicate->is_identity, ==, cases[i].is_identity);
      g_assert_cmpuint (imp_json_report_conflicts (&report, &n_identity), ==, !cases[i].is_equal);
      g_assert_cmpuint (n_identity, ==, cases[i].is_identity);
    }
}

/* Equal ones are one in the tree, others are all there. */
static void
test_duplicates_in_tree (void)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) node = parse ("{\"a\":1,\"b\":2,\"a\":1,\"b\":3,\"a\":1}", &report);

  g_assert_cmpint (cJSON_GetArraySize (node), ==, 3);
  g_assert_cmpuint (report.n_duplicates, ==, 3);
  g_assert_cmpuint (imp_json_report_conflicts (&report, NULL), ==, 1);
}

static void
test_many_duplicates (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":0");
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) node = NULL;
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 500000; i++)
    g_string_append_printf (text, ",\"a\":%u,\"k%u\":1", i, i);
  g_string_append_c (text, '}');
  node = parse (text->str, &report);
  g_assert_cmpuint (report.n_duplicates, ==, 500000); /* the first one is equal */
  g_assert_cmpuint (report.duplicates->len, ==, IMP_JSON_MAX_DUPLICATES);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

/* E05: an object where an array should be, and the reverse. */
static void
test_each (void)
{
  static const struct
  {
    const char *text;
    guint n;
  } cases[] = {
    { "{\"a\":[{\"b\":1},{\"b\":2}]}", 2 },
    { "{\"a\":{\"b\":1},\"z\":{\"b\":2}}", 1 },
    { "{\"a\":[]}", 0 },
    { "{\"a\":null}", 0 },
    { "{\"a\":[null,{\"b\":1},null]}", 1 },
    { "{}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node = parse (cases[i].text, &report);
      guint n = 0;

      for (const cJSON *e = imp_json_first (imp_json_get (node, "a")); e != NULL;
           e = imp_json_next (e))
        n++;
      g_assert_cmpuint (n, ==, cases[i].n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/json/numbers-stay", test_numbers_stay);
  g_test_add_func ("/importer/json/strings-are-no-numbers", test_strings_are_no_numbers);
  g_test_add_func ("/importer/json/bad-numbers", test_bad_numbers);
  g_test_add_func ("/importer/json/strings", test_strings);
  g_test_add_func ("/importer/json/broken", test_broken);
  g_test_add_func ("/importer/json/nul-byte", test_nul_byte);
  g_test_add_func ("/importer/json/depth", test_depth);
  g_test_add_func ("/importer/json/too-many", test_too_many);
  g_test_add_func ("/importer/json/case", test_case);
  g_test_add_func ("/importer/json/duplicates", test_duplicates);
  g_test_add_func ("/importer/json/duplicates-in-tree", test_duplicates_in_tree);
  g_test_add_func ("/importer/json/many-duplicates", test_many_duplicates);
  g_test_add_func ("/importer/json/each", test_each);
  return g_test_run ();
}
