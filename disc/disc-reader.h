/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-container.h"
#include "disc-contents.h"
#include "disc-model.h"

G_BEGIN_DECLS

/** A disc opened for reading. One reader per thread; nothing on the medium is ever written. */
typedef struct _DiscReader DiscReader;

/**
 * disc_reader_open:
 * @dir: the folder that holds the disc's files
 * Returns: (transfer full): %NULL with %DISC_ERROR_NOT_A_DISC, _TOO_NEW, _CORRUPT, _IO
 */
DiscReader *disc_reader_open (const char *dir, GError **error);
/**
 * disc_reader_open_with: a sealed disc, or any.
 * @unlock: (nullable): what opens it; a disc that is not sealed needs none
 *
 * Returns: (transfer full): %NULL also with %DISC_ERROR_LOCKED, _PASSPHRASE, _SIGNER, _ALTERED,
 *   _TRUNCATED, _VOLUME for a volume that is not the first of its disc
 */
DiscReader *disc_reader_open_with (const char *dir, const DiscUnlock *unlock, GError **error);
/**
 * disc_reader_open_again: (transfer full): the same disc for another thread, without a passphrase and
 * with most of its memory shared. Any thread, while @other lives.
 */
DiscReader *disc_reader_open_again (DiscReader *other, GError **error);
void disc_reader_free (DiscReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscReader, disc_reader_free)

/** disc_reader_is_sealed: whether there is a sealed disc at @dir, of which nothing else is known. */
gboolean disc_reader_is_sealed (const char *dir);

/** disc_reader_container: of a sealed disc; %NULL for one that is not. Belongs to the reader. */
DiscContainer *disc_reader_container (DiscReader *self);

const DiscInfo *disc_reader_get_info (DiscReader *self);
/** disc_reader_get_freshness: (element-type DiscFreshness): one per kind that is on the disc. */
GPtrArray *disc_reader_get_freshness (DiscReader *self);
/** disc_reader_get_data_type_freshness: (element-type DiscFreshness): one per data type (ADT-00). */
GPtrArray *disc_reader_get_data_type_freshness (DiscReader *self);
/** disc_reader_load_report: (transfer full): the import report, JSON. */
char *disc_reader_load_report (DiscReader *self, GError **error);

/** One value of the report that is neither an object nor an array. */
typedef struct
{
  const char *path;  /* of what holds it: "$.verdict.reasons[0]"; quotes around a name that is not of
                        letters, digits and underscores */
  const char *name;  /* in an object; in an array its number; of a part that is a value not told: "" */
  const char *value; /* text, number in digits, "1" or "0" */
} DiscReportValue;

/** DISC_REPORT_MAX_VALUES: that disc_reader_load_report_part() gives at most. */
#define DISC_REPORT_MAX_VALUES 20000

/**
 * disc_reader_load_report_part:
 * @part: "$" for all of it, "$.wards" for a part
 * @texts: where the texts are kept
 *
 * Returns: (transfer full) (element-type DiscReportValue): in the order of the report; empty where there
 *   is no such part; %NULL where the report is no JSON, or cannot be read
 */
GArray *disc_reader_load_report_part (DiscReader *self, const char *part, GStringChunk *texts,
                                      GError **error);
/** disc_reader_load_counts: (transfer full): the counts, a JSON object. */
char *disc_reader_load_counts (DiscReader *self, GError **error);
guint disc_reader_n_patients (DiscReader *self);

/* ---- several volumes ------------------------------------------------------------------------ */

/** disc_reader_volume: number of the volume that was opened; 1 but for DiscUnlock.any_volume. */
guint disc_reader_volume (DiscReader *self);
guint disc_reader_n_volumes (DiscReader *self);

/** disc_reader_volume_path: (transfer full): where the disc at @dir has its volume @number: @dir for the
 * first. A folder that may not be there. */
char *disc_reader_volume_path (const char *dir, guint number);

