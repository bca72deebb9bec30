/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-attachment.h"

static void
test_references (void)
{
  static const struct
  {
    const char *reference;
    const char *clean;
  } cases[] = {
    { "xxxx_PDF\\xxxx.PDF", "xxxx_PDF/xxxx.PDF" },
    { "./a/./b.jpg", "a/b.jpg" },
    { "a//b.jpg", "a/b.jpg" },
    { "診療情報.pdf", "診療情報.pdf" },
    { "#part1", "#part1" },
    { "a..b/c", "a..b/c" },
    { "", NULL },
    { ".", NULL },
    { "..", NULL },
    { "a/../../b", NULL },
    { "..\\secret", NULL },
    { "/etc/passwd", NULL },
    { "\\\\server\\share\\x", NULL },
    { "C:\\x.pdf", NULL },
    { "http://example.org/x", NULL },
    { "file:x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = imp_attachment_clean_reference (cases[i].reference);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
}

/* Each of the two owns what it holds. */
static void
test_owner (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("x", 1);
  ImpAttachment *full = imp_attachment_new ("a.pdf", "application/pdf", bytes, "b/a.pdf");
  g_autoptr (ImpAttachment) empty = imp_attachment_new (NULL, NULL, NULL, NULL);

  g_assert_cmpstr (full->name, ==, "a.pdf");
  g_assert_true (full->bytes == bytes);
  imp_attachment_free (full);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1);
  g_assert_null (empty->reference);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/attachment/references", test_references);
  g_test_add_func ("/importer/attachment/owner", test_owner);
  return g_test_run ();
}
