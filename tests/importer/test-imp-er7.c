/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-er7.h"
#include "imp-error.h"
#include "imp-limits.h"

#define MSH "MSH|^~\\&|HIS|SEND|GW|RCV|20250410101502.345||ADT^A08^ADT_A01|1|P|2.5"
#define LOST "\xEF\xBF\xBD"

static ImpEr7 *
parse (const char *text)
{
  ImpEr7 *er7 = imp_er7_new ();
  GError *error = NULL;

  imp_er7_parse (er7, text, strlen (text), &error);
  g_assert_no_error (error);
  return er7;
}

static void
assert_text (ImpText text, const char *expected)
{
  g_autofree char *copy = imp_text_dup (text);

  g_assert_cmpstr (copy, ==, expected);
}

static void
assert_field (ImpEr7 *er7, const char *segment, guint field, const char *expected)
{
  assert_text (imp_er7_field (er7, imp_er7_find (er7, segment, 0), field), expected);
}

/* SS-MIX2 spec 5.1: MSH-1 is the separator, so the first token behind "MSH|" is MSH-2. */
static void
test_msh_counting (void)
{
  g_autoptr (ImpEr7) er7 = parse (MSH "\rPID|0001||0123\r");
  const ImpSegment *msh = imp_er7_segment (er7, 0);

  g_assert_cmpstr (msh->name, ==, "MSH");
  g_assert_cmpuint (msh->number, ==, 1);
  g_assert_cmpuint (msh->n_fields, ==, 12);
  assert_field (er7, "MSH", 1, "|");
  assert_field (er7, "MSH", 2, "^~\\&");
  assert_field (er7, "MSH", 3, "HIS");
  assert_field (er7, "MSH", 9, "ADT^A08^ADT_A01");
  assert_field (er7, "MSH", 12, "2.5");
  assert_field (er7, "MSH", 13, "");
  assert_field (er7, "MSH", 0, "");
  assert_text (imp_er7_get (er7, msh, 9, 2), "A08");

  g_assert_cmpuint (imp_er7_n_segments (er7), ==, 2);
  g_assert_cmpuint (imp_er7_segment (er7, 1)->n_fields, ==, 3);
  g_assert_cmpuint (imp_er7_segment (er7, 1)->number, ==, 2);
  assert_field (er7, "PID", 1, "0001");
  assert_field (er7, "PID", 2, "");
  assert_field (er7, "PID", 3, "0123");
  assert_field (er7, "PID", 4, "");
  assert_text (imp_er7_segment (er7, 1)->whole, "PID|0001||0123");
  g_assert_null (imp_er7_find (er7, "PID", 2));
  g_assert_null (imp_er7_find (er7, "OBX", 0));
}

static void
test_line_ends (void)
{
  static const char *const ends[] = { "\r", "\n", "\r\n", "\r\r", "\n\n\n", "\r\n\r\n", "\r \r" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = g_strdup_printf (MSH "%sPID|1%sAL1%sPV1|2%s", ends[i], ends[i],
                                               ends[i], ends[i]);
      g_autoptr (ImpEr7) er7 = parse (text);

      g_assert_cmpuint (imp_er7_n_segments (er7), ==, 4);
      assert_field (er7, "MSH", 12, "2.5");
      assert_field (er7, "PID", 1, "1");
      assert_text (imp_er7_segment (er7, 2)->whole, "AL1");
      g_assert_cmpuint (imp_er7_segment (er7, 2)->n_fields, ==, 0); /* empty segment */
      assert_field (er7, "AL1", 1, "");
      assert_field (er7, "PV1", 1, "2");
      g_assert_false (imp_er7_segment (er7, 3)->open);
      g_assert_false (imp_er7_segment (er7, 3)->cut);
    }
}

/* A raw line break inside text: the line that is no segment goes on with the field, and the fields
 * behind it keep their places. */