/**
 * disc_reader_run: of a volume from the second on, the messages whose sources it holds.
 * @first_rid: @last_rid: (out): both inclusive
 * Returns: %FALSE for the first volume
 */
gboolean disc_reader_run (DiscReader *self, gint64 *first_rid, gint64 *last_rid);

/** disc_reader_volume_of: the volume that has the source of a message. */
guint disc_reader_volume_of (DiscReader *self, gint64 rid);

/** disc_reader_has_volume: whether @number is at hand. Those that lie beside the disc are when they are
 * first needed. */
gboolean disc_reader_has_volume (DiscReader *self, guint number);

/**
 * disc_reader_attach_volume:
 * @dir: the folder that holds a volume's files
 * @number: (out) (optional): which one it is; 0 when it does not say
 *
 * Takes a further volume of this disc to hand. No passphrase is needed. One that was at hand under the
 * same number makes way.
 *
 * Returns: %FALSE with %DISC_ERROR_OTHER_DISC, _VOLUME for the first volume, _SIGNER, or with the errors
 *   of disc_reader_open_with()
 */
gboolean disc_reader_attach_volume (DiscReader *self, const char *dir, guint *number,
                                    GError **error);

/** disc_reader_volume_damage: what reading has found on one volume, as long as the reader lives. */
DiscDamage disc_reader_volume_damage (DiscReader *self, guint number);

/**
 * disc_reader_release: closes the files of all volumes, so that a medium can make way for another one in
 * the same drive. What is in memory can still be read. The rest is looked for where it was, and fails
 * with %DISC_ERROR_ELSEWHERE while it is not there: never another disc's. This also holds for all
 * readers that were opened again from this one. An unsealed disc stays open.
 */
void disc_reader_release (DiscReader *self);
/** disc_reader_is_released: whether the volume that was opened is not at hand at present. */
gboolean disc_reader_is_released (DiscReader *self);

/**
 * disc_reader_resume: goes on with the volume that was opened, which is at @dir now; only with the same
 * medium, or its equal.
 * Returns: %FALSE with %DISC_ERROR_OTHER_DISC, or with an error of disc_reader_open()
 */
gboolean disc_reader_resume (DiscReader *self, const char *dir, GError **error);

/* ---- one patient ---------------------------------------------------------------------------- */

/** disc_patient_free: for a DiscPatient that a reader handed out with (transfer full). */
void disc_patient_free (DiscPatient *patient);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPatient, disc_patient_free)

/** disc_reader_load_patient: (transfer full): everything known but @demographics_from, or %NULL with an
 * error. */
DiscPatient *disc_reader_load_patient (DiscReader *self, guint32 pno, GError **error);

/** disc_reader_load_demographics_from: fills it in, where the disc has it; it stands far from the rest.
 * @patient: of disc_reader_load_patient() */
gboolean disc_reader_load_demographics_from (DiscReader *self, DiscPatient *patient, GError **error);

/** disc_reader_find_patients: (transfer full): pnos with exactly this id, over all facilities. */
GArray *disc_reader_find_patients (DiscReader *self, const char *id, GError **error);

/** All messages of one patient with their records, without the sources: one run of pages. */
typedef struct _DiscChart DiscChart;

DiscChart *disc_reader_load_chart (DiscReader *self, guint32 pno, GError **error);
/** disc_reader_load_chart_of: his messages with a record of @kind; of a damaged patient maybe others too. */
DiscChart *disc_reader_load_chart_of (DiscReader *self, guint32 pno, DiscKind kind, GError **error);
/** disc_reader_load_messages: (array length=n): these rows, those that the disc has, as a chart; each
 * that lies in a damaged part is in disc_chart_lost(). */
DiscChart *disc_reader_load_messages (DiscReader *self, const gint64 *rids, guint n, GError **error);
/**
 * disc_reader_find_lost: (transfer full): messages of a patient of which records or source cannot be
 * read, by data type; empty when all can. %NULL with an error when it is not known what there should
 * be.
 */
