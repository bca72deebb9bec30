/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-ppt.h"

#include <string.h>

/*
 * Slides of PowerPoint 97 to 2003 ([MS-PPT]). The stream holds every state that was saved, one
 * behind the other: the chain of edits, from the newest back, says where the newest state of each
 * slide stands (2.1.2). The document lists the slides in their order, with texts of the outline
 * that the slides refer to.
 */

#define TOKEN_ENCRYPTED 0xf3d1c4df /* 2.3.2: headerToken */
#define ENCRYPTED_EDIT_BYTES 32    /* 2.3.3: with encryptSessionPersistIdRef */
#define MAX_EDITS 10000
#define MAX_OBJECTS 100000
#define MAX_SLIDES 10000
#define MAX_TEXTS 100000
#define MAX_DEPTH 64
#define MAX_FONTS 5000
#define MAX_RECORDS (4 * 1024 * 1024)
#define LIST_SLIDES 0 /* 2.4.14: instances of the list */
#define LIST_NOTES 2
#define SHOW_HIDDEN 0x0004 /* 2.6.6 SlideShowSlideInfoAtom */
#define COMMENT_TEXT 1     /* 2.5.23: instance of the string */

/** A slide as the document lists it. */
typedef struct
{
  guint32 object;     /* its number */
  GArray *texts;      /* (element-type ImpPptText): of the outline */
  GArray *is_written; /* (element-type gboolean): which of them the slide placed */
} Slide;

typedef struct
{
  ImpOle *ole;
  ImpBlob stream;
  GHashTable *places; /* of the newest state, by number of the object */
  GArray *fonts;      /* (element-type ImpSymbolFont) */
  GPtrArray *slides;  /* (element-type Slide) */
  GPtrArray *notes;   /* (element-type Slide) */
  guint32 document;   /* number of the object; 0: not known */
  guint n_records;
} Ppt;

static void
slide_free (gpointer data)
{
  Slide *slide = data;

  g_array_unref (slide->texts);
  g_array_unref (slide->is_written);
  g_free (slide);
}

/* Records inside records; a stream may make more of them than anybody could go through. */
static gboolean
next_record (Ppt *self, const ImpBlob *bytes, gsize at, ImpPptRecord *out)
{
  if (!imp_ppt_record (bytes, at, out, &self->ole->is_broken))
    return FALSE;
  if (++self->n_records <= MAX_RECORDS)
    return TRUE;
  self->ole->is_broken = TRUE;
  return FALSE;
}

/* ---- states ---------------------------------------------------------------------------------- */

/* 2.3.4 PersistDirectoryAtom: what an older edit says as well does not count. */
static void
read_directory (Ppt *self, gsize at)
{
  ImpPptRecord record;
  gsize i = 0;

  if (!next_record (self, &self->stream, at, &record) || record.type != IMP_PPT_DIRECTORY)
    {
      self->ole->is_broken = TRUE;
      return;
    }
  while (imp_blob_has (&record.data, i, 4))
    {
      guint32 entry = imp_blob_32 (&record.data, i);
      guint32 first = entry & 0xfffff;
      guint n = entry >> 20;

      i += 4;
      for (guint j = 0; j < n && imp_blob_has (&record.data, i, 4); j++, i += 4)
        {
          gpointer key = GUINT_TO_POINTER (first + j);

          if (!g_hash_table_contains (self->places, key) &&
              g_hash_table_size (self->places) < MAX_OBJECTS)
            g_hash_table_insert (self->places, key,
                                 GUINT_TO_POINTER (imp_blob_32 (&record.data, i)));
        }
    }
}

/* 2.3.3 UserEditAtom. */
static void
read_edits (Ppt *self, gsize at)
{
  for (guint n = 0; n < MAX_EDITS; n++)
    {
      ImpPptRecord record;
      gsize before;

      if (!next_record (self, &self->stream, at, &record) || record.type != IMP_PPT_EDIT)
        {
          self->ole->is_broken = TRUE;
          return;
        }
      if (record.data.len >= ENCRYPTED_EDIT_BYTES)
        {
          self->ole->is_password = TRUE;
          return;
        }
      if (self->document == 0)
        self->document = imp_blob_32 (&record.data, 16);
      read_directory (self, imp_blob_32 (&record.data, 12));
      before = imp_blob_32 (&record.data, 8);
      if (before == 0)
        return;
      if (before >= at) /* older ones stand before */
        break;
      at = before;
    }
  self->ole->is_broken = TRUE;
}

