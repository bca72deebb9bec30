/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The search indexes of a disc while it is written. A term (drug, lab item, diagnosis) is stored
 * and cut into bigrams once; each message lists the numbers of its terms. Free text is cut into
 * bigrams where it stands.
 */

typedef struct _DiscTermIndex DiscTermIndex;

/** disc_term_index_new: @db has the tables of the indexes attached as "build". */
DiscTermIndex *disc_term_index_new (sqlite3 *db, GError **error);
void disc_term_index_free (DiscTermIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscTermIndex, disc_term_index_free)

/**
 * disc_term_index_add:
 * @rid: larger than the one before, or the indexes are built slowly
 * @terms: (element-type utf8) (nullable)
 * @free_text: (nullable)
 */
gboolean disc_term_index_add (DiscTermIndex *self, gint64 rid, const GPtrArray *terms,
                              const char *free_text, GError **error);

/** disc_term_index_finish: writes what is still in memory. */
gboolean disc_term_index_finish (DiscTermIndex *self, GError **error);

/** disc_term_index_n_terms: distinct terms so far. */
guint disc_term_index_n_terms (DiscTermIndex *self);

G_END_DECLS
