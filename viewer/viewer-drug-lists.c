/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-drug-lists.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-drug-name.h"
#include "viewer-drug-table.h"

#define CLASSES "drug-classes.tsv"
#define HIGH_ALERT "high-alert-drugs.tsv"
#define LOOK_ALIKE "look-alike-drugs.tsv"

#define YJ_LENGTH 12

struct _ViewerDrugLists
{
  GHashTable *classes; /* digits to name */
  GPtrArray *kinds;    /* ViewerDrugKind */
  GPtrArray *others;   /* folded names that are of no kind */
  GPtrArray *pairs;    /* folded, two by two */
  char *signed_by;
  char *problem;
};

/* ---- what the tables hold ------------------------------------------------------------------- */

static void
lab_free (gpointer data)
{
  ViewerDrugLab *lab = data;

  g_free (lab->label);
  g_strfreev (lab->names);
  g_strfreev (lab->codes);
  g_free (lab);
}

static void
kind_free (gpointer data)
{
  ViewerDrugKind *kind = data;

  g_free (kind->key);
  g_free (kind->english);
  g_free (kind->japanese);
  g_ptr_array_unref (kind->stems);
  g_ptr_array_unref (kind->classes);
  g_ptr_array_unref (kind->labs);
  g_free (kind);
}

static const char *
take_class (gpointer data, char **columns)
{
  ViewerDrugLists *self = data;

  if (g_strv_length (columns) != 2 || *columns[0] == '\0' || *columns[1] == '\0')
    return "there must be digits and a name";
  g_hash_table_insert (self->classes, g_strdup (columns[0]), g_strdup (columns[1]));
  return NULL;
}

static const char *
take_pair (gpointer data, char **columns)
{
  ViewerDrugLists *self = data;

  if (g_strv_length (columns) < 2 || *columns[0] == '\0' || *columns[1] == '\0')
    return "there must be two names";
  g_ptr_array_add (self->pairs, viewer_drug_name_fold (columns[0]));
  g_ptr_array_add (self->pairs, viewer_drug_name_fold (columns[1]));
  return NULL;
}

static ViewerDrugKind *
find_kind (const ViewerDrugLists *self, const char *key)
{
  for (guint i = 0; i < self->kinds->len; i++)
    {
      ViewerDrugKind *kind = g_ptr_array_index (self->kinds, i);

      if (strcmp (kind->key, key) == 0)
        return kind;
    }
  return NULL;
}

static const char *
add_kind (ViewerDrugLists *self, char **columns, guint n)
{
  ViewerDrugKind *kind;

  if (n != 4 || *columns[1] == '\0' || *columns[3] == '\0' || find_kind (self, columns[1]) != NULL)
    return "a kind must have a key of its own and two names";
  kind = g_new0 (ViewerDrugKind, 1);
  kind->key = g_strdup (columns[1]);
  kind->english = g_strdup (columns[2]);
  kind->japanese = g_strdup (columns[3]);
  kind->stems = g_ptr_array_new_with_free_func (g_free);
  kind->classes = g_ptr_array_new_with_free_func (g_free);
  kind->labs = g_ptr_array_new_with_free_func (lab_free);
  g_ptr_array_add (self->kinds, kind);
  return NULL;
}

static const char *
add_lab (ViewerDrugKind *kind, char **columns, guint n)
{
  ViewerDrugLab *lab;

  if (n < 4 || *columns[2] == '\0' || *columns[3] == '\0')
    return "an item must have a word and its names";
  lab = g_new0 (ViewerDrugLab, 1);
  lab->label = g_strdup (columns[2]);
  lab->names = g_strsplit (columns[3], "|", -1);
  lab->codes = g_strsplit (n > 4 ? columns[4] : "", "|", -1);
  for (guint i = 0; lab->names[i] != NULL; i++)
    {
      char *folded = viewer_drug_name_fold (lab->names[i]);

      g_free (lab->names[i]);
      lab->names[i] = folded;
    }
  g_ptr_array_add (kind->labs, lab);
  return NULL;
}

