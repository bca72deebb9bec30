/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-sealed-fixture.h"

#include <string.h>

#include <sodium.h>

#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-error.h"
#include "disc-kept.h"
#include "disc-reader.h"

#define TEXT_BYTES 3000
#define LETTERS_OF_NUMBER 10
#define AS_OF "2025-05-10"
#define SERIAL 3

/* Six bits of every number are a letter, so that nothing is left to compress. Simple, for a disc is
 * read against these texts thousands of times: splitmix64. */
char *
sealed_text (guint32 seed, guint pno, guint seq)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
  guint64 state = ((guint64) seed << 32) + pno * 1009u + seq;
  char *text = g_malloc (TEXT_BYTES + 1);

  for (guint i = 0; i < TEXT_BYTES;)
    {
      guint64 number = state += 0x9e3779b97f4a7c15u;

      number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9u;
      number = (number ^ number >> 27) * 0x94d049bb133111ebu;
      number ^= number >> 31;
      for (guint end = MIN (i + LETTERS_OF_NUMBER, TEXT_BYTES); i < end; i++, number >>= 6)
        text[i] = letters[number & 63];
    }
  text[TEXT_BYTES] = '\0';
  return text;
}

static void
append_chunk (GByteArray *out, const char *type, const guint8 *bytes, guint len)
{
  guint32 n = GUINT32_TO_BE (len);

  g_byte_array_append (out, (const guint8 *) &n, sizeof n);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, bytes, len);
  g_byte_array_append (out, (const guint8 *) "sums", 4);
}

GBytes *
sealed_picture (guint32 seed, guint number)
{
  static const guint8 head[13] = { 0, 0, 0, 40, 0, 0, 0, 30, 8, 0, 0, 0, 0 };
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *pixels = g_malloc (SEALED_PICTURE_BYTES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed * 1000 + number);

  for (guint i = 0; i < SEALED_PICTURE_BYTES; i++)
    pixels[i] = (guint8) g_rand_int (rand);
  g_byte_array_append (out, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (out, "IHDR", head, sizeof head);
  append_chunk (out, "IDAT", pixels, SEALED_PICTURE_BYTES);
  append_chunk (out, "IEND", head, 0);
  return g_byte_array_free_to_bytes (out);
}

static void
add_pictures (DiscWriter *writer, guint32 seed, guint pno)
{
  g_autoptr (GBytes) bytes = sealed_picture (seed, pno);
  g_autoptr (GError) error = NULL;
  DiscPicture picture = { .rid = (gint64) pno << DISC_SEQ_BITS, .number = 1,
                          .media_type = "image/png", .width = 40, .height = 30,
                          .original_width = 4000, .original_height = 3000, .page = 1,
                          .name = "紹介状.pdf", .size = g_bytes_get_size (bytes) };

  disc_writer_add_picture (writer, &picture, bytes, &error);
  g_assert_no_error (error);
  picture.data = picture.rid << 12 | 1;
  picture.number = 2;
  disc_writer_add_picture (writer, &picture, NULL, &error);
  g_assert_no_error (error);
  picture = (DiscPicture) { .rid = picture.rid, .number = 3, .media_type = "image/jpeg",
                            .width = 100, .height = 200, .size = 12345,
                            .absent = DISC_PICTURE_BEYOND_BUDGET };
  disc_writer_add_picture (writer, &picture, NULL, &error);
  g_assert_no_error (error);
}

const guint8 *
sealed_signing_key (void)
{
  static guint8 key[DISC_SIGNING_KEY_BYTES];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      guint8 seed[crypto_sign_SEEDBYTES] = { 42 };
      guint8 signer[DISC_SIGNER_BYTES];

      g_assert_cmpint (sodium_init (), >=, 0);
      crypto_sign_seed_keypair (signer, key, seed);
      g_once_init_leave (&ready, 1);
    }
  return key;
}

