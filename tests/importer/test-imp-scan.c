/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build-fixture.h"
#include "disc-format.h"
#include "disc-reader.h"
#include "document-fixture.h"
#include "imp-scan.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* What stands in for a virus; the true test file of that trade would upset scanners of sources. */
#define BAD "INVENTED-BAD-BYTES"

#define NOTE_FOLDER                                                                                \
  "012/345/0123456789/20260410/L12345^入院診療録^99ZZZ^11506-3^経過記録^LN/"                            \
  "0123456789_20260410_11506-3_78_20260410150000321_01_1/"

typedef enum
{
  CLAMD_ANSWERS,
  CLAMD_SILENT,   /* hangs up without a word */
  CLAMD_NONSENSE,
  CLAMD_LIMIT,    /* takes no stream at all */
} Manner;

/* A daemon of ours, in a thread. */
typedef struct
{
  char *path;
  Manner manner;
  int fd;
  gint n_streams; /* atomic */
  gint n_bytes;   /* atomic */
  GThread *thread;
} Clamd;

static gboolean
read_all (int fd, void *out, gsize len)
{
  guint8 *p = out;

  while (len > 0)
    {
      gssize n = recv (fd, p, len, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      p += n;
      len -= (gsize) n;
    }
  return TRUE;
}

static void
say (int fd, const char *answer)
{
  g_assert_cmpint (send (fd, answer, strlen (answer) + 1, MSG_NOSIGNAL), ==,
                   (gssize) strlen (answer) + 1);
}

/* clamd(8), as a reader of it would write it: chunks behind their length in network order. */
static void
take_stream (Clamd *clamd, int fd)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 head;

  g_atomic_int_inc (&clamd->n_streams);
  if (clamd->manner == CLAMD_LIMIT)
    {
      say (fd, "INSTREAM size limit exceeded. ERROR");
      return;
    }
  while (read_all (fd, &head, sizeof head) && (head = GUINT32_FROM_BE (head)) != 0)
    {
      gsize filled = bytes->len;

      g_assert_cmpuint (head, <=, 1024 * 1024);
      g_byte_array_set_size (bytes, (guint) (filled + head));
      g_assert_true (read_all (fd, bytes->data + filled, head));
    }
  g_atomic_int_add (&clamd->n_bytes, (int) bytes->len);
  if (clamd->manner == CLAMD_NONSENSE)
    say (fd, "what?");
  else if (memmem (bytes->data, bytes->len, BAD, strlen (BAD)) != NULL)
    say (fd, "stream: Invented.Test-1 FOUND");
  else
    say (fd, "stream: OK");
}

static gpointer
run_clamd (gpointer data)
{
  Clamd *clamd = data;

  while (TRUE)
    {
      int fd = accept (clamd->fd, NULL, NULL);
      char word[16];
      gsize len = 0;

      if (fd < 0)
        return NULL;
      while (len + 1 < sizeof word && read_all (fd, word + len, 1) && word[len] != '\0')
        len++;
      word[len] = '\0';
      if (strcmp (word, "zVERSION") == 0)
        say (fd, "ClamAV 9.9.9/1/Fri May  1 02:00:00 2026");
      else if (strcmp (word, "zINSTREAM") == 0 && clamd->manner != CLAMD_SILENT)
        take_stream (clamd, fd);
      else if (strcmp (word, "zINSTREAM") == 0)
        g_atomic_int_inc (&clamd->n_streams);
      close (fd);
      if (strcmp (word, "zQUIT") == 0)
        return NULL;
    }
}

static void
clamd_begin (Clamd *clamd, const char *dir, Manner manner)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  memset (clamd, 0, sizeof *clamd);
  clamd->manner = manner;
  clamd->path = g_build_filename (dir, "clamd.ctl", NULL);
  unlink (clamd->path);
  g_assert_cmpuint (strlen (clamd->path), <, sizeof address.sun_path);
  g_strlcpy (address.sun_path, clamd->path, sizeof address.sun_path);
  clamd->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (clamd->fd, >=, 0);
  g_assert_cmpint (bind (clamd->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (clamd->fd, 16), ==, 0);
  clamd->thread = g_thread_new ("clamd", run_clamd, clamd);
}

