/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-tally.h"

#include <string.h>

#include "disc-date.h"

#define MAX_TYPES 200
#define MAX_DETAILS 2000
#define MAX_WARDS 500
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
  self->wards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->suspects = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
imp_tally_free (ImpTally *self)
{
  g_ptr_array_unref (self->roots);
  g_hash_table_unref (self->details);
  g_hash_table_unref (self->wards);
  g_ptr_array_unref (self->suspects);
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

void
imp_tally_newer (char *kept, const char *text, gsize size)
{
  if (*text != '\0' && disc_date_compare (text, kept) > 0)
    g_strlcpy (kept, text, size);
}

void
imp_tally_older (char *kept, const char *text, gsize size)
{
  if (*text != '\0' && (*kept == '\0' || disc_date_compare (text, kept) < 0))
    g_strlcpy (kept, text, size);
}

static void
add_counts (ImpRootTally *into, const ImpRootTally *from)
{
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
  into->n_lost += from->n_lost;
  into->n_suspicious += from->n_suspicious;
  into->n_ransom_names += from->n_ransom_names;
  into->n_scrambled += from->n_scrambled;
  into->n_scrambled_elsewhere += from->n_scrambled_elsewhere;
  for (guint i = 0; i < IMP_N_REASONS; i++)
    into->by_reason[i] += from->by_reason[i];
}

static void
merge_root (ImpRootTally *into, const ImpRootTally *from)
{
  GHashTableIter iter;
  gpointer key, value;

  add_counts (into, from);
  for (guint i = 0; i < G_N_ELEMENTS (into->by_condition); i++)
    into->by_condition[i] += from->by_condition[i];
  for (guint i = 0; i < IMP_N_CHARSETS; i++)
    into->by_charset[i] += from->by_charset[i];
  imp_tally_older (into->oldest_care, from->oldest_care, sizeof into->oldest_care);
  imp_tally_newer (into->newest_care, from->newest_care, sizeof into->newest_care);

  g_hash_table_iter_init (&iter, from->types);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      ImpTypeTally *type = imp_tally_type (into, key);
      const ImpTypeTally *other = value;

      type->n_files += other->n_files;
      type->n_files_refused += other->n_files_refused;
      type->n_on_disc += other->n_on_disc;
      type->n_records += other->n_records;
      type->n_messages += other->n_messages;
      type->n_outside += other->n_outside;
      imp_tally_older (type->oldest_sent, other->oldest_sent, sizeof type->oldest_sent);
      imp_tally_newer (type->newest_sent, other->newest_sent, sizeof type->newest_sent);
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

ImpTally *
imp_tally_of_source (const ImpTally *self, ImpRoots *roots, guint source)
{
  ImpTally *sum = imp_tally_new ();
  ImpRootTally *into = imp_tally_root (sum, 0);

  for (guint i = 0; i < self->roots->len; i++)
    {
      const ImpRootTally *root = imp_tally_find_root (self, i);

      if (root != NULL && imp_roots_get (roots, i)->source == source)
        merge_root (into, root);
    }
  return sum;
}

static void
merge_kind (ImpKindTally *into, const ImpKindTally *from)
{
  for (guint i = 0; i < DISC_N_STATUSES; i++)
    into->by_status[i] += from->by_status[i];
  into->n_disputed += from->n_disputed;
  into->n_coded += from->n_coded;
  into->n_coded_local += from->n_coded_local;
  imp_tally_older (into->oldest_at, from->oldest_at, sizeof into->oldest_at);
  imp_tally_newer (into->newest_at, from->newest_at, sizeof into->newest_at);
  imp_tally_newer (into->newest_sent, from->newest_sent, sizeof into->newest_sent);
}

static ImpWardTally *
find_ward (ImpTally *self, const char *name)
{
  ImpWardTally *ward = g_hash_table_lookup (self->wards, name);

  if (ward == NULL && g_hash_table_size (self->wards) >= MAX_WARDS)
    {
      name = OTHER;
      ward = g_hash_table_lookup (self->wards, name);
    }
  if (ward == NULL)
    {
      ward = g_new0 (ImpWardTally, 1);
      g_hash_table_insert (self->wards, g_strdup (name), ward);
    }
  return ward;
}

static void
merge_wards (ImpTally *self, const ImpTally *other)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, other->wards);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      ImpWardTally *into = find_ward (self, key);
      const ImpWardTally *from = value;

      into->n_patients += from->n_patients;
      imp_tally_newer (into->newest_sent, from->newest_sent, sizeof into->newest_sent);
      for (guint i = 0; i < DISC_N_KINDS; i++)
        imp_tally_newer (into->by_kind[i], from->by_kind[i], sizeof into->by_kind[i]);
    }
}

static void
add_suspect (ImpTally *self, const char *path)
{
  if (self->suspects->len < IMP_SUSPECTS_LISTED)
    g_ptr_array_add (self->suspects, g_strdup (path));
}

