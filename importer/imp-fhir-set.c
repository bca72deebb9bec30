/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-set.h"

#include <string.h>

#include "imp-fhir-fate.h"
#include "imp-fhir-order.h"

/* A Bundle among those that may be the same thing, sent again. */
typedef struct
{
  char *key;        /* whose it is, and which: what is sent again has the same */
  char *time;       /* (nullable): of it, as written */
  gint64 version;   /* of a document; -1: none */
  guint32 number;   /* from 1 */
  gboolean empties; /* JP-CLINS: a patient alone takes back all that was sent before */
} Member;

typedef struct
{
  const ImpFhirPeople *people;
  ImpFhirStore *store;
  ImpFhirFinder *finder;
  GArray *members; /* (element-type Member) */
} Sets;

static void
clear_member (gpointer data)
{
  g_free (((Member *) data)->key);
  g_free (((Member *) data)->time);
}

/* The less it stands the more it counts. */
static void
lower (ImpFhirStoredBundle *bundle, ImpFhirSetFate fate)
{
  static const guint ranks[] = {
    [IMP_FHIR_SET_STANDS] = 0,     [IMP_FHIR_SET_IN_DOUBT] = 1, [IMP_FHIR_SET_OLD_LIST] = 2,
    [IMP_FHIR_SET_SUPERSEDED] = 3, [IMP_FHIR_SET_DELETED] = 4,  [IMP_FHIR_SET_ENTERED_IN_ERROR] = 5
  };

  if (ranks[fate] > ranks[bundle->fate])
    bundle->fate = fate;
}

/* ---- what it is ----------------------------------------------------------------------------- */

/* (transfer full): whose it is; "" where it is not known. */
static char *
owner_of (Sets *self, const ImpFhirStoredBundle *bundle)
{
  const ImpFhirChart *chart = bundle->patient > 0 && bundle->patient != G_MAXUINT32
                                  ? imp_fhir_people_chart (self->people, bundle->patient - 1)
                                  : NULL;

  return chart != NULL
             ? g_strdup_printf ("%s %s %u", chart->facility, chart->id, chart->part)
             : g_strdup ("");
}

static const cJSON *
composition_of (Sets *self, const ImpFhirStoredBundle *bundle)
{
  return bundle->composition > 0 ? imp_fhir_finder_tree (self->finder, bundle->composition - 1)
                                 : NULL;
}

static gint64
version_of (const cJSON *composition)
{
  const cJSON *extension =
      imp_fhir_extension (composition, "composition-clinicaldocument-versionNumber");
  const char *text = imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL));
  guint64 n;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &n, NULL) ? (gint64) n
                                                                                        : -1;
}

/* "system|value" of a document: it is the same in all its versions. */
static char *
identifier_of (const cJSON *resource)
{
  const cJSON *identifier = imp_json_first (imp_json_get (resource, "identifier"));
  const char *system = imp_json_string (identifier, "system");
  const char *value = imp_json_string (identifier, "value");

  return value != NULL ? g_strdup_printf ("%s|%s", system != NULL ? system : "", value) : NULL;
}

/* Which resource type a list of JP-CLINS is of, by what it holds. */
static const char *
list_type (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);

  for (guint32 i = bundle->first; i < bundle->end; i++)
    {
      const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, i);
      const char *type = imp_fhir_store_type (self->store, entry);

      if (entry->bundle == number &&
          (strcmp (type, "AllergyIntolerance") == 0 || strcmp (type, "Condition") == 0))
        return type;
    }
  return NULL;
}

/* ---- the same, sent again -------------------------------------------------------------------- */

static void
add_member (Sets *self, char *key, const char *time, gint64 version, guint32 number,
            gboolean empties)
{
  Member member = { key, g_strdup (time), version, number, empties };

  g_array_append_val (self->members, member);
}

static void
add_sent (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);
  g_autofree char *owner = owner_of (self, bundle);

  if (bundle->identifier == NULL ||
      (bundle->type != IMP_FHIR_BUNDLE_DOCUMENT && bundle->type != IMP_FHIR_BUNDLE_COLLECTION))
    return;
  add_member (self, g_strdup_printf ("%s\n%s", owner, bundle->identifier), bundle->timestamp, -1,
              number, bundle->is_clins && bundle->n_others == 0 && bundle->patient > 0);
}

static void
add_document (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);
  const cJSON *composition = composition_of (self, bundle);
  g_autofree char *owner = owner_of (self, bundle);
  g_autofree char *identifier = identifier_of (composition);
  const char *type = imp_fhir_string (composition, "type.coding.code");

  /* One number on documents of two kinds makes them no versions of each other (E10). */
  if (bundle->type == IMP_FHIR_BUNDLE_DOCUMENT && identifier != NULL)
    add_member (self, g_strdup_printf ("%s\nC %s %s", owner, type != NULL ? type : "", identifier),
                imp_json_string (composition, "date"), version_of (composition), number, FALSE);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;
  int order = strcmp (x->key, y->key);

  return order != 0 ? order : x->number < y->number ? -1 : x->number > y->number;
}

