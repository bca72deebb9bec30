/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map.h"
#include "imp-text.h"

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
  guint fit_generation; /* of the head that was last compared */
  gboolean fits;        /* that head says all that the record says */
  gboolean is_bare;     /* the record says nothing itself; each item says all */
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
  gboolean visit_is_told;      /* PV1 beside what heads say of it */
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
  guint n_compared;            /* heads with records of this message */
  const ImpSegment *head_orc;  /* ORC that the head was made of, and of nothing else; or NULL */
  const ImpSegment *state_orc; /* ORC that was asked about last, or NULL */
  ImpState orc_state;          /* what that one says */
  DiscRecordBuilder *preamble; /* for every record: notes to the message, what was not understood */
  DiscRecordBuilder *pending;  /* for the next item */
  DiscRecordBuilder *shared;   /* what a block says of each of its items; see imp_mapper_shared() */
  GString *names_key;          /* of the names of the message before; empty: there is none */
  char last_name[sizeof (((ImpFacts *) NULL)->name)];
  char last_kana[sizeof (((ImpFacts *) NULL)->kana)];
  GString *scratch;
  GString *line;               /* of a labelled comment */
  GString *kept;               /* names of what was kept as text, for the finding */
  guint n_kept;
  guint n_bad_escapes;
  guint n_cut;                 /* values, items and records left out for their size */
  gsize file_bytes;            /* of the files of the message, decoded */
  DiscRecordBuilder *beyond;   /* takes the items that a full record does not */
} ImpMapper;

/** A run of segments: from an opening segment to the next. */
typedef struct
{
  guint first;
  guint end;   /* behind the last */
} ImpRange;

/* ---- segments -------------------------------------------------------------------------------- */

const ImpSegment *imp_mapper_segment (ImpMapper *self, guint i);
guint32 imp_segment_code (const ImpSegment *segment);

/** imp_mapper_find: first segment of that code in @range that is more than its name, or %NULL. */
const ImpSegment *imp_mapper_find (ImpMapper *self, ImpRange range, guint32 code);

/** imp_mapper_count: segments of that code in @range. */
guint imp_mapper_count (ImpMapper *self, ImpRange range, guint32 code);

/** imp_mapper_next_range: the next run that begins with @opener at or behind @range->end; ranges
 * follow each other without gap. Begin with { 0, index of the first opener }. */
gboolean imp_mapper_next_range (ImpMapper *self, guint32 opener, ImpRange *range);

/* ---- values ---------------------------------------------------------------------------------- */

/** imp_mapper_leaf: resolves escapes; the explicit null and blanks alone read as empty. */
ImpText imp_mapper_leaf (ImpMapper *self, ImpText leaf);

/** imp_mapper_whole: a repetition or a field that is no composite, put together as it stood: "10^6".
 */
ImpText imp_mapper_whole (ImpMapper *self, ImpText text);

/** imp_mapper_get_whole: the same of a field. */
ImpText imp_mapper_get_whole (ImpMapper *self, const ImpSegment *segment, guint field);

/** imp_mapper_first: the first repetition of a field; nearly always the field itself. As sent. */
ImpText imp_mapper_first (ImpMapper *self, const ImpSegment *segment, guint field);

/** imp_mapper_first_component: of that; as sent. */
ImpText imp_mapper_first_component (ImpMapper *self, const ImpSegment *segment, guint field,
                                    guint n);

/** imp_mapper_component: of a repetition, resolved. */
ImpText imp_mapper_component (ImpMapper *self, ImpText repetition, guint n);

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

/** The components of a CWE, [1] to [9], and what stands behind them, as sent. */
typedef struct
{
  ImpText part[10];
  ImpText rest;
} ImpCoded;

/** Texts that a CWE may have beside the one that is shown. */
#define IMP_MAX_OTHER_TEXTS 3

/** imp_mapper_split: all of them in one walk. */
void imp_mapper_split (ImpMapper *self, ImpText repetition, ImpCoded *coded);

/** imp_coded_text: what to print of it; see imp_mapper_coded_text(). */
ImpText imp_coded_text (ImpMapper *self, const ImpCoded *coded);

/** imp_coded_other_texts: what it is called beside @text: alternate and original text (CWE-5, -9),
 * and what stands behind them. Returns: how many */
guint imp_coded_other_texts (ImpMapper *self, const ImpCoded *coded, ImpText text,
                             ImpText others[IMP_MAX_OTHER_TEXTS]);

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

/** imp_mapper_person: family and given names (XCN @first 2, XPN @first 1) with ideographic
 * blanks. Valid until the next call. */
ImpText imp_mapper_person (ImpMapper *self, ImpText repetition, guint first);

/** imp_mapper_staff: the name of an XCN, or what else it holds. Valid until the next call. */
ImpText imp_mapper_staff (ImpMapper *self, ImpText repetition);

/** imp_mapper_is_kana_of_person: whether the @n-th (from 0) repetition of an XCN is how the one
 * before it is read (XCN-15). */
gboolean imp_mapper_is_kana_of_person (ImpMapper *self, ImpText repetition, guint n);

