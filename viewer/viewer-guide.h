/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * viewer_guide_write:
 * @path: of the PDF to write; what stands there is replaced
 * @error: also where a text does not fit on the sheet
 *
 * Writes the guide for whoever opens the safe: one sheet of A4, across, black and white, to be laminated and
 * kept with the laptop and the disc. In the language of viewer_language_set(); the places and keys are those of
 * this build.
 */
gboolean viewer_guide_write (const char *path, GError **error);

G_END_DECLS
