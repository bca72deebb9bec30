/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/*
 * One piece of JSON of a stranger as a tree whose values are as they were written (spec fhir.md 0.1
 * facts 2 to 5, 6.2): every number is a string, and nothing that cJSON would let pass does.
 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

/* Added to cJSON's type of a string; cJSON_IsString() stays true. */
#define IMP_JSON_WAS_NUMBER (1 << 16)   /* a number token, verbatim: "3.50", "1e3" */
#define IMP_JSON_BAD_NUMBER (1 << 17)   /* no JSON number: "01", "1.", "NaN"; verbatim (E13) */

/** One name that stands twice in an object (spec fhir.md 6.2, E08). */
typedef struct
{
  char *path;           /* "subject.reference", "contained[1].code" */
  gboolean is_equal;    /* the same value: one was taken out of the tree; else both are in it */
  gboolean is_identity; /* id, resourceType, status, subject or patient: whose it is, or whether it
                           holds, is not known */
} ImpJsonDuplicate;

/** What was noticed in a text, though it could be read. */
typedef struct
{
  guint n_bad_numbers;
  guint n_lone_surrogates; /* written as U+FFFD */
  guint n_nul;             /* \u0000, written as U+FFFD */
  guint n_bad_utf8;        /* bytes written as U+FFFD */
  guint n_controls;        /* C0 other than tab, LF and CR: left out */
  guint n_duplicates;      /* all, though IMP_JSON_MAX_DUPLICATES are listed at most */
  GPtrArray *duplicates;   /* (element-type ImpJsonDuplicate) */
  gsize error_at;          /* on failure: byte, and line from 1 */
  guint error_line;
} ImpJsonReport;

void imp_json_report_clear (ImpJsonReport *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpJsonReport, imp_json_report_clear)

/** imp_json_report_conflicts: duplicates that are not equal. @n_identity: (out) (optional): of those,
 * the ones of identity keys */
guint imp_json_report_conflicts (const ImpJsonReport *self, guint *n_identity);

/**
 * imp_json_parse:
 * @text: one value, of at most IMP_JSON_MAX_SLICE_BYTES
 * @report: (out caller-allocates): emptied first; to be cleared
 *
 * Strict on structure, lenient on values: a bad number, a lone half of a surrogate pair, bytes that are
 * no UTF-8 cost nothing but themselves. A misspelt word, an unknown escape, a comma too many or bytes
 * behind the end are no JSON.
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_UNREADABLE or %IMP_ERROR_LIMIT and the line, never
 *   the words
 */
cJSON *imp_json_parse (const char *text, gsize len, ImpJsonReport *report, GError **error);

/* ---- reading -------------------------------------------------------------------------------- */

/** imp_json_get: (nullable): member of that very name; %NULL where it is null. @node: (nullable) */
const cJSON *imp_json_get (const cJSON *node, const char *key);
/** imp_json_string: (nullable): of a member that is a string, or was a number; "true" and "false" of
 * one that is neither; %NULL where it is empty. */
const char *imp_json_string (const cJSON *node, const char *key);
/** imp_json_text: the same of @node itself. @node: (nullable) */
const char *imp_json_text (const cJSON *node);
/** imp_json_first, imp_json_next: elements of @node, or @node alone where it is no array (spec fhir.md
 * 3.0.1); nulls are passed over. */
const cJSON *imp_json_first (const cJSON *node);
const cJSON *imp_json_next (const cJSON *element);

/*< for imp-json.c and its tests >*/

/**
 * imp_json_is_number: whether @text is a number of RFC 8259.
 */
gboolean imp_json_is_number (const char *text, gsize len);

/* Begin of a rewritten string that was a number, or a malformed one. No string holds them, as controls
 * are left out. */
#define IMP_JSON_MARK_NUMBER '\x01'
#define IMP_JSON_MARK_BAD_NUMBER '\x02'

/**
 * imp_json_rewrite:
 * @out: emptied, then @text for cJSON: numbers as marked strings, strings in UTF-8
 *
 * Returns: %FALSE with an error as of imp_json_parse()
 */
gboolean imp_json_rewrite (const char *text, gsize len, GString *out, ImpJsonReport *report,
                           GError **error);

G_END_DECLS
