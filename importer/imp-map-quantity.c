/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-er7-private.h"

/* ---- a unit as text or as code and text ------------------------------------------------------ */

static gunichar
first_char (ImpText text)
{
  return text.len > 0 ? g_utf8_get_char_validated (text.text, (gssize) text.len) : 0;
}

static gboolean
is_digit (gunichar c)
{
  return g_unichar_isdigit (c) || g_unichar_type (c) == G_UNICODE_OTHER_NUMBER;
}

static gboolean
is_operator (gunichar c)
{
  switch (c)
    {
    case '+':
    case '-':
    case '*':
    case '/':
    case '.':
    case 0xB7:   /* middle dot */
    case 0xD7:   /* multiplication sign */
    case 0x2212: /* minus sign */
    case 0xFF0A: /* full width: asterisk, plus, hyphen, full stop, solidus */
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF0E:
    case 0xFF0F:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_of (ImpText text, gboolean (*is_one) (char))
{
  for (gsize i = 0; i < text.len; i++)
    if (!is_one (text.text[i]))
      return FALSE;

  return text.len > 0;
}

static gboolean
is_ascii_digit (char c)
{
  return g_ascii_isdigit (c) != 0;
}

static gboolean
is_capital_or_digit (char c)
{
  return g_ascii_isupper (c) || g_ascii_isdigit (c) || c == '_';
}

static gboolean
is_ascii (char c)
{
  return (guchar) c < 0x80;
}

static gboolean
is_of_system (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '-' || c == '_';
}

/* "10^3/uL", "kg/m^2": @a and @b are a power that the component separator cut in two. */
static gboolean
is_power (ImpText a, ImpText b)
{
  gunichar c = first_char (b);

  return is_of (b, is_ascii_digit) || (a.len >= 2 && memcmp (a.text + a.len - 2, "10", 2) == 0 &&
                                       (is_digit (c) || c == '+' || c == '-'));
}

/* "MG" and "mg", "HON" and "本"; never "g" and "dL". */
static gboolean
is_code_and_text (ImpText code, ImpText text)
{
  gunichar c = first_char (text);

  if (code.len == 0 || text.len == 0)
    return FALSE;
  if (code.len == text.len && g_ascii_strncasecmp (code.text, text.text, code.len) == 0)
    return TRUE;
  if (is_digit (c) || is_operator (c) || !is_of (code, is_ascii))
    return FALSE;
  return !is_of (text, is_ascii) ||
         (code.len >= 2 && g_ascii_isupper (code.text[0]) && is_of (code, is_capital_or_digit));
}

/* How a unit is written (OBX-6, RXE-5: a CWE, and in many storages plain text in which a power of
 * ten brings a component separator with it; SS-MIX2 spec 4.2). */
typedef enum
{
  UNIT_PLAIN,   /* the field as it stands */
  UNIT_CODED,   /* by a coding system that is named */
  UNIT_UNNAMED, /* code and text without one */
} UnitShape;

static UnitShape
shape_of (ImpMapper *self, const ImpCoded *coded)
{
  ImpText code = imp_mapper_leaf (self, coded->part[1]);
  ImpText text = imp_mapper_leaf (self, coded->part[2]);
  ImpText system = imp_mapper_leaf (self, coded->part[3]);

  if (code.len > 0 && text.len > 0 && is_power (code, text))
    return UNIT_PLAIN;
  if (imp_text_looks_like_system (system))
    return UNIT_CODED;
  if (system.len > 0)
    return is_code_and_text (code, text) && is_of (system, is_of_system) ? UNIT_UNNAMED
                                                                         : UNIT_PLAIN;
  return code.len == 0 || text.len == 0 || is_code_and_text (code, text) ? UNIT_UNNAMED
                                                                         : UNIT_PLAIN;
}

ImpText
imp_mapper_unit_text (ImpMapper *self, const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);
  ImpCoded coded;

  imp_mapper_split (self, repetition, &coded);
  return shape_of (self, &coded) == UNIT_PLAIN ? imp_mapper_leaf (self, repetition)
                                               : imp_coded_text (self, &coded);
}

void
imp_mapper_keep_unit_rest (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                           guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;

  if (repetition.len == 0)
    return;
  imp_mapper_split (self, repetition, &coded);
  if (shape_of (self, &coded) != UNIT_PLAIN &&
      imp_coded_other_texts (self, &coded, imp_coded_text (self, &coded), others) > 0)
    imp_mapper_keep_field (self, to, segment, field);
  else
    imp_mapper_keep_beyond (self, to, segment, field, repetition);
}

static void
add_other (ImpMapper *self, DiscRecordBuilder *to, ImpText leaf, ImpText shown)
{
  ImpText text = imp_mapper_leaf (self, leaf);

  if (!imp_texts_equal (text, shown))
    imp_add (to, DISC_FIELD_OTHER_UNIT, text);
}

void
imp_mapper_add_unit (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;
  ImpCoded coded;
  UnitShape shape;
  ImpText text;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  if (!imp_repetitions_next (&repetitions, &repetition))
    return;

  imp_mapper_split (self, repetition, &coded);
  shape = shape_of (self, &coded);
  if (shape == UNIT_PLAIN)
    imp_add (to, as, imp_mapper_leaf (self, repetition));
  else
    {
      text = imp_coded_text (self, &coded);
      imp_add (to, as, text);
      /* A named system explains its code; any other code may say what the text does not. */
      if (shape == UNIT_UNNAMED)
        {
          add_other (self, to, coded.part[1], text);
          add_other (self, to, coded.part[3], text);
        }
      add_other (self, to, coded.part[5], text);
      add_other (self, to, coded.part[9], text);
      add_other (self, to, coded.rest, text);
    }
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_add (to, DISC_FIELD_OTHER_UNIT, imp_mapper_leaf (self, repetition));
}

/* ---- number and unit ------------------------------------------------------------------------- */

/* number^code&text&system, or number^code^text with the wrong separator, or number^unit where a
 * power cuts the unit in two. */
ImpText
imp_mapper_unit (ImpMapper *self, ImpText quantity)
{
  ImpText unit = imp_er7_component (self->er7, quantity, 2);
  ImpText text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 2));
  ImpText code = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 1));
  ImpText next;
  ImpText rest;

  if (text.len > 0)
    return text;

  next = imp_mapper_component (self, quantity, 3);
  if (next.len == 0)
    return code;
  if (code.len == 0)
    return next;
  rest = (ImpText){ unit.text, (gsize) (quantity.text + quantity.len - unit.text) };
  rest = imp_mapper_leaf (self, rest);
  if (is_power (code, next))
    return rest;
  if (imp_mapper_component (self, quantity, 4).len > 0 || is_code_and_text (code, next))
    return next;
  return imp_text_looks_like_system (next) ? code : rest;
}