static void
clamd_end (Clamd *clamd)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, clamd->path, sizeof address.sun_path);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  say (fd, "zQUIT");
  g_thread_join (clamd->thread);
  close (fd);
  close (clamd->fd);
  unlink (clamd->path);
  g_free (clamd->path);
}

/* ---- asking --------------------------------------------------------------------------------- */

static void
test_verdicts (BuildFixture *fixture, gconstpointer data)
{
  const gsize len = 200 * 1000; /* more than one chunk */
  g_autofree guint8 *bytes = g_malloc0 (len);
  g_autoptr (ImpScanner) scanner = NULL;
  g_autofree char *name = NULL;
  Clamd clamd;

  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  scanner = imp_scanner_new (clamd.path);
  g_assert_nonnull (scanner);
  g_assert_true (g_str_has_prefix (imp_scanner_version (scanner), "ClamAV 9.9.9/1/"));
  g_assert_cmpint (imp_scanner_scan (scanner, bytes, len, &name), ==, IMP_SCAN_CLEAN);
  g_assert_null (name);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_bytes), ==, (int) len);
  memcpy (bytes + len - strlen (BAD), BAD, strlen (BAD));
  g_assert_cmpint (imp_scanner_scan (scanner, bytes, len, &name), ==, IMP_SCAN_INFECTED);
  g_assert_cmpstr (name, ==, "Invented.Test-1");
  /* never sent */
  g_assert_cmpint (imp_scanner_scan (scanner, bytes, IMP_SCAN_MAX_BYTES + 1, NULL), ==,
                   IMP_SCAN_TOO_LARGE);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, 2);
  clamd_end (&clamd);

  /* gone in the middle of a run */
  g_assert_cmpint (imp_scanner_scan (scanner, bytes, 10, NULL), ==, IMP_SCAN_FAILED);
}

static void
test_trouble (BuildFixture *fixture, gconstpointer data)
{
  static const struct
  {
    Manner manner;
    ImpScanVerdict verdict;
    int n_asked; /* of five times */
  } cases[] = {
    { CLAMD_SILENT, IMP_SCAN_FAILED, 3 },
    { CLAMD_NONSENSE, IMP_SCAN_FAILED, 3 },
    { CLAMD_LIMIT, IMP_SCAN_TOO_LARGE, 5 },
  };
  const gsize len = 3 * 1000 * 1000;
  g_autofree guint8 *bytes = g_malloc0 (len);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ImpScanner) scanner = NULL;
      Clamd clamd;

      clamd_begin (&clamd, fixture->dir, cases[i].manner);
      scanner = imp_scanner_new (clamd.path);
      for (guint j = 0; j < 5; j++)
        g_assert_cmpint (imp_scanner_scan (scanner, bytes, len, NULL), ==, cases[i].verdict);
      g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, cases[i].n_asked);
      clamd_end (&clamd);
    }
}

static void
test_absent (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nobody", NULL);
  g_autofree char *long_path = g_strnfill (300, 'x');

  g_assert_null (imp_scanner_new (nowhere));
  g_assert_null (imp_scanner_new (long_path));
  g_assert_null (imp_scanner_new ("none"));
}

/* ---- building ------------------------------------------------------------------------------- */


static cJSON *
read_report (const char *path)
{
  g_autofree char *json = NULL;
  cJSON *report;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  report = cJSON_Parse (json);
  g_assert_nonnull (report);
  return report;
}

static void
write_storage (BuildFixture *fixture)
{
  g_autofree char *message = build_fixture_message (
      "ADT^A08^ADT_A01", "0123456789", "19520304", "EVN||20260410093010\rPV1|0001|O|01^^^^^C");

  build_fixture_put (fixture, "1311234567/",
                     "0123456789_-_ADT-00_999999999999999_20260410101502345_-_1", message);
  build_fixture_write (fixture, "1311234567/note.cda", "<ClinicalDocument>" BAD "</ClinicalDocument>",
                       -1);
  build_fixture_write (fixture, "1311234567/letter.xml", "<letter>fine</letter>", -1);
}

