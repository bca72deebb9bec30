/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IMP_CHARSET_ASCII,
  IMP_CHARSET_ISO_2022_JP,
  IMP_CHARSET_UTF8,
  IMP_CHARSET_CP932,
  IMP_CHARSET_EUC_JP,
  IMP_CHARSET_MIXED, /* escape sequences and 8-bit bytes in one file */
  IMP_N_CHARSETS
} ImpCharset;

const char *imp_charset_name (ImpCharset charset);

typedef struct
{
  ImpCharset charset; /* what the bytes are, not what MSH-18 claims */
  gboolean had_bom;
  guint n_lost;       /* characters written as U+FFFD */
  guint n_gaiji;      /* user-defined characters kept as private-use code points */
  gboolean ends_inside; /* the file ends within a character or a two-byte run: it was cut */
} ImpDecodeResult;

/**
 * imp_decode:
 * @bytes: one whole file as it lies on the storage
 * @out: (out caller-allocates): emptied, then the text in UTF-8 without BOM, leading 0x0B, trailing
 *   0x1C, CR, LF, NUL; one CR stays if the last line was ended at all, so that the parser can tell
 *   (ImpSegment.open). No U+001B and no NUL is ever in it
 *
 * The recipe of SS-MIX2 spec 5.3-5.4: detects the character set from the bytes and decodes the
 * whole message before anything splits it. What cannot be decoded becomes U+FFFD and is counted,
 * never dropped. The text is not normalised.
 */
void imp_decode (const guint8 *bytes, gsize len, GString *out, ImpDecodeResult *result);

/**
 * imp_decode_append: the same for a piece of a file (the bytes of a \X..\ escape): nothing is
 * stripped, and what @out holds already stays.
 */
void imp_decode_append (const guint8 *bytes, gsize len, GString *out, ImpDecodeResult *result);

G_END_DECLS
