/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-json-scan.h"
#include "imp-limits.h"
#include "stream-fixture.h"

/* Slices as one line each: "key|text" or "!state", with " @line". */
static gboolean
write_slice (const ImpSlice *slice, gpointer data, GError **error)
{
  GString *out = data;

  g_assert_true (slice->end >= slice->offset);
  if (slice->key != NULL)
    g_string_append_printf (out, "%s|", slice->key);
  if (slice->state == IMP_SLICE_STRAY)
    g_string_append (out, "!stray");
  else if (slice->state == IMP_SLICE_CUT_OFF)
    g_string_append_printf (out, "!cut %s", slice->text);
  else if (slice->state != IMP_SLICE_WHOLE)
    g_string_append_printf (out, "!%s", imp_slice_state_sentence (slice->state));
  else
    g_string_append_len (out, slice->text, (gssize) slice->len);
  g_string_append_printf (out, " @%u;", slice->line);
  return TRUE;
}

static char *
scan (const char *text, gsize len, gsize chunk, ImpJsonScanOptions options, ImpJsonSeen *seen)
{
  g_autoptr (ImpStream) stream = stream_of (text, len, chunk);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  options.take = write_slice;
  options.data = out;
  g_assert_true (imp_json_scan (stream, &options, seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen->n_bytes, <=, len);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *text;
  const char *slices;
} Case;

/* Whatever the pieces the bytes come in. */
static void
check_cases (const Case *cases, guint n, ImpJsonScanOptions options)
{
  static const gsize chunks[] = { 0, 1, 2, 3, 5, 17 };

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (chunks); j++)
      {
        ImpJsonSeen seen;
        g_autofree char *got =
            scan (cases[i].text, strlen (cases[i].text), chunks[j], options, &seen);

        g_assert_cmpstr (got, ==, cases[i].slices);
      }
}

static void
test_values (void)
{
  static const Case cases[] = {
    { "", "" },
    { " \r\n\t", "" },
    { "{}", "{} @1;" },
    { "{\"a\":1}\n{\"b\":2}\n", "{\"a\":1} @1;{\"b\":2} @2;" },
    { "{\"a\":1}\r\n\r\n{\"b\":2}", "{\"a\":1} @1;{\"b\":2} @3;" },
    { "{\"a\":1}{\"b\":2} [3]", "{\"a\":1} @1;{\"b\":2} @1;[3] @1;" },
    { "\xef\xbb\xbf{}\n\xef\xbb\xbf{}", "{} @1;{} @2;" },
    { "\x1e{}\n\x1e{}\n", "{} @1;{} @2;" },
    /* Pretty printed between lines: by brackets, not by lines. */
    { "{\"a\":1}\n{\n \"b\": {\n \"c\":[\n]}}\n{\"d\":1}",
      "{\"a\":1} @1;{\n \"b\": {\n \"c\":[\n]}} @2;{\"d\":1} @6;" },
    /* Brackets and quotation marks within strings. */
    { "{\"a\":\"}{][\"}{\"b\":\"\\\"}\"}", "{\"a\":\"}{][\"} @1;{\"b\":\"\\\"}\"} @1;" },
    { "{\"a\":\"\\\\\"}{\"b\":\"\\\\\\\"{\"}", "{\"a\":\"\\\\\"} @1;{\"b\":\"\\\\\\\"{\"} @1;" },
    { "{\"a\":", "!cut {\"a\": @1;" },
    { "{\"a\":1}\n{\"a\":\"x", "{\"a\":1} @1;!cut {\"a\":\"x @2;" },
    { "{\"a\":\"x\\", "!cut {\"a\":\"x\\ @1;" },
    { "garbage", "!stray @1;" },
    { "<html>\n{}\nx y\n", "!stray @1;{} @2;!stray @3;" },
    { "x {} y", "!stray @1;{} @1;!stray @1;" },
    { "{},{}", "{} @1;!stray @1;{} @1;" },
    { "{}}]", "{} @1;!stray @1;" },
    { "\"a}\n{}", "!stray @1;{} @2;" },
    { "1\n2\n", "!stray @1;!stray @2;" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), (ImpJsonScanOptions){ .cut = IMP_JSON_CUT_VALUES });
}

