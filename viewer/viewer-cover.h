/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-manifest.h"
#include "disc-trust.h"

G_BEGIN_DECLS

/** Who signed a disc, as this machine sees it. */
typedef enum
{
  VIEWER_SIGNER_NONE,     /* the disc is not sealed: anybody could have made it */
  VIEWER_SIGNER_TRUSTED,
  VIEWER_SIGNER_UNKNOWN,  /* this machine does not trust anybody yet */
  VIEWER_SIGNER_OTHER,    /* it trusts others, and not this one */
} ViewerSigner;

/** What the label of a disc, its public manifest, is worth. */
typedef enum
{
  VIEWER_LABEL_SIGNED,    /* it is the one that was signed */
  VIEWER_LABEL_COPY,      /* damaged; its second copy is the one that was signed */
  VIEWER_LABEL_MISSING,   /* not there, or not to be read, and no copy either */
  VIEWER_LABEL_ALTERED,   /* another one than was signed: nothing of it is kept */
} ViewerLabelState;

/*
 * What is known of a disc before it is opened: whose it is, how old its data is, who signed it, and
 * what opens it. No GTK in here.
 */
typedef struct
{
  char *path;
  gboolean is_sealed;
  ViewerLabelState label;
  DiscManifest *manifest;        /* only of a label or copy that is signed, or of an unsealed disc */
  guint64 serial;                /* 0: not numbered */
  char *id;                      /* hexadecimal */
  guint volume;                  /* which one it is; only the first can be opened ... */
  guint n_volumes;               /* ... of how many */
  ViewerSigner signer_state;
  char *signer_name;             /* as this machine knows it; %NULL: it does not */
  char **trusted;                /* names of those that it trusts */
  char fingerprint[DISC_FINGERPRINT_BYTES];
  guint8 signer[DISC_SIGNER_BYTES];
  gboolean takes_passphrase;
  gboolean takes_emergency_key;
} ViewerCover;

/**
 * viewer_cover_read:
 * Returns: (transfer full): %NULL with the error of disc_container_open() or disc_reader_open(), or
 *   %VIEWER_ERROR_TRUST
 */
ViewerCover *viewer_cover_read (const char *path, GError **error);
void viewer_cover_free (ViewerCover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerCover, viewer_cover_free)

/** viewer_cover_read_async: in a thread: a DVD may have to spin up first. */
void viewer_cover_read_async (const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/** viewer_cover_read_finish: (transfer full) */
ViewerCover *viewer_cover_read_finish (GAsyncResult *result, GError **error);

/** viewer_cover_is_first: a volume from the second on is not opened, whoever signed it. */
gboolean viewer_cover_is_first (const ViewerCover *self);
/** viewer_cover_may_open: whether this machine may try to open the disc. */
gboolean viewer_cover_may_open (const ViewerCover *self);

/**
 * viewer_cover_trust: from now on this machine trusts the signer, as after tomoshibi trust.
 * @typed: the fingerprint as it stands on the sheet
 * Returns: %FALSE with %VIEWER_ERROR_TRUST, or %DISC_ERROR_SIGNER when it is another fingerprint
 */
gboolean viewer_cover_trust (ViewerCover *self, const char *typed, GError **error);

/** viewer_trust_load: (transfer full): disc_trust_load_own(), or %NULL with %VIEWER_ERROR_TRUST. */
DiscTrust *viewer_trust_load (GError **error);

G_END_DECLS
