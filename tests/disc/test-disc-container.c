/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealed discs, whole and damaged byte by byte: each fault its own error, never a wrong value. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-format.h"
#include "disc-parity.h"
#include "disc-reader.h"

#include "disc-sealed-fixture.h"

#define SEED 1
#define ALL (SEALED_PATIENTS * SEALED_MESSAGES)
#define SECTOR 2048

static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };

/* ---- bytes of the container ----------------------------------------------------------------- */

static void
put_bytes (Fixture *fixture, const char *name, guint64 offset, gconstpointer bytes, gsize len)
{
  g_autofree char *path = fixture_file (fixture, name);
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, len, (off_t) offset), ==, (gssize) len);
  close (fd);
}

static void
get_bytes (Fixture *fixture, const char *name, guint64 offset, gpointer bytes, gsize len)
{
  g_autofree char *path = fixture_file (fixture, name);
  int fd = g_open (path, O_RDONLY, 0);

  g_assert_cmpint (pread (fd, bytes, len, (off_t) offset), ==, (gssize) len);
  close (fd);
}

static void
fill (Fixture *fixture, const char *name, guint64 offset, guint8 byte, gsize len)
{
  g_autofree guint8 *bytes = g_malloc (len);

  memset (bytes, byte, len);
  put_bytes (fixture, name, offset, bytes, len);
}

static guint64
file_size (Fixture *fixture, const char *name)
{
  g_autofree char *path = fixture_file (fixture, name);
  GStatBuf st;

  g_assert_cmpint (g_stat (path, &st), ==, 0);
  return (guint64) st.st_size;
}

static void
cut (Fixture *fixture, guint64 len)
{
  g_autofree char *path = fixture_file (fixture, DISC_CONTAINER_FILE);

  g_assert_cmpint (truncate (path, (off_t) len), ==, 0);
}

static char *
folder_of (Fixture *fixture)
{
  return g_build_filename (fixture->disc, DISC_FOLDER, NULL);
}

static DiscHeader
header_of (Fixture *fixture)
{
  guint8 data[DISC_HEADER_BYTES];
  DiscHeader header;

  get_bytes (fixture, DISC_CONTAINER_FILE, 0, data, sizeof data);
  g_assert_true (disc_header_read (data, &header, NULL));
  return header;
}

static void
assert_outcome (Fixture *fixture, guint n_right, int code)
{
  SealedOutcome outcome;

  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_wrong, ==, 0);
  g_assert_cmpuint (outcome.n_right, ==, n_right);
  g_assert_cmpint (outcome.code, ==, code);
}

static void
assert_does_not_open (Fixture *fixture, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (disc_reader_open_with (fixture->disc, &unlock, &error));
  g_assert_error (error, DISC_ERROR, code);
}

/* ---- whole ---------------------------------------------------------------------------------- */

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = folder_of (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscContainer) container = NULL;
  SealedOutcome outcome;

  sealed_make (fixture, SEED);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_right, ==, ALL);
  g_assert_cmpuint (outcome.n_repaired + outcome.n_lost, ==, 0);

  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  g_assert_true (disc_reader_get_info (reader)->sealed);
  g_assert_cmpstr (disc_reader_get_info (reader)->hospital, ==, "見本市民病院");
  g_assert_cmpuint (disc_reader_n_patients (reader), ==, SEALED_PATIENTS);

  container = disc_container_open (folder, &error);
  g_assert_true (disc_container_check_manifest (container, folder, NULL, &error));
  g_assert_cmpuint (disc_container_header (container)->serial, ==, 3);
  g_assert_false (disc_container_used_spare (container));
}

