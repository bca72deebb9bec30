/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-cda-media.h"

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
  guint n_hidden;      /* nullified entries */
  guint n_not_shown;   /* entries that say nothing that can be put in words */
  guint n_unresolved;  /* references to an ID that nothing has */
  guint n_left_out;    /* scripts and style sheets */
  guint n_media;       /* marks of pictures and files */
  ImpCdaMedia *media;
  const xmlNode *root;
  /*< private >*/
  guint list_level;
  guint n_footnotes;
  GHashTable *footnotes; /* their numbers by their ID */
  GHashTable *by_id;     /* (element-type xmlNode), when first asked for; or NULL */
} ImpCdaText;

/** imp_cda_text_init: @media: kept for as long as @self */
void imp_cda_text_init (ImpCdaText *self, const xmlNode *root, ImpCdaMedia *media, gsize max_bytes);
void imp_cda_text_clear (ImpCdaText *self);

/* ---- sections: imp-cda-section.c ------------------------------------------------------------ */

/** imp_cda_text_section: a section with its title, its words or else its entries, and those in it. */
void imp_cda_text_section (ImpCdaText *self, const xmlNode *section);

/**
 * imp_cda_null_words: (nullable): how a reader is told that nothing is known, which is not none.
 * @flavor: (nullable): HL7 V3 NullFlavor, such as "NI", "NASK"
 */
const char *imp_cda_null_words (const char *flavor);

/* ---- entries: imp-cda-entry.c, imp-cda-value.c ---------------------------------------------- */

/**
 * imp_cda_text_entry: an entry in words: for sections that have none.
 * @about: "" or what stands in front of each line: that it is about somebody else
 */
void imp_cda_text_entry (ImpCdaText *self, const xmlNode *entry, const char *about);

/** imp_cda_text_subject: (transfer full): "" or the mark that what @node says is not about the
 * patient, but a relative or an unborn child (CDA R2 subject/relatedSubject). */
char *imp_cda_text_subject (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_code: (transfer full): what a coded value is called: the words it points to, its display
 * name, else its code as written; "" where it says nothing. @node: (nullable) */
char *imp_cda_text_code (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_value: (transfer full): a value of any HL7 V3 data type; "" where there is none. */
char *imp_cda_text_value (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_time: (transfer full): a time, an interval or how often; "" where there is none. */
char *imp_cda_text_time (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_referenced: (transfer full): the words of @node or those that its "#id" points to. */
char *imp_cda_text_referenced (ImpCdaText *self, const xmlNode *node);

/* ---- words: imp-cda-text.c ------------------------------------------------------------------ */

/** imp_cda_text_add: unless the text is full. */
void imp_cda_text_add (ImpCdaText *self, const char *words);

/** imp_cda_text_end_line: begins a new line, if one is open. */
void imp_cda_text_end_line (ImpCdaText *self);

/** imp_cda_text_add_line: one more line, unless the text is full. */
void imp_cda_text_add_line (ImpCdaText *self, const char *line);

/** imp_cda_text_children: the words of all that is in @node. */
void imp_cda_text_children (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_apart: (transfer full): the same as a text of its own. */
char *imp_cda_text_apart (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_narrative: the words of @node, a "text" element. */
void imp_cda_text_narrative (ImpCdaText *self, const xmlNode *node);

/** imp_cda_text_media_mark: (transfer full): the mark of a picture or file, which is to be written.
 * @number: 0 where there is none */
char *imp_cda_text_media_mark (ImpCdaText *self, guint number);

/** imp_cda_text_media: writes the mark of a picture or file. @number: 0 where there is none */
void imp_cda_text_media (ImpCdaText *self, guint number);

/* ---- tables: imp-cda-table.c ---------------------------------------------------------------- */

/**
 * imp_cda_text_table: a line for each row, a tab between cells; a cell that covers others stands in
 * each of them, so that none moves. The head is said again in long tables.
 */
void imp_cda_text_table (ImpCdaText *self, const xmlNode *table);

G_END_DECLS
