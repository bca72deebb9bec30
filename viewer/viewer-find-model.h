/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Ctrl+F: words in all records of one patient, live or not, every field of them. Both sides are folded as the
 * search for patients is (disc-text.h): width, kana, case, variants of kanji, blanks; what is shown is what is
 * written. No GTK.
 */

/** A piece of text: between two hits, or a hit. */
typedef struct
{
  const char *text; /* not terminated */
  guint len;
  gboolean is_hit;
} ViewerFindPiece;

/** A place where a word stands. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item; /* (nullable) */
  DiscField field;
  GArray *pieces; /* (element-type ViewerFindPiece): of the value, around its first hit */
  gboolean is_cut_before, is_cut_behind;
} ViewerFindHit;

/** More than these are counted only. */
#define VIEWER_FIND_MAX_HITS 500

typedef struct _ViewerFindModel ViewerFindModel;

/**
 * viewer_find_model_new:
 * @entries: (element-type ViewerEntry): must outlive the model
 * @words: what was typed; blanks separate words that must all stand in one record
 */
ViewerFindModel *viewer_find_model_new (const GArray *entries, const char *words);
void viewer_find_model_free (ViewerFindModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerFindModel, viewer_find_model_free)

/** viewer_find_model_n: hits, newest record first; those without a time last. */
guint viewer_find_model_n (const ViewerFindModel *self);
const ViewerFindHit *viewer_find_model_get (const ViewerFindModel *self, guint i);
/** viewer_find_model_n_records: in how many records. */
guint viewer_find_model_n_records (const ViewerFindModel *self);
/** viewer_find_model_n_more: hits beyond the ceiling. */
guint viewer_find_model_n_more (const ViewerFindModel *self);

G_END_DECLS
