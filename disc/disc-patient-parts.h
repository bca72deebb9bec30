/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-patient-key.h"

G_BEGIN_DECLS

/*
 * Names and readings of patients, each different part of them once: of 300,000 patients some ten
 * thousand families have the same few names, and what a search compares is the same for all who
 * have one.
 *
 * A name is one part, or two with one blank between them (disc_patient_parts_split()). A part keeps
 * its text as it was written, and what a search compares: the letters of a reading or the folded
 * name, as they stand in a key (disc-patient-key.h).
 */

/** A part is its number in the pool it comes from; 0 is the empty text. */
typedef guint32 DiscPatientPart;

typedef struct
{
  GByteArray *bytes; /* of each part its text, its NUL, and its piece of a key */
  GArray *offsets;   /* guint32, by part */
  GString *piece;    /* being made */
  guint32 *places;   /* part + 1 by hash; 0: free; NULL: closed */
  guint n_places;    /* a power of two */
  void (*make) (const char *text, GByteArray *key);
} DiscPatientParts;

/** disc_patient_parts_init: @make: what a search compares of a text. */
void disc_patient_parts_init (DiscPatientParts *self,
                              void (*make) (const char *text, GByteArray *key));
void disc_patient_parts_clear (DiscPatientParts *self);

/** disc_patient_parts_close: gives back what only adding needs. */
void disc_patient_parts_close (DiscPatientParts *self);

/** disc_patient_parts_add: @text: @len bytes of UTF-8; @is_new: (out) (optional). */
DiscPatientPart disc_patient_parts_add (DiscPatientParts *self, const char *text, gsize len,
                                        gboolean *is_new);

static inline guint
disc_patient_parts_n (const DiscPatientParts *self)
{
  return self->offsets->len;
}

/** disc_patient_parts_text: as it was written. */
static inline const char *
disc_patient_parts_text (const DiscPatientParts *self, DiscPatientPart part)
{
  return (const char *) self->bytes->data + g_array_index (self->offsets, guint32, part);
}

/** disc_patient_parts_key: the piece of a key. */
const guint8 *disc_patient_parts_key (const DiscPatientParts *self, DiscPatientPart part);

/**
 * disc_patient_parts_split:
 * @blank: (out): U+3000 or ' '
 * Returns: bytes before the first blank, where @text may be cut: what folding does with the whole
 * is what it does with both parts, one behind the other. Else 0.
 */
gsize disc_patient_parts_split (const char *text, gunichar *blank);

G_END_DECLS
