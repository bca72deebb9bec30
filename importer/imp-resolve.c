/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/*
 * Versions of one record: the files of one (care date, type, order number). The messages of the
 * unit are sorted, so the files of a group, and the messages of a file, lie together.
 */

/* One file: mostly one message. Or a content folder of the extended storage. */
typedef struct
{
  ImpMessage *messages;
  guint n;
  gboolean is_met; /* among Group.met */
} Version;

typedef struct
{
  GArray *live;     /* (element-type Version) oldest first, as the others */
  GArray *disputed; /* live too, but perhaps another patient's: replaces nothing of this one */
  GArray *dead;
  GArray *disputed_dead; /* perhaps the deletion of another patient's record */
  GArray *old;
  GArray *tests;         /* training messages of any flag: they replace and delete nothing */
  GHashTable *met;       /* (element-type Content) versions of a list with as new a time as another */
} Group;

/* A hash of what a file says, so that very many files of one record are not compared each with each. */
typedef struct
{
  const GArray *list;
  Version version;
  guint8 digest[32];
  gsize digest_len;
  ImpUnit *unit;
} Content;

gboolean
imp_resolve_is_fixed_number (const char *order_no)
{
  gsize len = strlen (order_no);

  return len >= 10 && strspn (order_no, "9") == len;
}

static gboolean
is_whole_list (const char *type)
{
  static const char *const types[] = { "ADT-00", "ADT-01", "ADT-61", "PPR-01", NULL };

  return g_strv_contains (types, type);
}

static gboolean
is_order (const char *type)
{
  static const char *const types[] = { "OMP-01", "OMP-02", "OML-01", "OMG-01",
                                       "OMG-02", "OMG-03", "OMD",    NULL };

  return g_strv_contains (types, type);
}

gboolean
imp_resolve_is_same_record (const ImpMessage *a, const ImpMessage *b)
{
  return strcmp (a->care_date, b->care_date) == 0 && strcmp (a->type, b->type) == 0 &&
         strcmp (a->order_no, b->order_no) == 0;
}

static gboolean
same_file (const ImpMessage *a, const ImpMessage *b)
{
  if (imp_message_is_same_document (a, b))
    return TRUE;
  return a->root == b->root && strcmp (a->path, b->path) == 0 && a->entry != 0 &&
         a->entry < b->entry;
}

static gboolean
same_content (ImpUnit *unit, const Version *a, const Version *b)
{
  unit->n_compared++;
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!imp_message_has_same_content (&a->messages[i], &b->messages[i]))
      return FALSE;
  return TRUE;
}

/* A cryptographic hash: files are made to collide in others. */
static Content *
content_new (ImpUnit *unit, const GArray *list, const Version *version)
{
  Content *self = g_new0 (Content, 1);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  self->list = list;
  self->version = *version;
  self->unit = unit;
  for (guint i = 0; i < version->n; i++)
    {
      const ImpMessage *message = &version->messages[i];

      g_checksum_update (sum, (const guchar *) &message->source_len, sizeof message->source_len);
      g_checksum_update (sum, (const guchar *) message->source, (gssize) message->source_len);
      if (imp_message_digest (message) != NULL)
        g_checksum_update (sum, imp_message_digest (message), IMP_PICTURE_DIGEST_BYTES);
    }
  self->digest_len = sizeof self->digest;
  g_checksum_get_digest (sum, self->digest, &self->digest_len);
  return self;
}

static guint
content_hash (gconstpointer key)
{
  guint hash;

  memcpy (&hash, ((const Content *) key)->digest, sizeof hash);
  return hash;
}

static gboolean
content_equal (gconstpointer a, gconstpointer b)
{
  const Content *x = a;
  const Content *y = b;

  return x->list == y->list && memcmp (x->digest, y->digest, sizeof x->digest) == 0 &&
         same_content (x->unit, &x->version, &y->version);
}

/* Of a file in its folder, under its name. */
static gboolean
file_equal (gconstpointer a, gconstpointer b)
{
  const ImpMessage *x = ((const Content *) a)->version.messages;
  const ImpMessage *y = ((const Content *) b)->version.messages;

  return strcmp (x->stamp, y->stamp) == 0 && strcmp (x->base_name, y->base_name) == 0 &&
         strcmp (x->folder_patient, y->folder_patient) == 0 && content_equal (a, b);
}

