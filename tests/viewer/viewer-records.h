/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-writer.h"
#include "viewer-entry.h"

/*
 * Records written by hand for the tests of the models. Begin a message, then its records, their
 * values, their items and the values of these, in the order in which an importer would.
 */
typedef struct _TestRecords TestRecords;

TestRecords *test_records_new (void);
void test_records_free (TestRecords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRecords, test_records_free)

/** test_records_message: @rid from 1; the path is "message-RID". */
void test_records_message (TestRecords *self, gint64 rid, const char *data_type,
                           const char *sent_at, DiscMessageFlags flags);
/** test_records_begin: a record with pairs of (DiscField, const char *), ended by 0. */
void test_records_begin (TestRecords *self, DiscKind kind, DiscStatus status, ...);
/** test_records_item: an item with such pairs. */
void test_records_item (TestRecords *self, ...);
/** test_records_write: all messages to @writer, as those of the patient begun last. */
void test_records_write (TestRecords *self, DiscWriter *writer);
/** test_records_entries: (element-type ViewerEntry): all of it, valid until the next call. */
const GArray *test_records_entries (TestRecords *self);