static const char *
take_high_alert (gpointer data, char **columns)
{
  ViewerDrugLists *self = data;
  guint n = g_strv_length (columns);
  ViewerDrugKind *kind;

  if (n < 3 || *columns[2] == '\0')
    return "there must be a word, a key and what it says, with tabs between";
  if (strcmp (columns[0], "kind") == 0)
    return add_kind (self, columns, n);
  if (strcmp (columns[0], "signed") == 0)
    {
      g_free (self->signed_by);
      self->signed_by = g_strdup_printf ("%s %s", columns[1], columns[2]);
      return NULL;
    }
  kind = find_kind (self, columns[1]);
  if (kind == NULL)
    return "its kind does not stand before it";
  if (strcmp (columns[0], "drug") == 0)
    g_ptr_array_add (kind->stems, viewer_drug_name_fold (columns[2]));
  else if (strcmp (columns[0], "not") == 0)
    g_ptr_array_add (self->others, viewer_drug_name_fold (columns[2]));
  else if (strcmp (columns[0], "yj") == 0)
    g_ptr_array_add (kind->classes, g_strdup (columns[2]));
  else if (strcmp (columns[0], "lab") == 0)
    return add_lab (kind, columns, n);
  else
    return "the word must be kind, drug, not, yj, lab or signed";
  return NULL;
}

static void
forget_table (ViewerDrugLists *self, const char *name)
{
  if (strcmp (name, CLASSES) == 0)
    g_hash_table_remove_all (self->classes);
  else if (strcmp (name, LOOK_ALIKE) == 0)
    g_ptr_array_set_size (self->pairs, 0);
  else
    {
      g_ptr_array_set_size (self->kinds, 0);
      g_ptr_array_set_size (self->others, 0);
      g_clear_pointer (&self->signed_by, g_free);
    }
}

static void
load_table (ViewerDrugLists *self, const char *name, ViewerDrugTableLine take,
            const char *const *folders)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = viewer_drug_table_own (name, folders, &error);
  g_autofree char *builtin = NULL;

  if (own != NULL && viewer_drug_table_read (own, name, take, self, &error))
    return;
  if (error != NULL && self->problem == NULL)
    self->problem = g_strdup (error->message);
  g_clear_error (&error);
  forget_table (self, name);
  builtin = viewer_drug_table_builtin (name);
  if (!viewer_drug_table_read (builtin, name, take, self, &error))
    g_error ("%s", error->message);
}

ViewerDrugLists *
viewer_drug_lists_load (const char *const *folders)
{
  ViewerDrugLists *self = g_new0 (ViewerDrugLists, 1);

  self->classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->pairs = g_ptr_array_new_with_free_func (g_free);
  load_table (self, CLASSES, take_class, folders);
  load_table (self, HIGH_ALERT, take_high_alert, folders);
  load_table (self, LOOK_ALIKE, take_pair, folders);
  return self;
}

void
viewer_drug_lists_free (ViewerDrugLists *self)
{
  g_hash_table_unref (self->classes);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->others);
  g_ptr_array_unref (self->pairs);
  g_free (self->signed_by);
  g_free (self->problem);
  g_free (self);
}

const ViewerDrugLists *
viewer_drug_lists_get (void)
{
  static ViewerDrugLists *lists;

  if (g_once_init_enter (&lists))
    {
      g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
      const char *const *system = g_get_system_data_dirs ();
      ViewerDrugLists *loaded;

      g_ptr_array_add (folders, g_build_filename (g_get_user_config_dir (), "tomoshibi", NULL));
      for (guint i = 0; system[i] != NULL; i++)
        g_ptr_array_add (folders, g_build_filename (system[i], "tomoshibi", NULL));
      g_ptr_array_add (folders, NULL);
      loaded = viewer_drug_lists_load ((const char *const *) folders->pdata);
      g_once_init_leave (&lists, loaded);
    }
  return lists;
}

const char *
viewer_drug_lists_problem (const ViewerDrugLists *self)
{
  return self->problem;
}

const char *
viewer_drug_lists_signed (const ViewerDrugLists *self)
{
  return self->signed_by;
}

/* ---- asking --------------------------------------------------------------------------------- */

const char *
viewer_drug_lists_class (const ViewerDrugLists *self, const char *yj)
{
  for (gsize n = MIN (strlen (yj), 4); n > 0; n--)
    {
      g_autofree char *digits = g_strndup (yj, n);
      const char *name = g_hash_table_lookup (self->classes, digits);

      if (name != NULL)
        return name;
    }
  return NULL;
}

