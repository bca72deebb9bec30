/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-xml.h"

G_BEGIN_DECLS

/*
 * The body of a CDA document as text to be read: spec fhir.md 7. Private to the reader of CDA.
 */

/** What is written, and what was met on the way. */
typedef struct
{
  GString *text;
  gsize max_bytes;     /* of text; what comes behind is left out */
  gboolean is_cut;
  guint n_media;       /* pictures and files: a mark stands in the text */
  guint n_hidden;      /* nullified entries */
  GHashTable *by_id;   /* (element-type xmlNode) by their ID, when first asked for; or NULL */
  const xmlNode *root;
} ImpCdaText;

/** imp_cda_text_section: a section with its title, its words or else its entries, and those in it. */
void imp_cda_text_section (ImpCdaText *self, const xmlNode *section, guint level);

/** imp_cda_text_entry: an entry in words: for sections that have none. */
void imp_cda_text_entry (ImpCdaText *self, const xmlNode *entry);

/** imp_cda_text_narrative: the words of @node, a "text" element. */
void imp_cda_text_narrative (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_code: (transfer full): what a coded value is called: the words it points to, its display
 * name, else its code as written; "" where it says nothing. @node: (nullable) */
char *imp_cda_text_code (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_add: one more line, unless the text is full. */
void imp_cda_text_add_line (ImpCdaText *self, const char *line);

G_END_DECLS