/* A line that was never ended costs itself, not the next one. */
static void
test_resync (void)
{
#define R(id) "{\"resourceType\":\"X\",\"id\":\"" id "\"}"
  static const Case cases[] = {
    { R ("1") "\n" R ("2"), R ("1") " @1;" R ("2") " @2;" },
    { "{\"resourceType\":\"X\",\"id\":\"1\n" R ("2"),
      "!cut {\"resourceType\":\"X\",\"id\":\"1 @1;" R ("2") " @2;" },
    { "{\"resourceType\":\"X\",\"a\":[{\n" R ("2") "\n" R ("3"),
      "!cut {\"resourceType\":\"X\",\"a\":[{ @1;" R ("2") " @2;" R ("3") " @3;" },
    { "{\"resourceType\":\"X\",\n" R ("2"), "!cut {\"resourceType\":\"X\", @1;" R ("2") " @2;" },
    { "{\"a\\\n" R ("2"), "!cut {\"a\\ @1;" R ("2") " @2;" },
    /* Not ended, but its lines begin so. */
    { "{\n\"contained\":[\n" R ("1") "\n]}", "{\n\"contained\":[\n" R ("1") "\n]} @1;" },
    /* A string that holds the words behind an escaped line end. */
    { "{\"a\":\"\\n{\\\"resourceType\\\"\"}\n" R ("2"),
      "{\"a\":\"\\n{\\\"resourceType\\\"\"} @1;" R ("2") " @2;" },
  };
#undef R

  check_cases (cases, G_N_ELEMENTS (cases),
               (ImpJsonScanOptions){ .cut = IMP_JSON_CUT_VALUES, .resync = TRUE });
}

static void
test_entries (void)
{
  static const Case cases[] = {
    { "{\"entry\":[]}", "" },
    { "{\"entry\":[{\"a\":1},\n{\"b\":2}]}", "entry|{\"a\":1} @1;entry|{\"b\":2} @2;" },
    { "{\"a\":[{\"entry\":[{}]}],\"entry\":[{\"entry\":[{}]}]}", "entry|{\"entry\":[{}]} @1;" },
    { "{\"entry\" : [ {} , [1] , 2 , \"x,]\" , null ] }",
      "entry|{} @1;entry|[1] @1;entry|2 @1;entry|\"x,]\" @1;entry|null @1;" },
    { "{\"entry\":{\"a\":1}}", "entry|{\"a\":1} @1;" }, /* one that should be in an array */
    { "{\"ent\\u0072y\":[{}]}", "entry|{} @1;" },
    { "{\"Entry\":[{}],\"entryx\":[{}]}", "" },
    { "{\"entry\":[{}],\"b\":1,\"entry\":[{}]}", "entry|{} @1;entry|{} @1;" },
    { "{\"b\":\"entry\",\"c\":[{}]}", "" },
    { "{\"entry\":[{\"a\":$x},{\"b\":1}]}", "entry|{\"a\":$x} @1;entry|{\"b\":1} @1;" },
    { "{\"entry\":[{\"a\":1},{\"b\":[", "entry|{\"a\":1} @1;entry|!cut {\"b\":[ @1;" },
    { "{\"entry\":[{}]} x", "entry|{} @1;!stray @1;" },
  };

  check_cases (cases, G_N_ELEMENTS (cases),
               (ImpJsonScanOptions){ .cut = IMP_JSON_CUT_MEMBER, .key = "entry" });
}

static void
test_elements (void)
{
  static const Case cases[] = {
    { "[]", "" },
    { "[{\"a\":[1]},{},3]", "{\"a\":[1]} @1;{} @1;3 @1;" },
    { "[[{}]]", "[{}] @1;" },
    { "{\"a\":[1]}", "" },
    { "[{},{", "{} @1;!cut { @1;" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), (ImpJsonScanOptions){ .cut = IMP_JSON_CUT_ELEMENTS });
}

