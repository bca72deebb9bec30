/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FORMAT.md is all that somebody without this code has: it must not fall behind. */
#include <string.h>

#include "disc-block.h"
#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-format.h"
#include "disc-layout.h"
#include "disc-model.h"
#include "disc-parity.h"
#include "disc-slots.h"
#include "disc-sqlite.h"
#include "disc-statement.h"
#include "disc-writer.h"

#include "disc-sealed-fixture.h"

static char *
load_description (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOMOSHIBI_SOURCE_DIR"), "disc", "FORMAT.md",
                                            NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The rows "| number | name |..." between the heading and the next one. */
static GHashTable *
read_table (const char *description, const char *heading, const char *first_column)
{
  g_autofree char *table_head = g_strconcat ("| ", first_column, " |", NULL);
  GHashTable *rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const char *start = strstr (description, heading);
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (start);
  start = strstr (start, table_head);
  g_assert_nonnull (start);
  lines = g_strsplit (start, "\n", -1);
  for (guint i = 2; g_str_has_prefix (lines[i], "| "); i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i] + 2, " | ", -1);
      guint number = (guint) g_ascii_strtoull (cells[0], NULL, 10);

      g_assert_cmpuint (number, >, 0);
      g_assert_false (g_hash_table_contains (rows, GUINT_TO_POINTER (number)));
      g_hash_table_insert (rows, GUINT_TO_POINTER (number),
                           g_strndup (cells[1], strcspn (cells[1], " ")));
    }

  return rows;
}

static const char *
kind_name (guint number)
{
  return disc_kind_name ((DiscKind) number);
}

static const char *
status_name (guint number)
{
  return disc_status_name ((DiscStatus) number);
}

static const char *
field_name (guint number)
{
  return disc_field_name ((DiscField) number);
}

static const char *
source_format_name (guint number)
{
  return disc_source_format_name ((DiscSourceFormat) number);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *heading;
    const char *first_column;
    const char *(*name) (guint number);
  } tables[] = {
    { "### Kinds", "kind", kind_name },
    { "### Statuses", "status", status_name },
    { "### Fields", "field", field_name },
    { "### message", "format", source_format_name },
  };
  g_autofree char *description = load_description ();

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GHashTable) rows = read_table (description, tables[i].heading,
                                                tables[i].first_column);

      for (guint number = 1; number < 256; number++)
        g_assert_cmpstr (g_hash_table_lookup (rows, GUINT_TO_POINTER (number)), ==,
                         tables[i].name (number));
    }
}

#define FLAG(prefix, name) { prefix##name, #name }

static void
test_flags (void)
{
  static const struct
  {
    guint number;
    const char *name;
  } message_flags[] = {
    FLAG (DISC_MESSAGE_, DISPUTED),
    FLAG (DISC_MESSAGE_, TRUNCATED),
    FLAG (DISC_MESSAGE_, UNDECODABLE),
    FLAG (DISC_MESSAGE_, TEST),
    FLAG (DISC_MESSAGE_, NEWEST_LOST),
    FLAG (DISC_MESSAGE_, MAYBE_CANCELLED),
    FLAG (DISC_MESSAGE_, DEMOGRAPHICS_CONFLICT),
    FLAG (DISC_MESSAGE_, MAYBE_DUPLICATE),
    FLAG (DISC_MESSAGE_, OLD_LIST_ONLY),
    FLAG (DISC_MESSAGE_, TYPE_MISMATCH),
    FLAG (DISC_MESSAGE_, NOT_UNDERSTOOD),
    FLAG (DISC_MESSAGE_, TWO_SOURCES),
    FLAG (DISC_MESSAGE_, SAID_BEFORE),
  }, patient_flags[] = {
    FLAG (DISC_PATIENT_, NO_DEMOGRAPHICS),
    FLAG (DISC_PATIENT_, DEMOGRAPHICS_DELETED),
    FLAG (DISC_PATIENT_, DEMOGRAPHICS_CONFLICT),
    FLAG (DISC_PATIENT_, ALLERGY_LISTED),
    FLAG (DISC_PATIENT_, ALLERGY_NONE_STATED),
    FLAG (DISC_PATIENT_, DIED),
    FLAG (DISC_PATIENT_, LOST_CHARACTER),
    FLAG (DISC_PATIENT_, TEST),
    FLAG (DISC_PATIENT_, DISPUTED_ONLY),
    FLAG (DISC_PATIENT_, DECEASED),
    FLAG (DISC_PATIENT_, NO_NUMBER),
  };
  g_autofree char *description = load_description ();
  g_autoptr (GHashTable) of_message = read_table (description, "### message", "flag");
  g_autoptr (GHashTable) of_patient = read_table (description, "### patient", "flag");

  g_assert_cmpuint (g_hash_table_size (of_message), ==, G_N_ELEMENTS (message_flags));
  for (gsize i = 0; i < G_N_ELEMENTS (message_flags); i++)
    g_assert_cmpstr (g_hash_table_lookup (of_message, GUINT_TO_POINTER (message_flags[i].number)),
                     ==, message_flags[i].name);
  g_assert_cmpuint (g_hash_table_size (of_patient), ==, G_N_ELEMENTS (patient_flags));
  for (gsize i = 0; i < G_N_ELEMENTS (patient_flags); i++)
    g_assert_cmpstr (g_hash_table_lookup (of_patient, GUINT_TO_POINTER (patient_flags[i].number)),
                     ==, patient_flags[i].name);
}

