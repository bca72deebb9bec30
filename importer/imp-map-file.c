/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-file.h"

#include <string.h>

#include "imp-limits.h"
#include "imp-text.h"

DiscKind
imp_map_file_kind (const char *code)
{
  /* SS-MIX2 spec 6.2: notes; reports. Everything else is a document. */
  static const char *const notes[] = { "11506-3", "34108-1", "34112-3", "28623-7", "28570-0",
                                       "34129-7", "28579-1", "75282-4", "75500-9", "34109-9",
                                       NULL };
  static const char *const reports[] = { "18748-4", "18747-6", "18755-9", "18758-3", "17787-3",
                                         "12132-7", "59281-6", "28010-7", "58477-1", "11526-1",
                                         "47526-9", "18751-8", "18746-8", "18744-3", "28016-4",
                                         "47048-4", "11502-2", "18725-2", "47045-0", NULL };

  if (g_strv_contains (notes, code))
    return DISC_KIND_NOTE;
  return g_strv_contains (reports, code) ? DISC_KIND_REPORT : DISC_KIND_DOCUMENT;
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
  disc_record_builder_begin (out->records, imp_map_file_kind (extended->code), DISC_STATUS_COMPLETED,
                             TRUE);
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
