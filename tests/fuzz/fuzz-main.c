/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plain main for a fuzz target: runs each file of the folders named once, in order of name, so
 * that "meson test" replays the corpus without a fuzzer.
 */
#include <glib.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static guint
replay_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *entry;

  if (dir == NULL)
    g_error ("%s", error->message);
  while ((entry = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (entry));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *data = NULL;
      g_autofree guint8 *exact = NULL;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, &error))
        g_error ("%s", error->message);
      exact = g_memdup2 (data, size); /* without the NUL behind it, so that overruns show */
      g_printerr ("%s\n", path);
      LLVMFuzzerTestOneInput (exact, size);
    }
  return names->len;
}

int
main (int argc, char *argv[])
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    n += replay_folder (argv[i]);
  printf ("%u inputs\n", n);
  return n > 0 ? 0 : 1;
}
