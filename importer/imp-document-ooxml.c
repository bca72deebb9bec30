/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <string.h>

#include "imp-xml.h"

/* Words of WordprocessingML (ECMA-376 part 1, 17) and DrawingML (21): both call a paragraph p, its
 * words t, a row tr and a cell tc. Trees are at most IMP_XML_MAX_DEPTH deep: walking them may
 * recurse. */

static void
walk_children (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  for (const xmlNode *child = node->children; child != NULL && !flow->out->is_text_cut;
       child = child->next)
    imp_office_walk (flow, child, counts);
}

static gboolean
is_on (const xmlNode *property)
{
  const char *value = imp_xml_attribute (property, "val");

  return property != NULL &&
         (value == NULL || (strcmp (value, "0") != 0 && strcmp (value, "false") != 0));
}

static gboolean
is_struck (const xmlNode *run)
{
  const xmlNode *properties = imp_xml_child (run, "rPr");
  const char *strike = imp_xml_attribute (properties, "strike");

  return is_on (imp_xml_child (properties, "strike")) ||
         is_on (imp_xml_child (properties, "dstrike")) ||
         (strike != NULL && strcmp (strike, "noStrike") != 0);
}

/* ECMA-376 part 1, 17.3.2.42 and 21.1.2.3.9. */
static gboolean
is_raised (const xmlNode *run)
{
  const xmlNode *properties = imp_xml_child (run, "rPr");
  const char *baseline = imp_xml_attribute (properties, "baseline");

  return g_strcmp0 (imp_xml_attribute (imp_xml_child (properties, "vertAlign"), "val"),
                    "superscript") == 0 ||
         (baseline != NULL && g_ascii_strtoll (baseline, NULL, 10) > 0);
}

/* WordprocessingML, DrawingML, SpreadsheetML. */
static ImpSymbolFont
font_of (const xmlNode *run)
{
  const xmlNode *properties = imp_xml_child (run, "rPr");
  const xmlNode *fonts = imp_xml_child (properties, "rFonts");
  const char *const names[] = {
    imp_xml_attribute (fonts, "ascii"),
    imp_xml_attribute (fonts, "hAnsi"),
    imp_xml_attribute (imp_xml_child (properties, "sym"), "typeface"),
    imp_xml_attribute (imp_xml_child (properties, "latin"), "typeface"),
    imp_xml_attribute (imp_xml_child (properties, "rFont"), "val"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (imp_symbol_font_of (names[i]) != IMP_FONT_OF_LETTERS)
      return imp_symbol_font_of (names[i]);
  return IMP_FONT_OF_LETTERS;
}

static void
walk_run (ImpFlow *flow, const xmlNode *run, ImpOfficeCounts *counts)
{
  ImpSymbolFont outer = flow->font;
  guint struck = is_struck (run);
  guint raised = is_raised (run);

  flow->n_struck += struck;
  flow->n_raised += raised;
  flow->font = font_of (run);
  walk_children (flow, run, counts);
  flow->n_struck -= struck;
  flow->n_raised -= raised;
  flow->font = outer;
}

/* ECMA-376 part 1, 17.3.3.30: a sign of a font: boxes that are ticked or not, Greek letters. */
static void
put_symbol (ImpFlow *flow, const xmlNode *node)
{
  const char *code = imp_xml_attribute (node, "char");
  ImpSymbolFont outer = flow->font;
  char text[8] = { 0 };
  gunichar c = code != NULL ? (gunichar) MIN (g_ascii_strtoull (code, NULL, 16), 0x10ffff) : 0;

  flow->font = imp_symbol_font_of (imp_xml_attribute (node, "font"));
  if (flow->font == IMP_FONT_OF_LETTERS)
    flow->font = IMP_FONT_OF_UNKNOWN_SIGNS;
  g_unichar_to_utf8 (g_unichar_validate (c) && c > 0x20 ? c : 0xf0ff, text);
  imp_flow_put (flow, text, strlen (text));
  flow->font = outer;
}

static void
put_row (ImpFlow *flow, const xmlNode *row, ImpOfficeCounts *counts)
{
  guint column = 0;

  for (const xmlNode *node = row->children; node != NULL; node = node->next)
    {
      if (!imp_xml_is (node, "tc"))
        continue;
      imp_flow_cell (flow, column++);
      flow->n_cells++;
      walk_children (flow, node, counts);
      flow->n_cells--;
    }
  imp_flow_row (flow);
}

/* The reading stands before what it is of. */
static void
put_ruby (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  const xmlNode *base = imp_xml_child (node, "rubyBase");
  const xmlNode *reading = imp_xml_child (node, "rt");

  if (base != NULL)
    walk_children (flow, base, counts);
  if (reading == NULL)
    return;
  imp_flow_put (flow, "（", strlen ("（"));
  walk_children (flow, reading, counts);
  imp_flow_put (flow, "）", strlen ("）"));
}

static void
walk_struck (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  flow->n_struck++;
  walk_children (flow, node, counts);
  flow->n_struck--;
}

static void
put_words (ImpFlow *flow, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      imp_flow_put (flow, (const char *) child->content, strlen ((const char *) child->content));
}

static void
count_field (const char *instruction, ImpOfficeCounts *counts)
{
  counts->n_links += instruction != NULL && imp_office_is_fetching (instruction);
}

typedef enum
{
  DOES_WALK,
  DOES_WORDS,
  DOES_STRUCK,
  DOES_TAB,
  DOES_BREAK,
  DOES_PARAGRAPH,
  DOES_ROW,
  DOES_SYMBOL,
  DOES_HYPHEN,
  DOES_RUN,
  DOES_RUBY,
  DOES_FIELD,
  DOES_INSTRUCTION,
  DOES_CHOICE,
  DOES_OBJECT,
  DOES_NOTHING,
} Action;

static Action
action_of (const char *name)
{
  static const struct
  {
    const char *name;
    Action action;
  } actions[] = {
    { "t", DOES_WORDS },
    { "delText", DOES_WORDS },
    { "tab", DOES_TAB },
    { "ptab", DOES_TAB },
    { "br", DOES_BREAK },
    { "cr", DOES_BREAK },
    { "p", DOES_PARAGRAPH },
    { "tr", DOES_ROW },
    { "sym", DOES_SYMBOL },
    { "r", DOES_RUN },
    { "del", DOES_STRUCK },
    { "moveFrom", DOES_STRUCK },
    { "ruby", DOES_RUBY },
    { "fldSimple", DOES_FIELD },
    { "instrText", DOES_INSTRUCTION },
    { "AlternateContent", DOES_CHOICE },
    { "noBreakHyphen", DOES_HYPHEN },
    { "altChunk", DOES_OBJECT },
    { "sectPr", DOES_NOTHING },
    { "rPh", DOES_NOTHING }, /* a reading, in a sheet */
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].name, name) == 0)
      return actions[i].action;
  return g_str_has_suffix (name, "Pr") ? DOES_NOTHING : DOES_WALK;
}

