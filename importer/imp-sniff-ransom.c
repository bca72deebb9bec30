/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff.h"

#include <string.h>

/* Last endings that families of ransomware gave to files in reports on them. Endings that ordinary
 * programs write too (".enc", ".lock", ".bak") are left out. */
static const char *const endings[] = {
  "8base",        "abcd",     "akira",         "babyk",     "babuk",        "basta",    "bianlian",
  "blackbyte",    "blackcat", "blacksuit",     "cerber",    "clop",         "cl0p",     "conti",
  "cring",        "crypt",    "crypted",       "crypto",    "cryptolocker", "cuba",     "darkside",
  "deadbolt",     "devos",    "dharma",        "djvu",      "eking",        "elbie",    "encrypt",
  "encrypted",    "faust",    "globeimposter", "hunters",   "karakurt",     "lockbit",  "locked",
  "lockfile",     "locky",    "lorenz",        "makop",     "mallox",       "maze",     "medusa",
  "medusalocker", "monti",    "nefilim",       "netwalker", "nokoyawa",     "phobos",   "play",
  "pysa",         "qilin",    "quantum",       "ragnar",    "ranzy",        "rhysida",  "royal",
  "royal_w",      "ryk",      "ryuk",          "snatch",    "sodinokibi",   "suncrypt", "thanos",
  "vice",         "wannacry", "wasted",        "wcry",      "wncry",        "wncryt",   "zeppelin",
};

/* In names of notes, without case, blanks and signs. */
static const char *const notes[] = {
  "akirareadme",      "backyourfiles",      "contireadme",        "cryptoreadme",
  "decryptfiles",     "decryptinstruct",    "decryptioninstruct", "decryptmyfiles",
  "decryptreadme",    "decryptyourfiles",   "filesareencrypted",  "filesencrypted",
  "helpdecrypt",      "helprecover",        "helprestore",        "helpyourfiles",
  "howtobackfiles",   "howtodecrypt",       "howtorecover",       "howtorestore",
  "howtounlock",      "instructionsreadme", "lockbitnote",        "lockbitransomware",
  "readmefordecrypt", "readmetodecrypt",    "readmetorecover",    "readmetorestore",
  "recovermyfiles",   "recoveryourfiles",   "restorefilesinfo",   "restoremyfiles",
  "restoreyourfiles", "ryukreadme",         "unlockmyfiles",      "unlockyourfiles",
  "wanadecryptor",    "yourfilesare",
};

static const char *const note_endings[] = { "txt", "html", "htm", "hta", "rtf",
                                            "url", "bmp",  "png", "jpg" };

static gboolean
is_one_of (const char *word, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "chart.pdf.id-1A2B3C4D.[mail@host].eking": an address in brackets, in the ending. */
static gboolean
has_address (const char *name)
{
  const char *open = strstr (name, ".[");
  const char *at = open != NULL ? strchr (open, '@') : NULL;

  return at != NULL && strchr (at, ']') != NULL;
}

/* LockBit 3 calls its note after the ending it gives: "Ab3dEfG9h.README.txt". */
static gboolean
is_lockbit_note (const char *name)
{
  if (strlen (name) != 9 + strlen (".README.txt") || strcmp (name + 9, ".README.txt") != 0)
    return FALSE;
  for (guint i = 0; i < 9; i++)
    if (!g_ascii_isalnum (name[i]))
      return FALSE;
  return TRUE;
}

static char *
only_letters (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, g_ascii_tolower (*p));
  return g_string_free (out, FALSE);
}

static gboolean
is_note (const char *name, const char *ending)
{
  g_autofree char *stem = NULL;
  g_autofree char *letters = NULL;

  if (ending != NULL && !is_one_of (ending, note_endings, G_N_ELEMENTS (note_endings)))
    return FALSE;
  stem = ending != NULL ? g_strndup (name, (gsize) (ending - 1 - name)) : g_strdup (name);
  letters = only_letters (stem);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (strstr (letters, notes[i]) != NULL)
      return TRUE;
  /* "RECOVER-xyz1234-FILES.txt", "_readme.txt" */
  return (g_str_has_prefix (letters, "recover") && g_str_has_suffix (letters, "files")) ||
         (ending != NULL && g_ascii_strcasecmp (name, "_readme.txt") == 0);
}

gboolean
imp_sniff_is_ransom_name (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *dot;

  if (slash != NULL)
    name = slash + 1;
  slash = strrchr (name, '\\');
  if (slash != NULL)
    name = slash + 1;
  dot = strrchr (name, '.');

  if (has_address (name) || is_lockbit_note (name))
    return TRUE;
  if (dot != NULL && dot > name && is_one_of (dot + 1, endings, G_N_ELEMENTS (endings)))
    return TRUE;
  return is_note (name, dot != NULL ? dot + 1 : NULL);
}
