/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that nobody here wrote: facts read in them by eye, and each section and row counted by a walk
 * of its own. */
#include "config.h"

#include <libxml/parser.h>
#include <string.h>

#include "cda-fixture.h"

typedef struct
{
  const char *path;
  const char *title;
  const char *name;
  const char *birth_date;
  const char *sex;
  guint n_sections;
  guint n_rows;
  const char *lines[3]; /* of the text */
} Document;

static const Document documents[] = {
  { "cda-ccda-cc0/CCD Parent Document Replace (C-CDAR2.1).xml",
    "CCD Demonstrating Replacement of Prior CCD", "Maur　Richard", "1980-08-01", "M", 20, 3, { NULL } },
  { "cda-ccda-cc0/CCD.xml", "Summary of Patient Chart", "Jones　Isabella", "1950-12-19", "F", 7, 11,
    { "■ ALLERGIES AND ADVERSE REACTIONS", "No known allergies",
      "Electrocardiogram (12-Lead)\t29 Mar 2014 09:15am\tCompleted" } },
  { "cda-ccda-cc0/CDA_with_Embedded_PDF.xml", "Personal Advance Care Document",
    "McBee　Roger　Rienman", "1930-09-11", "M", 0, 0, { "［本文は添付ファイル：application/pdf］" } },
  { "cda-ccda-cc0/Consultation_Note.xml", "Community Health Consult Note", "Betterhalf　Eve",
    "1975-05-01", "F", 13, 29, { NULL } },
  { "cda-ccda-cc0/Diagnostic_Imaging_Report.xml", "Chest X-Ray, PA and LAT View", "Everyman　Adam",
    "1954-11-25", "M", 5, 0, { NULL } },
  { "cda-ccda-cc0/Discharge_Summary.xml", "Community Health and Hospitals: Discharge Summary",
    "Jones　Isabella", "2005-05-01", "F", 21, 33,
    { "■ HOSPITAL COURSE", "Penicillin\tNausea\tModerate to severe\tActive",
      "Tetanus and diphtheria toxoids, IM (NOT ADMINISTERED)\tSep 1, 2014\tPatient Refused" } },
  { "cda-ccda-cc0/Operative_Note.xml", "Community Health and Hospitals: Operative Note",
    "Jones　Isabella　Isa", "2005-05-01", "F", 16, 2, { NULL } },
  { "cda-ccda-cc0/Progress_Note.xml", "Progress Note", "Everyman　Adam　Frankie", "1954-11-25", "M", 12,
    21, { "Penicillin\tNausea", "Codeine\tWheezing" } },
  { "cda-fhir-test-cases/cda-original.xml", "Good Health Clinic Consultation Note", "Levin　Henry",
    "1932-09-24", "M", 15, 12,
    { "　■ Vital Signs", "Systolic\t132 mmHg\t135 mmHg", "・Penicillin - Hives" } },
  { "cda-sample-ccdas-ccby/26840_ClinicalVisitSummary_CCDA.xml", "MU2 Clinical Visit Summary",
    "ClinicalSummary　Three", "1948-04-09", "F", 14, 26, { NULL } },
  { "cda-sample-ccdas-ccby/Kareo_CCD_export_Joey_Miller.ccd", "", "MILLER　JOEY　null", "1947-10-10",
    "M", 6, 22, { NULL } },
  { "cda-sample-ccdas-ccby/MaryGrant-ClinicalSummary.xml", "Summary of Care", "Grant　Mary",
    "1987-03-21", "F", 12, 25, { NULL } },
  { "cda-sample-ccdas-ccby/Patient-1.xml", "Community Health and Hospitals: Health Summary",
    "Crawford　Wilma", "1943-09-03T12:00:00", "F", 9, 115,
    { "Codeine\tNDF-RT\tN0000006691\tCodeine\tFatal\tSusceptible\t03-31-2010 10:00:00\tActive" } },
  { "cda-sample-ccdas-ccby/hernia.xml", "Operative Report", "Wayne　John", "1965-01-15", "M", 34, 0,
    { "■ Surgeon", "　■ ASA Physical Status", "・Class II. Patient with mild systemic disease" } },
  { "cda-sample-ccdas-ccby/problems-and-medications.xml",
    "Continuity\u00a0of\u00a0Care\u00a0Document:\u00a010/26/2010\u00a0to\u00a010/28/2010",
    "Wade　Victoria　E", "1954-03-23T00:00:00.000-06:00", "F", 2, 13, { NULL } },
};

