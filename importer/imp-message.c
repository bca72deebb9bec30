/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-message.h"

#include <string.h>

/* The scratch file is read back by the same program only: numbers stand as the machine has them. */
typedef struct
{
  gint64 mtime;
  guint32 root;
  guint32 entry;
  guint32 flags;
  guint32 records_len;
  guint32 source_len;
  guint32 n_findings;
  guint32 pictures_len;
  guint8 condition;
  guint8 is_cancel;
  guint8 names_admission;
  guint8 format;
  guint16 content_len;
} Fixed;

/* In the order in which they are written. */
static const gsize string_offsets[] = {
  G_STRUCT_OFFSET (ImpMessage, path),
  G_STRUCT_OFFSET (ImpMessage, name_patient),
  G_STRUCT_OFFSET (ImpMessage, folder_patient),
  G_STRUCT_OFFSET (ImpMessage, pid),
  G_STRUCT_OFFSET (ImpMessage, other_ids),
  G_STRUCT_OFFSET (ImpMessage, care_date),
  G_STRUCT_OFFSET (ImpMessage, type),
  G_STRUCT_OFFSET (ImpMessage, order_no),
  G_STRUCT_OFFSET (ImpMessage, stamp),
  G_STRUCT_OFFSET (ImpMessage, sent_at),
  G_STRUCT_OFFSET (ImpMessage, event),
  G_STRUCT_OFFSET (ImpMessage, birth_date),
  G_STRUCT_OFFSET (ImpMessage, sex),
  G_STRUCT_OFFSET (ImpMessage, name),
  G_STRUCT_OFFSET (ImpMessage, kana),
  G_STRUCT_OFFSET (ImpMessage, clinical_at),
  G_STRUCT_OFFSET (ImpMessage, reaches_to),
  G_STRUCT_OFFSET (ImpMessage, entry_name),
};

gboolean
imp_message_is_undated (const ImpMessage *self)
{
  return strcmp (self->care_date, "-") == 0;
}

gboolean
imp_message_is_fhir (const ImpMessage *self)
{
  return self->format == DISC_FORMAT_FHIR_JSON || self->format == DISC_FORMAT_FHIR_XML;
}

gboolean
imp_message_is_basics (const ImpMessage *self)
{
  return strcmp (self->type, imp_message_is_fhir (self) ? "Patient" : "ADT-00") == 0;
}

gboolean
imp_message_is_standing (const ImpMessage *self)
{
  if (imp_message_is_fhir (self))
    return TRUE;
  return self->condition == '1' && !self->is_cancel;
}

guint64
imp_message_kinds (ImpMessage *self)
{
  DiscRecordIter iter;
  DiscToken token;

  if (self->kinds == 0)
    {
      disc_record_iter_init (&iter, self->records, self->records_len);
      while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
        self->kinds |= G_GUINT64_CONSTANT (1) << (iter.kind & 63);
    }
  return self->kinds;
}

gboolean
imp_message_has_kind (ImpMessage *self, DiscKind kind)
{
  return (imp_message_kinds (self) >> kind & 1) != 0;
}

gboolean
imp_message_has_live (const ImpMessage *self, DiscKind kind)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, self->records, self->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_RECORD && iter.live && (kind == DISC_KIND_NONE || iter.kind == kind))
      return TRUE;
  return FALSE;
}

const guint8 *
imp_message_digest (const ImpMessage *self)
{
  return self->pictures_len >= IMP_PICTURE_DIGEST_BYTES ? self->pictures : NULL;
}

/* Of a file that was converted the source is its words: another scan may have the same, or none. */
gboolean
imp_message_has_same_content (const ImpMessage *a, const ImpMessage *b)
{
  const guint8 *x = imp_message_digest (a);
  const guint8 *y = imp_message_digest (b);

  if (a->source_len != b->source_len || memcmp (a->source, b->source, a->source_len) != 0)
    return FALSE;
  return x == NULL || y == NULL ? x == y : memcmp (x, y, IMP_PICTURE_DIGEST_BYTES) == 0;
}

gboolean
imp_message_is_same_document (const ImpMessage *a, const ImpMessage *b)
{
  return a->root == b->root && a->content_len > 0 && a->content_len == b->content_len &&
         strncmp (a->path, b->path, a->content_len) == 0;
}

const char *
imp_message_place (const ImpMessage *self, char *number)
{
  if (self->entry_name != NULL && *self->entry_name != '\0')
    return self->entry_name;
  if (self->entry == 0)
    return NULL;
  g_snprintf (number, IMP_MESSAGE_PLACE_MAX, "%u", self->entry);
  return number;
}

int
imp_message_compare_age (const ImpMessage *a, const ImpMessage *b)
{
  int order = strcmp (a->stamp, b->stamp);

  if (order != 0)
    return order;
  if (a->mtime != b->mtime)
    return a->mtime < b->mtime ? -1 : 1;

  order = strcmp (a->base_name, b->base_name);
  if (order != 0)
    return order;
  order = strcmp (a->path, b->path);
  if (order != 0)
    return order;
  if (a->root != b->root)
    return a->root < b->root ? -1 : 1;
  if (a->entry != b->entry)
    return a->entry < b->entry ? -1 : 1;
  return g_strcmp0 (a->entry_name, b->entry_name);
}