/* Nothing that was written names anybody or anything. */
static void
test_nothing_plain (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "架空", "花子", "肺癌", "アムロジピン", "0000000001", "OMP-01",
                                       "SQLite format" };
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  sealed_make (fixture, SEED);
  folder = folder_of (fixture);
  text = sealed_text (SEED, 1, 0);
  text[12] = '\0';
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
      g_assert_null (memmem (bytes, len, text, strlen (text)));
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        g_assert_null (memmem (bytes, len, words[i], strlen (words[i])));
    }
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  static const DiscUnlock wrong = { .passphrase = "another passphrase" };
  static const DiscUnlock mistyped = { .emergency_code = "00005" };
  g_autofree char *trusted = g_build_filename (fixture->dir, "trusted", NULL);
  g_autoptr (DiscTrust) trust = disc_trust_load (trusted, NULL);
  DiscUnlock trusting = { .passphrase = SEALED_PASSPHRASE, .trust = trust };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  sealed_make (fixture, SEED);
  g_assert_null (disc_reader_open (fixture->disc, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (disc_reader_open_with (fixture->disc, &wrong, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (disc_reader_open_with (fixture->disc, &mistyped, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE);
  g_clear_error (&error);

  g_assert_null (disc_reader_open_with (fixture->disc, &trusting, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_SIGNER);
  g_clear_error (&error);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trust, signer, "見本市民病院", &error));
  reader = disc_reader_open_with (fixture->disc, &trusting, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reader);
}

/* ---- the head ------------------------------------------------------------------------------- */

/* Whatever byte of the head is changed: the spare file has another. Without it the disc says that
 * it was altered, and does not open. */
static void
test_head (Fixture *fixture, gconstpointer data)
{
  static const guint64 offsets[] = { 0, 7, 12, 44, 60, 100, 200, 400, 959, 960, 1023, 1024, 1100,
                                     2000, 32767 };
  g_autofree char *spare = NULL, *elsewhere = NULL;

  sealed_make (fixture, SEED);
  spare = fixture_file (fixture, DISC_SPARE_FILE);
  elsewhere = g_build_filename (fixture->dir, "elsewhere", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      guint8 was, is;

      get_bytes (fixture, DISC_CONTAINER_FILE, offsets[i], &was, 1);
      is = was ^ 0x40;
      put_bytes (fixture, DISC_CONTAINER_FILE, offsets[i], &is, 1);
      assert_outcome (fixture, ALL, -1);

      g_assert_cmpint (g_rename (spare, elsewhere), ==, 0);
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (disc_reader_open_with (fixture->disc, &unlock, &error));
        g_assert_true (g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED) ||
                       g_error_matches (error, DISC_ERROR, DISC_ERROR_CORRUPT));
      }
      g_assert_cmpint (g_rename (elsewhere, spare), ==, 0);
      put_bytes (fixture, DISC_CONTAINER_FILE, offsets[i], &was, 1);
    }
  assert_outcome (fixture, ALL, -1);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  static const guint8 version = 2;

  sealed_make (fixture, SEED);
  put_bytes (fixture, DISC_CONTAINER_FILE, 8, &version, 1);
  assert_does_not_open (fixture, DISC_ERROR_TOO_NEW);
}

/* ---- the manifest --------------------------------------------------------------------------- */

/* A disc and its manifest as it was signed. */
typedef struct
{
  Fixture *fixture;
  char *folder;
  char *path;
  char *text;
  gsize len;
  DiscContainer *container;
} Label;

static void
label_set_up (Label *self, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sealed_make (fixture, SEED);
  self->fixture = fixture;
  self->folder = folder_of (fixture);
  self->path = fixture_file (fixture, DISC_MANIFEST_FILE);
  self->container = disc_container_open (self->folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (self->path, &self->text, &self->len, &error));
}

static void
label_clear (Label *self)
{
  disc_container_unref (self->container);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Label, label_clear)

/* Writing over a file leaves the rest of one that was longer. */
static void
label_put (const Label *self, gconstpointer bytes, gsize len)
{
  g_unlink (self->path);
  g_assert_true (g_file_set_contents_full (self->path, bytes, (gssize) len,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* The signed manifest is read, and it is told where. */
static void
assert_label (const Label *self, gboolean wanted_from_copy)
{
  gboolean from_copy = !wanted_from_copy;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      disc_container_read_manifest (self->container, self->folder, &from_copy, &error);
  g_autoptr (DiscManifest) manifest = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (from_copy, ==, wanted_from_copy);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), self->text, self->len);
  from_copy = !wanted_from_copy;
  g_assert_true (disc_container_check_manifest (self->container, self->folder, &from_copy, NULL));
  g_assert_cmpint (from_copy, ==, wanted_from_copy);
  manifest = disc_container_load_manifest (self->container, self->folder, NULL, NULL);
  g_assert_cmpstr (manifest->hospital, ==, "見本市民病院");
}

static void
assert_no_label (const Label *self, int code)
{
  gboolean from_copy = TRUE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) checked = NULL;

  g_assert_null (disc_container_load_manifest (self->container, self->folder, &from_copy, &error));
  g_assert_error (error, DISC_ERROR, code);
  g_assert_false (from_copy);
  g_assert_false (disc_container_check_manifest (self->container, self->folder, NULL, &checked));
  g_assert_error (checked, DISC_ERROR, DISC_ERROR_ALTERED);
}

/* Whatever a medium does to it: the copy in the spare file is taken. */
static void
test_damaged_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Label) self = { NULL };
  g_autofree char *bytes = NULL;

  label_set_up (&self, fixture);
  assert_label (&self, FALSE);
  g_assert_true (disc_container_has_manifest_copy (self.container, self.folder));
  bytes = g_memdup2 (self.text, self.len);
  for (gsize i = 0; i < self.len; i++)
    {
      bytes[i] ^= 0x80; /* what was ASCII is no UTF-8 any more */
      label_put (&self, bytes, self.len);
      assert_label (&self, TRUE);
      bytes[i] ^= 0x80;
      label_put (&self, bytes, i);
      assert_label (&self, TRUE);
    }

  memset (bytes + self.len / 2, 0, self.len - self.len / 2);
  label_put (&self, bytes, self.len);
  assert_label (&self, TRUE);
  memset (bytes, 0xff, self.len);
  label_put (&self, bytes, self.len);
  assert_label (&self, TRUE);
  g_assert_cmpint (g_unlink (self.path), ==, 0);
  assert_label (&self, TRUE);
  g_assert_cmpint (g_mkdir (self.path, 0700), ==,
                   0); /* it is there, and nothing can be read of it */
  assert_label (&self, TRUE);
  assert_outcome (fixture, ALL, -1);
}

