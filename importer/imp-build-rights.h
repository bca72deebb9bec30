/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a build writes, and what it made for that before it gave up the right to write elsewhere.
 */
typedef struct
{
  const char *to;
  const char *scratch;  /* (nullable): folder for scratch files; found where it is not given */
  const char *report;   /* (nullable): file */
  gboolean writes_keys; /* the number of a sealed disc */
  gboolean asks_scanner; /* of viruses, through its socket */
  gboolean made_target;
  char *scratch_made; /* (nullable) */
} ImpBuildRights;

/**
 * imp_build_rights_give_up: makes the folders that may be written, and imp_confine(). Before there
 * are threads. If the target cannot be made, whoever writes into it will say why.
 *
 * Returns: %FALSE where the system does not let the program give up all of its rights
 */
gboolean imp_build_rights_give_up (ImpBuildRights *self);

/** imp_build_rights_end: removes what is empty and not wanted. @done: whether there is a disc now
 */
void imp_build_rights_end (ImpBuildRights *self, gboolean done);

G_END_DECLS
