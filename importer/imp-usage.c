/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-usage.h"

#include <string.h>

#include "imp-usage-words.h"

#define CODE_LENGTH 16
#define SUPPLEMENT_LENGTH 8

/* A usage in words is a line; something this long is not compared with a code. */
#define MAX_WORDS_BYTES 1000

/* Times of the day in the order of positions 5-9: the reverse of the day. */
enum
{
  SLOT_BEDTIME,
  SLOT_EVENING,
  SLOT_NOON,
  SLOT_MORNING,
  SLOT_RISING,
  N_SLOTS
};

#define SLOT(slot) (1u << (slot))

/* How a meal is meant: positions 5-9, values 1-5 and 9. */
static const char *const meal_words[10] = {
  [1] = "食前", [2] = "食直前", [3] = "食直後", [4] = "食後", [5] = "食後2時間", [9] = "",
};

static const char *const slot_words[N_SLOTS] = {
  [SLOT_BEDTIME] = "就寝前", [SLOT_EVENING] = "夕",   [SLOT_NOON] = "昼",
  [SLOT_MORNING] = "朝",     [SLOT_RISING] = "起床時",
};

/* One decoded code. Zero and NULL: the code does not say. */
typedef struct
{
  const char *route;
  guint times_a_day;
  guint slots;             /* SLOT () bits */
  char meals[N_SLOTS];     /* values of positions 5-9 */
  const char *event;
  guint interval_hours;    /* between doses, equal */
  guint least_hours;       /* PRN */
  guint most_times;        /* PRN, a day */
} Usage;

/* 1-9, A = 10, C = 12 (SS-MIX2 spec 4.9, positions 4, 8, 9). Returns: 0 for anything else */
static guint
read_count (char c)
{
  if (c >= '1' && c <= '9')
    return (guint) (c - '0');
  return c == 'A' ? 10 : c == 'C' ? 12 : 0;
}

static gboolean
is_zero (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (text[i] != '0')
      return FALSE;
  return TRUE;
}

/* Taken, external, injected, instilled; X is unspecified. */
static gboolean
has_route (char c)
{
  return (c >= '1' && c <= '4') || c == 'X';
}

/* Kinds 1 (by meals) and 6 (by the day, without meals). */
static gboolean
read_slots (const char *code, Usage *out)
{
  gboolean by_meals = code[2] == '1';
  guint n = 0;

  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      char value = code[4 + slot];
      gboolean is_meal = slot != SLOT_BEDTIME && slot != SLOT_RISING;
      gboolean fits = is_meal && by_meals ? (value >= '1' && value <= '5') || value == '9'
                                          : value == '9' || (slot == SLOT_BEDTIME && value == '1');

      if (value == '0')
        continue;
      if (!fits)
        return FALSE;
      out->slots |= SLOT (slot);
      out->meals[slot] = value;
      n++;
    }
  return n > 0 && n == out->times_a_day && is_zero (code + 9, 7);
}

static gboolean
read_interval (const char *code, Usage *out)
{
  static const struct { guint times, hours; } known[] = {
    { 2, 12 }, { 3, 8 }, { 4, 6 }, { 6, 4 }, { 8, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].times == out->times_a_day)
      out->interval_hours = known[i].hours;
  return out->interval_hours > 0 && is_zero (code + 4, 12);
}

static gboolean
read_as_needed (const char *code, Usage *out)
{
  out->event = imp_usage_event_word (code + 4);
  out->least_hours = read_count (code[7]);
  out->most_times = read_count (code[8]);
  if (code[3] != '0' || code[6] != '0' || (code[7] != '0' && out->least_hours == 0) ||
      (code[8] != '0' && out->most_times == 0) || !is_zero (code + 9, 7))
    return FALSE;
  return out->event != NULL || out->least_hours > 0 || out->most_times > 0;
}

static gboolean
read_code (ImpText code, Usage *out)
{
  *out = (Usage) { 0 };
  if (code.len != CODE_LENGTH || !has_route (code.text[0]))
    return FALSE;
  out->route = imp_usage_route_word (code.text);
  out->times_a_day = read_count (code.text[3]);
  switch (code.text[2])
    {
    case '1':
    case '6':
      return read_slots (code.text, out);
    case '2':
      return read_interval (code.text, out);
    case '4':
      out->event = imp_usage_event_word (code.text + 4);
      return out->event != NULL && out->times_a_day > 0 && is_zero (code.text + 6, 10);
    case '5':
      return read_as_needed (code.text, out);
    case '7':
      return out->times_a_day > 0 && is_zero (code.text + 4, 12);
    default: /* 3 and 8: clock times and bare intervals are not documented */
      return FALSE;
    }
}

G_GNUC_PRINTF (2, 3)
static void
add_part (GString *words, const char *format, ...)
{
  va_list args;

  if (words->len > 0)
    g_string_append (words, "・");
  va_start (args, format);
  g_string_append_vprintf (words, format, args);
  va_end (args);
}