/* Returns: (transfer full) (nullable): the folder, or %NULL and the test is skipped */
static char *
find_corpus (void)
{
  const char *corpus = g_getenv ("TOMOSHIBI_CORPUS");
  const char *source = g_getenv ("TOMOSHIBI_SOURCE_DIR");
  g_autofree char *root = NULL;

  root = corpus != NULL || source == NULL ? g_strdup (corpus)
                                          : g_build_filename (source, "..", "shared", "corpus", NULL);
  if (root == NULL || !g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the corpus is not there: set TOMOSHIBI_CORPUS");
      return NULL;
    }
  return g_steal_pointer (&root);
}

/* ---- the other walk ---------------------------------------------------------------------------- */

/* Letters and tabs: what is left whoever lays the words out. */
static char *
bare (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\t' || (guchar) *p > ' ')
      g_string_append_c (out, *p);
  g_string_replace (out, "・", "", 0);
  g_string_replace (out, "　", "", 0);
  while (out->len > 0 && out->str[out->len - 1] == '\t')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static char *
row_words (xmlNode *row)
{
  GString *out = g_string_new (NULL);
  g_autofree char *words = NULL;
  guint n = 0;

  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next)
    if (is_named (cell, "td") || is_named (cell, "th"))
      {
        xmlChar *content = xmlNodeGetContent (cell);

        g_strdelimit ((char *) content, "\t", ' ');
        g_string_append_printf (out, "%s%s", n++ > 0 ? "\t" : "", (const char *) content);
        xmlFree (content);
      }
  words = g_string_free (out, FALSE);
  return bare (words);
}

static gboolean
spans (xmlNode *row)
{
  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next)
    if (cell->type == XML_ELEMENT_NODE &&
        (xmlHasProp (cell, (const xmlChar *) "colspan") != NULL ||
         xmlHasProp (cell, (const xmlChar *) "rowspan") != NULL))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GHashTable *lines; /* of the text, bare */
  guint n_sections;
  guint n_rows;
} Walk;

static void
walk (Walk *self, xmlNode *node)
{
  for (; node != NULL; node = node->next)
    {
      g_autofree char *words = is_named (node, "tr") ? row_words (node) : NULL;

      self->n_sections += is_named (node, "section");
      self->n_rows += words != NULL;
      if (words != NULL && *words != '\0' && !spans (node) &&
          !g_hash_table_contains (self->lines, words))
        g_error ("no line for row %u: '%s'", self->n_rows, words);
      walk (self, node->children);
    }
}

/* ---- one document ------------------------------------------------------------------------------ */

static void
check_text (const Document *document, const char *bytes, gsize len, const char *text)
{
  Walk self = { .lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  xmlDoc *tree = xmlReadMemory (bytes, (int) len, NULL, NULL, XML_PARSE_NONET);
  guint n_heads = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *words = bare (lines[i]);

      n_heads += g_str_has_prefix (words, "■");
      g_hash_table_add (self.lines, g_steal_pointer (&words));
    }
  g_assert_nonnull (tree);
  walk (&self, xmlDocGetRootElement (tree));
  xmlFreeDoc (tree);
  g_hash_table_unref (self.lines);
  g_assert_cmpuint (self.n_sections, ==, document->n_sections);
  g_assert_cmpuint (self.n_rows, ==, document->n_rows);
  g_assert_cmpuint (n_heads, ==, document->n_sections);
  for (guint i = 0; i < G_N_ELEMENTS (document->lines) && document->lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) lines, document->lines[i]))
      g_error ("no line '%s'", document->lines[i]);
}

static void
check_document (CdaFixture *fixture, const char *root, const Document *document)
{
  g_autofree char *path = g_build_filename (root, document->path, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) decoded = g_string_new (NULL);
  const ImpFacts *facts = &fixture->mapped->facts;
  gsize len;

  g_test_message ("%s", document->path);
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_cmpuint (imp_xml_decode ((const guint8 *) bytes, len, decoded), ==, 0);
  cda_map (fixture, decoded->str);
  if (*document->title != '\0')
    cda_assert_value (fixture, DISC_FIELD_TITLE, document->title);
  g_assert_cmpstr (facts->name, ==, document->name);
  g_assert_cmpstr (facts->birth_date, ==, document->birth_date);
  g_assert_cmpstr (facts->sex, ==, document->sex);
  text = cda_values (fixture, DISC_FIELD_TEXT);
  check_text (document, bytes, len, text);
}

static void
test_corpus (CdaFixture *fixture, gconstpointer data)
{
  g_autofree char *root = find_corpus ();

  fixture->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
  for (guint i = 0; root != NULL && i < G_N_ELEMENTS (documents); i++)
    check_document (fixture, root, &documents[i]);
  /* one PDF inside a document, and two files that another points to */
  if (root != NULL)
    g_assert_cmpuint (fixture->attachments->len, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cda_add ("/importer/cda-corpus/documents", test_corpus);
  return g_test_run ();
}
