/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-person.h"

#define TWIN_EVERY 40

typedef struct
{
  const ImpSampleSurname *family;
  const ImpSampleGivenName *given;
  char sex;
  int birth_day;
} Identity;

/* Hospitals see the old more often than the young. */
static const struct
{
  guint share; /* of a hundred */
  int age_from, age_to;
} ages[] = { { 8, 0, 14 }, { 12, 15, 39 }, { 25, 40, 64 }, { 30, 65, 79 }, { 25, 80, 98 } };

static int
draw_birth_day (const ImpSampleHospital *hospital, ImpSampleRandom *random)
{
  guint draw = imp_sample_random_below (random, 100), i = 0;

  while (draw >= ages[i].share)
    draw -= ages[i++].share;
  return hospital->last_day - 3 -
         imp_sample_random_between (random, ages[i].age_from * 1461 / 4,
                                    ages[i].age_to * 1461 / 4 + 364);
}

static const ImpSampleSurname *
draw_surname (const ImpSampleHospital *hospital, ImpSampleRandom *random)
{
  guint n = imp_sample_table_size (hospital->tables, IMP_SAMPLE_SURNAMES);
  gint64 total = 0, draw;
  guint i = 0;

  for (guint j = 0; j < n; j++)
    total +=
        ((const ImpSampleSurname *) imp_sample_table_row (hospital->tables, IMP_SAMPLE_SURNAMES, j))
            ->weight;
  draw = imp_sample_random_below (random, (guint) total);
  for (;; i++)
    {
      const ImpSampleSurname *row =
          imp_sample_table_row (hospital->tables, IMP_SAMPLE_SURNAMES, i % n);

      draw -= row->weight;
      if (draw < 0)
        return row;
    }
}

/* A name of the right sex, if possible one that was given in that year. */
static const ImpSampleGivenName *
draw_given_name (const ImpSampleHospital *hospital, ImpSampleRandom *random, char sex, int year)
{
  guint n = imp_sample_table_size (hospital->tables, IMP_SAMPLE_GIVEN_NAMES);
  const ImpSampleGivenName *row = NULL;

  for (guint tries = 0; tries < 200; tries++)
    {
      row = imp_sample_table_row (hospital->tables, IMP_SAMPLE_GIVEN_NAMES,
                                  imp_sample_random_below (random, n));
      if (row->sex[0] == sex && row->born_from <= year && year <= row->born_to)
        break;
    }
  return row;
}

static Identity
draw_identity (const ImpSampleHospital *hospital, ImpSampleRandom *random)
{
  Identity identity;
  int year, month, day;

  identity.sex = imp_sample_random_chance (random, 515) ? 'F' : 'M';
  identity.birth_day = draw_birth_day (hospital, random);
  imp_sample_day_parts (identity.birth_day, &year, &month, &day);
  identity.family = draw_surname (hospital, random);
  identity.given = draw_given_name (hospital, random, identity.sex, year);
  return identity;
}

/* The same name and sex; the tens of the day of birth differ by one. */
static void
become_twin (const ImpSampleHospital *hospital, Identity *identity, ImpSampleRandom *random)
{
  guint n = imp_sample_table_size (hospital->tables, IMP_SAMPLE_SURNAMES);
  int year, month, day;

  imp_sample_day_parts (identity->birth_day, &year, &month, &day);
  identity->birth_day += day <= 18 ? 10 : -10;
  for (guint i = 0; i < n; i++)
    {
      const ImpSampleSurname *row = imp_sample_table_row (hospital->tables, IMP_SAMPLE_SURNAMES, i);

      if (g_str_equal (row->kana.text, identity->family->kana.text) &&
          imp_sample_random_chance (random, 300))
        identity->family = row;
    }
}

