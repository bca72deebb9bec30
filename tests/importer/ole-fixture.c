/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ole-fixture.h"

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <string.h>

/* ---- bytes ----------------------------------------------------------------------------------- */

static void
put_number (GByteArray *out, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_wide (GByteArray *out, const char *text)
{
  glong n;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);

  for (glong i = 0; i < n; i++)
    put_number (out, units[i], 2);
}

static void
put_hex (GByteArray *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text != ' ')
      {
        put_number (
            out, (guint64) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1])),
            1);
        text++;
      }
}

void
fixture_pack_va (GByteArray *out, const char *format, va_list args)
{
  for (; *format != '\0'; format++)
    switch (*format)
      {
      case '1':
      case '2':
      case '4':
        put_number (out, va_arg (args, guint), (guint) (*format - '0'));
        break;
      case '8':
        put_number (out, va_arg (args, guint64), 8);
        break;
      case 'd':
        {
          double value = va_arg (args, double);

          g_byte_array_append (out, (const guint8 *) &value, sizeof value);
          break;
        }
      case 's':
        {
          const char *text = va_arg (args, const char *);

          g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
          break;
        }
      case 'w':
        put_wide (out, va_arg (args, const char *));
        break;
      case 'x':
        put_hex (out, va_arg (args, const char *));
        break;
      case 'b':
        {
          const GByteArray *bytes = va_arg (args, const GByteArray *);

          g_byte_array_append (out, bytes->data, bytes->len);
          break;
        }
      case '0':
        for (guint n = va_arg (args, guint); n > 0; n--)
          put_number (out, 0, 1);
        break;
      default:
        g_assert_not_reached ();
      }
}

void
fixture_pack (GByteArray *out, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  fixture_pack_va (out, format, args);
  va_end (args);
}

void
fixture_record (GByteArray *out, guint16 type, const char *format, ...)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  va_list args;

  va_start (args, format);
  fixture_pack_va (data, format, args);
  va_end (args);
  fixture_pack (out, "22b", type, data->len, data);
}

void
fixture_atom (GByteArray *out, guint16 head, guint16 type, const char *format, ...)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  va_list args;

  va_start (args, format);
  fixture_pack_va (data, format, args);
  va_end (args);
  fixture_pack (out, "224b", head, type, data->len, data);
}

/* ---- storages -------------------------------------------------------------------------------- */

/* (transfer none): of @root or inside it; kept in @open by its path. */
static GsfOutfile *
storage_of (GsfOutfile *root, GHashTable *open, const char *path)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : NULL;
  GsfOutfile *storage;

  if (folder == NULL)
    return root;
  storage = g_hash_table_lookup (open, folder);
  if (storage == NULL)
    {
      const char *last = strrchr (folder, '/');

      storage = GSF_OUTFILE (gsf_outfile_new_child (storage_of (root, open, folder),
                                                    last != NULL ? last + 1 : folder, TRUE));
      g_hash_table_insert (open, g_strdup (folder), storage);
    }
  return storage;
}

GBytes *
fixture_ole (const FixtureStream *streams)
{
  GsfOutput *memory = gsf_output_memory_new ();
  GsfOutfile *root = gsf_outfile_msole_new (memory);
  g_autoptr (GHashTable) open =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GHashTableIter iter;
  gpointer storage;
  GBytes *bytes;

  for (; streams->name != NULL; streams++)
    {
      const char *slash = strrchr (streams->name, '/');
      GsfOutput *out = gsf_outfile_new_child (storage_of (root, open, streams->name),
                                              slash != NULL ? slash + 1 : streams->name, FALSE);

      if (streams->bytes != NULL && streams->bytes->len > 0)
        g_assert_true (gsf_output_write (out, streams->bytes->len, streams->bytes->data));
      g_assert_true (gsf_output_close (out));
      g_object_unref (out);
    }
  g_hash_table_iter_init (&iter, open);
  while (g_hash_table_iter_next (&iter, NULL, &storage))
    gsf_output_close (storage);
  g_assert_true (gsf_output_close (GSF_OUTPUT (root)));
  bytes = g_bytes_new (gsf_output_memory_get_bytes (GSF_OUTPUT_MEMORY (memory)),
                       (gsize) gsf_output_size (memory));
  g_object_unref (root);
  g_object_unref (memory);
  return bytes;
}

/* ---- documents of Word ----------------------------------------------------------------------- */

#define FIB_BYTES 1024
#define PAGE_BYTES 512
#define PAIR(i) (0x9a + 8 * (i))

static void
set_number (GByteArray *out, guint at, guint32 value, guint n)
{
  for (guint i = 0; i < n; i++)
    out->data[at + i] = (guint8) (value >> (8 * i));
}

static void
set_pair (FixtureDoc *self, guint i, guint start)
{
  set_number (self->main, PAIR (i), start, 4);
  set_number (self->main, PAIR (i) + 4, self->table->len - start, 4);
}

static void
fill_page (GByteArray *out)
{
  fixture_pack (out, "0", (PAGE_BYTES - out->len % PAGE_BYTES) % PAGE_BYTES);
}