/** imp_mapper_place: ward, room, bed, building, floor and words of a PL or LA2 with blanks. Valid
 * until the next call. */
ImpText imp_mapper_place (ImpMapper *self, ImpText repetition);

/** imp_mapper_place_beyond_bed: the same without ward, room and bed. */
ImpText imp_mapper_place_beyond_bed (ImpMapper *self, ImpText repetition);

/** imp_mapper_date: ISO at the precision given, else as stored (SS-MIX2 spec 5.7); @out: at least
 * DISC_DATE_MAX bytes. */
ImpText imp_mapper_date (ImpMapper *self, ImpText leaf, char *out);

/** imp_text_is_one_of: whether the trimmed text is one of the words of a blank-separated list. */
gboolean imp_text_is_one_of (ImpText text, const char *words);

/** imp_text_contains: whether @needle stands anywhere in @text; an empty one does not. */
gboolean imp_text_contains (ImpText text, ImpText needle);

gboolean imp_texts_equal (ImpText a, ImpText b);

/** imp_text_looks_like_system: whether it could be the name of a coding system: capitals and
 * digits. */
gboolean imp_text_looks_like_system (ImpText text);


/* ---- adding to a record ---------------------------------------------------------------------- */

void imp_add (DiscRecordBuilder *to, DiscField field, ImpText text);

/*
 * Each of these takes all that a field of its data type may say. What stands in a field beside that is
 * kept as not understood: none reads a part and drops the rest.
 */

/** imp_mapper_add_whole: a field that is no composite (NM, ST, ID), as it stands, in one value: a
 * separator in "10^6" is part of the value. */
void imp_mapper_add_whole (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field);

/** imp_mapper_add_number: the number of an EI or CX; who issued it is left to the source. */
void imp_mapper_add_number (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                            const ImpSegment *segment, guint field);

/** imp_mapper_add_code: component 1 alone, beside what else is read of the field. */
void imp_mapper_add_code (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                          const ImpSegment *segment, guint field);

/** Numbers that are compared so that none is added twice. */
#define IMP_MAX_PAIRED 8

/** All numbers of an EIP. */
#define IMP_ALL_NUMBERS 50

/** imp_mapper_add_pairs: the numbers of an EIP: of who ordered (@n_max 1) and of who performs; not those
 * that are @known, to which they are added (of %IMP_MAX_PAIRED). */
void imp_mapper_add_pairs (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field, guint n_max, ImpText *known,
                           guint *n_known);

/** imp_mapper_add_all: every repetition as it stands, components and all. */
void imp_mapper_add_all (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                         const ImpSegment *segment, guint field);

/** imp_mapper_add_text_of: the texts of one repetition of a CWE, all that differ. */
void imp_mapper_add_text_of (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                             ImpText repetition);

/** imp_mapper_add_texts: the same of every repetition. */
void imp_mapper_add_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field);

/** imp_mapper_add_free_texts: every repetition by imp_mapper_free_text(). */
void imp_mapper_add_free_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                                const ImpSegment *segment, guint field, gboolean with_code);

/** imp_mapper_add_coded_of: name, code and system of a CWE, and the other code with its names. */
void imp_mapper_add_coded_of (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                              ImpText repetition);

/** imp_mapper_add_coded: the same of a field that does not repeat. */
void imp_mapper_add_coded (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                           const ImpSegment *segment, guint field);

void imp_mapper_add_date (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                          const ImpSegment *segment, guint field, guint component);

/** imp_mapper_add_persons: every repetition of an XCN that is not phonetic. */
void imp_mapper_add_persons (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                             const ImpSegment *segment, guint field);

/** imp_mapper_add_place: ward, room and bed as one text. */
void imp_mapper_add_place (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field);

/** imp_mapper_add_bed: ward, room and bed each by itself, and what else a PL or LA2 says. */
void imp_mapper_add_bed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                         guint field);

/** imp_mapper_labelled: a comment "label: text"; nothing when @text is empty. */
void imp_mapper_labelled (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText text);

/** Fields that are shown as labelled comments. */
typedef enum
{
  IMP_LABEL_TEXT,     /* CWE or plain: the texts of each repetition */
  IMP_LABEL_WHOLE,    /* no composite: as it stands */
  IMP_LABEL_DATE,
  IMP_LABEL_PERSON,   /* XCN */
  IMP_LABEL_NAME,     /* XPN, or an XCN that stands where one should */
  IMP_LABEL_PLACE,
  IMP_LABEL_NUMBER,   /* EI, CX or XON: the first component */
  IMP_LABEL_QUANTITY, /* CQ */
} ImpLabelKind;

typedef struct
{
  guint field;
  const char *label;
  ImpLabelKind kind;
} ImpLabel;

void imp_mapper_add_labels (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            const ImpLabel *labels, guint n_labels);

/* ---- units and quantities (imp-map-quantity.c) ----------------------------------------------- */

/**
 * imp_mapper_add_unit: a field that is a unit, as text or as code and text. What is no plain pair
 * of code and text is added as it stands, so that nothing of "10^3/uL" is lost; what else the
 * field says goes to %DISC_FIELD_OTHER_UNIT.
 */
