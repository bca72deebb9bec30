/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <fontconfig/fontconfig.h>
#include <string.h>

#include "imp-decode.h"

/* ---- in confinement ---------------------------------------------------------------------------
 */

/* What the process is told beside the bytes; both sides are the same program. */
typedef struct
{
  ImpSniffKind kind;
  gboolean with_pictures;
  ImpDocumentLimits limits;
} Arguments;

/* Character sets are modules in files too; their handles are kept, or they would be unloaded. */
static void
prepare_charsets (void)
{
  static const char *const names[] = { "UTF-16LE",    "UTF-16BE",     "UTF-16",
                                       "EUC-JP",      "CP932",        "SHIFT_JIS",
                                       "ISO-2022-JP", "WINDOWS-1252", "ISO-8859-1" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_iconv_open ("UTF-8", names[i]);
}

static void
prepare_pdf (void)
{
  FcInit ();
  prepare_charsets ();
  imp_document_prepare_pictures ();
}

static void
prepare_others (void)
{
  prepare_charsets ();
  imp_document_prepare_pictures ();
  imp_document_prepare_ole ();
}

static void
convert (const Arguments *arguments, GBytes *bytes, ImpDocument *out)
{
  const ImpDocumentLimits *limits = &arguments->limits;
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  switch (arguments->kind)
    {
    case IMP_SNIFF_PDF:
      imp_document_pdf (bytes, limits, arguments->with_pictures, out);
      break;
    case IMP_SNIFF_RTF:
      imp_document_rtf (data, len, limits, arguments->with_pictures, out);
      break;
    case IMP_SNIFF_HTML:
      imp_document_html (data, len, limits, out);
      break;
    case IMP_SNIFF_TIFF:
      imp_document_tiff (bytes, limits, out);
      break;
    case IMP_SNIFF_JPEG:
    case IMP_SNIFF_PNG:
    case IMP_SNIFF_GIF:
    case IMP_SNIFF_BMP:
      imp_document_picture (bytes, limits, 0, out);
      break;
    case IMP_SNIFF_DOC:
    case IMP_SNIFF_XLS:
    case IMP_SNIFF_PPT:
    case IMP_SNIFF_MSG:
    case IMP_SNIFF_OLE2:
      imp_document_ole (bytes, limits, out);
      break;
    default:
      imp_document_office (bytes, arguments->kind, limits, arguments->with_pictures, out);
      break;
    }
}

static void
run (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_auto (ImpDocument) document = { 0 };
  Arguments known;

  if (g_bytes_get_size (arguments) != sizeof known)
    return;
  memcpy (&known, g_bytes_get_data (arguments, NULL), sizeof known);
  imp_document_init (&document);
  convert (&known, bytes, &document);
  imp_document_pack (&document, out);
}

static const ImpSandboxJob jobs[] = {
  { "document", prepare_others, run, FALSE },
  { "document-pdf", prepare_pdf, run, TRUE },
};

void
imp_document_main (int argc, char **argv)
{
  imp_sandbox_main (jobs, G_N_ELEMENTS (jobs), argc, argv);
}

/* ---- outside ----------------------------------------------------------------------------------
 */

/* Returns: FALSE where nothing came back. */
static gboolean
run_confined (GBytes *bytes, const Arguments *arguments, ImpSandboxEnd *end, ImpDocument *out)
{
  const ImpDocumentLimits *limits = &arguments->limits;
  ImpSandboxLimits bounds = { .cpu_seconds = limits->cpu_seconds,
                              .wall_seconds = limits->wall_seconds,
                              .memory_bytes = limits->memory_bytes,
                              .answer_bytes =
                                  limits->text_bytes + limits->picture_bytes + 1024 * 1024 };
  g_autoptr (GBytes) told = g_bytes_new (arguments, sizeof *arguments);
  g_autoptr (GBytes) content = imp_sandbox_run (
      arguments->kind == IMP_SNIFF_PDF ? "document-pdf" : "document", told, bytes, &bounds, end);
  g_auto (ImpDocument) read = { 0 };

  if (content == NULL)
    return FALSE;
  imp_document_init (&read);
  if (!imp_document_unpack (content, limits, &read))
    {
      *end = IMP_SANDBOX_BROKEN;
      return FALSE;
    }
  read.sniffed = out->sniffed;
  imp_document_clear (out);
  *out = read;
  read = (ImpDocument){ 0 };
  return TRUE;
}

/* Drawing is what crashes and hangs; the words alone may still be had. */
static void
convert_confined (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  Arguments arguments = { 0 };
  ImpSandboxEnd end;

  arguments.kind = out->sniffed.kind;
  arguments.with_pictures = TRUE;
  arguments.limits = *limits;
  if (run_confined (bytes, &arguments, &end, out))
    return;
  imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "%s", imp_sandbox_end_words (end));
  if (end == IMP_SANDBOX_NOT_STARTED ||
      imp_sniff_group (out->sniffed.kind) != IMP_SNIFF_GROUP_DOCUMENT)
    return;
  arguments.with_pictures = FALSE;
  if (run_confined (bytes, &arguments, &end, out))
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED,
                       "the converter failed on the pictures: the words alone were read");
}

