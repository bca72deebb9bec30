/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-ole.h"

#include <string.h>

/*
 * Mails of Outlook ([MS-OXMSG]): each text is a stream named by the number of its property and by
 * its type, numbers and times are in one stream of entries. Files that are attached are named and
 * not carried.
 */

#define PROPERTIES "__properties_version1.0"
#define HEAD_BYTES 32 /* 2.4.1.1, of the mail itself */
#define ENTRY_BYTES 16
#define TYPE_WIDE 0x001f
#define TYPE_NARROW 0x001e
#define TYPE_BYTES 0x0102
#define TYPE_NUMBER 0x0003
#define TYPE_TIME 0x0040
/* [MS-OXPROPS] */
#define ID_SUBJECT 0x0037
#define ID_SUBMITTED 0x0039
#define ID_CC 0x0e03
#define ID_TO 0x0e04
#define ID_DELIVERED 0x0e06
#define ID_FLAGS 0x0e07
#define ID_SENDER 0x0c1a
#define ID_SENDER_ADDRESS 0x0c1f
#define ID_SENDER_SMTP 0x5d01
#define ID_BODY 0x1000
#define ID_RTF 0x1009
#define ID_HTML 0x1013
#define ID_NAME 0x3001
#define ID_ADDRESS 0x3003
#define ID_FILE 0x3704
#define ID_LONG_FILE 0x3707
#define ID_SMTP 0x39fe
#define ID_INTERNET_PAGE 0x3fde
#define ID_PAGE 0x3ffd
#define FLAG_UNSENT 0x0008                            /* [MS-OXCMSG] 2.2.1.6 */
#define EPOCH_SECONDS G_GINT64_CONSTANT (11644473600) /* from 1601 to 1970 */
#define MAX_PARTS 1000                                /* people, files */

typedef struct
{
  ImpOle *ole;
  ImpBlob entries;
  gboolean is_japanese; /* texts in bytes are in CP932 or another character set of Japan */
} Mail;

/* ---- properties ------------------------------------------------------------------------------ */

/* Returns: 0 where it is not there; no property that is read here is 0 if it says anything */
static guint64
number_of (const Mail *self, guint16 id, guint16 type)
{
  for (gsize at = HEAD_BYTES; imp_blob_has (&self->entries, at, ENTRY_BYTES); at += ENTRY_BYTES)
    if (imp_blob_16 (&self->entries, at) == type && imp_blob_16 (&self->entries, at + 2) == id)
      return type == TYPE_NUMBER ? imp_blob_32 (&self->entries, at + 8)
                                 : imp_blob_64 (&self->entries, at + 8);
  return 0;
}

static GBytes *
stream_of (const Mail *self, GsfInfile *storage, guint16 id, guint16 type)
{
  char name[32];

  g_snprintf (name, sizeof name, "__substg1.0_%04X%04X", id, type);
  return imp_ole_stream (self->ole, storage, name);
}

