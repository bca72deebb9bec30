/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"

G_BEGIN_DECLS

/*
 * Parity over a group of units: a Cauchy code over GF(2^8), x^8 + x^4 + x^3 + x^2 + 1 (FORMAT.md,
 * "Parity"). Of the units of a group and its DISC_SET_PARITY parity units, any DISC_SET_PARITY may
 * be lost.
 */

/**
 * disc_parity_encode:
 * @units: @n_units (1 to DISC_SET_ROWS) pointers to DISC_UNIT_BYTES
 * @parity: DISC_SET_PARITY pointers to DISC_UNIT_BYTES, written
 */
void disc_parity_encode (guint8 **units, guint n_units, guint8 **parity);

/**
 * disc_parity_repair:
 * @units: @n_units pointers, then DISC_SET_PARITY of parity; the lost ones are written
 * @lost: as many truth values
 *
 * Returns: %FALSE when more than DISC_SET_PARITY are lost; nothing is written then
 */
gboolean disc_parity_repair (guint8 **units, guint n_units, const gboolean *lost);

G_END_DECLS
