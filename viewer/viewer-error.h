/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VIEWER_ERROR (viewer_error_quark ())

/** One code per thing a caller would do differently. Messages never hold patient data. */
typedef enum
{
  VIEWER_ERROR_NO_PATIENT, /* no patient of that id on the disc */
} ViewerError;

GQuark viewer_error_quark (void);

G_END_DECLS
