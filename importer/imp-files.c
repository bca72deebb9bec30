/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-files.h"

#include <string.h>

#include "disc-crypto.h"
#include "disc-format.h"
#include "imp-base64-cut.h"
#include "imp-document.h"
#include "imp-files-private.h"
#include "imp-limits.h"
#include "imp-text.h"

#define PAGE_LINE "\n――――――\n"

static void
clear_cut (gpointer data)
{
  g_clear_pointer (&((ImpFilesCut *) data)->bytes, g_bytes_unref);
}

void
imp_files_init (ImpFiles *self, ImpSpill *spill, ImpSpillCoder *coder)
{
  *self = (ImpFiles){ .spill = spill, .coder = coder };
  self->words = g_string_new (NULL);
  self->source = g_string_new (NULL);
  self->cuts = g_array_new (FALSE, FALSE, sizeof (ImpFilesCut));
  g_array_set_clear_func (self->cuts, clear_cut);
  self->pictures = g_byte_array_new ();
  self->numbers =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_finding_free);
}

void
imp_files_reset (ImpFiles *self)
{
  g_string_truncate (self->words, 0);
  g_byte_array_set_size (self->pictures, 0);
  self->n_pictures = self->n_left_out = 0;
  self->picture_bytes = 0;
  g_hash_table_remove_all (self->numbers);
  g_ptr_array_set_size (self->findings, 0);
  g_array_set_size (self->cuts, 0);
  self->flags = 0;
  self->has_infected = FALSE;
}

void
imp_files_set_scanner (ImpFiles *self, ImpScanner *scanner, ImpTally *tally)
{
  self->scanner = scanner;
  self->tally = tally;
}

void
imp_files_clear (ImpFiles *self)
{
  g_string_free (self->words, TRUE);
  g_string_free (self->source, TRUE);
  g_array_unref (self->cuts);
  g_byte_array_unref (self->pictures);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->findings);
}

static DiscMessageFlags
flag_of (ImpFindingCode code)
{
  if (code == IMP_FINDING_UNDECODABLE)
    return DISC_MESSAGE_UNDECODABLE;
  if (code == IMP_FINDING_NOT_UNDERSTOOD)
    return DISC_MESSAGE_NOT_UNDERSTOOD;
  return code == IMP_FINDING_TRUNCATED ? DISC_MESSAGE_TRUNCATED : 0;
}

static G_GNUC_PRINTF (3, 4) void add_finding (ImpFiles *self, ImpFindingCode code,
                                              const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->findings, imp_finding_new (code, format, args));
  va_end (args);
  self->flags |= flag_of (code);
}

void
imp_files_take_finding (ImpFiles *self, const ImpFinding *finding, const char *heading)
{
  ImpFinding *copy = g_new0 (ImpFinding, 1);

  copy->code = finding->code;
  copy->severity = finding->severity;
  copy->detail = heading != NULL ? g_strdup_printf ("“%s”: %s", heading, finding->detail)
                                 : g_strdup (finding->detail);
  g_ptr_array_add (self->findings, copy);
  self->flags |= flag_of (finding->code);
}

