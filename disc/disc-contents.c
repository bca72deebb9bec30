/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-contents.h"

#include <string.h>

#define MAX_TYPES 256       /* of one patient; further ones are counted under the last */
#define MAX_MESSAGES (1 << 20)

struct _DiscContents
{
  GArray *all; /* (element-type DiscContent) */
};

static void
clear_content (gpointer data)
{
  g_free (((DiscContent *) data)->type);
}

DiscContents *
disc_contents_new (void)
{
  DiscContents *self = g_new0 (DiscContents, 1);

  self->all = g_array_new (FALSE, FALSE, sizeof (DiscContent));
  g_array_set_clear_func (self->all, clear_content);
  return self;
}

void
disc_contents_free (DiscContents *self)
{
  g_array_unref (self->all);
  g_free (self);
}

void
disc_contents_clear (DiscContents *self)
{
  g_array_set_size (self->all, 0);
}

static DiscContent *
find (DiscContents *self, const char *type)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      DiscContent *content = &g_array_index (self->all, DiscContent, i);

      if (strcmp (content->type, type) == 0)
        return content;
    }

  return NULL;
}

static DiscContent *
find_or_make (DiscContents *self, const char *type)
{
  DiscContent *content = find (self, type);
  DiscContent made = { NULL, 0 };

  if (content == NULL && self->all->len < MAX_TYPES)
    {
      made.type = g_strdup (type);
      g_array_append_val (self->all, made);
    }
  return content != NULL ? content
                         : &g_array_index (self->all, DiscContent, self->all->len - 1);
}

void
disc_contents_add (DiscContents *self, const char *type)
{
  find_or_make (self, type != NULL ? type : "")->n++;
}

void
disc_contents_take (DiscContents *self, const char *type)
{
  DiscContent *content = find (self, type != NULL ? type : "");

  if (content != NULL && content->n > 0)
    content->n--;
}

DiscContents *
disc_contents_parse (const char *text)
{
  DiscContents *self = disc_contents_new ();
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MAX_TYPES + 1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *blank = strrchr (lines[i], ' ');
      guint64 n;

      if (blank == NULL || !g_ascii_string_to_unsigned (blank + 1, 10, 1, MAX_MESSAGES, &n, NULL))
        continue;
      *blank = '\0';
      find_or_make (self, lines[i])->n += (guint) n;
    }
  return self;
}

guint
disc_contents_total (const DiscContents *self)
{
  guint total = 0;

  for (guint i = 0; i < self->all->len; i++)
    total += g_array_index (self->all, DiscContent, i).n;
  return total;
}

guint
disc_contents_n (const DiscContents *self)
{
  return self->all->len;
}

const DiscContent *
disc_contents_get (const DiscContents *self, guint i)
{
  g_return_val_if_fail (i < self->all->len, NULL);
  return &g_array_index (self->all, DiscContent, i);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const DiscContent *) a)->type, ((const DiscContent *) b)->type);
}

char *
disc_contents_write (const DiscContents *self)
{
  GString *text = g_string_new (NULL);

  g_array_sort (self->all, compare);
  for (guint i = 0; i < self->all->len; i++)
    {
      const DiscContent *content = &g_array_index (self->all, DiscContent, i);

      if (content->n > 0)
        g_string_append_printf (text, "%s%s %u", text->len > 0 ? "\n" : "", content->type,
                                content->n);
    }
  return g_string_free (text, FALSE);
}