static void
add_limits (GString *words, const Usage *usage)
{
  if (usage->least_hours > 0)
    add_part (words, "%u時間以上あける", usage->least_hours);
  if (usage->most_times > 0)
    add_part (words, "1日%u回まで", usage->most_times);
}

static void
describe_code (GString *words, const Usage *usage)
{
  if (usage->route != NULL && usage->route[0] != '\0')
    add_part (words, "%s", usage->route);
  if (usage->times_a_day > 0)
    add_part (words, "1日%u回", usage->times_a_day);
  if (usage->interval_hours > 0)
    add_part (words, "%u時間ごと", usage->interval_hours);
  for (int slot = N_SLOTS - 1; slot >= 0; slot--)
    if (usage->slots & SLOT (slot))
      add_part (words, "%s%s", slot_words[slot],
                slot == SLOT_BEDTIME ? "" : meal_words[usage->meals[slot] - '0']);
  if (usage->event != NULL)
    add_part (words, "%s", usage->event);
  add_limits (words, usage);
}

/* W and seven bits from Sunday on. */
static gboolean
describe_weekdays (GString *words, const char *code)
{
  static const char *const days[] = { "日", "月", "火", "水", "木", "金", "土" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (code[1 + i] == '1')
      add_part (words, "%s", days[i]);
    else if (code[1 + i] != '0')
      return FALSE;
  if (words->len == 0)
    return FALSE;
  g_string_append (words, "曜日");
  return TRUE;
}

/* 1-9, A = 10 … V = 31. Returns: 0 for anything else */
static guint
read_day (char c)
{
  if (c >= '1' && c <= '9')
    return (guint) (c - '0');
  return c >= 'A' && c <= 'V' ? (guint) (c - 'A') + 10 : 0;
}

/* D, a month or 0 for every month, and up to six days padded with 0. */
static gboolean
describe_days (GString *words, const char *code)
{
  guint month = read_day (code[1]);
  guint n = 0;

  if (month > 12 || (month == 0 && code[1] != '0'))
    return FALSE;
  for (; n < 6 && code[2 + n] != '0'; n++)
    {
      if (read_day (code[2 + n]) == 0)
        return FALSE;
      add_part (words, "%u日", read_day (code[2 + n]));
    }
  if (n == 0 || !is_zero (code + 2 + n, 6 - n))
    return FALSE;
  if (month == 0)
    g_string_prepend (words, "毎月");
  else
    {
      g_autofree char *name = g_strdup_printf ("%u月", month);

      g_string_prepend (words, name);
    }
  return TRUE;
}

static gboolean
describe_supplement (GString *words, ImpText code)
{
  ImpText amount;
  guint nth;

  if (imp_usage_uneven_dose (code, &nth, &amount))
    add_part (words, "%u回目は%.*s", nth, (int) amount.len, amount.text);
  else if (imp_text_equal (code, "I1100000"))
    add_part (words, "1日おき（隔日）");
  else if (imp_text_equal (code, "CW100000"))
    add_part (words, "週1回");
  else if (code.text[0] == 'W')
    return describe_weekdays (words, code.text);
  else if (code.text[0] == 'D')
    return describe_days (words, code.text);
  else
    return FALSE;
  return TRUE;
}

char *
imp_usage_hint (ImpText code)
{
  g_autoptr (GString) words = g_string_new (NULL);
  Usage usage;

  if (code.len == SUPPLEMENT_LENGTH)
    {
      if (!describe_supplement (words, code))
        return NULL;
    }
  else if (read_code (code, &usage))
    describe_code (words, &usage);
  else
    return NULL;
  return g_strdup_printf ("用法コード %.*s＝%s", (int) code.len, code.text, words->str);
}

char *
imp_usage_limit (ImpText code)
{
  g_autoptr (GString) words = g_string_new (NULL);
  Usage usage;

  if (!read_code (code, &usage) || (usage.least_hours == 0 && usage.most_times == 0))
    return NULL;
  add_limits (words, &usage);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

gboolean
imp_usage_uneven_dose (ImpText code, guint *nth, ImpText *amount)
{
  gsize end = 2;

  if (code.len != SUPPLEMENT_LENGTH || code.text[0] != 'V' || code.text[1] < '1' ||
      code.text[1] > '9')
    return FALSE;
  while (end < code.len && g_ascii_isdigit (code.text[end]))
    end++;
  if (end == 2 || code.text[2] == '0') /* "V105NNNN" may be 0.5 */
    return FALSE;
  for (gsize i = end; i < code.len; i++)
    if (code.text[i] != 'N')
      return FALSE;
  *nth = (guint) (code.text[1] - '0');
  *amount = (ImpText) { code.text + 2, end - 2 };
  return TRUE;
}

/* Times of the day a text names. Returns: 0 also when a word is there that may be one of several */
static guint
find_slots (const char *text)
{
  static const struct { const char *word; guint slots; } words[] = {
    { "毎食", SLOT (SLOT_MORNING) | SLOT (SLOT_NOON) | SLOT (SLOT_EVENING) },
    { "朝", SLOT (SLOT_MORNING) },
    { "昼", SLOT (SLOT_NOON) },
    { "夕", SLOT (SLOT_EVENING) },
    { "就寝", SLOT (SLOT_BEDTIME) },
    { "眠前", SLOT (SLOT_BEDTIME) },
    { "寝る前", SLOT (SLOT_BEDTIME) },
    { "起床", SLOT (SLOT_RISING) },
  };
  static const char *const unsure[] = { "夜", "晩", "または", "又は", "早朝", "翌", "各食", "食事" };
  guint slots = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (unsure); i++)
    if (strstr (text, unsure[i]) != NULL)
      return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i].word) != NULL)
      slots |= words[i].slots;
  return slots;
}

