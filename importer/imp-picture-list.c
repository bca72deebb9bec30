/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-picture-list.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"
#include "imp-limits.h"
#include "imp-source.h"

typedef struct
{
  gint64 rid;
  const char *path;
  const char *facility;
  const char *patient; /* NULL: of nobody */
  const char *entry;   /* NULL: the file is the document */
  char day[11]; /* "2026-11-19"; "" where it has none: older than all others */
  guint first;  /* of its pictures in the list */
  guint n;
} Document;

typedef struct
{
  ImpPicture picture; /* its name is in the list's strings */
  const char *absent; /* why it does not stay; NULL: it does */
} Entry;

struct _ImpPictureList
{
  GArray *documents; /* (element-type Document) */
  GArray *entries;   /* (element-type Entry) */
  GStringChunk *strings;
  guint64 bytes;
};

ImpPictureList *
imp_picture_list_new (void)
{
  ImpPictureList *self = g_new0 (ImpPictureList, 1);

  self->documents = g_array_new (FALSE, FALSE, sizeof (Document));
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->strings = g_string_chunk_new (16 * 1024);
  return self;
}

void
imp_picture_list_free (ImpPictureList *self)
{
  g_array_unref (self->documents);
  g_array_unref (self->entries);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* The day of the document; else when it was sent. */
static void
copy_day (const ImpMessage *message, char day[11])
{
  char care_day[DISC_DATE_MAX];
  const char *candidates[] = { message->clinical_at, care_day, message->sent_at };

  imp_window_care_day (message->care_date, care_day);
  day[0] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (candidates) && day[0] == '\0'; i++)
    g_strlcpy (day, candidates[i], 11);
}

void
imp_picture_list_add (ImpPictureList *self, const ImpMessage *message, gint64 rid,
                      const char *facility, const char *patient)
{
  Document document = { .rid = rid, .first = self->entries->len };
  char number[IMP_MESSAGE_PLACE_MAX];
  const char *place = imp_message_place (message, number);
  Entry entry = { 0 };
  gsize pos = 0;

  while (imp_picture_next (message->pictures, message->pictures_len, &pos, &entry.picture))
    {
      entry.picture.name = g_string_chunk_insert_const (self->strings, entry.picture.name);
      entry.absent = entry.picture.size > IMP_MAX_PICTURE_BYTES ? DISC_PICTURE_TOO_LARGE : NULL;
      if (entry.absent == NULL && entry.picture.same_as == 0)
        self->bytes += entry.picture.size;
      g_array_append_val (self->entries, entry);
      document.n++;
    }
  if (document.n == 0)
    return;

  copy_day (message, document.day);
  document.path = g_string_chunk_insert (self->strings, message->path);
  document.entry = place != NULL ? g_string_chunk_insert_const (self->strings, place) : NULL;
  document.facility = g_string_chunk_insert_const (self->strings, facility);
  document.patient = patient != NULL ? g_string_chunk_insert_const (self->strings, patient) : NULL;
  g_array_append_val (self->documents, document);
}

guint64
imp_picture_list_bytes (const ImpPictureList *self)
{
  return self->bytes;
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* "line 9" before "line 10". */
static int
compare_places (const char *a, const char *b)
{
  gsize len = a != NULL ? strlen (a) : 0;
  gsize other = b != NULL ? strlen (b) : 0;

  return len != other ? (len < other ? -1 : 1) : g_strcmp0 (a, b);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Document *left = *(const Document *const *) a;
  const Document *right = *(const Document *const *) b;
  int order = strcmp (right->day, left->day);

  if (order == 0)
    order = strcmp (left->path, right->path);
  if (order == 0)
    order = compare_places (left->entry, right->entry);
  if (order == 0)
    order = strcmp (left->facility, right->facility);
  if (order != 0)
    return order;
  return left->rid > right->rid ? -1 : left->rid < right->rid;
}

/* Of a document that has the same one twice it is there once, or not at all. */
static void
choose_in (ImpPictureList *self, const Document *document, guint64 *left)
{
  Entry *entries = &g_array_index (self->entries, Entry, document->first);

  for (guint i = 0; i < document->n; i++)
    {
      const ImpPicture *picture = &entries[i].picture;

      if (picture->same_as > 0 && picture->same_as <= i)
        entries[i].absent = entries[picture->same_as - 1].absent;
      else if (entries[i].absent == NULL && picture->size > *left)
        entries[i].absent = DISC_PICTURE_BEYOND_BUDGET;
      else if (entries[i].absent == NULL)
        *left -= picture->size;
    }
}

void
imp_picture_list_choose (ImpPictureList *self, guint64 max_bytes)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < self->documents->len; i++)
    g_ptr_array_add (order, &g_array_index (self->documents, Document, i));
  g_ptr_array_sort (order, compare_newest_first);
  for (guint i = 0; i < order->len; i++)
    choose_in (self, g_ptr_array_index (order, i), &max_bytes);
}

