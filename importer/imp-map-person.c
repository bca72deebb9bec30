/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

static gboolean
is_kana_only (ImpText text)
{
  const char *p = text.text;
  const char *end;

  if (text.len == 0)
    return FALSE;

  end = p + text.len;
  while (p < end)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      /* An invalid character is a very large number here. */
      if (!((c >= 0x3040 && c <= 0x30FF) || (c >= 0xFF61 && c <= 0xFF9F) || c == 0x3000 ||
            c == ' '))
        return FALSE;
      p = g_utf8_next_char (p);
    }

  return TRUE;
}

/* XPN-8, or one place to the left as one generator writes it (SS-MIX2 spec 4.1); 0 if neither. */
static char
stated_representation (ImpMapper *self, ImpText repetition)
{
  for (guint n = 8; n >= 7; n--)
    {
      ImpText code =
          imp_text_trim (imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n)));

      if (imp_text_is_one_of (code, "I P A"))
        return g_ascii_toupper (code.text[0]);
    }

  return 0;
}

/* Whether another repetition holds the name, so that one of kana alone is how it is read. */
static gboolean
has_other_script (ImpMapper *self, ImpText field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, field);
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText name = imp_mapper_person (self, repetition, 1);
      char stated = stated_representation (self, repetition);

      if (name.len > 0 && (stated == 'I' || (stated == 0 && !is_kana_only (name))))
        return TRUE;
    }

  return FALSE;
}

/* SS-MIX2 spec 5.8: by XPN-8, else by script; of two names in kana the first is the name. */
static char
representation_of (ImpMapper *self, ImpText field, ImpText repetition, gboolean is_first)
{
  char stated = stated_representation (self, repetition);

  if (stated != 0)
    return stated;
  if (!is_kana_only (imp_mapper_person (self, repetition, 1)))
    return 'I';
  return is_first && !has_other_script (self, field) ? 'I' : 'P';
}

ImpText
imp_mapper_patient_name (ImpMapper *self, const ImpSegment *segment, guint field,
                         char representation)
{
  ImpText whole = imp_er7_field (self->er7, segment, field);
  ImpRepetitions repetitions;
  ImpText repetition;
  gboolean is_first = TRUE;

  imp_repetitions_init (&repetitions, self, whole);
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      if (imp_mapper_person (self, repetition, 1).len == 0)
        continue;
      if (representation_of (self, whole, repetition, is_first) == representation)
        return imp_mapper_person (self, repetition, 1);
      is_first = FALSE;
    }

  return IMP_TEXT_EMPTY;
}

void
imp_mapper_add_patient_names (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                              guint field)
{
  static const struct
  {
    char representation;
    DiscField field;
  } kinds[] = {
    { 'I', DISC_FIELD_NAME },
    { 'P', DISC_FIELD_KANA },
    { 'A', DISC_FIELD_ALPHABETIC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    imp_add (to, kinds[i].field,
             imp_mapper_patient_name (self, segment, field, kinds[i].representation));
  imp_mapper_keep_further_names (self, to, segment, field);
}

void
imp_mapper_keep_further_names (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                               guint field)
{
  static const char representations[] = "IPA";
  ImpText whole = imp_er7_field (self->er7, segment, field);
  gboolean is_first = TRUE;
  guint met[3] = { 0, 0, 0 };
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, whole);
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      const char *kind;

      if (imp_mapper_person (self, repetition, 1).len == 0)
        continue;
      kind = strchr (representations, representation_of (self, whole, repetition, is_first));
      is_first = FALSE;
      if (kind != NULL && met[kind - representations]++ > 0)
        imp_mapper_keep_repetition (self, to, segment, field, repetition);
    }
}

/* The names of a field of XCN as they are shown, without blanks: some systems write none. */
static char *
staff_names (ImpMapper *self, const ImpSegment *segment, guint field)
{
  GString *names = g_string_new (NULL);
  ImpRepetitions repetitions;
  ImpText repetition;
  guint n = 0;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText name;

      if (imp_mapper_is_kana_of_person (self, repetition, n++))
        continue;
      name = imp_mapper_staff (self, repetition);
      for (gsize i = 0; i < name.len; i++)
        if (name.text[i] == ' ')
          continue;
        else if (i + 3 <= name.len && memcmp (name.text + i, "\xE3\x80\x80", 3) == 0)
          i += 2;
        else
          g_string_append_c (names, name.text[i]);
      g_string_append_c (names, '\n');
    }
  return g_string_free (names, FALSE);
}

