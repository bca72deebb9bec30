/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map.h"

G_BEGIN_DECLS

/*
 * Private to the imp-map-*.c files: what the message groups share.
 */

/** Name of a segment as a number, for switch: IMP_SEG ('O', 'B', 'X'). */
#define IMP_SEG(a, b, c) (((guint32) (a) << 16) | ((guint32) (b) << 8) | (guint32) (c))

/** Bit of a field in a mask of fields that are read (or known to say nothing to a clinician). */
#define IMP_BIT(n) (G_GUINT64_CONSTANT (1) << (n))

/** What a record is, as far as the message tells; see imp_state_stricter(). */
typedef struct
{
  DiscStatus status;
  gboolean live;
} ImpState;

/** Records of one message that share kind and state; see imp_mapper_item(). */
typedef struct
{
  DiscKind kind;
  ImpState state;
  const ImpSegment *owner; /* of a record that is of this panel alone; or NULL */
  DiscRecordBuilder *builder;
  gsize head_len;  /* bytes of the mark and the record's own values taken from the head */
  DiscRecordBuilder *differences; /* of the present head, to be added to each item */
  guint generation; /* of the head that the differences are of */
} ImpBucket;

/** Everything at hand while one message is mapped. */
typedef struct
{
  ImpEr7 *er7;
  const ImpName *name;
  ImpMapped *out;
  const char *title;           /* of records that have no better one */
  ImpState base;               /* what the event alone says; the strictest wins */
  gboolean is_test;            /* MSH-11: nothing in it is live */
  gboolean items_have_time;    /* each item says when; no difference from the record's is added */
  guint n_segments;
  const ImpSegment *header;    /* MSH */
  const ImpSegment *event;     /* EVN, PID, PV1, PV2: the first of each, or NULL */
  const ImpSegment *pid;
  const ImpSegment *visit;
  const ImpSegment *plan;
  GPtrArray *buckets;          /* (element-type ImpBucket), kept from message to message */
  guint n_buckets;             /* of this message */
  ImpBucket *open;             /* bucket of the item begun last, or NULL */
  DiscRecordBuilder *head;     /* values of the record to come, behind one mark */
  guint generation;            /* counts the heads */
  const ImpSegment *head_orc;  /* ORC that the head was made of, and of nothing else; or NULL */
  DiscRecordBuilder *preamble; /* for every record: notes to the message, what was not understood */
  DiscRecordBuilder *pending;  /* for the next item */
  DiscRecordBuilder *shared;   /* what a block says of each of its items; see imp_mapper_shared() */
  GString *scratch;
  GString *kept;               /* names of what was kept as text, for the finding */
  guint n_kept;
  guint n_bad_escapes;
  guint n_cut;                 /* values, items and records left out for their size */
  DiscRecordBuilder *beyond;   /* takes the items that a full record does not */
} ImpMapper;

/** A run of segments: from an opening segment to the next. */
typedef struct
{
  guint first;
  guint end;   /* behind the last */
} ImpRange;

/* ---- segments ------------------------------------------------------------------------------- */

const ImpSegment *imp_mapper_segment (ImpMapper *self, guint i);
guint32 imp_segment_code (const ImpSegment *segment);

/** imp_mapper_find: first segment of that code in @range that is more than its name, or %NULL. */
const ImpSegment *imp_mapper_find (ImpMapper *self, ImpRange range, guint32 code);

/** imp_mapper_count: segments of that code in @range. */
guint imp_mapper_count (ImpMapper *self, ImpRange range, guint32 code);

/** imp_mapper_next_range: the next run that begins with @opener at or behind @range->end; ranges
 * follow each other without gap. Begin with { 0, index of the first opener }. */
gboolean imp_mapper_next_range (ImpMapper *self, guint32 opener, ImpRange *range);

/* ---- values --------------------------------------------------------------------------------- */

/** imp_mapper_leaf: resolves escapes; the explicit null and blanks alone read as empty. */
ImpText imp_mapper_leaf (ImpMapper *self, ImpText leaf);

/** imp_mapper_get: component of the first repetition, resolved, not trimmed. */
ImpText imp_mapper_get (ImpMapper *self, const ImpSegment *segment, guint field, guint component);

/** imp_mapper_code: the same, trimmed: for comparing with codes. */
ImpText imp_mapper_code (ImpMapper *self, const ImpSegment *segment, guint field, guint component);

/** imp_mapper_has: whether the field holds anything but an explicit null. */
gboolean imp_mapper_has (ImpMapper *self, const ImpSegment *segment, guint field);

/** Walks the repetitions of a field; cheap for fields of many. */
typedef struct
{
  const char *next;
  const char *end;
  char separator;
  guint n;
} ImpRepetitions;

