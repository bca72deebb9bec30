/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-tally.h"

#include <string.h>

#define MAX_TYPES 200
#define MAX_DETAILS 2000
#define OTHER "other"

static void
root_free (gpointer data)
{
  ImpRootTally *root = data;

  if (root == NULL)
    return;
  g_hash_table_unref (root->types);
  g_free (root);
}

ImpTally *
imp_tally_new (void)
{
  ImpTally *self = g_new0 (ImpTally, 1);

  self->roots = g_ptr_array_new_with_free_func (root_free);
  self->details = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
imp_tally_free (ImpTally *self)
{
  g_ptr_array_unref (self->roots);
  g_hash_table_unref (self->details);
  g_free (self);
}

ImpRootTally *
imp_tally_root (ImpTally *self, guint root)
{
  ImpRootTally *tally;

  if (self->roots->len <= root)
    g_ptr_array_set_size (self->roots, (int) root + 1);
  tally = g_ptr_array_index (self->roots, root);
  if (tally == NULL)
    {
      tally = g_new0 (ImpRootTally, 1);
      tally->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_ptr_array_index (self->roots, root) = tally;
    }
  return tally;
}

const ImpRootTally *
imp_tally_find_root (const ImpTally *self, guint root)
{
  return root < self->roots->len ? g_ptr_array_index (self->roots, root) : NULL;
}

ImpTypeTally *
imp_tally_type (ImpRootTally *root, const char *type)
{
  ImpTypeTally *tally;

  if (type == NULL || *type == '\0')
    type = OTHER;
  tally = g_hash_table_lookup (root->types, type);
  if (tally == NULL && g_hash_table_size (root->types) >= MAX_TYPES)
    {
      type = OTHER;
      tally = g_hash_table_lookup (root->types, type);
    }
  if (tally == NULL)
    {
      tally = g_new0 (ImpTypeTally, 1);
      g_hash_table_insert (root->types, g_strdup (type), tally);
    }
  return tally;
}

static void
add_detail (ImpTally *self, const char *key, guint64 n)
{
  guint64 *count = g_hash_table_lookup (self->details, key);

  if (count == NULL && g_hash_table_size (self->details) >= MAX_DETAILS)
    {
      key = OTHER;
      count = g_hash_table_lookup (self->details, key);
    }
  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (self->details, g_strdup (key), count);
    }
  *count += n;
}

static void
newer_text (char *kept, const char *text, gsize size)
{
  if (*text != '\0' && strcmp (text, kept) > 0)
    g_strlcpy (kept, text, size);
}

static void
older_text (char *kept, const char *text, gsize size)
{
  if (*text != '\0' && (*kept == '\0' || strcmp (text, kept) < 0))
    g_strlcpy (kept, text, size);
}

static void
merge_root (ImpRootTally *into, const ImpRootTally *from)
{
  GHashTableIter iter;
  gpointer key, value;

  into->n_seen += from->n_seen;
  into->n_read += from->n_read;
  into->n_refused += from->n_refused;
  into->n_ignored += from->n_ignored;
  into->n_bytes += from->n_bytes;
  into->n_messages += from->n_messages;
  into->n_messages_refused += from->n_messages_refused;
  into->n_disputed += from->n_disputed;
  into->n_characters_lost += from->n_characters_lost;
  into->n_characters_private += from->n_characters_private;
  into->n_future += from->n_future;
  into->n_patients_bare += from->n_patients_bare;
  for (guint i = 0; i < IMP_N_REASONS; i++)
    into->by_reason[i] += from->by_reason[i];
  for (guint i = 0; i < G_N_ELEMENTS (into->by_condition); i++)
    into->by_condition[i] += from->by_condition[i];
  for (guint i = 0; i < IMP_N_CHARSETS; i++)
    into->by_charset[i] += from->by_charset[i];
  older_text (into->oldest_care, from->oldest_care, sizeof into->oldest_care);
  newer_text (into->newest_care, from->newest_care, sizeof into->newest_care);

  g_hash_table_iter_init (&iter, from->types);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      ImpTypeTally *type = imp_tally_type (into, key);
      const ImpTypeTally *other = value;

      type->n_files += other->n_files;
      type->n_messages += other->n_messages;
      type->n_outside += other->n_outside;
      newer_text (type->newest_sent, other->newest_sent, sizeof type->newest_sent);
    }
}

ImpTally *
imp_tally_rest (const ImpTally *self, guint first)
{
  g_autoptr (ImpTally) rest = NULL;

  for (guint i = first; i < self->roots->len; i++)
    {
      const ImpRootTally *root = imp_tally_find_root (self, i);

      if (root == NULL)
        continue;
      if (rest == NULL)
        rest = imp_tally_new ();
      merge_root (imp_tally_root (rest, 0), root);
    }
  return g_steal_pointer (&rest);
}

