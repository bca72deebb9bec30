/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"

G_BEGIN_DECLS

/** The places of the program, in the order of the function keys. */
typedef enum
{
  VIEWER_SECTION_KEYS = 1,    /* F1 */
  VIEWER_SECTION_SEARCH,      /* F2 */
  VIEWER_SECTION_SUMMARY,     /* F3 */
  VIEWER_SECTION_NOTES,       /* F4 */
  VIEWER_SECTION_MEDICATION,  /* F5 */
  VIEWER_SECTION_INJECTIONS,  /* F6 */
  VIEWER_SECTION_LABS,        /* F7 */
  VIEWER_SECTION_MICROBIOLOGY,/* F8 */
  VIEWER_SECTION_VITALS,      /* F9: vital signs and meals */
  VIEWER_SECTION_IMAGING,     /* F10: imaging, endoscopy, physiology; orders without result */
  VIEWER_SECTION_TIMELINE,    /* F11 */
  VIEWER_SECTION_GAP,         /* F12 */
  VIEWER_N_SECTIONS
} ViewerSection;

/** What a section of a chart holds, for the rail and the header of its page. */
typedef struct
{
  gboolean on_disc;   /* some kind of this section is on the disc at all, for anybody */
  guint n_live;       /* live records of this patient */
  guint n_not_live;   /* cancelled, superseded, deleted, ... */
  const char *newest; /* newest time of a live record not after the disc, or NULL; of the chart */
} ViewerInventory;

/** viewer_inventory_of: counts @section in @chart; sections that hold every kind count them all. */
ViewerInventory viewer_inventory_of (ViewerChart *chart, ViewerSection section);

/** viewer_inventory_section_of_kind: where records of @kind are shown. */
ViewerSection viewer_inventory_section_of_kind (DiscKind kind);

/**
 * viewer_inventory_is_panel_heading:
 *
 * Returns: whether @record is a report of the laboratory without words and pages of its own: FHIR's
 * DiagnosticReport over results (category LAB or one of its LOINC parts), which F7 and F8 show
 */
gboolean viewer_inventory_is_panel_heading (const DiscRecord *record);

/** viewer_inventory_record_at: the clinical time of a record (else of its first item), or %NULL. */
const char *viewer_inventory_record_at (const DiscRecord *record);

G_END_DECLS
