/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A queue between threads that holds at most so many bytes: whoever reads faster waits. */
typedef struct _ImpQueue ImpQueue;

/**
 * imp_queue_new:
 * @max_cost: pushing waits while more than this would lie in the queue; one item always fits
 * @free_item: for items still in it at the end
 */
ImpQueue *imp_queue_new (gsize max_cost, GDestroyNotify free_item);
void imp_queue_free (ImpQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpQueue, imp_queue_free)

/**
 * imp_queue_push:
 * @item: (transfer full): freed when nobody takes items any more
 * Returns: %FALSE after imp_queue_abort()
 */
gboolean imp_queue_push (ImpQueue *self, gpointer item, gsize cost);

/** imp_queue_pop: (transfer full): waits; %NULL when finished and empty, or aborted. */
gpointer imp_queue_pop (ImpQueue *self);

/** imp_queue_finish: nothing more will be pushed. */
void imp_queue_finish (ImpQueue *self);

/** imp_queue_abort: wakes everybody; nothing is taken or accepted any more. */
void imp_queue_abort (ImpQueue *self);

G_END_DECLS
