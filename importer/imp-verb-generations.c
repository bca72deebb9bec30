/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>

#include <cjson/cJSON.h>

#include "disc-store.h"

/* On a terminal nothing of the data may be a control character. */
static void
print_field (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "-");

  for (char *p = copy; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  g_print ("\t%s", copy);
}

static const char *
state_text (const DiscGeneration *generation)
{
  if (generation->fault != NULL)
    return imp_options_sentence (generation->fault);
  if (!generation->is_sealed)
    return _("NOT ENCRYPTED, for development");
  return generation->is_damaged ? _("damaged: parts of it are lost") : _("whole");
}

/* (transfer full): the state, and which volumes are here where there are several. */
static char *
state_and_volumes (const DiscGeneration *generation)
{
  g_autoptr (GString) list = g_string_new ("1");

  if (generation->n_volumes == 1)
    return g_strdup (state_text (generation));
  for (guint i = 0; i < generation->volumes->len; i++)
    g_string_append_printf (list, ", %u", g_array_index (generation->volumes, guint, i));
  for (guint i = 0; i < generation->damaged_volumes->len; i++)
    {
      g_string_append (list, ", ");
      g_string_append_printf (list, _("%u (damaged)"),
                              g_array_index (generation->damaged_volumes, guint, i));
    }
  return g_strdup_printf (_("%s; of %u volumes are here: %s"), state_text (generation),
                          generation->n_volumes, list->str);
}

static void
print_text (const GPtrArray *all)
{
  const DiscGeneration *newest = disc_store_newest (all);

  if (all->len == 0)
    g_print ("%s\n", _("The store is empty."));
  for (guint i = 0; i < all->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (all, i);
      g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, generation->serial);
      g_autofree char *size = g_format_size (generation->bytes);
      g_autofree char *state = state_and_volumes (generation);

      /* The one that the viewer starts with. */
      g_print ("%s", generation == newest ? "*" : " ");
      print_field (generation->as_of);
      print_field (generation->serial > 0 ? serial : NULL);
      print_field (generation->hospital);
      print_field (size);
      print_field (state);
      print_field (generation->name);
      g_print ("\n");
    }
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
}

static void
add_numbers (cJSON *object, const char *key, const GArray *numbers)
{
  cJSON *array = cJSON_AddArrayToObject (object, key);

  for (guint i = 0; i < numbers->len; i++)
    cJSON_AddItemToArray (array, cJSON_CreateNumber (g_array_index (numbers, guint, i)));
}

static cJSON *
generation_json (const DiscGeneration *generation)
{
  cJSON *object = cJSON_CreateObject ();

  add_text (object, "name", generation->name);
  add_text (object, "path", generation->path);
  add_text (object, "id", generation->id);
  add_text (object, "hospital", generation->hospital);
  add_text (object, "as_of", generation->as_of);
  add_text (object, "built_at", generation->built_at);
  if (generation->serial > 0)
    cJSON_AddNumberToObject (object, "serial", (double) generation->serial);
  cJSON_AddNumberToObject (object, "bytes", (double) generation->bytes);
  cJSON_AddBoolToObject (object, "sealed", generation->is_sealed);
  add_text (object, "signer_name", generation->signer_name);
  cJSON_AddBoolToObject (object, "damaged", generation->is_damaged);
  cJSON_AddNumberToObject (object, "volumes", generation->n_volumes);
  add_numbers (object, "volumes_here", generation->volumes);
  add_numbers (object, "volumes_damaged", generation->damaged_volumes);
  cJSON_AddBoolToObject (object, "usable", generation->fault == NULL);
  if (generation->fault != NULL)
    add_text (object, "fault", generation->fault->message);
  return object;
}

static void
print_json (const GPtrArray *all)
{
  const DiscGeneration *newest = disc_store_newest (all);
  cJSON *object = cJSON_CreateObject ();
  cJSON *array = cJSON_AddArrayToObject (object, "generations");

  for (guint i = 0; i < all->len; i++)
    cJSON_AddItemToArray (array, generation_json (g_ptr_array_index (all, i)));
  if (newest != NULL)
    add_text (object, "newest", newest->name);
  imp_options_print_json (object);
}

int
imp_verb_generations (int argc, char **argv)
{
  g_autofree char *store = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, N_("Folder of the store"), N_("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print the list as JSON"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscTrust) trust = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (!imp_options_parse (argc, argv, "--store DIR",
                          _("Lists the discs in a laptop's store, newest first; the viewer starts "
                            "with the one that has a star."),
                          entries, &rest, &error))
    return imp_options_fail ("generations", error);
  if (g_strv_length (rest) != 0)
    return imp_options_fail_usage ("generations", "%s", _("it takes no disc"));
  if (store == NULL || *store == '\0')
    return imp_options_fail_usage ("generations", "%s", _("--store DIR is missing"));

  trust = disc_trust_load_own (&error);
  all = trust != NULL ? disc_store_list (store, trust, &error) : NULL;
  if (all == NULL)
    return imp_options_fail ("generations", error);

  if (as_json)
    print_json (all);
  else
    print_text (all);
  return IMP_EXIT_DONE;
}