gboolean
imp_mapper_are_same_staff (ImpMapper *self, const ImpSegment *a, guint a_field, const ImpSegment *b,
                           guint b_field)
{
  g_autofree char *a_names = NULL;
  g_autofree char *b_names = NULL;

  if (imp_texts_equal (imp_er7_field (self->er7, a, a_field),
                       imp_er7_field (self->er7, b, b_field)))
    return TRUE;
  a_names = staff_names (self, a, a_field);
  b_names = staff_names (self, b, b_field);
  return strcmp (a_names, b_names) == 0;
}

/* XAD: 8 is the whole address; else prefecture, city, other, street (SS-MIX2 spec 4.1). */
static ImpText
address_parts (ImpMapper *self, ImpText repetition)
{
  static const guint8 parts[] = { 4, 3, 2, 1 };

  g_string_truncate (self->scratch, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      ImpText text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, parts[i]));

      if (text.len > 0 && self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
    }
  return (ImpText){ self->scratch->str, self->scratch->len };
}

/* Whether the whole address holds each of its parts, as it mostly does. */
static gboolean
holds_parts (ImpMapper *self, ImpText whole, ImpText repetition)
{
  for (guint n = 1; n <= 4; n++)
    {
      ImpText part = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));

      if (part.len > 0 && !imp_text_contains (whole, part))
        return FALSE;
    }
  return TRUE;
}

void
imp_mapper_label_addresses (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                            const char *postal_label, const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText whole = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 8));

      imp_mapper_labelled (self, to, label, whole);
      if (!holds_parts (self, whole, repetition))
        imp_mapper_labelled (self, to, label, address_parts (self, repetition));
      imp_mapper_labelled (self, to, postal_label,
                           imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 5)));
    }
}

void
imp_mapper_add_addresses (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                          guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText whole = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 8));

      imp_add (to, DISC_FIELD_ADDRESS, whole);
      if (!holds_parts (self, whole, repetition))
        imp_add (to, DISC_FIELD_ADDRESS, address_parts (self, repetition));
      imp_add (to, DISC_FIELD_POSTAL_CODE,
               imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 5)));
    }
}

/* XTN: 12 or 1 is the number as one text; else it is 6 and 7 (SS-MIX2 spec 4.1). */
static ImpText
parted_number (ImpMapper *self, ImpText repetition)
{
  ImpText area = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 6));
  ImpText local = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 7));

  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, area.text, (gssize) area.len);
  if (area.len > 0 && local.len > 0)
    g_string_append_c (self->scratch, '-');
  g_string_append_len (self->scratch, local.text, (gssize) local.len);
  return (ImpText){ self->scratch->str, self->scratch->len };
}

/* Whether @number has the digits of both parts, however they are written. */
static gboolean
holds_number (ImpMapper *self, ImpText number, ImpText repetition)
{
  for (guint n = 6; n <= 7; n++)
    {
      ImpText part = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));

      if (part.len > 0 && !imp_text_contains (number, part))
        return FALSE;
    }
  return TRUE;
}

static void
add_phone (ImpMapper *self, DiscRecordBuilder *to, ImpText repetition)
{
  static const struct
  {
    guint8 component;
    const char *label;
  } others[] = {
    { 4, "メールアドレス" },  { 8, "内線" },      { 9, "電話の備考" },
    { 10, "内線の前置番号" }, { 11, "短縮番号" },
  };
  ImpText whole = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 12));
  ImpText old = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 1));

  imp_add (to, DISC_FIELD_PHONE, whole);
  if (!imp_texts_equal (whole, old))
    imp_add (to, DISC_FIELD_PHONE, old);
  if (!holds_number (self, whole.len > 0 ? whole : old, repetition))
    imp_add (to, DISC_FIELD_PHONE, parted_number (self, repetition));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    imp_mapper_labelled (
        self, to, others[i].label,
        imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, others[i].component)));
}

void
imp_mapper_add_phones (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                       guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    add_phone (self, to, repetition);
}