/* A flipped bit may leave something that can be read: it is never believed, and says so. */
static void
test_flipped_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Label) self = { NULL };
  guint n_damaged = 0, n_altered = 0;

  label_set_up (&self, fixture);
  for (gsize i = 0; i < self.len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      gboolean from_copy = FALSE;

      self.text[i] ^= 1;
      label_put (&self, self.text, self.len);
      self.text[i] ^= 1;
      bytes = disc_container_read_manifest (self.container, self.folder, &from_copy, &error);
      if (bytes == NULL)
        {
          g_assert_error (error, DISC_ERROR, DISC_ERROR_ALTERED);
          n_altered++;
          continue;
        }
      g_assert_true (from_copy);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), self.text,
                       self.len);
      n_damaged++;
    }
  g_assert_cmpuint (n_damaged, >, self.len / 20);
  g_assert_cmpuint (n_altered, >, self.len / 20);
}

/* One that can be read and is not the one signed is no damage, and the copy does not hide it. */
static void
test_other_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Label) self = { NULL };
  g_autofree char *dir = g_build_filename (fixture->dir, "other", NULL);
  g_autofree char *path = g_build_filename (dir, DISC_FOLDER, DISC_MANIFEST_FILE, NULL);
  g_autofree char *other = NULL;
  g_autofree char *longer = NULL, *blanks = NULL;
  gsize other_len;

  label_set_up (&self, fixture);
  sealed_make_at (dir, SEED + 1); /* of the same hospital, with the same number and the same key */
  g_assert_true (g_file_get_contents (path, &other, &other_len, NULL));
  g_assert_cmpuint (other_len, ==, self.len);
  longer = g_strconcat (self.text, " ", NULL);
  blanks = g_strnfill (DISC_MANIFEST_MAX_BYTES + 1, ' ');

  label_put (&self, other, other_len);
  assert_no_label (&self, DISC_ERROR_ALTERED);
  label_put (&self, "{}", 2);
  assert_no_label (&self, DISC_ERROR_ALTERED);
  label_put (&self, longer, strlen (longer));
  assert_no_label (&self, DISC_ERROR_ALTERED);
  label_put (&self, blanks, strlen (blanks));
  assert_no_label (&self, DISC_ERROR_ALTERED);
  assert_outcome (fixture, ALL, -1);
}