static void
set_state_of_others (const Version *version, DiscStatus status, DiscMessageFlags flags,
                     DiscKind spared)
{
  for (guint i = 0; i < version->n; i++)
    {
      ImpMessage *message = &version->messages[i];

      disc_records_override_others (message->records, message->records_len, status, spared);
      message->flags |= flags;
    }
}

static void
set_state (const Version *version, DiscStatus status, DiscMessageFlags flags)
{
  set_state_of_others (version, status, flags, DISC_KIND_NONE);
}

static const Version *
newest (GArray *versions)
{
  return versions->len > 0 ? &g_array_index (versions, Version, versions->len - 1) : NULL;
}

static const char *
newest_stamp (GArray *versions)
{
  const Version *version = newest (versions);

  return version != NULL ? version->messages[0].stamp : NULL;
}

/* Strictly: at equal times of sending the live file wins (2.4). */
static gboolean
is_older_than (const Version *version, const char *stamp)
{
  return stamp != NULL && strcmp (version->messages[0].stamp, stamp) < 0;
}

/* When the newest deletion was sent, and the newest standing cancel message beside an event, which
 * counts as a deletion of it, but not of the allergies told with it. */
typedef struct
{
  const char *deleted;
  const char *cancelled;
} Ends;

static Ends
newest_ends (GArray *live, GArray *dead, GArray *more_dead, gboolean events)
{
  const char *more = more_dead != NULL ? newest_stamp (more_dead) : NULL;
  Ends ends = { newest_stamp (dead), NULL };

  if (ends.deleted == NULL || (more != NULL && strcmp (more, ends.deleted) > 0))
    ends.deleted = more;

  for (guint i = 0; events && i < live->len; i++)
    {
      const Version *version = &g_array_index (live, Version, i);

      if (version->messages[0].is_cancel &&
          (ends.cancelled == NULL || !is_older_than (version, ends.cancelled)))
        ends.cancelled = version->messages[0].stamp;
    }
  return ends;
}

static void
doubt_if_deleted (ImpUnit *unit, const Version *version, Ends ends)
{
  gboolean is_deleted = is_older_than (version, ends.deleted);

  if (version->messages[0].is_cancel || (!is_deleted && !is_older_than (version, ends.cancelled)))
    return;
  set_state_of_others (version, DISC_STATUS_UNKNOWN, DISC_MESSAGE_MAYBE_CANCELLED,
                       is_deleted ? DISC_KIND_NONE : DISC_KIND_ALLERGY);
  imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, &version->messages[0],
                        "a newer deletion stands beside the live file");
}

/* A kind a bit each. */
static guint64
kinds_of (const Version *version)
{
  guint64 kinds = 0;

  for (guint i = 0; i < version->n; i++)
    kinds |= imp_message_kinds (&version->messages[i]);
  return kinds;
}

/* SS-MIX2 spec 3.1: the event that another one cancels, as "A11 A01". */
static gboolean
cancels (const ImpMessage *cancel, const ImpMessage *message)
{
  static const char *const pairs[] = { "A11 A01", "A12 A02", "A13 A03", "A23 A08", "A25 A16",
                                       "A26 A15", "A27 A14", "A52 A21", "A53 A22", "A55 A54" };
  g_autofree char *pair = g_strconcat (cancel->event, " ", message->event, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (pairs[i], pair) == 0)
      return TRUE;
  return FALSE;
}

/* A list of allergies under the name of basic data is not replaced by basic data: another event with
 * records of other kinds only is another thing under the same name. */
static gboolean
may_replace (const Version *newer, const Version *older)
{
  if (strcmp (newer->messages[0].event, older->messages[0].event) == 0)
    return TRUE;
  /* What cancels an admission is no newer list of allergies. */
  if (newer->messages[0].is_cancel)
    return cancels (newer->messages, older->messages);
  return (kinds_of (newer) & kinds_of (older)) != 0;
}

/* The newest of those that say the same thing as @version; itself if it is the first met. There are
 * few: none of them shares a kind with another. */
