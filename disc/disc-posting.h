/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/*
 * In which messages a term occurs. Rows of the table "posting": the number of the term and the
 * patient number of the first message make the key, a run of small differences is the value
 * (FORMAT.md, "Postings"). A row ends where a patient ends, so the rows of a term follow each other
 * and a patient's messages lie in one of them.
 */

typedef struct _DiscPostingWriter DiscPostingWriter;

/** disc_posting_writer_new: @db has a table "posting" attached as "build". */
DiscPostingWriter *disc_posting_writer_new (sqlite3 *db, GError **error);
void disc_posting_writer_free (DiscPostingWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPostingWriter, disc_posting_writer_free)

/**
 * disc_posting_writer_add:
 * @term: from 1, at most DISC_TERMS_MAX
 * @rid: larger than the one before within a patient; all rows of a patient one after the other
 */
gboolean disc_posting_writer_add (DiscPostingWriter *self, guint32 term, gint64 rid,
                                  GError **error);

/** disc_posting_writer_flush: writes what is still in memory; rows must be at a patient's end. */
gboolean disc_posting_writer_flush (DiscPostingWriter *self, GError **error);

/**
 * disc_reader_load_postings:
 * @rids: (element-type gint64): rows of messages are appended, smallest first
 *
 * The messages from @first_rid to @last_rid (both inclusive) in which @term occurs.
 *
 * Returns: %FALSE with %DISC_ERROR_CORRUPT, _IO
 */
gboolean disc_reader_load_postings (DiscReader *self, guint32 term, gint64 first_rid,
                                    gint64 last_rid, GArray *rids, GError **error);

/** disc_posting_load: the same with "postings" prepared already: for many terms at once. */
gboolean disc_posting_load (DiscStatement *postings, guint32 term, gint64 first_rid,
                            gint64 last_rid, GArray *rids, GError **error);

G_END_DECLS
