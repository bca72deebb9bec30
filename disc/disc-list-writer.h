/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-lists.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/* The rows of disc-lists.h while a disc is written; private to disc-writer.c. */

typedef struct _DiscListWriter DiscListWriter;

/** disc_list_writer_new: @db: with the gathering database attached. */
DiscListWriter *disc_list_writer_new (sqlite3 *db, GError **error);
void disc_list_writer_free (DiscListWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscListWriter, disc_list_writer_free)

/** disc_list_writer_add_stay, _add_visit, _add_doctor: of a patient of @facility. What the ceilings
 * do not allow is counted and left out. */
gboolean disc_list_writer_add_stay (DiscListWriter *self, const char *facility,
                                    const DiscStay *stay, GError **error);
gboolean disc_list_writer_add_visit (DiscListWriter *self, const char *facility,
                                     const DiscVisit *visit, GError **error);
gboolean disc_list_writer_add_doctor (DiscListWriter *self, const char *facility,
                                      const DiscDoctorPatient *patient, GError **error);

/** disc_list_writer_finish: everything stands in the gathering database. */
gboolean disc_list_writer_finish (DiscListWriter *self, GError **error);

/** disc_list_writer_n_left_out: rows beyond the ceilings. */
guint disc_list_writer_n_left_out (const DiscListWriter *self);

G_END_DECLS
