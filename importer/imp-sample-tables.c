/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-layout.h"
#include "imp-sample-resource.h"
#include "imp-sample-tables.h"

gboolean
imp_sample_parse_thousandths (const char *text, gint64 *out)
{
  gboolean negative = *text == '-';
  gint64 value = 0;
  int decimals = -1;

  for (text += negative; *text != '\0'; text++)
    {
      if (*text == '.' && decimals < 0)
        decimals = 0;
      else if (g_ascii_isdigit (*text) && decimals < 3)
        {
          value = value * 10 + (*text - '0');
          decimals += decimals >= 0;
        }
      else
        return FALSE;
    }
  for (decimals = MAX (decimals, 0); decimals < 3; decimals++)
    value *= 10;
  *out = negative ? -value : value;
  return TRUE;
}

const void *
imp_sample_table_find (const ImpSampleTables *self, ImpSampleTableId id, const char *key)
{
  return g_hash_table_lookup (self->table[id].by_key, key);
}

gboolean
imp_sample_tables_word (ImpSampleTables *self, const char *text, ImpSampleWord *out, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (!imp_sample_encoder_run (self->encoder, text, bytes))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                   "sample table: a character of this text is in no Japanese set: %s", text);
      return FALSE;
    }
  out->text = g_string_chunk_insert_const (self->texts, text);
  out->bytes = g_string_chunk_insert_len (self->texts, bytes->str, (gssize) bytes->len);
  out->len = (guint32) bytes->len;
  return TRUE;
}

/* Each memory block lives as long as the tables. */
static gpointer
new_block (ImpSampleTables *self, gsize n, gsize size)
{
  gpointer block = g_malloc0_n (MAX (n, 1), size);

  g_ptr_array_add (self->blocks, block);
  return block;
}

gboolean
imp_sample_tables_shifts (ImpSampleTables *self, const char *text, const ImpSampleShift **out,
                          guint *n_out, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  ImpSampleShift *shifts = new_block (self, g_strv_length (parts), sizeof (ImpSampleShift));

  *n_out = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      ImpSampleShift *shift = &shifts[*n_out];
      char *value = strchr (parts[i], '=');
      char *last;
      const void *item;

      if (parts[i][0] == '\0')
        continue;
      if (value != NULL)
        *value++ = '\0';
      item = imp_sample_table_find (self, IMP_SAMPLE_LAB_ITEMS, parts[i]);
      last = value != NULL ? strchr (value, '>') : NULL;
      if (last != NULL)
        *last++ = '\0';
      if (item == NULL || value == NULL || !imp_sample_parse_thousandths (value, &shift->first) ||
          !imp_sample_parse_thousandths (last != NULL ? last : value, &shift->last))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "sample table: bad lab value %s",
                       parts[i]);
          return FALSE;
        }
      shift->item = imp_sample_table_index (self, IMP_SAMPLE_LAB_ITEMS, item);
      (*n_out)++;
    }
  *out = shifts;
  return TRUE;
}

typedef struct
{
  ImpSampleTables *tables;
  char **names;  /* of the columns */
  char **fields; /* of the line at hand; "" when empty */
} Line;

static const char *
line_field (const Line *line, const char *name, gsize len)
{
  for (guint i = 0; line->names[i] != NULL; i++)
    if (strncmp (line->names[i], name, len) == 0 && line->names[i][len] == '\0')
      return line->fields[i];
  return NULL;
}

/* An empty column in a template of several leaves the whole word empty only if all are. */
static gboolean
expand_template (const Line *line, const char *template, GString *out, GError **error)
{
  gboolean any = FALSE;

  for (const char *at = template; *at != '\0'; at++)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      const char *field;

      if (end == NULL)
        {
          g_string_append_c (out, *at);
          continue;
        }
      field = line_field (line, at + 1, (gsize) (end - at - 1));
      if (field == NULL)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "no column for %s", template);
          return FALSE;
        }
      any = any || *field != '\0';
      g_string_append (out, field);
      at = end;
    }
  if (!any)
    g_string_truncate (out, 0);
  return TRUE;
}