static const Version *
find_winner (GPtrArray *winners, const Version *version)
{
  for (guint i = 0; i < winners->len; i++)
    if (may_replace (g_ptr_array_index (winners, i), version))
      return g_ptr_array_index (winners, i);
  g_ptr_array_add (winners, (gpointer) version);
  return version;
}

/* An event and what cancels it replace each other, but not the allergies told with either; basic data
 * that are deleted (A23) go with theirs. */
static DiscKind
kind_not_replaced (const Version *winner, const Version *version)
{
  const ImpMessage *newer = winner->messages;
  const ImpMessage *older = version->messages;

  if (newer->is_cancel == older->is_cancel || strcmp (newer->event, "A23") == 0 ||
      strcmp (older->event, "A23") == 0)
    return DISC_KIND_NONE;
  return DISC_KIND_ALLERGY;
}

/* Only the newest stands. Two files of the same name that differ stand both: nothing tells which
 * root is right (1.3). */
static void
keep_newest (ImpUnit *unit, GArray *live, Ends ends)
{
  g_autoptr (GPtrArray) winners = g_ptr_array_new ();

  for (guint i = live->len; i-- > 0;)
    {
      const Version *version = &g_array_index (live, Version, i);
      const Version *winner = find_winner (winners, version);

      if (strcmp (version->messages[0].base_name, winner->messages[0].base_name) != 0)
        {
          set_state_of_others (version, DISC_STATUS_SUPERSEDED, 0,
                               kind_not_replaced (winner, version));
          imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, &version->messages[0],
                                "a newer live file of the same record stands beside it");
          continue;
        }
      if (version != winner)
        imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, &version->messages[0],
                              "two live files of one name differ: both are kept");
      else if (winners->len > 1)
        imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, &version->messages[0],
                              "a newer live file under this name holds other things: both are kept");
      doubt_if_deleted (unit, version, ends);
    }
}

/* (transfer full): of each whether a later one says the same. */
static gboolean *
find_repeated (ImpUnit *unit, GArray *live)
{
  g_autoptr (GHashTable) later =
      g_hash_table_new_full (content_hash, content_equal, g_free, NULL);
  gboolean *repeated = g_new0 (gboolean, live->len);

  for (guint i = live->len; live->len > 1 && i-- > 0;)
    {
      Content *content = content_new (unit, live, &g_array_index (live, Version, i));

      repeated[i] = !g_hash_table_add (later, content);
    }
  return repeated;
}

/* Events share one number a day: every one whose content differs is an event of its own. */
static void
keep_different (ImpUnit *unit, GArray *live, Ends ends)
{
  g_autofree gboolean *repeated = find_repeated (unit, live);

  for (guint i = 0; i < live->len; i++)
    {
      const Version *version = &g_array_index (live, Version, i);

      if (repeated[i])
        set_state (version, DISC_STATUS_SUPERSEDED, 0);
      else
        doubt_if_deleted (unit, version, ends);
      if (i + 1 < live->len)
        imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, &version->messages[0],
                              repeated[i]
                                  ? "the same event stands twice"
                                  : "another live event under the same number: both are kept");
    }
}

/* @dead, @more_dead: deletions that count; the latter may be %NULL */
static void
decide_live (ImpUnit *unit, GArray *live, GArray *dead, GArray *more_dead)
{
  const ImpMessage *first = g_array_index (live, Version, 0).messages;
  gboolean fixed = imp_resolve_is_fixed_number (first->order_no);
  gboolean events = fixed && !is_whole_list (first->type);
  Ends ends = newest_ends (live, dead, more_dead, events);

  /* The whole lists of allergies and diagnoses are joined later, entry by entry. */
  if (fixed && (strcmp (first->type, "ADT-61") == 0 || strcmp (first->type, "PPR-01") == 0))
    for (guint i = 0; i < live->len; i++)
      doubt_if_deleted (unit, &g_array_index (live, Version, i), ends);
  else if (events)
    keep_different (unit, live, ends);
  else
    keep_newest (unit, live, ends);
}

static gboolean
has_live_record (const Version *version)
{
  for (guint i = 0; i < version->n; i++)
    if (imp_message_has_live (&version->messages[i], DISC_KIND_NONE))
      return TRUE;
  return FALSE;
}

/* A deletion that may be another patient's kills nothing of this one: what it names stays live, and
 * is marked. */
