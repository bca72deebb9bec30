/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"

G_BEGIN_DECLS

/*
 * What this program knows of drugs beside what the disc says: the names of therapeutic classes,
 * which drugs are high-alert and which results stand beside them, which names were taken for one
 * another. Tables of data/, each of them replaced by a file of the same name that a hospital has.
 * They mark and they find; nothing is judged and nothing of the source is changed.
 */
typedef struct _ViewerDrugLists ViewerDrugLists;

/** A laboratory item that stands beside drugs of a kind. */
typedef struct
{
  char *label;  /* what it is called where there is no result: PT-INR */
  char **names; /* folded */
  char **codes; /* of JLAC10: 3H015, 2B030*57 */
} ViewerDrugLab;

typedef struct
{
  char *key;
  char *english;
  char *japanese;
  GPtrArray *stems;   /* folded names */
  GPtrArray *classes; /* first digits of a YJ code */
  GPtrArray *labs;    /* ViewerDrugLab */
} ViewerDrugKind;

/**
 * viewer_drug_lists_load:
 * @folders: (array zero-terminated=1): where a hospital's own tables may be, the first that has one
 *   counts; files above a ceiling, not in UTF-8 or with a line that is not of the form are not
 * taken
 *
 * Returns: (transfer full): never %NULL; see viewer_drug_lists_problem()
 */
ViewerDrugLists *viewer_drug_lists_load (const char *const *folders);
void viewer_drug_lists_free (ViewerDrugLists *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerDrugLists, viewer_drug_lists_free)

/** viewer_drug_lists_get: of this laptop: tomoshibi/ in the user's configuration folder, then in
 * the data folders; read once. */
const ViewerDrugLists *viewer_drug_lists_get (void);

/** viewer_drug_lists_problem: (nullable): "high-alert-drugs.tsv:12: why": a table that a hospital
 * has and that was not taken; the one of this program stands. */
const char *viewer_drug_lists_problem (const ViewerDrugLists *self);

/** viewer_drug_lists_signed: (nullable): who looked through the table of high-alert drugs, and
 * when. */
const char *viewer_drug_lists_signed (const ViewerDrugLists *self);

/** viewer_drug_lists_class: (nullable): the name of the class of a YJ code. */
const char *viewer_drug_lists_class (const ViewerDrugLists *self, const char *yj);

/** viewer_drug_lists_kind: (nullable): of high-alert drugs; @yj: (nullable). */
const ViewerDrugKind *viewer_drug_lists_kind (const ViewerDrugLists *self, const char *name,
                                              const char *yj);

/** viewer_drug_lists_words: (transfer full) (element-type guint): the words of the table of pairs
 * that
 * @name begins with; viewer_drug_words_are_pair: whether two of them stand in one line. */
GArray *viewer_drug_lists_words (const ViewerDrugLists *self, const char *name);
gboolean viewer_drug_words_are_pair (const GArray *a, const GArray *b);

/** viewer_drug_lists_is_pair: whether the two names are known to be taken for one another. */
gboolean viewer_drug_lists_is_pair (const ViewerDrugLists *self, const char *a, const char *b);

/** viewer_drug_kind_name: of the language of the window. */
const char *viewer_drug_kind_name (const ViewerDrugKind *kind);

/** viewer_drug_lab_is: whether an item of a result is this one; @code: (nullable): of JLAC10. */
gboolean viewer_drug_lab_is (const ViewerDrugLab *lab, const char *name, const char *code);

/**
 * viewer_drug_yj: (nullable): of the codes of @item as stored the one that is a YJ code, or one
 * whose first digits mean the same (fhir.md 3.9: 規格別薬剤成分, 一般名処方マスタ): 12 characters,
 * of a system that says so. Without a system nothing is taken for one.
 */
const char *viewer_drug_yj (const DiscItem *item);

G_END_DECLS
