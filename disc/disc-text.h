/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Folding of text for search, the same on both sides: when the disc is written and when somebody
 * types. It never touches what is shown or exported.
 */

/**
 * disc_text_fold:
 * @text: UTF-8, @len bytes (-1: NUL-terminated)
 * @out: the folded text is appended
 *
 * NFKC-like width folding (full-width ASCII to half, half-width kana to full with dakuten joined,
 * ㎎ ① ㈱ spelt out), ASCII lower-case, hiragana to katakana, one dash and one middle dot, blanks
 * removed, kanji variants to one form (data/kanji-variants.tsv: 髙 to 高, 﨑 to 崎, 齋 斎 斉 to one,
 * 邊 邉 to 辺).
 */
void disc_text_fold (const char *text, gssize len, GString *out);

/**
 * disc_text_fold_words: as disc_text_fold(), but one blank is kept behind an ASCII letter before a
 * letter or digit, and between two digits, so that words of Latin text stay words and "5 mg" is
 * 5mg. What the search index holds.
 */
void disc_text_fold_words (const char *text, gssize len, GString *out);

/** disc_text_fold_new: (transfer full): as disc_text_fold() into a new string. */
char *disc_text_fold_new (const char *text);

/**
 * disc_text_fold_kana:
 *
 * As disc_text_fold(), and further for names: small kana to large, ヴ to ブ-like (ヴァ to バ), ヂ to
 * ジ, ヅ to ズ, ヲ to オ, ヱ to エ, ヰ to イ, long vowel marks removed, ヽ ヾ 々 spelt out, so that two
 * spellings of one reading meet.
 */
void disc_text_fold_kana (const char *text, gssize len, GString *out);

/**
 * disc_text_romaji_to_kana:
 * @text: what somebody typed, ASCII letters, Hepburn or Kunrei (chi = ti, shi = si, tsu = tu, fu =
 *   hu, ji = zi, sha = sya, n before a consonant, double consonants, long vowels ou, oo, o^)
 * @partial: (out) (optional): the letters at the end that are not yet a syllable ("k" of "tanak"),
 *   also an n, which may become ナ or stay ン; %NULL if there are none. Without @partial a final n
 *   is ン, and other such letters make @text no rōmaji.
 * Returns: (transfer full): folded katakana, or %NULL if @text is not rōmaji
 */
char *disc_text_romaji_to_kana (const char *text, char **partial);

/** disc_text_is_kana: whether folded @text holds only katakana (and the long vowel mark). */
gboolean disc_text_is_kana (const char *text);

G_END_DECLS
