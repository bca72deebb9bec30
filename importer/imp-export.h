/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "disc-reader.h"

G_BEGIN_DECLS

/**
 * imp_export:
 * @ids: (nullable): only these patients, with the disputed messages and findings that name them
 *
 * Writes a disc as NDJSON (the export contract): disc, then each patient followed by his records,
 * then disputed records, findings, counts. Values stand as on the disc; a field that repeats is
 * joined with line breaks; what the source lacks is absent.
 *
 * What stands in a damaged part of a sealed disc is left out and told as a finding "damaged"; all
 * else is written, and then it is %DISC_ERROR_CORRUPT.
 *
 * Returns: %FALSE with an error of DISC_ERROR; %IMP_ERROR_SOURCE when an id of @ids is on no chart
 *   and in no disputed message; %G_IO_ERROR when @out cannot be written
 */
gboolean imp_export (DiscReader *reader, const char *const *ids, FILE *out, GError **error);

G_END_DECLS
