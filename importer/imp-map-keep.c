/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

/* Names of fields only: a finding never holds what stands in them. */
static void
name_kept (ImpMapper *self, const ImpSegment *segment, guint field)
{
  g_autofree char *name = NULL;

  self->n_kept++;
  if (self->kept->len > 200)
    return;

  name = field > 0 ? g_strdup_printf ("%s-%u", segment->name, field) : g_strdup (segment->name);
  if (strstr (self->kept->str, name) == NULL)
    g_string_append_printf (self->kept, "%s%s", self->kept->len > 0 ? ", " : "", name);
}

void
imp_mapper_keep (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *segment,
                 guint field, ImpText text)
{
  /* A text too long to be read by anyone is cut: the source message has it whole. */
  gsize len = imp_text_cut (text, IMP_MAX_KEPT_BYTES);
  g_autofree char *line = NULL;

  if (text.len == 0 || imp_mapper_is_full (self, to))
    return;

  line = g_strdup_printf ("%s-%u: %.*s%s", segment->name, field, (int) len, text.text,
                          len < text.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, field);
}

void
imp_mapper_keep_unread (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                        const ImpSegment *segment, guint64 read)
{
  const guint32 *begin = self->er7->fields + segment->first_field;

  for (guint field = 1; field <= segment->n_fields; field++)
    {
      /* Nearly all are empty: the offsets tell without a look at the text. */
      if (begin[field] - begin[field - 1] <= 1 || (field < 64 && (read & IMP_BIT (field)) != 0))
        continue;
      imp_mapper_keep (self, to, as, segment, field,
                       imp_mapper_leaf (self, imp_er7_field (self->er7, segment, field)));
    }
}

void
imp_mapper_keep_segment (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                         const ImpSegment *segment)
{
  ImpText whole = segment->whole;
  gsize len = imp_text_cut (whole, IMP_MAX_KEPT_BYTES);
  g_autofree char *line = NULL;

  if (whole.len <= 4 || imp_mapper_is_full (self, to))
    return;

  line = g_strdup_printf ("%.*s%s", (int) len, whole.text, len < whole.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, 0);
}
