/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "disc-text.h"

/*
 * Allergies (ADT-61) and diagnoses (PPR-01) of a patient are the union of all live files
 * (spec 1.2): the same entry in two of them, by its number and by what it is about, stands in the
 * newer one only. Two files under the fixed
 * number in one root are two versions of one whole list; but an allergy that only the older one
 * mentions is still shown.
 */

#define MANY_ROOTS G_MAXUINT

typedef struct
{
  ImpMessage *message;
  DiscRecordSet *set;
  gboolean whole;      /* carries the fixed number */
} List;

/* What newer files say. */
typedef struct
{
  DiscKind kind;
  GHashTable *instances; /* PRB-4 or IAM-7 of every entry, live or not */
  GHashTable *entries;   /* the same with words or code: a key of entry_key() */
  GHashTable *texts;     /* class and words of every live entry */
} Newer;

/* What an entry is about. */
typedef struct
{
  const char *instance;
  char *words; /* folded */
  char *code;  /* with its system */
} Subject;

static void
clear_list (gpointer data)
{
  disc_record_set_free (((List *) data)->set);
}

static gboolean
is_list (const ImpMessage *message, const char *type)
{
  return message->records_len > 0 && message->fate == IMP_FATE_ON_DISC &&
         strcmp (message->type, type) == 0 && message->condition == '1' && !message->is_cancel &&
         !(message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)) &&
         (!(message->flags & DISC_MESSAGE_MAYBE_CANCELLED) ||
          imp_message_has_live (message, DISC_KIND_NONE));
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return -imp_message_compare_age (((const List *) a)->message, ((const List *) b)->message);
}

/* Another message under the name of a list is no newer version of it; an empty list is. */
static gboolean
says_list (ImpMessage *message, DiscKind kind)
{
  return imp_message_has_kind (message, kind) ||
         strcmp (message->event, kind == DISC_KIND_ALLERGY ? "A60" : "ZD1") == 0;
}

static GArray *
collect_lists (ImpUnit *unit, const char *type, DiscKind kind)
{
  GArray *lists = g_array_new (FALSE, FALSE, sizeof (List));

  g_array_set_clear_func (lists, clear_list);
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autoptr (GBytes) bytes = NULL;
      List list = { .message = message };

      if (!is_list (message, type) || !says_list (message, kind))
        continue;
      bytes = g_bytes_new (message->records, message->records_len);
      list.set = disc_record_set_new (bytes, NULL);
      list.whole = imp_resolve_is_fixed_number (message->order_no);
      if (list.set != NULL)
        g_array_append_val (lists, list);
    }
  g_array_sort (lists, compare_newest_first);
  return lists;
}

static char *
twin_key (const ImpMessage *message)
{
  return g_strconcat (message->order_no, "\n", message->stamp, NULL);
}

/* (transfer full): twin_key() of every file that is not live -> its root + 1, or MANY_ROOTS. */
static GHashTable *
collect_dead (ImpUnit *unit, const char *type)
{
  GHashTable *dead = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      guint root = message->root + 1;
      char *key;
      guint known;

      if (message->condition == '1' || message->condition == 0 || strcmp (message->type, type) != 0)
        continue;
      key = twin_key (message);
      known = GPOINTER_TO_UINT (g_hash_table_lookup (dead, key));
      g_hash_table_insert (dead, key,
                           GUINT_TO_POINTER (known == 0 || known == root ? root : MANY_ROOTS));
    }
  return dead;
}

/* The same file as an older version in another root: that root's backup is the newer one. */
static gboolean
has_dead_twin (GHashTable *dead, const ImpMessage *message)
{
  g_autofree char *key = twin_key (message);
  guint root = GPOINTER_TO_UINT (g_hash_table_lookup (dead, key));

  return root != 0 && root != message->root + 1;
}

/* Files of one name that differ stand side by side, as elsewhere (1.3).
 * @newest: root + 1 -> name of the whole lists met in it, "" for several
 * Returns: whether @list, the next older one, is replaced by one of them */
static gboolean
meet_whole_list (GHashTable *newest, const List *list)
{
  gpointer root = GUINT_TO_POINTER (list->message->root + 1);
  const char *met = g_hash_table_lookup (newest, root);

  if (!list->whole || (met != NULL && strcmp (met, list->message->base_name) == 0))
    return FALSE;
  g_hash_table_insert (newest, root, (gpointer) (met == NULL ? list->message->base_name : ""));
  return met != NULL;
}