/* Negative: @a is older. Returns: FALSE if nothing tells. */
static gboolean
compare_age (const Member *a, const Member *b, int *order)
{
  if (a->version >= 0 && b->version >= 0 && a->version != b->version)
    {
      *order = a->version < b->version ? -1 : 1;
      return TRUE;
    }
  return a->time != NULL && b->time != NULL && imp_fhir_compare_times (a->time, b->time, order) &&
         *order != 0;
}

/* Entries of @number that are resources, by what they say. */
static GArray *
contents_of (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);
  GArray *contents = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint32 i = bundle->first; i < bundle->end; i++)
    if (imp_fhir_store_entry (self->store, i)->bundle == number)
      g_array_append_val (contents, imp_fhir_store_entry (self->store, i)->content);
  return contents;
}

static gboolean
is_copy (Sets *self, guint32 a, guint32 b)
{
  g_autoptr (GArray) x = contents_of (self, a);
  g_autoptr (GArray) y = contents_of (self, b);

  return x->len == y->len && memcmp (x->data, y->data, x->len * sizeof (guint64)) == 0;
}

static void
set_identical (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);

  for (guint32 i = bundle->first; i < bundle->end; i++)
    if (imp_fhir_store_entry (self->store, i)->bundle == number)
      imp_fhir_store_entry (self->store, i)->fate = IMP_FHIR_FATE_IDENTICAL;
}

static void
settle_pair (Sets *self, const Member *a, const Member *b)
{
  ImpFhirStoredBundle *x = imp_fhir_store_bundle (self->store, a->number);
  ImpFhirStoredBundle *y = imp_fhir_store_bundle (self->store, b->number);
  int order;

  if (!compare_age (a, b, &order))
    {
      if (is_copy (self, a->number, b->number))
        set_identical (self, b->number);
      else
        {
          lower (x, IMP_FHIR_SET_IN_DOUBT);
          lower (y, IMP_FHIR_SET_IN_DOUBT);
        }
    }
  else if (order < 0)
    lower (x, b->empties ? IMP_FHIR_SET_DELETED : IMP_FHIR_SET_SUPERSEDED);
  else
    lower (y, a->empties ? IMP_FHIR_SET_DELETED : IMP_FHIR_SET_SUPERSEDED);
}

#define MAX_SAME 1000 /* Bundles of one key that are compared each with each */

static void
settle_same (Sets *self)
{
  g_array_sort (self->members, compare_members);
  for (guint i = 0; i < self->members->len; i++)
    for (guint j = i + 1; j < self->members->len && j - i < MAX_SAME; j++)
      {
        const Member *a = &g_array_index (self->members, Member, i);
        const Member *b = &g_array_index (self->members, Member, j);

        if (strcmp (a->key, b->key) != 0)
          break;
        settle_pair (self, a, b);
      }
  g_array_set_size (self->members, 0);
}

/* ---- documents that say so themselves -------------------------------------------------------- */

/* The Bundle of the document that @target names, or 0. */
static guint32
target_bundle (Sets *self, guint32 entry, const cJSON *relation)
{
  const cJSON *reference = imp_fhir_choice (relation, "target", NULL, NULL);
  g_autoptr (cJSON) logical = NULL;
  guint32 target;

  if (imp_json_get (relation, "targetIdentifier") != NULL)
    {
      logical = cJSON_CreateObject ();
      cJSON_AddItemToObject (logical, "identifier",
                             cJSON_Duplicate (imp_json_get (relation, "targetIdentifier"), TRUE));
      reference = logical;
    }
  if (reference == NULL)
    return 0;
  imp_fhir_finder_begin (self->finder, entry, NULL);
  if (!imp_fhir_finder_choose (self->finder,
                               imp_fhir_finder_hits (self->finder, reference, "Composition"),
                               "Composition", &target))
    return 0;
  return imp_fhir_store_entry (self->store, target)->bundle;
}

static void
apply_composition (Sets *self, guint32 number)
{
  ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);
  g_autoptr (cJSON) composition = cJSON_Duplicate (composition_of (self, bundle), TRUE);
  ImpFhirState state;

  if (bundle->type != IMP_FHIR_BUNDLE_DOCUMENT || composition == NULL)
    return;
  state = imp_fhir_state (composition, "Composition");
  if (state.status == DISC_STATUS_ENTERED_IN_ERROR)
    lower (bundle, IMP_FHIR_SET_ENTERED_IN_ERROR);
  if (!state.is_live) /* what is dead replaces nothing */
    return;
  for (const cJSON *one = imp_json_first (imp_json_get (composition, "relatesTo")); one != NULL;
       one = imp_json_next (one))
    {
      guint32 target;

      if (g_strcmp0 (imp_json_string (one, "code"), "replaces") != 0)
        continue;
      target = target_bundle (self, bundle->composition - 1, one);
      if (target > 0 && target != number)
        lower (imp_fhir_store_bundle (self->store, target), IMP_FHIR_SET_SUPERSEDED);
    }
}

