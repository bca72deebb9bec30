/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cjson/cJSON.h>
#include <poppler.h>
#include <string.h>

#include "imp-error.h"
#include "imp-paper.h"
#include "imp-report.h"

#define PRINTED "2026-11-02 08:15"
#define N_WARDS 150
#define N_LONG 30000 /* characters: more than a sheet has */

static PopplerDocument *
open_pdf (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static PopplerDocument *
print (const char *json, guint64 serial, guint64 *n_unknown)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = imp_report_pdf (json, serial, PRINTED, n_unknown, &error);

  g_assert_no_error (error);
  return open_pdf (pdf);
}

static char *
page_text (PopplerDocument *document, int index)
{
  PopplerPage *page = poppler_document_get_page (document, index);
  char *text = poppler_page_get_text (page);

  g_object_unref (page);
  return text;
}

static char *
all_text (PopplerDocument *document)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autofree char *text = page_text (document, i);

      g_string_append (all, text);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static guint
count_of (const char *text, const char *what)
{
  guint n = 0;

  for (const char *p = strstr (text, what); p != NULL; p = strstr (p + strlen (what), what))
    n++;
  return n;
}

/* Nothing is cut off at an edge, and nothing stands over the foot. */
static void
assert_inside (PopplerDocument *document)
{
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      PopplerRectangle *places = NULL;
      guint n = 0;

      g_assert_true (poppler_page_get_text_layout (page, &places, &n));
      g_assert_cmpuint (n, >, 0);
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpfloat (places[j].x1, >=, IMP_PAPER_LEFT - 1);
          g_assert_cmpfloat (places[j].x2, <=, IMP_PAPER_WIDTH - IMP_PAPER_RIGHT + 1);
          g_assert_cmpfloat (MIN (places[j].y1, places[j].y2), >=, 20);
          g_assert_cmpfloat (MAX (places[j].y1, places[j].y2), <=, IMP_PAPER_HEIGHT - 20);
        }
      g_free (places);
      g_object_unref (page);
    }
}

static char *
many_wards (void)
{
  cJSON *report = cJSON_CreateObject ();
  cJSON *wards = cJSON_AddArrayToObject (report, "wards");
  char *json;

  cJSON_AddStringToObject (report, "hospital", "見本市民病院");
  cJSON_AddStringToObject (report, "as_of", "2026-11-01T23:50");
  for (guint i = 0; i < N_WARDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("ward-%03u", i);
      cJSON *ward = cJSON_CreateObject ();

      cJSON_AddStringToObject (ward, "ward", name);
      cJSON_AddNumberToObject (ward, "patients", 1000 + i);
      cJSON_AddStringToObject (ward, "newest_sent", "2026-11-01T23:40:12");
      cJSON_AddItemToArray (wards, ward);
    }
  json = cJSON_PrintUnformatted (report);
  cJSON_Delete (report);
  return json;
}

/* A table over several sheets has its heads and its name on each, and each sheet says what it is
 * of. */
static void
test_sheets (void)
{
  g_autofree char *json = many_wards ();
  guint64 n_unknown = 1;
  PopplerDocument *document = print (json, 17, &n_unknown);
  int n = poppler_document_get_n_pages (document);
  guint n_wards = 0;
  g_autofree char *all = NULL;

  g_assert_cmpuint (n_unknown, ==, 0);
  g_assert_cmpint (n, >, 3);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *text = page_text (document, i);
      g_autofree char *number = g_strdup_printf ("Page %d / %d", i + 1, n);
      guint of_page = count_of (text, "ward-");

      g_assert_nonnull (strstr (text, number));
      g_assert_nonnull (strstr (text, "見本市民病院"));
      g_assert_nonnull (strstr (text, "Disc number 17"));
      g_assert_nonnull (strstr (text, "Data as of 2026-11-01 23:50"));
      g_assert_nonnull (strstr (text, "PDF made " PRINTED));
      g_assert_cmpuint (count_of (text, "In hospital"), ==, of_page > 0 ? 1 : 0);
      g_assert_cmpuint (count_of (text, "Last arrival by ward (continued)"), ==,
                        of_page > 0 && n_wards > 0 ? 1 : 0);
      n_wards += of_page;
    }
  all = all_text (document);
  for (guint i = 0; i < N_WARDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("ward-%03u", i);
      g_autofree char *patients = g_strdup_printf ("1,%03u", i);

      g_assert_cmpuint (count_of (all, name), ==, 1);
      g_assert_cmpuint (count_of (all, patients), >=, 1);
    }
  g_assert_cmpuint (n_wards, ==, N_WARDS);
  assert_inside (document);
  g_object_unref (document);
}

