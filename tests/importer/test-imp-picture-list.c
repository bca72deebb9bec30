/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pictures stay on a disc that has no room for all of them. */
#include "imp-picture-list.h"

#include <string.h>

#include "disc-reader.h"
#include "imp-limits.h"

#include "document-fixture.h"

typedef struct
{
  char *dir;
  ImpSpill *spill;
  ImpSpillCoder *coder;
  ImpPictureList *list;
  DiscWriter *writer;
  GBytes *small; /* a picture as it is on a disc, and a larger one */
  GBytes *large;
} Fixture;

/* (transfer full): what the converter makes of it */
static GBytes *
converted (guint edge)
{
  g_autoptr (GBytes) png = fixture_png (edge, edge, edge);
  const ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (png, &limits, &document);
  g_assert_cmpuint (document.pictures->len, ==, 1);
  return g_bytes_ref (fixture_picture (&document, 0)->bytes);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const DiscInfo info = { .as_of = "2026-04-20", .months = 13 };
  g_autofree char *disc = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("tomoshibi-pictures-XXXXXX", NULL);
  disc = g_build_filename (fixture->dir, "disc", NULL);
  fixture->spill = imp_spill_new (fixture->dir, &error);
  g_assert_no_error (error);
  fixture->coder = imp_spill_coder_new ();
  fixture->list = imp_picture_list_new ();
  fixture->small = converted (40);
  fixture->large = converted (80);
  fixture->writer = disc_writer_new (disc, &info, &error);
  g_assert_no_error (error);
  g_assert_true (disc_writer_begin_patient (fixture->writer,
                                            &(DiscPatient){ .facility = "f", .id = "1" }, &error));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->dir);

  g_clear_pointer (&fixture->writer, disc_writer_free);
  imp_picture_list_free (fixture->list);
  imp_spill_coder_free (fixture->coder);
  imp_spill_free (fixture->spill);
  g_bytes_unref (fixture->small);
  g_bytes_unref (fixture->large);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->dir);
}

/* A message of that day with these pictures: s a small one, l a large one, S and L the first such
 * again. */
static void
add_at (Fixture *fixture, const char *file, guint number, const char *place, const char *day,
        const char *pictures)
{
  const guint8 digest[IMP_PICTURE_DIGEST_BYTES] = { 1 };
  g_autoptr (GByteArray) list = g_byte_array_new ();
  ImpMessage message = { .path = file,
                         .entry = number,
                         .entry_name = place,
                         .clinical_at = day,
                         .care_date = "-",
                         .sent_at = "" };
  const DiscMessage written = { .format = DISC_FORMAT_SSMIX2_EXT };
  guint32 firsts[128] = { 0 };
  g_autoptr (GError) error = NULL;

  imp_picture_begin_list (list, digest);
  for (guint i = 0; pictures[i] != '\0'; i++)
    {
      gboolean is_large = g_ascii_tolower (pictures[i]) == 'l';
      GBytes *bytes = is_large ? fixture->large : fixture->small;
      guint edge = is_large ? 80 : 40;
      ImpPicture picture = { .size = (guint32) g_bytes_get_size (bytes),
                             .number = i + 1,
                             .width = edge,
                             .height = edge,
                             .is_png = TRUE,
                             .name = "" };

      if (g_ascii_isupper (pictures[i]))
        picture.same_as = firsts[(guchar) g_ascii_tolower (pictures[i])];
      else
        imp_spill_put_apart (fixture->spill, fixture->coder, g_bytes_get_data (bytes, NULL),
                             g_bytes_get_size (bytes), &picture.place, &error);
      g_assert_no_error (error);
      firsts[(guchar) pictures[i]] = i + 1;
      imp_picture_append (&picture, list);
    }
  message.pictures = list->data;
  message.pictures_len = list->len;
  g_assert_true (disc_writer_add_message (fixture->writer, &written, NULL, NULL, &error));
  imp_picture_list_add (fixture->list, &message, disc_writer_last_rid (fixture->writer), "f", "1");
}

static void
add (Fixture *fixture, const char *day, const char *pictures)
{
  g_autofree char *path = g_strdup_printf ("%s of %s", pictures, day);

  add_at (fixture, path, 0, NULL, day, pictures);
}

/* What is on the disc of each message: "+" a picture, "=" one that is there already, "-" left out.
 */