/* @id: (transfer full) */
static void
add_id (GPtrArray *ids, char *id)
{
  if (*id == '\0' || g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_free (id);
  else
    g_ptr_array_add (ids, id);
}

char **
imp_message_ids (const ImpMessage *self)
{
  g_auto (GStrv) others = g_strsplit (self->other_ids, "\n", -1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  add_id (ids, g_strdup (self->folder_patient));
  add_id (ids, g_strdup (self->name_patient));
  add_id (ids, g_strdup (self->pid));
  for (guint i = 0; others[i] != NULL; i++)
    add_id (ids, g_strdup (others[i]));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

gboolean
imp_message_birth_dates_differ (const char *a, const char *b)
{
  gsize n = MIN (MIN (strlen (a), strlen (b)), strlen ("1950-01-01"));

  return strncmp (a, b, n) != 0;
}

void
imp_message_append (const ImpMessage *self, GByteArray *out)
{
  Fixed fixed = { 0 };

  fixed.mtime = self->mtime;
  fixed.root = self->root;
  fixed.entry = self->entry;
  fixed.flags = self->flags;
  fixed.records_len = (guint32) self->records_len;
  fixed.source_len = (guint32) self->source_len;
  fixed.n_findings = self->n_findings;
  fixed.pictures_len = (guint32) self->pictures_len;
  fixed.condition = (guint8) self->condition;
  fixed.is_cancel = self->is_cancel != FALSE;
  fixed.names_admission = self->names_admission != FALSE;
  fixed.format = (guint8) self->format;
  fixed.content_len = self->content_len;
  g_byte_array_append (out, (const guint8 *) &fixed, sizeof fixed);

  for (gsize i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, self, string_offsets[i]);

      if (text == NULL)
        text = "";
      g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text) + 1);
    }

  for (guint i = 0; i < self->n_findings; i++)
    {
      const ImpFinding *finding = &self->findings[i];
      guint8 head[2] = { (guint8) finding->code, (guint8) finding->severity };
      const char *detail = finding->detail != NULL ? finding->detail : "";

      g_byte_array_append (out, head, sizeof head);
      g_byte_array_append (out, (const guint8 *) detail, (guint) strlen (detail) + 1);
    }

  g_byte_array_append (out, self->pictures, (guint) self->pictures_len);

  /* The source before the records: the records repeat its words, which compresses well. */
  g_byte_array_append (out, (const guint8 *) self->source, (guint) self->source_len);
  g_byte_array_append (out, (const guint8 *) "", 1);
  g_byte_array_append (out, self->records, (guint) self->records_len);
}

static const char *
take_string (guint8 *data, gsize len, gsize *pos)
{
  const char *text = (const char *) data + *pos;
  const void *end = *pos < len ? memchr (text, '\0', len - *pos) : NULL;

  if (end == NULL)
    return NULL;
  *pos = (gsize) ((const guint8 *) end - data) + 1;
  return text;
}

static gboolean
take_findings (guint8 *data, gsize len, gsize *pos, guint n, ImpMessage *out)
{
  ImpFinding *findings;

  if (n == 0)
    return TRUE;
  if (n > len)
    return FALSE;

  out->findings = findings = g_new0 (ImpFinding, n);
  for (guint i = 0; i < n; i++)
    {
      if (len - *pos < 2)
        return FALSE;
      findings[i].code = (ImpFindingCode) data[*pos];
      findings[i].severity = (ImpSeverity) data[*pos + 1];
      *pos += 2;
      findings[i].detail = (char *) take_string (data, len, pos);
      if (findings[i].detail == NULL || findings[i].code >= IMP_N_FINDINGS ||
          findings[i].severity > IMP_SEVERITY_ERROR)
        return FALSE;
      out->n_findings++;
    }

  return TRUE;
}

static const char *
find_base_name (const char *path, gsize content_len)
{
  gsize i = content_len > 0 ? content_len : strlen (path);

  while (i > 0 && path[i - 1] != '/' && path[i - 1] != '!')
    i--;
  return path + i;
}

gboolean
imp_message_read (guint8 *data, gsize len, gsize *pos, ImpMessage *out)
{
  Fixed fixed;

  memset (out, 0, sizeof *out);
  if (*pos > len || len - *pos < sizeof fixed)
    return FALSE;
  memcpy (&fixed, data + *pos, sizeof fixed);
  *pos += sizeof fixed;

  out->mtime = fixed.mtime;
  out->root = fixed.root;
  out->entry = fixed.entry;
  out->flags = (DiscMessageFlags) fixed.flags;
  out->condition = (char) fixed.condition;
  out->is_cancel = fixed.is_cancel;
  out->names_admission = fixed.names_admission;
  out->format = (DiscSourceFormat) fixed.format;
  out->content_len = fixed.content_len;

  for (gsize i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    {
      const char *text = take_string (data, len, pos);

      if (text == NULL)
        return FALSE;
      G_STRUCT_MEMBER (const char *, out, string_offsets[i]) = text;
    }

  if (strlen (out->path) < out->content_len)
    return FALSE;
  out->base_name = find_base_name (out->path, out->content_len);

  if (!take_findings (data, len, pos, fixed.n_findings, out) ||
      len - *pos < (gsize) fixed.pictures_len + fixed.source_len + 1 + fixed.records_len)
    return FALSE;

  out->pictures = data + *pos;
  out->pictures_len = fixed.pictures_len;
  *pos += fixed.pictures_len;

  out->source = (const char *) data + *pos;
  out->source_len = fixed.source_len;
  *pos += (gsize) fixed.source_len + 1;
  out->records = data + *pos;
  out->records_len = fixed.records_len;
  *pos += fixed.records_len;
  return TRUE;
}

void
imp_message_clear (ImpMessage *self)
{
  g_free ((gpointer) self->findings);
  self->findings = NULL;
  self->n_findings = 0;
}