/* ---- whole lists ----------------------------------------------------------------------------- */

/* Lists of allergies and of diseases are complete: what an older one alone has was removed, or has
 * ended long ago. It is history, and of allergies still worth a look. */
static void
add_list (Sets *self, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, number);
  const char *type = bundle->is_clins ? list_type (self, number) : NULL;
  g_autofree char *owner = owner_of (self, bundle);
  g_autofree char *facility = imp_fhir_bundle_facility (bundle);

  if (type != NULL && *owner != '\0' && bundle->fate == IMP_FHIR_SET_STANDS)
    add_member (self, g_strdup_printf ("%s\n%s\n%s", owner, type, facility != NULL ? facility : ""),
                bundle->timestamp, -1, number, FALSE);
}

/* (transfer full): what an entry of a list is found again by: what it says, and its numbers. */
static void
add_keys (Sets *self, guint32 entry, GPtrArray *keys)
{
  const cJSON *resource = imp_fhir_finder_tree (self->finder, entry);

  g_ptr_array_add (keys, g_strdup_printf ("%" G_GINT64_MODIFIER "x",
                                          imp_fhir_store_entry (self->store, entry)->content));
  for (const cJSON *one = imp_json_first (imp_json_get (resource, "identifier")); one != NULL;
       one = imp_json_next (one))
    if (imp_json_string (one, "value") != NULL)
      g_ptr_array_add (keys, g_strdup_printf ("%s|%s",
                                              imp_json_string (one, "system") != NULL
                                                  ? imp_json_string (one, "system")
                                                  : "",
                                              imp_json_string (one, "value")));
}

static gboolean
is_listed (Sets *self, guint32 number, guint32 entry, const char *type)
{
  const ImpFhirEntry *place = imp_fhir_store_entry (self->store, entry);

  return place->bundle == number && (place->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) &&
         strcmp (imp_fhir_store_type (self->store, place), type) == 0;
}

/* What the newer list says again, it replaces. */
static void
supersede_repeated (Sets *self, guint32 newer, guint32 older, const char *type)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, newer);

  for (guint32 i = bundle->first; i < bundle->end; i++)
    if (is_listed (self, newer, i, type))
      add_keys (self, i, keys);
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (known, g_strdup (g_ptr_array_index (keys, i)));
  bundle = imp_fhir_store_bundle (self->store, older);
  for (guint32 i = bundle->first; i < bundle->end; i++)
    {
      if (!is_listed (self, older, i, type))
        continue;
      g_ptr_array_set_size (keys, 0);
      add_keys (self, i, keys);
      for (guint j = 0; j < keys->len; j++)
        if (g_hash_table_contains (known, g_ptr_array_index (keys, j)))
          imp_fhir_store_entry (self->store, i)->fate = IMP_FHIR_FATE_SUPERSEDED;
    }
}

static void
settle_lists (Sets *self)
{
  int order;

  g_array_sort (self->members, compare_members);
  for (guint i = 0; i < self->members->len; i++)
    for (guint j = i + 1; j < self->members->len && j - i < MAX_SAME; j++)
      {
        const Member *a = &g_array_index (self->members, Member, i);
        const Member *b = &g_array_index (self->members, Member, j);

        if (strcmp (a->key, b->key) != 0)
          break;
        if (!compare_age (a, b, &order))
          continue;
        lower (imp_fhir_store_bundle (self->store, order < 0 ? a->number : b->number),
               IMP_FHIR_SET_OLD_LIST);
        supersede_repeated (self, order < 0 ? b->number : a->number,
                            order < 0 ? a->number : b->number, list_type (self, a->number));
      }
  g_array_set_size (self->members, 0);
}

gboolean
imp_fhir_sets (const ImpFhirPeople *people, ImpFhirFinder *finder, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  Sets self = { people, people->store, finder, members };
  guint32 n = imp_fhir_store_n_bundles (people->store);

  g_array_set_clear_func (members, clear_member);
  for (guint32 i = 1; i <= n; i++)
    apply_composition (&self, i);
  for (guint32 i = 1; i <= n; i++)
    add_sent (&self, i);
  settle_same (&self);
  for (guint32 i = 1; i <= n; i++)
    add_document (&self, i);
  settle_same (&self);
  for (guint32 i = 1; i <= n; i++)
    add_list (&self, i);
  settle_lists (&self);
  if (imp_fhir_finder_error (finder) == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (imp_fhir_finder_error (finder)));
  return FALSE;
}