void imp_mapper_add_unit (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                          const ImpSegment *segment, guint field);

/** imp_mapper_unit_text: the same as a text, without what else it says. */
ImpText imp_mapper_unit_text (ImpMapper *self, const ImpSegment *segment, guint field);

/** imp_mapper_keep_unit_rest: what imp_mapper_unit_text() does not say of a unit. */
void imp_mapper_keep_unit_rest (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                                guint field);

/** imp_mapper_add_quantity: number and unit of a CQ (number^code&text&system). */
void imp_mapper_add_quantity (ImpMapper *self, DiscRecordBuilder *to, DiscField number_as,
                              DiscField unit_as, const ImpSegment *segment, guint field);

/** imp_mapper_labelled_quantity: the same of a CQ, "label: number unit". */
void imp_mapper_labelled_quantity (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                                   const ImpSegment *segment, guint field);

/** imp_mapper_unit: text of the unit of a CQ. */
ImpText imp_mapper_unit (ImpMapper *self, ImpText quantity);

/* ---- what is not understood ------------------------------------------------------------------ */

/** imp_mapper_keep: text kept with its place, "RXE-26: 100" (未解釈). */
void imp_mapper_keep (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field, ImpText text);

/** imp_mapper_keep_beyond: the field, if it says more than @read, a slice of it. */
void imp_mapper_keep_beyond (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                             guint field, ImpText read);

/** imp_mapper_keep_code: the field, unless it is one of the @known codes, which are read elsewhere. */
void imp_mapper_keep_code (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                           guint field, const char *known);

/** imp_mapper_keep_field: the field as it stands. */
void imp_mapper_keep_field (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            guint field);

/** imp_mapper_keep_repetition: one repetition of it. */
void imp_mapper_keep_repetition (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                                 guint field, ImpText repetition);

/** imp_mapper_keep_different: every filled field that says something else than in @other and whose
 * bit is not in @read. */
void imp_mapper_keep_different (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                                const ImpSegment *other, guint64 read);

/** imp_mapper_keep_unread: every filled field whose bit is not in @read. */
void imp_mapper_keep_unread (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                             const ImpSegment *segment, guint64 read);

/** imp_mapper_keep_segment: the whole segment; a name alone is nothing. */
void imp_mapper_keep_segment (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                              const ImpSegment *segment);

/* ---- one message (imp-map-mapper.c) ---------------------------------------------------------- */

ImpMapper *imp_mapper_new (void);
void imp_mapper_free (ImpMapper *self);

/** imp_mapper_begin: forgets the message before. */
void imp_mapper_begin (ImpMapper *self, ImpEr7 *er7, const ImpName *name, ImpMapped *out);

/** imp_mapper_finish: writes the records out, and says what was not understood or left out. */
void imp_mapper_finish (ImpMapper *self);

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

/** imp_mapper_read_facts: sender, patient and kind of message into the facts (imp-map-facts.c). */
void imp_mapper_read_facts (ImpMapper *self);

/** imp_mapper_check_end: whether the last segment was cut off (SS-MIX2 spec 8.20). */
void imp_mapper_check_end (ImpMapper *self);

/* ---- records (imp-map-records.c) ------------------------------------------------------------- */

/** imp_mapper_head: empties the values of the record to come; add to what it returns. */
DiscRecordBuilder *imp_mapper_head (ImpMapper *self);

/**
 * imp_mapper_item: begins an item in the record of that kind and state whose own values the head
 * has all; where there is none, a record begins with it. Values of the head that the record does
 * not share are added to the item.
 */
DiscRecordBuilder *imp_mapper_item (ImpMapper *self, DiscKind kind, ImpState state);

/** imp_mapper_record: the same without an item: values go to the record itself. @owner: (nullable):
 * the record is of this segment alone. */
DiscRecordBuilder *imp_mapper_record (ImpMapper *self, DiscKind kind, ImpState state,
                                      const ImpSegment *owner);

/** imp_mapper_inherit: adds to the head what it lacks and @from, a head too, has. */
void imp_mapper_inherit (ImpMapper *self, DiscRecordBuilder *from);

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

/** imp_mapper_add_note: NTE-3 and what else it says. */
void imp_mapper_add_note (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *note);

/** imp_mapper_add_notes_behind: the NTE directly behind segment @i, which is one of a list that is
 * read apart from the rest (AL1, IAM, DG1). */
void imp_mapper_add_notes_behind (ImpMapper *self, DiscRecordBuilder *to, guint i);

/** imp_mapper_note_owner: code of the segment that the NTE at @i stands behind, or 0. */
guint32 imp_mapper_note_owner (ImpMapper *self, guint i);

/** imp_mapper_is_note_of_list: whether that is AL1 or DG1, whose notes are read with them wherever they
 * stand. */
gboolean imp_mapper_is_note_of_list (ImpMapper *self, guint i);

/** imp_mapper_note: the note, to imp_mapper_here(). */
void imp_mapper_note (ImpMapper *self, const ImpSegment *note);

/** imp_mapper_write_records: all of them, to what comes out; one of kind unknown where there is
 * none. */
void imp_mapper_write_records (ImpMapper *self);

G_END_DECLS