DiscContents *disc_reader_find_lost (DiscReader *self, guint32 pno, GError **error);
/** disc_reader_find_lost_sources: (transfer full): likewise of a run of messages, on a volume from the
 * second on; their data types are not known there. */
DiscContents *disc_reader_find_lost_sources (DiscReader *self, gint64 first_rid, gint64 last_rid,
                                             GError **error);
/**
 * disc_reader_count_lost_disputed: sources of disputed messages that cannot be read, on a volume from the
 * second on.
 * @first: (nullable): the first volume, which tells how many there are
 * @is_exact: (out): %FALSE where it is not there, or lacks the rows too: at least so many
 */
gboolean disc_reader_count_lost_disputed (DiscReader *self, DiscReader *first, guint *n_lost,
                                          gboolean *is_exact, GError **error);
/** disc_reader_load_disputed: the disputed messages that name @id (%NULL: all), as a chart. */
DiscChart *disc_reader_load_disputed (DiscReader *self, const char *id, GError **error);
/** disc_reader_load_records: one message with its records, as a chart of one. */
DiscChart *disc_reader_load_records (DiscReader *self, gint64 rid, GError **error);
/**
 * disc_reader_load_message: the same with its source.
 * Returns: %NULL also with %DISC_ERROR_ELSEWHERE when that lies on a volume that is not at hand
 */
DiscChart *disc_reader_load_message (DiscReader *self, gint64 rid, GError **error);
/**
 * disc_reader_load_source: the source of a message alone. Of a message on another volume nothing is read
 * from the one that was opened, which may be out of the drive.
 * @source: (out) (transfer full) (nullable): %NULL when there is none
 * Returns: %FALSE likewise
 */
gboolean disc_reader_load_source (DiscReader *self, gint64 rid, char **source, gsize *len,
                                  GError **error);
void disc_chart_free (DiscChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscChart, disc_chart_free)

/**
 * disc_chart_lost: messages of the chart that stand in a damaged part of a sealed disc and are not
 * in it, by data type; %NULL when all are there. A chart is never shorter without saying so.
 */
const DiscContents *disc_chart_lost (const DiscChart *self);

guint disc_chart_n_messages (const DiscChart *self);
/** disc_chart_message: its records are disc_chart_record(); source only after disc_reader_load_message(). */
const DiscMessage *disc_chart_message (const DiscChart *self, guint i);
guint disc_chart_n_records (const DiscChart *self);
/** disc_chart_record: record.message is the index for disc_chart_message(). */
const DiscRecord *disc_chart_record (const DiscChart *self, guint i);

/** disc_reader_load_findings: (element-type DiscFinding) (transfer full): of a patient or all (%NULL id). */
GPtrArray *disc_reader_load_findings (DiscReader *self, const char *facility, const char *id,
                                      GError **error);

/** What is done with each message; %FALSE (with @error set) ends the walk. */
typedef gboolean (*DiscMessageFunc) (const DiscMessage *message, const DiscRecordSet *records,
                                     gpointer user_data, GError **error);
/**
 * disc_reader_foreach_message:
 * @first_rid: @last_rid: both inclusive; 0 and G_MAXINT64 for the whole disc
 *
 * Walks messages in row order: patient by patient, the disputed ones last. Each comes with its
 * source; what @func is handed lives until it returns. @func may use the reader. Ends with
 * %DISC_ERROR_ELSEWHERE at the first source on a volume that is not at hand.
 */
gboolean disc_reader_foreach_message (DiscReader *self, gint64 first_rid, gint64 last_rid,
                                      DiscMessageFunc func, gpointer user_data, GError **error);

/** DISC_PNO: the patient number in a row number; disputed messages have DISC_PNO_DISPUTED or more. */
#define DISC_SEQ_BITS 20
#define DISC_PNO(rid) ((guint32) ((rid) >> DISC_SEQ_BITS))
#define DISC_PNO_DISPUTED 0x40000000u

G_END_DECLS
