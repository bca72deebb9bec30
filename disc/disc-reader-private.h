/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/** disc_reader_get_db: for the queries of disc/ only; read with disc_statement_new(). */
sqlite3 *disc_reader_get_db (DiscReader *self);

/** disc_reader_is_loss: a part of the medium is gone; what else is there can still be read. */
gboolean disc_reader_is_loss (DiscReader *self, const GError *error);

/* ---- disc-reader-volumes.c ------------------------------------------------------------------ */

/** The volumes of a disc as its first one lists them, and those at hand. */
typedef struct _DiscVolumes DiscVolumes;

/**
 * disc_volumes_load: for a disc of several.
 * @container: @db: of the volume that was opened; @dir: where from
 * Returns: (transfer full): %NULL with %DISC_ERROR_CORRUPT
 */
DiscVolumes *disc_volumes_load (DiscContainer *container, sqlite3 *db, const char *dir,
                                GError **error);
void disc_volumes_free (DiscVolumes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscVolumes, disc_volumes_free)

/** disc_reader_get_volumes: (nullable): %NULL for a disc of one volume. */
DiscVolumes *disc_reader_get_volumes (DiscReader *self);

/**
 * disc_volumes_find_source: the source of message @rid, which the volume that is open does not have.
 * @statement: (out) (nullable): stands on a row with one column and is reset by disc_volumes_done();
 *   %NULL: there is no source anywhere
 * Returns: %FALSE with %DISC_ERROR_ELSEWHERE, or with what is wrong with the volume
 */
gboolean disc_volumes_find_source (DiscVolumes *self, gint64 rid, DiscStatement **statement,
                                   GError **error);
/** disc_volumes_find_picture: likewise the bytes of picture @id. */
gboolean disc_volumes_find_picture (DiscVolumes *self, gint64 id, DiscStatement **statement,
                                    GError **error);
void disc_volumes_done (DiscStatement *statement);

/** disc_volumes_put_away: closes all but the one that was opened. */
void disc_volumes_put_away (DiscVolumes *self);

G_END_DECLS