/* A document stays a record of its patient, without a word of its content. */
static void
test_build_document (BuildFixture *fixture, gconstpointer data)
{
  const char *options[] = { "--clamd", NULL, "--accept", "virus-found", NULL };
  const cJSON *record;
  Clamd clamd;

  write_storage (fixture);
  build_fixture_write (fixture, NOTE_FOLDER "note.txt", "Der Befund: " BAD, -1);
  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  options[1] = clamd.path;
  build_fixture_build (fixture, options);
  clamd_end (&clamd);
  build_fixture_export (fixture);
  record = build_fixture_record (fixture, "note.txt");
  g_assert_nonnull (record);
  g_assert_cmpstr (build_text (record, "patient"), ==, "0123456789");
  g_assert_null (build_text (record, "text"));
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      g_autofree char *line = cJSON_PrintUnformatted (g_ptr_array_index (fixture->lines, i));

      g_assert_null (strstr (line, "Befund"));
    }
}

/* The message is not sent; what is found is not on the disc, and a disc is only made on order. */
static void
test_build (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *report_path = g_build_filename (fixture->dir, "gone", NULL);
  const char *options[] = { "--report", report_path, "--clamd", NULL, "--accept", "virus-found", NULL };
  const char *refused[] = { "build", "--unsealed", "--from", fixture->storage, "--to", fixture->disc,
                            "--as-of", "2026-05-01", "--clamd", NULL, NULL };
  g_autofree char *err = NULL;
  const cJSON *finding, *scan;
  cJSON *report;
  Clamd clamd;

  write_storage (fixture);
  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  refused[9] = clamd.path;
  g_assert_cmpint (build_fixture_run (refused, NULL, &err), ==, 4);
  g_assert_nonnull (strstr (err, "virus-found"));
  g_assert_false (g_file_test (fixture->disc, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, 2);

  options[3] = clamd.path;
  build_fixture_build (fixture, options);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, 4);
  clamd_end (&clamd);
  build_fixture_export (fixture);
  finding = build_fixture_finding (fixture, "infected");
  g_assert_cmpstr (build_text (finding, "detail"), ==, "Invented.Test-1");
  g_assert_true (g_str_has_suffix (build_text (finding, "path"), "note.cda"));
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      g_autofree char *line = cJSON_PrintUnformatted (g_ptr_array_index (fixture->lines, i));

      g_assert_null (strstr (line, BAD));
    }

  report = read_report (report_path);
  scan = cJSON_GetObjectItem (report, "virus_scan");
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItem (scan, "scanned")));
  g_assert_cmpstr (build_text (scan, "scanner"), ==, "ClamAV 9.9.9/1/Fri May  1 02:00:00 2026");
  g_assert_cmpint (build_number (scan, "files"), ==, 2);
  g_assert_cmpint (build_number (scan, "infected"), ==, 1);
  g_assert_cmpstr (build_text (report, "set_aside"), ==, "virus-found");
  cJSON_Delete (report);
}

/* Of FHIR as of HL7: what is read is not sent, what is refused is. */
static void
test_build_fhir (BuildFixture *fixture, gconstpointer data)
{
  const char *options[] = { "--clamd", NULL, "--accept", "virus-found", NULL };
  const cJSON *finding;
  Clamd clamd;

  build_fixture_write (fixture, "fhir/Patient.json",
                       "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"birthDate\":\"1952-03-04\"}", -1);
  build_fixture_write (fixture, "fhir/definition.json",
                       "{\"resourceType\":\"StructureDefinition\",\"url\":\"http://example.org/" BAD "\"}",
                       -1);
  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  options[1] = clamd.path;
  build_fixture_build (fixture, options);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, 1);
  clamd_end (&clamd);
  build_fixture_export (fixture);
  finding = build_fixture_finding (fixture, "infected");
  g_assert_cmpstr (build_text (finding, "detail"), ==, "Invented.Test-1");
  g_assert_true (g_str_has_suffix (build_text (finding, "path"), "definition.json"));
}

/* Not a text: texts are read like messages, and not asked about. */
#define LETTER "\x01\x02\x03 Der Befund, vertraulich und lang genug: " BAD