/* A row in each of the lists, so that volumes have something to keep or lose. */
static void
add_to_lists (DiscWriter *writer, guint pno)
{
  gint64 rid = (gint64) pno << DISC_SEQ_BITS;
  g_autofree char *ward = g_strdup_printf ("%u階", pno % 4 + 1);
  const DiscStay stay = { .rid = rid, .state = DISC_STAY_IN, .ward = ward,
                          .from_at = "2025-05-01T10:00", .bed = "1" };
  const DiscVisit visit = { .rid = rid, .state = DISC_VISIT_HAPPENED, .at = "2025-04-30T09:00",
                            .department = "内科", .doctor = "試験　一郎" };
  const DiscDoctorPatient patient = { .rid = rid, .state = DISC_DOCTOR_VISITED,
                                      .last_at = "2025-04-30T09:00", .doctor = "試験　一郎" };
  g_autoptr (GError) error = NULL;

  disc_writer_add_stay (writer, &stay, &error);
  g_assert_no_error (error);
  disc_writer_add_visit (writer, &visit, &error);
  g_assert_no_error (error);
  disc_writer_add_doctor_patient (writer, &patient, &error);
  g_assert_no_error (error);
}

static void
add_patient (DiscWriter *writer, guint32 seed, guint pno, gboolean heavy, GPtrArray *terms)
{
  g_autofree char *id = g_strdup_printf ("%010u", pno);
  const DiscPatient patient = { .facility = "9999999999", .id = id, .name = "架空　花子" };
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
  disc_record_builder_begin (builder, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_TEXT, "肺癌の疑い", -1);
  for (guint seq = 0; seq < SEALED_MESSAGES; seq++)
    {
      g_autofree char *text = sealed_text (seed, pno, seq);
      DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .data_type = "OMP-01",
                              .source = text, .source_len = strlen (text) };

      if (heavy)
        {
          g_autofree char *other = sealed_text (seed, pno, SEALED_MESSAGES + seq);

          disc_record_builder_clear (builder);
          disc_record_builder_begin (builder, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, TRUE);
          disc_record_builder_add (builder, DISC_FIELD_TEXT, "肺癌の疑い", -1);
          disc_record_builder_add (builder, DISC_FIELD_COMMENT, other, -1);
        }
      message.records = disc_record_builder_get (builder, &message.records_len);
      disc_writer_add_message (writer, &message, terms, "肺癌の疑い", &error);
      g_assert_no_error (error);
    }
  add_to_lists (writer, pno);
}

typedef enum
{
  LIGHT,
  HEAVY,         /* as much in records as in sources */
  WITH_PICTURES, /* that, and pictures */
} Load;

/* @max_bytes: 0: one volume */
static gboolean
make (const char *dir, guint32 seed, const char *as_of, guint64 serial, Load load, guint64 max_bytes,
      DiscSplitProgress progress, gpointer user_data, GError **failure)
{
  const DiscInfo info = { .hospital = "見本市民病院", .as_of = as_of,
                          .window_from = "2024-04-10", .months = 13 };
  const char *passphrases[] = { SEALED_PASSPHRASE, NULL };
  DiscWriterSealing sealing = {
    .sealing = { .serial = serial, .passphrases = passphrases, .cost = DISC_SLOT_COST_LEAST,
                 .signing_key = sealed_signing_key () },
    .n_threads = 2,
    .level = 1,
  };
  guint8 emergency_key[DISC_KEY_BYTES];
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = NULL;

  g_assert_true (disc_emergency_keys (SEALED_EMERGENCY_CODE, emergency_key, NULL, &error));
  sealing.sealing.emergency_key = emergency_key;
  writer = disc_writer_new_sealed (dir, &info, &sealing, &error);
  g_assert_no_error (error);
  g_ptr_array_add (terms, (char *) "アムロジピン");
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    add_patient (writer, seed, pno, load != LIGHT, terms);
  for (guint pno = 1; load == WITH_PICTURES && pno <= SEALED_PATIENTS; pno++)
    add_pictures (writer, seed, pno);
  disc_writer_set_volume_bytes (writer, max_bytes, progress, NULL, user_data);
  return disc_writer_finish (writer, &info, "{}", "{}", failure);
}