void
imp_tally_merge (ImpTally *self, const ImpTally *other)
{
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < other->roots->len; i++)
    if (imp_tally_find_root (other, i) != NULL)
      merge_root (imp_tally_root (self, i), imp_tally_find_root (other, i));
  for (guint i = 0; i < IMP_N_FATES; i++)
    self->fates[i] += other->fates[i];
  for (guint i = 0; i < IMP_N_FHIR_COUNTS; i++)
    self->fhir[i] += other->fhir[i];
  self->n_fhir_read += other->n_fhir_read;
  self->n_fhir_refused += other->n_fhir_refused;
  self->n_fhir_ignored += other->n_fhir_ignored;
  self->n_patients += other->n_patients;
  self->n_patients_bare += other->n_patients_bare;
  self->n_patients_disputed_only += other->n_patients_disputed_only;
  self->n_patients_outside += other->n_patients_outside;
  self->n_disputed += other->n_disputed;
  for (guint i = 0; i < G_N_ELEMENTS (self->records); i++)
    {
      self->records[i] += other->records[i];
      self->records_live[i] += other->records_live[i];
      self->items[i] += other->items[i];
      for (guint j = 0; j < IMP_FIELD_BYTES; j++)
        self->fields[i][j] |= other->fields[i][j];
    }
  for (guint i = 0; i < IMP_N_FINDINGS; i++)
    self->findings[i] += other->findings[i];

  g_hash_table_iter_init (&iter, other->details);
  while (g_hash_table_iter_next (&iter, &key, &value))
    add_detail (self, key, *(const guint64 *) value);
}

static guint
condition_index (char flag)
{
  return flag >= '0' && flag <= '2' ? (guint) (flag - '0') : 3;
}

void
imp_tally_file (ImpTally *self, guint root, const ImpFile *file, ImpReason reason)
{
  ImpRootTally *tally = imp_tally_root (self, root);

  tally->n_seen++;
  tally->n_bytes += file->len;
  tally->by_reason[reason]++;
  if (imp_reason_is_ignored (reason))
    tally->n_ignored++;
  else if (reason != IMP_REASON_NONE)
    tally->n_refused++;
  else
    tally->n_read++;

  if (imp_reason_is_ignored (reason))
    return;
  imp_tally_type (tally, file->name.type)->n_files++;
  tally->by_condition[condition_index (file->name.flag)]++;
  if (strlen (file->name.care_date) == 8)
    {
      older_text (tally->oldest_care, file->name.care_date, sizeof tally->oldest_care);
      newer_text (tally->newest_care, file->name.care_date, sizeof tally->newest_care);
    }
}

void
imp_tally_finding (ImpTally *self, ImpFindingCode code, const char *detail)
{
  g_autofree char *key = NULL;

  self->findings[code]++;
  if (detail == NULL || *detail == '\0')
    return;
  key = g_strdup_printf ("%s: %s", imp_finding_code_name (code), detail);
  add_detail (self, key, 1);
}

void
imp_tally_records (ImpTally *self, ImpMessage *message)
{
  DiscRecordIter iter;
  DiscToken token;
  guint kind = 0;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      if (token == DISC_TOKEN_RECORD)
        {
          kind = MIN ((guint) iter.kind, (guint) G_N_ELEMENTS (self->records) - 1);
          message->kinds |= G_GUINT64_CONSTANT (1) << (iter.kind & 63);
          self->records[kind]++;
          self->records_live[kind] += iter.live ? 1 : 0;
        }
      else if (token == DISC_TOKEN_ITEM)
        self->items[kind]++;
      else
        self->fields[kind][iter.field >> 3] |= (guint8) (1 << (iter.field & 7));
    }
}

/* Counts may pass below zero here: they are added to another tally's. */
void
imp_tally_take_back (ImpTally *self, ImpMessage *message)
{
  g_autoptr (ImpTally) counted = imp_tally_new ();

  imp_tally_records (counted, message);
  for (guint i = 0; i < G_N_ELEMENTS (self->records); i++)
    {
      self->records[i] -= counted->records[i];
      self->records_live[i] -= counted->records_live[i];
      self->items[i] -= counted->items[i];
    }
}

guint64
imp_tally_sum_records (const ImpTally *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->records); i++)
    sum += self->records[i];
  return sum;
}

void
imp_tally_newest_sent (const ImpTally *self, char *out)
{
  out[0] = '\0';
  for (guint i = 0; i < self->roots->len; i++)
    {
      const ImpRootTally *root = imp_tally_find_root (self, i);
      GHashTableIter iter;
      gpointer value;

      if (root == NULL)
        continue;
      g_hash_table_iter_init (&iter, root->types);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        newer_text (out, ((const ImpTypeTally *) value)->newest_sent, DISC_DATE_MAX);
    }
}