void imp_repetitions_init (ImpRepetitions *self, ImpMapper *mapper, ImpText field);
gboolean imp_repetitions_next (ImpRepetitions *self, ImpText *repetition);

/**
 * imp_mapper_coded_text: what to print of a CWE (SS-MIX2 spec 4.1): component 2, else 5, else 9,
 * else the code.
 */
ImpText imp_mapper_coded_text (ImpMapper *self, ImpText repetition);

/** imp_mapper_field_text: the same of the first repetition of a field. */
ImpText imp_mapper_field_text (ImpMapper *self, const ImpSegment *segment, guint field);

/** imp_mapper_free_text: every component that is neither code nor coding system, joined by blanks;
 * @with_code: the code too (RXE-7). Valid until the next call. */
ImpText imp_mapper_free_text (ImpMapper *self, ImpText repetition, gboolean with_code);

/** imp_mapper_person: family and given name (XCN @first 2, XPN @first 1) with an ideographic
 * blank. Valid until the next call. */
ImpText imp_mapper_person (ImpMapper *self, ImpText repetition, guint first);

/** imp_mapper_place: ward, room and bed of a PL or LA2 with blanks. Valid until the next call. */
ImpText imp_mapper_place (ImpMapper *self, ImpText repetition);

/** imp_mapper_date: ISO at the precision given, else as stored (SS-MIX2 spec 5.7); @out: at least
 * DISC_DATE_MAX bytes. */
ImpText imp_mapper_date (ImpMapper *self, ImpText leaf, char *out);

/** imp_text_is_one_of: whether the trimmed text is one of the words of a blank-separated list. */
gboolean imp_text_is_one_of (ImpText text, const char *words);

/** imp_text_contains: whether @needle stands anywhere in @text; an empty one does not. */
gboolean imp_text_contains (ImpText text, ImpText needle);

gboolean imp_texts_equal (ImpText a, ImpText b);

/* ---- adding to a record ---------------------------------------------------------------------- */

void imp_add (DiscRecordBuilder *to, DiscField field, ImpText text);

/** imp_mapper_add: component of the first repetition. */
void imp_mapper_add (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field, guint component);

/** imp_mapper_add_all: every repetition as it stands, components and all. */
void imp_mapper_add_all (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                         const ImpSegment *segment, guint field);

/** imp_mapper_add_texts: the text of every repetition of a CWE; both texts where they differ. */
void imp_mapper_add_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field);

/** imp_mapper_add_free_texts: every repetition by imp_mapper_free_text(). */
void imp_mapper_add_free_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                                const ImpSegment *segment, guint field, gboolean with_code);

/** imp_mapper_add_coded: name, code and system of a CWE, and the other code with its name. */
void imp_mapper_add_coded (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                           ImpText repetition);

void imp_mapper_add_date (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                          const ImpSegment *segment, guint field, guint component);

/** imp_mapper_add_persons: every repetition of an XCN that is not phonetic. */
void imp_mapper_add_persons (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                             const ImpSegment *segment, guint field);

/** imp_mapper_add_place: ward, room and bed as one text. */
void imp_mapper_add_place (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field);

/** imp_mapper_add_quantity: number and unit of a CQ (number^code&text&system). */
void imp_mapper_add_quantity (ImpMapper *self, DiscRecordBuilder *to, DiscField number_as,
                              DiscField unit_as, const ImpSegment *segment, guint field);

/** imp_mapper_labelled: a comment "label: text"; nothing when @text is empty. */
void imp_mapper_labelled (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText text);

/** imp_mapper_labelled_quantity: the same of a CQ, "label: number unit". */
void imp_mapper_labelled_quantity (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                                   const ImpSegment *segment, guint field);

/** imp_mapper_unit: text of the unit of a CQ. */
ImpText imp_mapper_unit (ImpMapper *self, ImpText quantity);

/** Fields that are shown as labelled comments. */
typedef enum
{
  IMP_LABEL_TEXT,   /* CWE or plain: imp_mapper_coded_text() of each repetition */
  IMP_LABEL_DATE,
  IMP_LABEL_PERSON,
  IMP_LABEL_PLACE,
} ImpLabelKind;

typedef struct
{
  guint field;
  const char *label;
  ImpLabelKind kind;
} ImpLabel;

void imp_mapper_add_labels (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            const ImpLabel *labels, guint n_labels);

/* ---- what is not understood ------------------------------------------------------------------- */

/** imp_mapper_keep: text kept with its place, "RXE-26: 100" (未解釈). */
void imp_mapper_keep (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field, ImpText text);

/** imp_mapper_keep_unread: every filled field whose bit is not in @read. */
void imp_mapper_keep_unread (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                             const ImpSegment *segment, guint64 read);

