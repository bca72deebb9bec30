/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Old office files made up by tests, byte by byte; libgsf only packs their streams. */

/**
 * fixture_pack: adds bytes, little-endian, as each letter of @format says:
 *
 *   1 2 4   a number of so many bytes (guint)
 *   8       a number of eight bytes (guint64)
 *   d       a double
 *   s       bytes of a string as they are, without its NUL
 *   w       a string in UTF-8 as UTF-16
 *   x       bytes in hexadecimal
 *   b       another array of bytes
 *   0       zeros, as many as the number (guint) says
 */
void fixture_pack (GByteArray *out, const char *format, ...);
void fixture_pack_va (GByteArray *out, const char *format, va_list args);

/** fixture_record: of BIFF: its type and length, then as fixture_pack(). */
void fixture_record (GByteArray *out, guint16 type, const char *format, ...);

/** fixture_atom: of PowerPoint: @head: version and instance; as fixture_pack(). */
void fixture_atom (GByteArray *out, guint16 head, guint16 type, const char *format, ...);

/** A stream of a storage. */
typedef struct
{
  const char *name;        /* storages before it, "ObjectPool/_1/x"; ended by one without a name */
  const GByteArray *bytes; /* (nullable): of an empty one */
} FixtureStream;

GBytes *fixture_ole (const FixtureStream *streams);

/** A stretch of a document of Word, a piece of its own. */
typedef struct
{
  const char *text; /* UTF-8 and controls; bytes where @is_narrow; ended by one without */
  gboolean is_narrow;
  const char *characters; /* (nullable): modifiers in hexadecimal */
  const char *paragraph;  /* (nullable): likewise */
  guint16 modifier;       /* of the piece */
} FixtureRun;

typedef struct
{
  const FixtureRun *runs;
  guint32 counts[8];        /* characters of each part; the first, where 0, is all of them */
  guint16 language;         /* 0x0409 where 0 */
  guint16 flags;            /* 0x0200, which the fixture needs, is set */
  const char *const *fonts; /* (nullable) */
  const char *modifiers;    /* (nullable): of number 0, in hexadecimal */
  gboolean has_no_properties;
  GByteArray *main; /* (out): filled in by fixture_doc(); the rest as well */
  GByteArray *table;
} FixtureDoc;

/** fixture_doc: the streams "WordDocument" and "1Table". */
void fixture_doc (FixtureDoc *self);
void fixture_doc_clear (FixtureDoc *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FixtureDoc, fixture_doc_clear)
