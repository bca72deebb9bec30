/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of discs: killed after every step, cut anywhere, damaged and full: the old state or the
 * new one, and never a generation that is not whole. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-format.h"
#include "disc-parity.h"
#include "disc-reader.h"
#include "disc-store.h"

#include "disc-sealed-fixture.h"

#define OLD_SEED 1
#define NEW_SEED 2
#define OLD_AS_OF "2025-05-10"
#define NEW_AS_OF "2025-06-10T08:30"
#define ALL (SEALED_PATIENTS * SEALED_MESSAGES)

static const char *const sealed_files[] = { DISC_CONTAINER_FILE, DISC_SPARE_FILE,
                                            DISC_MANIFEST_FILE, DISC_README_JA_FILE,
                                            DISC_README_EN_FILE };

/* A store, and two discs of one hospital. */
typedef struct
{
  Fixture *fixture;
  char *store;
  char *old;
  char *new;
  DiscTrust *trust;
  DiscStoreOptions options;
} Store;

static void
trust_the_key (Store *self)
{
  g_autofree char *path = g_build_filename (self->fixture->dir, "trusted", NULL);
  g_autoptr (GError) error = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  disc_trust_signer (sealed_signing_key (), signer);
  self->trust = disc_trust_load (path, &error);
  g_assert_no_error (error);
  disc_trust_add (self->trust, signer, "見本市民病院", &error);
  g_assert_no_error (error);
}

static void
store_set_up (Store *self, Fixture *fixture)
{
  self->fixture = fixture;
  self->store = g_build_filename (fixture->dir, "above", "store", NULL);
  self->old = g_build_filename (fixture->dir, "old", NULL);
  self->new = g_build_filename (fixture->dir, "new", NULL);
  trust_the_key (self);
  self->options.trust = self->trust;
  sealed_make_as_of (self->old, OLD_SEED, OLD_AS_OF, 3);
  sealed_make_as_of (self->new, NEW_SEED, NEW_AS_OF, 4);
}

static void
store_clear (Store *self)
{
  g_free (self->store);
  g_free (self->old);
  g_free (self->new);
  g_clear_pointer (&self->trust, disc_trust_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

static void
load (Store *self, const char *disc, DiscStoreOutcome *outcome)
{
  g_autoptr (GError) error = NULL;

  disc_store_load (self->store, disc, &self->options, outcome, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (outcome->remove_error);
  g_assert_no_error (outcome->generation->fault);
}

static void
load_old (Store *self)
{
  g_auto (DiscStoreOutcome) outcome = { NULL };

  load (self, self->old, &outcome);
}

static void
assert_load_fails (Store *self, const char *disc, int code)
{
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (disc_store_load (self->store, disc, &self->options, &outcome, NULL, &error));
  g_assert_error (error, DISC_ERROR, code);
  g_assert_null (outcome.generation);
}

static GPtrArray *
list (Store *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = disc_store_list (self->store, self->trust, &error);

  g_assert_no_error (error);
  return all;
}

static const DiscGeneration *
get (GPtrArray *all, guint i)
{
  g_assert_cmpuint (i, <, all->len);
  return g_ptr_array_index (all, i);
}

static void
assert_reads (const char *dir, guint32 seed)
{
  SealedOutcome outcome;

  sealed_read (dir, seed, &outcome);
  g_assert_cmpuint (outcome.n_right, ==, ALL);
  g_assert_cmpuint (outcome.n_repaired + outcome.n_lost, ==, 0);
}

static void
assert_same_file (const char *a, const char *b, const char *name)
{
  g_autofree char *path_a = g_build_filename (a, DISC_FOLDER, name, NULL);
  g_autofree char *path_b = g_build_filename (b, DISC_FOLDER, name, NULL);
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;
  gsize len_a, len_b;

  g_assert_true (g_file_get_contents (path_a, &text_a, &len_a, NULL));
  g_assert_true (g_file_get_contents (path_b, &text_b, &len_b, NULL));
  g_assert_true (len_a == len_b && memcmp (text_a, text_b, len_a) == 0);
}

static void
assert_same_disc (const char *a, const char *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sealed_files); i++)
    assert_same_file (a, b, sealed_files[i]);
}

static void
copy_disc (const char *from, const char *to)
{
  g_autofree char *folder = g_build_filename (to, DISC_FOLDER, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (sealed_files); i++)
    {
      g_autofree char *source = g_build_filename (from, DISC_FOLDER, sealed_files[i], NULL);
      g_autofree char *target = g_build_filename (folder, sealed_files[i], NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (source, &bytes, &len, NULL));
      g_assert_true (g_file_set_contents (target, bytes, (gssize) len, NULL));
    }
}

static void
assert_empty (Store *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->store, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  g_assert_true (dir == NULL || g_dir_read_name (dir) == NULL);
}

/* Whatever is listed is whole, and there is always one. */
static void
assert_old_or_new (Store *self)
{
  g_autoptr (GPtrArray) all = list (self);

  g_assert_cmpuint (all->len, >=, 1);
  g_assert_cmpuint (all->len, <=, 2);
  for (guint i = 0; i < all->len; i++)
    {
      g_assert_no_error (get (all, i)->fault);
      g_assert_false (get (all, i)->is_damaged);
      if (strcmp (get (all, i)->as_of, NEW_AS_OF) == 0)
        assert_same_disc (self->new, get (all, i)->path);
      else
        assert_same_disc (self->old, get (all, i)->path);
    }
}

static char *
container_of (const char *disc)
{
  return g_build_filename (disc, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
}

/* The container of the copy of @disc that is under way. */
static char *
incoming_of (Store *self, const char *disc)
{
  g_autofree char *folder = g_build_filename (disc, DISC_FOLDER, NULL);
  g_autoptr (DiscContainer) container = disc_container_open (folder, NULL);
  g_autoptr (GString) id = g_string_new (NULL);

  for (guint i = 0; i < DISC_ID_BYTES; i++)
    g_string_append_printf (id, "%02x", disc_container_header (container)->id[i]);
  return g_build_filename (self->store, "incoming", id->str, DISC_FOLDER, DISC_CONTAINER_FILE,
                           NULL);
}

/* A single byte that happens to be @byte becomes another one. */
static void
damage (const char *path, guint64 offset, guint8 byte, gsize len)
{
  g_autofree guint8 *bytes = g_malloc (len);
  int fd = g_open (path, O_RDWR, 0);

  g_assert_cmpint (pread (fd, bytes, len, (off_t) offset), ==, (gssize) len);
  if (len == 1 && bytes[0] == byte)
    byte ^= 0xff;
  memset (bytes, byte, len);
  g_assert_cmpint (pwrite (fd, bytes, len, (off_t) offset), ==, (gssize) len);
  close (fd);
}

static guint64
unit_at (guint place)
{
  return DISC_HEAD_BYTES + (guint64) place * DISC_UNIT_BYTES;
}

/* ---- whole ---------------------------------------------------------------------------------- */

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_auto (DiscStoreOutcome) again = { NULL };
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  load (&self, self.new, &outcome);
  g_assert_false (outcome.was_there);
  g_assert_false (outcome.has_newer);
  g_assert_cmpuint (outcome.n_units, >, 50);
  g_assert_cmpuint (outcome.n_resumed + outcome.n_repaired + outcome.n_lost, ==, 0);
  g_assert_cmpuint (outcome.removed->len, ==, 0);

  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (get (all, 0)->as_of, ==, NEW_AS_OF);
  g_assert_cmpstr (get (all, 0)->hospital, ==, "見本市民病院");
  g_assert_cmpstr (get (all, 0)->signer_name, ==, "見本市民病院");
  g_assert_cmpuint (get (all, 0)->serial, ==, 4);
  g_assert_true (get (all, 0)->is_sealed);
  g_assert_false (get (all, 0)->is_damaged);
  g_assert_no_error (get (all, 0)->fault);
  g_assert_true (g_str_has_prefix (get (all, 0)->name, "2025-06-10T0830-"));
  g_assert_true (g_str_has_suffix (get (all, 0)->name, get (all, 0)->id));
  g_assert_cmpstr (get (all, 1)->as_of, ==, OLD_AS_OF);
  g_assert_true (disc_store_newest (all) == get (all, 0));
  assert_same_disc (self.old, get (all, 1)->path);
  assert_same_disc (self.new, get (all, 0)->path);
  assert_reads (get (all, 0)->path, NEW_SEED);
  assert_empty (&self, "incoming");
  assert_empty (&self, "leaving");

  load (&self, self.new, &again);
  g_assert_true (again.was_there);
  g_assert_cmpstr (again.generation->name, ==, get (all, 0)->name);
}

static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) first = { NULL };
  g_auto (DiscStoreOutcome) second = { NULL };
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  load (&self, self.new, &first);
  load (&self, self.old, &second);
  g_assert_true (second.has_newer);
  g_assert_cmpstr (second.newer_as_of, ==, NEW_AS_OF);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (disc_store_newest (all)->as_of, ==, NEW_AS_OF);
}

