/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names of drugs compared, never changed: what is shown is what the source wrote.
 */

/** viewer_drug_name_fold: (transfer full): @name without blanks, width and case of letters apart.
 */
char *viewer_drug_name_fold (const char *name);

/**
 * viewer_drug_name_stem:
 *
 * The folded name up to its first digit, bracket or word for a dosage form (錠, カプセル, 注, ...),
 * without marks and brackets before it (【般】) and without single Latin letters behind kana (ＯＤ,
 * Ｋ): ワルファリンＫ錠１ｍｇ「甲」 is ワルファリン.
 *
 * Returns: (transfer full): may be empty
 */
char *viewer_drug_name_stem (const char *name);

/**
 * viewer_drug_name_begins: whether @name begins with @folded, or does so behind a bracket, a mark
 * or a blank; @folded as viewer_drug_name_fold() gives it. メチルジゴキシン does not begin with
 * ジゴキシン.
 */
gboolean viewer_drug_name_begins (const char *name, const char *folded);

/**
 * viewer_drug_name_starts: (transfer full) (array zero-terminated=1): the folded name from each
 * place on where a word begins: for many questions of viewer_drug_starts_with() about one name.
 */
char **viewer_drug_name_starts (const char *name);
gboolean viewer_drug_starts_with (char **starts, const char *folded);

/**
 * viewer_drug_name_is_like:
 * @a, @b: stems
 *
 * Whether two names may be taken for one another: the same stem, the same first three kana (the
 * notice 医政発第1127004号 of 2003 names drugs whose first three letters are the same), or one
 * letter changed, lost, added (of three and more) or two of them (of five and more).
 */
gboolean viewer_drug_name_is_like (const char *a, const char *b);

G_END_DECLS