static char *
outcome (Fixture *fixture, guint64 max_bytes, guint *n_findings)
{
  g_autoptr (ImpTally) tally = imp_tally_new ();
  ImpWrite write = {
    .spill = fixture->spill, .writer = fixture->writer, .tally = tally, .cancellable = NULL
  };
  g_autofree char *disc = g_build_filename (fixture->dir, "disc", NULL);
  const DiscInfo info = { .as_of = "2026-04-20", .months = 13 };
  GString *out = g_string_new (NULL);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  imp_picture_list_choose (fixture->list, max_bytes);
  g_assert_true (imp_picture_list_write (fixture->list, &write, &error));
  g_assert_no_error (error);
  g_assert_true (disc_writer_finish (fixture->writer, &info, "{}", "{}", &error));
  reader = disc_reader_open (disc, &error);
  g_assert_no_error (error);
  findings = disc_reader_load_findings (reader, NULL, NULL, &error);
  *n_findings = findings->len;
  for (guint seq = 0; seq < 8; seq++)
    {
      g_autoptr (GPtrArray) pictures = disc_reader_load_pictures (reader, 1 << 20 | seq, &error);

      for (guint i = 0; i < pictures->len; i++)
        {
          const DiscPicture *picture = g_ptr_array_index (pictures, i);
          g_autoptr (GBytes) bytes = disc_reader_load_picture (reader, picture, NULL);

          g_assert_true ((bytes != NULL) == (picture->absent == NULL));
          g_string_append_c (out, picture->absent != NULL                      ? '-'
                                  : (picture->data & 0xfff) == picture->number ? '+'
                                                                               : '=');
        }
      g_string_append_c (out, pictures->len > 0 ? ' ' : '.');
    }
  return g_string_free (out, FALSE);
}

/* In the order of their rows, while the newest were chosen first. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  gsize s = g_bytes_get_size (fixture->small), l = g_bytes_get_size (fixture->large);
  g_autofree char *found = NULL;
  guint n_findings;

  g_assert_cmpuint (l, >, 2 * s);
  add (fixture, "2026-01-10", "s"); /* the oldest but one that has a day: room is left for it */
  add (fixture, "2026-03-01T10:00", "sSs");
  add (fixture, "", "s"); /* without a day: no room */
  add (fixture, "2026-03-02", "lL");
  add (fixture, "2026-02-01", "lL"); /* no room, so neither */
  add (fixture, "2026-03-03", "");
  g_assert_cmpuint (imp_picture_list_bytes (fixture->list), ==, 4 * s + 2 * l);
  found = outcome (fixture, 3 * s + l, &n_findings);
  g_assert_cmpstr (found, ==, "+ +=+ - += -- ...");
  g_assert_cmpuint (n_findings, ==, 2);
}

/* The finding names each of them. */
static void
test_named (Fixture *fixture, gconstpointer data)
{
  gsize s = g_bytes_get_size (fixture->small);
  g_autofree char *disc = g_build_filename (fixture->dir, "disc", NULL);
  g_autofree char *found = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const DiscFinding *finding;
  guint n_findings;

  add (fixture, "2026-01-10", "slllsl");
  found = outcome (fixture, 2 * s, &n_findings);
  g_assert_cmpstr (found, ==, "+---+- .......");
  g_assert_cmpuint (n_findings, ==, 1);
  reader = disc_reader_open (disc, NULL);
  findings = disc_reader_load_findings (reader, "f", "1", NULL);
  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (finding->code, ==, "attachment-refused");
  g_assert_cmpstr (finding->path, ==, "slllsl of 2026-01-10");
  g_assert_cmpstr (finding->detail, ==,
                   "not on the disc of 6 pictures: number 2-4, 6: beyond what pictures may take "
                   "(--max-image-bytes)");
}

