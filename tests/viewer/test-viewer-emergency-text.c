/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-crypto.h"
#include "disc-emergency.h"
#include "viewer-emergency-text.h"

static void
test_cases (void)
{
  static const struct
  {
    const char *text;
    guint n_characters, wrong_group;
  } cases[] = {
    { "", 0, 0 },
    { "0000", 4, 0 },                     /* nothing can be said yet */
    { "00005", 5, 0 },
    { "00006", 5, 1 },
    { "00005-0000", 9, 0 },
    { "00005-0000A-00001", 15, 3 },
    { "00005-0000A-00001-00", 17, 3 },
    { "ooooS", 5, 1 },                    /* O is 0, but S is not 5 */
    { "oooo5", 5, 0 },
    { "００００５　００００Ａ", 10, 0 },     /* full-width, with a full-width blank */
    { "００００５ー００００ｂ", 10, 2 },
    { "ああああああ", 6, 1 },
    { "00005-0000A-0000F-0000M-0000H-0000Y-0000V", 35, 0 },
    { "00005-0000A-0000F-0000M-0000H-0000Y-0000W", 35, 7 },
    { "00005-0000A-0000F-0000M-0000H-0000Y-0000V-0", 36, 0 },
    { "0000A-00005", 10, 1 },             /* groups exchanged */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (viewer_emergency_n_characters (cases[i].text), ==, cases[i].n_characters);
      g_assert_cmpuint (viewer_emergency_wrong_group (cases[i].text), ==, cases[i].wrong_group);
    }
}

/* A right key is right from its first character to its last. */
static void
test_while_typing (void)
{
  char text[DISC_EMERGENCY_TEXT_BYTES];

  g_assert_true (disc_crypto_init (NULL));
  for (guint round = 0; round < 50; round++)
    {
      disc_emergency_new (text);
      for (gsize len = 0; len <= strlen (text); len++)
        {
          g_autofree char *typed = g_strndup (text, len);

          g_assert_cmpuint (viewer_emergency_wrong_group (typed), ==, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/emergency-text/cases", test_cases);
  g_test_add_func ("/viewer/emergency-text/while-typing", test_while_typing);
  return g_test_run ();
}
