/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The emergency key: a code on paper, in a sealed envelope in the safe. It is made once and opens
 * every disc; the machine that builds discs keeps only its public half.
 *
 * The code is 28 characters of Crockford's base 32 (no I, L, O, U), 140 bits, in seven groups of
 * four, each followed by a check character: ABCDE-FGHJK-...
 */

#define DISC_EMERGENCY_GROUPS 7
#define DISC_EMERGENCY_GROUP_CHARS 5 /* four and the check character */
#define DISC_EMERGENCY_TEXT_BYTES (DISC_EMERGENCY_GROUPS * (DISC_EMERGENCY_GROUP_CHARS + 1))

/** disc_emergency_new: @text gets a new code, DISC_EMERGENCY_TEXT_BYTES with the NUL. */
void disc_emergency_new (char *text);

/**
 * disc_emergency_check:
 * @text: what somebody typed or a scanner read: any case, width, blanks and hyphens; I and L are
 *   taken for 1, O for 0
 * @wrong_group: (out) (optional): from 1, the first group that is not right; 0 when the number of
 *   characters is wrong
 */
gboolean disc_emergency_check (const char *text, guint *wrong_group);

/**
 * disc_emergency_keys: the key pair that a code stands for.
 * @public_key: 32 bytes
 * @secret_key: (nullable): DISC_KEY_BYTES of locked memory
 *
 * Returns: %FALSE with %DISC_ERROR_PASSPHRASE when the code is mistyped; the message names the group
 */
gboolean disc_emergency_keys (const char *text, guint8 *public_key, guint8 *secret_key,
                              GError **error);

G_END_DECLS
