/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_ERROR (imp_error_quark ())

/** One code per thing a caller would do differently. Messages never hold patient data. */
typedef enum
{
  IMP_ERROR_USAGE,      /* exit 2 */
  IMP_ERROR_SOURCE,     /* a source cannot be read, or vanished */
  IMP_ERROR_UNREADABLE, /* this file or message is not what it should be; the next one may be */
  IMP_ERROR_LIMIT,      /* a ceiling of imp-limits.h */
  IMP_ERROR_STOP_RULE,  /* exit 4 */
  IMP_ERROR_CANCELLED,  /* Ctrl-C */
  IMP_ERROR_TOO_LARGE,  /* for the medium */
  IMP_ERROR_MEDIUM,     /* the drive or the medium in it will not do; another one may */
  IMP_ERROR_EXISTS,     /* something stands where the result would go */
  IMP_ERROR_UNFINISHED, /* a medium was written to, and is not known to be good */
  IMP_ERROR_READ_BACK,   /* exit 5: what was written does not read back the same */
  IMP_ERROR_FONT,        /* no font of this machine has the characters of the language */
} ImpError;

GQuark imp_error_quark (void);

G_END_DECLS