/* Codes for "not coded" (SS-MIX2 spec 8.13): every disease may carry them. */
static gboolean
says_nothing (const char *code)
{
  return strcmp (code, "20084317") == 0 || strcmp (code, "0000999") == 0 || strcmp (code, "-") == 0;
}

static void
subject_init (Subject *self, const DiscItem *item, DiscKind kind)
{
  const char *code = disc_item_value (item, DISC_FIELD_CODE);
  const char *system = disc_item_value (item, DISC_FIELD_SYSTEM);
  const char *words = disc_item_value (item, kind == DISC_KIND_ALLERGY ? DISC_FIELD_SUBSTANCE
                                                                       : DISC_FIELD_NAME);

  self->instance = disc_item_value (item, DISC_FIELD_INSTANCE_ID);
  self->words = words != NULL ? disc_text_fold_new (words) : NULL;
  self->code = code != NULL && !says_nothing (code)
                   ? g_strconcat (code, " ", system != NULL ? system : "", NULL)
                   : NULL;
}

static void
subject_clear (Subject *self)
{
  g_free (self->words);
  g_free (self->code);
}

/* (transfer full): @what: 'w' words, 'c' a code, 'o' a code without words */
static char *
entry_key (const Subject *subject, char what, const char *text)
{
  return g_strdup_printf ("%c%s\n%s", what, subject->instance, text);
}

static gboolean
has_entry (const Newer *newer, const Subject *subject, char what, const char *text)
{
  g_autofree char *key = text != NULL ? entry_key (subject, what, text) : NULL;

  return key != NULL && g_hash_table_contains (newer->entries, key);
}

static void
add_entry (Newer *newer, const Subject *subject, char what, const char *text)
{
  if (text != NULL)
    g_hash_table_add (newer->entries, entry_key (subject, what, text));
}

/* Spec 1.2 lets the number decide alone. But systems are met that number the entries of each file
 * from 1, and then a new allergy hides another one: for the patient's safety the number must name
 * the same thing too. Words decide before a code: one code may stand for "other drugs". Of diagnoses
 * the code may decide, as their words change with every modifier. */
static gboolean
is_same_entry (const Newer *newer, const Subject *subject)
{
  if (has_entry (newer, subject, 'w', subject->words))
    return TRUE;
  if (newer->kind == DISC_KIND_ALLERGY && subject->words != NULL)
    return has_entry (newer, subject, 'o', subject->code);
  return has_entry (newer, subject, 'c', subject->code);
}

/* (transfer full): class and words of an allergy, folded; NULL when it has no words. */
static char *
text_key (const DiscItem *item)
{
  const char *category = disc_item_value (item, DISC_FIELD_CATEGORY);
  const char *substance = disc_item_value (item, DISC_FIELD_SUBSTANCE);
  g_autofree char *folded = NULL;

  if (substance == NULL)
    return NULL;
  folded = disc_text_fold_new (substance);
  return g_strdup_printf ("%s\n%s", category != NULL ? category : "", folded);
}

/* @clash: (inout): set where a newer file uses the entry's number for another thing */
static gboolean
is_named_by_newer (const Newer *newer, const DiscItem *item, gboolean by_text, gboolean *clash)
{
  const char *instance = disc_item_value (item, DISC_FIELD_INSTANCE_ID);
  gboolean met = instance != NULL && g_hash_table_contains (newer->instances, instance);
  g_autofree char *text = NULL;

  if (met)
    {
      Subject subject;
      gboolean same;

      subject_init (&subject, item, newer->kind);
      same = is_same_entry (newer, &subject);
      subject_clear (&subject);
      if (same)
        return TRUE;
    }

  text = by_text ? text_key (item) : NULL;
  if (text != NULL && g_hash_table_contains (newer->texts, text))
    return TRUE;
  *clash = *clash || met;
  return FALSE;
}

static void
remember_entry (Newer *newer, const DiscItem *item)
{
  Subject subject;

  subject_init (&subject, item, newer->kind);
  if (subject.instance != NULL)
    {
      g_hash_table_add (newer->instances, g_strdup (subject.instance));
      add_entry (newer, &subject, 'w', subject.words);
      add_entry (newer, &subject, 'c', subject.code);
      if (subject.words == NULL)
        add_entry (newer, &subject, 'o', subject.code);
    }
  subject_clear (&subject);
}

