/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-limits.h"
#include "imp-name.h"

G_BEGIN_DECLS

/* What the names of the standard and of the extended storage have in common. */

/** Slices of a path. The last one is the file; "." and empty parts are left out. */
typedef struct
{
  ImpText parts[IMP_MAX_DEPTH];
  guint n;
} ImpNamePath;

/** imp_name_split_path: %FALSE for a path that is empty or too deep. */
gboolean imp_name_split_path (const char *path, ImpNamePath *out);

gboolean imp_name_all_digits (ImpText text);
gboolean imp_name_same_text (ImpText a, ImpText b);
/** imp_name_has_control: whether there are bytes that cannot be printed; Japanese in any encoding can. */
gboolean imp_name_has_control (ImpText text);
/** imp_name_copy_text: %FALSE where it does not fit; nothing is written then. */
gboolean imp_name_copy_text (ImpText text, char *out, gsize size);
/** imp_name_copy_id: what does not fit becomes its checksum: two ids stay two. */
void imp_name_copy_id (ImpText text, char *out, gsize size);
/** imp_name_copy_root: the first @n parts of @path; what does not fit ends in its checksum. */
void imp_name_copy_root (const ImpNamePath *path, guint n, char *out, gsize size);

/** imp_name_has_date_shape: "-" or eight digits. */
gboolean imp_name_has_date_shape (ImpText text);
/** imp_name_is_care_date: "-" or a day that exists. */
gboolean imp_name_is_care_date (ImpText text);
/** imp_name_read_timestamp: 8 to 20 digits, as written and padded. */
gboolean imp_name_read_timestamp (ImpText text, ImpName *out);

/** imp_name_count_prefixes: how many of the @n folders above that of @patient are prefixes of the id. */
guint imp_name_count_prefixes (const ImpNamePath *path, guint n, ImpText patient);

/** imp_name_read_extended: whether @path is of the extended storage; @out: zeroed, then filled in. */
gboolean imp_name_read_extended (const ImpNamePath *path, ImpName *out);

G_END_DECLS