/* The same twice, for newer and older programs. */
static void
walk_choice (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  const xmlNode *choice = imp_xml_child (node, "Choice");

  if (choice == NULL)
    choice = imp_xml_child (node, "Fallback");
  if (choice != NULL)
    walk_children (flow, choice, counts);
}

static void
walk_element (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  switch (action_of ((const char *) node->name))
    {
    case DOES_WORDS:
      put_words (flow, node);
      break;
    case DOES_TAB:
      imp_flow_put (flow, flow->n_cells > 0 ? " " : "\t", 1);
      break;
    case DOES_BREAK:
      imp_flow_line (flow);
      break;
    case DOES_PARAGRAPH:
      walk_children (flow, node, counts);
      imp_flow_line (flow);
      break;
    case DOES_ROW:
      put_row (flow, node, counts);
      break;
    case DOES_SYMBOL:
      put_symbol (flow, node);
      break;
    case DOES_HYPHEN:
      imp_flow_put (flow, "-", 1);
      break;
    case DOES_RUN:
      walk_run (flow, node, counts);
      break;
    case DOES_STRUCK:
      walk_struck (flow, node, counts);
      break;
    case DOES_RUBY:
      put_ruby (flow, node, counts);
      break;
    case DOES_FIELD:
      count_field (imp_xml_attribute (node, "instr"), counts);
      walk_children (flow, node, counts);
      break;
    case DOES_INSTRUCTION:
      if (node->children != NULL)
        count_field ((const char *) node->children->content, counts);
      break;
    case DOES_CHOICE:
      walk_choice (flow, node, counts);
      break;
    case DOES_OBJECT:
      counts->n_objects++;
      break;
    case DOES_NOTHING:
      break;
    case DOES_WALK:
    default:
      walk_children (flow, node, counts);
      break;
    }
}

void
imp_office_walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  if (node->type == XML_ELEMENT_NODE)
    walk_element (flow, node, counts);
}

void
imp_office_part (const ImpZip *zip, const char *name, ImpFlow *flow, ImpOfficeCounts *counts)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (zip, name, flow->out);

  if (document == NULL)
    return;
  imp_office_walk (flow, xmlDocGetRootElement (document), counts);
  imp_flow_line (flow);
}

void
imp_office_parts (const ImpZip *zip, const char *prefix, ImpFlow *flow, ImpOfficeCounts *counts)
{
  for (guint i = 0; i < zip->names->len; i++)
    {
      const char *name = g_ptr_array_index (zip->names, i);

      if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".xml") &&
          strchr (name + strlen (prefix), '/') == NULL)
        imp_office_part (zip, name, flow, counts);
    }
}

/* A header first: it may name the patient. */
void
imp_office_word (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts)
{
  static const char *const prefixes[] = { "word/header",   "word/document", "word/footnotes",
                                          "word/endnotes", "word/comments", "word/footer" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    imp_office_parts (zip, prefixes[i], flow, counts);
}

/* By the numbers of the slides, which is their order but where somebody moved one. */
void
imp_office_slides (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts)
{
  imp_office_parts (zip, "ppt/slides/slide", flow, counts);
  imp_office_parts (zip, "ppt/notesSlides/notesSlide", flow, counts);
  imp_office_parts (zip, "ppt/comments/", flow, counts);
}
