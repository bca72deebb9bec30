/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-source.h"

G_BEGIN_DECLS

/*
 * Signs that somebody encrypted or renamed files of a backup. Each alone is a hint: they are counted,
 * and stop rules (imp-stop.h) judge the counts. A file that reads as what its name says costs nothing.
 */

typedef enum
{
  IMP_THREAT_NAME = 1 << 0,      /* called as ransomware calls files, or its note */
  IMP_THREAT_SCRAMBLED = 1 << 1, /* should be text, and is as even as random bytes */
  IMP_THREAT_ELSEWHERE = 1 << 2, /* as even, but nothing says that it should be text: a key file, an
                                    encrypted copy of something else */
} ImpThreats;

/** imp_threat_is_in_storage: whether the file's path is that of a record of a patient. */
gboolean imp_threat_is_in_storage (const ImpName *name);

/** imp_threat_of_name: of a name of the standard storage never anything: it has no ending. */
ImpThreats imp_threat_of_name (const ImpFile *file);

/**
 * imp_threat_of_bytes: for a file that could not be read.
 * @bytes: all of it or its head; none where it was not kept: then what the source saw of it counts
 */
ImpThreats imp_threat_of_bytes (const ImpFile *file, const guint8 *bytes, gsize len);

/** imp_threat_words: (nullable): for a finding; %NULL where there is none. */
const char *imp_threat_words (ImpThreats threats);

/**
 * imp_threat_is_loss: whether a file that is refused for @reason is a record that is not on the disc:
 * one in the storage, or anything that cannot be opened. Pictures and programs beside a storage are
 * none.
 */
gboolean imp_threat_is_loss (const ImpName *name, ImpReason reason);

G_END_DECLS