/* Of a disc, in the store or not: what there is that is newer, of the same signer or of any. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GPtrArray) all = NULL;
  DiscGeneration medium = { .id = (char *) "0123", .is_sealed = TRUE, .serial = 3 };
  const DiscGeneration *newest;

  store_set_up (&self, fixture);
  load (&self, self.new, &outcome);
  load_old (&self);
  all = list (&self);
  newest = get (all, 0);
  g_assert_true (disc_store_newer (all, get (all, 1), FALSE) == newest);
  g_assert_null (disc_store_newer (all, newest, TRUE));

  /* A disc of another time, of this signer and of another. */
  medium.as_of = (char *) "2025-05-31T23:50";
  g_assert_null (disc_store_newer (all, &medium, FALSE));
  g_assert_true (disc_store_newer (all, &medium, TRUE) == newest);
  memcpy (medium.signer, newest->signer, sizeof medium.signer);
  g_assert_true (disc_store_newer (all, &medium, FALSE) == newest);
  medium.as_of = (char *) "2025-06-10T09:00";
  g_assert_null (disc_store_newer (all, &medium, TRUE));
  medium.as_of = (char *) NEW_AS_OF; /* the same time: by number */
  g_assert_true (disc_store_newer (all, &medium, FALSE) == newest);
  medium.serial = 5;
  g_assert_null (disc_store_newer (all, &medium, FALSE));
  medium.as_of = NULL; /* not known is not newer */
  g_assert_true (disc_store_newer (all, &medium, FALSE) == newest);

  /* One that cannot be used is no help. */
  ((DiscGeneration *) newest)->fault = g_error_new_literal (DISC_ERROR, DISC_ERROR_TRUNCATED, "");
  g_assert_null (disc_store_newer (all, get (all, 1), TRUE));

  /* Anybody could have made one that is not sealed: it makes no sealed one old. */
  g_clear_error (&((DiscGeneration *) newest)->fault);
  ((DiscGeneration *) newest)->is_sealed = FALSE;
  g_assert_null (disc_store_newer (all, get (all, 1), TRUE));
}

