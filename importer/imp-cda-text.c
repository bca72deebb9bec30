/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-cda-text.h"

#include <string.h>

#include "imp-text.h"

#define MAX_LIST_LEVEL 6
#define BULLET "・"

void
imp_cda_text_init (ImpCdaText *self, const xmlNode *root, ImpCdaMedia *media, gsize max_bytes)
{
  *self = (ImpCdaText){ .root = root, .media = media, .max_bytes = max_bytes };
  self->text = g_string_new (NULL);
  self->footnotes = g_hash_table_new (g_str_hash, g_str_equal);
}

void
imp_cda_text_clear (ImpCdaText *self)
{
  g_string_free (self->text, TRUE);
  g_hash_table_unref (self->footnotes);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
}

/* ---- adding --------------------------------------------------------------------------------- */

void
imp_cda_text_add (ImpCdaText *self, const char *words)
{
  gsize room = self->max_bytes - MIN (self->text->len, self->max_bytes);
  gsize len = imp_text_cut_string (words, room);

  g_string_append_len (self->text, words, (gssize) len);
  self->is_cut |= words[len] != '\0';
}

static gboolean
at_line_start (const ImpCdaText *self)
{
  return self->text->len == 0 || self->text->str[self->text->len - 1] == '\n';
}

static void
trim_line (ImpCdaText *self)
{
  gsize len = self->text->len;

  while (len > 0 && self->text->str[len - 1] == ' ')
    len--;
  g_string_truncate (self->text, len);
}

void
imp_cda_text_end_line (ImpCdaText *self)
{
  trim_line (self);
  if (!at_line_start (self))
    imp_cda_text_add (self, "\n");
}

void
imp_cda_text_add_line (ImpCdaText *self, const char *line)
{
  imp_cda_text_end_line (self);
  imp_cda_text_add (self, line);
  imp_cda_text_end_line (self);
}

static gboolean
ends_with (const ImpCdaText *self, const char *words)
{
  gsize len = strlen (words);
  const GString *text = self->text;

  return text->len >= len && memcmp (text->str + text->len - len, words, len) == 0;
}

/* Where a blank would say nothing. */
static gboolean
is_blank_left_out (const ImpCdaText *self)
{
  return at_line_start (self) || ends_with (self, " ") || ends_with (self, "\t") ||
         ends_with (self, BULLET);
}

/* Runs of blanks are one blank, as in a page. */
static void
add_words (ImpCdaText *self, const char *text)
{
  const char *p = text;

  while (*p != '\0' && !self->is_cut)
    {
      gsize blanks = imp_text_run (p, " \t\r\n", TRUE);
      gsize words = imp_text_run (p + blanks, " \t\r\n", FALSE);
      g_autofree char *word = g_strndup (p + blanks, words);

      if (blanks > 0 && !is_blank_left_out (self))
        imp_cda_text_add (self, " ");
      imp_cda_text_add (self, word);
      p += blanks + words;
    }
}

char *
imp_cda_text_apart (ImpCdaText *self, const xmlNode *node)
{
  GString *outer = self->text;
  char *text;

  self->text = g_string_new (NULL);
  imp_cda_text_children (self, node);
  text = g_string_free (self->text, FALSE);
  self->text = outer;
  return text;
}

/* ---- marks ---------------------------------------------------------------------------------- */

char *
imp_cda_text_media_mark (ImpCdaText *self, guint number)
{
  self->n_media++;
  if (number == 0)
    return g_strdup ("[図]");
  imp_cda_media_mark (self->media, number);
  return g_strdup_printf ("[図%u]", number);
}

void
imp_cda_text_media (ImpCdaText *self, guint number)
{
  g_autofree char *mark = imp_cda_text_media_mark (self, number);

  imp_cda_text_add (self, mark);
}

/* CDA R2 4.3.5.8: several may be named, and a caption may say what they are. */
static void
write_media (ImpCdaText *self, const xmlNode *node)
{
  const char *ids = imp_xml_attribute (node, "referencedObject");
  g_auto (GStrv) each = g_strsplit_set (ids != NULL ? ids : "", " \t\r\n", -1);
  guint n = 0;

  for (guint i = 0; each[i] != NULL && !self->is_cut; i++)
    if (*each[i] != '\0')
      {
        imp_cda_text_media (self, imp_cda_media_number_of_id (self->media, each[i]));
        n++;
      }
  if (n == 0)
    imp_cda_text_media (self, 0);
  imp_cda_text_children (self, node);
}

/* The number of a footnote, which may be referred to before it stands. */
static guint
footnote_number (ImpCdaText *self, const char *id)
{
  guint number = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->footnotes, id)) : 0;

  if (number > 0)
    return number;
  number = ++self->n_footnotes;
  if (id != NULL)
    g_hash_table_insert (self->footnotes, (gpointer) id, GUINT_TO_POINTER (number));
  return number;
}