static void
test_manifest_copy (Fixture *fixture, gconstpointer data)
{
  g_auto (Label) self = { NULL };
  g_autofree char *spare = NULL;
  guint64 begin;

  label_set_up (&self, fixture);
  spare = fixture_file (fixture, DISC_SPARE_FILE);
  begin = disc_layout_spare_manifest_offset (disc_container_header (self.container));
  g_assert_cmpuint (begin + self.len, ==, file_size (fixture, DISC_SPARE_FILE));
  fill (fixture, DISC_SPARE_FILE, begin + 3, 0, 1);
  g_assert_false (disc_container_has_manifest_copy (self.container, self.folder));
  assert_label (&self, FALSE);

  label_put (&self, self.text, self.len / 2);
  assert_no_label (&self, DISC_ERROR_ALTERED);
  g_assert_cmpint (g_unlink (self.path), ==, 0);
  assert_no_label (&self, DISC_ERROR_IO);

  /* Another one behind it, and none. */
  put_bytes (fixture, DISC_SPARE_FILE, begin, "{}", 2);
  g_assert_cmpint (truncate (spare, (off_t) begin + 2), ==, 0);
  assert_no_label (&self, DISC_ERROR_IO);
  g_assert_cmpint (truncate (spare, (off_t) begin), ==, 0);
  assert_no_label (&self, DISC_ERROR_IO);
  label_put (&self, self.text, self.len);
  assert_label (&self, FALSE);
  g_assert_cmpint (g_unlink (spare), ==, 0);
  assert_label (&self, FALSE);
  assert_outcome (fixture, ALL, -1);
}

/* ---- units ---------------------------------------------------------------------------------- */

/* A sector here and there, in all parts of the file behind the head, is repaired. */
static void
test_sectors (Fixture *fixture, gconstpointer data)
{
  guint64 size;

  sealed_make (fixture, SEED);
  size = file_size (fixture, DISC_CONTAINER_FILE);
  for (guint64 offset = DISC_HEAD_BYTES; offset + SECTOR < size; offset += size / 6)
    fill (fixture, DISC_CONTAINER_FILE, offset, 0, SECTOR);
  assert_outcome (fixture, ALL, -1);
}

static void
test_run_of_sectors (Fixture *fixture, gconstpointer data)
{
  SealedOutcome outcome;

  sealed_make (fixture, SEED);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 10 * DISC_UNIT_BYTES + 100, 0xff,
        64 * SECTOR);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_right, ==, ALL);
  g_assert_cmpuint (outcome.n_repaired, ==, 5);
  g_assert_cmpuint (outcome.n_lost, ==, 0);
}

/* Sums and parity gone: the stream itself is whole, and the sums have a second copy. */
static void
test_sums (Fixture *fixture, gconstpointer data)
{
  DiscHeader header;

  sealed_make (fixture, SEED);
  header = header_of (fixture);
  fill (fixture, DISC_CONTAINER_FILE, disc_layout_sums_offset (header.stream_bytes), 0, 64);
  assert_outcome (fixture, ALL, -1);
  fill (fixture, DISC_SPARE_FILE, DISC_HEAD_BYTES, 0, 64);
  assert_does_not_open (fixture, DISC_ERROR_CORRUPT);
}

/* More than can be repaired: those messages are lost and say so, all others stay. */
static void
test_beyond_repair (Fixture *fixture, gconstpointer data)
{
  SealedOutcome outcome;

  sealed_make (fixture, SEED);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 4 * DISC_UNIT_BYTES, 0x55,
        30 * DISC_UNIT_BYTES);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_wrong, ==, 0);
  g_assert_cmpint (outcome.code, ==, DISC_ERROR_CORRUPT);
  g_assert_cmpuint (outcome.n_lost, >, 0);
  g_assert_cmpuint (outcome.n_failed, >, ALL / 4);
  g_assert_cmpuint (outcome.n_right, >, ALL / 8);
}

