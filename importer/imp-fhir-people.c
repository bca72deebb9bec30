/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-whose.h"

#include <string.h>

#include "imp-fhir-fate.h"

/*
 * Patients of FHIR who have one number of one hospital and are two people: where birth date or sex are told
 * whole and differ they are two charts (spec fhir.md 4.3). The versions of one resource are one person,
 * whatever they say. Between FHIR and SS-MIX2: imp-split-source.c.
 */

#define MAX_PARTS_LOOKED_AT 64 /* of one number */

typedef struct
{
  const char *who; /* of ImpFhirChart: all its entries */
  GPtrArray *charts;
  const ImpFhirChart *word; /* what he says of himself: of a version that stands, if there is one */
  gboolean stands;
} Person;

static void
person_free (gpointer data)
{
  Person *self = data;

  g_ptr_array_unref (self->charts);
  g_free (self);
}

static gboolean
stands (const ImpFhirEntry *entry)
{
  return entry->fate == IMP_FHIR_FATE_LIVE || entry->fate == IMP_FHIR_FATE_IN_DOUBT ||
         entry->fate == IMP_FHIR_FATE_ASKED || entry->fate == IMP_FHIR_FATE_UNLISTED ||
         entry->fate == IMP_FHIR_FATE_CONFLICT;
}

static void
add_entry (GHashTable *persons, const ImpFhirPeople *people, guint32 number, ImpFhirChart *chart)
{
  gboolean is_standing = stands (imp_fhir_store_entry (people->store, number));
  g_autofree char *name = g_strdup_printf ("%s %s %s", chart->facility, chart->id, chart->who);
  Person *person = g_hash_table_lookup (persons, name);

  if (person == NULL)
    {
      person = g_new0 (Person, 1);
      person->who = chart->who;
      person->charts = g_ptr_array_new ();
      g_hash_table_insert (persons, g_steal_pointer (&name), person);
    }
  g_ptr_array_add (person->charts, chart);
  if (person->word == NULL || (is_standing && !person->stands))
    {
      person->word = chart;
      person->stands = is_standing;
    }
}

/* (transfer full): every Patient with a number, by number and resource. */
static GHashTable *
persons_of (const ImpFhirPeople *people)
{
  GHashTable *persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);

  for (guint32 i = 0; i < imp_fhir_store_n (people->store); i++)
    {
      ImpFhirChart *chart = (ImpFhirChart *) imp_fhir_people_chart (people, i);

      if (chart != NULL && chart->has_number)
        add_entry (persons, people, i, chart);
    }
  return persons;
}

/* By number, then by what they say: the same files give the same charts, in whatever order they were
 * read. */
static int
compare_persons (gconstpointer a, gconstpointer b)
{
  const Person *x = *(const Person *const *) a;
  const Person *y = *(const Person *const *) b;
  int order = strcmp (x->word->facility, y->word->facility);

  if (order == 0)
    order = strcmp (x->word->id, y->word->id);
  if (order == 0)
    order = strcmp (x->word->birth, y->word->birth);
  if (order == 0)
    order = (int) x->word->sex - (int) y->word->sex;
  return order != 0 ? order : strcmp (x->who, y->who);
}

static gboolean
is_same_number (const Person *a, const Person *b)
{
  return strcmp (a->word->facility, b->word->facility) == 0 &&
         strcmp (a->word->id, b->word->id) == 0;
}

/* What is known of a part of a number. */
typedef struct
{
  const char *birth; /* (nullable) */
  char sex;
} Part;

static gboolean
fits (const Part *part, const ImpFhirChart *word)
{
  return (part->birth == NULL || *word->birth == '\0' || strcmp (part->birth, word->birth) == 0) &&
         (part->sex == 0 || word->sex == 0 || part->sex == word->sex);
}

static guint
new_part (GArray *parts, const ImpFhirChart *word)
{
  Part fresh = { *word->birth != '\0' ? word->birth : NULL, word->sex };

  g_array_append_val (parts, fresh);
  return parts->len - 1;
}

/* The only one that he fits; who may be either of two has his own, and so has each of very many. */
static guint
part_of (GArray *parts, const ImpFhirChart *word)
{
  guint n = 0, found = 0;

  for (guint i = 0; i < MIN (parts->len, MAX_PARTS_LOOKED_AT); i++)
    if (fits (&g_array_index (parts, Part, i), word))
      {
        found = i;
        n++;
      }
  return n == 1 ? found : new_part (parts, word);
}

static void
set_part (const Person *person, guint part)
{
  for (guint i = 0; i < person->charts->len; i++)
    ((ImpFhirChart *) g_ptr_array_index (person->charts, i))->part = part;
}

static gboolean
tells_all (const Person *person)
{
  return *person->word->birth != '\0' && person->word->sex != 0;
}

/* Those of one number: first who tell all of themselves, so that it is known who the others may be. */
static void
tell_apart (ImpFhirPeople *people, GPtrArray *persons, guint first, guint end)
{
  const ImpFhirChart *one = ((const Person *) g_ptr_array_index (persons, first))->word;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = first; i < end; i++)
      {
        const Person *person = g_ptr_array_index (persons, i);

        if (tells_all (person) == (pass == 0))
          set_part (person, part_of (parts, person->word));
      }
  if (parts->len > 1)
    g_hash_table_add (people->contested, g_strdup_printf ("%s %s", one->facility, one->id));
}

void
imp_fhir_people_tell_apart (ImpFhirPeople *self)
{
  g_autoptr (GHashTable) all = persons_of (self);
  g_autoptr (GPtrArray) persons = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer person;
  guint end;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    g_ptr_array_add (persons, person);
  g_ptr_array_sort (persons, compare_persons);
  for (guint first = 0; first < persons->len; first = end)
    {
      for (end = first + 1; end < persons->len; end++)
        if (!is_same_number (g_ptr_array_index (persons, first), g_ptr_array_index (persons, end)))
          break;
      if (end - first > 1)
        tell_apart (self, persons, first, end);
    }
}

gboolean
imp_fhir_people_is_contested (const ImpFhirPeople *self, const char *facility, const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s %s", facility, id);

  return g_hash_table_contains (self->contested, name);
}
