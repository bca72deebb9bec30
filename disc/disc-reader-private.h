/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/** disc_reader_get_db: for the queries of disc/ only; read with disc_statement_new(). */
sqlite3 *disc_reader_get_db (DiscReader *self);

/** disc_reader_is_loss: a part of the medium is gone; what else is there can still be read. */
gboolean disc_reader_is_loss (DiscReader *self, const GError *error);

G_END_DECLS