static gboolean
fill_word (const Line *line, const ImpSampleColumn *column, ImpSampleWord *out, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  return expand_template (line, column->source, text, error) &&
         imp_sample_tables_word (line->tables, text->str, out, error);
}

static gboolean
find_row (const Line *line, const ImpSampleColumn *column, const char *key, const void **out,
          GError **error)
{
  *out = imp_sample_table_find (line->tables, column->target, key);
  if (*out == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%s: %s is not in %s.tsv", column->source,
                 key, imp_sample_layout (column->target)->name);
  return *out != NULL;
}

static gboolean
fill_list (const Line *line, const ImpSampleColumn *column, const char *field, ImpSampleList *out,
           GError **error)
{
  gboolean is_words = column->fill == IMP_SAMPLE_FILL_CHOICES;
  g_auto (GStrv) parts = g_strsplit (field, is_words ? ";" : " ", -1);
  const void **rows = new_block (line->tables, g_strv_length (parts), sizeof *rows);

  out->rows = rows;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (is_words)
        {
          ImpSampleWord *word = new_block (line->tables, 1, sizeof *word);

          if (!imp_sample_tables_word (line->tables, parts[i], word, error))
            return FALSE;
          rows[out->n_rows++] = word;
        }
      else if (!find_row (line, column, parts[i], &rows[out->n_rows++], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_number (const ImpSampleColumn *column, const char *field, gint64 *out, GError **error)
{
  *out = column->fill == IMP_SAMPLE_FILL_THOUSANDTHS ? IMP_SAMPLE_NONE : 0;
  if (*field == '\0')
    return TRUE;
  if (!imp_sample_parse_thousandths (field, out))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%s: not a number: %s", column->source,
                   field);
      return FALSE;
    }
  if (column->fill == IMP_SAMPLE_FILL_NUMBER)
    *out /= 1000;
  return TRUE;
}

static gboolean
fill_column (const Line *line, const ImpSampleColumn *column, guint8 *row, GError **error)
{
  void *target = row + column->offset;
  const char *field;

  if (column->fill == IMP_SAMPLE_FILL_WORD)
    return fill_word (line, column, target, error);

  field = line_field (line, column->source, strlen (column->source));
  if (field == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "no column %s", column->source);
      return FALSE;
    }
  if (column->fill == IMP_SAMPLE_FILL_THOUSANDTHS || column->fill == IMP_SAMPLE_FILL_NUMBER)
    return fill_number (column, field, target, error);
  if (column->fill == IMP_SAMPLE_FILL_TEXT)
    *(const char **) target = g_string_chunk_insert_const (line->tables->texts, field);
  else if (*field == '\0')
    return TRUE;
  else if (column->fill == IMP_SAMPLE_FILL_ROW)
    return find_row (line, column, field, target, error);
  else
    return fill_list (line, column, field, target, error);
  return TRUE;
}

static gboolean
read_line (ImpSampleTables *self, ImpSampleTableId id, char **names, char **fields, guint8 *row,
           GError **error)
{
  Line line = { self, names, fields };

  for (guint i = 0; fields[i] != NULL; i++)
    if (strcmp (fields[i], "-") == 0)
      fields[i][0] = '\0';
  if (g_strv_length (fields) != g_strv_length (names))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%u columns instead of %u",
                   g_strv_length (fields), g_strv_length (names));
      return FALSE;
    }
  *(const char **) row = g_string_chunk_insert_const (self->texts, fields[0]);
  for (const ImpSampleColumn *column = imp_sample_layout (id)->columns; column->source != NULL;
       column++)
    if (!fill_column (&line, column, row, error))
      return FALSE;
  g_hash_table_insert (self->table[id].by_key, *(char **) row, row);
  return TRUE;
}

