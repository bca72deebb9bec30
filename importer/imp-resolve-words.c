/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve-words.h"

#include <string.h>

#define MAX_SPELLINGS 6

/* Codes of MR9P and the names that hospitals write beside them. Units of activity are not among
 * them: UNT, TUNT and TTUN differ by thousands (spec ss-mix2.md 4.9). */
static const char *const units[][MAX_SPELLINGS + 1] = {
  { "TAB", "錠" },
  { "CAP", "カプセル" },
  { "PCK", "包" },
  { "ML", "mL", "ml", "ミリリットル" },
  { "MG", "mg", "ミリグラム" },
  { "G", "g", "グラム" },
  { "MCG", "μg", "µg", "mcg", "マイクログラム" },
  { "AMP", "管", "アンプル" },
  { "VIL", "バイアル" },
  { "HON", "本" },
  { "BTL", "瓶" },
  { "BAG", "袋" },
  { "KO", "個" },
  { "SHT", "枚" },
  { "SYRG", "シリンジ" },
  { "KIT", "キット" },
  { "DROP", "滴" },
  { "TIME", "回" },
  { "ml/hr", "mL/hr", "mL/h", "ml/h", "ミリリットル／時間", "ミリリッター／時間" },
};

static gboolean
has_spelling (const char *const *spellings, const char *unit)
{
  for (; *spellings != NULL; spellings++)
    if (strcmp (*spellings, unit) == 0)
      return TRUE;
  return FALSE;
}

gboolean
imp_words_same_unit (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (strcmp (a, b) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (has_spelling (units[i], a))
      return has_spelling (units[i], b);
  return FALSE;
}

/* "2026-11-01T10" of "2026-11-01T10:00:00+09:00", "2026-11-01T10:23" of "2026-11-01T10:23:00": what
 * is left is a time of Japan without seconds or minutes of 0. */
static gsize
length_of_time (const char *time)
{
  gsize len = strlen (time);

  if (g_str_has_suffix (time, "+09:00"))
    len -= strlen ("+09:00");
  if (len == strlen ("2026-11-01T10:23:00") && strncmp (time + len - 3, ":00", 3) == 0)
    len -= 3;
  if (len == strlen ("2026-11-01T10:00") && strncmp (time + len - 3, ":00", 3) == 0)
    len -= 3;
  return len;
}

gboolean
imp_words_same_time (const char *a, const char *b)
{
  gsize n;

  if (a == NULL || b == NULL)
    return a == b;
  n = length_of_time (a);
  return n == length_of_time (b) && memcmp (a, b, n) == 0;
}

gboolean
imp_words_same_rate (const DiscItem *item, const DiscItem *copy)
{
  const char *rate = disc_item_value (item, DISC_FIELD_RATE);
  const char *unit = disc_item_value (item, DISC_FIELD_RATE_UNIT);
  const char *copied = disc_item_value (copy, DISC_FIELD_RATE);
  const char *copied_unit = disc_item_value (copy, DISC_FIELD_RATE_UNIT);
  gsize digits;

  if (rate == NULL || copied == NULL)
    return rate == NULL && copied == NULL;
  if (unit != NULL)
    return strcmp (rate, copied) == 0 && imp_words_same_unit (unit, copied_unit);
  digits = strspn (rate, "0123456789.");
  return digits == strlen (copied) && memcmp (rate, copied, digits) == 0 &&
         imp_words_same_unit (rate[digits] != '\0' ? rate + digits : NULL, copied_unit);
}

gboolean
imp_words_same_completion (const char *original, const char *copy)
{
  if (original == NULL || copy == NULL)
    return FALSE;
  return (strcmp (original, "CP") == 0 && strcmp (copy, "completed") == 0) ||
         (strcmp (original, "PA") == 0 && strcmp (copy, "stopped") == 0);
}

gboolean
imp_words_same_component (const char *original, const char *copy)
{
  if (original == NULL || copy == NULL)
    return copy == NULL && (original == NULL || strcmp (original, "添加剤") == 0);
  return strcmp (original, copy) == 0 ||
         (strcmp (original, "基剤") == 0 && strcmp (copy, "基剤（溶媒）") == 0);
}

/* Whether a comment is @text behind a label: "検査目的: X". */
static gboolean
is_labelled (const char *comment, const char *text)
{
  const char *separator = strstr (comment, ": ");

  return separator != NULL && strcmp (separator + strlen (": "), text) == 0;
}

gboolean
imp_words_same_lines (const char *original, const char *copy)
{
  g_auto (GStrv) lines = g_strsplit (original != NULL ? original : "", "\n", -1);
  g_auto (GStrv) copied = g_strsplit (copy, "\n", -1);
  guint i;

  for (i = 0; lines[i] != NULL && copied[i] != NULL; i++)
    if (strcmp (lines[i], copied[i]) != 0 && !is_labelled (lines[i], copied[i]))
      return FALSE;
  return lines[i] == NULL && copied[i] == NULL;
}

static char *
with_narrow_spaces (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "\u3000", -1);

  return g_strjoinv (" ", parts);
}

gboolean
imp_words_same_person (const char *original, const char *copy)
{
  g_autofree char *narrow = with_narrow_spaces (original);
  g_autofree char *copied = with_narrow_spaces (copy);

  return strcmp (narrow, copied) == 0;
}

gboolean
imp_words_same_priority (const char *original, const char *copy)
{
  static const char *const pairs[][2] = { { "R", "routine" }, { "S", "stat" }, { "A", "asap" } };

  if (copy == NULL)
    return TRUE;
  if (original == NULL)
    return strcmp (copy, "routine") == 0;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (original, pairs[i][0]) == 0)
      return strcmp (copy, pairs[i][1]) == 0;
  return strcmp (original, copy) == 0;
}

