/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <string.h>

#include "imp-xml.h"

/*
 * Words and pictures of office documents in zip: OOXML (ECMA-376) and OpenDocument 1.2. Macros,
 * embedded objects and whatever points elsewhere are noticed by the names of the parts and the
 * relations, and never carried on.
 */

gboolean
imp_office_is_fetching (const char *instruction)
{
  static const char *const words[] = { "DDE",  "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT",
                                       "LINK", "DATABASE",    "MACROBUTTON" };
  g_autofree char *upper = g_ascii_strup (instruction, -1);
  const char *start = upper + strspn (upper, " \t\r\n\\");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (start, words[i]))
      return TRUE;
  return FALSE;
}

/* ---- what acts ------------------------------------------------------------------------------- */

/* Links that a reader clicks on are nothing once they are text. */
static guint
count_external (const ImpZip *zip, const char *name, ImpDocument *out)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (zip, name, out);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  guint n = 0;

  for (const xmlNode *node = imp_xml_child (root, "Relationship"); node != NULL;
       node = imp_xml_next (node))
    {
      const char *mode = imp_xml_attribute (node, "TargetMode");
      const char *type = imp_xml_attribute (node, "Type");

      n += g_strcmp0 (mode, "External") == 0 &&
           (type == NULL || !g_str_has_suffix (type, "/hyperlink"));
    }
  return n;
}

static void
report_acting (const ImpZip *zip, const ImpOfficeCounts *counts, ImpDocument *out)
{
  guint n_external = 0;

  for (guint i = 0; i < zip->names->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (zip->names, i), ".rels"))
      n_external += count_external (zip, g_ptr_array_index (zip->names, i), out);
  imp_document_refuse_part (out, n_external + imp_zip_count (zip, "/externalLinks/externalLink"),
                            "a reference to something elsewhere");
  imp_document_refuse_part (out,
                            (imp_zip_count (zip, "vbaProject.bin") > 0) +
                                (imp_zip_count (zip, "Basic/") > 0) +
                                (imp_zip_count (zip, "Scripts/") > 0),
                            "a macro");
  imp_document_refuse_part (out,
                            counts->n_objects + imp_zip_count (zip, "/embeddings/") +
                                imp_zip_count (zip, "ObjectReplacements/"),
                            "an embedded object");
  imp_document_refuse_part (out, imp_zip_count (zip, "/activeX/activeX"), "an ActiveX control");
  imp_document_refuse_part (out, counts->n_links, "a field that fetches something");
}

/* ---- pictures -------------------------------------------------------------------------------- */

static gboolean
is_picture_name (const char *name)
{
  return strstr (name, "/media/") != NULL || g_str_has_prefix (name, "Pictures/");
}

static void
add_pictures (const ImpZip *zip, const ImpDocumentLimits *limits, gboolean with_pictures,
              ImpDocument *out)
{
  guint n_left_out = 0;

  for (guint i = 0; i < zip->names->len; i++)
    {
      const char *name = g_ptr_array_index (zip->names, i);
      GBytes *part = is_picture_name (name) ? imp_zip_part (zip, name) : NULL;
      ImpSniff sniffed;

      if (part == NULL)
        continue;
      imp_sniff (g_bytes_get_data (part, NULL), g_bytes_get_size (part), &sniffed);
      if (with_pictures && sniffed.kind >= IMP_SNIFF_JPEG && sniffed.kind <= IMP_SNIFF_BMP &&
          imp_document_has_time (out, limits))
        imp_document_picture (part, limits, 0, out);
      else
        n_left_out++;
    }
  out->n_pictures_dropped += n_left_out;
  imp_document_refuse_part (out, n_left_out, "a picture or film that is not carried");
}

void
imp_document_office (GBytes *bytes, ImpSniffKind kind, const ImpDocumentLimits *limits,
                     gboolean with_pictures, ImpDocument *out)
{
  ImpFlow flow = { .out = out, .limits = limits };
  ImpOfficeCounts counts = { 0 };
  g_auto (ImpZip) zip = { 0 };

  if (!imp_zip_read (bytes, out, &zip))
    return;
  if (kind == IMP_SNIFF_DOCX)
    imp_office_word (&zip, &flow, &counts);
  else if (kind == IMP_SNIFF_XLSX)
    imp_office_sheets (&zip, &flow, &counts);
  else if (kind == IMP_SNIFF_PPTX)
    imp_office_slides (&zip, &flow, &counts);
  else
    imp_office_open_document (&zip, &flow, &counts);
  imp_flow_end (&flow);
  add_pictures (&zip, limits, with_pictures, out);
  report_acting (&zip, &counts, out);
}