/* The part of the description under "### @table". */
static char *
section_of (const char *description, const char *table)
{
  g_autofree char *heading = g_strconcat ("\n### ", table, "\n", NULL);
  const char *start = strstr (description, heading);
  const char *end;

  if (start == NULL)
    return NULL;
  end = strstr (start + strlen (heading), "\n##");
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
}

/* Every column of every table is there, in the order of the table. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  static const char sql[] = "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info (m.name) "
                            "AS c WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE %' "
                            "AND m.name NOT LIKE 'term\\_text%' ESCAPE '\\' "
                            "AND m.name NOT LIKE 'message\\_text%' ESCAPE '\\'";
  g_autofree char *description = load_description ();
  g_autofree char *path = g_build_filename (fixture->dir, "empty", NULL);
  g_autoptr (sqlite3) db = disc_sqlite_create (path, NULL);
  g_autoptr (DiscStatement) statement = NULL;
  guint n = 0;

  g_assert_nonnull (db);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (statement, 0);
      const char *column = (const char *) sqlite3_column_text (statement, 1);
      g_autofree char *section = section_of (description, table);
      g_autofree char *row = g_strdup_printf ("\n| `%s` |", column);

      if (section == NULL || strstr (section, row) == NULL)
        g_error ("FORMAT.md does not tell of %s.%s", table, column);
      n++;
    }

  g_assert_cmpuint (n, >, 50);
}

static void
test_constants (void)
{
  static const char *const words[] = {
    "Version 2.", "`TOMOSHIBI/records.sqlite`", "`TOMOSHIBI/UNSEALED.txt`", "16,384 bytes",
    "`54 4D 53 42`", "0x40000000", "200,000 items", "At most 16 MiB",
    "`TOMOSHIBI/records.disc`", "`TOMOSHIBI/spare.disc`", "`TOMOSHIBI/manifest.json`",
    "`TOMOSHIBI/はじめにお読みください.txt`", "`TOMOSHIBI/README.txt`",
  };
  g_autofree char *description = load_description ();

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (description, words[i]));

  /* What these words say is what the code does. */
  g_assert_cmpint (DISC_FORMAT_VERSION, ==, 2);
  g_assert_cmpstr (DISC_FOLDER "/" DISC_RECORDS_FILE, ==, "TOMOSHIBI/records.sqlite");
  g_assert_cmpstr (DISC_FOLDER "/" DISC_UNSEALED_FILE, ==, "TOMOSHIBI/UNSEALED.txt");
  g_assert_cmpstr (DISC_CONTAINER_FILE, ==, "records.disc");
  g_assert_cmpstr (DISC_SPARE_FILE, ==, "spare.disc");
  g_assert_cmpstr (DISC_MANIFEST_FILE, ==, "manifest.json");
  g_assert_cmpstr (DISC_README_JA_FILE, ==, "はじめにお読みください.txt");
  g_assert_cmpstr (DISC_README_EN_FILE, ==, "README.txt");
  g_assert_cmpint (DISC_PAGE_SIZE, ==, 16384);
  g_assert_cmphex (DISC_APPLICATION_ID, ==, 0x544d5342);
  g_assert_cmpint (DISC_RECORDS_MAX_ITEMS, ==, 200000);
  g_assert_cmpint (DISC_RECORDS_MAX_BYTES, ==, 16 << 20);
}

