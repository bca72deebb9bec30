/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-decode.h"
#include "imp-er7.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "imp-usage.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A few of everything is enough: what goes wrong goes wrong early. */
#define MAX_LOOKED_AT 40

static void
check_inside (ImpText part, ImpText whole)
{
  if (part.len == 0)
    return;
  g_assert_true (part.text >= whole.text);
  g_assert_true (part.text + part.len <= whole.text + whole.len);
}

static void
check_leaf (ImpEr7 *er7, ImpText leaf, ImpText whole)
{
  guint n_undecodable = 0;
  ImpText plain = imp_er7_unescape (er7, leaf, &n_undecodable);
  ImpText trimmed = imp_text_trim (plain);
  g_autofree char *copy = imp_text_dup (plain);
  g_autofree char *hint = NULL;
  g_autofree char *limit = NULL;

  check_inside (leaf, whole);
  check_inside (trimmed, plain);
  g_assert_cmpuint (strlen (copy), ==, plain.len);
  g_assert_true (g_utf8_validate_len (copy, plain.len, NULL));
  if (plain.text != leaf.text)
    g_assert_null (memchr (copy, '\r', plain.len));
  g_assert_null (memchr (copy, 0x1B, plain.len));

  hint = imp_usage_hint (leaf);
  limit = imp_usage_limit (leaf);
  g_assert_true (hint == NULL || g_utf8_validate (hint, -1, NULL));
  g_assert_true (limit == NULL || hint != NULL);
  imp_usage_contradicts (leaf, whole);
}

static void
check_component (ImpEr7 *er7, ImpText component)
{
  for (guint n = 1; n <= 3; n++)
    check_leaf (er7, imp_er7_subcomponent (er7, component, n), component);
}

/* Repetitions cover the field: their lengths and the separators between them add up. */
static void
check_field (ImpEr7 *er7, ImpText field)
{
  guint n_repetitions = imp_er7_n_repetitions (er7, field);
  gsize sum = n_repetitions > 0 ? n_repetitions - 1 : 0;

  for (guint n = 0; n < n_repetitions; n++)
    {
      ImpText repetition = imp_er7_repetition (er7, field, n);
      guint n_components = imp_er7_n_components (er7, repetition);

      check_inside (repetition, field);
      sum += repetition.len;
      for (guint c = 1; n < MAX_LOOKED_AT && c <= MIN (n_components, MAX_LOOKED_AT); c++)
        {
          check_inside (imp_er7_component (er7, repetition, c), repetition);
          check_component (er7, imp_er7_component (er7, repetition, c));
        }
      g_assert_cmpuint (imp_er7_component (er7, repetition, n_components + 1).len, ==, 0);
    }
  g_assert_cmpuint (sum, ==, field.len);
  g_assert_cmpuint (imp_er7_repetition (er7, field, n_repetitions).len, ==, 0);
}

/* Fields lie one behind the other, a separator apart, up to the end of the segment. */
static void
check_segment (ImpEr7 *er7, const ImpSegment *segment, ImpText text)
{
  const char *expected = NULL;

  check_inside (segment->whole, text);
  g_assert_true (memcmp (segment->name, segment->whole.text, MIN (segment->whole.len, 3)) == 0);
  g_assert_cmpuint (segment->n_fields, <=, IMP_MAX_FIELDS);
  for (guint f = 1; f <= segment->n_fields; f++)
    {
      ImpText field = imp_er7_field (er7, segment, f);

      g_assert_true (field.text >= segment->whole.text &&
                     field.text + field.len <= segment->whole.text + segment->whole.len);
      if (expected != NULL)
        g_assert_true (field.text == expected);
      expected = field.text + field.len + (f == 1 && field.text == segment->whole.text + 3 &&
                                           strcmp (segment->name, "MSH") == 0 ? 0 : 1);
      if (f > 2 && f <= MAX_LOOKED_AT)
        check_field (er7, field);
      check_inside (imp_text_trim (field), field);
      imp_er7_get (er7, segment, f, 1);
    }
  if (segment->n_fields > 0)
    g_assert_true (expected == segment->whole.text + segment->whole.len + 1);
  g_assert_cmpuint (imp_er7_field (er7, segment, segment->n_fields + 1).len, ==, 0);
}

/* The message written from its segments and read again has the same segments and fields. */
static void
check_stable (const ImpEr7 *er7)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpEr7) second = imp_er7_new ();
  guint n = imp_er7_n_segments (er7);

  for (guint i = 0; i < n; i++)
    {
      ImpText whole = imp_er7_segment (er7, i)->whole;

      g_string_append_len (text, whole.text, (gssize) whole.len);
      if (i + 1 < n || !imp_er7_segment (er7, i)->open)
        g_string_append_c (text, '\r');
    }
  g_assert_true (imp_er7_parse (second, text->str, text->len, NULL));
  g_assert_cmpuint (imp_er7_n_segments (second), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const ImpSegment *a = imp_er7_segment (er7, i);
      const ImpSegment *b = imp_er7_segment (second, i);

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpuint (a->n_fields, ==, b->n_fields);
      g_assert_cmpuint (a->whole.len, ==, b->whole.len);
      g_assert_cmpint (a->cut, ==, b->cut);
    }
}

static void
check_message (const char *text, gsize len)
{
  g_autoptr (ImpEr7) er7 = imp_er7_new ();
  g_autoptr (GError) error = NULL;
  const char *begin = text;

  if (!imp_er7_parse (er7, text, len, &error))
    {
      g_assert_true (g_error_matches (error, IMP_ERROR, IMP_ERROR_UNREADABLE) ||
                     g_error_matches (error, IMP_ERROR, IMP_ERROR_LIMIT));
      g_assert_cmpuint (imp_er7_n_segments (er7), ==, 0);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (imp_er7_n_segments (er7), >=, 1);
  g_assert_cmpuint (imp_er7_segment (er7, 0)->n_fields, >=, 9);
  for (guint i = 0; i < imp_er7_n_segments (er7); i++)
    {
      const ImpSegment *segment = imp_er7_segment (er7, i);

      g_assert_cmpuint (segment->number, ==, i + 1);
      g_assert_true (segment->whole.text >= begin); /* in order, none over another */
      begin = segment->whole.text + segment->whole.len;
      check_segment (er7, segment, (ImpText) { text, len });
    }
  check_stable (er7);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) offsets = NULL;
  g_autofree char *exact = NULL;
  ImpDecodeResult result;
  gsize len;

  imp_decode (data, size, text, &result);
  len = text->len;
  exact = g_memdup2 (text->str, len); /* without the NUL behind it, so that overruns show */
  offsets = imp_er7_split_messages (exact != NULL ? exact : "", len);
  g_assert_cmpuint (offsets->len, <=, IMP_MAX_MESSAGES_PER_FILE + 1);
  for (guint i = 0; i < offsets->len; i++)
    {
      gsize begin = g_array_index (offsets, gsize, i);
      gsize end = i + 1 < offsets->len ? g_array_index (offsets, gsize, i + 1) : len;

      g_assert_cmpuint (begin, <, end);
      g_assert_true (i > 0 || begin == 0);
      check_message (exact + begin, end - begin);
    }
  if (offsets->len != 1)
    check_message (exact != NULL ? exact : "", len);
  return 0;
}
