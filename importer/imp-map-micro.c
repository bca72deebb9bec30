/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

/* Bacteriology in OML-11: SS-MIX2 spec 4.12, "Bacteriology". */

/* Rows of one OBX-4. */
typedef struct
{
  const ImpSegment *naming; /* coded: names the organism or the drug */
  const ImpSegment *value;  /* another row, which holds the amount or the MIC */
} Pair;

/* ---- whether it is --------------------------------------------------------------------------- */

/* JLAC10 begins with 6; so does many a local code, which does not count. */
static gboolean
is_jlac10_6 (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  ImpText code = imp_mapper_code (self, segment, field, component);
  ImpText system;

  if (code.len == 0 || code.text[0] != '6')
    return FALSE;
  system = imp_mapper_code (self, segment, field, component + 2);
  return imp_text_is_one_of (system, "JC10") || (system.len == 0 && code.len >= 15);
}

static gboolean
field_is_jlac10_6 (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return is_jlac10_6 (self, segment, field, 1) || is_jlac10_6 (self, segment, field, 4);
}

gboolean
imp_panel_is_microbiology (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx)
{
  if (panel->obr != NULL && panel->asked_obr != panel->obr)
    {
      panel->asked_obr = panel->obr;
      panel->asks_microbiology =
          field_is_jlac10_6 (self, panel->obr, 4) || imp_mapper_has (self, panel->obr, 26);
    }
  return (panel->obr != NULL && panel->asks_microbiology) || field_is_jlac10_6 (self, obx, 3);
}

/* ---- rows that belong together --------------------------------------------------------------- */

static gboolean
is_naming (ImpMapper *self, const ImpSegment *obx)
{
  return imp_text_is_one_of (imp_mapper_get (self, obx, 2, 1), "CWE CE CNE");
}

static GHashTable *
find_pairs (ImpMapper *self, ImpRange rows)
{
  GHashTable *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = rows.first; i < rows.end; i++)
    {
      const ImpSegment *obx = imp_mapper_segment (self, i);
      ImpText sub_id = IMP_TEXT_EMPTY;
      g_autofree char *key = NULL;
      Pair *pair;

      if (imp_segment_code (obx) == IMP_SEG ('O', 'B', 'X') && !imp_mapper_is_file (self, obx))
        sub_id = imp_mapper_code (self, obx, 4, 1);
      if (sub_id.len == 0)
        continue;

      key = imp_text_dup (sub_id);
      pair = g_hash_table_lookup (pairs, key);
      if (pair == NULL)
        {
          pair = g_new0 (Pair, 1);
          g_hash_table_insert (pairs, g_steal_pointer (&key), pair);
        }
      if (!is_naming (self, obx))
        pair->value = pair->value != NULL ? pair->value : obx;
      else if (pair->naming == NULL)
        pair->naming = obx;
    }

  return pairs;
}

static const Pair *
pair_of (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx)
{
  ImpText sub_id = imp_mapper_code (self, obx, 4, 1);
  g_autofree char *key = NULL;

  if (sub_id.len == 0)
    return NULL;
  if (panel->pairs == NULL)
    panel->pairs = find_pairs (self, panel->rows);
  key = imp_text_dup (sub_id);
  return g_hash_table_lookup (panel->pairs, key);
}

static void
remember_organism (ImpMapper *self, ImpPanel *panel, const ImpSegment *naming)
{
  ImpText sub_id = imp_mapper_code (self, naming, 4, 1);

  if (sub_id.len == 0)
    return;
  if (panel->organisms == NULL)
    panel->organisms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (panel->organisms, imp_text_dup (sub_id), (gpointer) naming);
}

/* ---- the item -------------------------------------------------------------------------------- */

/* All that a row names: one may name two organisms. */
static void
add_names (ImpMapper *self, DiscRecordBuilder *item, DiscField as, const ImpSegment *naming)
{
  imp_mapper_add_texts (self, item, as, naming, 5);
}

static void
add_organism_codes (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *naming)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, naming, 5));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_add (item, DISC_FIELD_ORGANISM_CODE, imp_mapper_component (self, repetition, 1));
}

/* OBR-26: item&name&system ^ sub-ID ^ organism; where the organism is left out, the row it names.
 */
static void
add_parent_organism (ImpMapper *self, ImpPanel *panel, DiscRecordBuilder *item)
{
  ImpText organism = imp_mapper_get (self, panel->obr, 26, 3);
  ImpText sub_id = imp_mapper_code (self, panel->obr, 26, 2);
  const ImpSegment *naming = NULL;

  if (organism.len == 0 && sub_id.len > 0 && panel->organisms != NULL)
    {
      g_autofree char *key = imp_text_dup (sub_id);

      naming = g_hash_table_lookup (panel->organisms, key);
    }
  if (naming != NULL)
    {
      add_names (self, item, DISC_FIELD_ORGANISM, naming);
      add_organism_codes (self, item, naming);
      return;
    }
  imp_add (item, DISC_FIELD_ORGANISM, organism);
}

static void
add_susceptibility (ImpMapper *self, ImpPanel *panel, DiscRecordBuilder *item,
                    const ImpSegment *obx, const ImpSegment *naming)
{
  add_parent_organism (self, panel, item);
  if (naming != NULL)
    add_names (self, item, DISC_FIELD_DRUG, naming);
  else
    imp_add (item, DISC_FIELD_DRUG, imp_mapper_field_text (self, obx, 3));
  if (imp_mapper_has (self, obx, 8))
    imp_mapper_add_texts (self, item, DISC_FIELD_RESULT, obx, 8);
  else if (naming != NULL)
    imp_mapper_add_texts (self, item, DISC_FIELD_RESULT, naming, 8);
}

static void
add_organism (ImpMapper *self, ImpPanel *panel, DiscRecordBuilder *item, const ImpSegment *naming)
{
  if (naming == NULL)
    return;
  remember_organism (self, panel, naming);
  add_names (self, item, DISC_FIELD_ORGANISM, naming);
  add_organism_codes (self, item, naming);
}

static gboolean
is_susceptibility (ImpMapper *self, const ImpPanel *panel, const ImpSegment *obx)
{
  ImpText code = imp_mapper_code (self, obx, 3, 1);

  return (panel->obr != NULL && imp_mapper_has (self, panel->obr, 26)) ||
         (code.len > 1 && code.text[0] == '6' && code.text[1] == 'C');
}

void
imp_panel_add_microbiology (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx, ImpState state)
{
  const Pair *pair = pair_of (self, panel, obx);
  const ImpSegment *naming = pair != NULL ? pair->naming : NULL;
  DiscRecordBuilder *item;

  if (naming == obx && pair->value != NULL)
    {
      /* Its row of values shows it. */
      imp_mapper_close (self);
      imp_mapper_tell_row (self, imp_mapper_here (self), obx, pair->value,
                           panel->obr != NULL && is_susceptibility (self, panel, pair->value));
      return;
    }
  if (naming == NULL && is_naming (self, obx))
    naming = obx;
  if (naming != NULL && naming != obx)
    state = imp_state_stricter (
        state,
        imp_state_of_order (self, panel->orc, imp_state_of_result (self, naming, panel->obr)));

  item = imp_mapper_item (self, DISC_KIND_MICROBIOLOGY, state);
  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, obx, 3);
  if (panel->obr != NULL && is_susceptibility (self, panel, obx))
    add_susceptibility (self, panel, item, obx, naming);
  else
    add_organism (self, panel, item, naming);
  imp_mapper_add_result (self, item, obx);
  imp_panel_add_at (self, panel, item, obx);
  imp_mapper_add_shared (self, item);
}