/* Where the stream "Current User" does not say it: the last one that the records reach. */
static gsize
find_last_edit (Ppt *self)
{
  ImpPptRecord record;
  gsize found = G_MAXSIZE;

  for (gsize at = 0; next_record (self, &self->stream, at, &record); at = record.next)
    if (record.type == IMP_PPT_EDIT)
      found = at;
  return found;
}

/* 2.3.2 CurrentUserAtom. */
static void
read_states (Ppt *self)
{
  g_autoptr (GBytes) bytes = imp_ole_stream (self->ole, self->ole->root, "Current User");
  ImpBlob user = imp_blob_of (bytes);
  gsize at = imp_blob_32 (&user, 16);
  ImpPptRecord record;
  gboolean is_cut = FALSE;

  if (imp_blob_32 (&user, 12) == TOKEN_ENCRYPTED)
    {
      self->ole->is_password = TRUE;
      return;
    }
  if (imp_blob_16 (&user, 2) != IMP_PPT_USER ||
      !imp_ppt_record (&self->stream, at, &record, &is_cut) || record.type != IMP_PPT_EDIT)
    at = find_last_edit (self);
  if (at != G_MAXSIZE)
    read_edits (self, at);
}

/* ---- the document ---------------------------------------------------------------------------- */

static Slide *
add_slide (GPtrArray *list, guint32 object)
{
  Slide *slide = g_new0 (Slide, 1);

  slide->object = object;
  slide->texts = g_array_new (FALSE, FALSE, sizeof (ImpPptText));
  slide->is_written = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_ptr_array_add (list, slide);
  return slide;
}

/* A text begins with its characters; styles follow. */
static void
add_to_texts (GArray *texts, const ImpPptRecord *record)
{
  ImpPptText text = { .chars = record->data, .is_wide = record->type == IMP_PPT_CHARS };

  if (record->type == IMP_PPT_STYLES && texts->len > 0)
    g_array_index (texts, ImpPptText, texts->len - 1).styles = record->data;
  else if (record->type != IMP_PPT_STYLES && texts->len < MAX_TEXTS)
    g_array_append_val (texts, text);
}

/* 2.4.14.3 SlideListWithText: each slide's number, then its texts of the outline. */
static void
read_list (Ppt *self, const ImpBlob *list, GPtrArray *slides)
{
  static const ImpPptRecord empty = { .type = IMP_PPT_BYTES };
  Slide *slide = NULL;
  gboolean has_text = TRUE; /* of the last header */
  ImpPptRecord record;

  for (gsize at = 0; next_record (self, list, at, &record); at = record.next)
    switch (record.type)
      {
      case IMP_PPT_PERSIST:
        if (slides->len == MAX_SLIDES)
          {
            self->ole->is_broken = TRUE;
            return;
          }
        if (!has_text && slide != NULL)
          add_to_texts (slide->texts, &empty);
        slide = add_slide (slides, imp_blob_32 (&record.data, 0));
        has_text = TRUE;
        break;
      case IMP_PPT_TEXT_HEADER:
        /* references count headers, also those of nothing */
        if (!has_text && slide != NULL)
          add_to_texts (slide->texts, &empty);
        has_text = FALSE;
        break;
      case IMP_PPT_CHARS:
      case IMP_PPT_BYTES:
      case IMP_PPT_STYLES:
        if (slide != NULL)
          add_to_texts (slide->texts, &record);
        has_text |= record.type != IMP_PPT_STYLES;
        break;
      default:
        break;
      }
}

/* 2.9.9 FontEntityAtom: 32 units of UTF-16. */
static void
add_font (Ppt *self, const ImpPptRecord *record)
{
  ImpBlob name = imp_blob_part (&record->data, 0, 64);
  guint n_lost = 0;
  g_autofree char *text = imp_ole_wide (&name, &n_lost);
  ImpSymbolFont font = imp_symbol_font_of (text);

  if (record->instance >= MAX_FONTS)
    return;
  if (self->fonts->len <= record->instance)
    g_array_set_size (self->fonts, record->instance + 1u);
  g_array_index (self->fonts, ImpSymbolFont, record->instance) = font;
}

