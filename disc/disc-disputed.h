/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/*
 * Disputed messages on a damaged disc: reading around what is lost, and how many that is. They stand in
 * groups, numbered without gaps in each; where a group ends does not stand anywhere but in the rows
 * themselves, so a number that cannot be read may be one that nothing has.
 */

/** What is done with each row that can be read; its first column is the row number. */
typedef gboolean (*DiscDisputedFunc) (DiscStatement *row, gpointer user_data, GError **error);

/**
 * disc_disputed_walk:
 * @sql: name of a statement over a range of row numbers, ascending
 * @first_rid: @last_rid: both inclusive, both of messages that exist or bounds of all of them
 * @func: (nullable)
 * @read: (element-type gint64): gets the row numbers that could be read
 * @is_lossy: (out): whether something could not be
 */
gboolean disc_disputed_walk (DiscReader *reader, const char *sql, gint64 first_rid, gint64 last_rid,
                             DiscDisputedFunc func, gpointer user_data, GArray *read,
                             gboolean *is_lossy, GError **error);

/**
 * disc_disputed_count_lost: after a walk that was lossy, how many messages from @first_rid to @last_rid,
 * both of which exist if they are disputed, are not in @read.
 * @whole: (nullable): a reader that has the rows of all messages: of the first volume
 *
 * @is_exact: (out): the whole has the rows, or counts of charts and disc are there; else it is what can
 *   be proven: at least so many
 */
guint disc_disputed_count_lost (DiscReader *reader, DiscReader *whole, gint64 first_rid,
                                gint64 last_rid, const GArray *read, gboolean *is_exact);

G_END_DECLS
