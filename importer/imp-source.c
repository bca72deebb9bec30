/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "imp-error.h"
#include "imp-sniff.h"
#include "imp-xml.h"

static const struct
{
  const char *word;
  const char *sentence;
} reasons[] = {
#define ROW(id, word, sentence) { word, sentence },
  IMP_REASONS (ROW)
};

const char *
imp_reason_name (ImpReason reason)
{
  g_return_val_if_fail ((guint) reason < IMP_N_REASONS, NULL);
  return reasons[reason].word;
}

const char *
imp_reason_sentence (ImpReason reason)
{
  g_return_val_if_fail ((guint) reason < IMP_N_REASONS, NULL);
  return reasons[reason].sentence;
}

gboolean
imp_reason_is_ignored (ImpReason reason)
{
  return reason >= IMP_FIRST_IGNORED;
}

static void
clear_file (gpointer data)
{
  ImpFile *file = data;

  g_free (file->path);
  g_clear_pointer (&file->stream, imp_stream_free);
}

static ImpBatch *
new_batch (guint source, guint n_files, guint n_bytes)
{
  ImpBatch *batch = g_new0 (ImpBatch, 1);

  batch->source = source;
  batch->files = g_array_sized_new (FALSE, FALSE, sizeof (ImpFile), n_files);
  g_array_set_clear_func (batch->files, clear_file);
  batch->bytes = g_byte_array_sized_new (n_bytes);
  return batch;
}

ImpBatch *
imp_batch_new (guint source)
{
  return new_batch (source, 16, 4096);
}

ImpBatch *
imp_batch_new_like (const ImpBatch *batch, guint max_bytes)
{
  return new_batch (batch->source, batch->files->len, MIN (batch->bytes->len, max_bytes));
}

void
imp_batch_free (ImpBatch *batch)
{
  g_array_unref (batch->files);
  g_byte_array_unref (batch->bytes);
  g_free (batch);
}

gsize
imp_batch_cost (const ImpBatch *batch)
{
  return batch->bytes->len + batch->files->len * (sizeof (ImpFile) + 128) +
         (gsize) batch->n_streams * IMP_BATCH_STREAM_COST;
}

ImpFile *
imp_batch_add (ImpBatch *batch, char *path, const ImpName *name, ImpReason reason)
{
  ImpFile *file;

  g_array_set_size (batch->files, batch->files->len + 1);
  file = &g_array_index (batch->files, ImpFile, batch->files->len - 1);
  memset (file, 0, sizeof *file);
  file->path = path;
  file->name = *name;
  file->reason = reason;
  file->offset = batch->bytes->len;
  return file;
}

void
imp_batch_set_stream (ImpBatch *batch, ImpFile *file, ImpStream *stream)
{
  file->stream = stream;
  batch->n_streams++;
}

void
imp_source_result_clear (ImpSourceResult *result)
{
  g_clear_pointer (&result->detail, g_free);
  g_clear_pointer (&result->folders_refused, g_ptr_array_unref);
}

char *
imp_source_label (const char *path)
{
  return strcmp (path, "-") == 0 ? g_strdup ("stdin") : g_path_get_basename (path);
}

/* Bytes that are no UTF-8 and no CP932 stay readable and distinct. */
static char *
escape_bytes (const char *raw)
{
  GString *out = g_string_new (NULL);

  while (*raw != '\0')
    {
      gunichar c = g_utf8_get_char_validated (raw, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02X", (guint) (guchar) *raw);
          raw++;
        }
      else
        {
          g_string_append_unichar (out, c);
          raw = g_utf8_next_char (raw);
        }
    }

  return g_string_free (out, FALSE);
}

char *
imp_source_display_path (const char *raw)
{
  char *text;

  if (g_utf8_validate (raw, -1, NULL))
    return g_strdup (raw);

  text = g_convert (raw, -1, "UTF-8", "CP932", NULL, NULL, NULL);
  return text != NULL ? text : escape_bytes (raw);
}

ImpReason
imp_source_classify (const ImpName *name)
{
  switch (name->class)
    {
    case IMP_NAME_TRANSACTION:
      return IMP_REASON_TRANSACTION;
    case IMP_NAME_IGNORED:
      return IMP_REASON_SYSTEM_FILE;
    case IMP_NAME_MESSAGE:
    case IMP_NAME_EXTENDED:
    case IMP_NAME_OTHER:
    default:
      return IMP_REASON_NONE;
    }
}

gboolean
imp_source_is_wanted (const ImpName *name)
{
  return name->class == IMP_NAME_MESSAGE || name->class == IMP_NAME_EXTENDED;
}

gboolean
imp_source_may_be_message (const guint8 *bytes, gsize len)
{
  gsize pos = 0;

  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    pos = 3;
  while (pos < len && (bytes[pos] <= ' '))
    pos++;
  return len - pos >= 3 && memcmp (bytes + pos, "MSH", 3) == 0;
}

/* Bytes between the zeros of UTF-16, with its mark or by the zero beside the first character. */
static void
find_wide (const guint8 *bytes, gsize len, gsize *pos, gsize *step)
{
  *pos = 0;
  *step = 1;
  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    *pos = 3;
  else if (len >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    *pos = *step = 2;
  else if (len >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    {
      *pos = 3;
      *step = 2;
    }
  else if (len >= 4 && bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0)
    {
      *pos = 1;
      *step = 2;
    }
  else if (len >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)
    *step = 2;
}

/* Returns: the next byte that is no blank; 0 at the end. */
static guint8
next_mark (const guint8 *bytes, gsize len, gsize *pos, gsize step)
{
  for (; *pos < len; *pos += step)
    if (bytes[*pos] != ' ' && bytes[*pos] != '\t' && bytes[*pos] != '\r' && bytes[*pos] != '\n')
      {
        guint8 mark = bytes[*pos];

        *pos += step;
        return mark;
      }
  return 0;
}

/* RTF begins with a brace too, and lines of a log with a bracket. */
gboolean
imp_source_may_be_json (const guint8 *bytes, gsize len)
{
  gsize pos, step;
  guint8 first, second;

  find_wide (bytes, len, &pos, &step);
  first = next_mark (bytes, len, &pos, step);
  if (first != '{' && first != '[')
    return FALSE;
  second = next_mark (bytes, len, &pos, step);
  if (second == 0)
    return pos >= len;
  return first == '{' ? second == '"' || second == '}' : second == '{' || second == ']';
}

gboolean
imp_source_may_be_fhir (const guint8 *bytes, gsize len)
{
  return imp_source_may_be_json (bytes, len) || imp_xml_may_be (bytes, len);
}

gboolean
imp_source_may_be_read (const guint8 *bytes, gsize len)
{
  return imp_source_may_be_message (bytes, len) || imp_source_may_be_fhir (bytes, len);
}

void
imp_source_note_head (ImpFile *file, const guint8 *bytes, gsize len)
{
  file->is_scrambled = imp_sniff_is_scrambled (bytes, len);
}

gboolean
imp_source_is_cancelled (GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, "interrupted");
  return TRUE;
}

gboolean
imp_source_read (const char *path, const ImpSourceRun *run, GError **error)
{
  struct stat info;

  if (strcmp (path, "-") == 0)
    return imp_source_read_archive (path, run, error);

  if (stat (path, &info) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  if (S_ISDIR (info.st_mode))
    return imp_source_read_tree (path, run, error);
  if (S_ISREG (info.st_mode) || S_ISFIFO (info.st_mode))
    return imp_source_read_archive (path, run, error);

  g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: neither a folder nor a file", path);
  return FALSE;
}