/* Words that nothing could break, of one cell more than a sheet takes, come out whole; so do those
 * beside them. No hyphen is added. */
static void
test_long (void)
{
  g_autofree char *word = g_strnfill (N_LONG, 'x');
  g_autofree char *name = g_strnfill (300, 'y');
  g_autofree char *json = g_strdup_printf (
      "{\"hospital\":\"%s\",\"sources\":[{\"name\":\"%s\",\"types\":{\"%s\":{\"files\":7654321},"
      "\"qq\":{\"files\":99999999999999}}}],"
      "\"stop_rules\":[{\"rule\":\"empty\",\"outcome\":\"passed\",\"detail\":\"%s\",\"limit\":\"%"
      "s\"}]}",
      name, name, name, word, name);
  guint64 n_unknown;
  PopplerDocument *document = print (json, 0, &n_unknown);
  g_autofree char *all = all_text (document);

  assert_inside (document);
  g_assert_cmpuint (count_of (all, "x"), ==, N_LONG);
  /* of the limit, the type, the source and the first page; its head on each sheet may be shortened
   */
  g_assert_cmpuint (count_of (all, "y"), >=, 4 * 300);
  g_assert_null (strstr (all, "x-"));
  g_assert_null (strstr (all, "x‐"));
  g_assert_nonnull (strstr (all, "7,654,321"));
  g_assert_nonnull (strstr (all, "99,999,999,999,999"));
  g_assert_nonnull (strstr (all, "(continued)"));
  g_object_unref (document);
}

/* What a verdict says stands on the first sheet, in words and with a sign. */
static void
test_verdict (void)
{
  static const struct
  {
    const char *level;
    const char *sign;
    const char *words;
  } cases[] = {
    { "serious", "■", "Do not rely on this disc before these points are explained." },
    { "not-written", "■", "No disc was written." },
    { "attention", "▲", "The disc can be used. These points should be looked at." },
    { "nothing-found", "·", "Nothing stands out. That is no proof that everything is there." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"verdict\":{\"level\":\"%s\",\"reasons\":["
                           "{\"code\":\"disputed\",\"level\":\"attention\",\"n\":4}]}}",
                           cases[i].level);
      guint64 n_unknown;
      PopplerDocument *document = print (json, 0, &n_unknown);
      g_autofree char *text = page_text (document, 0);
      g_auto (GStrv) words = g_strsplit (cases[i].words, " ", -1);

      /* may be wrapped */
      for (guint j = 0; words[j] != NULL; j++)
        g_assert_nonnull (strstr (text, words[j]));
      g_assert_nonnull (strstr (text, cases[i].sign));
      g_assert_nonnull (
          strstr (text, "Messages whose folder and content name different patients: 4."));
      g_assert_nonnull (strstr (text, "Verdict"));
      g_object_unref (document);
    }
}

/* The darkest of the three grounds is that of the worst verdict: told without colours.
 * Returns: how light the row of the verdict is, 0 to 255 */
static guint
ground_of (const char *level)
{
  g_autofree char *json = g_strdup_printf ("{\"verdict\":{\"level\":\"%s\"}}", level);
  guint64 n_unknown;
  PopplerDocument *document = print (json, 0, &n_unknown);
  PopplerPage *page = poppler_document_get_page (document, 0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 596, 842);
  cairo_t *cr = cairo_create (surface);
  const guchar *pixel;
  PopplerRectangle *places = NULL;
  g_autofree char *text = poppler_page_get_text (page);
  const char *word = strstr (text, "Verdict");
  guint n = 0;
  guint light;

  g_assert_nonnull (word);
  poppler_page_get_text_layout (page, &places, &n);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  poppler_page_render (page, cr);
  cairo_surface_flush (surface);
  /* inside the frame, below the word above it, at the left of the sign */
  pixel = cairo_image_surface_get_data (surface) +
          (gsize) ((int) places[g_utf8_pointer_to_offset (text, word)].y2 + 12) *
              (gsize) cairo_image_surface_get_stride (surface) +
          (gsize) (IMP_PAPER_LEFT + 5) * 4;
  light = pixel[1];
  g_assert_cmpuint (pixel[0], ==, pixel[1]);
  g_assert_cmpuint (pixel[2], ==, pixel[1]);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_free (places);
  g_object_unref (page);
  g_object_unref (document);
  return light;
}