static void
take_findings (ImpFiles *self, const ImpDocument *document, const char *heading)
{
  for (guint i = 0; i < document->findings->len; i++)
    imp_files_take_finding (self, g_ptr_array_index (document->findings, i), heading);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
take_words (ImpFiles *self, const ImpDocument *document, const char *heading)
{
  g_auto (GStrv) pages = g_strsplit (document->text->str, "\f", -1);

  /* Ends of pages are no words: of a scan there is nothing else. */
  if (document->text->str[strspn (document->text->str, " \t\n\f")] == '\0')
    return;
  if (heading != NULL)
    g_string_append_printf (self->words, "%s【%s】\n", self->words->len > 0 ? "\n" : "", heading);
  for (guint i = 0; pages[i] != NULL; i++)
    {
      g_string_append (self->words, i > 0 ? PAGE_LINE : "");
      g_string_append (self->words, pages[i]);
    }
}

/* ---- pictures ------------------------------------------------------------------------------- */

/* Returns: number of an earlier one with the same bytes, else 0; @number: of this one */
static guint32
find_same (ImpFiles *self, GBytes *bytes, guint32 number)
{
  guint8 digest[IMP_PICTURE_DIGEST_BYTES];
  g_autoptr (GBytes) key = NULL;
  guint32 same;

  disc_hash (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), digest, sizeof digest);
  key = g_bytes_new (digest, sizeof digest);
  same = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
  if (same == 0)
    g_hash_table_insert (self->numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  return same;
}

static gboolean
take_picture (ImpFiles *self, const ImpDocumentPicture *picture, const char *heading,
              GError **error)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (picture->bytes, &len);
  gboolean is_smaller =
      picture->original_width > picture->width || picture->original_height > picture->height;
  ImpPicture out = { .size = (guint32) len,
                     .number = self->n_pictures + 1,
                     .page = picture->page,
                     .width = picture->width,
                     .height = picture->height,
                     .original_width = is_smaller ? picture->original_width : 0,
                     .original_height = is_smaller ? picture->original_height : 0,
                     .is_png = strcmp (picture->media_type, "image/png") == 0,
                     .name = heading != NULL ? heading : "" };

  if (out.number > DISC_PICTURES_MAX || self->picture_bytes + len > IMP_MAX_DOCUMENT_PICTURE_BYTES)
    {
      self->n_left_out++;
      return TRUE;
    }
  out.same_as = find_same (self, picture->bytes, out.number);
  if (out.same_as == 0)
    {
      if (!imp_spill_put_apart (self->spill, self->coder, bytes, len, &out.place, error))
        return FALSE;
      self->picture_bytes += len;
    }
  imp_picture_append (&out, self->pictures);
  self->n_pictures++;
  return TRUE;
}

static gboolean
take_pictures (ImpFiles *self, const ImpDocument *document, const char *heading, GError **error)
{
  guint n_before = self->n_left_out;

  for (guint i = 0; i < document->pictures->len; i++)
    if (!take_picture (self, g_ptr_array_index (document->pictures, i), heading, error))
      return FALSE;
  if (self->n_left_out > n_before)
    add_finding (self, IMP_FINDING_ATTACHMENT_REFUSED,
                 "%u pictures left out: more than one document may have",
                 self->n_left_out - n_before);
  return TRUE;
}

/* ---- files ---------------------------------------------------------------------------------- */

/* Of the first file: that is the document, or the document is compared by its own text. */
static void
begin_pictures (ImpFiles *self, const ImpAttachment *attachment)
{
  guint8 digest[IMP_PICTURE_DIGEST_BYTES] = { 0 };

  if (self->pictures->len > 0)
    return;
  if (attachment->bytes != NULL)
    disc_hash (g_bytes_get_data (attachment->bytes, NULL), g_bytes_get_size (attachment->bytes),
               digest, sizeof digest);
  imp_picture_begin_list (self->pictures, digest);
}

/* Asks the scanner. Of what is infected only the name of that is kept. */
static gboolean
is_infected (ImpFiles *self, const ImpAttachment *attachment, const char *heading)
{
  g_autofree char *what = NULL;
  gsize len;
  const guint8 *bytes;

  if (self->scanner == NULL || attachment->bytes == NULL)
    return FALSE;
  bytes = g_bytes_get_data (attachment->bytes, &len);
  if (len == 0)
    return FALSE;
  imp_tally_scan (self->tally, imp_scanner_scan (self->scanner, bytes, len, &what));
  if (what == NULL)
    return FALSE;
  if (heading != NULL)
    add_finding (self, IMP_FINDING_INFECTED, "“%s”: %s", heading, what);
  else
    add_finding (self, IMP_FINDING_INFECTED, "%s", what);
  self->has_infected = TRUE;
  return TRUE;
}

/* A message as text has its own files as base64. */
static void
leave_out_inner (ImpDocument *document)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  if (imp_base64_cut (document->text->str, document->text->len, IMP_BASE64_CUT_MIN, rest) > 0)
    g_string_assign (document->text, rest->str);
}

