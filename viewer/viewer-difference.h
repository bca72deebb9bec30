/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * viewer_difference_mask:
 * @text: e.g. an id or a birth date; %NULL counts as empty
 * @others: the same of the other people of a group of equal names
 *
 * Which characters of @text tell it from the one among @others that is most like it. Bit n stands
 * for character n; characters behind the 64th are not marked.
 *
 * Returns: 0 when @text equals one of them, or there are none
 */
guint64 viewer_difference_mask (const char *text, const char *const *others, guint n_others);

G_END_DECLS
