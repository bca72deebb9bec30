/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-error.h"
#include "imp-json-scan.h"
#include "imp-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
  gsize chunk;
} Chunks;

static gssize
read_chunk (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Chunks *self = data;
  gsize n = MIN (MIN (size, self->chunk), self->size - self->pos);

  if (n > 0)
    memcpy (buffer, self->data + self->pos, n);
  self->pos += n;
  return (gssize) n;
}

static gboolean
rewind_chunks (gpointer data, GError **error)
{
  ((Chunks *) data)->pos = 0;
  return TRUE;
}

/* ---- one value ------------------------------------------------------------------------------ */

static void
check_tree (const cJSON *node, gboolean is_member)
{
  for (; node != NULL; node = node->next)
    {
      g_assert_false (cJSON_IsNumber (node));
      g_assert_cmpint (node->string != NULL, ==, is_member);
      if (cJSON_IsString (node))
        {
          g_assert_true (g_utf8_validate (node->valuestring, -1, NULL));
          if (node->type & IMP_JSON_WAS_NUMBER)
            g_assert_true (imp_json_is_number (node->valuestring, strlen (node->valuestring)));
        }
      check_tree (node->child, cJSON_IsObject (node));
    }
}

static void
check_value (const char *text, gsize len)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) node = imp_json_parse (text, len, &report, &error);

  if (node == NULL)
    {
      g_assert_true (g_error_matches (error, IMP_ERROR, IMP_ERROR_UNREADABLE) ||
                     g_error_matches (error, IMP_ERROR, IMP_ERROR_LIMIT));
      g_assert_cmpuint (report.error_at, <=, len);
      return;
    }
  g_assert_no_error (error);
  check_tree (node, FALSE);
}

/* ---- slices --------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *data;
  gsize size;
  GString *out;
} Taken;

static gboolean
take (const ImpSlice *slice, gpointer data, GError **error)
{
  Taken *self = data;

  g_assert_cmpuint (slice->offset, <=, slice->end);
  g_assert_cmpuint (slice->end, <=, self->size);
  g_assert_cmpuint (slice->line, >=, 1);
  if (slice->state == IMP_SLICE_WHOLE || slice->state == IMP_SLICE_CUT_OFF)
    {
      g_assert_cmpuint (slice->len, <=, slice->end - slice->offset);
      g_assert_cmpint (memcmp (slice->text, self->data + slice->offset, slice->len), ==, 0);
      check_value (slice->text, slice->len);
    }
  g_string_append_printf (self->out, "%d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u %s\n",
                          slice->state, slice->offset, slice->end, slice->line,
                          slice->key != NULL ? slice->key : "");
  return TRUE;
}

/* The pieces that bytes come in make no difference. */
static void
check_scan (const guint8 *data, gsize size, ImpJsonCut cut, gboolean resync, gboolean one_value)
{
  static const gsize chunks[] = { G_MAXSIZE, 1, 7 };
  g_autoptr (GString) first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      Chunks source = { data, size, 0, chunks[i] };
      g_autoptr (ImpStream) stream = imp_stream_new (read_chunk, rewind_chunks, &source, NULL);
      Taken taken = { data, size, g_string_new (NULL) };
      ImpJsonScanOptions options = { .cut = cut,
                                     .key = "entry",
                                     .resync = resync,
                                     .one_value = one_value,
                                     .take = take,
                                     .data = &taken };
      ImpJsonSeen seen;

      g_assert_true (imp_json_scan (stream, &options, &seen, NULL));
      g_string_append_printf (taken.out, "%d %d %d %u", seen.first, seen.follow, seen.is_cut_off,
                              seen.n_lines);
      if (first == NULL)
        first = g_steal_pointer (&taken.out);
      else
        {
          g_assert_cmpstr (taken.out->str, ==, first->str);
          g_string_free (taken.out, TRUE);
        }
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  ImpSlice slice;

  check_value ((const char *) data, size);
  check_scan (data, size, IMP_JSON_CUT_VALUES, FALSE, FALSE);
  check_scan (data, size, IMP_JSON_CUT_MEMBERS, TRUE, TRUE);
  check_scan (data, size, IMP_JSON_CUT_ELEMENTS, FALSE, FALSE);
  check_scan (data, size, IMP_JSON_CUT_MEMBER, FALSE, FALSE);
  if (imp_json_find_member ((const char *) data, size, "resource", &slice))
    g_assert_cmpuint (slice.end, <=, size);
  return 0;
}
