/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

/* RXO: 1 drug, 2/3 amount, 4 unit, 5 form, 6/7 instructions, 11/12 total, 13 refills. */
#define READ_RXO                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) |             \
   IMP_BIT (7) | IMP_BIT (11) | IMP_BIT (12) | IMP_BIT (13))
#define READ_RXR (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (6))

/* ---- do the amounts agree? ------------------------------------------------------------------- */

static gboolean
get_number (ImpMapper *self, const ImpSegment *segment, guint field, double *number)
{
  ImpText text = imp_mapper_code (self, segment, field, 1);
  char digits[24];
  char *end = NULL;

  if (text.len == 0 || text.len >= sizeof digits || !g_ascii_isdigit (text.text[0]))
    return FALSE;
  memcpy (digits, text.text, text.len);
  digits[text.len] = '\0';
  *number = g_ascii_strtod (digits, &end);
  return *end == '\0' && *number > 0;
}

/* Thirds are written as 0.33. */
static gboolean
differ (double a, double b)
{
  double larger = MAX (a, b);

  return larger - MIN (a, b) > larger * 0.02;
}

/* Times a day by position 4 of a JAMI code of kind 1, 2 or 7 (SS-MIX2 spec 4.9); 0 if not said. */
static guint
times_a_day (ImpText code)
{
  if (code.len != 16 || strchr ("127", code.text[2]) == NULL)
    return 0;
  if (g_ascii_isdigit (code.text[3]))
    return (guint) (code.text[3] - '0');
  return code.text[3] == 'A' ? 10 : code.text[3] == 'C' ? 12 : 0;
}

/* A single usage, no smallest and largest dose, no pattern: only then must the amounts agree. */
static gboolean
is_plain (ImpMapper *self, ImpRange range, const ImpSegment *rxe, const ImpSegment *tq1)
{
  ImpText usage = imp_er7_field (self->er7, tq1, 3);

  return imp_er7_n_repetitions (self->er7, usage) == 1 && !imp_mapper_has (self, rxe, 4) &&
         !imp_mapper_has (self, rxe, 7) &&
         imp_mapper_count (self, range, IMP_SEG ('T', 'Q', '1')) == 1;
}

static ImpText
unit_code (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  ImpText unit = imp_er7_component (self->er7, imp_mapper_first (self, segment, field), component);

  return imp_text_trim (imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 1)));
}

/* Only a mark for the reader: nothing is corrected, and nothing is said where units differ. */
static void
check_amounts (ImpMapper *self, DiscRecordBuilder *item, ImpRange range, const ImpSegment *rxe,
               const ImpSegment *tq1)
{
  ImpText per_day_unit = unit_code (self, rxe, 19, 2);
  double per_day, dose, total, days;
  guint times;
  gboolean wrong = FALSE;

  if (tq1 == NULL || per_day_unit.len == 0 || !get_number (self, rxe, 19, &per_day) ||
      !is_plain (self, range, rxe, tq1))
    return;

  times = times_a_day (imp_er7_subcomponent (
      self->er7, imp_er7_component (self->er7, imp_er7_field (self->er7, tq1, 3), 1), 1));
  if (times > 0 && imp_texts_equal (per_day_unit, unit_code (self, rxe, 5, 1)) &&
      get_number (self, rxe, 3, &dose))
    wrong |= differ (dose * times, per_day);
  if (imp_texts_equal (per_day_unit, unit_code (self, rxe, 11, 1)) &&
      get_number (self, rxe, 10, &total) && get_number (self, tq1, 6, &days))
    wrong |= differ (per_day * days, total);
  if (wrong)
    disc_record_builder_add (item, DISC_FIELD_WARNING, "amounts-differ", -1);
}

/* ---- one drug -------------------------------------------------------------------------------- */

static void
add_drug (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxe)
{
  imp_mapper_add_coded (self, item, DISC_FIELD_DRUG, rxe, 2);
  imp_mapper_add_whole (self, item, DISC_FIELD_DOSE, rxe, 3);
  imp_mapper_add_whole (self, item, DISC_FIELD_DOSE_MAX, rxe, 4);
  imp_mapper_add_unit (self, item, DISC_FIELD_DOSE_UNIT, rxe, 5);
  imp_mapper_add_quantity (self, item, DISC_FIELD_PER_DAY, DISC_FIELD_PER_DAY_UNIT, rxe, 19);
  imp_mapper_add_texts (self, item, DISC_FIELD_KIND, rxe, 27);
}