void
imp_tally_merge (ImpTally *self, const ImpTally *other)
{
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < other->roots->len; i++)
    if (imp_tally_find_root (other, i) != NULL)
      merge_root (imp_tally_root (self, i), imp_tally_find_root (other, i));
  imp_tally_newer (self->exported_at, other->exported_at, sizeof self->exported_at);
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
  for (guint i = 0; i < DISC_N_KINDS; i++)
    merge_kind (&self->kinds[i], &other->kinds[i]);
  merge_wards (self, other);
  for (guint i = 0; i < other->suspects->len; i++)
    add_suspect (self, g_ptr_array_index (other->suspects, i));
  self->scan.n_scanned += other->scan.n_scanned;
  self->scan.n_infected += other->scan.n_infected;
  self->scan.n_failed += other->scan.n_failed;
  self->scan.n_too_large += other->scan.n_too_large;

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
imp_tally_file_as (ImpTally *self, guint root, const ImpFile *file, const char *type_name,
                   ImpReason reason)
{
  ImpRootTally *tally = imp_tally_root (self, root);
  ImpTypeTally *type;

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
  type = imp_tally_type (tally, *file->name.type != '\0' ? file->name.type : type_name);
  type->n_files++;
  type->n_files_refused += reason != IMP_REASON_NONE ? 1 : 0;
  tally->n_lost += imp_threat_is_loss (&file->name, reason) ? 1 : 0;
  tally->by_condition[condition_index (file->name.flag)]++;
  if (strlen (file->name.care_date) == 8)
    {
      imp_tally_older (tally->oldest_care, file->name.care_date, sizeof tally->oldest_care);
      imp_tally_newer (tally->newest_care, file->name.care_date, sizeof tally->newest_care);
    }
}

void
imp_tally_file (ImpTally *self, guint root, const ImpFile *file, ImpReason reason)
{
  imp_tally_file_as (self, root, file, NULL, reason);
}

void
imp_tally_threats (ImpTally *self, guint root, const ImpFile *file, ImpThreats threats)
{
  ImpRootTally *tally;

  if (threats == 0)
    return;
  tally = imp_tally_root (self, root);
  tally->n_suspicious += (threats & (IMP_THREAT_NAME | IMP_THREAT_SCRAMBLED)) != 0 ? 1 : 0;
  tally->n_ransom_names += (threats & IMP_THREAT_NAME) != 0 ? 1 : 0;
  tally->n_scrambled += (threats & IMP_THREAT_SCRAMBLED) != 0 ? 1 : 0;
  tally->n_scrambled_elsewhere += (threats & IMP_THREAT_ELSEWHERE) != 0 ? 1 : 0;
  add_suspect (self, file->path);
}

void
imp_tally_scan (ImpTally *self, ImpScanVerdict verdict)
{
  switch (verdict)
    {
    case IMP_SCAN_INFECTED:
      self->scan.n_infected++;
      self->scan.n_scanned++;
      break;
    case IMP_SCAN_CLEAN:
      self->scan.n_scanned++;
      break;
    case IMP_SCAN_TOO_LARGE:
      self->scan.n_too_large++;
      break;
    case IMP_SCAN_FAILED:
    default:
      self->scan.n_failed++;
      break;
    }
}

/* The time at which the last message of each kind was sent, whatever became of the message. */
void
imp_tally_ward (ImpTally *self, const ImpUnit *unit)
{
  const DiscPatient *patient = &unit->patient;
  ImpWardTally *ward;

  if (!unit->has_patient || patient->ward == NULL ||
      (patient->place != DISC_PLACE_IN && patient->place != DISC_PLACE_LEAVE))
    return;
  ward = find_ward (self, patient->ward);
  ward->n_patients++;
  for (guint i = 0; i < unit->chart->len; i++)
    {
      const ImpMessage *message = g_ptr_array_index (unit->chart, i);

      if (*self->now != '\0' && strcmp (message->sent_at, self->now) > 0)
        continue;
      imp_tally_newer (ward->newest_sent, message->sent_at, sizeof ward->newest_sent);
      for (guint kind = 1; kind < DISC_N_KINDS; kind++)
        if ((message->kinds >> kind & 1) != 0)
          imp_tally_newer (ward->by_kind[kind], message->sent_at, sizeof ward->by_kind[kind]);
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
imp_tally_sum_roots (const ImpTally *self, ImpRootTally *out)
{
  memset (out, 0, sizeof *out);
  for (guint i = 0; i < self->roots->len; i++)
    if (imp_tally_find_root (self, i) != NULL)
      add_counts (out, imp_tally_find_root (self, i));
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
        imp_tally_newer (out, ((const ImpTypeTally *) value)->newest_sent, DISC_DATE_MAX);
    }
}
