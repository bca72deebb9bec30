/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gsf/gsf-infile.h>
#include <gsf/gsf-input.h>

#include "imp-document-flow.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInput, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsfInfile, g_object_unref)

/*
 * Parts of imp_document_ole(): words of the office files of 1997 to 2003 and of mails of Outlook,
 * which are streams of records in an OLE2 storage ([MS-CFB]). libgsf reads the storage, the records
 * are read here: only those that hold words or say what the words must not be read without.
 */

/* ---- bytes ----------------------------------------------------------------------------------- */

/** Bytes of a stream, which somebody else owns. Numbers beyond its end read as 0. */
typedef struct
{
  const guint8 *data;
  gsize len;
} ImpBlob;

static inline ImpBlob
imp_blob_of (GBytes *bytes) /* (nullable) */
{
  ImpBlob self = { 0 };

  if (bytes != NULL)
    self.data = g_bytes_get_data (bytes, &self.len);
  return self;
}

static inline gboolean
imp_blob_has (const ImpBlob *self, gsize at, gsize n)
{
  return at <= self->len && n <= self->len - at;
}

/** imp_blob_part: @n bytes from @at on, or as many of them as there are. */
static inline ImpBlob
imp_blob_part (const ImpBlob *self, gsize at, gsize n)
{
  if (at >= self->len)
    return (ImpBlob){ NULL, 0 };
  return (ImpBlob){ self->data + at, MIN (n, self->len - at) };
}

static inline guint8
imp_blob_8 (const ImpBlob *self, gsize at)
{
  return at < self->len ? self->data[at] : 0;
}

static inline guint16
imp_blob_16 (const ImpBlob *self, gsize at)
{
  return imp_blob_has (self, at, 2) ? (guint16) (self->data[at] | self->data[at + 1] << 8) : 0;
}

static inline guint32
imp_blob_32 (const ImpBlob *self, gsize at)
{
  return imp_blob_has (self, at, 4)
             ? imp_blob_16 (self, at) | (guint32) imp_blob_16 (self, at + 2) << 16
             : 0;
}

static inline guint64
imp_blob_64 (const ImpBlob *self, gsize at)
{
  return imp_blob_has (self, at, 8)
             ? imp_blob_32 (self, at) | (guint64) imp_blob_32 (self, at + 4) << 32
             : 0;
}

/* ---- text ------------------------------------------------------------------------------------ */

/** imp_ole_put_wide: one unit of UTF-16 after the other. @high: (inout): the first half of a pair,
 * 0 for none. Returns: how many characters were lost: 0 or 1 */
guint imp_ole_put_wide (GString *out, guint16 unit, guint16 *high);
/** imp_ole_wide: (transfer full): UTF-16LE up to its end or a NUL. @n_lost: is added to */
char *imp_ole_wide (const ImpBlob *bytes, guint *n_lost);
/** imp_ole_narrow: (transfer full): bytes up to their end or a NUL, in Windows-1252 or CP932. */
char *imp_ole_narrow (const ImpBlob *bytes, gboolean is_japanese, guint *n_lost);
/**
 * imp_ole_is_japanese: whether bytes that claim to be Windows-1252 can only be CP932: one that
 * Windows-1252 leaves empty is among them, and all are whole characters of CP932.
 */
gboolean imp_ole_is_japanese (const guint8 *bytes, gsize len);

/* ---- the storage ----------------------------------------------------------------------------- */

/** IMP_OLE_MAX_CHILDREN: libgsf goes through those before it for each one that is asked for. */
#define IMP_OLE_MAX_CHILDREN 4096

typedef struct
{
  GsfInfile *root;
  ImpFlow *flow;
  guint n_lost;     /* characters */
  guint n_pictures; /* and drawings: found in the words, never carried */
  guint n_objects;  /* embedded */
  guint n_links;    /* fields and sources that fetch something */
  guint n_outer;    /* references to something elsewhere */
  guint n_macros;
  guint n_attached;     /* files of a mail */
  gboolean is_broken;   /* something was cut off or did not fit */
  gboolean is_password; /* all of it: nothing was read */
  gboolean is_older;    /* of before 1997: likewise */
} ImpOle;

/** imp_ole_stream: (transfer full) (nullable): what can be read of it; a part sets is_broken. */
GBytes *imp_ole_stream (ImpOle *self, GsfInfile *storage, const char *name);
/** imp_ole_has: whether a stream or storage of that name is in @storage. */
gboolean imp_ole_has (GsfInfile *storage, const char *name);

/* Each adds words to the flow, and counts. None fails. */
void imp_ole_word (ImpOle *self);
void imp_ole_sheets (ImpOle *self);
void imp_ole_slides (ImpOle *self);
void imp_ole_mail (ImpOle *self);

G_END_DECLS
