/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-table-private.h"

#include <string.h>

#include "disc-date-private.h"
#include "disc-error.h"
#include "disc-patient-key.h"

/* While it is being filled; @packed.texts is an offset into texts. */
typedef struct
{
  DiscPackedPatient packed;
  char *order;      /* in the chunk */
  guint64 prefix;   /* first bytes of @order, big-endian: most comparisons end here */
  guint64 seen;     /* when he was last, as a number */
  guint32 keys;     /* offset */
} Draft;

struct _DiscPatientTableBuilder
{
  GArray *drafts;
  GByteArray *texts;
  GByteArray *keys;
  GStringChunk *orders;
  GArray *shared;
  GStringChunk *shared_texts;
  GHashTable *shared_by_text;
};

DiscPackedDate
disc_packed_date (const char *iso)
{
  DiscDateParts parts;

  if (!disc_date_parse (iso, &parts))
    return 0;

  return (guint32) (parts.year * 10000 +
                    (parts.precision >= DISC_DATE_MONTH ? parts.month * 100 : 0) +
                    (parts.precision >= DISC_DATE_DAY ? parts.day : 0));
}

DiscPatientTableBuilder *
disc_patient_table_builder_new (void)
{
  DiscPatientTableBuilder *self = g_new0 (DiscPatientTableBuilder, 1);

  self->drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  self->texts = g_byte_array_new ();
  self->keys = g_byte_array_new ();
  self->orders = g_string_chunk_new (64 * 1024);
  self->shared = g_array_new (FALSE, FALSE, sizeof (DiscSharedPlace));
  self->shared_texts = g_string_chunk_new (4096);
  self->shared_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
disc_patient_table_builder_free (DiscPatientTableBuilder *self)
{
  g_array_unref (self->drafts);
  g_byte_array_unref (self->texts);
  g_byte_array_unref (self->keys);
  g_string_chunk_free (self->orders);
  g_clear_pointer (&self->shared, g_array_unref);
  g_clear_pointer (&self->shared_texts, g_string_chunk_free);
  g_hash_table_unref (self->shared_by_text);
  g_free (self);
}

static const char *
intern (DiscPatientTableBuilder *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->shared_texts, text) : NULL;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static guint32
find_shared (DiscPatientTableBuilder *self, const DiscPatient *patient)
{
  g_autofree char *key = g_strjoin ("\n", or_empty (patient->facility), or_empty (patient->sex),
                                    or_empty (patient->ward), or_empty (patient->room),
                                    or_empty (patient->bed), or_empty (patient->department), NULL);
  gpointer known;
  DiscSharedPlace shared;

  if (g_hash_table_lookup_extended (self->shared_by_text, key, NULL, &known))
    return GPOINTER_TO_UINT (known);

  shared = (DiscSharedPlace) {
    .facility = intern (self, patient->facility), .sex = intern (self, patient->sex),
    .ward = intern (self, patient->ward),         .room = intern (self, patient->room),
    .bed = intern (self, patient->bed),           .department = intern (self, patient->department),
  };
  g_array_append_val (self->shared, shared);
  g_hash_table_insert (self->shared_by_text, g_steal_pointer (&key),
                       GUINT_TO_POINTER (self->shared->len - 1));
  return self->shared->len - 1;
}

static guint64
order_prefix (const char *order)
{
  guint64 prefix = 0;

  memcpy (&prefix, order, MIN (strlen (order), sizeof prefix));
  return GUINT64_FROM_BE (prefix);
}

/* The first fourteen digits: 20260128151600, and 20260100000000 for a month. */
static guint64
date_number (const char *iso)
{
  guint64 number = 0;
  guint n = 0;

  for (const char *p = or_empty (iso); *p != '\0' && n < 14; p++)
    if (g_ascii_isdigit (*p))
      {
        number = number * 10 + (guint64) (*p - '0');
        n++;
      }
  for (; n > 0 && n < 14; n++)
    number *= 10;
  return number;
}

static void
pack_texts (GByteArray *out, const DiscPatient *patient)
{
  const char *texts[DISC_PATIENT_N_TEXTS] = { patient->id, patient->name, patient->kana };
  const char *dates[DISC_PATIENT_N_DATES] = { patient->birth_date, patient->place_at,
                                              patient->last_seen_at };

  for (guint i = 0; i < DISC_PATIENT_N_TEXTS; i++)
    g_byte_array_append (out, (const guint8 *) or_empty (texts[i]),
                         (guint) strlen (or_empty (texts[i])) + 1);
  for (guint i = 0; i < DISC_PATIENT_N_DATES; i++)
    disc_patient_date_pack (dates[i], i > 0 ? dates[i - 1] : NULL, out);
}

gboolean
disc_patient_table_builder_add (DiscPatientTableBuilder *self, const DiscPatient *patient,
                                GError **error)
{
  g_autofree char *order = NULL;
  Draft draft = { 0 };

  if (self->drafts->len >= DISC_PATIENT_TABLE_MAX ||
      self->texts->len >= DISC_PATIENT_TABLE_MAX_BYTES ||
      self->keys->len >= DISC_PATIENT_TABLE_MAX_BYTES)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LIMIT, "too many patients for one list");
      return FALSE;
    }

  draft.packed.pno = patient->pno;
  draft.packed.flags = patient->flags;
  draft.packed.place = patient->place;
  draft.packed.n_disputed = patient->n_disputed;
  draft.packed.birth = disc_packed_date (patient->birth_date);
  draft.packed.shared = find_shared (self, patient);
  draft.packed.texts = self->texts->len;
  draft.seen = date_number (patient->last_seen_at);
  pack_texts (self->texts, patient);

  draft.keys = self->keys->len;
  disc_patient_key_add (patient->kana, patient->name, patient->former_names, self->keys);

  order = disc_patient_key_order (patient->kana, patient->name);
  draft.prefix = order_prefix (order);
  draft.order = g_string_chunk_insert (self->orders, order);
  g_array_append_val (self->drafts, draft);
  return TRUE;
}