/** imp_mapper_keep_segment: the whole segment; a name alone is nothing. */
void imp_mapper_keep_segment (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                              const ImpSegment *segment);

/* ---- records (imp-map-records.c) --------------------------------------------------------------- */

ImpMapper *imp_mapper_new (void);
void imp_mapper_free (ImpMapper *self);

/** imp_mapper_begin: forgets the message before. */
void imp_mapper_begin (ImpMapper *self, ImpEr7 *er7, const ImpName *name, ImpMapped *out);

/** imp_mapper_finish: writes the records out; one of kind unknown where there is none. */
void imp_mapper_finish (ImpMapper *self);

/** imp_mapper_head: empties the values of the record to come; add to what it returns. */
DiscRecordBuilder *imp_mapper_head (ImpMapper *self);

/**
 * imp_mapper_item: begins an item in the record of that kind and state; the record begins with it
 * if it is the first. Values of the head that the record does not share are added to the item.
 */
DiscRecordBuilder *imp_mapper_item (ImpMapper *self, DiscKind kind, ImpState state);

/** imp_mapper_record: the same without an item: values go to the record itself. @owner: (nullable):
 * the record is of this segment alone. */
DiscRecordBuilder *imp_mapper_record (ImpMapper *self, DiscKind kind, ImpState state,
                                      const ImpSegment *owner);

/** imp_mapper_shared: empties what a block says of each of its items; add to what it returns. */
DiscRecordBuilder *imp_mapper_shared (ImpMapper *self);

/** imp_mapper_add_shared: adds that to an item. */
void imp_mapper_add_shared (ImpMapper *self, DiscRecordBuilder *item);

/** imp_mapper_is_full: whether @to takes no more; then something is left out, and counted. */
gboolean imp_mapper_is_full (ImpMapper *self, DiscRecordBuilder *to);

/** imp_mapper_here: the open item, or what will be added to the next one. */
DiscRecordBuilder *imp_mapper_here (ImpMapper *self);

/** imp_mapper_close: what comes next belongs to the item to come. */
void imp_mapper_close (ImpMapper *self);

/** imp_mapper_note: NTE-3, to imp_mapper_here(). */
void imp_mapper_note (ImpMapper *self, const ImpSegment *note);

/** imp_mapper_stray: a segment of no use at this place: notes are shown, lists that are read
 * elsewhere are left alone, all others are kept as text. */
void imp_mapper_stray (ImpMapper *self, const ImpSegment *segment);

/**
 * imp_mapper_common: takes what is not read from MSH, EVN, PID, PV1, PV2 and the notes to the
 * message into the preamble.
 * Returns: %FALSE if @segment is none of these
 */
gboolean imp_mapper_common (ImpMapper *self, const ImpSegment *segment);

/** imp_mapper_preamble: reads the segments before the first of @openers ("SPM ORC OBR"); returns
 * its index. */
guint imp_mapper_preamble (ImpMapper *self, const char *openers);

/* ---- state (imp-map-state.c) -------------------------------------------------------------------- */

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

/* ---- people (imp-map-person.c) ------------------------------------------------------------------ */

/** imp_mapper_patient_name: XPN of @representation 'I' name, 'P' kana, 'A' Latin letters (SS-MIX2
 * spec 5.8). Valid until the next call. */
ImpText imp_mapper_patient_name (ImpMapper *self, const ImpSegment *segment, guint field,
                                 char representation);
void imp_mapper_add_patient_names (ImpMapper *self, DiscRecordBuilder *to,
                                   const ImpSegment *segment, guint field);
void imp_mapper_add_addresses (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                               guint field);
void imp_mapper_add_phones (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            guint field);

/* ---- orders (imp-map-order.c) ------------------------------------------------------------------- */

/**
 * imp_mapper_order_head: begins the head of a record with @at_field of @at (nullable), and adds who
 * ordered what where: from ORC, OBR (each may be %NULL) and PV1. Fields of ORC that are not read
 * are kept for the next item.
 */
DiscRecordBuilder *imp_mapper_order_head (ImpMapper *self, const ImpSegment *at, guint at_field,
                                          const ImpSegment *orc, const ImpSegment *obr);

/** imp_mapper_add_request: what OBR says beside the head and its name; keeps what is not read. */
void imp_mapper_add_request (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obr);

/** imp_mapper_add_usage: TQ1-3: text and code of every repetition. */
void imp_mapper_add_usage (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1);

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

/* ---- observations (imp-map-observation.c) -------------------------------------------------------- */

/** imp_mapper_add_values: every OBX-5 by its type. */
void imp_mapper_add_values (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                            const ImpSegment *obx);

