/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "build-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "imp-name.h"

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *below = g_build_filename (path, name, NULL);

          remove_tree (below);
        }
    }
  g_remove (path);
}

void
build_fixture_set_up (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("tomoshibi-build-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->storage = g_build_filename (fixture->dir, "storage", NULL);
  fixture->disc = g_build_filename (fixture->dir, "disc", NULL);
  fixture->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) cJSON_Delete);
  g_assert_cmpint (g_mkdir (fixture->storage, 0700), ==, 0);
}

void
build_fixture_tear_down (BuildFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->storage);
  g_free (fixture->disc);
  g_ptr_array_unref (fixture->lines);
}

void
build_fixture_write (BuildFixture *fixture, const char *path, const char *content, gssize len)
{
  g_autofree char *full = g_build_filename (fixture->storage, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (full, content, len, &error);
  g_assert_no_error (error);
}

char *
build_fixture_message (const char *type, const char *pid, const char *birth, const char *rest)
{
  return g_strdup_printf ("MSH|^~\\&|HIS|HOSP|GW|RCV|20260410101502.345||%s|1|P|2.5\r"
                          "PID|0001||%s^^^^PI||見本^花子^^^^^L^I~ミホン^ハナコ^^^^^L^P||%s|F\r%s\r",
                          type, pid, birth, rest);
}

void
build_fixture_put (BuildFixture *fixture, const char *root, const char *name, const char *message)
{
  g_autofree char *path = NULL;
  ImpName parsed;

  imp_name_parse (name, &parsed);
  g_assert_cmpint (parsed.class, ==, IMP_NAME_MESSAGE);
  path = g_strdup_printf ("%s%.3s/%.3s/%s/%s/%s/%s", root, parsed.patient,
                          strlen (parsed.patient) > 3 ? parsed.patient + 3 : "0", parsed.patient,
                          parsed.care_date, parsed.type, name);
  build_fixture_write (fixture, path, message, -1);
}

int
build_fixture_run (const char *const *arguments, char **out, char **err)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *own_out = NULL;
  g_autofree char *own_err = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("TOMOSHIBI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &own_out, &own_err, &error);
  g_assert_no_error (error);
  if (out != NULL)
    *out = g_steal_pointer (&own_out);
  if (err != NULL)
    *err = g_steal_pointer (&own_err);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

void
build_fixture_build (BuildFixture *fixture, const char *const *options)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *const fixed[] = { "build", "--unsealed", "--from", fixture->storage,
                                "--to",  fixture->disc, "--as-of", "2026-05-01" };
  g_autofree char *err = NULL;
  int code;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (argv, (gpointer) fixed[i]);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) options[i]);
  g_ptr_array_add (argv, NULL);
  code = build_fixture_run ((const char *const *) argv->pdata, NULL, &err);
  g_test_message ("%s", err);
  g_assert_cmpint (code, ==, 0);
}

void
build_fixture_export (BuildFixture *fixture)
{
  const char *const argv[] = { "export", fixture->disc, NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  g_ptr_array_set_size (fixture->lines, 0);
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      cJSON *line = cJSON_Parse (lines[i]);

      g_assert_nonnull (line);
      g_ptr_array_add (fixture->lines, line);
    }
}

const char *
build_text (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);

  return cJSON_IsString (item) ? item->valuestring : NULL;
}

int
build_number (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);

  return cJSON_IsNumber (item) ? item->valueint : -1;
}

const cJSON *
build_fixture_line (const BuildFixture *fixture, const char *type, guint n)
{
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      const cJSON *line = g_ptr_array_index (fixture->lines, i);

      if (g_strcmp0 (build_text (line, "type"), type) == 0 && n-- == 0)
        return line;
    }
  return NULL;
}

guint
build_fixture_count (const BuildFixture *fixture, const char *type)
{
  guint n = 0;

  while (build_fixture_line (fixture, type, n) != NULL)
    n++;
  return n;
}

const cJSON *
build_fixture_record (const BuildFixture *fixture, const char *name)
{
  const cJSON *line;

  for (guint i = 0; (line = build_fixture_line (fixture, "record", i)) != NULL; i++)
    {
      const char *path = build_text (cJSON_GetObjectItemCaseSensitive (line, "source"), "path");

      if (path != NULL && g_str_has_suffix (path, name))
        return line;
    }
  return NULL;
}

const cJSON *
build_fixture_finding (const BuildFixture *fixture, const char *code)
{
  const cJSON *line;

  for (guint i = 0; (line = build_fixture_line (fixture, "finding", i)) != NULL; i++)
    if (g_strcmp0 (build_text (line, "code"), code) == 0)
      return line;
  return NULL;
}

gboolean
build_fixture_target_is_clean (const BuildFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, "storage") != 0 && strcmp (name, "gone") != 0)
      {
        g_test_message ("left behind: %s", name);
        return FALSE;
      }
  return TRUE;
}

guint
build_fixture_count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n' ? 1 : 0;
  return n;
}
