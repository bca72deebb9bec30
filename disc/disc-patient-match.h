/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-patient-key.h"
#include "disc-patient-table-private.h"

G_BEGIN_DECLS

/** How well a patient matches a word, best first. */
typedef enum
{
  DISC_PATIENT_RANK_ID,        /* exactly this id */
  DISC_PATIENT_RANK_ID_ZEROS,  /* this id but for leading zeros */
  DISC_PATIENT_RANK_WHOLE,     /* the family name, the whole name, the birth date */
  DISC_PATIENT_RANK_BEGIN,     /* the name or the id begins so */
  DISC_PATIENT_RANK_PART,      /* the given name begins so, the written name holds it, the id ends so */
  DISC_PATIENT_RANK_LOOSE,     /* but for long vowels; a birth date of which only a part is known */
  DISC_PATIENT_RANK_INSIDE,    /* somewhere in the reading */
  DISC_PATIENT_RANK_LOST,      /* if the lost characters are these */
  DISC_PATIENT_N_RANKS         /* no match */
} DiscPatientRank;

/** A word of the query and every way to read it; what it cannot mean is NULL or 0. */
typedef struct
{
  char *typed;
  char *id;              /* ASCII, lower-case */
  gsize n_id;
  const char *id_digits; /* in @id, behind leading zeros */
  DiscPackedDate date;
  char *iso_date;
  char *letters;         /* of a reading, disc-patient-key.h */
  gsize n_letters;
  gboolean is_loose;     /* long vowels and n need not be exact: typed in rōmaji */
  char *latin;           /* letters that stand for themselves */
  gsize n_latin;
  char *name;            /* folded */
  gsize n_name;
  gboolean has_kanji;    /* in @name: only kanji are lost */
  gboolean has_lost;     /* in @name: ■ was typed */
  char *kana;            /* how rōmaji was read */
  gboolean is_complete;  /* nothing more is expected behind @kana */
} DiscPatientWord;

/**
 * disc_patient_word_new:
 * @text: UTF-8, @len bytes, without blanks
 * @is_followed: whether a blank was typed behind it
 * Returns: (transfer full): %NULL if nothing is left of it after folding
 */
DiscPatientWord *disc_patient_word_new (const char *text, gsize len, gboolean is_followed);
void disc_patient_word_free (DiscPatientWord *self);

/** disc_patient_word_match_key: by reading and name. */
DiscPatientRank disc_patient_word_match_key (const DiscPatientWord *self,
                                             const DiscPatientKey *key);
/** disc_patient_word_match_inside: anywhere in the reading. */
DiscPatientRank disc_patient_word_match_inside (const DiscPatientWord *self,
                                                const DiscPatientKey *key);
DiscPatientRank disc_patient_word_match_id (const DiscPatientWord *self, const char *id);
DiscPatientRank disc_patient_word_match_date (const DiscPatientWord *self, DiscPackedDate birth);

/* ---- parts of names (disc-patient-parts.h) -------------------------------------------------- */

/** Only the whole name tells. Worse than any rank, so that it shows in the worst of several. */
#define DISC_PATIENT_RANK_OPEN (DISC_PATIENT_N_RANKS + 1)

/** What a part says of a name that is this part, begins with it, or ends with it behind another
 * one. */
typedef struct
{
  guint8 alone, first, last; /* DiscPatientRank; the last two also DISC_PATIENT_RANK_OPEN */
} DiscPatientPartRank;

/** disc_patient_word_rank_reading: @key: the piece of a part. */
DiscPatientPartRank disc_patient_word_rank_reading (const DiscPatientWord *self, const guint8 *key);
/** disc_patient_word_rank_name: the same for the name as it is written. */
DiscPatientPartRank disc_patient_word_rank_name (const DiscPatientWord *self, const guint8 *key);
/** disc_patient_word_rank_inside: like disc_patient_word_match_inside(). */
DiscPatientPartRank disc_patient_word_rank_inside (const DiscPatientWord *self, const guint8 *key);

G_END_DECLS
