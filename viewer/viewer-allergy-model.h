/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Allergies of one patient in three states (SS-MIX2 spec 4.5): listed, "none" stated, not recorded.
 * The list is the union of all live ADT-61 and ADT-00 files: same class and same text are one line
 * that keeps every source.
 */

typedef enum
{
  VIEWER_ALLERGY_NOT_RECORDED, /* 記録なし（不明）: never to be read as "none" */
  VIEWER_ALLERGY_NONE_STATED,  /* 「なし」と記載: somebody wrote it */
  VIEWER_ALLERGY_LISTED,
} ViewerAllergyState;

/** Where a line comes from, with its details as that source has them. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
} ViewerAllergySource;

/** One line. Texts of several sources are joined, distinct ones only; %NULL: no source has it. */
typedef struct
{
  char *category;
  char *substance; /* the text, else the code; never %NULL */
  char *severity;
  char *reaction;
  char *onset;
  char *sensitivity;     /* allergy, adverse reaction, contraindication: not the same to a doctor */
  char *clinical_status; /* unconfirmed, suspected, ...: as stored */
  char *comment;
  gboolean is_none_statement; /* the text says なし */
  gboolean is_at_order_time;  /* stands only in the list that an order carried */
  GArray *sources;            /* ViewerAllergySource, newest first */
} ViewerAllergy;

typedef struct _ViewerAllergyModel ViewerAllergyModel;

/**
 * viewer_allergy_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 */
ViewerAllergyModel *viewer_allergy_model_new (const GArray *entries);
void viewer_allergy_model_free (ViewerAllergyModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerAllergyModel, viewer_allergy_model_free)

ViewerAllergyState viewer_allergy_model_get_state (const ViewerAllergyModel *self);

/** viewer_allergy_model_none_kinds: (transfer full) (nullable): of %VIEWER_ALLERGY_NONE_STATED the
 * kinds that it was written of, as stored: "none" of food says nothing of drugs. %NULL: one
 * statement is of all. */
char *viewer_allergy_model_none_kinds (const ViewerAllergyModel *self, const char *separator);

/**
 * viewer_allergy_model_n: lines: what is listed first, then what stands only in orders, then the
 * statements "none" (kept beside listed ones, because two sources may contradict each other).
 */
guint viewer_allergy_model_n (const ViewerAllergyModel *self);
const ViewerAllergy *viewer_allergy_model_get (const ViewerAllergyModel *self, guint i);

/** viewer_allergy_model_n_listed: lines that name an allergen (they come first). */
guint viewer_allergy_model_n_listed (const ViewerAllergyModel *self);

/** viewer_allergy_model_n_sources: messages that lines come from. */
guint viewer_allergy_model_n_sources (const ViewerAllergyModel *self);

/** viewer_allergy_model_n_removed: entries deleted, entered in error or replaced by a newer file.
 */
guint viewer_allergy_model_n_removed (const ViewerAllergyModel *self);
ViewerAllergySource viewer_allergy_model_get_removed (const ViewerAllergyModel *self, guint i);

G_END_DECLS
