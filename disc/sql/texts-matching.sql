-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 FTS5 expression, ?2 first rid, ?3 last rid. Columns: rid. The full-text index of free text.
SELECT rowid FROM message_text WHERE message_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3;
