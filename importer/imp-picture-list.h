/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-message.h"
#include "imp-write.h"

G_BEGIN_DECLS

/*
 * The pictures of all messages that are on the disc: which of them stay, and writing those. Only
 * what is known of each is in memory; the bytes come from the scratch file one picture after the
 * other.
 */

typedef struct _ImpPictureList ImpPictureList;

ImpPictureList *imp_picture_list_new (void);
void imp_picture_list_free (ImpPictureList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPictureList, imp_picture_list_free)

/**
 * imp_picture_list_add: the pictures of a message; messages come in the order of their rows.
 * @patient: (nullable): whose findings about them are
 */
void imp_picture_list_add (ImpPictureList *self, const ImpMessage *message, gint64 rid,
                           const char *facility, const char *patient);

/** imp_picture_list_bytes: of all of them that may be on a disc, each once. */
guint64 imp_picture_list_bytes (const ImpPictureList *self);

/**
 * imp_picture_list_choose:
 *
 * Keeps pictures of the newest documents first, as far as @max_bytes reach; one that finds no room
 * is left out, and smaller ones of older documents may still stay. Documents of the same day go by
 * their paths: the same backup always gives the same choice, whichever patient was met first. A
 * picture larger than IMP_MAX_PICTURE_BYTES never stays.
 */
void imp_picture_list_choose (ImpPictureList *self, guint64 max_bytes);

/**
 * imp_picture_list_write: after the last message. Those left out are rows with the reason, and a
 * finding on their document.
 *
 * Returns: %FALSE with %IMP_ERROR_CANCELLED, or with the error that ends the disc
 */
gboolean imp_picture_list_write (ImpPictureList *self, ImpWrite *write, GError **error);

G_END_DECLS
