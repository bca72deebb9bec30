/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-stream.h"

G_BEGIN_DECLS

/** stream_of: @text, at most @chunk bytes at a read; 0: all at once. */
ImpStream *stream_of (const char *text, gsize len, gsize chunk);

/** stream_of_parts: @head, @n times @part, @tail, made while it is read: nothing is held. All are
 * strings that outlive the stream. */
ImpStream *stream_of_parts (const char *head, const char *part, guint64 n, const char *tail);

/** gzip_of: (transfer full): one member. */
GBytes *gzip_of (const char *text, gsize len);

/** peak_memory_mb: the most this process ever held. */
guint peak_memory_mb (void);

/** seconds_limit: @seconds, or more of them where the program runs checked. */
double seconds_limit (double seconds);

G_END_DECLS