/* Spec fhir.md 8: its place is the file and the entry in it; of one file the first entries stay. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "line 10", "bundle[2].entry[3]", "7", NULL };
  gsize s = g_bytes_get_size (fixture->small);
  g_autofree char *disc = g_build_filename (fixture->dir, "disc", NULL);
  g_autofree char *found = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  guint n_findings;

  add_at (fixture, "a.ndjson", 0, "line 10", "2026-01-10", "s");
  add_at (fixture, "a.ndjson", 0, "line 9", "2026-01-10", "s");
  add_at (fixture, "b.json", 0, "bundle[2].entry[3]", "2026-01-09", "s");
  add_at (fixture, "c", 7, "", "2026-01-09", "s");
  add_at (fixture, "d", 0, NULL, "2026-01-08", "s");
  found = outcome (fixture, s, &n_findings);
  g_assert_cmpstr (found, ==, "- + - - - ...");
  g_assert_cmpuint (n_findings, ==, G_N_ELEMENTS (wanted));
  reader = disc_reader_open (disc, NULL);
  findings = disc_reader_load_findings (reader, "f", "1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (((const DiscFinding *) g_ptr_array_index (findings, i))->entry, ==, wanted[i]);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autofree char *found = NULL;
  guint n_findings;

  add (fixture, "2026-01-10", "sl");
  add (fixture, "2026-01-11", "sS");
  found = outcome (fixture, 0, &n_findings);
  g_assert_cmpstr (found, ==, "-- -- ......");
  g_assert_cmpuint (n_findings, ==, 2);
}

/* Of one day by their paths, whatever their time and row; and those that stay have room to the
 * byte. */
static void
test_same_day (Fixture *fixture, gconstpointer data)
{
  gsize s = g_bytes_get_size (fixture->small);
  g_autofree char *found = NULL;
  guint n_findings;

  add (fixture, "2026-01-10T09", "s");
  add (fixture, "2026-01-10", "s");
  add (fixture, "2026-01-10T08", "s");
  found = outcome (fixture, 2 * s, &n_findings);
  g_assert_cmpstr (found, ==, "- + + .....");
  g_assert_cmpuint (n_findings, ==, 1);
}

static void
test_budget (void)
{
  const guint64 dvd = G_GUINT64_CONSTANT (4707319808);

  /* Nobody said what it is for. */
  g_assert_cmpuint (imp_write_image_budget (1000, 0), ==, IMP_USUAL_IMAGE_BYTES);
  /* Three quarters of what is left. */
  g_assert_cmpuint (imp_write_image_budget (707319808, dvd), ==, 3000000000);
  /* There will be a further volume anyhow. */
  g_assert_cmpuint (imp_write_image_budget (dvd, dvd), ==, dvd / 4 * 3);
  g_assert_cmpuint (imp_write_image_budget (9 * dvd, dvd), ==, dvd / 4 * 3);
}

static void
test_spill_form (void)
{
  const guint8 digest[IMP_PICTURE_DIGEST_BYTES] = { 7 };
  g_autoptr (GByteArray) list = g_byte_array_new ();
  const ImpPicture first = { .place = { 5, 6 },
                             .size = 7,
                             .number = 1,
                             .page = 2,
                             .width = 3,
                             .height = 4,
                             .original_width = 30,
                             .original_height = 40,
                             .name = "図1" };
  const ImpPicture second = { .size = 8, .number = 2, .same_as = 1, .is_png = TRUE, .name = "" };
  ImpPicture out;
  gsize pos = 0;

  g_assert_false (imp_picture_next (NULL, 0, &pos, &out));
  imp_picture_begin_list (list, digest);
  g_assert_false (imp_picture_next (list->data, list->len, &pos, &out));
  imp_picture_append (&first, list);
  imp_picture_append (&second, list);
  g_assert_true (imp_picture_next (list->data, list->len, &pos, &out));
  g_assert_cmpuint (out.place.offset, ==, 5);
  g_assert_cmpuint (out.place.len, ==, 6);
  g_assert_cmpuint (out.original_height, ==, 40);
  g_assert_cmpstr (out.name, ==, "図1");
  g_assert_cmpstr (imp_picture_media_type (&out), ==, "image/jpeg");
  g_assert_true (imp_picture_next (list->data, list->len, &pos, &out));
  g_assert_cmpuint (out.same_as, ==, 1);
  g_assert_cmpstr (imp_picture_media_type (&out), ==, "image/png");
  g_assert_false (imp_picture_next (list->data, list->len, &pos, &out));
  pos = 0;
  g_assert_false (imp_picture_next (list->data, IMP_PICTURE_DIGEST_BYTES + sizeof out, &pos, &out));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/picture-list/choose", test_choose);
  ADD ("/importer/picture-list/named", test_named);
  ADD ("/importer/picture-list/places", test_places);
  ADD ("/importer/picture-list/none", test_none);
  ADD ("/importer/picture-list/same-day", test_same_day);
  g_test_add_func ("/importer/picture-list/budget", test_budget);
  g_test_add_func ("/importer/picture-list/spill-form", test_spill_form);
  return g_test_run ();
}
