/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-sections.h"

#include <glib/gi18n.h>

#include "viewer-exam-page.h"
#include "viewer-gap-page.h"
#include "viewer-injection-page.h"
#include "viewer-lab-page.h"
#include "viewer-meal-page.h"
#include "viewer-medication-page.h"
#include "viewer-microbiology-page.h"
#include "viewer-note-page.h"
#include "viewer-summary-page.h"
#include "viewer-timeline-page.h"

/*
 * A section stands here from the day it has a page: what is not here has no key, no row in the rail
 * and no line in the list of keys.
 */
static const ViewerSectionInfo sections[] = {
  { VIEWER_SECTION_KEYS, "F1", "<Alt>1", N_ ("Keys"), NULL, 0, NULL },
  { VIEWER_SECTION_SEARCH, "F2", "<Alt>2", N_ ("Find patient"), NULL, 0, NULL },
  { VIEWER_SECTION_SUMMARY, "F3", "<Alt>3", N_ ("Summary"), N_ ("all on one page"), 0,
    viewer_summary_page_get_type },
  { VIEWER_SECTION_NOTES, "F4", "<Alt>4", N_ ("Notes and documents"), NULL, 0,
    viewer_note_page_get_type },
  { VIEWER_SECTION_MEDICATION, "F5", "<Alt>5", N_ ("Medication"), NULL, 1,
    viewer_medication_page_get_type },
  { VIEWER_SECTION_INJECTIONS, "F6", "<Alt>6", N_ ("Injections and administration"), NULL, 1,
    viewer_injection_page_get_type },
  { VIEWER_SECTION_LABS, "F7", "<Alt>7", N_ ("Laboratory"), NULL, 1, viewer_lab_page_get_type },
  { VIEWER_SECTION_MICROBIOLOGY, "F8", "<Alt>8", N_ ("Microbiology"), NULL, 1,
    viewer_microbiology_page_get_type },
  { VIEWER_SECTION_VITALS, "F9", "<Alt>9", N_ ("Vital signs and meals"), NULL, 2,
    viewer_meal_page_get_type },
  { VIEWER_SECTION_IMAGING, "F10", "<Alt>0", N_ ("Imaging and physiology"), NULL, 2,
    viewer_exam_page_get_type },
  { VIEWER_SECTION_TIMELINE, "F11", "<Alt>minus", N_ ("Time line"),
    N_ ("stays, moves, everything"), 2, viewer_timeline_page_get_type },
  { VIEWER_SECTION_GAP, "F12", "<Alt>asciicircum", N_ ("Planned after the disc"),
    N_ ("until now and later"), 2, viewer_gap_page_get_type },
};

const ViewerSectionInfo *
viewer_sections (guint *n)
{
  *n = G_N_ELEMENTS (sections);
  return sections;
}

const ViewerSectionInfo *
viewer_sections_find (ViewerSection section)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sections[i].section == section)
      return &sections[i];
  return NULL;
}

const ViewerSectionInfo *
viewer_sections_find_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].key, key) == 0)
      return &sections[i];
  return NULL;
}

const char *
viewer_sections_first_page (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sections[i].get_page_type != NULL)
      return sections[i].key;
  return "search";
}