static void
read_document (Ppt *self, const ImpBlob *bytes, guint depth)
{
  ImpPptRecord record;

  for (gsize at = 0; next_record (self, bytes, at, &record); at = record.next)
    {
      self->ole->n_objects += record.type == IMP_PPT_EMBEDDED || record.type == IMP_PPT_CONTROL;
      self->ole->n_outer += record.type == IMP_PPT_LINKED;
      /* 2.4.11 VbaInfoAtom: fHasMacros */
      self->ole->n_macros += record.type == IMP_PPT_MACROS && imp_blob_32 (&record.data, 4) != 0;
      if (record.type == IMP_PPT_FONT)
        add_font (self, &record);
      else if (record.type == IMP_PPT_LIST && record.instance == LIST_SLIDES)
        read_list (self, &record.data, self->slides);
      else if (record.type == IMP_PPT_LIST && record.instance == LIST_NOTES)
        read_list (self, &record.data, self->notes);
      else if (record.type != IMP_PPT_LIST && record.is_container && depth < MAX_DEPTH)
        read_document (self, &record.data, depth + 1);
    }
}

/* ---- slides ---------------------------------------------------------------------------------- */

typedef struct
{
  Ppt *ppt;
  Slide *slide;  /* (nullable) */
  GArray *texts; /* (element-type ImpPptText): of the box at hand */
} Walk;

static void
put_pending (Walk *self)
{
  for (guint i = 0; i < self->texts->len; i++)
    imp_ppt_put_text (self->ppt->ole, self->ppt->fonts,
                      &g_array_index (self->texts, ImpPptText, i));
  g_array_set_size (self->texts, 0);
}

/* 2.9.78 OutlineTextRefAtom: the number of a text of the outline. */
static void
put_outline (Walk *self, guint32 i)
{
  Slide *slide = self->slide;
  gboolean yes = TRUE;

  put_pending (self);
  if (slide == NULL || i >= slide->texts->len)
    return;
  if (slide->is_written->len <= i)
    g_array_set_size (slide->is_written, i + 1);
  if (g_array_index (slide->is_written, gboolean, i))
    return;
  g_array_index (slide->is_written, gboolean, i) = yes;
  imp_ppt_put_text (self->ppt->ole, self->ppt->fonts, &g_array_index (slide->texts, ImpPptText, i));
}

/* 2.5.23 Comment10Container. */
static void
put_comment (Walk *self, const ImpBlob *comment)
{
  ImpFlow *flow = self->ppt->ole->flow;
  ImpPptRecord record;

  put_pending (self);
  for (gsize at = 0; next_record (self->ppt, comment, at, &record); at = record.next)
    if (record.type == IMP_PPT_WORD && record.instance == COMMENT_TEXT)
      {
        ImpPptText text = { .chars = record.data, .is_wide = TRUE };

        imp_flow_put (flow, "［コメント］", strlen ("［コメント］"));
        imp_ppt_put_text (self->ppt->ole, self->ppt->fonts, &text);
      }
}

/* 2.4.15.2 HeadersFootersAtom, 2.4.15: a date somebody typed, a header, a footer; each is shown
 * where its flag says so. */
static void
put_footers (Walk *self, const ImpBlob *bytes)
{
  static const guint16 flags_of[] = { 0x0005, 0x0010, 0x0020 };
  ImpPptRecord record;
  guint16 flags = 0;

  put_pending (self);
  for (gsize at = 0; next_record (self->ppt, bytes, at, &record); at = record.next)
    if (record.type == IMP_PPT_HEADERS_FLAGS)
      flags = imp_blob_16 (&record.data, 2);
    else if (record.type == IMP_PPT_WORD && record.instance < G_N_ELEMENTS (flags_of) &&
             (flags & flags_of[record.instance]) == flags_of[record.instance])
      {
        ImpPptText text = { .chars = record.data, .is_wide = TRUE };

        imp_ppt_put_text (self->ppt->ole, self->ppt->fonts, &text);
      }
}

static void
walk (Walk *self, const ImpBlob *bytes, guint depth)
{
  ImpFlow *flow = self->ppt->ole->flow;
  ImpPptRecord record;

  for (gsize at = 0; next_record (self->ppt, bytes, at, &record); at = record.next)
    switch (record.type)
      {
      case IMP_PPT_CHARS:
      case IMP_PPT_BYTES:
      case IMP_PPT_STYLES:
        add_to_texts (self->texts, &record);
        break;
      case IMP_PPT_TEXT_HEADER:
        put_pending (self);
        break;
      case IMP_PPT_OUTLINE_REFERENCE:
        put_outline (self, imp_blob_32 (&record.data, 0));
        break;
      case IMP_PPT_SHOW:
        if ((imp_blob_16 (&record.data, 10) & SHOW_HIDDEN) != 0)
          {
            imp_flow_put (flow, "［非表示のスライド］", strlen ("［非表示のスライド］"));
            imp_flow_line (flow);
          }
        break;
      case IMP_PPT_HEADERS:
        put_footers (self, &record.data);
        break;
      case IMP_PPT_COMMENT:
        put_comment (self, &record.data);
        break;
      default:
        if ((record.is_container || record.type == IMP_PPT_BLOB) && depth < MAX_DEPTH)
          walk (self, &record.data, depth + 1);
        break;
      }
}