/* ---- the container -------------------------------------------------------------------------- */

/* Rows "| cell | cell | `name` | ..." of the table under "### heading", by name. The name stands in
 * the column @of_name, from 0. */
static GHashTable *
read_named_rows (const char *description, const char *heading, guint of_name)
{
  g_autofree char *section = section_of (description, heading);
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (section);
  lines = g_strsplit (section, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      gsize len;

      if (!g_str_has_prefix (lines[i], "| "))
        continue;
      cells = g_strsplit (lines[i] + 2, " | ", -1);
      len = g_strv_length (cells) > of_name ? strlen (cells[of_name]) : 0;
      if (len > 2 && cells[of_name][0] == '`' && cells[of_name][len - 1] == '`')
        {
          char *name = g_strndup (cells[of_name] + 1, len - 2);

          g_hash_table_insert (rows, name, g_steal_pointer (&cells));
        }
    }
  return rows;
}

static guint64
cell_number (GHashTable *rows, const char *name, guint column)
{
  char **cells = g_hash_table_lookup (rows, name);

  if (cells == NULL)
    g_error ("FORMAT.md does not tell of %s", name);
  return g_ascii_strtoull (cells[column], NULL, 10);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *name;
    guint value;
  } sizes[] = {
    { "head", DISC_HEAD_BYTES },   { "header", DISC_HEADER_BYTES }, { "unit", DISC_UNIT_BYTES },
    { "block", DISC_BLOCK_BYTES }, { "page", DISC_PAGE_SIZE },      { "rows", DISC_SET_ROWS },
    { "parity", DISC_SET_PARITY }, { "columns", DISC_SET_COLUMNS },
  };
  g_autofree char *description = load_description ();
  g_autoptr (GHashTable) rows = read_named_rows (description, "Sizes", 0);

  g_assert_cmpuint (g_hash_table_size (rows), ==, G_N_ELEMENTS (sizes));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_assert_cmpuint (cell_number (rows, sizes[i].name, 1), ==, sizes[i].value);
}

/* No two fields of this header share a byte with another, or with zero. */
static DiscHeader
telling_header (void)
{
  DiscHeader header = {
    .version = 0x01a1b2c3, .serial = 0x1122334455667788, .volume = 0x02a1b2c3,
    .n_volumes = 0x03a1b2c3, .n_blocks = 0x04a1b2c3, .database_bytes = 0x2122334455667788,
    .stream_bytes = 0x3122334455667788, .file_bytes = 0x4122334455667788,
    .dictionary = { 0x5122334455667788, 0x6122334455667788, 0x7122334455667788 },
    .table = { 0x5222334455667788, 0x6222334455667788, 0x7222334455667788 },
    .hot_offset = 0x5322334455667788,
  };

  memset (header.id, 0xd1, sizeof header.id);
  memset (header.nonce, 0xd2, sizeof header.nonce);
  memset (header.slots_hash, 0xd3, sizeof header.slots_hash);
  memset (header.sums_hash, 0xd4, sizeof header.sums_hash);
  memset (header.manifest_hash, 0xd5, sizeof header.manifest_hash);
  memset (header.signer, 0xd6, sizeof header.signer);
  memset (header.signature, 0xd7, sizeof header.signature);
  return header;
}

/* A field of the header as the description places it: bytes, or a little-endian number. */
typedef struct
{
  const char *name;
  const guint8 *bytes;  /* NULL: the number */
  guint64 number;
} Field;

static void
check_field (GHashTable *rows, const guint8 *data, const Field *field)
{
  guint64 offset = cell_number (rows, field->name, 0);
  guint64 len = cell_number (rows, field->name, 1);
  guint64 number = GUINT64_TO_LE (field->number);
  const guint8 *bytes = field->bytes != NULL ? field->bytes : (const guint8 *) &number;

  g_test_message ("%s", field->name);
  g_assert_cmpmem (data + offset, len, bytes, len);
  g_assert_true (field->bytes != NULL || len == 8 || number >> 32 == 0);
}

/* Rows of a byte table follow each other without a gap, and fill @n_bytes. */
static void
check_no_gap (GHashTable *rows, guint n_bytes)
{
  g_autofree guint8 *covered = g_malloc0 (n_bytes);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      guint64 offset = cell_number (rows, name, 0), len = cell_number (rows, name, 1);

      g_assert_cmpuint (offset + len, <=, n_bytes);
      for (guint64 i = offset; i < offset + len; i++)
        g_assert_cmpuint (covered[i]++, ==, 0);
    }
  g_assert_null (memchr (covered, 0, n_bytes));
}