/* A chart in a damaged part is shorter and says by how much; what is in it is what was written. */
static void
test_damaged_chart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = NULL;
  guint n_short = 0;

  sealed_make (fixture, SEED);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 9 * DISC_UNIT_BYTES, 0x55,
        9 * DISC_UNIT_BYTES);
  reader = disc_reader_open_with (fixture->disc, &unlock, NULL);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);
      const DiscContents *lost = chart != NULL ? disc_chart_lost (chart) : NULL;
      guint n_lost = lost != NULL ? disc_contents_total (lost) : 0;

      g_assert_no_error (error);
      g_assert_cmpuint (disc_chart_n_messages (chart) + n_lost, ==, SEALED_MESSAGES);
      n_short += n_lost > 0 ? 1 : 0;
      if (n_lost > 0)
        g_assert_cmpstr (disc_contents_get (lost, 0)->type, ==, "OMP-01");
    }
  g_assert_cmpuint (n_short, >, 0);
  g_assert_cmpuint (n_short, <, SEALED_PATIENTS);
}

/* Short by a little: the sums come from the spare file and the rest from parity. Short by much: what
 * is there is read, and the rest says that the disc ends early. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *spare = NULL;
  SealedOutcome outcome;
  guint64 size;

  sealed_make (fixture, SEED);
  size = file_size (fixture, DISC_CONTAINER_FILE);
  cut (fixture, size - 1);
  assert_outcome (fixture, ALL, -1);
  cut (fixture, size - 4 * DISC_UNIT_BYTES);
  assert_outcome (fixture, ALL, -1);

  cut (fixture, DISC_HEAD_BYTES + 20 * DISC_UNIT_BYTES + 77);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_wrong, ==, 0);
  g_assert_cmpint (outcome.code, ==, DISC_ERROR_TRUNCATED);

  spare = fixture_file (fixture, DISC_SPARE_FILE);
  g_unlink (spare);
  assert_does_not_open (fixture, DISC_ERROR_TRUNCATED);
}

static void
count_state (guint64 unit, DiscUnitState state, gpointer user_data)
{
  ((guint *) user_data)[state]++;
}

/* Where nothing at all can be read nobody made anything fit. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscContainer) container = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  guint n[DISC_UNIT_ALTERED + 1] = { 0 };
  DiscHeader header;

  sealed_make (fixture, SEED);
  header = header_of (fixture);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES, 0,
        disc_layout_sums_offset (header.stream_bytes) - DISC_HEAD_BYTES);
  folder = folder_of (fixture);
  container = disc_container_open (folder, &error);
  g_assert_no_error (error);
  disc_units_check (disc_container_units (container), count_state, NULL, n);
  g_assert_cmpuint (n[DISC_UNIT_DAMAGED], ==, disc_layout_n_sums (header.stream_bytes));
  g_assert_cmpuint (n[DISC_UNIT_ALTERED], ==, 0);
}

/* Unit by unit, as a copy is made: intact, made again, or lost. */
static void
test_repair (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *was = g_malloc (DISC_UNIT_BYTES);
  g_autofree guint8 *is = g_malloc (DISC_UNIT_BYTES);
  g_autoptr (DiscContainer) container = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  gboolean intact[2];
  DiscUnits *units;

  sealed_make (fixture, SEED);
  get_bytes (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 7 * DISC_UNIT_BYTES, was,
             DISC_UNIT_BYTES);
  /* What stands there is random: any given byte could be there already. */
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 7 * DISC_UNIT_BYTES + 9,
        (guint8) ~was[9], 1);
  folder = folder_of (fixture);
  container = disc_container_open (folder, &error);
  g_assert_no_error (error);
  units = disc_container_units (container);

  g_assert_cmpuint (disc_units_place_offset (7), ==, DISC_HEAD_BYTES + 7 * DISC_UNIT_BYTES);
  disc_units_fetch (units, 7, 1, is, intact);
  g_assert_false (intact[0]);
  disc_units_fetch (units, 8, 1, is, intact);
  g_assert_true (intact[0]);
  g_assert_cmpint (disc_units_repair (units, 8, is), ==, DISC_UNIT_INTACT);
  g_assert_cmpint (disc_units_repair (units, 7, is), ==, DISC_UNIT_REPAIRABLE);
  g_assert_cmpmem (is, DISC_UNIT_BYTES, was, DISC_UNIT_BYTES);

  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 10 * DISC_UNIT_BYTES, 0x55,
        40 * DISC_UNIT_BYTES);
  g_assert_cmpint (disc_units_repair (units, 20, is), ==, DISC_UNIT_DAMAGED);
}