static void
doubt_disputed_deletion (ImpUnit *unit, const Group *group)
{
  const char *deleted_at = newest_stamp (group->disputed_dead);

  for (guint i = 0; i < group->live->len; i++)
    {
      const Version *version = &g_array_index (group->live, Version, i);

      if (!is_older_than (version, deleted_at) || !has_live_record (version))
        continue;
      for (guint j = 0; j < version->n; j++)
        version->messages[j].flags |= DISC_MESSAGE_MAYBE_CANCELLED;
      imp_unit_add_finding (unit, IMP_FINDING_IDENTITY_CONFLICT, &version->messages[0],
                            "a newer deletion of it names another patient: it is left live");
    }
}

static void
decide_group (ImpUnit *unit, const Group *group)
{
  const Version *lost;

  for (guint i = 0; i < group->dead->len; i++)
    set_state (&g_array_index (group->dead, Version, i), DISC_STATUS_DELETED, 0);
  for (guint i = 0; i < group->disputed_dead->len; i++)
    set_state (&g_array_index (group->disputed_dead, Version, i), DISC_STATUS_DELETED, 0);
  for (guint i = 0; i < group->old->len; i++)
    set_state (&g_array_index (group->old, Version, i), DISC_STATUS_SUPERSEDED, 0);

  if (group->live->len > 0)
    decide_live (unit, group->live, group->dead, NULL);
  doubt_disputed_deletion (unit, group);
  if (group->disputed->len > 0)
    decide_live (unit, group->disputed, group->dead, group->disputed_dead);
  if (group->live->len + group->disputed->len + group->dead->len + group->disputed_dead->len == 0 &&
      (lost = newest (group->old)) != NULL)
    {
      set_state (lost, DISC_STATUS_SUPERSEDED, DISC_MESSAGE_NEWEST_LOST);
      imp_unit_add_finding (unit, IMP_FINDING_MISSING_FILE, &lost->messages[0],
                            "only superseded versions are left: the newest one is missing");
    }
}

/* The same file in another root, or twice in an archive: one is enough. */
static gboolean
is_repeated (ImpUnit *unit, const Group *group, GArray *versions, const Version *version)
{
  Content *content;

  /* Nearly always it is the only one of its time. */
  if (versions->len == 0 || strcmp (newest_stamp (versions), version->messages[0].stamp) != 0)
    return FALSE;

  for (guint i = versions->len; i > 0; i--)
    {
      Version *other = &g_array_index (versions, Version, i - 1);

      if (other->is_met || strcmp (other->messages[0].stamp, version->messages[0].stamp) != 0)
        break;
      other->is_met = TRUE;
      g_hash_table_add (group->met, content_new (unit, versions, other));
    }
  content = content_new (unit, versions, version);
  if (g_hash_table_contains (group->met, content))
    {
      g_free (content);
      return TRUE;
    }
  g_free (content);
  return FALSE;
}

static gboolean
is_disputed (const Version *version)
{
  for (guint i = 0; i < version->n; i++)
    if (version->messages[i].flags & DISC_MESSAGE_DISPUTED)
      return TRUE;
  return FALSE;
}

static gboolean
is_test (const Version *version)
{
  for (guint i = 0; i < version->n; i++)
    if (!(version->messages[i].flags & DISC_MESSAGE_TEST))
      return FALSE;
  return TRUE;
}

static void
add_version (ImpUnit *unit, const Group *group, const Version *version)
{
  GArray *list;

  switch (is_test (version) ? 'T' : version->messages[0].condition)
    {
    case '1':
      list = is_disputed (version) ? group->disputed : group->live;
      break;
    case '0':
      list = is_disputed (version) ? group->disputed_dead : group->dead;
      break;
    case '2':
      list = group->old;
      break;
    case 'T':
      list = group->tests;
      break;
    default:
      /* No such name: it is not known whether it stands (2.2). */
      set_state (version, DISC_STATUS_UNKNOWN, 0);
      return;
    }

  if (is_repeated (unit, group, list, version))
    for (guint i = 0; i < version->n; i++)
      version->messages[i].fate = IMP_FATE_IDENTICAL;
  else
    g_array_append_val (list, *version);
}

