/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Distinct texts and their numbers, in memory. A GHashTable with g_str_hash() took a tenth of the
 * writer's time: this one hashes eight bytes at a time and compares the stored hash first.
 */

typedef struct _DiscTermTable DiscTermTable;

/** disc_term_table_new: @seed: random, so that no source can be made to collide. */
DiscTermTable *disc_term_table_new (guint64 seed);
void disc_term_table_free (DiscTermTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscTermTable, disc_term_table_free)

/**
 * disc_term_table_number:
 * @text: NUL-terminated, @len bytes before it
 * @is_new: (out): whether @text was seen for the first time
 *
 * Returns: the number of @text, from 1 in the order of appearance; 0 when it is new and a ceiling
 *   of disc-format.h is reached
 */
guint32 disc_term_table_number (DiscTermTable *self, const char *text, gsize len,
                                gboolean *is_new);

/** disc_term_table_n: how many there are. */
guint32 disc_term_table_n (const DiscTermTable *self);

G_END_DECLS
