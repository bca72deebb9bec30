/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-message.h"
#include "imp-spill.h"

G_BEGIN_DECLS

/* Messages on their way to the scratch file: those of one patient go together. One for each thread. */

typedef struct _ImpUnitWriter ImpUnitWriter;

/** imp_unit_writer_new: both are used, not owned. */
ImpUnitWriter *imp_unit_writer_new (ImpSpill *spill, ImpSpillCoder *coder);
void imp_unit_writer_free (ImpUnitWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpUnitWriter, imp_unit_writer_free)

/**
 * imp_unit_writer_add:
 * @facility, @patient: whose it is; "" for nobody
 *
 * Returns: %FALSE as imp_spill_put()
 */
gboolean imp_unit_writer_add (ImpUnitWriter *self, const char *facility, const char *patient,
                              const ImpMessage *message, GError **error);

/** imp_unit_writer_flush: lays aside what is in hand. */
gboolean imp_unit_writer_flush (ImpUnitWriter *self, GError **error);

G_END_DECLS
