/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-model.h"

G_BEGIN_DECLS

/*
 * How new the data of a disc is: counted from the messages as they are written.
 */

typedef struct _DiscFreshnessCounter DiscFreshnessCounter;

/**
 * disc_freshness_counter_new:
 * @as_of: (nullable): ISO; a clinical time after it (a plan) says nothing about how new data is
 */
DiscFreshnessCounter *disc_freshness_counter_new (const char *as_of);
void disc_freshness_counter_free (DiscFreshnessCounter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscFreshnessCounter, disc_freshness_counter_free)

/**
 * disc_freshness_counter_add:
 *
 * Counts each record of @message under its kind and, once, under the message's data type. Clinical
 * times are those of live records; times of sending those of all.
 */
void disc_freshness_counter_add (DiscFreshnessCounter *self, const DiscMessage *message);

typedef gboolean (*DiscFreshnessFunc) (const DiscFreshness *freshness, gpointer user_data,
                                       GError **error);

/**
 * disc_freshness_counter_foreach:
 * @as_of: (nullable): the final one; a newest time after it, counted while a later as_of was
 *   believed, is left out
 *
 * Kinds in order of their numbers (data_type %NULL), then data types in order of their names.
 */
gboolean disc_freshness_counter_foreach (DiscFreshnessCounter *self, const char *as_of,
                                         DiscFreshnessFunc func, gpointer user_data,
                                         GError **error);

G_END_DECLS