static void
test_header (void)
{
  static const guint8 zero[DISC_HEADER_BYTES] = { 0 };
  const DiscHeader h = telling_header ();
  const Field fields[] = {
    { "magic", (const guint8 *) "TMSBDISC" },
    { "version", NULL, h.version },
    { "head", NULL, DISC_HEAD_BYTES },
    { "header", NULL, DISC_HEADER_BYTES },
    { "unit", NULL, DISC_UNIT_BYTES },
    { "block", NULL, DISC_BLOCK_BYTES },
    { "page", NULL, DISC_PAGE_SIZE },
    { "rows", NULL, DISC_SET_ROWS },
    { "parity", NULL, DISC_SET_PARITY },
    { "columns", NULL, DISC_SET_COLUMNS },
    { "volume", NULL, h.volume },
    { "id", h.id },
    { "serial", NULL, h.serial },
    { "n_volumes", NULL, h.n_volumes },
    { "n_blocks", NULL, h.n_blocks },
    { "database_bytes", NULL, h.database_bytes },
    { "stream_bytes", NULL, h.stream_bytes },
    { "file_bytes", NULL, h.file_bytes },
    { "dictionary_offset", NULL, h.dictionary.offset },
    { "dictionary_stored", NULL, h.dictionary.stored },
    { "dictionary_raw", NULL, h.dictionary.raw },
    { "table_offset", NULL, h.table.offset },
    { "table_stored", NULL, h.table.stored },
    { "table_raw", NULL, h.table.raw },
    { "hot_offset", NULL, h.hot_offset },
    { "nonce", h.nonce },
    { "slots_hash", h.slots_hash },
    { "sums_hash", h.sums_hash },
    { "manifest_hash", h.manifest_hash },
    { "signer", h.signer },
    { "reserved", zero },
    { "signature", h.signature },
  };
  g_autofree char *description = load_description ();
  g_autoptr (GHashTable) rows = read_named_rows (description, "Header", 2);
  guint8 data[DISC_HEADER_BYTES];

  disc_header_write (&h, data);
  g_assert_cmpuint (g_hash_table_size (rows), ==, G_N_ELEMENTS (fields));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    check_field (rows, data, &fields[i]);
  check_no_gap (rows, sizeof data);
  g_assert_cmpuint (disc_header_signed_bytes (), ==, cell_number (rows, "signature", 0));
}

static gboolean
is_zero (const guint8 *data, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (data[i] != 0)
      return FALSE;

  return TRUE;
}

static void
test_slots (void)
{
  static const guint8 id[DISC_ID_BYTES] = { 1 };
  static const guint8 public_key[DISC_KEY_BYTES] = { 9 };
  const DiscSlotCost cost = { 9, 2 };
  const Field fields[] = {
    { "kind", NULL, DISC_SLOT_PASSPHRASE },
    { "memory", NULL, 9 },
    { "passes", NULL, 2 },
    { "zero", NULL, 0 },
  };
  g_autofree char *description = load_description ();
  g_autoptr (GHashTable) rows = read_named_rows (description, "Key slots", 2);
  g_autofree guint8 *slots = g_malloc0 (DISC_SLOTS_BYTES);
  const guint8 *boxed = slots + DISC_SLOT_BYTES;
  guint64 wrapped = cell_number (rows, "wrapped", 0), rest = cell_number (rows, "rest", 0);
  guint8 *key;

  g_assert_true (disc_crypto_init (NULL));
  key = disc_key_new_random ();
  g_assert_true (disc_slots_add_passphrase (slots, id, key, "p", 1, cost, NULL));
  g_assert_true (disc_slots_add_emergency (slots, id, key, public_key, NULL));
  disc_key_free (key);

  check_no_gap (rows, DISC_SLOT_BYTES);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    check_field (rows, slots, &fields[i]);
  g_assert_false (is_zero (slots + cell_number (rows, "salt", 0), cell_number (rows, "salt", 1)));
  g_assert_false (is_zero (slots + cell_number (rows, "slot_nonce", 0),
                           cell_number (rows, "slot_nonce", 1)));
  g_assert_false (is_zero (slots + wrapped + 47, 1) && is_zero (slots + wrapped + 40, 7));
  g_assert_true (is_zero (slots + wrapped + 48, DISC_SLOT_BYTES - wrapped - 48));

  g_assert_cmpuint (boxed[0], ==, DISC_SLOT_EMERGENCY);
  g_assert_true (is_zero (boxed + 1, wrapped - 1));
  g_assert_false (is_zero (boxed + rest - 8, 8));
  g_assert_true (is_zero (boxed + rest, cell_number (rows, "rest", 1)));
}

