/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * How many messages of each data type a patient has on the disc: so that a chart of which a part is
 * lost says what is missing. As text a line for each type: "OMP-01 12".
 */

/** One data type and its messages. */
typedef struct
{
  char *type;     /* "" where messages have none */
  guint n;
} DiscContent;

typedef struct _DiscContents DiscContents;

DiscContents *disc_contents_new (void);
void disc_contents_free (DiscContents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscContents, disc_contents_free)

/** disc_contents_parse: (transfer full): lines that make no sense are passed over. @text: (nullable) */
DiscContents *disc_contents_parse (const char *text);

void disc_contents_clear (DiscContents *self);
/** disc_contents_add: one more message. @type: (nullable) */
void disc_contents_add (DiscContents *self, const char *type);
/** disc_contents_take: one message less, if there is one of that type. */
void disc_contents_take (DiscContents *self, const char *type);

/** disc_contents_total: messages of all types. */
guint disc_contents_total (const DiscContents *self);
/** disc_contents_n: types; some may have no message left. */
guint disc_contents_n (const DiscContents *self);
const DiscContent *disc_contents_get (const DiscContents *self, guint i);

/** disc_contents_write: (transfer full): as text, types with messages only, sorted. */
char *disc_contents_write (const DiscContents *self);

G_END_DECLS
