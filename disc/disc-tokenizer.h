/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The FTS5 tokenizer "tomoshibi_bigram". Text is folded (disc_text_fold_words()); a line end and a
 * blank that is left then end a run. A run gives a token for each pair of
 * neighbouring characters, of whatever script, and one for its last character with a blank behind
 * it; a letter or digit without another beside it (ビタミンK) is a token by itself, at the place of
 * its pair. So every part of a run of two or more characters is a phrase of the index.
 *
 *   ビタミンK 5 mg  ->  ビタ タミ ミン ンk "k "(k) 5m mg "g "
 *   chest pain      ->  ch he es st "t " pa ai in "n "
 *
 * A query gives the pairs only; one character gives itself, to be used as a prefix, or, for a Latin
 * letter or digit, as a token.
 */
#define DISC_TOKENIZER_NAME "tomoshibi_bigram"

/** disc_tokenizer_register: makes the tokenizer known to @db, before its tables are used. */
gboolean disc_tokenizer_register (sqlite3 *db, GError **error);

G_END_DECLS
