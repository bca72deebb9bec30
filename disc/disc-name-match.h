/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether the name of a drug, a test or a diagnosis is the one that somebody typed. Both sides are
 * folded as the search index is (disc-text.h); what is written on the disc is never changed. One
 * thread at a time.
 */
typedef struct _DiscNameMatch DiscNameMatch;

/**
 * disc_name_match_new:
 * @text: what was typed; blanks separate words that must all be in the name. Kana are also found
 *   without their long vowels, and rōmaji of three kana or more as kana (wafarin: ワーファリン)
 * @whole_latin: Latin letters are whole words: K is not in CK, nor Cr in CRP. Without it a single
 *   Latin letter or digit alone must stand alone, as in the index
 *
 * Returns: (transfer full) (nullable): %NULL where there is no word, or only single kana or digits
 */
DiscNameMatch *disc_name_match_new (const char *text, gboolean whole_latin);
void disc_name_match_free (DiscNameMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscNameMatch, disc_name_match_free)

/** disc_name_match_name: @name: (nullable): as written. */
gboolean disc_name_match_name (DiscNameMatch *self, const char *name);
/** disc_name_match_folded: @folded: by disc_text_fold_words(), a term of the index. */
gboolean disc_name_match_folded (DiscNameMatch *self, const char *folded);
/** disc_name_match_is_same: whether @name is nothing but what was typed. */
gboolean disc_name_match_is_same (DiscNameMatch *self, const char *name);

/** disc_name_match_code: (nullable): what was typed where it may be a code: one word of ASCII
 * letters and digits that begins with a digit, five characters or more. Codes are in no index. */
const char *disc_name_match_code (const DiscNameMatch *self);
/** disc_name_match_has_code: whether @code begins with it, whatever the case. @code: (nullable) */
gboolean disc_name_match_has_code (const DiscNameMatch *self, const char *code);

/** disc_name_match_words: (array zero-terminated=1): the words, folded. */
const char *const *disc_name_match_words (const DiscNameMatch *self);

G_END_DECLS
