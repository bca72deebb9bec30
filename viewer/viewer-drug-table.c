/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-drug-table.h"

#include "viewer-error.h"
#include "viewer-lists-resource.h"

#define MAX_FILE_BYTES (1024 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

gboolean
viewer_drug_table_read (const char *text, const char *name, ViewerDrugTableLine take, gpointer data,
                        GError **error)
{
  g_auto (GStrv) lines =
      g_strsplit (g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + 3 : text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = NULL;
      const char *why;

      if (lines[i][0] == '#' || *g_strchomp (lines[i]) == '\0')
        continue;
      columns = g_strsplit (lines[i], "\t", -1);
      for (guint c = 0; columns[c] != NULL; c++)
        g_strstrip (columns[c]);
      why = take (data, columns);
      if (why != NULL)
        {
          g_set_error (error, VIEWER_ERROR, VIEWER_ERROR_TABLE, "%s:%u: %s", name, i + 1, why);
          return FALSE;
        }
    }
  return TRUE;
}

char *
viewer_drug_table_builtin (const char *name)
{
  g_autofree char *path = g_strconcat ("/jp/tomoshibi/lists/", name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (viewer_lists_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
read_short (const char *path, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char *text = g_malloc (MAX_FILE_BYTES + 1);
  gsize len = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_FILE_BYTES + 1,
                                                  &len, NULL, NULL))
    {
      g_set_error (error, VIEWER_ERROR, VIEWER_ERROR_TABLE, "%s: cannot be read", name);
      return NULL;
    }
  if (len > MAX_FILE_BYTES || !g_utf8_validate (text, (gssize) len, NULL))
    {
      g_set_error (error, VIEWER_ERROR, VIEWER_ERROR_TABLE, "%s: must be a short text in UTF-8",
                   name);
      return NULL;
    }
  return g_strndup (text, len);
}

char *
viewer_drug_table_own (const char *name, const char *const *folders, GError **error)
{
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return read_short (path, name, error);
    }
  return NULL;
}
