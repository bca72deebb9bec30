/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-reader.h"

G_BEGIN_DECLS

/* Opening a disc for the verbs that read one, sealed or not. */

/** The options that such verbs share. */
typedef struct
{
  char *passphrase_file;
  char *emergency_key_file;
  gboolean any_volume;      /* also one that is not the first of its disc */
} ImpOpen;

/** IMP_OPEN_ENTRIES: for the table of options of a verb; @open is an ImpOpen. */
#define IMP_OPEN_ENTRIES(open)                                                                     \
  { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &(open).passphrase_file,                       \
    N_("Passphrase that opens the disc"), N_("FILE") },                                            \
  { "emergency-key-file", 0, 0, G_OPTION_ARG_FILENAME, &(open).emergency_key_file,                 \
    N_("Emergency key that opens the disc"), N_("FILE") }

void imp_open_clear (ImpOpen *open);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpOpen, imp_open_clear)

/** imp_open_unlock: opens the container of a sealed disc with what the options name. */
gboolean imp_open_unlock (const ImpOpen *open, DiscContainer *container, GError **error);

/** imp_open_disc: (transfer full): %NULL with an error of DISC_ERROR or IMP_ERROR. */
DiscReader *imp_open_disc (const ImpOpen *open, const char *dir, GError **error);

G_END_DECLS