/* Returns: (transfer full): a letter with a file in it. */
static char *
document_reference (const char *id, const char *base64)
{
  return g_strdup_printf (
      "{\"resourceType\":\"DocumentReference\",\"id\":\"%s\",\"status\":\"current\","
      "\"subject\":{\"reference\":\"Patient/p1\"},\"content\":[{\"attachment\":{\"contentType\":"
      "\"application/octet-stream\",\"title\":\"%s.bin\",\"data\":\"%s\"}}]}",
      id, id, base64);
}

static void
write_attachments (BuildFixture *fixture, const char *bad, GBytes *png)
{
  g_autofree char *good =
      g_base64_encode (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autofree char *first = document_reference ("good", good);
  g_autofree char *second = document_reference ("bad", bad);
  g_autofree char *cda = g_strdup_printf (
      "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>手紙</title><component><nonXMLBody>"
      "<text mediaType=\"application/pdf\" representation=\"B64\">%s</text></nonXMLBody></component>"
      "</ClinicalDocument>",
      bad);

  build_fixture_write (fixture, "fhir/Patient.json",
                       "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"birthDate\":\"1952-03-04\"}", -1);
  build_fixture_write (fixture, "fhir/good.json", first, -1);
  build_fixture_write (fixture, "fhir/bad.json", second, -1);
  build_fixture_write (fixture, NOTE_FOLDER "note.xml", cda, -1);
}

/* Returns: (transfer full): all source messages of the disc, one after the other */
static char *
read_sources (BuildFixture *fixture)
{
  g_autoptr (DiscReader) reader = disc_reader_open (fixture->disc, NULL);
  GString *all = g_string_new (NULL);

  g_assert_nonnull (reader);
  for (gint64 i = 0; i < 16; i++) /* of two patients, four messages each at the most */
    {
      gint64 rid = (i / 4) << DISC_SEQ_BITS | i % 4;
      g_autofree char *source = NULL;
      gsize len;

      if (disc_reader_load_source (reader, rid, &source, &len, NULL) && source != NULL)
        g_string_append (all, source);
    }
  return g_string_free (all, FALSE);
}

/* Files in resources and documents are asked about one by one. What is infected leaves its document,
 * and its bytes the source message; the bytes of others are in the backup, and told by their digest. */
static void
test_build_attachments (BuildFixture *fixture, gconstpointer data)
{
  const char *options[] = { "--clamd", NULL, "--accept", "virus-found", NULL };
  g_autofree char *bad = g_base64_encode ((const guchar *) LETTER, strlen (LETTER));
  g_autoptr (GBytes) png = fixture_png (40, 40, 7);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
  g_autofree char *sources = NULL;
  guint n_infected = 0;
  Clamd clamd;

  write_attachments (fixture, bad, png);
  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  options[1] = clamd.path;
  build_fixture_build (fixture, options);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==, 4); /* three files, and the CDA itself */
  clamd_end (&clamd);

  build_fixture_export (fixture);
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      const cJSON *line = g_ptr_array_index (fixture->lines, i);
      g_autofree char *text = cJSON_PrintUnformatted (line);

      g_assert_null (strstr (text, "Befund"));
      g_assert_null (strstr (text, bad));
      n_infected += g_strcmp0 (build_text (line, "code"), "infected") == 0;
    }
  g_assert_cmpuint (n_infected, ==, 2);
  g_assert_nonnull (build_fixture_record (fixture, "bad.json"));
  g_assert_nonnull (build_fixture_record (fixture, "note.xml"));

  sources = read_sources (fixture);
  g_assert_nonnull (strstr (sources, "\"title\":\"bad.bin\",\"data\":\"〔base64 "));
  g_assert_nonnull (strstr (sources, "representation=\"B64\">〔base64 "));
  g_assert_nonnull (strstr (sources, digest));
  g_assert_null (strstr (sources, bad));
}

#define CALLED_A_FILE                                                                              \
  "所見は紙のカルテにあります。電子の画像はまだ取り込まれていません。夜間は当直に聞いてください。"

/* Of a file inside a message of HL7 likewise: the record says that there was one. Words that were
 * only called a file can still be read in the message. */
