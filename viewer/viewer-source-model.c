/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-source-model.h"

#include <string.h>

#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-chart-entries.h"
#include "viewer-places.h"

#define MAX_SHOWN_BYTES (1024 * 1024) /* of text; a message may carry a whole picture */
#define MAX_MARKS 2000
#define MIN_MARK_BYTES 3 /* shorter values stand everywhere: they would mark at random */

struct _ViewerSource
{
  DiscChart *chart;   /* NULL: it is in the next */
  ViewerChart *held;
  const DiscMessage *message;
  GPtrArray *records; /* DiscRecord of the message */
  GString *text;
  GArray *marks; /* ViewerSourceMark */
  gboolean is_elsewhere;
};

/* Segments end with CR, LF or both (SS-MIX2 spec 5); each becomes a line. */
static GString *
cut_segments (const char *source, gsize len)
{
  gsize shown = MIN (len, MAX_SHOWN_BYTES);
  GString *text = g_string_sized_new (shown);

  for (gsize i = 0; i < shown; i++)
    {
      if (source[i] == '\r' && i + 1 < shown && source[i + 1] == '\n')
        continue;
      g_string_append_c (text, source[i] == '\r' ? '\n' : source[i] == '\0' ? ' ' : source[i]);
    }
  if (!g_utf8_validate (text->str, text->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (text->str, text->len);

      g_string_assign (text, valid);
    }
  while (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  return text;
}

static void
collect_values (GHashTable *values, const DiscValue *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strlen (list[i].value) >= MIN_MARK_BYTES)
      g_hash_table_add (values, (gpointer) list[i].value);
}

static GHashTable *
values_of (const GPtrArray *records)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const DiscRecord *record = g_ptr_array_index (records, i);

      collect_values (values, record->values, record->n_values);
      for (guint k = 0; k < record->n_items; k++)
        collect_values (values, record->items[k].values, record->items[k].n_values);
    }
  return values;
}

static gboolean
is_separator (char c)
{
  return c == '|' || c == '^' || c == '~' || c == '&' || c == '\n' || c == '\0';
}

/* Where a field or component is, letter for letter, a value that was read from this message. */
static GArray *
mark_values (const GString *text, GHashTable *values)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (ViewerSourceMark));
  g_autoptr (GString) token = g_string_new (NULL);
  gsize start = 0;

  for (gsize i = 0; i <= text->len && marks->len < MAX_MARKS; i++)
    {
      if (!is_separator (text->str[i]))
        continue;
      g_string_truncate (token, 0);
      g_string_append_len (token, text->str + start, i - start);
      if (token->len >= MIN_MARK_BYTES && g_hash_table_contains (values, token->str))
        {
          ViewerSourceMark mark = { (guint) start, (guint) i };

          g_array_append_val (marks, mark);
        }
      start = i + 1;
    }
  return marks;
}

gboolean
viewer_source_find_volume (ViewerDisc *disc, guint wanted, const char *const *folders)
{
  DiscReader *reader = viewer_disc_get_reader (disc);

  for (guint i = 0; folders[i] != NULL && !disc_reader_has_volume (reader, wanted); i++)
    {
      g_autofree char *beside = disc_reader_volume_path (folders[i], wanted);

      /* What is not a volume of this disc is refused and left alone. */
      if (disc_reader_is_sealed (folders[i]))
        disc_reader_attach_volume (reader, folders[i], NULL, NULL);
      if (!disc_reader_has_volume (reader, wanted) && disc_reader_is_sealed (beside))
        disc_reader_attach_volume (reader, beside, NULL, NULL);
    }
  return disc_reader_has_volume (reader, wanted);
}

gboolean
viewer_source_find_mounted (ViewerDisc *disc, guint wanted)
{
  g_auto (GStrv) folders = viewer_places_mounted ();

  return viewer_source_find_volume (disc, wanted, (const char *const *) folders);
}

