/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-json.h"

/* Reports of damaged discs and of other builds. */
static void
test_values (void)
{
  static const struct
  {
    const char *json, *text;
    guint64 count;
  } cases[] = {
    { "{\"a\":\"x\"}", "x", 0 },
    { "{\"a\":7}", NULL, 7 },
    { "{\"a\":-7}", NULL, 0 },
    { "{\"a\":1e30}", NULL, 0 },
    { "{\"a\":null}", NULL, 0 },
    { "{\"A\":7}", NULL, 0 },
    { "{\"a\":{\"a\":7}}", NULL, 0 },
    { "{\"a\":999999999999999}", NULL, 999999999999999 },
    { "[7]", NULL, 0 },
    { "{}", NULL, 0 },
    { "{\"a\":0.5}", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cJSON *object = cJSON_Parse (cases[i].json);

      g_test_message ("%s", cases[i].json);
      g_assert_nonnull (object);
      g_assert_cmpstr (imp_report_get_text (object, "a"), ==, cases[i].text);
      g_assert_cmpuint (imp_report_get_count (object, "a"), ==, cases[i].count);
      cJSON_Delete (object);
    }
  g_assert_null (imp_report_get_text (NULL, "a"));
  g_assert_cmpuint (imp_report_get_count (NULL, "a"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/report-json/values", test_values);
  return g_test_run ();
}