static void
test_greys (void)
{
  g_assert_cmpuint (ground_of ("serious"), ==, 0);
  g_assert_cmpuint (ground_of ("not-written"), ==, 0);
  g_assert_cmpuint (ground_of ("attention"), >, 180);
  g_assert_cmpuint (ground_of ("attention"), <, 240);
  g_assert_cmpuint (ground_of ("nothing-found"), ==, 255);
}

/* Unknown is said, not left out. */
static void
test_unknown (void)
{
  guint64 n_unknown;
  PopplerDocument *document = print ("{}", 0, &n_unknown);
  g_autofree char *text = page_text (document, 0);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (text, "This report has no verdict."));
  g_assert_nonnull (strstr (text, "Hospital not named"));
  g_assert_nonnull (strstr (text, "Disc without a number"));
  g_assert_nonnull (strstr (text, "Data as of unknown"));
  g_object_unref (document);

  g_assert_null (imp_report_pdf ("[]", 0, PRINTED, &n_unknown, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
}

/* Characters that are in no font are counted, bytes that are no characters end nothing. */
static void
test_characters (void)
{
  guint64 n_unknown = 0;
  /* Of the two in the hospital's name each stands on the first sheet twice: in its head and in the
   * list. */
  PopplerDocument *document =
      print ("{\"hospital\":\"\xf3\xb0\x80\x80見本\xf3\xb0\x80\x81\"}", 0, &n_unknown);

  g_assert_cmpuint (n_unknown, ==, 4);
  g_object_unref (document);

  document = print ("{\"hospital\":\"a\xff\xfe z\",\"facility\":\"\"}", 0, &n_unknown);
  g_object_unref (document);
}

static gint64
created (PopplerDocument *document)
{
  g_autoptr (GDateTime) time = poppler_document_get_creation_date_time (document);

  return time != NULL ? g_date_time_to_unix (time) : -1;
}

static void
test_metadata (void)
{
  static const struct
  {
    const char *as_of;
    gint64 created;
  } cases[] = {
    { "2026-11-01", 1793491200 },
    { "2026", -1 }, /* would be read as a day of January */
    { "yesterday, or so", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"hospital\":\"見本病院\",\"as_of\":\"%s\"}", cases[i].as_of);
      guint64 n_unknown;
      PopplerDocument *document = print (json, 0, &n_unknown);
      g_autofree char *title = poppler_document_get_title (document);

      g_assert_cmpstr (title, ==, "Quality of an emergency disc – 見本病院");
      g_assert_cmpint (created (document), ==, cases[i].created);
      g_object_unref (document);
    }
}

/* The same disc printed at the same time gives the same file. */
static void
test_same_bytes (void)
{
  g_autofree char *json = many_wards ();
  guint64 n_unknown;
  g_autoptr (GBytes) one = imp_report_pdf (json, 17, PRINTED, &n_unknown, NULL);
  g_autoptr (GBytes) other = imp_report_pdf (json, 17, PRINTED, &n_unknown, NULL);
  g_autoptr (GBytes) later = imp_report_pdf (json, 17, "2026-11-02 08:16", &n_unknown, NULL);

  g_assert_true (g_bytes_equal (one, other));
  g_assert_false (g_bytes_equal (one, later));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/report/pdf/sheets", test_sheets);
  g_test_add_func ("/importer/report/pdf/long", test_long);
  g_test_add_func ("/importer/report/pdf/verdict", test_verdict);
  g_test_add_func ("/importer/report/pdf/greys", test_greys);
  g_test_add_func ("/importer/report/pdf/unknown", test_unknown);
  g_test_add_func ("/importer/report/pdf/characters", test_characters);
  g_test_add_func ("/importer/report/pdf/metadata", test_metadata);
  g_test_add_func ("/importer/report/pdf/same-bytes", test_same_bytes);
  return g_test_run ();
}