/* What stands in place of the text; never nothing, which would look like an empty message. */
static GString *
explain (DiscReader *reader, guint volume, const GError *reason)
{
  GString *text = g_string_new ("■ ");

  if (g_error_matches (reason, DISC_ERROR, DISC_ERROR_ELSEWHERE) && disc_reader_is_released (reader))
    g_string_append_printf (text,
                            _ ("This source message is on volume %u of %u. Take volume 1 out of the drive "
                               "and insert volume %u: the message is shown as soon as it is there."),
                            volume, disc_reader_n_volumes (reader), volume);
  else if (g_error_matches (reason, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    g_string_append_printf (text,
                            _ ("This source message is on volume %u of %u, which is not here. Insert "
                               "that volume in a second drive, or load it into the store."),
                            volume, disc_reader_n_volumes (reader));
  else
    g_string_append_printf (text,
                            _ ("This source message is on volume %u of %u and could not be read (%s). "
                               "Everything else of the record is shown as it was read."),
                            volume, disc_reader_n_volumes (reader), reason->message);
  return text;
}

/* @chart: (transfer full) */
static ViewerSource *
source_new (DiscChart *chart)
{
  ViewerSource *self = g_new0 (ViewerSource, 1);

  self->chart = chart;
  self->records = g_ptr_array_new ();
  if (chart == NULL)
    return self;
  self->message = disc_chart_message (chart, 0);
  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    g_ptr_array_add (self->records, (gpointer) disc_chart_record (chart, i));
  return self;
}

void
viewer_source_free (ViewerSource *self)
{
  g_clear_pointer (&self->chart, disc_chart_free);
  g_clear_object (&self->held);
  g_ptr_array_unref (self->records);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

#define MAX_INDENT 40

static void
begin_line (GString *out, guint depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < MIN (2 * depth, MAX_INDENT); i++)
    g_string_append_c (out, ' ');
}

/* A resource on one line cannot be read: lines are begun at its brackets and commas. Nothing else changes,
 * and nothing is read of it. */
static void
break_json (GString *text)
{
  g_autoptr (GString) whole = g_string_new_len (text->str, (gssize) text->len);
  gboolean in_string = FALSE;
  guint depth = 0;

  g_string_truncate (text, 0);
  for (gsize i = 0; i < whole->len; i++)
    {
      char c = whole->str[i];

      if (in_string)
        {
          g_string_append_c (text, c);
          if (c == '\\' && i + 1 < whole->len)
            g_string_append_c (text, whole->str[++i]);
          in_string = c != '"';
          continue;
        }
      if ((c == '}' || c == ']') && depth > 0)
        begin_line (text, --depth);
      g_string_append_c (text, c);
      in_string = c == '"';
      if (c == '{' || c == '[')
        begin_line (text, ++depth);
      else if (c == ',')
        begin_line (text, depth);
    }
}

static void
set_text (ViewerSource *self, const char *source, gsize len)
{
  g_autoptr (GHashTable) values = values_of (self->records);

  self->text = cut_segments (source != NULL ? source : "", len);
  if (self->message != NULL && self->message->format == DISC_FORMAT_FHIR_JSON &&
      memchr (self->text->str, '\n', self->text->len) == NULL)
    break_json (self->text);
  self->marks = mark_values (self->text, values);
}

/* The source lies on another volume: when it does not come there is everything else, and a sentence. */
static void
fetch_text (ViewerSource *self, ViewerDisc *disc)
{
  DiscReader *reader = viewer_disc_get_reader (disc);
  gint64 rid = self->message->rid;
  guint volume = disc_reader_volume_of (reader, rid);
  g_autoptr (GError) local = NULL;
  g_autofree char *source = NULL;
  gsize len = 0;

  if (!disc_reader_load_source (reader, rid, &source, &len, &local) &&
      g_error_matches (local, DISC_ERROR, DISC_ERROR_ELSEWHERE) && viewer_source_find_mounted (disc, volume))
    {
      g_clear_error (&local);
      disc_reader_load_source (reader, rid, &source, &len, &local);
    }
  if (local == NULL)
    set_text (self, source, len);
  else
    {
      self->text = explain (reader, volume, local);
      self->marks = g_array_new (FALSE, FALSE, sizeof (ViewerSourceMark));
      self->is_elsewhere = g_error_matches (local, DISC_ERROR, DISC_ERROR_ELSEWHERE);
    }
  viewer_disc_tell (disc);
}

ViewerSource *
viewer_source_load (ViewerDisc *disc, gint64 rid, GError **error)
{
  DiscReader *reader = viewer_disc_get_reader (disc);
  gboolean is_here = disc_reader_volume_of (reader, rid) == disc_reader_volume (reader);
  DiscChart *chart = is_here ? disc_reader_load_message (reader, rid, error)
                             : disc_reader_load_records (reader, rid, error);
  ViewerSource *self;

  viewer_disc_tell (disc);
  if (chart == NULL)
    return NULL;

  self = source_new (chart);
  if (is_here)
    set_text (self, self->message->source, self->message->source_len);
  else
    fetch_text (self, disc);
  return self;
}

ViewerSource *
viewer_source_load_in (ViewerChart *chart, gint64 rid, GError **error)
{
  ViewerDisc *disc = viewer_chart_get_disc (chart);
  DiscReader *reader = viewer_disc_get_reader (disc);
  ViewerSource *self;

  if (disc_reader_volume_of (reader, rid) == disc_reader_volume (reader))
    return viewer_source_load (disc, rid, error);

  self = source_new (NULL);
  self->held = g_object_ref (chart);
  for (guint i = 0; i < viewer_chart_n_records (chart); i++)
    {
      const DiscRecord *record = viewer_chart_get_record (chart, i);

      if (viewer_chart_get_message (chart, record)->rid == rid)
        g_ptr_array_add (self->records, (gpointer) record);
    }
  if (self->records->len == 0)
    {
      viewer_source_free (self);
      return viewer_source_load (disc, rid, error);
    }
  self->message = viewer_chart_get_message (chart, g_ptr_array_index (self->records, 0));
  fetch_text (self, disc);
  return self;
}

const DiscMessage *
viewer_source_get_message (const ViewerSource *self)
{
  return self->message;
}

const DiscRecord *
viewer_source_get_record (const ViewerSource *self)
{
  return self->records->len > 0 ? g_ptr_array_index (self->records, 0) : NULL;
}

gboolean
viewer_source_is_elsewhere (const ViewerSource *self)
{
  return self->is_elsewhere;
}

const char *
viewer_source_get_text (const ViewerSource *self)
{
  return self->text->str;
}

const GArray *
viewer_source_get_marks (const ViewerSource *self)
{
  return self->marks;
}

static const char *
order_no_of_entry (const ViewerEntry *entry)
{
  const DiscItem *first = entry->record->n_items > 0 ? &entry->record->items[0] : NULL;

  return viewer_item_order_no (entry, first);
}

static const char *
order_no_of (const GArray *entries, const DiscMessage *message)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->message->rid == message->rid && order_no_of_entry (entry) != NULL)
        return order_no_of_entry (entry);
    }
  return NULL;
}