/* ---- writing -------------------------------------------------------------------------------- */

/* (transfer full) */
static GBytes *
load_bytes (const Entry *entry, ImpWrite *write, ImpSpillCoder *coder, GError **error)
{
  ImpSpillPlace place = entry->picture.place;
  GByteArray *bytes = NULL;

  if (!imp_spill_get (write->spill, coder, &place, &bytes, error))
    return NULL;
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
write_picture (const Document *document, const Entry *entry, ImpWrite *write, ImpSpillCoder *coder,
               GError **error)
{
  const ImpPicture *picture = &entry->picture;
  DiscPicture out = {
    .rid = document->rid,
    .number = picture->number,
    .media_type = imp_picture_media_type (picture),
    .width = picture->width,
    .height = picture->height,
    .original_width = picture->original_width,
    .original_height = picture->original_height,
    .page = picture->page,
    .name = *picture->name != '\0' ? picture->name : NULL,
    .size = picture->size,
    .absent = entry->absent,
  };
  g_autoptr (GBytes) bytes = NULL;

  if (entry->absent == NULL && picture->same_as > 0)
    out.data = DISC_PICTURE_ID (document->rid, picture->same_as);
  else if (entry->absent == NULL)
    {
      bytes = load_bytes (entry, write, coder, error);
      if (bytes == NULL)
        return FALSE;
    }
  write->tally->n_pictures++;
  write->tally->n_pictures_left_out += entry->absent != NULL ? 1 : 0;
  write->tally->picture_bytes += bytes != NULL ? picture->size : 0;
  return disc_writer_add_picture (write->writer, &out, bytes, error);
}

/* How many from @i on are left out for this reason, without a gap. */
static guint
count_run (const Document *document, const Entry *entries, guint i, const char *reason)
{
  guint n = 0;

  while (i + n < document->n && g_strcmp0 (entries[i + n].absent, reason) == 0)
    n++;
  return n;
}

/* (transfer full) (nullable): "2-5, 7", the numbers of those left out for this reason. */
static char *
list_absent (const Document *document, const Entry *entries, const char *reason)
{
  GString *list = g_string_new (NULL);
  guint n;

  for (guint i = 0; i < document->n; i += n + 1)
    {
      n = count_run (document, entries, i, reason);
      if (n == 0)
        continue;
      g_string_append_printf (list, "%s%u", list->len > 0 ? ", " : "", entries[i].picture.number);
      if (n > 1)
        g_string_append_printf (list, "-%u", entries[i + n - 1].picture.number);
    }
  return g_string_free (list, list->len == 0);
}

static gboolean
tell_absent (const Document *document, const Entry *entries, const char *reason, const char *words,
             ImpWrite *write, GError **error)
{
  g_autofree char *numbers = list_absent (document, entries, reason);
  g_autofree char *detail = NULL;
  DiscFinding finding = {
    .severity = imp_severity_name (IMP_SEVERITY_WARNING),
    .code = imp_finding_code_name (IMP_FINDING_ATTACHMENT_REFUSED),
    .path = document->path,
    .entry = document->entry,
    .facility = document->facility,
    .patient = document->patient,
  };

  if (numbers == NULL)
    return TRUE;
  finding.detail = detail = g_strdup_printf ("not on the disc of %u pictures: number %s: %s",
                                             document->n, numbers, words);
  return imp_write_disc_finding (write, &finding, IMP_FINDING_ATTACHMENT_REFUSED, error);
}

gboolean
imp_picture_list_write (ImpPictureList *self, ImpWrite *write, GError **error)
{
  g_autoptr (ImpSpillCoder) coder = imp_spill_coder_new ();

  for (guint i = 0; i < self->documents->len; i++)
    {
      const Document *document = &g_array_index (self->documents, Document, i);
      const Entry *entries = &g_array_index (self->entries, Entry, document->first);

      if (imp_source_is_cancelled (write->cancellable, error))
        return FALSE;
      for (guint j = 0; j < document->n; j++)
        if (!write_picture (document, &entries[j], write, coder, error))
          return FALSE;
      if (!tell_absent (document, entries, DISC_PICTURE_BEYOND_BUDGET,
                        "beyond what pictures may take (--max-image-bytes)", write, error) ||
          !tell_absent (document, entries, DISC_PICTURE_TOO_LARGE, "larger than a picture may be",
                        write, error))
        return FALSE;
    }
  return TRUE;
}