static DiscStatus
status_of_test (char condition)
{
  switch (condition)
    {
    case '0':
      return DISC_STATUS_DELETED;
    case '2':
      return DISC_STATUS_SUPERSEDED;
    default:
      return DISC_STATUS_UNKNOWN;
    }
}

/* Training and test messages are kept and marked, never live, nor do they say so in a word (4.2,
 * MSH-11). */
static void
lower_test_messages (ImpUnit *unit)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->flags & DISC_MESSAGE_TEST)
        disc_records_override (message->records, message->records_len,
                               status_of_test (message->condition));
    }
}

/* An order that was moved to another day may have left the old day's file behind (2.4). */
void
imp_resolve_moved_orders (ImpUnit *unit)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autofree char *key = NULL;
      ImpMessage *other;

      if (message->records_len == 0 || message->fate != IMP_FATE_ON_DISC ||
          !is_order (message->type) || imp_resolve_is_fixed_number (message->order_no) ||
          *message->order_no == '\0' || (message->flags & DISC_MESSAGE_DISPUTED) ||
          !imp_message_has_live (message, DISC_KIND_NONE))
        continue;

      key = g_strconcat (message->type, " ", message->order_no, NULL);
      other = g_hash_table_lookup (seen, key);
      if (other == NULL)
        g_hash_table_insert (seen, g_steal_pointer (&key), message);
      else if (strcmp (other->care_date, message->care_date) != 0)
        {
          if (!(other->flags & DISC_MESSAGE_MAYBE_DUPLICATE))
            imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, other,
                                  "the same order number is live under two care dates");
          other->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
          message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
        }
    }
}

static void
clear_group (const Group *group)
{
  g_array_set_size (group->live, 0);
  g_array_set_size (group->disputed, 0);
  g_array_set_size (group->dead, 0);
  g_array_set_size (group->disputed_dead, 0);
  g_array_set_size (group->old, 0);
  g_array_set_size (group->tests, 0);
  g_hash_table_remove_all (group->met);
}

/* A document that no storage's name gives a state to says itself what it is; so does a resource of FHIR,
 * whose versions were told apart before. */
static gboolean
stands_alone (const ImpMessage *message)
{
  return imp_message_is_fhir (message) ||
         (message->format == DISC_FORMAT_CDA && message->content_len == 0);
}

void
imp_resolve_versions (ImpUnit *unit)
{
  g_autoptr (GArray) live = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) disputed = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) dead = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) disputed_dead = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) tests = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GHashTable) met = g_hash_table_new_full (content_hash, file_equal, g_free, NULL);
  const Group group = { live, disputed, dead, disputed_dead, old, tests, met };
  const ImpMessage *last = NULL;
  guint i = 0;

  while (i < unit->messages->len)
    {
      Version version = { &g_array_index (unit->messages, ImpMessage, i), 1, FALSE };

      i++;
      if (version.messages[0].records_len == 0 || stands_alone (version.messages))
        continue; /* a refused file has no state */
      while (i < unit->messages->len && same_file (&version.messages[version.n - 1],
                                                   &g_array_index (unit->messages, ImpMessage, i)))
        {
          version.n++;
          i++;
        }

      if (last != NULL && !imp_resolve_is_same_record (last, version.messages))
        {
          decide_group (unit, &group);
          clear_group (&group);
        }
      add_version (unit, &group, &version);
      last = version.messages;
    }
  decide_group (unit, &group);

  lower_test_messages (unit);
}

void
imp_resolve_states (ImpUnit *unit, const ImpWindow *window)
{
  imp_resolve_versions (unit);
  imp_resolve_documents (unit);
  imp_resolve_reports (unit);
  if (window != NULL)
    imp_resolve_window (unit, window);
  imp_resolve_moved_orders (unit);
  imp_resolve_lists (unit);
  imp_resolve_pairs (unit);
}

void
imp_resolve_facts (ImpUnit *unit)
{
  imp_resolve_patient (unit);
  imp_resolve_blood (unit);
  imp_resolve_visits (unit);
  imp_resolve_order (unit);
}

void
imp_resolve (ImpUnit *unit, const ImpWindow *window)
{
  imp_resolve_states (unit, window);
  imp_resolve_facts (unit);
}
