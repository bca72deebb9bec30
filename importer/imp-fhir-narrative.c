/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "imp-document-page.h"
#include "imp-limits.h"
#include "imp-text.h"
#include "imp-xml.h"

/*
 * Narrative as plain text (spec fhir.md 6.5): read as XML of a stranger, which knows no entities
 * but XML's own. Those of HTML are single characters and written as such before; R4 allows them
 * nowhere but here.
 */

#define MAX_ENTITY_BYTES 16 /* the longest name of HTML 4 is "thetasym" */

/* ---- entities -----------------------------------------------------------------------------------
 */

static gboolean
is_of_xml (const char *name)
{
  static const char *const names[] = { "amp", "lt", "gt", "quot", "apos", NULL };

  return g_strv_contains (names, name);
}

/* Returns: its character; 0 where HTML has none of that name. @len: (out): of all of it, "&nbsp;"
 */
static gunichar
read_entity (const char *text, gsize *len)
{
  gsize n = 0;
  g_autofree char *name = NULL;
  const htmlEntityDesc *entity;

  while (n < MAX_ENTITY_BYTES && g_ascii_isalnum (text[1 + n]))
    n++;
  if (n == 0 || text[1 + n] != ';')
    return 0;
  name = g_strndup (text + 1, n);
  entity = is_of_xml (name) ? NULL : htmlEntityLookup ((const xmlChar *) name);
  *len = n + 2;
  return entity != NULL ? entity->value : 0;
}

/* (transfer full) */
static char *
without_entities (const char *div)
{
  GString *out = g_string_sized_new (strlen (div) + 1);
  const char *next;

  for (; (next = strchr (div, '&')) != NULL; div = next)
    {
      gsize len = 1;
      gunichar letter = read_entity (next, &len);

      g_string_append_len (out, div, next - div);
      if (letter != 0)
        g_string_append_unichar (out, letter);
      else
        g_string_append_c (out, '&');
      next += letter != 0 ? len : 1;
    }
  g_string_append (out, div);
  return g_string_free (out, FALSE);
}

/* ---- what is no XML -----------------------------------------------------------------------------
 */

static const char *
end_of_tag (const char *tag)
{
  const char *end = strchr (tag, '>');

  return end != NULL ? end + 1 : tag + strlen (tag);
}

static gboolean
is_tag (const char *tag, const char *name)
{
  gsize len = strlen (name);

  return g_ascii_strncasecmp (tag + 1, name, len) == 0 && !g_ascii_isalnum (tag[1 + len]);
}

