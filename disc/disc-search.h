/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * Search. Patients are held in memory and scanned; words in records are found through the disc's
 * index of distinct terms and its bigrams of free text.
 */

/** What a list of patients shows. Its strings belong to it, and to the table where many share them.
 */
typedef struct
{
  guint32 pno;
  DiscPatientFlags flags;
  DiscPlace place;
  guint n_disputed;
  const char *facility, *id, *name, *kana, *birth_date, *sex, *ward, *room, *bed, *department;
  const char *place_at, *last_seen_at;
} DiscPatientRow;

typedef struct _DiscPatientTable DiscPatientTable;

/**
 * disc_patient_table_load: reads all patients; any thread, its own reader. Of a sealed disc that is
 * damaged all that can be read.
 */
DiscPatientTable *disc_patient_table_load (DiscReader *reader, GError **error);
void disc_patient_table_free (DiscPatientTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPatientTable, disc_patient_table_free)
guint disc_patient_table_n (const DiscPatientTable *self);
/** disc_patient_table_n_missing: patients that the disc has, and that no search can find because
 * they stand in a damaged part. */
guint disc_patient_table_n_missing (const DiscPatientTable *self);
/** disc_patient_table_get: (transfer full): a row for a list; it must not outlive the table. */
DiscPatientRow *disc_patient_table_get (const DiscPatientTable *self, guint i);
/** disc_patient_table_lookup: (transfer full): the row of a patient number, or %NULL. */
DiscPatientRow *disc_patient_table_lookup (const DiscPatientTable *self, guint32 pno);
void disc_patient_row_free (DiscPatientRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPatientRow, disc_patient_row_free)
/** disc_patient_table_find: where a patient number stands in the table, or DISC_PATIENT_NOWHERE. */
#define DISC_PATIENT_NOWHERE G_MAXUINT
guint disc_patient_table_find (const DiscPatientTable *self, guint32 pno);
/**
 * disc_patient_table_same_kana: patients with the folded kana of the one at @i, itself too; they
 * stand side by side. Without kana nobody is the same.
 * @first: (out) (optional): where the first of them stands
 */
guint disc_patient_table_same_kana (const DiscPatientTable *self, guint i, guint *first);
/** disc_patient_table_n_same_kana: the same by patient number; 0: there is none. */
guint disc_patient_table_n_same_kana (const DiscPatientTable *self, guint32 pno);

typedef struct
{
  GArray *rows;       /* guint, indexes of the table, best first; at most the limit */
  guint n_total;      /* all that match */
  char *understood;   /* how the text was read, for the search box: "ワタナベ チ…", "1948-04-05", or NULL */
} DiscPatientHits;

/**
 * disc_patient_table_search:
 * @query: id (with or without leading zeros), kanji with variants, kana of any width or hiragana,
 *   rōmaji of both systems, birth date, or several of these with blanks between (all must match)
 * @limit: rows to return; 0: none, only the count
 *
 * Order: exact id, then reading (those that are or begin with what was typed first, those that only
 * might be it last; within them by kana), then in-patients, then last visit. ■ in a stored name
 * matches any one kanji beside one that is there. A birth date of which only a part is known matches
 * the dates it may be. An id is always compared and shown as the exact string; leading zeros are only
 * ignored for finding. Takes milliseconds at 300,000 patients.
 */
DiscPatientHits *disc_patient_table_search (const DiscPatientTable *self, const char *query,
                                            guint limit);
void disc_patient_hits_free (DiscPatientHits *hits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPatientHits, disc_patient_hits_free)

typedef struct
{
  gint64 rid;
  guint32 pno;
} DiscWordHit;

/**
 * disc_reader_search_words:
 * @words: what somebody typed; blanks separate words that must all occur in the message
 * @pno: 0: the whole disc; else only this patient
 * @n_total: (out) (optional): all hits (counted up to 1,000,000)
 * Returns: (transfer full) (element-type DiscWordHit): newest patient rows first, at most @limit.
 *   Every substring of two or more characters of a drug, lab item, diagnosis or free text is
 *   found, and single characters that stand for themselves.
 */
GArray *disc_reader_search_words (DiscReader *self, const char *words, guint32 pno, guint limit,
                                  guint *n_total, GError **error);

/** What values met before are when folded, for one thread at a time. */
typedef struct _DiscTermMemory DiscTermMemory;

DiscTermMemory *disc_term_memory_new (void);
void disc_term_memory_free (DiscTermMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscTermMemory, disc_term_memory_free)

/**
 * disc_terms_extract:
 * @strings: the terms are kept there
 * @terms: (element-type utf8): distinct display strings of the records are appended, folded; they
 *   belong to @strings
 * @free_text: free text of the records is appended, folded, a line for each paragraph
 *
 * What of a message is searchable: names of things, remarks, results that are words. Not numbers,
 * dates, codes other than ICD-10, or people.
 */
void disc_terms_extract (DiscTermMemory *memory, const guint8 *records, gsize len,
                         GStringChunk *strings, GPtrArray *terms, GString *free_text);

G_END_DECLS