/* The numbers that stand in sentences: each with what the code says. */
static void
test_container_numbers (void)
{
  g_autofree char *description = load_description ();
  g_autofree char *default_cost = g_strdup_printf (
      "%u,%03u KiB and %u passes", DISC_SLOT_COST_DEFAULT.memory_kib / 1000,
      DISC_SLOT_COST_DEFAULT.memory_kib % 1000, DISC_SLOT_COST_DEFAULT.passes);
  g_autofree char *slots = g_strdup_printf ("%d slots of %d bytes", DISC_SLOTS_MAX, DISC_SLOT_BYTES);
  g_autofree char *tried = g_strdup_printf ("at most %d such slots", DISC_SLOT_PASSPHRASES_MAX);
  g_autofree char *volumes = g_strdup_printf ("more than %d volumes", DISC_VOLUMES_MAX);
  const char *const words[] = { default_cost, slots, tried, volumes, "3,904 of them",
                                "4,392 units of the file", "488 * floor (u / 3904)",
                                "above 1,048,576 KiB or 16 passes", "seven groups of five" };
  DiscSet set;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (description, words[i]) == NULL)
      g_error ("FORMAT.md does not say: %s", words[i]);

  disc_layout_set ((guint64) 5000 * DISC_UNIT_BYTES, 0, &set);
  g_assert_cmpuint (set.n_units, ==, 3904);
  g_assert_cmpuint (disc_layout_unit_offset (3903), ==, 32768 * (1 + 3903));
  g_assert_cmpuint (disc_layout_unit_offset (3904), ==, 32768 * (1 + 4392));
  g_assert_cmpuint (DISC_STREAM_MAX_BYTES, ==, (guint64) 1 << 41);
  g_assert_cmpuint (DISC_DATABASE_MAX_BYTES, ==, (guint64) 1 << 44);
  g_assert_cmpuint (DISC_TABLE_MAX_BYTES, ==, 1 << 28);
  g_assert_cmpuint (DISC_DICTIONARY_MAX_BYTES, ==, 1 << 20);
  g_assert_cmpuint (DISC_SLOT_MEMORY_MAX_KIB, ==, 1048576);
  g_assert_cmpuint (DISC_SLOT_PASSES_MAX, ==, 16);
  g_assert_cmpuint (DISC_SLOT_COST_LEAST.memory_kib, ==, 8);
  g_assert_cmpuint (DISC_SUM_BYTES, ==, 16);
  g_assert_cmpuint (DISC_HASH_BYTES, ==, 32);
  g_assert_cmpuint (DISC_FRAME_BYTES, ==, 16);
  g_assert_cmpuint (DISC_CONTAINER_VERSION, ==, 1);
  g_assert_cmpuint (DISC_EMERGENCY_GROUPS, ==, 7);
  g_assert_cmpuint (DISC_EMERGENCY_GROUP_CHARS, ==, 5);
  g_assert_true (disc_emergency_check ("00005-0000A-0000F-0000M-0000H-0000Y-0000V", NULL));
  g_assert_cmphex (DISC_BLOCK_UNUSED, ==, 0xffffffff);
  g_assert_cmpuint (DISC_SUBKEY_BLOCKS, ==, 1);
  g_assert_cmpuint (DISC_SUBKEY_TABLE, ==, 2);
  g_assert_cmpuint (DISC_SUBKEY_DICTIONARY, ==, 3);
}

/* The example of parity. */
static void
test_parity_example (void)
{
  g_autofree guint8 *bytes = g_malloc0 ((2 + DISC_SET_PARITY) * (gsize) DISC_UNIT_BYTES);
  guint8 *units[2 + DISC_SET_PARITY];

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    units[i] = bytes + i * DISC_UNIT_BYTES;
  units[0][0] = 1;
  units[1][0] = 2;
  disc_parity_encode (units, 2, units + 2);
  g_assert_cmphex (units[2][0], ==, 0x7b);
  g_assert_cmphex (units[2][1], ==, 0);
}

