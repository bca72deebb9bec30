/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort.h"

#include <string.h>

#include "disc-name-match.h"

typedef struct
{
  const char *text;
  DiscOperator op;
} Sign;

/* Longer ones first. */
static const Sign signs[] = {
  { ">=", DISC_OPERATOR_GREATER_EQUAL },
  { "=>", DISC_OPERATOR_GREATER_EQUAL },
  { "<=", DISC_OPERATOR_LESS_EQUAL },
  { "=<", DISC_OPERATOR_LESS_EQUAL },
  { "≧", DISC_OPERATOR_GREATER_EQUAL },
  { "≥", DISC_OPERATOR_GREATER_EQUAL },
  { "≦", DISC_OPERATOR_LESS_EQUAL },
  { "≤", DISC_OPERATOR_LESS_EQUAL },
  { "＞＝", DISC_OPERATOR_GREATER_EQUAL },
  { "＜＝", DISC_OPERATOR_LESS_EQUAL },
  { ">", DISC_OPERATOR_GREATER },
  { "＞", DISC_OPERATOR_GREATER },
  { "<", DISC_OPERATOR_LESS },
  { "＜", DISC_OPERATOR_LESS },
  { "=", DISC_OPERATOR_EQUAL },
  { "＝", DISC_OPERATOR_EQUAL },
};

static const Sign words[] = {
  { "以上", DISC_OPERATOR_GREATER_EQUAL },
  { "以下", DISC_OPERATOR_LESS_EQUAL },
  { "未満", DISC_OPERATOR_LESS },
  { "超", DISC_OPERATOR_GREATER },
};

static const Sign *
find_sign (const char *text, const char **at)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
      if (g_str_has_prefix (p, signs[i].text))
        {
          *at = p;
          return &signs[i];
        }
  return NULL;
}

/* Blanks of any width around it gone. */
static char *
trimmed (const char *text, gsize len)
{
  const char *end = text + len;

  while (text < end && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return g_strndup (text, (gsize) (end - text));
}

/* "K 6.0以上": the number is the last word. */
static gboolean
read_words (ViewerCohortQuery *self, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *rest = NULL;
      const char *number;

      if (!g_str_has_suffix (text, words[i].text))
        continue;
      rest = trimmed (text, strlen (text) - strlen (words[i].text));
      number = rest + strlen (rest);
      while (number > rest)
        {
          const char *before = g_utf8_prev_char (number);

          if (g_unichar_isspace (g_utf8_get_char (before)))
            break;
          number = before;
        }
      if (number == rest || !disc_quantity_is_number (number))
        return FALSE;
      self->op = words[i].op;
      self->number = g_strdup (number);
      self->name = trimmed (rest, (gsize) (number - rest));
      return TRUE;
    }
  return FALSE;
}

static void
read_condition (ViewerCohortQuery *self, const char *text)
{
  const char *at = NULL;
  const Sign *sign = find_sign (text, &at);

  if (sign != NULL)
    {
      const char *number = at + strlen (sign->text);

      self->op = sign->op;
      self->number = trimmed (number, strlen (number));
      self->name = trimmed (text, (gsize) (at - text));
    }
  else if (!read_words (self, text))
    self->name = g_strdup (text);
}

ViewerCohortQuery *
viewer_cohort_query_new (ViewerCohortKind kind, const char *text, gboolean is_any)
{
  ViewerCohortQuery *self = g_new0 (ViewerCohortQuery, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = trimmed (valid, strlen (valid));

  self->kind = kind;
  self->is_any = is_any && kind == VIEWER_COHORT_RESULT;
  if (kind == VIEWER_COHORT_RESULT)
    read_condition (self, plain);
  else
    self->name = g_strdup (plain);
  return self;
}

ViewerCohortQuery *
viewer_cohort_query_copy (const ViewerCohortQuery *self)
{
  ViewerCohortQuery *copy = g_new (ViewerCohortQuery, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->number = g_strdup (self->number);
  return copy;
}

void
viewer_cohort_query_free (ViewerCohortQuery *self)
{
  g_free (self->name);
  g_free (self->number);
  g_free (self);
}

ViewerCohortReadiness
viewer_cohort_query_readiness (const ViewerCohortQuery *self)
{
  g_autoptr (DiscNameMatch) match =
      disc_name_match_new (self->name, self->kind == VIEWER_COHORT_RESULT);

  if (match == NULL)
    return VIEWER_COHORT_NO_NAME;
  if (self->op != DISC_OPERATOR_NONE && !disc_quantity_is_number (self->number))
    return VIEWER_COHORT_NO_NUMBER;
  return VIEWER_COHORT_READY;
}

const char *
viewer_cohort_operator_text (DiscOperator op)
{
  static const char *const texts[] = {
    [DISC_OPERATOR_NONE] = "",        [DISC_OPERATOR_GREATER_EQUAL] = "≥",
    [DISC_OPERATOR_LESS_EQUAL] = "≤", [DISC_OPERATOR_GREATER] = ">",
    [DISC_OPERATOR_LESS] = "<",       [DISC_OPERATOR_EQUAL] = "=",
  };

  return (guint) op < G_N_ELEMENTS (texts) ? texts[op] : "";
}

char *
viewer_cohort_query_text (const ViewerCohortQuery *self)
{
  if (self->op == DISC_OPERATOR_NONE)
    return g_strdup (self->name);
  return g_strdup_printf ("%s %s %s", self->name, viewer_cohort_operator_text (self->op),
                          self->number);
}