static void
test_members (void)
{
  static const Case cases[] = {
    { "{\"a\":1,\"b\" : \"x\" , \"c\":{\"d\":2},\"e\":[ ]}",
      "a|1 @1;b|\"x\" @1;c|{\"d\":2} @1;e|[ ] @1;" },
    { "{\"\\u0061\":true}", "a|true @1;" },
    { "{\"a\":\"0123456789abcdef\",\"b\":1}",
      "a|!larger than the ceiling for one entry @1;b|1 @1;" },
    { "[1]", "" },
    { "{\"a\":1}{\"b\":2}", "a|1 @1;" },
  };

  check_cases (cases, G_N_ELEMENTS (cases),
               (ImpJsonScanOptions){
                   .cut = IMP_JSON_CUT_MEMBERS, .one_value = TRUE, .max_slice_bytes = 10 });
}

static void
test_seen (void)
{
  static const struct
  {
    const char *text;
    char first, follow;
    gboolean is_cut_off, is_one_line, had_bom;
  } cases[] = {
    { "", '\0', '\0', FALSE, TRUE, FALSE },
    { "  {} ", '{', '\0', FALSE, TRUE, FALSE },
    { "\xef\xbb\xbf{}\n\n {}", '{', '{', FALSE, TRUE, TRUE },
    { "{\n}\nx", '{', 'x', FALSE, FALSE, FALSE },
    { "{\"a\":[", '{', '\0', TRUE, TRUE, FALSE },
    { "{\"resourceType\":\"X\n{\"resourceType\":\"Y\"}", '{', '{', TRUE, TRUE, FALSE },
    { "{\"resourceType\":\"B\",\"entry\":[\n{\"resourceType\":\"Y\"}]}", '{', '\0', FALSE, FALSE,
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 0; chunk < 3; chunk++)
      {
        ImpJsonSeen seen;
        g_autofree char *got = scan (cases[i].text, strlen (cases[i].text), chunk,
                                     (ImpJsonScanOptions){ .cut = IMP_JSON_CUT_MEMBERS,
                                                           .one_value = TRUE,
                                                           .resync = TRUE,
                                                           .without_text = TRUE },
                                     &seen);

        g_assert_cmpint (seen.first, ==, cases[i].first);
        g_assert_cmpint (seen.follow, ==, cases[i].follow);
        g_assert_cmpint (seen.is_cut_off, ==, cases[i].is_cut_off);
        g_assert_cmpint (seen.is_one_line, ==, cases[i].is_one_line);
        g_assert_cmpint (seen.had_bom, ==, cases[i].had_bom);
      }
}

static void
test_find_member (void)
{
  static const char text[] = "{\"id\":1,\n\"resource\": {\"a\":\"}\"} ,\"resource\":2}";
  ImpSlice slice;

  g_assert_true (imp_json_find_member (text, strlen (text), "resource", &slice));
  g_assert_cmpuint (slice.len, ==, 9);
  g_assert_cmpint (strncmp (slice.text, "{\"a\":\"}\"}", 9), ==, 0);
  g_assert_cmpuint (slice.line, ==, 2);
  g_assert_false (imp_json_find_member (text, strlen (text), "a", &slice));
}

static gboolean
stop_at_second (const ImpSlice *slice, gpointer data, GError **error)
{
  guint *n = data;

  if (++*n < 2)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, "stop");
  return FALSE;
}

