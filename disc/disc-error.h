/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DISC_ERROR (disc_error_quark ())

/** One code per thing a caller would do differently. Messages never hold patient data. */
typedef enum
{
  DISC_ERROR_NOT_A_DISC,  /* no disc at that place */
  DISC_ERROR_TOO_NEW,     /* made by a newer version */
  DISC_ERROR_CORRUPT,     /* bytes are not what the format says */
  DISC_ERROR_IO,          /* the medium could not be read or written */
  DISC_ERROR_NO_SPACE,    /* the target is full */
  DISC_ERROR_EXISTS,      /* the target folder is not empty */
  DISC_ERROR_LIMIT,       /* a ceiling of disc-format.h was reached */
  DISC_ERROR_SQL,         /* SQLite refused a statement of ours */
} DiscError;

GQuark disc_error_quark (void);

G_END_DECLS
