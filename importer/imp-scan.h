/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Asking ClamAV, where its daemon runs on this machine: over its UNIX socket and nothing else, so
 * that no byte leaves the machine. Documents, files inside messages and files that could not be
 * read are asked about; messages of HL7 themselves are not: millions of small texts that nothing
 * ever runs.
 */

/** Larger files are not sent: clamd's own StreamMaxLength is 25 MB where nobody changed it. */
#define IMP_SCAN_MAX_BYTES (25 * 1024 * 1024)

typedef enum
{
  IMP_SCAN_CLEAN,
  IMP_SCAN_INFECTED,
  IMP_SCAN_TOO_LARGE,
  IMP_SCAN_FAILED, /* no answer, or one that is not understood */
} ImpScanVerdict;

typedef struct _ImpScanner ImpScanner;

/**
 * imp_scanner_new:
 * @socket: (nullable): path of clamd's socket; %NULL: where Debian and others have it; "none": no
 *   scanner is wanted
 *
 * Returns: (transfer full) (nullable): %NULL where no scanner answers there
 */
ImpScanner *imp_scanner_new (const char *socket);
void imp_scanner_free (ImpScanner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpScanner, imp_scanner_free)

/** imp_scanner_version: as it names itself with its signatures; ASCII. */
const char *imp_scanner_version (ImpScanner *self);

/**
 * imp_scanner_scan:
 * @name: (out) (optional) (transfer full): what was found; ASCII; %NULL where nothing was
 *
 * Blocks; any thread. A scanner that does not answer several times in a row is not asked again.
 */
ImpScanVerdict imp_scanner_scan (ImpScanner *self, const guint8 *bytes, gsize len, char **name);

G_END_DECLS
