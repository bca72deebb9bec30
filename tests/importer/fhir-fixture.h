/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-walk.h"

G_BEGIN_DECLS

/** What a walk gave, as lines of text. */
typedef struct
{
  GString *items;    /* "entry[0] Patient" and what is not plain: rule, place, URL, Bundle */
  GString *findings; /* "code entry @line: detail" */
  GString *bundles;  /* "entry type id" */
  GString *texts;    /* source texts, one a line */
  ImpFhirForm form;
  ImpFhirTally tally;
} Walked;

void walked_clear (Walked *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walked, walked_clear)

/** walk_stream: (transfer full) @raw. Fails the test where it ends with an error, or counts do not add up. */
void walk_stream (ImpStream *raw, Walked *out);

/** walk_text: the same of @text read in pieces of @chunk bytes; 0: at once. */
void walk_text (const char *text, gsize len, gsize chunk, Walked *out);

G_END_DECLS
