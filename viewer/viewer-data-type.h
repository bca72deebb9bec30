/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "disc-contents.h"

G_BEGIN_DECLS

/* Names of the data types of SS-MIX2 standardised storage (guideline 1.2g, list of data types), and of FHIR's
 * resource types. */

/** viewer_data_type_name: in the language of the window; @type itself where it has no name. */
const char *viewer_data_type_name (const char *type);

/** viewer_data_type_list: (transfer full): "処方 2・病名 1", types with messages only. */
char *viewer_data_type_list (const DiscContents *contents);

G_END_DECLS
