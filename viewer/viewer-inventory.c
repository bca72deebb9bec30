/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-inventory.h"

#include <string.h>

#include "disc-date.h"

ViewerSection
viewer_inventory_section_of_kind (DiscKind kind)
{
  switch (kind)
    {
    case DISC_KIND_DEMOGRAPHICS:
    case DISC_KIND_ALLERGY:
    case DISC_KIND_PROBLEM:
    case DISC_KIND_FLAG:
    case DISC_KIND_DEVICE:
    case DISC_KIND_COVERAGE:
    case DISC_KIND_CONTACT:
      return VIEWER_SECTION_SUMMARY;
    case DISC_KIND_DOCUMENT:
    case DISC_KIND_NOTE:
      return VIEWER_SECTION_NOTES;
    case DISC_KIND_PRESCRIPTION:
    case DISC_KIND_DISPENSE:
    case DISC_KIND_STATEMENT:
      return VIEWER_SECTION_MEDICATION;
    case DISC_KIND_INJECTION:
    case DISC_KIND_ADMINISTRATION:
      return VIEWER_SECTION_INJECTIONS;
    case DISC_KIND_LAB:
      return VIEWER_SECTION_LABS;
    case DISC_KIND_MICROBIOLOGY:
      return VIEWER_SECTION_MICROBIOLOGY;
    case DISC_KIND_VITAL:
    case DISC_KIND_MEAL:
      return VIEWER_SECTION_VITALS;
    case DISC_KIND_REPORT:
    case DISC_KIND_ORDER:
      return VIEWER_SECTION_IMAGING;
    case DISC_KIND_ENCOUNTER:
    case DISC_KIND_OBSERVATION:
    case DISC_KIND_IMMUNIZATION:
    case DISC_KIND_PROCEDURE:
    case DISC_KIND_APPOINTMENT:
    case DISC_KIND_UNKNOWN:
    case DISC_KIND_NONE:
    case DISC_N_KINDS:
    default:
      return VIEWER_SECTION_TIMELINE;
    }
}

const char *
viewer_inventory_record_at (const DiscRecord *record)
{
  const char *at = disc_record_value (record, DISC_FIELD_AT);

  for (guint i = 0; at == NULL && i < record->n_items; i++)
    {
      at = disc_item_value (&record->items[i], DISC_FIELD_AT);
      if (at == NULL)
        at = disc_item_value (&record->items[i], DISC_FIELD_ITEM_AT);
    }
  return at;
}

gboolean
viewer_inventory_is_panel_heading (const DiscRecord *record)
{
  /* Laboratory, microbiology, the category of HL7 v2 (table 0074); as the importer writes a code
   * without a text. */
  static const char *const laboratory[] = { "[LP29693-6]", "[LP7819-8]", "[LAB]", "[laboratory]" };

  if (record->kind != DISC_KIND_REPORT || disc_record_value (record, DISC_FIELD_TEXT) != NULL ||
      disc_record_value (record, DISC_FIELD_COMMENT) != NULL ||
      disc_record_value (record, DISC_FIELD_PICTURES) != NULL ||
      disc_record_value (record, DISC_FIELD_NOT_UNDERSTOOD) != NULL)
    return FALSE;
  for (guint i = 0; i < record->n_items; i++)
    {
      const char *category = disc_item_value (&record->items[i], DISC_FIELD_CATEGORY);

      for (guint j = 0; category != NULL && j < G_N_ELEMENTS (laboratory); j++)
        if (strcmp (category, laboratory[j]) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Whether @record is counted in @section. */
static gboolean
is_in (const DiscRecord *record, ViewerSection section)
{
  return section == VIEWER_SECTION_TIMELINE ||
         (viewer_inventory_section_of_kind (record->kind) == section &&
          !viewer_inventory_is_panel_heading (record));
}

static gboolean
section_on_disc (ViewerChart *chart, ViewerSection section)
{
  for (guint kind = 1; kind < DISC_N_KINDS; kind++)
    if ((section == VIEWER_SECTION_TIMELINE ||
         viewer_inventory_section_of_kind (kind) == section) &&
        viewer_chart_get_freshness (chart, kind) != NULL)
      return TRUE;
  return FALSE;
}

ViewerInventory
viewer_inventory_of (ViewerChart *chart, ViewerSection section)
{
  ViewerInventory found = { .on_disc = section_on_disc (chart, section) };
  const char *as_of = viewer_chart_get_info (chart)->as_of;

  for (guint i = 0; i < viewer_chart_n_records (chart); i++)
    {
      const DiscRecord *record = viewer_chart_get_record (chart, i);
      const char *at;

      if (!is_in (record, section) ||
          (viewer_chart_get_message (chart, record)->flags & DISC_MESSAGE_SAID_BEFORE) != 0)
        continue;
      if (!record->live)
        {
          found.n_not_live++;
          continue;
        }
      found.n_live++;
      at = viewer_inventory_record_at (record);
      if (at != NULL && !disc_date_is_after (at, as_of) && disc_date_compare (at, found.newest) > 0)
        found.newest = at;
    }
  return found;
}