static void
remember (Newer *newer, const DiscRecordSet *set)
{
  for (guint i = 0; i < disc_record_set_n (set); i++)
    {
      const DiscRecord *record = disc_record_set_get (set, i);

      for (guint j = 0; record->kind == newer->kind && j < record->n_items; j++)
        {
          char *text = record->live ? text_key (&record->items[j]) : NULL;

          remember_entry (newer, &record->items[j]);
          if (text != NULL)
            g_hash_table_add (newer->texts, text);
        }
    }
}

static void
add_values (DiscRecordBuilder *builder, const DiscValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    disc_record_builder_add (builder, values[i].field, values[i].value, -1);
}

/* Adds the entries of @record that are, or are not, to be superseded, as a record of their own. */
static guint
add_part (DiscRecordBuilder *builder, const DiscRecord *record, const gboolean *superseded,
          gboolean wanted)
{
  guint n = 0;

  for (guint i = 0; i < record->n_items; i++)
    {
      if (superseded[i] != wanted)
        continue;
      if (n++ == 0)
        {
          disc_record_builder_begin (builder, record->kind,
                                     wanted ? DISC_STATUS_SUPERSEDED : record->status,
                                     wanted ? FALSE : record->live);
          add_values (builder, record->values, record->n_values);
        }
      disc_record_builder_item (builder);
      add_values (builder, record->items[i].values, record->items[i].n_values);
    }
  return n;
}

static void
add_whole (DiscRecordBuilder *builder, const DiscRecord *record)
{
  disc_record_builder_begin (builder, record->kind, record->status, record->live);
  add_values (builder, record->values, record->n_values);
  for (guint i = 0; i < record->n_items; i++)
    {
      disc_record_builder_item (builder);
      add_values (builder, record->items[i].values, record->items[i].n_values);
    }
}

/* Lays the live entries that a newer file names aside as superseded.
 * Returns: how many entries stay live */
static guint
supersede_entries (ImpUnit *unit, List *list, const Newer *newer, gboolean by_text)
{
  gboolean clash = FALSE;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  guint n_live = 0;
  guint n_superseded = 0;

  for (guint i = 0; i < disc_record_set_n (list->set); i++)
    {
      const DiscRecord *record = disc_record_set_get (list->set, i);
      g_autofree gboolean *superseded = NULL;

      if (record->kind != newer->kind || !record->live || record->n_items == 0)
        {
          add_whole (builder, record);
          continue;
        }
      superseded = g_new (gboolean, record->n_items);
      for (guint j = 0; j < record->n_items; j++)
        superseded[j] = is_named_by_newer (newer, &record->items[j], by_text, &clash);
      n_live += add_part (builder, record, superseded, FALSE);
      n_superseded += add_part (builder, record, superseded, TRUE);
    }

  if (clash)
    imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, list->message,
                          "a newer live file gives an entry's number to another thing: both are kept");
  if (n_superseded > 0)
    {
      GByteArray *kept = g_byte_array_new ();
      gsize len;
      const guint8 *bytes = disc_record_builder_get (builder, &len);

      g_byte_array_append (kept, bytes, (guint) len);
      imp_unit_keep (unit, kept);
      list->message->records = kept->data;
      list->message->records_len = len;
    }
  return n_live;
}

static void
join_lists (ImpUnit *unit, const char *type, DiscKind kind)
{
  g_autoptr (GArray) lists = collect_lists (unit, type, kind);
  g_autoptr (GHashTable) instances = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) dead = collect_dead (unit, type);
  g_autoptr (GHashTable) newest = g_hash_table_new (NULL, NULL);
  Newer newer = { kind, instances, entries, texts };
  gboolean allergies = kind == DISC_KIND_ALLERGY;

  for (guint i = 0; lists->len > 1 && i < lists->len; i++)
    {
      List *list = &g_array_index (lists, List, i);
      ImpMessage *message = list->message;
      gboolean older_whole = meet_whole_list (newest, list);

      if (older_whole)
        imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, message,
                              "a newer live file holds the whole list");
      if (has_dead_twin (dead, message) || (older_whole && !allergies))
        disc_records_override (message->records, message->records_len, DISC_STATUS_SUPERSEDED);
      else if (supersede_entries (unit, list, &newer, older_whole) > 0 && older_whole)
        message->flags |= DISC_MESSAGE_OLD_LIST_ONLY;
      remember (&newer, list->set);
    }
}

void
imp_resolve_lists (ImpUnit *unit)
{
  join_lists (unit, "ADT-61", DISC_KIND_ALLERGY);
  join_lists (unit, "PPR-01", DISC_KIND_PROBLEM);
}