static void
test_continuation (void)
{
  g_autoptr (ImpEr7) er7 = parse (MSH "\rNTE|1||一行目\r二行目\r\r三行目|RE\rOBX|1|ST\r");
  const ImpSegment *nte = imp_er7_find (er7, "NTE", 0);

  g_assert_cmpuint (imp_er7_n_segments (er7), ==, 3);
  g_assert_cmpuint (nte->n_fields, ==, 4);
  assert_text (imp_er7_field (er7, nte, 3), "一行目\r二行目\r\r三行目");
  assert_text (imp_er7_get (er7, nte, 3, 1), "一行目\n二行目\n\n三行目");
  assert_text (imp_er7_field (er7, nte, 4), "RE");
  assert_text (nte->whole, "NTE|1||一行目\r二行目\r\r三行目|RE");
  g_assert_cmpuint (imp_er7_segment (er7, 2)->number, ==, 3);
}

static void
test_continuation_kinds (void)
{
  static const struct { const char *line; guint n_segments; } cases[] = {
    { "ZI1|1", 3 },
    { "ZI1", 3 },
    { "zi1|1", 2 },  /* lower case is text */
    { "1PV|1", 2 },
    { " PV1|1", 2 },
    { "PV1 |1", 2 },
    { "PV1^1", 2 },
    { "PV11|", 2 },
    { "OK", 2 },
    { "PV\r", 2 },   /* half a name counts only at the very end */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (MSH "\rPID|1\r%s\r\r", cases[i].line);
      g_autoptr (ImpEr7) er7 = parse (text);

      g_assert_cmpuint (imp_er7_n_segments (er7), ==, cases[i].n_segments);
    }
}

/* Row 20: certain when a name or a character is cut in half; a missing line end alone is only
 * "open", as some writers never end the last line. */
static void
test_truncated (void)
{
  static const struct { const char *tail; gboolean open; gboolean cut; const char *last; } cases[] = {
    { "PID|1\r", FALSE, FALSE, "PID" },
    { "PID|1", TRUE, FALSE, "PID" },
    { "PID", TRUE, FALSE, "PID" },
    { "PID|1\rOB", TRUE, TRUE, "OB" },
    { "PID|1\rO", TRUE, TRUE, "O" },
    { "PID|1\rOK", TRUE, FALSE, "PID" }, /* no beginning of a segment of SS-MIX2: text */
    { "PID|患" LOST, TRUE, TRUE, "PID" },
    { "PID|患" LOST "\r", FALSE, FALSE, "PID" },
    { "PID|1\rOB\r\r\n ", FALSE, FALSE, "PID" }, /* ended, and blanks behind */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (MSH "\r", cases[i].tail, NULL);
      g_autoptr (ImpEr7) er7 = parse (text);
      const ImpSegment *last = imp_er7_segment (er7, imp_er7_n_segments (er7) - 1);

      g_assert_cmpstr (last->name, ==, cases[i].last);
      g_assert_cmpint (last->open, ==, cases[i].open);
      g_assert_cmpint (last->cut, ==, cases[i].cut);
      g_assert_false (imp_er7_segment (er7, 0)->open);
    }
}

