/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-er7.h"
#include "imp-files.h"
#include "imp-inspect.h"
#include "imp-map.h"
#include "imp-message.h"
#include "imp-name-extended.h"
#include "imp-parse.h"
#include "imp-unit-writer.h"

G_BEGIN_DECLS

/* What the files of one parser share. */

struct _ImpParser
{
  ImpSpill *spill;
  ImpRoots *roots;
  GPtrArray *source_labels;
  const ImpWindow *window;
  const char *now;

  ImpSpillCoder *coder;
  ImpEr7 *er7;
  ImpMapped *mapped;
  GString *text;
  GArray *findings; /* (element-type ImpFinding) of the message at hand; details owned */
  ImpTally *tally;
  ImpFiles files; /* of the document at hand */

  /* Of a file of the extended storage. */
  const ImpDocumentTypes *document_types; /* (nullable) */
  ImpExtendedName extended;
  char *data_type;
  char *title;

  ImpFhirStore *fhir; /* (nullable) */
  ImpFhirStoreWriter *resources;

  DiscSourceFormat format; /* of the file at hand, where it is not as its path says; or 0 */
  ImpInspection inspection;

  ImpUnitWriter *writer;

  /* The root looked up last. */
  guint last_source;
  char *last_root_path;
  guint last_root;
  ImpParseProgress *progress;
};

/* ---- imp-parse.c ---------------------------------------------------------------------------- */

/** imp_parser_bare_message: of a file, with what its path says; valid as long as @file and the file
 * at hand. */
ImpMessage imp_parser_bare_message (ImpParser *self, const ImpFile *file, guint root);

/** imp_parser_add_finding: to those of the message at hand. @detail: (transfer full) */
void imp_parser_add_finding (ImpParser *self, ImpFindingCode code, ImpSeverity severity,
                             char *detail);

/** imp_parser_put_message: lays it aside with the findings at hand, for the chart of @patient ("":
 * nobody's). Returns: %FALSE when the scratch file cannot be written */
gboolean imp_parser_put_message (ImpParser *self, const char *facility, const char *patient,
                                 ImpMessage *message, GError **error);

/**
 * imp_parser_refuse: counts and tells a file that is not read, asks the virus scanner about it, and
 * looks whether it was made unreadable.
 * @detail: (nullable): beside the words of @reason
 * Returns: %FALSE when the scratch file cannot be written
 */
gboolean imp_parser_refuse (ImpParser *self, const ImpFile *file, guint root, ImpReason reason,
                            const char *detail, GError **error);

/* ---- imp-parse-check.c ---------------------------------------------------------------------- */

/** imp_parser_patient_of_name: whose chart the file would have stood in, when its name leaves no
 * doubt; else
 * "". */
const char *imp_parser_patient_of_name (const ImpName *name);

/** imp_parser_check_name: findings about a message's path: what it is made of does not fit
 * together. */
void imp_parser_check_name (ImpParser *self, const ImpName *name);

/** imp_parser_check_identity: whether path and content name one patient; if not, @message is
 * disputed. */
void imp_parser_check_identity (ImpParser *self, ImpMessage *message, const char *facility,
                                ImpRootTally *root);

/* ---- imp-parse-files.c ---------------------------------------------------------------------- */

/** imp_parser_take_files: words and pictures of the files of the message that was mapped, each into
 * the record that it belongs to; asks the virus scanner about each. Returns: %FALSE when the
 * scratch file cannot be written */
gboolean imp_parser_take_files (ImpParser *self, GError **error);

/* ---- imp-parse-fhir.c ----------------------------------------------------------------------- */

/**
 * imp_parser_take_fhir:
 * @stream: (transfer full): the file
 * @is_taken: (out): %FALSE: it is none of FHIR's, somebody else may read it
 *
 * With imp_parser_set_fhir() only. Returns: %FALSE when the scratch file cannot be written
 */
gboolean imp_parser_take_fhir (ImpParser *self, const ImpFile *file, guint source, guint root,
                               ImpStream *stream, gboolean *is_taken, GError **error);

/** imp_parser_take_stream: a file that is too large to be held, or packed: FHIR alone is read so.
 * Returns: %FALSE when the scratch file cannot be written */
gboolean imp_parser_take_stream (ImpParser *self, ImpFile *file, guint source, guint root,
                                 GError **error);

G_END_DECLS
