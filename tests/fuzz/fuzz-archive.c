/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imp-source-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *bytes;
  gsize len;
  gsize piece;
} Pipe;

static gssize
read_piece (gpointer data, const guint8 **block, ImpReason *reason)
{
  Pipe *self = data;
  gsize n = MIN (self->piece, self->len);

  *reason = IMP_REASON_IO_ERROR;
  *block = self->bytes;
  self->bytes += n;
  self->len -= n;
  return (gssize) n;
}

static void
check_file (const ImpBatch *batch, const ImpFile *file)
{
  guint8 block[4096];

  g_assert_true (g_utf8_validate (file->path, -1, NULL));
  g_assert_cmpuint (file->reason, <, IMP_N_REASONS);
  g_assert_cmpuint (file->offset, <=, batch->bytes->len);
  g_assert_cmpuint (file->len, <=, batch->bytes->len - file->offset);
  if (file->reason != IMP_REASON_NONE)
    g_assert_true (file->len == 0 && file->stream == NULL);
  if (file->stream == NULL)
    return;
  g_assert_cmpuint (file->len, ==, 0);
  while (imp_stream_read (file->stream, block, sizeof block, NULL) > 0)
    continue;
}

static gpointer
drain (gpointer queue)
{
  ImpBatch *batch;

  while ((batch = imp_queue_pop (queue)) != NULL)
    {
      for (guint i = 0; i < batch->files->len; i++)
        check_file (batch, &g_array_index (batch->files, ImpFile, i));
      imp_batch_free (batch);
    }
  return NULL;
}

static void
take (ImpSink *sink, const guint8 *data, gsize size, guint piece)
{
  const ImpSourcePlace place = { .path = (char *) "a", .name_path = (char *) "a" };
  Pipe pipe = { data, size, piece };
  ImpSourceBytes bytes = { .fd = -1, .read = read_piece, .data = &pipe };

  if (piece == 0)
    {
      bytes.fd = memfd_create ("fuzz", MFD_CLOEXEC);
      bytes.size = size;
      g_assert_cmpint (write (bytes.fd, data, size), ==, (gssize) size);
      lseek (bytes.fd, 0, SEEK_SET);
    }
  imp_source_take (sink, &place, &bytes, IMP_REASON_NONE);
  if (bytes.fd >= 0)
    close (bytes.fd);
}

/* The first byte says whether the rest comes from a file, or in pieces of which size. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (ImpQueue) queue = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  ImpSourceProgress progress = { 0 };
  ImpSourceResult result = { 0 };
  GThread *thread;
  ImpSink sink;

  if (size == 0)
    return 0;
  queue = imp_queue_new (16 * 1024 * 1024, (GDestroyNotify) imp_batch_free);
  cancellable = g_cancellable_new ();
  thread = g_thread_new ("drain", drain, queue);
  imp_sink_init (&sink,
                 &(ImpSourceRun){ 0, queue, cancellable, &progress, &result, g_get_tmp_dir () });
  take (&sink, data + 1, size - 1, data[0] % 2 == 0 ? 0 : 1 + data[0] * 16u);
  imp_sink_hand_on (&sink);
  g_assert_no_error (sink.error);
  imp_sink_clear (&sink);
  imp_queue_finish (queue);
  g_thread_join (thread);
  imp_source_result_clear (&result);
  return 0;
}
