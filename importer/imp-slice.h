/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A piece cut out of a stream: one entry, one line, one element. */

typedef enum
{
  IMP_SLICE_WHOLE,
  IMP_SLICE_CUT_OFF,      /* the input ends within, or another resource begins within */
  IMP_SLICE_STRAY,        /* bytes at the top that are no object or array; without text */
  IMP_SLICE_TOO_LARGE,    /* beyond a ceiling: only the head of it is in the text */
  IMP_SLICE_TOO_LONG,     /* a string is */
  IMP_SLICE_TOO_DEEP,
  IMP_SLICE_TOO_MANY,     /* nodes */
} ImpSliceState;

/** imp_slice_state_sentence: for a finding. */
const char *imp_slice_state_sentence (ImpSliceState state);

typedef struct
{
  ImpSliceState state;
  const char *key;   /* (nullable): of a member, unescaped */
  const char *text;  /* as it stands, NUL-terminated; "" if not asked for */
  gsize len;
  guint64 offset;    /* of its first byte */
  guint64 end;       /* of the first byte behind it */
  guint line;        /* from 1 */
  guint64 index;     /* from 0, of its kind, in the order of the file */
} ImpSlice;

/** ImpSliceTake: Returns: %FALSE to end the scan, with or without @error set. */
typedef gboolean (*ImpSliceTake) (const ImpSlice *slice, gpointer data, GError **error);

G_END_DECLS