static void
write_footnote (ImpCdaText *self, const xmlNode *node)
{
  gboolean is_reference = imp_xml_is (node, "footnoteRef");
  guint number = footnote_number (self, imp_xml_attribute (node, is_reference ? "IDREF" : "ID"));
  g_autofree char *mark = g_strdup_printf (is_reference ? "［注%u" : "［注%u：", number);

  imp_cda_text_add (self, mark);
  if (!is_reference)
    imp_cda_text_children (self, node);
  imp_cda_text_add (self, "］");
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
write_item (ImpCdaText *self, const xmlNode *item, const char *mark)
{
  imp_cda_text_end_line (self);
  for (guint i = 1; i < MIN (self->list_level, MAX_LIST_LEVEL); i++)
    imp_cda_text_add (self, "　");
  imp_cda_text_add (self, mark);
  imp_cda_text_children (self, item);
  imp_cda_text_end_line (self);
}

static void
write_list (ImpCdaText *self, const xmlNode *list)
{
  gboolean is_ordered =
      g_strcmp0 (imp_xml_attribute (list, "listType"), "ordered") == 0 || imp_xml_is (list, "ol");
  guint n = 0;

  self->list_level++;
  for (const xmlNode *child = list->children; child != NULL && !self->is_cut; child = child->next)
    if (imp_xml_is (child, "item") || imp_xml_is (child, "li"))
      {
        g_autofree char *mark = is_ordered ? g_strdup_printf ("%u. ", ++n) : g_strdup (BULLET);

        write_item (self, child, mark);
      }
    else if (child->type == XML_ELEMENT_NODE)
      {
        imp_cda_text_end_line (self);
        imp_cda_text_children (self, child);
        imp_cda_text_end_line (self);
      }
  self->list_level--;
}

/* The style of a text that is struck through is no style only. */
static gboolean
is_deleted (const xmlNode *node)
{
  static const char *const names[] = { "del", "s", "strike", NULL };
  const char *style = imp_xml_attribute (node, "styleCode");
  g_autofree char *folded = style != NULL ? g_ascii_strdown (style, -1) : NULL;

  return g_strcmp0 (imp_xml_attribute (node, "revised"), "delete") == 0 ||
         g_strv_contains (names, imp_xml_name (node)) ||
         (folded != NULL && strstr (folded, "strike") != NULL);
}

typedef enum
{
  INLINE, /* and all that is not known */
  BLOCK,
  BREAK,
  LIST,
  TABLE,
  MEDIA,
  FOOTNOTE,
  SUPERSCRIPT,
  IMAGE,
  ACTIVE,
} Shape;

/* CDA R2 4.3.5, and what writers use of HTML beside it. */
static const struct
{
  const char *name;
  Shape shape;
} shapes[] = {
  { "paragraph", BLOCK },   { "caption", BLOCK },
  { "item", BLOCK },        { "p", BLOCK },
  { "div", BLOCK },         { "tr", BLOCK }, /* these where no table is around them */
  { "td", BLOCK },          { "th", BLOCK },
  { "br", BREAK },          { "list", LIST },
  { "ul", LIST },           { "ol", LIST },
  { "table", TABLE },       { "renderMultiMedia", MEDIA },
  { "footnote", FOOTNOTE }, { "footnoteRef", FOOTNOTE },
  { "sup", SUPERSCRIPT },   { "img", IMAGE },
  { "script", ACTIVE },     { "style", ACTIVE },
};

static Shape
shape_of (const xmlNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (strcmp (imp_xml_name (node), shapes[i].name) == 0)
      return shapes[i].shape;
  return INLINE;
}

static void
write_image (ImpCdaText *self, const xmlNode *node)
{
  const char *words = imp_xml_attribute (node, "alt");
  g_autofree char *mark = g_strdup_printf ("[画像：%s]", words != NULL ? words : "");

  self->n_media++;
  imp_cda_text_add (self, mark);
}

static void
write_shape (ImpCdaText *self, const xmlNode *node, Shape shape)
{
  switch (shape)
    {
    case BREAK:
      trim_line (self);
      imp_cda_text_add (self, "\n");
      break;
    case LIST:
      write_list (self, node);
      break;
    case TABLE:
      imp_cda_text_table (self, node);
      break;
    case MEDIA:
      write_media (self, node);
      break;
    case FOOTNOTE:
      write_footnote (self, node);
      break;
    case IMAGE:
      write_image (self, node);
      break;
    case ACTIVE:
      self->n_left_out++;
      break;
    case SUPERSCRIPT:
      imp_cda_text_add (self, "^");
      imp_cda_text_children (self, node);
      break;
    case BLOCK:
      imp_cda_text_end_line (self);
      imp_cda_text_children (self, node);
      imp_cda_text_end_line (self);
      break;
    case INLINE:
    default:
      imp_cda_text_children (self, node);
      break;
    }
}

/* What was struck out must not read as if it stood: each line of it says so. */
static void
write_deleted (ImpCdaText *self, const xmlNode *node, Shape shape)
{
  GString *outer = self->text;
  g_autoptr (GString) inner = self->text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  write_shape (self, node, shape);
  self->text = outer;
  lines = g_strsplit (inner->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0 || shape != INLINE)
        imp_cda_text_end_line (self);
      if (lines[i][strspn (lines[i], " \t")] == '\0')
        continue;
      imp_cda_text_add (self, "【削除：");
      imp_cda_text_add (self, lines[i]);
      imp_cda_text_add (self, "】");
    }
  if (shape != INLINE)
    imp_cda_text_end_line (self);
}

/* Data in base64 are no words; a link to a file of the document's folder has some. */
static void
write_element (ImpCdaText *self, const xmlNode *node)
{
  guint number = imp_cda_media_number (self->media, node);
  Shape shape = shape_of (node);

  if (number > 0 && !imp_xml_is (node, "linkHtml"))
    {
      imp_cda_text_media (self, number);
      return;
    }
  if (is_deleted (node))
    write_deleted (self, node, shape);
  else
    write_shape (self, node, shape);
  if (number > 0)
    imp_cda_text_media (self, number);
}

void
imp_cda_text_children (ImpCdaText *self, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL && !self->is_cut; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      add_words (self, (const char *) child->content);
    else if (child->type == XML_ELEMENT_NODE)
      write_element (self, child);
}

void
imp_cda_text_narrative (ImpCdaText *self, const xmlNode *node)
{
  imp_cda_text_end_line (self);
  imp_cda_text_children (self, node);
  imp_cda_text_end_line (self);
  self->list_level = 0;
}
