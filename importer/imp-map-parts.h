/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map-common.h"

G_BEGIN_DECLS

/* Parts of records that several message groups share. */

/* ---- state (imp-map-state.c) ----------------------------------------------------------------- */

/** imp_state: live as the status says; %DISC_STATUS_UNKNOWN is taken as standing. */
ImpState imp_state (DiscStatus status);

/** imp_state_stricter: the one that claims less (SS-MIX2 spec 2.6, last line). */
ImpState imp_state_stricter (ImpState a, ImpState b);

/** imp_state_of_order: ORC-1 and ORC-5; @base where they say nothing. */
ImpState imp_state_of_order (ImpMapper *self, const ImpSegment *orc, ImpState base);

/** imp_state_of_result: OBX-11, or OBR-25 where that is empty; a cancelled panel always counts.
 * @panel: (nullable): OBR */
ImpState imp_state_of_result (ImpMapper *self, const ImpSegment *obx, const ImpSegment *panel);

/** imp_state_of_panel: OBR-25 alone; @base where it is empty. */
ImpState imp_state_of_panel (ImpMapper *self, const ImpSegment *panel, ImpState base);

/** imp_state_of_request: of what is only ordered: ORC, and what OBR-25 or OBX-11 withdraw; how far
 * they say the work has come is not the order's. Each segment may be %NULL. */
ImpState imp_state_of_request (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr,
                               const ImpSegment *obx);

/* ---- people (imp-map-person.c) --------------------------------------------------------------- */

/** imp_mapper_patient_name: XPN of @representation 'I' name, 'P' kana, 'A' Latin letters (SS-MIX2
 * spec 5.8). Valid until the next call. */
ImpText imp_mapper_patient_name (ImpMapper *self, const ImpSegment *segment, guint field,
                                 char representation);
/** imp_mapper_are_same_staff: whether two fields of XCN name the same, however the name is parted. */
gboolean imp_mapper_are_same_staff (ImpMapper *self, const ImpSegment *a, guint a_field,
                                    const ImpSegment *b, guint b_field);
void imp_mapper_add_patient_names (ImpMapper *self, DiscRecordBuilder *to,
                                   const ImpSegment *segment, guint field);
/** imp_mapper_keep_further_names: names of a representation that has one already. */
void imp_mapper_keep_further_names (ImpMapper *self, DiscRecordBuilder *to,
                                    const ImpSegment *segment, guint field);
/** imp_mapper_label_addresses: addresses that are not the patient's, as comments. */
void imp_mapper_label_addresses (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                                 const char *postal_label, const ImpSegment *segment, guint field);
void imp_mapper_add_addresses (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                               guint field);
void imp_mapper_add_phones (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            guint field);

/* ---- stay and event (imp-map-visit.c) -------------------------------------------------------- */

/** imp_mapper_tell_visit: the fields of PV1 and PV2 as labelled comments; @told: bits of the fields
 * of PV1 that are said elsewhere. */
void imp_mapper_tell_visit (ImpMapper *self, DiscRecordBuilder *to, guint64 told);
/** imp_mapper_tell_plan: the same of PV2 alone. */
void imp_mapper_tell_plan (ImpMapper *self, DiscRecordBuilder *to, guint64 told);
/** imp_mapper_same_event_times: bits of the times of EVN that are @time, as sent. */
guint64 imp_mapper_same_event_times (ImpMapper *self, ImpText time);
/** imp_mapper_tell_event: the same of EVN. */
void imp_mapper_tell_event (ImpMapper *self, DiscRecordBuilder *to, guint64 told);

/* ---- orders (imp-map-order.c) ---------------------------------------------------------------- */

/**
 * imp_mapper_order_head: begins the head of a record with @at_field of @at (nullable), and adds who
 * ordered what where: from ORC, OBR (each may be %NULL) and PV1. Fields of ORC that are not read
 * are kept for the next item.
 */
DiscRecordBuilder *imp_mapper_order_head (ImpMapper *self, const ImpSegment *at, guint at_field,
                                          const ImpSegment *orc, const ImpSegment *obr);

/** imp_mapper_add_parents: numbers of what the order belongs to: ORC-8 and OBR-29 (each segment may
 * be %NULL), each once. */
void imp_mapper_add_parents (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc,
                             const ImpSegment *obr);

/** imp_mapper_keep_order_codes: ORC-1 and -5, where they are none that is known. */
void imp_mapper_keep_order_codes (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc);

/** imp_mapper_share_risks: infection risks told anywhere in the message, for all its records. */
void imp_mapper_share_risks (ImpMapper *self);

/** imp_mapper_add_request: what OBR says beside the head and its name; keeps what is not read. */
void imp_mapper_add_request (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obr);

/** imp_mapper_add_usage: TQ1-3: text and code of every repetition. */
void imp_mapper_add_usage (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1);