/* Row 19: two messages in one file; a bare MSH line is junk and stays inside the first. */
static void
test_doubled_msh (void)
{
  static const struct { const char *text; guint n; gsize offsets[3]; } cases[] = {
    { "MSH|^~\\&|||||||A|\rPID|1\r", 1, { 0 } },
    { "MSH|^~\\&|||||||A|\rPID|1\rMSH|^~\\&|||||||B|\rPID|2\r", 2, { 0, 24 } },
    { "\r\nMSH|^~\\&|||||||A|\nMSH|^~\\&|||||||B\n", 2, { 0, 20 } },
    { "MSH|^~\\&|||||||A|\rMSH\rPID|1\r", 1, { 0 } },
    { "MSH|^~\\&|||||||A|\rMSH|^~\\&\rPID|1\r", 1, { 0 } },
    { "MSH|^~\\&|||||||A|\rNTE|text MSH|^~\\&|||||||B\r", 1, { 0 } },
    { "MSH#^~\\&#######A#\rMSH|^~\\&|||||||B", 2, { 0, 18 } },
    { "PID|1\rMSH|^~\\&|||||||B|\r", 0, { 0 } },
    { "MSH\rMSH|^~\\&|||||||B|\r", 0, { 0 } },
    { "", 0, { 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) offsets = imp_er7_split_messages (cases[i].text, strlen (cases[i].text));

      g_assert_cmpuint (offsets->len, ==, cases[i].n);
      for (guint k = 0; k < offsets->len; k++)
        g_assert_cmpuint (g_array_index (offsets, gsize, k), ==, cases[i].offsets[k]);
    }
}

static void
test_bare_msh_inside (void)
{
  g_autoptr (ImpEr7) er7 = parse (MSH "\rPID|1\rMSH\rPV1|2\r");

  g_assert_cmpuint (imp_er7_n_segments (er7), ==, 4);
  g_assert_cmpstr (imp_er7_segment (er7, 2)->name, ==, "MSH");
  g_assert_cmpuint (imp_er7_segment (er7, 2)->n_fields, ==, 0);
  assert_field (er7, "PV1", 1, "2");
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "", "\r\n", "MSH", "MSH|", "MSH|^~\\&|", "PID|1\r", "MSH|^~\\&|3|4|5|6|7|8", "<xml/>", "msh|^~\\&||||||||",
    "MSHA^~\\&AAAAAAAA", "MSH ^~\\&        ", LOST "SH|", "BHS|^~\\&|||||||",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ImpEr7) er7 = imp_er7_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (imp_er7_parse (er7, cases[i], strlen (cases[i]), &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
      g_assert_cmpuint (imp_er7_n_segments (er7), ==, 0);
    }
}

static void
test_leading_blanks (void)
{
  static const char *const leads[] = { "", "\r\n", "  \t", "\xEF\xBB\xBF", "\r\n\xEF\xBB\xBF", "\x0B" };

  for (gsize i = 0; i < G_N_ELEMENTS (leads); i++)
    {
      g_autofree char *text = g_strconcat (leads[i], MSH "\rPID|1\r", NULL);
      g_autoptr (ImpEr7) er7 = parse (text);

      assert_field (er7, "MSH", 12, "2.5");
      assert_field (er7, "PID", 1, "1");
    }
}

/* HL7 v2.5 MSH-2, and what is found in its place. */
static void
test_delimiters (void)
{
  static const struct { const char *msh2; const char *field; const char *parts[4]; } cases[] = {
    /* second repetition, its second component, subcomponent 2 of that, unescaped */
    { "^~\\&", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "#*!%", "a*b#c%d!F!", { "b#c%d!F!", "c%d!F!", "d!F!", "d|" } },
    { "^~¥&", "a~b^c&d¥F¥\\", { "b^c&d¥F¥\\", "c&d¥F¥\\", "d¥F¥\\", "d|\\" } },
    { "^~\\\\&", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "^~\\&#", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "^", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "ABCD", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
    { "^^^^", "a~b^c&d\\F\\", { "b^c&d\\F\\", "c&d\\F\\", "d\\F\\", "d|" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("MSH|%s|||||||A^B\rOBX|%s\r", cases[i].msh2,
                                               cases[i].field);
      g_autoptr (ImpEr7) er7 = parse (text);
      ImpText field = imp_er7_field (er7, imp_er7_segment (er7, 1), 1);
      ImpText repetition = imp_er7_repetition (er7, field, 1);
      ImpText component = imp_er7_component (er7, repetition, 2);
      ImpText leaf = imp_er7_subcomponent (er7, component, 2);

      assert_text (repetition, cases[i].parts[0]);
      assert_text (component, cases[i].parts[1]);
      assert_text (leaf, cases[i].parts[2]);
      assert_text (imp_er7_unescape (er7, leaf, NULL), cases[i].parts[3]);
    }
}

static void
test_parts (void)
{
  g_autoptr (ImpEr7) er7 = parse (MSH "\rOBX|a^^b~~c^d&e&|\r");
  ImpText field = imp_er7_field (er7, imp_er7_segment (er7, 1), 1);
  ImpText empty = imp_er7_field (er7, imp_er7_segment (er7, 1), 2);

  g_assert_cmpuint (imp_er7_n_repetitions (er7, field), ==, 3);
  g_assert_cmpuint (imp_er7_n_repetitions (er7, empty), ==, 0);
  assert_text (imp_er7_repetition (er7, field, 0), "a^^b");
  assert_text (imp_er7_repetition (er7, field, 1), "");
  assert_text (imp_er7_repetition (er7, field, 2), "c^d&e&");
  assert_text (imp_er7_repetition (er7, field, 3), "");
  assert_text (imp_er7_repetition (er7, field, G_MAXUINT), "");
  assert_text (imp_er7_repetition (er7, field, 2), "c^d&e&");
  assert_text (imp_er7_repetition (er7, field, 0), "a^^b"); /* and back */
  assert_text (imp_er7_repetition (er7, (ImpText) { field.text, 4 }, 2), "");
  assert_text (imp_er7_repetition (er7, (ImpText) { field.text, 4 }, 0), "a^^b");
  g_assert_cmpuint (imp_er7_n_components (er7, imp_er7_repetition (er7, field, 0)), ==, 3);
  assert_text (imp_er7_component (er7, imp_er7_repetition (er7, field, 0), 0), "");
  assert_text (imp_er7_component (er7, imp_er7_repetition (er7, field, 0), 2), "");
  assert_text (imp_er7_component (er7, imp_er7_repetition (er7, field, 0), 3), "b");
  assert_text (imp_er7_component (er7, imp_er7_repetition (er7, field, 0), 4), "");
  assert_text (imp_er7_subcomponent (er7, imp_er7_component (er7,
               imp_er7_repetition (er7, field, 2), 2), 2), "e");
  assert_text (imp_er7_subcomponent (er7, imp_er7_component (er7,
               imp_er7_repetition (er7, field, 2), 2), 3), "");
}

/* SS-MIX2 spec 5.2, each row; and what is no escape and stays as it is. */
static void
test_escapes (void)
{
  static const struct { const char *stored; const char *shown; guint n_undecodable; } cases[] = {
    { "a\\F\\b", "a|b", 0 },
    { "a\\S\\b", "a^b", 0 },
    { "a\\T\\b", "a&b", 0 },
    { "a\\R\\b", "a~b", 0 },
    { "a\\E\\b", "a\\b", 0 },
    { "\\E\\F\\E\\", "\\F\\", 0 }, /* what is made is not read again */
    { "\\F\\\\S\\", "|^", 0 },
    { "\\.br\\", "\n", 0 },
    { "a\\.BR\\b", "a\nb", 0 },
    { "a\\.sp\\b", "a\nb", 0 },
    { "a\\.sp2\\b", "a\n\nb", 0 },
    { "a\\.sp 3\\b", "a\n\n\nb", 0 },
    { "a\\.sp+1\\b", "a\nb", 0 },
    { "a\\.in+4\\b", "ab", 0 },
    { "a\\.ti-2\\b", "ab", 0 },
    { "a\\.fi\\b\\.nf\\c\\.ce\\d", "abcd", 0 },
    { "a\\.sk 3\\b", "ab", 0 },
    { "\\H\\a\\N\\", "a", 0 },
    { "a\\X0D\\b", "a\nb", 0 },
    { "a\\X0A\\b", "a\nb", 0 },
    { "a\\X0D0A\\b", "a\nb", 0 },
    { "a\\X0D\\\\X0A\\b", "a\nb", 0 },
    { "\\X41\\", "A", 0 },
    { "\\X7c\\", "|", 0 },
    { "\\X1B2442467C1B2842\\", "日", 0 },
    { "\\X93FA\\", "日", 0 },
    { "\\X00\\", LOST, 1 },
    { "\\X1B\\", LOST, 1 },
    { "a\\C2842\\b", "a\\C2842\\b", 1 },
    { "a\\M2428\\b\\M242844\\", "a\\M2428\\b\\M242844\\", 2 },
    { "a\\Z01\\b", "a\\Z01\\b", 0 },
    /* no escapes */
    { "\\", "\\", 0 },
    { "\\\\", "\\\\", 0 },
    { "\\5,000", "\\5,000", 0 },
    { "\\5,000 \\F\\", "\\5,000 |", 0 },
    { "C:\\dir\\F\\x", "C:\\dir|x", 0 },
    { "\\Q\\", "\\Q\\", 0 },
    { "\\f\\", "\\f\\", 0 },
    { "\\X4\\", "\\X4\\", 0 },
    { "\\X4G\\", "\\X4G\\", 0 },
    { "\\X\\", "\\X\\", 0 },
    { "\\.sp100\\", "\\.sp100\\", 0 },
    { "\\.xx\\", "\\.xx\\", 0 },
    { "\\.br2\\", "\\.br2\\", 0 },
    { "\\.\\", "\\.\\", 0 },
    { "\\C28\\", "\\C28\\", 0 },
    { "\\F", "\\F", 0 },
    { "a\r\nb\rc\nd", "a\nb\nc\nd", 0 },
    { "¥F¥", "¥F¥", 0 }, /* the yen sign is text unless MSH-2 says so */
  };
  g_autoptr (ImpEr7) er7 = parse (MSH "\r");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpText leaf = { cases[i].stored, strlen (cases[i].stored) };
      guint n_undecodable = 0;

      assert_text (imp_er7_unescape (er7, leaf, &n_undecodable), cases[i].shown);
      g_assert_cmpuint (n_undecodable, ==, cases[i].n_undecodable);
    }
}

static void
test_get (void)
{
  static const struct { guint field; guint component; const char *expected; } cases[] = {
    { 1, 1, "" },        { 2, 1, "x" }, { 2, 2, "" }, { 3, 1, "" }, { 4, 1, "a|b" },
    { 5, 1, "患者" },    { 5, 2, "太郎" }, { 6, 1, "" }, { 6, 2, "c" }, { 99, 1, "" },
    { 7, 1, "\"\"a" },
  };
  g_autoptr (ImpEr7) er7 =
      parse (MSH "\rOBX||x~y^z|\"\"| a\\F\\b |　患者　^太郎 |\"\"^c|\"\"a\r");
  const ImpSegment *obx = imp_er7_segment (er7, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (imp_er7_get (er7, obx, cases[i].field, cases[i].component), cases[i].expected);
  g_assert_true (imp_text_is_null (imp_er7_field (er7, obx, 3)));
  g_assert_false (imp_text_is_null (imp_er7_field (er7, obx, 7)));
  g_assert_false (imp_text_is_null (IMP_TEXT_EMPTY));
}

static void
test_text (void)
{
  static const struct { const char *text; const char *trimmed; } cases[] = {
    { "", "" }, { " ", "" }, { "　", "" }, { " 　 a b　\t ", "a b" }, { "a", "a" },
    { "\r\na\r\n", "a" }, { "　　", "" }, { "あ", "あ" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (imp_text_trim ((ImpText) { cases[i].text, strlen (cases[i].text) }),
                 cases[i].trimmed);
  g_assert_true (imp_text_equal (IMP_TEXT_EMPTY, ""));
  g_assert_true (imp_text_equal ((ImpText) { "CAX", 2 }, "CA"));
  g_assert_false (imp_text_equal ((ImpText) { "CAX", 3 }, "CA"));
  g_assert_false (imp_text_equal ((ImpText) { "CAX", 1 }, "CA"));
}

/* The ceilings of imp-limits.h. */
static void
test_many_fields (void)
{
  g_autoptr (GString) text = g_string_new (MSH "\rZZZ");
  g_autoptr (ImpEr7) er7 = NULL;
  const ImpSegment *segment;

  for (guint i = 0; i < IMP_MAX_FIELDS + 5; i++)
    g_string_append (text, "|x");
  g_string_append (text, "\rPID|1\r");
  er7 = parse (text->str);
  segment = imp_er7_segment (er7, 1);
  g_assert_cmpuint (segment->n_fields, ==, IMP_MAX_FIELDS);
  assert_text (imp_er7_field (er7, segment, IMP_MAX_FIELDS), "x|x|x|x|x|x");
  assert_field (er7, "PID", 1, "1");
}

static void
test_many_repetitions (void)
{
  g_autoptr (GString) text = g_string_new (MSH "\rZZZ|");
  g_autoptr (ImpEr7) er7 = NULL;
  ImpText field;

  for (guint i = 0; i < IMP_MAX_REPETITIONS + 2; i++)
    g_string_append (text, "~x");
  er7 = parse (text->str);
  field = imp_er7_field (er7, imp_er7_segment (er7, 1), 1);
  g_assert_cmpuint (imp_er7_n_repetitions (er7, field), ==, IMP_MAX_REPETITIONS);
  assert_text (imp_er7_repetition (er7, field, IMP_MAX_REPETITIONS - 1), "x~x~x~x");
  assert_text (imp_er7_repetition (er7, field, IMP_MAX_REPETITIONS), "");
}

static void
test_many_segments (void)
{
  g_autoptr (GString) text = g_string_new (MSH "\r");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpEr7) er7 = imp_er7_new ();

  for (guint i = 0; i < IMP_MAX_SEGMENTS - 1; i++)
    g_string_append (text, "PID\r");
  g_assert_true (imp_er7_parse (er7, text->str, text->len, &error));
  g_assert_cmpuint (imp_er7_n_segments (er7), ==, IMP_MAX_SEGMENTS);
  g_string_append (text, "PID\r");
  g_assert_false (imp_er7_parse (er7, text->str, text->len, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
  g_assert_cmpuint (imp_er7_n_segments (er7), ==, 0);
}

static void
test_too_long (void)
{
  g_autoptr (ImpEr7) er7 = imp_er7_new ();
  g_autoptr (GError) error = NULL;

  /* Refused by its length: the text is not read. */
  g_assert_false (imp_er7_parse (er7, MSH, IMP_MAX_TEXT_BYTES + 1, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
}

static void
test_many_messages (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) offsets = NULL;

  for (guint i = 0; i < IMP_MAX_MESSAGES_PER_FILE + 3; i++)
    g_string_append (text, MSH "\r");
  offsets = imp_er7_split_messages (text->str, text->len);
  /* one more, so that the last one has an end */
  g_assert_cmpuint (offsets->len, ==, IMP_MAX_MESSAGES_PER_FILE + 1);
}

/* One parser for many messages: nothing of the one before is left. */
static void
test_reuse (void)
{
  g_autoptr (ImpEr7) er7 = parse (MSH "\rPID|1\rPV1|2\r");
  const char *next = "MSH#*~\\&#######A*B\rPID#a\\S\\b\r";

  imp_er7_unescape (er7, (ImpText) { "\\F\\", 3 }, NULL);
  g_assert_true (imp_er7_parse (er7, next, strlen (next), NULL));
  g_assert_cmpuint (imp_er7_n_segments (er7), ==, 2);
  assert_text (imp_er7_get (er7, imp_er7_segment (er7, 0), 9, 2), "B");
  assert_text (imp_er7_get (er7, imp_er7_segment (er7, 1), 1, 1), "a*b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/er7/msh-counting", test_msh_counting);
  g_test_add_func ("/importer/spec8/19-line-ends-and-empty-segments", test_line_ends);
  g_test_add_func ("/importer/spec8/19-doubled-msh", test_doubled_msh);
  g_test_add_func ("/importer/spec8/19-bare-msh", test_bare_msh_inside);
  g_test_add_func ("/importer/spec8/20-truncated", test_truncated);
  g_test_add_func ("/importer/er7/continuation", test_continuation);
  g_test_add_func ("/importer/er7/continuation-kinds", test_continuation_kinds);
  g_test_add_func ("/importer/er7/refused", test_refused);
  g_test_add_func ("/importer/er7/leading-blanks", test_leading_blanks);
  g_test_add_func ("/importer/er7/delimiters", test_delimiters);
  g_test_add_func ("/importer/er7/parts", test_parts);
  g_test_add_func ("/importer/er7/escapes", test_escapes);
  g_test_add_func ("/importer/er7/get", test_get);
  g_test_add_func ("/importer/er7/text", test_text);
  g_test_add_func ("/importer/er7/many-fields", test_many_fields);
  g_test_add_func ("/importer/er7/many-repetitions", test_many_repetitions);
  g_test_add_func ("/importer/er7/many-segments", test_many_segments);
  g_test_add_func ("/importer/er7/too-long", test_too_long);
  g_test_add_func ("/importer/er7/many-messages", test_many_messages);
  g_test_add_func ("/importer/er7/reuse", test_reuse);
  return g_test_run ();
}
