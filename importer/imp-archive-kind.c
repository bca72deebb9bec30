/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-archive-kind.h"

#include <string.h>

#include "imp-sniff-private.h"
#include "imp-stream.h"

#define LOCAL_BYTES 30 /* PKWARE APPNOTE 4.3.7: head before a member's name */
#define FLAG_SIZE_BEHIND 8
#define LOOKED_AT 16 /* members of a zip */

static guint
le16 (const guint8 *p)
{
  return (guint) p[0] | (guint) p[1] << 8;
}

static guint32
le32 (const guint8 *p)
{
  return (guint32) le16 (p) | (guint32) le16 (p + 2) << 16;
}

static gboolean
begins (const guint8 *head, gsize len, const char *mark, gsize n)
{
  return len >= n && memcmp (head, mark, n) == 0;
}

/* "PK00" stands before the first member of a zip that was meant for several media. */
static gboolean
is_zip (const guint8 *head, gsize len)
{
  return begins (head, len, "PK\3\4", 4) || begins (head, len, "PK\5\6", 4) ||
         begins (head, len, "PK00PK\3\4", 8) || begins (head, len, "PK\7\10PK\3\4", 8);
}

static gboolean
is_part_of_document (const guint8 *name, gsize len)
{
  static const char *const parts[] = {
    "[Content_Types].xml", /* ECMA-376 part 2, 10 */
    "_rels/.rels",         "docProps/app.xml",     "docProps/core.xml",    "word/document.xml",
    "xl/workbook.xml",     "ppt/presentation.xml", "META-INF/MANIFEST.MF", /* a program in Java */
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (len == strlen (parts[i]) && memcmp (name, parts[i], len) == 0)
      return TRUE;
  return FALSE;
}

/* By the first members, as far as their heads can be followed without the directory at the end. */
static gboolean
is_document (const guint8 *head, gsize len)
{
  gsize at = 0;

  for (guint i = 0; i < LOOKED_AT && at < len; i++)
    {
      const guint8 *p = head + at;
      gsize name_len;

      if (len - at < LOCAL_BYTES || memcmp (p, "PK\3\4", 4) != 0)
        return FALSE;
      name_len = le16 (p + 26);
      if (name_len > len - at - LOCAL_BYTES)
        return FALSE;
      /* OpenDocument 1.2 part 3, 3.3, and EPUB: only as the first one */
      if (i == 0 && name_len == 8 && memcmp (p + LOCAL_BYTES, "mimetype", 8) == 0)
        return TRUE;
      if (is_part_of_document (p + LOCAL_BYTES, name_len))
        return TRUE;
      if ((le16 (p + 6) & FLAG_SIZE_BEHIND) != 0)
        return FALSE;
      at += LOCAL_BYTES + name_len + le16 (p + 28) + (gsize) le32 (p + 18);
    }
  return FALSE;
}

ImpArchiveKind
imp_archive_kind (const guint8 *head, gsize len)
{
  if (is_zip (head, len))
    return is_document (head, len) ? IMP_ARCHIVE_DOCUMENT : IMP_ARCHIVE_ZIP;

  switch (imp_sniff_magic (head, len))
    {
    case IMP_SNIFF_TAR:
      return IMP_ARCHIVE_TAR;
    case IMP_SNIFF_SEVEN_ZIP:
      return IMP_ARCHIVE_SEVEN_ZIP;
    case IMP_SNIFF_ISO:
      return IMP_ARCHIVE_ISO;
    case IMP_SNIFF_GZIP:
      return IMP_ARCHIVE_GZIP;
    case IMP_SNIFF_XZ:
    case IMP_SNIFF_ZSTD:
    case IMP_SNIFF_BZIP2:
      return IMP_ARCHIVE_PACKED;
    case IMP_SNIFF_RAR:
    case IMP_SNIFF_CAB:
      return IMP_ARCHIVE_OTHER;
    default:
      return IMP_ARCHIVE_NONE;
    }
}

gboolean
imp_archive_tar_sum_is_right (const guint8 *head, gsize len)
{
  guint written = 0;
  guint sum = 0;

  if (len < 512)
    return FALSE;
  for (guint i = 148; i < 156; i++)
    {
      if (head[i] >= '0' && head[i] <= '7')
        written = written * 8 + (guint) (head[i] - '0');
      else if (head[i] != ' ' && head[i] != 0)
        return FALSE;
    }
  for (guint i = 0; i < 512; i++)
    sum += i >= 148 && i < 156 ? ' ' : head[i];
  return sum == written;
}

gboolean
imp_archive_kind_needs_seek (ImpArchiveKind kind)
{
  return kind == IMP_ARCHIVE_SEVEN_ZIP || kind == IMP_ARCHIVE_ISO;
}

gsize
imp_archive_gunzip_head (const guint8 *head, gsize len, guint8 *out, gsize size)
{
  g_autoptr (ImpStream) stream = imp_stream_gunzip (imp_stream_from_memory (head, len));
  gssize n = imp_stream_read_head (stream, out, size, NULL);

  return n > 0 ? (gsize) n : 0;
}