static gboolean
take (ImpFiles *self, const ImpAttachment *attachment, const char *heading, GError **error)
{
  static const ImpDocumentLimits limits = IMP_DOCUMENT_LIMITS_INIT;
  g_auto (ImpDocument) document = { 0 };

  begin_pictures (self, attachment);
  if (attachment->bytes == NULL)
    {
      add_finding (self, IMP_FINDING_IGNORED,
                   "“%s” is a file beside the document: a document of its own, where it is there",
                   attachment->reference != NULL ? attachment->reference : "");
      return TRUE;
    }
  if (imp_files_take_cda (self, attachment, heading))
    return TRUE;
  imp_document_init (&document);
  imp_document_convert (attachment, &limits, &document);
  if (document.verdict == IMP_DOCUMENT_MESSAGE) /* of none of the kinds that are read */
    {
      imp_document_read_text (attachment, &limits, &document);
      leave_out_inner (&document);
    }
  take_words (self, &document, heading);
  take_findings (self, &document, heading);
  return take_pictures (self, &document, heading, error);
}

gboolean
imp_files_take (ImpFiles *self, const ImpAttachment *attachment, const char *heading,
                GError **error)
{
  return is_infected (self, attachment, heading) || take (self, attachment, heading, error);
}

gboolean
imp_files_take_scanned (ImpFiles *self, const ImpAttachment *attachment, GError **error)
{
  return take (self, attachment, NULL, error);
}

/* ---- into the record ------------------------------------------------------------------------ */

typedef struct
{
  ImpFiles *files;
  const char *words; /* NULL: they were put in */
  gboolean is_done;  /* so was the number of pictures */
  ImpMapped *out;
  DiscRecordBuilder *records;
} Join;

static void
put_text (Join *join, const char *before)
{
  g_autofree char *text =
      *before != '\0' ? g_strconcat (before, "\n", join->words, NULL) : g_strdup (join->words);
  gsize len = imp_text_cut_string (text, IMP_MAX_VALUE_BYTES);

  disc_record_builder_add (join->records, DISC_FIELD_TEXT, text, (gssize) len);
  if (text[len] != '\0')
    {
      join->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
      imp_mapped_add_finding (join->out, IMP_FINDING_TRUNCATED,
                              "too long to be shown whole: the rest is in the source message");
    }
  join->words = NULL;
}

static void
end_values (Join *join)
{
  g_autofree char *n = g_strdup_printf ("%u", join->files->n_pictures);

  if (join->is_done)
    return;
  join->is_done = TRUE;
  if (join->words != NULL)
    put_text (join, "");
  if (join->files->n_pictures > 0)
    disc_record_builder_add (join->records, DISC_FIELD_PICTURES, n, -1);
}

static void
copy_records (Join *join, const guint8 *data, gsize len)
{
  DiscRecordIter iter;
  DiscToken token;
  gboolean is_first = TRUE;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    switch (token)
      {
      case DISC_TOKEN_RECORD:
        if (!is_first)
          end_values (join);
        is_first = FALSE;
        disc_record_builder_begin (join->records, iter.kind, iter.status, iter.live);
        break;
      case DISC_TOKEN_ITEM:
        end_values (join);
        disc_record_builder_item (join->records);
        break;
      default:
        if (iter.field == DISC_FIELD_TEXT && join->words != NULL && !join->is_done)
          put_text (join, iter.value);
        else
          disc_record_builder_add (join->records, iter.field, iter.value, (gssize) iter.value_len);
      }
  end_values (join);
}

void
imp_files_tell (ImpFiles *self, ImpMapped *out)
{
  out->facts.flags |= self->flags;
  for (guint i = 0; i < self->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->findings, i);

      imp_mapped_add_finding (out, finding->code, "%s", finding->detail);
    }
}

void
imp_files_join (ImpFiles *self, gboolean with_words, ImpMapped *out)
{
  Join join = { .files = self, .out = out };
  gsize len;
  const guint8 *data = disc_record_builder_get (out->records, &len);

  imp_files_tell (self, out);
  if (with_words && self->words->len > 0)
    join.words = self->words->str;
  if (join.words == NULL && self->n_pictures == 0)
    return;
  join.records = disc_record_builder_new ();
  copy_records (&join, data, len);
  disc_record_builder_free (out->records);
  out->records = join.records;
}