/* What the signed manifest says, and nothing else. */
static void
test_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *long_text = g_strnfill (DISC_MANIFEST_MAX_BYTES + 1, ' ');
  g_autoptr (DiscContainer) container = NULL;
  g_autoptr (DiscManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  const char *texts[] = { "{}", "{\"hospital\": \"別の病院\"}", long_text };

  store_set_up (&self, fixture);
  folder = g_build_filename (self.old, DISC_FOLDER, NULL);
  path = g_build_filename (folder, DISC_MANIFEST_FILE, NULL);
  container = disc_container_open (folder, &error);
  g_assert_no_error (error);
  manifest = disc_container_load_manifest (container, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (manifest->hospital, ==, "見本市民病院");
  g_assert_cmpuint (manifest->n_patients, ==, SEALED_PATIENTS);
  g_assert_cmpuint (manifest->n_messages, ==, ALL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_null (disc_container_load_manifest (container, folder, NULL, &error));
      g_assert_error (error, DISC_ERROR, DISC_ERROR_ALTERED);
      g_clear_error (&error);
      g_assert_false (disc_container_check_manifest (container, folder, NULL, NULL));
    }
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char *store = g_build_filename (fixture->dir, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = disc_store_list (store, NULL, &error);

  g_assert_null (all);
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  g_assert_cmpint (g_mkdir (store, 0700), ==, 0);
  all = disc_store_list (store, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  g_assert_null (disc_store_newest (all));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *nobody = g_build_filename (fixture->dir, "nobody", NULL);
  g_autofree char *manifest = NULL;
  g_autoptr (DiscTrust) none = disc_trust_load (nobody, NULL);

  store_set_up (&self, fixture);
  assert_load_fails (&self, nobody, DISC_ERROR_NOT_A_DISC);
  self.options.trust = none;
  assert_load_fails (&self, self.old, DISC_ERROR_SIGNER);
  self.options.trust = self.trust;
  manifest = g_build_filename (self.old, DISC_FOLDER, DISC_MANIFEST_FILE, NULL);
  damage (manifest, 60, '9', 1);
  assert_load_fails (&self, self.old, DISC_ERROR_ALTERED);
  g_assert_false (g_file_test (self.store, G_FILE_TEST_EXISTS));
}

/* ---- killed --------------------------------------------------------------------------------- */

typedef struct
{
  guint n;
  guint kill_at;        /* 0: never */
  const char *flip_at;  /* step after which the copy is spoilt */
  char *flip_path;
} Hook;

static void
on_step (const char *step, gpointer user_data)
{
  Hook *hook = user_data;

  if (++hook->n == hook->kill_at)
    kill (getpid (), SIGKILL);
  if (g_strcmp0 (step, hook->flip_at) == 0)
    damage (hook->flip_path, unit_at (5) + 7, 0x5a, 1);
}

/* Returns: whether the load was killed, and did not come to its end before. */
static gboolean
load_killed (Store *self, const char *disc, guint kill_at)
{
  Hook hook = { .kill_at = kill_at };
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      DiscStoreOutcome outcome;

      self->options.hook = on_step;
      self->options.user_data = &hook;
      _exit (disc_store_load (self->store, disc, &self->options, &outcome, NULL, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return WIFSIGNALED (status);
}

static void
check_killed (Fixture *fixture, guint keep)
{
  g_auto (Store) self = { NULL };
  gboolean killed = TRUE;
  guint step = 0;

  store_set_up (&self, fixture);
  self.options.keep = keep;
  while (killed)
    {
      g_auto (DiscStoreOutcome) outcome = { NULL };
      g_autoptr (GPtrArray) all = NULL;

      fixture_remove (self.store);
      load_old (&self);
      killed = load_killed (&self, self.new, ++step);
      assert_old_or_new (&self);

      load (&self, self.new, &outcome);
      all = list (&self);
      g_assert_cmpuint (all->len, ==, MIN (keep, 2));
      g_assert_cmpstr (disc_store_newest (all)->as_of, ==, NEW_AS_OF);
      assert_old_or_new (&self);
      assert_empty (&self, "incoming");
      assert_empty (&self, "leaving");
    }
  /* looked locked compared space folder units... repaired container spare written verified switched
   * moved-out removed tidied */
  g_assert_cmpuint (step, >, keep == 1 ? 15 : 13);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  check_killed (fixture, 3);
}

/* The old one goes: between the two there is always one. */
static void
test_killed_keep_one (Fixture *fixture, gconstpointer data)
{
  check_killed (fixture, 1);
}

/* A generation that lost bytes on the laptop's disk is made again from its disc, also when that is
 * killed: what was there is not worse in between. */
static void
test_killed_replacing (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  gboolean killed = TRUE;
  guint step = 0;

  store_set_up (&self, fixture);
  while (killed)
    {
      g_auto (DiscStoreOutcome) before = { NULL };
      g_auto (DiscStoreOutcome) outcome = { NULL };
      g_autoptr (GPtrArray) all = NULL;
      g_autofree char *path = NULL;

      fixture_remove (self.store);
      load (&self, self.new, &before);
      path = container_of (before.generation->path);
      damage (path, unit_at (3) + 100, 0x77, 4);
      killed = load_killed (&self, self.new, ++step);
      all = list (&self);
      g_assert_cmpuint (all->len, ==, 1);
      g_assert_no_error (get (all, 0)->fault);

      load (&self, self.new, &outcome);
      assert_same_disc (self.new, outcome.generation->path);
      assert_empty (&self, "incoming");
    }
}

/* Cut wherever a file can end: it goes on there, and not from the beginning. */
static void
test_resumed (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *incoming = NULL, *folder = NULL, *source = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gsize all;

  store_set_up (&self, fixture);
  incoming = incoming_of (&self, self.new);
  folder = g_path_get_dirname (incoming);
  source = container_of (self.new);
  g_assert_true (g_file_get_contents (source, &bytes, &all, NULL));
  for (guint i = 0; i < 40; i++)
    {
      g_auto (DiscStoreOutcome) outcome = { NULL };
      guint64 len = i < 3 ? i : (guint64) (g_rand_double (rand) * (double) all);
      guint64 n_whole = len > DISC_HEAD_BYTES ? (len - DISC_HEAD_BYTES) / DISC_UNIT_BYTES : 0;

      fixture_remove (self.store);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (incoming, bytes, (gssize) len, NULL));
      load (&self, self.new, &outcome);
      /* One more where only zeros were cut off a unit: behind the end of a file all is zero. */
      g_assert_cmpuint (outcome.n_resumed, >=, MIN (n_whole, outcome.n_units));
      g_assert_cmpuint (outcome.n_resumed, <=, n_whole + 1);
      assert_same_disc (self.new, outcome.generation->path);
    }
}

/* Longer than it may be, and something else altogether. */
static void
test_wrong_left_over (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autofree char *incoming = NULL, *folder = NULL;
  g_autofree char *junk = g_malloc0 (8 * 1024 * 1024);

  store_set_up (&self, fixture);
  incoming = incoming_of (&self, self.new);
  folder = g_path_get_dirname (incoming);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (incoming, junk, 8 * 1024 * 1024, NULL));
  load (&self, self.new, &outcome);
  assert_same_disc (self.new, outcome.generation->path);
}

/* ---- damage --------------------------------------------------------------------------------- */

/* Of the disc: the copy is whole again, its spare file too. */
static void
test_repaired (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autofree char *whole = g_build_filename (fixture->dir, "whole", NULL);
  g_autofree char *source = NULL, *spare = NULL;

  store_set_up (&self, fixture);
  copy_disc (self.old, whole);
  source = container_of (self.old);
  spare = g_build_filename (self.old, DISC_FOLDER, DISC_SPARE_FILE, NULL);
  damage (source, 10, 0, 20); /* the head, of which the spare file has another */
  damage (source, unit_at (5) + 100, 0, 2048);
  damage (source, unit_at (20), 0xff, 3 * DISC_UNIT_BYTES);
  damage (spare, DISC_HEAD_BYTES + 5, 1, 9);
  load (&self, self.old, &outcome);
  g_assert_cmpuint (outcome.n_repaired, ==, 4);
  g_assert_cmpuint (outcome.n_lost, ==, 0);
  assert_same_disc (whole, outcome.generation->path);
}

static char *
manifest_of (const char *disc)
{
  return g_build_filename (disc, DISC_FOLDER, DISC_MANIFEST_FILE, NULL);
}

/* The last byte of the copy of the manifest. */
static void
damage_copy (const char *disc)
{
  g_autofree char *path = g_build_filename (disc, DISC_FOLDER, DISC_SPARE_FILE, NULL);
  GStatBuf st;

  g_assert_cmpint (g_stat (path, &st), ==, 0);
  damage (path, (guint64) st.st_size - 1, 0, 1);
}

/* Of the disc: the store gets the signed one, in both places. */
static void
test_damaged_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) repaired = { NULL }, missing = { NULL }, intact = { NULL };
  g_autofree char *whole = g_build_filename (fixture->dir, "whole", NULL);
  g_autofree char *path = NULL;

  store_set_up (&self, fixture);
  copy_disc (self.new, whole);
  path = manifest_of (self.new);
  damage (path, 100, 0, 50);
  load (&self, self.new, &repaired);
  g_assert_true (repaired.manifest_repaired);
  g_assert_cmpuint (repaired.n_repaired, ==, 0);
  assert_same_disc (whole, repaired.generation->path);

  fixture_remove (self.store);
  g_assert_cmpint (g_unlink (path), ==, 0);
  load (&self, self.new, &missing);
  g_assert_true (missing.manifest_repaired);
  assert_same_disc (whole, missing.generation->path);

  fixture_remove (self.store);
  copy_disc (whole, self.new);
  damage_copy (self.new);
  load (&self, self.new, &intact);
  g_assert_false (intact.manifest_repaired);
  assert_same_disc (whole, intact.generation->path);
}

/* Without a copy, or where another one stands in its place, it is no damage. */
static void
test_altered_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *path = NULL;

  store_set_up (&self, fixture);
  path = manifest_of (self.new);
  {
    g_autofree char *other = manifest_of (self.old);
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (other, &text, NULL, NULL));
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  }
  assert_load_fails (&self, self.new, DISC_ERROR_ALTERED);
  self.options.accept_damaged = TRUE;
  assert_load_fails (&self, self.new, DISC_ERROR_ALTERED);

  g_assert_cmpint (g_unlink (path), ==, 0);
  damage_copy (self.new);
  assert_load_fails (&self, self.new, DISC_ERROR_ALTERED);
}

