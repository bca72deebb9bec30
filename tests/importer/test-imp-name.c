/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-name.h"

#define GOOD "0123456789_20250410_OMP-01_000000250410001_20250410101502345_01_1"

static void
test_message (void)
{
  static const struct
  {
    const char *path;
    const char *patient, *date, *type, *order, *stamp, *sort, *department;
    char flag;
  } cases[] = {
    { GOOD, "0123456789", "20250410", "OMP-01", "000000250410001", "20250410101502345",
      "20250410101502345", "01", '1' },
    { "9999013_20110701_OMP-01_000000011000185_20110701224603984_01_1", "9999013", "20110701",
      "OMP-01", "000000011000185", "20110701224603984", "20110701224603984", "01", '1' },
    { "9999013_-_PPR-01_999999999999999_20111209163030000_01_1", "9999013", "-", "PPR-01",
      "999999999999999", "20111209163030000", "20111209163030000", "01", '1' },
    { "9999013_-_ADT-00_999999999999999_20111220224447339_-_0", "9999013", "-", "ADT-00",
      "999999999999999", "20111220224447339", "20111220224447339", "-", '0' },
    /* row 33: 15 digits; order numbers of 13 and 10 digits; three-digit department */
    { "9999013_20080203_OML-11_1234567890123_200802031630123_107_2", "9999013", "20080203",
      "OML-11", "1234567890123", "200802031630123", "20080203163012300", "107", '2' },
    { "1_20080203_OML-11_1234567890_20080203_A_1", "1", "20080203", "OML-11", "1234567890",
      "20080203", "20080203000000000", "A", '1' },
    { "1_20080203_OML-11_1_20080203163012345678_A_1", "1", "20080203", "OML-11", "1",
      "20080203163012345678", "20080203163012345678", "A", '1' },
    /* the id is the rest */
    { "AB_12-3_20250410_OMD_1_20250410101502345_01_1", "AB_12-3", "20250410", "OMD", "1",
      "20250410101502345", "20250410101502345", "01", '1' },
    { "_20250410_20250410_OMD_1_20250410101502345_01_1", "_20250410", "20250410", "OMD", "1",
      "20250410101502345", "20250410101502345", "01", '1' },
    { "患者1_20250410_OMD_1_20250410101502345_01_1", "患者1", "20250410", "OMD", "1",
      "20250410101502345", "20250410101502345", "01", '1' },
    /* letters of any case, types outside the table, a department that was left empty */
    { "1_20250410_omp-01_1_20250410101502345_01_1", "1", "20250410", "OMP-01", "1",
      "20250410101502345", "20250410101502345", "01", '1' },
    { "1_20250410_ Oml-12 _1_20250410101502345_01_1", "1", "20250410", "OML-12", "1",
      "20250410101502345", "20250410101502345", "01", '1' },
    { "1_20250410_OMD_1_20250410101502345__1", "1", "20250410", "OMD", "1", "20250410101502345",
      "20250410101502345", "", '1' },
    /* a day that does not exist is still this shape: the importer reports it */
    { "1_20251345_OMD_1_20250410101502345_01_1", "1", "20251345", "OMD", "1", "20250410101502345",
      "20250410101502345", "01", '1' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpName name;

      imp_name_parse (cases[i].path, &name);
      g_assert_cmpint (name.class, ==, IMP_NAME_MESSAGE);
      g_assert_cmpstr (name.patient, ==, cases[i].patient);
      g_assert_cmpstr (name.care_date, ==, cases[i].date);
      g_assert_cmpstr (name.type, ==, cases[i].type);
      g_assert_cmpstr (name.order_no, ==, cases[i].order);
      g_assert_cmpstr (name.timestamp, ==, cases[i].stamp);
      g_assert_cmpstr (name.sort_stamp, ==, cases[i].sort);
      g_assert_cmpstr (name.department, ==, cases[i].department);
      g_assert_cmpint (name.flag, ==, cases[i].flag);
      g_assert_cmpstr (name.folder_patient, ==, "");
      g_assert_cmpstr (name.root, ==, "");
    }
}

/* A stamp that compares as text whatever its length (SS-MIX2 spec 2.4). */
static void
test_stamp_order (void)
{
  static const char *const in_order[] = { "200802031630122", "20080203163012299", "200802031630123",
                                          "20080203163012301", "20080204" };
  ImpName before, after;

  for (gsize i = 1; i < G_N_ELEMENTS (in_order); i++)
    {
      g_autofree char *a = g_strdup_printf ("1_-_OMD_1_%s_01_1", in_order[i - 1]);
      g_autofree char *b = g_strdup_printf ("1_-_OMD_1_%s_01_1", in_order[i]);

      imp_name_parse (a, &before);
      imp_name_parse (b, &after);
      g_assert_cmpstr (before.sort_stamp, <, after.sort_stamp);
    }
}

static void
test_folders (void)
{
  static const struct { const char *folders; const char *root, *patient, *date, *type; } cases[] = {
    { "", "", "", "", "" },
    { "012/345/0123456789/20250410/OMP-01/", "", "0123456789", "20250410", "OMP-01" },
    { "./012/345/0123456789/20250410/OMP-01/", "", "0123456789", "20250410", "OMP-01" },
    { "./std/./012//345/0123456789/20250410/omp-01/", "std", "0123456789", "20250410", "OMP-01" },
    { "std\\012\\345\\0123456789\\20250410\\OMP-01\\", "std", "0123456789", "20250410", "OMP-01" },
    { "backup/1310000001/012/345/0123456789/-/ADT-00/", "backup/1310000001", "0123456789", "-",
      "ADT-00" },
    /* other levels of prefixes: none, one, empty second, shortened second */
    { "std/0123456789/20250410/OMP-01/", "std", "0123456789", "20250410", "OMP-01" },
    { "root/012/0123456789/20250410/OMP-01/", "root", "0123456789", "20250410", "OMP-01" },
    { "root/012//0123456789/20250410/OMP-01/", "root", "0123456789", "20250410", "OMP-01" },
    { "root/012/34/01234/20250410/OMP-01/", "root", "01234", "20250410", "OMP-01" },
    { "ss2/012/0123456789/20250410/OMP-01/", "ss2", "0123456789", "20250410", "OMP-01" },
    /* prefixes that are not the id's are still prefixes */
    { "root/999/901/0000001/20000401/ADT-31/", "root", "0000001", "20000401", "ADT-31" },
    /* digits alone do not make a care date: a patient may have eight */
    { "r/123/456/12345678/20250410/OMP-01/", "r", "12345678", "20250410", "OMP-01" },
    { "r/200/101/20010101/20250410/OMP-01/", "r", "20010101", "20250410", "OMP-01" },
    { "r/123/456/12345678/OMP-01/", "", "", "", "" },
    { "r/012/345/0123456789/20251345/OMP-01/", "r", "0123456789", "20251345", "OMP-01" },
    { "r/012/345/0123456780/20251345/OMP-01/", "", "", "", "" },
    { "012/345/0123456789/20250410/", "", "0123456789", "20250410", "" },
    { "012/345/0123456789/20250410/OMP-01/extra/", "", "", "", "" },
    { "20250410/OMP-01/", "", "", "", "" },
    { "a b/\xE6\x97\xA5/012/345/0123456789/20250410/x?/", "a b/\xE6\x97\xA5", "0123456789",
      "20250410", "x?" },
    /* CP932 表: the byte 5C inside it is no separator */
    { "\x95\x5C/012/345/0123456789/20250410/OMP-01/", "\x95\x5C", "0123456789", "20250410",
      "OMP-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (cases[i].folders, GOOD, NULL);
      ImpName name;

      imp_name_parse (path, &name);
      g_assert_cmpint (name.class, ==, IMP_NAME_MESSAGE);
      g_assert_cmpstr (name.patient, ==, "0123456789");
      g_assert_cmpstr (name.folder_patient, ==, cases[i].patient);
      g_assert_cmpstr (name.folder_date, ==, cases[i].date);
      g_assert_cmpstr (name.folder_type, ==, cases[i].type);
      g_assert_cmpstr (name.root, ==, cases[i].root);
    }
}

static void
test_class (void)
{
  static const struct { const char *path; ImpNameClass class; } cases[] = {
    { "a/Thumbs.db", IMP_NAME_IGNORED },
    { "THUMBS.DB", IMP_NAME_IGNORED },
    { "a/desktop.ini", IMP_NAME_IGNORED },
    { ".DS_Store", IMP_NAME_IGNORED },
    { "._" GOOD, IMP_NAME_IGNORED },
    { GOOD "(1)", IMP_NAME_IGNORED },
    { GOOD " (2)", IMP_NAME_IGNORED },
    { GOOD " - コピー", IMP_NAME_IGNORED },
    { GOOD " - コピー (2)", IMP_NAME_IGNORED },
    { GOOD " - \x83\x52\x83\x73\x81\x5B", IMP_NAME_IGNORED },
    { GOOD " - Copy", IMP_NAME_IGNORED },
    { "report(1)", IMP_NAME_OTHER }, /* a copy of what is no message is not ours to ignore */
    { "(1)", IMP_NAME_OTHER },
    { "1)", IMP_NAME_OTHER },
    { "2025/TR_20250410101502345_00001.DAT", IMP_NAME_TRANSACTION },
    { "tr_20250410101502345_00001.dat", IMP_NAME_TRANSACTION },
    { "TR_.DAT", IMP_NAME_OTHER },
    { "TR_20250410101502345_00001.DAT/" GOOD, IMP_NAME_MESSAGE },
    { "", IMP_NAME_OTHER },
    { "/", IMP_NAME_OTHER },
    { "readme.txt", IMP_NAME_OTHER },
    { GOOD ".txt", IMP_NAME_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpName name;

      imp_name_parse (cases[i].path, &name);
      g_assert_cmpint (name.class, ==, cases[i].class);
    }
}

/* Of what is not of this shape nothing is guessed: it has no flag, and so no known state. But whose it
 * is stands in front of all that can be wrong. */
static void
test_other (void)
{
#define LONG_ID "1234567890123456789012345678901234567890123456789012345678901234"
  static const struct { const char *path, *patient, *folder, *date, *type, *root; } cases[] = {
    { "1_20250410_OMD_1_20250410101502345_01_3", "1", "", "20250410", "OMD" }, /* row 26 */
    { "1_20250410_OMD_1_20250410101502345_01_", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_1_20250410101502345_01_11", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_1_20250410101502345_01_1.txt", "1", "", "20250410", "OMD" },
    { "1_-_PPR-01_1_20250410101502345_01", "1", "", "-", "PPR-01" }, /* six parts */
    { "1_20250410_OMD_1_20250410101502345_01_02_1", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD__20250410101502345_01_1", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_12345678901234567890123456789012_20250410101502345_01_1", "1", "", "20250410",
      "OMD" },
    { "1_20250410_OMD_1_2025041_01_1", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_1_202504101015023456789_01_1", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_1_2025041010150234x_01_1", "1", "", "20250410", "OMD" },
    { "1_20250410_OMD_1_20250410101502345_0123456789012345_1", "1", "", "20250410", "OMD" },
    { "AB_12_20250410_omd_1_20250410101502345_01_x", "AB_12", "", "20250410", "OMD" },
    { "1_20250410_OMD", "1", "", "20250410", "OMD" },
    /* no id, no date or no known type before it: nothing is read */
    { "20250410_OMD_1_20250410101502345_01_1" },
    { "_20250410_OMD_1_20250410101502345_01_1" },
    { "1_20250410_OMD_1_20250410101502345_01_\x01" },
    { "1_2025041_OMD_1_20250410101502345_01_1" },
    { "1_202504100_OMD_1_20250410101502345_01_1" },
    { "1__OMD_1_20250410101502345_01_1" },
    { "1_--_OMD_1_20250410101502345_01_1" },
    { "1_2025041a_OMD_1_20250410101502345_01_1" },
    { "1_20250410_OM_1_20250410101502345_01_1" },
    { "1_20250410_1MD_1_20250410101502345_01_1" },
    { "1_20250410_O^D_1_20250410101502345_01_1" },
    { "1_20250410_OMDOMDOMDOMDOMDO_1_20250410101502345_01_1" },
    { "1_20250410_OMX_1_20250410101502345_01_9" },
    { "1\t_20250410_OMD_1_20250410101502345_01_1" },
    { "notes_of_a_day_in_20250410" },
    /* the folders tell whose it is, and which root's */
    { "1310000001/012/345/0123456789/20250410/OMP-01/"
      "0123456789_20250410_OMP-01_1_20250410101502345_01_9",
      "0123456789", "0123456789", "20250410", "OMP-01", "1310000001" },
    { "1310000001/012/345/0123456789/20250410/OMP-01/message.hl7", "", "0123456789", "", "",
      "1310000001" },
    { "r/012/345/0123456789/-/ADT-00/777_-_ADT-00_1_20250410101502345_01_9", "777", "0123456789",
      "-", "ADT-00", "r" },
  };
  static const char *const too_long[] = {
    LONG_ID "_20250410_OMD_1_20250410101502345_01_1",
    LONG_ID "5_20250410_OMD_1_20250410101502345_01_1",
  };
  static const char folder_too_long[] =
      LONG_ID "/20250410/OMD/1_20250410_OMD_1_20250410101502345_01_1";
  ImpName name, other;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      imp_name_parse (cases[i].path, &name);
      g_assert_cmpint (name.class, ==, IMP_NAME_OTHER);
      g_assert_cmpstr (name.patient, ==, cases[i].patient ? cases[i].patient : "");
      g_assert_cmpstr (name.folder_patient, ==, cases[i].folder ? cases[i].folder : "");
      g_assert_cmpstr (name.care_date, ==, cases[i].date ? cases[i].date : "");
      g_assert_cmpstr (name.type, ==, cases[i].type ? cases[i].type : "");
      g_assert_cmpstr (name.root, ==, cases[i].root ? cases[i].root : "");
      g_assert_cmpstr (name.order_no, ==, "");
      g_assert_cmpstr (name.sort_stamp, ==, "");
      g_assert_cmpint (name.flag, ==, 0);
    }

  /* an id that is too long is nobody's, and not the same as another one */
  imp_name_parse (too_long[0], &name);
  imp_name_parse (too_long[1], &other);
  g_assert_cmpint (name.class, ==, IMP_NAME_OTHER);
  g_assert_cmpstr (name.patient, !=, "");
  g_assert_cmpstr (name.patient, !=, other.patient);
  imp_name_parse (folder_too_long, &name);
  g_assert_cmpint (name.class, ==, IMP_NAME_OTHER);
  g_assert_cmpstr (name.patient, ==, "1");
  g_assert_cmpstr (name.folder_patient, !=, "");
  g_assert_cmpstr (name.folder_patient, !=, "1");
}

static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *longer = g_strconcat (filler, "/" GOOD, NULL);
  g_autofree char *a = g_strdup_printf ("%.300sa/012/345/0123456789/-/OMD/" GOOD, filler);
  g_autofree char *b = g_strdup_printf ("%.300sb/012/345/0123456789/-/OMD/" GOOD, filler);
  ImpName name, other;

  for (int i = 0; i < 40; i++)
    g_string_append (deep, "x/");
  g_string_append (deep, GOOD);
  imp_name_parse (deep->str, &name);
  g_assert_cmpint (name.class, ==, IMP_NAME_OTHER);
  imp_name_parse (longer, &name);
  g_assert_cmpint (name.class, ==, IMP_NAME_OTHER);

  /* roots that differ only behind what fits do not become one */
  imp_name_parse (a, &name);
  imp_name_parse (b, &other);
  g_assert_cmpint (name.class, ==, IMP_NAME_MESSAGE);
  g_assert_cmpstr (name.folder_patient, ==, "0123456789");
  g_assert_cmpuint (strlen (name.root), <, sizeof name.root);
  g_assert_cmpstr (name.root, !=, other.root);
}

static void
test_data_types (void)
{
  g_assert_true (imp_name_is_data_type ("OMD"));
  g_assert_true (imp_name_is_data_type ("PPR-01"));
  g_assert_true (imp_name_is_data_type ("OMG-13"));
  g_assert_false (imp_name_is_data_type ("OML-12"));
  g_assert_false (imp_name_is_data_type ("ADT-02"));
  g_assert_false (imp_name_is_data_type ("omd"));
  g_assert_false (imp_name_is_data_type (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/name/message", test_message);
  g_test_add_func ("/importer/name/folders", test_folders);
  g_test_add_func ("/importer/name/limits", test_limits);
  g_test_add_func ("/importer/name/data-types", test_data_types);
  g_test_add_func ("/importer/spec8/26-flag-and-shape", test_other);
  g_test_add_func ("/importer/spec8/29-ignored-names", test_class);
  g_test_add_func ("/importer/spec8/33-timestamp-lengths", test_stamp_order);
  return g_test_run ();
}
