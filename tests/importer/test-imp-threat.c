/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-code-system.h"
#include "imp-threat.h"

#include <string.h>

#define MESSAGE "012/345/0123456789/20260410/OMP-01/"                                              \
                "0123456789_20260410_OMP-01_000000260410001_20260410101502345_01_1"

/* As even as random bytes, and the same in every run. */
static void
fill_even (guint8 *bytes, gsize len)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260410);

  for (gsize i = 0; i < len; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
  bytes[0] = 0xb3; /* no magic by chance */
}

static void
test_files (void)
{
  static const struct
  {
    const char *path;
    gboolean is_even;
    ImpThreats threats;
  } cases[] = {
    { MESSAGE, FALSE, 0 },
    { MESSAGE, TRUE, IMP_THREAT_SCRAMBLED },
    { MESSAGE ".lockbit", FALSE, IMP_THREAT_NAME },
    { MESSAGE ".lockbit", TRUE, IMP_THREAT_NAME | IMP_THREAT_SCRAMBLED },
    { MESSAGE ".a7Xq", TRUE, IMP_THREAT_SCRAMBLED }, /* an ending made up for this victim */
    { "012/345/0123456789/20260410/OMP-01/HOW_TO_DECRYPT.txt", FALSE, IMP_THREAT_NAME },
    { "fhir/Patient.ndjson", TRUE, IMP_THREAT_SCRAMBLED },
    { "fhir/Patient.ndjson.a7Xq", TRUE, IMP_THREAT_SCRAMBLED },
    { "fhir.json/dump.bin", TRUE, IMP_THREAT_ELSEWHERE },
    { "keys/luks.img", TRUE, IMP_THREAT_ELSEWHERE }, /* the hospital's own */
    { "keys/luks.img", FALSE, 0 },
  };
  guint8 even[600], text[600];

  fill_even (even, sizeof even);
  memset (text, 'a', sizeof text);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpFile file = { .path = (char *) cases[i].path };
      const guint8 *bytes = cases[i].is_even ? even : text;
      ImpThreats threats;

      g_test_message ("%s", cases[i].path);
      imp_name_parse (file.path, &file.name);
      threats = imp_threat_of_name (&file) | imp_threat_of_bytes (&file, bytes, sizeof even);
      g_assert_cmpuint (threats, ==, cases[i].threats);
      g_assert_cmpint (imp_threat_words (threats) == NULL, ==, threats == 0);

      /* a source that kept no bytes has looked itself */
      imp_source_note_head (&file, bytes, sizeof even);
      threats = imp_threat_of_name (&file) | imp_threat_of_bytes (&file, NULL, 0);
      g_assert_cmpuint (threats, ==, cases[i].threats);
    }
}

static void
test_loss (void)
{
  static const struct
  {
    const char *path;
    ImpReason reason;
    gboolean is_loss;
  } cases[] = {
    { MESSAGE, IMP_REASON_NONE, FALSE },
    { MESSAGE, IMP_REASON_NOT_MESSAGE, TRUE },
    { MESSAGE, IMP_REASON_EMPTY, TRUE },
    { MESSAGE, IMP_REASON_HARD_LINK, FALSE },
    { MESSAGE, IMP_REASON_SYSTEM_FILE, FALSE },
    { MESSAGE ".lockbit", IMP_REASON_NOT_MESSAGE, TRUE },
    { "pictures/1.jpg", IMP_REASON_NOT_MESSAGE, FALSE },
    { "film.mpg", IMP_REASON_TOO_LARGE, FALSE },
    { "pictures/1.jpg", IMP_REASON_DENIED, TRUE }, /* nobody knows what it is */
    { "x", IMP_REASON_BROKEN_MESSAGE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpName name;

      g_test_message ("%s", cases[i].path);
      imp_name_parse (cases[i].path, &name);
      g_assert_cmpint (imp_threat_is_loss (&name, cases[i].reason), ==, cases[i].is_loss);
    }
}

static void
test_code_systems (void)
{
  static const struct
  {
    const char *system;
    gboolean is_standard;
  } cases[] = {
    { "HOT9", TRUE },      { "HOT", TRUE },       { "YJ", TRUE },        { "JC10", TRUE },
    { "JLAC10", TRUE },    { "MDCDX2", TRUE },    { "I10", TRUE },       { "HL70127", TRUE },
    { "JAMISDP01", TRUE }, { "MR9P", TRUE },      { "ISO+", TRUE },      { "LN", TRUE },
    { "JHSD0004", TRUE },  { "J-FAGY", TRUE },    { "JJ1017-16P", TRUE },{ "99XYZ", FALSE },
    { "99HOT9", FALSE },   { "L", FALSE },        { "LNX", FALSE },      { "LOCAL", FALSE },
    { "", FALSE },         { "YJKK", FALSE },     { "C4", TRUE },        { "C45", FALSE },
    { "http://loinc.org", TRUE },
    { "urn:oid:1.2.392.200119.4.504", TRUE },
    { "2.16.840.1.113883.6.96", TRUE },
    { "urn:oid:1.2.392.100495.20.3.51.11311234567", FALSE }, /* numbers of one hospital */
    { "http://hospital.example/codes", FALSE },
    { "http://example.com/http://loinc.org", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (imp_code_system_is_standard (cases[i].system) != cases[i].is_standard)
      g_error ("%s", cases[i].system);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/threat/files", test_files);
  g_test_add_func ("/importer/threat/loss", test_loss);
  g_test_add_func ("/importer/code-system/names", test_code_systems);
  return g_test_run ();
}