/* Of a generation, later: it is used all the same, and its disc makes it good. */
static void
test_damaged_generation_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) first = { NULL }, again = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) all = NULL, after = NULL;

  store_set_up (&self, fixture);
  load (&self, self.new, &first);
  path = manifest_of (first.generation->path);
  damage (path, 100, 0, 50);
  all = list (&self);
  g_assert_no_error (get (all, 0)->fault);
  g_assert_cmpstr (get (all, 0)->as_of, ==, NEW_AS_OF);
  g_assert_cmpstr (get (all, 0)->hospital, ==, "見本市民病院");

  load (&self, self.new, &again);
  g_assert_false (again.was_there);
  g_assert_false (again.manifest_repaired); /* that of the disc was whole */
  after = list (&self);
  g_assert_cmpuint (after->len, ==, 1);
  assert_same_disc (self.new, again.generation->path);
}

static void
test_beyond_repair (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) refused = { NULL };
  g_auto (DiscStoreOutcome) accepted = { NULL };
  g_auto (DiscStoreOutcome) healed = { NULL };
  g_autofree char *second = g_build_filename (fixture->dir, "second", NULL);
  g_autofree char *whole = g_build_filename (fixture->dir, "whole", NULL);
  g_autofree char *source = NULL, *second_source = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  SealedOutcome read;

  store_set_up (&self, fixture);
  copy_disc (self.new, second);
  copy_disc (self.new, whole);
  load_old (&self);
  source = container_of (self.new);
  damage (source, unit_at (4), 0x55, 30 * DISC_UNIT_BYTES);
  g_assert_false (disc_store_load (self.store, self.new, &self.options, &refused, NULL, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
  g_assert_cmpuint (refused.n_lost, ==, 30);
  assert_old_or_new (&self);

  self.options.accept_damaged = TRUE;
  self.options.keep = 1;
  load (&self, self.new, &accepted);
  g_assert_cmpuint (accepted.n_lost, ==, 30);
  g_assert_true (accepted.generation->is_damaged);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2); /* it does not push out the last whole one */
  g_assert_cmpstr (disc_store_newest (all)->as_of, ==, NEW_AS_OF);
  sealed_read (accepted.generation->path, NEW_SEED, &read);
  g_assert_cmpuint (read.n_wrong, ==, 0);
  g_assert_cmpuint (read.n_right, >, 0);
  g_assert_cmpuint (read.n_failed, >, 0);

  /* A second medium of the same disc, bad in other places: together they are whole. */
  second_source = container_of (second);
  damage (second_source, unit_at (36), 0x55, 12 * DISC_UNIT_BYTES);
  load (&self, second, &healed);
  g_assert_cmpuint (healed.n_lost, ==, 0);
  g_assert_cmpuint (healed.n_repaired, ==, 12);
  g_assert_false (healed.generation->is_damaged);
  assert_same_disc (whole, healed.generation->path);
  g_assert_cmpuint (healed.removed->len, ==, 2); /* the damaged copy, and now the old one */
}

