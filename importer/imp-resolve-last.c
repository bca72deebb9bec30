/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/*
 * Of FHIR the last of each thing stays, whatever its age (spec fhir.md 5.2, last column): the last
 * admission and the last visit, three prescriptions, the last value of each item, the last of each
 * kind of report and document, the last of each drug given that works for weeks or against a
 * tumour, the last blood product; pathology and operation reports all of them. A blood group, a
 * virus, a weight of two years ago are better than none, and their dates stand beside them.
 */

#define PRESCRIPTIONS_KEPT 3

/* What a message is the last of: its kind and what it is called. */
typedef struct
{
  DiscKind kind;
  const char *code;
  const char *name;
  const char *class; /* of a visit */
  const char *drug;  /* of the item at hand */
  const char *lasting; /* (nullable): the first drug that is kept; BLOOD for all blood products */
  gboolean is_live;
} Subject;

#define BLOOD "blood"

/* ---- drugs given (row 6) -------------------------------------------------------------------- */

static gboolean
has_word (const char *name, const char *const *words)
{
  g_autofree char *plain = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);

  for (guint i = 0; plain != NULL && words[i] != NULL; i++)
    if (strstr (plain, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Classes of drugs are the first digits of a YJ code: 4 digits, 3 of the substance, a letter for
 * the form ... */
static gboolean
is_of_class (const char *code, const char *digits)
{
  return strlen (code) == 12 && strspn (code, "0123456789") == 7 && g_ascii_isupper (code[7]) &&
         g_str_has_prefix (code, digits);
}

static void
look_at_drug (Subject *self, const char *name)
{
  static const char *const blood[] = { "赤血球", "血小板",     "血漿",       "全血", "血液製剤",
                                       "輸血",   "アルブミン", "グロブリン", NULL };
  static const char *const depot[] = { "持効", "持続性", "デポ", "水懸筋注", "LAR", NULL };

  self->drug = name;
  if (self->lasting == NULL && has_word (name, blood))
    self->lasting = BLOOD;
  if (self->lasting == NULL && has_word (name, depot))
    self->lasting = name;
}

/* 634 血液製剤類, 42 腫瘍用薬 */
static void
look_at_code (Subject *self, const char *code)
{
  if (self->lasting == NULL && is_of_class (code, "634"))
    self->lasting = BLOOD;
  if (self->lasting == NULL && is_of_class (code, "42"))
    self->lasting = self->drug != NULL ? self->drug : code;
}

/* ---- what it is the last of ----------------------------------------------------------------- */

static void
read_value (Subject *self, const DiscRecordIter *iter)
{
  if (iter->field == DISC_FIELD_CODE && self->code == NULL)
    self->code = iter->value;
  else if ((iter->field == DISC_FIELD_NAME || iter->field == DISC_FIELD_TITLE) && self->name == NULL)
    self->name = iter->value;
  else if (iter->field == DISC_FIELD_EVENT_CODE && self->class == NULL)
    self->class = iter->value;
  if (iter->field == DISC_FIELD_DRUG)
    look_at_drug (self, iter->value);
  else if (iter->field == DISC_FIELD_CODE || iter->field == DISC_FIELD_OTHER_CODE)
    look_at_code (self, iter->value);
}

/* Of its first record. */
static void
read_subject (const ImpMessage *message, Subject *out)
{
  DiscRecordIter iter;
  DiscToken token;

  *out = (Subject){ .kind = DISC_KIND_NONE };
  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      if (token == DISC_TOKEN_RECORD && out->kind != DISC_KIND_NONE)
        return;
      out->kind = iter.kind;
      out->is_live = iter.live;
      if (token == DISC_TOKEN_VALUE)
        read_value (out, &iter);
    }
}

/* 病理, 細胞診, 手術記録: all of them are kept. */
static gboolean
is_always_kept (const Subject *subject)
{
  static const char *const codes[] = { "11526-1", "47526-9", "34874-8", NULL };

  return (subject->kind == DISC_KIND_REPORT || subject->kind == DISC_KIND_DOCUMENT) &&
         subject->code != NULL && g_strv_contains (codes, subject->code);
}

static gboolean
is_stay (const char *class)
{
  static const char *const classes[] = { "IMP", "ACUTE", "NONAC", "OBSENC", "SS", NULL };

  return class != NULL && g_strv_contains (classes, class);
}

/* (transfer full) (nullable): things of one key are compared with each other. */
static char *
key_of (const Subject *subject)
{
  switch (subject->kind)
    {
    case DISC_KIND_ENCOUNTER:
      return g_strdup (is_stay (subject->class) ? "stay" : "visit");
    case DISC_KIND_LAB:
    case DISC_KIND_MICROBIOLOGY:
    case DISC_KIND_VITAL:
    case DISC_KIND_OBSERVATION:
    case DISC_KIND_REPORT:
    case DISC_KIND_DOCUMENT:
      return g_strdup_printf ("%d %s %s", (int) subject->kind, subject->code != NULL ? subject->code : "",
                              subject->name != NULL ? subject->name : "");
    case DISC_KIND_ADMINISTRATION:
    case DISC_KIND_DISPENSE:
      return subject->lasting != NULL
                 ? g_strdup_printf ("%d %s", (int) subject->kind, subject->lasting)
                 : NULL;
    default:
      return NULL;
    }
}

static gboolean
is_newer (const ImpMessage *message, const ImpMessage *than)
{
  int order = than != NULL ? strcmp (message->clinical_at, than->clinical_at) : 1;

  return order > 0 || (order == 0 && imp_message_compare_age (message, than) > 0);
}

static void
keep_prescription (ImpMessage *last[PRESCRIPTIONS_KEPT], ImpMessage *message)
{
  for (guint i = 0; i < PRESCRIPTIONS_KEPT; i++)
    if (is_newer (message, last[i]))
      {
        memmove (&last[i + 1], &last[i], (PRESCRIPTIONS_KEPT - 1 - i) * sizeof last[0]);
        last[i] = message;
        return;
      }
}

static gboolean
is_candidate (const ImpMessage *message)
{
  return imp_message_is_fhir (message) && message->records_len > 0 &&
         (message->fate == IMP_FATE_ON_DISC || message->fate == IMP_FATE_OUTSIDE);
}

void
imp_resolve_last (ImpUnit *unit)
{
  g_autoptr (GHashTable) newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ImpMessage *prescriptions[PRESCRIPTIONS_KEPT] = { NULL };
  GHashTableIter iter;
  gpointer kept;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autofree char *key = NULL;
      Subject subject;

      if (!is_candidate (message))
        continue;
      read_subject (message, &subject);
      if (!subject.is_live)
        continue;
      if (is_always_kept (&subject))
        message->fate = IMP_FATE_ON_DISC;
      if (subject.kind == DISC_KIND_PRESCRIPTION)
        keep_prescription (prescriptions, message);
      key = key_of (&subject);
      if (key != NULL && is_newer (message, g_hash_table_lookup (newest, key)))
        g_hash_table_replace (newest, g_steal_pointer (&key), message);
    }
  g_hash_table_iter_init (&iter, newest);
  while (g_hash_table_iter_next (&iter, NULL, &kept))
    ((ImpMessage *) kept)->fate = IMP_FATE_ON_DISC;
  for (guint i = 0; i < PRESCRIPTIONS_KEPT; i++)
    if (prescriptions[i] != NULL)
      prescriptions[i]->fate = IMP_FATE_ON_DISC;
}