/* Beside number and unit: other names of the unit, what stands behind it, further quantities. */
static gboolean
says_more (ImpMapper *self, ImpText quantity)
{
  ImpText unit = imp_er7_component (self->er7, quantity, 2);
  gboolean has_text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 2)).len > 0;
  guint n_components = imp_er7_n_components (self->er7, quantity);
  ImpText fourth;

  for (guint i = 4; i <= 10; i++)
    if (imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, i)).len > 0)
      return TRUE;
  if (n_components <= 2)
    return FALSE;
  if (has_text)
    return TRUE;

  /* number^code^text^system */
  fourth = imp_mapper_component (self, quantity, 4);
  return n_components > 4 || (fourth.len > 0 && !imp_text_looks_like_system (fourth));
}

/* A quantity that says more than a number and its unit is kept as it stands, too. */
static void
keep_rest (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, guint field,
           ImpText quantity)
{
  if (memchr (quantity.text, self->er7->component_separator, quantity.len) != NULL &&
      says_more (self, quantity))
    imp_mapper_keep_field (self, to, segment, field);
  else
    imp_mapper_keep_beyond (self, to, segment, field, quantity);
}

void
imp_mapper_add_quantity (ImpMapper *self, DiscRecordBuilder *to, DiscField number_as,
                         DiscField unit_as, const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);

  if (repetition.len == 0)
    return;

  imp_add (to, number_as, imp_mapper_component (self, repetition, 1));
  imp_add (to, unit_as, imp_mapper_unit (self, repetition));
  keep_rest (self, to, segment, field, repetition);
}

void
imp_mapper_labelled_quantity (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                              const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);
  ImpText number;
  ImpText unit;

  if (repetition.len == 0)
    return;

  keep_rest (self, to, segment, field, repetition);
  number = imp_mapper_component (self, repetition, 1);
  unit = imp_mapper_unit (self, repetition);
  if (number.len == 0 && unit.len == 0)
    return;
  g_string_printf (self->scratch, "%.*s%s%.*s", (int) number.len, number.text,
                   number.len > 0 && unit.len > 0 ? " " : "", (int) unit.len, unit.text);
  imp_mapper_labelled (self, to, label, (ImpText){ self->scratch->str, self->scratch->len });
}
