/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/tree.h>

#include "imp-document-private.h"

G_BEGIN_DECLS

/** Parts of an office document, unpacked in memory within limits. */
typedef struct
{
  GHashTable *parts; /* name to GBytes: XML, relations and pictures */
  GPtrArray *names;  /* of all parts, also of those not unpacked; sorted, numbers by their value */
} ImpZip;

void imp_zip_clear (ImpZip *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpZip, imp_zip_clear)

/** imp_zip_read: @self: (out): to be cleared. Returns: FALSE with a finding: a bomb, or no zip */
gboolean imp_zip_read (GBytes *bytes, ImpDocument *out, ImpZip *self);

/** imp_zip_part: (nullable) */
GBytes *imp_zip_part (const ImpZip *self, const char *name);

/** imp_zip_xml: (transfer full) (nullable): a part as a tree; a finding where it is there but is
 * none */
xmlDoc *imp_zip_xml (const ImpZip *self, const char *name, ImpDocument *out);

/** imp_zip_count: names that hold @piece. */
guint imp_zip_count (const ImpZip *self, const char *piece);

G_END_DECLS
