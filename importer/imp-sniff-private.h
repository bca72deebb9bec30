/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sniff.h"

G_BEGIN_DECLS

/* Parts of imp_sniff(); private to imp-sniff*.c. Each returns IMP_SNIFF_UNKNOWN for "not mine". */

/** imp_sniff_find: (nullable): where @needle of @n bytes stands in @bytes. */
const guint8 *imp_sniff_find (const guint8 *bytes, gsize len, const char *needle, gsize n);

/** imp_sniff_magic: pictures, archives, media and programs, by their first bytes. */
ImpSniffKind imp_sniff_magic (const guint8 *bytes, gsize len);

/** imp_sniff_zip: a zip, by the names in its directory: office documents, Java or any. */
ImpSniffKind imp_sniff_zip (const guint8 *bytes, gsize len);
/** imp_sniff_zip_end: whether the bytes end with the directory of a zip, whatever they begin with. */
gboolean imp_sniff_zip_end (const guint8 *bytes, gsize len);
/** imp_sniff_ole2: an OLE2 storage, by the names of its streams. */
ImpSniffKind imp_sniff_ole2 (const guint8 *bytes, gsize len);

/**
 * imp_sniff_text:
 * @bytes: the whole file, of which the first IMP_SNIFF_HEAD_BYTES are read as text
 *
 * Messages, markup, scripts and plain text.
 */
ImpSniffKind imp_sniff_text (const guint8 *bytes, gsize len, gboolean *is_utf16);
/** imp_sniff_json: of text that begins with a brace or bracket. */
ImpSniffKind imp_sniff_json (const char *text, gsize len, gboolean is_whole);
/** imp_sniff_script: whether text is written to be run. */
gboolean imp_sniff_script (const char *text);

G_END_DECLS