void
sealed_make_as_of (const char *dir, guint32 seed, const char *as_of, guint64 serial)
{
  g_autofree char *name = g_strdup_printf ("%u %s %" G_GUINT64_FORMAT, seed, as_of, serial);
  g_autoptr (GError) error = NULL;

  if (kept_copy (name, dir))
    return;
  make (dir, seed, as_of, serial, LIGHT, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  kept_put (name, dir);
}

gboolean
sealed_make_volumes (const char *dir, guint32 seed, guint64 max_bytes, DiscSplitProgress progress,
                     gpointer user_data, GError **error)
{
  return make (dir, seed, AS_OF, SERIAL, HEAVY, max_bytes, progress, user_data, error);
}

void
sealed_make_pictures (const char *dir, guint32 seed, guint64 max_bytes)
{
  g_autoptr (GError) error = NULL;

  make (dir, seed, AS_OF, SERIAL, WITH_PICTURES, max_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
sealed_copy_volumes (const char *dir, guint32 seed, guint64 max_bytes)
{
  g_autofree char *name = g_strdup_printf ("%u of %" G_GUINT64_FORMAT, seed, max_bytes);
  g_autoptr (GError) error = NULL;

  if (kept_copy (name, dir))
    return;
  sealed_make_volumes (dir, seed, max_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  kept_put (name, dir);
}

void
sealed_make_at (const char *dir, guint32 seed)
{
  sealed_make_as_of (dir, seed, AS_OF, SERIAL);
}

void
sealed_make (Fixture *fixture, guint32 seed)
{
  sealed_make_at (fixture->disc, seed);
}

char *
sealed_name (guint pno)
{
  return g_strdup_printf ("架空　%u", pno);
}

static char *
address_of (guint pno)
{
  GString *address = g_string_new ("架空市");
  guint32 value = pno * 2654435761u;

  /* Hard to compress, so that they fill many units. */
  for (guint i = 0; i < 60; i++)
    {
      value = value * 1664525u + 1013904223u;
      g_string_append_unichar (address, 0x4e00 + (value >> 16) % 0x4200);
    }
  return g_string_free (address, FALSE);
}

static void
add_named_patient (DiscWriter *writer, guint pno)
{
  g_autofree char *id = g_strdup_printf ("%010u", pno);
  g_autofree char *name = sealed_name (pno);
  g_autofree char *address = address_of (pno);
  const DiscPatient patient = { .facility = "9999999999", .id = id, .name = name,
                                .address = address };
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .data_type = "ADT-00", .source = "x",
                          .source_len = 1 };
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
  disc_record_builder_begin (builder, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_COMPLETED, TRUE);
  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
make_patients (const char *dir, guint n)
{
  const DiscInfo info = { .hospital = "見本市民病院", .as_of = "2025-05-10", .months = 13 };
  const char *passphrases[] = { SEALED_PASSPHRASE, NULL };
  DiscWriterSealing sealing = {
    .sealing = { .passphrases = passphrases, .cost = DISC_SLOT_COST_LEAST,
                 .signing_key = sealed_signing_key () },
    .n_threads = 2,
    .level = 1,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new_sealed (dir, &info, &sealing, &error);

  g_assert_no_error (error);
  for (guint pno = 1; pno <= n; pno++)
    add_named_patient (writer, pno);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

void
sealed_make_patients (const char *dir, guint n)
{
  g_autofree char *name = g_strdup_printf ("%u patients", n);

  if (kept_copy (name, dir))
    return;
  make_patients (dir, n);
  kept_put (name, dir);
}

static void
add_disputed (DiscWriter *writer, guint n, const char *ids)
{
  g_autofree char *source = sealed_text (1, 1000 + n, 0);
  g_autofree char *comment = sealed_text (1, 2000 + n, 0);
  g_autofree char *path = g_strdup_printf ("disputed %u", n);
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .flags = DISC_MESSAGE_DISPUTED, .path = path,
                          .disputed_ids = ids, .source = source, .source_len = strlen (source) };
  g_autoptr (GError) error = NULL;

  disc_record_builder_begin (builder, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_COMMENT, comment, -1);
  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
sealed_make_disputed (const char *dir, guint64 max_bytes)
{
  const DiscInfo info = { .hospital = "見本市民病院", .as_of = AS_OF, .months = 13 };
  const char *passphrases[] = { SEALED_PASSPHRASE, NULL };
  DiscWriterSealing sealing = {
    .sealing = { .serial = SERIAL, .passphrases = passphrases, .cost = DISC_SLOT_COST_LEAST,
                 .signing_key = sealed_signing_key () },
    .n_threads = 2,
    .level = 1,
  };
  const guint n_without_id = 30;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new_sealed (dir, &info, &sealing, &error);

  g_assert_no_error (error);
  add_named_patient (writer, 1);
  for (guint n = 0, in_group = 0, group = 0; n < SEALED_DISPUTED; n++)
    {
      gboolean has_id = n < SEALED_DISPUTED - n_without_id;

      if (in_group == 0 && has_id)
        {
          in_group = 1 + group++ % 4;
          disc_writer_begin_disputed (writer, group % 2 == 0 ? "9999999999" : "8888888888", &error);
        }
      else if (n == SEALED_DISPUTED - n_without_id)
        disc_writer_begin_disputed (writer, "9999999999", &error);
      g_assert_no_error (error);
      add_disputed (writer, n, has_id ? "12345\n777" : NULL);
      in_group -= in_group > 0 ? 1 : 0;
    }
  disc_writer_set_volume_bytes (writer, max_bytes, NULL, NULL, NULL);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static void
read_message (DiscReader *reader, guint32 seed, guint pno, guint seq, SealedOutcome *outcome)
{
  g_autofree char *expected = sealed_text (seed, pno, seq);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscChart) chart = disc_reader_load_message (reader,
                                                          (gint64) pno << DISC_SEQ_BITS | seq,
                                                          &error);
  const DiscMessage *message;

  if (chart == NULL)
    {
      outcome->n_failed++;
      outcome->code = error->code;
      return;
    }
  message = disc_chart_n_messages (chart) == 1 ? disc_chart_message (chart, 0) : NULL;
  if (message != NULL && message->source_len == strlen (expected) &&
      memcmp (message->source, expected, message->source_len) == 0 &&
      disc_chart_n_records (chart) == 1)
    outcome->n_right++;
  else
    outcome->n_wrong++;
}

void
sealed_read_with (DiscReader *reader, guint32 seed, SealedOutcome *outcome)
{
  DiscDamage damage;

  *outcome = (SealedOutcome) { .code = -1 };
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    for (guint seq = 0; seq < SEALED_MESSAGES; seq++)
      read_message (reader, seed, pno, seq, outcome);
  damage = disc_container_damage (disc_reader_container (reader));
  outcome->n_repaired = damage.n_repaired;
  outcome->n_lost = damage.n_lost;
}

void
sealed_read (const char *dir, guint32 seed, SealedOutcome *outcome)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, &unlock, &error);

  if (reader != NULL)
    sealed_read_with (reader, seed, outcome);
  else
    *outcome = (SealedOutcome) { .code = error->code,
                                 .n_failed = SEALED_PATIENTS * SEALED_MESSAGES };
}

typedef struct
{
  guint32 seed;
  guint n; /* met so far */
  guint n_right;
} InARow;

static gboolean
compare_message (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
                 GError **error)
{
  InARow *self = user_data;
  guint pno = 1 + self->n / SEALED_MESSAGES;
  guint seq = self->n++ % SEALED_MESSAGES;
  g_autofree char *expected = sealed_text (self->seed, pno, seq);

  if (message->rid == ((gint64) pno << DISC_SEQ_BITS | seq) && message->source != NULL &&
      message->source_len == strlen (expected) &&
      memcmp (message->source, expected, message->source_len) == 0 &&
      disc_record_set_n (records) == 1)
    self->n_right++;
  return TRUE;
}

void
sealed_read_quickly (const char *dir, guint32 seed, SealedOutcome *outcome)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  const guint n_all = SEALED_PATIENTS * SEALED_MESSAGES;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, &unlock, NULL);
  InARow row = { .seed = seed };
  gboolean ok = reader != NULL &&
                disc_reader_foreach_message (reader, 0, G_MAXINT64, compare_message, &row, NULL);

  if (!ok && row.n_right == row.n)
    sealed_read (dir, seed, outcome);
  else
    *outcome = (SealedOutcome){ .code = -1,
                                .n_right = row.n_right,
                                .n_wrong = MAX (n_all, row.n) - row.n_right };
}