/* @slide: (nullable) */
static void
put_object (Ppt *self, const ImpBlob *bytes, Slide *slide)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (ImpPptText));
  Walk walking = { .ppt = self, .slide = slide, .texts = texts };

  walk (&walking, bytes, 0);
  put_pending (&walking);
  for (guint i = 0; slide != NULL && i < slide->texts->len; i++)
    put_outline (&walking, i); /* that no box refers to */
}

static void
put_slides (Ppt *self, const GPtrArray *slides, guint16 type)
{
  for (guint i = 0; i < slides->len && !self->ole->flow->out->is_text_cut; i++)
    {
      Slide *slide = g_ptr_array_index (slides, i);
      gpointer place;
      ImpPptRecord record = { 0 };

      if (!imp_document_has_time (self->ole->flow->out, self->ole->flow->limits))
        {
          self->ole->is_broken = TRUE;
          return;
        }
      if (!g_hash_table_lookup_extended (self->places, GUINT_TO_POINTER (slide->object), NULL,
                                         &place) ||
          !next_record (self, &self->stream, GPOINTER_TO_UINT (place), &record) ||
          record.type != type)
        {
          self->ole->is_broken = TRUE;
          record = (ImpPptRecord){ 0 };
        }
      put_object (self, &record.data, slide);
    }
}

/* Without the list nobody knows which states are the newest: all of them, and it is told. */
static void
put_whatever (Ppt *self)
{
  guint n = 0;
  ImpPptRecord record;

  for (gsize at = 0; next_record (self, &self->stream, at, &record); at = record.next)
    if (record.type == IMP_PPT_SLIDE || record.type == IMP_PPT_NOTES ||
        record.type == IMP_PPT_DOCUMENT)
      {
        put_object (self, &record.data, NULL);
        n++;
      }
  self->ole->is_broken = TRUE;
  if (n > 0)
    imp_document_find (self->ole->flow->out, IMP_FINDING_NOT_UNDERSTOOD,
                       "the list of slides cannot be read: former states of them may stand among "
                       "them");
}

static gboolean
find_document (Ppt *self)
{
  gpointer place;
  ImpPptRecord record;

  if (!g_hash_table_lookup_extended (self->places, GUINT_TO_POINTER (self->document), NULL,
                                     &place) ||
      !next_record (self, &self->stream, GPOINTER_TO_UINT (place), &record) ||
      record.type != IMP_PPT_DOCUMENT)
    return FALSE;
  read_document (self, &record.data, 0);
  return TRUE;
}

/* The stream "Pictures" holds one record for each ([MS-PPT] 2.1.3). */
static void
count_pictures (Ppt *self)
{
  g_autoptr (GBytes) bytes = imp_ole_stream (self->ole, self->ole->root, "Pictures");
  ImpBlob pictures = imp_blob_of (bytes);
  gboolean is_cut = FALSE;
  ImpPptRecord record;

  for (gsize at = 0; imp_ppt_record (&pictures, at, &record, &is_cut); at = record.next)
    self->ole->n_pictures += record.type >= 0xf01a && record.type <= 0xf02a;
}

void
imp_ole_slides (ImpOle *ole)
{
  g_autoptr (GBytes) bytes = imp_ole_stream (ole, ole->root, "PowerPoint Document");
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) fonts = g_array_new (FALSE, TRUE, sizeof (ImpSymbolFont));
  g_autoptr (GPtrArray) slides = g_ptr_array_new_with_free_func (slide_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (slide_free);
  Ppt self = { .ole = ole,
               .stream = imp_blob_of (bytes),
               .places = places,
               .fonts = fonts,
               .slides = slides,
               .notes = notes };

  read_states (&self);
  if (ole->is_password)
    return;
  if (find_document (&self))
    {
      put_slides (&self, slides, IMP_PPT_SLIDE);
      put_slides (&self, notes, IMP_PPT_NOTES);
    }
  else
    put_whatever (&self);
  count_pictures (&self);
}