static gboolean
is_in_hospital (const DiscPackedPatient *row)
{
  return row->place == DISC_PLACE_IN || row->place == DISC_PLACE_LEAVE;
}

/* By reading; of one reading in-patients first, then who was seen last. */
static int
compare_drafts (gconstpointer a, gconstpointer b)
{
  const Draft *x = a;
  const Draft *y = b;
  int order;

  if (x->prefix != y->prefix)
    return x->prefix < y->prefix ? -1 : 1;
  if ((order = strcmp (x->order, y->order)) != 0)
    return order;
  if (is_in_hospital (&x->packed) != is_in_hospital (&y->packed))
    return is_in_hospital (&x->packed) ? -1 : 1;

  if (x->seen != y->seen)
    return x->seen > y->seen ? -1 : 1;
  return (x->packed.pno > y->packed.pno) - (x->packed.pno < y->packed.pno);
}

static int
compare_by_pno (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const DiscPackedPatient *rows = user_data;
  guint32 x = rows[*(const guint32 *) a].pno;
  guint32 y = rows[*(const guint32 *) b].pno;

  return (x > y) - (x < y);
}

/* Bytes of all texts and dates of a patient. */
static gsize
length_of_texts (const guint8 *from)
{
  const guint8 *p = from;

  for (guint i = 0; i < DISC_PATIENT_N_TEXTS; i++)
    p += strlen ((const char *) p) + 1;
  for (guint i = 0; i < DISC_PATIENT_N_DATES; i++)
    p = disc_patient_date_skip (p);
  return (gsize) (p - from);
}

/* Texts and keys move to the order of the table: a search walks through them from end to end. */
static void
copy_sorted (DiscPatientTable *table, const DiscPatientTableBuilder *builder)
{
  const Draft *drafts = (const Draft *) builder->drafts->data;
  char *texts = table->texts;
  guint8 *keys = table->keys;

  for (guint i = 0; i < table->n; i++)
    {
      const guint8 *from = builder->texts->data + drafts[i].packed.texts;
      gsize n_texts = length_of_texts (from);
      const guint8 *key = builder->keys->data + drafts[i].keys;
      DiscPatientKey parts = disc_patient_key_read (key);
      gsize n_key = (gsize) (disc_patient_key_next (&parts) - key);

      table->rows[i] = drafts[i].packed;
      table->rows[i].texts = (guint32) (texts - table->texts);
      memcpy (texts, from, n_texts);
      memcpy (keys, key, n_key);
      texts += n_texts;
      keys += n_key;
    }
}

static gboolean
has_kana (const Draft *draft)
{
  return (guchar) draft->order[0] != DISC_PATIENT_ORDER_NO_KANA;
}

/* Those of one reading stand side by side. Nobody is the same as one whose reading is not known. */
static void
mark_same_kana (DiscPatientTable *table, const Draft *drafts)
{
  for (guint i = 1; i < table->n; i++)
    if (has_kana (&drafts[i]) && drafts[i].prefix == drafts[i - 1].prefix &&
        strcmp (drafts[i].order, drafts[i - 1].order) == 0)
      table->follows[i / 8] |= (guint8) (1 << i % 8);
}

DiscPatientTable *
disc_patient_table_builder_finish (DiscPatientTableBuilder *self)
{
  DiscPatientTable *table = g_new0 (DiscPatientTable, 1);

  g_array_sort (self->drafts, compare_drafts);

  table->n = self->drafts->len;
  table->rows = g_new (DiscPackedPatient, table->n);
  table->texts = g_malloc (self->texts->len);
  table->keys = g_malloc (self->keys->len);
  table->follows = g_malloc0 (table->n / 8 + 1);
  table->by_pno = g_new (guint32, table->n);
  table->blocks = g_new0 (DiscPatientBlock *, table->n / DISC_PATIENT_BLOCK_ROWS + 1);
  table->shared = g_steal_pointer (&self->shared);
  table->shared_texts = g_steal_pointer (&self->shared_texts);

  copy_sorted (table, self);
  mark_same_kana (table, (const Draft *) self->drafts->data);
  for (guint i = 0; i < table->n; i++)
    table->by_pno[i] = i;
  g_qsort_with_data (table->by_pno, (int) table->n, sizeof (guint32), compare_by_pno, table->rows);
  return table;
}
