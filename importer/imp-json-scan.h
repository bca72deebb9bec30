/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-slice.h"
#include "imp-stream.h"

G_BEGIN_DECLS

/*
 * Cuts pieces out of JSON of any size by its brackets and strings alone (spec fhir.md 1.3): no tree, no
 * allocation per token, one piece in memory at a time. What a piece holds is imp_json_parse()'s work: a
 * broken one costs itself only.
 */

/** What is cut out. */
typedef enum
{
  IMP_JSON_CUT_VALUES,   /* every value at the top: lines of NDJSON, whatever lines they take */
  IMP_JSON_CUT_MEMBERS,  /* every member of the object at the top */
  IMP_JSON_CUT_ELEMENTS, /* every element of the array at the top */
  IMP_JSON_CUT_MEMBER,   /* every element of one member of the object at the top; the member itself
                            where it is no array (spec fhir.md 8, E05) */
} ImpJsonCut;

typedef struct
{
  ImpJsonCut cut;
  const char *key;          /* for %IMP_JSON_CUT_MEMBER */
  gboolean one_value;       /* end behind the first value at the top */
  gboolean resync;          /* a line that begins a resource ends one that was not ended: for NDJSON */
  gboolean without_text;    /* places only */
  gsize max_slice_bytes;    /* 0: IMP_JSON_MAX_SLICE_BYTES; other ceilings see imp-limits.h */
  guint64 first_offset;     /* of the stream in what slices tell */
  guint first_line;         /* 0: 1 */
  ImpSliceTake take;         /* (nullable) */
  gpointer data;
} ImpJsonScanOptions;

/** What was seen, whether the scan ended by itself or not. */
typedef struct
{
  gboolean had_bom;
  char first;               /* the first byte that is no blank; '\0' where there is none */
  char follow;              /* one_value: the first byte behind the value that is no blank */
  gboolean is_cut_off;      /* the input ends within a value */
  gboolean is_one_line;     /* the first value has no line end within */
  guint64 n_values;         /* objects and arrays at the top */
  guint64 n_slices;         /* strays not among them */
  guint64 n_bytes;
  guint n_lines;            /* line ends */
} ImpJsonSeen;

/**
 * imp_json_scan:
 * @stream: rewound by the caller where it was read before
 * @seen: (out caller-allocates)
 *
 * Time is linear; memory is one slice and a buffer, whatever the input.
 *
 * Returns: %FALSE with an error of the stream or of the taker; slices before it were handed on, and one
 *   that was open is, as cut off
 */
gboolean imp_json_scan (ImpStream *stream, const ImpJsonScanOptions *options, ImpJsonSeen *seen,
                        GError **error);

/**
 * imp_json_find_member:
 * @slice: (out caller-allocates): place of the first member @key of the object @text, counted from the
 *   begin of @text, its line from 1
 */
gboolean imp_json_find_member (const char *text, gsize len, const char *key, ImpSlice *slice);

G_END_DECLS