/* ---- blocks of somebody's making ------------------------------------------------------------ */

/* Where the frame of entry @index stands in the file; frames are plain. All lies in one set. */
static guint64
find_frame (const char *path, guint32 index)
{
  g_autofree char *bytes = NULL;
  DiscHeader header;
  guint8 frame[12];
  const guint8 *found;
  gsize len;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_true (disc_header_read ((const guint8 *) bytes, &header, NULL));
  index = GUINT32_TO_LE (index);
  memcpy (frame, header.id, 8);
  memcpy (frame + 8, &index, sizeof index);
  found = memmem (bytes + DISC_HEAD_BYTES, len - DISC_HEAD_BYTES, frame, sizeof frame);
  g_assert_nonnull (found);
  return (guint64) (found - (const guint8 *) bytes);
}

/* @len bytes of the file @from at @offset over this disc's at @to, and the group beyond repair. */
static void
forge (Fixture *fixture, const char *from, guint64 offset, guint64 to, gsize len)
{
  g_autofree char *bytes = NULL;
  gsize all;

  g_assert_true (g_file_get_contents (from, &bytes, &all, NULL));
  put_bytes (fixture, DISC_CONTAINER_FILE, to, bytes + offset, len);
  fill (fixture, DISC_CONTAINER_FILE, to / DISC_UNIT_BYTES * DISC_UNIT_BYTES + 4 * DISC_UNIT_BYTES,
        0, 12 * DISC_UNIT_BYTES);
}

/* Some messages say why, others were in units that are only lost; none is wrong. */
static void
assert_some_fail (Fixture *fixture, int code)
{
  g_autoptr (GError) open_error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (fixture->disc, &unlock, &open_error);
  guint n = 0;

  g_assert_no_error (open_error);
  for (guint i = 0; i < ALL; i++)
    {
      gint64 rid = (gint64) (1 + i / SEALED_MESSAGES) << DISC_SEQ_BITS | i % SEALED_MESSAGES;
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_message (reader, rid, &error);

      if (chart != NULL)
        continue;
      n += g_error_matches (error, DISC_ERROR, code) ? 1 : 0;
      if (!g_error_matches (error, DISC_ERROR, code))
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
  g_assert_cmpuint (n, >, 0);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autofree char *from = g_build_filename (other, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_autofree char *path = NULL;

  sealed_make (fixture, SEED);
  sealed_make_at (other, 2);
  path = fixture_file (fixture, DISC_CONTAINER_FILE);
  forge (fixture, from, find_frame (from, 6), find_frame (path, 6), 40000);
  assert_some_fail (fixture, DISC_ERROR_FOREIGN);
}

static void
test_replayed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  sealed_make (fixture, SEED);
  path = fixture_file (fixture, DISC_CONTAINER_FILE);
  forge (fixture, path, find_frame (path, 12), find_frame (path, 6), 40000);
  assert_some_fail (fixture, DISC_ERROR_SWAPPED);
}

/* Somebody changes a unit and computes the parity anew: that is no scratch, and it says so. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *bytes = NULL;
  guint8 *units[DISC_SET_ROWS + DISC_SET_PARITY];
  DiscHeader header;
  DiscSet set;

  sealed_make (fixture, SEED);
  header = header_of (fixture);
  disc_layout_set (header.stream_bytes, 0, &set);
  g_assert_cmpuint (set.n_columns, ==, 1); /* one group, its parity right behind it */
  bytes = g_malloc ((set.n_rows + DISC_SET_PARITY) * (gsize) DISC_UNIT_BYTES);
  get_bytes (fixture, DISC_CONTAINER_FILE, set.offset, bytes,
             (set.n_rows + DISC_SET_PARITY) * (gsize) DISC_UNIT_BYTES);
  for (guint i = 0; i < set.n_rows + DISC_SET_PARITY; i++)
    units[i] = bytes + (gsize) i * DISC_UNIT_BYTES;
  units[6][1000] ^= 1;
  disc_parity_encode (units, set.n_rows, units + set.n_rows);
  put_bytes (fixture, DISC_CONTAINER_FILE, set.offset, bytes,
             (set.n_rows + DISC_SET_PARITY) * (gsize) DISC_UNIT_BYTES);
  assert_some_fail (fixture, DISC_ERROR_ALTERED);
}

