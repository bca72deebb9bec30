/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-name-extended.h"

#define VITALS "L-OBSERVATIONS^OBSERVATIONS^99ZL01"
#define SUMMARY "^退院サマリ^^18842-5^退院時サマリー^LN"
#define ABOVE "9910000001_ext/012/345/0123456789/20250410/"

/* SS-MIX2 spec 6.1, its own examples first. NULL: not of the extended storage. */
static const struct
{
  const char *path;
  const char *patient;
  const char *date;
  const char *key;
  const char *stamp;
  const char *department;
  char flag;
  const char *file;
} cases[] = {
  { ABOVE "L-OBSERVATIONS^OBSERVATIONS^99ZL01/"
          "0123456789_20250410_L-OBSERVATIONS_000000020250410_20250410150000321_01_1/main_document.hl7",
    "0123456789", "20250410", "000000020250410", "20250410150000321", "01", '1',
    "main_document.hl7" },
  /* no department, the whole type folder in place of the code, a timestamp of fifteen digits */
  { "012/345/0123456789/20160101/" VITALS "/0123456789_20160101_" VITALS
    "_000000020160101_201601011500321_1/main_document.hl7",
    "0123456789", "20160101", "000000020160101", "201601011500321", "", '1', "main_document.hl7" },
  /* a key with dots */
  { "012/345/0123456789/20231205/LJCS-100D^x/"
    "0123456789_20231205_LJCS-100D_20231205101112.94.14239.1002_20231205112233_200_1/a.xml",
    "0123456789", "20231205", "20231205101112.94.14239.1002", "20231205112233", "200", '1', "a.xml" },
  /* files in folders of the content folder; superseded and deleted ones; no date of care */
  { ABOVE SUMMARY "/0123456789_20250410_18842-5_000000000000001_20250410150000321_-_2/x_PDF/x.PDF",
    "0123456789", "20250410", "000000000000001", "20250410150000321", "-", '2', "x_PDF/x.PDF" },
  { "012/345/0123456789/-/" SUMMARY "/0123456789_-_18842-5_1_20250410150000321_01_0/main_document.xml",
    "0123456789", "-", "1", "20250410150000321", "01", '0', "main_document.xml" },
  /* an id that holds an underscore, and a date in it */
  { "A_2/025/A_20250410_7/20250411/" SUMMARY "/A_20250410_7_20250411_18842-5_9_20250411090000000_01_1/d",
    "A_20250410_7", "20250411", "9", "20250411090000000", "01", '1', "d" },
  /* a type folder without '^' is one where the content folder's name says so */
  { ABOVE "NOTE/0123456789_20250410_NOTE_12_20250410150000321_01_1/main_document.txt", "0123456789",
    "20250410", "12", "20250410150000321", "01", '1', "main_document.txt" },
  /* no code in the middle */
  { ABOVE SUMMARY "/0123456789_20250410_12_20250410150000321_01_1/a.pdf", "0123456789", "20250410",
    "12", "20250410150000321", "01", '1', "a.pdf" },
  /* another patient's folder inside: both are told */
  { ABOVE SUMMARY "/9999999999_20250410_18842-5_12_20250410150000321_01_1/a.pdf", "9999999999",
    "20250410", "12", "20250410150000321", "01", '1', "a.pdf" },
  /* older storages: a folder of another shape, or none; whose it is stays known, its state does not */
  { ABOVE SUMMARY "/doc0001/a.pdf", "", "20250410", "", "", "", 0, "a.pdf" },
  { ABOVE SUMMARY "/a.pdf", "", "20250410", "", "", "", 0, "a.pdf" },
  /* a file with a content folder's name */
  { "1/-/" SUMMARY "/1_20250410_" SUMMARY "_1_20250410101502345_01_1", "1", "20250410", "1",
    "20250410101502345", "01", '1', "1_20250410_" SUMMARY "_1_20250410101502345_01_1" },
  { ABOVE SUMMARY "/0123456789_20250410_18842-5_12_20250410150000321_01_3/a.pdf", "", "20250410", "",
    "", "", 0, "a.pdf" },
  /* the standard storage, and what is no storage */
  { "012/345/0123456789/20250410/OMP-01/0123456789_20250410_OMP-01_12_20250410150000321_01_1" },
  { "012/345/0123456789/20250410/OMP-01/sub/0123456789_20250410_OMP-01_12_20250410150000321" },
  { "documents/2025/report.pdf" },
  { "20250410/a^b/report.pdf" },
  { "report.pdf" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpExtendedName) extended = { NULL };
      ImpName name;
      gboolean is_extended;

      g_test_message ("%s", cases[i].path);
      imp_name_parse (cases[i].path, &name);
      is_extended = imp_extended_name_parse (cases[i].path, &extended);
      g_assert_cmpint (is_extended, ==, cases[i].patient != NULL);
      g_assert_cmpint (name.class == IMP_NAME_EXTENDED, ==, is_extended);
      if (!is_extended)
        continue;
      g_assert_cmpstr (name.patient, ==, cases[i].patient);
      g_assert_cmpstr (name.care_date, ==, cases[i].date);
      g_assert_cmpstr (name.order_no, ==, cases[i].key);
      g_assert_cmpstr (name.timestamp, ==, cases[i].stamp);
      g_assert_cmpstr (name.department, ==, cases[i].department);
      g_assert_cmpint (name.flag, ==, cases[i].flag);
      g_assert_cmpstr (name.type, ==, "");
      g_assert_cmpstr (extended.file, ==, cases[i].file);
      g_assert_true (g_str_has_prefix (cases[i].path, extended.content));
    }
}

