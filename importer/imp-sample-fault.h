/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-text.h"

G_BEGIN_DECLS

/*
 * What real storages do to files: SS-MIX2 spec 5.1, 5.3, 8. Most only change how the same content
 * is written; a few damage it.
 */

typedef enum
{
  IMP_SAMPLE_INTACT,
  IMP_SAMPLE_FAULT_UTF8,
  IMP_SAMPLE_FAULT_UTF8_BOM,
  IMP_SAMPLE_FAULT_CP932,
  IMP_SAMPLE_FAULT_LF,
  IMP_SAMPLE_FAULT_CRLF,
  IMP_SAMPLE_FAULT_NO_END,          /* no terminator after the last segment */
  IMP_SAMPLE_FAULT_FILE_SEPARATOR,  /* CR and 0x1C at the end */
  IMP_SAMPLE_FAULT_NO_DOT,          /* MSH-7 without the dot before its fraction */
  IMP_SAMPLE_FAULT_NOTE_FIRST,      /* a result with NTE after PID and without PV1 */
  IMP_SAMPLE_FAULT_BARE_MSH,        /* a line "MSH" before the message's second segment */
  IMP_SAMPLE_FAULT_SHORT_TIMESTAMP, /* 15 digits in the name */
  IMP_SAMPLE_FAULT_THUMBS,          /* Thumbs.db beside it */
  IMP_SAMPLE_FAULT_WRONG_EVENT,     /* a reception that says admission */
  IMP_SAMPLE_FAULT_OTHER_BIRTH,     /* PID-7 of somebody else */
  IMP_SAMPLE_FAULT_OTHER_PATIENT,   /* PID-3 of somebody else */
  IMP_SAMPLE_FAULT_MISFILED,        /* the same, written so by a script */
  IMP_SAMPLE_FAULT_CUT,             /* the last segment is not whole */
  IMP_SAMPLE_FAULT_HALF_CHARACTER,  /* a text cut inside a character */
  IMP_SAMPLE_FAULT_GARBAGE,         /* two bytes */
  IMP_SAMPLE_N_FAULTS
} ImpSampleFault;

const char *imp_sample_fault_name (ImpSampleFault fault);
/** imp_sample_fault_find: by name; IMP_SAMPLE_N_FAULTS when there is none. */
ImpSampleFault imp_sample_fault_find (const char *name);
/** imp_sample_fault_is_planted: whether an import must tell of it; else only the form differs. */
gboolean imp_sample_fault_is_planted (ImpSampleFault fault);
/** imp_sample_fault_loses: whether what the file said cannot be counted any more as this
 * patient's. */
gboolean imp_sample_fault_loses (ImpSampleFault fault);

/** imp_sample_fault_draw: for a file of that data type; @bits even; mostly IMP_SAMPLE_INTACT. */
ImpSampleFault imp_sample_fault_draw (const char *type, guint64 bits);

/**
 * imp_sample_fault_apply:
 * @message: one message in ISO-2022-JP
 * @out: emptied, then the bytes of the file
 */
void imp_sample_fault_apply (ImpSampleFault fault, ImpSampleEncoder *encoder, const char *message,
                             gsize len, GString *out);

G_END_DECLS
