/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

static const struct
{
  const char *word;
  ImpSniffGroup group;
  const char *media_type;
} kinds[] = {
#define ROW(id, word, group, media_type) { word, IMP_SNIFF_GROUP_##group, media_type },
  IMP_SNIFFS (ROW)
};

const char *
imp_sniff_word (ImpSniffKind kind)
{
  g_return_val_if_fail ((guint) kind < IMP_N_SNIFFS, NULL);
  return kinds[kind].word;
}

ImpSniffGroup
imp_sniff_group (ImpSniffKind kind)
{
  g_return_val_if_fail ((guint) kind < IMP_N_SNIFFS, IMP_SNIFF_GROUP_OPAQUE);
  return kinds[kind].group;
}

const char *
imp_sniff_media_type (ImpSniffKind kind)
{
  g_return_val_if_fail ((guint) kind < IMP_N_SNIFFS, NULL);
  return kinds[kind].media_type;
}

const char *
imp_sniff_group_word (ImpSniffGroup group)
{
  static const char *const words[] = { "message", "document", "picture",
                                       "archive", "active",   "opaque" };

  g_return_val_if_fail ((guint) group < G_N_ELEMENTS (words), NULL);
  return words[group];
}

const guint8 *
imp_sniff_find (const guint8 *bytes, gsize len, const char *needle, gsize n)
{
  return len >= n ? memmem (bytes, len, needle, n) : NULL;
}

static gboolean
has_pdf (const guint8 *bytes, gsize len)
{
  return imp_sniff_find (bytes, MIN (len, IMP_SNIFF_PDF_BYTES), "%PDF-", 5) != NULL;
}

/* What the first bytes say, as if there were nothing else. */
static ImpSniffKind
first_kind (const guint8 *bytes, gsize len, gboolean *is_utf16)
{
  ImpSniffKind kind = imp_sniff_magic (bytes, len);

  if (len >= 5 && memcmp (bytes, "%PDF-", 5) == 0)
    return IMP_SNIFF_PDF;
  if (kind == IMP_SNIFF_UNKNOWN)
    kind = imp_sniff_zip (bytes, len);
  if (kind == IMP_SNIFF_UNKNOWN)
    kind = imp_sniff_ole2 (bytes, len);
  if (kind == IMP_SNIFF_UNKNOWN)
    kind = imp_sniff_text (bytes, len, is_utf16);
  return kind;
}

static gboolean
is_zip_based (ImpSniffKind kind)
{
  return kind == IMP_SNIFF_ZIP || kind == IMP_SNIFF_JAVA ||
         (kind >= IMP_SNIFF_DOCX && kind <= IMP_SNIFF_ODP);
}

/* Storages of streams: what is attached or embedded is one, and may begin anywhere. */
static gboolean
is_storage (ImpSniffKind kind)
{
  return kind == IMP_SNIFF_OLE2 || (kind >= IMP_SNIFF_DOC && kind <= IMP_SNIFF_MSG);
}

static gboolean
is_written_as_text (ImpSniffKind kind)
{
  return kind == IMP_SNIFF_TEXT || kind == IMP_SNIFF_HTML || kind == IMP_SNIFF_MHTML ||
         kind == IMP_SNIFF_RTF;
}

/* The stub that nearly every Windows program begins with; packed inside others it is not seen. */
static gboolean
has_program (const guint8 *bytes, gsize len)
{
  static const char stub[] = "This program cannot be run in DOS mode";

  return imp_sniff_find (bytes, len, stub, sizeof stub - 1) != NULL;
}

static gboolean
has_page (const guint8 *bytes, gsize len)
{
  static const char *const tags[] = { "<html", "<HTML", "<script", "<SCRIPT", "<!DOCTYPE html" };

  len = MIN (len, IMP_SNIFF_PDF_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (imp_sniff_find (bytes, len, tags[i], strlen (tags[i])) != NULL)
      return TRUE;
  return FALSE;
}

/* What the bytes are as well; @kind where they are nothing else. */
static ImpSniffKind
second_kind (const guint8 *bytes, gsize len, ImpSniffKind kind)
{
  ImpSniffGroup group = imp_sniff_group (kind);

  /* A message is read as text, an archive is not opened: neither ever reaches another reader. */
  if (group == IMP_SNIFF_GROUP_MESSAGE || group == IMP_SNIFF_GROUP_ARCHIVE)
    return kind;
  if (is_storage (kind))
    return has_program (bytes, len) ? IMP_SNIFF_WINDOWS_PROGRAM : kind;
  if (kind != IMP_SNIFF_PDF && has_pdf (bytes, len))
    return IMP_SNIFF_PDF;
  if (!is_zip_based (kind) && imp_sniff_zip_end (bytes, len))
    return IMP_SNIFF_ZIP;
  if (is_written_as_text (kind))
    return kind;
  if (has_page (bytes, len))
    return IMP_SNIFF_HTML;
  return !is_zip_based (kind) && has_program (bytes, len) ? IMP_SNIFF_WINDOWS_PROGRAM : kind;
}

void
imp_sniff (const guint8 *bytes, gsize len, ImpSniff *out)
{
  *out = (ImpSniff){ .kind = IMP_SNIFF_EMPTY, .also = IMP_SNIFF_EMPTY };
  if (len == 0)
    return;

  out->kind = out->also = first_kind (bytes, len, &out->is_utf16);
  if (imp_sniff_group (out->kind) == IMP_SNIFF_GROUP_ACTIVE)
    return;
  out->also = second_kind (bytes, len, out->kind);

  if (out->also != out->kind)
    {
      gboolean is_dirt = out->kind == IMP_SNIFF_TEXT || out->kind == IMP_SNIFF_UNKNOWN;

      /* Before a PDF; anything else in what is nothing known is an attempt. */
      if (is_dirt && out->also == IMP_SNIFF_PDF)
        {
          out->kind = IMP_SNIFF_PDF;
          out->also = IMP_SNIFF_UNKNOWN;
        }
      else
        {
          out->also = out->kind;
          out->kind = IMP_SNIFF_MIXED;
        }
      return;
    }
  if (out->kind == IMP_SNIFF_UNKNOWN && imp_sniff_looks_random (bytes, len))
    out->kind = out->also = IMP_SNIFF_RANDOM;
}