static void
add_message (DiscWriter *writer, const char *path, const char *disputed_ids, DiscRecordBuilder *builder)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .data_type = "OMP-01",
                          .path = path,
                          .disputed_ids = disputed_ids,
                          .source = "MSH|",
                          .source_len = 4 };
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (terms, (char *) "アム");
  if (disputed_ids != NULL)
    g_ptr_array_add (terms, (char *) "あ");
  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_writer_add_message (writer, &message, terms, NULL, &error);
  g_assert_no_error (error);
}

static void
make_disc (const char *dir)
{
  static const DiscInfo info = { .hospital = "ともしび病院", .as_of = "2025-05-10", .months = 13 };
  static const DiscPatient first = { .facility = "9999999999", .id = "0012", .name = "架空　花子" };
  static const DiscPatient second = { .facility = "9999999999", .id = "12", .name = "架空　太郎" };
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GBytes) bytes = sealed_picture (1, 1);
  DiscPicture picture = { .rid = 1 << 20 | 1, .number = 1, .media_type = "image/png", .width = 40,
                          .height = 30, .page = 2, .name = "図1", .size = g_bytes_get_size (bytes) };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (dir, &info, &error);

  g_assert_no_error (error);
  disc_writer_begin_patient (writer, &first, &error);
  add_message (writer, "a", NULL, builder);
  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-04-10", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ", -1);
  disc_record_builder_add (builder, DISC_FIELD_DOSE, "1", -1);
  disc_record_builder_item (builder);
  disc_record_builder_begin (builder, DISC_KIND_UNKNOWN, DISC_STATUS_DELETED, FALSE);
  add_message (writer, "b", NULL, builder);
  disc_writer_begin_patient (writer, &second, &error);
  disc_writer_begin_disputed (writer, "9999999999", &error);
  add_message (writer, "c", "12\n34", builder);
  disc_writer_add_picture (writer, &picture, bytes, &error);
  picture = (DiscPicture) { .rid = (gint64) DISC_PNO_DISPUTED << 20, .number = 4095, .width = 1, .height = 9,
                            .media_type = "image/jpeg", .size = 7, .absent = DISC_PICTURE_TOO_LARGE };
  disc_writer_add_picture (writer, &picture, NULL, &error);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

/* A reader made from the description alone sees what was written. */
static void
test_second_reader (Fixture *fixture, gconstpointer data)
{
  static const char expected[] =
      "hospital ともしび病院\n"
      "months 13\n"
      "n_patients 2\n"
      "n_messages 3\n"
      "patient 9999999999 0012 架空　花子\n"
      "  1.0 OMP-01 a 4\n"
      "  1.1 OMP-01 b 4\n"
      "    kind 4 status 1 live 16=2025-04-10\n"
      "      76=アムロジピン錠５ｍｇ 77=1\n"
      "      \n"
      "    kind 26 status 6 dead \n"
      "    picture 1 image/png 40x30 page 2 図1 30057 b'\\x89PNG'\n"
      "patient 9999999999 12 架空　太郎\n"
      "  disputed:\n"
      "  40000000.0 OMP-01 c 4\n"
      "    kind 4 status 1 live 16=2025-04-10\n"
      "      76=アムロジピン錠５ｍｇ 77=1\n"
      "      \n"
      "    kind 26 status 6 dead \n"
      "    picture 4095 image/jpeg 1x9 page None None 7 too-large\n"
      "term あ: 40000000.0\n"
      "term アム: 1.0 1.1 40000000.0\n";
  g_autofree char *script = g_build_filename (g_getenv ("TOMOSHIBI_SOURCE_DIR"), "tests", "disc",
                                              "second-reader.py", NULL);
  const char *const argv[] = { "python3", "-X", "utf8", script, fixture->disc, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  make_disc (fixture->disc);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_cmpstr (output, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/format/numbers", test_numbers);
  g_test_add_func ("/disc/format/flags", test_flags);
  g_test_add_func ("/disc/format/constants", test_constants);
  g_test_add_func ("/disc/format/sizes", test_sizes);
  g_test_add_func ("/disc/format/header", test_header);
  g_test_add_func ("/disc/format/slots", test_slots);
  g_test_add_func ("/disc/format/container-numbers", test_container_numbers);
  g_test_add_func ("/disc/format/parity-example", test_parity_example);
  fixture_add ("/disc/format/columns", test_columns);
  fixture_add ("/disc/format/second-reader", test_second_reader);
  return g_test_run ();
}