const ViewerDrugKind *
viewer_drug_lists_kind (const ViewerDrugLists *self, const char *name, const char *yj)
{
  g_auto (GStrv) starts = viewer_drug_name_starts (name);

  for (guint i = 0; i < self->others->len; i++)
    if (viewer_drug_starts_with (starts, g_ptr_array_index (self->others, i)))
      return NULL;
  for (guint i = 0; i < self->kinds->len; i++)
    {
      const ViewerDrugKind *kind = g_ptr_array_index (self->kinds, i);

      for (guint k = 0; yj != NULL && k < kind->classes->len; k++)
        if (g_str_has_prefix (yj, g_ptr_array_index (kind->classes, k)))
          return kind;
      for (guint k = 0; k < kind->stems->len; k++)
        if (viewer_drug_starts_with (starts, g_ptr_array_index (kind->stems, k)))
          return kind;
    }
  return NULL;
}

GArray *
viewer_drug_lists_words (const ViewerDrugLists *self, const char *name)
{
  g_auto (GStrv) starts = viewer_drug_name_starts (name);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->pairs->len; i++)
    if (viewer_drug_starts_with (starts, g_ptr_array_index (self->pairs, i)))
      g_array_append_val (words, i);
  return words;
}

gboolean
viewer_drug_words_are_pair (const GArray *a, const GArray *b)
{
  /* The two of a line are neighbours, the first of even number. */
  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < b->len; k++)
      if ((g_array_index (a, guint, i) ^ 1) == g_array_index (b, guint, k))
        return TRUE;
  return FALSE;
}

gboolean
viewer_drug_lists_is_pair (const ViewerDrugLists *self, const char *a, const char *b)
{
  g_autoptr (GArray) x = viewer_drug_lists_words (self, a);
  g_autoptr (GArray) y = viewer_drug_lists_words (self, b);

  return viewer_drug_words_are_pair (x, y);
}

const char *
viewer_drug_kind_name (const ViewerDrugKind *kind)
{
  /* Translators: "ja" where the window is in Japanese, else "en". */
  return strcmp (C_ ("language of lists", "en"), "ja") == 0 || *kind->english == '\0'
             ? kind->japanese
             : kind->english;
}

static gboolean
code_is (const char *code, const char *pattern)
{
  const char *star = strchr (pattern, '*');
  gsize len = star != NULL ? (gsize) (star - pattern) : strlen (pattern);

  return len > 0 && strncmp (code, pattern, len) == 0 &&
         (star == NULL || g_str_has_suffix (code, star + 1));
}

gboolean
viewer_drug_lab_is (const ViewerDrugLab *lab, const char *name, const char *code)
{
  g_autofree char *folded = viewer_drug_name_fold (name);

  if (g_strv_contains ((const char *const *) lab->names, folded))
    return TRUE;
  for (guint i = 0; code != NULL && lab->codes[i] != NULL; i++)
    if (code_is (code, lab->codes[i]))
      return TRUE;
  return FALSE;
}

/* ---- YJ ------------------------------------------------------------------------------------- */

static gboolean
is_yj_system (const char *system)
{
  static const char *const ends[] = {
    "1.2.392.100495.20.2.73",
    "1.2.392.100495.20.1.73",
    "1.2.392.100495.20.2.81",
    "1.2.392.100495.20.1.81",
    "/YJ-code",
    "/master-YJ",
    "/KikakubetsuYakuzaiSeibun",
    "/MedicationGeneralOrderCode",
  };
  g_autofree char *bare = g_strdup (system);
  char *version = strpbrk (bare, "|#");

  if (version != NULL)
    *version = '\0';
  if (g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';
  if (g_ascii_strcasecmp (bare, "YJ") == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (bare, ends[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_yj_code (const char *code)
{
  if (strlen (code) != YJ_LENGTH || !g_ascii_isupper (code[7]))
    return FALSE;
  for (guint i = 0; i < YJ_LENGTH; i++)
    if (i < 7 ? !g_ascii_isdigit (code[i]) : !g_ascii_isalnum (code[i]))
      return FALSE;
  return TRUE;
}

const char *
viewer_drug_yj (const DiscItem *item)
{
  const char *code = NULL;
  DiscField system = DISC_FIELD_NONE; /* where the one of @code stands */

  /* A system stands behind its code; those beside it come after it, each with its own. */
  for (guint i = 0; i < item->n_values; i++)
    {
      const char *value = item->values[i].value;
      DiscField field = item->values[i].field;

      if (field == DISC_FIELD_CODE || field == DISC_FIELD_OTHER_CODE)
        {
          code = value;
          system = field == DISC_FIELD_CODE ? DISC_FIELD_SYSTEM : DISC_FIELD_OTHER_SYSTEM;
        }
      else if (code != NULL && field == system)
        {
          if (is_yj_code (code) && is_yj_system (value))
            return code;
          code = NULL;
        }
    }
  return NULL;
}