static void
test_build_messages (BuildFixture *fixture, gconstpointer data)
{
  static const char name[] = "0123456789_20260410_OMG-13_000000260410001_20260410150000123_01_1";
  const char *options[] = { "--clamd", NULL, "--accept", "virus-found", NULL };
  g_autofree char *bad = g_base64_encode ((const guchar *) LETTER, strlen (LETTER));
  g_autofree char *rest = g_strdup_printf (
      "OBR|1|1|1|EC^心電図|||20260410\rOBX|1|TX|S^所見||洞調律||||||F\r"
      "OBX|2|ED|A^甲||^AP^PDF^Base64^%s||||||F\rOBX|3|ED|B^乙||^TEXT^^A^harmless||||||F\r"
      "OBX|4|ED|C^丙||^AP^PDF^Base64^%s*||||||F\r"
      "OBX|5|ED|D^丁||^TEXT^^Base64^" CALLED_A_FILE "||||||F\r",
      bad, bad);
  g_autofree char *message = build_fixture_message ("ORU^R01", "0123456789", "19520304", rest);
  g_autofree char *sources = NULL;
  const cJSON *record, *finding;
  Clamd clamd;

  build_fixture_put (fixture, "1311234567/", name, message);
  clamd_begin (&clamd, fixture->dir, CLAMD_ANSWERS);
  options[1] = clamd.path;
  build_fixture_build (fixture, options);
  g_assert_cmpint (g_atomic_int_get (&clamd.n_streams), ==,
                   2); /* what can be decoded, not the message */
  clamd_end (&clamd);

  build_fixture_export (fixture);
  finding = build_fixture_finding (fixture, "infected");
  g_assert_cmpstr (build_text (finding, "detail"), ==, "“添付1 甲”: Invented.Test-1");
  g_assert_true (g_str_has_suffix (build_text (finding, "path"), name));
  record = build_fixture_record (fixture, name);
  g_assert_cmpstr (build_text (record, "text"), ==,
                   "所見: 洞調律\n甲: ［添付1：AP/PDF］\n乙: ［添付2：TEXT］\n"
                   "丙: ［添付3：AP/PDF（読み取れません）］\n"
                   "丁: ［添付4：TEXT（読み取れません）］\n"
                   "【添付1 甲】\n（ウイルスが検出されたため、中身はこのディスクにありません）\n"
                   "【添付2 乙】\nharmless");
  sources = read_sources (fixture);
  g_assert_nonnull (strstr (sources, "OBX|2|ED|A^甲||^AP^PDF^Base64^〔base64 "));
  g_assert_nonnull (strstr (sources, "〕||||||F\rOBX|3|ED|B^乙||^TEXT^^A^harmless||||||F\r"));
  g_assert_nonnull (strstr (sources, "Base64^" CALLED_A_FILE "||||||F\r"));
  g_assert_null (strstr (sources, bad));
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      g_autofree char *line = cJSON_PrintUnformatted (g_ptr_array_index (fixture->lines, i));

      g_assert_null (strstr (line, "Befund"));
      g_assert_null (strstr (line, bad));
    }
}

static void
test_build_without (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *report_path = g_build_filename (fixture->dir, "gone", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nobody", NULL);
  const char *const options[] = { "--report", report_path, "--clamd", nowhere, NULL };
  cJSON *report;

  write_storage (fixture);
  build_fixture_build (fixture, options);
  report = read_report (report_path);
  g_assert_true (
      cJSON_IsFalse (cJSON_GetObjectItem (cJSON_GetObjectItem (report, "virus_scan"), "scanned")));
  cJSON_Delete (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, BuildFixture, NULL, build_fixture_set_up, func, build_fixture_tear_down)
  ADD ("/importer/scan/verdicts", test_verdicts);
  ADD ("/importer/scan/trouble", test_trouble);
  ADD ("/importer/scan/absent", test_absent);
  ADD ("/importer/scan/build", test_build);
  ADD ("/importer/scan/build-document", test_build_document);
  ADD ("/importer/scan/build-fhir", test_build_fhir);
  ADD ("/importer/scan/build-attachments", test_build_attachments);
  ADD ("/importer/scan/build-messages", test_build_messages);
  ADD ("/importer/scan/build-without", test_build_without);
  return g_test_run ();
}