/** imp_mapper_pattern_says_more: whether a repetition of TQ1-3 says more than a code and its text. */
gboolean imp_mapper_pattern_says_more (ImpMapper *self, ImpText repetition);

/** imp_mapper_add_limits: days, doses, conditions and priority of a TQ1; keeps what is not read. */
void imp_mapper_add_limits (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1);

/** imp_mapper_add_timing: all of a TQ1: usage, start, end and limits. */
void imp_mapper_add_timing (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1);

/**
 * imp_mapper_has_interval: whether a code among the repetitions is neither a plain usage of 16
 * characters nor an uneven dose: every other day, on Mondays, once a week.
 * @subcomponents: the code is the first subcomponent (TQ1-3), not the first component (RXE-7)
 */
gboolean imp_mapper_has_interval (ImpMapper *self, const ImpSegment *segment, guint field,
                                  gboolean subcomponents);

/** imp_mapper_note_reach: takes the last day ORC and TQ1 (each may be %NULL) speak of into the
 * facts, generously; @stretched: the days are not days of the calendar. */
void imp_mapper_note_reach (ImpMapper *self, const ImpSegment *orc, const ImpSegment *tq1,
                            gboolean stretched);

/** imp_mapper_note_clinical: a date to sort and filter by; the earliest counts. */
void imp_mapper_note_clinical (ImpMapper *self, const ImpSegment *segment, guint field);

/* ---- observations (imp-map-observation.c) ---------------------------------------------------- */

/** imp_mapper_add_values: every OBX-5 by its type. */
void imp_mapper_add_values (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                            const ImpSegment *obx);

/** imp_mapper_add_observation: an OBX as one text "name: value unit"; @panel: (nullable): OBR */
void imp_mapper_add_observation (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                                 const ImpSegment *obx, const ImpSegment *panel);

/** imp_mapper_remark: an OBX beside an order or what was given, as a comment "name: value unit" to
 * imp_mapper_here(); one that was withdrawn as an observation of its own. */
void imp_mapper_remark (ImpMapper *self, const ImpSegment *obx);

/** imp_mapper_tell_row: of an OBX whose value another row shows: everything else, as comments.
 * @value: that other row; @flag_is_result: which takes OBX-8 as its own, unless it has one */
void imp_mapper_tell_row (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx,
                          const ImpSegment *value, gboolean flag_is_result);

/** imp_mapper_keep_status: OBX-11, where it is no status that is known. */
void imp_mapper_keep_status (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_add_observed: value, unit, range and flags of an OBX; keeps what is not read. */
void imp_mapper_add_observed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_add_result: the same with OBX-11. */
void imp_mapper_add_result (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_measurement: an OBX of basic data or of an order as an item of kind observation. */
void imp_mapper_measurement (ImpMapper *self, const ImpSegment *obx);

/* ---- files in observations (imp-map-data.c) ---------------------------------------------------
 */

/** imp_mapped_files_new: of ImpMapped. */
GPtrArray *imp_mapped_files_new (void);

/** imp_mapper_take_files: decodes every file of the message, wherever its OBX stands, before it is
 * mapped: OBX of type ED, and of another type where OBX-5 is built as one (HL7 v2.5 2.A.24). */
void imp_mapper_take_files (ImpMapper *self);

/** imp_mapper_is_file: whether an OBX holds files. */
gboolean imp_mapper_is_file (ImpMapper *self, const ImpSegment *obx);

/** imp_mapper_file_text: what is said in place of a repetition of its OBX-5: never the bytes. */
ImpText imp_mapper_file_text (ImpMapper *self, ImpText repetition);

/** imp_mapper_report_kind: of a result in words: a report, unless the folder says what it is. */
DiscKind imp_mapper_report_kind (ImpMapper *self);

/** imp_mapper_file_record: an OBX of files as text of a record of theirs, which is open then; with
 * @owner (nullable), OBR, one a panel. */
DiscRecordBuilder *imp_mapper_file_record (ImpMapper *self, const ImpSegment *obx, ImpState state,
                                           const ImpSegment *owner);

/** imp_mapper_file_beside: the same beside the item that is open, and stays so; it is no more alive
 * than that. */
void imp_mapper_file_beside (ImpMapper *self, const ImpSegment *obx, ImpState state);

/** imp_mapper_add_untold_files: those whose OBX no group of the message reads. */
void imp_mapper_add_untold_files (ImpMapper *self);

/** imp_mapper_add_material: a ZRD as "text amount unit". */
void imp_mapper_add_material (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                              ImpText repetition);

/** imp_mapper_note_mismatch: the name says another type than the message is; @is: which. */
void imp_mapper_note_mismatch (ImpMapper *self, const char *is);

G_END_DECLS
