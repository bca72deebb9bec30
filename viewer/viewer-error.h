/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VIEWER_ERROR (viewer_error_quark ())

/** One code per thing a caller would do differently. Messages never hold patient data. */
typedef enum
{
  VIEWER_ERROR_NO_PATIENT,      /* no patient of that id on the disc */
  VIEWER_ERROR_TRUST,           /* the list of trusted signers cannot be read or written */
  VIEWER_ERROR_STORE,           /* the store of generations cannot be read */
  VIEWER_ERROR_PASSPHRASE_FILE, /* the file holds no passphrase */
  VIEWER_ERROR_TABLE,           /* a table of drugs that is not of its form */
} ViewerError;

GQuark viewer_error_quark (void);

G_END_DECLS