/* Altered by somebody who computed the parity again: not even on order. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *source = NULL, *folder = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (DiscContainer) container = NULL;
  guint8 *units[DISC_SET_ROWS + DISC_SET_PARITY];
  DiscSet set;
  gsize len;

  store_set_up (&self, fixture);
  source = container_of (self.new);
  folder = g_path_get_dirname (source);
  container = disc_container_open (folder, NULL);
  disc_layout_set (disc_container_header (container)->stream_bytes, 0, &set);
  g_assert_cmpuint (set.n_columns, ==, 1); /* so that the group is simply all of it */
  g_assert_true (g_file_get_contents (source, &bytes, &len, NULL));
  for (guint i = 0; i < set.n_units + DISC_SET_PARITY; i++)
    units[i] = (guint8 *) bytes + unit_at (i);
  for (guint i = 0; i < DISC_UNIT_BYTES; i++)
    units[7][i] = (guint8) (i * i);
  disc_parity_encode (units, set.n_units, units + set.n_units);
  g_assert_true (g_file_set_contents (source, bytes, (gssize) len, NULL));

  assert_load_fails (&self, self.new, DISC_ERROR_ALTERED);
  self.options.accept_damaged = TRUE;
  assert_load_fails (&self, self.new, DISC_ERROR_ALTERED);
}

static void
test_short (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *source = NULL;

  store_set_up (&self, fixture);
  source = container_of (self.new);
  g_assert_cmpint (truncate (source, (off_t) unit_at (20) + 77), ==, 0);
  assert_load_fails (&self, self.new, DISC_ERROR_TRUNCATED);
}

/* Of the copy, by the laptop's disk: found before the switch, and made good by the next load. */
static void
test_spoilt_copy (Fixture *fixture, gconstpointer data)
{
  static const char *const steps[] = { "repaired", "container", "spare", "written" };
  g_auto (Store) self = { NULL };

  store_set_up (&self, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (DiscStoreOutcome) outcome = { NULL };
      g_autofree char *path = incoming_of (&self, self.new);
      Hook hook = { .flip_at = steps[i], .flip_path = path };

      fixture_remove (self.store);
      load_old (&self);
      self.options.hook = on_step;
      self.options.user_data = &hook;
      assert_load_fails (&self, self.new, DISC_ERROR_IO);
      assert_old_or_new (&self);

      self.options.hook = NULL;
      load (&self, self.new, &outcome);
      g_assert_cmpuint (outcome.n_resumed, ==, outcome.n_units - 1);
      assert_same_disc (self.new, outcome.generation->path);
    }
}

/* Of a generation, later: it is not chosen, and its disc makes it good. */
static void
test_short_generation (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) first = { NULL };
  g_auto (DiscStoreOutcome) again = { NULL };
  g_autofree char *path = NULL, *manifest = NULL;
  g_autoptr (GPtrArray) all = NULL, after = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  load (&self, self.new, &first);
  path = container_of (first.generation->path);
  g_assert_cmpint (truncate (path, (off_t) unit_at (30)), ==, 0);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (get (all, 0)->as_of, ==, NEW_AS_OF);
  g_assert_error (get (all, 0)->fault, DISC_ERROR, DISC_ERROR_TRUNCATED);
  g_assert_cmpstr (disc_store_newest (all)->as_of, ==, OLD_AS_OF);

  load (&self, self.new, &again);
  g_assert_false (again.was_there);
  assert_same_disc (self.new, again.generation->path);

  manifest = g_build_filename (again.generation->path, DISC_FOLDER, DISC_MANIFEST_FILE, NULL);
  damage (manifest, 60, '9', 1);
  after = list (&self);
  g_assert_error (get (after, 0)->fault, DISC_ERROR, DISC_ERROR_ALTERED);
}

