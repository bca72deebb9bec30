/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-model.h"

G_BEGIN_DECLS

/*
 * What Ctrl+C copies: words never leave without whose they are, where they come from and how old they are.
 * Plain text, in the language of the window. No GTK.
 */
typedef struct
{
  const DiscPatient *patient; /* (nullable) */
  gboolean is_unconfirmed;    /* others have his name, and nobody told who he is */
  const char *body;           /* (nullable) */
  const DiscMessage *message; /* (nullable): what the body rests on */
  const DiscInfo *info;
  const char *now; /* the clock, ISO */
} ViewerCopy;

/** viewer_copy_text: (transfer full): lines, the last one too with its end. */
char *viewer_copy_text (const ViewerCopy *copy);

G_END_DECLS
