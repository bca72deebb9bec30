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
  DISC_ERROR_TRUNCATED,   /* the file ends before the length that was signed */
  DISC_ERROR_ALTERED,     /* what was signed is not what stands there: not a scratch, a hand */
  DISC_ERROR_FOREIGN,     /* a piece of another disc */
  DISC_ERROR_SWAPPED,     /* a piece of this disc at another's place */
  DISC_ERROR_SIGNER,      /* signed by nobody this machine trusts */
  DISC_ERROR_LOCKED,      /* sealed, and no passphrase or key was given */
  DISC_ERROR_PASSPHRASE,  /* the passphrase or key given opens no slot */
  DISC_ERROR_BUSY,        /* somebody else is writing there at this moment */
  DISC_ERROR_VOLUME,      /* a volume of the right disc, but not the one that is needed here */
  DISC_ERROR_OTHER_DISC,  /* a volume of another disc than the one that is open */
  DISC_ERROR_ELSEWHERE,   /* what is asked for stands on a volume that is not at hand */
} DiscError;

GQuark disc_error_quark (void);

G_END_DECLS
