/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-drug-name.h"

#include <string.h>

/* Letters of a stem that are compared; a longer one is cut. */
#define MAX_LETTERS 40

/* Words that end the part of a name that tells the drug. None of them stands within a name of one.
 */
static const char *const forms[] = {
  "錠",         "カプセル", "散",         "細粒",     "顆粒",   "ドライシロップ", "シロップ",
  "内用",       "内服",     "注",         "静注",     "筋注",   "点滴",           "皮下",
  "点眼",       "点鼻",     "点耳",       "眼軟膏",   "軟膏",   "クリーム",       "ローション",
  "ゼリー",     "テープ",   "パップ",     "貼付",     "坐剤",   "坐薬",           "吸入",
  "エアゾール", "液",       "エリキシル", "腸溶",     "徐放",   "口腔内崩壊",     "舌下",
  "チュアブル", "フィルム", "キット",     "シリンジ", "配合",   "トローチ",       "うがい",
  "外用",       "スプレー", "原末",       "懸濁",     "バッグ", "輸液",
};

char *
viewer_drug_name_fold (const char *name)
{
  g_autofree char *wide = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = wide != NULL ? g_utf8_casefold (wide, -1) : NULL;
  GString *out = g_string_new (NULL);

  if (lower == NULL)
    return g_string_free (out, FALSE);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
  return g_string_free (out, FALSE);
}

/* Past marks and whole brackets: 【般】, ★, (局). */
static const char *
skip_front (const char *p)
{
  static const struct
  {
    const char *open, *close;
  } brackets[] = {
    { "【", "】" }, { "(", ")" },   { "[", "]" },   { "〔", "〕" },
    { "<", ">" },   { "〈", "〉" }, { "「", "」" },
  };

  while (*p != '\0')
    {
      const char *past = NULL;

      for (guint i = 0; past == NULL && i < G_N_ELEMENTS (brackets); i++)
        if (g_str_has_prefix (p, brackets[i].open) && strstr (p, brackets[i].close) != NULL)
          past = strstr (p, brackets[i].close) + strlen (brackets[i].close);
      if (past == NULL && !g_unichar_isalnum (g_utf8_get_char (p)))
        past = g_utf8_next_char (p);
      if (past == NULL)
        break;
      p = past;
    }
  return p;
}

static gboolean
begins_form (const char *p)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_prefix (p, forms[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_kana (gunichar c)
{
  return c >= 0x3041 && c <= 0x30ff && c != 0x30fb; /* not ・ */
}

static void
drop_latin_end (GString *stem)
{
  gsize end = stem->len;

  while (end > 0 && g_ascii_isalpha (stem->str[end - 1]))
    end--;
  if (end > 0 && end < stem->len && is_kana (g_utf8_get_char (g_utf8_prev_char (stem->str + end))))
    g_string_truncate (stem, end);
}

char *
viewer_drug_name_stem (const char *name)
{
  g_autofree char *folded = viewer_drug_name_fold (name);
  const char *start = skip_front (folded);
  GString *stem = g_string_new (NULL);

  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c) || g_utf8_strchr ("([<{【「〔〈%", -1, c) != NULL)
        break;
      if (p > start && begins_form (p))
        break;
      if (g_unichar_isalpha (c) || c == 0x30fc)
        g_string_append_unichar (stem, c);
    }
  drop_latin_end (stem);
  return g_string_free (stem, FALSE);
}

char **
viewer_drug_name_starts (const char *name)
{
  g_autofree char *wide = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);
  GPtrArray *starts = g_ptr_array_new ();
  gboolean is_start = TRUE;

  for (const char *p = wide != NULL ? wide : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_letter = g_unichar_isalnum (c) || c == 0x30fc;

      if (is_letter && is_start)
        g_ptr_array_add (starts, viewer_drug_name_fold (p));
      is_start = !is_letter;
    }
  g_ptr_array_add (starts, NULL);
  return (char **) g_ptr_array_free (starts, FALSE);
}

gboolean
viewer_drug_starts_with (char **starts, const char *folded)
{
  for (guint i = 0; *folded != '\0' && starts[i] != NULL; i++)
    if (g_str_has_prefix (starts[i], folded))
      return TRUE;
  return FALSE;
}

gboolean
viewer_drug_name_begins (const char *name, const char *folded)
{
  g_auto (GStrv) starts = viewer_drug_name_starts (name);

  return viewer_drug_starts_with (starts, folded);
}

/* ---- likeness ------------------------------------------------------------------------------- */

static gboolean
same_first_kana (const gunichar *a, glong n_a, const gunichar *b, glong n_b)
{
  if (n_a < 3 || n_b < 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (a[i] != b[i] || !is_kana (a[i]))
      return FALSE;
  return TRUE;
}

/* Letters to be changed, lost or added from one to the other. */
static guint
distance (const gunichar *a, glong n_a, const gunichar *b, glong n_b)
{
  guint row[MAX_LETTERS + 1];

  for (glong k = 0; k <= n_b; k++)
    row[k] = (guint) k;
  for (glong i = 1; i <= n_a; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (glong k = 1; k <= n_b; k++)
        {
          guint changed = diagonal + (a[i - 1] != b[k - 1]);

          diagonal = row[k];
          row[k] = MIN (changed, MIN (row[k], row[k - 1]) + 1);
        }
    }
  return row[n_b];
}

gboolean
viewer_drug_name_is_like (const char *a, const char *b)
{
  glong n_a, n_b;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &n_a);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &n_b);
  glong shorter;
  guint steps;

  n_a = MIN (n_a, MAX_LETTERS);
  n_b = MIN (n_b, MAX_LETTERS);
  shorter = MIN (n_a, n_b);
  if (shorter == 0)
    return FALSE;
  if (strcmp (a, b) == 0 || same_first_kana (x, n_a, y, n_b))
    return TRUE;
  if (shorter < 3)
    return FALSE;
  steps = distance (x, n_a, y, n_b);
  return steps <= 1 || (steps == 2 && shorter >= 5);
}