static void
test_folders (void)
{
  ImpName name;

  imp_name_parse (cases[0].path, &name);
  g_assert_cmpstr (name.root, ==, "9910000001_ext");
  g_assert_cmpstr (name.folder_patient, ==, "0123456789");
  g_assert_cmpstr (name.folder_date, ==, "20250410");
  imp_name_parse (cases[1].path, &name);
  g_assert_cmpstr (name.root, ==, "");
  g_assert_cmpstr (name.sort_stamp, ==, "20160101150032100");
}

static void
test_types (void)
{
  static const struct
  {
    const char *folder;
    const char *parts[6];
  } types[] = {
    { VITALS, { "L-OBSERVATIONS", "OBSERVATIONS", "99ZL01", "", "", "" } },
    { SUMMARY, { "", "退院サマリ", "", "18842-5", "退院時サマリー", "LN" } },
    { "L12345^入院診療録^99ZZZ^11506-3^経過記録^LN",
      { "L12345", "入院診療録", "99ZZZ", "11506-3", "経過記録", "LN" } },
    { " X ^ y ^^^^LN^more", { "X", "y", "", "", "", "LN^more" } },
    { "^", { "", "", "", "", "", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("t.tar!" ABOVE, types[i].folder, "/c/f", NULL);
      g_autofree char *content = g_strconcat ("t.tar!" ABOVE, types[i].folder, "/c", NULL);
      g_auto (ImpExtendedName) name = { NULL };

      g_assert_true (imp_extended_name_parse (path, &name));
      g_assert_cmpstr (name.type_folder, ==, types[i].folder);
      g_assert_cmpstr (name.local_code, ==, types[i].parts[0]);
      g_assert_cmpstr (name.local_name, ==, types[i].parts[1]);
      g_assert_cmpstr (name.local_system, ==, types[i].parts[2]);
      g_assert_cmpstr (name.code, ==, types[i].parts[3]);
      g_assert_cmpstr (name.name, ==, types[i].parts[4]);
      g_assert_cmpstr (name.system, ==, types[i].parts[5]);
      g_assert_cmpstr (name.content, ==, content);
      g_assert_cmpstr (name.content_type, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/name-extended/names", test_names);
  g_test_add_func ("/importer/name-extended/folders", test_folders);
  g_test_add_func ("/importer/name-extended/types", test_types);
  return g_test_run ();
}
