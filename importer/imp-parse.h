/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-types.h"
#include "imp-fhir-store.h"
#include "imp-roots.h"
#include "imp-scan.h"
#include "imp-source.h"
#include "imp-spill.h"
#include "imp-tally.h"
#include "imp-window.h"

G_BEGIN_DECLS

/*
 * The first pass for one thread: files to messages to the scratch file.
 */

typedef struct _ImpParser ImpParser;

/** How far all parsers of a run have come; atomic. */
typedef struct
{
  gint n_files;
  gint n_messages;
} ImpParseProgress;

/**
 * imp_parser_new:
 * @source_labels: names of the sources, by their number
 * @window: (nullable): what is surely outside it is counted and not laid aside; %NULL when its end
 *   is not known yet
 * @now: ISO; times of sending later than that are counted, and never make data look new
 *
 * All are used, not owned. One parser for each thread.
 */
ImpParser *imp_parser_new (ImpSpill *spill, ImpRoots *roots, GPtrArray *source_labels,
                           const ImpWindow *window, const char *now,
                           ImpParseProgress *progress);
/** imp_parser_set_document_types: @types: (nullable): used, not owned. */
void imp_parser_set_document_types (ImpParser *self, const ImpDocumentTypes *types);
/** imp_parser_set_scanner: @scanner: (nullable): asked about documents and files that are refused. */
void imp_parser_set_scanner (ImpParser *self, ImpScanner *scanner);
void imp_parser_free (ImpParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpParser, imp_parser_free)

/** imp_parser_set_fhir: where resources of FHIR are laid aside; without it their files are refused. Used,
 * not owned. */
void imp_parser_set_fhir (ImpParser *self, ImpFhirStore *store);

/**
 * imp_parser_take:
 *
 * Reads every file of @batch, takes its streams over, and counts it as read, refused or ignored. A bad file never ends the
 * import.
 *
 * Returns: %FALSE with %DISC_ERROR_IO, %DISC_ERROR_NO_SPACE when the scratch file cannot be written
 */
gboolean imp_parser_take (ImpParser *self, ImpBatch *batch, GError **error);

/** imp_parser_finish: lays aside what is still in hand. */
gboolean imp_parser_finish (ImpParser *self, GError **error);

/** imp_parser_tally: what was counted; belongs to the parser. */
const ImpTally *imp_parser_tally (ImpParser *self);

G_END_DECLS
