/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections of a CDA document: spec fhir.md 7. */
#include "config.h"

#include <string.h>

#include "imp-cda-text.h"

#define MAX_LEVEL 6

static void write_section (ImpCdaText *self, const xmlNode *section, guint level,
                           const char *about);

const char *
imp_cda_null_words (const char *flavor)
{
  /* HL7 V3 NullFlavor; spec fhir.md 3.0.5. */
  static const struct
  {
    const char *flavor;
    const char *words;
  } words[] = {
    { "NASK", "未聴取" },
    { "ASKU", "聴取したが不明" },
    { "UNK", "不明" },
    { "NAV", "一時不明" },
    { "MSK", "非開示" },
    { "NA", "該当なし" },
    { "TRC", "微量" },
    { "OTH", "その他" },
    { "PINF", "測定範囲外（上）" },
    { "NINF", "測定範囲外（下）" },
  };

  if (flavor == NULL || *flavor == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (flavor, words[i].flavor) == 0)
      return words[i].words;
  return "情報なし（記録なし）";
}

/* ---- parts of one --------------------------------------------------------------------------- */

/* Words, or what stands for some: a picture alone is a narrative too. */
static gboolean
says_something (const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      {
        if (imp_xml_is (child, "renderMultiMedia") || imp_xml_is (child, "img") ||
            says_something (child))
          return TRUE;
      }
    else if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) &&
             child->content[strspn ((const char *) child->content, " \t\r\n")] != '\0')
      return TRUE;
  return FALSE;
}

static void
write_title (ImpCdaText *self, const xmlNode *section, guint level)
{
  g_autofree char *title = imp_xml_text (imp_xml_child (section, "title"));
  g_autofree char *code = imp_cda_text_code (self, imp_xml_child (section, "code"));

  imp_cda_text_end_line (self);
  if (level == 0 && self->text->len > 0)
    imp_cda_text_add (self, "\n");
  for (guint i = 0; i < MIN (level, MAX_LEVEL); i++)
    imp_cda_text_add (self, "　");
  imp_cda_text_add (self, "■ ");
  imp_cda_text_add (self, *title != '\0' ? title : *code != '\0' ? code : "（表題なし）");
  imp_cda_text_end_line (self);
}

/* Not known is not none: NI, UNK, NASK, ... of the whole section, or of its words. */
static gboolean
write_missing (ImpCdaText *self, const xmlNode *section)
{
  const char *words = imp_cda_null_words (imp_xml_attribute (section, "nullFlavor"));

  if (words == NULL)
    words = imp_cda_null_words (imp_xml_attribute (imp_xml_child (section, "text"), "nullFlavor"));
  if (words != NULL)
    imp_cda_text_add_line (self, words);
  return words != NULL;
}

static gboolean
write_entries (ImpCdaText *self, const xmlNode *section, const char *about)
{
  guint before = self->n_not_shown;
  guint n = 0;

  for (const xmlNode *entry = imp_xml_child (section, "entry"); entry != NULL && !self->is_cut;
       entry = imp_xml_next (entry), n++)
    imp_cda_text_entry (self, entry, about);
  if (self->n_not_shown > before)
    {
      g_autofree char *line =
          g_strdup_printf ("［文字にできない項目：%u件］", self->n_not_shown - before);

      imp_cda_text_add_line (self, line);
    }
  return n > 0;
}

static gboolean
write_inner (ImpCdaText *self, const xmlNode *section, guint level, const char *about)
{
  guint n = 0;

  for (const xmlNode *part = imp_xml_child (section, "component"); part != NULL;
       part = imp_xml_next (part))
    for (const xmlNode *inner = imp_xml_child (part, "section"); inner != NULL && !self->is_cut;
         inner = imp_xml_next (inner), n++)
      write_section (self, inner, level + 1, about);
  return n > 0;
}

/* ---- one ------------------------------------------------------------------------------------ */

/* @about: what the sections around it say of whom they are about */
static void
write_section (ImpCdaText *self, const xmlNode *section, guint level, const char *about)
{
  const xmlNode *words = imp_xml_child (section, "text");
  g_autofree char *subject = imp_cda_text_subject (self, section);
  gboolean says = FALSE;

  if (*subject != '\0')
    about = subject;
  write_title (self, section, level);
  if (*about != '\0')
    imp_cda_text_add_line (self, about);
  says = write_missing (self, section);
  if (words != NULL && says_something (words))
    {
      imp_cda_text_narrative (self, words);
      says = TRUE;
    }
  else if (write_entries (self, section, about))
    says = TRUE;
  if (!write_inner (self, section, level, about) && !says && !self->is_cut)
    imp_cda_text_add_line (self, "記載なし");
}

void
imp_cda_text_section (ImpCdaText *self, const xmlNode *section)
{
  write_section (self, section, 0, "");
}
