/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "imp-xml.h"

/* Ceilings against bombs. A real document packs its words to a tenth. */
#define MAX_ENTRIES 10000
#define MAX_PART_BYTES (64 * 1024 * 1024)
#define MAX_TOTAL_BYTES (192 * 1024 * 1024)
#define MAX_RATIO 200
#define FREE_BYTES (8 * 1024 * 1024) /* without a look at the ratio */
#define MAX_NAME_BYTES 1024
#define BLOCK_BYTES (64 * 1024)

void
imp_zip_clear (ImpZip *self)
{
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

static gboolean
is_wanted (const char *name)
{
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels") ||
         strstr (name, "/media/") != NULL || g_str_has_prefix (name, "Pictures/");
}

typedef struct
{
  struct archive *reader;
  guint64 packed_bytes;
  guint64 n_unpacked;
  const char *refusal; /* why all of it is refused */
  guint n_encrypted;
  guint n_broken;
} Unpacking;

static gboolean
is_bomb (const Unpacking *self)
{
  return self->n_unpacked > MAX_TOTAL_BYTES ||
         (self->n_unpacked > FREE_BYTES && self->n_unpacked / MAX_RATIO > self->packed_bytes);
}

/* (transfer full) (nullable) */
static GBytes *
read_part (Unpacking *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);

  while (TRUE)
    {
      la_ssize_t n = archive_read_data (self->reader, block, BLOCK_BYTES);

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&out));
      if (n < 0)
        {
          self->n_broken++;
          return NULL;
        }
      self->n_unpacked += (guint64) n;
      if (is_bomb (self) || out->len + (guint64) n > MAX_PART_BYTES)
        {
          self->refusal = "it unpacks to far more than it is";
          return NULL;
        }
      g_byte_array_append (out, block, (guint) n);
    }
}

static void
read_entry (Unpacking *unpacking, struct archive_entry *entry, ImpZip *self)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  GBytes *part;

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL || strlen (name) > MAX_NAME_BYTES || g_hash_table_contains (self->parts, name))
    {
      unpacking->n_broken++;
      return;
    }
  g_ptr_array_add (self->names, g_strdup (name));
  if (archive_entry_is_encrypted (entry) > 0)
    {
      unpacking->n_encrypted++;
      return;
    }
  if (!is_wanted (name) || archive_entry_filetype (entry) == AE_IFDIR)
    return;
  part = read_part (unpacking);
  if (part != NULL)
    g_hash_table_insert (self->parts, g_strdup (name), part);
}

static void
read_entries (Unpacking *unpacking, ImpZip *self)
{
  struct archive_entry *entry;

  for (guint n = 0; unpacking->refusal == NULL; n++)
    {
      int status = archive_read_next_header (unpacking->reader, &entry);

      if (status == ARCHIVE_EOF)
        return;
      if (status < ARCHIVE_WARN)
        {
          unpacking->n_broken++;
          return;
        }
      if (n >= MAX_ENTRIES)
        unpacking->refusal = "it has too many parts";
      else
        read_entry (unpacking, entry, self);
    }
}

/* "slide2" before "slide10". */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *p = *(const char *const *) a;
  const char *q = *(const char *const *) b;

  while (*p != '\0' && *q != '\0')
    {
      if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q))
        {
          guint64 m = g_ascii_strtoull (p, (char **) &p, 10);
          guint64 n = g_ascii_strtoull (q, (char **) &q, 10);

          if (m != n)
            return m < n ? -1 : 1;
          continue;
        }
      if (*p != *q)
        return (guchar) *p < (guchar) *q ? -1 : 1;
      p++;
      q++;
    }
  return (*p != '\0') - (*q != '\0');
}

gboolean
imp_zip_read (GBytes *bytes, ImpDocument *out, ImpZip *self)
{
  Unpacking unpacking = { .reader = archive_read_new (), .packed_bytes = g_bytes_get_size (bytes) };

  self->parts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  archive_read_support_format_zip (unpacking.reader);
  if (archive_read_open_memory (unpacking.reader, g_bytes_get_data (bytes, NULL),
                                g_bytes_get_size (bytes)) == ARCHIVE_OK)
    read_entries (&unpacking, self);
  else
    unpacking.refusal = "it cannot be unpacked";
  archive_read_free (unpacking.reader);
  g_ptr_array_sort (self->names, compare_names);

  if (unpacking.refusal != NULL)
    {
      imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "%s", unpacking.refusal);
      return FALSE;
    }
  imp_document_refuse_part (out, unpacking.n_encrypted, "a part under a password");
  if (unpacking.n_broken > 0)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "parts that are damaged or cut off: %u",
                       unpacking.n_broken);
  return TRUE;
}

GBytes *
imp_zip_part (const ImpZip *self, const char *name)
{
  return g_hash_table_lookup (self->parts, name);
}

xmlDoc *
imp_zip_xml (const ImpZip *self, const char *name, ImpDocument *out)
{
  GBytes *part = imp_zip_part (self, name);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  xmlDoc *document;
  guint n_lost;

  if (part == NULL)
    return NULL;
  if (g_bytes_get_size (part) == 0)
    {
      imp_document_find (out, IMP_FINDING_UNREADABLE, "a part of it: empty");
      return NULL;
    }
  n_lost = imp_xml_decode (g_bytes_get_data (part, NULL), g_bytes_get_size (part), text);
  if (n_lost > 0)
    imp_document_find (out, IMP_FINDING_UNDECODABLE, "characters lost: %u", n_lost);
  document = imp_xml_parse (text->str, text->len, &error);
  if (document == NULL)
    imp_document_find (out, IMP_FINDING_UNREADABLE, "a part of it: %s", error->message);
  return document;
}

guint
imp_zip_count (const ImpZip *self, const char *piece)
{
  guint n = 0;

  for (guint i = 0; i < self->names->len; i++)
    n += strstr (g_ptr_array_index (self->names, i), piece) != NULL;
  return n;
}