/* Units exchanged with others: repaired when few; never anybody's record in another's place. */
static void
test_swapped (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *first = g_malloc (DISC_UNIT_BYTES);
  g_autofree guint8 *second = g_malloc (DISC_UNIT_BYTES);
  guint64 a = DISC_HEAD_BYTES + 3 * DISC_UNIT_BYTES, b = DISC_HEAD_BYTES + 9 * DISC_UNIT_BYTES;

  sealed_make (fixture, SEED);
  get_bytes (fixture, DISC_CONTAINER_FILE, a, first, DISC_UNIT_BYTES);
  get_bytes (fixture, DISC_CONTAINER_FILE, b, second, DISC_UNIT_BYTES);
  put_bytes (fixture, DISC_CONTAINER_FILE, a, second, DISC_UNIT_BYTES);
  put_bytes (fixture, DISC_CONTAINER_FILE, b, first, DISC_UNIT_BYTES);
  assert_outcome (fixture, ALL, -1);
}

/* ---- several threads ------------------------------------------------------------------------- */

#define N_THREADS 4

static gpointer
read_again (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_again (data, &error);
  SealedOutcome *outcome = g_new (SealedOutcome, 1);

  g_assert_no_error (error);
  g_assert_cmpstr (disc_reader_get_info (reader)->hospital, ==, "見本市民病院");
  sealed_read_with (reader, SEED, outcome);
  return outcome;
}

/* They share what is in memory; a scratch is repaired and counted once, whoever meets it. */
static void
test_threads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  GThread *threads[N_THREADS];

  sealed_make (fixture, SEED);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 3 * DISC_UNIT_BYTES, 0, SECTOR);
  fill (fixture, DISC_CONTAINER_FILE, DISC_HEAD_BYTES + 9 * DISC_UNIT_BYTES, 0, SECTOR);
  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("reader", read_again, reader);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree SealedOutcome *outcome = g_thread_join (threads[i]);

      g_assert_cmpuint (outcome->n_right, ==, ALL);
      g_assert_cmpuint (outcome->n_repaired, ==, 2);
    }
  g_assert_cmpuint (disc_container_damage (disc_reader_container (reader)).n_repaired, ==, 2);
}

/* The others go on when the one they came from is closed. */
static void
test_again_outlives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) again = NULL;
  DiscReader *reader;
  SealedOutcome outcome;

  sealed_make (fixture, SEED);
  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  again = disc_reader_open_again (reader, &error);
  g_assert_no_error (error);
  disc_reader_free (reader);
  sealed_read_with (again, SEED, &outcome);
  g_assert_cmpuint (outcome.n_right, ==, ALL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/container/whole", test_whole);
  fixture_add ("/disc/container/nothing-plain", test_nothing_plain);
  fixture_add ("/disc/container/locked", test_locked);
  fixture_add ("/disc/container/head", test_head);
  fixture_add ("/disc/container/newer", test_newer);
  fixture_add ("/disc/container/manifest/damaged", test_damaged_manifest);
  fixture_add ("/disc/container/manifest/flipped", test_flipped_manifest);
  fixture_add ("/disc/container/manifest/other", test_other_manifest);
  fixture_add ("/disc/container/manifest/copy", test_manifest_copy);
  fixture_add ("/disc/container/sectors", test_sectors);
  fixture_add ("/disc/container/run-of-sectors", test_run_of_sectors);
  fixture_add ("/disc/container/sums", test_sums);
  fixture_add ("/disc/container/beyond-repair", test_beyond_repair);
  fixture_add ("/disc/container/damaged-chart", test_damaged_chart);
  fixture_add ("/disc/container/cut", test_cut);
  fixture_add ("/disc/container/empty", test_empty);
  fixture_add ("/disc/container/repair", test_repair);
  fixture_add ("/disc/container/foreign", test_foreign);
  fixture_add ("/disc/container/replayed", test_replayed);
  fixture_add ("/disc/container/altered", test_altered);
  fixture_add ("/disc/container/swapped", test_swapped);
  fixture_add ("/disc/container/threads", test_threads);
  fixture_add ("/disc/container/again-outlives", test_again_outlives);
  return g_test_run ();
}
