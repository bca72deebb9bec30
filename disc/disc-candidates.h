/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-name-match.h"
#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * Messages that may hold a name, from the search index of the disc (FORMAT.md, "term" to "Full-text
 * tables"). Whether they do, and in what field, their records say. Memory is bounded by the range
 * that is asked for.
 */
typedef struct _DiscCandidates DiscCandidates;

/** disc_candidates_new: @reader, @match: kept by the caller and must outlive it. */
DiscCandidates *disc_candidates_new (DiscReader *reader, DiscNameMatch *match, GError **error);
void disc_candidates_free (DiscCandidates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscCandidates, disc_candidates_free)

/**
 * disc_candidates_find:
 * @first_rid, @last_rid: both inclusive
 * @rids: (element-type gint64): rows of messages are appended, ascending, each once
 *
 * A part of the index that lies in a damaged part of the disc is passed over:
 * disc_candidates_is_damaged() says so.
 */
gboolean disc_candidates_find (DiscCandidates *self, gint64 first_rid, gint64 last_rid,
                               GArray *rids, GError **error);

/** disc_candidates_n_terms: distinct texts of the index that match. */
guint disc_candidates_n_terms (const DiscCandidates *self);

/** disc_candidates_is_damaged: part of the index could not be read; there may be more. */
gboolean disc_candidates_is_damaged (const DiscCandidates *self);

/** disc_candidates_last: the last row of the disc, of a disputed message if there are any. */
gint64 disc_candidates_last (const DiscCandidates *self);

G_END_DECLS
