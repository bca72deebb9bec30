/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-records.h"

#include <stdarg.h>
#include <string.h>

typedef struct
{
  DiscMessage message;
  DiscRecordBuilder *builder;
  DiscRecordSet *set;
  char *path;
} TestMessage;

struct _TestRecords
{
  GPtrArray *messages;
  GArray *entries;
};

static void
test_message_free (TestMessage *message)
{
  disc_record_builder_free (message->builder);
  g_clear_pointer (&message->set, disc_record_set_free);
  g_free (message->path);
  g_free (message);
}

TestRecords *
test_records_new (void)
{
  TestRecords *self = g_new0 (TestRecords, 1);

  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) test_message_free);
  self->entries = viewer_entries_new ();
  return self;
}

void
test_records_free (TestRecords *self)
{
  g_ptr_array_unref (self->messages);
  g_array_unref (self->entries);
  g_free (self);
}

void
test_records_message (TestRecords *self, gint64 rid, const char *data_type, const char *sent_at,
                      DiscMessageFlags flags)
{
  TestMessage *message = g_new0 (TestMessage, 1);

  message->builder = disc_record_builder_new ();
  message->path = g_strdup_printf ("message-%" G_GINT64_FORMAT, rid);
  message->message = (DiscMessage){
    .rid = rid,
    .format = DISC_FORMAT_SSMIX2,
    .flags = flags,
    .condition = '1',
    .path = message->path,
    .data_type = data_type,
    .sent_at = sent_at,
  };
  if (strchr (data_type, '-') == NULL) /* a type of FHIR */
    message->message.format = DISC_FORMAT_FHIR_JSON;
  g_ptr_array_add (self->messages, message);
}

static DiscRecordBuilder *
current (TestRecords *self)
{
  TestMessage *message = g_ptr_array_index (self->messages, self->messages->len - 1);

  return message->builder;
}

static void
add_pairs (DiscRecordBuilder *builder, va_list pairs)
{
  int field;

  while ((field = va_arg (pairs, int)) != 0)
    disc_record_builder_add (builder, (DiscField) field, va_arg (pairs, const char *), -1);
}

void
test_records_begin (TestRecords *self, DiscKind kind, DiscStatus status, ...)
{
  va_list pairs;

  disc_record_builder_begin (current (self), kind, status, disc_status_is_live (status));
  va_start (pairs, status);
  add_pairs (current (self), pairs);
  va_end (pairs);
}

void
test_records_item (TestRecords *self, ...)
{
  va_list pairs;

  disc_record_builder_item (current (self));
  va_start (pairs, self);
  add_pairs (current (self), pairs);
  va_end (pairs);
}

void
test_records_write (TestRecords *self, DiscWriter *writer)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      TestMessage *message = g_ptr_array_index (self->messages, i);
      g_autoptr (GError) error = NULL;
      static const char source[] = "MSH|^~\\&|HIS|HOSP\rPID|0001||0004512338\r";

      message->message.records =
          disc_record_builder_get (message->builder, &message->message.records_len);
      message->message.source = source;
      message->message.source_len = sizeof source - 1;
      disc_writer_add_message (writer, &message->message, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

const GArray *
test_records_entries (TestRecords *self)
{
  g_array_set_size (self->entries, 0);
  for (guint i = 0; i < self->messages->len; i++)
    {
      TestMessage *message = g_ptr_array_index (self->messages, i);

      if (message->set == NULL)
        {
          gsize len = 0;
          const guint8 *data = disc_record_builder_get (message->builder, &len);
          g_autoptr (GBytes) bytes = g_bytes_new (data, len);
          g_autoptr (GError) error = NULL;

          message->set = disc_record_set_new (bytes, &error);
          g_assert_no_error (error);
        }
      viewer_entries_add_set (self->entries, message->set, &message->message);
    }
  return self->entries;
}
