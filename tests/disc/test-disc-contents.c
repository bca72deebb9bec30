/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-contents.h"

static void
test_count (void)
{
  g_autoptr (DiscContents) contents = disc_contents_new ();
  g_autofree char *empty = disc_contents_write (contents);
  g_autofree char *text = NULL;

  g_assert_cmpstr (empty, ==, "");
  disc_contents_add (contents, "OMP-01");
  disc_contents_add (contents, "ADT-00");
  disc_contents_add (contents, "OMP-01");
  disc_contents_add (contents, "PPR-01");
  g_assert_cmpuint (disc_contents_total (contents), ==, 4);
  disc_contents_take (contents, "PPR-01");
  disc_contents_take (contents, "PPR-01"); /* none left: nothing happens */
  disc_contents_take (contents, "OML-11");
  text = disc_contents_write (contents);
  g_assert_cmpstr (text, ==, "ADT-00 1\nOMP-01 2");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *written;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "OMP-01 2\nADT-00 1", "ADT-00 1\nOMP-01 2" },
    { " 3", " 3" },                     /* messages without a type */
    { "a type 3", "a type 3" },
    { "OMP-01", "" },
    { "OMP-01 0", "" },
    { "OMP-01 -1", "" },
    { "OMP-01 99999999", "" },          /* more than a chart can hold */
    { "OMP-01 2x\nADT-00 1", "ADT-00 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscContents) contents = disc_contents_parse (cases[i].text);
      g_autofree char *written = disc_contents_write (contents);

      g_assert_cmpstr (written, ==, cases[i].written);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/contents/count", test_count);
  g_test_add_func ("/disc/contents/parse", test_parse);
  return g_test_run ();
}