/* Places of the runs, offsets, and lists from the end of the page on. Returns: its number */
static guint
add_page (FixtureDoc *self, const guint *places, guint n, gboolean is_of_paragraphs)
{
  guint start, free_at = PAGE_BYTES - 2;

  fill_page (self->main);
  start = self->main->len;
  fixture_pack (self->main, "0", (guint) PAGE_BYTES);
  for (guint i = 0; i <= n; i++)
    set_number (self->main, start + 4 * i, places[i], 4);
  for (guint i = 0; i < n; i++)
    {
      const char *hex = is_of_paragraphs ? self->runs[i].paragraph : self->runs[i].characters;
      g_autoptr (GByteArray) list = g_byte_array_new ();
      guint entry = start + 4 * (n + 1) + (is_of_paragraphs ? 13 * i : i);

      if (hex == NULL)
        continue;
      if (is_of_paragraphs)
        fixture_pack (list, "2", 0); /* the style */
      fixture_pack (list, "x", hex);
      if (is_of_paragraphs && list->len % 2 == 0)
        fixture_pack (list, "0", 1); /* words behind a byte: two bytes each but one */
      free_at = (free_at - list->len - 1) & ~1u;
      self->main->data[start + free_at] =
          (guint8) (is_of_paragraphs ? (list->len + 1) / 2 : list->len);
      memcpy (self->main->data + start + free_at + 1, list->data, list->len);
      self->main->data[entry] = (guint8) (free_at / 2);
      g_assert_cmpuint (free_at, >, 4 * (n + 1) + (is_of_paragraphs ? 13 * n : n));
    }
  self->main->data[start + PAGE_BYTES - 1] = (guint8) n;
  return start / PAGE_BYTES;
}

static void
add_index (FixtureDoc *self, guint pair, const guint *places, guint n, guint page)
{
  guint start = self->table->len;

  fixture_pack (self->table, "444", places[0], places[n], page);
  set_pair (self, pair, start);
}

static void
add_fonts (FixtureDoc *self)
{
  guint start = self->table->len;

  fixture_pack (self->table, "22", g_strv_length ((char **) self->fonts), 0);
  for (guint i = 0; self->fonts[i] != NULL; i++)
    fixture_pack (self->table, "10w2", 39 + 2 * (guint) strlen (self->fonts[i]) + 2, 39u,
                  self->fonts[i], 0);
  set_pair (self, 15, start);
}

static void
add_pieces (FixtureDoc *self, const guint *places, const guint *counts, guint n)
{
  guint start = self->table->len;
  guint at = 0;

  if (self->modifiers != NULL)
    fixture_pack (self->table, "12x", 1, (guint) strlen (self->modifiers) / 2, self->modifiers);
  fixture_pack (self->table, "14", 2, 4 * (n + 1) + 8 * n);
  for (guint i = 0; i <= n; i++)
    {
      fixture_pack (self->table, "4", at);
      at += i < n ? counts[i] : 0;
    }
  for (guint i = 0; i < n; i++)
    fixture_pack (self->table, "242", 0,
                  self->runs[i].is_narrow ? places[i] * 2 | 0x40000000 : places[i],
                  self->runs[i].modifier);
  set_pair (self, 33, start);
  if (self->counts[0] == 0)
    self->counts[0] = at;
}

void
fixture_doc (FixtureDoc *self)
{
  guint places[64], counts[64];
  guint n = 0;

  self->main = g_byte_array_new ();
  self->table = g_byte_array_new ();
  fixture_pack (self->main, "0", (guint) FIB_BYTES);
  for (; self->runs[n].text != NULL; n++)
    {
      guint width = self->runs[n].is_narrow ? 1 : 2;

      g_assert_cmpuint (n, <, 63);
      places[n] = self->main->len;
      fixture_pack (self->main, self->runs[n].is_narrow ? "s" : "w", self->runs[n].text);
      counts[n] = (self->main->len - places[n]) / width;
    }
  places[n] = self->main->len;
  add_pieces (self, places, counts, n);
  if (!self->has_no_properties)
    {
      add_index (self, 12, places, n, add_page (self, places, n, FALSE));
      add_index (self, 13, places, n, add_page (self, places, n, TRUE));
    }
  if (self->fonts != NULL)
    add_fonts (self);
  fill_page (self->main);
  set_number (self->main, 0, 0xa5ec, 2);
  set_number (self->main, 2, 0xc1, 2);
  set_number (self->main, 6, self->language != 0 ? self->language : 0x0409, 2);
  set_number (self->main, 0x0a, self->flags | 0x0200, 2);
  set_number (self->main, 0x20, 14, 2);
  set_number (self->main, 0x3e, 22, 2);
  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    set_number (self->main, 0x4c + 4 * i, self->counts[i], 4);
  set_number (self->main, 0x98, 93, 2);
}

void
fixture_doc_clear (FixtureDoc *self)
{
  g_clear_pointer (&self->main, g_byte_array_unref);
  g_clear_pointer (&self->table, g_byte_array_unref);
}