/** imp_mapper_add_observation: an OBX as one text "name: value unit"; @rest_as: what is not read. */
void imp_mapper_add_observation (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                                 DiscField rest_as, const ImpSegment *obx);

/** imp_mapper_keep_value_rest: of an OBX shown by another row: what is not read. */
void imp_mapper_keep_value_rest (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_add_observed: value, unit, range and flags of an OBX; keeps what is not read. */
void imp_mapper_add_observed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_add_result: the same with OBX-11. */
void imp_mapper_add_result (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx);

/** imp_mapper_measurement: an OBX of basic data or of an order as an item of kind observation. */
void imp_mapper_measurement (ImpMapper *self, const ImpSegment *obx);

/** imp_mapper_add_material: a ZRD as "text amount unit". */
void imp_mapper_add_material (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                              ImpText repetition);

/** imp_mapper_note_mismatch: the name says another type than the message is; @is: which. */
void imp_mapper_note_mismatch (ImpMapper *self, const char *is);

/* ---- message groups ----------------------------------------------------------------------------- */

void imp_map_basics (ImpMapper *self);       /* ADT-00 */
/** imp_map_movement: ADT-01, -12 to -52. @event: what happened, in words; @agrees: type and event
 * do; otherwise it places nobody (SS-MIX2 spec 2.1) */
void imp_map_movement (ImpMapper *self, const char *type, const char *event, gboolean agrees);
/** imp_map_adt_common: what of an ADT belongs to the message as a whole. */
void imp_map_adt_common (ImpMapper *self);
/** imp_map_adt_attachments: contacts, measurements, disability and insurance of an ADT. */
void imp_map_adt_attachments (ImpMapper *self);
void imp_map_allergies (ImpMapper *self);    /* ADT-61 */
/** imp_map_order_allergies: AL1 wherever they stand; @at_order: the list as it was then. */
void imp_map_order_allergies (ImpMapper *self, gboolean at_order);
void imp_map_problems (ImpMapper *self);     /* PPR-01 */
/** imp_map_old_problems: DG1 of SS-MIX version 1. */
void imp_map_old_problems (ImpMapper *self);
void imp_map_meals (ImpMapper *self);        /* OMD */
/** imp_mapper_add_encoded_order: what RXE says alike of prescriptions and injections. */
void imp_mapper_add_encoded_order (ImpMapper *self, DiscRecordBuilder *item,
                                   const ImpSegment *rxe);
/** imp_mapper_is_injection_kind: whether RXE-2 is the kind of an injection order, JHSI0002, and
 * thus no drug (SS-MIX2 spec 2.1, 4.10). */
gboolean imp_mapper_is_injection_kind (ImpMapper *self, const ImpSegment *rxe);
void imp_map_drug_orders (ImpMapper *self);  /* OMP-01, OMP-02: block by block */
void imp_map_prescription (ImpMapper *self, ImpRange block, const ImpSegment *orc);
void imp_map_injection (ImpMapper *self, ImpRange block, const ImpSegment *orc);
void imp_map_administrations (ImpMapper *self); /* OMP-11, -12 */
void imp_map_lab (ImpMapper *self, gboolean is_order); /* OML-01, -11 and OMG-13 */

/** One panel of a lab message: a specimen, its order and request, and their rows. */
typedef struct
{
  const ImpSegment *spm;
  const ImpSegment *orc;
  const ImpSegment *obr;
  ImpRange rows;           /* from the first row to the next panel */
  GHashTable *pairs;       /* rows of microbiology by OBX-4; NULL until needed */
  GHashTable *organisms;   /* of the whole message: OBX-4 to the row that names it */
} ImpPanel;

/** imp_panel_is_microbiology: by the JLAC10 code of the row, or of the panel. */
gboolean imp_panel_is_microbiology (ImpMapper *self, const ImpPanel *panel,
                                    const ImpSegment *obx);
/** imp_panel_add_microbiology: an item of organism or drug and result; rows that only name the
 * organism or drug of another row join that row. */
void imp_panel_add_microbiology (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx,
                                 ImpState state);
/** imp_panel_add_at: OBX-14, else SPM-17, else OBR-7. @obx: (nullable) */
void imp_panel_add_at (ImpMapper *self, const ImpPanel *panel, DiscRecordBuilder *item,
                       const ImpSegment *obx);
void imp_map_exams (ImpMapper *self, gboolean is_performed); /* OMG-01 to -03, -11, -12 */
void imp_map_unknown (ImpMapper *self);
/** imp_mapper_coverage: IN1 or ZI1 as an item of kind coverage. */
void imp_mapper_coverage (ImpMapper *self, const ImpSegment *insurance, ImpState state);

G_END_DECLS