/* "1日3回". Returns: 0 when the text does not say, or says more than one number */
static guint
find_times_a_day (const char *text)
{
  const char *found = strstr (text, "1日");
  guint64 n;
  char *end;

  if (found == NULL || (found > text && g_ascii_isdigit (found[-1])))
    return 0;
  found += strlen ("1日");
  if (!g_ascii_isdigit (*found) || strstr (found, "1日") != NULL)
    return 0;
  n = g_ascii_strtoull (found, &end, 10);
  return n <= 24 && g_str_has_prefix (end, "回") ? (guint) n : 0;
}

/* Before, after or between meals. Returns: 0 when the text does not say, bits 1, 2, 4 */
static guint
find_meal_relation (const char *text)
{
  guint found = 0;

  if (strstr (text, "食前") != NULL || strstr (text, "食直前") != NULL)
    found |= 1;
  if (strstr (text, "食直後") != NULL)
    found |= 2;
  for (const char *p = strstr (text, "食後"); p != NULL; p = strstr (p + 1, "食後"))
    found |= g_str_has_prefix (p, "食後2時間") ? 4 : 2;
  if (strstr (text, "食間") != NULL)
    found |= 4;
  return found;
}

static guint
get_meal_relation (const Usage *usage)
{
  static const guint relations[6] = { 0, 1, 1, 2, 2, 4 };
  guint found = 0;

  for (guint slot = SLOT_EVENING; slot <= SLOT_MORNING; slot++)
    if (usage->meals[slot] >= '1' && usage->meals[slot] <= '5')
      found |= relations[usage->meals[slot] - '0'];
  return found;
}

/* Kana, kanji, and the comma, the full stop and the dot of Japanese: NFKC leaves them as they are,
 * and what it composes with them (marks of voicing) is not among them. */
static gboolean
is_settled (gunichar c)
{
  return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC) ||
         (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3001 || c == 0x3002;
}

/* NFKC of a text in which only digits, letters, signs and blanks are full width, as nearly all
 * usages are. Returns: (transfer full) (nullable): %NULL where there is anything else */
static char *
narrow (ImpText text)
{
  char *out = g_malloc (text.len + 1);
  const char *end = text.text + text.len;
  char *to = out;
  gunichar c;

  for (const char *p = text.text; p < end; p = g_utf8_next_char (p))
    {
      c = g_utf8_get_char_validated (p, end - p);
      if (c >= 0xFF01 && c <= 0xFF5E)
        *to++ = (char) (c - 0xFF01 + '!');
      else if (c == 0x3000)
        *to++ = ' ';
      else if (c > 0 && (c < 0x80 || is_settled (c)))
        to += g_unichar_to_utf8 (c, to);
      else
        {
          g_free (out);
          return NULL;
        }
    }
  *to = '\0';
  return out;
}

/* (transfer full) (nullable): １ as 1; %NULL where it is no text */
static char *
normalize (ImpText text)
{
  char *words = narrow (text);
  g_autofree char *copy = NULL;

  if (words != NULL)
    return words;
  copy = imp_text_dup (text);
  return g_utf8_normalize (copy, -1, G_NORMALIZE_NFKC);
}

gboolean
imp_usage_contradicts (ImpText code, ImpText text)
{
  g_autofree char *words = NULL;
  Usage usage;
  guint said, coded;

  if (text.len > MAX_WORDS_BYTES || !read_code (code, &usage))
    return FALSE;
  words = normalize (text);
  if (words == NULL)
    return FALSE;
  said = find_slots (words);
  if (said != 0 && usage.slots != 0 && said != usage.slots)
    return TRUE;
  said = find_meal_relation (words);
  coded = get_meal_relation (&usage);
  if (said != 0 && coded != 0 && said != coded)
    return TRUE;
  said = find_times_a_day (words);
  coded = usage.times_a_day > 0 ? usage.times_a_day : usage.most_times;
  return said != 0 && coded != 0 && said != coded;
}