static gboolean
is_fhir (const DiscMessage *message)
{
  return message->format == DISC_FORMAT_FHIR_JSON || message->format == DISC_FORMAT_FHIR_XML;
}

/* (nullable): Type/id of a resource of FHIR. */
static const char *
resource_of (const GArray *entries, const DiscMessage *message)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->message->rid == message->rid)
        return disc_record_value (entry->record, DISC_FIELD_RESOURCE);
    }
  return NULL;
}

/* A resource that says the same of an order as its message, and that message. @shared_no: (nullable): the
 * number of the order @message is of, if it is one of the two */
static gboolean
is_other_source_of (const ViewerEntry *entry, const DiscMessage *message, const char *shared_no)
{
  DiscMessageFlags wanted = message->flags & DISC_MESSAGE_SAID_BEFORE
                                ? DISC_MESSAGE_TWO_SOURCES
                                : DISC_MESSAGE_SAID_BEFORE;

  return shared_no != NULL && (entry->message->flags & wanted) != 0 &&
         g_strcmp0 (order_no_of_entry (entry), shared_no) == 0;
}

/* @order_no: (nullable): of a resource of FHIR its Type/id */
static gboolean
is_version_of (const ViewerEntry *entry, const DiscMessage *message, const char *order_no,
               const char *shared_no)
{
  if (entry->message->rid == message->rid)
    return TRUE;
  if (is_other_source_of (entry, message, shared_no))
    return TRUE;
  if (is_fhir (message) || is_fhir (entry->message))
    return is_fhir (message) && order_no != NULL &&
           g_strcmp0 (disc_record_value (entry->record, DISC_FIELD_RESOURCE), order_no) == 0;
  if (g_strcmp0 (entry->message->data_type, message->data_type) != 0)
    return FALSE;
  if (order_no != NULL)
    return g_strcmp0 (order_no_of_entry (entry), order_no) == 0;
  return message->care_date == NULL && entry->message->care_date == NULL;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const ViewerSourceVersion *one = a, *other = b;
  int order = g_strcmp0 (other->message->sent_at, one->message->sent_at);

  if (order != 0)
    return order;
  return (other->message->rid > one->message->rid) - (other->message->rid < one->message->rid);
}

GArray *
viewer_source_list_versions (ViewerChart *chart, const DiscMessage *message)
{
  g_autoptr (GArray) entries = viewer_chart_sources (chart);
  const char *order_no =
      is_fhir (message) ? resource_of (entries, message) : order_no_of (entries, message);
  const char *shared_no =
      message->flags & (DISC_MESSAGE_TWO_SOURCES | DISC_MESSAGE_SAID_BEFORE)
          ? order_no_of (entries, message)
          : NULL;
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (ViewerSourceVersion));
  const DiscMessage *last = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);
      ViewerSourceVersion version = { entry->message, entry->record };

      /* The records of one message stand together in a chart. */
      if (entry->message == last || !is_version_of (entry, message, order_no, shared_no))
        continue;
      last = entry->message;
      g_array_append_val (versions, version);
    }
  g_array_sort (versions, newest_first);
  return versions;
}
