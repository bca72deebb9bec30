/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Files inside the text of a message, as base64: in CDA, FHIR and HL7 (ED). Their words and pixels
 * are read; the bytes themselves, which may be a program, never go to the disc: not as part of a
 * source message either.
 */

/** Shorter ones stay, unless the scanner found something: keys, digests, signatures. */
#define IMP_BASE64_CUT_MIN 1024
/** Shorter ones are never told from words. */
#define IMP_BASE64_CUT_LINE 60

/** For a finding; how many. */
#define IMP_BASE64_CUT_DETAIL                                                                      \
  "%u files in base64 left out of the source message: their bytes are in the backup"

/**
 * imp_base64_cut:
 * @text: a source message, in any form: HL7, XML, JSON (with its escapes)
 * @min_characters: %IMP_BASE64_CUT_MIN, or fewer as far as %IMP_BASE64_CUT_LINE
 * @out: the same, with a remark in place of each file: how long it was, and the SHA-256 of the file
 * in it, by which it can be found again; untouched where there is none
 *
 * Returns: how many there were
 */
guint imp_base64_cut (const char *text, gsize len, gsize min_characters, GString *out);

G_END_DECLS