static gboolean
has_value (const DiscItem *item, DiscField field, const char *text, gsize len)
{
  for (guint i = 0; i < item->n_values; i++)
    if (item->values[i].field == field && strlen (item->values[i].value) == len &&
        memcmp (item->values[i].value, text, len) == 0)
      return TRUE;
  return FALSE;
}

/* "W1000000 日曜日": a usage beside the first, which FHIR has among its instructions. */
static gboolean
is_usage_again (const DiscItem *item, const char *instruction)
{
  const char *space = strchr (instruction, ' ');

  return space != NULL &&
         has_value (item, DISC_FIELD_USAGE_CODE, instruction, (gsize) (space - instruction)) &&
         has_value (item, DISC_FIELD_USAGE, space + 1, strlen (space + 1));
}

static gboolean
is_instruction_of (const DiscItem *copy, const DiscItem *item, const char *usage)
{
  for (guint i = 0; i < copy->n_values; i++)
    if (copy->values[i].field == DISC_FIELD_INSTRUCTION &&
        g_str_has_suffix (copy->values[i].value, usage) &&
        is_usage_again (item, copy->values[i].value))
      return TRUE;
  return FALSE;
}

gboolean
imp_words_same_usage (const DiscItem *item, const DiscItem *copy)
{
  for (guint i = 0; i < item->n_values; i++)
    {
      const char *usage = item->values[i].value;

      if (item->values[i].field == DISC_FIELD_USAGE &&
          !has_value (copy, DISC_FIELD_USAGE, usage, strlen (usage)) &&
          !is_instruction_of (copy, item, usage))
        return FALSE;
    }
  for (guint i = 0; i < copy->n_values; i++)
    if (copy->values[i].field == DISC_FIELD_USAGE &&
        !has_value (item, DISC_FIELD_USAGE, copy->values[i].value, strlen (copy->values[i].value)))
      return FALSE;
  return TRUE;
}

/* "指示日：2026-07-16T14:30:00+09:00" of a resource whose own time is another. */
static gboolean
is_day_of_order (const DiscRecord *record, const char *comment)
{
  return g_str_has_prefix (comment, "指示日：") &&
         imp_words_same_time (comment + strlen ("指示日："),
                              disc_record_value (record, DISC_FIELD_AT));
}

/* Fields of words, not of numbers, codes or times: what stands in one of them is read as well as in
 * another. */
static gboolean
is_of_words (DiscField field)
{
  return field == DISC_FIELD_COMMENT || field == DISC_FIELD_INSTRUCTION ||
         field == DISC_FIELD_METHOD || field == DISC_FIELD_REASON || field == DISC_FIELD_KIND ||
         field == DISC_FIELD_CATEGORY || field == DISC_FIELD_RESTRICTION ||
         field == DISC_FIELD_TEXTURE;
}

/* Labels of comments that come from FHIR, whose words SS-MIX2 has without one. */
static const char *
without_label (const char *comment)
{
  static const char *const labels[] = { "調剤：", "指示：" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_has_prefix (comment, labels[i]))
      return comment + strlen (labels[i]);
  return comment;
}

gboolean
imp_words_said (const DiscRecord *record, const DiscItem *item, const DiscValue *copy)
{
  const char *words;

  if (copy->field != DISC_FIELD_COMMENT && copy->field != DISC_FIELD_INSTRUCTION &&
      copy->field != DISC_FIELD_METHOD && copy->field != DISC_FIELD_REASON)
    return FALSE;
  words = without_label (copy->value);
  for (guint i = 0; i < item->n_values; i++)
    if (is_of_words (item->values[i].field) &&
        (strcmp (item->values[i].value, words) == 0 || is_labelled (item->values[i].value, words)))
      return TRUE;
  return is_day_of_order (record, copy->value) || is_usage_again (item, copy->value);
}

static gboolean
has_text (const DiscItem *item, DiscField field, const char *text)
{
  return has_value (item, field, text, strlen (text));
}

static gboolean
says_of_name (const DiscItem *item, const DiscValue *value)
{
  switch (value->field)
    {
    case DISC_FIELD_NAME:
      return has_text (item, DISC_FIELD_NAME, value->value) ||
             has_text (item, DISC_FIELD_OTHER_NAME, value->value);
    case DISC_FIELD_VALUE:
    case DISC_FIELD_ORGANISM:
      return has_text (item, DISC_FIELD_ORGANISM, value->value);
    case DISC_FIELD_VALUE_CODE:
    case DISC_FIELD_ORGANISM_CODE:
      return has_text (item, DISC_FIELD_ORGANISM_CODE, value->value);
    case DISC_FIELD_CODE: /* of the name, where the row of SS-MIX2 has that of the amount */
    case DISC_FIELD_SYSTEM:
    case DISC_FIELD_STATUS:
    case DISC_FIELD_SUB_ID:
    case DISC_FIELD_CATEGORY:
    case DISC_FIELD_GROUP:
      return TRUE;
    default:
      return has_text (item, value->field, value->value);
    }
}

gboolean
imp_words_names_organism (const DiscItem *item, const DiscItem *copy)
{
  if (disc_item_value (copy, DISC_FIELD_VALUE) == NULL ||
      disc_item_value (copy, DISC_FIELD_ORGANISM) == NULL)
    return FALSE;
  for (guint i = 0; i < copy->n_values; i++)
    if (!says_of_name (item, &copy->values[i]))
      return FALSE;
  return TRUE;
}
