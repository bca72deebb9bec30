/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-cda.h"

#include "imp-cda-document.h"
#include "imp-limits.h"

static void
map (ImpCdaDocument *self)
{
  ImpFacts *facts = &self->out->facts;
  const char *type = imp_xml_attribute (imp_xml_child (self->root, "code"), "code");
  DiscStatus status = imp_cda_document_status (self);

  if (type != NULL)
    imp_cda_document_copy (facts->data_type, sizeof facts->data_type, type);
  imp_cda_document_patient (self);
  imp_cda_document_times (self);
  imp_cda_document_body (self);
  disc_record_builder_begin (self->out->records, imp_cda_document_kind (self), status,
                             disc_status_is_live (status));
  imp_cda_document_add_header (self);
  disc_record_builder_add (self->out->records, DISC_FIELD_TEXT, self->body.text->str, -1);
  disc_record_builder_item (self->out->records);
  imp_cda_document_add_item (self);
  if (self->n_cut > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                            "%u values of the header are beyond the ceiling", self->n_cut);
}

gboolean
imp_map_cda (const char *text, gsize len, const ImpCdaPlace *place, ImpMapped *out,
             GPtrArray *attachments, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (ImpCdaMedia) media = NULL;
  ImpCdaDocument self = { .place = place, .out = out, .attachments = attachments };

  imp_mapped_clear (out);
  document = imp_xml_parse (text, len, error);
  if (document == NULL)
    return FALSE;
  self.root = xmlDocGetRootElement (document);
  self.media = media = imp_cda_media_new (self.root);
  imp_cda_text_init (&self.body, self.root, media, IMP_MAX_VALUE_BYTES);
  map (&self);
  imp_cda_text_clear (&self.body);
  return TRUE;
}
