/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-file.h"

#include <string.h>

#include "imp-document-types.h"
#include "imp-limits.h"
#include "imp-text.h"

DiscKind
imp_map_file_kind (const char *code)
{
  DiscKind kind = imp_document_types_kind (code);

  return kind != DISC_KIND_NONE ? kind : DISC_KIND_DOCUMENT;
}

DiscKind
imp_map_file_extended_kind (const ImpExtendedName *name)
{
  return name->kind != DISC_KIND_NONE ? name->kind : imp_map_file_kind (name->code);
}

DiscKind
imp_map_loinc_kind (const char *code)
{
  /* Consultation note, history and physical note, surgical operation note. */
  static const char *const notes[] = { "11488-4", "34117-2", "11504-8", NULL };

  return g_strv_contains (notes, code) ? DISC_KIND_NOTE : imp_map_file_kind (code);
}

static void
add (ImpMapped *out, DiscField field, const char *text)
{
  if (text != NULL && *text != '\0')
    disc_record_builder_add (out->records, field, text, -1);
}

static void
add_text (ImpMapped *out, const char *text)
{
  gsize len = text != NULL ? imp_text_cut_string (text, IMP_MAX_VALUE_BYTES) : 0;

  if (len == 0)
    return;
  disc_record_builder_add (out->records, DISC_FIELD_TEXT, text, (gssize) len);
  if (text[len] != '\0')
    {
      out->facts.flags |= DISC_MESSAGE_TRUNCATED;
      imp_mapped_add_finding (out, IMP_FINDING_TRUNCATED,
                              "too long to be shown whole: the rest is in the source message");
    }
}

void
imp_map_file (const ImpName *name, const ImpExtendedName *extended, const char *text, ImpMapped *out)
{
  g_autofree char *title = imp_extended_name_title (extended);
  ImpFacts *facts = &out->facts;

  imp_mapped_clear (out);
  disc_date_from_hl7 (name->care_date, strlen (name->care_date), facts->clinical_at);
  disc_date_from_hl7 (name->timestamp, strlen (name->timestamp), facts->sent_at);
  disc_record_builder_begin (out->records, imp_map_file_extended_kind (extended),
                             DISC_STATUS_COMPLETED, TRUE);
  add (out, DISC_FIELD_AT, facts->clinical_at[0] != '\0' ? facts->clinical_at : facts->sent_at);
  add (out, DISC_FIELD_TITLE, title);
  if (strcmp (name->department, "-") != 0) /* no department, in a name (SS-MIX2 spec 2.1) */
    add (out, DISC_FIELD_DEPARTMENT, name->department);
  add (out, DISC_FIELD_ORDER_NO, name->order_no);
  add_text (out, text);
  disc_record_builder_item (out->records);
  add (out, DISC_FIELD_ITEM_TITLE, extended->file);
  if (text == NULL)
    imp_mapped_add_finding (out, IMP_FINDING_ATTACHMENT_REFUSED,
                            "no words can be read of it: its content is not on the disc");
}