/* What a tag leaves behind in the text. */
static const char *
words_of_tag (const char *tag)
{
  static const struct
  {
    const char *name;
    const char *words;
  } tags[] = {
    { "br", "\n" },           { "p", "\n" },       { "/p", "\n" },      { "div", "\n" },
    { "/div", "\n" },         { "/tr", "\n" },     { "li", "\n・" },    { "/ul", "\n" },
    { "/ol", "\n" },          { "/table", "\n" },  { "/td", "\t" },     { "/th", "\t" },
    { "/h1", "\n" },          { "/h2", "\n" },     { "/h3", "\n" },     { "/h4", "\n" },
    { "del", "【削除：" },    { "/del", "】" },    { "s", "【削除：" }, { "/s", "】" },
    { "strike", "【削除：" }, { "/strike", "】" }, { "sup", "^" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (is_tag (tag, tags[i].name))
      return tags[i].words;
  return "";
}

/* Behind the end of an element whose content is no text. */
static const char *
behind_element (const char *tag, const char *end_tag)
{
  gsize len = strlen (end_tag);

  for (const char *p = tag; (p = strchr (p, '<')) != NULL; p++)
    if (g_ascii_strncasecmp (p, end_tag, len) == 0)
      return end_of_tag (p);
  return tag + strlen (tag);
}

static const char *
behind_tag (const char *tag)
{
  if (is_tag (tag, "script"))
    return behind_element (tag, "</script");
  if (is_tag (tag, "style"))
    return behind_element (tag, "</style");
  if (g_str_has_prefix (tag, "<!--"))
    {
      const char *end = strstr (tag, "-->");

      return end != NULL ? end + 3 : tag + strlen (tag);
    }
  return end_of_tag (tag);
}

/* "&amp;", "&#160;"; anything else stands for itself. */
static const char *
add_reference (GString *out, const char *text)
{
  static const struct
  {
    const char *name;
    char letter;
  } names[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  gboolean is_hex = text[1] == '#' && (text[2] == 'x' || text[2] == 'X');
  char *end;
  guint64 value;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (text, names[i].name))
      {
        g_string_append_c (out, names[i].letter);
        return text + strlen (names[i].name);
      }
  value = text[1] == '#' ? g_ascii_strtoull (text + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10) : 0;
  if (value == 0 || value > 0x10ffff || !g_unichar_validate ((gunichar) value) || *end != ';')
    {
      g_string_append_c (out, '&');
      return text + 1;
    }
  g_string_append_unichar (out, (gunichar) value);
  return end + 1;
}

/* The words of what is not well-formed (E18): tags are cut out, whatever they mean. */
static void
strip_tags (const char *text, GString *out)
{
  while (*text != '\0')
    {
      gsize len = imp_text_run (text, "<&", FALSE);

      g_string_append_len (out, text, (gssize) len);
      text += len;
      if (*text == '&')
        text = add_reference (out, text);
      else if (*text == '<' && (g_ascii_isalpha (text[1]) || strchr ("/!?", text[1]) != NULL) &&
               text[1] != '\0')
        {
          g_string_append (out, words_of_tag (text));
          text = behind_tag (text);
        }
      else if (*text == '<')
        g_string_append_c (out, *text++); /* "K < 3.5" */
    }
}

/* ---- all of it ----------------------------------------------------------------------------------
 */

static void
read_page (const char *markup, const ImpDocumentLimits *limits, ImpDocument *out,
           gboolean *is_broken)
{
  g_autoptr (xmlDoc) document = imp_xml_parse (markup, strlen (markup), NULL);
  g_autoptr (GString) stripped = NULL;

  *is_broken = document == NULL;
  if (document != NULL)
    {
      imp_document_page (document->children, limits, 0, out);
      return;
    }
  stripped = g_string_new (NULL);
  strip_tags (markup, stripped);
  imp_document_append (out, limits, stripped->str, (gssize) stripped->len);
}

char *
imp_fhir_page_text (const char *markup, gboolean *is_broken)
{
  const ImpDocumentLimits limits = { .text_bytes = IMP_FHIR_MAX_TEXT_BYTES };
  g_auto (ImpDocument) page = { 0 };
  g_autofree char *plain = without_entities (markup);
  gsize len;

  imp_document_init (&page);
  read_page (plain, &limits, &page, is_broken);
  len = page.text->len;
  while (len > 0 && g_ascii_isspace (page.text->str[len - 1]))
    len--;
  g_string_truncate (page.text, len);
  return len > 0 ? g_strdup (page.text->str + strspn (page.text->str, "\n")) : NULL;
}

char *
imp_fhir_narrative (const cJSON *text)
{
  const char *div = imp_json_string (imp_json_first (text), "div");
  gboolean is_broken;

  return div != NULL ? imp_fhir_page_text (div, &is_broken) : NULL;
}

char *
imp_fhir_tell_narrative (ImpFhirMapper *self, const cJSON *text)
{
  const char *div = imp_json_string (imp_json_first (text), "div");
  gboolean is_broken = FALSE;
  char *words = div != NULL ? imp_fhir_page_text (div, &is_broken) : NULL;

  if (is_broken && g_hash_table_add (self->missing, g_strdup ("text.div")))
    imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                            "%s.text.div is not well-formed: its words without tags", self->type);
  return words;
}
