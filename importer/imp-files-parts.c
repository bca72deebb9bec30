/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and pictures of a document that is several records. */
#include "config.h"

#include "imp-files.h"

#include "imp-limits.h"
#include "imp-text.h"

typedef struct
{
  const ImpFiles *files;
  const ImpFilesPart *next; /* its record was not reached yet */
  const ImpFilesPart *end;
  ImpMapped *out;
  DiscRecordBuilder *records;
} Join;

/* Near its ceiling a builder drops without a word. */
static gboolean
has_room (const Join *join, gsize len)
{
  gsize used;

  disc_record_builder_get (join->records, &used);
  return used + len <= DISC_RECORDS_MAX_BYTES / 2;
}

static void
put_words (Join *join, const ImpFilesPart *part)
{
  ImpText words = { join->files->words->str + part->words_from, part->words_to - part->words_from };
  gsize len = imp_text_cut (words, IMP_MAX_VALUE_BYTES);

  if (!has_room (join, len))
    len = 0;
  if (len > 0)
    disc_record_builder_add (join->records, DISC_FIELD_TEXT, words.text, (gssize) len);
  if (len < words.len)
    {
      join->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
      imp_mapped_add_finding (join->out, IMP_FINDING_TRUNCATED,
                              "the words of its files are too long to be shown whole: the rest is "
                              "in the backup");
    }
}

static void
put_pictures (Join *join, const ImpFilesPart *part)
{
  g_autofree char *n = g_strdup_printf ("%u", part->n_pictures);
  g_autofree char *first = g_strdup_printf ("%u", part->first_picture);

  if (part->n_pictures == 0)
    return;
  disc_record_builder_add (join->records, DISC_FIELD_PICTURES, n, -1);
  if (part->first_picture > 1)
    disc_record_builder_add (join->records, DISC_FIELD_PICTURES_FROM, first, -1);
}

/* Behind all that the record says itself. */
static void
end_values (Join *join, guint record)
{
  if (join->next == join->end || join->next->record != record)
    return;
  put_words (join, join->next);
  put_pictures (join, join->next);
  join->next++;
}

static void
copy_records (Join *join, const guint8 *data, gsize len)
{
  guint record = G_MAXUINT; /* before the first */
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    switch (token)
      {
      case DISC_TOKEN_RECORD:
        end_values (join, record++);
        disc_record_builder_begin (join->records, iter.kind, iter.status, iter.live);
        break;
      case DISC_TOKEN_ITEM:
        end_values (join, record);
        disc_record_builder_item (join->records);
        break;
      default:
        disc_record_builder_add (join->records, iter.field, iter.value, (gssize) iter.value_len);
      }
  end_values (join, record);
}

void
imp_files_join_parts (ImpFiles *self, const ImpFilesPart *parts, guint n_parts, ImpMapped *out)
{
  Join join = { .files = self, .next = parts, .end = parts + n_parts, .out = out };
  gsize len;
  const guint8 *data = disc_record_builder_get (out->records, &len);

  imp_files_tell (self, out);
  if (n_parts == 0)
    return;
  join.records = disc_record_builder_new ();
  copy_records (&join, data, len);
  disc_record_builder_free (out->records);
  out->records = join.records;
}
