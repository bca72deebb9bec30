/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

#define END_BYTES 22 /* PKWARE APPNOTE 4.3.16: end of central directory */
#define MAX_COMMENT 65535
#define ENTRY_BYTES 46 /* 4.3.12: one entry of it */
#define MAX_ENTRIES 20000
#define LOCAL_BYTES 30 /* 4.3.7: head before an entry's data */

static guint
le16 (const guint8 *p)
{
  return (guint) p[0] | (guint) p[1] << 8;
}

static guint64
le32 (const guint8 *p)
{
  return (guint64) p[0] | (guint64) p[1] << 8 | (guint64) p[2] << 16 | (guint64) p[3] << 24;
}

/* ---- zip ------------------------------------------------------------------------------------- */

/* (nullable): the record whose comment reaches exactly to the end. */
static const guint8 *
find_end_record (const guint8 *bytes, gsize len)
{
  gsize lowest;

  if (len < END_BYTES)
    return NULL;
  lowest = len > END_BYTES + MAX_COMMENT ? len - END_BYTES - MAX_COMMENT : 0;
  for (gsize at = len - END_BYTES + 1; at-- > lowest;)
    if (memcmp (bytes + at, "PK\5\6", 4) == 0 && at + END_BYTES + le16 (bytes + at + 20) == len)
      return bytes + at;
  return NULL;
}

gboolean
imp_sniff_zip_end (const guint8 *bytes, gsize len)
{
  return find_end_record (bytes, len) != NULL;
}

typedef struct
{
  gboolean has_content_types;
  gboolean has_word;
  gboolean has_sheets;
  gboolean has_slides;
  gboolean has_java;
} Names;

static gboolean
begins (const char *name, gsize len, const char *prefix)
{
  return len >= strlen (prefix) && memcmp (name, prefix, strlen (prefix)) == 0;
}

static gboolean
ends (const char *name, gsize len, const char *suffix)
{
  gsize n = strlen (suffix);

  return len >= n && memcmp (name + len - n, suffix, n) == 0;
}

static void
note_name (Names *names, const char *name, gsize len)
{
  names->has_content_types |= len == 19 && begins (name, len, "[Content_Types].xml");
  names->has_word |= begins (name, len, "word/");
  names->has_sheets |= begins (name, len, "xl/");
  names->has_slides |= begins (name, len, "ppt/");
  names->has_java |= ends (name, len, ".class") || ends (name, len, ".dex") ||
                     begins (name, len, "META-INF/MANIFEST.MF");
}

/* Returns: FALSE where there is no directory. */
static gboolean
read_names (const guint8 *bytes, gsize len, Names *names)
{
  const guint8 *end = find_end_record (bytes, len);
  const guint8 *p;

  if (end == NULL || le32 (end + 16) > (guint64) (end - bytes))
    return FALSE;
  p = bytes + le32 (end + 16);
  for (guint i = 0; i < MAX_ENTRIES; i++)
    {
      gsize name_len;

      if (end - p < ENTRY_BYTES || memcmp (p, "PK\1\2", 4) != 0)
        break;
      name_len = le16 (p + 28);
      if ((gsize) (end - p) < ENTRY_BYTES + name_len + le16 (p + 30) + le16 (p + 32))
        break;
      note_name (names, (const char *) p + ENTRY_BYTES, name_len);
      p += ENTRY_BYTES + name_len + le16 (p + 30) + le16 (p + 32);
    }
  return TRUE;
}

/* OpenDocument 1.2 part 3, 3.3: the first entry is "mimetype", stored, without extra field. */
static ImpSniffKind
open_document_kind (const guint8 *bytes, gsize len)
{
  static const struct
  {
    const char *type;
    ImpSniffKind kind;
  } types[] = {
    { "text", IMP_SNIFF_ODT },
    { "spreadsheet", IMP_SNIFF_ODS },
    { "presentation", IMP_SNIFF_ODP },
  };
  static const char start[] = "mimetypeapplication/vnd.oasis.opendocument.";
  const gsize start_len = sizeof start - 1;

  if (len < LOCAL_BYTES + start_len || memcmp (bytes + LOCAL_BYTES, start, start_len) != 0)
    return IMP_SNIFF_UNKNOWN;
  bytes += LOCAL_BYTES + start_len;
  len -= LOCAL_BYTES + start_len;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (begins ((const char *) bytes, len, types[i].type))
      return types[i].kind;
  return IMP_SNIFF_UNKNOWN;
}

ImpSniffKind
imp_sniff_zip (const guint8 *bytes, gsize len)
{
  Names names = { FALSE };
  ImpSniffKind kind;

  if (len < 4 || (memcmp (bytes, "PK\3\4", 4) != 0 && memcmp (bytes, "PK\5\6", 4) != 0))
    return IMP_SNIFF_UNKNOWN;
  if (!read_names (bytes, len, &names))
    return IMP_SNIFF_ZIP;
  if (names.has_java)
    return IMP_SNIFF_JAVA;
  kind = open_document_kind (bytes, len);
  if (kind != IMP_SNIFF_UNKNOWN)
    return kind;
  /* ECMA-376 part 2, 10: the part that names the types of all others. */
  if (!names.has_content_types || names.has_word + names.has_sheets + names.has_slides != 1)
    return IMP_SNIFF_ZIP;
  if (names.has_word)
    return IMP_SNIFF_DOCX;
  return names.has_sheets ? IMP_SNIFF_XLSX : IMP_SNIFF_PPTX;
}

/* ---- OLE2 ------------------------------------------------------------------------------------ */

/* Names of a directory are UTF-16LE (MS-CFB 2.6.1); they are looked for anywhere, as a wrong guess
 * only changes the word in a report: the reader goes by the storage itself. */
static gboolean
has_stream (const guint8 *bytes, gsize len, const char *name)
{
  char wide[64];
  gsize n = 0;

  for (; *name != '\0' && n + 3 < sizeof wide; name++)
    {
      wide[n++] = *name;
      wide[n++] = '\0';
    }
  return imp_sniff_find (bytes, len, wide, n) != NULL;
}

ImpSniffKind
imp_sniff_ole2 (const guint8 *bytes, gsize len)
{
  if (len < 8 || memcmp (bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) != 0)
    return IMP_SNIFF_UNKNOWN;
  if (has_stream (bytes, len, "EncryptedPackage"))
    return IMP_SNIFF_OLE2; /* an office document under a password */
  if (has_stream (bytes, len, "__properties_version1.0"))
    return IMP_SNIFF_MSG;
  if (has_stream (bytes, len, "WordDocument"))
    return IMP_SNIFF_DOC;
  if (has_stream (bytes, len, "PowerPoint Document"))
    return IMP_SNIFF_PPT;
  if (has_stream (bytes, len, "Workbook") || has_stream (bytes, len, "Book"))
    return IMP_SNIFF_XLS;
  return IMP_SNIFF_OLE2;
}