static void
test_unknown_signer (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *nobody = g_build_filename (fixture->dir, "nobody", NULL);
  g_autoptr (DiscTrust) none = disc_trust_load (nobody, NULL);
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  all = disc_store_list (self.store, none, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_error (get (all, 0)->fault, DISC_ERROR, DISC_ERROR_SIGNER);
  g_assert_null (get (all, 0)->signer_name);
  g_assert_null (disc_store_newest (all));
}

/* ---- how many ------------------------------------------------------------------------------- */

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *disc = g_build_filename (fixture->dir, "next", NULL);
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  self.options.keep = 2;
  for (guint i = 1; i <= 3; i++)
    {
      g_auto (DiscStoreOutcome) outcome = { NULL };
      g_autofree char *as_of = g_strdup_printf ("2025-05-1%u", i);

      fixture_remove (disc);
      sealed_make_as_of (disc, 10 + i, as_of, 10 + i);
      load (&self, disc, &outcome);
      g_assert_cmpuint (outcome.removed->len, ==, i > 1 ? 1 : 0);
    }
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (get (all, 0)->as_of, ==, "2025-05-13");
  g_assert_cmpstr (get (all, 1)->as_of, ==, "2025-05-12");
  assert_empty (&self, "leaving");
}

/* One that is older than all that are kept was asked for all the same: it stays, until a newer one
 * comes. */
static void
test_keep_older (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) first = { NULL };
  g_auto (DiscStoreOutcome) second = { NULL };
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  self.options.keep = 1;
  load (&self, self.new, &first);
  load (&self, self.old, &second);
  g_assert_cmpuint (second.removed->len, ==, 0);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
}

/* Those that are not whole do not count. */
static void
test_last_good (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) first = { NULL };
  g_auto (DiscStoreOutcome) last = { NULL };
  g_autofree char *disc = g_build_filename (fixture->dir, "next", NULL);
  g_autofree char *source = container_of (disc);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  self.options.keep = 1;
  self.options.accept_damaged = TRUE;
  load_old (&self);
  sealed_make_as_of (disc, 9, "2025-07-01", 9);
  damage (source, unit_at (4), 0x55, 30 * DISC_UNIT_BYTES);
  load (&self, disc, &first);
  g_assert_cmpuint (first.removed->len, ==, 0);
  path = container_of (first.generation->path);
  g_assert_cmpint (truncate (path, 100000), ==, 0);

  fixture_remove (disc);
  sealed_make_as_of (disc, 10, "2025-08-01", 10);
  damage (source, unit_at (4), 0x55, 30 * DISC_UNIT_BYTES);
  load (&self, disc, &last);
  g_assert_cmpuint (last.removed->len, ==, 0);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (get (all, 2)->as_of, ==, OLD_AS_OF);
  g_assert_no_error (get (all, 2)->fault);
}

