/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-name-extended.h"
#include "imp-name.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define CHECK_ENDED(text) g_assert_nonnull (memchr (text, '\0', sizeof text))

static void
check_message (const ImpName *name)
{
  g_autofree char *file = NULL;
  g_autofree char *again = NULL;
  ImpName second;

  g_assert_true (strlen (name->patient) > 0);
  g_assert_true (strcmp (name->care_date, "-") == 0 || strlen (name->care_date) == 8);
  g_assert_cmpuint (strlen (name->timestamp), >=, 8);
  g_assert_cmpuint (strlen (name->sort_stamp), >=, 17);
  g_assert_true (g_str_has_prefix (name->sort_stamp, name->timestamp));
  g_assert_true (name->flag >= '0' && name->flag <= '2');
  g_assert_true ((name->folder_patient[0] == '\0') == (name->folder_date[0] == '\0'));

  /* What was read, written by the grammar and read again, is the same. */
  file = g_strdup_printf ("%s_%s_%s_%s_%s_%s_%c", name->patient, name->care_date, name->type,
                          name->order_no, name->timestamp, name->department, name->flag);
  again = name->folder_patient[0] == '\0'
              ? g_strdup (file)
              : g_strdup_printf ("12/%s/%s/%s/%s", name->folder_patient, name->folder_date,
                                 name->folder_type[0] != '\0' ? name->folder_type : name->type,
                                 file);
  imp_name_parse (again, &second);
  g_assert_cmpint (second.class, ==, IMP_NAME_MESSAGE);
  g_assert_cmpstr (second.patient, ==, name->patient);
  g_assert_cmpstr (second.care_date, ==, name->care_date);
  g_assert_cmpstr (second.type, ==, name->type);
  g_assert_cmpstr (second.order_no, ==, name->order_no);
  g_assert_cmpstr (second.timestamp, ==, name->timestamp);
  g_assert_cmpstr (second.sort_stamp, ==, name->sort_stamp);
  g_assert_cmpstr (second.department, ==, name->department);
  g_assert_cmpint (second.flag, ==, name->flag);
  g_assert_cmpstr (second.folder_patient, ==, name->folder_patient);
  g_assert_cmpstr (second.folder_date, ==, name->folder_date);
}

static void
check_extended (const char *path, const ImpName *name)
{
  g_auto (ImpExtendedName) extended = { NULL };

  g_assert_cmpint (imp_extended_name_parse (path, &extended), ==, name->class == IMP_NAME_EXTENDED);
  if (name->class != IMP_NAME_EXTENDED)
    return;
  g_assert_cmpstr (name->folder_patient, !=, "");
  g_assert_cmpstr (name->folder_date, !=, "");
  g_assert_cmpstr (name->type, ==, "");
  g_assert_true (name->flag == 0 || (name->flag >= '0' && name->flag <= '2'));
  g_assert_true ((name->flag == 0) == (name->patient[0] == '\0'));
  g_assert_true ((name->flag == 0) == (name->timestamp[0] == '\0'));
  g_assert_true ((name->flag == 0) == (name->order_no[0] == '\0'));
  g_assert_true (g_str_has_prefix (path, extended.content));
  g_assert_true (g_str_has_suffix (path, extended.file));
  g_assert_cmpstr (extended.type_folder, !=, "");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *path = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  ImpName name;

  memset (&name, 0x55, sizeof name);
  imp_name_parse (path, &name);
  CHECK_ENDED (name.patient);
  CHECK_ENDED (name.folder_patient);
  CHECK_ENDED (name.care_date);
  CHECK_ENDED (name.folder_date);
  CHECK_ENDED (name.type);
  CHECK_ENDED (name.folder_type);
  CHECK_ENDED (name.order_no);
  CHECK_ENDED (name.timestamp);
  CHECK_ENDED (name.sort_stamp);
  CHECK_ENDED (name.department);
  CHECK_ENDED (name.root);
  if (name.class == IMP_NAME_MESSAGE && strchr (path, '\\') == NULL)
    check_message (&name);
  else if (name.class != IMP_NAME_MESSAGE && name.class != IMP_NAME_EXTENDED)
    {
      g_assert_cmpint (name.flag, ==, 0);
      g_assert_cmpstr (name.order_no, ==, "");
      g_assert_cmpstr (name.timestamp, ==, "");
      g_assert_true ((name.patient[0] == '\0') == (name.type[0] == '\0'));
    }
  if (name.class == IMP_NAME_EXTENDED || name.class == IMP_NAME_OTHER)
    check_extended (path, &name);
  return 0;
}
