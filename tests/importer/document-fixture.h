/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document.h"

/* Attachments made up by tests, and what became of them. */

/** A PDF of these objects, numbered from 1, ended by NULL; the first is the catalogue. @trailer:
 * more entries of its last dictionary. */
GBytes *fixture_pdf (const char *const *objects, const char *trailer);

/** A PNG, as any program may write it; one of another @seed differs. Noise, so that it stays large. */
GBytes *fixture_png (guint width, guint height, guint seed);

/** Converts and checks what is so of every document. @out: initialised here */
void fixture_convert (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out);

/** The same of a text, at the usual limits. */
void fixture_convert_text (const char *bytes, ImpDocument *out);

/** Whether a finding has that code and these words in it. */
gboolean fixture_has_finding (const ImpDocument *document, ImpFindingCode code, const char *words);

const ImpDocumentPicture *fixture_picture (const ImpDocument *document, guint i);

/**
 * A zip of names and contents in turn, ended by NULL.
 * @is_packed: deflated, or stored as they are
 */
GBytes *fixture_zip (const char *const *pairs, gboolean is_packed);