static void
convert_text (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ImpDecodeResult result = { 0 };
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  if (out->sniffed.is_utf16)
    {
      g_autofree char *wide =
          g_convert ((const char *) data, (gssize) (len & ~(gsize) 1), "UTF-8",
                     data[0] == 0xfe ? "UTF-16BE" : "UTF-16LE", NULL, NULL, NULL);

      if (wide == NULL)
        {
          imp_document_find (out, IMP_FINDING_UNDECODABLE, "not UTF-16, as its mark says");
          return;
        }
      g_string_assign (text, wide);
    }
  else
    imp_decode (data, len, text, &result);
  if (result.n_lost > 0)
    imp_document_find (out, IMP_FINDING_UNDECODABLE, "characters lost: %u", result.n_lost);
  for (char *p = text->str; *p != '\0'; p++)
    if (*p == '\r')
      *p = p[1] == '\n' ? '\v' : '\n'; /* the former is dropped with other controls */
  imp_document_append (out, limits, text->str, (gssize) text->len);
}

static gboolean
is_carried (ImpSniffKind kind)
{
  switch (kind)
    {
    case IMP_SNIFF_TEXT:
    case IMP_SNIFF_PDF:
    case IMP_SNIFF_RTF:
    case IMP_SNIFF_HTML:
    case IMP_SNIFF_DOC:
    case IMP_SNIFF_XLS:
    case IMP_SNIFF_PPT:
    case IMP_SNIFF_MSG:
    case IMP_SNIFF_OLE2: /* its password is told */
    case IMP_SNIFF_DOCX:
    case IMP_SNIFF_XLSX:
    case IMP_SNIFF_PPTX:
    case IMP_SNIFF_ODT:
    case IMP_SNIFF_ODS:
    case IMP_SNIFF_ODP:
    case IMP_SNIFF_JPEG:
    case IMP_SNIFF_PNG:
    case IMP_SNIFF_GIF:
    case IMP_SNIFF_BMP:
    case IMP_SNIFF_TIFF:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Names of files may be a patient's too, but they are how a hospital finds what was left out. */
static void
refuse (const ImpAttachment *in, gsize len, const char *why, ImpDocument *out)
{
  imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "%s, %" G_GSIZE_FORMAT " bytes, “%s”: %s",
                     imp_sniff_word (out->sniffed.kind), len, in->name != NULL ? in->name : "",
                     why);
}

static const char *
why_not (const ImpSniff *sniffed)
{
  switch (imp_sniff_group (sniffed->kind))
    {
    case IMP_SNIFF_GROUP_ACTIVE:
      return "runs when it is opened, and is never carried";
    case IMP_SNIFF_GROUP_ARCHIVE:
      return "archives inside documents are not opened";
    case IMP_SNIFF_GROUP_DOCUMENT:
      return "there is no safe reader for it; kept out";
    case IMP_SNIFF_GROUP_PICTURE:
      return "pictures of this kind are not carried";
    case IMP_SNIFF_GROUP_MESSAGE:
    case IMP_SNIFF_GROUP_OPAQUE:
    default:
      return "not carried";
    }
}

static gboolean
is_empty (const ImpDocument *self)
{
  return self->text->str[strspn (self->text->str, " \t\n\f")] == '\0' && self->pictures->len == 0;
}

static ImpDocumentVerdict
verdict_of (const ImpDocument *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->severity != IMP_SEVERITY_INFO)
        return is_empty (self) ? IMP_DOCUMENT_REFUSED : IMP_DOCUMENT_PARTLY;
    }
  return IMP_DOCUMENT_READ;
}

void
imp_document_convert (const ImpAttachment *in, const ImpDocumentLimits *limits, ImpDocument *out)
{
  gsize len = 0;
  const guint8 *data = in->bytes != NULL ? g_bytes_get_data (in->bytes, &len) : NULL;

  if (in->bytes == NULL)
    {
      imp_document_find (out, IMP_FINDING_MISSING_FILE, "“%s” is not there",
                         in->reference != NULL ? in->reference
                         : in->name != NULL    ? in->name
                                               : "");
      out->verdict = IMP_DOCUMENT_REFUSED;
      return;
    }
  imp_sniff (data, len, &out->sniffed);
  if (imp_sniff_group (out->sniffed.kind) == IMP_SNIFF_GROUP_MESSAGE)
    {
      out->verdict = IMP_DOCUMENT_MESSAGE;
      return;
    }
  if (!is_carried (out->sniffed.kind))
    refuse (in, len, why_not (&out->sniffed), out);
  else if (len > limits->input_bytes)
    refuse (in, len, "too large", out);
  else if (out->sniffed.kind == IMP_SNIFF_TEXT)
    convert_text (in->bytes, limits, out);
  else
    convert_confined (in->bytes, limits, out);

  /* Nothing found is not nothing there: it is said. */
  if (out->findings->len == 0 && is_empty (out))
    imp_document_find (out, IMP_FINDING_IGNORED,
                       "%s, %" G_GSIZE_FORMAT " bytes: no words, no pixels",
                       imp_sniff_word (out->sniffed.kind), len);
  out->verdict = verdict_of (out);
  /* The reasons are known; whose they are, too. */
  if (out->verdict == IMP_DOCUMENT_REFUSED && is_carried (out->sniffed.kind) &&
      len <= limits->input_bytes)
    refuse (in, len, "nothing of it could be read", out);
}

void
imp_document_read_text (const ImpAttachment *in, const ImpDocumentLimits *limits, ImpDocument *out)
{
  convert_text (in->bytes, limits, out);
  imp_document_find (out, IMP_FINDING_NOT_UNDERSTOOD, "kept as text: %s",
                     imp_sniff_word (out->sniffed.kind));
}
