-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 FTS5 expression. Columns: number of the term. The full-text index of terms.
SELECT rowid FROM term_text WHERE term_text MATCH ?1;