static gboolean
read_table (ImpSampleTables *self, ImpSampleTableId id, GError **error)
{
  ImpSampleTable *table = &self->table[id];
  g_autofree char *path =
      g_strdup_printf ("/org/tomoshibi/sample/%s.tsv", imp_sample_layout (id)->name);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (imp_sample_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) names = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);

  table->row_size = imp_sample_layout (id)->row_size;
  table->rows = g_malloc0_n (g_strv_length (lines) + 1, table->row_size);
  table->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      fields = g_strsplit (lines[i], "\t", -1);
      if (names == NULL)
        {
          names = g_steal_pointer (&fields);
          continue;
        }
      if (!read_line (self, id, names, fields, table->rows + table->n_rows * table->row_size,
                      error))
        {
          g_prefix_error (error, "%s.tsv line %u: ", imp_sample_layout (id)->name, i + 1);
          return FALSE;
        }
      table->n_rows++;
    }
  return TRUE;
}

#define IMP_SAMPLE_PHRASE_TEXT(id, text) text,

static gboolean
encode_phrases (ImpSampleTables *self, GError **error)
{
  static const char *const texts[] = { IMP_SAMPLE_PHRASES (IMP_SAMPLE_PHRASE_TEXT) };

  for (guint i = 0; i < IMP_SAMPLE_N_PHRASES; i++)
    if (!imp_sample_tables_word (self, texts[i], &self->phrases[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
encode_wide_numbers (ImpSampleTables *self, GError **error)
{
  static const char *const digits[] = {
    "０", "１", "２", "３", "４", "５", "６", "７", "８", "９"
  };

  for (guint i = 0; i < IMP_SAMPLE_N_WIDE_NUMBERS; i++)
    {
      g_autofree char *text = g_strconcat (i > 9 ? digits[i / 10] : "", digits[i % 10], NULL);

      if (!imp_sample_tables_word (self, text, &self->wide_numbers[i], error))
        return FALSE;
    }
  return TRUE;
}

/* The rows that belong to one owner stand together in their file. */
static void
link_owned_rows (ImpSampleTables *self)
{
  for (guint i = 0; i < imp_sample_table_size (self, IMP_SAMPLE_MIXTURES); i++)
    {
      const ImpSampleMixture *mixture = imp_sample_table_row (self, IMP_SAMPLE_MIXTURES, i);
      ImpSampleInfusion *infusion = (ImpSampleInfusion *) mixture->infusion;

      if (infusion->n_mixtures++ == 0)
        infusion->first_mixture = i;
    }
  for (guint i = 0; i < imp_sample_table_size (self, IMP_SAMPLE_SUSCEPTIBILITIES); i++)
    {
      const ImpSampleSusceptibility *row =
          imp_sample_table_row (self, IMP_SAMPLE_SUSCEPTIBILITIES, i);
      ImpSampleOrganism *organism = (ImpSampleOrganism *) row->organism;

      if (organism->n_susceptibilities++ == 0)
        organism->first_susceptibility = i;
    }
}

static gboolean
read_shifts (ImpSampleTables *self, ImpSampleTableId id, GError **error)
{
  for (guint i = 0; i < imp_sample_table_size (self, id); i++)
    {
      ImpSampleCondition *row = (ImpSampleCondition *) imp_sample_table_row (self, id, i);

      if (!imp_sample_tables_shifts (self, row->labs, &row->shifts, &row->n_shifts, error))
        return FALSE;
    }
  return TRUE;
}

ImpSampleTables *
imp_sample_tables_new (GError **error)
{
  g_autoptr (ImpSampleTables) self = g_new0 (ImpSampleTables, 1);

  self->encoder = imp_sample_encoder_new ();
  self->texts = g_string_chunk_new (64 * 1024);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  if (!encode_phrases (self, error) || !encode_wide_numbers (self, error))
    return NULL;
  for (ImpSampleTableId id = 0; id < IMP_SAMPLE_N_TABLES; id++)
    if (!read_table (self, id, error))
      return NULL;
  link_owned_rows (self);
  if (!read_shifts (self, IMP_SAMPLE_CONDITIONS, error) ||
      !read_shifts (self, IMP_SAMPLE_STAYS, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
imp_sample_tables_free (ImpSampleTables *self)
{
  for (guint i = 0; i < IMP_SAMPLE_N_TABLES; i++)
    {
      g_free (self->table[i].rows);
      g_clear_pointer (&self->table[i].by_key, g_hash_table_unref);
    }
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->blocks);
  imp_sample_encoder_free (self->encoder);
  g_free (self);
}