/* ---- others --------------------------------------------------------------------------------- */

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) all = NULL;
  int fd;

  store_set_up (&self, fixture);
  load_old (&self);
  path = g_build_filename (self.store, "lock", NULL);
  fd = g_open (path, O_RDWR, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  assert_load_fails (&self, self.new, DISC_ERROR_BUSY);
  all = list (&self); /* readers need no lock */
  g_assert_cmpuint (all->len, ==, 1);
  close (fd);
  load (&self, self.new, &outcome);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  pid_t child;
  int status;

  store_set_up (&self, fixture);
  load_old (&self);
  child = fork ();
  if (child == 0)
    {
      const struct rlimit limit = { 1000000, 1000000 };
      DiscStoreOutcome full;
      GError *error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      disc_store_load (self.store, self.new, &self.options, &full, NULL, &error);
      _exit (g_error_matches (error, DISC_ERROR, DISC_ERROR_NO_SPACE) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  assert_old_or_new (&self);
  load (&self, self.new, &outcome);
  g_assert_cmpuint (outcome.n_resumed, >, 20);
}

static void
cancel (DiscStorePhase phase, guint64 done_bytes, guint64 all_bytes, gpointer user_data)
{
  g_assert_cmpuint (done_bytes, <=, all_bytes);
  if (phase == DISC_STORE_VERIFYING)
    g_cancellable_cancel (user_data);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  self.options.progress = cancel;
  self.options.user_data = cancellable;
  g_assert_false (disc_store_load (self.store, self.new, &self.options, &outcome, cancellable,
                                   &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_old_or_new (&self);
}

/* What does not belong to a store is left alone, and never taken for a generation. */
static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "2025-05-10", ".hidden", "2025-05-10-0123", "-00112233445566778899aabbccddeeff",
    "2025-05-10-00112233445566778899AABBCCDDEEFF",
    "2025-05-10-00112233445566778899aabbccddeeff.old",
  };
  g_auto (Store) self = { NULL };
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self.store, "generations", names[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 1);
}

/* The name of a folder is nobody's word: a disc under another's name, and an empty folder. */
static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *path = NULL, *empty = NULL;
  g_autoptr (GPtrArray) before = NULL, all = NULL;

  store_set_up (&self, fixture);
  load_old (&self);
  before = list (&self);
  path = g_build_filename (self.store, "generations",
                           "2030-01-01-00112233445566778899aabbccddeeff", NULL);
  empty = g_build_filename (self.store, "generations",
                            "2031-01-01-00112233445566778899aabbccddeeff", NULL);
  g_assert_cmpint (g_rename (get (before, 0)->path, path), ==, 0);
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_error (get (all, 0)->fault, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
  g_assert_error (get (all, 1)->fault, DISC_ERROR, DISC_ERROR_FOREIGN);
  g_assert_null (disc_store_newest (all));
}

/* ---- several volumes ------------------------------------------------------------------------ */

#define SPLIT_SEED 5
#define SPLIT_BYTES 2900000 /* makes four volumes */

/* (transfer full) */
static char *
make_split (Fixture *fixture)
{
  char *dir = g_build_filename (fixture->dir, "split", NULL);

  sealed_copy_volumes (dir, SPLIT_SEED, SPLIT_BYTES);
  return dir;
}

static void
load_volume (Store *self, const char *disc, guint number, gboolean was_there)
{
  g_autofree char *path = disc_reader_volume_path (disc, number);
  g_auto (DiscStoreOutcome) outcome = { NULL };

  load (self, path, &outcome);
  g_assert_cmpuint (outcome.volume, ==, number);
  g_assert_cmpint (outcome.was_there, ==, was_there);
}

static void
assert_volumes (Store *self, guint n_whole, guint n_damaged)
{
  g_autoptr (GPtrArray) all = list (self);

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_no_error (get (all, 0)->fault);
  g_assert_cmpuint (get (all, 0)->n_volumes, ==, 4);
  g_assert_cmpuint (get (all, 0)->volumes->len, ==, n_whole);
  g_assert_cmpuint (get (all, 0)->damaged_volumes->len, ==, n_damaged);
}

/* (transfer full) */
static char *
container_in_store (Store *self, guint volume)
{
  g_autoptr (GPtrArray) all = list (self);
  g_autofree char *path = disc_reader_volume_path (get (all, 0)->path, volume);

  return g_build_filename (path, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
}

static void
test_volumes (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *split = make_split (fixture);
  g_autofree char *second = disc_reader_volume_path (split, 2);
  g_autofree char *volume = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GPtrArray) all = NULL;

  store_set_up (&self, fixture);
  assert_load_fails (&self, second, DISC_ERROR_VOLUME);
  load_volume (&self, split, 1, FALSE);
  assert_volumes (&self, 0, 0);
  for (guint number = 4; number >= 2; number--)
    load_volume (&self, split, number, FALSE);
  assert_volumes (&self, 3, 0);
  all = list (&self);
  assert_reads (get (all, 0)->path, SPLIT_SEED);
  load_volume (&self, split, 3, TRUE);
  assert_empty (&self, "incoming");

  /* What was spoilt on the disk is made good, and nothing else goes with it. */
  volume = container_in_store (&self, 2);
  damage (volume, unit_at (5) + 7, 0x5a, 1);
  load_volume (&self, split, 2, FALSE);
  first = container_in_store (&self, 1);
  damage (first, unit_at (5) + 7, 0x5a, 1);
  load_volume (&self, split, 1, FALSE);
  assert_volumes (&self, 3, 0);
  assert_reads (get (all, 0)->path, SPLIT_SEED);
}

/* Each volume has a manifest of its own, twice. */
static void
test_volume_manifest (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autofree char *split = make_split (fixture);
  g_autofree char *second = disc_reader_volume_path (split, 2);
  g_autofree char *first_manifest = manifest_of (split), *path = manifest_of (second);
  g_autofree char *first = NULL, *text = NULL, *stored_path = NULL, *stored = NULL;
  g_autofree char *in_store = NULL;

  store_set_up (&self, fixture);
  load_volume (&self, split, 1, FALSE);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (first_manifest, &first, NULL, NULL));
  g_assert_true (g_file_set_contents (path, first, -1, NULL));
  assert_load_fails (&self, second, DISC_ERROR_ALTERED);

  g_assert_true (g_file_set_contents (path, text, 40, NULL));
  load (&self, second, &outcome);
  g_assert_true (outcome.manifest_repaired);
  assert_volumes (&self, 1, 0);
  in_store = disc_reader_volume_path (outcome.generation->path, 2);
  stored_path = manifest_of (in_store);
  g_assert_true (g_file_get_contents (stored_path, &stored, NULL, NULL));
  g_assert_cmpstr (stored, ==, text);
}

/* One beyond repair is taken in on order, marked, and makes way for a whole one. */
static void
test_volume_damaged (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *split = make_split (fixture);
  g_autofree char *second = disc_reader_volume_path (split, 2);
  g_autofree char *copy = g_build_filename (fixture->dir, "copy", NULL);
  g_autofree char *container = g_build_filename (copy, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  const char *argv[] = { "cp", "-R", second, copy, NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GPtrArray) all = NULL;
  SealedOutcome read;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  store_set_up (&self, fixture);
  load_volume (&self, split, 1, FALSE);
  for (guint i = 0; i < 12; i++)
    damage (container, unit_at (2 + i) + 7, 0x5a, 1);
  assert_load_fails (&self, copy, DISC_ERROR_CORRUPT);
  assert_volumes (&self, 0, 0);
  self.options.accept_damaged = TRUE;
  load (&self, copy, &outcome);
  assert_volumes (&self, 0, 1);
  all = list (&self);
  sealed_read (get (all, 0)->path, SPLIT_SEED, &read);
  g_assert_cmpuint (read.n_right, >, 0); /* it is read all the same */
  g_assert_cmpuint (read.n_wrong, ==, 0);

  load_volume (&self, split, 2, FALSE);
  assert_volumes (&self, 1, 0);
}

static void
test_volume_killed (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_autofree char *split = make_split (fixture);
  g_autofree char *second = disc_reader_volume_path (split, 2);
  gboolean killed = TRUE;
  guint step = 0;

  store_set_up (&self, fixture);
  while (killed)
    {
      g_autoptr (GPtrArray) all = NULL;
      SealedOutcome read;

      fixture_remove (self.store);
      load_volume (&self, split, 1, FALSE);
      killed = load_killed (&self, second, ++step);
      self.options.hook = NULL;
      all = list (&self);
      g_assert_no_error (get (all, 0)->fault);
      sealed_read (get (all, 0)->path, SPLIT_SEED, &read);
      g_assert_cmpuint (read.n_wrong, ==, 0);
      g_assert_cmpint (read.code, ==, DISC_ERROR_ELSEWHERE); /* of the other volumes */
      g_assert_true ((read.n_right > 0) == (get (all, 0)->volumes->len == 1));

      {
        g_auto (DiscStoreOutcome) outcome = { NULL };

        load (&self, second, &outcome);
      }
      assert_volumes (&self, 1, 0);
      assert_empty (&self, "incoming");
      assert_empty (&self, "leaving");
    }
  g_assert_cmpuint (step, >, 10);
}

/* ---- not sealed ----------------------------------------------------------------------------- */

static void
make_unsealed (const char *dir)
{
  static const DiscInfo info = { .hospital = "見本市民病院", .as_of = "2026-01-01", .months = 13 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (dir, &info, &error);

  g_assert_no_error (error);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static void
test_unsealed (Fixture *fixture, gconstpointer data)
{
  g_auto (Store) self = { NULL };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_auto (DiscStoreOutcome) again = { NULL };
  g_autofree char *plain = g_build_filename (fixture->dir, "plain", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) all = NULL, after = NULL;
  GStatBuf st;

  make_unsealed (plain);
  store_set_up (&self, fixture);
  load_old (&self);
  assert_load_fails (&self, plain, DISC_ERROR_SIGNER);

  self.options.accept_unsealed = TRUE;
  self.options.keep = 1;
  load (&self, plain, &outcome);
  g_assert_cmpuint (outcome.removed->len, ==, 0); /* it never pushes out a signed one */
  assert_same_file (plain, outcome.generation->path, DISC_RECORDS_FILE);
  assert_same_file (plain, outcome.generation->path, DISC_UNSEALED_FILE);
  all = list (&self);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_false (get (all, 0)->is_sealed);
  g_assert_cmpstr (get (all, 0)->as_of, ==, "2026-01-01");
  g_assert_cmpstr (disc_store_newest (all)->as_of, ==, OLD_AS_OF);

  load (&self, plain, &again);
  g_assert_true (again.was_there);
  path = g_build_filename (again.generation->path, DISC_FOLDER, DISC_RECORDS_FILE, NULL);
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 077, ==, 0);
  g_assert_cmpint (truncate (path, st.st_size - DISC_PAGE_SIZE), ==, 0);
  after = list (&self);
  g_assert_nonnull (get (after, 0)->fault);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/store/load", test_load);
  fixture_add ("/disc/store/older", test_older);
  fixture_add ("/disc/store/newer", test_newer);
  fixture_add ("/disc/store/manifest/signed", test_manifest);
  fixture_add ("/disc/store/no-store", test_no_store);
  fixture_add ("/disc/store/refused", test_refused);
  fixture_add ("/disc/store/killed", test_killed);
  fixture_add ("/disc/store/killed-keep-one", test_killed_keep_one);
  fixture_add ("/disc/store/killed-replacing", test_killed_replacing);
  fixture_add ("/disc/store/resumed", test_resumed);
  fixture_add ("/disc/store/wrong-left-over", test_wrong_left_over);
  fixture_add ("/disc/store/repaired", test_repaired);
  fixture_add ("/disc/store/manifest/damaged", test_damaged_manifest);
  fixture_add ("/disc/store/manifest/altered", test_altered_manifest);
  fixture_add ("/disc/store/manifest/generation", test_damaged_generation_manifest);
  fixture_add ("/disc/store/beyond-repair", test_beyond_repair);
  fixture_add ("/disc/store/altered", test_altered);
  fixture_add ("/disc/store/short", test_short);
  fixture_add ("/disc/store/spoilt-copy", test_spoilt_copy);
  fixture_add ("/disc/store/short-generation", test_short_generation);
  fixture_add ("/disc/store/unknown-signer", test_unknown_signer);
  fixture_add ("/disc/store/keep", test_keep);
  fixture_add ("/disc/store/keep-older", test_keep_older);
  fixture_add ("/disc/store/last-good", test_last_good);
  fixture_add ("/disc/store/busy", test_busy);
  fixture_add ("/disc/store/full", test_full);
  fixture_add ("/disc/store/cancelled", test_cancelled);
  fixture_add ("/disc/store/strangers", test_strangers);
  fixture_add ("/disc/store/renamed", test_renamed);
  fixture_add ("/disc/store/volumes", test_volumes);
  fixture_add ("/disc/store/volume-manifest", test_volume_manifest);
  fixture_add ("/disc/store/volume-damaged", test_volume_damaged);
  fixture_add ("/disc/store/volume-killed", test_volume_killed);
  fixture_add ("/disc/store/unsealed", test_unsealed);
  return g_test_run ();
}
