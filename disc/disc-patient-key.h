/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the patient search compares: a reading spelt in letters, and folded names.
 *
 * The reading is folded kana (disc_text_fold_kana()) in Kunrei letters, one or two each, ン as N, so
 * that half a syllable typed ("tanak") is a prefix, and "ti" and "chi" are the same. Letters and
 * digits stand for themselves, a lost character is '?', others are '.'.
 *
 * The key of a patient is, in bytes: the length of the reading's letters, 0 if there are none; else
 * the number of parts of the name behind the first, where each of them begins, and the letters; then
 * each name as its length and its bytes, and a length of 0. Longer texts are cut: their beginning is
 * found.
 */
#define DISC_PATIENT_KEY_MAX 255
#define DISC_PATIENT_KEY_MAX_PARTS 8
#define DISC_PATIENT_KEY_MAX_NAMES 16 /* former ones; the last holds the rest */

/** Stands in folded names for a character that was lost: ■ 〓 U+FFFD, or private to a hospital. */
#define DISC_PATIENT_KEY_LOST '\x01'

/** disc_patient_key_letters: appends the letters of @kana (any text), without its blanks. */
void disc_patient_key_letters (const char *kana, gssize len, GString *letters);

/** disc_patient_key_name: appends the folded form of @name, without its blanks. */
void disc_patient_key_name (const char *name, gssize len, GString *folded);

/**
 * disc_patient_key_add: appends the key of a patient; all texts may be %NULL.
 * @kana: without it the name is taken for a reading; only its kana and letters can then be found
 * @former_names: newline-separated
 */
void disc_patient_key_add (const char *kana, const char *name, const char *former_names,
                           GByteArray *keys);

/** disc_patient_key_add_reading: the letters of a key, with what stands before them. */
void disc_patient_key_add_reading (const char *kana, GByteArray *keys);

/** disc_patient_key_add_name: a name of a key; nothing if nothing is left of it. */
void disc_patient_key_add_name (const char *name, GByteArray *keys);

/** disc_patient_key_add_former: names of a key. */
void disc_patient_key_add_former (const char *former_names, GByteArray *keys);

/** A key taken apart; the pointers are into it. */
typedef struct
{
  const char *letters;
  guint n_letters;
  const guint8 *starts; /* of the parts behind the first */
  guint n_starts;
  const guint8 *names;  /* lengths and bytes, to a length of 0 */
} DiscPatientKey;

/** disc_patient_key_read: takes the key at @data apart. */
static inline DiscPatientKey
disc_patient_key_read (const guint8 *data)
{
  if (*data == 0)
    return (DiscPatientKey) { .names = data + 1 };

  return (DiscPatientKey) {
    .letters = (const char *) data + 2 + data[1],
    .n_letters = data[0],
    .starts = data + 2,
    .n_starts = data[1],
    .names = data + 2 + data[1] + data[0],
  };
}

/** disc_patient_key_next: the key behind @key. */
static inline const guint8 *
disc_patient_key_next (const DiscPatientKey *key)
{
  const guint8 *p = key->names;

  while (*p != 0)
    p += 1 + *p;
  return p + 1;
}

/** First byte of the order of those without kana: behind all others. */
#define DISC_PATIENT_ORDER_NO_KANA 0xff

/**
 * disc_patient_key_order:
 * Returns: (transfer full): bytes that sort as kana are listed, and are equal for equal folded kana;
 *   without kana, DISC_PATIENT_ORDER_NO_KANA and the folded name
 */
char *disc_patient_key_order (const char *kana, const char *name);

/** disc_patient_key_order_reading: appends those bytes of a reading, or of a part of it.
 * Returns: 0: nothing is left of it */
gsize disc_patient_key_order_reading (const char *kana, GString *out);

G_END_DECLS