static void
test_stop (void)
{
  g_autoptr (ImpStream) stream = stream_of_parts ("", "{}\n", 100, "");
  g_autoptr (GError) error = NULL;
  guint n = 0;
  ImpJsonScanOptions options = { .take = stop_at_second, .data = &n };
  ImpJsonSeen seen;

  g_assert_false (imp_json_scan (stream, &options, &seen, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 2);
}

/* ---- hostile -------------------------------------------------------------------------------- */

typedef struct
{
  guint64 n;
  ImpSliceState last;
  gsize len;
} Count;

static gboolean
count_slice (const ImpSlice *slice, gpointer data, GError **error)
{
  Count *count = data;

  count->n++;
  count->last = slice->state;
  count->len = slice->len;
  return TRUE;
}

/* The memory these may take above what the program had: one slice, its growth by doubling. */
#define MEMORY_MB 260

static void
check_hostile (const char *head, const char *part, guint64 n, const char *tail, guint64 n_slices,
               ImpSliceState last)
{
  g_autoptr (ImpStream) stream = stream_of_parts (head, part, n, tail);
  g_autoptr (GError) error = NULL;
  Count count = { 0 };
  ImpJsonScanOptions options = {
    .cut = IMP_JSON_CUT_MEMBER, .key = "entry", .take = count_slice, .data = &count
  };
  ImpJsonSeen seen;
  gint64 begin = g_get_monotonic_time ();

  g_assert_true (imp_json_scan (stream, &options, &seen, &error));
  g_assert_no_error (error);
  g_test_message ("%.1f s, %u MB at most, %" G_GUINT64_FORMAT " slices",
                  (double) (g_get_monotonic_time () - begin) / 1e6, peak_memory_mb (), count.n);
  g_assert_cmpuint (count.n, ==, n_slices);
  g_assert_cmpint (count.last, ==, last);
  if (last == IMP_SLICE_TOO_LONG || last == IMP_SLICE_TOO_LARGE)
    g_assert_cmpuint (count.len, <=, 4096);
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - begin) / 1e6, <, seconds_limit (20));
  if (seconds_limit (1) == 1)
    g_assert_cmpuint (peak_memory_mb (), <, MEMORY_MB);
}

static void
test_hostile (void)
{
  g_autofree char *kilobyte = g_strnfill (1024, 'x');

  /* Depth 1e6, closed or not, then a good one. */
  check_hostile ("{\"entry\":[", "[", 1000000, "", 1, IMP_SLICE_TOO_DEEP);
  check_hostile ("{\"entry\":[{},", "{\"a\":", 1000000, "", 2, IMP_SLICE_TOO_DEEP);
  /* A string of 1 GB, never ended; and one that is, with a good entry behind it. */
  check_hostile ("{\"entry\":[{\"a\":\"", kilobyte, 1024 * 1024, "", 1, IMP_SLICE_TOO_LONG);
  check_hostile ("{\"entry\":[{\"a\":\"", kilobyte, 100 * 1024, "\"},{\"b\":1}]}", 2,
                 IMP_SLICE_WHOLE);
  /* Many strings, none too long. */
  check_hostile ("{\"entry\":[{\"a\":[", "\"0123456789abcdef0123456789abcdef0123456789abcdef\",",
                 1900000, "1]}]}", 1, IMP_SLICE_TOO_LARGE);
  check_hostile ("{\"entry\":[{\"a\":[", "1,", 3000000, "1]}]}", 1, IMP_SLICE_TOO_MANY);
  /* A million empty ones are a million. */
  check_hostile ("{\"entry\":[", "{},", 1000000, "{}]}", 1000001, IMP_SLICE_WHOLE);
  /* A key without end. */
  check_hostile ("{\"", kilobyte, 100 * 1024, "", 0, IMP_SLICE_WHOLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/json-scan/values", test_values);
  g_test_add_func ("/importer/json-scan/resync", test_resync);
  g_test_add_func ("/importer/json-scan/entries", test_entries);
  g_test_add_func ("/importer/json-scan/elements", test_elements);
  g_test_add_func ("/importer/json-scan/members", test_members);
  g_test_add_func ("/importer/json-scan/seen", test_seen);
  g_test_add_func ("/importer/json-scan/find-member", test_find_member);
  g_test_add_func ("/importer/json-scan/stop", test_stop);
  g_test_add_func ("/importer/json-scan/hostile", test_hostile);
  return g_test_run ();
}
