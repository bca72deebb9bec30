/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a CDA document, in XML or not: CDA R2 4.3, spec fhir.md 7. */
#include "config.h"

#include "imp-cda-document.h"

#include <string.h>

#include "imp-decode.h"
#include "imp-limits.h"

/* ---- attachments ---------------------------------------------------------------------------- */

/* (transfer full): by the number that its mark in the text has, and by its own name. */
static char *
name_of (guint number, const ImpAttachment *attachment)
{
  if (attachment->name == NULL)
    return g_strdup_printf ("図%u", number);
  return g_strdup_printf ("図%u %s", number, attachment->name);
}

static gboolean
take_attachment (ImpCdaDocument *self, guint number)
{
  gsize room = IMP_MAX_ATTACHMENT_BYTES - self->attached_bytes;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpAttachment) attachment = imp_cda_media_read (self->media, number, room, &error);
  g_autofree char *name = NULL;

  if (attachment == NULL)
    {
      imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                              "attachment %u is refused: %s", number, error->message);
      return FALSE;
    }
  if (attachment->bytes != NULL)
    self->attached_bytes += g_bytes_get_size (attachment->bytes);
  name = attachment->name;
  attachment->name = name_of (number, attachment);
  g_ptr_array_add (self->attachments, g_steal_pointer (&attachment));
  return TRUE;
}

/* One that no mark in the text tells of is told of at its end, and so is one that cannot be had. */
static void
tell_attachment (ImpCdaDocument *self, guint number, gboolean is_taken)
{
  const char *type = imp_cda_media_type (self->media, number);
  g_autofree char *line = NULL;

  if (is_taken && imp_cda_media_is_marked (self->media, number))
    return;
  line = g_strdup_printf ("［図%u：%s%s］", number, type != NULL ? type : "種類不明",
                          is_taken ? "" : "（読み取れません）");
  imp_cda_text_add_line (&self->body, line);
}

static void
take_attachments (ImpCdaDocument *self)
{
  guint n = self->media->nodes->len;

  for (guint number = 1; number <= MIN (n, IMP_MAX_ATTACHMENTS); number++)
    if (number != self->read_body)
      tell_attachment (self, number, take_attachment (self, number));
  if (n > IMP_MAX_ATTACHMENTS)
    imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                            "%u attachments: more than the ceiling of %d for one document", n,
                            IMP_MAX_ATTACHMENTS);
}

/* ---- a body that is no XML ------------------------------------------------------------------ */

static gboolean
is_plain_text (const xmlNode *text)
{
  const char *type = imp_xml_attribute (text, "mediaType");

  return type != NULL && g_ascii_strncasecmp (type, "text/plain", strlen ("text/plain")) == 0;
}

/* (transfer full): with its lines. */
static char *
plain_text (const xmlNode *text)
{
  GString *out = g_string_new (NULL);

  for (const xmlNode *child = text->children; child != NULL; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      g_string_append (out, (const char *) child->content);
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

/* (transfer full) (nullable): the words of a text that came as a file, in whatever character set.
 */
static char *
decoded_text (ImpCdaDocument *self, guint number)
{
  g_autoptr (ImpAttachment) attachment =
      imp_cda_media_read (self->media, number, IMP_MAX_ATTACHMENT_BYTES, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  ImpDecodeResult decoded = { 0 };
  gsize len;
  const guint8 *bytes;

  if (attachment == NULL || attachment->bytes == NULL)
    return NULL;
  bytes = g_bytes_get_data (attachment->bytes, &len);
  if (len == 0 || memchr (bytes, '\0', len) != NULL)
    return NULL;
  imp_decode (bytes, len, text, &decoded);
  return decoded.n_lost == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
write_other_body (ImpCdaDocument *self, const xmlNode *text)
{
  const char *type = imp_xml_attribute (text, "mediaType");
  guint number = imp_cda_media_number (self->media, text);
  g_autofree char *words = NULL;
  g_autofree char *line = NULL;

  self->n_bodies += number > 0;
  if (is_plain_text (text))
    words = number > 0 ? decoded_text (self, number) : plain_text (text);
  if (words != NULL)
    {
      imp_cda_text_add_line (&self->body, words);
      self->read_body = number;
      return;
    }
  line = g_strdup_printf ("［本文は添付ファイル：%s］", type != NULL ? type : "種類不明");
  imp_cda_text_add_line (&self->body, line);
  if (number > 0)
    imp_cda_media_mark (self->media, number);
  if (self->attachments == NULL || number == 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                            "nonXMLBody %s: its content is not on the disc",
                            type != NULL ? type : "");
}

/* ---- any body ------------------------------------------------------------------------------- */

static void
write_parts (ImpCdaDocument *self, const xmlNode *body)
{
  for (const xmlNode *part = imp_xml_child (body, "component"); part != NULL && !self->body.is_cut;
       part = imp_xml_next (part))
    for (const xmlNode *section = imp_xml_child (part, "section"); section != NULL;
         section = imp_xml_next (section))
      imp_cda_text_section (&self->body, section);
}

static void
write_body (ImpCdaDocument *self)
{
  guint n = 0;

  for (const xmlNode *component = imp_xml_child (self->root, "component"); component != NULL;
       component = imp_xml_next (component))
    {
      const xmlNode *other = imp_xml_path (component, "nonXMLBody/text");
      const xmlNode *body = imp_xml_child (component, "structuredBody");

      if (body != NULL)
        write_parts (self, body);
      if (other != NULL)
        write_other_body (self, other);
      n += body != NULL || other != NULL;
    }
  if (n == 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "the document has no body");
}

/* Pictures that are not carried are counted. */
static void
note_lost_media (ImpCdaDocument *self)
{
  guint n = MAX (self->body.n_media, self->media->nodes->len - self->n_bodies);

  if (self->attachments == NULL && n > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                            "%u pictures or files in it are not on the disc", n);
}

static void
note_body (ImpCdaDocument *self)
{
  const ImpCdaText *body = &self->body;

  if (body->is_cut)
    imp_mapped_add_finding (
        self->out, IMP_FINDING_TRUNCATED,
        "the text is longer than the ceiling for one value: the rest is in the source");
  if (body->n_hidden > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                            "%u nullified entries are not shown", body->n_hidden);
  if (body->n_not_shown > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                            "%u entries say nothing that can be put in words", body->n_not_shown);
  if (body->n_unresolved > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_UNRESOLVED_REFERENCE,
                            "%u references lead to nothing in the document", body->n_unresolved);
  if (body->n_left_out > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                            "%u scripts or style sheets in the text are left out",
                            body->n_left_out);
}

void
imp_cda_document_body (ImpCdaDocument *self)
{
  write_body (self);
  note_lost_media (self);
  if (self->attachments != NULL)
    take_attachments (self);
  note_body (self);
}
