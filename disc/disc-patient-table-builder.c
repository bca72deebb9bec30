/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-table-private.h"

#include <string.h>

#include "disc-date-private.h"
#include "disc-error.h"
#include "disc-patient-key.h"

#define NO_FORMER G_MAXUINT32

/* While it is being filled; @packed.texts is an offset into texts. */
typedef struct
{
  DiscPackedPatient packed;
  DiscPatientNames names;
  guint32 former;   /* offset, or NO_FORMER */
  char *order;      /* in the chunk */
  guint64 prefix;   /* first bytes of @order, big-endian: most comparisons end here */
  guint64 seen;     /* when he was last, as a number */
} Draft;

struct _DiscPatientTableBuilder
{
  GArray *drafts;
  DiscPatientParts reading_parts;
  DiscPatientParts name_parts;
  GByteArray *texts;
  GByteArray *former_names;
  GStringChunk *orders;
  GPtrArray *part_orders; /* of the parts of readings, in @orders */
  GString *order;         /* being made */
  GString *place_key;     /* being made */
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

static void
append_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

/* A part has a piece of a key even where a key has none. */
static void
make_name (const char *text, GByteArray *key)
{
  guint before = key->len;

  disc_patient_key_add_name (text, key);
  if (key->len == before)
    append_byte (key, 0);
}

DiscPatientTableBuilder *
disc_patient_table_builder_new (void)
{
  DiscPatientTableBuilder *self = g_new0 (DiscPatientTableBuilder, 1);

  self->drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  disc_patient_parts_init (&self->reading_parts, disc_patient_key_add_reading);
  disc_patient_parts_init (&self->name_parts, make_name);
  self->texts = g_byte_array_new ();
  self->former_names = g_byte_array_new ();
  self->orders = g_string_chunk_new (64 * 1024);
  self->part_orders = g_ptr_array_new ();
  g_ptr_array_add (self->part_orders, (gpointer) "");
  self->order = g_string_new (NULL);
  self->place_key = g_string_new (NULL);
  self->shared = g_array_new (FALSE, FALSE, sizeof (DiscSharedPlace));
  self->shared_texts = g_string_chunk_new (4096);
  self->shared_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
disc_patient_table_builder_free (DiscPatientTableBuilder *self)
{
  g_array_unref (self->drafts);
  disc_patient_parts_clear (&self->reading_parts);
  disc_patient_parts_clear (&self->name_parts);
  g_clear_pointer (&self->texts, g_byte_array_unref);
  g_clear_pointer (&self->former_names, g_byte_array_unref);
  g_string_chunk_free (self->orders);
  g_ptr_array_unref (self->part_orders);
  g_string_free (self->order, TRUE);
  g_string_free (self->place_key, TRUE);
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
  const char *texts[] = { patient->facility, patient->sex, patient->ward,
                          patient->room,     patient->bed, patient->department };
  gpointer known;
  DiscSharedPlace shared;

  g_string_truncate (self->place_key, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append (self->place_key, or_empty (texts[i]));
      g_string_append_c (self->place_key, '\n');
    }
  if (g_hash_table_lookup_extended (self->shared_by_text, self->place_key->str, NULL, &known))
    return GPOINTER_TO_UINT (known);

  shared = (DiscSharedPlace) {
    .facility = intern (self, patient->facility), .sex = intern (self, patient->sex),
    .ward = intern (self, patient->ward),         .room = intern (self, patient->room),
    .bed = intern (self, patient->bed),           .department = intern (self, patient->department),
  };
  g_array_append_val (self->shared, shared);
  g_hash_table_insert (self->shared_by_text, g_strdup (self->place_key->str),
                       GUINT_TO_POINTER (self->shared->len - 1));
  return self->shared->len - 1;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Pieces of a key can be put together where both have something, and no key would be cut. */
static gboolean
fit_together (const DiscPatientParts *parts, DiscPatientPart first, DiscPatientPart last)
{
  guint n_first = *disc_patient_parts_key (parts, first);
  guint n_last = *disc_patient_parts_key (parts, last);

  return n_first > 0 && n_last > 0 && n_first + n_last < DISC_PATIENT_KEY_MAX;
}

static DiscPatientPart
add_part (DiscPatientTableBuilder *self, DiscPatientParts *parts, const char *text, gsize len)
{
  gboolean is_new;
  DiscPatientPart part = disc_patient_parts_add (parts, text, len, &is_new);

  if (is_new && parts == &self->reading_parts)
    {
      g_string_truncate (self->order, 0);
      disc_patient_key_order_reading (disc_patient_parts_text (parts, part), self->order);
      g_ptr_array_add (self->part_orders, g_string_chunk_insert (self->orders, self->order->str));
    }
  return part;
}

static DiscPatientName
add_name (DiscPatientTableBuilder *self, DiscPatientParts *parts, const char *text)
{
  DiscPatientName name = { 0 };
  gunichar blank = 0;
  gsize n = disc_patient_parts_split (text, &blank);

  if (n > 0)
    {
      const char *rest = g_utf8_next_char (text + n);

      name.first = add_part (self, parts, text, n);
      name.last = add_part (self, parts, rest, strlen (rest));
      if (fit_together (parts, name.first, name.last))
        {
          name.first |= blank == ' ' ? DISC_PATIENT_NAME_FLAG : 0;
          return name;
        }
    }

  return (DiscPatientName){ .first = add_part (self, parts, text, strlen (text)) };
}

/* As disc_patient_key_order() makes it. */
static char *
make_order (DiscPatientTableBuilder *self, const DiscPatient *patient, DiscPatientName reading)
{
  g_autofree char *order = NULL;

  g_string_truncate (self->order, 0);
  if (patient->kana != NULL)
    {
      g_string_append (self->order,
                       g_ptr_array_index (self->part_orders, disc_patient_name_first (reading)));
      g_string_append (self->order, g_ptr_array_index (self->part_orders, reading.last));
    }
  if (self->order->len > 0)
    return g_string_chunk_insert_len (self->orders, self->order->str, (gssize) self->order->len);

  order = disc_patient_key_order (patient->kana, patient->name);
  return g_string_chunk_insert (self->orders, order);
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
pack_texts (GByteArray *out, const DiscPatient *patient, DiscPackedDate birth)
{
  const char *dates[DISC_PATIENT_N_DATES] = { patient->birth_date, patient->place_at,
                                              patient->last_seen_at };
  const char *id = or_empty (patient->id);
  char before[DISC_PATIENT_DATE_MAX];
  guint32 n_disputed = patient->n_disputed;

  disc_patient_birth_text (birth, before);
  g_byte_array_append (out, (const guint8 *) id, (guint) strlen (id) + 1);
  if (n_disputed > 0)
    g_byte_array_append (out, (const guint8 *) &n_disputed, sizeof n_disputed);
  for (guint i = 0; i < DISC_PATIENT_N_DATES; i++)
    disc_patient_date_pack (dates[i], i > 0 ? dates[i - 1] : before, out);
}

static guint32
add_former (DiscPatientTableBuilder *self, const char *names)
{
  guint32 begin = self->former_names->len;

  if (names == NULL)
    return NO_FORMER;
  disc_patient_key_add_former (names, self->former_names);
  if (self->former_names->len == begin)
    return NO_FORMER;
  append_byte (self->former_names, 0);
  return begin;
}

static gboolean
is_full (const DiscPatientTableBuilder *self)
{
  return self->drafts->len >= DISC_PATIENT_TABLE_MAX ||
         self->texts->len >= DISC_PATIENT_TABLE_MAX_BYTES ||
         self->former_names->len >= DISC_PATIENT_TABLE_MAX_BYTES ||
         self->reading_parts.bytes->len >= DISC_PATIENT_TABLE_MAX_BYTES ||
         self->name_parts.bytes->len >= DISC_PATIENT_TABLE_MAX_BYTES;
}

gboolean
disc_patient_table_builder_add (DiscPatientTableBuilder *self, const DiscPatient *patient,
                                GError **error)
{
  const char *reading = patient->kana != NULL ? patient->kana : patient->name;
  Draft draft = { 0 };

  if (is_full (self))
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LIMIT, "too many patients for one list");
      return FALSE;
    }

  draft.packed.pno = patient->pno;
  draft.packed.flags = patient->flags;
  draft.packed.place = patient->place;
  draft.packed.has_kana = patient->kana != NULL;
  draft.packed.has_disputed = patient->n_disputed > 0;
  draft.packed.birth = disc_packed_date (patient->birth_date);
  draft.packed.shared = find_shared (self, patient);
  draft.packed.texts = self->texts->len;
  draft.seen = date_number (patient->last_seen_at);
  pack_texts (self->texts, patient, draft.packed.birth);

  draft.names.reading = add_name (self, &self->reading_parts, or_empty (reading));
  draft.names.name = add_name (self, &self->name_parts, or_empty (patient->name));
  draft.former = add_former (self, patient->former_names);

  draft.order = make_order (self, patient, draft.names.reading);
  draft.prefix = order_prefix (draft.order);
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
length_of_texts (const guint8 *from, const DiscPackedPatient *packed)
{
  const guint8 *p = from + strlen ((const char *) from) + 1;

  if (packed->has_disputed)
    p += sizeof (guint32);
  for (guint i = 0; i < DISC_PATIENT_N_DATES; i++)
    p = disc_patient_date_skip (p);
  return (gsize) (p - from);
}

/* Texts move to the order of the table: a search for a number walks through them from end to end.
 */
static void
copy_sorted (DiscPatientTable *table, const DiscPatientTableBuilder *builder)
{
  const Draft *drafts = (const Draft *) builder->drafts->data;
  char *texts = table->texts;

  for (guint i = 0; i < table->n; i++)
    {
      const guint8 *from = builder->texts->data + drafts[i].packed.texts;
      gsize n_texts = length_of_texts (from, &drafts[i].packed);

      table->names[i] = drafts[i].names;
      table->rows[i] = drafts[i].packed;
      table->rows[i].texts = (guint32) (texts - table->texts);
      memcpy (texts, from, n_texts);
      texts += n_texts;
      if (drafts[i].former != NO_FORMER)
        {
          DiscPatientFormer former = { i, drafts[i].former };

          g_array_append_val (table->formers, former);
        }
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

/* Patients of a disc are numbered without gaps, so that each number has its place; others are
 * sorted. */
static gboolean
index_dense_numbers (DiscPatientTable *table)
{
  g_autofree guint32 *places = NULL;
  guint32 max = 0;
  guint n = 0;

  for (guint i = 0; i < table->n; i++)
    max = MAX (max, table->rows[i].pno);
  if (max / 2 > table->n)
    return FALSE;

  places = g_new0 (guint32, (gsize) max + 1);
  for (guint i = 0; i < table->n; i++)
    places[table->rows[i].pno] = i + 1;
  for (guint32 pno = 0; pno <= max; pno++)
    if (places[pno] != 0)
      table->by_pno[n++] = places[pno] - 1;
  return n == table->n; /* no number twice */
}

static void
index_numbers (DiscPatientTable *table)
{
  if (index_dense_numbers (table))
    return;
  for (guint i = 0; i < table->n; i++)
    table->by_pno[i] = i;
  g_qsort_with_data (table->by_pno, (int) table->n, sizeof (guint32), compare_by_pno, table->rows);
}

static void
take_parts (DiscPatientParts *out, DiscPatientParts *parts)
{
  disc_patient_parts_close (parts);
  *out = *parts;
  *parts = (DiscPatientParts){ NULL };
}

DiscPatientTable *
disc_patient_table_builder_finish (DiscPatientTableBuilder *self)
{
  DiscPatientTable *table = g_new0 (DiscPatientTable, 1);

  g_array_sort (self->drafts, compare_drafts);

  table->n = self->drafts->len;
  table->rows = g_new (DiscPackedPatient, table->n);
  table->names = g_new (DiscPatientNames, table->n);
  table->texts = g_malloc (self->texts->len);
  table->formers = g_array_new (FALSE, FALSE, sizeof (DiscPatientFormer));
  table->follows = g_malloc0 (table->n / 8 + 1);
  table->by_pno = g_new (guint32, table->n);
  table->shared = g_steal_pointer (&self->shared);
  table->shared_texts = g_steal_pointer (&self->shared_texts);

  take_parts (&table->reading_parts, &self->reading_parts);
  take_parts (&table->name_parts, &self->name_parts);
  copy_sorted (table, self);
  table->former_names = g_steal_pointer (&self->former_names);
  mark_same_kana (table, (const Draft *) self->drafts->data);
  index_numbers (table);
  return table;
}