static void
put_name (ImpSampleChart *chart, const Identity *identity, ImpSampleRandom *random)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *name = &chart->person.name;
  gboolean is_newborn = identity->birth_day > chart->hospital->last_day - 60;
  const ImpSampleGivenName *given = identity->given;
  const ImpSampleWord *baby = NULL;

  if (is_newborn) /* the mother's name until there is an own one */
    {
      given = draw_given_name (chart->hospital, random, 'F', 1995);
      baby = imp_sample_phrase (tables, BABY);
    }
  imp_sample_print (name, "%w^%w%w^^^^^L^I~%w^%w%w^^^^^L^P", &identity->family->kanji,
                    &given->kanji, baby, &identity->family->kana, &given->kana, baby);
  imp_sample_print (&chart->person.name_text, "%x^%x%x^^^^^L^I~%x^%x%x^^^^^L^P",
                    &identity->family->kanji, &given->kanji, baby, &identity->family->kana,
                    &given->kana, baby);
}

static void
put_special_name (ImpSampleChart *chart, ImpSampleRandom *random)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleSpecialName *row = imp_sample_table_row (
      tables, IMP_SAMPLE_SPECIAL_NAMES,
      imp_sample_random_below (random, imp_sample_table_size (tables, IMP_SAMPLE_SPECIAL_NAMES)));

  chart->person.sex = row->sex[0];
  imp_sample_print (&chart->person.name, "%w", &row->name);
  imp_sample_print (&chart->person.name_text, "%x", &row->name);
}

static void
draw_rest (ImpSampleChart *chart, ImpSampleRandom *random)
{
  static const char *const bloods[] = { "A+", "A+", "A+", "A+",  "O+", "O+",
                                        "O+", "B+", "B+", "AB+", "A-", "" };
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSamplePerson *person = &chart->person;
  const ImpSampleTown *town = imp_sample_table_row (
      tables, IMP_SAMPLE_TOWNS,
      imp_sample_random_below (random, imp_sample_table_size (tables, IMP_SAMPLE_TOWNS)));
  int age = imp_sample_chart_age (chart, chart->hospital->last_day);
  int grown = MIN (age, 17);

  person->address = town->name;
  person->postal = town->postal;
  person->block = 1 + imp_sample_random_below (random, 9);
  person->house = 1 + imp_sample_random_below (random, 30);
  person->blood = bloods[imp_sample_random_below (random, G_N_ELEMENTS (bloods))];
  person->height = (person->sex == 'F' ? 74000 + grown * 4800 : 75000 + grown * 5500) -
                   MAX (age - 60, 0) * 120 + imp_sample_random_normal (random) * 5;
  person->weight = (person->sex == 'F' ? 9500 + grown * 2500 : 9500 + grown * 3200) +
                   imp_sample_random_normal (random) * MAX (age, 1) / MAX (age, 6) * 5;
  if (imp_sample_random_chance (random, 150))
    person->height = 0;
}

void
imp_sample_person_draw (ImpSampleChart *chart, guint number)
{
  const ImpSampleHospital *hospital = chart->hospital;
  ImpSamplePerson *person = &chart->person;
  gboolean is_twin = number % TWIN_EVERY == TWIN_EVERY - 1;
  ImpSampleRandom random =
      imp_sample_random_start (hospital->seed, IMP_SAMPLE_STREAM_PERSON, number);
  ImpSampleRandom other =
      imp_sample_random_start (hospital->seed, IMP_SAMPLE_STREAM_PERSON, number - is_twin);
  Identity identity = draw_identity (hospital, &other);

  if (is_twin)
    become_twin (hospital, &identity, &random);
  person->id = IMP_SAMPLE_FIRST_ID + (guint64) number * 16 + imp_sample_random_below (&random, 16);
  person->sex = identity.sex;
  person->birth_day = identity.birth_day;
  person->birth_digits = imp_sample_random_chance (&random, 4) ? 6 : 8;
  if (!is_twin && imp_sample_random_chance (&random, 8))
    put_special_name (chart, &random);
  else
    put_name (chart, &identity, &random);
  draw_rest (chart, &random);
  imp_sample_chart_set_person (chart);
}
