/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-ole.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-utils.h>
#include <string.h>

#include "imp-jis.h"

#define BLOCK_BYTES (64 * 1024)
#define SECTOR_BYTES 512 /* at least: [MS-CFB] 2.2 */

/* ---- text ------------------------------------------------------------------------------------ */

guint
imp_ole_put_wide (GString *out, guint16 unit, guint16 *high)
{
  gunichar c = unit;
  guint n_lost = 0;

  if (*high != 0 && (unit < 0xdc00 || unit >= 0xe000))
    {
      g_string_append_unichar (out, 0xfffd);
      n_lost = 1;
      *high = 0;
    }
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      *high = unit;
      return n_lost;
    }
  if (unit >= 0xdc00 && unit < 0xe000)
    {
      c = *high != 0 ? 0x10000 + ((gunichar) (*high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd;
      n_lost += *high == 0;
      *high = 0;
    }
  if (c != 0)
    g_string_append_unichar (out, c);
  return n_lost;
}

char *
imp_ole_wide (const ImpBlob *bytes, guint *n_lost)
{
  g_autoptr (GString) out = g_string_sized_new (bytes->len + 1);
  guint16 high = 0;

  for (gsize at = 0; at + 1 < bytes->len && imp_blob_16 (bytes, at) != 0; at += 2)
    *n_lost += imp_ole_put_wide (out, imp_blob_16 (bytes, at), &high);
  if (high != 0)
    *n_lost += imp_ole_put_wide (out, 0, &high);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
decode_japanese (const guint8 *bytes, gsize len, guint *n_lost)
{
  ImpDecodeResult result = { 0 };
  g_autofree guint8 *text = g_malloc (len * IMP_DECODE_EXPANSION + IMP_DECODE_SLACK);
  ImpDecoder decoder = { .p = bytes, .end = bytes + len, .out = text, .result = &result };

  imp_jis_decode (&decoder);
  *n_lost += result.n_lost;
  return g_strndup ((const char *) text, (gsize) (decoder.out - text));
}

char *
imp_ole_narrow (const ImpBlob *bytes, gboolean is_japanese, guint *n_lost)
{
  const guint8 *end = bytes->len > 0 ? memchr (bytes->data, 0, bytes->len) : NULL;
  gsize len = end != NULL ? (gsize) (end - bytes->data) : bytes->len;
  g_autoptr (GString) out = NULL;

  if (is_japanese)
    return decode_japanese (bytes->data, len, n_lost);
  out = g_string_sized_new (len + 1);
  for (gsize i = 0; i < len; i++)
    {
      gunichar c = imp_document_western (bytes->data[i]);

      *n_lost += c == 0xfffd;
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_lead (guint8 c)
{
  return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}

gboolean
imp_ole_is_japanese (const guint8 *bytes, gsize len)
{
  gboolean is_western = TRUE;

  for (gsize i = 0; i < len; i++)
    {
      is_western &= imp_document_western (bytes[i]) != 0xfffd;
      if (bytes[i] < 0x80 || (bytes[i] >= 0xa1 && bytes[i] <= 0xdf))
        continue;
      if (!is_lead (bytes[i]) || i + 1 == len || bytes[i + 1] < 0x40 || bytes[i + 1] == 0x7f ||
          bytes[i + 1] > 0xfc)
        return FALSE;
      i++;
      is_western &= imp_document_western (bytes[i]) != 0xfffd;
    }
  return !is_western;
}

/* ---- the storage ----------------------------------------------------------------------------- */

/* What libgsf says of damage goes nowhere: it is told by what could be read. */
static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  (void) domain, (void) level, (void) message, (void) data;
}

void
imp_document_prepare_ole (void)
{
  static const char *const domains[] = { "libgsf", "libgsf:msole" };

  gsf_init ();
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    g_log_set_handler (domains[i], G_LOG_LEVEL_MASK, drop_message, NULL);
  g_log_set_handler (NULL, G_LOG_LEVEL_WARNING, drop_message, NULL); /* without a domain */
}

/* A last sector that is cut off is read as far as it goes: zeros stand for the rest of it. */
static GsfInfile *
open_storage (GBytes *bytes)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  gsize n_filled = (len + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
  guint8 *filled;
  g_autoptr (GsfInput) input = NULL;

  if (len == 0)
    return NULL;
  filled = g_malloc0 (n_filled);
  memcpy (filled, data, len);
  input = gsf_input_memory_new (filled, (gsf_off_t) n_filled, TRUE);
  return gsf_infile_msole_new (input, NULL);
}

gboolean
imp_ole_has (GsfInfile *storage, const char *name)
{
  int n = MIN (gsf_infile_num_children (storage), IMP_OLE_MAX_CHILDREN);

  for (int i = 0; i < n; i++)
    if (g_strcmp0 (gsf_infile_name_by_index (storage, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* As much of @n bytes as can be had, sector by sector where all at once cannot. */
static gboolean
read_block (GsfInput *input, gsize n, GByteArray *out)
{
  guint8 block[BLOCK_BYTES];
  gsf_off_t start = gsf_input_tell (input);

  if (gsf_input_read (input, n, block) != NULL)
    {
      g_byte_array_append (out, block, (guint) n);
      return TRUE;
    }
  if (gsf_input_seek (input, start, G_SEEK_SET))
    return FALSE;
  for (gsize at = 0; at < n; at += SECTOR_BYTES)
    {
      gsize part = MIN (SECTOR_BYTES, n - at);

      if (gsf_input_read (input, part, block) == NULL)
        return FALSE;
      g_byte_array_append (out, block, (guint) part);
    }
  return TRUE;
}

GBytes *
imp_ole_stream (ImpOle *self, GsfInfile *storage, const char *name)
{
  g_autoptr (GsfInput) input = NULL;
  g_autoptr (GByteArray) out = NULL;
  gsf_off_t size;

  if (!imp_ole_has (storage, name))
    return NULL;
  input = gsf_infile_child_by_name (storage, name);
  size = input != NULL ? gsf_input_size (input) : -1;
  if (size < 0 || (guint64) size > self->flow->limits->input_bytes)
    {
      self->is_broken = TRUE;
      return NULL;
    }
  out = g_byte_array_new ();
  for (gsf_off_t at = 0; at < size; at += BLOCK_BYTES)
    if (!read_block (input, (gsize) MIN (BLOCK_BYTES, size - at), out))
      {
        self->is_broken = TRUE;
        break;
      }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* ---- what is not words ----------------------------------------------------------------------- */

static guint
count_in_pool (GsfInfile *root)
{
  g_autoptr (GsfInput) pool = gsf_infile_child_by_name (root, "ObjectPool");

  return pool != NULL && GSF_IS_INFILE (pool)
             ? (guint) CLAMP (gsf_infile_num_children (GSF_INFILE (pool)), 0, IMP_OLE_MAX_CHILDREN)
             : 0;
}

/* Storages that Word and Excel put macros and what is embedded in ([MS-DOC] 2.1, [MS-XLS] 2.1). */
static void
count_storages (ImpOle *self)
{
  static const char *const macros[] = { "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA" };
  int n = MIN (gsf_infile_num_children (self->root), IMP_OLE_MAX_CHILDREN);

  self->is_broken |= gsf_infile_num_children (self->root) > n;
  for (int i = 0; i < n; i++)
    {
      const char *name = gsf_infile_name_by_index (self->root, i);

      if (name == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (macros); j++)
        self->n_macros += strcmp (name, macros[j]) == 0;
      self->n_objects += g_str_has_prefix (name, "MBD");
      self->n_outer += g_str_has_prefix (name, "LNK");
      if (strcmp (name, "ObjectPool") == 0)
        self->n_objects += count_in_pool (self->root);
    }
}

static void
report (const ImpOle *self, ImpDocument *out)
{
  if (self->is_password)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "it is under a password");
  if (self->is_older)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED,
                       "written by a program of before 1997: not read");
  if (self->is_broken)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "damaged or cut off");
  if (self->n_lost > 0)
    imp_document_find (out, IMP_FINDING_UNDECODABLE, "characters lost: %u", self->n_lost);
  imp_document_refuse_part (out, self->n_outer, "a reference to something elsewhere");
  imp_document_refuse_part (out, self->n_macros, "a macro");
  imp_document_refuse_part (out, self->n_objects, "an embedded object");
  imp_document_refuse_part (out, self->n_attached, "an attached file");
  imp_document_refuse_part (out, self->n_links, "a field that fetches something");
  imp_document_refuse_part (out, self->n_pictures, "a picture or drawing that is not carried");
}

/* By the streams of the root: storages of other programs may lie inside. */
static void
read_words (ImpOle *self)
{
  /* [MS-OFFCRYPTO] 2.3.4: a file of a later Office, sealed whole. */
  if (imp_ole_has (self->root, "EncryptedPackage") || imp_ole_has (self->root, "EncryptionInfo"))
    self->is_password = TRUE;
  else if (imp_ole_has (self->root, "__properties_version1.0"))
    imp_ole_mail (self);
  else if (imp_ole_has (self->root, "WordDocument"))
    imp_ole_word (self);
  else if (imp_ole_has (self->root, "PowerPoint Document"))
    imp_ole_slides (self);
  else if (imp_ole_has (self->root, "Workbook"))
    imp_ole_sheets (self);
  else if (imp_ole_has (self->root, "Book"))
    self->is_older = TRUE;
  else
    imp_document_find (self->flow->out, IMP_FINDING_ATTACHMENT_REFUSED,
                       "the storage of a program that is not known");
}

void
imp_document_ole (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  ImpFlow flow = { .out = out, .limits = limits };
  g_autoptr (GsfInfile) root = open_storage (bytes);
  ImpOle self = { .root = root, .flow = &flow };

  if (root == NULL)
    {
      imp_document_find (out, IMP_FINDING_TRUNCATED, "damaged or cut off");
      return;
    }
  read_words (&self);
  imp_flow_end (&flow);
  count_storages (&self);
  report (&self, out);
}
