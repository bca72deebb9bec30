/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Dates of the list of patients, small: of "2026-01-28T15:16:00" only the digits are kept, two a byte.
 * What does not come back letter by letter stays text, so no date is ever another one.
 *
 * The first byte says what follows: 0 nothing (there is no date); 1 to DISC_PATIENT_DATE_DIGITS so many
 * digits; DISC_PATIENT_DATE_SAME nothing (as the date before); DISC_PATIENT_DATE_TEXT a text and its
 * NUL.
 */
#define DISC_PATIENT_DATE_DIGITS 26
#define DISC_PATIENT_DATE_MAX 40 /* bytes of the longest of so many digits, with its NUL */
#define DISC_PATIENT_DATE_SAME 0xfe
#define DISC_PATIENT_DATE_TEXT 0xff

/**
 * disc_patient_date_pack: appends @text to @out.
 * @before: (nullable): the date packed before it
 */
void disc_patient_date_pack (const char *text, const char *before, GByteArray *out);

/**
 * disc_patient_date_unpack:
 * @before: (nullable): the date unpacked before it
 * @room: DISC_PATIENT_DATE_MAX bytes, for a date of digits
 * @text: (out) (nullable): in @room, in @packed, or @before
 *
 * Returns: what stands behind it
 */
const guint8 *disc_patient_date_unpack (const guint8 *packed, const char *before, char *room,
                                        const char **text);

/** disc_patient_date_skip: what stands behind a packed date. */
const guint8 *disc_patient_date_skip (const guint8 *packed);

G_END_DECLS