/* (transfer full) (nullable): none where it is empty */
static char *
text_of (const Mail *self, GsfInfile *storage, guint16 id)
{
  g_autoptr (GBytes) wide = stream_of (self, storage, id, TYPE_WIDE);
  g_autoptr (GBytes) narrow = wide == NULL ? stream_of (self, storage, id, TYPE_NARROW) : NULL;
  ImpBlob bytes = imp_blob_of (wide != NULL ? wide : narrow);
  g_autofree char *text = NULL;

  if (wide != NULL)
    text = imp_ole_wide (&bytes, &self->ole->n_lost);
  else if (narrow != NULL)
    text = imp_ole_narrow (&bytes, self->is_japanese || imp_ole_is_japanese (bytes.data, bytes.len),
                           &self->ole->n_lost);
  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* [MS-OXPROPS] 2.776 PidTagMessageCodepage: of Windows, of mails, EUC. */
static gboolean
is_japanese_page (guint64 page)
{
  return page == 932 || (page >= 50220 && page <= 50222) || page == 51932 || page == 20932;
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* As it is, with line ends of any kind. */
static void
put_lines (const Mail *self, const char *text)
{
  ImpFlow *flow = self->ole->flow;

  while (*text != '\0')
    {
      gsize n = strcspn (text, "\r\n");

      imp_document_append (flow->out, flow->limits, text, (gssize) n);
      text += n;
      if (*text == '\0')
        break;
      text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
      imp_document_append (flow->out, flow->limits, "\n", 1);
    }
  imp_document_new_line (flow->out);
}

/* @text: (nullable) */
static void
put_labelled (const Mail *self, const char *label, const char *text)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return;
  line = g_strdup_printf ("%s：%s", label, text);
  g_strdelimit (line, "\r\n\t", ' ');
  put_lines (self, line);
}

/* [MS-DTYP] 2.3.3: tenths of microseconds since 1601, in UTC: it is said, and not turned. */
static void
put_time (const Mail *self, const char *label, guint16 id)
{
  guint64 time = number_of (self, id, TYPE_TIME);
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  if (time == 0 || time > G_MAXINT64)
    return;
  date = g_date_time_new_from_unix_utc ((gint64) (time / 10000000) - EPOCH_SECONDS);
  if (date == NULL)
    return;
  text = g_date_time_format (date, "%Y-%m-%d %H:%M:%S UTC");
  put_labelled (self, label, text);
}

static void
put_sender (const Mail *self)
{
  g_autofree char *name = text_of (self, self->ole->root, ID_SENDER);
  g_autofree char *address = text_of (self, self->ole->root, ID_SENDER_SMTP);
  g_autofree char *line = NULL;

  if (address == NULL)
    address = text_of (self, self->ole->root, ID_SENDER_ADDRESS);
  line = name != NULL && address != NULL && strcmp (name, address) != 0
             ? g_strdup_printf ("%s <%s>", name, address)
             : g_strdup (name != NULL ? name : address);
  put_labelled (self, "差出人", line);
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* The storages whose names begin so, in their order. Returns: how many there are */
static guint
each_part (const Mail *self, const char *prefix,
           void (*put_part) (const Mail *self, GsfInfile *part))
{
  int n = MIN (gsf_infile_num_children (self->ole->root), IMP_OLE_MAX_CHILDREN);
  guint n_found = 0;

  for (int i = 0; i < n && n_found < MAX_PARTS; i++)
    {
      const char *name = gsf_infile_name_by_index (self->ole->root, i);
      g_autoptr (GsfInput) part = NULL;

      if (name == NULL || !g_str_has_prefix (name, prefix))
        continue;
      n_found++;
      part = gsf_infile_child_by_index (self->ole->root, i);
      if (part != NULL && GSF_IS_INFILE (part))
        put_part (self, GSF_INFILE (part));
      else
        self->ole->is_broken = TRUE;
    }
  return n_found;
}

static void
put_recipient (const Mail *self, GsfInfile *part)
{
  g_autofree char *name = text_of (self, part, ID_NAME);
  g_autofree char *address = text_of (self, part, ID_SMTP);

  if (address == NULL)
    address = text_of (self, part, ID_ADDRESS);
  put_labelled (self, "受取人", name != NULL ? name : address);
}

static void
put_attachment (const Mail *self, GsfInfile *part)
{
  g_autofree char *name = text_of (self, part, ID_LONG_FILE);

  if (name == NULL)
    name = text_of (self, part, ID_FILE);
  if (name == NULL)
    name = text_of (self, part, ID_NAME);
  put_labelled (self, "添付ファイル（未収録）", name != NULL ? name : "（名前なし）");
}

/* ---- the mail -------------------------------------------------------------------------------- */

static void
put_head (const Mail *self)
{
  g_autofree char *subject = text_of (self, self->ole->root, ID_SUBJECT);
  g_autofree char *to = text_of (self, self->ole->root, ID_TO);
  g_autofree char *cc = text_of (self, self->ole->root, ID_CC);

  if ((number_of (self, ID_FLAGS, TYPE_NUMBER) & FLAG_UNSENT) != 0)
    put_lines (self, "［未送信の下書き］");
  put_labelled (self, "件名", subject);
  put_sender (self);
  put_labelled (self, "宛先", to);
  put_labelled (self, "Cc", cc);
  if (to == NULL && cc == NULL)
    each_part (self, "__recip_version1.0_#", put_recipient);
  put_time (self, "送信日時", ID_SUBMITTED);
  put_time (self, "受信日時", ID_DELIVERED);
}

static void
put_body (const Mail *self)
{
  g_autofree char *body = text_of (self, self->ole->root, ID_BODY);
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GBytes) rtf = NULL;

  if (body != NULL)
    {
      put_lines (self, body);
      return;
    }
  page = stream_of (self, self->ole->root, ID_HTML, TYPE_BYTES);
  if (page != NULL && g_bytes_get_size (page) > 0)
    {
      imp_document_html (g_bytes_get_data (page, NULL), g_bytes_get_size (page),
                         self->ole->flow->limits, self->ole->flow->out);
      return;
    }
  rtf = stream_of (self, self->ole->root, ID_RTF, TYPE_BYTES);
  if (rtf != NULL)
    imp_document_find (self->ole->flow->out, IMP_FINDING_NOT_UNDERSTOOD,
                       "the words of the mail are in packed RTF alone: not read");
}

void
imp_ole_mail (ImpOle *ole)
{
  g_autoptr (GBytes) entries = imp_ole_stream (ole, ole->root, PROPERTIES);
  Mail self = { .ole = ole, .entries = imp_blob_of (entries) };
  guint64 page;

  page = number_of (&self, ID_PAGE, TYPE_NUMBER);
  if (page == 0)
    page = number_of (&self, ID_INTERNET_PAGE, TYPE_NUMBER);
  self.is_japanese = is_japanese_page (page);
  put_head (&self);
  put_body (&self);
  ole->n_attached = each_part (&self, "__attach_version1.0_#", put_attachment);
}