/* The requested drug of OMP^O09 (SS-MIX version 1), by HL7 v2.5's definitions. */
static void
add_requested_drug (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxo)
{
  disc_record_builder_add (item, DISC_FIELD_WARNING, "old-format", -1);
  imp_mapper_add_coded (self, item, DISC_FIELD_DRUG, rxo, 1);
  imp_mapper_add_whole (self, item, DISC_FIELD_DOSE, rxo, 2);
  imp_mapper_add_whole (self, item, DISC_FIELD_DOSE_MAX, rxo, 3);
  imp_mapper_add_unit (self, item, DISC_FIELD_DOSE_UNIT, rxo, 4);
  imp_mapper_add_texts (self, item, DISC_FIELD_FORM, rxo, 5);
  imp_mapper_add_free_texts (self, item, DISC_FIELD_INSTRUCTION, rxo, 6, TRUE);
  imp_mapper_add_free_texts (self, item, DISC_FIELD_INSTRUCTION, rxo, 7, TRUE);
  imp_mapper_add_whole (self, item, DISC_FIELD_TOTAL, rxo, 11);
  imp_mapper_add_unit (self, item, DISC_FIELD_TOTAL_UNIT, rxo, 12);
  imp_mapper_add_whole (self, item, DISC_FIELD_REPEATS, rxo, 13);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxo, READ_RXO);
}

static void
add_route (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxr)
{
  imp_mapper_add_texts (self, item, DISC_FIELD_ROUTE, rxr, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 2);
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 6);
  imp_mapper_add_texts (self, item, DISC_FIELD_DEVICE, rxr, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_METHOD, rxr, 4);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxr, READ_RXR);
}

static void
add_segment (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *segment,
             const ImpSegment *rxe, const ImpSegment *rxo)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('R', 'X', 'E'):
      if (segment == rxe)
        imp_mapper_add_encoded_order (self, item, segment);
      else
        imp_mapper_keep_segment (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment);
      break;
    case IMP_SEG ('R', 'X', 'O'):
      /* Beside RXE it is the order as first asked for: never the drug (SS-MIX2 spec 4). */
      if (segment != rxo)
        imp_mapper_keep_segment (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment);
      break;
    case IMP_SEG ('T', 'Q', '1'):
      imp_mapper_add_timing (self, item, segment);
      break;
    case IMP_SEG ('R', 'X', 'R'):
      add_route (self, item, segment);
      break;
    case IMP_SEG ('O', 'B', 'X'):
      break; /* imp_map_drug_orders() */
    case IMP_SEG ('N', 'T', 'E'):
      if (imp_mapper_note_owner (self, segment->number - 1) == IMP_SEG ('O', 'B', 'X'))
        break; /* the same */
      /* fall through */
    default:
      imp_mapper_stray (self, segment);
      break;
    }
}

/* @range: the segments of one drug; @rxe or @rxo names it. */
static void
add_item (ImpMapper *self, ImpRange range, const ImpSegment *orc, const ImpSegment *rxe,
          const ImpSegment *rxo)
{
  ImpState state = imp_state_of_order (self, orc, self->base);
  const ImpSegment *tq1 = imp_mapper_find (self, range, IMP_SEG ('T', 'Q', '1'));
  DiscRecordBuilder *item = imp_mapper_item (self, DISC_KIND_PRESCRIPTION, state);

  imp_mapper_add_number (self, item, DISC_FIELD_RP, orc, 4);
  imp_mapper_add_whole (self, item, DISC_FIELD_STATUS, orc, 5);
  imp_mapper_add_parents (self, item, orc, NULL);
  if (rxe != NULL)
    {
      add_drug (self, item, rxe);
      check_amounts (self, item, range, rxe, tq1);
    }
  if (rxo != NULL)
    add_requested_drug (self, item, rxo);
  for (guint i = range.first; i < range.end; i++)
    add_segment (self, item, imp_mapper_segment (self, i), rxe, rxo);
}

void
imp_map_prescription (ImpMapper *self, ImpRange block, const ImpSegment *orc)
{
  ImpRange range = { block.first + 1, block.first + 1 };
  const ImpSegment *rxe = NULL;
  const ImpSegment *rxo = NULL;

  /* Normally one drug; should there be more, each RXE begins the next. */
  for (guint i = range.first; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) != IMP_SEG ('R', 'X', 'E'))
        continue;
      if (rxe != NULL)
        {
          range.end = i;
          add_item (self, range, orc, rxe, NULL);
          range.first = i;
        }
      rxe = segment;
    }

  range.end = block.end;
  if (rxe == NULL)
    rxo = imp_mapper_find (self, range, IMP_SEG ('R', 'X', 'O'));
  add_item (self, range, orc, rxe, rxo);
}
